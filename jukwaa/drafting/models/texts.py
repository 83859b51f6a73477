"""Texts: what a coalition drafts together, clause by clause, and the revisions that it names on the way."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Max, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Organisation
from jukwaa.core.db import Manager
from jukwaa.library.models import Item
from jukwaa.records.models import Label, Record, State
from jukwaa.records.models.record import RecordQuerySet

TEXT_KIND = "text"
MAX_OWN_NUMBER_LENGTH = 20
_OWN_NUMBER_PATTERN = re.compile(r"[A-Z0-9.]{1,20}")
MAX_CLAUSE_NUMBER_DIGITS = 7  # what fits into the column of clause numbers


class Form(models.TextChoices):
    """What a text is to become. The library has a kind for each (`data/forms.toml`)."""

    GUIDELINE = "guideline", _("Guideline")
    TOOLKIT = "toolkit", _("Toolkit")
    POSITION = "position", pgettext_lazy("type of text", "Position")
    STATEMENT = "statement", _("Statement")
    ACTION_PLAN = "action-plan", _("Action plan")
    TERMS = "terms-of-reference", _("Terms of reference")
    BRIEF = "brief", _("Brief for policy makers")
    DECISION = "decision", _("Decision")


SELECTABLE_TEXT_FORMS = tuple(
    form for form in Form if form != Form.DECISION
)  # a decision begins with its silence procedure


class TextQuerySet(RecordQuerySet["Text"]):
    pass


class Text(Record):
    """What is drafted together. Its readers see the revisions that were named; its drafters also what is in the making.

    `step` counts the changes to its clauses: a clause stands from one step to another, so that any moment can be read
    again, and a revision is nothing but a step with a name.
    """

    # Under Django's own name for it, the way back from a record would hide the words of other kinds, called `text` too.
    record_ptr = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="drafted"
    )
    form = models.CharField(_("type of text"), max_length=30, choices=Form, default=Form.GUIDELINE)
    # Whose text it is, where it is not the coalition's own: that member asks, and answers.
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner of the text")
    )
    step = models.PositiveIntegerField(default=0)
    token = models.UUIDField(null=True, blank=True, unique=True)  # of the form it came with: pressed twice, begun once

    objects = Manager.from_queryset(TextQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    VERSIONED: ClassVar[tuple[str, ...]] = (*Record.VERSIONED, "form")

    @property
    def is_decision(self) -> bool:
        """Whether it is a decision that members are asked about in a silence procedure."""
        return self.form == Form.DECISION

    def get_latest_revision(self) -> "Revision | None":
        return self.revisions.order_by("-number").first()

    def iter_passages(self) -> Iterator[tuple[str, str]]:
        """The clauses of the revision that its readers see, each by itself: a result leads to the very clause."""
        yield from super().iter_passages()
        if (latest := self.get_latest_revision()) is not None:
            is_open = Q(record__state=State.PUBLISHED, record__label__in=[Label.CLEAR, self.label], taken_back=False)
            quoted = latest.rests.filter(quoted=True).exclude(is_open)
            closed = set(quoted.values_list("clause", flat=True))
            for placement in Placement.objects.at(self, latest.step):
                if placement.clause_id in closed:  # words of a record that was closed since, or taken back
                    continue
                yield placement.clause.anchor, placement.wording.body

    def get_dependent_records(self) -> models.QuerySet[Any]:
        """What stands in the library of it goes where it goes."""
        return Item.objects.filter(pk__in=self.editions.values("item"))

    def erase_texts(self) -> None:
        # The digest goes too: it has no key, and what it is of could be tried out.
        self.wordings.update(body="", digest=Cast("pk", models.CharField(max_length=32)))
        self.revisions.update(name="", note="")
        Evidence.objects.filter(clause__text=self.pk).update(note="")
        for consultation in self.consultations.all():
            consultation.erase_texts()
        for one in (*self.calls.all(), *self.editions.all()):
            one.erase_texts()


class ClauseQuerySet(models.QuerySet["Clause"]):
    def with_label(self, typed_number: str) -> Self:
        """The clause with the number that somebody typed, such as 12 or 1.2. A whole number is also our own number."""
        label = typed_number.strip().upper().removesuffix(".")
        if label.isascii() and label.isdecimal():
            return self.filter(number=int(label)) if len(label) <= MAX_CLAUSE_NUMBER_DIGITS else self.none()
        return self.filter(own_number=label) if _OWN_NUMBER_PATTERN.fullmatch(label) else self.none()


class Clause(models.Model):
    """Keeps its number for as long as the text lives, wherever it moves; a number is never given twice.

    `number` is its address here. `own_number` is the number that it has in the document it was imported from, such as
    1.2: people know the clause by that, so it is shown in the place of ours. Where it is a whole number, `number` is
    the same. Use `label` wherever somebody reads it.
    """

    text = models.ForeignKey(Text, models.CASCADE, related_name="clauses")
    number = models.PositiveIntegerField()
    own_number = models.CharField(max_length=MAX_OWN_NUMBER_LENGTH, blank=True, default="")

    objects = Manager.from_queryset(ClauseQuerySet)()

    class Meta:
        ordering = ["text", "number"]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="a_clause_has_its_number_alone"),
            models.UniqueConstraint(
                fields=["text", "own_number"], condition=~Q(own_number=""), name="a_clause_has_its_own_number_alone"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number under which people know this clause."""
        return self.own_number or str(self.number)

    @property
    def anchor(self) -> str:
        return f"c{self.number}"


class Lineage(models.Model):
    """A clause that came of another one: split off it, merged from it, or adapted from one of another text."""

    class How(models.TextChoices):
        SPLIT = "split", pgettext_lazy("a clause", "split off")
        MERGED = "merged", pgettext_lazy("a clause", "merged")
        ADAPTED = "adapted", _("adapted")

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="origins")
    origin = models.ForeignKey(Clause, models.CASCADE, related_name="offspring")
    how = models.CharField(max_length=10, choices=How)

    objects = Manager["Lineage"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "origin", "how"], name="a_clause_comes_of_another_once"),
            models.CheckConstraint(name="a_clause_is_not_its_own_origin", condition=~Q(clause=models.F("origin"))),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id}, {self.how} {self.origin_id}"


class Wording(models.Model):
    """What a clause says, stored once for each text however many revisions hold it."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="wordings")
    digest = models.CharField(max_length=32)
    body = models.TextField(blank=True)

    objects = Manager["Wording"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "digest"], name="a_wording_is_stored_once")]

    def __str__(self) -> str:
        return self.body[:60]


class PlacementQuerySet(models.QuerySet["Placement"]):
    def at(self, text: Text, step_number: int) -> Self:
        """The clauses of the text as they stood at this step, in their order, with what each says."""
        standing = self.filter(text=text.pk, since__lte=step_number).filter(
            Q(until__isnull=True) | Q(until__gt=step_number)
        )
        return standing.select_related("clause", "wording").order_by("position")

    def now(self, text: Text) -> Self:
        """As they stand in the making."""
        standing = self.filter(text=text.pk, until__isnull=True)
        return standing.select_related("clause", "wording").order_by("position")


class Placement(models.Model):
    """Where a clause stands, as what, and with which wording, from one step of its text until another."""

    class Kind(models.TextChoices):
        HEADING = "heading", _("heading")
        PARAGRAPH = "paragraph", _("paragraph")
        BULLET = "bullet", _("list item")
        NUMBERED = "numbered", _("numbered item")
        TABLE = "table", _("table")  # a line a row, cells parted by " | ", the first row its heads
        NOTE = "note", _("footnote")

    text = models.ForeignKey(Text, models.CASCADE, related_name="placements")
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="placements")
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="placements")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PARAGRAPH)
    level = models.PositiveSmallIntegerField(default=1)
    position = models.BigIntegerField()
    since = models.PositiveIntegerField()
    until = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager.from_queryset(PlacementQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clause"], condition=Q(until__isnull=True), name="a_clause_stands_in_one_place"
            ),
            models.CheckConstraint(
                name="a_placement_ends_after_it_began", condition=Q(until__isnull=True) | Q(until__gt=models.F("since"))
            ),
            models.CheckConstraint(name="a_level_is_one_to_six", condition=Q(level__gte=1, level__lte=6)),
        ]
        indexes = [
            models.Index(fields=["text", "position"], name="placements_in_order"),
            models.Index(fields=["text", "since"], name="placements_by_step"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} from {self.since}"


class Revision(models.Model):
    """A step of the text that was given a number, a name and a date."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    step = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=120, blank=True)
    note = models.TextField(_("what is new"), blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Revision"]()

    class Meta:
        ordering = ["text", "-number"]
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="a_revision_has_its_number_alone")]

    def __str__(self) -> str:
        return self.name or str(self.number)


class Evidence(models.Model):
    """A record on which a clause rests: a practice, a law, a decision of a meeting."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="evidence")
    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    note = models.CharField(_("where in the record, and what it supports"), max_length=300, blank=True)
    quoted = models.BooleanField(_("the clause quotes the record"), default=False)
    # What in the record is quoted, where whoever said it may take it back alone; and that they did.
    part = models.CharField(max_length=40, blank=True, editable=False)
    taken_back = models.BooleanField(default=False, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = Manager["Evidence"]()

    class Meta:
        ordering = ["clause", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "record", "part"], name="a_clause_cites_a_record_once"),
            models.CheckConstraint(
                name="evidence_that_is_taken_back_is_a_part", condition=Q(taken_back=False) | ~Q(part="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id}, {self.record_id}"


class Rest(models.Model):
    """What a clause rested on when a revision was named, or published: what is cited later changes neither."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="rests")
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="+")
    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    quoted = models.BooleanField(default=False)
    part = models.CharField(max_length=40, blank=True, editable=False)  # as of evidence
    taken_back = models.BooleanField(default=False, editable=False)

    objects = Manager["Rest"]()

    class Meta:
        ordering = ["revision", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "clause", "record", "part"], name="a_clause_of_a_revision_rests_on_a_record_once"
            ),
            models.CheckConstraint(
                name="what_a_revision_rested_on_is_taken_back_in_part",
                condition=Q(taken_back=False) | ~Q(part=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}, {self.clause_id}, {self.record_id}"


def get_next_clause_number(text: Text) -> int:
    """Of the next clause. The caller has locked the text."""
    return int(Clause.objects.filter(text=text.pk).aggregate(most=Max("number"))["most"] or 0) + 1


def serialize_text_placements(placements: list["Placement"]) -> list[dict[str, Any]]:
    """The clauses as plain values, for files and for comparing."""
    return [{"number": p.clause.number, "kind": p.kind, "level": p.level, "body": p.wording.body} for p in placements]

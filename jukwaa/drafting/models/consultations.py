"""Consultations: who is asked about a revision, and what each of them answered."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.withheld_words import build_readable_contribution_condition
from jukwaa.core.db import Manager
from jukwaa.drafting.models.texts import Clause, Revision, Text, Wording


def build_readable_text_condition(viewer: Viewer) -> Exists:
    """What hangs on a text is read by whoever reads the text."""
    return Exists(Text.objects.visible_to(viewer).filter(pk=OuterRef("text")))


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(build_readable_text_condition(viewer))


class Consultation(models.Model):
    class Asks(models.TextChoices):
        PUBLIC = "public", _("Everyone")
        OBSERVERS = "observers", _("Members and observers of the coalition")
        MEMBERS = "members", _("Members of the coalition")
        NAMED = "named", _("Selected organisations")

    text = models.ForeignKey(Text, models.CASCADE, related_name="consultations")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="consultations")
    asks = models.CharField(_("who is invited"), max_length=10, choices=Asks, default=Asks.MEMBERS)
    asked = models.ManyToManyField(Organisation, related_name="+", blank=True, verbose_name=_("organisations"))
    introduction = models.TextField(pgettext_lazy("words before a list or a question", "introduction"), blank=True)
    questions = models.JSONField(default=list, blank=True)  # of strings; an input answers one by its place, from 1
    languages = models.JSONField(default=list, blank=True)  # in which answers are welcome; none named: any
    opens_at = models.DateTimeField(_("first day to respond"), default=timezone.now)
    closes_at = models.DateTimeField(_("last day to respond"))
    nudged_at = models.DateTimeField(null=True, blank=True)  # when those who had not spoken were last written to
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager.from_queryset(ConsultationQuerySet)()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_consultation_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.text_id}, {self.revision_id}"

    @property
    def is_open(self) -> bool:
        return self.opens_at <= timezone.now() < self.closes_at

    @property
    def is_over(self) -> bool:
        return timezone.now() >= self.closes_at

    def erase_texts(self) -> None:
        """Erase what people wrote. Part of the action that purges the text."""
        gone = gettext("permanently deleted")
        self.returned.all().delete()
        self.inputs.update(exact="", prefix="", suffix="", start=0, body=gone, proposed="")
        self.inputs.exclude(hidden_because="").update(hidden_because=gone)
        written_down = Capacity.objects.filter(pk__in=self.inputs.filter(author=None).values("capacity"))
        written_down.update(name=gone, organisation=None)
        Disposition.objects.filter(input__consultation=self.pk).update(reason=gone)
        Consultation.objects.filter(pk=self.pk).update(introduction="", questions=[])


class InputQuerySet(models.QuerySet["Input"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(build_readable_text_condition(viewer)).readable_by(viewer)

    def readable_by(self, viewer: Viewer) -> Self:
        """Without what somebody under 18 wrote, for whoever may not read that."""
        return self.filter(build_readable_contribution_condition(viewer, coalition="text__coalition"))

    def waiting(self) -> Self:
        """Without an answer. What its author took back asks for none, and neither does support."""
        return self.filter(disposition="", hidden_at__isnull=True).exclude(kind=Input.Kind.SUPPORT)


class OfClause(models.Func):
    """By the clause, what is about the whole text first: the zero is written out, so that an index can hold it."""

    template = "COALESCE(%(expressions)s, 0)"
    output_field = models.BigIntegerField()


class Input(models.Model):
    """What somebody says about a clause, in a capacity.

    It keeps what it spoke of: the wording of that day, and in it the words that were quoted (a text quote selector of
    W3C's Web Annotation model). `fate` and `now_at` say where that stands in the latest revision.
    """

    class Kind(models.TextChoices):
        COMMENT = "comment", _("comment")
        QUESTION = "question", _("question")
        SUPPORT = "support", _("support")
        PROPOSAL = "proposal", _("proposed wording")

    class Came(models.TextChoices):
        WEB = "web", _("on this site")
        MAIL = "mail", _("by email")
        WORD = "word", _("in a Word file")
        PHONE = "phone", _("by phone")
        ROOM = "room", _("in person")

    class Fate(models.TextChoices):
        """What became of the words that an input is about."""

        KEPT = "kept", pgettext_lazy("words of a clause", "kept")
        MOVED = "moved", _("moved to another clause")
        CHANGED = "changed", pgettext_lazy("words of a clause", "changed")
        REMOVED = "removed", _("removed")

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("an input", "accepted")
        IN_PART = "in-part", _("accepted in part")
        NOT_ACCEPTED = "not-accepted", _("not accepted")
        NOTED = "noted", _("noted")
        DUPLICATE = "duplicate", _("duplicate of another input")
        WITHDRAWN = "withdrawn", pgettext_lazy("an input", "withdrawn")

    text = models.ForeignKey(Text, models.CASCADE, related_name="inputs")
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="inputs")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="inputs")  # which its author had before them
    # Without a clause it is about the text as a whole, or answers a question.
    clause = models.ForeignKey(Clause, models.CASCADE, null=True, blank=True, related_name="inputs")
    wording = models.ForeignKey(Wording, models.PROTECT, null=True, blank=True, related_name="inputs")
    exact = models.TextField(blank=True)  # empty: the clause as a whole
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField(default=0)  # of `exact` in the wording
    question = models.PositiveSmallIntegerField(null=True, blank=True)

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.COMMENT)
    body = models.TextField(blank=True)
    proposed = models.TextField(blank=True)  # the whole clause, as it is to read
    words = models.PositiveIntegerField(default=0)  # of its author's own: what a proposal leaves as it was is not
    # Of a mail, what could not be brought to a clause or a question: kept, so that a person reads it.
    not_understood = models.BooleanField(default=False)
    language = models.CharField(max_length=35, default="en")

    # Nobody, where somebody who is known by role alone said it, and it was logged.
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    came = models.CharField(max_length=10, choices=Came, default=Came.WEB)
    logged_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    token = models.UUIDField(default=uuid.uuid4, unique=True)  # of the form or the mail: sent twice, it is said once
    at = models.DateTimeField(default=timezone.now)

    fate = models.CharField(max_length=10, choices=Fate, default=Fate.KEPT)
    now_at = models.ForeignKey(Clause, models.SET_NULL, null=True, blank=True, related_name="+")
    # The revision in which it came to that.
    followed_to = models.ForeignKey(Revision, models.SET_NULL, null=True, blank=True, related_name="+")
    disposition = models.CharField(max_length=15, choices=Answer, blank=True)  # of its latest answer, for lists
    credited_in = models.ForeignKey(Revision, models.SET_NULL, null=True, blank=True, related_name="credited")

    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_because = models.TextField(blank=True)

    objects = Manager.from_queryset(InputQuerySet)()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_input_at_a_clause_keeps_its_wording",
                condition=Q(clause__isnull=True, wording__isnull=True, exact="", proposed="")
                | Q(clause__isnull=False, wording__isnull=False),
            ),
            models.CheckConstraint(
                name="hiding_an_input_takes_a_reason", condition=Q(hidden_at__isnull=True) | ~Q(hidden_because="")
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "disposition", "id"], name="inputs_by_answer"),
            models.Index(fields=["text", "now_at", "id"], name="inputs_at_a_clause"),
            models.Index(fields=["text", "disposition", "hidden_at", "clause"], name="inputs_that_wait"),
            models.Index("text", OfClause("clause"), "id", name="inputs_in_the_matrix"),
        ]

    def __str__(self) -> str:
        return (self.body or self.proposed)[:60]

    def build_web_annotation(self) -> dict[str, Any]:
        """The anchor in W3C's Web Annotation model (Recommendation of 2017, section 4.2.4): quote and position."""
        return {
            "type": "TextQuoteSelector",
            "exact": self.exact,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "refinedBy": {
                "type": "TextPositionSelector",
                "start": self.start,
                "end": self.start + len(self.exact),
            },
        }


class Disposition(models.Model):
    """An answer to an input, with its reason. A later one takes the place of this one, and this one stays readable."""

    input = models.ForeignKey(Input, models.CASCADE, related_name="dispositions")
    answer = models.CharField(max_length=15, choices=Input.Answer)
    reason = models.TextField(blank=True)
    duplicate_of = models.ForeignKey(Input, models.SET_NULL, null=True, blank=True, related_name="duplicates")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Disposition"]()

    class Meta:
        ordering = ["input", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="an_answer_has_its_reason",
                condition=~Q(reason="") | Q(answer__in=["duplicate", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="an_input_is_not_its_own_duplicate",
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("input")),
            ),
        ]

    def __str__(self) -> str:
        return self.answer

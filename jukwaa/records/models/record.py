"""The parent of everything that a coalition knows, and the one read rule."""

from collections.abc import Iterator
from datetime import date
from itertools import compress
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, StringAgg, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.entitlements import Entitlements, get_entitlements
from jukwaa.coalitions.models import Affiliation, AreaOfWork, Capacity, Coalition, Membership, Organisation, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.dates import format_partial_date, format_partial_iso_date
from jukwaa.core.db import Manager
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.records.kinds import RecordKind, get_record_kind


class Label(models.TextChoices):
    """Traffic Light Protocol 2.0 (FIRST, 2022). The names are never translated."""

    CLEAR = "TLP:CLEAR", "TLP:CLEAR"
    GREEN = "TLP:GREEN", "TLP:GREEN"
    AMBER = "TLP:AMBER", "TLP:AMBER"
    STRICT = "TLP:AMBER+STRICT", "TLP:AMBER+STRICT"
    RED = "TLP:RED", "TLP:RED"


# Who may read, in words: what forms show first, with the label beneath.
READERS_BY_LABEL = {
    Label.CLEAR: _("Everyone"),
    Label.GREEN: _("Members, including future members"),
    Label.AMBER: _("People in the named organisations"),
    Label.STRICT: _("The author's organisation"),
    Label.RED: _("Named people"),
}

# No role alone widens AMBER or above.
LABELS_OPEN_TO_ROLES = (Label.CLEAR, Label.GREEN)
NEWEST_RECORD_FIRST = ("-published_at", "-pk")  # the order of every list of what is published


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    SAFEGUARDING = "safeguarding", _("in review")
    HELD = "held", _("in quarantine")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Precision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", _("the day is known")
    MONTH = "month", _("the month is known")
    YEAR = "year", _("the year is known")


class RecordQuerySet[R: "Record"](models.QuerySet[R]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one read rule: for pages, search, feeds, mail and exports alike."""
        if not viewer.is_authenticated:
            return self.filter(build_public_filter())
        return self.filter(_build_reader_filter(viewer))

    def exists_for(self, record_reference: str) -> Exists:
        """Return a condition on another table's rows: the record that `record_reference` leads to is one of these.

        `record__in=` instead would make SQLite list all of these records before it looks at one of the rows.
        """
        return Exists(self.filter(pk=OuterRef(record_reference)))

    def of(self, coalition: Coalition) -> Self:
        return self.filter(coalition=coalition)

    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED).order_by(*NEWEST_RECORD_FIRST)

    def annotate_for_page(self, viewer: Viewer) -> Self:
        """Each with `own`, whether the viewer wrote it, and `area_names`, a line for each of its areas of work."""
        own = Authorship.objects.filter(record=OuterRef("pk"), person=viewer.pk)
        areas = AreaOfWork.objects.filter(records=OuterRef("pk")).order_by().values("coalition")
        names = areas.annotate(names=StringAgg("name", Value("\n"))).values("names")
        return self.annotate(own=Exists(own), area_names=names)


def build_public_filter() -> Q:
    return Q(state=State.PUBLISHED, label=Label.CLEAR)


def _build_reader_filter(person: Person) -> Q:
    """What a signed-in person may read; seats, roles and affiliations are those of today.

    A record under safeguarding is seen by the second reader, who is named in its audience, and a document that was
    submitted for named people by those who are to publish it: no role opens it to others. What is held is seen by the
    lead alone, not even by its author.
    """
    access = get_entitlements(person)
    published = Q(state=State.PUBLISHED)
    waits = Q(state=State.SUBMITTED, kind="document")
    by_name = ((published | waits) & Q(label=Label.RED)) | Q(state=State.SAFEGUARDING)
    named = Audience.objects.filter(record=OuterRef("pk"))
    wrote = Authorship.objects.filter(record=OuterRef("pk"), person=person)
    return (
        build_public_filter()
        | (published & Q(label=Label.GREEN) & access.has_seat())
        | (
            published
            & Q(label__in=[Label.AMBER, Label.STRICT])
            & Exists(named.filter(organisation__in=access.organisations))
        )
        | (by_name & Exists(named.filter(person=person)))
        | (~Q(state=State.HELD) & Exists(wrote))
        | _build_role_filter(access)
    )


def _build_role_filter(entitlements: Entitlements) -> Q:
    """What a role adds: submitted records for editors, withdrawn ones for coordinators, held ones for the lead.

    The lead sees a record under safeguarding whatever its label, since its author asked for that review.
    """
    if not entitlements.can_hold_roles:
        return Q()
    kind = Role.Kind
    open_to_roles = Q(label__in=LABELS_OPEN_TO_ROLES)
    return (
        (
            Q(state=State.SUBMITTED)
            & open_to_roles
            & entitlements.has_role(kind.EDITOR, kind.RAPPORTEUR, kind.COORDINATOR)
        )
        | (Q(state=State.WITHDRAWN) & open_to_roles & entitlements.has_role(kind.COORDINATOR, kind.SAFEGUARDING_LEAD))
        | (Q(state__in=[State.SAFEGUARDING, State.HELD]) & entitlements.has_role(kind.SAFEGUARDING_LEAD))
    )


class Record(models.Model):
    """Anything that a coalition knows. Its kinds inherit from it, one level deep."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="records")
    kind = models.CharField(_("kind"), max_length=30, db_index=True)
    title = models.CharField(_("title"), max_length=250)
    summary = models.TextField(_("summary"), blank=True)
    language = models.CharField(_("language"), max_length=35, default="en")
    label = models.CharField(_("who can read it"), max_length=20, choices=Label, default=Label.CLEAR)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    areas = models.ManyToManyField(AreaOfWork, related_name="records", blank=True, verbose_name=_("areas of work"))
    countries = models.JSONField(_("countries"), default=list, blank=True)  # ISO 3166-1 alpha-2 codes
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)
    # Of what was issued elsewhere, such as a law: by whom and when, as far as known. `is_issued` says that its date is
    # that one, or not known; everything else is dated by its publication here. A kind derives all of it from its own.
    is_issued = models.BooleanField(default=False)
    issuer = models.CharField(_("issuer"), max_length=300, blank=True)
    issued_on: models.DateField[date | None, date | None] = models.DateField(_("date of issue"), null=True, blank=True)
    issued_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    # The day of what happened, such as a meeting and what was decided there, as far as known: its date in the search. A
    # kind derives it from its own; without one, a record is dated by its publication.
    happened_on = models.DateField(null=True, blank=True)
    happened_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    happened_until = models.DateField(null=True, blank=True)  # the last day, of several
    redacted_at = models.DateTimeField(null=True, blank=True)  # when a person's name was last taken out of it
    is_example = models.BooleanField(default=False)  # made up for the demo: lists say so beside its kind
    # The record that took this one along when it was held: released with it, and not before.
    held_with = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = Manager.from_queryset(RecordQuerySet)()

    # What a version keeps, beside what a kind adds.
    HANGS_MANY: ClassVar[bool] = False  # see `hanging`
    VERSIONED: ClassVar[tuple[str, ...]] = ("title", "summary", "language", "label", "countries")
    # Of these, what changes without a new version: `doctor` does not compare it.
    CHANGES_UNVERSIONED: ClassVar[tuple[str, ...]] = ()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="published_records_have_a_date",
                condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="withdrawn_records_have_a_date_and_a_reason",
                condition=~Q(state=State.WITHDRAWN) | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
            ),
        ]
        indexes = [
            # With the label, the rule of who may read is answered from the index alone.
            models.Index(fields=["coalition", "state", "-published_at", "-id", "label"], name="published_of_coalition"),
            models.Index(fields=["coalition", "kind", "state", "-published_at", "-id"], name="published_of_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_info(self) -> RecordKind:
        return get_record_kind(self.kind)

    @property
    def display_date(self) -> date | None:
        """The date of what it is about; None if that is not known."""
        if self.is_issued or self.happened_on:
            return self.issued_on if self.is_issued else self.happened_on
        return timezone.localdate(self.published_at) if self.published_at else None

    @property
    def issue_date(self) -> str:
        """The date of issue in words, as far as it is known; empty for what was not issued elsewhere."""
        if not self.is_issued:
            return ""
        known = format_partial_date(self.issued_on, self.issued_precision) if self.issued_on else ""
        return known or gettext("date not known")

    @property
    def issue_iso_date(self) -> str:
        return format_partial_iso_date(self.issued_on, self.issued_precision) if self.issued_on else ""

    @property
    def event_date(self) -> str:
        """The day on which it happened in words, as far as it is known; empty for what has none."""
        return format_partial_date(on, self.happened_precision, self.happened_until) if (on := self.happened_on) else ""

    @property
    def event_iso_date(self) -> str:
        return format_partial_iso_date(self.happened_on, self.happened_precision) if self.happened_on else ""

    @property
    def is_withdrawn(self) -> bool:
        """Now, or as soon as it is released."""
        return self.state == State.WITHDRAWN or (self.state == State.HELD and self.withdrawn_at is not None)

    @property
    def is_open_to_change(self) -> bool:
        return self.state not in (State.HELD, State.WITHDRAWN)

    @property
    def is_settled(self) -> bool:
        """Whether its words stay as they are although it is open to everything else. A kind may say so."""
        return False

    def get_absolute_url(self) -> str:
        return reverse_row_url(self.kind_info.url_name, self.coalition.slug, self.pk)

    @classmethod
    def get_versioned_fields(cls) -> dict[str, Any]:
        """The columns that a version keeps, by their names in it. A kind may keep some of them beside the record."""
        return {name: cls._meta.get_field(name) for name in cls.VERSIONED}

    def get_answer_labels(self, name: str) -> dict[str, str]:  # noqa: ARG002 - a kind with several such columns needs it
        """Return what people read for the keys of a column that holds several answers, in their order."""
        return {}

    def take(self, changes: dict[str, Any]) -> None:
        """Take on new values, by the names that a version has. Part of the action that saves the record."""
        for name, value in changes.items():
            setattr(self, name, value)

    def content(self) -> dict[str, Any]:
        """What a version of this record keeps."""
        return {name: getattr(self, name) for name in self.VERSIONED}

    def whole(self) -> "Record":
        """The record as its own kind, with what the kind adds to it."""
        if type(self) is not Record:
            return self
        kinds = Record.__subclasses__()
        is_of = [Exists(kind.objects.filter(pk=OuterRef("pk"))) for kind in kinds]
        found = Record.objects.filter(pk=self.pk).values_list(*is_of).first() or ()
        kind = next(compress(kinds, found), None)
        return kind.objects.get(pk=self.pk) if kind else self

    def get_dependent_records(self) -> models.QuerySet[Any]:
        """The records that go where this one goes: withdrawn, held, released or purged. A kind may have some."""
        return Record.objects.none()

    def erase_texts(self) -> None:
        """Erase the words of people that a kind keeps beside its own row. Part of the action that purges the record."""

    def handle_file_attached(self) -> None:
        """A file hangs on it that nobody has seen. Part of the action that hung it; a kind may take note of it."""

    def handle_file_parsed(self) -> None:
        """The text of a file that hangs on it is known now. Part of what reads it; a kind may take note of it."""

    def iter_passages(self) -> Iterator[tuple[str, str]]:
        """(anchor, text) for the index, best first. Anchors are ids on the record's page."""
        yield "", f"{self.title}\n{self.summary}".strip()

    def iter_bulk_passages(self) -> Iterator[tuple[str, str]]:
        """As `passages`, of what hangs on it by the thousand: each is added to the index when it comes in."""
        yield from ()


class Authorship(models.Model):
    """Who wrote a record, and in which capacity."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="authorships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Manager["Authorship"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "person"], name="a_person_authors_a_record_once")]

    def __str__(self) -> str:
        return str(self.person)


class Audience(models.Model):
    """A person or an organisation that a restricted record names."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="audience")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Manager["Audience"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_audience_is_a_person_or_an_organisation",
                condition=Q(person__isnull=True, organisation__isnull=False)
                | Q(person__isnull=False, organisation__isnull=True),
            ),
            models.UniqueConstraint(fields=["record", "person"], name="a_person_is_named_once"),
            models.UniqueConstraint(fields=["record", "organisation"], name="an_organisation_is_named_once"),
        ]

    def __str__(self) -> str:
        return str(self.person or self.organisation)


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Of records that the viewer may read now: the version that stands, and earlier ones that were for them too.

        A version may carry a stricter label than the record has today, and what a draft said before it was published
        stays with its authors: opening a record does not open its past. The safeguarding lead reads what is held.
        """
        readable = self.filter(Record.objects.visible_to(viewer).exists_for("record"))
        record = {"record": OuterRef("record")}
        coalition = OuterRef("record__coalition")
        stands = Q(number=F("record__version"))
        if not viewer.is_authenticated:
            return readable.filter(stands | (Q(content__label=Label.CLEAR) & self._build_published_filter()))
        own = Affiliation.objects.confirmed().filter(person=viewer).values("organisation")
        lead = Role.objects.held_by(viewer).filter(coalition=coalition, kind=Role.Kind.SAFEGUARDING_LEAD)
        by_label = (
            Q(content__label=Label.CLEAR)
            | (Q(content__label=Label.GREEN) & Exists(Membership.objects.seats_of(viewer).filter(coalition=coalition)))
            | (
                Q(content__label__in=[Label.AMBER, Label.STRICT])
                & Exists(Audience.objects.filter(**record, organisation__in=own))
            )
            | (Q(content__label=Label.RED) & Exists(Audience.objects.filter(**record, person=viewer)))
        )
        return readable.filter(
            stands
            | Exists(Authorship.objects.filter(**record, person=viewer))
            | (Q(record__state__in=[State.SAFEGUARDING, State.HELD]) & Exists(lead))
            | (by_label & self._build_published_filter())
        )

    def _build_published_filter(self) -> Q:
        """From the version that stood when the record was published."""
        before = Version.objects.filter(record=OuterRef("record"), at__lte=OuterRef("record__published_at"))
        first = Coalesce(Subquery(before.order_by("-number").values("number")[:1]), 0)
        return Q(record__published_at__isnull=False) & Q(number__gte=first)


class Version(models.Model):
    """How a record read at one time. The salt keys the digest in the activity, and goes when a version is purged."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    salt = models.CharField(max_length=32)
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager.from_queryset(VersionQuerySet)()

    class Meta:
        ordering = ["record", "-number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="a_version_has_its_number_once")]

    def __str__(self) -> str:
        return f"{self.record_id}, {self.number}"

"""An outreach plan: a place and a day; what is to be known and done by then, and who will host what."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Organisation
from jukwaa.core.db import Manager
from jukwaa.events.models import Event
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name
from jukwaa.places.regions import UN_REGIONAL_GROUPS, RegionalGroup
from jukwaa.records.models import Record
from jukwaa.records.models.record import RecordQuerySet

OUTREACH_PLAN_KIND = "outreach-plan"
UNANSWERED_PROSPECT_RETENTION = timedelta(
    days=90
)  # after the day, what was not answered: long enough for answers that come late


class OutreachQuerySet(RecordQuerySet["Outreach"]):
    pass


class Outreach(Record):
    """For a country or a regional group, never for the whole world: `summary` says why there, and why then."""

    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(
        _("regional group"),
        max_length=20,
        blank=True,
        choices=[(each.value, each.label) for each in UN_REGIONAL_GROUPS],
    )
    on: models.DateField[date, date] = models.DateField(_("target date"))
    at_event = models.ForeignKey(Event, models.SET_NULL, null=True, blank=True, related_name="+")
    # The day after which prospects that have not said yes are erased.
    forget_on: models.DateField[date, date] = models.DateField(_("delete unanswered invitations after"))
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager.from_queryset(OutreachQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    VERSIONED: ClassVar[tuple[str, ...]] = (*Record.VERSIONED, "country", "region", "on", "forget_on")
    CHANGES_UNVERSIONED: ClassVar[tuple[str, ...]] = ("on", "forget_on")  # the demo moves a plan into the past

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_outreach_plan_is_for_a_country_or_a_region",
                condition=Q(region="") | Q(country=""),  # purged, it is for neither
            )
        ]

    @property
    def place(self) -> str:
        return format_place_name(self.country, self.region)

    @property
    def group(self) -> RegionalGroup | None:
        """The regional group whose page tells more of the place."""
        country = COUNTRIES_BY_CODE.get(self.country)
        found = RegionalGroup(self.region) if self.region else country.group if country else None
        return found if found in UN_REGIONAL_GROUPS else None

    @property
    def is_over(self) -> bool:
        return self.on < timezone.localdate()

    def iter_passages(self) -> Iterator[tuple[str, str]]:
        """Never a prospect: no index knows of them."""
        yield from super().iter_passages()
        for question in self.questions.all():
            yield "questions", question.words
        for milestone in self.milestones.all():
            yield "milestones", milestone.title
        for hosting in self.hostings.all():
            yield "hosting", hosting.what

    def erase_texts(self) -> None:
        for prospect in self.prospects.all():
            prospect.erase()
        for rows in (self.questions, self.milestones, self.hostings):
            rows.all().delete()


def format_place_name(country: str, region: str = "", language_code: str = "") -> str:
    """A country that is none today keeps its code: it was one when it was written down."""
    if region:
        return str(RegionalGroup(region).label)
    return (
        get_country_name(country, language_code or get_language() or "en") if country in COUNTRIES_BY_CODE else country
    )


class Question(models.Model):
    """What the coalition wants to have learned by that day; answered by a record."""

    outreach = models.ForeignKey(Outreach, models.CASCADE, related_name="questions")
    words = models.CharField(_("what we want to learn"), max_length=300)
    answer = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager["Question"]()

    class Meta:
        ordering = ["outreach", "pk"]

    def __str__(self) -> str:
        return self.words


class Milestone(models.Model):
    """What is to be done by when, counted back from the day; by a member organisation, or by nobody yet."""

    outreach = models.ForeignKey(Outreach, models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=200)
    due_on: models.DateField[date, date] = models.DateField(_("due date"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    done_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    moves = models.PositiveIntegerField(default=0)  # calendar programs want to be told that a day has moved
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager["Milestone"]()

    class Meta:
        ordering = ["outreach", "due_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.due_on < timezone.localdate()


class Hosting(models.Model):
    """What somebody will host there: offered by an organisation, confirmed by whoever speaks for it."""

    outreach = models.ForeignKey(Outreach, models.CASCADE, related_name="hostings")
    what = models.CharField(_("what the organisation will host"), max_length=250)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    confirmed_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager["Hosting"]()

    class Meta:
        ordering = ["outreach", "pk"]

    def __str__(self) -> str:
        return self.what

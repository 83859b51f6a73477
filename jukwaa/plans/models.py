"""National plans: a country's own, and no record of the coalition.

Nothing here inherits from `Record`, and nothing points to an organisation or holds a capacity: no index, list, feed,
archive or count of the coalition can find a plan, and no author of it keeps reading it after leaving.
"""

from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.db import Manager
from jukwaa.library.schema import Framework, get_framework_or_placeholder
from jukwaa.places import former_countries
from jukwaa.places.former_countries import EXAMPLE_COUNTRY_CODE
from jukwaa.records.models import Label, Record

MIN_CLOSED_PLAN_PERIOD = timedelta(days=30)


def get_country_name(country: str) -> str:
    """The country's name, also of one that is no more."""
    return former_countries.get_any_country_name(country, get_language() or "en")


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def with_access(self) -> Self:
        """Named and not left, and today confirmed in an organisation of the country: this alone opens a plan."""
        ties = Affiliation.objects.confirmed().filter(
            person=OuterRef("person"),
            organisation__coalition=OuterRef("plan__coalition"),
            organisation__country=OuterRef("plan__country"),
        )
        return self.filter(Exists(ties), left_at__isnull=True, person__is_active=True)


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one read rule; no role of the coalition opens a plan. Each has `role`: what the viewer is in its team."""
        if not viewer.is_authenticated:
            return self.none()
        seats = TeamMember.objects.with_access().filter(plan=OuterRef("pk"), person=viewer)
        return self.filter(Exists(seats)).annotate(role=Subquery(seats.values("role")[:1]))

    def of(self, coalition: Coalition) -> Self:
        return self.filter(coalition=coalition)

    def not_closed(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def without_lead(self) -> Self:
        """Nobody leads them any more."""
        leads = TeamMember.objects.with_access().filter(plan=OuterRef("pk"), role=TeamMember.Role.LEADS)
        return self.not_closed().filter(~Exists(leads))


class Plan(models.Model):
    """What a country plans over a framework: a workspace for the people whom its government names, and nobody else."""

    # The labels that a plan can have: it is never for more than those who work on it hand it to.
    LABELS: ClassVar[tuple[Label, ...]] = (Label.AMBER, Label.STRICT, Label.RED)

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="+")
    country = models.CharField(_("country"), max_length=2)
    framework = models.CharField(_("framework"), max_length=60)  # the name of a file in `library/data/frameworks`
    title = models.CharField(_("title"), max_length=200)
    label = models.CharField(max_length=20, choices=Label, default=Label.AMBER)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    consented_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager.from_queryset(PlanQuerySet)()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "country", "framework"],
                condition=Q(closed_at__isnull=True),
                name="a_country_has_one_living_plan_over_a_framework",
            ),
            models.CheckConstraint(
                name="a_plan_is_for_few", condition=Q(label__in=[Label.AMBER, Label.STRICT, Label.RED])
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:plan_detail", args=[self.coalition.slug, self.pk])

    @property
    def is_long_closed(self) -> bool:
        """For so long that whoever worked on it has seen it, and taken along what they need."""
        return self.closed_at is not None and self.closed_at <= timezone.now() - MIN_CLOSED_PLAN_PERIOD

    @property
    def over(self) -> Framework:
        return get_framework_or_placeholder(self.framework)

    @property
    def where(self) -> str:
        return get_country_name(self.country)

    @property
    def is_example(self) -> bool:
        return self.country == EXAMPLE_COUNTRY_CODE


class TeamMember(models.Model):
    """Somebody whom the lead named, from then until they leave. Somebody who comes back gets a new row."""

    class Role(models.TextChoices):
        # Translators: role of a person in the team of a national plan
        LEADS = "leads", _("plan lead")
        # Translators: role of a person in the team of a national plan
        WRITES = "writes", _("can write")
        # Translators: role of a person in the team of a national plan
        READS = "reads", _("can read")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="team")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(pgettext_lazy("in a team", "role"), max_length=10, choices=Role, default=Role.WRITES)
    named_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = Manager.from_queryset(TeamMemberQuerySet)()

    class Meta:
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person"], condition=Q(left_at__isnull=True), name="somebody_is_in_a_team_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class Claim(models.Model):
    """A confirmed representative of the government asks to lead a plan that sleeps. A coordinator says yes or no.

    The coordinator sees who asks, for which country, and nothing of the plan.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="claims")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    is_granted = models.BooleanField(default=False)

    objects = Manager["Claim"]()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person"], condition=Q(answered_at__isnull=True), name="one_asks_once_to_lead"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} asks to lead {self.plan_id}"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def standing(self) -> Self:
        return self.filter(replaced_at__isnull=True)

    def assessments_at(self, at_moment: datetime) -> Self:
        """As they stood then."""
        return self.filter(Q(replaced_at__isnull=True) | Q(replaced_at__gt=at_moment), at__lte=at_moment)


class Assessment(models.Model):
    """How one capability stands, as the team sees it. A change is a new row, with the next number; the former stays."""

    SAID: ClassVar[tuple[str, ...]] = (
        *("state", "words", "evidence", "records", "body", "next_step", "due_on", "cost"),
    )

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="assessments")
    capability = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    state = models.CharField(_("status"), max_length=40)
    words = models.TextField(_("description"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    records = models.JSONField(default=list, blank=True)  # the numbers of those of the coalition that show it
    body = models.CharField(_("responsible body"), max_length=200, blank=True)
    next_step = models.TextField(_("next step"), blank=True)
    due_on: models.DateField[date | None, date | None] = models.DateField(_("due date"), null=True, blank=True)
    cost = models.CharField(_("cost"), max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = Manager.from_queryset(AssessmentQuerySet)()

    class Meta:
        ordering = ["plan", "capability", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "capability", "number"], name="an_assessment_has_a_number_once"),
            models.UniqueConstraint(
                fields=["plan", "capability"],
                condition=Q(replaced_at__isnull=True),
                name="one_assessment_of_a_capability_stands",
            ),
            models.CheckConstraint(
                name="an_assessment_is_replaced_after_it_was_made",
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capability}, {self.number}"

    @property
    def given_answers(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.SAID}


class Baseline(models.Model):
    """A moment from which progress is read. What stood then is in the assessments, which are never overwritten."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="baselines")
    name = models.CharField(_("name"), max_length=120)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager["Baseline"]()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name


class CarriedOver(models.Model):
    """That a plan went over to the next edition of its framework: which it was over before."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="editions")
    framework = models.CharField(max_length=60)  # before
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["CarriedOver"]()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "carried over"

    def __str__(self) -> str:
        return self.framework


class Tie(models.Model):
    """A record of the coalition that belongs to a plan. Only the plan knows: the record's page says nothing of it."""

    class Part(models.TextChoices):
        NEED = "need", _("request for help")
        PRACTICE = "practice", _("shared in the library")
        EVENT = "event", _("event")
        SHOWS = "shows", _("supporting record")  # or did: what was said tells in which of its answers

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="ties")
    capability = models.CharField(max_length=80, blank=True)  # empty for what belongs to the whole plan
    part = models.CharField(max_length=10, choices=Part)
    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Tie"]()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "capability", "record"], name="a_record_is_tied_to_a_plan_once")
        ]

    def __str__(self) -> str:
        return self.part


class CountedMonth(models.Model):
    """What was counted of the end of a month, and told: for each capability what each country had said.

    The numbers alone are shown. Who said what is kept, beyond the plan itself, so that what is told later can be held
    against it: nobody shall learn from two months what one country said.
    """

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    day = models.DateField()  # the last of the month
    answers = models.JSONField(default=dict)  # by capability and country; without what could not be told
    made_at = models.DateTimeField(default=timezone.now)

    objects = Manager["CountedMonth"]()

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["coalition", "day"], name="a_month_is_counted_once")]

    def __str__(self) -> str:
        return self.day.isoformat()

"""Who belongs to a coalition, through whom, in which role, and for whom they speak."""

from datetime import date, timedelta
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models.coalition import AreaOfWork, Coalition
from jukwaa.coalitions.models.organisation import Organisation
from jukwaa.core.dates import PartialDate, get_utc_date
from jukwaa.core.db import Manager, build_display_method, build_in_force_q
from jukwaa.places.regions import RegionalGroup, StakeholderGroup, has_region_distinct_from_group

type Viewer = Person | AnonymousUser

# An affiliation is confirmed again yearly; a month of grace lets the reminder be answered.
AFFILIATION_CONFIRMATION_DAYS = 395


def build_period_constraint(constraint_name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=constraint_name,
        condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
    )


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def in_force(self, day: date | None = None) -> Self:
        return self.filter(build_in_force_q(day or get_utc_date()))

    def confirmed(self, day: date | None = None) -> Self:
        """In force, and vouched for by its organisation or a coordinator within the year: only these open anything."""
        day = day or get_utc_date()
        oldest = day - timedelta(days=AFFILIATION_CONFIRMATION_DAYS)
        return self.in_force(day).filter(confirmed_on__gte=oldest)

    def to_confirm(self, day: date | None = None) -> Self:
        """In force, and nobody has vouched for it yet, or not for a year: what a reminder asks about."""
        day = day or get_utc_date()
        a_year_ago = day - timedelta(days=365)
        return self.in_force(day).filter(Q(confirmed_on__isnull=True) | Q(confirmed_on__lte=a_year_ago))

    def refusing_email(self) -> Self:
        """Of people who get no emails according to an imported list, until they sign in and choose by themselves.

        An objection outlasts the time in the organisation. It holds in the coalition of the organisation alone.
        """
        return self.exclude(no_invitations="").filter(person__last_login=None)


class Affiliation(models.Model):
    """A person in an organisation, from a date to a date, and whether they may speak for it."""

    class InvitationObjection(models.TextChoices):
        # Translators: why a person is not selected for an invitation by email. After the name of the person.
        OPTED_OUT = "opted-out", _("does not want emails, according to an imported list")
        BOUNCED = "bounced", _("emails came back, according to an imported list")

    person = models.ForeignKey(Person, models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="affiliations")
    position = models.CharField(_("position"), max_length=120, blank=True)
    phone = models.CharField(_("phone number"), max_length=40, blank=True)  # at work; coordinators alone read it
    may_speak = models.BooleanField(_("may represent the organisation"), default=False)
    no_invitations = models.CharField(max_length=10, choices=InvitationObjection, blank=True)  # why not, if so
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Manager.from_queryset(AffiliationQuerySet)()

    class Meta:
        ordering = [F("ends_on").desc(nulls_first=True), F("starts_on").desc(nulls_last=True)]
        constraints = [
            build_period_constraint("an_affiliation_ends_after_it_began"),
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(ends_on__isnull=True),
                name="a_person_is_once_at_a_time_in_an_organisation",
            ),
            models.CheckConstraint(
                name="who_confirmed_an_affiliation_is_kept_with_the_day",
                condition=Q(confirmed_on__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"

    @classmethod
    def choose_objection(cls, first_objection: str, second_objection: str) -> str:
        """The one that counts: an address that does not work may be replaced, but who opted out has to be asked."""
        opted_out = str(cls.InvitationObjection.OPTED_OUT)
        return opted_out if opted_out in {first_objection, second_objection} else first_objection or second_objection


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self, day: date | None = None) -> Self:
        return self.filter(build_in_force_q(day or get_utc_date()), standing=Membership.Standing.ACTIVE)

    def observers_in_force(self, day: date | None = None) -> Self:
        """Of observers in force: they are informed and can be consulted, and have no seat."""
        return self.filter(build_in_force_q(day or get_utc_date()), standing=Membership.Standing.OBSERVER)

    def ever_belonged(self) -> Self:
        """Those that began, of today or of the past: no application that waits, was declined or was taken back."""
        return self._begun(Membership.Standing.ACTIVE, Membership.Standing.LEFT)

    def listed(self) -> Self:
        """What the directory shows to everyone: all who belonged, and observers of today or of the past."""
        return self._begun(Membership.Standing.ACTIVE, Membership.Standing.LEFT, Membership.Standing.OBSERVER)

    def _begun(self, *standings: str) -> Self:
        taken_back = Q(standing=Membership.Standing.LEFT, starts_on__isnull=True, applied_on__isnull=False)
        return self.filter(standing__in=standings).exclude(taken_back)

    def applications_of(self, viewer: Person) -> Self:
        """What waits for an answer: sent by this person, or for an organisation that they say they belong to."""
        theirs = Affiliation.objects.in_force().filter(person=viewer)
        mine = Q(applicant=viewer) | Q(person=viewer) | Q(organisation__in=theirs.values("organisation"))
        return self.filter(mine, standing=Membership.Standing.APPLIED)

    def seats_of(self, viewer: Viewer, day: date | None = None) -> Self:
        """The active memberships of today that this person has, their own or through a confirmed affiliation."""
        if not viewer.is_authenticated:
            return self.none()
        own, through = _build_seat_conditions(viewer, day)
        return self.active(day).filter(own | through)

    def seats_by_origin(self, viewer: Person, day: date | None = None) -> tuple[Self, Self]:
        """The same as two lists: for one of either PostgreSQL would read all members, where much else is asked for."""
        own, through = _build_seat_conditions(viewer, day)
        return self.active(day).filter(own), self.active(day).filter(through)


def _build_seat_conditions(viewer: Person, day: date | None) -> tuple[Q, Q]:
    """Their own, and those through a confirmed affiliation."""
    through = Affiliation.objects.confirmed(day).filter(person=viewer)
    return Q(person=viewer), Q(organisation__in=through.values("organisation"))


class Membership(models.Model):
    """Of an organisation, or of a person on their own, in a coalition. One row for each time that they belonged.

    Whoever left and comes back gets a new row, so that the history stays.
    """

    class Standing(models.TextChoices):
        # Translators: the state of a membership or an application.
        APPLIED = "applied", _("applied")
        ACTIVE = "active", _("member")
        OBSERVER = "observer", _("observer")  # also after the last day: whoever observed never was a member
        LEFT = "left", pgettext_lazy("a membership", "ended")
        DECLINED = "declined", pgettext_lazy("an application", "declined")

    class Precision(models.TextChoices):
        # Translators: how much of a date is known.
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="memberships")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="memberships", db_index=False
    )
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.APPLIED)
    applicant = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="applications")
    motivation = models.TextField(_("why you would like to join"), blank=True)
    applied_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(_("member since"), null=True, blank=True)
    ends_on = models.DateField(_("member until"), null=True, blank=True)
    # Papers often know the year alone. The date is then its first day, and is shown as the year.
    starts_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    ends_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    reason = models.TextField(_("reason"), blank=True)
    # Of a person on their own: kept with the membership, since it is what they say in this coalition.
    country = models.CharField(max_length=2, blank=True)
    regional_group = models.CharField(max_length=20, choices=RegionalGroup, default=RegionalGroup.UNKNOWN)
    stakeholder_group = models.CharField(max_length=25, choices=StakeholderGroup, default=StakeholderGroup.UNKNOWN)
    areas = models.ManyToManyField(AreaOfWork, related_name="memberships", blank=True)

    objects = Manager.from_queryset(MembershipQuerySet)()

    class Meta:
        ordering = [F("starts_on").desc(nulls_last=True), "-pk"]
        # Most memberships are of organisations: an index of all of them looks so useless to SQLite that it would read
        # every membership to find somebody's seat.
        indexes = [
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="memberships_of_persons"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_membership_is_of_an_organisation_or_of_a_person",
                condition=Q(organisation__isnull=True, person__isnull=False)
                | Q(organisation__isnull=False, person__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["coalition", "organisation"],
                condition=Q(standing__in=["applied", "active"]),
                name="an_organisation_is_once_at_a_time_a_member",
            ),
            models.UniqueConstraint(
                fields=["coalition", "organisation"],
                condition=Q(standing="observer", ends_on__isnull=True),
                name="an_organisation_is_once_at_a_time_an_observer",
            ),
            models.CheckConstraint(
                name="an_observer_is_an_organisation", condition=~Q(standing="observer") | Q(person__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["coalition", "person"],
                condition=Q(standing__in=["applied", "active"]),
                name="a_person_is_once_at_a_time_a_member",
            ),
            models.CheckConstraint(name="declining_takes_a_reason", condition=~Q(standing="declined") | ~Q(reason="")),
            build_period_constraint("a_membership_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.person)

    @property
    def since(self) -> PartialDate | None:
        """The first day, or the month or year of it that is known."""
        return PartialDate(self.starts_on, self.starts_precision) if self.starts_on else None

    @property
    def until(self) -> PartialDate | None:
        return PartialDate(self.ends_on, self.ends_precision) if self.ends_on else None


class RoleQuerySet(models.QuerySet["Role"]):
    def in_force(self, day: date | None = None) -> Self:
        return self.filter(build_in_force_q(day or get_utc_date()))

    def held_by(self, viewer: Viewer, day: date | None = None) -> Self:
        if not viewer.is_authenticated:
            return self.none()
        return self.in_force(day).filter(person=viewer)


class Role(models.Model):
    """What a person may do for the whole coalition, from a date to a date. A successor gets a row of their own."""

    class Kind(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        CHAIR = "chair", _("chair")
        RAPPORTEUR = "rapporteur", _("rapporteur")
        EDITOR = "editor", _("editor")
        SAFEGUARDING_LEAD = "safeguarding-lead", _("safeguarding lead")
        REPRESENTATIVE = "representative", _("representative at coordination meetings")

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="roles")
    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    kind = models.CharField(_("role"), max_length=20, choices=Kind)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = Manager.from_queryset(RoleQuerySet)()

    class Meta:
        ordering = ["kind", F("starts_on").asc(nulls_first=True)]
        constraints = [
            build_period_constraint("a_role_ends_after_it_began"),
            models.UniqueConstraint(
                fields=["coalition", "person", "kind"],
                condition=Q(ends_on__isnull=True),
                name="a_person_holds_a_role_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Capacity(models.Model):
    """For whom a person speaks here, frozen at the time: later changes of the directory don't touch it.

    `person` is who spoke, where that may be known; `name` is how the source or the directory wrote it then.
    """

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="capacities")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="capacities")
    name = models.CharField(max_length=250)
    stakeholder_group = models.CharField(max_length=25, choices=StakeholderGroup, default=StakeholderGroup.UNKNOWN)
    country = models.CharField(max_length=2, blank=True)
    regional_group = models.CharField(max_length=20, choices=RegionalGroup, default=RegionalGroup.UNKNOWN)
    taken_at = models.DateTimeField(default=timezone.now)

    objects = Manager["Capacity"]()

    get_regional_group_display = build_display_method("regional_group", RegionalGroup)
    get_stakeholder_group_display = build_display_method("stakeholder_group", StakeholderGroup)

    class Meta:
        verbose_name_plural = "capacities"

    def __str__(self) -> str:
        return self.name

    @property
    def has_region(self) -> bool:
        return has_region_distinct_from_group(self.regional_group, self.stakeholder_group)


class ListEntry(models.Model):
    """Somebody on the coalition's mailing list. Being on it is not membership."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="list_entries")
    person = models.ForeignKey(Person, models.PROTECT, related_name="list_entries")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = Manager["ListEntry"]()

    class Meta:
        verbose_name_plural = "list entries"
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "person"], condition=Q(ends_on__isnull=True), name="once_on_the_list"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)

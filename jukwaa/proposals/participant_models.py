"""Models: the people of a proposal, what they answered, and what they stated about themselves."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.db import Manager, build_display_method
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.proposals.proposal_values import ProposalRole
from jukwaa.records.models import State

WITHHELD_VALUE = "withheld"  # “prefer not to say”, which is an answer
WITHHELD_CHOICE = (WITHHELD_VALUE, _("Prefer not to say"))
GROUP_CHOICES = [
    *((each.value, each.label) for each in StakeholderGroup if each != StakeholderGroup.UNKNOWN),
    WITHHELD_CHOICE,
]
REGION_CHOICES = [
    *((each.value, each.label) for each in RegionalGroup if each != RegionalGroup.UNKNOWN),
    WITHHELD_CHOICE,
]


class ParticipantRole(models.TextChoices):
    """The roles of `proposal.Role` with their names, in the order of the page."""

    ORGANISER = ProposalRole.ORGANISER.value, pgettext_lazy("person", "Organiser")
    SPEAKER = ProposalRole.SPEAKER.value, pgettext_lazy("session", "Speaker")
    MODERATOR = ProposalRole.MODERATOR.value, _("On-site moderator")
    ONLINE_MODERATOR = ProposalRole.ONLINE_MODERATOR.value, _("Online moderator")
    RAPPORTEUR = ProposalRole.RAPPORTEUR.value, _("Rapporteur")


# Nobody can hold two of these during one session.
SIMULTANEOUS_ROLES = frozenset(
    {ProposalRole.SPEAKER, ProposalRole.MODERATOR, ProposalRole.ONLINE_MODERATOR, ProposalRole.RAPPORTEUR}
)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def of_open_proposals(self) -> Self:
        """Of proposals that are neither withdrawn nor held, and have no outcome or are accepted."""
        from jukwaa.proposals.models import ACCEPTED_OUTCOMES  # noqa: PLC0415 - the models import this module

        open_ = Q(proposal__submission__isnull=True) | Q(proposal__submission__outcome__in=["", *ACCEPTED_OUTCOMES])
        return self.filter(open_, proposal__state=State.PUBLISHED)

    def taking_part(self) -> Self:
        """Those who have not declined or withdrawn, whether they have answered or not."""
        return self.exclude(status__in=Participant.GONE)

    def confirmed(self) -> Self:
        """Those who have confirmed, at least provisionally; of those under 18, if their adult contact has agreed."""
        agreed = Q(consent_by__isnull=False, consent_by=F("person__adult_contact"))
        return self.filter(Q(person=None) | Q(person__is_minor=False) | agreed, status__in=Participant.COMING)

    def with_open_problems(self) -> Self:
        """Those about whom the team has something to do."""
        # Not `exclude(problem="")`: see `coalitions/task_queries.py`.
        return self.of_open_proposals().filter(problem_at__isnull=False, handled_at=None)


class Participant(models.Model):
    """Somebody in a proposal, with their roles.

    `person` is set once they are known here; until then, a name and perhaps an address have been typed in. What they
    state about themselves is never derived from anything. An empty value is no statement.
    """

    class Status(models.TextChoices):
        ADDED = "added", pgettext_lazy("participant", "Not invited yet")
        INVITED = "invited", pgettext_lazy("participant", "Invited")
        CONFIRMED = "confirmed", pgettext_lazy("participant", "Confirmed")
        PROVISIONAL = "provisional", pgettext_lazy("participant", "Provisionally confirmed")
        DECLINED = "declined", pgettext_lazy("participant", "Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("participant", "Withdrawn")

    class Attendance(models.TextChoices):
        ONSITE = "onsite", _("On site")
        ONLINE = "online", pgettext_lazy("participation", "Online")

    class Problem(models.TextChoices):
        """What the team has to deal with; of several, the first."""

        WITHDRAWN = "withdrawn", _("Withdrew after confirming")
        DECLINED = "declined", _("Declined the invitation")
        TWO_ROLES = "two-roles", _("Two roles at the same time")
        SESSIONS = "sessions", _("In more sessions than the call for proposals allows")

    GONE = (Status.DECLINED, Status.WITHDRAWN)
    COMING = (Status.CONFIRMED, Status.PROVISIONAL)

    proposal = models.ForeignKey("proposals.Proposal", models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=120, blank=True)
    address = models.EmailField(_("email address"), max_length=254, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    roles = models.JSONField(_("roles"), default=list)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.ADDED)
    message = models.TextField(_("message"), max_length=1000, blank=True)  # to the person, in the invitation
    invited_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)  # of who declined: for the team only
    stakeholder_group = models.CharField(_("stakeholder group"), max_length=20, choices=GROUP_CHOICES, blank=True)
    regional_group = models.CharField(_("regional group"), max_length=20, choices=REGION_CHOICES, blank=True)
    attendance = models.CharField(_("attendance"), max_length=8, choices=Attendance, blank=True)
    is_newcomer = models.BooleanField(_("first time at this forum"), null=True, blank=True)
    sessions = models.PositiveSmallIntegerField(_("sessions at this forum"), null=True, blank=True)
    # Of a person under 18: the adult contact who agreed that they take part, and when.
    consent_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    consent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=12, choices=Problem, blank=True)
    problem_at = models.DateTimeField(null=True, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    # The invitation made this person known here: if nothing else does, they are erased with this row.
    is_introduced = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager.from_queryset(ParticipantQuerySet)()

    get_status_display = build_display_method("status", Status)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(name="participant_problems", fields=["proposal"], condition=~Q(problem=""))]
        constraints = [
            models.UniqueConstraint(
                name="a_person_is_in_a_proposal_once", fields=["proposal", "person"], condition=Q(person__isnull=False)
            ),
            models.UniqueConstraint(
                name="an_address_is_in_a_proposal_once", fields=["proposal", "address"], condition=~Q(address="")
            ),
            models.CheckConstraint(
                name="a_known_participant_has_their_own_name_and_address",
                condition=Q(person__isnull=True) | Q(name="", address=""),
            ),
            models.CheckConstraint(
                name="an_invited_participant_is_known", condition=~Q(status="invited") | Q(person__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.proposal.title

    @property
    def coalition(self) -> Coalition:
        return self.proposal.coalition

    @property
    def coalition_id(self) -> int:
        return self.proposal.coalition_id

    @property
    def is_gone(self) -> bool:
        return self.status in self.GONE

    @property
    def is_coming(self) -> bool:
        """Confirmed or provisionally confirmed, which counts as confirmed."""
        return self.status in self.COMING

    @property
    def is_minor(self) -> bool:
        return self.person is not None and self.person.is_minor

    @property
    def lacks_consent(self) -> bool:
        """Of a person under 18: the adult contact of today has not agreed."""
        person = self.person
        if person is None or not person.is_minor:
            return False
        return self.consent_by_id is None or self.consent_by_id != person.adult_contact_id


class PrivateStatement(models.Model):
    """Gender and age band of a participant, as they state them.

    Only numbers of these are shown (`balance.py`), and never small ones. They are used in no search and no
    suggestion, and deleted when the outcome is recorded, or after a year.
    """

    class Gender(models.TextChoices):
        WOMAN = "woman", _("Woman")
        MAN = "man", _("Man")
        OTHER = "other", pgettext_lazy("gender", "Another gender")
        WITHHELD = WITHHELD_VALUE, _("Prefer not to say")

    class AgeBand(models.TextChoices):
        UNDER_18 = "under-18", _("Under 18")
        UNDER_25 = "18-24", _("18 to 24")
        UNDER_35 = "25-34", _("25 to 34")
        UNDER_55 = "35-54", _("35 to 54")
        OLDER = "55", _("55 or older")
        WITHHELD = WITHHELD_VALUE, _("Prefer not to say")

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="private")
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, blank=True)
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, blank=True)
    stated_at = models.DateTimeField(default=timezone.now)

    objects = Manager["PrivateStatement"]()

    def __str__(self) -> str:
        return f"{self.stated_at:%Y-%m-%d}"

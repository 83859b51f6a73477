"""Who can be invited to a meeting: every member, or those of some regions and stakeholder groups, or some people."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Membership
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.meetings.models import Meeting
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.updates.letters import get_mail_address
from jukwaa.updates.models import EmailTopic, MailChoice


@dataclass
class InvitableMember:
    """A person with a seat, with the groups of those through whom they have it."""

    person: Person
    organisations: list[str] = field(default_factory=list)
    regions: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)

    @property
    def label(self) -> str:
        name = self.person.name or str(self.person.email)
        return join_with_separator([name, *self.organisations], ";")

    def belongs_to(self, regions: Collection[str], groups: Collection[str]) -> bool:
        """Whether they are of one of these regions, if there are any, and of one of these groups, if there are any."""
        is_of_region = not regions or bool(self.regions & {*regions})
        return is_of_region and (not groups or bool(self.groups & {*groups}))


@dataclass(frozen=True)
class InvitationAudience:
    """Which of the members are invited; `people` only of those who were chosen."""

    invites: Meeting.Invites
    people: tuple[Person, ...] = ()


def load_invitable_members(coalition: Coalition) -> list[InvitableMember]:
    """Return everybody with a seat who can get an invitation by email, by name: two queries, however many they are."""
    found: dict[int, InvitableMember] = {}
    active = Membership.objects.active().filter(coalition=coalition)
    for row in active.filter(person__isnull=False).select_related("person__adult_contact"):
        if row.person is not None:
            _add_seat(found, row.person, row.regional_group, row.stakeholder_group)
    of_members = active.filter(organisation__isnull=False).values("organisation")
    ties = Affiliation.objects.confirmed().filter(organisation__in=of_members)
    for tie in ties.select_related("person__adult_contact", "organisation").order_by("organisation__name", "pk"):
        organisation = tie.organisation
        member = _add_seat(found, tie.person, organisation.regional_group, organisation.stakeholder_group)
        member.organisations.append(organisation.name)
    people = [member.person for member in found.values() if get_mail_address(member.person)]
    wanted = MailChoice.objects.find_wanting_person_ids(people, coalition, EmailTopic.CONCERNS)
    return sorted((found[pk] for pk in wanted), key=lambda member: (member.label.casefold(), member.person.pk))


def _add_seat(
    found: dict[int, InvitableMember], person: Person, regional_group: str, stakeholder_group: str
) -> InvitableMember:
    member = found.setdefault(person.pk, InvitableMember(person))
    member.regions.add(regional_group)
    member.groups.add(stakeholder_group)
    return member


def count_regions(members: Iterable[InvitableMember]) -> list[tuple[RegionalGroup, int]]:
    counts = Counter(region for member in members for region in member.regions)
    return [(region, counts[region]) for region in RegionalGroup if counts[region] and region != RegionalGroup.UNKNOWN]


def count_stakeholder_groups(members: Iterable[InvitableMember]) -> list[tuple[StakeholderGroup, int]]:
    counts = Counter(group for member in members for group in member.groups)
    return [(group, counts[group]) for group in StakeholderGroup if counts[group] and group != StakeholderGroup.UNKNOWN]

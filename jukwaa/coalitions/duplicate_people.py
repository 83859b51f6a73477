"""People of a coalition who may be one: pairs for a coordinator to look at, and what forbids to merge them."""

from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jukwaa.accounts.account_merge import find_merge_obstacles
from jukwaa.accounts.models import Person
from jukwaa.coalitions.imports.known_person_matching import KnownPeopleByName, KnownPerson, shorten_address
from jukwaa.coalitions.models import Affiliation, Coalition
from jukwaa.coalitions.other_coalitions import belongs_to_other_coalition
from jukwaa.core.list_formatting import join_with_separator

MAX_PAIRS = 50


@dataclass(frozen=True)
class ListedPerson:
    """What tells a coordinator whether two people are one."""

    pk: int
    name: str
    organisations: str
    address_end: str
    has_signed_in: bool

    @classmethod
    def of(cls, known: KnownPerson) -> "ListedPerson":
        return cls(
            known.pk,
            known.name,
            join_with_separator(known.organisations.values(), ";"),
            shorten_address(known.email) if known.email else "",
            known.has_signed_in,
        )


@dataclass(frozen=True)
class DuplicatePeople:
    """`first` is suggested to stay: the person who signs in, then one with an address, then the earlier one."""

    first: ListedPerson
    second: ListedPerson

    @property
    def people(self) -> tuple[ListedPerson, ListedPerson]:
        return self.first, self.second


def find_duplicate_people(coalition: Coalition, visible_people: QuerySet[Person]) -> list[DuplicatePeople]:
    """Three queries, whatever they find. Nobody is listed who is not among `visible_people`."""
    visible = set(visible_people.values_list("pk", flat=True))
    found = []
    pairs = (pair for pair in KnownPeopleByName(coalition).iter_pairs() if visible >= {each.pk for each in pair})
    for pair in islice(pairs, MAX_PAIRS):
        first, second = sorted(pair, key=lambda each: (not each.has_signed_in, not each.email, each.pk))
        found.append(DuplicatePeople(ListedPerson.of(first), ListedPerson.of(second)))
    return found


def describe_person_to_merge(coalition: Coalition, person: Person) -> ListedPerson:
    ties = Affiliation.objects.filter(organisation__coalition=coalition, person=person).order_by("pk")
    organisations = dict(ties.values_list("organisation", "organisation__name"))
    known = KnownPerson(person.pk, str(person), person.email or "", person.last_login is not None, organisations)
    return ListedPerson.of(known)


def find_obstacles_to_merging_people(
    coalition: Coalition, surviving_person: Person, merged_person: Person
) -> list[str]:
    """Return why a coordinator can't merge the second person into the first, a sentence each."""
    if surviving_person.is_minor or merged_person.is_minor:
        return [_("People under 18 can't be merged here.")]
    if merged_person.last_login is not None and surviving_person.last_login is not None:
        return [
            _(
                "Both have signed in, so only they can merge their accounts: in their settings, under “Merge another"
                " account”."
            )
        ]
    if merged_person.last_login is not None or (merged_person.email and not surviving_person.email):
        return [_("Swap the people. The other one has signed in or has an email address, and has to be kept.")]
    if belongs_to_other_coalition(coalition, merged_person):
        return [_("The person to merge also belongs to another coalition, so only they can merge their accounts.")]
    return find_merge_obstacles(surviving_person, merged_person)


def is_unconfirmed_account(coalition: Coalition, person: Person) -> bool:
    """Whether there is an account under a name that nobody here has confirmed."""
    ties = Affiliation.objects.filter(organisation__coalition=coalition, person=person, confirmed_on__isnull=False)
    return person.last_login is not None and not ties.exists()

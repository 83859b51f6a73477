"""Who can be invited, with the organisations they belong to: a coordinator seldom knows 45 addresses by heart."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Organisation, Role
from jukwaa.core.dates import get_utc_date
from jukwaa.core.list_formatting import join_with_separator

MEMBER: str | Promise = gettext_lazy("member")
MAX_DAYS_BEFORE_START = 60  # people who begin soon are invited too
Objection = Affiliation.InvitationObjection
OBSERVER: str | Promise = gettext_lazy("observer")
FORMER_MEMBER: str | Promise = gettext_lazy("former member")


@dataclass(frozen=True)
class Recipient:
    """A person as the list shows them, with what speaks against an invitation: they are invited only if chosen.

    `is_outside`: neither they nor any of their organisations are a member or an observer now, and they have no role:
    former members, journalists, people of organisations that have applied.
    """

    person: Person
    organisations: tuple[str, ...] = ()
    is_outside: bool = False
    objection: str = ""

    def __str__(self) -> str:
        person = self.person
        written = f"{person.name} ({person.email})" if person.name else str(person.email)
        objections = [str(Objection(self.objection).label)] if self.objection else []
        organisations = self.organisations or ((_("no organisation"),) if self.is_outside else ())
        return join_with_separator([written, *organisations, *objections], ";")

    @property
    def is_included_in_everyone(self) -> bool:
        return not self.is_outside and not self.objection


def load_recipients(coalition: Coalition, people: Sequence[Person]) -> list[Recipient]:
    """Two queries, however many people there are. Objections outlast the time in an organisation."""
    own_members = _find_people_with_own_place(coalition, people)
    ties = Affiliation.objects.filter(person__in=people)
    rows = Organisation.objects.of(coalition).with_standing().filter(affiliations__in=ties).order_by("name")
    found: dict[int, list[tuple[str, str | Promise]]] = defaultdict(list)
    objections: dict[int, str] = {}
    tie_columns = ("person", "no_invitations", "starts_on", "ends_on")
    columns = (*(f"affiliations__{name}" for name in tie_columns), "name", "is_member", "observes", "was_member")
    today = get_utc_date()
    last_start = today + timedelta(days=MAX_DAYS_BEFORE_START)
    for pk, objection, starts_on, ends_on, name, is_member, observes, was_member in rows.values_list(*columns):
        objections[pk] = Affiliation.choose_objection(objections.get(pk, ""), objection)
        if (ends_on and ends_on < today) or (starts_on and starts_on > last_start):
            continue
        standing = MEMBER if is_member else OBSERVER if observes else FORMER_MEMBER if was_member else ""
        found[pk].append((name, standing))
    return [
        _build_recipient(
            person, found[person.pk], objections.get(person.pk, ""), has_own_place=person.pk in own_members
        )
        for person in people
    ]


def _find_people_with_own_place(coalition: Coalition, people: Sequence[Person]) -> set[int]:
    """Return the people who are members themselves, or have a role in the coalition."""
    seats = Membership.objects.filter(coalition=coalition, person__isnull=False)
    roles = Role.objects.filter(coalition=coalition).in_force()
    has_place = Q(pk__in=seats.active().order_by().values("person")) | Q(pk__in=roles.order_by().values("person"))
    found = Person.objects.filter(has_place, pk__in=[person.pk for person in people])
    return set(found.values_list("pk", flat=True))


def _build_recipient(
    person: Person, organisations: list[tuple[str, str | Promise]], objection: str, *, has_own_place: bool
) -> Recipient:
    written = tuple(
        _("%(organisation)s, %(standing)s") % {"organisation": name, "standing": standing} if standing else name
        for name, standing in organisations
    )
    is_inside = has_own_place or any(standing in {MEMBER, OBSERVER} for _name, standing in organisations)
    return Recipient(person, written, is_outside=not is_inside, objection=objection)

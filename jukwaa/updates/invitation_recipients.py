"""Who can be invited, with the organisations they belong to: a coordinator seldom knows 45 addresses by heart."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Organisation
from jukwaa.core.dates import get_utc_date
from jukwaa.core.list_formatting import join_with_separator

MEMBER: str | Promise = gettext_lazy("member")
Objection = Affiliation.InvitationObjection
OBSERVER: str | Promise = gettext_lazy("observer")
FORMER_MEMBER: str | Promise = gettext_lazy("former member")


@dataclass(frozen=True)
class Recipient:
    """A person as the list shows them, with what speaks against an invitation: they are invited only if chosen.

    `has_left`: all their organisations that were members are none any more.
    """

    person: Person
    organisations: tuple[str, ...] = ()
    has_left: bool = False
    objection: str = ""

    def __str__(self) -> str:
        person = self.person
        written = f"{person.name} ({person.email})" if person.name else str(person.email)
        objections = [str(Objection(self.objection).label)] if self.objection else []
        return join_with_separator([written, *self.organisations, *objections], ";")

    @property
    def is_included_in_everyone(self) -> bool:
        return not self.has_left and not self.objection


def load_recipients(coalition: Coalition, people: Sequence[Person]) -> list[Recipient]:
    """One query, however many people there are. Objections outlast the time in an organisation."""
    ties = Affiliation.objects.filter(person__in=people)
    rows = Organisation.objects.of(coalition).with_standing().filter(affiliations__in=ties).order_by("name")
    found: dict[int, list[tuple[str, str | Promise]]] = defaultdict(list)
    objections: dict[int, str] = {}
    tie_columns = ("person", "no_invitations", "starts_on", "ends_on")
    columns = (*(f"affiliations__{name}" for name in tie_columns), "name", "is_member", "observes", "was_member")
    today = get_utc_date()
    for pk, objection, starts_on, ends_on, name, is_member, observes, was_member in rows.values_list(*columns):
        objections[pk] = Affiliation.choose_objection(objections.get(pk, ""), objection)
        if (starts_on and starts_on > today) or (ends_on and ends_on < today):
            continue
        standing = MEMBER if is_member else OBSERVER if observes else FORMER_MEMBER if was_member else ""
        found[pk].append((name, standing))
    return [_build_recipient(person, found[person.pk], objections.get(person.pk, "")) for person in people]


def _build_recipient(person: Person, organisations: list[tuple[str, str | Promise]], objection: str) -> Recipient:
    written = tuple(
        _("%(organisation)s, %(standing)s") % {"organisation": name, "standing": standing} if standing else name
        for name, standing in organisations
    )
    standings = {str(standing) for _name, standing in organisations}
    return Recipient(person, written, has_left=standings == {str(FORMER_MEMBER)}, objection=objection)

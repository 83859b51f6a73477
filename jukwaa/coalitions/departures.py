"""Who has left a coalition: what is removed, what stays in the record, and under which name.

`Person.former_in` holds what the pages ask for each name. It is written here and nowhere else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from jukwaa.accounts.erased_identities import find_people_by_account_digest
from jukwaa.accounts.identity import compute_account_digest
from jukwaa.accounts.ledger import ProtectionStep
from jukwaa.accounts.models import Person
from jukwaa.accounts.protections import ProtectionTopic, record_protection_step
from jukwaa.coalitions.activities import increment_coalition_revisions
from jukwaa.coalitions.directory import (
    build_belonging_condition,
    build_ever_belonged_condition,
    build_ever_known_person_condition,
    build_list_entry_subquery,
)
from jukwaa.coalitions.known_people import is_country_or_organisation
from jukwaa.coalitions.models import Affiliation, Capacity, Coalition, ListEntry, Membership, Role
from jukwaa.core.dates import get_utc_date
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.registry import Registry
from jukwaa.core.transactions import atomic_with_retry, lock_row

PEOPLE_PER_DEPARTURE_BATCH = 500
MIN_NAME_WORDS = 2  # of a whole name: a single word means many people

type Participation = Affiliation | Membership | Role


@dataclass(frozen=True)
class Contribution:
    """What people leave in the record: `label` says how many there are, `rows` finds those of a person.

    `hide` takes out the name where rows hold it as text, instead of leading to the person.
    """

    label: Callable[[int], str]
    rows: Callable[[Coalition, Person], QuerySet[Any]]
    hide: Callable[[Coalition, Person], object] | None = None


# By their order on the page.
contribution_registry: Registry[int, Contribution] = Registry("contributions that stay in the record")


@dataclass(frozen=True, kw_only=True)
class DeparturePreview:
    """What happens when a person leaves, or when one of their ties ends: a line each, with its number."""

    removed: list[str]
    remaining: list[str]  # other ties, by which the person goes on belonging to the coalition
    kept: list[str]


def preview_person_departure(
    coalition: Coalition, person: Person, participation: Participation | None = None
) -> DeparturePreview:
    """Return what ends and what stays if the person is taken out, or if one tie of theirs ends (`ending`)."""
    ties = get_open_participations(coalition, person)
    entries = list(ListEntry.objects.filter(coalition=coalition, person=person, ends_on__isnull=True))
    if participation is None:
        return DeparturePreview(
            removed=_describe_ended_participations(ties, entries),
            remaining=[],
            kept=count_contributions(coalition, person),
        )
    others = [tie for tie in ties if tie != participation and _is_confirmed_participation(tie)]
    remaining = _describe_ended_participations(others, entries)
    kept = [] if remaining else count_contributions(coalition, person)
    return DeparturePreview(removed=_describe_ended_participations([participation], []), remaining=remaining, kept=kept)


def get_open_participations(coalition: Coalition, person: Person) -> list[Participation]:
    """What has not ended of a person's ties, be it still to come."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=get_utc_date())
    affiliations = Affiliation.objects.filter(lasting, person=person, organisation__coalition=coalition)
    memberships = Membership.objects.filter(
        person=person, coalition=coalition, standing__in=[Membership.Standing.APPLIED, Membership.Standing.ACTIVE]
    )
    roles = Role.objects.filter(lasting, person=person, coalition=coalition)
    return [*affiliations.select_related("organisation"), *memberships, *roles]


def _is_confirmed_participation(participation: Participation) -> bool:
    """Whether it makes the person belong here: nothing that waits for an answer."""
    if isinstance(participation, Affiliation):
        return participation.confirmed_on is not None
    return not isinstance(participation, Membership) or participation.standing == Membership.Standing.ACTIVE


def _describe_ended_participations(
    participations: Sequence[Participation], ended_list_entries: Sequence[ListEntry]
) -> list[str]:
    affiliations = [tie.organisation.name for tie in participations if isinstance(tie, Affiliation)]
    roles = [tie.get_kind_display() for tie in participations if isinstance(tie, Role)]
    standings = [tie.standing for tie in participations if isinstance(tie, Membership)]
    active = standings.count(Membership.Standing.ACTIVE)
    waiting = len(standings) - active
    lines = (
        (
            len(affiliations),
            ngettext("%(n)s affiliation: %(names)s", "%(n)s affiliations: %(names)s", len(affiliations)),
        ),
        (len(roles), ngettext("%(n)s role: %(names)s", "%(n)s roles: %(names)s", len(roles))),
        (active, ngettext("%(n)s individual membership", "%(n)s individual memberships", active)),
        (waiting, ngettext("%(n)s application", "%(n)s applications", waiting)),
        (
            len(ended_list_entries),
            ngettext("%(n)s mailing list entry", "%(n)s mailing list entries", len(ended_list_entries)),
        ),
    )
    names: tuple[list[str], ...] = (affiliations, roles, [], [], [])
    return [
        line % {"n": n, "names": join_with_separator(called, ";")}
        for (n, line), called in zip(lines, names, strict=True)
        if n
    ]


def count_contributions(coalition: Coalition, person: Person) -> list[str]:
    """Return what stays in the record when this person leaves, each kind with its number."""
    found = ((each, each.rows(coalition, person).count()) for _place, each in sorted(contribution_registry.items()))
    return [each.label(number) % {"n": number} for each, number in found if number]


def describe_departure(coalition: Coalition, person: Person, *, is_own: bool) -> str:
    """Return the sentence that says what has happened to whom left, or ended one of their ties (`own`: the reader)."""
    if person.erased_at:
        return _(
            "The person has been removed. Because nothing else links them to this site, their name and"
            " email address have been deleted."
        )
    if is_person_in_coalition(coalition, person):
        return _(
            "Your change has been saved. You will stay in the directory until your last affiliation, membership, role "
            "or mailing list entry ends."
        )
    if coalition.pk not in person.former_in:
        return _("You have been removed from the directory. Your contributions still show your name.")
    if is_own:
        return _(
            "You have been removed from the directory. Your contributions stay in the record, with “a"
            " former representative” or “a former member” instead of your name."
        )
    return _(
        "The person has been removed from the directory. Their contributions stay in the record, with"
        " “a former representative” or “a former member” instead of their name."
    )


def is_person_in_coalition(coalition: Coalition, person: Person) -> bool:
    """Whether anything ties the person to the coalition today, the list included."""
    return Person.objects.filter(_build_belonging_or_listed_condition(coalition), pk=person.pk).exists()


def sync_person_departures(coalition: Coalition, people_ids: Iterable[int]) -> int:
    """Note which of these people have left, and which are back, and return how many that were.

    Call it in the transaction of whatever began or ended. Who never belonged to the coalition can't leave it.
    """
    if not (numbers := set(people_ids)):
        return 0
    rows = Person.objects.filter(build_ever_belonged_condition(coalition), pk__in=numbers).order_by("pk")
    rows = rows.annotate(is_tied=ExpressionWrapper(_build_belonging_or_listed_condition(coalition), BooleanField()))
    left = [person for person in rows if not person.is_tied and not _is_departure_recorded(person, coalition)]
    back = [person for person in rows if person.is_tied and coalition.pk in person.former_in]
    for person in left:
        hide_person_name(coalition, person)
    for person in back:
        _show_person_name(coalition, person)
    return len(left) + len(back)


def sync_all_departures() -> None:
    """For the clock: a last day that has passed ends a tie, and a first day that has come begins one.

    The phone number goes with an affiliation that has ended.
    """
    for coalition in Coalition.objects.order_by("pk"):
        known = (
            Person.objects.filter(build_ever_belonged_condition(coalition)).order_by("pk").values_list("pk", flat=True)
        )
        numbers = list(known)
        noted = sum(
            sync_person_departures(coalition, numbers[at : at + PEOPLE_PER_DEPARTURE_BATCH])
            for at in range(0, len(numbers), PEOPLE_PER_DEPARTURE_BATCH)
        )
        if noted:
            increment_coalition_revisions([coalition.pk])
    Affiliation.objects.filter(ends_on__lt=get_utc_date()).exclude(phone="").update(phone="")


def set_name_shown_after_leaving(coalition: Coalition, person: Person, *, keeps_name_shown: bool) -> None:
    """Note whether the record goes on showing the name once the person has left: theirs alone to say."""
    current = lock_row(person)
    others = [pk for pk in current.keeps_name_in if pk != coalition.pk]
    current.keeps_name_in = sorted([*others, coalition.pk]) if keeps_name_shown else others
    current.save(update_fields=["keeps_name_in"])
    person.keeps_name_in = current.keeps_name_in
    record_protection_step(
        ProtectionTopic.KEPT_NAME,
        compute_account_digest(current),
        is_protected=not keeps_name_shown,
        step_number=coalition.pk,
    )
    if keeps_name_shown:
        _show_person_name(coalition, person)


def find_names_to_hide_again(protection_steps: Sequence[ProtectionStep]) -> list[tuple[Person, Coalition]]:
    """Return who let go of their name in the record of which coalition, where a restored backup shows it again."""
    people = find_people_by_account_digest({step.subject for step in protection_steps})
    coalitions = Coalition.objects.in_bulk({step.number for step in protection_steps})
    pairs = [(people.get(step.subject), coalitions.get(step.number)) for step in protection_steps]
    return [(person, place) for person, place in pairs if person and place and place.pk in person.keeps_name_in]


@atomic_with_retry
def hide_name_again(departure_key: tuple[Person, Coalition]) -> bool:
    """Hide the name again if they have left; else the choice ends, and the name is hidden once they leave."""
    person, coalition = departure_key
    set_name_shown_after_leaving(coalition, person, keeps_name_shown=False)
    sync_person_departures(coalition, [person.pk])
    return coalition.pk not in person.keeps_name_in


def hide_person_name(coalition: Coalition, person: Person) -> None:
    """From now on the coalition's pages call the person a former representative, or a former member."""
    current = lock_row(person)
    if coalition.pk not in current.keeps_name_in:
        current.former_in = sorted({*current.former_in, coalition.pk})
        current.save(update_fields=["former_in"])
        typed = find_capacities_by_typed_name(coalition, current)
        with override(coalition.language):
            typed.filter(organisation__isnull=True).update(name=_("a former member"))
            typed.filter(organisation__isnull=False).update(name=_("a former representative"))
            _get_individual_capacities(coalition, person).update(name=_("a former member"))
            _get_capacities_by_name(coalition, person, current.name).update(name=_("a former representative"))
            for each in contribution_registry.values():
                if each.hide:
                    each.hide(coalition, current)
    person.former_in = current.former_in


def _show_person_name(coalition: Coalition, person: Person) -> None:
    current = lock_row(person)
    if coalition.pk in current.former_in:
        current.former_in = [pk for pk in current.former_in if pk != coalition.pk]
        current.save(update_fields=["former_in"])
        if not current.is_minor:
            _get_individual_capacities(coalition, person).update(name=current.name)
            with override(coalition.language):
                _get_capacities_by_name(coalition, person, _("a former representative")).update(name=current.name)
    person.former_in = current.former_in


def _get_individual_capacities(coalition: Coalition, person: Person) -> QuerySet[Capacity]:
    """Capacities are frozen, but for the name of a person: it goes when they leave."""
    return Capacity.objects.filter(coalition=coalition, person=person, organisation__isnull=True)


def _get_capacities_by_name(coalition: Coalition, person: Person, person_name: str) -> QuerySet[Capacity]:
    """For an organisation, and under this name instead of the name of the organisation."""
    return Capacity.objects.filter(
        coalition=coalition, person=person, organisation__isnull=False, name__iexact=person_name
    )


def find_capacities_by_typed_name(coalition: Coalition, person: Person) -> QuerySet[Capacity]:
    """Where others typed the person's whole name, as in the attendance of a meeting.

    They never lead to the person: anybody can choose a name, and would read what stands there.
    """
    typed = Capacity.objects.filter(coalition=coalition, person__isnull=True, name__iexact=person.name)
    return typed if has_unique_name(coalition, person) else typed.none()


def has_unique_name(coalition: Coalition, person: Person) -> bool:
    """Whether a whole name that was typed can mean nobody else whom the coalition knows, nor anything else.

    Whoever never belonged to the coalition, or changed their name since it let them in, has no name in it: they could
    choose any.
    """
    if len(person.name.split()) < MIN_NAME_WORDS:
        return False
    if not Person.objects.filter(build_ever_belonged_condition(coalition), pk=person.pk).exists():
        return False
    if person.renamed_at is not None and not _was_accepted_after(
        coalition, person, timezone.localdate(person.renamed_at)
    ):
        return False
    others = Person.objects.filter(build_ever_known_person_condition(coalition), name__iexact=person.name).exclude(
        pk=person.pk
    )
    return not others.exists() and not is_country_or_organisation(coalition, person.name)


def _was_accepted_after(coalition: Coalition, person: Person, day: date) -> bool:
    """Whether others accepted them under the name that they have had since that day."""
    rows = (
        Affiliation.objects.filter(organisation__coalition=coalition, person=person, confirmed_on__gt=day),
        Membership.objects.ever_belonged().filter(coalition=coalition, person=person, starts_on__gt=day),
        Role.objects.filter(coalition=coalition, person=person, starts_on__gt=day),
    )
    return any(each.exists() for each in rows)


def find_coalitions_with_unique_name(person: Person) -> list[Coalition]:
    """Where the person's name means them: in what is found by its words alone."""
    return [each for each in Coalition.objects.order_by("pk") if has_unique_name(each, person)]


def _is_departure_recorded(person: Person, coalition: Coalition) -> bool:
    return coalition.pk in person.former_in or coalition.pk in person.keeps_name_in


def _build_belonging_or_listed_condition(coalition: Coalition) -> Q:
    return build_belonging_condition(coalition) | Q(Exists(build_list_entry_subquery(coalition)))

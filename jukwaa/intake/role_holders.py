"""Whom a first name in a report means, among those who work for the coalition itself and represent no organisation."""

from collections import defaultdict

from jukwaa.accounts.models import Person
from jukwaa.coalitions.known_people import KnownPeople, fold_person_name
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.intake import reader


def spell_out_role_holders(parsed_report: reader.Reading, coalition: Coalition) -> reader.Reading:
    """The same suggestions, where the first name of one coordinator, chair or editor is that person's whole name.

    People of organisations are offered for matching instead; a name that may mean one of them stays as it is written.
    """
    written = {name for made in parsed_report.suggestions for name in (*made.actors, made.owner) if name}
    lone = {name for name in written if len(name.split()) == 1}
    holders = _load_role_holders_by_first_name(coalition) if lone else {}
    known = KnownPeople(coalition)
    names = {
        name: holders[first]
        for name in lone
        if (first := fold_person_name(name)) in holders
        and not _is_namesake_present(first, holders[first], written)
        and not known.find_by_short_name(name)
    }
    return parsed_report.with_names(names)


def _load_role_holders_by_first_name(coalition: Coalition) -> dict[str, str]:
    """The names of adults with a role in the coalition, by their first names, where only one has that."""
    people: dict[str, set[str]] = defaultdict(set)
    roles = Role.objects.in_force().filter(coalition=coalition).values("person")
    for person in Person.objects.filter(pk__in=roles, is_minor=False, erased_at__isnull=True).exclude(name=""):
        people[fold_person_name(person.name).partition(" ")[0]].add(person.name)
    return {first: next(iter(names)) for first, names in people.items() if len(names) == 1}


def _is_namesake_present(first_name: str, full_name: str, written_names: set[str]) -> bool:
    """Whether the report names somebody else with this first name in full."""
    folded = {fold_person_name(name) for name in written_names}
    return any(name.startswith(f"{first_name} ") and name != fold_person_name(full_name) for name in folded)

"""The organisation in a row of a mailing list: recorded if the directory has it, and asked about if it may have."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.decisions import OTHER_TEXTS, Decisions
from jukwaa.coalitions.imports.problems import VALUE, RowProblem
from jukwaa.coalitions.imports.row_parsing import PersonRow
from jukwaa.coalitions.organisation_matching import OrganisationDirectory, OrganisationMatch
from jukwaa.core.list_formatting import join_with_separator


def find_organisation_problem(
    person: PersonRow,
    directory: OrganisationDirectory,
    decisions: Decisions,
    addresses_by_organisation: Mapping[int, set[str]],
) -> RowProblem | None:
    """Ask which organisation a shortened name means, unless the person already belongs to one of those."""
    found = directory.find(person.organisation) if person.organisation else []
    is_answered = bool(decisions.get("organisation", {}).get(OTHER_TEXTS))
    if not found or found[0].is_exact or is_answered or _belongs_to_any(person, found, addresses_by_organisation):
        return None
    names = tuple(match.name for match in found)
    sentence = _("“%(text)s” is not in the directory under this name. It may be %(names)s. Choose which one it is.")
    facts = {"text": person.organisation, "names": join_with_separator((f"“{name}”" for name in names), ";")}
    return RowProblem(sentence % facts, "organisation", VALUE, person.organisation, names)


def _belongs_to_any(
    person: PersonRow, matches: Iterable[OrganisationMatch], addresses_by_organisation: Mapping[int, set[str]]
) -> bool:
    return any(person.email in addresses_by_organisation.get(match.organisation_id, ()) for match in matches)


def describe_organisation_of_person(
    person: PersonRow, directory: OrganisationDirectory, addresses_by_organisation: Mapping[int, set[str]]
) -> list[str]:
    if not person.organisation:
        return []
    found = directory.find(person.organisation)
    if found and found[0].is_exact:
        return [
            _("We will record that this person belongs to %(name)s. This is not a membership.")
            % {"name": found[0].name}
        ]
    if _belongs_to_any(person, found, addresses_by_organisation):
        return []
    return [
        _("“%(name)s” is not in the directory. We will add the person without an organisation.")
        % {"name": person.organisation}
    ]

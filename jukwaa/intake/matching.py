"""Whom in the directory a name means. Only a sure match is made; for a likely one a person is asked."""

from collections.abc import Callable
from dataclasses import dataclass

from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.organisation_matching import OrganisationDirectory


@dataclass(frozen=True, slots=True)
class OrganisationMatch:
    """`sure`: matched until a person says otherwise. `likely`: a question to a person."""

    sure: Organisation | None = None
    likely: Organisation | None = None


def build_organisation_matcher(coalition: Coalition) -> Callable[[str], OrganisationMatch]:
    """A look-up over the whole directory: a few queries, however many names follow."""
    known = OrganisationDirectory.of(coalition)
    organisations = {row.pk: row for row in Organisation.objects.of(coalition)}

    def find_organisation_match(name: str) -> OrganisationMatch:
        matches = [match for match in known.find(name) if match.organisation_id in organisations]
        if not matches:
            return OrganisationMatch()
        best = organisations[matches[0].organisation_id]
        sure = matches[0].is_exact and (len(matches) == 1 or not matches[1].is_exact)
        return OrganisationMatch(sure=best) if sure else OrganisationMatch(likely=best)

    return find_organisation_match

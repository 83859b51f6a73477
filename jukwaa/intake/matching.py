"""Whom in the directory a name means. Only a sure match is made; for a likely one a person is asked."""

from collections.abc import Callable
from dataclasses import dataclass

from jukwaa.coalitions.matching import Directory
from jukwaa.coalitions.models import Coalition, Organisation


@dataclass(frozen=True, slots=True)
class Meant:
    """`sure`: matched until a person says otherwise. `likely`: a question to a person."""

    sure: Organisation | None = None
    likely: Organisation | None = None


def directory(coalition: Coalition) -> Callable[[str], Meant]:
    """A look-up over the whole directory: a few queries, however many names follow."""
    known = Directory.of(coalition)
    organisations = {row.pk: row for row in Organisation.objects.of(coalition)}

    def find(name: str) -> Meant:
        matches = [match for match in known.find(name) if match.organisation_id in organisations]
        if not matches:
            return Meant()
        best = organisations[matches[0].organisation_id]
        sure = matches[0].is_exact and (len(matches) == 1 or not matches[1].is_exact)
        return Meant(sure=best) if sure else Meant(likely=best)

    return find

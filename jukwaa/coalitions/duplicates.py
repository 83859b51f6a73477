"""Organisations that may be one: pairs for a coordinator to look at."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from jukwaa.coalitions.models import Coalition, KeptApart, Organisation
from jukwaa.coalitions.organisation_matching import OrganisationDirectory


@dataclass(frozen=True)
class DuplicatePair:
    first: Organisation
    second: Organisation

    @property
    def organisations(self) -> tuple[Organisation, Organisation]:
        return self.first, self.second


def find_likely_duplicates(coalition: Coalition, max_pairs: int = 50) -> list[DuplicatePair]:
    """Three queries, whatever they find. Pairs that somebody said are two don't come again."""
    apart = KeptApart.objects.filter(first__coalition=coalition)
    known = {frozenset(pair) for pair in apart.values_list("first_id", "second_id")}
    found = [
        pair for pair in find_duplicate_pairs(OrganisationDirectory.of(coalition)) if frozenset(pair) not in known
    ][:max_pairs]
    rows = Organisation.objects.with_standing().in_bulk({pk for pair in found for pk in pair})
    return [DuplicatePair(rows[first], rows[second]) for first, second in found]


def find_duplicate_pairs(organisation_directory: OrganisationDirectory) -> Iterator[tuple[int, int]]:
    """Each pair once: they share a name, or the directory, asked for the name of one, answers with the other."""
    seen: set[frozenset[int]] = set()
    shared: dict[str, set[int]] = defaultdict(set)
    for name in organisation_directory.names:
        shared[name.key].add(name.entry.pk)
    for pks in shared.values():
        for pair in combinations(sorted(pks), 2):
            if frozenset(pair) not in seen:
                seen.add(frozenset(pair))
                yield pair
    for entry in organisation_directory.entries:
        for match in organisation_directory.find_similar_names(entry):
            pair = (min(entry.pk, match.organisation_id), max(entry.pk, match.organisation_id))
            if frozenset(pair) not in seen:
                seen.add(frozenset(pair))
                yield pair

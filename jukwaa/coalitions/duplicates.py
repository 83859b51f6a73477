"""Organisations that may be one: pairs for a coordinator to look at."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from jukwaa.coalitions.matching import Directory
from jukwaa.coalitions.models import Coalition, KeptApart, Organisation


@dataclass(frozen=True)
class Pair:
    first: Organisation
    second: Organisation

    @property
    def both(self) -> tuple[Organisation, Organisation]:
        return self.first, self.second


def likely_pairs(coalition: Coalition, limit: int = 50) -> list[Pair]:
    """Three queries, whatever they find. Pairs that somebody said are two don't come again."""
    apart = KeptApart.objects.filter(first__coalition=coalition)
    known = {frozenset(pair) for pair in apart.values_list("first_id", "second_id")}
    found = [pair for pair in pairs_in(Directory.of(coalition)) if frozenset(pair) not in known][:limit]
    rows = Organisation.objects.with_standing().in_bulk({pk for pair in found for pk in pair})
    return [Pair(rows[first], rows[second]) for first, second in found]


def pairs_in(directory: Directory) -> Iterator[tuple[int, int]]:
    """Each pair once: they share a name, or the directory, asked for the name of one, answers with the other."""
    seen: set[frozenset[int]] = set()
    shared: dict[str, set[int]] = defaultdict(set)
    for name in directory.names:
        shared[name.key].add(name.entry.pk)
    for pks in shared.values():
        for pair in combinations(sorted(pks), 2):
            if frozenset(pair) not in seen:
                seen.add(frozenset(pair))
                yield pair
    for entry in directory.entries:
        for match in directory.others_like(entry):
            pair = (min(entry.pk, match.organisation_id), max(entry.pk, match.organisation_id))
            if frozenset(pair) not in seen:
                seen.add(frozenset(pair))
                yield pair

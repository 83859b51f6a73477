"""The four ways to narrow a search, each value with the number of records that it leads to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.places.languages import language_name
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.index import Results
from jukwaa.records.kinds import all_kinds
from jukwaa.search.narrowing import Narrowing

type Labels = Mapping[str, str | Promise]


@dataclass(frozen=True, kw_only=True)
class Value:
    """One line of a facet. `bead` is the kind that is drawn before it."""

    label: str | Promise
    address: str
    number: int | None = None
    is_chosen: bool = False
    bead: str = ""


@dataclass(frozen=True)
class Facet:
    heading: str
    values: list[Value]


def facets(results: Results, chosen: Narrowing, asked: QueryDict, areas: list[AreaOfWork], locale: str) -> list[Facet]:
    """Those with something to choose from, or to take back."""
    kinds = {kind.name: kind.label for kind in all_kinds()}
    ways: list[tuple[str, str, str, Labels, Mapping[str, int], str | None]] = [
        ("kind", _("Kind"), _("All kinds"), kinds, results.kinds, chosen.kind),
        (
            "area",
            _("Area of work"),
            _("All areas"),
            {str(area.pk): area.name for area in areas},
            {str(pk): number for pk, number in results.areas.items()},
            str(chosen.area.pk) if chosen.area else None,
        ),
        ("region", _("Region"), _("All regions"), _regions(), results.regions, chosen.region),
        (
            "language",
            _("Language"),
            _("All languages"),
            {tag: language_name(tag, locale) for tag in results.languages},
            results.languages,
            chosen.language,
        ),
    ]
    found = []
    for name, heading, everything, labels, numbers, choice in ways:
        values = list(_values(name, labels, numbers, choice, asked))
        if choice or len(values) > 1:
            number = sum(numbers.values()) if name == "kind" else None  # a record can stand in two areas
            every = Value(label=everything, address=_address(asked, name, None), number=number, is_chosen=not choice)
            found.append(Facet(heading, [every, *values]))
    return found


def _values(
    name: str,
    labels: Labels,
    numbers: Mapping[str, int],
    choice: str | None,
    asked: QueryDict,
) -> Iterator[Value]:
    """Most records first. The chosen one stays, even if it leads to none."""
    counted = {key: number for key, number in numbers.items() if key in labels}
    if choice is not None and choice in labels:
        counted.setdefault(choice, 0)
    for key, number in sorted(counted.items(), key=lambda pair: (-pair[1], str(labels[pair[0]]))):
        yield Value(
            label=labels[key],
            address=_address(asked, name, key),
            number=number,
            is_chosen=key == choice,
            bead=key if name == "kind" else "",
        )


def _regions() -> dict[str, str | Promise]:
    return {group.value: group.label for group in RegionalGroup}


def _address(asked: QueryDict, name: str, value: str | None) -> str:
    """The same search with one thing changed, from its first page."""
    changed = asked.copy()
    for gone in (name, "page"):
        changed.pop(gone, None)
    if value is not None:
        changed[name] = value
    return f"?{changed.urlencode()}"

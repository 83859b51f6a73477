"""The kinds of records: each app registers its own when it is ready."""

from dataclasses import dataclass

from django.utils.functional import Promise

from jukwaa.core.documents.incoming.kinds import ATTACHABLE


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`name` is what `Record.kind` holds and what the bead is drawn for; `url_name` takes (coalition slug, pk).

    So does `withdraw_url_name`: a kind whose withdrawing takes more than a reason has a page of its own for it.
    A kind whose text fills several pages names in `part_url_name` what leads to the part with a number, anchored `c12`
    if `part_anchor` is "c".
    Where files wait for a review, `shows_text_first` keeps them back until the record is published.
    """

    name: str
    label: str | Promise
    url_name: str
    withdraw_url_name: str = "records:withdraw"
    takes_files: frozenset[str] = ATTACHABLE
    shows_text_first: bool = False
    part_url_name: str = ""
    part_anchor: str = "c"


_KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Raises ValueError if two apps claim one name."""
    for kind in kinds:
        if _KINDS.get(kind.name, kind) != kind:
            raise ValueError(f"Two kinds of record are called {kind.name}.")
        _KINDS[kind.name] = kind


def kind_of(name: str) -> Kind:
    return _KINDS[name]


def all_kinds() -> list[Kind]:
    return list(_KINDS.values())

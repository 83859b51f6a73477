"""The kinds of records: each app registers its own in its `record_kinds.py`."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from jukwaa.core.documents.incoming.file_kinds import ATTACHABLE_KIND_KEYS
from jukwaa.core.registry import Registry

if TYPE_CHECKING:
    from jukwaa.records.models import Comment, Record


@dataclass(frozen=True, kw_only=True)
class RecordKind:
    """`name` is what `Record.kind` holds and what the bead is drawn for; `url_name` takes (coalition slug, pk).

    So does `withdraw_url_name`: a kind whose withdrawing takes more than a reason has a page of its own for it.
    A kind whose text fills several pages names in `part_url_name` what leads to the part with a number, anchored `c12`
    if `part_anchor` is "c".
    A kind that `is_part` is shown on the page of another record, as minutes are, and not among new records.
    Where files wait for a review, `shows_text_first` keeps them back until the record is published.
    Of minutes, only what binds is news by itself (`is_news`).
    Where comments can be about a part of a record, such as a field of a form, `describe_comments` returns what each
    of these comments is about, by its number.
    """

    name: str
    label: str | Promise
    url_name: str
    withdraw_url_name: str = "records:withdraw"
    takes_files: frozenset[str] = ATTACHABLE_KIND_KEYS
    shows_text_first: bool = False
    part_url_name: str = ""
    part_anchor: str = "c"
    is_part: bool = False
    is_news: bool = True
    describe_comments: "Callable[[Record, Collection[Comment]], Mapping[int, str]] | None" = None


record_kind_registry: Registry[str, RecordKind] = Registry("kinds of record")


def get_record_kind(kind_name: str) -> RecordKind:
    return record_kind_registry[kind_name]


def list_record_kinds() -> list[RecordKind]:
    return list(record_kind_registry.values())


def list_kinds_without_news() -> list[str]:
    return [kind.name for kind in list_record_kinds() if not kind.is_news]

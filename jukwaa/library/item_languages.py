"""In which languages an item can be read: a star of an original and what was translated from it."""

from dataclasses import dataclass
from typing import Any

from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.diff import compare_words, render_changes
from jukwaa.library.models import Item
from jukwaa.library.schema import BOX_FIELDS, get_fields_for_kind
from jukwaa.records.history import FieldLine
from jukwaa.records.models import Link, Record, State, Version
from jukwaa.records.provenance import load_linked_records

TRANSLATES_RELATION = Link.Relation.TRANSLATES
TEXT_FIELD_TYPES = frozenset({"text", "line"})  # answers in words; the others need no translating


def is_in_language(record: Record, language: str) -> bool:
    """Whether somebody who reads this language reads the record: "pt" reads "pt-BR" as well."""
    return record.language == language or record.language.startswith(f"{language}-")


@dataclass(frozen=True)
class ItemLanguages:
    """Of one item, as far as its reader may see. `version` is that of the original it was translated from."""

    here: Record
    original: Record
    translations: list[Record]
    version: int | None = None

    @property
    def is_translation(self) -> bool:
        return self.here is not self.original

    @property
    def all(self) -> list[Record]:
        """The original first, then its translations as they came."""
        return [self.original, *self.translations]

    @property
    def is_outdated(self) -> bool:
        """The original is another than the one that this was translated from."""
        return self.is_translation and self.original.version > (self.version or 0)

    def in_language(self, language: str) -> Record | None:
        """What a reader of this language reads rather than what is before them."""
        if is_in_language(self.here, language):
            return None
        published = (record for record in self.all if record.state == State.PUBLISHED)
        return next((record for record in published if is_in_language(record, language)), None)


def get_item_languages(item: Record, viewer: Viewer) -> ItemLanguages:
    """One query; of a translation two."""
    ties = [tie for tie in load_linked_records(item, viewer) if tie.relation == TRANSLATES_RELATION]
    up = next((tie for tie in ties if tie.points), None)
    if up is None:
        return ItemLanguages(item, item, [tie.record for tie in ties])
    beside = [
        tie.record
        for tie in load_linked_records(up.record, viewer)
        if tie.relation == TRANSLATES_RELATION and not tie.points
    ]
    return ItemLanguages(item, up.record, beside, up.version)


def get_texts_to_translate(item: Item) -> list[tuple[str, str, str]]:
    """(name, label, text) of all that is written in words, in the order of its page; the title comes first."""
    answers = [
        (f"detail_{field.name}", str(field.label), str(text))
        for field, text in item.answers
        if field.type in TEXT_FIELD_TYPES
    ]
    summary = [("summary", _get_field_label("summary"), item.summary)] if item.summary else []
    return [("title", _get_field_label("title"), item.title), *summary, *item.questions, *answers]


def diff_since_version(original: Item, version_number: int | None, viewer: Viewer) -> list[FieldLine] | None:
    """What the words of an original became since a version, word by word; None where that version is not to be read."""
    old = Version.objects.visible_to(viewer).filter(record=original.pk, number=version_number or 0).first()
    if old is None:
        return None
    then = _collect_item_texts(original, old.content)
    now = _collect_item_texts(original, original.content())
    return [
        FieldLine(label, render_changes(compare_words(then[label], words)), changed=True)
        for label, words in now.items()
        if then[label] != words
    ]


def _collect_item_texts(item: Item, item_content: dict[str, Any]) -> dict[str, str]:
    """What a version says in words, by the labels of its page."""
    plain = {_get_field_label(name): item_content.get(name) or "" for name in ("title", "summary")}
    boxes = {item.item_kind.question(name): item_content.get(name) or "" for name in BOX_FIELDS}
    details = item_content.get("details") or {}
    written = [field for field in get_fields_for_kind(item.kind) if field.type in TEXT_FIELD_TYPES]
    return {**plain, **boxes, **{str(field.label): str(details.get(field.name) or "") for field in written}}


def _get_field_label(field_name: str) -> str:
    return str(Item._meta.get_field(field_name).verbose_name).capitalize()  # type: ignore[union-attr]  # noqa: SLF001 - public by Django's word

"""Paragraphs that are drafted from the record and edited by a person. An edit survives when the record grows.

An edit keeps the text that the person wrote, the text that it started from, and the numbers of the rows that it
covered. Where the record would be drafted differently now, the paragraph says so and shows the new draft. Where a row
that the edit covered is gone, the paragraph is left out until somebody has looked: what is withdrawn is gone at once.
"""

from dataclasses import dataclass
from typing import Any, Protocol


class HasPrimaryKey(Protocol):
    @property
    def pk(self) -> Any: ...


type Edit = dict[str, object]
type Edits = dict[str, Edit]


@dataclass(frozen=True, kw_only=True)
class EditedParagraph[R]:
    """`generated` is how it would read from the record now; `text` is that, or what somebody made of it."""

    key: str
    text: str
    generated: str
    entries: tuple[R, ...] = ()  # the rows that it covers
    is_edited: bool = False
    is_outdated: bool = False
    is_left_out: bool = False


def apply_paragraph_edit[R: HasPrimaryKey](
    paragraph_key: str, generated_hash: str, generated_rows: tuple[R, ...], paragraph_edit: Edit | None
) -> EditedParagraph[R]:
    """Return the paragraph as it reads with the edit, if there is one."""
    if paragraph_edit is None:
        return EditedParagraph(key=paragraph_key, text=generated_hash, generated=generated_hash, entries=generated_rows)
    return EditedParagraph(
        key=paragraph_key,
        text=str(paragraph_edit["text"]),
        generated=generated_hash,
        entries=generated_rows,
        is_edited=True,
        is_outdated=paragraph_edit["basis"] != generated_hash,
        is_left_out=not set(get_covered_row_ids(paragraph_edit)) <= {row.pk for row in generated_rows},
    )


def get_covered_row_ids(paragraph_edit: Edit) -> list[int]:
    """Return the numbers of the rows that the paragraph covered when it was edited."""
    covers = paragraph_edit.get("covers", [])
    return [int(pk) for pk in covers] if isinstance(covers, list) else []


def store_paragraph_edit[R: HasPrimaryKey](paragraph_edits: Edits, paragraph: EditedParagraph[R], text: str) -> None:
    """Note what somebody made of a paragraph. Writing what the record says anyway takes the edit back."""
    if text == paragraph.generated:
        paragraph_edits.pop(paragraph.key, None)
    else:
        covers = [row.pk for row in paragraph.entries]
        paragraph_edits[paragraph.key] = {"text": text, "basis": paragraph.generated, "covers": covers}

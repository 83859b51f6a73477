"""The text in a file, read in a process of its own."""

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.core.documents import sandbox
from jukwaa.core.documents.incoming.file_kinds import ATTACHABLE_KIND_KEYS, FileKind
from jukwaa.core.documents.incoming.kind_detection import SMALL_FILE_BYTES, check_file_size, detect_file_kind
from jukwaa.core.documents.limits import DEFAULT_FILE_LIMITS, FileLimits
from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.documents.sandbox import Progress
from jukwaa.core.documents.slots import acquire_reading_slot
from jukwaa.core.documents.text_cleaning import clean_text, decode_text_bytes
from jukwaa.core.list_formatting import join_with_separator

__all__ = ["ExtractedText", "Progress", "extract_text"]


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """Clean text with light structure: `# ` before headings, `- ` or `1. ` before items, an empty line between.

    `language` is what the file says of itself, and often missing. `pages` are the offsets in `text` at which
    the pages of a PDF begin. `notes` are sentences about what was changed or left out. `margins` are the headers and
    footers of the pages, which are no part of the text. `hidden_sheets` are the names of the sheets of a spreadsheet
    that were not read because they are hidden; of `sheets_with_hidden_cells`, hidden rows or columns were not read.
    `hidden_text` are the speaker notes and hidden slides of a presentation, and paragraphs in which words are deleted
    or struck through, as they were written. It is no part of the text: only for checks. Where there is such a text,
    `text` may be empty. `note_codes` are what the notes are about. No author, no date.
    """

    text: str
    media_type: str
    language: str | None = None
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    margins: str = ""
    hidden_sheets: tuple[str, ...] = ()
    sheets_with_hidden_cells: tuple[str, ...] = ()
    hidden_text: str = ""
    note_codes: tuple[str, ...] = ()

    @property
    def checked_text(self) -> str:
        """All words in the file, for the safeguarding check: the text and what is hidden."""
        return f"{self.text}\n\n{self.hidden_text}" if self.hidden_text else self.text


def extract_text(
    document_source: bytes | Path,
    name: str,
    *,
    allowed_kinds: frozenset[str] = ATTACHABLE_KIND_KEYS,
    file_limits: FileLimits = DEFAULT_FILE_LIMITS,
    on_progress: Progress | None = None,
) -> ExtractedText:
    """Read a file. Raises FileRefused, with a sentence for whoever brought it.

    `on_progress(page, pages)` is called as the pages of a PDF go by.
    """
    if isinstance(document_source, Path):
        check_file_size(document_source.stat().st_size, file_limits)
        document_source = document_source.read_bytes()
    with acquire_reading_slot() if len(document_source) > SMALL_FILE_BYTES else nullcontext():
        return _extract_from_bytes(document_source, name, allowed_kinds, file_limits, on_progress)


def _extract_from_bytes(
    source_bytes: bytes,
    file_name: str,
    allowed_kinds: frozenset[str],
    file_limits: FileLimits,
    on_progress: Progress | None,
) -> ExtractedText:
    kind = detect_file_kind(source_bytes, file_name, allowed_kinds=allowed_kinds, file_limits=file_limits)
    if not kind.has_text:
        raise FileRefused("no_text_kind", kind=kind.label)
    if kind.key in {"txt", "md", "csv"}:
        answer = read_plain_text(source_bytes, file_limits)
    else:
        options = {"media_type": kind.media_type}
        answer = sandbox.run_document_child(
            kind.key, source_bytes, file_limits=file_limits, options=options, on_progress=on_progress
        )
    return _build_extracted_text(answer, kind, file_limits)


def read_plain_text(file_data: bytes, file_limits: FileLimits) -> dict[str, Any]:
    """Return the characters of a file of plain text, and notes about them."""
    if len(file_data) > SMALL_FILE_BYTES:
        return sandbox.run_document_child("decode", file_data, file_limits=file_limits)
    decoded = decode_text_bytes(file_data)
    return {"text": decoded.text, "notes": list(decoded.notes)}


def _build_extracted_text(child_answer: dict[str, Any], file_kind: FileKind, file_limits: FileLimits) -> ExtractedText:
    """Cleaned again here: what a child says is no more to be trusted than the file it read."""
    said = str(child_answer["text"])
    text, taken_out = clean_text(said)
    pages = tuple(child_answer.get("pages", ())) if text == said else ()
    codes = [*child_answer.get("notes", ()), *taken_out]
    if len(text) > file_limits.text_characters:
        text = text[: file_limits.text_characters]
        pages = tuple(start for start in pages if start < len(text))
        codes.append("cut")
    language = child_answer.get("language") or None
    margins, _removed = clean_text(str(child_answer.get("margins", "")))
    hidden_text, _removed = clean_text(str(child_answer.get("hidden_text", ""))[: file_limits.text_characters])
    if not text.strip() and not hidden_text:
        raise FileRefused("no_text")
    notes = build_note_sentences(codes, child_answer, file_limits)
    return ExtractedText(
        text,
        file_kind.media_type,
        language,
        pages,
        notes,
        margins,
        hidden_sheets=_clean_sheet_names(child_answer, "hidden_sheets"),
        sheets_with_hidden_cells=_clean_sheet_names(child_answer, "sheets_with_hidden_cells"),
        hidden_text=hidden_text,
        note_codes=tuple(map(str, codes)),
    )


def _clean_sheet_names(child_answer: dict[str, Any], answer_key: str) -> tuple[str, ...]:
    return tuple(clean_text(str(name))[0] for name in child_answer.get(answer_key, ()))


def _describe_unread_comments(number: object) -> str:
    """With their number, where it is known."""
    if not isinstance(number, int) or number < 1:
        return _("Comments in the margin were not read.")
    sentence = ngettext("1 comment in the margin was not read.", "%(n)s comments in the margin were not read.", number)
    return sentence % {"n": number}


def build_note_sentences(
    note_codes: list[str], child_answer: dict[str, Any], file_limits: FileLimits
) -> tuple[str, ...]:
    facts = {
        "pages": join_with_separator(child_answer.get("pictures", ())),
        "sheets": join_with_separator(_clean_sheet_names(child_answer, "hidden_sheets")),
        "partly_hidden": join_with_separator(_clean_sheet_names(child_answer, "sheets_with_hidden_cells")),
        "limit": file_limits.text_characters,
    }
    sentences = {
        "controls": _("Hidden characters that are not part of the text were removed."),
        "bidi": _("Invisible marks that change the direction of text were removed."),
        "broken": _("Some characters could not be read. They are shown as black diamonds."),
        "mixed": _("The file mixes character encodings. Check letters with accents."),
        "guessed": _("The file does not state its character encoding, so we guessed it. Check letters with accents."),
        "cut": _("The text is very long. Only its first %(limit)s characters were read."),
        "pictures": _("These pages are images without text and were not read: %(pages)s."),
        "running": _("Lines repeated at the top or bottom of pages are shown only once."),
        "comments": _describe_unread_comments(child_answer.get("comments")),
        "contents": _("The table of contents was not read. A new one will be created for the text."),
        "deleted": _("Text marked as deleted was not read."),
        "speaker_notes": _("Speaker notes were not read. The file still contains them."),
        "hidden_slides": _("Hidden slides were not read. The file still contains them."),
        "struck": _("Struck-through text was not read."),
        "hidden_sheets": _("Hidden sheets were not read: %(sheets)s."),
        "hidden_cells": _("Hidden or filtered rows and columns of these sheets were not read: %(partly_hidden)s."),
        "navigation": _("The menus of the web page were not read."),
    }
    return tuple(sentences[code] % facts for code in dict.fromkeys(note_codes) if code in sentences)

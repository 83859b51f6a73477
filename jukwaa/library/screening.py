"""What the screen finds in an item, and why a second person reads it before it is published."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.core.cache import caches
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from jukwaa.core.documents.incoming import find_personal_properties
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.safeguards import SafeguardHit, screen_text_for_reviewers, screen_text_for_signs, split_at_hits
from jukwaa.core.safeguards.rare_combinations import NAME_IN_PROPERTY_SIGN
from jukwaa.core.safeguards.screen import SIGN_BY_NAME, ScreenedTextPiece
from jukwaa.library.schema import BOX_LABELS, ItemKind, TemplateField
from jukwaa.records.models import Attachment

EXCERPT_MARGIN_LENGTH = 90  # characters of a file's text before and after a hit
MAX_SCREENED_FILE_HITS = 40  # hits that are shown
# Every published paper says how to reach whoever wrote it: in a file that is shown, and asks for nobody by itself.
SIGN_NAMES_COMMON_IN_PAPERS = frozenset({"mail", "telephone", "street", "account", "person", "place", "handle"})


class ScreenedItem(Protocol):
    """What is read of a library item. The model imports this module, so this module can't import the model."""

    kind: Any
    title: Any
    summary: Any
    asks_for_review: Any
    web_links: Any
    attachments: Any
    reviews: Any

    @property
    def item_kind(self) -> ItemKind: ...

    @property
    def answer_boxes(self) -> list[tuple[str, str]]: ...

    @property
    def answers(self) -> list[tuple[TemplateField, Any]]: ...


@dataclass(frozen=True)
class ReviewedText:
    """A text of an item as a reviewer reads it: its heading, and the text in pieces, those with hits marked."""

    heading: str
    text: str
    hits: list[SafeguardHit]
    is_file: bool = False

    @cached_property
    def pieces(self) -> list[ScreenedTextPiece]:
        return split_at_hits(self.text, self.hits)

    @cached_property
    def excerpts(self) -> list[list[ScreenedTextPiece]]:
        """Of a file: each hit with some words around it."""
        return [list(self._build_hit_excerpt(hit)) for hit in self.hits[:MAX_SCREENED_FILE_HITS]]

    def _build_hit_excerpt(self, safeguard_hit: SafeguardHit) -> Iterator[ScreenedTextPiece]:
        before, after = max(0, safeguard_hit.start - EXCERPT_MARGIN_LENGTH), safeguard_hit.end + EXCERPT_MARGIN_LENGTH
        yield ScreenedTextPiece(self.text[before : safeguard_hit.start])
        yield ScreenedTextPiece(self.text[safeguard_hit.start : safeguard_hit.end], safeguard_hit)
        yield ScreenedTextPiece(self.text[safeguard_hit.end : after])

    @property
    def said(self) -> list[tuple[str, SafeguardHit]]:
        """Each kind of hit once, with the words that it was found in."""
        found: dict[str, tuple[list[str], SafeguardHit]] = {}
        for hit in self.hits:
            words, _first = found.setdefault(hit.sign.name, ([], hit))
            word = " ".join(self.text[hit.start : hit.end].split())
            words += [word] if word not in words else []
        return [(join_with_separator(words, ";"), hit) for words, hit in found.values()]


def collect_item_texts(item: ScreenedItem) -> list[tuple[str, str]]:
    """(name, text) of all that people wrote in an item."""
    written = [(field.name, str(answer)) for field, answer in item.answers if field.type in {"text", "line"}]
    links = "\n".join(f"{link.title} {link.url}" for link in item.web_links.all())
    return [("title", item.title), ("summary", item.summary), *item.answer_boxes, *written, ("links", links)]


def build_reviewed_texts(item: ScreenedItem) -> list[ReviewedText]:
    """All that somebody wrote in it or hung on it, as the reviewer reads it."""
    headings: dict[str, Any] = {
        "title": _("Title"),
        "summary": _("Summary in 1 or 2 sentences"),
        "links": _("Web links"),
        **BOX_LABELS,
    }
    headings |= {field.name: field.label for field, _answer in item.answers}
    own = [
        ReviewedText(str(headings[name]), text, screen_text_for_reviewers(text))
        for name, text in collect_item_texts(item)
        if text
    ]
    return [*own, *(part for file in item.attachments.all() for part in _build_file_texts(file))]


def _build_file_texts(file: Attachment) -> Iterator[ReviewedText]:
    yield ReviewedText(_("File name"), file.name, screen_text_for_reviewers(_replace_name_underscores(file.name)))
    text, named = _find_property_hits(file)
    if text:
        yield ReviewedText(_("Names in the properties of “%(name)s”") % {"name": file.name}, text, named)
    if file.text:
        found = file.hits
        if found is None:  # a version that did not keep them has read it
            found = _get_or_cache(
                f"looked-into:{file.pk}:{len(file.text)}",
                lambda: _convert_hits_to_tuples(screen_text_for_reviewers(file.text)),
            )
        hits = [SafeguardHit(start, end, SIGN_BY_NAME[name]) for start, end, name in found]
        yield ReviewedText(file.name, file.text, hits, is_file=True)


def _find_property_hits(file: Attachment) -> tuple[str, list[SafeguardHit]]:
    said = _get_or_cache(f"properties:{file.fingerprint}", lambda: _read_file_properties(file))
    lines, hits, at = [], [], 0
    for what, words in said:
        line = f"{what}: {words}" if words else what
        start = at + (len(what) + 2 if words else 0)
        hits.append(SafeguardHit(start, at + len(line), NAME_IN_PROPERTY_SIGN))
        lines.append(line)
        at += len(line) + 1
    return "\n".join(lines), hits


def _read_file_properties(file: Attachment) -> list[tuple[str, str]]:
    with file.file.open("rb") as stored:
        return [(str(what), words) for what, words in find_personal_properties(stored.read())]


def _convert_hits_to_tuples(safeguard_hits: list[SafeguardHit]) -> list[tuple[int, int, str]]:
    return [(hit.start, hit.end, hit.sign.name) for hit in safeguard_hits]


def _get_or_cache[T](cache_key: str, compute_value: Callable[[], T]) -> T:
    """What was read from a file never changes, and may be long: what was found is kept."""
    cache = caches["pages"]
    found: T | None = cache.get(cache_key)
    if found is None:
        found = compute_value()
        cache.set(cache_key, found)
    return found


def does_item_require_review(item: ScreenedItem) -> bool:
    return bool(get_review_reasons(item))


def get_review_reasons(item: ScreenedItem) -> list[str]:
    """Sentences; empty where its author may publish it."""
    reasons = []
    if item.item_kind.needs_review:
        reasons.append(_format_kind_reason(item))
    if item.asks_for_review:
        reasons.append(_("The author asked for a review."))
    if item.reviews.exists():
        reasons.append(_("An earlier version was sent for review, so each later change must be reviewed too."))
    if any(screen_text_for_signs(text) for _name, text in collect_item_texts(item)):
        reasons.append(_("Some words may identify someone."))
    if _has_files_with_warning_signs(item):
        reasons.append(_("Some words in a file may identify someone."))
    return reasons


def _format_kind_reason(item: ScreenedItem) -> str:
    if item.kind == "case-study":
        return _("This is a case study. Case studies are always reviewed before publication.")
    return _("Items of this type are always reviewed before publication: %(kind)s.") % {"kind": item.item_kind.label}


def _has_files_with_warning_signs(item: ScreenedItem) -> bool:
    files = item.attachments.annotate(length=Length("text")).defer("text", "pages", "hits")
    return any(
        screen_text_for_signs(_replace_name_underscores(file.name))
        or not SIGN_NAMES_COMMON_IN_PAPERS.issuperset(_get_warning_sign_names(file, file.length))
        for file in files
    )


def _get_warning_sign_names(file: Attachment, excerpt_length: int) -> list[str]:
    if file.signs is not None or not excerpt_length:
        return file.signs or []

    def find_sign_names() -> list[str]:  # a version that did not keep them has read it
        return [hit.sign.name for hit in screen_text_for_signs(file.text)]

    return _get_or_cache(f"signs-in:{file.pk}:{excerpt_length}", find_sign_names)


def _replace_name_underscores(sign_name: str) -> str:
    """A file's name with the marks that stand for spaces as spaces; each at its place, so that hits fit the name."""
    return sign_name.replace("_", " ")

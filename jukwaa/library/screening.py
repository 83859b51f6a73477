"""What the screen finds in an item, and why a second person reads it before it is published."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.cache import caches
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from jukwaa.core.documents.incoming import properties_of
from jukwaa.core.lists import in_a_row
from jukwaa.core.safeguards import Hit, look_closely, marked, screen
from jukwaa.core.safeguards.screen import SIGN_CALLED, Piece
from jukwaa.core.safeguards.together import PROPERTY
from jukwaa.library.schema import BOX_NAMES
from jukwaa.records.models import Attachment

if TYPE_CHECKING:
    from jukwaa.library.models import Item

AROUND = 90  # characters of a file's text before and after a hit
MOST_OF_A_FILE = 40  # hits that are shown
# Every published paper says how to reach whoever wrote it: in a file that is shown, and asks for nobody by itself.
OF_ANY_PAPER = frozenset({"mail", "telephone", "street", "account", "person", "place", "handle"})


@dataclass(frozen=True)
class Part:
    """A text of an item as a reviewer reads it: its heading, and the text in pieces, those with hits marked."""

    heading: str
    text: str
    hits: list[Hit]
    is_file: bool = False

    @cached_property
    def pieces(self) -> list[Piece]:
        return marked(self.text, self.hits)

    @cached_property
    def excerpts(self) -> list[list[Piece]]:
        """Of a file: each hit with some words around it."""
        return [list(self._around(hit)) for hit in self.hits[:MOST_OF_A_FILE]]

    def _around(self, hit: Hit) -> Iterator[Piece]:
        before, after = max(0, hit.start - AROUND), hit.end + AROUND
        yield Piece(self.text[before : hit.start])
        yield Piece(self.text[hit.start : hit.end], hit)
        yield Piece(self.text[hit.end : after])

    @property
    def said(self) -> list[tuple[str, Hit]]:
        """Each kind of hit once, with the words that it was found in."""
        found: dict[str, tuple[list[str], Hit]] = {}
        for hit in self.hits:
            words, _first = found.setdefault(hit.sign.name, ([], hit))
            word = " ".join(self.text[hit.start : hit.end].split())
            words += [word] if word not in words else []
        return [(in_a_row(words, ";"), hit) for words, hit in found.values()]


def people_text(item: "Item") -> list[tuple[str, str]]:
    """(name, text) of all that people wrote in an item."""
    written = [(field.name, str(answer)) for field, answer in item.answers if field.type in {"text", "line"}]
    links = "\n".join(f"{link.title} {link.url}" for link in item.web_links.all())
    return [("title", item.title), ("summary", item.summary), *item.boxes, *written, ("links", links)]


def parts_of(item: "Item") -> list[Part]:
    """All that somebody wrote in it or hung on it, as the reviewer reads it."""
    headings: dict[str, Any] = {
        "title": _("Title"),
        "summary": _("Summary in 1 or 2 sentences"),
        "links": _("Web links"),
        **BOX_NAMES,
    }
    headings |= {field.name: field.label for field, _answer in item.answers}
    own = [Part(str(headings[name]), text, look_closely(text)) for name, text in people_text(item) if text]
    return [*own, *(part for file in item.attachments.all() for part in _of_file(file))]


def _of_file(file: Attachment) -> Iterator[Part]:
    yield Part(_("File name"), file.name, look_closely(_as_words(file.name)))
    text, named = _properties(file)
    if text:
        yield Part(_("Names in the properties of “%(name)s”") % {"name": file.name}, text, named)
    if file.text:
        found = file.hits
        if found is None:  # a version that did not keep them has read it
            found = _kept(f"looked-into:{file.pk}:{len(file.text)}", lambda: _plain(look_closely(file.text)))
        hits = [Hit(start, end, SIGN_CALLED[name]) for start, end, name in found]
        yield Part(file.name, file.text, hits, is_file=True)


def _properties(file: Attachment) -> tuple[str, list[Hit]]:
    said = _kept(f"properties:{file.fingerprint}", lambda: _said_by(file))
    lines, hits, at = [], [], 0
    for what, words in said:
        line = f"{what}: {words}" if words else what
        start = at + (len(what) + 2 if words else 0)
        hits.append(Hit(start, at + len(line), PROPERTY))
        lines.append(line)
        at += len(line) + 1
    return "\n".join(lines), hits


def _said_by(file: Attachment) -> list[tuple[str, str]]:
    with file.file.open("rb") as stored:
        return [(str(what), words) for what, words in properties_of(stored.read())]


def _plain(hits: list[Hit]) -> list[tuple[int, int, str]]:
    return [(hit.start, hit.end, hit.sign.name) for hit in hits]


def _kept[T](key: str, make: Callable[[], T]) -> T:
    """What was read from a file never changes, and may be long: what was found is kept."""
    cache = caches["pages"]
    found: T | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found)
    return found


def needs_second_reader(item: "Item") -> bool:
    return bool(reasons_for_review(item))


def reasons_for_review(item: "Item") -> list[str]:
    """Sentences; empty where its author may publish it."""
    reasons = []
    if item.item_kind.needs_review:
        reasons.append(_always_read(item))
    if item.asks_for_review:
        reasons.append(_("The author asked for a review."))
    if item.reviews.exists():
        reasons.append(_("A review was requested before, so each later change is reviewed too."))
    if any(screen(text) for _name, text in people_text(item)):
        reasons.append(_("Some words may identify someone."))
    if _marked_files(item):
        reasons.append(_("Some words in a file may identify someone."))
    return reasons


def _always_read(item: "Item") -> str:
    if item.kind == "case-study":
        return _("This is a case study. Case studies are always reviewed before publication.")
    return _("Items of this kind are always reviewed before publication: %(kind)s.") % {"kind": item.item_kind.label}


def _marked_files(item: "Item") -> bool:
    files = item.attachments.annotate(length=Length("text")).defer("text", "pages", "hits")
    return any(
        screen(_as_words(file.name)) or not OF_ANY_PAPER.issuperset(_signs_in(file, file.length)) for file in files
    )


def _signs_in(file: Attachment, length: int) -> list[str]:
    if file.signs is not None or not length:
        return file.signs or []

    def look() -> list[str]:  # a version that did not keep them has read it
        return [hit.sign.name for hit in screen(file.text)]

    return _kept(f"signs-in:{file.pk}:{length}", look)


def _as_words(name: str) -> str:
    """A file's name with the marks that stand for spaces as spaces; each at its place, so that hits fit the name."""
    return name.replace("_", " ")

"""A document as a tree of blocks. It knows nothing of HTML, Word, PDF, records or languages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import bidirectional
from urllib.parse import urlsplit

from jukwaa.core.documents.text_cleaning import clean_text

TLP_CLEAR = "TLP:CLEAR"
MAX_HEADING_LEVEL = 6
_EXTERNAL_LINK_SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, slots=True)
class InlineRun:
    """Some words. A `ref` is a short mark, such as "[7]", that leads to a source; it is set small.

    `apart` are words of people inside words of ours: they run in their own direction, whatever is around them.
    """

    text: str
    emphasis: bool = False
    strong: bool = False
    link: str = ""
    ref: bool = False
    language: str = ""
    apart: bool = False


type Inline = str | Sequence[InlineRun]


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is the first below the title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: Inline


@dataclass(frozen=True, slots=True)
class BulletList:
    items: Sequence[Inline]


@dataclass(frozen=True, slots=True)
class NumberedList:
    """`start` lets a second list count on where the first one ended."""

    items: Sequence[Inline]
    start: int = 1


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """With `row_headers`, the first cell of each row names the row."""

    headers: Sequence[str]
    rows: Sequence[Sequence[Inline]]
    caption: str = ""
    row_headers: bool = False


@dataclass(frozen=True, slots=True)
class DocumentQuote:
    """Words of somebody, and whose they are."""

    content: Inline
    source: Inline = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Where paper has pages, the next one begins here."""


type Block = Heading | Paragraph | BulletList | NumberedList | DocumentTable | DocumentQuote | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """What is handed out. `meta` are facts below the title, such as ("Date", "27 November 2009").

    `masthead` is who publishes it, and `masthead_note` where they belong.
    """

    title: str
    blocks: Sequence[Block]
    language: str = "en"
    direction: str = "ltr"
    label: str = TLP_CLEAR
    subtitle: str = ""
    meta: Sequence[tuple[str, Inline]] = ()
    masthead: str = ""
    masthead_note: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("A document has a title: readers, Word and PDF ask for it.")
        if self.direction not in {"ltr", "rtl"}:
            raise ValueError("A document runs ltr or rtl.")

    @property
    def restricted(self) -> bool:
        """Whether its label must stand on every page."""
        return self.label != TLP_CLEAR


def clean_for_export(text: str) -> str:
    """Return a text without the characters that no format can hold."""
    return clean_text(text)[0]


def convert_to_runs(inline_content: Inline) -> tuple[InlineRun, ...]:
    return (InlineRun(inline_content),) if isinstance(inline_content, str) else tuple(inline_content)


def get_plain_text(inline_content: Inline) -> str:
    """Return the text of inline content without its formatting."""
    return inline_content if isinstance(inline_content, str) else "".join(run.text for run in inline_content)


def get_foreign_text_direction(inline_content: Inline) -> str:
    """The direction of words that are wholly in another language than the document; empty for all others.

    It is that of their first letter which has one, as browsers do it for `dir="auto"`.
    """
    said = [run for run in convert_to_runs(inline_content) if run.text.strip()]
    if not said or not all(run.language for run in said):
        return ""
    return detect_text_direction(get_plain_text(inline_content))


def detect_text_direction(text: str) -> str:
    directions = (bidirectional(letter) for letter in text)
    return next(("ltr" if found == "L" else "rtl" for found in directions if found in {"L", "R", "AL"}), "")


def get_common_text_direction(inline_items: Sequence[Inline]) -> str:
    """The one direction of a list, if all of it is in another language: marks and numbers stand on one side."""
    ways = {get_foreign_text_direction(item) for item in inline_items}
    return ways.pop() if len(ways) == 1 else ""


def get_link_if_external(link_url: str) -> str:
    """Return a link that leads outside of the site; an empty string for all others, scripts first of all."""
    return link_url if link_url.isprintable() and _get_url_scheme(link_url) in _EXTERNAL_LINK_SCHEMES else ""


def get_link_if_safe(link_url: str) -> str:
    """Return a link that is safe on a page: an external one, or one within the site or the page."""
    inside = link_url.startswith("#") or (link_url.startswith("/") and not link_url.startswith(("//", "/\\")))
    return link_url if link_url.isprintable() and inside else get_link_if_external(link_url)


def _get_url_scheme(link_url: str) -> str:
    try:
        return urlsplit(link_url).scheme
    except ValueError:
        return ""


def normalize_heading_levels(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with headings that begin at 1 and go down one step at a time, as readers' devices expect."""
    last = 0
    for block in blocks:
        if isinstance(block, Heading):
            last = max(1, min(block.level, last + 1, MAX_HEADING_LEVEL))
            yield Heading(last, block.text)
        else:
            yield block

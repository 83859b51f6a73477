"""Plain words out of marked-up text, each letter of which knows its place in the document."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

MARKUP_TAGS = (
    "a|abbr|b|blockquote|br|center|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|li|ol|p|pre|s|section|"
    "small|"
    "span|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul"
)
MARKUP_PATTERN = re.compile(
    r"!?\[(?=[^\[\]\n]{1,300}\]\()"  # the opening of a link
    r"|\]\([^()\s]{0,500}\)"  # its address
    rf"|</?(?:{MARKUP_TAGS})\b[^<>\n]{{0,300}}>"
    r"|&nbsp;|\\(?=[!-/:-@\[-`{-~])|[*]{1,3}(?=\S)|(?<=\S)[*]{1,3}|~~|`+|__|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)"
    r"|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    r"|\s+"
)


# "clauses 3 and ~~5~~ 4"
STRUCK_TEXT_PATTERN = re.compile(
    r"~~(?=\S)[^~\n]{1,300}(?<=\S)~~|<(?P<tag>s|del|strike)>[^<>\n]{1,300}</(?P=tag)>", re.IGNORECASE
)
LABEL_PATTERN = re.compile(r"^[^:\n]{0,40}:(?!\S)")
OPENING_PATTERN = re.compile(r"(?<!\w)_(?=\w)")


@dataclass(slots=True)
class TextWithoutMarkup:
    """Words without markup. `places` holds, for each run of kept letters, where it starts in the text.

    A run goes on for as long as each letter here stands for the next one there.
    """

    text: str
    starts: list[int]
    places: list[int]

    def get_text_offset(self, text_index: int) -> int:
        """Where the letter at this index stands in the document."""
        run = bisect_left(self.starts, text_index + 1) - 1
        return self.places[run] + text_index - self.starts[run]


def strip_markup(text: str, text_spans: list[tuple[int, int]]) -> TextWithoutMarkup:
    """The words of these pieces of the text, in one line."""
    kept: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    length = 0
    for start, end in _remove_struck_spans(text, text_spans):
        if kept and not kept[-1].endswith(" "):
            kept.append(" ")
            starts.append(length)
            places.append(start - 1)
            length += 1
        for run_start, run_end, words in _split_text_without_markup(text, start, end):
            if words == " " and (not kept or kept[-1].endswith(" ")):
                continue
            kept.append(words)
            if not starts or places[-1] - starts[-1] != run_start - length:
                starts.append(length)
                places.append(run_start)
            length += len(words)
            del run_end
    return TextWithoutMarkup("".join(kept), starts, places)


def _remove_struck_spans(text: str, text_spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces without what is struck through, unless all of it is: then the whole says that it holds no longer."""
    kept = [
        (start, end)
        for piece_start, piece_end in text_spans
        for start, end in _split_at_struck_text(text, piece_start, piece_end)
    ]
    has_words = _has_words_beside_label(" ".join(text[start:end] for start, end in kept))
    return kept if has_words and len(kept) > len(text_spans) else text_spans


def is_struck_through(quote: str) -> bool:
    """Whether all words are struck through, except a label such as "Decision 3:"."""
    return STRUCK_TEXT_PATTERN.search(quote) is not None and not _has_words_beside_label(
        STRUCK_TEXT_PATTERN.sub("", quote)
    )


def _has_words_beside_label(words: str) -> bool:
    return re.search(r"\w", LABEL_PATTERN.sub("", words.lstrip(), count=1)) is not None


def _split_at_struck_text(text: str, start_offset: int, end_offset: int) -> Iterator[tuple[int, int]]:
    position = start_offset
    for match in STRUCK_TEXT_PATTERN.finditer(text, start_offset, end_offset):
        if position < match.start():
            yield position, match.start()
        position = match.end()
    if position < end_offset or position == start_offset:
        yield position, end_offset


def _split_text_without_markup(text: str, start_offset: int, end_offset: int) -> list[tuple[int, int, str]]:
    runs: list[tuple[int, int, str]] = []
    position = start_offset
    for match in MARKUP_PATTERN.finditer(text, start_offset, end_offset):
        if (
            match.group() == "_"
            and match.start()
            and text[match.start() - 1].isalnum()
            and not OPENING_PATTERN.search(text, start_offset, match.start())
        ):
            continue  # "ana_" is an account
        if match.start() > position:
            runs.append((position, match.start(), text[position : match.start()]))
        if match.group()[0].isspace() or match.group() == "&nbsp;":
            runs.append((match.start(), match.end(), " "))
        position = match.end()
    if position < end_offset:
        runs.append((position, end_offset, text[position:end_offset]))
    return runs

"""Plain words out of marked-up text, each letter of which knows its place in the document."""

import re
from bisect import bisect_left
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
    for start, end in text_spans:
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

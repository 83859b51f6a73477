"""Sentences of a block, by syntok, in portions of bounded length so that hostile text costs no more than any other."""

import re
from collections.abc import Iterator

PORTION = 3000
BRACKETS = 60
END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:approx|art|arts|c|ca|cf|ch|dept|dr|e\.g|[ap]\.?m|ed|eds|esp|est|etc|fig|figs|govt|i\.e|"
    r"inc|jr|ltd|mr|mrs|ms|no|nos|"
    r"para|paras|p|pp|prof|ref|rep|resp|rev|sec|sect|sr|st|tel|vol|vs|jan|feb|mar|apr|jun|jul|aug|sep|sept|"
    r"oct|nov|dec)\.$",
    re.IGNORECASE,
)


def sentence_spans(words: str) -> list[tuple[int, int]]:
    """Where each sentence of this plain text starts and ends."""
    spans: list[tuple[int, int]] = []
    for start, end in _portions(words):
        for span in _segment(words[start:end], start):
            if spans and _belongs(words, spans[-1], span):
                spans[-1] = (spans[-1][0], span[1])
            else:
                spans.append(span)
    return spans


def _portions(words: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(words) - start > PORTION:
        cut = max(words.rfind(". ", start + PORTION // 2, start + PORTION) + 1, 0)
        cut = cut or words.rfind(" ", start + PORTION // 2, start + PORTION)
        cut = cut if cut > start else start + PORTION
        yield start, cut
        start = cut
    yield start, len(words)


def _segment(portion: str, offset: int) -> Iterator[tuple[int, int]]:
    if portion.count("(") + portion.count("[") > BRACKETS:
        yield from _cut(portion, offset)
        return
    from syntok import segmenter, tokenizer  # noqa: PLC0415 - 8 MB in each process that loads it, and few processes read

    tokens = tokenizer.Tokenizer(replace_not_contraction=False).tokenize(portion, offset)
    for sentence in segmenter.segment(iter(tokens)):
        yield sentence[0].offset, sentence[-1].offset + len(sentence[-1].value)


def _cut(portion: str, offset: int) -> Iterator[tuple[int, int]]:
    """Plain cutting, where brackets would cost the segmenter seconds."""
    start = 0
    for match in END.finditer(portion):
        yield offset + start, offset + match.start()
        start = match.end()
    if portion[start:].strip():
        yield offset + start, offset + len(portion.rstrip())


def _belongs(words: str, before: tuple[int, int], span: tuple[int, int]) -> bool:
    """Whether a full stop was only that of an abbreviation."""
    if ABBREVIATED.search(words[max(before[0], before[1] - 10) : before[1]]):
        first = words[span[0] : span[0] + 1]
        if words[before[1] - 2 : before[1]] == "m." and words[span[0] : span[0] + 2].isupper():
            return True  # "9 a.m. GMT"
        return first.islower() or first.isdigit() or words[before[1] - 3 : before[1]] in {"Mr.", "Dr.", "rs.", "Ms."}
    return False

"""Sentences of a block, by syntok, in portions of bounded length so that hostile text costs no more than any other."""

import re
from collections.abc import Iterator

PORTION_CHARACTERS = 3000
MAX_BRACKETS = 60
SENTENCE_END_PATTERN = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
ABBREVIATION_PATTERN = re.compile(
    r"(?:^|[\s(])(?:approx|art|arts|c|ca|cf|ch|cllr|dept|dr|e\.g|[ap]\.?m|ed|eds|esp|est|etc|fig|figs|govt|i\.e|dra|sra|srta|ing|lic|mme|mlle|me|univ|n\.n|"
    r"inc|jr|ltd|mr|mrs|ms|no|nos|"
    r"para|paras|p|pp|prof|ref|rep|resp|rev|sec|sect|sr|st|tel|vol|vs|jan|feb|mar|apr|jun|jul|aug|sep|sept|"
    r"oct|nov|dec)\.$",
    re.IGNORECASE,
)


TITLE_PATTERN = re.compile(r"\b(?:Dra|Sra?|Srta|Ing|Lic|Mme|Mlle|Prof|N\.N)\.$")
QUOTATION_PATTERN = re.compile(r"[\"“][^\"“”]{1,120}[\"”]")
LETTER_PATTERN = re.compile(r"[^\W\d_]")


def find_sentence_spans(words: str) -> list[tuple[int, int]]:
    """Where each sentence of this plain text starts and ends."""
    spans: list[tuple[int, int]] = []
    for start, end in _iter_portions(words):
        for span in _segment_portion(words[start:end], start):
            if spans and _is_same_sentence(words, spans[-1], span):
                spans[-1] = (spans[-1][0], span[1])
            else:
                spans.append(span)
    return spans


def _iter_portions(words: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(words) - start > PORTION_CHARACTERS:
        cut = max(words.rfind(". ", start + PORTION_CHARACTERS // 2, start + PORTION_CHARACTERS) + 1, 0)
        cut = cut or words.rfind(" ", start + PORTION_CHARACTERS // 2, start + PORTION_CHARACTERS)
        cut = cut if cut > start else start + PORTION_CHARACTERS
        yield start, cut
        start = cut
    yield start, len(words)


def _segment_portion(portion: str, offset: int) -> Iterator[tuple[int, int]]:
    if portion.count("(") + portion.count("[") > MAX_BRACKETS:
        yield from _split_at_full_stops(portion, offset)
        return
    from syntok import segmenter, tokenizer  # noqa: PLC0415 - 8 MB in each process that loads it, and few processes read

    tokens = tokenizer.Tokenizer(replace_not_contraction=False).tokenize(portion, offset)
    for sentence in segmenter.segment(iter(tokens)):
        yield sentence[0].offset, sentence[-1].offset + len(sentence[-1].value)


def _split_at_full_stops(portion: str, offset: int) -> Iterator[tuple[int, int]]:
    """Plain cutting, where brackets would cost the segmenter seconds."""
    start = 0
    for match in SENTENCE_END_PATTERN.finditer(portion):
        yield offset + start, offset + match.start()
        start = match.end()
    if portion[start:].strip():
        yield offset + start, offset + len(portion.rstrip())


def _is_same_sentence(words: str, before: tuple[int, int], span: tuple[int, int]) -> bool:
    """Whether a full stop was only that of an abbreviation."""
    if words[before[1] - 1 : before[1]] == ";":
        return True
    if words[before[1] - 1 : before[1]] == ")" and words[before[1] - 2 : before[1] - 1] not in ".!?…":
        return True  # a full stop is missing: "Ada (Bee) Cole"
    if ABBREVIATION_PATTERN.search(words[max(before[0], before[1] - 10) : before[1]]):
        first = words[span[0] : span[0] + 1]
        if words[before[1] - 2 : before[1]] == "m." and words[span[0] : span[0] + 2].isupper():
            return True  # "9 a.m. GMT"
        return (
            first.islower()
            or first.isdigit()
            or words[before[1] - 3 : before[1]] in {"Mr.", "Dr.", "rs.", "Ms.", "lr."}
            or TITLE_PATTERN.search(words[max(before[0], before[1] - 6) : before[1]]) is not None
        )
    return False


def mask_quotations(body: str) -> str:
    """The words without what stands in double quotation marks, where that is but a part."""
    masked = QUOTATION_PATTERN.sub(
        lambda match: match[0][0] + LETTER_PATTERN.sub("x", match[0][1:-1]) + match[0][-1], body
    )
    return body if masked.count("x") * 2 > len(body) else masked

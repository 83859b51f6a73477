"""Sentences of a block, by syntok, in portions of bounded length so that hostile text costs no more than any other."""

import re
from collections.abc import Iterator

from jukwaa.intake.reader.arrow_tails import is_arrow_tail
from jukwaa.intake.reader.attendance_parts import find_next_office
from jukwaa.intake.reader.item_references import DECISION_LABEL_PATTERN

MAX_PORTION_CHARACTERS = 3000
MAX_BRACKETS_PER_PORTION = 60
SENTENCE_END_PATTERN = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
ABBREVIATION_PATTERN = re.compile(
    r"(?:^|[\s(/])(?:approx|art|arts|c|ca|cf|ch|cllr|dept|dr|e\.g|[ap]\.?m|ed|eds|esp|est|etc|fig|figs|govt|i\.e|dra|sra|srta|ing|lic|mmes?|mlles?|mm|me|univ|n\.n|fund|plk|pplk|"
    r"hon|eng|arch|adv|capt|col|gen|inc|jr|ltd|mr|mrs|ms|no|nos|"
    r"para|paras|p|pp|prof|ref|rep|res|resp|rev|sec|sect|sr|st|tel|vol|vs|jan|feb|mar|apr|jun|jul|aug|sep|sept|"
    r"oct|nov|dec)\.$",
    re.IGNORECASE,
)


TITLE_PATTERN = re.compile(
    r"\b(?:Dra|Sra?|Srta|Ing|Lic(?:d[ao])?|Lcd[ao]|Mtr[ao]|Abg|Mmes?|Mlles?|MM|Prof|Hon|Rev|Eng|Arch|Adv|Capt|Col|Gen|N\.N|Fund|p?plk)\.$"
)
# "ab 1. Juli", "Leuchtturm e. V., Kiel"
GERMAN_ORDINAL_PATTERN = re.compile(r"(?:^|\s)\d{1,2}\.$")
GERMAN_MONTH_PATTERN = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)
REGISTERED_ASSOCIATION_PATTERN = re.compile(r"\be\. ?V\.")
# "[3 June] Ana to send the list", "[Action: Ana] Send the list", "Send the list. (Action Ana)"
OPENING_BRACKET_PATTERN = re.compile(
    r"[(\[](?=[^()\[\]:]*\d)[^()\[\]:]{1,20}[)\]]|\[(?:Action|ACTION)\s?:[^()\[\]]{2,60}\]:?"
)
CLOSING_MARK_PATTERN = re.compile(
    r"[(\[](?:Action|ACTION|Acción|Ação|Tarea|Tarefa)\b:? (?:by |par |on )?[^\W\d_a-z][^()\[\]]{1,80}[)\]]\W*$"
)
QUOTATION_PATTERN = re.compile(r"[\"“][^\"“”]{1,120}[\"”]")
DECISION_NUMBER_PATTERN = re.compile(r"\W*D[-. ]?\d{1,2}\.")  # "D1. The fee stays."
GUILLEMET_END_PATTERN = re.compile(r"»\.\s+(?=[^\W\d_a-z])")
LETTER_PATTERN = re.compile(r"[^\W\d_]")


def find_sentence_spans(phrase: str) -> list[tuple[int, int]]:
    """Where each sentence of this plain text starts and ends."""
    spans: list[tuple[int, int]] = []
    for start, end in _iter_portion_spans(phrase):
        for span in _find_sentence_spans_in_portion(phrase[start:end], start):
            if spans and _is_same_sentence(phrase, spans[-1], span):
                spans[-1] = (spans[-1][0], span[1])
            else:
                spans += _split_after_guillemets(phrase, span)
    return [part for span in spans for part in _split_at_office(phrase, span)]


def _split_at_office(phrase: str, sentence_span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The two parts of a sentence in which a second label begins: "Chair: Ana Lopes   Minute secretary: Ben Okoro"."""
    start, end = sentence_span
    if office := find_next_office(phrase[start:end]):
        yield start, start + office[0]
        yield start + office[1], end
    else:
        yield sentence_span


def _split_after_guillemets(phrase: str, sentence_span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The sentences of "… « avant Noël ». Ana prépare …", where the segmenter takes the quotation to go on."""
    start, end = sentence_span
    for match in GUILLEMET_END_PATTERN.finditer(phrase, start, end):
        yield start, match.start() + len(match[0].rstrip())
        start = match.end()
    yield start, end


def _iter_portion_spans(phrase: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(phrase) - start > MAX_PORTION_CHARACTERS:
        cut = max(phrase.rfind(". ", start + MAX_PORTION_CHARACTERS // 2, start + MAX_PORTION_CHARACTERS) + 1, 0)
        cut = cut or phrase.rfind(" ", start + MAX_PORTION_CHARACTERS // 2, start + MAX_PORTION_CHARACTERS)
        cut = cut if cut > start else start + MAX_PORTION_CHARACTERS
        yield start, cut
        start = cut
    yield start, len(phrase)


def _find_sentence_spans_in_portion(text_portion: str, text_offset: int) -> Iterator[tuple[int, int]]:
    if text_portion.count("(") + text_portion.count("[") > MAX_BRACKETS_PER_PORTION:
        yield from _split_at_full_stops(text_portion, text_offset)
        return
    from syntok import segmenter, tokenizer  # noqa: PLC0415 - 8 MB in each process that loads it, and few processes read

    tokens = tokenizer.Tokenizer(replace_not_contraction=False).tokenize(text_portion, text_offset)
    for sentence in segmenter.segment(iter(tokens)):
        yield sentence[0].offset, sentence[-1].offset + len(sentence[-1].value)


def _split_at_full_stops(text_portion: str, text_offset: int) -> Iterator[tuple[int, int]]:
    """Plain cutting, where brackets would cost the segmenter seconds."""
    start = 0
    for match in SENTENCE_END_PATTERN.finditer(text_portion):
        yield text_offset + start, text_offset + match.start()
        start = match.end()
    if text_portion[start:].strip():
        yield text_offset + start, text_offset + len(text_portion.rstrip())


def _is_same_sentence(phrase: str, previous_span: tuple[int, int], sentence_span: tuple[int, int]) -> bool:
    """Whether a full stop was only that of an abbreviation."""
    is_number = any(
        pattern.fullmatch(phrase, *previous_span) for pattern in (DECISION_NUMBER_PATTERN, DECISION_LABEL_PATTERN)
    )
    is_mark = (
        is_number
        or is_arrow_tail(phrase, sentence_span[0])
        or CLOSING_MARK_PATTERN.match(phrase, sentence_span[0])
        or (previous_span[0] == 0 and OPENING_BRACKET_PATTERN.fullmatch(phrase, 0, previous_span[1]))
    )
    if is_mark or phrase[previous_span[1] - 1 : previous_span[1]] == ";":
        return True
    if (
        phrase[previous_span[1] - 1 : previous_span[1]] == ")"
        and phrase[previous_span[1] - 2 : previous_span[1] - 1] not in ".!?…"
    ):
        return True  # a full stop is missing: "Ada (Bee) Cole"
    if _is_inside_german_phrase(phrase, previous_span, sentence_span):
        return True
    if ABBREVIATION_PATTERN.search(phrase[max(previous_span[0], previous_span[1] - 10) : previous_span[1]]):
        first = phrase[sentence_span[0] : sentence_span[0] + 1]
        if (
            phrase[previous_span[1] - 2 : previous_span[1]] == "m."
            and phrase[sentence_span[0] : sentence_span[0] + 2].isupper()
        ):
            return True  # "9 a.m. GMT"
        return (
            first.islower()
            or first.isdigit()
            or phrase[previous_span[1] - 3 : previous_span[1]] in {"Mr.", "Dr.", "rs.", "Ms.", "lr."}
            or TITLE_PATTERN.search(phrase[max(previous_span[0], previous_span[1] - 6) : previous_span[1]]) is not None
        )
    return False


def _is_inside_german_phrase(phrase: str, previous_span: tuple[int, int], sentence_span: tuple[int, int]) -> bool:
    """Whether the full stop belongs to a date such as "1. Juli", or to "e. V."."""
    before = phrase[max(previous_span[0], previous_span[1] - 5) : previous_span[1]]
    after = phrase[sentence_span[0] : sentence_span[0] + 12]
    if GERMAN_ORDINAL_PATTERN.search(before) and GERMAN_MONTH_PATTERN.match(after):
        return True
    return before.endswith(" e.") and REGISTERED_ASSOCIATION_PATTERN.match(f"e. {after}") is not None


def mask_quotations(body: str) -> str:
    """The words without what stands in double quotation marks, where that is but a part."""
    masked = QUOTATION_PATTERN.sub(
        lambda match: match[0][0] + LETTER_PATTERN.sub("x", match[0][1:-1]) + match[0][-1], body
    )
    return body if masked.count("x") * 2 > len(body) else masked

"""Reading a report so that it is never lost: where reading fails, its lines are there without suggestions."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.intake import reader
from jukwaa.intake.report_overview import UNKNOWN_LANGUAGE, ReportPart

logger = logging.getLogger(__name__)

LINE_WITH_WORDS_PATTERN = re.compile(r"\S[^\r\n]*")
LINE_OR_SENTENCE_END_PATTERN = re.compile(r"\n(?:[ \t]*\n)*|(?<=[.!?])[ \t]")
MAX_LINES_PER_PART = 30_000  # and sentences: about 450 pages, and 40 MB while they are read


def parse_report(extracted_text: ExtractedText, *, is_beginning: bool = True) -> ReportPart:
    """Read a report for sentences and suggestions. Return the text with a note for its readers if that failed."""
    try:
        return extracted_text, reader.read_report(
            extracted_text.text, language=extracted_text.language, is_beginning=is_beginning
        )
    except Exception:
        logger.exception("A report could not be read for suggestions.")
    note = _(
        "We could not make suggestions for this document because of a technical problem. You can add entries yourself:"
        " choose a sentence or select words."
    )
    return replace(extracted_text, notes=(*extracted_text.notes, note)), _build_reading_of_lines(extracted_text.text)


def parse_report_in_parts(extracted_text: ExtractedText) -> Iterator[ReportPart]:
    """Read a report that may be very long, one part after the other, so that memory is taken for one part alone.

    Return the text of each part and its reading, in which sentences and suggestions have their places in the whole
    text. Nearly every report has only one part.
    """
    sentence_count = 0
    for start, end in find_report_parts(extracted_text.text):
        part = replace(extracted_text, text=extracted_text.text[start:end])
        part, parsed_part = parse_report(part, is_beginning=start == 0)
        parsed_part = _place_part_in_report(parsed_part, extracted_text.text, start, sentence_count)
        sentence_count += len(parsed_part.sentences)
        yield part, parsed_part
        del parsed_part  # before the next part is read


def find_report_parts(text: str) -> Iterator[tuple[int, int]]:
    """Where the parts of a text begin and end: before a heading if there is one, or else where a paragraph ends."""
    start = count = 0
    for found in LINE_OR_SENTENCE_END_PATTERN.finditer(text):
        count += 1
        is_before_heading = found[0].startswith("\n") and text.startswith("#", found.end())
        is_paragraph_end = found[0].count("\n") > 1
        if (
            (is_before_heading and count >= MAX_LINES_PER_PART)
            or (is_paragraph_end and count >= MAX_LINES_PER_PART * 5 // 4)
            or count >= MAX_LINES_PER_PART * 3 // 2
        ):
            yield start, found.end()
            start, count = found.end(), 0
    if start < len(text):
        yield start, len(text)


def _place_part_in_report(parsed_part: reader.Reading, text: str, start: int, sentences_before: int) -> reader.Reading:
    if not start:
        return replace(parsed_part, text=text)
    return replace(
        parsed_part,
        text=text,
        sentences=tuple(
            replace(each, start=each.start + start, end=each.end + start, number=each.number + sentences_before)
            for each in parsed_part.sentences
        ),
        suggestions=tuple(
            replace(each, start=each.start + start, end=each.end + start) for each in parsed_part.suggestions
        ),
    )


def _build_reading_of_lines(text: str) -> reader.Reading:
    sentences = []
    for number, match in enumerate(LINE_WITH_WORDS_PATTERN.finditer(text), start=1):
        quote = match[0].rstrip()
        sentences.append(reader.Sentence(match.start(), match.start() + len(quote), quote, "para", "", number))
    return reader.Reading(text, UNKNOWN_LANGUAGE, understood=True, sentences=tuple(sentences), suggestions=())

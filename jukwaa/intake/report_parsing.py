"""Reading a report so that it is never lost: where reading fails, its lines are there without suggestions."""

import logging
import re
from dataclasses import replace

from django.utils.translation import gettext as _

from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.intake import reader
from jukwaa.intake.meeting_details import UNKNOWN_LANGUAGE

logger = logging.getLogger(__name__)

LINE_WITH_WORDS_PATTERN = re.compile(r"\S[^\r\n]*")


def parse_report(extracted_text: ExtractedText) -> tuple[ExtractedText, reader.Reading]:
    """Read a report for sentences and suggestions. Return the text with a note for its readers if that failed."""
    try:
        return extracted_text, reader.read_report(extracted_text.text, language=extracted_text.language)
    except Exception:
        logger.exception("A report could not be read for suggestions.")
    note = _(
        "We could not make suggestions for this document because of a technical problem. You can add entries yourself:"
        " choose a sentence or select words."
    )
    return replace(extracted_text, notes=(*extracted_text.notes, note)), _build_reading_of_lines(extracted_text.text)


def _build_reading_of_lines(text: str) -> reader.Reading:
    sentences = []
    for number, match in enumerate(LINE_WITH_WORDS_PATTERN.finditer(text), start=1):
        quote = match[0].rstrip()
        sentences.append(reader.Sentence(match.start(), match.start() + len(quote), quote, "para", "", number))
    return reader.Reading(text, UNKNOWN_LANGUAGE, understood=True, sentences=tuple(sentences), suggestions=())

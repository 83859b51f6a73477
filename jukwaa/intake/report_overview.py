"""What is kept of a report while its parts are read and stored, one after the other."""

from dataclasses import dataclass, field

from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.intake import reader
from jukwaa.intake.reader.thread_corrections import find_later_corrections

type ReportPart = tuple[ExtractedText, reader.Reading]  # the text of the part with notes about it, and its reading

UNKNOWN_LANGUAGE = "und"
READABLE_LANGUAGES = ("en", UNKNOWN_LANGUAGE)


@dataclass(slots=True)
class ReportOverview:
    """What is known of a report when its parts have been read, and their sentences and suggestions stored."""

    language: str = UNKNOWN_LANGUAGE
    understood: bool = False
    notes: dict[str, None] = field(default_factory=dict)
    sentence_starts: list[int] = field(default_factory=list)  # in the whole text
    corrections: dict[str, None] = field(default_factory=dict)  # quotes of emails that may change what others said

    def add_part(self, part_text: ExtractedText, parsed_report: reader.Reading) -> None:
        if self.language == UNKNOWN_LANGUAGE:
            self.language = parsed_report.language
        self.understood = self.understood or parsed_report.understood
        self.sentence_starts += [sentence.start for sentence in parsed_report.sentences]
        self.notes |= dict.fromkeys(part_text.notes)
        corrections = find_later_corrections(parsed_report)
        self.corrections |= dict.fromkeys(" ".join(sentence.quote.split()) for _made, sentence in corrections)

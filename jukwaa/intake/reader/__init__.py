"""The machine's part of the reading desk: from the text of a report to suggestions, without touching any data."""

from jukwaa.intake.reader.model import SUGGESTION_KINDS, Reading, Sentence, Suggestion
from jukwaa.intake.reader.reading import read_report

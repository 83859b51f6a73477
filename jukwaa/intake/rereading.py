"""Read a report again whose text became shorter or longer. What a person has decided stays as it is."""

from dataclasses import replace
from typing import Any

from django.db.models import Max, Q

from jukwaa.intake import reader
from jukwaa.intake.meeting_details import set_meetings_note
from jukwaa.intake.models import Decision, Reading, Suggestion
from jukwaa.intake.reading_store import (
    build_reading_suggestions,
    create_in_batches,
    store_reading_actors,
    store_reading_sentences,
)
from jukwaa.intake.suggestion_completion import complete_suggestions

COMPARED_FIELDS = (
    *("sentence_id", "start", "end", "kind", "text", "owner", "due_on", "due_text"),
    *("progress", "came_as", "mode", "is_chair"),
)


def reread_report(reading: Reading, parsed_report: reader.Reading) -> None:
    """Part of the action that changes how much of the document belongs to the import.

    Sentences behind the end of this text are deleted, and those behind the last sentence are added. In a sentence
    that nobody has decided about, the suggestions are those of this text alone.
    """
    completed = complete_suggestions(parsed_report, reading.coalition)
    reading.sentences.filter(start__gte=len(completed.text)).delete()
    _add_later_sentences(reading, completed)
    organisations = store_reading_actors(reading, completed)
    decided = reading.suggestions.filter(~Q(decision=Decision.WAITING) | Q(merged__isnull=False))
    open_sentences = reading.sentences.exclude(suggestions__in=decided)
    shown = {_get_compared_values(row): row.pk for row in Suggestion.objects.filter(sentence__in=open_sentences)}
    rows = build_reading_suggestions(reading, completed, {each.number: each for each in open_sentences}, organisations)
    made = {_get_compared_values(row): row for row in rows}
    reading.suggestions.filter(pk__in=[pk for values, pk in shown.items() if values not in made]).delete()
    create_in_batches(Suggestion, [row for values, row in made.items() if values not in shown])
    set_meetings_note(reading, completed.text, list(reading.sentences.values_list("start", flat=True)))


def _add_later_sentences(reading: Reading, parsed_report: reader.Reading) -> None:
    last = reading.sentences.aggregate(number=Max("number", default=0), end=Max("end", default=0))
    later = [said for said in parsed_report.sentences if said.start >= last["end"]]
    numbered = tuple(replace(said, number=number) for number, said in enumerate(later, start=last["number"] + 1))
    store_reading_sentences(reading, replace(parsed_report, sentences=numbered))


def _get_compared_values(suggestion: Suggestion) -> tuple[Any, ...]:
    return *(getattr(suggestion, name) for name in COMPARED_FIELDS), *suggestion.actors

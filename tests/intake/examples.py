"""What tests of similar sentences share: an example that a person gives, and what follows from it."""

from jukwaa.intake import actions
from jukwaa.intake.actions import SuggestionWording


def find_sentence(reading, words):
    """The first sentence with these words."""
    text = reading.document.text
    return next(each for each in reading.sentences.all() if words in text[each.start : each.end])


def add_example(actor, reading, words, **wording):
    sentence = find_sentence(reading, words)
    return actions.add_suggestion(
        actor=actor,
        reading=reading,
        start_offset=sentence.start,
        end_offset=sentence.end,
        wording=SuggestionWording(**wording),
    )


def add_similar(actor, example):
    numbers = example.reading.sentences.values_list("number", flat=True)
    return actions.add_similar_sentences(
        actor=actor, example=example, from_version=example.version, sentence_numbers=numbers
    )


def list_added(reading):
    added = reading.suggestions.filter(by_machine=False).order_by("sentence__number")
    return [(each.text, each.owner, each.due_on) for each in added]


def list_states(reading):
    """All of a reading's suggestions but when and how often they were decided."""
    names = ("sentence__number", "kind", "text", "actors", "owner", "due_on", "decision", "by_machine", "decided_by")
    return list(reading.suggestions.order_by("pk").values_list(*names))


def describe_similar(actor, reading, example):
    example.refresh_from_db()
    found = actions.find_similar_sentences(reading, example, example.sentence.number)
    return found and found.description

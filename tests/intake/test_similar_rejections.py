"""What is rejected together with a suggestion that a person rejected."""

from jukwaa.intake import actions
from tests.intake.examples import describe_similar, find_sentence
from tests.intake.readings import create_reading

LAYOUT_TEXT = """Minutes

No. | Item | Action by
| PRESENT Mrs. Ana Lopes – Elm Trust – Chairperson Mr. Ben Okoro – Oak Trust |
1. | CALL TO ORDER |
1.1 | The Chairperson called the meeting to order at 10:07 a.m. |
2. | CONFIRMATION OF MINUTES |
2.1 | The Minutes were confirmed on a motion by Mr. Okoro, seconded by Mrs. Lopes. |
3. | Ana Lopes, Ben Okoro, Dina Haddad |
4. | It was agreed that the card would be issued. |
5. | ANY OTHER BUSINESS |
6. | SEND THE LETTER | Dina Haddad
"""


def test_rows_that_hold_something_else_are_not_rejected_together(coalition, rapporteur):
    """In a table that is the layout of minutes, the headings are rejected, and no text, people or decisions."""
    reading = create_reading(coalition, rapporteur, LAYOUT_TEXT)
    reading.suggestions.all().delete()
    for sentence in reading.sentences.filter(number__gt=2):
        words = {"start": sentence.start, "end": sentence.end, "text": "x", "why": "a row"}
        reading.suggestions.create(sentence=sentence, kind="commitment", **words)
    example = reading.suggestions.get(sentence=find_sentence(reading, "CALL TO ORDER"))
    other_reason = reading.suggestions.get(sentence=find_sentence(reading, "ANY OTHER"))
    actions.refuse_suggestion(actor=rapporteur, suggestion=example, from_version=1)
    example.refresh_from_db()

    shown = describe_similar(rapporteur, reading, example)
    assert shown.startswith("2 other rows")
    assert "CONFIRMATION" in shown
    assert "ANY OTHER BUSINESS" in shown

    other_reason.why = "another reason"
    other_reason.save()
    assert describe_similar(rapporteur, reading, example).startswith("1 other row")

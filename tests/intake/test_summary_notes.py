"""Summaries that programs write of calls: the list of next steps counts, and little else."""

from jukwaa.intake.reader import read_report
from jukwaa.intake.summary_notes import keep_entries_of_summary

RECAP = (
    "Ana led the discussion with Ben, Dina and Theo. After some debate about the dates the group settled that the"
    " survey would run from 1 to 30 May. Dina raised concerns about the poster. Ben will perhaps write a note."
)
TEXT = f"""# Meeting summary for Leeds chapter call

Ana Lopes (Elm Trust) has shared the meeting summary with you. AI-generated content may be inaccurate or misleading.

## Quick recap

{RECAP}

## Next steps

- Dina will translate the page.
- Ben and Theo will draft three questions by 4 June.

## Summary

### Poster

Ben explained that the poster is old. The group felt that a new one is better.

Please rate the accuracy of this summary.
"""


def list_entries(text):
    made = keep_entries_of_summary(read_report(text)).suggestions
    return [(each.kind, each.actors) for each in made]


def test_summary_of_a_program_gives_steps_decisions_and_people():
    assert list_entries(TEXT) == [
        ("attendee", ("Ana Lopes",)),
        ("attendee", ("Ben", "Dina", "Theo")),
        ("decision", ("group",)),
        ("commitment", ("Dina",)),
        ("commitment", ("Ben", "Theo")),
    ]


def test_minutes_with_next_steps_stay_as_they_are():
    text = f"# Minutes of the call\n\n{RECAP}\n\n## Next steps\n\n- Dina will translate the page.\n"
    reading = read_report(text)

    assert keep_entries_of_summary(reading) is reading

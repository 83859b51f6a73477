"""Sentences and notes that say who has to do something by when, wherever they stand in the minutes."""

import pytest

from jukwaa.intake.reader import read_report
from tests.intake.test_reader_due_notations import NOTES_TEXT, list_commitments

PROSE_TEXT = NOTES_TEXT.format("## Map of the garden\n\nThe map was discussed at length. {}")
BULLET_TEXT = NOTES_TEXT.format("## Map of the garden\n\n- The map was shown.\n- {}")


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ("The clerk must send the forms by Friday.", "clerk"),
        ("Ana should send the forms before the next meeting.", "Ana"),
        ("Ana needs to send the forms by Friday.", "Ana"),
        ("Ana was asked to send the forms by Friday.", "Ana"),
        ("Ana hopes to finish the forms by Friday.", "Ana"),
        ("Ana is planning to send the forms by Friday.", "Ana"),
        ("Ana has offered to send the forms by Friday.", "Ana"),
        ("Ana promised the forms by Friday.", "Ana"),
        ("Ana can send the forms by Friday.", "Ana"),
        ("Ana will have the forms ready by Friday.", "Ana"),
        ("The web team will have the page ready by the end of May.", "web team"),
        ("Everyone should read the draft before the next meeting.", "Everyone"),
        ("Members were asked to return the forms to Ana by 3 June.", "Members"),
        ("We need to send the forms by Friday.", ""),
        ("The fence must be repaired before the next meeting.", ""),
        ("Forms to be returned to the clerk by 3 June.", ""),
        ("Invoices have to be paid by 3 June.", ""),
        ("A draft will be ready by the end of May.", ""),
        ("Comments on the map are due by Friday.", ""),
        ("Send comments to Ana by Friday.", ""),
        ("Must send the forms by Friday.", ""),
    ],
)
def test_duty_with_deadline_is_commitment(sentence, owner):
    for text in (PROSE_TEXT, BULLET_TEXT):
        ((found, due),) = list_commitments(text.format(sentence))
        assert found.lower().removeprefix("the ") == owner.lower()
        assert due in sentence
        assert due


@pytest.mark.parametrize(
    "sentence",
    [
        "The clerk must send the forms.",
        "The fence must be repaired.",
        "Forms were sent by Friday.",
        "The hall was booked until 3 June.",
        "Members can register until 3 June.",
        "Abstracts must be submitted by 3 June.",
        "Applications have to be sent by 3 June.",
        "Nominations should be sent by 3 June.",
        "The draft was due on 3 June.",
        "The submission deadline of the conference is 3 June.",
        "The market will take place on 3 June.",
        "This topic should be kept for the next meeting.",
        "We should keep this for the next meeting.",
        "I think the map should probably be done by June.",
        "The first phase is scheduled to be completed by June.",
        "No members will speak by Friday.",
        "By one meeting we should delay it.",
        "Survey exploring the work of hosts, due by Friday.",
    ],
)
def test_other_dates_set_no_commitment(sentence):
    for text in (PROSE_TEXT, BULLET_TEXT):
        assert list_commitments(text.format(sentence)) == []


def test_person_meeting_another_is_commitment():
    sentence = "Ana will meet with the town about the fence."
    assert list_commitments(PROSE_TEXT.format(sentence)) == [("Ana", "")]


@pytest.mark.parametrize(
    "note",
    [
        *("Print the map - Ana - 12 June", "Print the map (Ana, 12 June)", "Print the map [Ana] (12 June)"),
        *("Ana: print the map (12 June)", "Ana (by 12 June): print the map", "Ana, 12 June: print the map"),
        *("Print the map by 12 June – Ana", "Print the map (owner Ana, due 12 June)", "Print the map: Ana, 12 June"),
        *("Ana → print the map (12 June)", "Draft map (Ana) -> 12 June", "[Ana, 12 June] Print the map"),
    ],
)
def test_note_with_name_and_deadline_is_commitment_outside_lists_of_actions(note):
    ((owner, due),) = list_commitments(BULLET_TEXT.format(note))
    assert (owner, due.removeprefix("by ").removeprefix("due ")) == ("Ana", "12 June")


@pytest.mark.parametrize(
    "note",
    [
        *("Print the map (Zoe, 12 June)", "Walls of the town (Ana, 12 June)", "Ana printed the map on 12 June"),
        *("Would Ana print the map by 12 June?", "@ana: Expect answers by 12 June", "Ana: it is due on 12 June"),
    ],
)
def test_other_notes_with_date_are_no_commitment(note):
    assert list_commitments(BULLET_TEXT.format(note)) == []


def test_promise_about_other_matter_keeps_deadline_of_task_above():
    text = BULLET_TEXT.format(
        "Ben will order wood.\n- The town sent a letter.\n- The hall is small.\n- Ana will do it by Friday."
    )
    assert list_commitments(text) == [("Ben", ""), ("Ana", "by Friday")]


def test_promise_after_task_gives_its_owner_and_deadline():
    text = NOTES_TEXT.format("## Action items\n\n- Print the map. Ana will do it by Friday.\n- Ben to order wood")
    assert list_commitments(text) == [("Ana", "by Friday"), ("Ben", "")]


def test_sentence_after_task_gives_its_deadline():
    text = PROSE_TEXT.format("Ana will write a draft. It should be sent to the hosts by Friday.")
    assert list_commitments(text) == [("Ana", "by Friday")]


def test_titles_above_tasks_name_who_does_them():
    text = "# Call of 19 May 2026\n\nThe group talked about the fence.\n\n## Next steps\n\n"
    text += (
        "- **Mirela**\n    - Paint the fence by Friday.\n    - Count the benches.\n- **Jonas**\n    - Print the map.\n"
    )
    text += "- **Petra**\n    - Review the list of hosts.\n"
    assert list_commitments(text) == [("Mirela", "by Friday"), ("Mirela", ""), ("Jonas", ""), ("Petra", "")]


def test_titles_of_topics_above_tasks_are_no_commitments():
    text = "# Call of 19 May 2026\n\nThe website and the garden are old.\n\n## Next steps\n\n"
    text += "- Website\n    - Update the page\n    - Add a map\n- Garden\n    - Paint the fence\n"
    assert [s.quote for s in read_report(text).suggestions if s.kind == "commitment"] == [
        "Update the page",
        "Add a map",
        "Paint the fence",
    ]


@pytest.mark.parametrize(
    ("task", "owner"),
    [
        ("[PRIORITY] (Ana Lopes): Ask the town", "Ana Lopes"),
        ("Ana or Ben will ask the town", "Ana"),
    ],
)
def test_owner_of_task_in_list(task, owner):
    assert list_commitments(NOTES_TEXT.format(f"## Action items\n\n- {task}"))[0][0] == owner


def test_note_taker_does_not_end_list_of_people():
    text = "# Call of 19 May 2026\n\n## Attending:\n\n* Chair: Kelli\n* Notes: Robin\n* Janice\n\n## Map\n\nShown.\n"
    assert [s.actors for s in read_report(text).suggestions if s.kind == "attendee"] == [
        ("Kelli",),
        ("Robin",),
        ("Janice",),
    ]


def test_people_who_missed_meetings_are_not_present():
    text = "# Call of 19 May 2026\n\n## Attendance\n\n- Ana Lopes\n"
    text += "- Two members missed two meetings:\n   - Ben Okoro\n   - Dina Haddad\n"
    assert [s.actors for s in read_report(text).suggestions if s.kind == "attendee"] == [("Ana Lopes",)]


def test_spanish_mark_with_name_and_infinitive():
    text = "# Acta del 19 de mayo de 2026\n\nAsistentes: Ana Lopes, Ben Okoro\n\n"
    text += "La junta habló de las cuotas con las personas presentes.\n\n- **ACTION ITEM**: Ana pedir la sala\n"
    text += "\n## Tareas\n\n- Comprar madera.\n"
    assert list_commitments(text) == [("Ana", ""), ("", "")]


@pytest.mark.parametrize(
    "people",
    [
        "Attendees:<br>Ana Lopes<br/>Ben Okoro<br />Dina Haddad",
        "## Roll call\n\n- Ana Lopes - present\n- Ben Okoro - present\n- Dina Haddad - present",
        "In attendance were Ana Lopes, Ben Okoro and Dina Haddad.",
    ],
)
def test_people_of_call(people):
    text = f"# Call of 19 May 2026\n\n{people}\n\n## Map\n\nThe map was shown to the hosts.\n"
    found = [name for s in read_report(text).suggestions if s.kind == "attendee" for name in s.actors]
    assert found == ["Ana Lopes", "Ben Okoro", "Dina Haddad"]

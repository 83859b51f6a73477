"""Notes of a call in an email: who was on it, what will not be done, what was promised before, and the next one."""

import pytest

from jukwaa.intake.meeting_chairs import mark_chair_among_attendees
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.deadlines import find_deadline

ON_CALL_LINE = (
    "On the call: Ana (in the chair), Ben, Carla (about 20 min late, sorry again she says), Jean-Luc,"
    " Dr Haddad - whose line dropped just before the end - and me."
)


def list_kinds(line):
    return {made.kind for made in read_report(f"# App\n\n{line}\n", language="en").suggestions}


def test_people_on_call_are_read_with_their_remarks():
    made = mark_chair_among_attendees(read_report(f"# Notes\n\n{ON_CALL_LINE}\n", language="en")).suggestions

    attendees = [each for each in made if each.kind == "attendee"]
    assert {name for each in attendees for name in each.actors} >= {"Ana", "Ben", "Carla", "Jean-Luc", "Dr Haddad"}
    assert [each.actors for each in attendees if each.is_chair] == [("Ana",)]


@pytest.mark.parametrize(
    ("line", "is_decision"),
    [
        ("We will NOT print a second guide this year.", True),
        ("No personal data of the child is to be collected in the form, full stop.", True),
        ("We will not know before the summer.", False),
        ("No forms are to be found on the site of the ministry.", False),
        ("No, the list is to be sent by Ana.", False),
        ("We are NOT printing a second guide.", True),
        ("We are NOT happy with the ministry.", False),
        ("We will NOT be able to attend the fair.", False),
        ("We will NOT know the result before the summer.", False),
        ("We shall NOT forget Dina.", False),
        ("No further steps are to be expected from the ministry.", False),
        ("No applications are to be submitted before June, the ministry informed us.", False),
    ],
)
def test_decisions_not_to_do_something(line, is_decision):
    assert ("decision" in list_kinds(line)) == is_decision


@pytest.mark.parametrize("line", ["FYI - keep with the meeting records pls.", "NB - send it to the hosts please."])
def test_abbreviation_is_no_speaker(line):
    made = read_report(f"# Notes\n\n{line}\n", language="en").suggestions

    assert not [each for each in made if each.actors]


def test_earlier_promise_has_owner_and_state_but_no_deadline():
    text = (
        "# Notes\n\nWho does what:\n\n- Carla had promised in March to share the list of helplines -> DONE, thanks!\n"
    )
    made = [each for each in read_report(text, language="en").suggestions if each.kind == "commitment"]

    assert [(each.actors, each.due, each.status.lower()) for each in made] == [(("Carla",), "", "done")]
    assert find_deadline("Carla promised to share the list in March") == "in March"


@pytest.mark.parametrize(
    ("line", "is_meeting"),
    [
        ("Next one: 12 May, same time, same room.", True),
        ("Prochaine : 9 juillet 11h GMT", True),
        ("Next one: the report on fees", False),
        ("Prochaine étape : le budget du 9 juillet", False),
    ],
)
def test_next_meeting_without_the_word(line, is_meeting):
    made = read_report(f"# Notes\n\nÀ faire\n\n- @Ana relire le script\n\n{line}\n").suggestions

    assert ("next_meeting" in {each.kind for each in made}) == is_meeting

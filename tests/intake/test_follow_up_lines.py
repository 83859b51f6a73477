"""Lines that follow up earlier actions: who does them, how far they are, and dates that are no deadlines."""

from datetime import date

import pytest

from jukwaa.intake.due_dates import find_due_day
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.columns import classify_column_heading
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.email_senders import name_email_senders


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("First draft - Ana - done, sent to the list Aug 3", ""),
        ("Action 4.2 (plan, M. Okoro) : faite, plan transmis le 29 juin.", ""),
        ("4.4 reminders: done, Ben sent them on 4 June", ""),
        ("Plan - Ana - by 3 May - done, sent on 20 April", "by 3 May"),
        ("Book list - Ana - EN done, ES missing, Oct 15", "Oct 15"),
        ("Book list - Ana - done by 3 May", "done by 3 May"),
        ("Book list - Ana - done, next deadline 3 May", "deadline 3 May"),
        ("Survey - Ana (in absence, she said yes on Tuesday) - end of February", "end of February"),
        ("Survey - Ana (by 3 May) - autumn", "by 3 May"),
        ("Ask for prices - Ana - next plenary", "next plenary"),
    ],
)
def test_day_on_which_something_was_done_is_no_deadline(phrase, due):
    assert find_deadline(phrase).removeprefix("done ") == due.removeprefix("done ")


def list_commitments(text):
    made = name_email_senders(read_report(text, language="en")).suggestions
    return [
        (" ".join((each.words or each.quote).split()), each.actors, each.due, each.status)
        for each in made
        if each.kind == "commitment"
    ]


@pytest.mark.parametrize(
    ("line", "owners", "status"),
    [
        ("- [ ] Campaign paper - @Ana Lopes @Ben Okoro - skeleton only", ("Ana Lopes", "Ben Okoro"), ""),
        ("- [ ] Campaign paper - @Ana Lopes - overdue, new date to be agreed with Ana", ("Ana Lopes",), ""),
        ("- [ ] Campaign paper - @ana - skeleton only", ("@ana",), ""),
        ("- [ ] Annex on data - Ben, Zoe Lind will help - Jan 22", ("Ben", "Zoe Lind"), ""),
        ("- [ ] Second survey - Mia (in absence, she said yes on Tuesday) - end of February", ("Mia",), ""),
        ("- [?] Share the survey with the list - Ben - nobody knew", ("Ben",), ""),
        ("- [ ] Find out the price - me - end of May", ("Sam Reed",), ""),
        ("- [ ] handover to Elm House: ongoing, drive copied", (), "ongoing"),
        ("- [ ] Send the reminders: done, Ben sent them on 4 June", (), "done"),
        ("- [ ] Find a day for the call: done :-)", (), "done"),
        ("- [ ] Print what was done - Ben", ("Ben",), ""),
    ],
)
def test_owners_and_status_of_line(line, owners, status):
    head = "From: Sam Reed <sam@elm.example>\nDate: Fri, 13 Nov 2026 09:12:00 +0000\nSubject: Notes\n\nHello all\n\n"
    text = f"{head}Present: Ana Lopes, Ben Okoro\n\n## Actions\n\n{line}\n"

    ((_words, found, _due, progress),) = list_commitments(text)
    assert (found, progress) == (owners, status)


def test_box_behind_remark_is_action_without_its_sign():
    text = "## Any other business\n\n- Summer party: who hosts? ☐ 4-d Ask Elm Trust whether it can host - @Ana Lopes\n"

    ((words, owners, _due, _status),) = list_commitments(text)
    assert words.startswith("4-d Ask Elm Trust")
    assert owners == ("Ana Lopes",)


@pytest.mark.parametrize(
    ("heading", "name"), [("New date", "due"), ("Nouvelle échéance", "due"), ("Nueva fecha", "due"), ("Date", "date")]
)
def test_column_with_later_date_is_that_of_deadlines(heading, name):
    assert classify_column_heading(heading) == name


def test_next_plenary_is_that_below_next_one():
    text = "*Next one*\nWednesday, February 17, 2027, 15:00 UTC, online\n"

    assert find_due_day("next plenary", date(2026, 11, 12), text) == date(2027, 2, 17)

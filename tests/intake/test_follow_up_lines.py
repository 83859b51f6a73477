"""Lines that follow up earlier actions: who does them, how far they are, and dates that are no deadlines."""

from datetime import date

import pytest

from jukwaa.intake.due_dates import find_due_day
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.columns import classify_column_heading
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.email_senders import name_email_senders
from jukwaa.intake.reader.foreign_owners import find_non_english_entry_owners


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


@pytest.mark.parametrize(
    ("line", "owners"),
    [
        ("Acción 6.5: formularios, Marta Ruiz y Eva van Dijk: en curso", ()),
        ("Marta Ruiz y Eva van a enviar la lista", ("Marta Ruiz", "Eva")),
    ],
)
def test_part_of_surname_is_no_verb(line, owners):
    assert find_non_english_entry_owners(line) == owners


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Action 6.2 (plan du guide, M. Okoro) : faite, plan transmis le 29 juin.",
            ("plan du guide", ("M. Okoro",), ""),
        ),
        (
            "Action 6.5 (formulaires, Mme Lopes et Mme van Dijk) : en cours.",
            ("formulaires", ("Mme Lopes", "Mme van Dijk"), ""),
        ),
        ("L’action 6.2 (plan du guide, M. Okoro) : voir plus bas.", None),
    ],
)
def test_sentence_on_earlier_action_gives_its_owner(sentence, found):
    made = read_report(
        f"# Compte rendu\n\n## Ouverture\n\nLa séance a commencé.\n\n{sentence}\n", language="fr"
    ).suggestions

    told = [(each.words, each.actors, each.due) for each in made if each.kind == "commitment"]
    assert told == ([found] if found else [])

"""Decisions in reported speech, cancelled meetings, signatures, and actions marked with a box."""

from datetime import date

import pytest

from jukwaa.intake.due_dates import find_next_meeting_day
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.email_senders import name_email_senders
from jukwaa.intake.reader.owner_cells import parse_owner_cell


def find_kinds(sentence, language="en"):
    found = read_report(f"# Minutes of 3 May 2026\n\nThe members met.\n\n{sentence}\n", language=language).suggestions
    return {made.kind for made in found if sentence.startswith(made.quote[:20]) or made.quote in sentence}


@pytest.mark.parametrize(
    ("language", "sentence", "is_decision"),
    [
        ("en", "After a round of comments the Sub-group agreed that members would be asked for figures only.", True),
        ("en", "On the proposal of the chair it was settled that the glossary would be kept in English.", True),
        ("en", "At the end of the debate the board decided to keep the fee.", True),
        ("en", "The idea of a common server was not retained for 2026, for reasons of cost.", True),
        ("en", "The proposal was therefore not adopted.", True),
        ("en", "Second decision: all materials go under open licence.", True),
        ("en", "After the board agreed on the fee, the members left.", False),
        ("en", "It was not settled whether the fee stays.", False),
        ("en", "The idea of a common server was not supported by the figures.", False),
        ("en", "The proposal was not adopted yet.", False),
        ("fr", "À l'issue d'un tour de table le groupe a décidé de renoncer à la subvention.", True),
        ("fr", "Après discussion il a été convenu que le guide paraîtra en mai.", True),
        ("fr", "Mme Lopes dit que le groupe a décidé trop tôt.", False),
        ("es", "Tras un debate largo el grupo decidió mantener la cuota.", True),
    ],
)
def test_decision_in_reported_speech(language, sentence, is_decision):
    assert ("decision" in find_kinds(sentence, language)) is is_decision


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Next call: 9 June 2026.", date(2026, 6, 9)),
        ("The 11 May call is cancelled, next call on 9 June 2026.", date(2026, 6, 9)),
        ("The 11 May call is cancelled.", None),
        ("The second meeting is foreseen in the second half of October 2026.", None),
        ("La prochaine réunion aura lieu dans la deuxième quinzaine de mars 2027.", None),
        ("Next meeting in June.", None),
    ],
)
def test_day_of_next_meeting_is_a_day(sentence, day):
    assert find_next_meeting_day(sentence, date(2026, 5, 3)) == day


@pytest.mark.parametrize(
    ("language", "sentence", "is_next"),
    [
        ("en", "The 11 November call is cancelled (several people at a conference).", False),
        ("en", "The meeting of 11 November 2026 will not take place.", False),
        ("fr", "La réunion du 11 novembre 2026 est annulée.", False),
        ("es", "La reunión del 11 de noviembre de 2026 se cancela.", False),
        ("pt", "A reunião de 11 de novembro de 2026 foi cancelada.", False),
        ("ar", "تم إلغاء اجتماع 11 نوفمبر 2026", False),
        ("en", "The 11 November call is cancelled, the next call is on 9 December 2026.", True),
        ("en", "Wed 9 December 2026, 13:00 UTC.", True),
    ],
)
def test_cancelled_meeting_is_no_next_meeting(language, sentence, is_next):
    title = {"fr": "Prochaine réunion", "es": "Próxima reunión", "pt": "Próxima reunião", "ar": "الاجتماع القادم"}
    text = f"# Minutes\n\n## {title.get(language, 'Next call')}\n\n{sentence}\n"
    found = read_report(text, language=language).suggestions

    assert any(made.kind == "next_meeting" for made in found) is is_next


@pytest.mark.parametrize(
    "line",
    [
        "La présidente : A. Lopes Le secrétaire de séance : B. Okoro",
        "Signed: Ana Lopes",
        "Signé : Mme Ana Lopes",
        "Firmado por: Ana Lopes",
        "The chair: A. Lopes   The secretary: B. Okoro",
    ],
)
def test_signature_is_nothing(line):
    assert read_report(f"# Compte rendu\n\n## Suites à donner\n\n{line}\n", language="fr").suggestions == ()


def test_task_behind_office_is_no_signature():
    text = "# Compte rendu\n\n## Suites à donner\n\n- La secrétaire : envoyer la liste avant le 3 mai\n"

    assert [made.kind for made in read_report(text, language="fr").suggestions] == ["commitment"]


def test_broken_promise_to_come_is_no_commitment():
    assert "commitment" not in find_kinds("Ben from Oak Farm promised to come but we did not see him.")
    assert "commitment" in find_kinds("Ben promised to send the list by 9 June.")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("AI ☐ Ana: put the draft online (19 Oct)", ("put the draft online (19 Oct)", ("Ana",), "19 Oct", "")),
        ("AI ☑ Ana: put the draft online (19 Oct)", ("put the draft online (19 Oct)", ("Ana",), "19 Oct", "done")),
        (
            "AI ☐ Ana + Ben: read replies, for the 9 Dec call",
            ("read replies, for the 9 Dec call", ("Ana", "Ben"), "9 Dec", ""),
        ),
        ("To-do [x] Ben: ask two firms, by 13 Nov", ("ask two firms, by 13 Nov", ("Ben",), "by 13 Nov", "done")),
        ("AI ☐ ???: find a moderator", ("find a moderator", (), "", "")),
    ],
)
def test_label_with_box_marks_an_action(line, expected):
    [made] = read_report(f"# Call\n\n{line}\n", language="en").suggestions

    assert (made.kind, (made.words, made.actors, made.due, made.status)) == ("commitment", expected)


@pytest.mark.parametrize("line", ["AI ☑ (done during the call)", "AI regulation ☐ read", "☐ Ana"])
def test_box_without_task_is_no_action(line):
    assert read_report(f"# Call\n\n{line}\n", language="en").suggestions == ()


@pytest.mark.parametrize(
    ("head", "day", "place"),
    [
        ("SUMMARY\n\nFirst meeting of the group\nTbilisi, 26 March 2026", date(2026, 3, 26), "Tbilisi"),
        ("RELEVÉ\n\nPremière réunion du groupe\nTunis, le 26 mars 2026", date(2026, 3, 26), "Tunis"),
        ("SUMMARY\n\nNext meeting of the group\nTbilisi, 26 March 2026", date(2026, 4, 9), "Amman"),
        ("SUMMARY\n\nThe group was set up at the meeting.", date(2026, 4, 9), "Amman"),
    ],
)
def test_place_and_date_below_title_beat_letterhead(head, day, place):
    facts = find_meeting_facts(f"OAK/TSG/2026/01\nAmman, 9 April 2026\n\n{head}\n\nThe members met.\n")

    assert (facts.day, facts.place) == (day, place)


@pytest.mark.parametrize(
    ("sentence", "owners", "due"),
    [
        ("I make translation of slides to Kyrgyz, deadline is 5 October.", ("Ben Okoro",), "5 October"),
        ("Azamat and Ani prepare short test, until end of September.", ("Azamat", "Ani"), "until end of September"),
        ("I will book the hall by 5 October.", ("Ben Okoro",), "by 5 October"),
    ],
)
def test_action_in_present_tense_has_owner_and_date(sentence, owners, due):
    quoted = (
        f"On Thu, 10 Sept 2026 at 09:14, Ben Okoro <ben@oak.example> wrote:\n> Notes of the call\n>\n> {sentence}\n"
    )
    text = f"From: Ana Lopes\nDate: Mon, 2 Nov 2026 11:03\nSubject: notes\n\nFor your files.\n\n{quoted}"
    [made] = [each for each in name_email_senders(read_report(text)).suggestions if each.kind == "commitment"]

    assert (made.actors, made.due) == (owners, due)


@pytest.mark.parametrize(
    "sentence",
    [
        "I make the translation of the slides before lunch.",
        "I think that the gate opens by 5 October.",
        "Elm House and Oak Farm open until 5 October.",
        "Countries and Regions report on progress by 2030.",
    ],
)
def test_present_tense_alone_is_no_action(sentence):
    assert "commitment" not in find_kinds(sentence)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("S. Ben Lopes et K. Okoro", ("S. Ben Lopes", "K. Okoro")),
        ("Ana (lead), Ben to proofread", ("Ana", "Ben")),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("Access to justice team", ("Access to justice team",)),
    ],
)
def test_owners_in_cell(cell, names):
    assert parse_owner_cell(cell) == names


@pytest.mark.parametrize(
    ("line", "is_action"),
    [("draft 0.4 is in the drive, two pages and a half", False), ("draft 2 pages on the fees", True)],
)
def test_numbered_text_is_no_task(line, is_action):
    head = "# Call of 3 May 2026\n\nPresent: Ana Lopes, Ben Okoro\n\n## 2. Guidelines (25 min, Ana)"
    text = f"{head}\n\n- {line}\n- send the list\n"
    found = read_report(text, language="en").suggestions

    assert (line in [made.quote for made in found if made.kind == "commitment"]) is is_action

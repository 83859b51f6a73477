"""Notations of real reports, invented here: tables with a row per agenda item, attendance in one line, rough notes."""

import pytest

from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.columns import classify_column_heading


def find_suggestion_texts(text, suggestion_kind):
    return [s.words or s.quote for s in read_report(text).suggestions if s.kind == suggestion_kind]


def find_tasks(text):
    return [
        (s.words or s.quote, s.actors, s.due, s.status) for s in read_report(text).suggestions if s.kind == "commitment"
    ]


def find_attendees(text):
    return [name for s in read_report(text).suggestions if s.kind == "attendee" for name in s.actors]


AGENDA_TABLE = """# Orchard network

{head}
1.1 Welcome | Ben welcomed all. | Agenda adopted | –
1.2 | Two slips of the pen. | Notes of 3 March approved | AL to post the notes / by tomorrow
2 Ladders | Long exchange on wood and steel. | (deferred to April) | All members → suggest ladders, before end of March
3 Fence |  | {nothing} | BO + AL: ask for prices, 27 Feb; TB: call the painter
"""


@pytest.mark.parametrize(
    ("head", "nothing"),
    [
        ("Item | Discussion | Decision | Action / who / when", "no decision"),
        ("Agenda item | Discussion | Decisions | Action (who, when)", "None"),
        ("Point | Discussion | Décision | Action / qui / quand", "Néant"),
        ("Tema | Discusión | Decisión | Acción / quién / cuándo", "sin acuerdo"),
        ("Assunto | Discussão | Decisão | Ação, quem e quando", "nenhuma"),
        ("Item | Discussion | Decision | Action", "n/a"),
    ],
)
def test_agenda_table_row_gives_decision_and_tasks(head, nothing):
    text = AGENDA_TABLE.format(head=head, nothing=nothing)

    assert find_suggestion_texts(text, "decision") == ["Agenda adopted", "Notes of 3 March approved"]
    assert [(words, actors) for words, actors, _due, _status in find_tasks(text)] == [
        ("AL to post the notes / by tomorrow", ("AL",)),
        ("All members → suggest ladders, before end of March", ("All members",)),
        ("BO + AL: ask for prices, 27 Feb", ("BO", "AL")),
        ("TB: call the painter", ("TB",)),
    ]


def test_owner_and_deadline_in_one_column_are_separated():
    text = (
        "Item | Decision | Action | Who / when\nFence | – | Ask for prices | Ana Lopes, 3 May\nGate | Keep it | – | –"
    )

    assert find_tasks(text) == [("Ask for prices", ("Ana Lopes",), "3 May", "")]
    assert find_suggestion_texts(text, "decision") == ["Keep it"]


def test_decision_with_owner_beside_it_gives_no_task_from_its_title():
    text = "Item | Decision | Who | When\nLadders | Buy two ladders | Ana Lopes | 3 May\nGate | Keep it | – | –"

    assert find_tasks(text) == []
    assert find_suggestion_texts(text, "decision") == ["Buy two ladders", "Keep it"]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Action / who / when", "what"),
        ("Actions (qui, quand)", "what"),
        ("Who and when", "who_and_due"),
        ("Action by", "who"),
        ("Commitment / Task", "what"),
        ("Items and news", ""),
    ],
)
def test_combined_column_heading_is_classified(heading, column):
    assert classify_column_heading(heading) == column


@pytest.mark.parametrize(
    "line",
    [
        "Present: Ana Lopes, Ben Okoro; on screen: Dina Said; Regrets: Theo Berg",
        "Present: Ana Lopes, Ben Okoro\nOn screen: Dina Said\nInvited, did not join (2): Theo Berg, Lia Moss",
        "Étaient présents : Ana Lopes, Ben Okoro ; en ligne : Dina Said. Excusés : Theo Berg.",
        "Presentes: Ana Lopes, Ben Okoro; en línea: Dina Said; Ausentes: Theo Berg",
        (
            "In the room | Ana Lopes (chair) Ben Okoro (QWF)\nOn the screen | Dina Said (ZCD)\n"
            "Sent their regrets | Theo Berg"
        ),
        "Attendees (5): Ana Lopes, Ben Okoro, Dina Said, iPhone (2), Scribbler AI Notetaker",
    ],
)
def test_attendees_exclude_absent_people_and_machines(line):
    assert find_attendees(f"# Call of 3 May\n\n{line}\n\nWe talked.") == ["Ana Lopes", "Ben Okoro", "Dina Said"]


ROUGH_NOTES = """call 3/5 - zoom

here: me, Ana, Ben, Dina Said (late)
sorry: Theo, Lia (ill)

1 fence - too long!! Ana: what about the gate? DEC pilot yes, but no gate
   DEC: ask members in May, 6 wks
   AP AL + BO  cut the fence   -> 1 Oct
   AP Dina - first sketch
   AP me - ask the school
   -> Ben: order the ladders
2 so -> no gate for now
+254 700 000 000
ana@example.org
"""


def test_rough_notes_give_attendees_decisions_and_tasks():
    assert find_attendees(ROUGH_NOTES) == ["Ana", "Ben", "Dina Said"]
    assert find_suggestion_texts(ROUGH_NOTES, "decision") == ["pilot yes, but no gate", "ask members in May, 6 wks"]
    assert find_tasks(ROUGH_NOTES) == [
        ("AL + BO cut the fence -> 1 Oct", ("AL", "BO"), "1 Oct", ""),
        ("Dina - first sketch", ("Dina",), "", ""),
        ("me - ask the school", (), "", ""),
        ("Ben: order the ladders", ("Ben",), "", ""),
    ]


@pytest.mark.parametrize("line", ["AI regulation in Europe is late", "AP reported on the fair", "DEC 2025 was cold"])
def test_words_that_resemble_note_markers_give_no_suggestions(line):
    assert find_tasks(f"# Call\n\n{line}") == []
    assert find_suggestion_texts(f"# Call\n\n{line}", "decision") == []


def test_arrow_with_an_owner_is_an_action_even_under_a_decision():
    text = (
        "# Record\n\n## DECISION 4. The fence is two metres high.\n\n→ AL, BO: first sketch, by 30.06.26\n"
        "→ DS (with TB for paint): colours\n"
    )

    assert [(words, actors) for words, actors, _due, _status in find_tasks(text)] == [
        ("AL, BO: first sketch, by 30.06.26", ("AL", "BO")),
        ("DS (with TB for paint): colours", ("DS",)),
    ]
    assert find_suggestion_texts(text, "decision") == []


ROBOT_NOTES = """Scribbler AI recap
Orchard monthly
Attendees (2): Ana Lopes, Ben Okoro

Summary
The group decided to keep the fees.

Next steps
[x] Ana Lopes – send the list around
[ ] Ben Okoro – write to the school (by tomorrow)  @00:15:02
[ ] call the painter – Ana Lopes  @00:27:44

Transcript excerpt
Ben Okoro 00:15:02  I will write to the school tomorrow
Ana Lopes 00:16:00  We decided to keep the fees
"""


def test_checkboxes_of_automatic_notes_are_tasks_and_transcript_is_skipped():
    assert find_suggestion_texts(ROBOT_NOTES, "decision") == ["The group decided to keep the fees."]
    assert find_tasks(ROBOT_NOTES) == [
        ("Ana Lopes – send the list around", ("Ana Lopes",), "", "done"),
        ("Ben Okoro – write to the school (by tomorrow)", ("Ben Okoro",), "by tomorrow", ""),
        ("call the painter – Ana Lopes", ("Ana Lopes",), "", ""),
    ]


def test_transcript_without_a_summary_is_read():
    text = "Transcript\n\nAna Lopes 00:16:00  The group decided to keep the fees."

    assert len(find_suggestion_texts(text, "decision")) == 1


def test_quote_marks_of_emails_are_removed_from_suggestions():
    text = "> >> Present: Ana, Ben, Dina\n>>> To do:\n>>>   - Ana: send the forms - 3 May\n>>>   - Ben: book the hall\n"

    assert find_attendees(text) == ["Ana", "Ben", "Dina"]
    assert [(words, actors) for words, actors, _due, _status in find_tasks(text)] == [
        ("Ana: send the forms - 3 May", ("Ana",)),
        ("Ben: book the hall", ("Ben",)),
    ]


def test_numbered_decision_of_two_sentences_is_one():
    text = (
        "# Record\n\n## Fees\n\nDECISION 2026/6. The fee stays at ten. It shall not be raised in May.\n\nThen we went."
    )

    assert find_suggestion_texts(text, "decision") == ["The fee stays at ten. It shall not be raised in May."]


def test_attendees_with_initials_are_found_in_a_sentence():
    text = (
        "# Who came\n\nAna Lopes (AL, host, chair), Ben Okoro (BO) and, by link, Dina Said (DS). Theo Berg (TB)"
        " followed as an observer. Absent with apologies: Lia Moss, Joe Fox.\n"
    )

    assert find_attendees(text) == ["Ana Lopes", "Ben Okoro", "Dina Said", "Theo Berg"]


FRENCH_NOTES = """COMPTE RENDU DE LA RÉUNION

1. Ouverture. L’ordre du jour est adopté sans modification.

2. Clôture. Les membres conviennent de garder la clôture. M. Okoro présente le plan reçu de Mme Lopes.

2.1. Mme Lopes rédigera la lettre avant le 31/07/2026 ; M. Okoro fera de même pour le plan.

2.2. M. Berg est chargé de recueillir les avis des écoles.

3. Radio. M. Okoro et Mme Lopes enverront une note. Mme Said se propose de relire le texte. Elle sera longue.
"""


def test_french_prose_gives_decisions_and_commitments():
    assert find_suggestion_texts(FRENCH_NOTES, "decision") == [
        "L’ordre du jour est adopté sans modification.",
        "Les membres conviennent de garder la clôture.",
    ]
    assert [(words, actors) for words, actors, _due, _status in find_tasks(FRENCH_NOTES)] == [
        ("Mme Lopes rédigera la lettre avant le 31/07/2026", ("Mme Lopes",)),
        ("M. Okoro fera de même pour le plan", ("M. Okoro",)),
        ("Berg est chargé de recueillir les avis des écoles", ("Berg",)),
        ("M. Okoro et Mme Lopes enverront une note", ("M. Okoro", "Mme Lopes")),
        ("Mme Said se propose de relire le texte", ("Mme Said",)),
    ]

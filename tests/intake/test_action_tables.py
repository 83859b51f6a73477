"""Tables of actions and of people as real minutes write them: owners, moved dates, votes, kinds of rows."""

import time

import pytest

from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.deadlines import split_mixed_due_cells
from jukwaa.intake.reader.owner_cells import parse_owner_cell
from jukwaa.intake.reader.superseded_dates import remove_superseded_date


def find_by_kind(text, suggestion_kind, language=None):
    return [s for s in read_report(text, language=language).suggestions if s.kind == suggestion_kind]


@pytest.mark.parametrize(
    ("cell", "owners"),
    [
        ("Ana Lopes / Ben", ("Ana Lopes", "Ben")),
        ("Ana + Ben", ("Ana", "Ben")),
        ("Ana/Ben", ("Ana", "Ben")),
        ("K. Okoro ; C. F. Lund ; I. Said", ("K. Okoro", "C. F. Lund", "I. Said")),
        ("J. Ruiz + Sr Lund", ("J. Ruiz", "Sr Lund")),
        ("Julia y Florencia", ("Julia", "Florencia")),
        ("Esi und Nuno", ("Esi", "Nuno")),
        ("Harriet (Treasurer)", ("Harriet",)),
        ("C. Moreno (appui : I. Ito)", ("C. Moreno",)),
        ("Secretariat (S. A.)", ("Secretariat",)),
        ("all SC members", ("all SC members",)),
        ("N. N.", ()),
        # One name each.
        ("TCP/IP team", ("TCP/IP team",)),
        ("IT/OT group", ("IT/OT group",)),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("Médicos y Pacientes", ("Médicos y Pacientes",)),
        ("Derechos y Justicia", ("Derechos y Justicia",)),
        ("Research e Action", ("Research e Action",)),
        ("Marie de la Tour", ("Marie de la Tour",)),
        ("Ana Lopes (Elm Farm)", ("Ana Lopes (Elm Farm)",)),
    ],
)
def test_owner_cell_names_each_owner_once(cell, owners):
    assert parse_owner_cell(cell) == owners


@pytest.mark.parametrize(
    ("deadline", "current"),
    [
        ("was 31 Jan 2026; now 31 March 2026", "31 March 2026"),
        ("31 March 2026 (was 31 Jan 2026)", "31 March 2026"),
        ("31 March 2026 (originally 31 Jan)", "31 March 2026"),
        ("~~31 Jan~~ 31 March", "31 March"),
        ("31 Jan, extended to 31 March", "31 March"),
        ("bisher 31.1.2026, neu 31.3.2026", "31.3.2026"),
        ("initialement 31/01, reporté au 31/03", "31/03"),
        ("antes 31/01/2026; ahora 31/03/2026", "31/03/2026"),
        ("era 31/01/2026; agora 31/03/2026", "31/03/2026"),
        ("31 mars 2026 (avant 31 janvier)", "31 mars 2026"),
        ("31. März (war 31. Januar)", "31. März"),
        ("15/07/26 (reprog. 30/09/26)", "30/09/26"),
        ("31 March 2026 (extended to 30 April)", "30 April"),
        # One date only, or two that both hold.
        ("28 May 2026", "28 May 2026"),
        ("outline 1 May, draft 1 June", "outline 1 May, draft 1 June"),
        ("before 3 May (AGM)", "before 3 May (AGM)"),
        ("antes del 3 de mayo", "antes del 3 de mayo"),
        ("avant le 3 mai, salle 2", "avant le 3 mai, salle 2"),
        ("Semana 12, antes del 20 de marzo", "Semana 12, antes del 20 de marzo"),
        ("Semana 12 (antes del 20 de marzo)", "Semana 12 (antes del 20 de marzo)"),
        ("Q1 2027, avant le 31 mars", "Q1 2027, avant le 31 mars"),
        ("Asamblea 2027, antes del 1 de junio", "Asamblea 2027, antes del 1 de junio"),
        ("31 mai, avant 17h", "31 mai, avant 17h"),
        ("31 mai (avant 17h)", "31 mai (avant 17h)"),
    ],
)
def test_superseded_date_is_removed(deadline, current):
    assert remove_superseded_date(deadline) == current


def test_long_deadline_is_read_at_once():
    cell = "was 1 " * 600
    start = time.process_time()

    assert remove_superseded_date(cell) == cell
    assert time.process_time() - start < 0.1


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("Completed by 30 June 2027", "Completed by 30 June 2027"),
        ("Done by 3 May 2027", "Done by 3 May 2027"),
        ("Done by the end of May", "Done by the end of May"),
        ("Fait pour le 3 mai", "Fait pour le 3 mai"),
        ("Terminé d'ici juin", "Terminé d'ici juin"),
        ("Hecho antes del 3 de mayo", "Hecho antes del 3 de mayo"),
        ("Feito até 3 de maio", "Feito até 3 de maio"),
        ("Closed session 4 May", "Closed session 4 May"),
        ("Completed 3 May", ""),
        ("Done by Ana Lopes on 3 May", ""),
        ("Fait le 3 mai", ""),
    ],
)
def test_deadline_with_word_for_done_is_no_status(cell, due):
    row = split_mixed_due_cells({"what": "Send the list", "due": cell})

    assert (row.get("due", ""), row.get("status", "")) == (due, "" if due else cell)


def test_moved_deadline_of_action_is_the_new_one():
    text = "Action | Who | By when\nUpdate the list | Ana Lopes | was 31 Jan 2026; now 31 March 2026\n"

    (action,) = find_by_kind(text, "commitment")

    assert action.due == "31 March 2026"


PEOPLE = """# Orchard network

## Attendance

Name | Organisation |  | Vote
Ana Lopes | Elm Farm | R | Y
Ben Okoro | Oak Farm | V | {mark}
Dina Said | Secretariat | R | –
"""


@pytest.mark.parametrize("mark", ["Y", "N", "–", "-", ""])
def test_dash_in_column_of_votes_does_not_make_absent(mark):
    names = [name for s in find_by_kind(PEOPLE.format(mark=mark), "attendee") for name in s.actors]

    assert names == ["Ana Lopes", "Ben Okoro", "Dina Said"]


def test_apologies_in_column_of_votes_make_absent():
    names = [name for s in find_by_kind(PEOPLE.format(mark="apologies"), "attendee") for name in s.actors]

    assert names == ["Ana Lopes", "Dina Said"]


KINDS = """# Réseau des vergers

## Relevé de décisions

{head}
1 | D | La clôture est repeinte en vert. | – | –
2 | A | Demander trois devis | K. Okoro ; I. Said | 30/11/2026
3 | I | Prix du bois : information | – | –
4 | A | Ouvrir un dossier partagé | Secrétariat (S. A.) | fait en séance
"""


@pytest.mark.parametrize(
    "head",
    [
        "N° | Nature | Objet | Pilote | Échéance",
        "No. | Type | Item | Owner | Due",
        "Nr. | Art | Was | Wer | Bis wann",
        "N.º | Tipo | Asunto | Responsable | Plazo",
    ],
)
def test_column_says_which_rows_are_decisions_and_actions(head):
    text = KINDS.format(head=head)

    assert [s.words for s in find_by_kind(text, "decision", "fr")] == ["La clôture est repeinte en vert."]
    assert [(s.words, s.actors, s.due, s.status) for s in find_by_kind(text, "commitment", "fr")] == [
        ("Demander trois devis", ("K. Okoro", "I. Said"), "30/11/2026", ""),
        ("Ouvrir un dossier partagé", ("Secrétariat",), "", "fait en séance"),
    ]

"""Tables of actions and of people as real minutes write them: owners, moved dates, votes, kinds of rows."""

import pytest

from jukwaa.intake.reader import read_report
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
        # One date only, or two that both hold.
        ("28 May 2026", "28 May 2026"),
        ("outline 1 May, draft 1 June", "outline 1 May, draft 1 June"),
        ("before 3 May (AGM)", "before 3 May (AGM)"),
        ("antes del 3 de mayo", "antes del 3 de mayo"),
        ("avant le 3 mai, salle 2", "avant le 3 mai, salle 2"),
    ],
)
def test_superseded_date_is_removed(deadline, current):
    assert remove_superseded_date(deadline) == current


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

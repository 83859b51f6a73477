"""Owners and deadlines in the many notations of real minutes, in four languages, and what only looks like them."""

import pytest

from jukwaa.intake.reader import read_report

ACTIONS_TEXT = (
    "# Call of 19 May 2026\n\nThe group talked about the fence and the map of the garden.\n\n## Actions\n\n{}\n"
)
TOPIC_TEXT = "# Call of 19 May 2026\n\nPresent: Ana Lopes, Ben Okoro, Dina Haddad\n\n## Website\n\n{}\n"
FOREIGN_TEXTS = {
    "fr": "# Compte rendu du 19 mai 2026\n\nPrésents : Ana Lopes, Ben Okoro\n\n"
    "Le conseil a parlé des cotisations avec les personnes présentes à la réunion.\n\n## {}\n\n{}\n",
    "es": "# Acta del 19 de mayo de 2026\n\nAsistentes: Ana Lopes, Ben Okoro\n\n"
    "La junta habló de las cuotas y del mapa con las personas presentes.\n\n## {}\n\n{}\n",
    "pt": "# Ata de 19 de maio de 2026\n\nPresentes: Ana Lopes, Ben Okoro\n\n"
    "A diretoria falou das quotas com as pessoas presentes na reunião.\n\n## {}\n\n{}\n",
}
ACTION_HEADINGS = {"fr": "Actions", "es": "Tareas", "pt": "Tarefas"}


def list_commitments(text):
    return [(s.owner, s.due) for s in read_report(text).suggestions if s.kind == "commitment"]


@pytest.mark.parametrize(
    ("entry", "owner", "due"),
    [
        ("- The Secretariat will circulate the minutes within two weeks", "Secretariat", "within two weeks"),
        ("- Chair to write to the ministry before the next meeting", "Chair", "before the next meeting"),
        ("- All members to send comments by 1 June 2026", "All members", "by 1 June 2026"),
        ("- [ ] @ana-l update the FAQ (due 3 June)", "@ana-l", "due 3 June"),
        ("- **Ana Lopes** – book the hall – **3 June**", "Ana Lopes", "3 June"),
        ("- Book the hall → Ana, 3 June", "Ana", "3 June"),
        ("- Book the hall. Lead: Ana; support: Ben; deadline: end of June", "Ana", "deadline: end of June"),
        ("- Book the hall - AL/BO - June", "AL", "June"),
        ("1. Book the hall — Finance committee — 30 June", "Finance committee", "30 June"),
        ("1. Cllr Brown and the Clerk to meet the contractor w/c 8 June", "Cllr Brown", "w/c 8 June"),
        ("* Book the hall **(Ana)** *3 June*", "Ana", "3 June"),
        ("* Book the hall: Ana, by 3 June", "Ana", "by 3 June"),
        ("* Book the hall: Ana", "Ana", ""),
        ("* Ana: Follow up on Harbour School about the hall", "Ana", ""),
        ("* Ana to finish the list in 1-2 weeks", "Ana", "in 1-2 weeks"),
        ("* Ana is responsible for booking the hall by 3 June", "Ana", "by 3 June"),
        ("* Ana will, by 3 June, book the hall", "Ana", "by 3 June"),
        ("- Letter to the town (Ben, tbd)", "Ben", ""),
        ("- Who: Ana. What: book the hall. When: 3 June", "Ana", "3 June"),
        ("- What: book the hall; Who: Ana; When: 3 June", "Ana", "3 June"),
        ("- Book the hall (3 June) – Ana and Ben", "Ana", "3 June"),
        ("- **Action (Ana, 3 June):** book the hall", "Ana", "3 June"),
        ("* Hosts team: book the hall by Q3", "Hosts team", "by Q3"),
    ],
)
def test_entry_of_a_list_of_actions_has_owner_and_deadline(entry, owner, due):
    assert list_commitments(ACTIONS_TEXT.format(entry)) == [(owner, due)]


@pytest.mark.parametrize(
    ("entry", "owner", "due"),
    [
        ("**Fence** – Ana to order wood by 3 June.", "Ana", "by 3 June"),
        ("- todo (Dina) : announce the meetup", "Dina", ""),
        ("- Fix the fence -> **Ana**", "Ana", ""),
        ("- The fence is broken. → Ben to repair it by 3 June", "Ben", "by 3 June"),
        ("- AI Ana: repair the fence", "Ana", ""),
        ("ACTION 3/26: Ana to repair the fence. Deadline 3 June.", "Ana", "Deadline 3 June"),
        ("- **Next step:** Ana drafts the letter", "Ana", ""),
    ],
)
def test_task_among_other_notes_is_a_commitment(entry, owner, due):
    assert list_commitments(TOPIC_TEXT.format(entry)) == [(owner, due)]


@pytest.mark.parametrize(
    "entry",
    [
        "- The value went 5 -> 10",
        "- Input -> Output",
        "- Old page -> New Page",
        "- Roof > todo is long",
        "- Fence > DONE Ben",
        "- Fence > todo > asked Ben",
        "- The list (todo)",
        "- Hall: Ana",
        "**Note**: the processing is documented in section [4][AIH].",
    ],
)
def test_note_that_resembles_a_task_is_not_a_commitment(entry):
    assert list_commitments(TOPIC_TEXT.format(entry)) == []


@pytest.mark.parametrize(
    "entry",
    ["- Registration opens on 3 June", "- Website needs an update", "- Buy food: apples", "- Invite the hosts: 3 June"],
)
def test_thing_in_action_list_is_not_an_owner(entry):
    assert [owner for owner, _due in list_commitments(ACTIONS_TEXT.format(entry))] in ([""], [])


@pytest.mark.parametrize(
    ("language", "entry", "owner", "due"),
    [
        ("fr", "Réserver la salle → Ana et Ben pour fin juin", "Ana", "pour fin juin"),
        ("fr", "Le secrétariat envoie la liste d'ici le 3 juin", "secrétariat", "d'ici le 3 juin"),
        ("fr", "Le président doit écrire au maire", "président", ""),
        ("fr", "Claire réserve la salle pour le 3 juin", "Claire", "pour le 3 juin"),
        ("fr", "Finaliser liste des hôtes pour le 3 juin", "", "pour le 3 juin"),
        ("fr", "Tous : relire les statuts avant la prochaine réunion", "Tous", "avant la prochaine réunion"),
        ("fr", "Chacun doit relire les statuts", "Chacun", ""),
        ("es", "La Secretaría enviará el acta antes del viernes", "Secretaría", "antes del viernes"),
        ("es", "Queda Dina encargada de reservar la sala", "Dina", ""),
        ("es", "Para la próxima reunión Dina traerá una lista", "Dina", "Para la próxima reunión"),
        ("fr", "À Dina de réserver la salle", "Dina", ""),
        ("fr", "Réserver la salle : Dina", "Dina", ""),
        ("fr", "Action Dina : réserver la salle", "Dina", ""),
        ("es", "Reservar la sala (a cargo de Dina)", "Dina", ""),
        ("es", "Reservar la sala - Ana - 3/6", "Ana", "3/6"),
        ("pt", "A secretaria enviará a ata em duas semanas", "secretaria", "em duas semanas"),
        ("pt", "Ana ficou de reservar a sala até sexta-feira", "Ana", "até sexta-feira"),
    ],
)
def test_action_in_another_language_has_owner_and_deadline(language, entry, owner, due):
    text = FOREIGN_TEXTS[language].format(ACTION_HEADINGS[language], f"- {entry}")

    assert list_commitments(text) == [(owner, due)]


@pytest.mark.parametrize(
    ("language", "line", "owner"),
    [
        ("fr", "- Réserver la salle -> **@theo**", "@theo"),
        ("fr", "Ana enverra la liste.", "Ana"),
        ("fr", "Ana s'en charge.", "Ana"),
        ("es", "Cuotas. Para la próxima reunión Ana traerá una lista.", "Ana"),
        ("pt", "Ben vai enviar a lista.", "Ben"),
    ],
)
def test_foreign_promise_among_other_matters_is_found(language, line, owner):
    assert [found for found, _due in list_commitments(FOREIGN_TEXTS[language].format("Sala", line))] == [owner]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "- La salle est grande -> voir le plan"),
        ("fr", "Il faudra réserver la salle."),
        ("fr", "Ana a réservé la salle."),
        ("fr", "La salle sera fermée."),
        ("es", "Se enviará la lista."),
        ("es", "Ana envió la lista."),
        ("es", "Ana compra la comida."),
        ("es", "Ana espera la lista."),
        ("es", "Madrid será la sede."),
        ("es", "Todo quedará listo."),
        ("es", "¿Ana enviará la lista?"),
        ("pt", "A sala será pintada."),
    ],
)
def test_sentence_without_promise_of_attendee_is_not_a_commitment(language, line):
    assert list_commitments(FOREIGN_TEXTS[language].format("Sala", line)) == []


def list_attendee_names(text):
    return [name for s in read_report(text).suggestions if s.kind == "attendee" for name in s.actors]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Presentes: Ana Lopes, Ben Okoro e Dina Haddad", ["Ana Lopes", "Ben Okoro", "Dina Haddad"]),
        ("Présents : Ana Lopes et Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Asistentes: José Ortega y Gasset, Ana Lopes", ["José Ortega y Gasset", "Ana Lopes"]),
    ],
)
def test_last_name_of_attendee_list_is_a_separate_person(line, names):
    assert list_attendee_names(f"# Acta\n\n{line}\n\n## Sala\n\nNada.\n") == names


def test_attendance_sentences_of_spanish_minutes_are_parsed():
    text = (
        "# Acta\n\n## Asistencia\n\nLos siguientes miembros de la junta estuvieron presentes en la reunión (3 de 5): "
        "Ana Lopes, Ben Okoro y Dina Haddad.\n\nTambién estuvieron Eva Ruiz (socia) y Leo Paz.\n\n"
        "## Sala\n\nNo asistieron: Omar Diaz y Sofía Gil.\n\nLos socios participaron en la cena con Luz, Mar y Sol.\n"
    )

    assert list_attendee_names(text) == ["Ana Lopes", "Ben Okoro", "Dina Haddad", "Eva Ruiz", "Leo Paz"]


@pytest.mark.parametrize("legend", ['" * " indicates attending', "* = present", "\\* denotes members present"])
def test_attendees_are_found_by_sign_explained_in_legend(legend):
    text = (
        "# Call\n\n## Members\n\n- **Harbour School** - Ana Lopes * / Ben Okoro\n"
        "- **Helpline** - Dina Haddad (chair) *\n"
        f"- **Lake Trust** - Omar Diaz\n\n{legend}\n\n## Fence\n\nThe fence is old.\n"
    )

    assert list_attendee_names(text) == ["Ana Lopes", "Dina Haddad"]


def test_sign_without_legend_marks_no_attendees():
    text = "# Call\n\n## Fence\n\n- Harbour School - Ana Lopes *\n- Helpline - Dina Haddad *\n\n* indicates a vote\n"

    assert list_attendee_names(text) == []


TITLED_TEXT = (
    "# Call\n\n## Fence\n\n{}\n\n## Actions\n\n{}\n- Send the list\n- Book the hall\n\n{}\n- Write to the town\n"
)


@pytest.mark.parametrize(
    ("told", "titles", "owners"),
    [
        ("Ana said that the fence is old.", ("Ana", "Ben"), ["Ana", "Ana", "Ben"]),
        ("The fence is old.", ("Ana", "Ben"), ["", "", ""]),
        ("Ana said that the fence is old.", ("Website", "Budget"), ["", "", ""]),
    ],
)
def test_name_above_tasks_is_owner_if_minutes_mention_person(told, titles, owners):
    assert [owner for owner, _due in list_commitments(TITLED_TEXT.format(told, *titles))] == owners


def test_title_that_groups_tasks_is_not_a_task():
    entries = "- **Fence**\n  - Ana: ask the town\n  - Ben: order wood\n- **Hall**\n  - Dina to call the host"

    assert [owner for owner, _due in list_commitments(ACTIONS_TEXT.format(entries))] == ["Ana", "Ben", "Dina"]


def test_task_with_notes_below_is_one_commitment():
    assert len(list_commitments(ACTIONS_TEXT.format("- Fence repair\n  - it is old\n  - the town was asked"))) == 1


def test_owner_in_lead_in_applies_to_tasks_below():
    entries = "Ana to:\n- ask the town\n- order wood\n\nBen to:\n- call the host"

    assert [owner for owner, _due in list_commitments(ACTIONS_TEXT.format(entries))] == ["Ana", "Ana", "Ben"]


def list_suggestions_of_table(*rows):
    rule = "|".join("---" for _cell in rows[0].split("|"))
    lines = "\n".join(f"| {row} |" for row in (rows[0], rule, *rows[1:]))
    made = read_report(f"# Call\n\n## Notes\n\n{lines}\n").suggestions
    return [(s.kind, s.words, s.owner, s.due) for s in made if s.kind in {"commitment", "decision"}]


def test_agreement_with_owner_and_deadline_is_one_task():
    rows = ("Acuerdo | Responsable | Plazo", "Enviar la lista | Ana | 3 de mayo")

    assert list_suggestions_of_table(*rows) == [("commitment", "Enviar la lista", "Ana", "3 de mayo")]


def test_agreement_without_owner_stays_a_decision():
    [row] = list_suggestions_of_table("Acuerdo | Responsable | Notas", "Se mantiene la cuota | | Sin cambios")

    assert row[:2] == ("decision", "Se mantiene la cuota")


@pytest.mark.parametrize(
    "rows",
    [
        ("Situação | Ação | Responsável", "Previsto para 3/6/2026 | Enviar a lista | Ana"),
        ("Action | Owner | Status", "Enviar a lista | Ana | In progress – due 3/6/2026"),
        ("Issue | For | Action | Timescale", "7 | Ana | Enviar a lista | 3/6/2026"),
        ("Item | Action | By | When", "7 | Enviar a lista | Ana | 3/6/2026"),
        ("Who | Does what | By when", "Ana | Enviar a lista | 3/6/2026"),
        ("Detail | Resp. | Timescale", "Enviar a lista | Ana | 3/6/2026"),
    ],
)
def test_owner_and_deadline_are_read_from_table_columns(rows):
    assert list_suggestions_of_table(*rows) == [("commitment", "Enviar a lista", "Ana", "3/6/2026")]


def test_empty_cell_of_actions_is_no_task():
    assert list_suggestions_of_table("Topic | Discussion | Action", "Hall | It is closed. | –") == []


@pytest.mark.parametrize(
    "rows", [("For | Against | Abstain", "3 | 2 | 1"), ("Item | For | Against", "New fence | 3 | 2")]
)
def test_votes_for_and_against_are_no_tasks(rows):
    assert list_suggestions_of_table(*rows) == []

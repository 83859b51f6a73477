"""Who came and what was decided, in layouts of real minutes, and the letters in which they are written."""

import unicodedata

import pytest

from jukwaa.intake.reader import read_report

NOTES_TEXT = "# Call of 19 May 2026\n\n{}\n\n## Fence\n\nThe group talked about the fence and the map of the garden.\n"
FOREIGN_TEXTS = {
    "fr": "# Compte rendu du 19 mai 2026\n\n"
    "Le conseil a parlé des cotisations avec les personnes présentes à la réunion.\n\n## Cotisations\n\n{}\n",
    "es": "# Acta del 19 de mayo de 2026\n\n"
    "La junta habló de las cuotas y del mapa con las personas presentes.\n\n## Cuotas\n\n{}\n",
    "pt": "# Ata de 19 de maio de 2026\n\n"
    "A diretoria falou das quotas com as pessoas presentes na reunião.\n\n## Quotas\n\n{}\n",
}
SEPARATE_ACCENTS_TEXT = (
    "## Présents :\n* Éloïse (parent),\n* Noël (école)\n\n"
    "Le conseil a parlé des cotisations avec les personnes présentes à la réunion.\n\n"
    "## Actions\n\n| Tâche | Qui | Échéance |\n|---|---|---|\n| Réserver la salle | Éloïse | Fin février |\n"
)
WIDE_TABLE = "| Name | Call sign | Grid | Club | Fee |\n|---|---|---|---|---|\n| Ana Lopes | X1 | FN25 | Yes | No |"


def list_attendees(text):
    return [name for s in read_report(text).suggestions if s.kind == "attendee" for name in s.actors]


def list_decisions(text):
    return [s.quote for s in read_report(text).suggestions if s.kind == "decision"]


def test_letters_with_separate_accents_are_read_at_their_places():
    text = unicodedata.normalize("NFD", SEPARATE_ACCENTS_TEXT)
    reading, composed = read_report(text), read_report(SEPARATE_ACCENTS_TEXT)
    assert [(s.kind, s.owner, s.due) for s in reading.suggestions] == [
        ("attendee", "", ""),
        ("attendee", "", ""),
        ("commitment", "Éloïse", "Fin février"),
    ]
    found = [*reading.sentences, *reading.suggestions]
    assert reading.text == text
    assert all(text[item.start : item.end] == item.quote for item in found)
    wanted = [*composed.sentences, *composed.suggestions]
    assert [unicodedata.normalize("NFC", item.quote) for item in found] == [item.quote for item in wanted]


@pytest.mark.parametrize("text", ["e\u0301", "\u0301e\u0301\u0323", "a\u0315\u0301 b", "z\u0301\u0302", "1\u0301"])
def test_accents_without_one_letter_keep_their_places(text):
    reading = read_report(f"Present: Ana Lopes\n\n{text}\n\nDecision: keep {text} it.")
    found = [*reading.sentences, *reading.suggestions]
    assert found
    assert all(reading.text[item.start : item.end] == item.quote for item in found)


@pytest.mark.parametrize(
    "words",
    [
        "In attendence: Ana Lopes, Ben Okoro",
        "The following people were present:\n\n- Ana Lopes\n- Ben Okoro",
        "The following members attended the meeting:\n\n- Ana Lopes\n- Ben Okoro",
        "Those present were Ana Lopes and Ben Okoro.",
        f"The following people were present:\n\n{WIDE_TABLE}\n| Ben Okoro | X2 | FN26 | No | No |",
        "**Date:** 19 May 2026\n**Participants:** Ana Lopes, Ben Okoro\n**Purpose:** talk about the fence",
    ],
)
def test_people_who_came_are_listed(words):
    assert list_attendees(NOTES_TEXT.format(words)) == ["Ana Lopes", "Ben Okoro"]


@pytest.mark.parametrize(
    "words",
    [
        WIDE_TABLE,
        "**Date and time:** Tuesday, 19 May 2026, 14:00 UTC / 16:00 Central European",
        "Those present were asked to send photos.",
        "The following people were thanked:\n\n- Ana Lopes\n- Ben Okoro",
    ],
)
def test_other_people_are_not_listed(words):
    assert list_attendees(NOTES_TEXT.format(words)) == []


@pytest.mark.parametrize(
    "entry",
    [
        "participants: [Ana Lopes, Ben Okoro]",
        "participants: ['Ana Lopes', 'Ben Okoro']",
        "attendees:\n  - Ana Lopes\n  - Ben Okoro",
        "Participants: Ana Lopes, Ben Okoro",
    ],
)
def test_front_matter_says_who_came(entry):
    text = f"---\ntitle: Call\n{entry}\nauthor: Dina Haddad\n---\n\n{NOTES_TEXT.format('')}"
    assert list_attendees(text) == ["Ana Lopes", "Ben Okoro"]


@pytest.mark.parametrize("entry", ["participants: 12", "present: true", "attendance: 20", "tags: [Ana Lopes, fence]"])
def test_other_front_matter_names_nobody(entry):
    assert list_attendees(f"---\ntitle: Call\n{entry}\n---\n\n{NOTES_TEXT.format('')}") == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("es", "Enmienda nº 3: Se aprueba"),
        ("es", "Moción 3: rechazada (2-5)"),
        ("es", "La junta aprueba el presupuesto."),
        ("es", "El presupuesto queda aprobado."),
        ("es", "La asamblea general decidió mantener la cuota."),
        ("fr", "Résolution 4 : adoptée (5 pour)"),
        ("fr", "Le conseil d’administration approuve le budget."),
        ("fr", "Le budget est approuvé."),
        ("fr", "L’assemblée a décidé de garder la cotisation."),
        ("pt", "Moção 3: aprovada"),
        ("pt", "Decisão: a quota fica em 20"),
        ("pt", "O orçamento foi aprovado por todos."),
        ("pt", "A diretoria aprovou o orçamento."),
        ("pt", "Ficou definido que a quota fica em 20."),
    ],
)
def test_result_in_other_language_is_a_decision(language, line):
    assert len(list_decisions(FOREIGN_TEXTS[language].format(line))) == 1


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("es", "Enmienda nº 3: No se aprueba"),
        ("es", "Si se aprueba el presupuesto, compramos."),
        ("es", "¿La junta aprueba el presupuesto?"),
        ("es", "**Se aprueba**"),
        ("es", "El presupuesto no fue aprobado."),
        ("es", "Punto 3: presupuesto"),
        ("fr", "Le bureau valide-t-il le budget ?"),
        ("fr", "Le budget n’est pas approuvé."),
        ("fr", "Le budget qui est approuvé sera publié."),
        ("fr", "Le conseil écoute le rapport."),
        ("pt", "O orçamento não foi aprovado."),
        ("pt", "Se o orçamento for aprovado, compramos."),
        ("pt", "**Tipos¹:**\n\n- **Decisão:** não depende de avaliação posterior."),
    ],
)
def test_other_line_in_other_language_is_no_decision(language, line):
    assert list_decisions(FOREIGN_TEXTS[language].format(line)) == []


@pytest.mark.parametrize("condition", ["once", "after", "before", "until", "unless"])
def test_condition_at_the_end_of_a_task_is_no_decision(condition):
    assert list_decisions(NOTES_TEXT.format(f"Ana to book the hall {condition} the budget is approved.")) == []


def test_close_of_meeting_is_no_next_meeting():
    text = NOTES_TEXT.format("## Next meeting\n\n- 2 June 2026, 7 pm\n\nMeeting closed by Ana, 8:51 pm")
    assert [s.quote for s in read_report(text).suggestions if s.kind == "next_meeting"] == ["2 June 2026, 7 pm"]


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("ACTION: Ana send off the form to get the money back", "Ana"),
        ("TO" + "DO: Ben and another to sign the form", "Ben"),
        ("## Actions\n\n- A board member: tell people of the fence", "A board member"),
    ],
)
def test_owner_of_action(line, owner):
    text = NOTES_TEXT.format(f"Present: Ana Lopes, Ben Okoro\n\n## Garden\n\n{line}")
    assert [s.owner for s in read_report(text).suggestions if s.kind == "commitment"] == [owner]


@pytest.mark.parametrize(
    ("line", "owner", "quote"),
    [
        ("Make new boxes. (Action Ana)", "Ana", "Make new boxes. (Action Ana)"),
        ("New boxes are needed (Action: Ana and Ben).", "Ana", "New boxes are needed (Action: Ana and Ben)."),
        (
            "[Action: All board members] Review the map",
            "All board members",
            "[Action: All board members] Review the map",
        ),
        ("\\[Action:Ben] Add new hosts", "Ben", "\\[Action:Ben] Add new hosts"),
    ],
)
def test_owner_in_mark_in_brackets(line, owner, quote):
    found = [s for s in read_report(NOTES_TEXT.format(line)).suggestions if s.kind == "commitment"]
    assert [(s.owner, s.quote) for s in found] == [(owner, quote)]


def test_mark_in_brackets_behind_task_in_french():
    text = FOREIGN_TEXTS["fr"].format("Refaire toutes les boîtes. (Action Pierre et Jean-Paul)")
    assert [s.owner for s in read_report(text).suggestions if s.kind == "commitment"] == ["Pierre"]


def test_reference_to_action_in_brackets_leaves_the_decision():
    text = NOTES_TEXT.format("It was agreed that the chair has the casting vote. (Action 2.2)")
    assert list_decisions(text) == ["It was agreed that the chair has the casting vote."]

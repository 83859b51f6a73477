"""Decisions and actions with their number in a register, invented here, and votes that belong to a decision."""

import pytest

from jukwaa.intake.reader import read_report


def find_texts(text, suggestion_kind, language=None):
    made = read_report(text, language=language).suggestions
    return [s.words or s.quote for s in made if s.kind == suggestion_kind]


@pytest.mark.parametrize(
    "decision",
    [
        "OC7/D2 The annual fee of growers is set at EUR 40.",
        "OC7/D3 Elm Farm: right to borrow suspended until the ladder is back.",
        "Res. 2026-03 The second gate is closed at night.",
        "DEC-2026-4: second gate closed at night.",
        "EB-12/Dec. 4 – second gate closed at night.",
    ],
)
def test_numbered_decision_is_suggested(decision):
    text = f"# Orchard committee\n\n## Fees\n\nAna walked the committee through the list.\n\n{decision}\n"

    assert find_texts(text, "decision") == [decision]


@pytest.mark.parametrize(
    ("language", "decision"),
    [
        ("de", "Beschluss 1 (einstimmig): Die Gebühr gilt ab 1. Juli 2026 für alle Höfe."),
        ("de", "Beschluss Nr. 2026/4 (7 : 1 : 1): Obstwiese Kiel e. V. führt die Liste."),
        ("de", "Beschluss 3 neu (einstimmig, 1 Enth.): Statistik nur als Summe."),
        ("es", "Acuerdo n.º 2: Las puertas se cierran de noche."),
        ("pt", "Deliberação 4: O portão fecha à noite."),
    ],
)
def test_numbered_decision_is_suggested_in_other_languages(language, decision):
    assert find_texts(f"# 1\n\n{decision}\n", "decision", language) == [decision]


@pytest.mark.parametrize(
    "sentence",
    [
        "OC6/D2 was recalled by the chair at length.",
        "OC7/D4 The application of Elm Farm: deferred to June.",
        "Res. 2025-03 of the assembly came up again in passing.",
        "OC7/D5 Should the gate be closed at night?",
        "A/D1 The fee is 5 euro for each member",
        "Beschluss 3: Statistik je Hof, öffentlich. zurückgezogen, siehe Diskussion",
    ],
)
def test_sentence_about_numbered_decision_is_none(sentence):
    assert find_texts(f"# Orchard committee\n\n## Fees\n\n{sentence}\n", "decision", "en") == []


def test_decisions_of_earlier_meeting_are_none():
    text = (
        "# Orchard committee\n\n## Matters arising from the last meeting\n\nOC6/D1 The fee of 2025 is kept as it was.\n"
    )

    assert find_texts(text, "decision") == []


def test_numbered_lines_without_blank_lines_are_decisions_of_their_own():
    text = "# Orchard committee\n\nOC7/D1 The fee is set at EUR 40.\nOC7/D2 The gate is closed at night.\n"

    assert find_texts(text, "decision") == ["OC7/D1 The fee is set at EUR 40.", "OC7/D2 The gate is closed at night."]


def test_numbered_decision_names_body_without_its_number():
    text = "# Orchard committee\n\nOC7/D1 The Committee APPROVED the plan of work.\n"

    (decision,) = [s for s in read_report(text).suggestions if s.kind == "decision"]

    assert decision.actors == ("Committee",)


def test_numbered_action_names_its_owner():
    text = "# Orchard committee\n\nOC7/A3 Ana Lopes to send the list by 3 May.\n"

    (action,) = [s for s in read_report(text).suggestions if s.kind == "commitment"]

    assert (action.words, action.owner, action.due) == (
        "Ana Lopes to send the list by 3 May.",
        "Ana Lopes",
        "by 3 May",
    )


def test_vote_without_decision_before_it_is_kept():
    text = "# Orchard committee\n\nAna described the gate.\n\nVote: 9 in favour, 2 against, 1 abstention.\n"

    assert find_texts(text, "decision") == ["Vote: 9 in favour, 2 against, 1 abstention."]


@pytest.mark.parametrize(
    "sentence",
    ["I.A. 5 The map of all farms was shown to members", "W.A. 1 Ana and Ben met the minister in the morning"],
)
def test_initials_are_not_number_of_action(sentence):
    assert find_texts(f"# Orchard committee\n\n## Fees\n\n{sentence}\n", "commitment", "en") == []


def test_action_without_number_of_meeting_has_a_sign_behind_its_number():
    text = "# Orchard committee\n\n## Fees\n\nOC.A1: Ana Lopes to send the list by 3 May.\n"

    assert find_texts(text, "commitment", "en") == ["Ana Lopes to send the list by 3 May."]


@pytest.mark.parametrize(
    ("language", "cells", "decisions"),
    [
        (
            "es",
            "1 | Ana recibió tarde la lista. ACUERDO 1. El acta queda aprobada.",
            ["ACUERDO 1. El acta queda aprobada."],
        ),
        ("es", "3 | Hubo dos listas. ACUERDO n.º 2: La sede rota.", ["ACUERDO n.º 2: La sede rota."]),
        ("es", "4 | Ana presenta el mapa. DECISIÓN 3. Publicar el mapa.", ["DECISIÓN 3. Publicar el mapa."]),
        ("es", "5 | ACUERDO 4. La sede rota cada año.", ["ACUERDO 4. La sede rota cada año."]),
        ("pt", "2 | A Ana leu a lista. Decisão 4: O portão fecha à noite.", ["Decisão 4: O portão fecha à noite."]),
        ("fr", "2 | Ana lit la liste. DÉCISION n° 3. La porte ferme. Ben parle.", ["DÉCISION n° 3. La porte ferme."]),
        ("es", "6 | Ana recordó el Acuerdo 1. La red envió la lista; falta revisar el mapa.", []),
        ("es", "7 | Ana lee la carta de la red. La presidencia toma nota, sin acuerdo.", []),
        ("es", "Acuerdo 1. Pintar la valla | hecho", []),
    ],
)
@pytest.mark.parametrize("head", ["Punto | Resumen y notas\n", "Punto | Resultado\n", ""])
def test_decision_begins_at_its_label_within_a_cell(head, language, cells, decisions):
    made = find_texts(f"# Red\n\n{head}{cells}\n9 | Nada más por ahora\n", "decision", language)

    told = [words for words in made if "Nada" not in words]
    assert told in (decisions, [words.partition(". " if ":" not in words else ": ")[2] for words in decisions])


def test_label_is_no_sentence_of_its_own():
    text = "# Red\n\nHubo dos listas. ACUERDO 1. La sede rota cada año. Ana habla del Acuerdo 1. Ben calla.\n"

    assert find_texts(text, "decision", "es") == ["ACUERDO 1. La sede rota cada año."]

"""Labels, tables and duties of reports in Portuguese, Swahili and French."""

import pytest

from jukwaa.intake.guesses import parse_commitment_progress
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.roles import get_heading_role
from jukwaa.intake.reader.superseded_dates import remove_superseded_date
from tests.intake.test_attendance_status import OPENINGS


def list_suggestions(language, text, *kinds):
    made = read_report(f"{OPENINGS[language]}{text}\n", language=language).suggestions
    return [s for s in made if s.kind in kinds]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("pt", "Decisão 1: aprovado o plano das árvores."),
        ("pt", "DELIBERAÇÃO N.º 4: foi adiada a apreciação da candidatura da Horta Viva."),
        ("pt", "Deliberação nº 2: mantém-se a quota."),
        ("sw", "UAMUZI: kaulimbiu ni maji kwanza."),
        ("fr", "À l’issue de la discussion, le groupe a décidé d’adopter la carte."),
        ("fr", "Décision 3 : la cotisation reste la même."),
    ],
)
def test_decision_with_label_is_found(language, line):
    assert [s.quote for s in list_suggestions(language, line, "decision")] == [line]


def test_deliberation_that_was_deferred_is_no_decision():
    assert list_suggestions("pt", "DELIBERAÇÃO N.º 4: adiada.", "decision") == []


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("VIII. COMPROMISSOS", "commitment"),
        ("Quadro de acções", "commitment"),
        ("Quem faz o quê", "commitment"),
        ("NANI ATAFANYA NINI", "commitment"),
        ("Justificaram a ausência", "absent"),
        ("Faltaram", "absent"),
        ("UDHURU", "absent"),
        ("Waliohudhuria", "attendee"),
        ("Maamuzi", "decision"),
        ("MKUTANO UJAO", "next_meeting"),
        ("Compromisso com a água da aldeia", ""),
    ],
)
def test_heading_promises_in_portuguese_and_swahili(heading, role):
    assert get_heading_role(heading) == role


def test_table_with_titles_between_rows_gives_owners_deadlines_and_states():
    table = (
        "N.º | Acção | Responsável | Prazo | Estado\nPendentes de 12/11/2025\na | Actualizar a lista | Ivo"
        " | era 31/12 → 28/02/2026 | transita\nNovas\n1 | Circular o plano | Ana, com a DNID | 23/01/2026 | feito\n"
        "2 | Regar as árvores | Eva | fim de Janeiro | em curso"
    )

    made = list_suggestions("pt", f"## Quadro de acções\n\n{table}", "commitment")

    assert [(s.words, s.actors, s.due, parse_commitment_progress(s.status)) for s in made] == [
        ("Actualizar a lista", ("Ivo",), "28/02/2026", "open"),
        ("Circular o plano", ("Ana", "DNID"), "23/01/2026", "kept"),
        ("Regar as árvores", ("Eva",), "fim de Janeiro", "in-hand"),
    ]


def test_short_lines_between_sentences_with_bars_are_no_table():
    text = "A rede | o grupo falou da água e das árvores.\nFim da tarde\nA sede | a casa foi pintada ontem."

    assert list_suggestions("pt", text, "commitment", "decision") == []


@pytest.mark.parametrize(
    ("line", "owners", "due"),
    [
        ("O Secretariado remeterá a lista no prazo de trinta dias.", ("Secretariado",), "no prazo de trinta dias"),
        ("A DNID remeterá a lista até ao dia 30 de Outubro de 2026.", ("DNID",), "até ao dia 30 de Outubro de 2026"),
        ("A Senhora Eva Reis proporá um calendário.", ("Eva Reis",), ""),
        ("O Senhor Rui Lopes Sá apresentará um plano até ao final do ano.", ("Rui Lopes Sá",), "final do ano"),
        ("A delegação de Cabo Verde confirmará o local.", ("delegação de Cabo Verde",), ""),
        ("A Horta Viva fará chegar os estatutos.", ("Horta Viva",), ""),
    ],
)
def test_owner_of_duty_is_found_behind_article_and_title(line, owners, due):
    [made] = list_suggestions("pt", f"## COMPROMISSOS\n\n- {line}", "commitment")

    assert (made.actors, made.due) == (owners, due)


def test_body_that_engages_itself_in_prose_is_owner():
    text = "Le secrétariat s’est engagé à mettre la carte en ligne d’ici le 30 juin 2026."

    [made] = list_suggestions("fr", text, "commitment")

    assert (made.owner, made.due) == ("secrétariat", "d’ici le 30 juin 2026")


def test_comment_exported_with_letter_is_no_commitment():
    text = (
        "## Compromisos\n\nQué | Quién | Cuándo\nRegar los árboles | Ana | 15 dic[a]\nPintar la sede | Leo | ?\n\n"
        "[a]Ana: ¿podemos dejarlo para el 18?"
    )

    made = list_suggestions("es", text, "commitment")

    assert [(s.words, s.due) for s in made] == [("Regar los árboles", "15 dic"), ("Pintar la sede", "")]


@pytest.mark.parametrize(
    ("deadline", "kept"),
    [("era 31/12 → 28/02/2026", "28/02/2026"), ("23/01/2026", "23/01/2026"), ("avant 31/12 -> 28/02", "28/02")],
)
def test_old_date_before_arrow_is_dropped(deadline, kept):
    assert remove_superseded_date(deadline) == kept

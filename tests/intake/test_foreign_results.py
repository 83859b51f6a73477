"""Decisions and next meetings in the set phrases of French, Spanish and Portuguese minutes."""

import pytest

from jukwaa.intake.reader import read_report

OPENINGS = {
    "es": "# Acta\n\nLa junta habló de las cuotas y del mapa con las personas presentes.\n\n## Cuotas\n\n",
    "fr": "# Procès-verbal\n\nLe conseil a parlé des cotisations avec les personnes présentes.\n\n## Cotisations\n\n",
    "pt": "# Ata\n\nA diretoria falou das quotas com as pessoas presentes na reunião.\n\n## Quotas\n\n",
}


def list_suggested_results(language, line):
    made = read_report(f"{OPENINGS[language]}{line}\n", language=language).suggestions
    return [(s.kind, s.words or s.quote) for s in made if s.kind in {"decision", "next_meeting"}]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("es", "Se aprueba por unanimidad el acta de junio."),
        ("es", "Granada solicita ayuda y se aprueba por unanimidad la concesión."),
        ("es", "Se acuerda mantener las cuotas."),
        ("fr", "Il est décidé d'acheter du bois."),
        ("pt", "Ficou decidido comprar madeira."),
        ("fr", "Les statuts sont approuvés à l'unanimité."),
        ("fr", "> Le conseil est élu à l’unanimité"),
        ("fr", "La position sur la loi est adoptée par le bureau."),
        ("es", "La posición sobre la ley fue aprobada por la asamblea."),
        ("fr", "Le conseil adopte le règlement intérieur."),
        ("pt", "A proposta foi aprovada por unanimidade."),
        ("fr", "Le principe d'une cotisation est retenu ; le montant sera fixé en mars."),
        ("fr", "Décision 3 : La traduction est reportée à 2027."),
        ("es", "Ben preguntó por los datos y al final quedamos en que la lista es pública."),
        ("es", "Ana quería empezar ya, pero acordamos que la prueba sea en mayo."),
        ("fr", "On a longtemps hésité, mais on a décidé de garder le nom."),
    ],
)
def test_decision_in_prose_is_found(language, line):
    assert list_suggested_results(language, line) == [("decision", line.lstrip("> ").removeprefix("Décision 3 : "))]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("es", "No se aprueba por unanimidad el acta de junio."),
        ("es", "¿Se aprueba el acta por unanimidad?"),
        ("es", "La junta espera que se pueda aprobar el acta."),
        ("fr", "Les statuts ne sont pas approuvés à l'unanimité."),
        ("pt", "A proposta não foi aprovada por unanimidade."),
        ("pt", "Vamos votar na quinta."),
        ("es", "El presupuesto nunca fue aprobado."),
        ("es", "- La propuesta nunca fue aprobada por unanimidad."),
        ("es", "La propuesta tampoco fue aprobada."),
        ("pt", "O orçamento jamais foi aprovado."),
        ("fr", "La Commission a adopté la loi sur les services numériques en 2022."),
        ("fr", "- La Commission a adopté la loi sur les services numériques en 2022."),
        ("fr", "- Le projet de loi est adopté."),
        ("fr", "Le projet de loi est adopté par le Parlement."),
        ("fr", "Le texte a été adopté par l'Assemblée nationale."),
        ("es", "La ley fue aprobada por el Congreso."),
        ("es", "La reforma fue aprobada por el Senado."),
        ("pt", "A lei foi aprovada por unanimidade pelo Congresso."),
        ("fr", "La proposition d'Ana n'est pas retenue ; elle reviendra en mars."),
        ("fr", "Le montant retenu est connu ; il reste à payer."),
        ("es", "Hablamos mucho, pero no acordamos que la lista sea pública."),
        ("es", "Estuvimos de acuerdo en pocas cosas, pero hablamos de todo."),
        ("fr", "On a parlé du nom, mais on n'a pas décidé de le garder."),
    ],
)
def test_sentence_without_decision_gives_no_decision(language, line):
    assert list_suggested_results(language, line) == []


def test_decision_without_subject_gets_text_of_its_heading():
    assert list_suggested_results("pt", "- Gasto atual de 120 reais.\n\n*Aceito por unanimidade*") == [
        ("decision", "Quotas: Aceito por unanimidade")
    ]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("es", "## Siguiente reunión\nJunio 15 a la misma hora.", "Junio 15 a la misma hora."),
        ("pt", "## Para a próxima reunião\n\n### Sábado, dia 26/10/2024", "Sábado, dia 26/10/2024"),
        ("fr", "Prochaine réunion le 15 mars à 18h00", "Prochaine réunion le 15 mars à 18h00"),
        ("fr", "Prochaine réunion : début décembre, par sondage.", "Prochaine réunion : début décembre, par sondage."),
        (
            "es",
            "La próxima sesión ordinaria se celebrará el once de junio, a las nueve horas.",
            "La próxima sesión ordinaria se celebrará el once de junio, a las nueve horas.",
        ),
    ],
)
def test_next_meeting_is_found(language, text, words):
    assert list_suggested_results(language, text) == [("next_meeting", words)]


def test_what_is_left_for_the_next_meeting_is_no_meeting():
    assert list_suggested_results("fr", "Prochaine réunion : le budget sera repris.") == []


def test_number_below_next_meeting_heading_is_not_a_meeting():
    assert list_suggested_results("es", "## Siguiente reunión\n\n- Avisar 1 o 2 semanas antes") == []


@pytest.mark.parametrize(
    ("language", "line", "owner", "due"),
    [
        ("es", "Ana enviará la lista antes del 3 de mayo.", "Ana", "antes del 3 de mayo"),
        ("es", "Ana nos va a mandar la lista el lunes que viene.", "Ana", "el lunes que viene"),
        ("es", "Ana y Ben se encargan de la lista (10 de mayo)", "Ana", "10 de mayo"),
        ("es", "Se enviará la lista antes del 3 de mayo.", "", "antes del 3 de mayo"),
        ("fr", "Ana doit envoyer la liste d'ici vendredi", "Ana", "d'ici vendredi"),
        ("pt", "Ana vai enviar a lista até sexta", "Ana", "até sexta"),
        ("pt", "Enviar a lista (Ana, até 10/05)", "Ana", "até 10/05"),
    ],
)
def test_owner_and_deadline_of_a_task_are_found(language, line, owner, due):
    heading = {"es": "Tareas", "fr": "Actions", "pt": "Tarefas"}[language]
    text = f"{OPENINGS[language]}Notas.\n\n## {heading}\n\n- {line}\n"

    [task] = [s for s in read_report(text, language=language).suggestions if s.kind == "commitment"]

    assert (task.owner, task.due) == (owner, due)


def test_agreement_with_named_owner_is_a_task():
    text = f"{OPENINGS['es']}Notas.\n\n## Acuerdos\n\n- Ana enviará la lista\n- Mantener las cuotas\n"

    made = [(s.kind, s.owner, s.quote) for s in read_report(text, language="es").suggestions]

    assert made == [("commitment", "Ana", "Ana enviará la lista"), ("decision", "", "Mantener las cuotas")]


def test_bare_adoption_names_what_was_adopted():
    text = (
        "# Vergers\n\n1. Approbation du compte rendu du 3 juin. Adopté à l'unanimité, sous réserve d'une correction.\n"
    )

    assert [s.words for s in read_report(text, language="fr").suggestions if s.kind == "decision"] == [
        "Approbation du compte rendu du 3 juin: Adopté à l'unanimité, sous réserve d'une correction."
    ]


def test_numbered_sentences_of_slides_are_items():
    text = (
        "# Huertos\n\n# Acuerdos ✔\n\n## 1) El mapa de las escaleras se publica con licencia abierta.\n"
        "## 2) Toda reunión regional reserva dos lugares para jóvenes.\n\n# Compromisos\n\n## 3) Día\n"
    )

    assert [s.quote for s in read_report(text, language="es").suggestions if s.kind == "decision"] == [
        "El mapa de las escaleras se publica con licencia abierta.",
        "Toda reunión regional reserva dos lugares para jóvenes.",
    ]


def test_foot_of_wiki_page_is_no_next_meeting():
    text = "# Obst\n\n## Nächstes Treffen\n\nDo., 24.09.2026, 10 Uhr\n\n"
    text += "Diese Seite wurde zuletzt am 26. Mai 2026 bearbeitet.\n"

    assert [s.quote for s in read_report(text, language="de").suggestions if s.kind == "next_meeting"] == [
        "Do., 24.09.2026, 10 Uhr"
    ]

"""What an intranet, a browser and the end of a meeting add to minutes is no entry of the record."""

import pytest

from jukwaa.intake.reader import read_report

LANGUAGES = {"À faire": "fr", "Tareas": "es", "Compromisos": "es", "Tarefas": "pt", "Aufgaben": "de"}


def list_entries(text, language=None):
    wanted = {"decision", "commitment", "next_meeting"}
    return [
        made.words or made.quote for made in read_report(text, language=language).suggestions if made.kind in wanted
    ]


@pytest.mark.parametrize("title", ["Commentaires (3)", "Comments (2)", "Comentarios (1)", "Comentários", "Kommentare"])
def test_comments_of_readers_are_no_entries(title):
    text = (
        f"# Minutes\n\n## Actions\n\n- Ana: send the list by 3 May\n\n## {title}\n\nBen Okoro · 12 juin 2026 à 17:30\n"
    )
    text += "Il me faut jusqu’au 10 juillet.\n"

    assert list_entries(text, "fr") == ["Ana: send the list by 3 May"]


@pytest.mark.parametrize(
    "line",
    [
        "Ana Lopes: send the article by 12 June 2026",
        "Copy the legal notice from the old site (Ana, 3 May)",
        "Ana to write the related articles by 3 May",
        "Ana · send the cookies policy · 3 May",
        "Ana will check by 3 May whether children can refuse cookies: accept or refuse",
    ],
)
def test_task_about_a_page_is_an_entry(line):
    assert list_entries(f"# Minutes\n\n## Actions\n\n- {line}\n") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "The group agreed that cookies are easy to refuse for children.",
        "Decision: Members ask platforms to set no cookies before children accept them.",
        "We agreed to use no cookies that children cannot refuse.",
    ],
)
def test_decision_about_cookies_is_an_entry(line):
    made = read_report(f"# Minutes\n\n{line}\n").suggestions

    assert [(one.kind, one.quote) for one in made] == [("decision", line)]


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Compromisos", "Se levanta la sesión a las 13:20."),
        ("Compromisos", "Sin más asuntos que tratar, se levantó la sesión a las 13 h."),
        ("À faire", "La séance est levée à 16 h 30."),
        ("À faire", "La réunion se termine à 12h."),
        ("Actions", "The meeting closed at 5 pm."),
        ("Tarefas", "A reunião foi encerrada às 18h."),
        ("Aufgaben", "Die Sitzung wird geschlossen um 18 Uhr."),
    ],
)
def test_end_of_meeting_is_no_entry(title, line):
    text = f"# Minutes\n\n## {title}\n\n- Ana: send the list by 3 May\n- {line}\n"

    assert list_entries(text, LANGUAGES.get(title)) == ["Ana: send the list by 3 May"]


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Compromisos", "Ana levanta la sesión de fotos antes del 3 de mayo."),
        ("Actions", "Ana to say when the meeting closed, by 3 May"),
        ("Decisions", "The meeting closed the old fund."),
        ("Décisions", "La séance de mai est déplacée au 3 juin."),
    ],
)
def test_sentence_about_a_session_is_an_entry(title, line):
    assert list_entries(f"# Minutes\n\n## {title}\n\n- {line}\n") == [line]


@pytest.mark.parametrize(
    ("line", "is_edge"),
    [
        ("Elm Network – 6th plenary – page 2", True),
        ("Board - March meeting - Page 2 of 5", True),
        ("Ana will send the list – see page 2", False),
        ("Ana will correct the list on page 2", False),
    ],
)
def test_edge_of_page_is_no_sentence(line, is_edge):
    read = read_report(f"# Minutes\n\nAna sent the list.\n\n{line}\n\nBen thanked her.\n", language="en")

    assert (line not in [sentence.quote for sentence in read.sentences]) == is_edge

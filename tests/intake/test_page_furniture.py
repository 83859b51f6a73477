"""What an intranet, a browser and the end of a meeting add to minutes is no entry of the record."""

import pytest

from jukwaa.intake.reader import read_report

LANGUAGES = {"À faire": "fr", "Tareas": "es", "Compromisos": "es", "Tarefas": "pt", "Aufgaben": "de"}


def list_entries(text, language=None):
    wanted = {"decision", "commitment", "next_meeting"}
    return [
        made.words or made.quote for made in read_report(text, language=language).suggestions if made.kind in wanted
    ]


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("À faire", "Articles similaires : « CR du 14 avril 2026 » · « Bonne année 2026 ! »"),
        ("Actions", "Related articles: Minutes of 14 April 2026"),
        ("Tareas", "Ver también: Acta del 14 de abril de 2026"),
        ("Tarefas", "Leia também: Ata de 14 de abril de 2026"),
        ("Actions", "© Lake Alliance 2026 · Legal notice · Sitemap · Back to top ↑"),
        ("À faire", "Mentions légales · Plan du site · Haut de page ↑"),
        ("Tareas", "Aviso legal · Mapa del sitio"),
        ("À faire", "Nous utilisons des cookies pour mesurer l’audience. Tout accepter / Refuser"),
        ("Actions", "This site uses cookies and similar tools. Accept all / Refuse"),
        ("Tareas", "Utilizamos cookies propias y de terceros. Aceptar / Rechazar"),
        ("Actions", "https://intranet.example/fr/cr-2026-06-09/?print=1 2/2"),
        ("À faire", "Ana Lopes · 12 juin 2026 à 17:30"),
        ("Actions", "Ana Lopes · June 12, 2026 at 5:30 pm"),
        ("Tareas", "Ana · 12 de junio de 2026 a las 17:30"),
    ],
)
def test_furniture_of_a_page_is_no_entry(title, line):
    text = f"# Minutes of June\n\n## {title}\n\n- Ana: send the list by 3 May\n\n{line}\n"

    assert list_entries(text, LANGUAGES.get(title)) == ["Ana: send the list by 3 May"]


def test_printed_title_above_address_is_no_entry():
    edge = "29/11/2026 18:47 Minutes – 9 June – Intranet\n\nhttps://intranet.example/minutes/?print=1 1/2\n"

    text = f"# Minutes\n\n## À faire\n\n- Ana: send the list by 3 May\n\n{edge}"

    assert list_entries(text, "fr") == ["Ana: send the list by 3 May"]


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

"""Words struck through in web pages, tasks that are ticked as done, and comments exported as footnotes."""

import pytest

from jukwaa.core.documents.incoming import extract_text
from jukwaa.intake.guesses import parse_commitment_progress
from jukwaa.intake.reader import read_report
from jukwaa.intake.source_readers import describe_content_beside_text
from jukwaa.meetings.models import Commitment

STRUCK_NOTE = "Struck-through text was not read."


def read_page(body, style=""):
    return extract_text(f"<html><head><meta charset=utf-8>{style}</head><body>{body}</body></html>".encode(), "a.html")


def list_tasks(text):
    return [
        (made.actors, parse_commitment_progress(made.status))
        for made in read_report(text).suggestions
        if made.kind == "commitment"
    ]


@pytest.mark.parametrize(
    ("style", "markup"),
    [
        ("<style>.c5{text-decoration:line-through}</style>", '<span class="c5">Haiti </span>'),
        (
            "<style>@import url(a);ol{margin:0}.c4{color:red}.c5{color:#000;text-decoration:line-through}</style>",
            '<span class="c4 c5">Haiti </span>',
        ),
        ("<style>span.gone, .c9 { text-decoration-line : line-through }</style>", '<span class="gone">Haiti </span>'),
        ("", "<s>Haiti </s>"),
        ("", "<del>Haiti </del>"),
        ("", "<strike>Haiti </strike>"),
        ("", '<span style="text-decoration: line-through">Haiti </span>'),
    ],
)
def test_struck_words_of_web_page_are_left_out(style, markup):
    extracted = read_page(f"<p>Pilot in Cabo Verde, {markup}Jamaica</p>", style)

    assert extracted.text.strip() == "Pilot in Cabo Verde, Jamaica"
    assert any("was not read" in note for note in extracted.notes)


@pytest.mark.parametrize(
    ("style", "markup"),
    [
        ("<style>.c5{text-decoration:underline}</style>", '<span class="c5">Haiti, </span>'),
        ("<style>.c5{text-decoration:line-through}</style>", '<span class="c55">Haiti, </span>'),
        ("<style>.c5 .old{text-decoration:line-through}</style>", '<span class="c5">Haiti, </span>'),
        ("<style>a:hover{text-decoration:line-through}</style>", '<span class="hover">Haiti, </span>'),
    ],
)
def test_other_classes_stay(style, markup):
    extracted = read_page(f"<p>Pilot in Cabo Verde, {markup}Jamaica</p>", style)

    assert extracted.text.strip() == "Pilot in Cabo Verde, Haiti, Jamaica"
    assert STRUCK_NOTE not in extracted.notes


@pytest.mark.parametrize("tick", ["☑", "✅", "✔", "[x]"])
def test_struck_words_of_ticked_task_stay(tick):
    """Programs strike through what is ticked: it is done, not withdrawn."""
    body = f"<h2>Actions</h2><ul><li>{tick} <s>Ana: open a shared folder</s></li><li>Ben: <s>ask</s> send it</li></ul>"

    text = read_page(body).text

    assert "Ana: open a shared folder" in text
    assert list_tasks(text) == [(("Ana",), Commitment.Progress.KEPT), (("Ben",), "")]


@pytest.mark.parametrize(
    "task",
    [
        "☑ Ana: open a shared folder",
        "✅ Ana: open a shared folder",
        "✔ Ana: open a shared folder",
        "[x] Ana: open a shared folder",
        "Ana: open a shared folder – done",
        "Ana: open a shared folder (done)",
        "Ana: open a shared folder, done in the meeting",
        "Ana : ouvrir un dossier partagé fait en séance",
        "Ana: abrir una carpeta compartida – hecho",
        "Ana: abrir uma pasta partilhada – feito na reunião",
        "Ana: Ordner anlegen – erledigt",
    ],
)
def test_ticked_or_done_task_is_done(task):
    assert list_tasks(f"# Minutes\n\n## Actions\n\n- {task}\n") == [(("Ana",), Commitment.Progress.KEPT)]


@pytest.mark.parametrize(
    "task",
    [
        "☐ Ana: open a shared folder",
        "[ ] Ana: open a shared folder",
        "Ana: get the form done",
        "Ana: check what Ben has done",
        "Ana : dire ce qui est fait",
    ],
)
def test_other_task_is_not_done(task):
    assert list_tasks(f"# Minutes\n\n## Actions\n\n- {task}\n") == [(("Ana",), "")]


@pytest.mark.parametrize("mark", ["[a]", "[b]", "[aa]"])
@pytest.mark.parametrize("space", ["", " "])
def test_comment_below_the_text_is_no_entry(mark, space):
    text = f"# Minutes\n\n## Actions\n\n- Ana: send the form?{space}{mark}\n\n{mark}No: Ben will send it by 10 April.\n"

    assert list_tasks(text) == [(("Ana",), "")]


COMMENT = (
    '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Ana Lopes: he told me “October”</span></p></div>'
    '<div class="c9"><p><a href="#cmnt_ref2" id="cmnt2">[b]</a><span>Ben Okoro: sure?</span></p></div>'
)


def test_comments_of_web_page_are_left_out_and_counted():
    mark = '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>'
    extracted = read_page(f"<p>New date to be agreed{mark} soon.</p><p>Next: 12 November.</p>{COMMENT}")

    assert extracted.text.strip() == "New date to be agreed soon.\n\nNext: 12 November."
    assert extracted.notes == ("2 comments in the margin were not read.",)
    assert "The file also contains comments." in describe_content_beside_text(b"", extracted)


@pytest.mark.parametrize(
    "markup",
    ['<div><p><a href="#part1">Part 1</a> of it</p></div>', "<p>m<sup>2</sup></p>", "<div><p>[a] note</p></div>"],
)
def test_other_links_and_notes_stay(markup):
    extracted = read_page(markup)

    assert (extracted.text.strip() != "", extracted.notes) == (True, ())

"""Tracked changes in Word files: what we write, read again by our own reader, in both views."""

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.core.documents.limits import Limits
from jukwaa.core.documents.outgoing import (
    ChangeAuthor,
    Document,
    Paragraph,
    Piece,
    PieceState,
    to_marked_docx,
    to_tracked_docx,
)
from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.documents.sandbox import run_child
from tests.core.returned import plain, read, squeezed
from tests.deep import examples

WORDS = [
    "Providers",
    "may",
    "report",
    "what",
    "they",
    "find",
    "to",
    "a",
    "hotline",
    "within",
    "three",
    "days",
    "&",
    "<b>",
]
BY = ChangeAuthor("Revision 2", "2026-11-25T00:00:00Z")
HEAD = Document(title="A text", blocks=[Paragraph("Before the text.")])

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
lines = st.lists(sentences, min_size=1, max_size=2).map("\n".join)
tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(sentences, min_size=width, max_size=width).map(" | ".join), min_size=1, max_size=3
    ).map("\n".join)
)
states = st.one_of(
    st.builds(
        PieceState, st.sampled_from(["paragraph", "heading", "bullet", "numbered", "note"]), st.integers(1, 4), lines
    ),
    st.builds(PieceState, st.just("table"), st.just(1), tables),
)
pairs = st.lists(
    st.tuples(st.none() | states, st.none() | states).filter(lambda pair: pair != (None, None)), min_size=1, max_size=6
)


def told(states_: list[tuple[str, PieceState]]) -> list[str]:
    """What a text of these pieces reads as: each under its label, a table below it."""
    said = []
    for label, state in states_:
        said += [label, squeezed(state.text)] if state.kind == "table" else [squeezed(f"{label} {state.text}")]
    return said


@settings(max_examples=examples(40))
@given(pairs)
def test_accepting_all_changes_leaves_the_later_text_and_rejecting_them_the_earlier(changed):
    pieces = [Piece(f"[{number}]", *pair) for number, pair in enumerate(changed, 1)]

    answer = read(to_tracked_docx(HEAD, pieces, BY))

    assert plain(answer["blocks"])[2:] == told([(p.label, p.after) for p in pieces if p.after])
    assert plain(answer["before"])[2:] == told([(p.label, p.before) for p in pieces if p.before])


def test_what_moves_is_a_move_and_stands_in_one_place_in_either_view():
    one, two = PieceState("paragraph", 1, "The first."), PieceState("paragraph", 1, "The second.")
    pieces = [Piece("[1]", one, None, move="move1"), Piece("[2]", two, two), Piece("[1]", None, one, move="move1")]

    data = to_tracked_docx(HEAD, pieces, BY)

    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert [xml.count(f"<w:{tag} ") for tag in ("moveFromRangeStart", "moveToRangeStart", "ins", "del")] == [1, 1, 0, 0]
    answer = read(data)
    assert plain(answer["before"])[2:] == ["[1] The first.", "[2] The second."]
    assert plain(answer["blocks"])[2:] == ["[2] The second.", "[1] The first."]


def test_the_same_text_gives_the_same_bytes_and_python_docx_opens_them():
    state = PieceState("bullet", 2, "An item.")
    pieces = [Piece("[1]", state, state, mark="_jukwaa_c1")]

    first, second = (to_marked_docx(HEAD, pieces, properties={"a": "1 < 2"}, front="_jukwaa_f") for _ in range(2))

    assert first == second
    assert [(p.style.name, p.text) for p in docx.Document(io.BytesIO(first)).paragraphs if p.text] == [
        ("Title", "A text"),
        ("Normal", "Before the text."),
        ("List Bullet 2", "[1] An item."),
    ]


def test_marks_and_properties_are_found_again():
    head, cells = PieceState("heading", 1, "Scope"), PieceState("table", 1, "Who | What\nA | b")
    pieces = [Piece("[1]", head, head, mark="_jukwaa_c1"), Piece("[2]", cells, cells, mark="_jukwaa_c2")]

    answer = read(to_marked_docx(HEAD, pieces, properties={"jukwaa-revision": "1 < 2"}, front="_jukwaa_f"))

    assert answer["properties"] == {"jukwaa-revision": "1 < 2"}
    assert [(squeezed(block["text"]), block["anchors"]) for block in answer["blocks"]] == [
        ("A text", [["mark", "f1", 0]]),
        ("Before the text.", [["mark", "f2", 0]]),
        ("[1] Scope", [["mark", "c1", 0]]),
        ("[2]", []),
        ("Who | What\nA | b", [["mark", "c2", 0]]),
    ]


def test_a_restricted_text_says_so_on_every_page():
    state = PieceState("paragraph", 1, "Words.")
    red = Document(title="A text", blocks=[], label="TLP:RED")

    data = to_tracked_docx(red, [Piece("[1]", None, state)], BY)

    section = docx.Document(io.BytesIO(data)).sections[0]
    assert [section.header.paragraphs[0].text, section.footer.paragraphs[0].text] == ["TLP:RED", "TLP:RED"]


@pytest.mark.parametrize("view", ["blocks", "before"])
def test_a_whole_table_comes_or_goes(view):
    cells, words = PieceState("table", 1, "Who | What\nA | b"), PieceState("paragraph", 1, "Words.")
    changed = (cells, words) if view == "before" else (words, cells)

    answer = read(to_tracked_docx(HEAD, [Piece("[1]", *changed)], BY))

    assert plain(answer[view])[2:] == ["[1]", "Who | What\nA | b"]


def test_more_text_than_we_take_is_refused():
    state = PieceState("paragraph", 1, "word " * 300)
    data = to_tracked_docx(HEAD, [Piece("[1]", None, state)], BY)

    with pytest.raises(FileRefused) as refused:
        run_child("returned", data, limits=Limits(text_characters=500), options={"mark": "_jukwaa_"})

    assert refused.value.code == "too_heavy"

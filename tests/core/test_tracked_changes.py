"""Tracked changes in Word files: what we write, read again by our own reader, in both views."""

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.core.documents.limits import FileLimits
from jukwaa.core.documents.outgoing import (
    ChangeAuthor,
    ChangedPiece,
    Document,
    Paragraph,
    PieceState,
    to_marked_docx,
    to_tracked_docx,
)
from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.documents.sandbox import run_document_child
from tests.core.returned_files import collapse_line_spaces, list_block_texts, read_returned_file
from tests.deep import get_example_count

WORD_STRATEGY = [
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
CHANGE_AUTHOR = ChangeAuthor("Revision 2", "2026-11-25T00:00:00Z")
HEADING_TEXT = Document(title="A text", blocks=[Paragraph("Before the text.")])

sentence_strategy = st.lists(st.sampled_from(WORD_STRATEGY), min_size=1, max_size=9).map(" ".join)
line_strategy = st.lists(sentence_strategy, min_size=1, max_size=2).map("\n".join)
table_strategy = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(sentence_strategy, min_size=width, max_size=width).map(" | ".join), min_size=1, max_size=3
    ).map("\n".join)
)
state_strategy = st.one_of(
    st.builds(
        PieceState,
        st.sampled_from(["paragraph", "heading", "bullet", "numbered", "note"]),
        st.integers(1, 4),
        line_strategy,
    ),
    st.builds(PieceState, st.just("table"), st.just(1), table_strategy),
)
pair_strategy = st.lists(
    st.tuples(st.none() | state_strategy, st.none() | state_strategy).filter(lambda pair: pair != (None, None)),
    min_size=1,
    max_size=6,
)


def list_labelled_texts(states_: list[tuple[str, PieceState]]) -> list[str]:
    """What a text of these pieces reads as: each under its label, a table below it."""
    said = []
    for label, state in states_:
        said += (
            [label, collapse_line_spaces(state.text)]
            if state.kind == "table"
            else [collapse_line_spaces(f"{label} {state.text}")]
        )
    return said


@settings(max_examples=get_example_count(40))
@given(pair_strategy)
def test_accepted_changes_give_later_text_and_rejected_give_earlier(changed_blocks):
    pieces = [ChangedPiece(f"[{number}]", *pair) for number, pair in enumerate(changed_blocks, 1)]

    answer = read_returned_file(to_tracked_docx(HEADING_TEXT, pieces, CHANGE_AUTHOR))

    assert list_block_texts(answer["blocks"])[2:] == list_labelled_texts(
        [(p.label, p.after) for p in pieces if p.after]
    )
    assert list_block_texts(answer["before"])[2:] == list_labelled_texts(
        [(p.label, p.before) for p in pieces if p.before]
    )


def test_moved_piece_is_in_one_place_in_either_view():
    one, two = PieceState("paragraph", 1, "The first."), PieceState("paragraph", 1, "The second.")
    pieces = [
        ChangedPiece("[1]", one, None, move="move1"),
        ChangedPiece("[2]", two, two),
        ChangedPiece("[1]", None, one, move="move1"),
    ]

    data = to_tracked_docx(HEADING_TEXT, pieces, CHANGE_AUTHOR)

    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert [xml.count(f"<w:{tag} ") for tag in ("moveFromRangeStart", "moveToRangeStart", "ins", "del")] == [1, 1, 0, 0]
    answer = read_returned_file(data)
    assert list_block_texts(answer["before"])[2:] == ["[1] The first.", "[2] The second."]
    assert list_block_texts(answer["blocks"])[2:] == ["[2] The second.", "[1] The first."]


def test_same_text_gives_same_bytes_readable_by_python_docx():
    state = PieceState("bullet", 2, "An item.")
    pieces = [ChangedPiece("[1]", state, state, mark="_jukwaa_c1")]

    first, second = (
        to_marked_docx(HEADING_TEXT, pieces, document_properties={"a": "1 < 2"}, front_matter="_jukwaa_f")
        for _ in range(2)
    )

    assert first == second
    assert [(p.style.name, p.text) for p in docx.Document(io.BytesIO(first)).paragraphs if p.text] == [
        ("Title", "A text"),
        ("Normal", "Before the text."),
        ("List Bullet 2", "[1] An item."),
    ]


def test_bookmarks_and_properties_are_read_back():
    head, cells = PieceState("heading", 1, "Scope"), PieceState("table", 1, "Who | What\nA | b")
    pieces = [ChangedPiece("[1]", head, head, mark="_jukwaa_c1"), ChangedPiece("[2]", cells, cells, mark="_jukwaa_c2")]

    answer = read_returned_file(
        to_marked_docx(HEADING_TEXT, pieces, document_properties={"jukwaa-revision": "1 < 2"}, front_matter="_jukwaa_f")
    )

    assert answer["properties"] == {"jukwaa-revision": "1 < 2"}
    assert [(collapse_line_spaces(block["text"]), block["anchors"]) for block in answer["blocks"]] == [
        ("A text", [["mark", "f1", 0]]),
        ("Before the text.", [["mark", "f2", 0]]),
        ("[1] Scope", [["mark", "c1", 0]]),
        ("[2]", []),
        ("Who | What\nA | b", [["mark", "c2", 0]]),
    ]


def test_restricted_text_has_label_on_every_page():
    state = PieceState("paragraph", 1, "Words.")
    red = Document(title="A text", blocks=[], label="TLP:RED")

    data = to_tracked_docx(red, [ChangedPiece("[1]", None, state)], CHANGE_AUTHOR)

    section = docx.Document(io.BytesIO(data)).sections[0]
    assert [section.header.paragraphs[0].text, section.footer.paragraphs[0].text] == ["TLP:RED", "TLP:RED"]


@pytest.mark.parametrize("view", ["blocks", "before"])
def test_whole_table_is_inserted_or_deleted(view):
    cells, words = PieceState("table", 1, "Who | What\nA | b"), PieceState("paragraph", 1, "Words.")
    changed = (cells, words) if view == "before" else (words, cells)

    answer = read_returned_file(to_tracked_docx(HEADING_TEXT, [ChangedPiece("[1]", *changed)], CHANGE_AUTHOR))

    assert list_block_texts(answer[view])[2:] == ["[1]", "Who | What\nA | b"]


def test_overlong_text_is_refused():
    state = PieceState("paragraph", 1, "word " * 300)
    data = to_tracked_docx(HEADING_TEXT, [ChangedPiece("[1]", None, state)], CHANGE_AUTHOR)

    with pytest.raises(FileRefused) as refused:
        run_document_child("returned", data, file_limits=FileLimits(text_characters=500), options={"mark": "_jukwaa_"})

    assert refused.value.code == "too_heavy"

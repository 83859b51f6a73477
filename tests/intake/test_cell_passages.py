"""Cells of tables that hold two sentences or more are prose."""

from time import process_time

import pytest

from jukwaa.intake.reader.cell_passages import SENTENCES_PATTERN


@pytest.mark.parametrize(
    ("cell", "has_sentences"),
    [
        ("Ana gave an update. The members thanked her", True),
        ("Ana: we meet in Suva! Élise agreed", True),
        ("Ana, Elm Farm. Suva", False),
        ("Update by Ana. next", False),
        ("Done. Next", False),
    ],
)
def test_cells_of_several_sentences(cell, has_sentences):
    assert (SENTENCES_PATTERN.search(cell) is not None) is has_sentences


@pytest.mark.parametrize("cell", ["a" * 20_000, "a b c " + "a." * 10_000])
def test_long_word_in_a_cell_is_read_at_once(cell):
    started = process_time()

    assert SENTENCES_PATTERN.search(cell) is None
    assert process_time() - started < 1

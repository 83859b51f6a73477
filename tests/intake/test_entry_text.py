"""What a suggestion enters, without marks around it."""

import pytest

from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.entry_text import build_entry_text
from jukwaa.intake.reader.task_cells import is_empty_cell


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("Decision: the fee stays", "the fee stays"),
        ("- **Décision n° 2 :** le prix reste", "le prix reste"),
        ("Second decision: all texts are free", ""),
        ("On the decision: the fee stays", ""),
    ],
)
def test_only_a_label_at_the_beginning_is_cut(quote, text):
    assert build_entry_text("decision", "", quote) == text


@pytest.mark.parametrize(
    ("cell", "is_empty"),
    [("– (no position taken)", True), ("No consensus reached", True), ("No position papers are published", False)],
)
def test_cell_without_result_is_empty(cell, is_empty):
    assert is_empty_cell(cell) == is_empty


def test_titles_of_several_men_do_not_end_a_sentence():
    text = (
        "# Compte rendu\n\nÉtaient présents : Mmes Ana Lopes (Oak) et Eva Lund (Elm), MM. Ben Okoro (Ash) et Gil Mora."
    )
    made = [each for each in read_report(text, language="fr").suggestions if each.kind == "attendee"]

    assert [len(each.actors) for each in made] == [4]

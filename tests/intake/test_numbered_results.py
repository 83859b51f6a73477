"""Decisions behind a number with a full stop, agreements after a prelude, and what is decided and not promised too."""

import pytest

from jukwaa.intake.reader import read_report


def list_results(text):
    """The decisions and commitments of a text, in its order."""
    made = read_report(f"# Minutes of the board\n\n{text}\n", language="en").suggestions
    kinds = ("decision", "commitment")
    return [(each.kind, " ".join((each.words or each.quote).split())) for each in made if each.kind in kinds]


@pytest.mark.parametrize(
    ("text", "decisions"),
    [
        (
            "Decision 4.1. A group on maps is set up, led by Ana Lopes.\nDecision 4.2. Elm Trust stays at EUR 40.",
            ["A group on maps is set up, led by Ana Lopes.", "Elm Trust stays at EUR 40."],
        ),
        ("Decision 4.3. Elm Trust is admitted as a member.", ["Elm Trust is admitted as a member."]),
        ("D4/3 The office moves to Elm House on 1 July.", ["D4/3 The office moves to Elm House on 1 July."]),
        ("D4/3 was discussed for an hour.", []),
        (
            "After some back and forth we agreed to adopt the second draft.",
            ["After some back and forth we agreed to adopt the second draft."],
        ),
        ("After we agreed to adopt the second draft, the printer was asked for prices.", []),
        (
            "The board agreed to prepare a common guide, to be ready by September 2026.",
            ["The board agreed to prepare a common guide, to be ready by September 2026."],
        ),
        ("No objection was received in the two weeks set by the rules.", []),
        ("There were no objections to the fee.", ["There were no objections to the fee."]),
    ],
)
def test_decision_is_suggested_once(text, decisions):
    assert list_results(text) == [("decision", words) for words in decisions]


def test_person_keeps_commitment_beside_decision():
    kinds = [kind for kind, _words in list_results("The budget was approved and Ana Lopes will send it by 3 May.")]

    assert sorted(kinds) == ["commitment", "decision"]

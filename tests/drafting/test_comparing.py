"""Two revisions side by side: accepting all of it gives the later one, refusing all of it the earlier."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jukwaa.drafting.comparison import (
    ClauseState,
    ComparisonRow,
    UnchangedRows,
    compare_clause_states,
    fold_unchanged_rows,
)

body_strategy = st.text(alphabet="ab .", max_size=8)
clause_state_strategy = st.builds(
    ClauseState,
    st.integers(1, 9),
    body_strategy,
    st.sampled_from(["paragraph", "heading", "bullet"]),
    st.integers(1, 2),
)
revision_strategy = st.lists(clause_state_strategy, max_size=9, unique_by=lambda piece: piece.number)


def accept_all_changes(comparison_rows: list[ComparisonRow]) -> list[ClauseState]:
    return [row.after for row in comparison_rows if row.fate not in {"removed", "away"}]


def reject_all_changes(comparison_rows: list[ComparisonRow]) -> list[ClauseState]:
    return [row.before for row in comparison_rows if row.fate not in {"added", "moved"}]


def list_clause_words(comparison_rows: list[ComparisonRow]) -> list[tuple[int, str]]:
    return [(row.number, row.fate) for row in comparison_rows]


@given(revision_strategy, revision_strategy)
def test_comparison_contains_both_revisions(earlier_states, later_states):
    rows = compare_clause_states(earlier_states, later_states)

    assert (accept_all_changes(rows), reject_all_changes(rows)) == (later_states, earlier_states)


@given(revision_strategy, revision_strategy)
def test_comparison_of_clause_contains_both_wordings(earlier_states, later_states):
    for row in compare_clause_states(earlier_states, later_states):
        words = row.words()
        assert "".join(w.text for w in words if w.kind != "added") == (row.before.body if row.before else "")
        assert "".join(w.text for w in words if w.kind != "removed") == (row.after.body if row.after else "")


@given(revision_strategy)
def test_comparison_of_revision_with_itself_is_folded_completely(revision_states):
    assert fold_unchanged_rows(compare_clause_states(revision_states, revision_states)) == (
        [UnchangedRows([ComparisonRow("same", p, p) for p in revision_states])] if revision_states else []
    )


@given(revision_strategy, revision_strategy)
def test_folding_keeps_all_rows_and_leaves_no_adjacent_folds(earlier_states, later_states):
    rows = compare_clause_states(earlier_states, later_states)
    shown = fold_unchanged_rows(rows)

    assert [row for each in shown for row in (each.rows if isinstance(each, UnchangedRows) else [each])] == rows
    assert not any(isinstance(one, UnchangedRows) and isinstance(two, UnchangedRows) for one, two in pairwise(shown))


@given(st.lists(st.integers(1, 30), unique=True, min_size=2, max_size=12), st.data())
def test_moved_clause_does_not_mark_others_as_moved(clause_numbers, data_folder):
    moved = clause_numbers.pop(data_folder.draw(st.integers(0, len(clause_numbers) - 1)))
    at, to = (data_folder.draw(st.integers(0, len(clause_numbers))) for _ in range(2))
    earlier = [ClauseState(n, "x") for n in [*clause_numbers[:at], moved, *clause_numbers[at:]]]
    later = [ClauseState(n, "x") for n in [*clause_numbers[:to], moved, *clause_numbers[to:]]]

    assert sum(row.fate == "moved" for row in compare_clause_states(earlier, later)) == (at != to)


def test_moved_clause_is_shown_in_both_places():
    earlier = [ClauseState(1, "One."), ClauseState(2, "Two."), ClauseState(3, "Three.")]
    later = [ClauseState(2, "Two."), ClauseState(3, "Three."), ClauseState(1, "One, mended.")]

    rows = compare_clause_states(earlier, later)

    assert list_clause_words(rows) == [(1, "away"), (2, "same"), (3, "same"), (1, "moved")]
    assert [row.is_reworded for row in rows] == [True, False, False, True]


def test_split_and_merge_are_labelled():
    earlier = [ClauseState(1, "One. Two."), ClauseState(2, "Three."), ClauseState(3, "Four.")]
    later = [ClauseState(1, "One."), ClauseState(4, "Two."), ClauseState(2, "Three. Four.")]

    rows = compare_clause_states(earlier, later, {1: [4], 3: [2]})

    assert [(row.number, row.fate, row.origins, row.joined_numbers) for row in rows] == [
        (1, "changed", (), ()),
        (4, "added", (1,), ()),
        (2, "changed", (3,), ()),
        (3, "removed", (), (2,)),
    ]


def test_clause_turned_into_heading_has_changed():
    row = compare_clause_states([ClauseState(1, "Aim")], [ClauseState(1, "Aim", "heading")])[0]

    assert (row.fate, row.is_reworded, row.has_other_kind) == ("changed", False, True)

"""Two revisions side by side: accepting all of it gives the later one, refusing all of it the earlier."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jukwaa.drafting.comparison import ClauseState, ComparisonRow, UnchangedRows, compare_clauses, fold_unchanged_rows

bodies = st.text(alphabet="ab .", max_size=8)
pieces = st.builds(
    ClauseState, st.integers(1, 9), bodies, st.sampled_from(["paragraph", "heading", "bullet"]), st.integers(1, 2)
)
revisions = st.lists(pieces, max_size=9, unique_by=lambda piece: piece.number)


def accepted(rows: list[ComparisonRow]) -> list[ClauseState]:
    return [row.after for row in rows if row.fate not in {"removed", "away"}]


def refused(rows: list[ComparisonRow]) -> list[ClauseState]:
    return [row.before for row in rows if row.fate not in {"added", "moved"}]


def told(rows: list[ComparisonRow]) -> list[tuple[int, str]]:
    return [(row.number, row.fate) for row in rows]


@given(revisions, revisions)
def test_what_is_accepted_in_whole_is_the_later_and_what_is_refused_in_whole_the_earlier(earlier, later):
    rows = compare_clauses(earlier, later)

    assert (accepted(rows), refused(rows)) == (later, earlier)


@given(revisions, revisions)
def test_the_words_of_each_clause_say_both_what_it_said_and_what_it_says(earlier, later):
    for row in compare_clauses(earlier, later):
        words = row.words()
        assert "".join(w.text for w in words if w.kind != "added") == (row.before.body if row.before else "")
        assert "".join(w.text for w in words if w.kind != "removed") == (row.after.body if row.after else "")


@given(revisions)
def test_a_revision_beside_itself_is_one_fold(revision):
    assert fold_unchanged_rows(compare_clauses(revision, revision)) == (
        [UnchangedRows([ComparisonRow("same", p, p) for p in revision])] if revision else []
    )


@given(revisions, revisions)
def test_nothing_is_lost_in_folding_and_no_two_folds_meet(earlier, later):
    rows = compare_clauses(earlier, later)
    shown = fold_unchanged_rows(rows)

    assert [row for each in shown for row in (each.rows if isinstance(each, UnchangedRows) else [each])] == rows
    assert not any(isinstance(one, UnchangedRows) and isinstance(two, UnchangedRows) for one, two in pairwise(shown))


@given(st.lists(st.integers(1, 30), unique=True, min_size=2, max_size=12), st.data())
def test_of_one_clause_that_was_moved_no_other_is_said_to_have_moved(numbers, data):
    moved = numbers.pop(data.draw(st.integers(0, len(numbers) - 1)))
    at, to = (data.draw(st.integers(0, len(numbers))) for _ in range(2))
    earlier = [ClauseState(n, "x") for n in [*numbers[:at], moved, *numbers[at:]]]
    later = [ClauseState(n, "x") for n in [*numbers[:to], moved, *numbers[to:]]]

    assert sum(row.fate == "moved" for row in compare_clauses(earlier, later)) == (at != to)


def test_a_clause_that_moved_stands_where_it_was_and_where_it_is():
    earlier = [ClauseState(1, "One."), ClauseState(2, "Two."), ClauseState(3, "Three.")]
    later = [ClauseState(2, "Two."), ClauseState(3, "Three."), ClauseState(1, "One, mended.")]

    rows = compare_clauses(earlier, later)

    assert told(rows) == [(1, "away"), (2, "same"), (3, "same"), (1, "moved")]
    assert [row.is_reworded for row in rows] == [True, False, False, True]


def test_a_split_and_a_merger_are_said_to_be_one():
    earlier = [ClauseState(1, "One. Two."), ClauseState(2, "Three."), ClauseState(3, "Four.")]
    later = [ClauseState(1, "One."), ClauseState(4, "Two."), ClauseState(2, "Three. Four.")]

    rows = compare_clauses(earlier, later, {1: [4], 3: [2]})

    assert [(row.number, row.fate, row.origins, row.became) for row in rows] == [
        (1, "changed", (), ()),
        (4, "added", (1,), ()),
        (2, "changed", (3,), ()),
        (3, "removed", (), (2,)),
    ]


def test_a_clause_that_became_a_heading_has_changed():
    row = compare_clauses([ClauseState(1, "Aim")], [ClauseState(1, "Aim", "heading")])[0]

    assert (row.fate, row.is_reworded, row.has_other_kind) == ("changed", False, True)

"""Writing clause by clause: each keeps its number, every step can be read again, and nothing is written over."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from jukwaa.accounts.models import Person
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft, clauses
from jukwaa.drafting.models import Clause, Lineage, Placement, Text, Wording
from tests.conftest import create_seated_person
from tests.deep import get_example_count
from tests.factories import CoalitionFactory

ONE, TWO, THREE = "The first clause.", "The second clause.", "The third clause."


@pytest.fixture
def text(coalition, member) -> Text:
    beginning = actions.TextStart([ClauseDraft(ONE), ClauseDraft(TWO), ClauseDraft(THREE)])
    return actions.begin_text(actor=member, coalition=coalition, title="A text", form="guideline", beginning=beginning)


def list_clause_bodies(text: Text) -> list[tuple[int, str]]:
    return [(p.clause.number, p.wording.body) for p in Placement.objects.now(text)]


def list_clauses_at_step(text: Text, revision_step: int) -> list[tuple[int, str]]:
    return [(p.clause.number, p.wording.body) for p in Placement.objects.at(text, revision_step)]


def get_numbered_clause(text: Text, clause_number: int) -> Clause:
    return Clause.objects.get(text=text, number=clause_number)


def get_wording_digest(text: Text, clause_number: int) -> str:
    return Placement.objects.now(text).get(clause__number=clause_number).wording.digest


def test_new_text_has_given_clauses(text):
    assert list_clause_bodies(text) == [(1, ONE), (2, TWO), (3, THREE)]


def test_clause_keeps_number_and_numbers_are_not_reused(text, member):
    actions.move_clause(actor=member, clause=get_numbered_clause(text, 1), after_clause=get_numbered_clause(text, 3))
    actions.remove_clause(actor=member, clause=get_numbered_clause(text, 2), seen_digest=get_wording_digest(text, 2))
    actions.add_clause(actor=member, text=text, clause_draft=ClauseDraft("A new one."), after_clause=None)

    assert list_clause_bodies(text) == [(4, "A new one."), (3, THREE), (1, ONE)]


def test_every_step_of_text_stays_readable(text, member):
    first = Text.objects.get(pk=text.pk).step
    actions.write_clause_body(
        actor=create_seated_person(text.coalition, "An editor", "editor"),
        clause=get_numbered_clause(text, 2),
        clause_body="Another second.",
        from_digest=get_wording_digest(text, 2),
    )

    assert list_clauses_at_step(text, first) == [(1, ONE), (2, TWO), (3, THREE)]
    assert (
        list_clauses_at_step(text, first + 1)
        == [(1, ONE), (2, "Another second."), (3, THREE)]
        == list_clause_bodies(text)
    )


def test_slower_writer_gets_current_clause(text, member, rapporteur):
    before = get_wording_digest(text, 2)
    actions.open_text_to_readers(actor=member, text=text)
    actions.write_clause_body(
        actor=rapporteur, clause=get_numbered_clause(text, 2), clause_body="Theirs.", from_digest=before
    )

    with pytest.raises(EditConflict) as stale:
        actions.write_clause_body(
            actor=member, clause=get_numbered_clause(text, 2), clause_body="Mine.", from_digest=before
        )

    assert stale.value.current.wording.body == "Theirs."
    assert list_clause_bodies(text)[1] == (2, "Theirs.")


def test_edits_of_two_clauses_do_not_conflict(text, member, rapporteur):
    first, second = get_wording_digest(text, 1), get_wording_digest(text, 2)
    actions.write_clause_body(actor=member, clause=get_numbered_clause(text, 1), clause_body="Mine.", from_digest=first)
    actions.write_clause_body(
        actor=rapporteur, clause=get_numbered_clause(text, 2), clause_body="Theirs.", from_digest=second
    )

    assert list_clause_bodies(text) == [(1, "Mine."), (2, "Theirs."), (3, THREE)]


def test_continuous_edits_by_one_person_make_one_step(text, member):
    def write_first_clause(clause_body: str) -> None:
        actions.write_clause_body(
            actor=member,
            clause=get_numbered_clause(text, 2),
            clause_body=clause_body,
            from_digest=get_wording_digest(text, 2),
        )

    before = Text.objects.get(pk=text.pk).step
    Placement.objects.now(text).update(at=Placement.objects.now(text)[0].at - timedelta(hours=1))
    for body in ("The se", "The second", "The second, better."):
        write_first_clause(body)

    assert Text.objects.get(pk=text.pk).step == before + 1
    assert set(Wording.objects.filter(text=text).values_list("body", flat=True)) == {
        ONE,
        TWO,
        THREE,
        "The second, better.",
    }
    assert list_clauses_at_step(text, before)[1] == (2, TWO)


def test_revision_ends_continuous_edit(text, member):
    actions.create_named_revision(actor=member, text=text)
    actions.write_clause_body(
        actor=member, clause=get_numbered_clause(text, 2), clause_body="Later.", from_digest=get_wording_digest(text, 2)
    )
    revision = Text.objects.get(pk=text.pk).get_latest_revision()

    assert list_clauses_at_step(text, revision.step)[1] == (2, TWO)
    assert list_clause_bodies(text)[1] == (2, "Later.")


def test_split_clause_keeps_number_in_first_part(text, member):
    actions.split_clause(
        actor=member, clause=get_numbered_clause(text, 2), character_index=11, seen_digest=get_wording_digest(text, 2)
    )

    assert list_clause_bodies(text) == [(1, ONE), (2, "The second"), (4, "clause."), (3, THREE)]
    assert list(Lineage.objects.values_list("clause__number", "origin__number", "how")) == [(4, 2, "split")]


@pytest.mark.parametrize("split_index", [0, len(TWO), len(TWO) + 5])
def test_split_with_empty_part_is_refused(text, member, split_index):
    with pytest.raises(ActionRefused, match="between two words"):
        actions.split_clause(
            actor=member,
            clause=get_numbered_clause(text, 2),
            character_index=split_index,
            seen_digest=get_wording_digest(text, 2),
        )
    assert list_clause_bodies(text) == [(1, ONE), (2, TWO), (3, THREE)]


def test_merged_clause_gives_up_its_number(text, member):
    digests = (get_wording_digest(text, 3), get_wording_digest(text, 1))
    actions.merge_clauses(
        actor=member,
        clause=get_numbered_clause(text, 3),
        target_clause=get_numbered_clause(text, 1),
        seen_digests=digests,
    )

    assert list_clause_bodies(text) == [(1, f"{ONE} {THREE}"), (2, TWO)]
    assert list(Lineage.objects.values_list("clause__number", "origin__number", "how")) == [(1, 3, "merged")]


def test_removed_clause_is_restored_in_place(text, member):
    stood = Placement.objects.now(text).get(clause__number=2)
    actions.remove_clause(actor=member, clause=get_numbered_clause(text, 2), seen_digest=stood.wording.digest)
    stood.refresh_from_db()
    actions.restore_clause_placement(actor=member, placement=stood)

    assert list_clause_bodies(text) == [(1, ONE), (2, TWO), (3, THREE)]


def test_clause_is_written_by_drafters_only(text, outsider):
    with pytest.raises(PermissionDenied):
        actions.write_clause_body(
            actor=outsider,
            clause=get_numbered_clause(text, 1),
            clause_body="Mine.",
            from_digest=get_wording_digest(text, 1),
        )
    assert list_clause_bodies(text)[0] == (1, ONE)


def test_clause_length_is_limited(text, member):
    with pytest.raises(ActionRefused, match="to 20000 characters or fewer"):
        actions.add_clause(actor=member, text=text, clause_draft=ClauseDraft("a" * 20_001))
    assert len(list_clause_bodies(text)) == 3


def test_clause_count_is_limited(text, member, monkeypatch):
    monkeypatch.setattr(clauses, "MAX_CLAUSES", 3)
    with pytest.raises(ActionRefused, match="at most 3 clauses"):
        actions.add_clause(actor=member, text=text, clause_draft=ClauseDraft("One more."))
    with pytest.raises(ActionRefused, match="at most 3 clauses"):
        actions.add_clauses(actor=member, text=text, clause_drafts=[ClauseDraft("One more.")])
    first = Placement.objects.now(text).first()
    with pytest.raises(ActionRefused, match="at most 3 clauses"):
        actions.split_clause(actor=member, clause=first.clause, character_index=4, seen_digest=first.wording.digest)


def test_positions_are_renumbered_in_every_revision(text, member):
    actions.create_named_revision(actor=member, text=text)
    revision = text.get_latest_revision()
    for number in range(25):  # each goes between the first and the one before it: 2^20 is halved twenty times
        actions.add_clause(
            actor=member,
            text=text,
            clause_draft=ClauseDraft(f"Put in {number}."),
            after_clause=get_numbered_clause(text, 1),
        )

    assert [body for _number, body in list_clause_bodies(text)] == [
        ONE,
        *(f"Put in {n}." for n in reversed(range(25))),
        TWO,
        THREE,
    ]
    assert list_clauses_at_step(text, revision.step) == [(1, ONE), (2, TWO), (3, THREE)]


def test_revision_requires_changes(text, member):
    actions.create_named_revision(actor=member, text=text)
    with pytest.raises(actions.NothingChangedError, match="still the same as the latest revision"):
        actions.create_named_revision(actor=member, text=text)


def test_erased_text_leaves_no_words(text, member):
    actions.create_named_revision(actor=member, text=text, revision_name="A name", revision_note="A note")
    text.erase_texts()

    assert [body for _number, body in list_clause_bodies(text)] == ["", "", ""]
    assert list(text.revisions.values_list("name", "note")) == [("", "")]


EDITS_STRATEGY = st.lists(
    st.tuples(
        st.sampled_from(["add", "write", "move", "split", "merge", "remove", "name"]),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=25,
)


@dataclass
class TextAndPlainList:
    """A text, and beside it a plain list of (number, words) on which the same deeds are done."""

    text: Text
    actor: Person
    plain: list[tuple[int, str]]
    fresh: int = 2

    def apply_random_edit(self, edit_name: str, first_index: int, second_index: int) -> None:
        here, there = self.plain[first_index % len(self.plain)], self.plain[second_index % len(self.plain)]
        getattr(self, f"{edit_name}_clause")(
            here, there, get_numbered_clause(self.text, here[0]), get_numbered_clause(self.text, there[0])
        )

    def add_clause(self, clause_place, _other_clause_place, clause, _other_clause) -> None:
        self.fresh += 1
        body = f"new {self.fresh}"
        actions.add_clause(actor=self.actor, text=self.text, clause_draft=ClauseDraft(body), after_clause=clause)
        self.plain.insert(self.plain.index(clause_place) + 1, (self.fresh, body))

    def write_clause(self, clause_place, _other_clause_place, clause, _other_clause) -> None:
        body = f"{clause_place[1]} again"
        actions.write_clause_body(
            actor=self.actor,
            clause=clause,
            clause_body=body,
            from_digest=get_wording_digest(self.text, clause_place[0]),
        )
        self.plain[self.plain.index(clause_place)] = (clause_place[0], body)

    def move_clause(self, clause_place, other_clause_place, clause, other_clause) -> None:
        actions.move_clause(actor=self.actor, clause=clause, after_clause=other_clause)
        if clause_place != other_clause_place:
            self.plain.remove(clause_place)
            self.plain.insert(self.plain.index(other_clause_place) + 1, clause_place)

    def split_clause(self, clause_place, _other_clause_place, clause, _other_clause) -> None:
        head, space, tail = clause_place[1].partition(" ")
        if not space:
            return
        self.fresh += 1
        actions.split_clause(
            actor=self.actor,
            clause=clause,
            character_index=len(head),
            seen_digest=get_wording_digest(self.text, clause_place[0]),
        )
        place = self.plain.index(clause_place)
        self.plain[place : place + 1] = [(clause_place[0], head), (self.fresh, tail)]

    def merge_clause(self, clause_place, other_clause_place, clause, other_clause) -> None:
        if clause_place == other_clause_place:
            return
        digests = (get_wording_digest(self.text, clause_place[0]), get_wording_digest(self.text, other_clause_place[0]))
        actions.merge_clauses(actor=self.actor, clause=clause, target_clause=other_clause, seen_digests=digests)
        self.plain[self.plain.index(other_clause_place)] = (
            other_clause_place[0],
            f"{other_clause_place[1]} {clause_place[1]}",
        )
        self.plain.remove(clause_place)

    def remove_clause(self, clause_place, _other_clause_place, clause, _other_clause) -> None:
        if len(self.plain) > 1:
            actions.remove_clause(
                actor=self.actor, clause=clause, seen_digest=get_wording_digest(self.text, clause_place[0])
            )
            self.plain.remove(clause_place)


class ClauseEditPropertiesTest(TestCase):
    @settings(max_examples=get_example_count(40))
    @given(edits=EDITS_STRATEGY)
    def test_text_matches_plain_list_and_revisions_stay_unchanged(self, edits):
        coalition = CoalitionFactory()
        actor = create_seated_person(coalition, "Somebody")
        beginning = actions.TextStart([ClauseDraft("one two"), ClauseDraft("three four")])
        text = actions.begin_text(actor=actor, coalition=coalition, title="T", form="guideline", beginning=beginning)
        both, named = TextAndPlainList(text, actor, [(1, "one two"), (2, "three four")]), {}
        for deed, first, second in edits:
            if deed == "name":
                with suppress(actions.NothingChangedError):
                    named[actions.create_named_revision(actor=actor, text=text).step] = list(both.plain)
            else:
                both.apply_random_edit(deed, first, second)
            assert list_clause_bodies(text) == both.plain
        for step, read in named.items():
            assert list_clauses_at_step(text, step) == read

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


def list_clauses(text: Text) -> list[tuple[int, str]]:
    return [(p.clause.number, p.wording.body) for p in Placement.objects.now(text)]


def list_clauses_at_step(text: Text, step: int) -> list[tuple[int, str]]:
    return [(p.clause.number, p.wording.body) for p in Placement.objects.at(text, step)]


def get_clause(text: Text, number: int) -> Clause:
    return Clause.objects.get(text=text, number=number)


def get_digest(text: Text, number: int) -> str:
    return Placement.objects.now(text).get(clause__number=number).wording.digest


def test_new_text_has_given_clauses(text):
    assert list_clauses(text) == [(1, ONE), (2, TWO), (3, THREE)]


def test_clause_keeps_number_and_numbers_are_not_reused(text, member):
    actions.move_clause(actor=member, clause=get_clause(text, 1), after_clause=get_clause(text, 3))
    actions.remove_clause(actor=member, clause=get_clause(text, 2), seen_digest=get_digest(text, 2))
    actions.add_clause(actor=member, text=text, clause_draft=ClauseDraft("A new one."), after_clause=None)

    assert list_clauses(text) == [(4, "A new one."), (3, THREE), (1, ONE)]


def test_every_step_of_text_stays_readable(text, member):
    first = Text.objects.get(pk=text.pk).step
    actions.write_clause_body(
        actor=create_seated_person(text.coalition, "An editor", "editor"),
        clause=get_clause(text, 2),
        body="Another second.",
        from_digest=get_digest(text, 2),
    )

    assert list_clauses_at_step(text, first) == [(1, ONE), (2, TWO), (3, THREE)]
    assert list_clauses_at_step(text, first + 1) == [(1, ONE), (2, "Another second."), (3, THREE)] == list_clauses(text)


def test_slower_writer_gets_current_clause(text, member, rapporteur):
    before = get_digest(text, 2)
    actions.open_text_to_readers(actor=member, text=text)
    actions.write_clause_body(actor=rapporteur, clause=get_clause(text, 2), body="Theirs.", from_digest=before)

    with pytest.raises(EditConflict) as stale:
        actions.write_clause_body(actor=member, clause=get_clause(text, 2), body="Mine.", from_digest=before)

    assert stale.value.current.wording.body == "Theirs."
    assert list_clauses(text)[1] == (2, "Theirs.")


def test_edits_of_two_clauses_do_not_conflict(text, member, rapporteur):
    first, second = get_digest(text, 1), get_digest(text, 2)
    actions.write_clause_body(actor=member, clause=get_clause(text, 1), body="Mine.", from_digest=first)
    actions.write_clause_body(actor=rapporteur, clause=get_clause(text, 2), body="Theirs.", from_digest=second)

    assert list_clauses(text) == [(1, "Mine."), (2, "Theirs."), (3, THREE)]


def test_continuous_edits_by_one_person_make_one_step(text, member):
    def write_first_clause(body: str) -> None:
        actions.write_clause_body(actor=member, clause=get_clause(text, 2), body=body, from_digest=get_digest(text, 2))

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
    actions.name_revision(actor=member, text=text)
    actions.write_clause_body(actor=member, clause=get_clause(text, 2), body="Later.", from_digest=get_digest(text, 2))
    revision = Text.objects.get(pk=text.pk).get_latest_revision()

    assert list_clauses_at_step(text, revision.step)[1] == (2, TWO)
    assert list_clauses(text)[1] == (2, "Later.")


def test_split_clause_keeps_number_in_first_part(text, member):
    actions.split_clause(actor=member, clause=get_clause(text, 2), character_index=11, seen_digest=get_digest(text, 2))

    assert list_clauses(text) == [(1, ONE), (2, "The second"), (4, "clause."), (3, THREE)]
    assert list(Lineage.objects.values_list("clause__number", "origin__number", "how")) == [(4, 2, "split")]


@pytest.mark.parametrize("place", [0, len(TWO), len(TWO) + 5])
def test_split_with_empty_part_is_refused(text, member, place):
    with pytest.raises(ActionRefused, match="between two words"):
        actions.split_clause(
            actor=member, clause=get_clause(text, 2), character_index=place, seen_digest=get_digest(text, 2)
        )
    assert list_clauses(text) == [(1, ONE), (2, TWO), (3, THREE)]


def test_merged_clause_gives_up_its_number(text, member):
    digests = (get_digest(text, 3), get_digest(text, 1))
    actions.merge_clauses(
        actor=member, clause=get_clause(text, 3), target_clause=get_clause(text, 1), seen_digests=digests
    )

    assert list_clauses(text) == [(1, f"{ONE} {THREE}"), (2, TWO)]
    assert list(Lineage.objects.values_list("clause__number", "origin__number", "how")) == [(1, 3, "merged")]


def test_removed_clause_is_restored_in_place(text, member):
    stood = Placement.objects.now(text).get(clause__number=2)
    actions.remove_clause(actor=member, clause=get_clause(text, 2), seen_digest=stood.wording.digest)
    stood.refresh_from_db()
    actions.restore_clause_placement(actor=member, placement=stood)

    assert list_clauses(text) == [(1, ONE), (2, TWO), (3, THREE)]


def test_clause_is_written_by_drafters_only(text, outsider):
    with pytest.raises(PermissionDenied):
        actions.write_clause_body(
            actor=outsider, clause=get_clause(text, 1), body="Mine.", from_digest=get_digest(text, 1)
        )
    assert list_clauses(text)[0] == (1, ONE)


def test_clause_length_is_limited(text, member):
    with pytest.raises(ActionRefused, match="to 20000 characters or fewer"):
        actions.add_clause(actor=member, text=text, clause_draft=ClauseDraft("a" * 20_001))
    assert len(list_clauses(text)) == 3


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
    actions.name_revision(actor=member, text=text)
    revision = text.get_latest_revision()
    for number in range(25):  # each goes between the first and the one before it: 2^20 is halved twenty times
        actions.add_clause(
            actor=member, text=text, clause_draft=ClauseDraft(f"Put in {number}."), after_clause=get_clause(text, 1)
        )

    assert [body for _number, body in list_clauses(text)] == [
        ONE,
        *(f"Put in {n}." for n in reversed(range(25))),
        TWO,
        THREE,
    ]
    assert list_clauses_at_step(text, revision.step) == [(1, ONE), (2, TWO), (3, THREE)]


def test_revision_requires_changes(text, member):
    actions.name_revision(actor=member, text=text)
    with pytest.raises(actions.NothingChangedError, match="still the same as the latest revision"):
        actions.name_revision(actor=member, text=text)


def test_erased_text_leaves_no_words(text, member):
    actions.name_revision(actor=member, text=text, name="A name", revision_note="A note")
    text.erase_texts()

    assert [body for _number, body in list_clauses(text)] == ["", "", ""]
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

    def apply_random_edit(self, deed: str, first: int, second: int) -> None:
        here, there = self.plain[first % len(self.plain)], self.plain[second % len(self.plain)]
        getattr(self, deed)(here, there, get_clause(self.text, here[0]), get_clause(self.text, there[0]))

    def add(self, here, _there, it, _other) -> None:
        self.fresh += 1
        body = f"new {self.fresh}"
        actions.add_clause(actor=self.actor, text=self.text, clause_draft=ClauseDraft(body), after_clause=it)
        self.plain.insert(self.plain.index(here) + 1, (self.fresh, body))

    def write(self, here, _there, it, _other) -> None:
        body = f"{here[1]} again"
        actions.write_clause_body(actor=self.actor, clause=it, body=body, from_digest=get_digest(self.text, here[0]))
        self.plain[self.plain.index(here)] = (here[0], body)

    def move(self, here, there, it, other) -> None:
        actions.move_clause(actor=self.actor, clause=it, after_clause=other)
        if here != there:
            self.plain.remove(here)
            self.plain.insert(self.plain.index(there) + 1, here)

    def split(self, here, _there, it, _other) -> None:
        head, space, tail = here[1].partition(" ")
        if not space:
            return
        self.fresh += 1
        actions.split_clause(
            actor=self.actor, clause=it, character_index=len(head), seen_digest=get_digest(self.text, here[0])
        )
        place = self.plain.index(here)
        self.plain[place : place + 1] = [(here[0], head), (self.fresh, tail)]

    def merge(self, here, there, it, other) -> None:
        if here == there:
            return
        digests = (get_digest(self.text, here[0]), get_digest(self.text, there[0]))
        actions.merge_clauses(actor=self.actor, clause=it, target_clause=other, seen_digests=digests)
        self.plain[self.plain.index(there)] = (there[0], f"{there[1]} {here[1]}")
        self.plain.remove(here)

    def remove(self, here, _there, it, _other) -> None:
        if len(self.plain) > 1:
            actions.remove_clause(actor=self.actor, clause=it, seen_digest=get_digest(self.text, here[0]))
            self.plain.remove(here)


class ClauseLawsTest(TestCase):
    @settings(max_examples=get_example_count(40))
    @given(deeds=EDITS_STRATEGY)
    def test_text_matches_plain_list_and_revisions_stay_unchanged(self, deeds):
        coalition = CoalitionFactory()
        actor = create_seated_person(coalition, "Somebody")
        beginning = actions.TextStart([ClauseDraft("one two"), ClauseDraft("three four")])
        text = actions.begin_text(actor=actor, coalition=coalition, title="T", form="guideline", beginning=beginning)
        both, named = TextAndPlainList(text, actor, [(1, "one two"), (2, "three four")]), {}
        for deed, first, second in deeds:
            if deed == "name":
                with suppress(actions.NothingChangedError):
                    named[actions.name_revision(actor=actor, text=text).step] = list(both.plain)
            else:
                both.apply_random_edit(deed, first, second)
            assert list_clauses(text) == both.plain
        for step, read in named.items():
            assert list_clauses_at_step(text, step) == read

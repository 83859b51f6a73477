"""Writing clause by clause: each keeps its number, every step can be read again, and nothing is written over."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from jukwaa.drafting import actions
from jukwaa.drafting.actions import Draft, StaleClause, TooLong, clauses
from jukwaa.drafting.models import Clause, Lineage, Placement, Text, Wording
from tests.conftest import seated
from tests.factories import CoalitionFactory

ONE, TWO, THREE = "The first clause.", "The second clause.", "The third clause."


@pytest.fixture
def text(coalition, member) -> Text:
    beginning = actions.Beginning([Draft(ONE), Draft(TWO), Draft(THREE)])
    return actions.begin_text(actor=member, coalition=coalition, title="A text", form="guideline", beginning=beginning)


def now(text: Text) -> list[tuple[int, str]]:
    return [(p.clause.number, p.wording.body) for p in Placement.objects.now(text)]


def at(text: Text, step: int) -> list[tuple[int, str]]:
    return [(p.clause.number, p.wording.body) for p in Placement.objects.at(text, step)]


def clause(text: Text, number: int) -> Clause:
    return Clause.objects.get(text=text, number=number)


def digest(text: Text, number: int) -> str:
    return Placement.objects.now(text).get(clause__number=number).wording.digest


def test_a_text_begins_with_the_clauses_that_it_was_given(text):
    assert now(text) == [(1, ONE), (2, TWO), (3, THREE)]


def test_a_clause_keeps_its_number_where_it_moves_and_a_number_is_not_used_again(text, member):
    actions.move_clause(actor=member, clause=clause(text, 1), after=clause(text, 3))
    actions.remove_clause(actor=member, clause=clause(text, 2), from_digest=digest(text, 2))
    actions.add_clause(actor=member, text=text, draft=Draft("A new one."), after=None)

    assert now(text) == [(4, "A new one."), (3, THREE), (1, ONE)]


def test_every_step_is_read_as_it_was(text, member):
    first = Text.objects.get(pk=text.pk).step
    actions.write_clause(
        actor=seated(text.coalition, "An editor", "editor"),
        clause=clause(text, 2),
        body="Another second.",
        from_digest=digest(text, 2),
    )

    assert at(text, first) == [(1, ONE), (2, TWO), (3, THREE)]
    assert at(text, first + 1) == [(1, ONE), (2, "Another second."), (3, THREE)] == now(text)


def test_who_was_slower_is_told_how_the_clause_reads_now(text, member, rapporteur):
    before = digest(text, 2)
    actions.open_text(actor=member, text=text)
    actions.write_clause(actor=rapporteur, clause=clause(text, 2), body="Theirs.", from_digest=before)

    with pytest.raises(StaleClause) as stale:
        actions.write_clause(actor=member, clause=clause(text, 2), body="Mine.", from_digest=before)

    assert stale.value.placement.wording.body == "Theirs."
    assert now(text)[1] == (2, "Theirs.")


def test_two_who_write_at_two_clauses_do_not_meet(text, member, rapporteur):
    first, second = digest(text, 1), digest(text, 2)
    actions.write_clause(actor=member, clause=clause(text, 1), body="Mine.", from_digest=first)
    actions.write_clause(actor=rapporteur, clause=clause(text, 2), body="Theirs.", from_digest=second)

    assert now(text) == [(1, "Mine."), (2, "Theirs."), (3, THREE)]


def test_what_one_hand_writes_without_a_pause_is_one_step_and_leaves_one_wording(text, member):
    def write(body: str) -> None:
        actions.write_clause(actor=member, clause=clause(text, 2), body=body, from_digest=digest(text, 2))

    before = Text.objects.get(pk=text.pk).step
    Placement.objects.now(text).update(at=Placement.objects.now(text)[0].at - timedelta(hours=1))
    for body in ("The se", "The second", "The second, better."):
        write(body)

    assert Text.objects.get(pk=text.pk).step == before + 1
    assert set(Wording.objects.filter(text=text).values_list("body", flat=True)) == {
        ONE,
        TWO,
        THREE,
        "The second, better.",
    }
    assert at(text, before)[1] == (2, TWO)


def test_a_revision_ends_the_sitting(text, member):
    actions.name_revision(actor=member, text=text)
    actions.write_clause(actor=member, clause=clause(text, 2), body="Later.", from_digest=digest(text, 2))
    revision = Text.objects.get(pk=text.pk).latest_revision()

    assert at(text, revision.step)[1] == (2, TWO)
    assert now(text)[1] == (2, "Later.")


def test_parting_a_clause_leaves_its_number_to_the_first_part(text, member):
    actions.split_clause(actor=member, clause=clause(text, 2), at=11, from_digest=digest(text, 2))

    assert now(text) == [(1, ONE), (2, "The second"), (4, "clause."), (3, THREE)]
    assert list(Lineage.objects.values_list("clause__number", "origin__number", "how")) == [(4, 2, "split")]


@pytest.mark.parametrize("place", [0, len(TWO), len(TWO) + 5])
def test_a_clause_is_not_parted_where_one_part_would_be_empty(text, member, place):
    with pytest.raises(ValueError, match="between two words"):
        actions.split_clause(actor=member, clause=clause(text, 2), at=place, from_digest=digest(text, 2))
    assert now(text) == [(1, ONE), (2, TWO), (3, THREE)]


def test_joining_a_clause_to_another_one_gives_up_its_number(text, member):
    digests = (digest(text, 3), digest(text, 1))
    actions.merge_clauses(actor=member, clause=clause(text, 3), into=clause(text, 1), from_digests=digests)

    assert now(text) == [(1, f"{ONE} {THREE}"), (2, TWO)]
    assert list(Lineage.objects.values_list("clause__number", "origin__number", "how")) == [(1, 3, "merged")]


def test_what_was_taken_out_is_put_back_where_it_stood(text, member):
    stood = Placement.objects.now(text).get(clause__number=2)
    actions.remove_clause(actor=member, clause=clause(text, 2), from_digest=stood.wording.digest)
    stood.refresh_from_db()
    actions.put_back(actor=member, placement=stood)

    assert now(text) == [(1, ONE), (2, TWO), (3, THREE)]


def test_a_stranger_does_not_write(text, outsider):
    with pytest.raises(PermissionDenied):
        actions.write_clause(actor=outsider, clause=clause(text, 1), body="Mine.", from_digest=digest(text, 1))
    assert now(text)[0] == (1, ONE)


def test_a_clause_holds_what_fits_into_it_and_no_more(text, member):
    with pytest.raises(TooLong, match="at most 20000 characters"):
        actions.add_clause(actor=member, text=text, draft=Draft("a" * 20_001))
    assert len(now(text)) == 3


def test_a_text_holds_so_many_clauses_and_no_more(text, member, monkeypatch):
    monkeypatch.setattr(clauses, "MOST_CLAUSES", 3)
    with pytest.raises(TooLong, match="at most 3 clauses"):
        actions.add_clause(actor=member, text=text, draft=Draft("One more."))
    with pytest.raises(TooLong, match="at most 3 clauses"):
        actions.compose(actor=member, text=text, drafts=[Draft("One more.")])


def test_where_there_is_no_room_between_two_clauses_room_is_made_in_every_revision(text, member):
    actions.name_revision(actor=member, text=text)
    revision = text.latest_revision()
    for number in range(25):  # each goes between the first and the one before it: 2^20 is halved twenty times
        actions.add_clause(actor=member, text=text, draft=Draft(f"Put in {number}."), after=clause(text, 1))

    assert [body for _number, body in now(text)] == [ONE, *(f"Put in {n}." for n in reversed(range(25))), TWO, THREE]
    assert at(text, revision.step) == [(1, ONE), (2, TWO), (3, THREE)]


def test_a_revision_needs_something_new(text, member):
    actions.name_revision(actor=member, text=text)
    with pytest.raises(actions.NothingNew, match="Nothing has changed"):
        actions.name_revision(actor=member, text=text)


def test_erasing_a_text_leaves_none_of_its_words(text, member):
    actions.name_revision(actor=member, text=text, name="A name", note_on_it="A note")
    text.empty()

    assert [body for _number, body in now(text)] == ["", "", ""]
    assert list(text.revisions.values_list("name", "note")) == [("", "")]


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["add", "write", "move", "split", "merge", "remove", "name"]),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=25,
)


class Laws(TestCase):
    @settings(max_examples=40)
    @given(deeds=DEEDS)
    def test_the_text_reads_as_a_plain_list_would_and_each_revision_stays_what_it_was(self, deeds):  # noqa: C901 - a case a deed
        """A list of words on which the same deeds are done, beside the table that keeps every step."""
        coalition = CoalitionFactory()
        actor = seated(coalition, "Somebody")
        beginning = actions.Beginning([Draft("one two"), Draft("three four")])
        text = actions.begin_text(actor=actor, coalition=coalition, title="T", form="guideline", beginning=beginning)
        plain, named, fresh = [(1, "one two"), (2, "three four")], {}, 2
        for number, (deed, first, second) in enumerate(deeds):
            if not plain:
                break
            here, there = plain[first % len(plain)], plain[second % len(plain)]
            it, other = clause(text, here[0]), clause(text, there[0])
            place = plain.index(here)
            match deed:
                case "add":
                    fresh += 1
                    actions.add_clause(actor=actor, text=text, draft=Draft(f"new {number}"), after=it)
                    plain.insert(place + 1, (fresh, f"new {number}"))
                case "write":
                    body = f"word {number}"
                    actions.write_clause(actor=actor, clause=it, body=body, from_digest=digest(text, here[0]))
                    plain[place] = (here[0], body)
                case "move" if here != there:
                    actions.move_clause(actor=actor, clause=it, after=other)
                    plain.remove(here)
                    plain.insert(plain.index(there) + 1, here)
                case "split":
                    fresh += 1
                    head, tail = here[1].split(" ", 1) if " " in here[1] else (None, None)
                    if head is None:
                        fresh -= 1
                        continue
                    actions.split_clause(actor=actor, clause=it, at=len(head), from_digest=digest(text, here[0]))
                    plain[place : place + 1] = [(here[0], head), (fresh, tail)]
                case "merge" if here != there:
                    digests = (digest(text, here[0]), digest(text, there[0]))
                    actions.merge_clauses(actor=actor, clause=it, into=other, from_digests=digests)
                    plain[plain.index(there)] = (there[0], f"{there[1]} {here[1]}")
                    plain.remove(here)
                case "remove":
                    actions.remove_clause(actor=actor, clause=it, from_digest=digest(text, here[0]))
                    plain.remove(here)
                case "name":
                    try:
                        revision = actions.name_revision(actor=actor, text=text)
                    except actions.NothingNew:
                        continue
                    named[revision.step] = list(plain)
            assert now(text) == plain
        for step, read in named.items():
            assert at(text, step) == read

"""What an input is about is found again in every later revision: each has one fate, whatever was done to the text."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft, InputContent
from jukwaa.drafting.anchors import AnchorLocation, ClauseQuote, InputAnchor, locate_quote_anchor, locate_quote_in_body
from jukwaa.drafting.input_tracking import RevisionState
from jukwaa.drafting.models import Clause, Input, Placement, Text
from tests.conftest import create_seated_person
from tests.deep import get_example_count
from tests.factories import CoalitionFactory, ConsultationFactory

InputFate = Input.Fate
LONG_PHRASE = "as long as national law allows it"


def anchor_quotation_in(clause_body: str, quotation: str, clause: int = 1, *, occurrence_index: int = 0) -> InputAnchor:
    at = -1
    for _time in range(occurrence_index + 1):
        at = clause_body.index(quotation, at + 1)
    return InputAnchor(clause, clause_body, ClauseQuote.of(clause_body, at, at + len(quotation)))


# What becomes of words, one case after another.


def test_quotation_stays_in_its_clause_after_move_within():
    anchor = anchor_quotation_in("Each provider names a contact.", "a contact")
    assert locate_quote_anchor(anchor, {1: "Within a year each provider names a contact."}, {}) == AnchorLocation(
        InputFate.KEPT, 1, 34
    )


def test_quotation_follows_words_into_split_clause():
    anchor = anchor_quotation_in("Each provider names a contact. It says so.", "It says so")
    assert locate_quote_anchor(
        anchor, {1: "Each provider names a contact.", 2: "It says so."}, {1: [2]}
    ) == AnchorLocation(InputFate.MOVED, 2, 0)


def test_merged_clause_is_found_in_its_target():
    anchor = InputAnchor(1, "It says so.")
    assert locate_quote_anchor(anchor, {2: "Each names one. It says so."}, {1: [2]}) == AnchorLocation(
        InputFate.MOVED, 2, 16
    )


def test_clause_that_absorbs_another_counts_as_changed():
    anchor = InputAnchor(2, "Each names one.")
    assert locate_quote_anchor(anchor, {2: "Each names one. It says so."}, {1: [2]}) == AnchorLocation(
        InputFate.CHANGED, 2
    )


def test_quotation_is_not_matched_to_same_words_elsewhere_in_clause():
    body = "A hotline may ask, and a provider may refuse."
    second, first = anchor_quotation_in(body, "may", occurrence_index=1), anchor_quotation_in(body, "may")
    after = {1: "A hotline may ask, and a provider must answer."}

    assert locate_quote_anchor(second, after, {}) == AnchorLocation(InputFate.CHANGED, 1)
    assert locate_quote_anchor(first, after, {}) == AnchorLocation(InputFate.KEPT, 1, 10)
    assert locate_quote_anchor(second, {1: body}, {}) == AnchorLocation(InputFate.KEPT, 1, 34)


def test_repeated_words_follow_their_own_part_of_split_clause():
    body = "A hotline may ask. A provider may refuse."
    after = {1: "A hotline may ask.", 2: "A provider may refuse."}

    assert locate_quote_anchor(anchor_quotation_in(body, "may"), after, {1: [2]}) == AnchorLocation(
        InputFate.KEPT, 1, 10
    )
    assert locate_quote_anchor(anchor_quotation_in(body, "may", occurrence_index=1), after, {1: [2]}) == AnchorLocation(
        InputFate.MOVED, 2, 11
    )


def test_repeated_words_of_merge_target_are_not_matched():
    before = {1: "A provider may refuse.", 2: "A hotline may ask."}
    anchor = anchor_quotation_in(before[1], "may")

    assert locate_quote_anchor(
        anchor, {2: "A hotline may ask. A provider may refuse."}, {1: [2]}, before
    ) == AnchorLocation(InputFate.MOVED, 2, 30)
    assert locate_quote_anchor(
        anchor, {2: "A hotline may ask. A provider must answer."}, {1: [2]}, before
    ) == AnchorLocation(InputFate.CHANGED, 2)


def test_long_quotation_pasted_into_other_clause_has_moved():
    anchor = anchor_quotation_in(f"It keeps data {LONG_PHRASE}.", LONG_PHRASE)
    before = {1: anchor.wording, 2: "The police ask."}
    after = {1: "It keeps data.", 2: f"The police ask {LONG_PHRASE}."}

    assert locate_quote_anchor(anchor, after, {}, before) == AnchorLocation(InputFate.MOVED, 2, 15)


def test_short_quotation_in_other_clause_has_not_moved():
    anchor = anchor_quotation_in("It keeps data for a year.", "for a year")
    after = {1: "It keeps data.", 2: "The police ask for a year."}

    assert locate_quote_anchor(anchor, after, {}, {1: anchor.wording, 2: "The police ask."}) == AnchorLocation(
        InputFate.CHANGED, 1
    )


def test_quotation_already_in_other_clause_has_not_moved():
    anchor = anchor_quotation_in(f"It keeps data {LONG_PHRASE}.", LONG_PHRASE)
    other = f"The police ask {LONG_PHRASE}."

    assert locate_quote_anchor(
        anchor, {1: "It keeps data.", 2: other}, {}, {1: anchor.wording, 2: other}
    ) == AnchorLocation(InputFate.CHANGED, 1)
    assert locate_quote_anchor(anchor, {2: other}, {}, {1: anchor.wording, 2: other}) == AnchorLocation(
        InputFate.REMOVED
    )


def test_quotation_pasted_into_two_clauses_is_removed():
    anchor = anchor_quotation_in(f"It keeps data {LONG_PHRASE}.", LONG_PHRASE)
    assert locate_quote_anchor(anchor, {2: f"One {LONG_PHRASE}.", 3: f"Two {LONG_PHRASE}."}, {}) == AnchorLocation(
        InputFate.REMOVED
    )


# Whatever is done to a text.

WORDS_STRATEGY = st.lists(
    st.sampled_from(["may", "must", "a", "a provider", LONG_PHRASE, "."]), min_size=1, max_size=6
).map(" ".join)
NUMBER_STRATEGY = st.integers(0, 40)
EDIT_STRATEGY = st.one_of(
    st.tuples(st.just("write"), NUMBER_STRATEGY, WORDS_STRATEGY),
    st.tuples(st.just("split"), NUMBER_STRATEGY, NUMBER_STRATEGY),
    st.tuples(st.just("merge"), NUMBER_STRATEGY, NUMBER_STRATEGY),
    st.tuples(st.just("add"), WORDS_STRATEGY, st.none()),
    st.tuples(st.sampled_from(["move", "remove", "back", "name"]), NUMBER_STRATEGY, NUMBER_STRATEGY),
)
BODIES_STRATEGY = st.lists(WORDS_STRATEGY, min_size=1, max_size=4)
EDITS_STRATEGY = st.lists(EDIT_STRATEGY, max_size=12)


@dataclass
class PlainTextClauses:
    """A text as a dictionary: which clauses stand, what each says, what came of which, what was taken out."""

    bodies: dict[int, str]
    offspring: dict[int, list[int]] = field(default_factory=dict)
    gone: dict[int, str] = field(default_factory=dict)
    last: int = 0

    def pick_clause(self, clause_position: int) -> int:
        return sorted(self.bodies)[clause_position % len(self.bodies)]

    def apply_clause_edit(self, edit, first_choice, second_choice) -> None:
        if edit == "add":
            self.last += 1
            self.bodies[self.last] = first_choice
        elif edit == "back" and self.gone:
            number = sorted(self.gone)[first_choice % len(self.gone)]
            self.bodies[number] = self.gone.pop(number)
        elif not self.bodies or edit in ("back", "name", "move"):
            return
        elif edit == "write":
            self.bodies[self.pick_clause(first_choice)] = second_choice
        elif edit == "remove":
            number = self.pick_clause(first_choice)
            self.gone[number] = self.bodies.pop(number)
        elif edit == "merge" and (here := self.pick_clause(first_choice)) != (there := self.pick_clause(second_choice)):
            self.bodies[there] += " " + self.bodies[here]
            self.gone[here] = self.bodies.pop(here)
            self.offspring.setdefault(here, []).append(there)
        elif edit == "split" and (parts := split_words_at(self.bodies[self.pick_clause(first_choice)], second_choice)):
            here = self.pick_clause(first_choice)
            self.last += 1
            self.bodies[here], self.bodies[self.last] = parts
            self.offspring.setdefault(here, []).append(self.last)


def split_words_at(clause_body: str, split_index: int) -> tuple[str, str] | None:
    words = clause_body.split(" ")
    return (" ".join(words[:at]), " ".join(words[at:])) if (at := split_index % len(words)) else None


def list_possible_anchors(clause_bodies: list[str]) -> list[InputAnchor]:
    """Each clause as a whole, each of its words, and two that follow each other."""
    found = []
    for number, body in enumerate(clause_bodies, 1):
        found.append(InputAnchor(number, body))
        starts = [0, *(at + 1 for at, letter in enumerate(body) if letter == " ")]
        ends = [*(start - 1 for start in starts[1:]), len(body)]
        spans = [*zip(starts, ends, strict=True), *zip(starts, ends[1:], strict=False)]
        found += [InputAnchor(number, body, ClauseQuote.of(body, start, end)) for start, end in spans]
    return found


def find_clause_descendants(plain_clauses: PlainTextClauses, clause_number: int) -> set[int]:
    family, waiting = {clause_number}, [clause_number]
    while waiting:
        new = set(plain_clauses.offspring.get(waiting.pop(), ())) - family
        family |= new
        waiting += new
    return family


def is_anchor_fate_true(location: AnchorLocation, anchor: InputAnchor, plain_clauses: PlainTextClauses) -> bool:
    """What a fate promises is true of the text."""
    words = anchor.quote.exact or anchor.wording
    says = location.start is not None and plain_clauses.bodies[location.clause][location.start :].startswith(words)
    match location.fate:
        case InputFate.KEPT:
            return location.clause == anchor.clause and says
        case InputFate.MOVED:
            return location.clause != anchor.clause and says
        case InputFate.CHANGED:
            return (
                location.clause in find_clause_descendants(plain_clauses, anchor.clause) & set(plain_clauses.bodies)
                and location.start is None
            )
        case InputFate.REMOVED:
            none_left = not find_clause_descendants(plain_clauses, anchor.clause) & set(plain_clauses.bodies)
            return none_left and (location.clause, location.start) == (None, None)
    return False


@given(clause_bodies=BODIES_STRATEGY, edits=EDITS_STRATEGY)
def test_every_anchor_is_located_correctly_after_edits(clause_bodies, edits):
    before = dict(enumerate(clause_bodies, 1))
    plain = PlainTextClauses(dict(before), last=len(clause_bodies))
    for deed in edits:
        plain.apply_clause_edit(*deed)
    wrong = [
        (anchor, found)
        for anchor in list_possible_anchors(clause_bodies)
        if not is_anchor_fate_true(
            found := locate_quote_anchor(anchor, plain.bodies, plain.offspring, before), anchor, plain
        )
    ]
    assert wrong == []


@given(clause_bodies=BODIES_STRATEGY, edits=EDITS_STRATEGY)
def test_anchors_return_after_edits_are_undone(clause_bodies, edits):
    before = dict(enumerate(clause_bodies, 1))
    plain = PlainTextClauses(dict(before), last=len(clause_bodies))
    for deed in edits:
        plain.apply_clause_edit(*deed)
    undone = plain.bodies | before

    for anchor in list_possible_anchors(clause_bodies):
        found = locate_quote_anchor(anchor, undone, plain.offspring, before)
        assert found == AnchorLocation(InputFate.KEPT, anchor.clause, anchor.quote.start)


@given(clause_body=st.text(min_size=1, max_size=60), start=st.integers(0, 59), end=st.integers(1, 60))
def test_quotation_is_located_at_its_source(clause_body, start, end):
    start, end = (start % len(clause_body), min(max(start % len(clause_body) + 1, end), len(clause_body)))
    assert locate_quote_in_body(ClauseQuote.of(clause_body, start, end), clause_body) == start


# And through the table that keeps every step.


class DatabaseAnchorTest(TestCase):
    @settings(max_examples=get_example_count(30))
    @given(clause_bodies=BODIES_STRATEGY, edits=EDITS_STRATEGY)
    def test_inputs_followed_stepwise_match_direct_lookup(self, clause_bodies, edits):
        actor, text = create_clause_text(clause_bodies)
        inputs = [given.pk for given in give_anchored_inputs(text, actor, list_possible_anchors(clause_bodies)[:30])]
        plain = PlainTextClauses(dict(enumerate(clause_bodies, 1)), last=len(clause_bodies))
        for deed in [*edits, ("name", 0, 0)]:
            apply_text_edit(text, actor, plain, *deed)
            if deed[0] != "name" or not name_revision_if_changed(text, actor):
                continue
            state = RevisionState(text, text.get_latest_revision())
            assert state.after == plain.bodies
            at_once = {given.pk: state.found(given) for given in Input.objects.filter(pk__in=inputs)}
            kept = {given.pk: given for given in Input.objects.select_related("now_at").filter(pk__in=inputs)}
            assert {pk: (found.fate, found.clause) for pk, found in at_once.items()} == {
                pk: (given.fate, given.now_at.number if given.now_at else None) for pk, given in kept.items()
            }
            assert all(is_anchor_fate_true(at_once[pk], build_input_anchor(kept[pk]), plain) for pk in inputs)


def create_clause_text(clause_bodies: list[str]):
    coalition = CoalitionFactory()
    actor = create_seated_person(coalition, "Somebody")
    beginning = actions.TextStart([ClauseDraft(body) for body in clause_bodies])
    text = actions.begin_text(actor=actor, coalition=coalition, title="T", form="guideline", beginning=beginning)
    actions.create_named_revision(actor=actor, text=text)
    return actor, text


def give_anchored_inputs(text: Text, actor, anchors: list[InputAnchor]) -> list[Input]:
    consultation = ConsultationFactory(text=text, revision=text.get_latest_revision())
    clauses = {clause.number: clause for clause in Clause.objects.filter(text=text)}
    said = [
        InputContent(body="I think so.", clause=clauses[a.clause], exact=a.quote.exact, start=a.quote.start)
        for a in anchors
    ]
    return [actions.give_consultation_input(actor=actor, consultation=consultation, said=each) for each in said]


def build_input_anchor(text_input: Input) -> InputAnchor:
    quote = ClauseQuote(text_input.exact, text_input.prefix, text_input.suffix, text_input.start)
    return InputAnchor(text_input.clause.number, text_input.wording.body, quote)


def apply_text_edit(text: Text, actor, plain_clauses: PlainTextClauses, edit, first_choice, second_choice) -> None:
    """The same deed on the table and on the dictionary."""
    was = replace(plain_clauses, bodies=dict(plain_clauses.bodies), gone=dict(plain_clauses.gone))
    plain_clauses.apply_clause_edit(edit, first_choice, second_choice)
    if edit == "add":
        actions.add_clause(actor=actor, text=text, clause_draft=ClauseDraft(first_choice))
    elif edit == "back" and was.gone:
        number = next(iter(set(plain_clauses.bodies) - set(was.bodies)))
        last = Placement.objects.filter(text=text, clause__number=number).order_by("-since", "-pk").first()
        actions.restore_clause_placement(actor=actor, placement=last)
    elif was.bodies and edit not in ("back", "name"):
        edit_text_twice(text, actor, edit, was, first_choice, second_choice)


def edit_text_twice(text: Text, actor, edit, plain_before: PlainTextClauses, first_choice, second_choice) -> None:
    here = Placement.objects.now(text).get(clause__number=plain_before.pick_clause(first_choice))
    other = (
        Placement.objects.now(text).get(clause__number=plain_before.pick_clause(second_choice))
        if isinstance(second_choice, int)
        else here
    )
    digest = here.wording.digest
    if edit == "write":
        actions.write_clause_body(actor=actor, clause=here.clause, clause_body=second_choice, from_digest=digest)
    elif edit == "remove":
        actions.remove_clause(actor=actor, clause=here.clause, seen_digest=digest)
    elif edit == "move":
        actions.move_clause(actor=actor, clause=here.clause, after_clause=other.clause)
    elif edit == "merge" and here.pk != other.pk:
        digests = (digest, other.wording.digest)
        actions.merge_clauses(actor=actor, clause=here.clause, target_clause=other.clause, seen_digests=digests)
    elif edit == "split" and (parts := split_words_at(here.wording.body, second_choice)):
        actions.split_clause(actor=actor, clause=here.clause, character_index=len(parts[0]), seen_digest=digest)


def name_revision_if_changed(text: Text, actor) -> bool:
    text.refresh_from_db()
    if not Placement.objects.now(text).exists() or text.get_latest_revision().step == text.step:
        return False
    actions.create_named_revision(actor=actor, text=text)
    return True


@pytest.fixture
def text(coalition, member) -> Text:
    beginning = actions.TextStart(
        [ClauseDraft(f"It keeps data {LONG_PHRASE}."), ClauseDraft("The police ask."), ClauseDraft("They answer.")]
    )
    text = actions.begin_text(actor=member, coalition=coalition, title="A text", form="guideline", beginning=beginning)
    actions.create_named_revision(actor=member, text=text)
    return text


def rewrite_all_clauses(text: Text, member, clause_bodies: dict[int, str]) -> None:
    for number, body in clause_bodies.items():
        here = Placement.objects.now(text).get(clause__number=number)
        actions.write_clause_body(actor=member, clause=here.clause, clause_body=body, from_digest=here.wording.digest)
    actions.create_named_revision(actor=member, text=text)


def test_moved_quotation_is_removed_once_third_clause_repeats_it(text, member):
    """The third clause is neither that of the input nor that to which it moved."""
    (given,) = give_anchored_inputs(text, member, [anchor_quotation_in(f"It keeps data {LONG_PHRASE}.", LONG_PHRASE)])
    fates = []
    for bodies in ({1: "It keeps data.", 2: f"The police ask {LONG_PHRASE}."}, {3: f"They answer {LONG_PHRASE}."}):
        rewrite_all_clauses(text, member, bodies)
        given.refresh_from_db()
        fates.append((given.fate, given.now_at.number, given.followed_to.number))

    assert fates == [("moved", 2, 2), ("changed", 1, 3)]


def test_input_on_older_revision_is_followed_at_once(text, member):
    consultation = ConsultationFactory(text=text, revision=text.get_latest_revision())
    rewrite_all_clauses(text, member, {2: "The police ask in writing."})
    clause = Clause.objects.get(text=text, number=2)
    given = [
        actions.give_consultation_input(
            actor=member,
            consultation=consultation,
            said=InputContent(body="Why?", clause=clause, exact=exact, start=start),
        )
        for exact, start in (("police", 4), ("ask.", 11), ("", 0))
    ]

    assert [(each.fate, each.now_at.number) for each in given] == [("kept", 2), ("changed", 2), ("changed", 2)]

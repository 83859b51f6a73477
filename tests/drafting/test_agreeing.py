"""A call for consensus: who is asked, what each organisation says, and what a coordinator may declare of it."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.drafting import actions
from jukwaa.drafting.actions import PositionContent
from jukwaa.drafting.models import Call, Clause, Consultation, Input, Position
from jukwaa.drafting.positions import Positions
from jukwaa.records.actions import withdraw_record
from tests.drafting.agreeing import called, closed, drafted, in_days, revised, speaker_of, stand
from tests.factories import AffiliationFactory, CapacityFactory, OrganisationFactory


@pytest.fixture
def text(coalition, member):
    return drafted(coalition, member)


@pytest.fixture
def call(text, coordinator):
    return called(text, coordinator)


@pytest.fixture
def helpline(coalition):
    return speaker_of(coalition, "A helpline", organisation__regional_group="african")


def input_to(text, member, **more):
    consultation = Consultation.objects.create(
        text=text, revision=text.get_latest_revision(), closes_at=in_days(1), asks="public"
    )
    Consultation.objects.update(
        opens_at=timezone.now() - timedelta(days=9), closes_at=timezone.now() - timedelta(days=1)
    )
    return Input.objects.create(
        text=text,
        consultation=consultation,
        revision=consultation.revision,
        body="Allow an association to act for small providers.",
        author=member,
        capacity=CapacityFactory(coalition=text.coalition, person=member),
        **more,
    )


def refusal(deed, *args, **kwargs):
    with pytest.raises(ActionRefused) as refused, transaction.atomic():
        deed(*args, **kwargs)
    return str(refused.value), refused.value.field


# ---- opening ----


def test_only_a_coordinator_calls(text, member, rapporteur, delegate, coordinator):
    for person in (member, rapporteur, delegate):
        with pytest.raises(PermissionDenied):
            called(text, person)
    called(text, coordinator)

    assert list(Call.objects.values_list("by__name", "revision__name", "silence", "outcome")) == [
        ("The coordinator", "Draft 1", "support", "")
    ]


def test_a_call_lasts_two_weeks_or_what_the_rules_say(text, coordinator, coalition):
    close = actions.call_for_consensus
    assert refusal(close, actor=coordinator, text=text, closes_at=in_days(13))[1] == "closes_on"
    actions.set_rules(actor=coordinator, coalition=coalition, silence="nothing", days=21)
    assert refusal(close, actor=coordinator, text=text, closes_at=in_days(20))[1] == "closes_on"

    assert called(text, coordinator, days=21).silence == "nothing"


def test_there_is_one_call_at_a_time_and_the_database_says_so_too(text, call, coordinator):
    assert refusal(called, text, coordinator) == (
        "Declare the outcome of the current call first, or restart it. A text can only have one call at a time.",
        None,
    )
    with pytest.raises(IntegrityError, match=r"one_call_at_a_time|drafting_call.text"), transaction.atomic():
        Call.objects.create(text=text, revision=call.revision, closes_at=in_days(20), silence="support")


def test_the_same_form_sent_twice_calls_once(text, coordinator):
    token = uuid.uuid4()
    calls = [
        actions.call_for_consensus(actor=coordinator, text=text, closes_at=in_days(15), token=token) for _ in range(2)
    ]

    assert calls[0] == calls[1]
    assert list(Activity.objects.filter(kind="call").values_list("verb", flat=True)) == ["opened"]


def test_what_nobody_may_read_or_has_named_is_not_called_for(coalition, member, coordinator):
    text = actions.begin_text(actor=member, coalition=coalition, title="Young", form="guideline")

    assert refusal(called, text, coordinator)[0].startswith("Share the text with its readers first")
    actions.open_text(actor=member, text=text)
    assert refusal(called, text, coordinator)[0].startswith("Create a revision first")


def test_no_call_while_inputs_wait_for_an_answer_unless_it_says_why(text, member, coordinator):
    given = input_to(text, member)
    sentence = "1 input has no response yet. Respond to it first, or enter below why you are opening the call now."
    assert refusal(called, text, coordinator) == (sentence, "although")
    call = actions.call_for_consensus(
        actor=coordinator, text=text, closes_at=in_days(15), although="It concerns the next text."
    )
    assert call.although == "It concerns the next text."
    call.delete()
    Input.objects.filter(pk=given.pk).update(disposition="noted")

    assert called(text, coordinator).although == ""


# ---- taking a position ----


def test_an_organisation_speaks_through_whoever_may_speak_for_it(call, delegate, organisation, member, coordinator):
    for person in (member, coordinator):
        with pytest.raises(PermissionDenied, match="once it has confirmed that you represent it"):
            stand(person, call, organisation, "support")
    stand(delegate, call, organisation, "support")

    rows = Position.objects.values_list("organisation", "person", "stance", "capacity__name", "stands")
    assert list(rows) == [(organisation.pk, delegate.pk, "support", organisation.name, True)]


def test_an_organisation_that_is_no_member_is_not_asked(call, coalition):
    stranger = OrganisationFactory(coalition=coalition)
    person = AffiliationFactory(organisation=stranger, may_speak=True).person
    with pytest.raises(PermissionDenied, match="not a member at present"):
        stand(person, call, stranger, "support")


@pytest.mark.parametrize("stance", ["object", "reservation"])
def test_an_objection_and_a_reservation_say_why(call, delegate, organisation, stance):
    assert refusal(stand, delegate, call, organisation, stance, " ")[1] == "reason"
    stand(delegate, call, organisation, stance, "Small providers have no deputy.")

    assert Position.objects.get().reason == "Small providers have no deputy."


def test_what_an_organisation_said_before_stays_readable(call, delegate, organisation):
    stand(delegate, call, organisation, "awaiting")
    stand(delegate, call, organisation, "support")
    stand(delegate, call, organisation, "support")

    assert list(Position.objects.values_list("stance", "stands")) == [("awaiting", False), ("support", True)]
    said = Positions(call).taken
    assert [(one.position.stance, [old.stance for old in one.before]) for one in said] == [("support", ["awaiting"])]


def test_of_two_colleagues_the_slower_sees_what_the_faster_said(call, delegate, organisation):
    colleague = AffiliationFactory(organisation=organisation, may_speak=True).person
    first = stand(delegate, call, organisation, "support", seen=0)

    with pytest.raises(EditConflict) as conflict:
        stand(colleague, call, organisation, "object", "No.", seen=0)
    assert conflict.value.current == first
    stand(colleague, call, organisation, "object", "No.", seen=first.pk)
    assert Position.objects.get(stands=True).stance == "object"


def test_after_the_close_nothing_more_is_taken(call, delegate, organisation):
    sentence, field = refusal(stand, delegate, closed(call), organisation, "support")

    assert sentence.startswith("Send your response to the coordinator.")
    assert (field, Position.objects.exists()) == (None, False)


def test_a_position_may_name_a_clause_of_the_revision_and_no_other(call, text, member, delegate, organisation):
    draft = actions.ClauseDraft("A clause that came later.")
    later = actions.add_clause(actor=member, text=text, draft=draft, after=None).clause
    assert refusal(stand, delegate, call, organisation, "object", "No.", later)[1] == "clause"
    stand(delegate, call, organisation, "object", "No.", Clause.objects.get(text=text, number=2))

    assert Position.objects.get().clause.number == 2


# ---- declaring ----


def declare(actor, call, outcome, reason="So it was said."):
    return actions.declare_outcome(actor=actor, call=call, outcome=outcome, reason=reason)


def test_nothing_is_declared_before_the_close_unless_everybody_spoke(
    call, coordinator, member, delegate, organisation, helpline
):
    stand(delegate, call, organisation, "support")
    stand(member, call, None, "support")
    assert refusal(declare, coordinator, call, "consensus")[0].startswith("Wait until the call closes")
    stand(coordinator, call, None, "aside")
    assert refusal(declare, coordinator, call, "consensus")[0].startswith("Wait until the call closes")
    stand(helpline[0], call, helpline[1], "awaiting")
    assert refusal(declare, coordinator, call, "consensus")[0].startswith("Wait until the call closes")
    stand(helpline[0], call, helpline[1], "aside")

    assert declare(coordinator, call, "consensus").outcome == "consensus"


def test_there_is_no_consensus_while_an_objection_stands(call, coordinator, delegate, organisation, helpline):
    stand(delegate, call, organisation, "support")
    assert refusal(declare, coordinator, closed(call), "with-dissent")[0].endswith("There are no remaining objections.")
    Call.objects.update(closes_at=in_days(3))
    call.refresh_from_db()
    stand(helpline[0], call, helpline[1], "object", "It invites keeping everything.")
    assert refusal(declare, coordinator, closed(call), "consensus")[1] == "outcome"
    declared = declare(coordinator, call, "with-dissent")

    assert (declared.outcome, declared.declared_by, declared.reason) == (
        "with-dissent",
        coordinator,
        "So it was said.",
    )


def test_where_silence_counts_as_nothing_silence_alone_agrees_to_nothing(text, coalition, coordinator, organisation):
    actions.set_rules(actor=coordinator, coalition=coalition, silence="nothing", days=14)
    call = closed(called(text, coordinator))

    assert refusal(declare, coordinator, call, "consensus")[0].endswith("No member supports the text.")
    assert declare(coordinator, call, "no-consensus").outcome == "no-consensus"


def test_what_was_declared_stands_and_pressing_twice_declares_once(
    call, coordinator, delegate, organisation, rapporteur
):
    with pytest.raises(PermissionDenied):
        declare(rapporteur, closed(call), "consensus")
    assert refusal(declare, coordinator, call, "consensus", " ")[1] == "reason"
    first, second = (declare(coordinator, call, "consensus") for _ in range(2))

    assert first.declared_at == second.declared_at
    assert refusal(declare, coordinator, call, "no-consensus")[0].startswith(
        "The outcome has already been declared: consensus."
    )
    assert Activity.objects.filter(verb="declared").count() == 1


# ---- restarting ----


def test_an_objection_that_changes_the_substance_restarts_the_clock(
    call, text, member, coordinator, delegate, organisation
):
    stand(delegate, call, organisation, "object", "Small providers have no deputy.")
    restart = {"actor": coordinator, "call": call, "reason": "Clause 3 names no deputy now.", "closes_at": in_days(15)}
    assert refusal(actions.restart_call, **restart)[0].startswith("Change the text before you restart the call.")
    revised(text, member)
    new = actions.restart_call(**restart)
    again = actions.restart_call(**restart)

    call.refresh_from_db()
    assert (call.outcome, call.reason, new, new.revision.number) == ("restarted", restart["reason"], again, 2)
    positions = Positions(new)
    assert (positions.taken, [one.pk for one in positions.silent]) == ([], [organisation.pk])
    assert positions.get_earlier_position(organisation.pk).stance == "object"
    assert refusal(stand, delegate, call, organisation, "support")[0].startswith("Respond to the new call instead.")


def test_restarting_names_the_text_as_it_reads_now_where_nobody_did(call, text, member, coordinator):
    clause = Clause.objects.get(text=text, number=2)
    actions.remove_clause(
        actor=member, clause=clause, from_digest=clause.placements.get(until__isnull=True).wording.digest
    )
    new = actions.restart_call(
        actor=coordinator, call=call, reason="One clause less.", closes_at=in_days(15), name="Without clause 2"
    )

    assert (new.revision.number, new.revision.name) == (2, "Without clause 2")


def test_a_text_that_was_taken_out_of_the_record_is_agreed_by_nobody(call, text, coordinator, member, organisation):
    AffiliationFactory(organisation=organisation, person=member, may_speak=True)
    withdraw_record(actor=member, record=text, reason="It was not ours.")

    said = refusal(
        actions.take_position, actor=member, call=call, organisation=organisation, stand=PositionContent("support")
    )
    assert said == ("This text has been withdrawn from the record. You can no longer change it.", None)

"""A call for consensus: who is asked, what each organisation says, and what may be declared of it."""

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
from jukwaa.drafting.positions import CallPositions
from jukwaa.records.actions import withdraw_record
from tests.drafting.consensus import (
    create_open_text,
    create_spokesperson,
    end_consensus_call,
    get_moment_days_from_now,
    name_text_revision,
    open_consensus_call,
    submit_call_position,
)
from tests.factories import AffiliationFactory, CapacityFactory, OrganisationFactory


@pytest.fixture
def text(coalition, member):
    return create_open_text(coalition, member)


@pytest.fixture
def consensus_call(text, coordinator):
    return open_consensus_call(text, coordinator)


@pytest.fixture
def helpline(coalition):
    return create_spokesperson(coalition, "A helpline", organisation__regional_group="african")


def create_member_input(text, member, **more):
    consultation = Consultation.objects.create(
        text=text, revision=text.get_latest_revision(), closes_at=get_moment_days_from_now(1), asks="public"
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


def get_call_refusal(action, *args, **kwargs):
    with pytest.raises(ActionRefused) as refused, transaction.atomic():
        action(*args, **kwargs)
    return str(refused.value), refused.value.field


# ---- opening ----


def test_call_is_opened_by_coordinators_only(text, member, rapporteur, delegate, coordinator):
    for person in (member, rapporteur, delegate):
        with pytest.raises(PermissionDenied):
            open_consensus_call(text, person)
    open_consensus_call(text, coordinator)

    assert list(Call.objects.values_list("by__name", "revision__name", "silence", "outcome")) == [
        ("The coordinator", "Draft 1", "support", "")
    ]


def test_call_lasts_two_weeks_or_as_rules_require(text, coordinator, coalition):
    close = actions.call_for_consensus
    assert (
        get_call_refusal(close, actor=coordinator, text=text, closes_at=get_moment_days_from_now(13))[1] == "closes_on"
    )
    actions.set_decision_rules(actor=coordinator, coalition=coalition, silence="nothing", days=21)
    assert (
        get_call_refusal(close, actor=coordinator, text=text, closes_at=get_moment_days_from_now(20))[1] == "closes_on"
    )

    assert open_consensus_call(text, coordinator, days=21).silence == "nothing"


def test_text_has_one_open_call_enforced_by_database(text, consensus_call, coordinator):
    assert get_call_refusal(open_consensus_call, text, coordinator) == (
        "Declare the outcome of the current call first, or restart it. A text can only have one call at a time.",
        None,
    )
    with pytest.raises(IntegrityError, match=r"one_call_at_a_time|drafting_call.text"), transaction.atomic():
        Call.objects.create(
            text=text, revision=consensus_call.revision, closes_at=get_moment_days_from_now(20), silence="support"
        )


def test_call_form_sent_twice_opens_one_call(text, coordinator):
    token = uuid.uuid4()
    calls = [
        actions.call_for_consensus(actor=coordinator, text=text, closes_at=get_moment_days_from_now(15), token=token)
        for _ in range(2)
    ]

    assert calls[0] == calls[1]
    assert list(Activity.objects.filter(kind="call").values_list("verb", flat=True)) == ["opened"]


def test_call_requires_open_text_with_revision(coalition, member, coordinator):
    text = actions.begin_text(actor=member, coalition=coalition, title="Young", form="guideline")

    assert get_call_refusal(open_consensus_call, text, coordinator)[0].startswith(
        "Share the text with its readers first"
    )
    actions.open_text_to_readers(actor=member, text=text)
    assert get_call_refusal(open_consensus_call, text, coordinator)[0].startswith("Create a revision first")


def test_call_with_unanswered_inputs_requires_reason(text, member, coordinator):
    given = create_member_input(text, member)
    sentence = "1 input has no response yet. Respond to it first, or explain below why you are opening the call now."
    assert get_call_refusal(open_consensus_call, text, coordinator) == (sentence, "although")
    call = actions.call_for_consensus(
        actor=coordinator, text=text, closes_at=get_moment_days_from_now(15), although="It concerns the next text."
    )
    assert call.although == "It concerns the next text."
    call.delete()
    Input.objects.filter(pk=given.pk).update(disposition="noted")

    assert open_consensus_call(text, coordinator).although == ""


# ---- taking a position ----


def test_position_is_taken_by_representatives_of_organisation(
    consensus_call, delegate, organisation, member, coordinator
):
    for person in (member, coordinator):
        with pytest.raises(PermissionDenied, match="once it has confirmed that you represent it"):
            submit_call_position(person, consensus_call, organisation, "support")
    submit_call_position(delegate, consensus_call, organisation, "support")

    rows = Position.objects.values_list("organisation", "person", "stance", "capacity__name", "stands")
    assert list(rows) == [(organisation.pk, delegate.pk, "support", organisation.name, True)]


def test_call_excludes_organisations_that_are_not_members(consensus_call, coalition):
    stranger = OrganisationFactory(coalition=coalition)
    person = AffiliationFactory(organisation=stranger, may_speak=True).person
    with pytest.raises(PermissionDenied, match="not a member at present"):
        submit_call_position(person, consensus_call, stranger, "support")


@pytest.mark.parametrize("stance", ["object", "reservation"])
def test_objection_and_reservation_require_reason(consensus_call, delegate, organisation, stance):
    assert get_call_refusal(submit_call_position, delegate, consensus_call, organisation, stance, " ")[1] == "reason"
    submit_call_position(delegate, consensus_call, organisation, stance, "Small providers have no deputy.")

    assert Position.objects.get().reason == "Small providers have no deputy."


def test_earlier_position_of_organisation_stays_readable(consensus_call, delegate, organisation):
    submit_call_position(delegate, consensus_call, organisation, "awaiting")
    submit_call_position(delegate, consensus_call, organisation, "support")
    submit_call_position(delegate, consensus_call, organisation, "support")

    assert list(Position.objects.values_list("stance", "stands")) == [("awaiting", False), ("support", True)]
    said = CallPositions(consensus_call).taken_positions
    assert [(one.position.stance, [old.stance for old in one.before]) for one in said] == [("support", ["awaiting"])]


def test_position_of_slower_colleague_raises_edit_conflict(consensus_call, delegate, organisation):
    colleague = AffiliationFactory(organisation=organisation, may_speak=True).person
    first = submit_call_position(delegate, consensus_call, organisation, "support", seen_version=0)

    with pytest.raises(EditConflict) as conflict:
        submit_call_position(colleague, consensus_call, organisation, "object", "No.", seen_version=0)
    assert conflict.value.current == first
    submit_call_position(colleague, consensus_call, organisation, "object", "No.", seen_version=first.pk)
    assert Position.objects.get(stands=True).stance == "object"


def test_position_after_close_is_refused(consensus_call, delegate, organisation):
    sentence, field = get_call_refusal(
        submit_call_position, delegate, end_consensus_call(consensus_call), organisation, "support"
    )

    assert sentence.startswith("Send your response to the coordinator.")
    assert (field, Position.objects.exists()) == (None, False)


def test_position_names_only_clauses_of_revision(consensus_call, text, member, delegate, organisation):
    draft = actions.ClauseDraft("A clause that came later.")
    later = actions.add_clause(actor=member, text=text, clause_draft=draft, after_clause=None).clause
    assert (
        get_call_refusal(submit_call_position, delegate, consensus_call, organisation, "object", "No.", later)[1]
        == "clause"
    )
    submit_call_position(
        delegate, consensus_call, organisation, "object", "No.", Clause.objects.get(text=text, number=2)
    )

    assert Position.objects.get().clause.number == 2


# ---- declaring ----


def declare_consensus_outcome(actor, call, outcome, reason="So it was said."):
    return actions.declare_call_outcome(actor=actor, call=call, outcome=outcome, reason=reason)


def test_outcome_before_close_requires_all_positions(
    consensus_call, coordinator, member, delegate, organisation, helpline
):
    submit_call_position(delegate, consensus_call, organisation, "support")
    submit_call_position(member, consensus_call, None, "support")
    assert get_call_refusal(declare_consensus_outcome, coordinator, consensus_call, "consensus")[0].startswith(
        "Wait until the call closes"
    )
    submit_call_position(coordinator, consensus_call, None, "aside")
    assert get_call_refusal(declare_consensus_outcome, coordinator, consensus_call, "consensus")[0].startswith(
        "Wait until the call closes"
    )
    submit_call_position(helpline[0], consensus_call, helpline[1], "awaiting")
    assert get_call_refusal(declare_consensus_outcome, coordinator, consensus_call, "consensus")[0].startswith(
        "Wait until the call closes"
    )
    submit_call_position(helpline[0], consensus_call, helpline[1], "aside")

    assert declare_consensus_outcome(coordinator, consensus_call, "consensus").outcome == "consensus"


def test_consensus_is_refused_while_objection_remains(consensus_call, coordinator, delegate, organisation, helpline):
    submit_call_position(delegate, consensus_call, organisation, "support")
    assert get_call_refusal(declare_consensus_outcome, coordinator, end_consensus_call(consensus_call), "with-dissent")[
        0
    ].endswith("There are no remaining objections.")
    Call.objects.update(closes_at=get_moment_days_from_now(3))
    consensus_call.refresh_from_db()
    submit_call_position(helpline[0], consensus_call, helpline[1], "object", "It invites keeping everything.")
    assert (
        get_call_refusal(declare_consensus_outcome, coordinator, end_consensus_call(consensus_call), "consensus")[1]
        == "outcome"
    )
    declared = declare_consensus_outcome(coordinator, consensus_call, "with-dissent")

    assert (declared.outcome, declared.declared_by, declared.reason) == (
        "with-dissent",
        coordinator,
        "So it was said.",
    )


def test_consensus_needs_support_where_silence_does_not_count(text, coalition, coordinator, organisation):
    actions.set_decision_rules(actor=coordinator, coalition=coalition, silence="nothing", days=14)
    call = end_consensus_call(open_consensus_call(text, coordinator))

    assert get_call_refusal(declare_consensus_outcome, coordinator, call, "consensus")[0].endswith(
        "No member supports the text."
    )
    assert declare_consensus_outcome(coordinator, call, "no-consensus").outcome == "no-consensus"


def test_outcome_is_final_and_declared_once(consensus_call, coordinator, delegate, organisation, rapporteur):
    with pytest.raises(PermissionDenied):
        declare_consensus_outcome(rapporteur, end_consensus_call(consensus_call), "consensus")
    assert get_call_refusal(declare_consensus_outcome, coordinator, consensus_call, "consensus", " ")[1] == "reason"
    first, second = (declare_consensus_outcome(coordinator, consensus_call, "consensus") for _ in range(2))

    assert first.declared_at == second.declared_at
    assert get_call_refusal(declare_consensus_outcome, coordinator, consensus_call, "no-consensus")[0].startswith(
        "The outcome has already been declared: consensus."
    )
    assert Activity.objects.filter(verb="declared").count() == 1


# ---- restarting ----


def test_call_restarts_when_objection_changes_substance(
    consensus_call, text, member, coordinator, delegate, organisation
):
    submit_call_position(delegate, consensus_call, organisation, "object", "Small providers have no deputy.")
    restart = {
        "actor": coordinator,
        "call": consensus_call,
        "reason": "Clause 3 names no deputy now.",
        "closes_at": get_moment_days_from_now(15),
    }
    assert get_call_refusal(actions.restart_consensus_call, **restart)[0].startswith(
        "Change the text before you restart the call."
    )
    name_text_revision(text, member)
    new = actions.restart_consensus_call(**restart)
    again = actions.restart_consensus_call(**restart)

    consensus_call.refresh_from_db()
    assert (consensus_call.outcome, consensus_call.reason, new, new.revision.number) == (
        "restarted",
        restart["reason"],
        again,
        2,
    )
    positions = CallPositions(new)
    assert (positions.taken_positions, [one.pk for one in positions.silent_organisations]) == ([], [organisation.pk])
    assert positions.get_earlier_position(organisation.pk).stance == "object"
    assert get_call_refusal(submit_call_position, delegate, consensus_call, organisation, "support")[0].startswith(
        "Respond to the new call instead."
    )


def test_restarted_call_names_revision_of_unnamed_changes(consensus_call, text, member, coordinator):
    clause = Clause.objects.get(text=text, number=2)
    actions.remove_clause(
        actor=member, clause=clause, seen_digest=clause.placements.get(until__isnull=True).wording.digest
    )
    new = actions.restart_consensus_call(
        actor=coordinator,
        call=consensus_call,
        reason="One clause less.",
        closes_at=get_moment_days_from_now(15),
        name="Without clause 2",
    )

    assert (new.revision.number, new.revision.name) == (2, "Without clause 2")


def test_call_on_hold_is_not_restarted_until_objection_is_clarified(consensus_call, text, member, coordinator):
    hold = actions.put_call_result_on_hold(
        actor=coordinator, call=consensus_call, reason="Objection on the mailing list."
    )
    name_text_revision(text, member)
    restart = {
        "actor": coordinator,
        "call": consensus_call,
        "reason": "Clause 3 changed.",
        "closes_at": get_moment_days_from_now(15),
    }

    assert get_call_refusal(actions.restart_consensus_call, **restart)[0].startswith("First clarify the objection")
    actions.clarify_mailing_list_hold(actor=coordinator, hold=hold, clarification="It is met by the new clause 3.")
    assert actions.restart_consensus_call(**restart).restarts == consensus_call


def test_call_on_withdrawn_text_is_closed_to_all(consensus_call, text, coordinator, member, organisation):
    AffiliationFactory(organisation=organisation, person=member, may_speak=True)
    withdraw_record(actor=member, record=text, reason="It was not ours.")

    said = get_call_refusal(
        actions.take_call_position,
        actor=member,
        call=consensus_call,
        organisation=organisation,
        stand=PositionContent("support"),
    )
    assert said == ("This text has been withdrawn from the record. You can no longer change it.", None)

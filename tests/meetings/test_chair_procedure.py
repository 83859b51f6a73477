"""What the chair can do in a silence procedure, and in a consensus call on a text: all that a coordinator can."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.drafting import actions as drafting
from jukwaa.drafting.models import Call, Clause, Hold, Placement
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.meetings import actions, policies
from jukwaa.meetings.models import Decision, Entry, Idea, Meeting
from jukwaa.records.policies import can_change_record, can_withdraw_record
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.conftest import create_seated_person
from tests.drafting.consensus import (
    create_open_text,
    create_spokesperson,
    end_consensus_call,
    get_moment_days_from_now,
    open_consensus_call,
)
from tests.factories import PersonFactory, RoleFactory
from tests.meetings.silence_steps import (
    DECISION_WORDING,
    declare_silence_outcome,
    end_silence_call,
    get_action_refusal_text,
    get_page_url,
    propose_silence_call,
    take_silence_position,
)


@pytest.fixture
def chair(mailing_coalition):
    """A chair who is not a member."""
    person = PersonFactory(name="The chair")
    RoleFactory(coalition=mailing_coalition, person=person, kind="chair")
    return person


@pytest.fixture
def call(chair, coordinator, meeting):
    return propose_silence_call(coordinator, meeting)


def get_call_url(name, call, *args):
    return reverse(f"drafting:{name}", args=["ours", call.text_id, call.pk, *args])


def list_task_titles(person, coalition):
    return [task.title for task in get_tasks(Standing(person, coalition))]


def plan_next_meeting(coordinator, coalition) -> Meeting:
    return actions.create_meeting_record(
        actor=coordinator,
        coalition=coalition,
        title="The next one",
        published=True,
        starts_on=timezone.localdate() + timedelta(days=30),
    )


def test_chair_can_propose_decision_and_declare_outcome(client, chair, meeting):
    client.force_login(chair)
    url = reverse("meetings:decision_propose", args=["ours"])
    for page in (reverse("meetings:decision_list", args=["ours"]), meeting.get_absolute_url()):
        assert url in client.get(page).text
    assert client.get(url).status_code == 200
    call = end_silence_call(propose_silence_call(chair, meeting))
    declare = get_call_url("call_declare", call)
    assert declare in client.get(get_page_url(call)).text
    without_reason = client.post(declare, {"outcome": "consensus", "reason": " "})
    assert (without_reason.status_code, Call.objects.get().outcome) == (422, "")
    assert "Enter a reason, so that everyone can understand the outcome." in without_reason.text
    client.post(declare, {"outcome": "consensus", "reason": "Nobody objected by the end."})

    entry = Entry.objects.get(kind="decision")
    assert (Call.objects.get().declared_by, Decision.objects.get().method) == (chair, "silence")
    client.logout()
    assert all(
        "Nobody objected by the end." in client.get(page).text
        for page in (get_page_url(call), entry.get_absolute_url())
    )


def test_reasons_of_chair_are_emailed(call, chair, member):
    declare_silence_outcome(chair, end_silence_call(call), "consensus", "Nobody objected by the end.")
    send_pending_activity_notifications()

    result = Message.objects.get(to=member.email, subject__contains="Outcome of the proposed decision")
    assert "Reasons for the outcome:\nNobody objected by the end." in result.body


def test_chair_sees_objections_and_silent_members_before_declaring(client, call, chair, coalition):
    person, organisation = create_spokesperson(coalition, "A helpline")
    create_spokesperson(coalition, "A silent hotline")
    take_silence_position(person, call, organisation, "object", "Too fast.")
    client.force_login(chair)
    page, form = (client.get(url).text for url in (get_page_url(call), get_call_url("call_declare", call)))

    assert "A silent hotline" in page
    assert all("A helpline" in each and "Too fast." in each for each in (page, form))


def test_chair_can_hold_result_and_clarify_objection(client, call, chair, coordinator):
    client.force_login(chair)
    assert client.post(get_call_url("call_hold", call), {"reason": ""}).status_code == 422
    client.post(get_call_url("call_hold", call), {"reason": "A member objected on the phone."})
    assert "First clarify the objection" in get_action_refusal_text(
        declare_silence_outcome, chair, end_silence_call(call), "consensus"
    )
    send_pending_activity_notifications()
    clarify = get_call_url("hold_clarify", call, Hold.objects.get().pk)

    assert [mail.to for mail in Message.objects.filter(subject__contains="Clarify an objection")] == [coordinator.email]
    assert f"Clarify an objection to “{DECISION_WORDING}”" in list_task_titles(chair, call.text.coalition)
    assert clarify in client.get(get_page_url(call)).text
    client.post(clarify, {"clarification": "It was about another text."})
    assert declare_silence_outcome(chair, call, "consensus").declared_by == chair


def test_chair_is_emailed_about_objection_posted_to_mailing_list(call, chair, coordinator):
    drafting.put_call_result_on_hold(actor=coordinator, call=call, reason="A member objected on the phone.")
    send_pending_activity_notifications()

    assert [mail.to for mail in Message.objects.filter(subject__contains="Clarify an objection")] == [chair.email]


def test_chair_moves_decision_to_meeting(call, chair, coordinator, coalition, member):
    plan_next_meeting(coordinator, coalition)
    take_silence_position(member, call, None, "procedure", "We should discuss this.")
    declare_silence_outcome(chair, call, "to-meeting", "A member asked to discuss it.")

    assert Idea.objects.get().agenda_item.meeting.title == "The next one"


def test_chair_can_restart_call_with_new_text(client, call, chair):
    client.force_login(chair)
    clause = Clause.objects.get(text=call.text_id)
    digest = Placement.objects.now(call.text).get(clause=clause).wording.digest
    clause.text = call.text
    drafting.write_clause_body(actor=chair, clause=clause, clause_body="Within six weeks.", from_digest=digest)
    closes_on = timezone.localdate(get_moment_days_from_now(15))
    client.post(get_call_url("call_restart", call), {"reason": "Six weeks, as proposed.", "closes_on": closes_on})

    new = Call.objects.get(restarts=call)
    declare_silence_outcome(chair, end_silence_call(new), "consensus")
    assert Entry.objects.get(kind="decision").text == "Within six weeks."


def test_tasks_ask_chair_to_declare(call, chair, member, coalition):
    end_silence_call(call)

    expected = f"Declare the outcome of the call on “{DECISION_WORDING}”"
    assert [expected in list_task_titles(person, coalition) for person in (chair, member)] == [True, False]


def test_chair_has_no_rights_over_minutes_and_register(client, call, chair, meeting):
    declare_silence_outcome(chair, end_silence_call(call), "consensus")

    entry, viewer = Entry.objects.get(kind="decision"), ViewerContext(chair)
    can = (can_change_record, can_withdraw_record, policies.can_withdraw_entry, policies.can_edit_decision_register)
    assert [each(viewer, entry) for each in can] == [False] * 4
    assert not policies.can_manage_minutes(viewer, meeting.coalition)
    client.force_login(chair)
    assert client.get(reverse("meetings:decision_edit", args=["ours", entry.pk])).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.record_entry(actor=chair, meeting=meeting, kind="decision", text="By the chair alone.")


def test_chair_can_open_call_on_text_and_declare_outcome(client, chair, coalition, coordinator, member):
    text = create_open_text(coalition, member)
    client.force_login(chair)
    agreement = reverse("drafting:agreement", args=["ours", text.pk])
    call_new = reverse("drafting:call_new", args=["ours", text.pk])
    assert call_new in client.get(agreement).text
    assert client.get(call_new).status_code == 200
    call = open_consensus_call(text, chair)
    assert "Ask the drafters to create a revision first." in get_action_refusal_text(
        drafting.restart_consensus_call,
        actor=chair,
        call=call,
        reason="Clause 3.",
        closes_at=get_moment_days_from_now(15),
    )
    end_consensus_call(call)
    coalition.refresh_from_db()
    step = client.get(text.get_absolute_url()).context["next_step"]
    assert (str(step.sentence), step.to) == (
        "Next: declare the outcome of the call.",
        get_call_url("call_declare", call),
    )

    client.post(get_call_url("call_declare", call), {"outcome": "no-consensus", "reason": "Nobody responded."})
    assert Call.objects.get().reason == "Nobody responded."
    assert client.get(reverse("drafting:text_write", args=["ours", text.pk])).status_code == 404


def test_members_and_rapporteurs_do_not_manage_calls(client, call, member, rapporteur, coalition):
    editor = create_seated_person(coalition, "An editor", "editor")
    for person in (member, rapporteur, editor):
        client.force_login(person)
        for name in ("call_declare", "call_restart", "call_hold"):
            assert client.get(get_call_url(name, call)).status_code == 403
        with pytest.raises(PermissionDenied):
            declare_silence_outcome(person, call, "no-consensus")

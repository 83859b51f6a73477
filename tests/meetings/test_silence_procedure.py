"""Decisions by silence procedure: proposed, answered on the web and by email, declared, and entered in the register."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting import actions as drafting
from jukwaa.drafting.models import Call, Clause, Placement, Position
from jukwaa.drafting.positions import CallPositions
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.models import Decision, Dissent, Entry, Idea, Meeting
from jukwaa.records.models import Link
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.reminders import send_due_reminders
from tests.conftest import create_seated_person
from tests.drafting.consensus import create_spokesperson, get_moment_days_from_now
from tests.factories import MembershipFactory, PersonFactory
from tests.meetings.silence_steps import (
    DECISION_WORDING,
    declare_silence_outcome,
    end_silence_call,
    get_action_refusal_text,
    get_page_url,
    propose_silence_call,
    take_silence_position,
    update_call_rules,
)
from tests.updates.emails import deliver_email


@pytest.fixture
def silence_call(mailing_coalition, coordinator, meeting):
    return propose_silence_call(coordinator, meeting)


@pytest.fixture
def helpline(coalition):
    return create_spokesperson(coalition, "A helpline", organisation__regional_group="african")


# ---- proposing ----


def test_coordinator_proposes_decision_from_entry(client, coordinator, meeting, coalition):
    entry = actions.record_entry(actor=coordinator, meeting=meeting, kind="proposal", text=DECISION_WORDING)
    client.force_login(coordinator)
    address = reverse("meetings:decision_propose", args=["ours"])
    shown = client.get(f"{address}?from={entry.pk}").text
    last = timezone.localdate() + timedelta(days=14)
    answer = client.post(
        f"{address}?from={entry.pk}", {"text": DECISION_WORDING, "closes_on": last, "meeting": meeting.pk}, follow=True
    )

    call = Call.objects.get()
    assert DECISION_WORDING in shown
    assert (call.text.form, call.text.label, call.text.is_decision) == ("decision", meeting.label, True)
    assert Link.objects.get(from_record=call.text_id).to_record_id == entry.pk
    assert DECISION_WORDING in answer.text
    assert "23:59 (UTC" in answer.text
    assert "1 objection stops the decision." in answer.text
    assert call.text.title in client.get(reverse("meetings:decision_list", args=["ours"])).text


def test_only_coordinators_propose_decisions(client, rapporteur, member, meeting):
    for person in (rapporteur, member):
        client.force_login(person)
        assert client.get(reverse("meetings:decision_propose", args=["ours"])).status_code == 403
        with pytest.raises(PermissionDenied):
            propose_silence_call(person, meeting)
    assert Call.objects.count() == 0


def test_minimum_silence_period_is_set_by_rule_of_coalition(coordinator, coalition, meeting):
    assert "must last at least 14 days" in get_action_refusal_text(propose_silence_call, coordinator, meeting, days=13)
    update_call_rules(coordinator, coalition=coalition, decision_days=3)

    assert propose_silence_call(coordinator, meeting, days=3).is_open


def test_decision_needs_published_meeting_for_members(coordinator, rapporteur, coalition):
    draft = actions.create_meeting_record(actor=coordinator, coalition=coalition, title="A draft")
    closed = actions.create_meeting_record(
        actor=coordinator,
        coalition=coalition,
        title="Closed",
        published=True,
        label="TLP:RED",
        starts_on=date(2010, 1, 1),
    )

    assert "Publish the meeting first" in get_action_refusal_text(propose_silence_call, coordinator, draft)
    assert "All members must be able to read" in get_action_refusal_text(propose_silence_call, coordinator, closed)


def test_decision_from_chatham_house_item_omits_names(coordinator, meeting, organisation):
    part = actions.add_meeting_agenda_item(
        actor=coordinator, meeting=meeting, title="Among ourselves", is_under_chatham_house_rule=True
    )
    entry = actions.record_entry(actor=coordinator, meeting=meeting, kind="proposal", text="Wait.", part=part)

    with pytest.raises(NamesFoundError):
        propose_silence_call(coordinator, meeting, text=f"{organisation.name} waits.", origin=entry)


# ---- responding ----


def test_members_respond_for_themselves_and_organisations(client, silence_call, member, delegate, organisation):
    own = reverse("drafting:position_own", args=["ours", silence_call.text_id, silence_call.pk])
    client.force_login(member)
    assert "Respond as an individual member" in client.get(get_page_url(silence_call)).text
    assert client.post(own, {"stance": "amendment", "reason": "", "seen": 0}).status_code == 422
    client.post(own, {"stance": "amendment", "reason": "Within six weeks.", "seen": 0})
    client.force_login(delegate)
    for_it = reverse("drafting:position_take", args=["ours", silence_call.text_id, silence_call.pk, organisation.pk])
    client.post(for_it, {"stance": "support", "seen": 0})

    rows = Position.objects.order_by("pk").values_list("organisation", "person__name", "stance", "reason")
    assert list(rows) == [
        (None, "A member", "amendment", "Within six weeks."),
        (organisation.pk, "A delegate", "support", ""),
    ]


def test_members_respond_by_email_to_exact_text(silence_call, member, delegate, organisation):
    send_pending_activity_notifications()
    asked = {mail.to: mail for mail in Message.objects.all()}
    assert {member.email, delegate.email} <= set(asked)
    assert DECISION_WORDING in asked[member.email].body
    assert "(UTC" in asked[member.email].body
    Message.objects.all().delete()
    deliver_email("meeting: this needs a discussion.", to=asked[member.email].reply_to, sender=member.email)
    deliver_email("support", to=asked[delegate.email].reply_to, sender=delegate.email, message_id="<two@example.org>")

    rows = Position.objects.order_by("pk").values_list("organisation", "person", "stance", "reason")
    assert list(rows) == [
        (None, member.pk, "procedure", "this needs a discussion."),
        (organisation.pk, delegate.pk, "support", ""),
    ]
    assert "Your response has been recorded" in Message.objects.get(to=member.email).body


def test_minors_and_outsiders_are_not_asked(silence_call, coalition, outsider):
    minor = PersonFactory(is_minor=True, adult_contact=PersonFactory())
    MembershipFactory(coalition=coalition, organisation=None, person=minor)

    assert minor not in CallPositions(silence_call).people
    for person in (minor, outsider):
        with pytest.raises(PermissionDenied):
            take_silence_position(person, silence_call, None, "support")


def test_silent_members_are_reminded(silence_call, member, coordinator, rapporteur):
    for person in (coordinator, rapporteur):
        take_silence_position(person, silence_call, None, "support")
    send_due_reminders(timezone.now() + timedelta(days=12))

    assert {mail.to for mail in Message.objects.filter(subject__contains="Reminder: respond by")} == {member.email}


def test_silent_members_are_not_named_in_public(client, silence_call, helpline, member, coordinator):
    for page in (client.get(get_page_url(silence_call)), client.get(get_page_url(end_silence_call(silence_call)))):
        assert "A helpline" not in page.text
        assert ">A member<" not in page.text
    client.force_login(coordinator)
    assert "A helpline" in client.get(get_page_url(silence_call)).text
    assert ">A member<" in client.get(get_page_url(silence_call)).text


def test_silence_is_not_shown_as_support(client, silence_call, helpline, coordinator):
    declare_silence_outcome(coordinator, end_silence_call(silence_call), "consensus")

    page = client.get(get_page_url(silence_call)).text
    assert "This does not count as support." in page
    assert "supports" not in page
    assert "did not respond" in page


# ---- outcomes ----


def test_adopted_decision_enters_the_register_with_statements(
    client, silence_call, coalition, coordinator, member, helpline, delegate, organisation
):
    update_call_rules(coordinator, coalition=coalition, objections=2)  # this call keeps the rules it began with
    take_silence_position(delegate, silence_call, organisation, "reservation", "Minutes need translation.")
    take_silence_position(helpline[0], silence_call, helpline[1], "aside", "We joined last week.")
    declare_silence_outcome(coordinator, end_silence_call(silence_call), "consensus", "One reservation, no objection.")

    entry = Entry.objects.get(kind="decision")
    assert (entry.text, entry.meeting_id) == (DECISION_WORDING, silence_call.text.silence_procedure.meeting_id)
    assert (Decision.objects.get().method, entry.silence_procedure.text_id) == ("silence", silence_call.text_id)
    assert sorted(Dissent.objects.values_list("capacity__name", "kind", "statement")) == [
        ("A helpline", "stood-aside", "We joined last week."),
        (organisation.name, "reservation", "Minutes need translation."),
    ]
    page = client.get(entry.get_absolute_url()).text
    assert get_page_url(silence_call) in page
    assert "Minutes need translation." in page
    assert "One reservation, no objection." in client.get(get_page_url(silence_call)).text
    assert DECISION_WORDING in client.get(reverse("meetings:decision_list", args=["ours"]) + "?method=silence").text


def test_decision_is_recorded_after_minutes_approval(silence_call, coordinator, meeting):
    actions.start_live_minutes(actor=coordinator, meeting=meeting)
    actions.approve_minutes(actor=coordinator, meeting=meeting)
    with pytest.raises(ActionRefused):
        actions.record_entry(actor=coordinator, meeting=Meeting.objects.get(pk=meeting.pk), kind="topic", text="Late.")

    declare_silence_outcome(coordinator, end_silence_call(silence_call), "consensus")

    entry = Entry.objects.get(kind="decision")
    assert (entry.text, entry.meeting_id, entry.state) == (DECISION_WORDING, meeting.pk, "published")


def test_result_is_emailed_with_statements(silence_call, coalition, coordinator, member, delegate, organisation):
    colleague = create_seated_person(coalition, "A colleague")
    take_silence_position(delegate, silence_call, organisation, "reservation", "Minutes need translation.")
    send_pending_activity_notifications()
    Message.objects.all().delete()
    declare_silence_outcome(coordinator, end_silence_call(silence_call), "consensus", "No member objected in time.")
    send_pending_activity_notifications()

    mails = {mail.to: mail.body for mail in Message.objects.all()}
    assert {coordinator.email, member.email, delegate.email, colleague.email} <= set(mails)
    for part in (DECISION_WORDING, "No member objected in time.", "Minutes need translation.", organisation.name):
        assert part in mails[colleague.email]


def test_objection_stops_decision_immediately(silence_call, coordinator, delegate, organisation):
    assert "is open until" in get_action_refusal_text(
        declare_silence_outcome, coordinator, silence_call, "no-consensus"
    )
    take_silence_position(delegate, silence_call, organisation, "object", "Too fast.")
    assert "do not allow this outcome" in get_action_refusal_text(
        declare_silence_outcome, coordinator, end_silence_call(silence_call), "with-dissent"
    )
    Call.objects.update(closes_at=get_moment_days_from_now(3))
    silence_call.refresh_from_db()

    assert declare_silence_outcome(coordinator, silence_call, "no-consensus").call_outcome_label == "not adopted"
    assert not Entry.objects.filter(kind="decision").exists()


@pytest.mark.parametrize("is_planned", [True, False])
def test_objection_to_written_procedure_moves_decision_to_meeting(
    silence_call, coordinator, coalition, member, is_planned
):
    if is_planned:
        actions.create_meeting_record(
            actor=coordinator,
            coalition=coalition,
            title="The next one",
            published=True,
            starts_on=timezone.localdate() + timedelta(days=30),
        )
    take_silence_position(member, silence_call, None, "procedure", "We should discuss this.")
    assert "is open until" in get_action_refusal_text(
        declare_silence_outcome, coordinator, silence_call, "no-consensus"
    )
    declare_silence_outcome(coordinator, silence_call, "to-meeting", "A member asked to discuss it.")

    idea = Idea.objects.get()
    assert (idea.title, idea.summary, idea.label) == (
        silence_call.text.title,
        DECISION_WORDING,
        silence_call.text.label,
    )
    assert Link.objects.filter(from_record=idea.pk, to_record=silence_call.text_id, relation="began-as").exists()
    assert (idea.agenda_item.meeting.title if idea.agenda_item else None) == ("The next one" if is_planned else None)


def test_decision_is_not_moved_to_meeting_in_progress(silence_call, coordinator, coalition, member):
    actions.create_meeting_record(
        actor=coordinator, coalition=coalition, title="Today", published=True, starts_on=timezone.localdate()
    )
    take_silence_position(member, silence_call, None, "procedure", "We should discuss this.")
    declare_silence_outcome(coordinator, silence_call, "to-meeting", "A member asked to discuss it.")
    assert Idea.objects.get().agenda_item is None


def test_only_allowed_outcomes_are_offered(client, silence_call, coordinator, member):
    take_silence_position(member, silence_call, None, "procedure", "We should discuss this.")
    client.force_login(coordinator)
    page = client.get(reverse("drafting:call_declare", args=["ours", silence_call.text_id, silence_call.pk])).text
    assert "moved to a meeting" in page
    assert "adopted without objection" not in page
    declare_silence_outcome(coordinator, silence_call, "to-meeting", "A member asked to discuss it.")
    assert Call.objects.get(pk=silence_call.pk).was_declared_early


def test_substantive_change_restarts_full_period(silence_call, coordinator, delegate, organisation):
    take_silence_position(delegate, silence_call, organisation, "amendment", "Within six weeks.")
    clause = Clause.objects.get(text=silence_call.text_id)
    digest = Placement.objects.now(silence_call.text).get(clause=clause).wording.digest
    clause.text = silence_call.text
    drafting.write_clause_body(actor=coordinator, clause=clause, clause_body="Within six weeks.", from_digest=digest)
    restart = {"actor": coordinator, "call": silence_call, "reason": "Six weeks, as proposed."}
    assert "must last at least 14 days" in get_action_refusal_text(
        drafting.restart_consensus_call, **restart, closes_at=get_moment_days_from_now(5)
    )
    new = drafting.restart_consensus_call(**restart, closes_at=get_moment_days_from_now(14))

    positions = CallPositions(new)
    assert (positions.taken_positions, positions.get_earlier_position(organisation.pk).stance) == ([], "amendment")
    assert new.rules == silence_call.rules
    declare_silence_outcome(coordinator, end_silence_call(new), "consensus")
    assert Entry.objects.get(kind="decision").text == "Within six weeks."


def test_decision_of_withdrawn_meeting_needs_another_published_meeting(
    silence_call, coordinator, rapporteur, meeting, coalition
):
    actions.withdraw_meeting(actor=rapporteur, meeting=meeting, reason="It was another one.")
    assert "Publish another meeting, so that the decision can be recorded with it" in get_action_refusal_text(
        declare_silence_outcome, coordinator, end_silence_call(silence_call), "consensus"
    )
    other = actions.create_meeting_record(
        actor=rapporteur, coalition=coalition, title="Another", published=True, starts_on=date(2020, 1, 1)
    )
    declare_silence_outcome(coordinator, silence_call, "consensus")

    assert Entry.objects.get(kind="decision").meeting_id == other.pk


def test_decision_cannot_be_published_in_library(client, silence_call, coordinator):
    declare_silence_outcome(coordinator, end_silence_call(silence_call), "consensus")

    assert "You cannot publish them in the library." in get_action_refusal_text(
        drafting.publish_edition, actor=coordinator, text=silence_call.text
    )
    client.force_login(coordinator)
    assert "Next:" not in client.get(silence_call.text.get_absolute_url()).text


@pytest.mark.parametrize(("count", "query_count"), [(1, 0), (3, 0)])
def test_decision_page_query_count_is_constant(
    client, silence_call, coalition, coordinator, django_assert_num_queries, count, query_count
):
    for number in range(count):
        person, organisation = create_spokesperson(coalition, f"Organisation {number}")
        take_silence_position(person, silence_call, organisation, "support")
        create_seated_person(coalition, f"Silent {number}")
    client.force_login(coordinator)
    with django_assert_num_queries(12):
        answer = client.get(get_page_url(silence_call))

    assert answer.text.count('<article class="note"') == count

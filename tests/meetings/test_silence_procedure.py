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
from jukwaa.updates.activity_notifications import notify_untold_activities
from jukwaa.updates.reminders import send_due_reminders
from tests.conftest import create_seated_person
from tests.drafting.consensus import create_spokesperson, days_from_now
from tests.factories import MembershipFactory, PersonFactory
from tests.meetings.silence import (
    WORDING,
    declare_result,
    end_call,
    get_page_url,
    get_refusal,
    propose_text,
    respond,
    update_call_rules,
)
from tests.updates.mails import deliver


@pytest.fixture
def call(released, coordinator, meeting):
    return propose_text(coordinator, meeting)


@pytest.fixture
def helpline(coalition):
    return create_spokesperson(coalition, "A helpline", organisation__regional_group="african")


# ---- proposing ----


def test_coordinator_proposes_decision_from_entry(client, coordinator, meeting, coalition):
    entry = actions.record_entry(actor=coordinator, meeting=meeting, kind="proposal", text=WORDING)
    client.force_login(coordinator)
    address = reverse("meetings:decision_propose", args=["ours"])
    shown = client.get(f"{address}?from={entry.pk}").text
    last = timezone.localdate() + timedelta(days=14)
    answer = client.post(
        f"{address}?from={entry.pk}", {"text": WORDING, "closes_on": last, "meeting": meeting.pk}, follow=True
    )

    call = Call.objects.get()
    assert WORDING in shown
    assert (call.text.form, call.text.label, call.text.is_decision) == ("decision", meeting.label, True)
    assert Link.objects.get(from_record=call.text_id).to_record_id == entry.pk
    assert WORDING in answer.text
    assert "23:59 (UTC" in answer.text
    assert "1 objection stops the decision." in answer.text
    assert call.text.title in client.get(reverse("meetings:decision_list", args=["ours"])).text


def test_only_coordinators_propose_decisions(client, rapporteur, member, meeting):
    for person in (rapporteur, member):
        client.force_login(person)
        assert client.get(reverse("meetings:decision_propose", args=["ours"])).status_code == 403
        with pytest.raises(PermissionDenied):
            propose_text(person, meeting)
    assert Call.objects.count() == 0


def test_length_follows_rule_of_coalition(coordinator, coalition, meeting):
    assert "must last at least 14 days" in get_refusal(propose_text, coordinator, meeting, days=13)
    update_call_rules(coordinator, coalition=coalition, decision_days=3)

    assert propose_text(coordinator, meeting, days=3).is_open


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

    assert "Publish the meeting first" in get_refusal(propose_text, coordinator, draft)
    assert "All members must be able to read" in get_refusal(propose_text, coordinator, closed)


def test_decision_from_chatham_house_item_omits_names(coordinator, meeting, organisation):
    part = actions.add_meeting_part(actor=coordinator, meeting=meeting, title="Among ourselves", chatham=True)
    entry = actions.record_entry(actor=coordinator, meeting=meeting, kind="proposal", text="Wait.", part=part)

    with pytest.raises(NamesFoundError):
        propose_text(coordinator, meeting, text=f"{organisation.name} waits.", origin=entry)


# ---- responding ----


def test_members_respond_for_themselves_and_organisations(client, call, member, delegate, organisation):
    own = reverse("drafting:position_own", args=["ours", call.text_id, call.pk])
    client.force_login(member)
    assert "Respond as an individual member" in client.get(get_page_url(call)).text
    assert client.post(own, {"stance": "amendment", "reason": "", "seen": 0}).status_code == 422
    client.post(own, {"stance": "amendment", "reason": "Within six weeks.", "seen": 0})
    client.force_login(delegate)
    for_it = reverse("drafting:position_take", args=["ours", call.text_id, call.pk, organisation.pk])
    client.post(for_it, {"stance": "support", "seen": 0})

    rows = Position.objects.order_by("pk").values_list("organisation", "person__name", "stance", "reason")
    assert list(rows) == [
        (None, "A member", "amendment", "Within six weeks."),
        (organisation.pk, "A delegate", "support", ""),
    ]


def test_members_respond_by_email_to_exact_text(call, member, delegate, organisation):
    notify_untold_activities()
    asked = {mail.to: mail for mail in Message.objects.all()}
    assert {member.email, delegate.email} <= set(asked)
    assert WORDING in asked[member.email].body
    assert "(UTC" in asked[member.email].body
    Message.objects.all().delete()
    deliver("meeting: this needs a discussion.", to=asked[member.email].reply_to, sender=member.email)
    deliver("support", to=asked[delegate.email].reply_to, sender=delegate.email, message_id="<two@example.org>")

    rows = Position.objects.order_by("pk").values_list("organisation", "person", "stance", "reason")
    assert list(rows) == [
        (None, member.pk, "procedure", "this needs a discussion."),
        (organisation.pk, delegate.pk, "support", ""),
    ]
    assert "Your response has been recorded" in Message.objects.get(to=member.email).body


def test_minors_and_outsiders_are_not_asked(call, coalition, outsider):
    minor = PersonFactory(is_minor=True, adult_contact=PersonFactory())
    MembershipFactory(coalition=coalition, organisation=None, person=minor)

    assert minor not in CallPositions(call).people
    for person in (minor, outsider):
        with pytest.raises(PermissionDenied):
            respond(person, call, None, "support")


def test_silent_members_are_reminded(call, member, coordinator, rapporteur):
    for person in (coordinator, rapporteur):
        respond(person, call, None, "support")
    send_due_reminders(timezone.now() + timedelta(days=12))

    assert {mail.to for mail in Message.objects.filter(subject__contains="Reminder: respond by")} == {member.email}


def test_silent_members_are_not_named_in_public(client, call, helpline, member, coordinator):
    for page in (client.get(get_page_url(call)), client.get(get_page_url(end_call(call)))):
        assert "A helpline" not in page.text
        assert ">A member<" not in page.text
    client.force_login(coordinator)
    assert "A helpline" in client.get(get_page_url(call)).text
    assert ">A member<" in client.get(get_page_url(call)).text


def test_silence_is_not_shown_as_support(client, call, helpline, coordinator):
    declare_result(coordinator, end_call(call), "consensus")

    page = client.get(get_page_url(call)).text
    assert "This does not count as support." in page
    assert "supports" not in page
    assert "did not respond" in page


# ---- outcomes ----


def test_adopted_decision_enters_the_register_with_statements(
    client, call, coalition, coordinator, member, helpline, delegate, organisation
):
    update_call_rules(coordinator, coalition=coalition, objections=2)  # this call keeps the rules it began with
    respond(delegate, call, organisation, "reservation", "Minutes need translation.")
    respond(helpline[0], call, helpline[1], "aside", "We joined last week.")
    declare_result(coordinator, end_call(call), "consensus", "One reservation, no objection.")

    entry = Entry.objects.get(kind="decision")
    assert (entry.text, entry.meeting_id) == (WORDING, call.text.silence_procedure.meeting_id)
    assert (Decision.objects.get().method, entry.silence_procedure.text_id) == ("silence", call.text_id)
    assert sorted(Dissent.objects.values_list("capacity__name", "kind", "statement")) == [
        ("A helpline", "stood-aside", "We joined last week."),
        (organisation.name, "reservation", "Minutes need translation."),
    ]
    page = client.get(entry.get_absolute_url()).text
    assert get_page_url(call) in page
    assert "Minutes need translation." in page
    assert "One reservation, no objection." in client.get(get_page_url(call)).text
    assert WORDING in client.get(reverse("meetings:decision_list", args=["ours"]) + "?method=silence").text


def test_decision_is_recorded_after_minutes_approval(call, coordinator, meeting):
    actions.start_live_minutes(actor=coordinator, meeting=meeting)
    actions.approve_minutes(actor=coordinator, meeting=meeting)
    with pytest.raises(ActionRefused):
        actions.record_entry(actor=coordinator, meeting=Meeting.objects.get(pk=meeting.pk), kind="topic", text="Late.")

    declare_result(coordinator, end_call(call), "consensus")

    entry = Entry.objects.get(kind="decision")
    assert (entry.text, entry.meeting_id, entry.state) == (WORDING, meeting.pk, "published")


def test_result_is_emailed_with_statements(call, coalition, coordinator, member, delegate, organisation):
    colleague = create_seated_person(coalition, "A colleague")
    respond(delegate, call, organisation, "reservation", "Minutes need translation.")
    notify_untold_activities()
    Message.objects.all().delete()
    declare_result(coordinator, end_call(call), "consensus", "No member objected in time.")
    notify_untold_activities()

    mails = {mail.to: mail.body for mail in Message.objects.all()}
    assert {coordinator.email, member.email, delegate.email, colleague.email} <= set(mails)
    for part in (WORDING, "No member objected in time.", "Minutes need translation.", organisation.name):
        assert part in mails[colleague.email]


def test_objection_stops_decision_immediately(call, coordinator, delegate, organisation):
    assert "is open until" in get_refusal(declare_result, coordinator, call, "no-consensus")
    respond(delegate, call, organisation, "object", "Too fast.")
    assert "do not allow this outcome" in get_refusal(declare_result, coordinator, end_call(call), "with-dissent")
    Call.objects.update(closes_at=days_from_now(3))
    call.refresh_from_db()

    assert declare_result(coordinator, call, "no-consensus").call_outcome_label == "not adopted"
    assert not Entry.objects.filter(kind="decision").exists()


@pytest.mark.parametrize("is_planned", [True, False])
def test_objection_to_written_procedure_moves_to_meeting(call, coordinator, coalition, member, is_planned):
    if is_planned:
        actions.create_meeting_record(
            actor=coordinator,
            coalition=coalition,
            title="The next one",
            published=True,
            starts_on=timezone.localdate() + timedelta(days=30),
        )
    respond(member, call, None, "procedure", "We should discuss this.")
    assert "is open until" in get_refusal(declare_result, coordinator, call, "no-consensus")
    declare_result(coordinator, call, "to-meeting", "A member asked to discuss it.")

    idea = Idea.objects.get()
    assert (idea.title, idea.summary, idea.label) == (call.text.title, WORDING, call.text.label)
    assert Link.objects.filter(from_record=idea.pk, to_record=call.text_id, relation="began-as").exists()
    assert (idea.agenda_item.meeting.title if idea.agenda_item else None) == ("The next one" if is_planned else None)


def test_decision_is_not_moved_to_meeting_in_progress(call, coordinator, coalition, member):
    actions.create_meeting_record(
        actor=coordinator, coalition=coalition, title="Today", published=True, starts_on=timezone.localdate()
    )
    respond(member, call, None, "procedure", "We should discuss this.")
    declare_result(coordinator, call, "to-meeting", "A member asked to discuss it.")
    assert Idea.objects.get().agenda_item is None


def test_only_allowed_outcomes_are_offered(client, call, coordinator, member):
    respond(member, call, None, "procedure", "We should discuss this.")
    client.force_login(coordinator)
    page = client.get(reverse("drafting:call_declare", args=["ours", call.text_id, call.pk])).text
    assert "moved to a meeting" in page
    assert "adopted without objection" not in page
    declare_result(coordinator, call, "to-meeting", "A member asked to discuss it.")
    assert Call.objects.get(pk=call.pk).was_declared_early


def test_substantive_change_restarts_full_period(call, coordinator, delegate, organisation):
    respond(delegate, call, organisation, "amendment", "Within six weeks.")
    clause = Clause.objects.get(text=call.text_id)
    digest = Placement.objects.now(call.text).get(clause=clause).wording.digest
    clause.text = call.text
    drafting.write_clause_body(actor=coordinator, clause=clause, body="Within six weeks.", from_digest=digest)
    restart = {"actor": coordinator, "call": call, "reason": "Six weeks, as proposed."}
    assert "must last at least 14 days" in get_refusal(drafting.restart_call, **restart, closes_at=days_from_now(5))
    new = drafting.restart_call(**restart, closes_at=days_from_now(14))

    positions = CallPositions(new)
    assert (positions.taken, positions.get_earlier_position(organisation.pk).stance) == ([], "amendment")
    assert new.rules == call.rules
    declare_result(coordinator, end_call(new), "consensus")
    assert Entry.objects.get(kind="decision").text == "Within six weeks."


def test_withdrawn_meeting_is_replaced_for_decision(call, coordinator, rapporteur, meeting, coalition):
    actions.withdraw_meeting(actor=rapporteur, meeting=meeting, reason="It was another one.")
    assert "Publish another meeting, so that the decision can be recorded with it" in get_refusal(
        declare_result, coordinator, end_call(call), "consensus"
    )
    other = actions.create_meeting_record(
        actor=rapporteur, coalition=coalition, title="Another", published=True, starts_on=date(2020, 1, 1)
    )
    declare_result(coordinator, call, "consensus")

    assert Entry.objects.get(kind="decision").meeting_id == other.pk


def test_decision_cannot_be_published_in_library(client, call, coordinator):
    declare_result(coordinator, end_call(call), "consensus")

    assert "You cannot publish them in the library." in get_refusal(
        drafting.publish_edition, actor=coordinator, text=call.text
    )
    client.force_login(coordinator)
    assert "Next:" not in client.get(call.text.get_absolute_url()).text


@pytest.mark.parametrize(("count", "queries"), [(1, 0), (3, 0)])
def test_decision_page_query_count_is_constant(
    client, call, coalition, coordinator, django_assert_num_queries, count, queries
):
    for number in range(count):
        person, organisation = create_spokesperson(coalition, f"Organisation {number}")
        respond(person, call, organisation, "support")
        create_seated_person(coalition, f"Silent {number}")
    client.force_login(coordinator)
    with django_assert_num_queries(13):
        answer = client.get(get_page_url(call))

    assert answer.text.count('<article class="note"') == count

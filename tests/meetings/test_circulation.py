"""Minutes that are circulated for correction, replies to them, and how they are approved."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.dates import format_long_date
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.actions.corrections import CorrectionDecision
from jukwaa.meetings.actions.summaries import send_meeting_summary
from jukwaa.meetings.agenda import are_minutes_public
from jukwaa.meetings.correction_replies import remove_quoted_lines
from jukwaa.meetings.due_approvals import approve_due_minutes
from jukwaa.meetings.models import Correction, Entry, Minutes
from jukwaa.records.actions import withdraw_record
from jukwaa.updates.clock import jobs
from tests.factories import PartFactory
from tests.meetings.minutes_steps import (
    CORRECTIONS_DEADLINE,
    FIRST_ENTRY,
    LATER,
    SECOND_ENTRY,
    add_minutes_line,
    circulate_draft,
    create_ended_minutes,
    propose_correction,
)
from tests.meetings.scheduled_meetings import schedule_meeting
from tests.updates.emails import deliver_email, send_notifications_after_delay

CIRCULATION_SUBJECT = "[Our Coalition] Check the minutes by 26 January 2027: Monthly call"


@pytest.fixture
def frozen_clock():
    with time_machine.travel("2027-01-01", tick=False) as clock:
        yield clock


@pytest.fixture
def meeting(mailing_coalition, rapporteur, frozen_clock):
    return create_ended_minutes(mailing_coalition, rapporteur, frozen_clock)


@pytest.fixture
def circulated_minutes(meeting, rapporteur, member):
    circulate_draft(rapporteur, meeting)
    send_notifications_after_delay()
    return meeting


@pytest.fixture
def send_email_reply(circulated_minutes, member):
    sent = Message.objects.get(to=member.email, subject=CIRCULATION_SUBJECT)
    to = sent.reply_to

    def deliver_email_reply(text, **more):
        deliver_email(text.replace("{mail}", sent.body), **({"to": to, "sender": member.email} | more))
        return Message.objects.order_by("-pk")[0]

    return deliver_email_reply


def list_correction_texts():
    return list(Correction.objects.order_by("pk").values_list("entry__text", "body"))


def test_email_contains_minutes(circulated_minutes, member):
    body = Message.objects.get(to=member.email, subject=CIRCULATION_SUBJECT).body

    assert "Draft, not approved" in body
    assert "send corrections by 26 January 2027." in body
    assert "2027. The minutes will be approved after this date if there are no open corrections." in body
    assert f"1. Status report\n{FIRST_ENTRY}" in body
    assert f"2. Decision\n{SECOND_ENTRY}" in body


def test_email_omits_chatham_house_speakers_and_minors(mailing_coalition, rapporteur, frozen_clock, member):
    meeting = create_ended_minutes(mailing_coalition, rapporteur, frozen_clock)
    frozen_clock.move_to("2027-01-12 12:20Z")
    add_minutes_line(rapporteur, meeting, "Ordinary.", speaker=("The guest speaker", None))
    frozen_clock.move_to("2027-01-12 15:00Z")
    hidden = PartFactory(meeting=meeting, chatham=True, title="Confidential")
    Entry.objects.filter(text=FIRST_ENTRY).update(part=hidden)
    Entry.objects.get(text=FIRST_ENTRY).speakers.add(Entry.objects.get(text="Ordinary.").speakers.get())
    circulate_draft(rapporteur, meeting)
    send_notifications_after_delay()
    body = Message.objects.get(to=member.email, subject=CIRCULATION_SUBJECT).body

    assert "3. Status report (The guest speaker)" in body
    assert body.count("The guest speaker") == 1
    assert "Confidential\nUnder the Chatham House Rule" in body


def test_email_hides_order_of_chatham_house_speakers(mailing_coalition, rapporteur, frozen_clock, member):
    meeting = create_ended_minutes(mailing_coalition, rapporteur, frozen_clock)
    item = PartFactory(meeting=meeting, title="Closed talks", chatham=True)
    for text in ("Zoning came first.", "Access came second."):
        actions.record_entry(actor=rapporteur, meeting=meeting, kind="report", text=text, part=item)
    circulate_draft(rapporteur, meeting)
    send_notifications_after_delay()
    body = Message.objects.get(to=member.email, subject=CIRCULATION_SUBJECT).body
    texts = Entry.objects.filter(part=item).order_by("position").values_list("text", flat=True)

    assert body.index("Access came second.") < body.index("Zoning came first.")
    assert list(texts) == ["Access came second.", "Zoning came first."]


def test_circulation_previews_email_and_sends_it(client, meeting, rapporteur, member):
    client.force_login(rapporteur)
    url = reverse("meetings:minutes_circulate", args=["ours", meeting.pk])
    page = client.get(url)
    assert FIRST_ENTRY in page.text
    assert (
        f"send corrections by {format_long_date(page.context['form'].initial['until'])}." in page.context["text"].body
    )
    answer = client.post(url, {"until": CORRECTIONS_DEADLINE, "approval": "meeting"}, follow=True)
    assert "We will email the minutes within an hour." in answer.text
    assert "The minutes will be approved at the next meeting." in answer.text
    answer = client.post(url, {"until": "2027-01-12", "approval": "meeting"})
    assert "Enter a date in the future, so that members have time to reply." in answer.text
    assert "The minutes will be approved at the next meeting." in answer.context["text"].body
    client.force_login(member)
    assert client.get(url).status_code == 403


def test_meeting_without_draft_or_in_progress_is_not_circulated(client, meeting, rapporteur, frozen_clock):
    frozen_clock.move_to("2027-01-12 12:20Z")
    with pytest.raises(ActionRefused, match="after the meeting has ended"):
        circulate_draft(rapporteur, meeting)
    frozen_clock.move_to("2027-01-12 15:00Z")
    actions.approve_minutes(actor=rapporteur, meeting=meeting)
    with pytest.raises(ActionRefused, match="Only draft minutes can be sent for correction"):
        circulate_draft(rapporteur, meeting)


def test_minutes_can_be_drafted_after_meeting(mailing_coalition, rapporteur, frozen_clock):
    frozen_clock.move_to("2027-01-12 15:00Z")
    meeting = schedule_meeting(mailing_coalition, rapporteur)
    actions.start_live_minutes(actor=rapporteur, meeting=meeting)
    add_minutes_line(rapporteur, meeting, FIRST_ENTRY)
    circulate_draft(rapporteur, meeting)
    other = schedule_meeting(mailing_coalition, rapporteur, title="Another")
    actions.record_entry(actor=rapporteur, meeting=other, kind="report", text=FIRST_ENTRY)
    with pytest.raises(ActionRefused, match="This meeting already has minutes"):
        actions.start_live_minutes(actor=rapporteur, meeting=other)


# ---- Replies ----


def test_reply_corrects_entries_by_number_and_minutes_as_whole(send_email_reply):
    answer = send_email_reply("1: It was in May.\n\n2. Not by everybody.\n\nThe chair was absent.")

    assert sorted(list_correction_texts(), key=str) == sorted(
        [(FIRST_ENTRY, "It was in May."), (SECOND_ENTRY, "Not by everybody.\n\nThe chair was absent.")], key=str
    )
    assert "Entry 1: It was in May." in answer.body
    assert "We will email you the decision." in answer.body


def test_reply_without_number_applies_to_all_minutes(send_email_reply):
    send_email_reply("The chair was absent.\n\n> 1. Status report")

    assert list_correction_texts() == [(None, "The chair was absent.")]


def test_reply_with_unknown_entry_number_becomes_general_correction(send_email_reply):
    send_email_reply("77: It was in May.")

    assert list_correction_texts() == [(None, "77: It was in May.")]


@pytest.mark.parametrize(
    ("text", "expected_corrections"),
    [
        ("> {mail}".replace("{mail}", FIRST_ENTRY), []),
        ("{mail}", []),
        (
            "1: It was in May.\n\nOn 12 January 2027 at 15:00, Our Coalition wrote:\n{mail}",
            [(FIRST_ENTRY, "It was in May.")],
        ),
        ("{mail}\n1: It was in May.", []),  # below what looks like a signature
    ],
)
def test_unmarked_full_quotation_is_parsed(send_email_reply, text, expected_corrections):
    answer = send_email_reply(text)

    assert list_correction_texts() == expected_corrections
    if not expected_corrections:
        assert "We found no correction in your reply, only the minutes that it quotes." in answer.body


def test_rewrapped_quotation_is_removed():
    sent = ["1. Report\nThe zebra hotline opened in June and has answered forty calls since."]
    reply = "The zebra hotline opened in June\nand has answered forty calls since.\nNo, fifty."

    assert remove_quoted_lines(reply, sent) == "No, fifty."


def test_repeated_reply_is_saved_once(send_email_reply):
    for _time in range(2):
        send_email_reply("1: It was in May.", message_id="<twice@example.org>")

    assert len(list_correction_texts()) == 1


def test_reply_after_approval_proposes_erratum(send_email_reply, circulated_minutes, rapporteur):
    actions.approve_minutes(actor=rapporteur, meeting=circulated_minutes)
    answer = send_email_reply("1: It was in May.")

    assert "so we have kept your correction as a proposal for an erratum." in answer.body
    assert Correction.objects.get().is_late


def test_reply_of_former_member_is_refused(send_email_reply, member):
    member.memberships.all().delete()
    send_email_reply("1: It was in May.")

    assert list_correction_texts() == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Entrée 1 : C'était en mai."), ("es", "Entrada 1: Fue en mayo."), ("ar", "البند 1: كان في مايو.")],
)
def test_reply_names_an_entry_in_each_language(send_email_reply, language, text):
    send_email_reply(text, Content_Language=language)

    assert [entry for entry, _body in list_correction_texts()] == [FIRST_ENTRY]


# ---- Approval ----


def approve_minutes_at(clock, approval_moment=LATER):
    clock.move_to(approval_moment)
    return approve_due_minutes(timezone.now())


def test_minutes_are_approved_by_silence_after_deadline(client, circulated_minutes, frozen_clock):
    assert approve_minutes_at(frozen_clock, "2027-01-27 11:00Z") == 0  # it is still 26 January somewhere
    assert not are_minutes_public(circulated_minutes)
    assert approve_minutes_at(frozen_clock) == 1
    assert are_minutes_public(circulated_minutes)
    text = client.get(circulated_minutes.get_absolute_url()).text
    assert FIRST_ENTRY in text
    assert "approved on 30 January 2027, because there were no open corrections after 26 January 2027." in text
    assert approve_minutes_at(frozen_clock) == 0


def test_open_correction_prevents_approval_by_silence(circulated_minutes, member, rapporteur, frozen_clock):
    correction = propose_correction(member, circulated_minutes)
    assert approve_minutes_at(frozen_clock) == 0
    ruling = CorrectionDecision("not-accepted", "The recording says June.")
    actions.decide_correction(actor=rapporteur, correction=correction, ruling=ruling)
    assert approve_minutes_at(frozen_clock) == 1


def test_silence_does_not_approve_uncirculated_text(circulated_minutes, rapporteur, frozen_clock):
    entry = Entry.objects.get(text=FIRST_ENTRY)
    actions.change_entry(actor=rapporteur, entry=entry, changes={"text": "Something else."}, from_version=entry.version)
    assert approve_minutes_at(frozen_clock) == 0
    circulate_draft(rapporteur, circulated_minutes, until=date(2027, 2, 10))
    assert approve_minutes_at(frozen_clock, "2027-02-12 06:00Z") == 1


def test_silence_approves_accepted_corrections(circulated_minutes, member, rapporteur, frozen_clock):
    entry = Entry.objects.get(text=FIRST_ENTRY)
    correction = propose_correction(member, circulated_minutes, entry=entry)
    ruling = CorrectionDecision("accepted", "It was in May.", "It opened in May.", entry.version)
    actions.decide_correction(actor=rapporteur, correction=correction, ruling=ruling)
    assert approve_minutes_at(frozen_clock) == 1


def test_entry_with_open_correction_cannot_be_withdrawn(circulated_minutes, member, rapporteur):
    correction = propose_correction(member, circulated_minutes, entry=Entry.objects.get(text=FIRST_ENTRY))
    withdraw = {"actor": rapporteur, "entry": Entry.objects.get(text=FIRST_ENTRY), "reason": "It was not said."}
    with pytest.raises(ActionRefused, match="Decide on the open corrections"):
        actions.withdraw_entry(**withdraw)
    ruling = CorrectionDecision("not-accepted", "It is left out.")
    actions.decide_correction(actor=rapporteur, correction=correction, ruling=ruling)
    actions.withdraw_entry(**withdraw)
    actions.approve_minutes(actor=rapporteur, meeting=circulated_minutes)
    assert Minutes.objects.get().approved_at


def test_corrections_survive_chatham_house_rule(mailing_coalition, rapporteur, member, frozen_clock):
    meeting = create_ended_minutes(mailing_coalition, rapporteur, frozen_clock)
    item = actions.add_meeting_agenda_item(actor=rapporteur, meeting=meeting, title="Closed talks")
    entry = add_minutes_line(rapporteur, meeting, "A third thing.", item=item)
    circulate_draft(rapporteur, meeting)
    propose_correction(member, meeting, entry=entry)
    with pytest.raises(ActionRefused, match="corrections"):
        actions.apply_chatham_house_rule(actor=rapporteur, item=item)
    assert Correction.objects.count() == 1


def test_silence_does_not_replace_approval_at_meeting(meeting, rapporteur, frozen_clock):
    circulate_draft(rapporteur, meeting, allows_silence=False)

    assert approve_minutes_at(frozen_clock) == 0


def test_approval_does_not_depend_on_circulator(circulated_minutes, rapporteur, frozen_clock):
    rapporteur.roles.all().delete()

    assert approve_minutes_at(frozen_clock) == 1


def test_approval_job_runs_daily():
    assert jobs["approve minutes without objections"].work is approve_due_minutes


def test_coordinator_approves_at_the_next_meeting(
    client, circulated_minutes, mailing_coalition, coordinator, frozen_clock
):
    following = schedule_meeting(mailing_coalition, coordinator, title="The next call", starts_on=date(2027, 1, 29))
    frozen_clock.move_to(LATER)
    client.force_login(coordinator)
    url = reverse("meetings:minutes_approve", args=["ours", circulated_minutes.pk])
    answer = client.post(url, {"at_meeting": following.pk}, follow=True)
    assert "The minutes have been approved." in answer.text
    client.logout()
    text = client.get(circulated_minutes.get_absolute_url()).text
    assert "These minutes were approved on 30 January 2027 at this meeting:" in text
    assert "The next call" in text


def test_only_started_meeting_can_approve(client, circulated_minutes, mailing_coalition, coordinator, frozen_clock):
    schedule_meeting(mailing_coalition, coordinator, title="The next call", starts_on=date(2027, 1, 29))
    schedule_meeting(mailing_coalition, coordinator, title="The next call", starts_on=date(2027, 2, 28))
    undecided = {"starts_on": None, "start_time": None, "precision": "open"}
    schedule_meeting(mailing_coalition, coordinator, title="The next call", **undecided)
    frozen_clock.move_to(LATER)
    client.force_login(coordinator)
    text = client.get(reverse("meetings:minutes_approve", args=["ours", circulated_minutes.pk])).text

    assert "29 January 2027, The next call</option>" in text
    assert text.count("The next call") == 1


def test_unreadable_meeting_is_not_named(client, circulated_minutes, mailing_coalition, coordinator, frozen_clock):
    following = schedule_meeting(mailing_coalition, coordinator, title="A secret call", label="TLP:GREEN")
    actions.approve_minutes(actor=coordinator, meeting=circulated_minutes, at_meeting=following)
    text = client.get(circulated_minutes.get_absolute_url()).text

    assert "at a meeting." in text
    assert "A secret call" not in text


def test_approval_needs_decided_corrections(circulated_minutes, member, rapporteur):
    propose_correction(member, circulated_minutes)

    with pytest.raises(ActionRefused, match="Decide on the open correction before"):
        actions.approve_minutes(actor=rapporteur, meeting=circulated_minutes)


def test_summary_of_draft_minutes_is_marked_as_draft(meeting, rapporteur, member):
    send_meeting_summary(actor=rapporteur, meeting=meeting)
    send_notifications_after_delay()
    assert "Draft, not approved" in Message.objects.get(to=member.email, subject__contains="Summary").body


def list_approval_email_recipients():
    return sorted(Message.objects.filter(subject__contains="Minutes approved").values_list("to", flat=True))


def test_approval_is_emailed(circulated_minutes, rapporteur, coordinator, member, delegate):
    actions.approve_minutes(actor=rapporteur, meeting=circulated_minutes)
    for _tick in range(2):
        send_notifications_after_delay()

    assert list_approval_email_recipients() == sorted([coordinator.email, member.email, delegate.email])
    message = Message.objects.get(to=member.email, subject="[Our Coalition] Minutes approved: Monthly call")
    assert "The minutes of “Monthly call” have been approved." in message.body
    assert circulated_minutes.get_absolute_url() in message.body


def test_approval_by_silence_is_emailed_to_all(circulated_minutes, frozen_clock, rapporteur, member):
    frozen_clock.move_to(LATER)
    approve_due_minutes(timezone.now())
    send_notifications_after_delay()

    assert list_approval_email_recipients() == sorted([rapporteur.email, member.email])


def test_withdrawn_meeting_sends_no_approval_email(circulated_minutes, rapporteur, member):
    actions.approve_minutes(actor=rapporteur, meeting=circulated_minutes)
    withdraw_record(actor=rapporteur, record=circulated_minutes, reason="It was held elsewhere.")
    send_notifications_after_delay()

    assert list_approval_email_recipients() == []

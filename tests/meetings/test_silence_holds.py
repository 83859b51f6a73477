"""What keeps the result of a silence procedure back: objections raised elsewhere, returned emails, instructions."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from jukwaa.drafting import actions as drafting
from jukwaa.drafting.jobs import extend_open_calls
from jukwaa.drafting.models import Hold
from jukwaa.drafting.positions import CallPositions
from jukwaa.mail.models import Message
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.models import ListPost
from tests.drafting.consensus import create_spokesperson
from tests.factories import AffiliationFactory, MembershipFactory, PersonFactory
from tests.meetings.silence_steps import (
    declare_silence_outcome,
    end_silence_call,
    get_action_refusal_text,
    get_page_url,
    propose_silence_call,
    take_silence_position,
    update_call_rules,
)
from tests.updates.emails import build_own_address, build_raw_email, process_email


@pytest.fixture
def silence_call(mailing_coalition, coordinator, meeting):
    return propose_silence_call(coordinator, meeting)


@pytest.fixture
def helpline(coalition):
    return create_spokesperson(coalition, "A helpline", organisation__regional_group="african")


def post_to_mailing_list(mailing_coalition, text, email_subject, message_id="<list@example.org>"):
    mailing_coalition.list_address = "list@lists.example.org"
    mailing_coalition.save()
    post = build_raw_email(
        text, to=mailing_coalition.list_address, message_id=message_id, Precedence="list", Subject=email_subject
    )
    process_email(post, [build_own_address("list+ours")])


@pytest.mark.parametrize(
    ("text", "email_subject", "hold_count"),
    [
        ("We object: it is too fast.", "Re: {title}", 1),
        ("Amendment: within six weeks.", "Re: {title}", 1),
        ("We support this.", "Re: {title}", 0),
        ("We object: it is too fast.", "Lunch", 0),
    ],
)
def test_mailing_list_objection_puts_result_on_hold(
    client, mailing_coalition, silence_call, coordinator, helpline, text, email_subject, hold_count
):
    post_to_mailing_list(mailing_coalition, text, email_subject.format(title=silence_call.text.title))

    assert Hold.objects.count() == hold_count
    if hold_count:
        assert "on hold" in get_action_refusal_text(
            declare_silence_outcome, coordinator, end_silence_call(silence_call), "consensus"
        )
        assert "An objection was posted to the mailing list" in client.get(get_page_url(silence_call)).text
        send_pending_activity_notifications()
        assert [mail.to for mail in Message.objects.filter(subject__contains="Clarify an objection")] == [
            coordinator.email
        ]
        drafting.clarify_mailing_list_hold(
            actor=coordinator, hold=Hold.objects.get(), clarification="It was about another text."
        )
    assert declare_silence_outcome(coordinator, end_silence_call(silence_call), "consensus").outcome == "consensus"


def test_coordinator_puts_result_on_hold_and_clarifies_by_form(client, silence_call, coordinator, member):
    client.force_login(coordinator)
    client.post(
        reverse("drafting:call_hold", args=["ours", silence_call.text_id, silence_call.pk]), {"reason": "On the phone."}
    )
    hold = Hold.objects.get()
    assert "The result is on hold" in client.get(get_page_url(silence_call)).text
    clarify = reverse("drafting:hold_clarify", args=["ours", silence_call.text_id, silence_call.pk, hold.pk])
    assert client.post(clarify, {"clarification": ""}).status_code == 422
    client.post(clarify, {"clarification": "A misunderstanding."})

    assert "A misunderstanding." in client.get(get_page_url(silence_call)).text
    client.force_login(member)
    assert client.get(clarify).status_code == 403


def build_bounce_email(email_message):
    return (
        "From: mailer-daemon@example.org\nTo: ours@jukwaa.example\nMessage-ID: <bounce@example.org>\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nNot delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; example.org\n\n"
        f"Final-Recipient: rfc822; {email_message.to}\nAction: failed\nStatus: 5.1.1\n\n"
        f"--b\nContent-Type: message/rfc822\n\nMessage-ID: {email_message.message_id}\n\nx\n--b--\n"
    ).encode()


def test_bounced_email_does_not_count_as_silence(client, silence_call, helpline, coordinator, member, rapporteur):
    send_pending_activity_notifications()
    Message.objects.update(sent_at=timezone.now())
    for to in (helpline[0].email, member.email):
        process_email(build_bounce_email(Message.objects.get(to=to)), [build_own_address("ours")])
    positions = CallPositions(silence_call)

    assert ([each.name for each in positions.unreached_organisations], positions.unreached_people) == (
        ["A helpline"],
        [member],
    )
    assert (positions.silent_organisations, positions.people_without_response) == ([], [coordinator, rapporteur])
    client.force_login(coordinator)
    assert "These members may not know about the call" in client.get(get_page_url(silence_call)).text
    for person in (coordinator, rapporteur):
        take_silence_position(person, silence_call, None, "aside")
    assert "do not allow this outcome" in get_action_refusal_text(
        declare_silence_outcome, coordinator, end_silence_call(silence_call), "consensus"
    )


def test_member_who_was_not_asked_is_not_counted_as_silent(silence_call, coalition, helpline):
    send_pending_activity_notifications()
    nobody = MembershipFactory(coalition=coalition, organisation__name="Without a representative").organisation
    later = timezone.localdate() + timedelta(days=1)
    joined = MembershipFactory(coalition=coalition, organisation__name="Joined later", starts_on=later).organisation
    AffiliationFactory(organisation=joined, may_speak=True)
    person = MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory(), starts_on=later).person
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        positions = CallPositions(silence_call)

        assert {each.name for each in positions.unreached_organisations} == {nobody.name, joined.name}
        assert positions.unreached_people == [person]
        assert helpline[1] in positions.silent_organisations


def test_awaiting_instructions_extends_once_without_consent(silence_call, coordinator, member, rapporteur):
    take_silence_position(member, silence_call, None, "awaiting")
    for person in (coordinator, rapporteur):
        take_silence_position(person, silence_call, None, "aside")
    end_silence_call(silence_call)
    assert "will be extended by 7 days" in get_action_refusal_text(
        declare_silence_outcome, coordinator, silence_call, "no-consensus"
    )
    assert (extend_open_calls(timezone.now()), extend_open_calls(timezone.now())) == (1, 0)
    silence_call.refresh_from_db()
    assert (silence_call.is_open, silence_call.extended_at is not None) == (True, True)
    send_pending_activity_notifications()
    assert Message.objects.filter(to=member.email, subject__contains="Extended until").count() == 1

    end_silence_call(silence_call)
    assert extend_open_calls(timezone.now()) == 0
    assert "do not allow this outcome" in get_action_refusal_text(
        declare_silence_outcome, coordinator, silence_call, "consensus"
    )
    assert declare_silence_outcome(coordinator, silence_call, "no-consensus").outcome == "no-consensus"


def test_rule_can_disallow_extension(coordinator, coalition, meeting, member):
    update_call_rules(coordinator, coalition=coalition, awaiting="close")
    call = propose_silence_call(coordinator, meeting)
    take_silence_position(member, call, None, "awaiting")

    assert extend_open_calls(end_silence_call(call).closes_at) == 0


def test_repeated_post_puts_result_on_hold_once(silence_call, mailing_coalition):
    post = ListPost.objects.create(
        coalition=mailing_coalition,
        message_id="<1@x>",
        thread="<1@x>",
        subject=silence_call.text.title,
        body="Object: no.",
        posted_at=timezone.now(),
    )

    assert [len(drafting.hold_calls_objected_to_in_post(post)) for _ in range(2)] == [1, 0]

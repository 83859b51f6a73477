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
from jukwaa.updates.activity_notifications import notify_untold_activities
from jukwaa.updates.models import ListPost
from tests.drafting.consensus import create_spokesperson
from tests.factories import AffiliationFactory, MembershipFactory, PersonFactory
from tests.meetings.silence import (
    declare_result,
    end_call,
    get_page_url,
    get_refusal,
    propose_text,
    respond,
    update_call_rules,
)
from tests.updates.mails import at, build_raw_email, process_email


@pytest.fixture
def call(released, coordinator, meeting):
    return propose_text(coordinator, meeting)


@pytest.fixture
def helpline(coalition):
    return create_spokesperson(coalition, "A helpline", organisation__regional_group="african")


def post_to_list(released, text, subject, message_id="<list@example.org>"):
    released.list_address = "list@lists.example.org"
    released.save()
    post = build_raw_email(text, to=released.list_address, message_id=message_id, Precedence="list", Subject=subject)
    process_email(post, [at("list+ours")])


@pytest.mark.parametrize(
    ("text", "subject", "held"),
    [
        ("We object: it is too fast.", "Re: {title}", 1),
        ("Amendment: within six weeks.", "Re: {title}", 1),
        ("We support this.", "Re: {title}", 0),
        ("We object: it is too fast.", "Lunch", 0),
    ],
)
def test_mailing_list_objection_holds_result(client, released, call, coordinator, helpline, text, subject, held):
    post_to_list(released, text, subject.format(title=call.text.title))

    assert Hold.objects.count() == held
    if held:
        assert "on hold" in get_refusal(declare_result, coordinator, end_call(call), "consensus")
        assert "An objection was posted to the mailing list" in client.get(get_page_url(call)).text
        notify_untold_activities()
        assert [mail.to for mail in Message.objects.filter(subject__contains="Clarify an objection")] == [
            coordinator.email
        ]
        drafting.clarify_mailing_list_hold(
            actor=coordinator, hold=Hold.objects.get(), clarification="It was about another text."
        )
    assert declare_result(coordinator, end_call(call), "consensus").outcome == "consensus"


def test_coordinator_holds_and_clarifies_by_form(client, call, coordinator, member):
    client.force_login(coordinator)
    client.post(reverse("drafting:call_hold", args=["ours", call.text_id, call.pk]), {"reason": "On the phone."})
    hold = Hold.objects.get()
    assert "The result is on hold" in client.get(get_page_url(call)).text
    clarify = reverse("drafting:hold_clarify", args=["ours", call.text_id, call.pk, hold.pk])
    assert client.post(clarify, {"clarification": ""}).status_code == 422
    client.post(clarify, {"clarification": "A misunderstanding."})

    assert "A misunderstanding." in client.get(get_page_url(call)).text
    client.force_login(member)
    assert client.get(clarify).status_code == 403


def mark_bounced(message):
    return (
        "From: mailer-daemon@example.org\nTo: ours@jukwaa.example\nMessage-ID: <bounce@example.org>\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nNot delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; example.org\n\n"
        f"Final-Recipient: rfc822; {message.to}\nAction: failed\nStatus: 5.1.1\n\n"
        f"--b\nContent-Type: message/rfc822\n\nMessage-ID: {message.message_id}\n\nx\n--b--\n"
    ).encode()


def test_bounced_email_does_not_count_as_silence(client, call, helpline, coordinator, member, rapporteur):
    notify_untold_activities()
    Message.objects.update(sent_at=timezone.now())
    for to in (helpline[0].email, member.email):
        process_email(mark_bounced(Message.objects.get(to=to)), [at("ours")])
    positions = CallPositions(call)

    assert ([each.name for each in positions.unreached], positions.unreached_people) == (["A helpline"], [member])
    assert (positions.silent, positions.people_without_response) == ([], [coordinator, rapporteur])
    client.force_login(coordinator)
    assert "We could not contact these members" in client.get(get_page_url(call)).text
    for person in (coordinator, rapporteur):
        respond(person, call, None, "aside")
    assert "do not allow this outcome" in get_refusal(declare_result, coordinator, end_call(call), "consensus")


def test_unasked_member_does_not_count_as_silent(call, coalition, helpline):
    notify_untold_activities()
    nobody = MembershipFactory(coalition=coalition, organisation__name="Without a representative").organisation
    later = timezone.localdate() + timedelta(days=1)
    joined = MembershipFactory(coalition=coalition, organisation__name="Joined later", starts_on=later).organisation
    AffiliationFactory(organisation=joined, may_speak=True)
    person = MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory(), starts_on=later).person
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        positions = CallPositions(call)

        assert {each.name for each in positions.unreached} == {nobody.name, joined.name}
        assert positions.unreached_people == [person]
        assert helpline[1] in positions.silent


def test_awaiting_instructions_extends_once_without_consent(call, coordinator, member, rapporteur):
    respond(member, call, None, "awaiting")
    for person in (coordinator, rapporteur):
        respond(person, call, None, "aside")
    end_call(call)
    assert "will be extended by 7 days" in get_refusal(declare_result, coordinator, call, "no-consensus")
    assert (extend_open_calls(timezone.now()), extend_open_calls(timezone.now())) == (1, 0)
    call.refresh_from_db()
    assert (call.is_open, call.extended_at is not None) == (True, True)
    notify_untold_activities()
    assert Message.objects.filter(to=member.email, subject__contains="Extended until").count() == 1

    end_call(call)
    assert extend_open_calls(timezone.now()) == 0
    assert "do not allow this outcome" in get_refusal(declare_result, coordinator, call, "consensus")
    assert declare_result(coordinator, call, "no-consensus").outcome == "no-consensus"


def test_rule_can_disallow_extension(coordinator, coalition, meeting, member):
    update_call_rules(coordinator, coalition=coalition, awaiting="close")
    call = propose_text(coordinator, meeting)
    respond(member, call, None, "awaiting")

    assert extend_open_calls(end_call(call).closes_at) == 0


def test_repeated_post_holds_call_once(call, released):
    post = ListPost.objects.create(
        coalition=released,
        message_id="<1@x>",
        thread="<1@x>",
        subject=call.text.title,
        body="Object: no.",
        posted_at=timezone.now(),
    )

    assert [len(drafting.hold_calls_for_post(post)) for _ in range(2)] == [1, 0]

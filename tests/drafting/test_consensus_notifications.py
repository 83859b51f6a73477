"""Who hears of a call, who is reminded, what waits at the desk, and how an answer by mail takes a position."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from jukwaa.coalitions.models import Affiliation
from jukwaa.coalitions.standing import Standing
from jukwaa.drafting import actions
from jukwaa.drafting.models import Call, Position
from jukwaa.drafting.notifications.calls import format_last_day
from jukwaa.drafting.stance_parsing import ParsedStance, parse_stance_of_email
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Document, Held
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.reminders import send_due_reminders
from tests.drafting.consensus import (
    create_open_text,
    create_spokesperson,
    end_consensus_call,
    get_moment_days_from_now,
    name_text_revision,
    open_consensus_call,
    submit_call_position,
)
from tests.factories import AffiliationFactory, MembershipFactory
from tests.updates.emails import deliver_email, find_link_path, list_written_emails


@pytest.fixture
def text(coalition, member):
    coalition.mail_released_at = timezone.now()
    coalition.save()
    return create_open_text(coalition, member)


@pytest.fixture
def consensus_call(text, coordinator):
    return open_consensus_call(text, coordinator)


@pytest.fixture
def call_reply_address(consensus_call, delegate):
    """By which the delegate answers the announcement."""
    send_pending_activity_notifications()
    found = Message.objects.get(to=delegate.email).reply_to
    Message.objects.all().delete()
    return found


def list_current_positions():
    rows = Position.objects.filter(stands=True)
    return list(rows.values_list("organisation__name", "stance", "reason", "clause__number"))


@pytest.mark.parametrize(
    ("reply_text", "stance", "reason", "clause"),
    [
        ("support", "support", "", ""),
        ("Support.", "support", "", ""),
        ("We support, and thank you.", "support", "and thank you.", ""),
        ("object: because it invites keeping everything.", "object", "it invites keeping everything.", ""),
        ("Object because it is late", "object", "it is late", ""),
        ("objection: clause 6: too long", "object", "too long", "6"),
        ("object: 6: because too long", "object", "too long", "6"),
        ("object: 1.2: because too long", "object", "too long", "1.2"),
        ("Reservation: small ones have no deputy.", "reservation", "small ones have no deputy.", ""),
        ("stand aside", "aside", "", ""),
        ("Awaiting instructions, the minister is away", "awaiting", "the minister is away", ""),
        ("Nous soutenons", "support", "", ""),
        ("Réserve : trop tard", "reservation", "trop tard", ""),
        ("En attente d’instructions", "awaiting", "", ""),
        ("Nous nous opposons parce que c’est trop long", "object", "c'est trop long", ""),
        ("Apoyo", "support", "", ""),
        ("Objeción: porque es tarde", "object", "es tarde", ""),
        ("A la espera de instrucciones", "awaiting", "", ""),
        ("نؤيد", "support", "", ""),
        ("اعتراض: لأن المدة طويلة", "object", "المدة طويلة", ""),
        ("بانتظار التعليمات", "awaiting", "", ""),
    ],
)
def test_stance_is_parsed_in_four_languages(reply_text, stance, reason, clause):
    assert parse_stance_of_email(reply_text) == ParsedStance(stance, reason, clause)


@pytest.mark.parametrize(
    "reply_text",
    ["", "object", "Objection.", "Thank you.", "Support is needed in clause 2", "objective 3 is weak", "Supporting it"],
)
def test_stance_parser_returns_none_for_other_words(reply_text):
    assert parse_stance_of_email(reply_text) is None


def test_call_notifies_members_only(consensus_call, delegate, organisation, member, coordinator):
    AffiliationFactory(organisation=organisation)  # may not speak for it
    send_pending_activity_notifications()

    asked = {member.email, coordinator.email, delegate.email}  # two of them are members in their own right
    subject = f"Respond by {format_last_day(consensus_call)} to the consensus call on Working with providers"
    assert set(list_written_emails()) == {(email, f"[Our Coalition] {subject}") for email in asked}
    body = Message.objects.first().body
    for words in (
        "proposes “Working with providers”, revision 1",
        format_last_day(consensus_call),
        "object: your reason",
    ):
        assert words in body
    assert "awaiting instructions" in body
    assert "amendment:" not in body


def test_restart_and_outcome_notify_members(consensus_call, text, member, coordinator, delegate):
    name_text_revision(text, member)
    new = actions.restart_consensus_call(
        actor=coordinator,
        call=consensus_call,
        reason="Clause 3 names a deputy.",
        closes_at=get_moment_days_from_now(15),
    )
    day = format_last_day(new)
    send_pending_activity_notifications()
    actions.declare_call_outcome(
        actor=coordinator, call=end_consensus_call(new), outcome="consensus", reason="All are silent."
    )
    send_pending_activity_notifications()

    assert [subject.partition("] ")[2] for to, subject in list_written_emails() if to == delegate.email] == [
        f"Respond again by {day} to the consensus call on Working with providers",
        "Outcome of the consensus call on Working with providers",
    ]
    assert "Clause 3 names a deputy." in Message.objects.first().body
    assert "All are silent." in Message.objects.last().body


def test_call_reminds_members_without_position_once(
    consensus_call, coalition, delegate, organisation, member, coordinator
):
    submit_call_position(member, consensus_call, None, "support")
    silent, _organisation = create_spokesperson(coalition, "A silent one")
    awaiting, waits = create_spokesperson(coalition, "One that waits")
    submit_call_position(delegate, consensus_call, organisation, "support")
    submit_call_position(awaiting, consensus_call, waits, "awaiting")
    now = timezone.now()
    for days in (9, 12, 13, 20):
        Affiliation.objects.update(confirmed_on=timezone.localdate())
        send_due_reminders(now + timedelta(days=days))

    assert sorted(to for to, _subject in list_written_emails()) == sorted(
        [silent.email, awaiting.email, coordinator.email]
    )
    assert "The last day to respond is" in Message.objects.first().body


def test_call_on_withdrawn_text_sends_no_reminder(consensus_call, text, member, organisation, delegate):
    AffiliationFactory(organisation=organisation, person=member, may_speak=True)
    withdraw_record(actor=member, record=text, reason="It was not ours.")
    send_due_reminders(timezone.now() + timedelta(days=12))

    assert list_written_emails() == []


def test_tasks_list_open_calls(consensus_call, coalition, delegate, organisation, coordinator):
    def list_call_tasks(person):
        caches["pages"].clear()
        return [item.title for item in get_tasks(Standing(person, coalition)) if "Working with providers" in item.title]

    assert list_call_tasks(delegate) == ["Take a position on “Working with providers” for your organisation"]
    assert list_call_tasks(coordinator) == ["Respond to “Working with providers”"]
    submit_call_position(delegate, consensus_call, organisation, "support")
    submit_call_position(coordinator, consensus_call, None, "support")
    assert list_call_tasks(delegate) == list_call_tasks(coordinator) == []
    end_consensus_call(consensus_call)
    assert list_call_tasks(coordinator) == ["Declare the outcome of the call on “Working with providers”"]


def test_email_reply_submits_position(call_reply_address, delegate, organisation):
    deliver_email(
        "object: 3: because small ones have no deputy.\n\n> Does your", to=call_reply_address, sender=delegate.email
    )

    assert list_current_positions() == [(organisation.name, "object", "small ones have no deputy.", 3)]
    assert list_written_emails() == [(delegate.email, "Your position has been recorded")]


def test_ambiguous_email_reply_gets_link_to_page(call_reply_address, delegate, coalition, organisation, consensus_call):
    deliver_email("Thank you, we shall see.", to=call_reply_address, sender=delegate.email)
    second = MembershipFactory(coalition=coalition, organisation__coalition=coalition).organisation
    AffiliationFactory(person=delegate, organisation=second, may_speak=True)
    deliver_email("support", to=call_reply_address, sender=delegate.email, message_id="<two@example.org>")

    assert list_current_positions() == []
    assert [subject for _to, subject in list_written_emails()] == [
        "Your position was not recorded. Respond on the website"
    ] * 2
    bodies = [" ".join(body.split()) for body in Message.objects.order_by("pk").values_list("body", flat=True)]
    assert "We could not find a position in your email." in bodies[0]
    assert "Your reply does not say which organisation you represent." in bodies[1]


def test_late_email_position_is_stored_for_coordinators(call_reply_address, delegate, consensus_call):
    end_consensus_call(consensus_call)
    deliver_email("support", to=call_reply_address, sender=delegate.email)

    assert (list_current_positions(), Document.objects.get().text) == ([], "support")
    assert list_written_emails() == [(delegate.email, "Your reply arrived after the deadline")]


def test_email_position_from_other_sender_needs_confirmation(client, call_reply_address, delegate, organisation):
    deliver_email("support", to=call_reply_address, sender="other@example.net")
    held = list_written_emails()
    client.post(find_link_path(Message.objects.get(), "/mail/confirm/"))

    assert held == [(delegate.email, "Did you write this reply?")]
    assert list_current_positions() == [(organisation.name, "support", "", None)]
    assert list_written_emails()[1:] == [(delegate.email, "Your position has been recorded")]


def test_disclosure_in_email_reply_is_quarantined(call_reply_address, delegate):
    deliver_email(
        "I am 12 and somebody touches me at night, please help me", to=call_reply_address, sender=delegate.email
    )

    assert (list_current_positions(), Held.objects.count()) == ([], 1)


def test_email_position_of_former_representative_is_ignored(call_reply_address, delegate):
    Affiliation.objects.update(may_speak=False)
    deliver_email("support", to=call_reply_address, sender=delegate.email)

    assert list_current_positions() == []
    assert Call.objects.get().is_open

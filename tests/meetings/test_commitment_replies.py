"""Replies by email to a commitment: done, a new date, yes, not us; what is not understood changes nothing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.commitment_replies import CommitmentReply, CommitmentReplyVerb, parse_commitment_reply
from jukwaa.meetings.models import Commitment
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import CapacityFactory, CommitmentFactory
from tests.updates.emails import deliver_email, list_written_emails, send_notifications_after_delay

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "reply_verb"),
    [
        ("Done", CommitmentReplyVerb.DONE),
        ("done, thanks!", CommitmentReplyVerb.DONE),
        ("\n  It’s done.\n\nOn Monday you wrote:\nThis commitment is due", CommitmentReplyVerb.DONE),
        ("C’est fait, merci", CommitmentReplyVerb.DONE),
        ("Hecho.", CommitmentReplyVerb.DONE),
        ("تم", CommitmentReplyVerb.DONE),
        ("Yes", CommitmentReplyVerb.CONFIRM),
        ("Sí", CommitmentReplyVerb.CONFIRM),
        ("نعم", CommitmentReplyVerb.CONFIRM),
        ("Not us.", CommitmentReplyVerb.DECLINE),
        ("Ce n'est pas nous", CommitmentReplyVerb.DECLINE),
        ("no somos nosotros", CommitmentReplyVerb.DECLINE),
        ("لسنا نحن", CommitmentReplyVerb.DECLINE),
    ],
)
def test_first_line_is_parsed_in_each_language(text, reply_verb):
    assert parse_commitment_reply(text, TODAY) == CommitmentReply(reply_verb)


@pytest.mark.parametrize(
    ("text", "due_day"),
    [
        ("by 3 May", date(2027, 5, 3)),
        ("By the 3rd of May 2028, thanks", date(2028, 5, 3)),
        ("before May 3", date(2027, 5, 3)),
        ("30 November", date(2026, 11, 30)),
        ("on 2027-02-28", date(2027, 2, 28)),
        ("by 31.12.2026", date(2026, 12, 31)),
        ("by 29 February", date(2028, 2, 29)),
        ("pour le 1er mai", date(2027, 5, 1)),
        ("avant le 3 août 2027", date(2027, 8, 3)),
        ("para el 3 de mayo de 2027", date(2027, 5, 3)),
        ("بحلول 3 مايو", date(2027, 5, 3)),
        ("قبل ٣ أيار ٢٠٢٧", date(2027, 5, 3)),
        ("by 3 May 2020", date(2020, 5, 3)),
    ],
)
def test_dates_are_parsed_in_each_language(text, due_day):
    assert parse_commitment_reply(text, TODAY) == CommitmentReply(CommitmentReplyVerb.MOVE, due_day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n ",
        "not done",
        "Done? Not yet.",
        "Done, but only half of it",
        "We will do it by 3 May or later",
        "by 3/5/2027",
        "by 31 February",
        "by Monday",
        "99",
        "You or your organisation is responsible for this commitment, which is due on 3 May 2027:\n\ndone",
        "Thank you for the reminder\ndone",
        "x" * 500,
    ],
)
def test_ambiguous_reply_is_not_parsed(text):
    assert parse_commitment_reply(text, TODAY) is None


@pytest.fixture
def commitment(mailing_coalition, organisation):
    owner = CapacityFactory(coalition=mailing_coalition, organisation=organisation)
    due_on = timezone.localdate() + timedelta(days=2)
    return CommitmentFactory(
        entry__coalition=mailing_coalition, entry__title="Translate it", owner=owner, due_on=due_on
    )


def reply_to_last_email(text, person, **more):
    message = Message.objects.filter(to=person.email).exclude(reply_to="").order_by("-pk")[0]
    deliver_email(text, to=message.reply_to, sender=more.pop("sender", person.email), **more)


def reload_commitment():
    return Commitment.objects.select_related("owner").get()


def get_last_subject():
    return list_written_emails()[-1][1]


def test_reply_done_completes_commitment(commitment, delegate):
    send_due_reminders(timezone.now())
    reply_to_last_email("Done", delegate)

    assert (reload_commitment().progress, reload_commitment().changes.get().person) == ("kept", delegate)
    assert get_last_subject() == "Commitment updated"


def test_reply_with_new_date_moves_due_date(commitment, delegate):
    send_due_reminders(timezone.now())
    reply_to_last_email("by 3 May 2999", delegate)

    assert (reload_commitment().due_on, reload_commitment().progress) == (date(2999, 5, 3), "open")
    assert "The due date is now 3 May 2999." in Message.objects.last().body


def test_reply_with_past_date_changes_nothing(commitment, delegate):
    send_due_reminders(timezone.now())
    reply_to_last_email("by 3 May 2020", delegate)

    assert reload_commitment().due_on == commitment.due_on
    assert "This date has passed." in Message.objects.last().body


def test_reply_not_us_declines_commitment(commitment, delegate):
    send_due_reminders(timezone.now())
    reply_to_last_email("not us", delegate)
    send_due_reminders(timezone.now() + timedelta(days=5))

    assert (reload_commitment().needs_owner, reload_commitment().owner is None) == (True, False)
    assert (
        len([subject for to, subject in list_written_emails() if to == delegate.email and "Translate it" in subject])
        == 1
    )


@pytest.mark.parametrize(
    "text", ["We are working on it.", "> Done\n> This commitment is due", "Due on 30 November\n\nDone"]
)
def test_unclear_reply_changes_nothing_and_gets_answer(commitment, delegate, text):
    send_due_reminders(timezone.now())
    reply_to_last_email(text, delegate)

    assert (reload_commitment().progress, reload_commitment().due_on, reload_commitment().changes.count()) == (
        "open",
        commitment.due_on,
        0,
    )
    assert get_last_subject() == "Your reply has not changed the commitment"
    assert "nothing has been changed" in Message.objects.last().body


def test_reply_from_other_person_changes_nothing(commitment, delegate):
    send_due_reminders(timezone.now())
    reply_to_last_email("Done", delegate, sender="somebody@example.org")

    assert reload_commitment().progress == "open"


def test_reply_of_former_representative_is_refused(commitment, delegate):
    send_due_reminders(timezone.now())
    delegate.affiliations.update(may_speak=False)
    reply_to_last_email("Done", delegate)

    assert reload_commitment().progress == "open"


@pytest.fixture
def proposed_commitment(mailing_coalition, meeting, rapporteur, organisation, delegate):
    return actions.record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="commitment",
        text=f"{organisation.name} will share it.",
        owner=(organisation.name, organisation),
    )


def test_proposed_owner_confirms_by_reply(proposed_commitment, organisation, delegate):
    send_notifications_after_delay()
    subjects = [subject for to, subject in list_written_emails() if to == delegate.email]
    assert subjects == [f"[Our Coalition] Please confirm a commitment by {organisation}"]
    assert f"{organisation.name} will share it." in Message.objects.get(to=delegate.email).body
    reply_to_last_email("Yes", delegate)

    assert reload_commitment().owner.organisation == organisation


def test_owner_declines_by_reply_and_notifies_coordinators(proposed_commitment, organisation, delegate, coordinator):
    send_notifications_after_delay()
    reply_to_last_email("Not us", delegate)
    send_notifications_after_delay()

    assert (reload_commitment().needs_owner, reload_commitment().owner) == (True, None)
    [told] = Message.objects.filter(to=coordinator.email)
    assert told.subject.startswith("[Our Coalition] A commitment needs a new owner")
    assert f"{organisation} says that this commitment is not theirs:" in told.body


def test_reply_yes_without_open_question_is_explained(commitment, delegate):
    send_due_reminders(timezone.now())
    reply_to_last_email("Yes", delegate)

    assert "does not need to be confirmed" in Message.objects.last().body

"""Answers to the invitation to a session: by the link, by email, and by an adult contact; and reminders of it."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts import minors
from jukwaa.accounts.models import Person
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.proposals import actions
from jukwaa.proposals.models import Participant, PrivateStatement, Proposal
from jukwaa.records import index
from jukwaa.records.actions import withdraw_record
from jukwaa.updates.models import PendingMail
from jukwaa.updates.reminders import send_due_reminders
from tests.conftest import create_seated_person
from tests.factories import PersonFactory
from tests.proposals.speakers import SPEAKER_EMAIL, confirm_as_adult, invite_speaker, start_session
from tests.updates.emails import deliver_email, find_link_path, freeze_time_on_day, list_written_emails

ParticipantStatus = Participant.Status
CONFIRMED_FORM_DATA = {"answer": "confirmed", "is_adult": "on"}


@pytest.fixture
def proposal(mailing_coalition, coordinator):
    return start_session(coordinator, mailing_coalition)


@pytest.fixture
def invited_participant(coordinator, proposal):
    return invite_speaker(coordinator, proposal, organisation="A school", message="Tell us how you began.")


@pytest.fixture
def invitation_link(invited_participant):
    return find_link_path(Message.objects.get(to=SPEAKER_EMAIL), "/invitations/").partition("?")[0]


def get_participant_status():
    return Participant.objects.get().status


def test_invitation_email_offers_each_answer_and_gives_reason(invited_participant):
    body = Message.objects.get().body

    for words in ("?answer=confirmed", "?answer=provisional", "?answer=declined", "A school", "Tell us how you began."):
        assert words in body
    assert "We keep your name and address for this invitation only." in body


def test_invitation_link_records_answer_only_on_submit(client, invitation_link):
    page = client.get(f"{invitation_link}?answer=provisional").text
    before = get_participant_status()
    after = client.post(invitation_link, CONFIRMED_FORM_DATA | {"answer": "provisional"}, follow=True).text

    assert all(words in page for words in ("Speaker", "A school", "Tell us how you began.", "Learning together"))
    assert before == "invited"
    assert "Your answer: Provisionally confirmed" in after
    assert get_participant_status() == "provisional"
    assert Person.objects.get(email=SPEAKER_EMAIL).adult_confirmed_at is not None


def test_invitation_link_masks_email_address(client, invitation_link):
    page = client.get(invitation_link).text

    assert "s…@example.org" in page
    assert SPEAKER_EMAIL not in page


def test_changed_answer_erases_private_statement(client, invitation_link):
    client.post(
        invitation_link,
        CONFIRMED_FORM_DATA | {"gender": "woman", "age_band": "25-34", "stakeholder_group": "civil-society"},
    )
    stated = list(PrivateStatement.objects.values_list("gender", "age_band"))
    client.post(invitation_link, CONFIRMED_FORM_DATA | {"attendance": "online"})
    kept = list(PrivateStatement.objects.values_list("gender", "age_band"))
    page = client.post(invitation_link, {"answer": "declined", "reason": "No funds for the trip"}, follow=True).text

    assert stated == kept == [("woman", "25-34")]
    assert "Your answer: Withdrawn" in page
    assert (get_participant_status(), Participant.objects.get().reason) == ("withdrawn", "No funds for the trip")
    assert not PrivateStatement.objects.exists()


def test_invitation_page_does_not_redisplay_gender_and_age(client, invitation_link):
    client.post(invitation_link, CONFIRMED_FORM_DATA | {"gender": "woman", "age_band": "25-34"})
    form = client.get(invitation_link).context["form"]

    assert (form["gender"].value(), form["age_band"].value()) == (None, None)


def test_reason_for_declining_is_visible_only_to_team(
    client, coordinator, member, proposal, invited_participant, invitation_link
):
    client.post(invitation_link, {"answer": "declined", "reason": "No funds"})
    client.force_login(coordinator)
    detail = reverse("proposals:participant_detail", args=["ours", proposal.pk, invited_participant.pk])
    of_team = client.get(detail).text
    client.force_login(member)

    assert "No funds" in of_team
    assert client.get(detail).status_code == 403
    assert "No funds" not in client.get(proposal.get_absolute_url()).text
    assert not index.search_records(proposal.coalition, coordinator, "funds").hits


@pytest.mark.parametrize(
    ("form_data", "expected_sentence"),
    [
        ({"is_adult": "on"}, "Choose an answer."),
        ({"answer": "confirmed"}, "Confirm that you are 18 or older."),
        ({"answer": "king", "is_adult": "on"}, "king"),
        (CONFIRMED_FORM_DATA | {"sessions": "-1"}, "Enter a number of 1 or more."),
        (CONFIRMED_FORM_DATA | {"age_band": "under-18"}, "under-18"),
    ],
)
def test_invalid_answer_shows_error_and_records_nothing(client, invitation_link, form_data, expected_sentence):
    page = client.post(invitation_link, form_data)

    assert page.status_code == 422
    assert expected_sentence in page.context["form"].errors.as_text()
    assert get_participant_status() == "invited"


@pytest.mark.parametrize("link_fault", ["cut", "removed", "erased", "other coalition", "withdrawn"])
def test_invalid_invitation_link_is_refused(
    client, coordinator, proposal, invited_participant, invitation_link, other_coalition, link_fault
):
    if link_fault == "cut":
        invitation_link = f"{invitation_link[:-8]}/"
    elif link_fault == "removed":
        actions.remove_participant(actor=coordinator, participant=invited_participant)
    elif link_fault == "erased":
        Person.objects.filter(email=SPEAKER_EMAIL).update(is_active=False)
    elif link_fault == "withdrawn":
        withdraw_record(actor=coordinator, record=proposal, reason="It came too late.")
    else:
        invitation_link = invitation_link.replace("/ours/", f"/{other_coalition.slug}/", 1)
    page = client.get(invitation_link)

    assert page.status_code == 410
    assert "This link no longer works" in page.text


def test_invitation_link_is_refused_to_another_signed_in_person(client, member, invitation_link):
    client.force_login(member)
    answers = [client.get(invitation_link), client.post(invitation_link, CONFIRMED_FORM_DATA)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "This link was sent to another person" in answers[0].text
    assert get_participant_status() == "invited"


def test_link_and_reply_after_outcome_change_nothing(
    client, coordinator, proposal, invited_participant, invitation_link
):
    message = Message.objects.get(to=SPEAKER_EMAIL)
    record_session_outcome(coordinator, proposal)
    page = client.post(invitation_link, CONFIRMED_FORM_DATA)
    confirm_as_adult(Person.objects.get(email=SPEAKER_EMAIL))
    deliver_email("No", to=message.reply_to, sender=SPEAKER_EMAIL)

    assert page.status_code == 410
    assert "The outcome has been recorded" in page.text
    assert get_participant_status() == "invited"
    assert "outcome of this proposal has been recorded" in Message.objects.filter(to=SPEAKER_EMAIL).last().body


def record_session_outcome(coordinator, proposal, outcome="waiting"):
    actions.submit_proposal(actor=coordinator, proposal=proposal)
    actions.record_proposal_outcome(
        actor=coordinator, proposal=Proposal.objects.get(), outcome=outcome, outcome_on=timezone.localdate()
    )


def test_invitation_after_acceptance_mentions_acceptance(client, coordinator, mailing_coalition, proposal):
    record_session_outcome(coordinator, proposal, "accepted")
    child, contact = create_seated_person(mailing_coalition, "Zuri Canary"), PersonFactory(name="Adult Contact")
    minors.mark_as_minor(actor=child, person=child, adult_contact=contact, reason="Told us.")
    invite_speaker(coordinator, Proposal.objects.get())
    invite_speaker(coordinator, Proposal.objects.get(), person=Person.objects.get(pk=child.pk))
    invitations = Message.objects.filter(subject__contains="Invitation")
    bodies = [invitations.get(to=to).body for to in (SPEAKER_EMAIL, contact.email)]
    page = client.get(find_link_path(invitations.get(to=SPEAKER_EMAIL), "/invitations/").partition("?")[0]).text

    assert all("which the forum has accepted" in " ".join(body.split()) for body in bodies)
    assert "preparing" not in bodies[0] + bodies[1] + page
    assert "The forum has accepted the session." in page


def test_answer_after_acceptance_omits_gender_and_age(
    client, coordinator, proposal, invited_participant, invitation_link
):
    record_session_outcome(coordinator, proposal, "accepted")
    form = client.get(invitation_link).text
    page = client.post(
        invitation_link, CONFIRMED_FORM_DATA | {"attendance": "online", "gender": "woman"}, follow=True
    ).text
    row = Participant.objects.get()

    assert "Gender" not in form
    assert "Your answer has been recorded." in page
    assert (row.status, row.attendance) == ("confirmed", "online")
    assert not PrivateStatement.objects.exists()


@pytest.mark.parametrize(
    ("text", "expected_status"),
    [
        ("Yes", "confirmed"),
        ("maybe", "provisional"),
        ("No, sorry", "declined"),
        ("oui", "confirmed"),
        ("I intend to come", "provisional"),
    ],
)
def test_email_reply_records_answer(invited_participant, text, expected_status):
    confirm_as_adult(invited_participant.person)
    deliver_email(text, to=Message.objects.get().reply_to, sender=SPEAKER_EMAIL)

    assert get_participant_status() == expected_status
    assert "has been recorded" in Message.objects.last().body


@pytest.mark.parametrize("text", ["Who else will speak?", "a colleague will attend", ""])
def test_unclear_email_reply_changes_nothing_and_links_to_page(client, invited_participant, text):
    confirm_as_adult(invited_participant.person)
    deliver_email(text, to=Message.objects.get().reply_to, sender=SPEAKER_EMAIL)
    answer = Message.objects.last()

    assert get_participant_status() == "invited"
    assert "Your answer has not been recorded." in answer.body
    assert client.get(find_link_path(answer, "/invitations/")).status_code == 200


def test_email_reply_asks_age_once_and_never_when_declining(client, invited_participant):
    reply_to = Message.objects.get().reply_to
    deliver_email("yes", to=reply_to, sender=SPEAKER_EMAIL)
    asked, before = Message.objects.last(), get_participant_status()
    deliver_email("no", to=reply_to, sender=SPEAKER_EMAIL, message_id="<two@example.org>")

    assert "18 or older" in asked.body
    assert before == "invited"
    assert get_participant_status() == "declined"


def test_email_reply_from_another_address_is_held(invited_participant):
    confirm_as_adult(invited_participant.person)
    deliver_email("yes", to=Message.objects.get().reply_to, sender="other@example.org")

    assert get_participant_status() == "invited"
    assert PendingMail.objects.get().address == SPEAKER_EMAIL


def test_member_answers_invitation_from_tasks(client, coordinator, member, another_member, proposal):
    invite_speaker(coordinator, proposal, person=confirm_as_adult(member))
    task = next(task for task in get_tasks(Standing(member, proposal.coalition)) if "take part" in task.title)
    client.force_login(another_member)
    others = client.get(task.url).status_code
    client.force_login(member)
    client.post(task.url, {"answer": "confirmed"})

    assert others == 404
    assert get_participant_status() == "confirmed"


@pytest.fixture
def another_member(coalition):
    return create_seated_person(coalition, "Another member")


@pytest.fixture
def child(mailing_coalition):
    contact = PersonFactory(name="Adult Contact")
    person = create_seated_person(mailing_coalition, "Zuri Canary")
    minors.mark_as_minor(actor=person, person=person, adult_contact=contact, reason="Told us.")
    return Person.objects.get(pk=person.pk)


def test_adult_contact_answers_and_consents_for_minor(client, coordinator, child, proposal):
    row = invite_speaker(coordinator, proposal, person=child)
    message = Message.objects.get(subject__contains="Invitation")
    link = find_link_path(message, "/invitations/").partition("?")[0]
    refused = client.post(link, {"answer": "confirmed"})
    agreed = client.post(link, {"answer": "confirmed", "consent": "on", "age_band": "under-18"})
    row.refresh_from_db()

    assert (message.to, message.reply_to) == (child.adult_contact.email, "")
    assert "invites a person under 18 to take part" in " ".join(message.body.split())
    assert "Yes, they will take part" in message.body
    assert not [words for words in ("invites you", "invited you", "about you") if words in message.body]
    assert "Select this box to agree" in refused.context["form"].errors.as_text()
    assert agreed.status_code == 302
    assert (row.status, row.consent_by) == ("confirmed", child.adult_contact)
    assert "Zuri" not in client.get(link).text
    client.post(link, {"answer": "declined"})
    row.refresh_from_db()
    assert (row.status, row.consent_by, row.consent_at) == ("withdrawn", None, None)


def test_only_adult_contact_can_consent(coordinator, child, proposal):
    row = invite_speaker(coordinator, proposal, person=child)
    with pytest.raises(ActionRefused, match="before your adult contact agrees"):
        actions.answer_invitation(actor=child, participant=row, participant_answer="confirmed")
    with pytest.raises(ActionRefused, match="Only the adult contact can agree"):
        actions.record_participant_answer(actor=coordinator, participant=row, participant_answer="confirmed")
    with pytest.raises(PermissionDenied):
        actions.answer_invitation(actor=child, participant=row, participant_answer="confirmed", guardian=coordinator)
    actions.answer_invitation(actor=child, participant=row, participant_answer="declined")

    assert get_participant_status() == "declined"


def test_link_of_former_adult_contact_is_invalid(client, coordinator, child, proposal):
    invite_speaker(coordinator, proposal, person=child)
    link = find_link_path(Message.objects.get(subject__contains="Invitation"), "/invitations/").partition("?")[0]
    child.adult_contact = PersonFactory()
    child.save()

    assert client.get(link).status_code == 410


def test_invited_person_without_answer_is_reminded_twice(coordinator, proposal, invited_participant):
    day = timezone.localdate() + timedelta(days=14)
    counts = []
    for before in (8, 7, 6, 3, 2, 1, 0, -1):
        send_due_reminders(freeze_time_on_day(day - timedelta(days=before)))
        counts.append(Message.objects.count() - 1)

    assert invited_participant.answer_by == day
    assert counts == [0, 1, 1, 1, 2, 2, 2, 2]
    assert {to for to, _subject in list_written_emails()} == {SPEAKER_EMAIL}
    assert "/invitations/" in Message.objects.last().body


@pytest.mark.parametrize("reminder_end_case", ["answer", "removal", "outcome"])
def test_no_reminder_if_no_answer_is_needed(coordinator, proposal, invited_participant, reminder_end_case):
    if reminder_end_case == "answer":
        actions.answer_invitation(
            actor=invited_participant.person,
            participant=invited_participant,
            participant_answer="confirmed",
            is_adult=True,
        )
    elif reminder_end_case == "removal":
        actions.remove_participant(actor=coordinator, participant=invited_participant)
    else:
        record_session_outcome(coordinator, proposal)
    before = Message.objects.count()
    send_due_reminders(freeze_time_on_day(invited_participant.answer_by - timedelta(days=2)))

    assert Message.objects.count() == before


def test_email_reply_to_reminder_records_answer(coordinator, member, proposal):
    invite_speaker(coordinator, proposal, person=confirm_as_adult(member))
    later = timezone.now() + timedelta(days=12)
    with time_machine.travel(later):
        send_due_reminders(later)
        reminder = Message.objects.last()
        deliver_email("yes", to=reminder.reply_to, sender=member.email)

    assert "Please answer" in reminder.subject
    assert get_participant_status() == "confirmed"


def test_invitation_link_uses_site_address(invited_participant):
    assert settings.SITE_URL in Message.objects.get().body

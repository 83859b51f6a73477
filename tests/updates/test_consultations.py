"""Who hears of a consultation, and answering it by mail alone: no line of an answer is lost."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from jukwaa.core.dates import format_long_date as day_of
from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft, InputContent
from jukwaa.drafting.models import Consultation, Input, Text
from jukwaa.drafting.notifications import consultations as notifications
from jukwaa.mail.actions import delete_expired_mail_data
from jukwaa.mail.delivery_checks import find_outdated_email_ids
from jukwaa.mail.models import Attachment, Message
from jukwaa.mail.tasks import build_outgoing_email
from jukwaa.records.actions import hold_record_in_quarantine, publish_record, purge_record, redact_names_in_record
from jukwaa.records.models import Document, Held, Record
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.models import MailChoice, PendingMail
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import AffiliationFactory, MembershipFactory
from tests.updates.emails import deliver_email, find_link_path, list_written_emails, send_notifications_after_delay

CLAUSE_BODIES = ["Purpose.", "A provider answers within three working days.", "Each member may publish it."]


@pytest.fixture
def text(mailing_coalition, rapporteur) -> Text:
    beginning = actions.TextStart([ClauseDraft(body) for body in CLAUSE_BODIES])
    text = actions.begin_text(
        actor=rapporteur, coalition=mailing_coalition, title="The guideline", form="guideline", beginning=beginning
    )
    actions.create_named_revision(actor=rapporteur, text=text, revision_name="Draft 1")
    publish_record(actor=rapporteur, record=text, is_trusted=True)
    send_notifications_after_delay()
    Message.objects.all().delete()
    return Text.objects.get(pk=text.pk)


@pytest.fixture
def open_text_consultation(text, rapporteur):
    def create_consultation_in(*, days=30, begins=None, **asked) -> Consultation:
        told = {"asks": "members", "introduction": "What do you think?", "questions": ["Where?", "How?"], **asked}
        begins = begins or timezone.now()
        question = actions.ConsultationContent(opens_at=begins, closes_at=begins + timedelta(days=days), **told)
        return actions.open_consultation(
            actor=rapporteur, revision=text.get_latest_revision(), consultation_content=question
        )

    return create_consultation_in


@pytest.fixture
def consultation_reply_thread(open_text_consultation, delegate):
    """The address by which a delegate answers the announcement."""
    open_text_consultation()
    send_pending_activity_notifications()
    address = Message.objects.get(to=delegate.email).reply_to
    Message.objects.all().delete()
    return address


def list_input_bodies():
    found = Input.objects.order_by("pk").values_list("kind", "clause__number", "question", "body", "came")
    return list(found)


def test_consultation_participants_are_notified_once_with_reply_address(
    open_text_consultation, delegate, member, organisation, rapporteur
):
    consultation = open_text_consultation()
    for _ in range(2):
        send_pending_activity_notifications()
        send_due_reminders(timezone.now())

    subject = f"[Our Coalition] Respond by {day_of(consultation.closes_at.date())} to the consultation on The guideline"
    assert list_written_emails() == [(person.email, subject) for person in (delegate, member)]
    body = Message.objects.get(to=delegate.email).body
    for words in (
        "Question 2: How?",
        "12: replace may with should",
        f"an input from {organisation.name}",
        "/texts/consultations/",
    ):
        assert words in body


def test_announcement_has_the_draft_as_word_file_stored_once(open_text_consultation, delegate, member):
    open_text_consultation()
    send_pending_activity_notifications()
    sent = Message.objects.get(to=delegate.email)
    name, data, content_type = build_outgoing_email(sent).attachments[-1]
    with ZipFile(BytesIO(data)) as file:
        words = file.read("word/document.xml").decode()

    assert (name, content_type) == ("The guideline, revision 1.docx", notifications.WORD_MEDIA_TYPE)
    assert [clause for clause in CLAUSE_BODIES if clause not in words] == []
    assert "attached as a Word file" in sent.body
    assert Attachment.objects.get() == Message.objects.get(to=member.email).attachment


def test_attached_file_is_deleted_after_a_month(open_text_consultation, delegate):
    open_text_consultation()
    send_pending_activity_notifications()
    Attachment.objects.update(created_at=timezone.now() - timedelta(days=31))
    delete_expired_mail_data()

    assert Message.objects.get(to=delegate.email).attachment is None
    assert len(build_outgoing_email(Message.objects.get(to=delegate.email)).attachments) == 0


def test_redaction_deletes_attached_draft_but_not_waiting_emails(
    open_text_consultation, text, delegate, member, coordinator, monkeypatch
):
    """The name stands in the file alone: the email has only the beginning of the draft."""
    monkeypatch.setattr(notifications, "MAX_TEXT_EXTRACT_LENGTH", 5)
    open_text_consultation()
    send_pending_activity_notifications()
    Message.objects.filter(to=delegate.email).update(sent_at=timezone.now())
    redact_names_in_record(actor=coordinator, record=text, names=["provider answers"])
    sent = Message.objects.get(to=delegate.email)

    assert Message.objects.get(to=member.email).attachment is None
    assert ("Purpose." in sent.body, sent.attachment, Attachment.objects.exists()) == (True, None, False)


@pytest.mark.parametrize("are_emails_sent", [True, False])
def test_purge_of_a_text_deletes_the_attached_draft(
    open_text_consultation, text, delegate, safeguarding_lead, are_emails_sent
):
    open_text_consultation()
    send_pending_activity_notifications()
    Message.objects.filter(to=delegate.email).update(sent_at=timezone.now() if are_emails_sent else None)
    hold_record_in_quarantine(actor=safeguarding_lead, record=text)
    purge_record(actor=safeguarding_lead, record=Record.objects.get(pk=text.pk))

    assert Message.objects.exclude(body="").count() == 0
    assert not Attachment.objects.exists()


def test_large_draft_is_not_attached(open_text_consultation, delegate, monkeypatch):
    monkeypatch.setattr(notifications, "MAX_ATTACHMENT_BYTES", 100)
    open_text_consultation()
    send_pending_activity_notifications()

    assert "attached" not in Message.objects.get(to=delegate.email).body
    assert not Attachment.objects.exists()


def test_announcement_contains_text_with_clause_numbers(open_text_consultation, delegate):
    open_text_consultation()
    send_pending_activity_notifications()
    body = Message.objects.get(to=delegate.email).body

    for number, clause in enumerate(CLAUSE_BODIES, 1):
        assert f"{number}. {clause}" in body
    assert "This is the beginning of the text." not in body


def test_announcement_of_long_text_contains_first_clauses(open_text_consultation, delegate, monkeypatch):
    monkeypatch.setattr(notifications, "MAX_TEXT_EXTRACT_LENGTH", len("1. Purpose."))
    open_text_consultation()
    send_pending_activity_notifications()
    body = Message.objects.get(to=delegate.email).body

    assert "1. Purpose." in body
    assert CLAUSE_BODIES[1] not in body
    assert "This is the beginning of the text. You can read the rest on the page below." in body


def test_public_consultation_notifies_followers_and_list(
    mailing_coalition, open_text_consultation, coordinator, delegate
):
    mailing_coalition.list_address = "list@example.org"
    mailing_coalition.save()
    follower = AffiliationFactory(organisation__coalition=mailing_coalition).person
    MailChoice.objects.create(person=follower, coalition=mailing_coalition, topic="news", wanted=True)
    open_text_consultation(asks="public")
    send_pending_activity_notifications()

    assert {to for to, _subject in list_written_emails()} == {
        delegate.email,
        coordinator.email,
        follower.email,
        "list@example.org",
    }


def test_consultation_asks_all_people_of_named_organisation_only(
    open_text_consultation, organisation, delegate, member
):
    colleague = AffiliationFactory(organisation=organisation).person
    open_text_consultation(asks="named", organisations=[organisation])
    send_pending_activity_notifications()

    assert sorted(to for to, _subject in list_written_emails()) == sorted([delegate.email, colleague.email])


def test_later_consultation_is_announced_on_its_day(open_text_consultation, delegate):
    begins = timezone.now() + timedelta(days=3)
    open_text_consultation(begins=begins)
    send_pending_activity_notifications()
    send_due_reminders(timezone.now())
    assert list_written_emails() == []
    Consultation.objects.update(opens_at=timezone.now() - timedelta(minutes=1))
    send_due_reminders(timezone.now())

    assert [to for to, _subject in list_written_emails()] == [delegate.email]


def test_silent_participants_are_reminded_once_before_end(
    open_text_consultation, mailing_coalition, delegate, organisation, member
):
    silent = AffiliationFactory(
        organisation=MembershipFactory(coalition=mailing_coalition).organisation, may_speak=True
    ).person
    consultation = open_text_consultation(days=4)
    actions.give_consultation_input(
        actor=delegate, consultation=consultation, said=InputContent(body="Good."), organisation=organisation
    )
    actions.give_consultation_input(actor=member, consultation=consultation, said=InputContent(body="Good."))
    send_pending_activity_notifications()
    Message.objects.all().delete()
    for _ in range(2):
        send_due_reminders(timezone.now() + timedelta(minutes=1))

    assert [to for to, subject in list_written_emails() if "Reminder" in subject] == [silent.email]
    assert "We have not received a response from you yet." in Message.objects.get(subject__contains="Reminder").body


def test_drafters_are_notified_once_of_unanswered_inputs(open_text_consultation, rapporteur, member):
    consultation = open_text_consultation()
    actions.give_consultation_input(actor=member, consultation=consultation, said=InputContent(body="A point."))
    actions.give_consultation_input(actor=member, consultation=consultation, said=InputContent(kind="support"))
    send_pending_activity_notifications()
    Message.objects.all().delete()
    after = consultation.closes_at + timedelta(hours=1)
    for _ in range(2):
        send_due_reminders(after)

    assert list_written_emails() == [(rapporteur.email, "[Our Coalition] Respond to 1 input on The guideline")]


def test_manual_reminder_reaches_silent_participants_only(
    open_text_consultation, mailing_coalition, rapporteur, delegate, organisation
):
    silent = AffiliationFactory(
        organisation=MembershipFactory(coalition=mailing_coalition).organisation, may_speak=True
    ).person
    consultation = open_text_consultation()
    actions.give_consultation_input(
        actor=delegate, consultation=consultation, said=InputContent(body="Good."), organisation=organisation
    )
    send_pending_activity_notifications()
    Message.objects.all().delete()
    actions.send_consultation_reminder(actor=rapporteur, consultation=consultation)
    send_pending_activity_notifications()

    day = day_of(consultation.closes_at.date())
    subject = f"[Our Coalition] Reminder: your organisation can respond by {day} to the consultation on The guideline"
    assert list_written_emails() == [(silent.email, subject)]


def test_drafters_are_notified_of_inputs_once_a_day(open_text_consultation, rapporteur, member, delegate):
    consultation = open_text_consultation()
    send_pending_activity_notifications()
    Message.objects.all().delete()
    for person in (member, delegate, member):
        actions.give_consultation_input(
            actor=person, consultation=consultation, said=InputContent(body="Secret words.")
        )
    send_pending_activity_notifications()

    assert list_written_emails() == [(rapporteur.email, "[Our Coalition] Respond to new inputs on The guideline")]
    assert "Secret words." not in Message.objects.get().body


def test_email_reply_becomes_inputs_with_receipt(consultation_reply_thread, delegate, organisation):
    deliver_email(
        "Dear all,\n\n3: replace may with should\n2: comment Too long.\nquestion 2: In schools.\n9: What about this?\n"
        "\n> quoted",
        to=consultation_reply_thread,
        sender=delegate.email,
    )

    assert list_input_bodies() == [
        ("comment", None, None, "Dear all,", "mail"),
        ("proposal", 3, None, "", "mail"),
        ("comment", 2, None, "Too long.", "mail"),
        ("comment", None, 2, "In schools.", "mail"),
        ("comment", None, None, "9: What about this?", "mail"),
    ]
    assert Input.objects.get(kind="proposal").proposed == "Each member should publish it."
    assert {given.capacity.organisation for given in Input.objects.all()} == {organisation}
    assert list(Input.objects.filter(not_understood=True).values_list("body", flat=True)) == ["9: What about this?"]
    assert list_written_emails() == [(delegate.email, "Check the input that we received from you")]
    assert "9: What about this?" in Message.objects.get().body


def test_repeated_email_reply_is_processed_once(consultation_reply_thread, delegate):
    for _ in range(2):
        deliver_email("2: comment Too long.", to=consultation_reply_thread, sender=delegate.email)

    assert len(list_input_bodies()) == 1


def test_forged_consultation_reply_waits_for_confirmation(client, consultation_reply_thread, delegate):
    deliver_email("2: comment I hate it.\n3: support", to=consultation_reply_thread, sender="other@example.net")
    assert (list_input_bodies(), list_written_emails()) == ([], [(delegate.email, "Did you send this input?")])
    path = find_link_path(Message.objects.get(), "/mail/confirm/")
    assert "I hate it." in client.get(path).text
    assert list_input_bodies() == []
    assert client.post(path).status_code == 200

    assert list_input_bodies() == [("comment", 2, None, "I hate it.", "mail"), ("support", 3, None, "", "mail")]
    assert [client.post(path).status_code, len(list_input_bodies())] == [410, 2]


def test_identifying_words_in_consultation_reply_need_confirmation(consultation_reply_thread, delegate):
    deliver_email("2: comment Ask child.name@example.com.", to=consultation_reply_thread, sender=delegate.email)

    assert (list_input_bodies(), PendingMail.objects.get().question.partition(":")[0]) == ([], "consultation")


def test_late_reply_is_saved_as_document_for_coordinators(
    consultation_reply_thread, delegate, coordinator, member, text
):
    Consultation.objects.update(opens_at=timezone.now() - timedelta(days=2), closes_at=timezone.now())
    deliver_email("2: comment Too long.", to=consultation_reply_thread, sender=delegate.email)

    assert (list_input_bodies(), list_written_emails()) == (
        [],
        [(delegate.email, "Your reply arrived after the deadline")],
    )
    kept = Document.objects.get()
    assert (kept.text, kept.state, kept.links_out.get().to_record_id) == ("2: comment Too long.", "submitted", text.pk)
    seen = [Document.objects.visible_to(viewer).count() for viewer in (coordinator, delegate, AnonymousUser())]
    assert seen == [1, 1, 0]


def test_late_reply_with_damaged_picture_is_saved(consultation_reply_thread, delegate):
    Consultation.objects.update(opens_at=timezone.now() - timedelta(days=2), closes_at=timezone.now())
    files = [("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(50)), ("draft.txt", b"We agreed.")]
    deliver_email("2: comment Too long.", to=consultation_reply_thread, sender=delegate.email, files=files)

    kept = Document.objects.get()
    assert (kept.text, [file.name for file in kept.attachments.all()]) == ("2: comment Too long.", ["draft.txt"])
    assert "photo.png: We could not read this picture" in Message.objects.get().body


def test_empty_or_overlong_consultation_reply_is_explained(consultation_reply_thread, delegate):
    deliver_email("> quoted", to=consultation_reply_thread, sender=delegate.email)
    deliver_email("word " * 5000, to=consultation_reply_thread, sender=delegate.email, message_id="<two@example.org>")

    assert (list_input_bodies(), list_written_emails()) == ([], [(delegate.email, "Your input was not saved")] * 2)


def test_former_participant_gets_no_text_title_by_email(consultation_reply_thread, delegate, text):
    delegate.affiliations.all().update(ends_on=timezone.localdate() - timedelta(days=1), starts_on=None)
    deliver_email("2: comment Too long.", to=consultation_reply_thread, sender=delegate.email)

    assert (list_input_bodies(), list_written_emails()) == ([], [(delegate.email, "Your input was not saved")])
    assert text.title not in Message.objects.get().body


def test_disclosure_in_consultation_reply_reaches_lead_only(consultation_reply_thread, delegate, safeguarding_lead):
    deliver_email("My uncle touched me and I am 12.", to=consultation_reply_thread, sender=delegate.email)

    assert (list_input_bodies(), PendingMail.objects.count(), Held.objects.count()) == ([], 0, 1)
    assert Message.objects.get().subject == "Thank you for writing"


def test_unsubscribe_reply_ends_consultation_email_without_input(consultation_reply_thread, delegate):
    deliver_email("Unsubscribe", to=consultation_reply_thread, sender=delegate.email)

    assert list_input_bodies() == []
    assert list_written_emails() == [(delegate.email, "You will not receive any more emails of this kind")]
    ended = MailChoice.objects.filter(person=delegate, wanted=False).order_by("topic").values_list("topic", flat=True)
    assert list(ended) == ["concerns", "reminders"]


def test_waiting_email_of_closed_consultation_is_outdated(open_text_consultation, delegate):
    open_text_consultation()
    send_pending_activity_notifications()
    waiting = set(Message.objects.values_list("pk", flat=True))
    outdated_while_open = find_outdated_email_ids(waiting)
    Consultation.objects.update(closes_at=timezone.now())

    assert waiting
    assert (outdated_while_open, find_outdated_email_ids(waiting)) == (set(), waiting)

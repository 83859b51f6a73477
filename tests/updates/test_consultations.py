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
from jukwaa.mail.models import Attachment, Message
from jukwaa.mail.tasks import build_outgoing_email
from jukwaa.records.actions import publish_record
from jukwaa.records.models import Document, Held
from jukwaa.updates.activity_notifications import notify_untold_activities
from jukwaa.updates.models import MailChoice, PendingMail
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import AffiliationFactory, MembershipFactory
from tests.updates.mails import deliver, link_in, tell_later, written

CLAUSES = ["Purpose.", "A provider answers within three working days.", "Each member may publish it."]


@pytest.fixture
def text(released, rapporteur) -> Text:
    beginning = actions.TextStart([ClauseDraft(body) for body in CLAUSES])
    text = actions.begin_text(
        actor=rapporteur, coalition=released, title="The guideline", form="guideline", beginning=beginning
    )
    actions.name_revision(actor=rapporteur, text=text, name="Draft 1")
    publish_record(actor=rapporteur, record=text, trusted=True)
    tell_later()
    Message.objects.all().delete()
    return Text.objects.get(pk=text.pk)


@pytest.fixture
def ask(text, rapporteur):
    def one(*, days=30, begins=None, **asked) -> Consultation:
        told = {"asks": "members", "introduction": "What do you think?", "questions": ["Where?", "How?"], **asked}
        begins = begins or timezone.now()
        question = actions.ConsultationContent(opens_at=begins, closes_at=begins + timedelta(days=days), **told)
        return actions.open_consultation(actor=rapporteur, revision=text.get_latest_revision(), question=question)

    return one


@pytest.fixture
def thread(ask, delegate):
    """The address by which a delegate answers the announcement."""
    ask()
    notify_untold_activities()
    address = Message.objects.get(to=delegate.email).reply_to
    Message.objects.all().delete()
    return address


def said():
    found = Input.objects.order_by("pk").values_list("kind", "clause__number", "question", "body", "came")
    return list(found)


def test_those_who_are_asked_hear_of_it_once_with_a_way_to_answer(ask, delegate, member, organisation, rapporteur):
    consultation = ask()
    for _ in range(2):
        notify_untold_activities()
        send_due_reminders(timezone.now())

    subject = f"[Our Coalition] Respond by {day_of(consultation.closes_at.date())} to the consultation on The guideline"
    assert written() == [(person.email, subject) for person in (delegate, member)]
    body = Message.objects.get(to=delegate.email).body
    for words in (
        "Question 2: How?",
        "12: replace may by should",
        f"an input of {organisation.name}",
        "/texts/consultations/",
    ):
        assert words in body


def test_announcement_has_the_draft_as_word_file_stored_once(ask, delegate, member):
    ask()
    notify_untold_activities()
    sent = Message.objects.get(to=delegate.email)
    name, data, content_type = build_outgoing_email(sent).attachments[-1]
    with ZipFile(BytesIO(data)) as file:
        words = file.read("word/document.xml").decode()

    assert (name, content_type) == ("The guideline, revision 1.docx", notifications.WORD_TYPE)
    assert [clause for clause in CLAUSES if clause not in words] == []
    assert "attached as a Word file" in sent.body
    assert Attachment.objects.get() == Message.objects.get(to=member.email).attachment


def test_attached_file_is_deleted_after_a_month(ask, delegate):
    ask()
    notify_untold_activities()
    Attachment.objects.update(created_at=timezone.now() - timedelta(days=31))
    delete_expired_mail_data()

    assert Message.objects.get(to=delegate.email).attachment is None
    assert len(build_outgoing_email(Message.objects.get(to=delegate.email)).attachments) == 0


def test_large_draft_is_not_attached(ask, delegate, monkeypatch):
    monkeypatch.setattr(notifications, "MAX_ATTACHMENT_BYTES", 100)
    ask()
    notify_untold_activities()

    assert "attached" not in Message.objects.get(to=delegate.email).body
    assert not Attachment.objects.exists()


def test_announcement_contains_the_text_with_the_numbers_of_its_clauses(ask, delegate):
    ask()
    notify_untold_activities()
    body = Message.objects.get(to=delegate.email).body

    for number, clause in enumerate(CLAUSES, 1):
        assert f"{number}. {clause}" in body
    assert "This is the beginning of the text." not in body


def test_announcement_of_a_long_text_contains_its_first_clauses(ask, delegate, monkeypatch):
    monkeypatch.setattr(notifications, "MAX_EXTRACT_LENGTH", len("1. Purpose."))
    ask()
    notify_untold_activities()
    body = Message.objects.get(to=delegate.email).body

    assert "1. Purpose." in body
    assert CLAUSES[1] not in body
    assert "This is the beginning of the text. You can read the rest on the page below." in body


def test_a_public_one_is_told_to_those_who_follow_what_is_new_too_and_to_the_list(released, ask, coordinator, delegate):
    released.list_address = "list@example.org"
    released.save()
    follower = AffiliationFactory(organisation__coalition=released).person
    MailChoice.objects.create(person=follower, coalition=released, topic="news", wanted=True)
    ask(asks="public")
    notify_untold_activities()

    assert {to for to, _subject in written()} == {
        delegate.email,
        coordinator.email,
        follower.email,
        "list@example.org",
    }


def test_of_a_named_organisation_all_of_its_people_are_asked_and_nobody_else(ask, organisation, delegate, member):
    colleague = AffiliationFactory(organisation=organisation).person
    ask(asks="named", organisations=[organisation])
    notify_untold_activities()

    assert sorted(to for to, _subject in written()) == sorted([delegate.email, colleague.email])


def test_one_that_begins_later_is_told_on_its_day(ask, delegate):
    begins = timezone.now() + timedelta(days=3)
    ask(begins=begins)
    notify_untold_activities()
    send_due_reminders(timezone.now())
    assert written() == []
    Consultation.objects.update(opens_at=timezone.now() - timedelta(minutes=1))
    send_due_reminders(timezone.now())

    assert [to for to, _subject in written()] == [delegate.email]


def test_a_few_days_before_it_ends_those_who_have_not_spoken_are_reminded_once(
    ask, released, delegate, organisation, member
):
    silent = AffiliationFactory(organisation=MembershipFactory(coalition=released).organisation, may_speak=True).person
    consultation = ask(days=4)
    actions.give_input(
        actor=delegate, consultation=consultation, said=InputContent(body="Good."), organisation=organisation
    )
    actions.give_input(actor=member, consultation=consultation, said=InputContent(body="Good."))
    notify_untold_activities()
    Message.objects.all().delete()
    for _ in range(2):
        send_due_reminders(timezone.now() + timedelta(minutes=1))

    assert [to for to, subject in written() if "Reminder" in subject] == [silent.email]
    assert "We have not received an input from you yet." in Message.objects.get(subject__contains="Reminder").body


def test_when_it_closes_with_inputs_unanswered_those_who_ask_hear_of_it_once(ask, rapporteur, member):
    consultation = ask()
    actions.give_input(actor=member, consultation=consultation, said=InputContent(body="A point."))
    actions.give_input(actor=member, consultation=consultation, said=InputContent(kind="support"))
    notify_untold_activities()
    Message.objects.all().delete()
    after = consultation.closes_at + timedelta(hours=1)
    for _ in range(2):
        send_due_reminders(after)

    assert written() == [(rapporteur.email, "[Our Coalition] Respond to 1 input on The guideline")]


def test_a_nudge_reaches_the_silent_alone(ask, released, rapporteur, delegate, organisation):
    silent = AffiliationFactory(organisation=MembershipFactory(coalition=released).organisation, may_speak=True).person
    consultation = ask()
    actions.give_input(
        actor=delegate, consultation=consultation, said=InputContent(body="Good."), organisation=organisation
    )
    notify_untold_activities()
    Message.objects.all().delete()
    actions.send_reminder(actor=rapporteur, consultation=consultation)
    notify_untold_activities()

    day = day_of(consultation.closes_at.date())
    subject = f"[Our Coalition] Reminder: your organisation can respond by {day} to the consultation on The guideline"
    assert written() == [(silent.email, subject)]


def test_those_who_draft_hear_of_inputs_once_a_day_however_many_come(ask, rapporteur, member, delegate):
    consultation = ask()
    notify_untold_activities()
    Message.objects.all().delete()
    for person in (member, delegate, member):
        actions.give_input(actor=person, consultation=consultation, said=InputContent(body="Secret words."))
    notify_untold_activities()

    assert written() == [(rapporteur.email, "[Our Coalition] Respond to new inputs on The guideline")]
    assert "Secret words." not in Message.objects.get().body


def test_an_answer_by_mail_becomes_inputs_and_says_how_it_was_understood(thread, delegate, organisation):
    deliver(
        "Dear all,\n\n3: replace may by should\n2: comment Too long.\nquestion 2: In schools.\n9: What about this?\n"
        "\n> quoted",
        to=thread,
        sender=delegate.email,
    )

    assert said() == [
        ("comment", None, None, "Dear all,", "mail"),
        ("proposal", 3, None, "", "mail"),
        ("comment", 2, None, "Too long.", "mail"),
        ("comment", None, 2, "In schools.", "mail"),
        ("comment", None, None, "9: What about this?", "mail"),
    ]
    assert Input.objects.get(kind="proposal").proposed == "Each member should publish it."
    assert {given.capacity.organisation for given in Input.objects.all()} == {organisation}
    assert list(Input.objects.filter(not_understood=True).values_list("body", flat=True)) == ["9: What about this?"]
    assert written() == [(delegate.email, "Input received: please check it")]
    assert "9: What about this?" in Message.objects.get().body


def test_the_same_answer_is_taken_once(thread, delegate):
    for _ in range(2):
        deliver("2: comment Too long.", to=thread, sender=delegate.email)

    assert len(said()) == 1


def test_a_forged_answer_waits_until_its_writer_confirms_it(client, thread, delegate):
    deliver("2: comment I hate it.\n3: support", to=thread, sender="other@example.net")
    assert (said(), written()) == ([], [(delegate.email, "Did you send this input?")])
    path = link_in(Message.objects.get(), "/mail/confirm/")
    assert "I hate it." in client.get(path).text
    assert said() == []
    assert client.post(path).status_code == 200

    assert said() == [("comment", 2, None, "I hate it.", "mail"), ("support", 3, None, "", "mail")]
    assert [client.post(path).status_code, len(said())] == [410, 2]


def test_words_by_which_somebody_could_be_found_are_looked_at_once_more(thread, delegate):
    deliver("2: comment Ask child.name@example.com.", to=thread, sender=delegate.email)

    assert (said(), PendingMail.objects.get().question.partition(":")[0]) == ([], "consultation")


def test_a_late_reply_is_kept_for_the_coordinators(thread, delegate, coordinator, member, text):
    Consultation.objects.update(opens_at=timezone.now() - timedelta(days=2), closes_at=timezone.now())
    deliver("2: comment Too long.", to=thread, sender=delegate.email)

    assert (said(), written()) == ([], [(delegate.email, "Your reply arrived after the deadline")])
    kept = Document.objects.get()
    assert (kept.text, kept.state, kept.links_out.get().to_record_id) == ("2: comment Too long.", "submitted", text.pk)
    seen = [Document.objects.visible_to(viewer).count() for viewer in (coordinator, delegate, AnonymousUser())]
    assert seen == [1, 1, 0]


def test_a_damaged_picture_is_named_and_the_late_reply_is_kept(thread, delegate):
    Consultation.objects.update(opens_at=timezone.now() - timedelta(days=2), closes_at=timezone.now())
    files = [("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(50)), ("draft.txt", b"We agreed.")]
    deliver("2: comment Too long.", to=thread, sender=delegate.email, files=files)

    kept = Document.objects.get()
    assert (kept.text, [file.name for file in kept.attachments.all()]) == ("2: comment Too long.", ["draft.txt"])
    assert "photo.png: We could not read this picture" in Message.objects.get().body


def test_an_answer_without_words_or_with_too_many_is_explained(thread, delegate):
    deliver("> quoted", to=thread, sender=delegate.email)
    deliver("word " * 5000, to=thread, sender=delegate.email, message_id="<two@example.org>")

    assert (said(), written()) == ([], [(delegate.email, "Your input was not saved")] * 2)


def test_whoever_is_asked_no_more_learns_nothing_by_mail(thread, delegate, text):
    delegate.affiliations.all().update(ends_on=timezone.localdate() - timedelta(days=1), starts_on=None)
    deliver("2: comment Too long.", to=thread, sender=delegate.email)

    assert (said(), written()) == ([], [(delegate.email, "Your input was not saved")])
    assert text.title not in Message.objects.get().body


def test_what_may_be_a_disclosure_reaches_the_lead_alone(thread, delegate, safeguarding_lead):
    deliver("My uncle touched me and I am 12.", to=thread, sender=delegate.email)

    assert (said(), PendingMail.objects.count(), Held.objects.count()) == ([], 0, 1)
    assert Message.objects.get().subject == "Thank you for writing"


def test_whoever_answers_unsubscribe_is_asked_no_more_and_has_said_nothing(thread, delegate):
    deliver("Unsubscribe", to=thread, sender=delegate.email)

    assert said() == []
    assert written() == [(delegate.email, "You will not receive more emails of this kind")]
    ended = MailChoice.objects.filter(person=delegate, wanted=False).order_by("topic").values_list("topic", flat=True)
    assert list(ended) == ["concerns", "reminders"]

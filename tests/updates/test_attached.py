"""Files that come with an answer are kept for the rapporteur if an upload would be; of the others it is said why."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from jukwaa.accounts.models import Person
from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import find_tasks
from jukwaa.core.documents.incoming import detect_file_kind
from jukwaa.core.documents.refusals import SENTENCE_BY_REFUSAL_CODE
from jukwaa.intake.models import Reading
from jukwaa.intake.tasks_page import find_email_document_tasks
from jukwaa.mail.models import Message
from jukwaa.records.actions import add_comment, attachments, withdraw_record
from jukwaa.records.models import Attachment, Comment, Document, Held, Link
from jukwaa.records.tasks import read_attachment
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.core import documents as make
from tests.updates.emails import AUTOMATIC_HEADERS, build_own_address, deliver_email, list_written_emails

PNG_BYTES = b"\x89PNG\r\n\x1a\n" + b"\x00" * 50


@pytest.fixture
def comment_reply_thread(document, member, rapporteur):
    """The address by which a member answers a comment."""
    add_comment(actor=rapporteur, record=document, body="Could you send the draft?")
    send_pending_activity_notifications()
    address = Message.objects.get(to=member.email).reply_to
    Message.objects.all().delete()
    return address


def send_reply_with_files(reply_thread, sender, **files):
    named = [(name.replace("_", "."), data) for name, data in files.items()]
    deliver_email("Here it is.", to=reply_thread, sender=sender, files=named, Subject="Re: the draft")


def test_attached_file_is_visible_to_record_keepers_only(comment_reply_thread, document, member, rapporteur, delegate):
    send_reply_with_files(comment_reply_thread, member.email, draft_txt=b"We agreed to meet in May.")

    mail = Document.objects.get(title="Re: the draft")
    assert (mail.state, mail.label, mail.text, mail.fingerprint != "") == (
        "submitted",
        "TLP:CLEAR",
        "Here it is.",
        True,
    )
    assert list(mail.attachments.values_list("name", "added_by")) == [("draft.txt", member.pk)]
    assert Link.objects.filter(from_record=mail, to_record=document, relation="answers").count() == 1
    readers = [person for person in (member, rapporteur, delegate, AnonymousUser()) if _can_person_read(person, mail)]
    assert readers == [member, rapporteur]
    assert [item.title for item in find_tasks(Standing(rapporteur, mail.coalition), (find_email_document_tasks,))] == [
        "Check the document “Re: the draft”"
    ]
    assert list(find_email_document_tasks(Standing(member, mail.coalition))) == []
    assert list_written_emails() == [(member.email, "Your comment has been posted, and its files have been saved")]


def _can_person_read(person, record):
    return Document.objects.visible_to(person).filter(pk=record.pk).exists()


@pytest.mark.parametrize(
    ("file_name", "file_content", "reason"),
    [
        ("run_exe", b"MZ\x90\x00" + b"\x00" * 90, "We do not accept .exe files."),
        ("draft_pdf", b"Not a PDF at all.", "Save the file again with the right file extension."),
        (
            "draft_pdf",
            make.build_minimal_pdf(make.build_zlib_bomb(300)),
            "it unpacks to far more data than a document needs.",
        ),
    ],
)
def test_refused_attachment_is_listed_with_reason_and_not_saved(
    comment_reply_thread, member, file_name, file_content, reason
):
    send_reply_with_files(comment_reply_thread, member.email, **{file_name: file_content})

    assert (Comment.objects.count(), Document.objects.count(), Attachment.objects.count()) == (2, 1, 0)
    assert list_written_emails() == [(member.email, "Your comment has been posted, without its files")]
    assert file_name.replace("_", ".") in Message.objects.get().body
    assert reason in Message.objects.get().body


def test_reply_lists_saved_and_refused_attachments(comment_reply_thread, member):
    send_reply_with_files(
        comment_reply_thread, member.email, draft_txt=b"We agreed.", old_doc=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9
    )

    assert list(Attachment.objects.values_list("name", flat=True)) == ["draft.txt"]
    body = Message.objects.get().body
    assert body.index("draft.txt") < body.index("These files were not accepted:") < body.index("old.doc")


@pytest.mark.parametrize("to_share", [True, False])
def test_files_are_inspected_outside_transactions(
    comment_reply_thread, mailing_coalition, member, monkeypatch, to_share
):
    around, inside = len(connection.savepoint_ids), []

    def inspect_outside_transaction(*args, **kwargs):
        inside.append(len(connection.savepoint_ids) - around)
        return detect_file_kind(*args, **kwargs)

    monkeypatch.setattr(attachments, "detect_file_kind", inspect_outside_transaction)
    send_reply_with_files(
        build_own_address("share+ours") if to_share else comment_reply_thread,
        member.email,
        draft_txt=b"We agreed.",
        plan_txt=b"We met.",
    )

    assert (Attachment.objects.count(), inside) == (2, [0, 0])


@pytest.mark.parametrize(
    ("local_part", "sender", "email_headers"),
    [
        ("", "other@example.net", {}),
        ("", "member", AUTOMATIC_HEADERS),
        ("ours", "member", {}),
        ("share+ours", "other@example.net", {}),
        ("nobody", "other@example.net", {}),
    ],
)
def test_unwanted_files_are_not_inspected(
    comment_reply_thread, mailing_coalition, member, monkeypatch, local_part, sender, email_headers
):
    monkeypatch.setattr(attachments, "detect_file_kind", None)
    to, sender = (
        build_own_address(local_part) if local_part else comment_reply_thread,
        member.email if sender == "member" else sender,
    )
    deliver_email("Here.", to=to, sender=sender, files=[("draft.txt", b"We agreed.")], **email_headers)

    assert Attachment.objects.count() == 0


def test_attachment_refusal_is_in_sender_language(comment_reply_thread, member):
    Person.objects.filter(pk=member.pk).update(language="fr")
    send_reply_with_files(comment_reply_thread, member.email, photo_png=PNG_BYTES)

    with override("fr"):
        assert str(SENTENCE_BY_REFUSAL_CODE["picture_broken"]) in Message.objects.get().body


def test_damaged_picture_is_named_and_comment_posted(comment_reply_thread, member):
    send_reply_with_files(comment_reply_thread, member.email, photo_png=PNG_BYTES, draft_txt=b"We agreed.")

    assert Comment.objects.filter(body="Here it is.").count() == 1
    assert list(Attachment.objects.values_list("name", flat=True)) == ["draft.txt"]
    assert "photo.png\n  We could not read this picture." in Message.objects.get().body


def test_signature_picture_is_not_attachment(comment_reply_thread, member):
    deliver_email("I agree.", to=comment_reply_thread, sender=member.email, files=[("cid:logo.png", PNG_BYTES)])

    assert (Document.objects.count(), list_written_emails()) == (1, [])


def test_repeated_email_saves_its_files_once(comment_reply_thread, member):
    for _ in range(3):
        send_reply_with_files(comment_reply_thread, member.email, draft_txt=b"We agreed.")

    assert (Attachment.objects.count(), len(list_written_emails())) == (1, 1)


def test_untrusted_sender_gets_no_information_about_files(comment_reply_thread, member):
    send_reply_with_files(comment_reply_thread, "other@example.net", draft_txt=b"We agreed.", run_exe=b"MZ" * 50)

    assert (Document.objects.count(), Attachment.objects.count()) == (1, 0)
    assert list_written_emails() == [(member.email, "Did you write this comment?")]
    assert "We did not save the attached files" in Message.objects.get().body


def test_possible_abuse_material_quarantines_whole_email(comment_reply_thread, member):
    send_reply_with_files(comment_reply_thread, member.email, cp_links_txt=b"nothing")
    deliver_email(
        "Here.",
        to=comment_reply_thread,
        sender=member.email,
        files=[("cp_links.txt", b"x")],
        message_id="<two@example.org>",
    )

    assert (Comment.objects.count(), Document.objects.count(), Attachment.objects.count()) == (1, 1, 0)
    assert set(Held.objects.values_list("door", "why")) == {("mail", "material")}
    assert {subject for _to, subject in list_written_emails()} == {"Thank you for writing"}


def test_disclosure_in_attachment_reaches_safeguarding_lead(comment_reply_thread, member):
    send_reply_with_files(
        comment_reply_thread, member.email, letter_txt=b"I am 13 and my uncle touches me at night. Please help me."
    )
    read_attachment.func(Attachment.objects.get().pk)

    assert (Attachment.objects.count(), Held.objects.count()) == (0, 1)


def test_only_record_keeper_can_publish_attached_document(client, comment_reply_thread, member, rapporteur, delegate):
    send_reply_with_files(comment_reply_thread, member.email, draft_txt=b"We agreed.")
    mail = Document.objects.get(title="Re: the draft")
    url = reverse("intake:document_publish", args=[mail.coalition.slug, mail.pk])
    client.force_login(rapporteur)
    assert url in client.get(mail.get_absolute_url()).text

    for person, status, state in [
        (delegate, 404, "submitted"),
        (member, 403, "submitted"),
        (rapporteur, 302, "published"),
    ]:
        client.force_login(person)
        assert client.post(url).status_code == status
        mail.refresh_from_db()
        assert mail.state == state
    assert client.post(url).status_code == 302
    assert list(find_tasks(Standing(rapporteur, mail.coalition), (find_email_document_tasks,))) == []


def test_reading_or_withdrawn_document_is_not_published(client, comment_reply_thread, member, coordinator):
    send_reply_with_files(comment_reply_thread, member.email, draft_txt=b"We agreed.")
    mail = Document.objects.get(title="Re: the draft")
    url = reverse("intake:document_publish", args=[mail.coalition.slug, mail.pk])
    client.force_login(coordinator)
    reading = Reading.objects.create(coalition=mail.coalition, document=mail, title="", started_by=coordinator)
    assert (client.post(url).status_code, url in client.get(mail.get_absolute_url()).text) == (403, False)
    reading.delete()
    withdraw_record(actor=coordinator, record=mail, reason="It was sent by mistake.")

    assert client.post(url).status_code == 403
    mail.refresh_from_db()
    assert mail.state == "withdrawn"

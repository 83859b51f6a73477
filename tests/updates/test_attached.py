"""Files that come with an answer are kept for the rapporteur if an upload would be; of the others it is said why."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from jukwaa.accounts.models import Person
from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import find_tasks
from jukwaa.core.documents.incoming import detect_kind
from jukwaa.core.documents.refusals import REFUSAL_SENTENCES
from jukwaa.intake.models import Reading
from jukwaa.intake.tasks_page import find_documents_from_email
from jukwaa.mail.models import Message
from jukwaa.records.actions import add_comment, attachments, withdraw_record
from jukwaa.records.models import Attachment, Comment, Document, Held, Link
from jukwaa.records.tasks import read_attachment
from jukwaa.updates.activity_notifications import notify_untold_activities
from tests.core import documents as make
from tests.updates.mails import MACHINE, at, deliver, written

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 50


@pytest.fixture
def thread(document, member, rapporteur):
    """The address by which a member answers a comment."""
    add_comment(actor=rapporteur, record=document, body="Could you send the draft?")
    notify_untold_activities()
    address = Message.objects.get(to=member.email).reply_to
    Message.objects.all().delete()
    return address


def answer(thread, sender, **files):
    named = [(name.replace("_", "."), data) for name, data in files.items()]
    deliver("Here it is.", to=thread, sender=sender, files=named, Subject="Re: the draft")


def test_a_file_hangs_on_its_mail_for_those_who_keep_the_record_alone(thread, document, member, rapporteur, delegate):
    answer(thread, member.email, draft_txt=b"We agreed to meet in May.")

    mail = Document.objects.get(title="Re: the draft")
    assert (mail.state, mail.label, mail.text, mail.fingerprint != "") == (
        "submitted",
        "TLP:CLEAR",
        "Here it is.",
        True,
    )
    assert list(mail.attachments.values_list("name", "added_by")) == [("draft.txt", member.pk)]
    assert Link.objects.filter(from_record=mail, to_record=document, relation="answers").count() == 1
    readers = [person for person in (member, rapporteur, delegate, AnonymousUser()) if _reads(person, mail)]
    assert readers == [member, rapporteur]
    assert [item.title for item in find_tasks(Standing(rapporteur, mail.coalition), (find_documents_from_email,))] == [
        "Check the document “Re: the draft”"
    ]
    assert list(find_documents_from_email(Standing(member, mail.coalition))) == []
    assert written() == [(member.email, "Your comment has been posted, and its files have been saved")]


def _reads(person, record):
    return Document.objects.visible_to(person).filter(pk=record.pk).exists()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("run_exe", b"MZ\x90\x00" + b"\x00" * 90, "We do not accept .exe files."),
        ("draft_pdf", b"Not a PDF at all.", "Save the file again with the right ending."),
        (
            "draft_pdf",
            make.build_minimal_pdf(make.build_zlib_bomb(300)),
            "it unpacks to far more data than a document needs.",
        ),
    ],
)
def test_what_is_not_taken_is_named_with_the_reason_and_nothing_of_it_is_kept(thread, member, name, data, why):
    answer(thread, member.email, **{name: data})

    assert (Comment.objects.count(), Document.objects.count(), Attachment.objects.count()) == (2, 1, 0)
    assert written() == [(member.email, "Your comment has been posted, without its files")]
    assert name.replace("_", ".") in Message.objects.get().body
    assert why in Message.objects.get().body


def test_some_are_kept_and_some_refused_in_one_answer(thread, member):
    answer(thread, member.email, draft_txt=b"We agreed.", old_doc=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9)

    assert list(Attachment.objects.values_list("name", flat=True)) == ["draft.txt"]
    body = Message.objects.get().body
    assert body.index("draft.txt") < body.index("These files were not accepted:") < body.index("old.doc")


@pytest.mark.parametrize("to_share", [True, False])
def test_no_file_is_inspected_in_a_transaction(thread, released, member, monkeypatch, to_share):
    around, inside = len(connection.savepoint_ids), []

    def look(*args, **kwargs):
        inside.append(len(connection.savepoint_ids) - around)
        return detect_kind(*args, **kwargs)

    monkeypatch.setattr(attachments, "detect_kind", look)
    answer(at("share+ours") if to_share else thread, member.email, draft_txt=b"We agreed.", plan_txt=b"We met.")

    assert (Attachment.objects.count(), inside) == (2, [0, 0])


@pytest.mark.parametrize(
    ("local", "sender", "headers"),
    [
        ("", "other@example.net", {}),
        ("", "member", MACHINE),
        ("ours", "member", {}),
        ("share+ours", "other@example.net", {}),
        ("nobody", "other@example.net", {}),
    ],
)
def test_no_file_is_inspected_that_nobody_keeps(thread, released, member, monkeypatch, local, sender, headers):
    monkeypatch.setattr(attachments, "detect_kind", None)
    to, sender = at(local) if local else thread, member.email if sender == "member" else sender
    deliver("Here.", to=to, sender=sender, files=[("draft.txt", b"We agreed.")], **headers)

    assert Attachment.objects.count() == 0


def test_why_a_file_is_not_taken_is_said_in_the_language_of_its_sender(thread, member):
    Person.objects.filter(pk=member.pk).update(language="fr")
    answer(thread, member.email, photo_png=PNG)

    with override("fr"):
        assert str(REFUSAL_SENTENCES["picture_broken"]) in Message.objects.get().body


def test_a_damaged_picture_is_named_and_the_comment_is_posted(thread, member):
    answer(thread, member.email, photo_png=PNG, draft_txt=b"We agreed.")

    assert Comment.objects.filter(body="Here it is.").count() == 1
    assert list(Attachment.objects.values_list("name", flat=True)) == ["draft.txt"]
    assert "photo.png\n  We could not read this picture." in Message.objects.get().body


def test_the_picture_of_a_signature_is_no_file(thread, member):
    deliver("I agree.", to=thread, sender=member.email, files=[("cid:logo.png", PNG)])

    assert (Document.objects.count(), written()) == (1, [])


def test_the_same_mail_again_keeps_its_files_once(thread, member):
    for _ in range(3):
        answer(thread, member.email, draft_txt=b"We agreed.")

    assert (Attachment.objects.count(), len(written())) == (1, 1)


def test_whoever_is_not_trusted_is_told_nothing_of_files_and_nothing_is_kept(thread, member):
    answer(thread, "other@example.net", draft_txt=b"We agreed.", run_exe=b"MZ" * 50)

    assert (Document.objects.count(), Attachment.objects.count()) == (1, 0)
    assert written() == [(member.email, "Did you write this comment?")]
    assert "We did not save the attached files" in Message.objects.get().body


def test_a_file_that_may_be_abuse_material_takes_the_fixed_path_and_the_mail_with_it(thread, member):
    answer(thread, member.email, cp_links_txt=b"nothing")
    deliver("Here.", to=thread, sender=member.email, files=[("cp_links.txt", b"x")], message_id="<two@example.org>")

    assert (Comment.objects.count(), Document.objects.count(), Attachment.objects.count()) == (1, 1, 0)
    assert set(Held.objects.values_list("door", "why")) == {("mail", "material")}
    assert {subject for _to, subject in written()} == {"Thank you for writing"}


def test_a_disclosure_inside_a_file_goes_to_the_lead_once_it_is_read(thread, member):
    answer(thread, member.email, letter_txt=b"I am 13 and my uncle touches me at night. Please help me.")
    read_attachment.func(Attachment.objects.get().pk)

    assert (Attachment.objects.count(), Held.objects.count()) == (0, 1)


def test_who_keeps_the_record_publishes_it_and_nobody_else(client, thread, member, rapporteur, delegate):
    answer(thread, member.email, draft_txt=b"We agreed.")
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
    assert list(find_tasks(Standing(rapporteur, mail.coalition), (find_documents_from_email,))) == []


def test_what_lies_on_a_desk_or_was_taken_out_is_not_published_beside_it(client, thread, member, coordinator):
    answer(thread, member.email, draft_txt=b"We agreed.")
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

"""Archives of the mailing list are read from mbox files, whole or not at all."""

import random

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake.actions.archive import publish_list_import, start_list_import, undo_list_import
from jukwaa.intake.archive.threads import PostThreads
from jukwaa.intake.tasks import fail_interrupted_list_imports
from jukwaa.records.models import Held
from jukwaa.updates.incoming import process_email
from jukwaa.updates.models import ListImport, ListPost
from tests.intake.mboxes import ARCHIVE_BY_FILE_NAME, MAILMAN_MBOX, TAKEOUT_MBOX, build_mbox_post, import_list_archive
from tests.updates.emails import build_own_address, build_raw_email

DISCLOSURE_TEXT = "My uncle touches me at night and I am 12. Please help me."


def list_post_fields(*names):
    return list(ListPost.objects.order_by("pk").values_list(*names))


@pytest.fixture
def upload_archive(client, coalition, coordinator):
    """Choose a file on the page, and return the response."""
    client.force_login(coordinator)
    address = reverse("intake:list_import_new", args=[coalition.slug])
    return lambda data, name="list.mbox": client.post(address, {"file": SimpleUploadedFile(name, data)})


def test_mailman_2_archive_is_imported(coalition, coordinator):
    brought = import_list_archive(coordinator, coalition)

    assert (brought.state, brought.total, brought.made, brought.file.name) == ("read", 2, 2, "")
    assert list_post_fields("sender", "subject", "thread", "posted_at__year") == [
        ("Jane Writer", "[cos] Next call", "<one@example.org>", 2009),
        ("Ali Reader", "[cos] Next call", "<one@example.org>", 2009),
    ]
    assert ListPost.objects.first().body.startswith("I can come, Jane Writer.\n\nOn Mon, Mar 2, 2009 at 10:00")
    assert "From the minutes we learned much.\nCafé afterwards." in ListPost.objects.last().body


def test_compressed_hyperkitty_archive_is_imported(coalition, coordinator):
    import_list_archive(coordinator, coalition, ARCHIVE_BY_FILE_NAME["cos.mbox.gz"], "cos.mbox.gz")

    assert list_post_fields("sender", "subject", "body") == [
        ("علي", "Réunion", "Bonjour à tous.\nFrom now on we meet on Tuesdays.")
    ]


def test_google_takeout_archive_is_imported_without_attachments(coalition, coordinator):
    import_list_archive(coordinator, coalition, TAKEOUT_MBOX, "topics.mbox")

    assert list_post_fields("sender", "subject", "body", "message_id") == [
        ("Jane Writer", "Draft statement", "The draft is attached.", "<four@mail.gmail.com>")
    ]


def test_post_is_imported_once_by_message_id_or_digest(coalition, coordinator):
    without_id = build_mbox_post("No identifier here.")
    brought = import_list_archive(coordinator, coalition, MAILMAN_MBOX + without_id + without_id, is_opened=True)
    again = import_list_archive(coordinator, coalition, TAKEOUT_MBOX + without_id + MAILMAN_MBOX, "again.mbox")

    assert (brought.made, brought.found) == (3, 1)
    assert (again.made, again.found) == (1, 3)
    assert ListPost.objects.count() == 4


def test_undoing_import_keeps_post_received_by_email(mailing_coalition, coordinator):
    mailing_coalition.list_address = "cos@lists.example.org"
    mailing_coalition.save()
    brought = import_list_archive(coordinator, mailing_coalition)
    process_email(
        build_raw_email("By email.", message_id="<one@example.org>", to="cos@lists.example.org"),
        [build_own_address("list+ours")],
    )
    undo_list_import(actor=coordinator, list_import=brought)

    assert list_post_fields("message_id", "brought") == [("<one@example.org>", None)]


def test_import_can_be_undone_until_published(coalition, coordinator):
    undone = import_list_archive(coordinator, coalition)
    undo_list_import(actor=coordinator, list_import=undone)
    assert (ListPost.objects.count(), ListImport.objects.get().state) == (0, "undone")

    opened = import_list_archive(coordinator, coalition, is_opened=True)
    with pytest.raises(ActionRefused, match="already been published or undone"):
        undo_list_import(actor=coordinator, list_import=opened)
    assert list_post_fields("is_open") == [(True,), (True,)]
    verbs = Activity.objects.filter(kind="listimport").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["brought", "read", "undone", "brought", "read", "opened"]


def test_second_import_waits_for_first(coalition, coordinator):
    import_list_archive(coordinator, coalition)

    with pytest.raises(ActionRefused, match="Publish or undo the import of"):
        import_list_archive(coordinator, coalition, TAKEOUT_MBOX)


def test_only_coordinators_import_and_open_archive(client, coalition, coordinator, member, rapporteur, outsider):
    brought = import_list_archive(coordinator, coalition)
    file = SimpleUploadedFile("list.mbox", TAKEOUT_MBOX)
    for person in (member, rapporteur, outsider):
        with pytest.raises(PermissionDenied):
            start_list_import(actor=person, coalition=coalition, uploaded_file=file)
        for action in (publish_list_import, undo_list_import):
            with pytest.raises(PermissionDenied):
                action(actor=person, list_import=brought)
        client.force_login(person)
        assert client.get(brought.get_absolute_url()).status_code == 403
    assert (ListImport.objects.get().state, ListPost.objects.count()) == ("read", 2)


@pytest.mark.parametrize(
    ("file_content", "file_name", "report_sentence"),
    [
        (b"", "list.mbox", "This file is empty."),
        (b"%PDF-1.7 no mbox", "list.mbox", "Choose an mbox file."),
        (b"PK\x03\x04rest", "takeout.zip", "Unpack this ZIP file, then choose the .mbox file in it."),
        (b"From a\n" + b"x" * (50 * 1024 * 1024), "list.mbox", "This file is 51 MB. Export the archive year by year"),
    ],
)
def test_file_that_is_no_archive_is_refused_with_explanation(upload_archive, file_content, file_name, report_sentence):
    response = upload_archive(file_content, file_name)

    assert response.status_code == 422
    assert report_sentence in response.text
    assert not ListImport.objects.exists()


@pytest.mark.parametrize(
    ("file_content", "report_sentence"),
    [
        (b"From here on there is no post.\n", "We found no posts in it."),
        (b"\x1f\x8bdamaged", "It is a damaged gzip file."),
        (ARCHIVE_BY_FILE_NAME["cos.mbox.gz"][:-20], "It is a damaged gzip file."),
    ],
)
def test_file_without_posts_fails_with_explanation(coalition, coordinator, file_content, report_sentence):
    brought = import_list_archive(coordinator, coalition, file_content)

    assert (brought.state, brought.file.name, ListPost.objects.count()) == ("failed", "", 0)
    assert report_sentence in brought.problem


def test_file_of_known_posts_imports_nothing(coalition, coordinator):
    import_list_archive(coordinator, coalition, is_opened=True)

    assert import_list_archive(coordinator, coalition).problem == (
        "Nothing was imported. All posts in this file are in the archive already."
    )


def test_too_many_posts_are_refused_before_writing(coalition, coordinator, monkeypatch):
    monkeypatch.setattr("jukwaa.intake.archive.files.MAX_ARCHIVE_POSTS", 1)

    assert "It has more than 1 posts." in import_list_archive(coordinator, coalition).problem
    assert ListPost.objects.count() == 0


def test_failure_during_import_leaves_no_posts(client, coalition, coordinator, monkeypatch):
    """The worker's task broke after a batch had been written: coordinators don't see it, and the clock ends it."""
    monkeypatch.setattr("jukwaa.intake.archive.storage.POSTS_PER_BATCH", 1)
    reasons: list[list[str]] = [[]]
    monkeypatch.setattr("jukwaa.intake.archive.storage.find_quarantine_reasons", lambda _came: reasons.pop())
    with pytest.raises(IndexError):
        import_list_archive(coordinator, coalition)
    assert ListPost.objects.count() == 1
    client.force_login(coordinator)
    assert "Next call" not in client.get(reverse("intake:list_posts", args=[coalition.slug])).text
    DBTaskResult.objects.all().delete()

    fail_interrupted_list_imports()

    brought = ListImport.objects.get()
    assert (brought.state, ListPost.objects.count()) == ("failed", 0)
    assert "Nothing was imported. Try again." in brought.problem


def test_long_post_is_truncated_and_counted(coalition, coordinator):
    brought = import_list_archive(coordinator, coalition, build_mbox_post("word " * 400_000))

    assert (brought.made, brought.cut) == (1, 1)
    assert len(ListPost.objects.get().body) <= 200_000


def test_posts_with_invalid_encoding_are_imported(coalition, coordinator):
    broken = build_mbox_post("Caf\xe9", Content_Type='text/plain; charset="no-such"').replace("é".encode(), b"\xe9")
    import_list_archive(
        coordinator, coalition, broken + build_mbox_post("x", Subject="=?utf-8?b?####?=", Message_ID="<2@x>")
    )

    assert list_post_fields("body", "subject") == [("Café", "A subject"), ("x", "")]


def test_undated_post_is_last(coalition, coordinator):
    brought = import_list_archive(
        coordinator, coalition, build_mbox_post("When?", Date="", Subject="Undated") + MAILMAN_MBOX, is_opened=True
    )

    assert brought.undated == 1
    assert list(ListPost.objects.in_thread_order().values_list("is_dated", flat=True)) == [True, True, False]


def test_reply_loop_is_one_thread(coalition, coordinator):
    loop = build_mbox_post(Message_ID="<b@x>", In_Reply_To="<a@x>") + build_mbox_post(
        Message_ID="<a@x>", In_Reply_To="<b@x>"
    )
    import_list_archive(
        coordinator,
        coalition,
        loop
        + build_mbox_post(Message_ID="<c@x>", In_Reply_To="<a@x>")
        + build_mbox_post(Message_ID="<d@x>", In_Reply_To="<d@x>"),
    )

    assert list_post_fields("message_id", "thread") == [
        ("<b@x>", "<a@x>"),
        ("<a@x>", "<a@x>"),
        ("<c@x>", "<a@x>"),
        ("<d@x>", "<d@x>"),
    ]


def test_thread_ids_do_not_depend_on_order_of_posts():
    number = random.Random(7)
    ids = [f"<{at}>" for at in range(60)]
    for _round in range(200):
        parents = {each: number.choice([*ids, ""]) for each in ids}
        orders = [number.sample(ids, len(ids)) for _again in range(2)]
        first, second = (
            {each: threads.find_thread_id(each) for each in order}
            for order in orders
            for threads in [PostThreads(parents, {})]
        )
        assert first == second
        assert all(first[first[each]] == first[each] for each in ids)


def test_disclosure_in_archive_is_quarantined_and_not_imported(coalition, coordinator, safeguarding_lead):
    brought = import_list_archive(
        coordinator, coalition, MAILMAN_MBOX + build_mbox_post(DISCLOSURE_TEXT, Message_ID="<d@x>")
    )

    held = Held.objects.get()
    assert (brought.made, brought.held, held.door, held.why) == (2, 1, "import", "disclosure")
    assert DISCLOSURE_TEXT in held.text
    assert not ListPost.objects.filter(body__contains="uncle").exists()


@pytest.mark.slow
def test_ten_thousand_posts_are_imported(coalition, coordinator):
    """One chain of replies, each with a word of its own: nothing grows with the square of their number."""
    posts = (
        build_mbox_post(
            f"Post {n}.", Message_ID=f"<{n}@x>", In_Reply_To=f"<{n - 1}@x>" if n else "", Subject=f"Re: {n}"
        )
        for n in range(10_000)
    )
    brought = import_list_archive(coordinator, coalition, b"".join(posts))

    assert (brought.state, brought.made) == ("read", 10_000)
    assert set(ListPost.objects.values_list("thread", flat=True)) == {"<0@x>"}


@pytest.mark.parametrize("text_charset", ["utf-8", "latin-1"])
def test_non_ascii_subject_is_decoded(coalition, coordinator, text_charset):
    """Old programs wrote headers as they wrote texts, against the standard."""
    import_list_archive(coordinator, coalition, build_mbox_post(Subject="Réunion").decode().encode(text_charset))

    assert list_post_fields("subject") == [("Réunion",)]

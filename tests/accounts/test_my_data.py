"""The download is complete and readable, and contains only the person's own data."""

import io
import zipfile
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from jukwaa.accounts.own_rows import find_personal_rows
from jukwaa.accounts.personal_data_export import build_export_parts, build_personal_data_archive
from jukwaa.core.personal_data import personal_data_registry
from jukwaa.mail.actions import queue_email
from jukwaa.records.actions import add_comment, attach_file_to_record, hold_record_in_quarantine
from jukwaa.records.models import Comment, Label, Record
from tests.accounts.downloads import download_personal_archive, download_personal_data
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    CommitmentFactory,
    DocumentFactory,
    EntryFactory,
    MeetingFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(coalition, member):
    return DocumentFactory(coalition=coalition, title="Their report", author=member, published=True)


def test_archive_contains_data_page_and_files_of_person(client, coalition, member, document):
    add_comment(actor=member, record=document, body="Their <b>words</b>.")
    attach_file_to_record(actor=member, record=document, file_name="notes.txt", data=b"Their file.")
    queue_email(to=member.email, subject="To them", body="…", key="k")
    queue_email(to="other@example.org", subject="To another", body="…", key="k2")
    packed = download_personal_archive(client, member)
    page = packed.read("your-data.html").decode()
    data = download_personal_data(client, member)

    assert data["accounts.person"][0]["email"] == member.email
    assert [row["title"] for row in data["records.record"]] == ["Their report"]
    assert [row["body"] for row in data["records.comment"]] == ["Their <b>words</b>."]
    assert [row["subject"] for row in data["mail.message"]] == ["To them"]
    assert ("Their &lt;b&gt;words&lt;/b&gt;." in page, "To another" in page) == (True, False)
    [file] = [name for name in packed.namelist() if name.startswith("files/")]
    assert packed.read(file) == b"Their file."


def test_download_includes_attendance_and_membership(client, coalition, member):
    meeting = MeetingFactory(coalition=coalition, published=True, starts_on=date(2026, 5, 1))
    AttendanceFactory(meeting=meeting, capacity=CapacityFactory(coalition=coalition, person=member, name="A ministry"))
    AttendanceFactory(meeting=meeting, capacity=CapacityFactory(coalition=coalition, name="Another"))
    data = download_personal_data(client, member)

    assert [row["capacity"] for row in data["meetings.attendance"]] == ["A ministry"]
    assert [row["coalition"] for row in data["coalitions.membership"]] == [coalition.name]


def test_download_omits_quarantined_records(client, member, document, safeguarding_lead):
    add_comment(actor=member, record=document, body="About it.")
    assert {"records.record", "records.document", "records.comment"} <= set(download_personal_data(client, member))
    hold_record_in_quarantine(actor=safeguarding_lead, record=document)

    assert not {"records.record", "records.document", "records.comment"} & set(download_personal_data(client, member))
    assert Comment.objects.count() == 1


def test_every_declared_lookup_finds_only_rows_of_person(coalition, member, document):
    stranger = PersonFactory(email="stranger@example.org")
    for model, declared in personal_data_registry.items():
        if declared.people or declared.addresses:
            rows = find_personal_rows(model, declared, stranger)
            assert [row.pk for row in rows] == ([stranger.pk] if model is type(stranger) else []), model
    assert [row.pk for row in find_personal_rows(Record, personal_data_registry[Record], member)] == [document.pk]


def test_download_includes_rows_of_earlier_address(client, member):
    EmailAddress.objects.create(user=member, email="earlier@example.org", verified=True)
    queue_email(to="earlier@example.org", subject="Sent to the earlier address", body="Hello.", key="1")

    assert [row["subject"] for row in download_personal_data(client, member)["mail.message"]] == [
        "Sent to the earlier address"
    ]


def test_unused_account_has_download():
    with build_personal_data_archive(PersonFactory(email=None, name="")) as file, zipfile.ZipFile(file) as packed:
        assert packed.testzip() is None
        assert set(packed.namelist()) == {"your-data.json", "your-data.html"}


def test_page_uses_language_and_direction_of_reader(client, member):
    member.language = "ar"
    member.save()
    client.cookies["language"] = "ar"
    page = download_personal_archive(client, member).read("your-data.html").decode()

    assert '<html lang="ar" dir="rtl">' in page


@pytest.mark.parametrize("count", [1, 3])
def test_download_query_count_is_constant(coalition, member, document, count, django_assert_num_queries):
    for number in range(count):
        add_comment(actor=member, record=document, body=f"Words {number}.")
    list(build_export_parts(member))

    with django_assert_num_queries(117):
        list(build_export_parts(member))


def test_download_is_archive_available_only_to_owner(client, member):
    url = reverse("accounts:export")
    assert client.get(url).status_code == 302
    client.force_login(member)
    response = client.get(url)

    assert response.headers["Content-Disposition"].startswith('attachment; filename="jukwaa-')
    assert response.headers["Content-Type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))).testzip() is None


@pytest.mark.parametrize(("tlp_label", "is_included"), [(Label.CLEAR, True), (Label.RED, False)])
def test_rows_by_others_under_name_are_included_if_visible(client, coalition, member, tlp_label, is_included):
    named = CapacityFactory(coalition=coalition, person=member)
    meeting = MeetingFactory(coalition=coalition, label=tlp_label, chair=named, published=True)
    AttendanceFactory(meeting=meeting, capacity=named)
    entry = EntryFactory(coalition=coalition, meeting=meeting, label=tlp_label, kind="commitment", published=True)
    entry.speakers.add(named)
    CommitmentFactory(entry=entry, owner=named)
    expected = {"meetings.meeting", "meetings.attendance", "meetings.entry", "meetings.commitment"}

    assert expected & set(download_personal_data(client, member)) == (expected if is_included else set())


def test_own_contributions_are_included_regardless_of_visibility(client, coalition, member):
    EntryFactory(coalition=coalition, label=Label.RED, author=member)
    entry = EntryFactory(coalition=coalition, label=Label.RED, published=True)
    Comment.objects.create(record=entry, author=member, capacity=CapacityFactory(coalition=coalition), body="Theirs.")

    assert {"meetings.entry", "records.comment"} <= set(download_personal_data(client, member))

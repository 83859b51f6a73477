import csv
import hashlib
import io
import re
import zipfile
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from jukwaa.exchange import archive
from jukwaa.library.models import WebLink
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Attachment, Authorship, Label
from tests.factories import (
    CapacityFactory,
    CollectionFactory,
    DocumentFactory,
    EntryFactory,
    ItemFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db


def attach_text_file(record, file_name, text):
    return Attachment.objects.create(
        record=record,
        name=file_name,
        media_type="text/plain",
        size=len(text),
        fingerprint=hashlib.sha256(text.encode()).hexdigest(),
        file=ContentFile(text.encode(), "stored.txt"),
    )


def download_records_archive(client, coalition, *records):
    return client.get(reverse("exchange:archive", args=[coalition.slug]), {"record": [record.pk for record in records]})


def read_zip_response(response):
    """The files of it by their names, read as text."""
    zipped = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert zipped.testzip() is None
    return {name: zipped.read(name).decode("utf-8-sig") for name in zipped.namelist()}


def read_csv_rows(archive_files):
    _headings, names, *rows = list(csv.reader(io.StringIO(archive_files["index.csv"])))
    return [dict(zip([name.removeprefix("#") for name in names], row, strict=True)) for row in rows]


@pytest.fixture
def item(coalition, member):
    item = ItemFactory(
        coalition=coalition,
        title="Nine providers: one table?",
        what_worked="Each was sent *the text* before.",
        details={"licence": "cc-by"},
        published=True,
    )
    organisation = OrganisationFactory(coalition=coalition, name="The ministry")
    capacity = CapacityFactory(coalition=coalition, organisation=organisation, name="The ministry")
    Authorship.objects.create(record=item, person=member, capacity=capacity)
    attach_text_file(item, "the text.txt", "Dear provider")
    WebLink.objects.create(item=item, url="https://example.org/the-text")
    return item


def test_archive_contains_records_files_and_index(client, coalition, item, settings):
    document = DocumentFactory(
        coalition=coalition,
        title="A report",
        text="It was long ago.",
        file=ContentFile(b"As it came", "stored.pdf"),
        file_name="report.pdf",
        published=True,
    )
    item.sources.create(document=document, start=0, end=6, quote="It was")
    answer = download_records_archive(client, coalition, item, document)
    files = read_zip_response(answer)
    page = " ".join(re.sub(r"<[^>]*>", " ", files["index.html"]).split())

    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{coalition.slug}.zip"'
    assert sorted(files) == [
        "001 Nine providers_ one table_/the text.txt",
        "002 A report/report.pdf",
        "index.csv",
        "index.html",
        "style.css",
    ]
    assert (files["001 Nine providers_ one table_/the text.txt"], files["002 A report/report.pdf"]) == (
        "Dear provider",
        "As it came",
    )
    assert [
        (row["title"], row["shared_by"], row["licence"], row["made_from"], row["files"]) for row in read_csv_rows(files)
    ] == [
        (
            "Nine providers: one table?",
            "The ministry",
            "CC BY (name the author)",
            "A report",
            "001 Nine providers_ one table_/the text.txt",
        ),
        ("A report", "", "", "", "002 A report/report.pdf"),
    ]
    for words in (
        "Each was sent the text before.",
        "It was long ago.",
        "Licence: CC BY (name the author)",
        "No licence is stated. Ask for permission before you use this record.",
        "Based on: A report",
        "https://example.org/the-text",
        f"{settings.SITE_URL}{item.get_absolute_url()}",
    ):
        assert words in page


def test_archive_index_works_offline_and_links_to_files(client, coalition, item):
    files = read_zip_response(download_records_archive(client, coalition, item))
    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]*)"', files["index.html"])
    links = [unquote(link) for link in re.findall(r'<a href="([^"#]*)"', files["index.html"])]

    assert loaded == ["style.css"]
    assert [link for link in links if not link.startswith("http")] == ["001 Nine providers_ one table_/the text.txt"]


def test_archive_contains_readable_records_only(client, coalition, member, item):
    closed = ItemFactory(coalition=coalition, title="for members", label=Label.GREEN, published=True)
    draft = ItemFactory(coalition=coalition, title="a draft", author=member)
    elsewhere = ItemFactory(title="elsewhere", published=True)
    chosen = (item, closed, draft, elsewhere)
    of_visitor = [
        row["title"] for row in read_csv_rows(read_zip_response(download_records_archive(client, coalition, *chosen)))
    ]
    client.force_login(member)
    of_member = [
        row["title"] for row in read_csv_rows(read_zip_response(download_records_archive(client, coalition, *chosen)))
    ]
    withdraw_record(actor=member, record=closed, reason="It was wrong.", is_trusted=True)
    after = [
        row["title"] for row in read_csv_rows(read_zip_response(download_records_archive(client, coalition, *chosen)))
    ]

    assert of_visitor == [item.title]
    assert of_member == [item.title, closed.title]
    assert after == [item.title]


def test_archive_has_strictest_label_of_contents(client, coalition, member, item):
    closed = ItemFactory(coalition=coalition, label=Label.GREEN, published=True)
    client.force_login(member)

    assert (
        '<span class="label" translate="no" dir="ltr">TLP:GREEN</span>'
        in read_zip_response(download_records_archive(client, coalition, item, closed))["index.html"]
    )


@pytest.mark.parametrize(
    ("record_title", "list_name", "archive_path"),
    [
        ("../../etc", "../../passwd", "001 etc/passwd"),
        ("C:\\Windows\\system", "CON.txt", "001 system/_CON.txt"),
        ("x" * 250, "a.txt", f"001 {'x' * 60}/a.txt"),
        ("...", "evil\u202etxt.exe", None),
    ],
)
def test_archive_paths_stay_in_folder(client, coalition, record_title, list_name, archive_path):
    item = ItemFactory(coalition=coalition, title=record_title, published=True)
    attach_text_file(item, list_name, "x")
    paths = [path for path in read_zip_response(download_records_archive(client, coalition, item)) if "/" in path]

    assert paths == [archive_path or f"001 {item.pk}/eviltxt.exe"]


def test_archive_keeps_files_with_same_name(client, coalition):
    item = ItemFactory(coalition=coalition, title="one", published=True)
    for name, text in (("a.txt", "first"), ("A.txt", "second"), ("a.txt", "third")):
        attach_text_file(item, name, text)
    files = read_zip_response(download_records_archive(client, coalition, item))

    assert {path: text for path, text in files.items() if "/" in path} == {
        "001 one/A.txt": "second",
        "001 one/a (2).txt": "first",
        "001 one/a (3).txt": "third",
    }


def test_archive_lists_omitted_files_with_reason(client, coalition, monkeypatch):
    monkeypatch.setattr(archive, "MAX_ARCHIVED_FILE_BYTES", 10)
    item = ItemFactory(coalition=coalition, title="one", published=True)
    attach_text_file(item, "a.txt", "123456")
    attach_text_file(item, "b.txt", "1234567")
    lost = attach_text_file(item, "c.txt", "1")
    lost.file.storage.delete(lost.file.name)
    attach_text_file(item, "d.txt", "1234")
    files = read_zip_response(download_records_archive(client, coalition, item))

    assert sorted(path for path in files if "/" in path) == ["001 one/a.txt", "001 one/d.txt"]
    assert read_csv_rows(files)[0]["files"] == (
        "001 one/a.txt; b.txt: too large for this ZIP file: download it from the record's page; "
        "c.txt: file missing; 001 one/d.txt"
    )


@pytest.mark.parametrize("query", ["", "?record=x", "?record=²", f"?record={'9' * 40}"])
def test_archive_without_selection_is_refused(client, coalition, query):
    answer = client.get(reverse("exchange:archive", args=[coalition.slug]) + query)

    assert answer.status_code == 422
    assert "Choose at least one record" in answer.text


def test_archive_of_too_many_records_is_refused(client, coalition, item):
    url = reverse("exchange:archive", args=[coalition.slug])
    answer = client.get(url, {"record": [item.pk, *range(10_000, 10_100)]})

    assert answer.status_code == 422
    assert "A ZIP file can contain at most 100 records." in answer.text


def test_archive_of_collection_keeps_introduction_and_order(client, coalition, member, item):
    entry = EntryFactory(coalition=coalition, title="To meet again", text="It was agreed to meet.", published=True)
    closed = ItemFactory(coalition=coalition, title="for few", label=Label.RED, published=True)
    collection = CollectionFactory(
        coalition=coalition,
        title="First steps",
        introduction="For a *ministry*.",
        holding=[entry, closed, item],
        published=True,
    )
    answer = client.get(reverse("exchange:collection_archive", args=[coalition.slug, collection.pk]))
    files = read_zip_response(answer)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="First steps.zip"'
    assert [row["title"] for row in read_csv_rows(files)] == ["To meet again", item.title]
    assert "<p>For a <em>ministry</em>.</p>" in files["index.html"]
    assert "for few" not in files["index.html"]


@pytest.mark.parametrize("count", [1, 3])
def test_archive_query_count_is_constant(client, coalition, member, count, django_assert_num_queries):
    records = ItemFactory.create_batch(count, coalition=coalition, published=True)
    for record in records:
        Authorship.objects.create(record=record, person=member, capacity=CapacityFactory(coalition=coalition))
        attach_text_file(record, "a.txt", "x")
    client.force_login(member)

    with django_assert_num_queries(11):
        answer = download_records_archive(client, coalition, *records)

    assert len(read_csv_rows(read_zip_response(answer))) == count

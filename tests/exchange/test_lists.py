import csv
import io

import pytest
import python_calamine
from django.urls import reverse

from jukwaa.exchange import lists
from jukwaa.library.models import Item
from jukwaa.meetings.models import Commitment
from jukwaa.records import index
from jukwaa.records.index import search_results
from jukwaa.records.models import Authorship, Label
from tests.factories import (
    CapacityFactory,
    DocumentFactory,
    EntryFactory,
    ItemFactory,
    MeetingFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db


def download_list_file(client, coalition, list_name, file_extension="csv", **asked):
    return client.get(reverse("exchange:list_file", args=[coalition.slug, list_name, file_extension]), asked)


def parse_list_rows(response):
    if "csv" in response.headers["Content-Type"]:
        return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()]


def read_html_table(response):
    """Its rows by the names of the columns, which stand in the second."""
    _headings, names, *rows = parse_list_rows(response)
    return [dict(zip([name.removeprefix("#") for name in names], row, strict=True)) for row in rows]


def read_list_column(response, list_name):
    return [row[list_name] for row in read_html_table(response)]


@pytest.fixture
def item(coalition, member):
    item = ItemFactory(
        coalition=coalition,
        title="Nine providers",
        summary="At one table.",
        countries=["BR", "MU"],
        details={"licence": "cc-by"},
        published=True,
    )
    organisation = OrganisationFactory(coalition=coalition, name="The ministry")
    capacity = CapacityFactory(coalition=coalition, organisation=organisation, name="The ministry")
    Authorship.objects.create(record=item, person=member, capacity=capacity)
    return item


@pytest.mark.parametrize("file_extension", ["csv", "xlsx"])
def test_library_downloads_as_table(client, coalition, item, settings, file_extension):
    assert read_html_table(download_list_file(client, coalition, "library", file_extension)) == [
        {
            "kind": "Good practice",
            "title": "Nine providers",
            "summary": "At one table.",
            "issued_by": "",
            "issued_on": "",
            "shared_by": "The ministry",
            "countries": "Brazil; Mauritius",
            "areas": "",
            "language": "English",
            "licence": "CC BY (name the author)",
            "published": item.published_at.date().isoformat(),
            "label": "TLP:CLEAR",
            "address": f"{settings.SITE_URL}{item.get_absolute_url()}",
        }
    ]


def test_headings_are_translated_and_column_names_are_not(client, coalition, item):
    english = parse_list_rows(download_list_file(client, coalition, "library"))
    arabic = parse_list_rows(
        client.get(
            reverse("exchange:list_file", args=[coalition.slug, "library", "csv"]), headers={"Accept-Language": "ar"}
        )
    )

    assert english[0] != arabic[0]
    assert english[1] == arabic[1]
    assert (english[2][0], arabic[2][0]) == ("Good practice", "ممارسة جيدة")


def test_library_table_applies_filters(client, coalition, item):
    ItemFactory(coalition=coalition, title="A model", kind="model", published=True)

    assert read_list_column(download_list_file(client, coalition, "library", kind="model"), "title") == ["A model"]
    assert read_list_column(download_list_file(client, coalition, "library", kind="rumour"), "title") == [
        "A model",
        "Nine providers",
    ]


def test_table_contains_readable_records_only(client, coalition, member):
    for label in (Label.CLEAR, Label.GREEN, Label.RED):
        ItemFactory(coalition=coalition, title=label, label=label, published=True)
    ItemFactory(coalition=coalition, title="a draft")
    ItemFactory(title="elsewhere", published=True)
    of_visitor = read_list_column(download_list_file(client, coalition, "library"), "title")
    client.force_login(member)

    assert of_visitor == [Label.CLEAR]
    assert read_list_column(download_list_file(client, coalition, "library"), "title") == [Label.GREEN, Label.CLEAR]


def test_formulas_are_written_as_text(client, coalition):
    ItemFactory(coalition=coalition, title='=HYPERLINK("https://x.org")', summary="@SUM(1)", published=True)

    assert read_list_column(download_list_file(client, coalition, "library"), "title") == [
        '\'=HYPERLINK("https://x.org")'
    ]
    assert read_list_column(download_list_file(client, coalition, "library", "xlsx"), "summary") == ["'@SUM(1)"]


def test_truncated_table_has_notice(client, coalition, member, monkeypatch):
    monkeypatch.setattr(lists, "MAX_LIST_ROWS", 2)
    client.force_login(member)
    ItemFactory.create_batch(2, coalition=coalition, published=True)
    whole = read_html_table(download_list_file(client, coalition, "library"))
    ItemFactory(coalition=coalition, published=True)
    cut = read_list_column(download_list_file(client, coalition, "library"), "kind")

    assert len(whole) == 2
    assert cut[2:] == [
        "This file contains only the first 2 rows. To download the other rows, filter the list on the website."
    ]


def test_truncated_search_has_notice_in_file_and_on_page(client, coalition, member, monkeypatch):
    client.force_login(member)
    monkeypatch.setattr(search_results, "RESULTS_PER_PAGE", 1)
    monkeypatch.setattr(search_results, "MAX_RESULT_PAGE", 2)
    monkeypatch.setattr(search_results, "MAX_COUNTED_RESULTS", 2)

    def download_search_rows(item_count):
        for title in range(item_count):
            index.reindex_record(ItemFactory(coalition=coalition, title=f"Helpline {title}", published=True))
        page = client.get(f"/{coalition.slug}/search/?q=helpline").text
        rows = read_list_column(download_list_file(client, coalition, "search", q="helpline"), "kind")[2:]
        return rows, "A download contains the first" in page

    assert download_search_rows(2) == ([], False)
    assert download_search_rows(1) == (
        ["This file contains only the first 2 rows. To download the other rows, filter the list on the website."],
        True,
    )


def test_meetings_download_as_table(client, coalition):
    MeetingFactory(
        coalition=coalition, title="Bali", starts_on="2013-10-24", place="Bali", country="ID", published=True
    )
    MeetingFactory(coalition=coalition, title="not yet", starts_on="2014-10-24")
    rows = read_html_table(download_list_file(client, coalition, "meetings"))

    assert [(row["title"], row["day"], row["country"]) for row in rows] == [("Bali", "2013-10-24", "Indonesia")]


def test_commitments_download_with_owner_and_date(client, coalition, outsider):
    meeting = MeetingFactory(coalition=coalition, title="Bali", starts_on="2013-10-24", published=True)
    EntryFactory(coalition=coalition, meeting=meeting, kind="decision", text="To meet again.", published=True)
    promise = EntryFactory(coalition=coalition, meeting=meeting, kind="commitment", text="To write.", published=True)
    owner = CapacityFactory(coalition=coalition, person=outsider, name="Somebody by name")
    Commitment.objects.create(entry=promise, owner=owner, due_on="2014-01-31")
    rows = read_html_table(download_list_file(client, coalition, "agreed"))
    of_kind = read_html_table(download_list_file(client, coalition, "agreed", kind="commitment", state="open"))

    assert [(row["text"], row["promised_by"], row["due"], row["progress"]) for row in rows] == [
        ("To meet again.", "", "", ""),
        ("To write.", "a person", "2014-01-31", "open"),
    ]
    assert [row["text"] for row in of_kind] == ["To write."]


def test_documents_download_as_table(client, coalition):
    DocumentFactory(coalition=coalition, title="A report", file_name="report.pdf", published=True)

    assert [
        (row["title"], row["file"]) for row in read_html_table(download_list_file(client, coalition, "documents"))
    ] == [("A report", "report.pdf")]


def test_search_table_contains_results_of_all_pages(client, coalition):
    ItemFactory.create_batch(23, coalition=coalition, title="A hotline", published=True)
    ItemFactory(coalition=coalition, title="A hotline for few", label=Label.RED, published=True)
    for item in Item.objects.all():
        index.reindex_record(item)

    assert len(read_html_table(download_list_file(client, coalition, "search", q="hotline"))) == 23
    assert read_html_table(download_list_file(client, coalition, "search", q="hotline", kind="model")) == []
    assert read_html_table(download_list_file(client, coalition, "search")) == []


@pytest.mark.parametrize(("list_name", "file_extension"), [("rumours", "csv"), ("library", "exe")])
def test_unknown_list_or_format_is_not_found(client, coalition, list_name, file_extension):
    assert download_list_file(client, coalition, list_name, file_extension).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("list_name", "query_count"), [("library", 7), ("meetings", 5), ("agreed", 5), ("documents", 4)]
)
def test_table_query_count_is_constant(
    client, coalition, member, list_name, query_count, count, django_assert_num_queries
):
    for item in ItemFactory.create_batch(count, coalition=coalition, published=True):
        Authorship.objects.create(record=item, person=member, capacity=CapacityFactory(coalition=coalition))
    DocumentFactory.create_batch(count, coalition=coalition, published=True)
    for meeting in MeetingFactory.create_batch(count, coalition=coalition, starts_on="2013-10-24", published=True):
        promise = EntryFactory(coalition=coalition, meeting=meeting, kind="commitment", published=True)
        Commitment.objects.create(entry=promise, owner=CapacityFactory(coalition=coalition))
    client.force_login(member)
    download_list_file(client, coalition, list_name)

    with django_assert_num_queries(query_count):
        answer = download_list_file(client, coalition, list_name)

    assert len(read_html_table(answer)) == count

"""Dates and issuers belong to the thing: a law of 2017 that is shared today is a law of 2017, by whoever issued it."""

import json
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from jukwaa.core.dates import format_partial_date, format_partial_iso_date, parse_partial_date
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.library.actions import change_item, share_item
from jukwaa.library.item_lists import ItemFilters, get_item_page
from jukwaa.library.models import Item
from jukwaa.records import index
from jukwaa.records.models import Authorship, Record
from tests.factories import CapacityFactory, ItemFactory

TIME_OF_SHARING = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def issued_item(coalition, organisation, member):
    """Share a law; with its issuer and date as far as they are known."""

    def share_issued_item(
        title="The act", issuer="Parliament of Fiji", issued_on="2017-05", kind="law-or-policy", **more
    ):
        details = {"issuing_body": issuer, "issued_on": issued_on}
        item = ItemFactory(
            coalition=coalition,
            kind=kind,
            title=title,
            details=details,
            state="published",
            published_at=TIME_OF_SHARING,
            **more,
        )
        capacity = CapacityFactory(coalition=coalition, organisation=organisation, name="The member")
        Authorship.objects.create(record=item, person=member, capacity=capacity)
        index.reindex_record(item)
        return item

    return share_issued_item


def list_item_titles(coalition, viewer, **query):
    return [item.title for item in get_item_page(viewer, coalition, ItemFilters.parse(query), PageCursor()).rows]


@pytest.mark.parametrize(
    ("text", "issue_day", "date_text"),
    [
        ("2017", date(2017, 1, 1), "2017"),
        ("2017-05", date(2017, 5, 1), "May 2017"),
        ("2017-05-02", date(2017, 5, 2), "2 May 2017"),
    ],
)
def test_partial_date_is_parsed_and_formatted_with_its_precision(text, issue_day, date_text):
    parsed = parse_partial_date(text)

    assert parsed is not None
    assert parsed[0] == issue_day
    assert format_partial_date(*parsed) == date_text
    assert format_partial_iso_date(*parsed) == text


@pytest.mark.parametrize("text", ["", "17", "2017-13", "2017-02-30", "0017", "3017", "2017-5", "May 2017", "٢٠١٧"])
def test_invalid_date_is_not_parsed(text):
    assert parse_partial_date(text) is None


def test_issue_fields_are_set_from_answers_and_kind(coalition, member):
    item = share_item(
        actor=member,
        coalition=coalition,
        kind="guideline",
        title="A guideline",
        details={"issuing_body": "ITU", "issued_on": "2020"},
    )
    row = Record.objects.get(pk=item.pk)
    assert (row.is_issued, row.issuer, row.issued_on, row.issued_precision) == (True, "ITU", date(2020, 1, 1), "year")
    assert (row.display_date, row.issue_date, row.issue_iso_date) == (date(2020, 1, 1), "2020", "2020")

    changed = change_item(actor=member, item=item, changes={"details": {"issued_on": ""}}, from_version=item.version)
    row.refresh_from_db()
    assert (row.display_date, row.issue_date, row.issue_iso_date) == (None, "date not known", "")

    change_item(actor=member, item=changed, changes={"kind": "good-practice"}, from_version=changed.version)
    row.refresh_from_db()
    assert (row.is_issued, row.issuer, row.issue_date) == (False, "", "")


def test_issue_date_survives_saving_record_directly(issued_item):
    item = issued_item()
    row = Record.objects.get(pk=item.pk)
    row.save()
    Item.objects.get(pk=item.pk).save(update_fields=["state"])

    assert Record.objects.get(pk=item.pk).issue_date == "May 2017"


def test_short_and_long_form_validate_issuer_and_date(client, coalition, member):
    client.force_login(member)
    url = reverse("library:item_new", args=[coalition.slug]) + "?kind=law-or-policy"
    data = {"title": "The act", "what_worked": "It says so.", "language": "en", "label": "TLP:CLEAR"}
    data |= {"detail_issuing_body": "Parliament of Fiji"}

    refused = client.post(url, data | {"detail_issued_on": "May 2017"})
    assert refused.status_code == 422
    assert "Enter the date as 2017-05-02, or only as 2017-05 or 2017." in refused.text
    assert client.post(url, data | {"detail_issued_on": "2017-05"}).status_code == 302

    item = Item.objects.get()
    assert (item.issuer, item.issue_date) == ("Parliament of Fiji", "May 2017")
    page = client.get(reverse("library:item_edit", args=[coalition.slug, item.pk])).text
    assert 'value="2017-05"' in page


def test_page_and_list_show_issuer_and_issue_date(client, coalition, issued_item):
    item = issued_item()

    for url in (item.get_absolute_url(), reverse("library:item_list", args=[coalition.slug])):
        page = client.get(url).text
        assert "Issued by <bdi>Parliament of Fiji</bdi>" in page
        assert '<time datetime="2017-05">May 2017</time>' in page
        assert "Shared by <bdi>The member</bdi>" in page
        assert "24 Nov" in page


def test_page_and_list_say_that_issuer_and_date_are_not_known(client, coalition, issued_item):
    item = issued_item(issuer="", issued_on="")

    for url in (item.get_absolute_url(), reverse("library:item_list", args=[coalition.slug])):
        page = client.get(url).text
        assert "Issuer not known" in page
        assert "date not known" in page


def test_list_is_sorted_and_filtered_by_date_of_issue(coalition, member, issued_item):
    issued_item("Of 2017", issued_on="2017-05")
    issued_item("Of 2019", issued_on="2019", issuer="ITU")
    issued_item("Unknown", issued_on="", issuer="ITU")
    ItemFactory(coalition=coalition, title="Practice of 2026", state="published", published_at=TIME_OF_SHARING)

    assert list_item_titles(coalition, member, sort="date") == ["Practice of 2026", "Of 2019", "Of 2017", "Unknown"]
    assert list_item_titles(coalition, member, year="2017") == ["Of 2017"]
    assert list_item_titles(coalition, member, year="2026") == ["Practice of 2026"]
    assert list_item_titles(coalition, member, year="unknown") == ["Unknown"]
    assert list_item_titles(coalition, member, issuer="itu", sort="date") == ["Of 2019", "Unknown"]
    assert list_item_titles(coalition, member, year="soon", sort="rank") == [
        "Practice of 2026", "Unknown", "Of 2019", "Of 2017"
    ]  # fmt: skip


def test_pages_of_list_by_date_hold_each_item_once(coalition, member, issued_item):
    for number in range(25):
        issued_item(f"Of {number}", issued_on=str(2000 + number // 3) if number % 5 else "")
    filters, place, found = ItemFilters(by_date=True), PageCursor(), []
    while True:
        page = get_item_page(member, coalition, filters, place)
        found += [item.title for item in page.rows]
        if page.after is None:
            break
        place = PageCursor(after=page.after)

    assert len(found) == len(set(found)) == 25
    assert [title for title in found[-5:] if int(title.split()[1]) % 5] == []


@pytest.mark.parametrize("count", [1, 3])
def test_filtered_list_query_count_is_constant(client, coalition, issued_item, django_assert_num_queries, count):
    for number in range(count):
        issued_item(f"Of {number}")

    with django_assert_num_queries(4):
        page = client.get(reverse("library:item_list", args=[coalition.slug]), {"sort": "date", "issuer": "fiji"})
    assert page.text.count("Issued by <bdi>") == count


def test_search_sorts_and_filters_by_date_of_issue(client, coalition, member, issued_item):
    issued_item("Hotline act of 2017", issued_on="2017")
    issued_item("Hotline act of 2019", issued_on="2019-02-03")
    issued_item("Hotline act, undated", issued_on="")
    ItemFactory(coalition=coalition, title="Hotline practice", state="published", published_at=TIME_OF_SHARING)
    index.reindex_record(Item.objects.get(title="Hotline practice"))
    url = reverse("search:search", args=[coalition.slug])

    def search_by_issue_date(**query):
        page = client.get(url, {"q": "hotline", **query})
        return [shown.hit.record.title for shown in page.context["hits"]]

    assert search_by_issue_date(order="newest") == [
        "Hotline practice", "Hotline act of 2019", "Hotline act of 2017", "Hotline act, undated"
    ]  # fmt: skip
    assert search_by_issue_date(year="2017") == ["Hotline act of 2017"]
    assert search_by_issue_date(year="2026") == ["Hotline practice"]
    assert search_by_issue_date(year="unknown") == ["Hotline act, undated"]

    page = client.get(url, {"q": "hotline"})
    (facet,) = [each for each in page.context["facets"] if str(each.heading) == "Year"]
    years = [(str(value.label), value.number) for value in facet.values]
    assert years == [("All years", None), ("2026", 1), ("2019", 1), ("2017", 1), ("not known", 1)]
    assert "issued by Parliament of Fiji" in page.text
    assert '<time class="when" datetime="2019-02-03">3 February 2019</time>' in page.text


def test_linked_data_has_issuer_and_date(client, issued_item):
    said = read_linked_data(client, issued_item())

    assert said["datePublished"] == "2017-05"
    assert said["author"] == [{"@type": "Organization", "name": "Parliament of Fiji"}]
    assert said["publisher"] == {"@type": "Organization", "name": "Parliament of Fiji"}
    assert (said["sdDatePublished"], said["sdPublisher"]["name"]) == ("2026-11-24", "Our Coalition")


def test_linked_data_without_issuer_and_date_omits_their_properties(client, issued_item):
    said = read_linked_data(client, issued_item(issuer="", issued_on=""))

    assert {"datePublished", "author", "publisher"} & set(said) == set()


def read_linked_data(client, library_item):
    page = client.get(library_item.get_absolute_url()).text
    return json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])

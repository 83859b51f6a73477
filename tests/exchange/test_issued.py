"""What was issued elsewhere is cited and exported as its issuer's, on its own date."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.records.models import Authorship
from tests.factories import CapacityFactory, ItemFactory

TIME_OF_SHARING = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def share_issued_item(coalition, organisation, member):
    def share_item_of_issuer(issuer="ITU", issued_on="2017-05", published_at=TIME_OF_SHARING, **more):
        item = ItemFactory(
            coalition=coalition,
            kind="guideline",
            title="The guidelines",
            details={"issuing_body": issuer, "issued_on": issued_on},
            state="published",
            published_at=published_at,
            **more,
        )
        capacity = CapacityFactory(coalition=coalition, organisation=organisation, name="ECPAT")
        Authorship.objects.create(record=item, person=member, capacity=capacity)
        return item

    return share_item_of_issuer


def get_citation_file(client, library_item, route_name):
    return client.get(reverse(f"exchange:{route_name}", args=["ours", library_item.pk]))


def test_report_of_another_body_is_cited_as_theirs(client, share_issued_item):
    item = share_issued_item()
    address = f"http://127.0.0.1:8000/ours/library/{item.pk}/"

    assert get_citation_file(client, item, "cite").context["citation"].as_text == (
        f"ITU (2017). The guidelines. Shared by ECPAT in Our Coalition, 24 November 2026. {address}"
    )
    assert get_citation_file(client, item, "cite_bibtex").text == (
        f"@misc{{ours-{item.pk},\n"
        "  author = {{ITU}},\n  title = {{The guidelines}},\n  year = {2017},\n  date = {2017-05},\n"
        "  howpublished = {Shared by ECPAT in Our Coalition, 24 November 2026},\n"
        f"  url = {{{address}}},\n  langid = {{en}}\n}}\n"
    )


def test_csl_json_has_issuer_and_parts_of_the_date(client, share_issued_item):
    response = get_citation_file(client, share_issued_item(), "cite_csl")
    (said,) = json.loads(response.content)

    assert response.headers["Content-Type"] == "application/vnd.citationstyles.csl+json; charset=utf-8"
    assert {name: said[name] for name in ("type", "author", "issued", "note")} == {
        "type": "report",
        "author": [{"literal": "ITU"}],
        "issued": {"date-parts": [[2017, 5]]},
        "note": "Shared by ECPAT in Our Coalition, 24 November 2026",
    }
    assert "publisher" not in said


def test_citation_without_known_origin_names_nobody(client, share_issued_item):
    item = share_issued_item(issuer="", issued_on="")
    citation = get_citation_file(client, item, "cite").context["citation"]

    assert citation.as_text.startswith("The guidelines (date not known). Issuer not known. Shared by ECPAT in")
    assert "author" not in citation.as_bibtex
    assert "2026" not in citation.as_bibtex.replace("24 November 2026", "")
    assert {"author", "issued", "publisher"} & set(json.loads(citation.as_csl_json)[0]) == set()
    assert "We do not know who issued this record, or when." in get_citation_file(client, item, "cite").text


def test_csl_json_of_a_practice_has_its_authors_and_publication(client, coalition, share_issued_item):
    item = share_issued_item()
    item.kind = "good-practice"
    item.save()
    (said,) = json.loads(get_citation_file(client, item, "cite_csl").content)

    assert said["author"] == [{"literal": "ECPAT"}]
    assert said["issued"] == {"date-parts": [[2026, 11, 24]]}
    assert (said["type"], said["publisher"]) == ("document", "Our Coalition")


@pytest.mark.parametrize("tlp_label", ["TLP:GREEN", "TLP:RED"])
def test_csl_json_is_available_only_to_readers_of_record(client, share_issued_item, tlp_label):
    assert get_citation_file(client, share_issued_item(label=tlp_label), "cite_csl").status_code == 404


def test_feed_names_issuer_and_issue_date(client, coalition, share_issued_item):
    share_issued_item(published_at=timezone.now() - timedelta(hours=2))
    feed = client.get(reverse("exchange:feed", args=[coalition.slug, "library"])).text

    assert "<author><name>ITU</name></author>" in feed
    assert "Issued: May 2017, ITU. Shared by ECPAT." in feed


def test_lists_have_columns_for_issuer_and_date(client, coalition, share_issued_item):
    share_issued_item()
    share_issued_item(issuer="", issued_on="")
    rows = client.get(reverse("exchange:list_file", args=[coalition.slug, "library", "csv"])).text

    assert '"ITU","2017-05","ECPAT"' in rows
    assert '"","date not known","ECPAT"' in rows

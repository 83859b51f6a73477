"""The library of the demo says what public pages say, each with its source; what is made up says so."""

import re
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from jukwaa.home import home_page
from jukwaa.home.demo import DEMO_COALITION_SLUG
from jukwaa.library.demo import load_item_rows
from jukwaa.library.models import Item, Review, Use
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.records.models import Link

MADE_UP_SUFFIX = "(example)"  # in the name of an organisation that does not exist


def list_linked_items(link_relation):
    """(from, to) by title, of all links of this relation."""
    pairs = Link.objects.filter(relation=link_relation).values_list("from_record__title", "to_record__title")
    return dict(pairs)


def test_every_demo_item_is_published_for_everyone(demo_coalition, db):
    assert set(Item.objects.values_list("state", "label")) == {("published", "TLP:CLEAR")}
    assert (
        Item.objects.count() == len(list(load_item_rows())) + 7
    )  # six that are made up, and a text that was published


def test_every_demo_item_links_to_public_source(demo_coalition, db):
    assert not Item.objects.filter(web_links__isnull=True, is_example=False).exists()
    assert [
        row["key"] for row in load_item_rows() if not all(re.match(r"https?://", url) for url in row["sources"])
    ] == []


def test_made_up_items_are_marked_and_by_made_up_organisations(demo_coalition, db):
    by_helpline = Item.objects.filter(authorships__capacity__organisation__isnull=False)

    assert {item.is_example for item in by_helpline} == {True}
    assert {MADE_UP_SUFFIX in str(item.authorships.get().capacity) for item in by_helpline} == {True}
    assert (by_helpline.count(), Item.objects.filter(is_example=True).count()) == (6, 7)
    assert MADE_UP_SUFFIX in str(Use.objects.get().capacity)


def test_demo_library_covers_ten_regions_and_six_languages(demo_coalition, db):
    regions = {COUNTRIES_BY_CODE[code].subregion for item in Item.objects.all() for code in item.countries}

    assert len(regions) >= 10
    assert set(Item.objects.values_list("language", flat=True)) == {"en", "fr", "es", "pt", "ar", "ru", "sw"}


def test_brazilian_agreements_name_signatories_and_criticism(demo_coalition, db):
    agreements = Item.objects.filter(language="pt", kind="law-or-policy")

    assert sorted(item.title[-4:] for item in agreements) == ["2005", "2008", "2009", "2015"]
    assert {bool(item.details["signatories"] and item.details["obligations"]) for item in agreements} == {True}
    of_2008 = agreements.get(title__contains="2008").details
    assert "TIM: assinou" in of_2008["signatories"]
    assert "não assinaram" in of_2008["signatories"]
    assert {bool(of_2008[name]) for name in ("time_limits", "follow_up", "criticism")} == {True}


def test_each_2020_guideline_supersedes_that_of_2009(demo_coalition, db):
    pairs = list_linked_items("supersedes")

    assert len(pairs) == 4
    assert {(new[-6:], old[-6:]) for new, old in pairs.items()} == {("(2020)", "(2009)")}
    replaced = Item.objects.filter(title__in=pairs.values())
    assert {item.details["status"] for item in replaced} == {"replaced"}


def test_safer_internet_day_dates_follow_recurrence_rule(demo_coalition, db):
    said = Item.objects.get(title="Safer Internet Day").how_it_links
    days = [(2027, 2, 9), (2028, 2, 8), (2029, 2, 6)]

    assert "9 February in 2027, 8 February in 2028 and 6 February in 2029" in said
    assert [(date(*day).weekday(), 5 <= day[2] <= 11) for day in days] == [(1, True)] * 3


def test_items_cover_every_model_national_response_domain(demo_coalition, db):
    on = {value for item in Item.objects.all() for value in item.details.get("capabilities", [])}
    numbers = {int(value.partition("/")[2]) for value in on if value.startswith("mnr-2016/")}

    # One capability at least of each of its six domains: 1 to 3, 4 to 7, 8 to 11, 12 to 15, 16 to 19, 20 and 21.
    domains = [range(1, 4), range(4, 8), range(8, 12), range(12, 16), range(16, 20), range(20, 22)]
    assert [bool(numbers & set(domain)) for domain in domains] == [True] * 6


def test_translations_are_linked_to_originals(demo_coalition, db):
    assert len(list_linked_items("translates")) == sum("translates" in row for row in load_item_rows()) == 7
    assert list_linked_items("translates")["Siku ya Mtandao Salama"] == "Safer Internet Day"


def test_practices_are_adapted_across_countries(demo_coalition, db):
    adapted = list_linked_items("adapted-from")

    chain = ["The Lighthouse, London"]
    while chain[-1] in adapted:
        chain.append(adapted[chain[-1]])
    assert chain == ["The Lighthouse, London", "Barnahus, Iceland", "Children's Advocacy Centers, United States"]


def test_case_study_and_observations_have_been_reviewed(demo_coalition, db):
    assert Review.objects.filter(item__kind="regional-observation", outcome="publish").count() == 3
    review = Review.objects.exclude(item__kind="regional-observation").get()

    assert (review.item.kind, review.outcome, review.can_be_combined) == ("case-study", "publish", False)
    assert (review.sent_by.name, review.assigned_by.name, review.decided_by.name) == (
        "A member of staff of a made-up helpline",
        "The safeguarding lead",
        "The rapporteur",
    )


def test_home_page_shows_new_library_items(demo_coalition, db, monkeypatch):
    monkeypatch.setattr(home_page, "MAX_NEWEST_RECORDS", 60)  # what was done together since is newer
    new = {record.title for record in home_page.get_new_records(demo_coalition, AnonymousUser(), "en")}

    assert "Terms of Mutual Cooperation, Brazil, 2008" in new
    assert "Termo de Mútua Cooperação, 2008" not in new
    assert "Working with internet service providers" not in new  # it is made up


def test_library_pages_are_marked_as_demo(demo_coalition, db, client, settings):
    settings.DEMO = True
    item = Item.objects.get(title="Safer Internet Day")
    pages = [
        client.get(url).text
        for url in (reverse("library:item_list", args=[DEMO_COALITION_SLUG]), item.get_absolute_url())
    ]

    assert ["This is a demo" in page for page in pages] == [True, True]

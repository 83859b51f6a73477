"""What could help: a pure function that tells why, and where pages show it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.cooperation.help_matching import HelpFacts, Reason, rank_suggestions
from jukwaa.cooperation.match_reasons import REASON_SENTENCES, describe_reason
from jukwaa.cooperation.models import Need, Offer
from jukwaa.records import index
from tests.factories import MatchFactory, NeedFactory, OfferFactory

TODAY = date(2026, 3, 1)
NEED = HelpFacts(
    pk=1,
    organisation=1,
    sort="training",
    near=frozenset({"expertise"}),
    areas=frozenset({7}),
    countries=frozenset({"FJ"}),
    subregions=frozenset({"054"}),
    regions=frozenset({"asia-pacific"}),
    languages=frozenset({"en"}),
    terms={"teach_en": "teachers", "plan_en": "plan"},
)
OFFER = replace(NEED, pk=2, organisation=2, terms={"teach_en": "Teaching"}, confirmed_on=TODAY)


def reasons(other, one=NEED, *more):
    return {each.pk: list(each.reasons) for each in rank_suggestions(one, [other, *more], TODAY)}


def test_what_fits_is_told_by_the_values_that_ranked_it():
    assert reasons(OFFER)[2] == [
        Reason("sort", ("training",)),
        Reason("words", ("teachers",)),
        Reason("areas", (7,)),
        Reason("countries", ("FJ",)),
        Reason("languages", ("en",)),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"closed": True},
        {"left": True},
        {"until": TODAY - timedelta(days=1)},
        {"organisation": 1},
        {"starts_on": date(2026, 7, 1)},
    ],
)
def test_what_nothing_makes_up_for_is_not_suggested(change):
    one = replace(NEED, until=date(2026, 6, 30))

    assert reasons(replace(OFFER, **change), one) == {}


@pytest.mark.parametrize("change", [{"closed": True}, {"left": True}, {"until": TODAY - timedelta(days=1)}])
def test_to_what_is_closed_nothing_is_suggested(change):
    assert reasons(OFFER, replace(NEED, **change)) == {}


def test_two_of_whom_the_directory_knows_nobody_are_not_the_same_organisation():
    assert list(reasons(replace(OFFER, organisation=None), replace(NEED, organisation=None))) == [2]


def test_the_narrowest_place_that_both_share_is_told():
    tonga = {"countries": frozenset({"TO"}), "subregions": frozenset({"061"})}

    assert Reason("regions", ("asia-pacific",)) in reasons(replace(OFFER, **tonga))[2]
    assert Reason("subregions", ("054",)) in reasons(replace(OFFER, countries=frozenset({"PG"})))[2]
    assert Reason("anywhere") in reasons(replace(OFFER, countries=frozenset()))[2]


def test_days_that_meet_are_told():
    one = replace(NEED, starts_on=date(2026, 5, 1))

    assert Reason("from", (date(2026, 5, 1),)) in reasons(OFFER, one)[2]
    assert Reason("until", (date(2026, 9, 1),)) in reasons(replace(OFFER, until=date(2026, 9, 1)))[2]
    both = reasons(replace(OFFER, until=date(2026, 9, 1)), one)[2]
    assert Reason("between", (date(2026, 5, 1), date(2026, 9, 1))) in both


def test_the_same_sort_goes_before_one_that_is_near_and_what_shares_nothing_is_left_out():
    near = replace(OFFER, pk=3, sort="expertise", terms={})
    other = HelpFacts(pk=4, organisation=4, sort="funding")

    assert [each.pk for each in rank_suggestions(NEED, [other, near, OFFER], TODAY)] == [2, 3]


def test_a_word_that_most_have_tells_nothing():
    many = [replace(OFFER, pk=number, terms={"teach_en": "x", f"{number}": "y"}) for number in range(10, 20)]
    rare = replace(OFFER, pk=20, terms={"plan_en": "plan"})
    found = rank_suggestions(NEED, [*many, rare], TODAY)

    assert found[0].pk == 20
    assert {reason.name for each in found[1:] for reason in each.reasons} & {"words"} == set()


def test_what_nobody_has_confirmed_for_a_year_comes_later_and_says_so():
    old = replace(OFFER, pk=3, confirmed_on=date(2024, 1, 1))

    assert [each.pk for each in rank_suggestions(NEED, [old, OFFER], TODAY)] == [2, 3]
    assert Reason("stale", (date(2024, 1, 1),)) in reasons(old)[3]


def test_no_language_in_common_weighs_against_it():
    french = replace(OFFER, pk=3, languages=frozenset({"fr"}))

    assert [each.pk for each in rank_suggestions(NEED, [french, OFFER], TODAY)] == [2, 3]


def test_the_order_is_the_same_whatever_order_they_come_in():
    many = [replace(OFFER, pk=number) for number in range(2, 9)]

    assert rank_suggestions(NEED, many, TODAY) == rank_suggestions(NEED, many[::-1], TODAY)


def test_each_reason_is_a_sentence():
    given = {
        "sort": ("training",),
        "near": ("data",),
        "words": tuple("abcdef"),
        "areas": (7,),
        "countries": ("FJ", "TO"),
        "subregions": ("054",),
        "regions": ("grulac",),
        "anywhere": (),
        "languages": ("en", "fr"),
        "between": (date(2026, 5, 1), date(2026, 9, 1)),
        "from": (TODAY,),
        "until": (TODAY,),
        "stale": (TODAY,),
    }

    assert {name: describe_reason(Reason(name, values), {7: "Education"}) for name, values in given.items()} == {
        "sort": "Same type of help: Training",
        "near": "Similar type of help: Data",
        "words": "Words in common: a, b, c, d, e, …",
        "areas": "Same area of work: Education",
        "countries": "Same country: Fiji, Tonga",
        "subregions": "Same subregion: Melanesia",
        "regions": "Same region: Latin American and Caribbean Group (GRULAC)",
        "anywhere": "Not limited to a country",
        "languages": "Common language: English, French",
        "between": "Same period: 1 May 2026 – 1 September 2026",
        "from": "Same period: from 1 March 2026",
        "until": "Same period: until 1 March 2026",
        "stale": "Not confirmed as up to date since 1 March 2026",
    }
    assert set(given) == set(REASON_SENTENCES)


def beside(client, given):
    return [
        (each.given.title, each.reasons) for each in client.get(given.get_absolute_url()).context["shown"].suggested
    ]


@pytest.mark.django_db
def test_it_stands_beside_a_need_and_beside_an_offer(client, need, offer):
    why = ["Same type of help: Training", "Words in common: teachers, training"]

    assert beside(client, need) == [("We train teachers", why)]
    assert beside(client, offer) == [("Teachers need training", [why[0], "Words in common: teachers, train"])]


@pytest.mark.django_db
def test_where_nothing_fits_whose_it_is_reads_what_to_do_and_nobody_else_does(client, need, who_needs, member):
    said = "No matching offers yet."

    assert said not in client.get(need.get_absolute_url()).text
    client.force_login(member)
    assert said not in client.get(need.get_absolute_url()).text
    client.force_login(who_needs)
    page = client.get(need.get_absolute_url())
    assert said in page.text
    assert reverse("cooperation:offer_list", args=[need.coalition.slug]) in page.text


@pytest.mark.django_db
def test_of_what_one_may_not_read_nothing_is_suggested(client, coalition, need, member, offer):
    Offer.objects.update(label="TLP:GREEN")

    assert beside(client, need) == []
    client.force_login(member)
    assert [title for title, _why in beside(client, need)] == ["We train teachers"]


@pytest.mark.django_db
def test_what_left_or_is_withdrawn_is_not_suggested(client, coalition, need, offer, giver):
    giver.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))

    assert beside(client, need) == []
    page = client.get(offer.get_absolute_url())
    assert "This organisation has left the coalition." in page.text
    assert page.context["shown"].suggested == []


@pytest.mark.django_db
def test_what_was_brought_together_is_not_suggested_again(client, need, offer):
    MatchFactory(offer=offer, need=need)

    assert beside(client, need) == []


@pytest.mark.django_db
def test_words_find_what_no_column_shares(client, coalition):
    need = NeedFactory(coalition=coalition, title="Training on grooming for primary teachers", published=True)
    title = "Figures on grooming, from primary teachers"
    offer = OfferFactory(coalition=coalition, sort="data", title=title, published=True)
    OfferFactory(coalition=coalition, sort="data", title="Figures on teachers", published=True)
    for each in (offer, *Offer.objects.exclude(pk=offer.pk)):
        index.reindex_record(each)

    assert beside(client, need) == [(title, ["Words in common: grooming, primary, teachers"])]


@pytest.mark.django_db
def test_a_country_that_is_no_more_is_no_place_to_meet(client, need, offer):
    Need.objects.update(countries=["AN"])
    Offer.objects.update(countries=["AN"])

    assert beside(client, need)[0][1] == ["Same type of help: Training", "Words in common: teachers, training"]
    assert client.get(need.get_absolute_url()).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_need_costs_the_same_for_one_and_for_three(
    client, coalition, need, member, django_assert_num_queries, count
):
    for number in range(count):
        OfferFactory(coalition=coalition, title=f"We train teachers, part {number}", published=True)
    client.force_login(member)
    client.get(reverse("cooperation:offer_list", args=[coalition.slug]))
    with django_assert_num_queries(11):
        assert len(beside(client, need)) == count
    with django_assert_num_queries(9):
        client.get(need.get_absolute_url())


@pytest.mark.django_db
def test_a_need_without_words_finds_by_its_sort(client, coalition, offer):
    need = NeedFactory(coalition=coalition, title="…", published=True)

    assert [title for title, _why in beside(client, need)] == ["We train teachers"]

"""What could help: a pure function that tells why, and where pages show it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.cooperation.help_matching import HelpFacts, HelpMatchReason, rank_help_suggestions
from jukwaa.cooperation.match_reasons import SENTENCE_BY_MATCH_REASON, describe_match_reason
from jukwaa.cooperation.models import Need, Offer
from jukwaa.records import index
from tests.factories import MatchFactory, NeedFactory, OfferFactory

TODAY = date(2026, 3, 1)
NEED_FACTS = HelpFacts(
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
OFFER_FACTS = replace(NEED_FACTS, pk=2, organisation=2, terms={"teach_en": "Teaching"}, confirmed_on=TODAY)


def list_match_reasons(other_help, first_help=NEED_FACTS, *more):
    return {each.pk: list(each.reasons) for each in rank_help_suggestions(first_help, [other_help, *more], TODAY)}


def test_match_reasons_are_ranked():
    assert list_match_reasons(OFFER_FACTS)[2] == [
        HelpMatchReason("sort", ("training",)),
        HelpMatchReason("words", ("teachers",)),
        HelpMatchReason("areas", (7,)),
        HelpMatchReason("countries", ("FJ",)),
        HelpMatchReason("languages", ("en",)),
    ]


@pytest.mark.parametrize(
    "changed_facts",
    [
        {"closed": True},
        {"left": True},
        {"until": TODAY - timedelta(days=1)},
        {"organisation": 1},
        {"starts_on": date(2026, 7, 1)},
    ],
)
def test_excluded_match_is_not_suggested(changed_facts):
    one = replace(NEED_FACTS, until=date(2026, 6, 30))

    assert list_match_reasons(replace(OFFER_FACTS, **changed_facts), one) == {}


@pytest.mark.parametrize("changed_facts", [{"closed": True}, {"left": True}, {"until": TODAY - timedelta(days=1)}])
def test_closed_need_gets_no_suggestions(changed_facts):
    assert list_match_reasons(OFFER_FACTS, replace(NEED_FACTS, **changed_facts)) == {}


def test_unknown_organisations_are_not_the_same():
    assert list(
        list_match_reasons(replace(OFFER_FACTS, organisation=None), replace(NEED_FACTS, organisation=None))
    ) == [2]


def test_narrowest_shared_place_is_match_reason():
    tonga = {"countries": frozenset({"TO"}), "subregions": frozenset({"061"})}

    assert HelpMatchReason("regions", ("asia-pacific",)) in list_match_reasons(replace(OFFER_FACTS, **tonga))[2]
    assert (
        HelpMatchReason("subregions", ("054",))
        in list_match_reasons(replace(OFFER_FACTS, countries=frozenset({"PG"})))[2]
    )
    assert HelpMatchReason("anywhere") in list_match_reasons(replace(OFFER_FACTS, countries=frozenset()))[2]


def test_overlapping_dates_are_match_reason():
    one = replace(NEED_FACTS, starts_on=date(2026, 5, 1))

    assert HelpMatchReason("from", (date(2026, 5, 1),)) in list_match_reasons(OFFER_FACTS, one)[2]
    assert (
        HelpMatchReason("until", (date(2026, 9, 1),))
        in list_match_reasons(replace(OFFER_FACTS, until=date(2026, 9, 1)))[2]
    )
    both = list_match_reasons(replace(OFFER_FACTS, until=date(2026, 9, 1)), one)[2]
    assert HelpMatchReason("between", (date(2026, 5, 1), date(2026, 9, 1))) in both


def test_same_type_ranks_before_similar_type():
    near = replace(OFFER_FACTS, pk=3, sort="expertise", terms={})
    other = HelpFacts(pk=4, organisation=4, sort="funding")

    assert [each.pk for each in rank_help_suggestions(NEED_FACTS, [other, near, OFFER_FACTS], TODAY)] == [2, 3]


def test_common_word_has_no_weight():
    many = [replace(OFFER_FACTS, pk=number, terms={"teach_en": "x", f"{number}": "y"}) for number in range(10, 20)]
    rare = replace(OFFER_FACTS, pk=20, terms={"plan_en": "plan"})
    found = rank_help_suggestions(NEED_FACTS, [*many, rare], TODAY)

    assert found[0].pk == 20
    assert {reason.name for each in found[1:] for reason in each.reasons} & {"words"} == set()


def test_unconfirmed_offer_ranks_lower_with_reason():
    old = replace(OFFER_FACTS, pk=3, confirmed_on=date(2024, 1, 1))

    assert [each.pk for each in rank_help_suggestions(NEED_FACTS, [old, OFFER_FACTS], TODAY)] == [2, 3]
    assert HelpMatchReason("stale", (date(2024, 1, 1),)) in list_match_reasons(old)[3]


def test_no_common_language_ranks_lower():
    french = replace(OFFER_FACTS, pk=3, languages=frozenset({"fr"}))

    assert [each.pk for each in rank_help_suggestions(NEED_FACTS, [french, OFFER_FACTS], TODAY)] == [2, 3]


def test_ranking_is_independent_of_input_order():
    many = [replace(OFFER_FACTS, pk=number) for number in range(2, 9)]

    assert rank_help_suggestions(NEED_FACTS, many, TODAY) == rank_help_suggestions(NEED_FACTS, many[::-1], TODAY)


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

    assert {
        name: describe_match_reason(HelpMatchReason(name, values), {7: "Education"}) for name, values in given.items()
    } == {
        "sort": "Same type of help: Training",
        "near": "Similar type of help: Data",
        "words": "Words in common: a, b, c, d, e, …",
        "areas": "Same area of work: Education",
        "countries": "Same country: Fiji, Tonga",
        "subregions": "Same subregion: Melanesia",
        "regions": "Same region: Latin American and Caribbean Group (GRULAC)",
        "anywhere": "Not limited to a country",
        "languages": "Common language: English, French",
        "between": "Dates overlap: 1 May 2026 – 1 September 2026",
        "from": "Dates overlap from 1 March 2026",
        "until": "Dates overlap until 1 March 2026",
        "stale": "Not confirmed as up to date since 1 March 2026",
    }
    assert set(given) == set(SENTENCE_BY_MATCH_REASON)


def list_suggested_help(client, help_record):
    return [
        (each.given.title, each.reasons)
        for each in client.get(help_record.get_absolute_url()).context["shown"].suggested
    ]


@pytest.mark.django_db
def test_suggestions_are_shown_with_need_and_offer(client, need, offer):
    why = ["Same type of help: Training", "Words in common: teachers, training"]

    assert list_suggested_help(client, need) == [("We train teachers", why)]
    assert list_suggested_help(client, offer) == [
        ("Teachers need training", [why[0], "Words in common: teachers, train"])
    ]


@pytest.mark.django_db
def test_only_owner_without_suggestions_sees_next_step(client, need, person_who_needs, member):
    said = "No matching offers yet."

    assert said not in client.get(need.get_absolute_url()).text
    client.force_login(member)
    assert said not in client.get(need.get_absolute_url()).text
    client.force_login(person_who_needs)
    page = client.get(need.get_absolute_url())
    assert said in page.text
    assert reverse("cooperation:offer_list", args=[need.coalition.slug]) in page.text


@pytest.mark.django_db
def test_unreadable_record_is_not_suggested(client, coalition, need, member, offer):
    Offer.objects.update(label="TLP:GREEN")

    assert list_suggested_help(client, need) == []
    client.force_login(member)
    assert [title for title, _why in list_suggested_help(client, need)] == ["We train teachers"]


@pytest.mark.django_db
def test_withdrawn_or_former_member_record_is_not_suggested(client, coalition, need, offer, giving_organisation):
    giving_organisation.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))

    assert list_suggested_help(client, need) == []
    page = client.get(offer.get_absolute_url())
    assert "This organisation has left the coalition." in page.text
    assert page.context["shown"].suggested == []


@pytest.mark.django_db
def test_matched_record_is_not_suggested_again(client, need, offer):
    MatchFactory(offer=offer, need=need)

    assert list_suggested_help(client, need) == []


@pytest.mark.django_db
def test_words_match_without_shared_fields(client, coalition):
    need = NeedFactory(coalition=coalition, title="Training on grooming for primary teachers", published=True)
    title = "Figures on grooming, from primary teachers"
    offer = OfferFactory(coalition=coalition, sort="data", title=title, published=True)
    OfferFactory(coalition=coalition, sort="data", title="Figures on teachers", published=True)
    for each in (offer, *Offer.objects.exclude(pk=offer.pk)):
        index.reindex_record(each)

    assert list_suggested_help(client, need) == [(title, ["Words in common: grooming, primary, teachers"])]


@pytest.mark.django_db
def test_former_country_is_not_shared_place(client, need, offer):
    Need.objects.update(countries=["AN"])
    Offer.objects.update(countries=["AN"])

    assert list_suggested_help(client, need)[0][1] == [
        "Same type of help: Training",
        "Words in common: teachers, training",
    ]
    assert client.get(need.get_absolute_url()).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_need_page_query_count_is_constant(client, coalition, need, member, django_assert_num_queries, count):
    for number in range(count):
        OfferFactory(coalition=coalition, title=f"We train teachers, part {number}", published=True)
    client.force_login(member)
    client.get(reverse("cooperation:offer_list", args=[coalition.slug]))
    with django_assert_num_queries(10):
        assert len(list_suggested_help(client, need)) == count
    with django_assert_num_queries(8):
        client.get(need.get_absolute_url())


@pytest.mark.django_db
def test_need_without_words_matches_by_type(client, coalition, offer):
    need = NeedFactory(coalition=coalition, title="…", published=True)

    assert [title for title, _why in list_suggested_help(client, need)] == ["We train teachers"]

"""Seven ways to narrow a search, each with exact counts of what the reader may read."""

import itertools
import random
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import reverse

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.places.countries import get_regional_group
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.records import index
from jukwaa.records.index import SearchFilters
from jukwaa.records.models import Audience, Authorship, Label, Record
from jukwaa.search.facets import INITIAL_FACET_VALUE_COUNT, describe_search_request
from jukwaa.search.search_requests import load_areas_of_work, parse_search_request
from tests.factories import CapacityFactory, DocumentFactory, ItemFactory

VISITOR = AnonymousUser()
STAKEHOLDER_GROUPS = [StakeholderGroup.CIVIL_SOCIETY, StakeholderGroup.PRIVATE_SECTOR, StakeholderGroup.UNKNOWN]


def build_search_url(coalition, **asked):
    return reverse("search:search", args=[coalition.slug], query=asked or None)


def add_authors_from_groups(record, *groups):
    for number, group in enumerate(groups):
        capacity = CapacityFactory(coalition=record.coalition, stakeholder_group=group)
        person = record.coalition.people_of_the_test[number]
        Authorship.objects.create(record=record, person=person, capacity=capacity)


@pytest.fixture
def mixed_records(coalition, member, delegate):
    """Sixty records that differ in everything, many of them closed to a visitor."""
    chance = random.Random(7)
    coalition.people_of_the_test = [member, delegate]
    areas = [AreaOfWork.objects.create(coalition=coalition, name=name) for name in ("Policy", "Education")]
    for number in range(60):
        record = chance.choice([DocumentFactory, ItemFactory])(
            coalition=coalition,
            title=f"Wombat {number}",
            language=chance.choice(["en", "fr", "pt-BR"]),
            countries=chance.sample(["KE", "MU", "FR", "BR", "TH"], chance.choice([0, 1, 2])),
            label=chance.choice([Label.CLEAR, Label.CLEAR, Label.GREEN, Label.RED]),
            state="published",
            published_at=datetime(chance.choice([2009, 2026]), 12, 31, 23, 30, tzinfo=UTC),
        )
        record.areas.set(chance.sample(areas, chance.choice([0, 1, 2])))
        add_authors_from_groups(
            record,
            *chance.choice(
                [
                    [],
                    *[[group] for group in STAKEHOLDER_GROUPS],
                    [STAKEHOLDER_GROUPS[0], STAKEHOLDER_GROUPS[0]],
                    STAKEHOLDER_GROUPS[:2],
                ]
            ),
        )
        if record.label == Label.RED and chance.random() < 0.5:
            Audience.objects.create(record=record, person=member)
        index.reindex_record(record)
    return areas


def list_facet_values(record):
    """Each way to narrow, with the values that lead to this record."""
    groups = record.authorships.values_list("capacity__stakeholder_group", flat=True)
    return {
        "kind": {record.kind},
        "area": set(record.areas.values_list("pk", flat=True)),
        "region": {get_regional_group(code) for code in record.countries},
        "country": set(record.countries),
        "language": {record.language},
        "stakeholder": set(groups) - {"unknown"},
        "year": {str(record.published_at.year)},
    }


def list_expected_records(viewer, coalition, chosen_filters):
    """What Python counts, record by record."""
    counted = {"total": 0} | {
        way: {} for way in ("kind", "area", "region", "country", "language", "stakeholder", "year")
    }
    for record in Record.objects.visible_to(viewer).filter(coalition=coalition):
        known = list_facet_values(record)
        missed = {way for way, value in chosen_filters.items() if value not in known[way]}
        counted["total"] += not missed
        for way, values in known.items():
            if missed <= {way}:
                for value in values:
                    counted[way][value] = counted[way].get(value, 0) + 1
    return counted


def list_facet_counts(search_results):
    numbers = {
        "kind": search_results.kinds,
        "area": search_results.areas,
        "region": search_results.regions,
        "country": search_results.countries,
        "language": search_results.languages,
        "stakeholder": search_results.stakeholders,
        "year": search_results.years,
    }
    return {"total": search_results.total} | {way: dict(found) for way, found in numbers.items()}


def test_facet_counts_match_readable_results(coalition, member, mixed_records):
    choices = {
        "kind": "document",
        "area": mixed_records[0],
        "region": RegionalGroup.AFRICAN,
        "country": "KE",
        "language": "pt-BR",
        "stakeholder": StakeholderGroup.CIVIL_SOCIETY,
        "year": "2009",
    }
    combinations = [*itertools.combinations(choices, 0), *itertools.combinations(choices, 1)]
    combinations += itertools.combinations(choices, 2)
    for viewer in (VISITOR, member):
        for names in combinations:
            filters = SearchFilters(**{name: choices[name] for name in names})
            plain = {name: getattr(choices[name], "pk", choices[name]) for name in names}

            found = list_facet_counts(index.search_records(coalition, viewer, "wombat", filters=filters))

            assert found == list_expected_records(viewer, coalition, plain), (viewer, names)


def test_combined_filters_have_shareable_address(client, coalition, mixed_records):
    asked = {
        "q": "wombat",
        "kind": "document",
        "area": mixed_records[0].pk,
        "region": "african",
        "country": "KE",
        "language": "en",
        "stakeholder": "civil-society",
        "year": "2026",
        "order": "newest",
    }

    response = client.get(build_search_url(coalition, **asked))

    chosen = {
        facet.heading: [str(value.label) for value in facet.values if value.is_chosen]
        for facet in response.context["facets"]
    }
    assert chosen == {
        "Type": ["Document"],
        "Area of work": ["Policy"],
        "Region": ["African Group"],
        "Country": ["Kenya"],
        "Language": ["English"],
        "Stakeholder group": ["Civil society"],
        "Year": ["2026"],
    }
    (without,) = [facet.values[0].address for facet in response.context["facets"] if facet.heading == "Country"]
    assert dict(QueryDict(without[1:]).items()) == {
        name: str(value) for name, value in asked.items() if name != "country"
    }


def test_countries_beyond_first_are_collapsed(client, coalition):
    for code in ("KE", "MU", "FR", "BR", "TH", "DE", "IN", "EG", "NG", "PE"):
        index.reindex_record(DocumentFactory(coalition=coalition, title="Wombat", countries=[code], published=True))

    response = client.get(build_search_url(coalition, q="wombat"))

    (countries,) = [facet for facet in response.context["facets"] if facet.heading == "Country"]
    assert (len(countries.values), len(countries.more)) == (1 + INITIAL_FACET_VALUE_COUNT, 2)
    assert "<summary" in response.text


@pytest.mark.parametrize(
    ("query", "canonical_query"),
    [
        ("q=Hotline++report&page=4", "q=Hotline+report"),
        ("order=newest&q=a&kind=document&x=1", "kind=document&order=newest&q=a"),
        ("q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0+%26&language=pt-BR", "language=pt-BR&q=школа+%26"),
        ("q=a&country=XX&year=20&stakeholder=unknown&region=x&area=-1&kind=%00", "q=a"),
        (f"q={'a' * 10_000}", f"q={'a' * 300}"),
    ],
)
def test_search_address_is_canonical(coalition, query, canonical_query):
    areas = load_areas_of_work(coalition)

    assert parse_search_request(QueryDict(query), areas).address == canonical_query
    assert parse_search_request(QueryDict(canonical_query), areas).address == canonical_query


def test_search_title_has_words_and_filters(coalition):
    asked = parse_search_request(QueryDict("q=hotline&kind=document&country=KE&language=fr&year=2026"), [])

    assert describe_search_request(asked, "en") == "hotline · Document · Kenya · French · 2026"
    assert len(describe_search_request(parse_search_request(QueryDict(f"q={'x' * 500}"), []), "en")) == 120

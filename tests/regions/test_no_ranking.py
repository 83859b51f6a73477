"""No page sorts countries by a number: that would be a ranking. Walked over every address that can be looked at."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import Organisation
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_choices
from jukwaa.places.text_folding import fold_text
from jukwaa.regions.measures import MEASURE_BY_NAME
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    ItemFactory,
    MeetingFactory,
    MembershipFactory,
    OfferFactory,
)
from tests.routes import Route, list_routes

# Most of it comes from the country whose name comes last, and least from the one whose name comes first.
NUMBER_BY_COUNTRY = {"AL": 1, "CI": 2, "KE": 3, "ZW": 4}
GROUP_BY_COUNTRY = {"AL": "eastern-european", "CI": "african", "KE": "african", "ZW": "african"}
CODE_BY_COUNTRY_NAME = {name: code for code, name in get_country_choices("en")}
HTML_BLOCK_PATTERN = re.compile(r"<(table|ul|ol|dl|select|nav)\b.*?</\1>", re.DOTALL)
HTML_ROW_PATTERN = re.compile(r"<(tr|li|option|dt|a)\b.*?</\1>", re.DOTALL)
HTML_TAG_PATTERN = re.compile(r"<[^>]*>")
NAME_AND_NUMBER = re.compile(r"(?P<name>\D+?)[\s:(]*(?P<number>\d+)\)?\D*")
SIGN_OUT_ROUTES = ("sign_out", "logout")


@pytest.fixture
def coalition_of_four_countries(coalition, coordinator):
    """Members, meetings, items and offers of four countries."""
    for code, number in NUMBER_BY_COUNTRY.items():
        for _each in range(number):
            named = {"organisation__country": code, "organisation__regional_group": GROUP_BY_COUNTRY[code]}
            organisation = MembershipFactory(coalition=coalition, starts_on=date(2009, 1, 1), **named).organisation
            _create_records_of(coalition, organisation, coordinator)
    return coalition


def _create_records_of(coalition, organisation: Organisation, person) -> None:
    at = {"coalition": coalition, "organisation": organisation, "country": organisation.country}
    at |= {"regional_group": organisation.regional_group, "name": organisation.name}
    meeting = MeetingFactory(coalition=coalition, published=True, starts_on=date(2009, 11, 17))
    AttendanceFactory(meeting=meeting, capacity=CapacityFactory(**at))
    item = ItemFactory(coalition=coalition, published=True, countries=[organisation.country], author=person)
    item.authorships.update(capacity=CapacityFactory(**at))
    OfferFactory(coalition=coalition, published=True, organisation=organisation, countries=[organisation.country])


def iter_region_urls(coalition) -> Iterator[tuple[Route, str]]:
    """Yield every address without a numeric argument, and each measure."""
    for route in list_routes():
        if route.arguments <= {"coalition"} and not route.name.endswith(SIGN_OUT_ROUTES):
            yield route, reverse(route.name, kwargs=dict.fromkeys(route.arguments, coalition.slug))
        elif route.name in ("regions:measure_detail", "regions:measure_csv"):
            for name in MEASURE_BY_NAME:
                yield route, reverse(route.name, args=[coalition.slug, name])


def find_countries_in_page(text: str) -> list[list[str]]:
    """Return the countries with a number in each table or list, in order."""
    found = []
    for block in HTML_BLOCK_PATTERN.finditer(text):
        rows = [
            " ".join(unescape(HTML_TAG_PATTERN.sub(" ", row[0])).split()) for row in HTML_ROW_PATTERN.finditer(block[0])
        ]
        matched = [NAME_AND_NUMBER.fullmatch(row) for row in rows]
        found.append(
            [match["name"].strip() for match in matched if match and match["name"].strip() in CODE_BY_COUNTRY_NAME]
        )
    return [names for names in found if len(names) > 2]


def find_countries_in_file(text: str) -> list[list[str]]:
    """Of a file in which a row is about a country and a number."""
    rows = [row for row in csv.reader(text.splitlines()) if any(cell.isdecimal() for cell in row)]
    codes = [next((cell for cell in row if cell in COUNTRIES_BY_CODE), "") for row in rows]
    counted = [code for code, row in zip(codes, rows, strict=True) if code and "country" in row]
    return [counted] if len(counted) > 2 else []


@pytest.mark.usefixtures("plain_templates")
@pytest.mark.parametrize("reader", ["visitor", pytest.param("coordinator", marks=pytest.mark.slow)])
def test_pages_and_files_do_not_rank_countries(client, coalition_of_four_countries, coordinator, reader):
    if reader == "coordinator":
        client.force_login(coordinator)
    seen, ranked = set(), {}
    for route, url in iter_region_urls(coalition_of_four_countries):
        response = client.get(url)
        if response.streaming:
            list(response.streaming_content)  # so that its file is closed
        if response.streaming or response.status_code != 200:
            continue
        for names in _find_listed_countries(response):
            seen.add(route.name)
            if names != sorted(names, key=fold_text):
                ranked[url] = names

    assert ranked == {}
    assert {"coalitions:representation", "regions:measure_detail", "regions:measure_csv"} <= seen


def _find_listed_countries(response) -> list[list[str]]:
    kind = response.headers.get("Content-Type", "")
    if "html" in kind:
        return find_countries_in_page(response.text)
    if "csv" not in kind:
        return []
    found = find_countries_in_file(response.text)
    return [_runs for names in found for _runs in _split_into_runs(names)]


def _split_into_runs(country_codes: list[str]) -> Iterator[list[str]]:
    """A file may hold one table after the other: each begins with the first code again."""
    run: list[str] = []
    for code in country_codes:
        if code == "AL" and run:
            yield run
            run = []
        run.append(code)
    if run:
        yield run


def test_ranking_is_detected_in_page_and_file():
    """The walk detects a ranking in a page and in a file."""
    rows = (("Zimbabwe", 4), ("Kenya", 3), ("Albania", 1))
    table = "".join(f'<tr><th scope="row">{name}</th><td class="num">{number}</td></tr>' for name, number in rows)

    assert find_countries_in_page(f"<table>{table}</table>") == [["Zimbabwe", "Kenya", "Albania"]]
    assert (
        find_countries_in_page("<ul><li>Zimbabwe (4)</li><li>Kenya 3</li><li><a>Albania</a> <b>1</b></li></ul>") != []
    )
    assert find_countries_in_file("country,ZW,4\ncountry,KE,3\ncountry,AL,1") == [["ZW", "KE", "AL"]]

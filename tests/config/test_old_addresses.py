"""Addresses of earlier versions lead to the same page as before, and none of them means something else today."""

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve
from django.urls.resolvers import RoutePattern

from jukwaa.config.old_addresses import find_new_path
from tests.routes import list_route_patterns_and_names

# Every address of the version before the first renaming, with the name of its page. It is never written again.
OLD_URLS = [line.rsplit(" ", 1) for line in Path("tests/data/old_addresses.txt").read_text().splitlines()]
EXAMPLE_ARGUMENTS = {"int": "7", "slug": "word", "str": "a:b", "uuid": "12345678-1234-5678-1234-567812345678"}


def build_example_url(route: str) -> str:
    return re.sub(r"<(\w+):\w+>", lambda parameter: EXAMPLE_ARGUMENTS[parameter[1]], route)


def list_changed_urls() -> list[list[str]]:
    today = dict(reversed(row) for row in list_route_patterns_and_names())
    return [[old, name] for old, name in OLD_URLS if today[name] != old]


CHANGED_URLS = list_changed_urls()


def test_many_urls_have_changed():
    assert len(CHANGED_URLS) == 168


def test_old_urls_redirect_to_page_of_same_name(client):
    """Without a fixture for the database: asking it would fail."""
    wrong = []
    for old, name in CHANGED_URLS:
        answer = client.get(f"/{build_example_url(old)}?q=a+b&q=%C3%A9")
        path, _, query = answer.url.partition("?")
        match = resolve(path)
        values = RoutePattern(old, is_endpoint=True).match(build_example_url(old))[2]
        is_same = (answer.status_code, query, match.view_name) == (308, "q=a+b&q=%C3%A9", name)
        wrong += [] if is_same and match.kwargs == match.kwargs | values else [(old, path)]

    assert wrong == []


def test_current_urls_are_not_redirected():
    assert [
        route for route, _name in list_route_patterns_and_names() if find_new_path(f"/{build_example_url(route)}")
    ] == []


def test_old_url_without_trailing_slash_redirects():
    assert find_new_path("/ours/desk") == "ours/tasks/"


def test_unknown_url_is_not_redirected(client):
    with pytest.raises(Resolver404):
        resolve("/ours/nothing/of/this/kind/")
    assert find_new_path("/ours/nothing/of/this/kind/") is None


def test_old_urls_do_not_match_new_routes():
    new = [[route, name] for route, name in list_route_patterns_and_names() if [route, name] not in OLD_URLS]
    known = {name for _old, name in OLD_URLS}
    conflicts = [
        (old, was, route, name)
        for route, name in new
        for old, was in OLD_URLS
        if was != name and name in known and do_routes_overlap(old, route)
    ]
    assert conflicts == []


def do_routes_overlap(first_route: str, second_route: str) -> bool:
    """Return True if some path could match both routes."""
    ones, others = first_route.split("/"), second_route.split("/")
    return len(ones) == len(others) and all(map(do_parts_overlap, ones, others))


def do_parts_overlap(first_part: str, second_part: str) -> bool:
    if "<" not in second_part:
        first_part, second_part = second_part, first_part
    if "<" in first_part:
        return True
    return bool(RoutePattern(second_part, is_endpoint=True).match(first_part)) or first_part == second_part

"""`reverse_row_url` returns what Django's `reverse` returns, and reverses a route once for all rows."""

import pytest
from django.urls import NoReverseMatch, base, reverse
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.core import row_urls
from jukwaa.core.row_urls import reverse_row_url

ROUTES_WITH_ROW = [
    ("meetings:entry_detail", ["our-coalition"]),
    ("drafting:clause_detail", ["our-coalition", 7]),
    ("meetings:attendance_remove", ["our-coalition", 7]),
]


@pytest.mark.parametrize(("route_name", "other_arguments"), ROUTES_WITH_ROW)
@given(row_number=st.integers(min_value=0, max_value=2**63))
def test_reverse_row_matches_django_reverse(route_name, other_arguments, row_number):
    assert reverse_row_url(route_name, *other_arguments, row_number) == reverse(
        route_name, args=[*other_arguments, row_number]
    )


def test_reverse_row_reverses_route_once(monkeypatch):
    reversed_names = []
    real = row_urls.reverse
    monkeypatch.setattr(row_urls, "reverse", lambda *args: reversed_names.append(args[0]) or real(*args))
    row_urls._split_route_at_id.cache_clear()

    for number in range(100):
        reverse_row_url("meetings:entry_detail", "our-coalition", number)

    assert reversed_names == ["meetings:entry_detail"]


def test_reverse_row_follows_the_script_prefix():
    reverse_row_url("meetings:entry_detail", "our-coalition", 1)
    base.set_script_prefix("/below/")
    try:
        assert (
            reverse_row_url("meetings:entry_detail", "our-coalition", 1) == "/below/our-coalition/meetings/entries/1/"
        )
    finally:
        base.set_script_prefix("/")


def test_reverse_row_refuses_unknown_routes():
    with pytest.raises(NoReverseMatch):
        reverse_row_url("meetings:no_such_route", "our-coalition", 1)
    with pytest.raises(ValueError, match="invalid literal"):
        reverse_row_url("meetings:entry_detail", "our-coalition", "../7")

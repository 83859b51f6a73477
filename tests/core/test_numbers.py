"""Numbers of rows, as people and addresses write them."""

import pytest

from jukwaa.core.row_numbers import find_row_number_in_address, parse_row_number


@pytest.mark.parametrize(
    ("text", "parsed_number"), [("12", 12), ("", 0), ("x", 0), ("-1", 0), ("²", 0), ("٣", 0), ("9" * 19, 0)]
)
def test_invalid_row_number_is_parsed_as_none(text, parsed_number):
    assert parse_row_number(text) == parsed_number


@pytest.mark.parametrize(
    ("text", "record_number"),
    [
        ("12", 12),
        ("#12", 12),
        (" /ours/library/12/ ", 12),
        ("https://testserver/ours/library/12/?page=3#c4", 12),
        ("https://testserver/ours/work/7/deliverables/12/edit", 12),
        ("https://TestServer:8000/ours/library/12/", 12),
        ("https://testserver/", 0),
        ("https://example.org/ours/library/12/", 0),
        ("https://[12", 0),
    ],
)
def test_record_number_is_parsed_from_address(text, record_number):
    assert find_row_number_in_address(text) == record_number

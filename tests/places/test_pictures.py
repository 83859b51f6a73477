"""Pictures of counts: well-formed, complete, and honest about what a bead stands for."""

import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.places.count_graphics import choose_bead_value, draw_bead_row, draw_world_map
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_by_code

SHADE_CLASSES = {0: "v0", 1: "v1", 2: "v2", 3: "v2"}
COUNT_STRATEGY = st.dictionaries(st.sampled_from(sorted(COUNTRIES_BY_CODE)), st.integers(0, 50))


def list_country_shades(svg_source):
    """Where the beads of each shade stand."""
    return {
        path.get("class"): re.findall(r"M(\d+) (\d+)h0", path.get("d"))
        for path in ET.fromstring(svg_source).iter("path")
    }


def list_bead_positions(country_code):
    tile = get_country_by_code(country_code).tile
    return str(2 * tile.column + 1), str(2 * tile.row + 1)


@given(COUNT_STRATEGY, st.booleans())
def test_every_country_is_drawn_once_in_its_shade(country_counts, country_letters):
    drawn = list_country_shades(draw_world_map(country_counts, title="Members", shows_letters=country_letters))

    assert Counter(bead for beads in drawn.values() for bead in beads) == Counter(
        map(list_bead_positions, COUNTRIES_BY_CODE)
    )
    expected = {code: SHADE_CLASSES.get(number, "v3") for code, number in country_counts.items()}
    assert {
        code: [c for c, beads in drawn.items() if list_bead_positions(code) in beads] for code in country_counts
    } == {code: [shade] for code, shade in expected.items()}


def test_map_is_image_with_accessible_name():
    root = ET.fromstring(draw_world_map({"KE": 2}, title="Members stand in <one> country.", map_name="members"))

    assert {name: root.get(name) for name in root.keys()} == {  # noqa: SIM118  # an element has keys but is no mapping
        "class": "map",
        "viewBox": "0 0 80 42",
        "role": "img",
        "aria-labelledby": "members-title",
        "stroke-width": "1.6",
    }
    assert (root[0].tag, root[0].get("id"), root[0].text) == (
        "title",
        "members-title",
        "Members stand in <one> country.",
    )


def test_ringed_countries_are_marked_on_map():
    root = ET.fromstring(draw_world_map({}, title="Next", ringed_codes=["MU", "KE", "MU"]))

    assert [(c.get("class"), c.get("cx"), c.get("cy")) for c in root.iter("circle")] == [
        ("ring", *list_bead_positions("KE")),
        ("ring", *list_bead_positions("MU")),
    ]


def test_map_with_letters_labels_every_country():
    root = ET.fromstring(draw_world_map({"MU": 2, "KE": 1}, title="Members", shows_letters=True))

    assert root.get("viewBox") == "0 0 400 210"
    assert sorted(t.text for t in root.iter("tspan")) == sorted(COUNTRIES_BY_CODE)
    assert [t.text for t in root.iter("tspan") if t.get("class") == "on"] == ["MU"]


def test_map_needs_no_inline_style():
    assert (
        "style"
        not in draw_world_map({"MU": 1}, title="Members", ringed_codes=["MU"], shows_letters=True)
        + draw_bead_row(3).svg
    )


def test_former_country_is_omitted_from_map():
    assert draw_world_map({"YU": 3, "KE": 1}, title="Members") == draw_world_map({"KE": 1}, title="Members")


@pytest.mark.parametrize(
    ("country_count", "bead_count", "stands_for"),
    [(0, 0, 1), (1, 1, 1), (30, 30, 1), (31, 3, 10), (49, 5, 10), (300, 30, 10), (301, 3, 100), (9999, 10, 1000)],
)
def test_bead_represents_ten_countries_above_thirty(country_count, bead_count, stands_for):
    bar = draw_bead_row(country_count)

    assert (len(list_country_shades(bar.svg).get("v3", [])), bar.stands_for) == (bead_count, stands_for)


def test_compared_bead_rows_use_same_scale():
    numbers = [120, 12, 3, 0]
    each = choose_bead_value(numbers)

    drawn = [len(list_country_shades(draw_bead_row(n, bead_value=each).svg).get("v3", [])) for n in numbers]

    assert (each, drawn) == (10, [12, 1, 1, 0])


def test_empty_counts_need_no_scale():
    assert choose_bead_value([]) == 1


@given(st.integers(0, 100_000))
def test_bead_row_has_at_most_thirty_beads(country_count):
    assert len(list_country_shades(draw_bead_row(country_count).svg).get("v3", [])) <= 30


def test_negative_count_is_refused():
    with pytest.raises(ValueError, match="-1"):
        draw_bead_row(-1)

"""Pictures of counts, drawn by the server: a tile map of the world, and rows of beads.

A bead is a stroke of no length with round caps, seven bytes long. Colours come from the page's style sheet (`.v0` to
`.v3`, `.ring`). Whoever shows a picture puts its table or its number on the same page.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jukwaa.places.countries import COUNTRIES_BY_CODE, Country, get_country_by_code

MAP_SHADE_THRESHOLDS = (1, 2, 4)  # from how many on a bead takes the next shade: 1; 2 or 3; 4 or more
MAP_CELL_SIZE = 2  # units of the map's drawing from one tile to the next
MAP_LETTER_SCALE_PERCENT = 5  # a map with letters is drawn this much larger: browsers round small type
BEAD_WIDTH = 9  # units of a row's drawing from one bead to the next
MAX_BEADS_PER_ROW = 30
MAP_WIDTH = MAP_CELL_SIZE * (1 + max(known.tile.column for known in COUNTRIES_BY_CODE.values()))
MAP_HEIGHT = MAP_CELL_SIZE * (1 + max(known.tile.row for known in COUNTRIES_BY_CODE.values()))


class BeadRow(NamedTuple):
    """A row of beads, and how many each of them stands for, so that the page can say so."""

    svg: SafeString
    stands_for: int


def draw_world_map(
    counts: Mapping[str, int],
    *,
    title: str,
    ringed_codes: Collection[str] = (),
    shows_letters: bool = False,
    map_name: str = "map",
) -> SafeString:
    """The world with a bead for each country, darker where more are counted, and rings around those to point at.

    `title` says in a sentence what the map shows. `shows_letters` writes each country's code on its bead. `map_name`
    must differ between the maps of a page. What is no country today has no bead: its table names it.
    """
    scale = MAP_LETTER_SCALE_PERCENT if shows_letters else 1
    return format_html(
        '<svg class="map" viewBox="0 0 {} {}" role="img" aria-labelledby="{name}-title" stroke-width="1.6">'
        '<title id="{name}-title">{title}</title>{beads}{letters}</svg>',
        MAP_WIDTH * scale,
        MAP_HEIGHT * scale,
        name=map_name,
        title=title,
        beads=_scale_svg_drawing(
            _draw_country_shades(tuple(counts.items())) + _draw_country_rings(ringed_codes), scale
        ),
        letters=_draw_country_letters(counts) if shows_letters else "",
    )


def choose_bead_value(shown_counts: Iterable[int]) -> int:
    """How many a bead must stand for, so that the longest of these rows fits: 1, 10, 100, ..."""
    largest = max(shown_counts, default=0)
    stands_for = 1
    while largest > MAX_BEADS_PER_ROW * stands_for:
        stands_for *= 10
    return stands_for


@lru_cache(maxsize=512)
def draw_bead_row(shown_count: int, *, bead_value: int | None = None) -> BeadRow:
    """A row of beads for a number; above 30 a bead stands for ten, above 300 for a hundred.

    Rows that are compared must be drawn alike: pass `stands_for=beads_stand_for(all_the_numbers)`. What is there at all
    gets at least one bead.
    """
    if shown_count < 0:
        raise ValueError(f"{shown_count} can't be drawn as beads")
    each = bead_value or choose_bead_value([shown_count])
    beads = max(round(shown_count / each), min(shown_count, 1))
    width = BEAD_WIDTH * max(beads, 1)
    strokes = "".join(f"M{4 + BEAD_WIDTH * position} 6h0" for position in range(beads))
    svg = format_html(
        '<svg viewBox="0 0 {width} 12" width="{width}" height="12" aria-hidden="true" stroke-width="7">{path}</svg>',
        width=width,
        path=format_html('<path class="v3" d="{}"/>', strokes) if beads else "",
    )
    return BeadRow(svg, each)


@lru_cache(maxsize=64)
def _draw_country_shades(counts: tuple[tuple[str, int], ...]) -> SafeString:
    """One path for each shade that occurs; every country stands in exactly one."""
    shades: dict[int, list[Country]] = {}
    wanted = dict(counts)
    for code, known in COUNTRIES_BY_CODE.items():
        shades.setdefault(bisect_right(MAP_SHADE_THRESHOLDS, wanted.get(code, 0)), []).append(known)
    rows = ((shade, _draw_country_strokes(shades[shade])) for shade in sorted(shades))
    return format_html_join("", '<path class="v{}" d="{}"/>', rows)


def _draw_country_strokes(countries: Iterable[Country]) -> str:
    in_reading_order = sorted(countries, key=lambda known: (known.tile.row, known.tile.column))
    return "".join(f"M{x} {y}h0" for x, y in map(_get_tile_centre, in_reading_order))


def _draw_country_rings(ringed_countries: Collection[str]) -> SafeString:
    centres = (_get_tile_centre(get_country_by_code(code)) for code in sorted(set(ringed_countries)))
    circle = '<circle class="ring" cx="{}" cy="{}" r=".92" fill="none" stroke-width=".22"/>'
    return format_html_join("", circle, centres)


def _draw_country_letters(counts: Mapping[str, int]) -> SafeString:
    """Each country's code on its bead, a line of text for each row of tiles."""
    rows: dict[int, list[Country]] = {}
    for known in sorted(COUNTRIES_BY_CODE.values(), key=lambda known: known.tile.column):
        rows.setdefault(known.tile.row, []).append(known)
    lines = ((_get_letter_baseline(row), _draw_country_codes(rows[row], counts)) for row in sorted(rows))
    return format_html_join("", '<text y="{}">{}</text>', lines)


def _draw_country_codes(countries: Iterable[Country], counts: Mapping[str, int]) -> SafeString:
    """Codes on the two darker shades are written in the colour that reads on them."""
    cells = (
        (
            _get_dark_shade_class(counts.get(known.code, 0)),
            _get_tile_centre(known)[0] * MAP_LETTER_SCALE_PERCENT,
            known.code,
        )
        for known in countries
    )
    return format_html_join("", '<tspan{} x="{}">{}</tspan>', cells)


def _get_dark_shade_class(shown_count: int) -> SafeString:
    return SafeString(' class="on"' if shown_count >= MAP_SHADE_THRESHOLDS[1] else "")


def _get_letter_baseline(tile_row: int) -> str:
    return f"{(MAP_CELL_SIZE * tile_row + 1) * MAP_LETTER_SCALE_PERCENT + 1.5:g}"


def _get_tile_centre(known_country: Country) -> tuple[int, int]:
    return MAP_CELL_SIZE * known_country.tile.column + 1, MAP_CELL_SIZE * known_country.tile.row + 1


def _scale_svg_drawing(svg_drawing: SafeString, scale_percent: int) -> SafeString:
    return (
        format_html('<g transform="scale({})">{}</g>', scale_percent, svg_drawing)
        if scale_percent != 1
        else svg_drawing
    )

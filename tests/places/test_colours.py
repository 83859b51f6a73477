"""The beads of the map can be told from their ground, in light and in dark (WCAG 2.1, 1.4.11: at least 3 to 1)."""

import math
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

TOKENS, COMPONENTS = (
    Path(finders.find(f"core/css/{name}.css")).read_text("utf-8") for name in ("tokens", "components")
)
type Lab = tuple[float, float, float]


def get_token_value(colour_name: str) -> str:
    return re.search(rf"--{colour_name}: (.+);", TOKENS)[1]


def parse_colour(css_value: str, theme_index: int) -> Lab:
    """What the style sheet says, in OKLab; `theme_index` is 0 for light and 1 for dark."""
    if known := re.fullmatch(r"var\(--([\w-]+)\)", css_value):
        return parse_colour(get_token_value(known[1]), theme_index)
    if mix := re.fullmatch(r"color-mix\(in oklab, (.+) (\d+)%, (.+)\)", css_value):
        share = int(mix[2]) / 100
        pairs = zip(parse_colour(mix[1], theme_index), parse_colour(mix[3], theme_index), strict=True)
        one, two, three = (share * one + (1 - share) * other for one, other in pairs)
        return one, two, three
    lightness, chroma, hue = map(float, re.findall(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)", css_value)[theme_index])
    return lightness, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))


def compute_relative_luminance(oklab_colour: Lab) -> float:
    """The Y of CIE XYZ, by the matrices of OKLab (Björn Ottosson, 2020)."""
    lightness, a, b = oklab_colour
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def compute_contrast_ratio(first_colour: Lab, other_colour: Lab) -> float:
    darker, lighter = sorted([compute_relative_luminance(first_colour), compute_relative_luminance(other_colour)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme_index", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("background_token", ["paper", "sheet"])
@pytest.mark.parametrize("shade_token", ["v1", "v2", "v3", "ring"])
def test_bead_has_contrast_to_background(shade_token, background_token, theme_index):
    stroke = re.search(rf"\.{shade_token} {{ stroke: (.+); }}", COMPONENTS)[1]

    assert (
        compute_contrast_ratio(
            parse_colour(stroke, theme_index), parse_colour(f"var(--{background_token})", theme_index)
        )
        >= 3
    )


def test_black_and_white_have_maximum_contrast():
    assert compute_contrast_ratio((1, 0, 0), (0, 0, 0)) == pytest.approx(21, abs=0.01)


def test_old_browsers_get_plain_colour_values():
    plain = TOKENS.partition("@supports not")[2]
    used = re.findall(r"\.v\d {[^}]*stroke: var\(--([\w-]+)\)", COMPONENTS)

    assert (len(used), [name for name in used if f"--{name}: #" not in plain]) == (4, [])

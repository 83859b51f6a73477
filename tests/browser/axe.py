"""axe-core over a page: light and dark, left-to-right and right-to-left, 360 and 1280 pixels wide.

A page is looked at in two opposite variants, which have each of these once; its address says which two, so that all
eight come up over all pages. `make test-deep` looks at all eight of each page. They are switched in place, on one load.
"""

from itertools import product
from urllib.parse import urlsplit
from zlib import crc32

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.deep import IS_DEEP_RUN

type Variant = tuple[str, str, int]
SCHEMES, DIRECTIONS, WIDTHS = ("light", "dark"), ("ltr", "rtl"), (360, 1280)
ALL_VARIANTS: list[Variant] = list(product(SCHEMES, DIRECTIONS, WIDTHS))
OPPOSITE_VARIANTS = list(zip(ALL_VARIANTS[:4], ALL_VARIANTS[:3:-1], strict=True))
AXE_RULE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
# One line for each violation; what passed would be most of the answer, and stays in the browser.
RUN_AXE_SCRIPT = """async ([direction, rules]) => {
  document.documentElement.dir = direction;
  return (await axe.run(document, rules)).violations.map(row => `${row.id}: ${row.nodes[0].html.slice(0, 120)}`);
}"""
MEASURE_WIDTH_SCRIPT = """direction => {
  document.documentElement.dir = direction;
  return document.documentElement.scrollWidth;
}"""


def list_checked_variants(url: str) -> list[Variant]:
    return (
        ALL_VARIANTS
        if IS_DEEP_RUN
        else list(OPPOSITE_VARIANTS[crc32(urlsplit(url).path.encode()) % len(OPPOSITE_VARIANTS)])
    )


def find_accessibility_violations(page: Page) -> dict[str, list[str]]:
    """Variant to what is wrong in it; empty where nothing is. Also names a page that is wider than its window."""
    found: dict[str, list[str]] = {}
    page.evaluate(Axe().axe_script)
    for scheme, direction, width in list_checked_variants(page.url):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        wrong = page.evaluate(RUN_AXE_SCRIPT, [direction, AXE_RULE_OPTIONS])
        wrong += [
            f"wider than the window, {each}" for each in DIRECTIONS if page.evaluate(MEASURE_WIDTH_SCRIPT, each) > width
        ]
        if wrong:
            found[f"{scheme} {direction} {width}"] = wrong
    return found

"""axe-core over a page: light and dark, left-to-right and right-to-left, 360 and 1280 pixels wide.

In four variants each two of these meet once; `make test-deep` looks at all eight. They are switched in place, on one
load.
"""

from itertools import product

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.deep import DEEP

PAIRWISE = [("light", "ltr", 360), ("light", "rtl", 1280), ("dark", "ltr", 1280), ("dark", "rtl", 360)]
VARIANTS = list(product(("light", "dark"), ("ltr", "rtl"), (360, 1280))) if DEEP else PAIRWISE
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
# One line for each violation; what passed would be most of the answer, and stays in the browser.
RUN = """async rules => (await axe.run(document, rules)).violations.map(
  row => `${row.id}: ${row.nodes[0].html.slice(0, 120)}`)"""


def violations(page: Page) -> dict[str, list[str]]:
    """Variant to what is wrong in it; empty where nothing is. Also names a page that is wider than its window."""
    found: dict[str, list[str]] = {}
    page.evaluate(Axe().axe_script)
    for scheme, direction, width in VARIANTS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("direction => document.documentElement.dir = direction", direction)
        wrong = page.evaluate(RUN, RULES)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append("wider than the window")
        if wrong:
            found[f"{scheme} {direction} {width}"] = wrong
    return found

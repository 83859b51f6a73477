"""axe-core over a page in eight variants: light and dark, left-to-right and right-to-left, 360 and 1280 pixels wide.

They are switched in place on one load, which takes three seconds instead of thirty.
"""

from itertools import product

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

VARIANTS = list(product(("light", "dark"), ("ltr", "rtl"), (360, 1280)))
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


def violations(page: Page) -> dict[str, list[str]]:
    """Variant to what is wrong in it; empty where nothing is. Also names a page that is wider than its window."""
    found: dict[str, list[str]] = {}
    for scheme, direction, width in VARIANTS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("direction => document.documentElement.dir = direction", direction)
        results = Axe().run(page, options=RULES).response["violations"]
        wrong = [f"{row['id']}: {row['nodes'][0]['html'][:120]}" for row in results]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append("wider than the window")
        if wrong:
            found[f"{scheme} {direction} {width}"] = wrong
    return found

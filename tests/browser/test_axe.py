"""A fault that a page has in one colour scheme, direction or width alone is found in the variants that are chosen."""

import pytest
from playwright.sync_api import Page

from tests.browser.axe import (
    DIRECTIONS,
    OPPOSITE_VARIANTS,
    SCHEMES,
    WIDTHS,
    find_accessibility_violations,
    list_checked_variants,
)

pytestmark = pytest.mark.browser

FAULTY_PAGE_HTML = """<!doctype html><html lang="en"><title>A page</title>
<meta name="viewport" content="width=device-width"><style>%s</style>
<main><h1>A page</h1><p>Some words.</p></main></html>"""
CSS_BY_FAULT = {
    "pale in light": "@media (prefers-color-scheme: light) { p { color: #eee } }",
    "pale in dark": "@media (prefers-color-scheme: dark) { body { background: #111 } p { color: #333 } }",
    "wide on a phone": "@media (max-width: 40rem) { p { width: 500px } }",
    "wide on a screen": "@media (min-width: 64rem) { p { width: 2000px } }",
    "wide from left to right": "[dir=ltr] p { width: 2000px }",
    "wide from right to left": "[dir=rtl] p { width: 2000px }",
}


def test_page_is_checked_in_each_scheme_direction_and_width():
    for pair in OPPOSITE_VARIANTS:
        assert [set(values) for values in zip(*pair, strict=True)] == [{*SCHEMES}, {*DIRECTIONS}, {*WIDTHS}]
    seen = {
        variant for number in range(50) for variant in list_checked_variants(f"http://localhost/ours/{number}/?page=2")
    }
    assert seen == {variant for pair in OPPOSITE_VARIANTS for variant in pair}


@pytest.mark.parametrize("css_fault", [None, *CSS_BY_FAULT])
def test_accessibility_fault_is_found(page: Page, css_fault: str | None):
    page.route(
        "**/*",
        lambda route: route.fulfill(body=FAULTY_PAGE_HTML % CSS_BY_FAULT.get(css_fault, ""), content_type="text/html"),
    )
    page.goto(f"http://localhost/{css_fault}/")

    assert bool(find_accessibility_violations(page)) == (css_fault is not None)

"""Long pages begin with links to their sections."""

from django.template import Template
from django.template.context import Context

SECTIONS_HTML = """
<h2 id="minutes">Minutes &amp; notes <span>3</span></h2>
<section id="discussion" aria-label="x">
  <h2>Discussion</h2></section>
<section id="none"><p>No heading</p><h2>Without a place</h2></section>
"""


def render_page_contents(page_html):
    source = "{% load page_contents %}{% on_this_page %}{{ content|safe }}{% endon_this_page %}"
    return Template(source).render(Context({"content": page_html}))


def test_links_lead_to_headings():
    page = render_page_contents(SECTIONS_HTML)

    assert page.endswith(SECTIONS_HTML)
    assert '<nav class="row small below screen" aria-label="On this page">' in page
    assert '<a href="#minutes">Minutes &amp; notes 3</a><a href="#discussion">Discussion</a>' in page
    assert page.count("<a ") == 2


def test_single_section_has_no_links():
    page = '<h2 id="minutes">Minutes</h2>'

    assert render_page_contents(page) == page

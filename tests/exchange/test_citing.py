import re
from datetime import UTC, datetime
from itertools import accumulate

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.core.documents.text_cleaning import clean_text
from jukwaa.exchange.citations import Citation
from jukwaa.records.models import Authorship, Label
from tests.factories import CapacityFactory, EntryFactory, ItemFactory, OrganisationFactory

BIBTEX_ESCAPES = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciicircum{}": "^",
    r"\textasciitilde{}": "~",
    **{f"\\{letter}": letter for letter in "&%$#_"},
}


def parse_bibtex_entry(text):
    """One entry as BibTeX reads it: what stands in a brace ends where that brace is closed, escaped or not."""
    kind, key, body = re.fullmatch(r"@(\w+)\{([^,\s]+),\n(.*)\n\}\n", text, re.DOTALL).groups()
    fields = {}
    while body:
        name, body = re.fullmatch(r"  (\w+) = (\{.*)", body, re.DOTALL).groups()
        depths = accumulate({"{": 1, "}": -1}.get(letter, 0) for letter in body)
        end = next(place for place, depth in enumerate(depths) if depth == 0)
        fields[name], body = body[1:end], body[end + 1 :].removeprefix(",\n")
    return kind, key, fields


def remove_bibtex_braces(braced_text):
    """What TeX prints: the braces that group are not printed."""
    found = re.compile("|".join(map(re.escape, sorted(BIBTEX_ESCAPES, key=len, reverse=True))))
    pieces, last = [], 0
    for match in found.finditer(braced_text):
        pieces += [braced_text[last : match.start()].replace("{", "").replace("}", ""), BIBTEX_ESCAPES[match[0]]]
        last = match.end()
    return "".join([*pieces, braced_text[last:].replace("{", "").replace("}", "")])


def parse_bibtex_authors(author_field):
    """BibTeX parts names at an “and” outside of braces."""
    names, depth, start = [], 0, 0
    for place, letter in enumerate(author_field):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth == 0 and author_field.startswith(" and ", place + 1):
            names.append(author_field[start : place + 1])
            start = place + len(" and ") + 1
    return [*names, author_field[start:]]


def collapse_citation_spaces(text):
    return " ".join(clean_text(text)[0].split())


text_strategy = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60) | st.text(
    'ab {}\\%&$#_^~",@and\n', min_size=1, max_size=40
)
worded_text_strategy = text_strategy.filter(collapse_citation_spaces)


@given(
    item_title=worded_text_strategy, publisher=worded_text_strategy, authors=st.lists(worded_text_strategy, max_size=3)
)
def test_bibtex_is_read_back_unchanged(item_title, publisher, authors):
    citation = Citation(
        key="ours-12",
        kind="good-practice",
        authors=authors,
        date="2026-11-24",
        title=item_title,
        publisher=publisher,
        address="https://x.org/12/",
        language="pt-BR",
        note="",
    )
    kind, key, fields = parse_bibtex_entry(citation.as_bibtex)
    names = fields.pop("author")

    assert (kind, key) == ("misc", "ours-12")
    assert [remove_bibtex_braces(name) for name in parse_bibtex_authors(names)] == [
        collapse_citation_spaces(name) for name in authors or [publisher]
    ]
    assert {name: remove_bibtex_braces(value) for name, value in fields.items()} == {
        "title": collapse_citation_spaces(item_title),
        "publisher": collapse_citation_spaces(publisher),
        "year": "2026",
        "date": "2026-11-24",
        "url": "https://x.org/12/",
        "langid": "pt-BR",
    }


@pytest.fixture
def item(coalition, member):
    item = ItemFactory(
        coalition=coalition,
        title="Nine providers at 100 % & one table",
        state="published",
        published_at=datetime(2026, 3, 5, 12, tzinfo=UTC),
    )
    organisation = OrganisationFactory(coalition=coalition, name="The ministry")
    capacity = CapacityFactory(coalition=coalition, organisation=organisation, name="The ministry", person=member)
    Authorship.objects.create(record=item, person=member, capacity=capacity)
    return item


def get_citation_file(client, record, route_name="cite"):
    return client.get(reverse(f"exchange:{route_name}", args=[record.coalition.slug, record.pk]))


@pytest.mark.django_db
def test_citation_names_organisation_that_shared_record(client, item, settings):
    citation = get_citation_file(client, item).context["citation"]
    address = f"{settings.SITE_URL}{item.get_absolute_url()}"

    assert citation.as_text == (
        f"The ministry (2026). Nine providers at 100 % & one table. {item.coalition.name}. {address}"
    )


@pytest.mark.django_db
def test_bibtex_key_is_stable(client, item):
    answer = get_citation_file(client, item, "cite_bibtex")
    key = f"{item.coalition.slug}-{item.pk}"
    item.title, item.kind = "Another title", "model"
    item.save()

    assert answer.headers["Content-Disposition"] == f'attachment; filename="{key}.bib"'
    assert answer.headers["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert f"@misc{{{key},\n" in answer.text
    assert r"title = {{Nine providers at 100 \% \& one table}}" in answer.text
    assert f"@misc{{{key},\n" in get_citation_file(client, item, "cite_bibtex").text


@pytest.mark.django_db
def test_citation_names_no_person(client, coalition, member):
    item = ItemFactory(coalition=coalition, title="One table", published=True)
    capacity = CapacityFactory(coalition=coalition, name=member.name, person=member)
    Authorship.objects.create(record=item, person=member, capacity=capacity)
    client.force_login(member)
    citation = get_citation_file(client, item).context["citation"]

    assert citation.authors == []
    assert citation.as_text.startswith(f"{coalition.name} (")
    assert member.name not in citation.as_bibtex


@pytest.mark.django_db
def test_citation_of_restricted_record_has_label_and_needs_read_access(client, coalition, member):
    closed = EntryFactory(coalition=coalition, published=True, label=Label.GREEN)
    before = get_citation_file(client, closed).status_code, get_citation_file(client, closed, "cite_bibtex").status_code
    client.force_login(member)

    assert before == (404, 404)
    assert "note = {TLP:GREEN}" in get_citation_file(client, closed, "cite_bibtex").text
    assert (
        "The label of this record is TLP:GREEN. Share the citation only with people who can read the record."
        in get_citation_file(client, closed).text
    )

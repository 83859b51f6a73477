"""Two pages and five: as a page, in Word and as a tagged PDF, with dissent and with sources."""

import io

import pypdfium2
import pytest
from django.urls import reverse
from docx import Document as Docx

from jukwaa.core.documents.outgoing import to_pdf
from jukwaa.drafting import actions as drafting
from jukwaa.drafting.models import Call, Clause, Position, Text
from jukwaa.library.actions.readers import RecordReaders
from jukwaa.records.models import Label
from jukwaa.regions import actions
from jukwaa.regions.briefs import Brief, build_brief_document, describe_page_count
from jukwaa.regions.models import BriefShape
from tests.factories import CapacityFactory
from tests.regions.briefs import create_brief_of, create_decision, create_practice, get_brief_url, publish_brief_edition


@pytest.fixture
def text(coalition, rapporteur) -> Text:
    records = [create_practice(coalition, rapporteur), create_decision(coalition, rapporteur)]
    return create_brief_of(coalition, rapporteur, records, summary="In a sentence.")


@pytest.fixture
def published_brief(text, rapporteur):
    return publish_brief_edition(text, rapporteur)


def extract_docx_text(docx_content: bytes) -> str:
    document = Docx(io.BytesIO(docx_content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def extract_pdf_text(pdf_content: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf_content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def test_pdf_is_tagged_with_title_and_language(client, published_brief):
    pdf = client.get(
        get_brief_url("brief_file", published_brief.text, version="1.0", length="two", ending="pdf")
    ).content

    assert b"/MarkInfo" in pdf
    assert all(mark in pdf for mark in (b"/Lang(en)", b"/StructTreeRoot", b"pdfuaid"))
    assert pypdfium2.PdfDocument(pdf).get_metadata_dict()["Title"] == "What providers can do"
    assert "Sources" in extract_pdf_text(pdf)


@pytest.mark.parametrize("page_length", ["two", "five"])
def test_word_and_page_show_statements_sources_and_addressees(client, published_brief, page_length):
    file = client.get(
        get_brief_url("brief_file", published_brief.text, version="1.0", length=page_length, ending="docx")
    )
    page = client.get(get_brief_url("brief_read", published_brief.text, version="1.0", length=page_length)).text
    said = extract_docx_text(file.content)

    for words in (
        "Asking providers to one table worked.",
        "Ministry, or the government as a whole",
        "TLP:CLEAR",
        "[S1]",
    ):
        assert words in said
        assert words in page
    assert "Published without a consensus call. Reason: It is short." in said


def test_short_version_is_smaller_and_edition_content_is_fixed(client, text, rapporteur):
    step = BriefShape.objects.get().step
    actions.set_brief_shape(actor=rapporteur, text=text, addressed_to=["justice"], short=[1], from_step=step)
    publish_brief_edition(text, rapporteur)
    fresh = Text.objects.get(pk=text.pk)
    later = BriefShape.objects.first().step
    actions.set_brief_shape(actor=rapporteur, text=fresh, addressed_to=["parliament"], short=[1, 3], from_step=later)
    short = client.get(get_brief_url("brief_read", text, version="1.0", length="two")).text
    long = client.get(get_brief_url("brief_read", text, version="1.0", length="five")).text

    assert ("Why now" in short, "Why now" in long) == (False, True)
    assert ("Law enforcement and justice" in short, "Parliament" in short) == (True, False)
    client.force_login(rapporteur)
    draft = client.get(get_brief_url("brief_read", text, version="draft", length="two")).text
    assert ("Why now" in draft, "Parliament" in draft, "Draft, not published" in draft) == (True, True, True)


def test_dissent_is_printed_in_both_lengths(client, published_brief, delegate, organisation):
    text = published_brief.text
    now = published_brief.at
    call = Call.objects.create(
        text=text,
        revision=published_brief.revision,
        silence="nothing",
        opens_at=now,
        closes_at=now.replace(year=now.year + 1),
    )
    Call.objects.filter(pk=call.pk).update(outcome="with-dissent", reason="So", declared_at=now)
    capacity = CapacityFactory(coalition=text.coalition, organisation=organisation, name=organisation.name)
    for number, reason in ((1, "Not our issue."), (3, "Not now at all.")):
        clause = Clause.objects.get(text=text, number=number)
        said = {"person": delegate, "capacity": capacity, "organisation": organisation, "stands": number == 1}
        Position.objects.create(call=call, clause=clause, stance="object", reason=reason, **said)
    type(published_brief).objects.filter(pk=published_brief.pk).update(call=call)
    BriefShape.objects.update(short=[3])

    for length in ("two", "five"):
        page = client.get(get_brief_url("brief_read", text, version="1.0", length=length)).text
        assert "Not our issue." in page
        assert f"{organisation.name}, objects" in page


def test_actual_page_count_is_shown_with_advice(client, coalition, rapporteur):
    """A new brief fits; text that drafters add may not."""
    text = create_brief_of(coalition, rapporteur, [create_practice(coalition, rapporteur)])
    words = "A sentence of some length that fills a line. " * 60
    for _n in range(8):
        drafting.add_clause(actor=rapporteur, text=text, clause_draft=drafting.ClauseDraft(words))
    text.refresh_from_db(fields=["step"])
    client.force_login(rapporteur)
    page = client.get(get_brief_url("brief_pages", text, version="draft")).text
    pages = to_pdf(build_brief_document(Brief.build_for_draft(text, "five"))).pages

    assert pages > 5
    assert f"Length: {pages} pages. Shorten, merge or remove some clauses." in page
    assert "Length: 3 pages. Remove clauses from the 2-page version" in describe_page_count("two", 3)
    assert describe_page_count("two", 1) == "Length: 1 page."


def test_arabic_brief_is_right_to_left(coalition, rapporteur):
    text = create_brief_of(coalition, rapporteur, [create_practice(coalition, rapporteur)], language="ar", title="موجز")
    document = build_brief_document(Brief.build_for_draft(text, "two"))

    assert (document.direction, document.language) == ("rtl", "ar")
    assert b"/Lang(ar)" in to_pdf(document).pdf


def test_draft_is_visible_to_drafters_only(client, published_brief, member, rapporteur):
    text = published_brief.text
    draft = get_brief_url("brief_read", text, version="draft", length="two")
    found = [client.get(draft).status_code]
    for person in (member, rapporteur):
        client.force_login(person)
        found.append(client.get(draft).status_code)

    assert found == [404, 404, 200]
    for version, length in (("9.9", "two"), ("x", "two"), ("1.0", "three"), ("1.x", "two")):
        assert client.get(get_brief_url("brief_read", text, version=version, length=length)).status_code == 404
    assert client.get(get_brief_url("brief_file", text, version="1.0", length="two", ending="exe")).status_code == 404


def test_text_of_other_form_is_not_a_brief(client, guideline_text):
    assert client.get(get_brief_url("brief_detail", guideline_text)).status_code == 404


@pytest.fixture
def guideline_text(coalition, rapporteur) -> Text:
    text = drafting.begin_text(actor=rapporteur, coalition=coalition, title="A guideline", form="guideline")
    text = drafting.open_text_to_readers(actor=rapporteur, text=text)
    text.coalition = coalition
    return text


def test_brief_page_links_to_both_lengths_and_marks_placeholders_for_drafters(client, published_brief, rapporteur):
    text = published_brief.text
    for_readers = client.get(get_brief_url("brief_detail", text)).text
    client.force_login(rapporteur)
    for_drafters = client.get(get_brief_url("brief_detail", text)).text

    for length in ("two", "five"):
        assert get_brief_url("brief_file", text, version="1.0", length=length, ending="pdf") in for_readers
    assert ("[brackets]" in for_readers, "[brackets]" in for_drafters) == (False, True)
    assert "For: Ministry, or the government as a whole" in for_readers
    assert get_brief_url("brief_detail", text) in client.get(text.get_absolute_url()).text


@pytest.mark.parametrize("count", [1, 3])
def test_brief_list_query_count_is_constant(client, coalition, rapporteur, member, count, django_assert_num_queries):
    for _ in range(count):
        publish_brief_edition(create_brief_of(coalition, rapporteur), rapporteur)
    client.force_login(member)

    with django_assert_num_queries(5):
        page = client.get(reverse("regions:brief_list", args=[coalition.slug]))

    assert page.text.count("What providers can do") == count


def test_green_brief_has_label_on_files(client, coalition, rapporteur, member):
    inside = create_practice(coalition, rapporteur, label=Label.GREEN)
    text = create_brief_of(coalition, rapporteur, [inside], readers=RecordReaders(label=Label.GREEN))
    publish_brief_edition(text, rapporteur)
    url = get_brief_url("brief_file", text, version="1.0", length="two", ending="docx")
    visitor = client.get(url).status_code
    client.force_login(member)

    assert (visitor, client.get(url).status_code) == (404, 200)
    assert "TLP:GREEN" in extract_docx_text(client.get(url).content)

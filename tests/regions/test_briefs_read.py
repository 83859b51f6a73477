"""Two pages and five: as a page, in Word and as a tagged PDF, with dissent and with sources."""

import io

import pypdfium2
import pytest
from django.urls import reverse
from docx import Document as Docx

from jukwaa.core.documents.outgoing import to_pdf
from jukwaa.drafting import actions as drafting
from jukwaa.drafting.models import Call, Clause, Position, Text
from jukwaa.library.actions.readers import Readers
from jukwaa.records.models import Label
from jukwaa.regions import actions
from jukwaa.regions.briefs import Brief, build_brief_document, describe_page_count
from jukwaa.regions.models import BriefShape
from tests.factories import CapacityFactory
from tests.regions.briefs import at, decision, made, practice, published


@pytest.fixture
def text(coalition, rapporteur) -> Text:
    records = [practice(coalition, rapporteur), decision(coalition, rapporteur)]
    return made(coalition, rapporteur, records, summary="In a sentence.")


@pytest.fixture
def edition(text, rapporteur):
    return published(text, rapporteur)


def words_of(docx: bytes) -> str:
    document = Docx(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def words_in_pdf(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def test_the_pdf_is_tagged_and_has_a_title_and_a_language(client, edition):
    pdf = client.get(at("brief_file", edition.text, version="1.0", length="two", ending="pdf")).content

    assert b"/MarkInfo" in pdf
    assert all(mark in pdf for mark in (b"/Lang(en)", b"/StructTreeRoot", b"pdfuaid"))
    assert pypdfium2.PdfDocument(pdf).get_metadata_dict()["Title"] == "What providers can do"
    assert "Sources" in words_in_pdf(pdf)


@pytest.mark.parametrize("length", ["two", "five"])
def test_word_and_page_have_the_statements_their_sources_and_whom_it_addresses(client, edition, length):
    file = client.get(at("brief_file", edition.text, version="1.0", length=length, ending="docx"))
    page = client.get(at("brief_read", edition.text, version="1.0", length=length)).text
    said = words_of(file.content)

    for words in (
        "Asking providers to one table worked.",
        "Ministry, or the government as a whole",
        "TLP:CLEAR",
        "[S1]",
    ):
        assert words in said
        assert words in page
    assert "Published without a consensus call. Reason: It is short." in said


def test_two_pages_have_less_than_five_and_an_edition_keeps_its_shape(client, text, rapporteur):
    step = BriefShape.objects.get().step
    actions.set_brief_shape(actor=rapporteur, text=text, addressed_to=["justice"], short=[1], from_step=step)
    published(text, rapporteur)
    fresh = Text.objects.get(pk=text.pk)
    later = BriefShape.objects.first().step
    actions.set_brief_shape(actor=rapporteur, text=fresh, addressed_to=["parliament"], short=[1, 3], from_step=later)
    short = client.get(at("brief_read", text, version="1.0", length="two")).text
    long = client.get(at("brief_read", text, version="1.0", length="five")).text

    assert ("Why now" in short, "Why now" in long) == (False, True)
    assert ("Law enforcement and justice" in short, "Parliament" in short) == (True, False)
    client.force_login(rapporteur)
    draft = client.get(at("brief_read", text, version="draft", length="two")).text
    assert ("Why now" in draft, "Parliament" in draft, "Draft, not published" in draft) == (True, True, True)


def test_dissent_is_printed_in_both_also_on_a_clause_that_is_left_out(client, edition, delegate, organisation):
    text = edition.text
    now = edition.at
    call = Call.objects.create(
        text=text, revision=edition.revision, silence="nothing", opens_at=now, closes_at=now.replace(year=now.year + 1)
    )
    Call.objects.filter(pk=call.pk).update(outcome="with-dissent", reason="So", declared_at=now)
    capacity = CapacityFactory(coalition=text.coalition, organisation=organisation, name="A dissenting house")
    for number, reason in ((1, "Not our issue."), (3, "Not now at all.")):
        clause = Clause.objects.get(text=text, number=number)
        said = {"person": delegate, "capacity": capacity, "organisation": organisation, "stands": number == 1}
        Position.objects.create(call=call, clause=clause, stance="object", reason=reason, **said)
    type(edition).objects.filter(pk=edition.pk).update(call=call)
    BriefShape.objects.update(short=[3])

    for length in ("two", "five"):
        page = client.get(at("brief_read", text, version="1.0", length=length)).text
        assert "Not our issue." in page
        assert "A dissenting house, objects" in page


def test_how_many_pages_it_really_has_is_said_and_what_to_do(client, coalition, rapporteur):
    """As it is built it fits; what its drafters write may not."""
    text = made(coalition, rapporteur, [practice(coalition, rapporteur)])
    words = "A sentence of some length that fills a line. " * 60
    for _n in range(8):
        drafting.add_clause(actor=rapporteur, text=text, draft=drafting.ClauseDraft(words))
    text.refresh_from_db(fields=["step"])
    client.force_login(rapporteur)
    page = client.get(at("brief_pages", text, version="draft")).text
    pages = to_pdf(build_brief_document(Brief.for_draft(text, "five"))).pages

    assert pages > 5
    assert f"Length: {pages} pages. Shorten, merge or remove some clauses." in page
    assert "Length: 3 pages. Remove clauses from the 2-page version" in describe_page_count("two", 3)
    assert describe_page_count("two", 1) == "Length: 1 page."


def test_a_brief_in_arabic_runs_from_right_to_left(coalition, rapporteur):
    text = made(coalition, rapporteur, [practice(coalition, rapporteur)], language="ar", title="موجز")
    document = build_brief_document(Brief.for_draft(text, "two"))

    assert (document.direction, document.language) == ("rtl", "ar")
    assert b"/Lang(ar)" in to_pdf(document).pdf


def test_what_is_in_the_making_is_there_for_its_drafters_alone(client, edition, member, rapporteur):
    text = edition.text
    draft = at("brief_read", text, version="draft", length="two")
    found = [client.get(draft).status_code]
    for person in (member, rapporteur):
        client.force_login(person)
        found.append(client.get(draft).status_code)

    assert found == [404, 404, 200]
    for version, length in (("9.9", "two"), ("x", "two"), ("1.0", "three"), ("1.x", "two")):
        assert client.get(at("brief_read", text, version=version, length=length)).status_code == 404
    assert client.get(at("brief_file", text, version="1.0", length="two", ending="exe")).status_code == 404


def test_a_text_of_another_form_is_no_brief(client, open_text):
    assert client.get(at("brief_detail", open_text)).status_code == 404


@pytest.fixture
def open_text(coalition, rapporteur) -> Text:
    text = drafting.begin_text(actor=rapporteur, coalition=coalition, title="A guideline", form="guideline")
    text = drafting.open_text(actor=rapporteur, text=text)
    text.coalition = coalition
    return text


def test_the_page_of_a_brief_leads_to_both_lengths_and_says_what_is_to_be_filled_in(client, edition, rapporteur):
    text = edition.text
    for_readers = client.get(at("brief_detail", text)).text
    client.force_login(rapporteur)
    for_drafters = client.get(at("brief_detail", text)).text

    for length in ("two", "five"):
        assert at("brief_file", text, version="1.0", length=length, ending="pdf") in for_readers
    assert ("[brackets]" in for_readers, "[brackets]" in for_drafters) == (False, True)
    assert "For: Ministry, or the government as a whole" in for_readers
    assert at("brief_detail", text) in client.get(text.get_absolute_url()).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_briefs_costs_the_same_however_many(
    client, coalition, rapporteur, member, count, django_assert_num_queries
):
    for _ in range(count):
        published(made(coalition, rapporteur), rapporteur)
    client.force_login(member)

    with django_assert_num_queries(5):
        page = client.get(reverse("regions:brief_list", args=[coalition.slug]))

    assert page.text.count("What providers can do") == count


def test_a_green_brief_says_its_label_on_its_files(client, coalition, rapporteur, member):
    inside = practice(coalition, rapporteur, label=Label.GREEN)
    text = made(coalition, rapporteur, [inside], readers=Readers(label=Label.GREEN))
    published(text, rapporteur)
    url = at("brief_file", text, version="1.0", length="two", ending="docx")
    visitor = client.get(url).status_code
    client.force_login(member)

    assert (visitor, client.get(url).status_code) == (404, 200)
    assert "TLP:GREEN" in words_of(client.get(url).content)

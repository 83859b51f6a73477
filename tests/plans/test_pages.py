"""The pages and exports of a plan: query counts, content and label."""

import io
import re
import zipfile

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.places.former_countries import EXAMPLE_COUNTRY_CODE
from jukwaa.plans.actions import add_capability_evidence, add_team_member, open_plan, set_plan_baseline
from jukwaa.plans.models import Tie
from jukwaa.records import index
from jukwaa.records.models import Authorship
from tests.factories import (
    AffiliationFactory,
    CapacityFactory,
    EventFactory,
    ItemFactory,
    MembershipFactory,
    NeedFactory,
    OrganisationFactory,
)
from tests.plans.plan_steps import add_assessment, build_plan_url, create_government


def add_plan_rows(coalition, plan, lead, count):
    """Add this number of rows of each type."""
    for number in range(count):
        add_assessment(plan, lead, str(number + 1), "needed", next_step=f"Step {number}", words=f"Words {number}")
        set_plan_baseline(actor=lead, plan=plan, name=f"Moment {number}")
        event = EventFactory(coalition=coalition, published=True, on=timezone.localdate())
        Tie.objects.create(plan=plan, part="event", record=event, by=lead)
        need = NeedFactory(coalition=coalition, published=True)
        Tie.objects.create(plan=plan, part="need", capability="mnr-2016/1", record=need, by=lead)
        item = ItemFactory(
            coalition=coalition, title="Leadership", details={"capabilities": ["mnr-2016/1"]}, published=True
        )
        add_capability_evidence(actor=lead, plan=plan, capability="mnr-2016/1", record=item)
        member = MembershipFactory(coalition=coalition).organisation
        Authorship.objects.create(record=item, person=lead, capacity=CapacityFactory(organisation=member))
        index.reindex_record(item)
        person = AffiliationFactory(organisation=OrganisationFactory(coalition=coalition, country="FJ")).person
        add_team_member(actor=lead, plan=plan, person=person, role="reads")


@pytest.mark.parametrize("count", [1, 3])
def test_plan_page_query_count_is_constant(client, coalition, plan, plan_lead, django_assert_num_queries, count):
    add_plan_rows(coalition, plan, plan_lead, count)
    client.force_login(plan_lead)
    with django_assert_num_queries(10):
        client.get(build_plan_url("plan_detail", plan))


@pytest.mark.parametrize("count", [1, 3])
def test_capability_page_query_count_is_constant(client, coalition, plan, plan_lead, django_assert_num_queries, count):
    add_plan_rows(coalition, plan, plan_lead, count)
    client.force_login(plan_lead)
    page = build_plan_url("capability_detail", plan, 1)
    with django_assert_num_queries(12):
        assert "1 library item on this topic" in client.get(page).text
    with django_assert_num_queries(6):  # what fits beside it is kept
        client.get(page)


@pytest.mark.parametrize("count", [1, 3])
def test_plan_list_query_count_is_constant(client, coalition, plan_lead, django_assert_num_queries, count):
    for framework in ("mnr-2016", "mnr-2022", "inspire")[:count]:
        open_plan(actor=plan_lead, coalition=coalition, country="FJ", framework=framework, title=framework)
    client.force_login(plan_lead)
    with django_assert_num_queries(7):
        client.get(reverse("plans:overview", args=[coalition.slug]))


def extract_file_text(response, file_extension) -> str:
    if file_extension == "pdf":
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(response.content))
    if file_extension == "csv":
        return response.text
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    return " ".join(
        archive.read(name).decode("utf-8", "ignore") for name in archive.namelist() if name.endswith(".xml")
    )


@pytest.mark.parametrize("file_extension", ["pdf", "docx", "xlsx", "csv"])
def test_exports_carry_label_and_content(client, plan, plan_lead, file_extension):
    add_assessment(
        plan, plan_lead, "11", "needed", words="Nobody answers at night", next_step="Find people", body="The ministry"
    )
    client.force_login(plan_lead)
    response = client.get(build_plan_url("plan_file", plan, file_extension))
    text = extract_file_text(response, file_extension)

    assert "TLP AMBER" in response.headers["Content-Disposition"]
    for said_there in ("TLP:AMBER", "Child Helpline", "Nobody answers at night", "Find people", "The ministry"):
        assert said_there in text


def test_pdf_has_label_on_each_page_and_is_tagged(client, plan, plan_lead):
    for number in range(1, 22):
        add_assessment(
            plan, plan_lead, str(number), "needed", words="What we found. " * 30, next_step="Go on", cost="10 euros"
        )
    client.force_login(plan_lead)
    document = pypdfium2.PdfDocument(client.get(build_plan_url("plan_file", plan, "pdf")).content)
    pages = [page.get_textpage().get_text_range() for page in document]

    assert len(pages) > 2
    assert all("TLP:AMBER" in page for page in pages)
    assert document.is_tagged()


def test_print_page_is_document_with_label(client, plan, plan_lead):
    add_assessment(plan, plan_lead, "11", "in-place", words="Day and night")
    client.force_login(plan_lead)
    page = client.get(build_plan_url("plan_print", plan)).text

    assert 'data-label="amber"' in page
    assert re.search(r"<h2>What is in place</h2>.*Day and night", page, re.DOTALL)


def test_demonstration_plan_is_marked_on_page_and_export(client, coalition):
    lead = AffiliationFactory(organisation=create_government(coalition, EXAMPLE_COUNTRY_CODE), may_speak=True).person
    plan = open_plan(
        actor=lead, coalition=coalition, country=EXAMPLE_COUNTRY_CODE, framework="mnr-2016", title="An example"
    )
    client.force_login(lead)
    for page in ("plan_detail", "plan_print"):
        assert "This is an example. It is not a real country" in client.get(build_plan_url(page, plan)).text


def test_spreadsheet_escapes_formulas(client, plan, plan_lead):
    add_assessment(plan, plan_lead, "11", "needed", words="=1+1")
    client.force_login(plan_lead)

    assert '"\'=1+1"' in client.get(build_plan_url("plan_file", plan, "csv")).text


def test_capability_page_links_to_previous_and_next(client, plan, plan_lead):
    client.force_login(plan_lead)
    pages = [client.get(build_plan_url("capability_detail", plan, number)).text for number in (1, 2, 21)]

    assert ('rel="prev"' in pages[0], 'rel="next"' in pages[2]) == (False, False)
    assert f'<a href="{build_plan_url("capability_detail", plan, 1)}" rel="prev">1. Leadership</a>' in pages[1]
    assert f'<a href="{build_plan_url("capability_detail", plan, 3)}" rel="next">3. Legislation</a>' in pages[1]


def test_arabic_pdf_isolates_direction_of_team_texts(client, coalition, plan, plan_lead):
    add_assessment(plan, plan_lead, "1", "needed", words="One minister (at last).", evidence="A note.")
    plan_lead.language = "ar"
    plan_lead.save()
    client.force_login(plan_lead)

    page = client.get(build_plan_url("plan_print", plan)).text
    assert all(f"<bdi>{words}</bdi>" in page for words in ("One minister (at last).", "A note."))
    word = zipfile.ZipFile(io.BytesIO(client.get(build_plan_url("plan_file", plan, "docx")).content))
    run = next(run for run in word.read("word/document.xml").decode().split("<w:r>") if "(at last)" in run)
    assert "<w:rtl" not in run

"""Organisations in a mailing list that the directory has under a longer name: they are asked about once."""

import pytest

from jukwaa.coalitions.actions import answer_questions_of_import, import_ready_rows
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.models import Affiliation
from tests.factories import AffiliationFactory, OrganisationFactory

HEADINGS = ["Email", "Full name", "Organisation"]


@pytest.fixture
def harbour(coalition):
    return OrganisationFactory(coalition=coalition, name="Harbour Watch Online Australia")


@pytest.fixture
def import_subscribers(import_rows):
    return lambda *rows: import_rows(*rows, heading=HEADINGS, kind="people")


def list_affiliations():
    return set(Affiliation.objects.values_list("person__name", "organisation__name"))


@pytest.mark.parametrize("name", ["Harbour Watch", "Harbour Watch Online Aust.", "Harbour Wach Online Australia"])
def test_shortened_name_of_an_organisation_is_asked_about(import_subscribers, harbour, coordinator, name):
    brought = import_subscribers(["a@q.example", "Ana Paz", name], ["b@q.example", "Ben Roe", name])
    (question,) = find_import_questions(brought).columns
    assert (question.column, question.text, question.options, question.numbers) == (
        *("organisation", name, (harbour.name,), [2, 3]),
    )

    decisions = {"organisation": {question.key: harbour.name}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    brought.refresh_from_db()
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert list_affiliations() == {("Ana Paz", harbour.name), ("Ben Roe", harbour.name)}


def test_page_offers_the_organisation_and_none(import_subscribers, harbour, client, coordinator, build_coalition_url):
    brought = import_subscribers(["a@q.example", "Ana Paz", "Harbour Watch"])
    client.force_login(coordinator)
    url = build_coalition_url("import_questions", brought.pk)
    (line,) = client.get(url).context["column_lines"]
    assert [str(label) for _value, label in line.control.field.choices] == [
        *("Choose an answer", harbour.name, "None of these"),
    ]
    client.post(url, {line.control.html_name: "-"})

    assert brought.rows.get().state == "waiting"
    (answered,) = client.get(url).context["form"].get_answered_lines()
    assert answered.control.value() == "-"


@pytest.mark.parametrize(
    "name", ["", "Sorrel Trust", "Harbour Watch Online Australia", "harbour watch online australia"]
)
def test_certain_and_unknown_names_are_not_asked_about(import_subscribers, harbour, name):
    brought = import_subscribers(["a@q.example", "Ana Paz", name])

    assert brought.rows.get().state == "waiting"


def test_contact_person_of_the_organisation_is_not_asked_about(import_subscribers, harbour):
    AffiliationFactory(organisation=harbour, person__name="Ana Paz", person__email="a@q.example")
    row = import_subscribers(["a@q.example", "Ana Paz", "Harbour Watch"]).rows.get()

    assert (row.state, row.notes) == ("waiting", [])


def test_many_shortened_names_can_be_left_empty_together(import_subscribers, coalition, coordinator):
    names = ["Quillwort", "Sorrel", "Bryony", "Harebell", "Tidewatch", "Thistledown"]
    for name in names:
        OrganisationFactory(coalition=coalition, name=f"{name} Foundation Trust")
    brought = import_subscribers(*[[f"{name}@q.example", f"Ana {name}", f"{name} Trust"] for name in names])
    assert "other-texts" in [each.key for each in find_import_questions(brought).columns]

    decisions = {"organisation": {"other-texts": "-"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    assert set(brought.rows.values_list("state", flat=True)) == {"waiting"}

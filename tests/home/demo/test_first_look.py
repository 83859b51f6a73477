"""What a visitor of the demo sees first: the coalition's real record, and six things to try."""

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.standing import Standing
from jukwaa.home.demo import DEMO_COALITION_SLUG, list_demo_people
from jukwaa.home.tasks_page import get_tasks
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.records.demo_parts import demo_task_registry
from jukwaa.records.models import Record

DEMO_PAGE_URL = reverse("home:demo")


@pytest.fixture
def demo_home_page(demo_coalition, db, client):
    return client.get(reverse("home:front", args=[DEMO_COALITION_SLUG])).text


def test_home_page_shows_meetings_consultations_and_decisions(demo_home_page):
    headings = ("Next meeting", "Open consultations", "Recent decisions and commitments", "History of the coalition")

    assert [heading for heading in headings if f">{heading}</h2>" not in " ".join(demo_home_page.split())] == []
    assert "Vilnius, 2010" in demo_home_page
    assert demo_home_page.index("Open consultations") < demo_home_page.index("What is new")


def test_made_up_decisions_are_not_on_home_page(demo_home_page):
    made_up = Record.objects.filter(is_example=True).values_list("title", flat=True)
    news = demo_home_page[demo_home_page.index('id="new"') : demo_home_page.index('id="objectives"')]
    agreed = demo_home_page[demo_home_page.index('id="agreed"') : demo_home_page.index('id="history"')]

    assert len(made_up) > 60
    assert [title for title in made_up if f">{title}<" in news + agreed] == []


def test_records_from_public_sources_are_not_marked(demo_coalition, db):
    sharm_el_sheikh = Meeting.objects.get(title__contains="Sharm El Sheikh")

    assert not sharm_el_sheikh.is_example
    assert set(Entry.objects.filter(meeting=sharm_el_sheikh).values_list("is_example", flat=True)) == {False}


def test_examples_are_marked_next_to_kind(demo_coalition, db, client):
    example = Record.objects.filter(is_example=True, kind="case-study", label="TLP:CLEAR", state="published")[0]
    real = Record.objects.filter(is_example=False, kind="meeting")[0]

    assert "Example</span>" in client.get(example.get_absolute_url()).text
    assert "Example</span>" not in client.get(real.get_absolute_url()).text.partition("</header>")[0]


def test_each_suggested_step_opens_for_its_person(demo_coalition, db, client, settings):
    settings.DEMO = True
    people = dict(list_demo_people())
    tasks = [build(demo_coalition) for _place, build in sorted(demo_task_registry.items())]

    assert len(tasks) == 6
    for task in tasks:
        if task.person:
            client.force_login(people[task.person])
        else:
            client.logout()
        assert client.get(task.path).status_code == 200, task.name


def test_demo_page_signs_people_in(demo_coalition, db, client, settings):
    settings.DEMO = True
    page = client.get(DEMO_PAGE_URL)
    title, person = next(list_demo_people())

    assert page.text.count("/account/link/") >= len(list(list_demo_people()))
    assert (title, person.name in page.text, "6 things to try" in page.text) == ("coordinator", True, True)


@pytest.mark.parametrize(
    "changed_fields", [{"email": "other@example.org"}, {"email": None, "erased_at": timezone.now()}]
)
def test_demo_page_omits_unavailable_person(demo_coalition, db, client, settings, changed_fields):
    settings.DEMO = True
    people = dict(list_demo_people())
    title = next(
        task.person for task in (build(demo_coalition) for build in demo_task_registry.values()) if task.person
    )
    steps = [build(demo_coalition).person for build in demo_task_registry.values()]
    Person.objects.filter(pk=people[title].pk).update(**changed_fields)
    page = client.get(DEMO_PAGE_URL)

    assert page.status_code == 200
    assert set(people) - set(dict(list_demo_people())) == {title}
    assert (people[title].name in page.text, f"You will be signed in as: {title}" in page.text) == (False, False)
    assert page.text.count("You will be signed in as") == sum(person not in {"", title} for person in steps)


def test_demo_page_is_missing_in_real_installation(demo_coalition, db, client, settings):
    settings.DEMO = False

    assert client.get(DEMO_PAGE_URL).status_code == 404


@pytest.mark.parametrize("persona_title", ["representative of a company", "representative of a regulator"])
def test_company_and_regulator_have_tasks(demo_coalition, db, persona_title):
    person = Person.objects.get(pk=dict(list_demo_people())[persona_title].pk)
    tasks = get_tasks(Standing(person, demo_coalition))

    assert len(tasks) >= 2

"""The desk: what waits for one person, soonest first, and only as long as it waits."""

from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.actions import decline_application
from jukwaa.coalitions.models import Role
from jukwaa.coalitions.standing import Standing
from jukwaa.home.tasks_page import get_tasks
from jukwaa.records.actions import release_held_submission
from jukwaa.records.models import Held
from jukwaa.records.quarantine_store import quarantine_if_suspect
from tests.factories import (
    AffiliationFactory,
    CapacityFactory,
    CommitmentFactory,
    ConsultationFactory,
    EntryFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
)
from tests.home.waiting_tasks import create_waiting_tasks
from tests.intake.readings import create_reading


@pytest.fixture
def tasks_page_url(coalition):
    def list_task_actions(person):
        return [item.title for item in get_tasks(Standing(person, coalition))]

    return list_task_actions


def create_promised_commitment(coalition, person, commitment_title, due_on):
    return CommitmentFactory(
        entry__coalition=coalition,
        entry__published=True,
        entry__title=commitment_title,
        owner=CapacityFactory(coalition=coalition, person=person, organisation=None),
        due_on=due_on,
    )


def test_tasks_are_sorted_by_due_date(coalition, rapporteur, tasks_page_url):
    meeting = MeetingFactory(coalition=coalition, published=True, title="Nairobi")
    EntryFactory(coalition=coalition, meeting=meeting, published=True)
    for title, due in (("Second", date(2030, 2, 1)), ("First", date(2030, 1, 1))):
        create_promised_commitment(coalition, rapporteur, title, due)

    assert tasks_page_url(rapporteur)[:2] == ["First", "Second"]
    assert "Edit the report of Nairobi" in tasks_page_url(rapporteur)[2:]


def test_quarantine_task_is_first_and_only_for_safeguarding_lead(
    client, coalition, safeguarding_lead, coordinator, tasks_page_url
):
    create_promised_commitment(coalition, safeguarding_lead, "Due long ago", date(2020, 1, 1))
    assert tasks_page_url(safeguarding_lead) == ["Due long ago"]
    held = quarantine_if_suspect(coalition=coalition, door=Held.Door.MAIL, text="My uncle touches me.")
    coalition.refresh_from_db()
    before = tasks_page_url(safeguarding_lead)
    pages = {}
    for person in (safeguarding_lead, coordinator):
        client.force_login(person)
        pages[person] = client.get(reverse("home:desk", args=[coalition.slug])).text

    assert before == ["Decide on 1 item in quarantine", "Due long ago"]
    assert [page.count('href="/ours/records/quarantine/"') for page in pages.values()] == [2, 0]
    assert "uncle" not in pages[safeguarding_lead]

    release_held_submission(actor=safeguarding_lead, held=held)
    coalition.refresh_from_db()
    assert tasks_page_url(safeguarding_lead) == ["Due long ago"]


def test_tasks_of_others_are_not_listed(coalition, rapporteur, member, tasks_page_url):
    create_promised_commitment(coalition, rapporteur, "Mine to do", None)

    assert (tasks_page_url(rapporteur)[0], tasks_page_url(member)) == ("Mine to do", [])


def test_done_task_disappears_from_cached_page(coalition, coordinator, tasks_page_url):
    waiting = MembershipFactory(coalition=coalition, standing="applied", starts_on=None, applied_on=date(2026, 1, 1))
    before, again = tasks_page_url(coordinator), tasks_page_url(coordinator)
    decline_application(actor=coordinator, membership=waiting, reason="Twice.")
    coalition.refresh_from_db()

    assert before == again
    assert len(tasks_page_url(coordinator)) == len(before) - 1


@pytest.mark.parametrize("row_count", [1, 3])
@pytest.mark.parametrize(
    ("role_kinds", "query_count_once", "query_count_thrice"),
    [
        ((), 20, 60),
        (("rapporteur",), 24, 72),
        (("editor",), 24, 72),
        (("safeguarding-lead",), 22, 64),
        (("coordinator",), 34, 94),
        (tuple(Role.Kind), 35, 97),
    ],
)
def test_tasks_page_query_count_is_constant(
    client, coalition, member, role_kinds, query_count_once, query_count_thrice, row_count, django_assert_num_queries
):
    for role in role_kinds:
        RoleFactory(coalition=coalition, person=member, kind=role)
    ministry = OrganisationFactory(coalition=coalition, country="NR", stakeholder_group="government")
    MembershipFactory(coalition=coalition, organisation=ministry)
    create_waiting_tasks(coalition, member, ministry, row_count)
    client.force_login(member)
    url = reverse("home:desk", args=[coalition.slug])

    with django_assert_num_queries(5):  # one of them finds the tasks
        first = client.get(url)
    with django_assert_num_queries(3):  # kept, until something is written
        client.get(url)

    assert len(first.context["items"]) == {1: query_count_once, 3: query_count_thrice}[row_count]


def test_unfinished_reading_task_follows_role_handover(coalition, rapporteur, member, tasks_page_url):
    create_reading(coalition, rapporteur)
    role = Role.objects.get(person=rapporteur, kind="rapporteur")

    role.ends_on = date(2020, 1, 1)
    role.save()
    Role.objects.create(coalition=coalition, person=member, kind="rapporteur")

    assert "Review suggestions from “Report of the session in Nairobi”" in tasks_page_url(member)
    assert "Review suggestions from “Report of the session in Nairobi”" in tasks_page_url(rapporteur)


def test_reading_task_is_only_for_person_who_started_it(coalition, rapporteur, coordinator, tasks_page_url):
    create_reading(coalition, rapporteur)

    assert "Review suggestions from “Report of the session in Nairobi”" in tasks_page_url(rapporteur)
    assert "Review suggestions from “Report of the session in Nairobi”" not in tasks_page_url(coordinator)


def test_task_opening_later_today_appears_with_compiled_query(coalition, member):
    soon = timezone.now() + timedelta(minutes=5)
    asked = ConsultationFactory(text__coalition=coalition, opens_at=soon)
    before = get_tasks(Standing(member, coalition))
    caches["pages"].clear()

    assert before == []
    deeds = [item.title for item in get_tasks(Standing(member, coalition, moment=soon))]
    assert deeds == [f"Respond to the consultation on “{asked.text.title}”"]


def test_compiled_task_query_returns_own_tasks_of_each_person(coalition, member, tasks_page_url):
    other = PersonFactory()
    for person in (member, other):
        seat = MembershipFactory(coalition=coalition)
        AffiliationFactory(organisation=seat.organisation, person=person, may_speak=True)
        create_promised_commitment(coalition, person, f"Of {person.pk}", None)

    assert [deed for deed in tasks_page_url(member) if deed.startswith("Of")] == [f"Of {member.pk}"]
    assert [deed for deed in tasks_page_url(other) if deed.startswith("Of")] == [f"Of {other.pk}"]

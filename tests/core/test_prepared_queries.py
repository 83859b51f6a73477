import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from jukwaa.coalitions.directory import DirectoryFilters, count_organisations, get_organisation_page
from jukwaa.coalitions.models import Coalition, Organisation, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.core.prepared import QueryParameter, _compile_prepared_queryset, execute_prepared
from jukwaa.home.tasks_page import get_tasks
from jukwaa.library.item_lists import ItemFilters, get_item_page
from jukwaa.meetings.meeting_lists import get_agreement_page, get_meeting_page
from jukwaa.records.models import Document, Label
from tests.conftest import create_seated_person
from tests.factories import (
    AffiliationFactory,
    CoalitionFactory,
    DocumentFactory,
    MembershipFactory,
    OrganisationFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db

ROLE_COMBINATIONS = ((), (), ("coordinator",), ("editor",), ("rapporteur", "editor"), ("safeguarding-lead",))


def find_readable_documents(viewer, coalition, page_size) -> QuerySet[Document]:
    return Document.objects.visible_to(viewer).of(coalition).order_by("pk")[:page_size]


def find_organisations_by_name(name, number) -> QuerySet[Organisation]:
    return Organisation.objects.filter(name=name, pk__lte=number).order_by("pk")


def find_coalitions_by_slug(coalition) -> QuerySet[Coalition]:
    return Coalition.objects.filter(slug=coalition.slug)


def find_documents_by_day(meeting_day, current_moment) -> QuerySet[Document]:
    return Document.objects.filter(created_at__date=meeting_day, created_at__lte=current_moment).order_by("pk")


def find_no_documents(coalition) -> QuerySet[Document]:
    return Document.objects.of(coalition).filter(kind__in=[])


def find_slugs_of_coalitions_run_by(viewer) -> QuerySet[Role, str]:
    return Role.objects.held_by(viewer).order_by("coalition").values_list("coalition__slug", flat=True)


def test_prepared_query_returns_rows_of_original_query(coalition, other_coalition, member, outsider):
    for label in (Label.CLEAR, Label.GREEN, Label.RED):
        DocumentFactory(coalition=coalition, published=True, label=label)
    DocumentFactory(coalition=other_coalition, published=True, label=Label.GREEN)
    found = {}
    for viewer in (member, outsider, AnonymousUser()):
        for place in (coalition, other_coalition):
            for size in (1, 5):
                asked = (viewer, place, size)
                found[asked] = execute_prepared(find_readable_documents, *asked)
                assert found[asked] == list(find_readable_documents(*asked))
    assert [len(rows) for rows in found.values()] == [1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0]


def test_prepared_query_is_compiled_once(coalition, other_coalition, member, outsider, monkeypatch):
    execute_prepared(find_readable_documents, member, coalition, 3)
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    execute_prepared(find_readable_documents, outsider, other_coalition, 3)


def test_prepared_query_reflects_ended_role(coalition, member, time_machine):
    today = timezone.localdate()
    RoleFactory(coalition=coalition, person=member, kind=Role.Kind.EDITOR, ends_on=today)
    assert execute_prepared(find_slugs_of_coalitions_run_by, member) == [coalition.slug]
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert execute_prepared(find_slugs_of_coalitions_run_by, member) == []


def test_prepared_query_finds_new_rows(coalition, member):
    assert execute_prepared(find_readable_documents, member, coalition, 4) == []
    record = DocumentFactory(coalition=coalition, published=True)
    assert execute_prepared(find_readable_documents, member, coalition, 4) == [record]


def test_query_with_unsupported_parameter_is_refused(coalition):
    with pytest.raises(Coalition.DoesNotExist):
        execute_prepared(find_coalitions_by_slug, coalition)


def test_empty_query_returns_nothing(coalition):
    assert execute_prepared(find_no_documents, coalition) == []


def test_dates_and_datetimes_can_be_parameters(coalition, monkeypatch):
    made = DocumentFactory(coalition=coalition)
    Document.objects.filter(pk=made.pk).update(created_at=datetime(2026, 2, 10, 14, 30, tzinfo=UTC))
    asked = [(date(2026, 2, day), datetime(2026, 2, 10, hour, 30, tzinfo=UTC)) for day in (10, 11) for hour in (13, 14)]
    execute_prepared(find_documents_by_day, *map(QueryParameter, asked[0]))
    rows = [list(find_documents_by_day(*each)) for each in asked]
    monkeypatch.setattr(SQLCompiler, "as_sql", None)

    assert (
        [execute_prepared(find_documents_by_day, *map(QueryParameter, each)) for each in asked]
        == rows
        == [[], [made], [], []]
    )


def test_prepared_query_uses_connection_of_thread(transactional_db):
    """What one thread prepared must not hold its connection: Django refuses to use it in another."""
    coalition = CoalitionFactory()
    DocumentFactory(coalition=coalition, published=True)
    anybody = AnonymousUser()
    found = [execute_prepared(find_readable_documents, anybody, coalition, 6)]

    def run_in_thread() -> None:
        found.append(execute_prepared(find_readable_documents, anybody, coalition, 6))
        connection.close()

    thread = Thread(target=run_in_thread)
    thread.start()
    thread.join()
    assert found[1] == found[0]
    assert len(found[0]) == 1


def query_as_viewer(coalition, person):
    """What differs between viewers."""
    standing = Standing.under(coalition.slug, person)
    get_organisation_page(standing, DirectoryFilters(), PageCursor())
    count_organisations(standing, DirectoryFilters())
    get_meeting_page(person, coalition, PageCursor())
    get_agreement_page(person, coalition, {}, PageCursor())
    get_item_page(person, coalition, ItemFilters(), PageCursor())
    get_tasks(standing)


def query_next_pages(coalition, person):
    """Where lists continue, and what is sought."""
    standing = Standing.under(coalition.slug, person)
    place = PageCursor(after=person.pk)
    get_organisation_page(standing, DirectoryFilters(), place)
    get_meeting_page(person, coalition, place)
    get_agreement_page(person, coalition, {}, place)
    get_item_page(person, coalition, ItemFilters(), place)
    get_organisation_page(standing, DirectoryFilters(q=person.name), place)
    count_organisations(standing, DirectoryFilters(q=person.name))
    get_agreement_page(person, coalition, {"owner": person.name}, place)
    get_item_page(person, coalition, ItemFilters(kind=person.name), place)


@pytest.mark.slow
def test_prepared_queries_of_300_viewers_fit_cache(coalition, other_coalition):
    """Each has other seats, roles and organisations. 12 of the first 19 shapes are those of tasks: three sets of roles
    with none to two organisations, and those of people from elsewhere. 6 are of pages after the first, wherever.
    """
    organisations = OrganisationFactory.create_batch(2, coalition=coalition)
    for organisation in organisations:
        MembershipFactory(coalition=coalition, organisation=organisation, standing="left")
    people = [
        create_seated_person([coalition, other_coalition][n % 2], f"Person {n}", *ROLE_COMBINATIONS[n % 6])
        for n in range(300)
    ]
    for n, person in enumerate(people):
        for organisation in organisations[: n // 6 % 3]:
            AffiliationFactory(person=person, organisation=organisation)
    _compile_prepared_queryset.cache_clear()
    for person in people:
        query_as_viewer(coalition, person)
    first = _compile_prepared_queryset.cache_info()
    for person in people[:12]:
        query_next_pages(coalition, person)
        query_as_viewer(coalition, person)

    assert (first.misses, first.currsize) == (19, 19)
    assert (_compile_prepared_queryset.cache_info().misses, _compile_prepared_queryset.cache_info().currsize) == (
        25,
        25,
    )


def test_prepared_queries_are_used_in_listed_places_only():
    """Each is in decision 25 with what it saves. A new one has to save 0.5 ms on a page that many people open."""
    root = Path(settings.PACKAGE)
    calls = {
        file.relative_to(root).as_posix(): len(re.findall(r"\bexecute_prepared\(", file.read_text()))
        for file in root.rglob("*.py")
        if file.name != "prepared.py"
    }
    assert {file: number for file, number in calls.items() if number} == {
        "coalitions/directory.py": 1,
        "coalitions/standing.py": 1,
        "coalitions/task_queries.py": 1,
        "cooperation/views/common.py": 1,
        "eligibility/annual_report/report_facts.py": 1,
        "events/calendar_sources.py": 1,
        "home/views.py": 1,
        "library/item_lists.py": 1,
        "meetings/meeting_page.py": 3,
        "meetings/meeting_lists.py": 2,
        "meetings/templatetags/meetings.py": 1,
        "meetings/views/common.py": 2,
        "records/provenance.py": 2,
        "regions/participation_counts.py": 1,
        "regions/region_page.py": 1,
    }
    assert sum(calls.values()) == 20


class PlaceholderTest(TestCase):
    @given(
        document_title=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40),
        further=st.booleans(),
    )
    def test_any_text_and_number_can_be_parameters(self, document_title, further):
        row = OrganisationFactory(name=document_title)
        number = row.pk if further else row.pk - 1
        assert (
            execute_prepared(find_organisations_by_name, QueryParameter(document_title), QueryParameter(number))
            == list(find_organisations_by_name(document_title, number))
            == [row] * further
        )

"""No page asks the database more than twelve times, also for somebody with every role, and nothing kept from before."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client

from jukwaa.coalitions.models import Role
from jukwaa.core.personal_data import personal_data_registry
from jukwaa.records.organisation_history import history_line_registry
from tests.deep import IS_DEEP_RUN
from tests.factories import RoleFactory
from tests.test_access_walk import ALL_ROUTES, METHOD_NOT_ALLOWED, build_urls, rolled_back_transaction
from tests.world import World

pytestmark = pytest.mark.database  # it asks for every page, with every role

MOST, FEW = 12, 4 if IS_DEEP_RUN else 2
SEARCH_URLS = len(apps.get_models()) + 2 * len(personal_data_registry)
RECORD_PAGE_COST = 11 + len(history_line_registry)
# Those that ask more, and how often at most.
ALLOWED_COSTS = {
    # What an erasure would delete, empty and keep in each table, and where else the name stands. 233 at the time.
    "accounts:delete": SEARCH_URLS,
    # Each step of the checklist asks once what is there already.
    "home:begin": 14,
    # Each source of the record of an organisation is asked once.
    **dict.fromkeys(
        [f"records:organisation_record{own}" for own in ("", "_file", "_own", "_own_file")], RECORD_PAGE_COST
    ),
    # A file of all that a search finds, page after page; and how much in each table would move with an organisation.
    "exchange:list_file": 49,
    "coalitions:merge_preview": 35,
    # The same for a person, and what forbids to merge the two.
    "coalitions:person_merge_preview": 20,
    # Whom of the directory the source names is counted before everyone can read it, and what is beside its text read.
    "intake:reading_enter": 16,
    # Before somebody leaves: how much stays of them in the record, counted for each kind of contribution.
    "coalitions:person_take_out": 34,
    # Everything that is kept about a person: one for each table that has a part in the download.
    "accounts:export": 119,
    # The self-check of the year, and beside it the calls, the proposals, the session and the roles.
    "eligibility:cycle": 13,
    # What is beside a draft of one's own: why it can't be published yet, its reviews, files and translations.
    "library:item_detail": 21,
    # An annual report: one query for all its numbers, one for each list of records that it names.
    "eligibility:annual_detail": 15,
    "eligibility:annual_file": 15,
    # Two searches, for offers that could help and for whom to ask.
    "cooperation:need_detail": 17,
    # A text that rests on what few may read, with inputs, terms and editions: whom it was closed to is asked as well.
    # How many inputs there are is asked first, so that many of them need not be read: 14 ms less in a long text.
    "drafting:text_detail": 24,
    # Before a version is published: accepted inputs whose clauses did not change, and whom of the directory it names.
    "drafting:edition_new": 20,
    # Whether emails about the call wait for approval.
    "drafting:call_detail": 13,
    "drafting:revision_detail": 15,
    "drafting:clause_trace": 15,
    "drafting:clause_inputs": 13,
    "drafting:edition_detail": 13,
    # A brief is such a text, with its shape and deliveries; its pages are counted in both lengths.
    "regions:brief_pages": 32,
    "regions:brief_file": 18,
    "regions:brief_detail": 16,
    "regions:brief_read": 17,
}


@pytest.fixture
def measured_world(shared_world: World, db: None) -> World:
    return shared_world


@pytest.fixture
def author_client(measured_world: World, client: Client) -> Client:
    """Of the author of all records, with each role beside."""
    author = measured_world.people["author"]
    for kind in Role.Kind:
        RoleFactory(coalition=measured_world.coalition, person=author, kind=kind)
    client.force_login(author)
    return client


@contextmanager
def record_queries() -> Iterator[list[str]]:
    """What the database was asked; the marks of transactions are no questions."""
    found: list[str] = []

    def record_executed_query(execute, sql, parameters, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            found.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(record_executed_query):
        yield found


def count_page_queries(client: Client, url: str) -> tuple[int, int]:
    """(status, how often it asked)."""
    caches["pages"].clear()
    with transaction.atomic(), rolled_back_transaction(), record_queries() as found:
        answer = client.get(url)
        if answer.streaming:
            b"".join(answer.streaming_content)
    return answer.status_code, len(found)


def list_page_costs(client: Client, page_urls: list[str]) -> Iterator[int]:
    """Of a few of the addresses of a route, spread over all of them."""
    for url in page_urls[:: max(len(page_urls) // FEW, 1)]:
        status, number = count_page_queries(client, url)
        if status == METHOD_NOT_ALLOWED:
            return
        if status == 200:
            yield number


@pytest.mark.slow
@pytest.mark.usefixtures("brief_refusals", "plain_templates")
def test_page_makes_at_most_twelve_queries(measured_world, author_client):
    most = {}
    for route in ALL_ROUTES:
        most[route.name] = max(list_page_costs(author_client, build_urls(route, measured_world)), default=0)

    assert {name: number for name, number in most.items() if number > ALLOWED_COSTS.get(name, MOST)} == {}

"""No page asks the database more than twelve times, also for somebody with every role, and nothing kept from before."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client

from jukwaa.coalitions.models import Role
from jukwaa.core.personal_data import personal_data
from jukwaa.events.calendar_sources import date_sources
from tests.deep import DEEP
from tests.factories import RoleFactory
from tests.test_access_walk import ALL, NOT_ALLOWED, addresses, undone
from tests.world import World

pytestmark = pytest.mark.database  # it asks for every page, with every role

MOST, FEW = 12, 4 if DEEP else 2
SEARCHED = len(apps.get_models()) + 2 * len(personal_data)
CALENDAR = 4 + len({source.find for source in date_sources.values()})  # one for each source
# Those that ask more, and how often at most.
MORE = {
    # What an erasure would delete, empty and keep in each table, and where else the name stands. 233 at the time.
    "accounts:delete": SEARCHED,
    # Meetings in progress and open consultations are read for each reader; the cache is empty here (warm: 10).
    "home:front": 14,
    # Each step of the checklist asks once what is there already.
    "home:begin": 14,
    # Each source of suggestions is asked once; two of them need the previous meeting, where there is one.
    "meetings:agenda_suggestions": 17,
    "events:calendar": CALENDAR,
    "events:calendar_list": CALENDAR,
    # A file of all that a search finds, page after page; and how much in each table would move with an organisation.
    "exchange:list_file": 49,
    "coalitions:merge_preview": 34,
    # Before somebody leaves: how much stays of them in the record, counted for each kind of contribution.
    "coalitions:person_take_out": 36,
    # Everything that is kept about a person: one for each table that has a part in the download.
    "accounts:export": 119,
    # Each way in which the coalition may know somebody is asked once: directory, records, meetings, observations...
    "proposals:candidate_list": 17,
    # A proposal with comments on its fields, a call for consensus and the meeting that it became.
    "proposals:proposal_detail": 14,
    # Each source of dates is asked what else takes place then.
    "meetings:poll_choose": 15,
    # The self-check of the year, and beside it the calls, the proposals, the session and the roles.
    "eligibility:cycle": 18,
    # What is beside a draft of one's own: why it can't be published yet, its reviews, files and translations.
    "library:item_detail": 22,
    # The evidence of a whole year, of which one condition is shown.
    "eligibility:condition_edit": 13,
    # An annual report: one query for all its numbers, one for each list of records that it names.
    "eligibility:annual_detail": 25,
    "eligibility:annual_file": 25,
    # Two searches, for offers that could help and for whom to ask.
    "cooperation:need_detail": 17,
    # A text that rests on what few may read, with inputs, terms and editions: whom it was closed to is asked as well.
    # How many inputs there are is asked first, so that many of them need not be read: 14 ms less in a long text.
    "drafting:text_detail": 24,
    "drafting:edition_new": 18,
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
def world(built: World, db: None) -> World:
    return built


@pytest.fixture
def everything(world: World, client: Client) -> Client:
    """Of the author of all records, with each role beside."""
    author = world.people["author"]
    for kind in Role.Kind:
        RoleFactory(coalition=world.coalition, person=author, kind=kind)
    client.force_login(author)
    return client


@contextmanager
def asked() -> Iterator[list[str]]:
    """What the database was asked; the marks of transactions are no questions."""
    found: list[str] = []

    def note(execute, sql, parameters, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            found.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield found


def cost(client: Client, url: str) -> tuple[int, int]:
    """(status, how often it asked)."""
    caches["pages"].clear()
    with transaction.atomic(), undone(), asked() as found:
        answer = client.get(url)
        if answer.streaming:
            b"".join(answer.streaming_content)
    return answer.status_code, len(found)


def costs_of(client: Client, urls: list[str]) -> Iterator[int]:
    """Of a few of the addresses of a route, spread over all of them."""
    for url in urls[:: max(len(urls) // FEW, 1)]:
        status, number = cost(client, url)
        if status == NOT_ALLOWED:
            return
        if status == 200:
            yield number


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
def test_no_page_asks_the_database_more_than_twelve_times(world, everything):
    most = {}
    for route in ALL:
        most[route.name] = max(costs_of(everything, addresses(route, world)), default=0)

    assert {name: number for name, number in most.items() if number > MORE.get(name, MOST)} == {}

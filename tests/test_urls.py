"""Which pages are open to the world, and that none changes anything by being looked at."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from tests.app_parts import collect_from_apps
from tests.deep import IS_QUICK_RUN
from tests.routes import list_routes
from tests.test_access_walk import build_urls

pytestmark = pytest.mark.usefixtures("plain_templates")

ALL_ROUTES = list(list_routes())

ADDRESSES_PER_ROUTE = 1 if IS_QUICK_RUN else 2  # of each route

PUBLIC_ROUTES = {
    "account_login",
    "account_logout",
    "accounts:address_link",
    "accounts:address_link_stop",
    "accounts:code",
    "accounts:deletion_confirm",
    "accounts:deletion_keep",
    "accounts:guardian",
    "accounts:guardian_agree",
    "accounts:guardian_decline",
    "accounts:language",
    "accounts:link",
    "accounts:passkey_begin_sign_in",
    "accounts:passkey_sign_in",
    "accounts:sign_out",
    "coalitions:apply",
    "coalitions:apply_person",
    "coalitions:directory",
    "coalitions:export_csv",
    "coalitions:export_xlsx",
    "coalitions:organisation_detail",
    "coalitions:person_detail",
    "coalitions:person_list",
    "coalitions:roles",
    "cooperation:enquiry_detail",
    "cooperation:figures",
    "cooperation:match_detail",
    "cooperation:need_detail",
    "cooperation:need_list",
    "cooperation:offer_detail",
    "cooperation:offer_list",
    "cooperation:overview",
    "core:stylesheet",
    "cooperation:charter_detail",
    "cooperation:charter_text",
    "cooperation:deliverable_detail",
    "cooperation:outcome_detail",
    "cooperation:sign_by_link",
    "cooperation:update_list",
    "cooperation:work_detail",
    "cooperation:work_list",
    "drafting:clause_detail",
    "drafting:clause_inputs",
    "drafting:consultation_detail",
    "drafting:consultation_list",
    "drafting:consultation_paper",
    "drafting:input_list",
    "drafting:voices",
    "drafting:revision_detail",
    "drafting:revision_list",
    "drafting:term_list",
    "drafting:text_compare",
    "drafting:compare_word",
    "drafting:consultation_word",
    "drafting:annotations",
    "drafting:input_annotation",
    "drafting:input_detail",
    "drafting:matrix",
    "drafting:matrix_file",
    "drafting:agreement",
    "drafting:call_detail",
    "drafting:clause_trace",
    "drafting:edition_clause",
    "drafting:edition_detail",
    "drafting:edition_file",
    "drafting:text_detail",
    "drafting:text_list",
    "drafting:text_origin",
    "events:calendar",
    "events:calendar_list",
    "events:event_detail",
    "events:event_list",
    "events:occurrence_detail",
    "events:pledge_list",
    "events:pledge_place",
    "events:year_detail",
    "exchange:calendar",
    "exchange:own_calendar",
    "exchange:archive",
    "exchange:cite",
    "exchange:cite_bibtex",
    "exchange:cite_csl",
    "exchange:collection_archive",
    "exchange:list_file",
    "exchange:feed",
    "exchange:feed_list",
    "exchange:own_feed",
    "home:about",
    "home:demo",
    "home:coalition_list",
    "home:front",
    "home:help",
    "library:collection_detail",
    "library:collection_file",
    "library:collection_list",
    "library:collection_read",
    "library:item_detail",
    "library:item_list",
    "library:item_travels",
    "library:translation_changes",
    "meetings:agreed",
    "meetings:attendance_list",
    "meetings:commitment_list",
    "meetings:decision_list",
    "meetings:response_list",
    "meetings:entry_detail",
    "meetings:meeting_detail",
    "meetings:meeting_list",
    "mail:message",
    "mail:outbox",
    "records:attachment",
    "records:attachment_text",
    "records:comment_history",
    "records:document_detail",
    "records:document_file",
    "records:document_list",
    "records:history",
    "records:not_taken",
    "records:organisation_record",
    "records:organisation_record_file",
    "records:talk",
    "records:version_detail",
    "coalitions:representation",
    "coalitions:representation_csv",
    "eligibility:annual_detail",
    "eligibility:annual_file",
    "eligibility:annual_list",
    "eligibility:annual_records",
    "meetings:report_detail",
    "meetings:report_shape",
    "meetings:report_file",
    "regions:answer",
    "regions:answer_erase",
    "regions:answer_never",
    "regions:answer_not_now",
    "regions:answer_yes",
    "regions:outreach_detail",
    "regions:outreach_list",
    "regions:brief_detail",
    "regions:brief_file",
    "regions:brief_list",
    "regions:brief_read",
    "regions:coverage",
    "regions:coverage_csv",
    "regions:issue_detail",
    "regions:observation_list",
    "regions:measure_csv",
    "regions:measure_detail",
    "regions:region_detail",
    "search:search",
    "updates:confirm",
    "updates:health",
    "cooperation:no_longer_true",
    "cooperation:still_true",
    "updates:take_out",
    "updates:unsubscribe",
    "updates:unsubscribe_all",
    *collect_from_apps("rows", "PUBLIC_ROUTES"),
}


def test_route_names_are_unique():
    """The later one would be found by neither: a link to it leads to the other."""
    names = Counter(route.name for route in ALL_ROUTES)

    assert [name for name, number in names.items() if number > 1] == []


def test_public_pages_match_list():
    assert {route.name for route in ALL_ROUTES if route.is_public} == PUBLIC_ROUTES


@pytest.mark.usefixtures("brief_refusals")
@pytest.mark.parametrize("persona", ["visitor", pytest.param("coordinator", marks=pytest.mark.slow)])
def test_get_is_read_only_protected_and_matches_head(client, shared_world, db, persona):
    """GET never writes: mail scanners and browsers that load ahead open everything. HEAD leaves out the body alone."""
    if shared_world.people[persona].is_authenticated:
        client.force_login(shared_world.people[persona])
    writes, missing, differing, asked = {}, {}, {}, 0
    for route in ALL_ROUTES:
        for number, url in enumerate(build_urls(route, shared_world)[:ADDRESSES_PER_ROUTE]):
            with record_write_queries() as statements:
                got = client.get(url)
                read_response_body(got)
            if statements:
                writes[url] = statements
            if bad := find_missing_headers(got.headers):
                missing[url] = bad
            if number == 0 and (route.is_public or persona != "visitor"):  # else the wall answers for all
                asked += 1
                headed = client.head(url)
                if (describe_http_response(headed), read_response_body(headed)) != (describe_http_response(got), b""):
                    differing[url] = describe_http_response(headed)

    assert (writes, missing, differing) == ({}, {}, {})
    assert asked > (200 if persona == "coordinator" else 50)


@contextmanager
def record_write_queries() -> Iterator[list[str]]:
    """The statements that write. Django's own recording puts the values into each, which takes longer."""
    found: list[str] = []

    def record_query_if_it_writes(execute, sql, parameters, many, context):
        if sql.split(maxsplit=1)[0] in {"INSERT", "UPDATE", "DELETE"}:
            found.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(record_query_if_it_writes):
        yield found


def describe_http_response(response):
    return response.status_code, response.headers.get("Content-Type"), response.headers.get("Location")


def read_response_body(response):
    """A file that is handed out piece by piece is closed behind the last of them."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def find_missing_headers(response_headers):
    """The headers that are missing, or say something else than they should."""
    bad = [name for name in SECURITY_HEADERS if not SECURITY_HEADERS[name](response_headers.get(name, ""))]
    policy = response_headers.get("Content-Security-Policy", "")
    return [*bad, policy] if "unsafe" in policy else bad


SECURITY_HEADERS = {
    "Content-Security-Policy": lambda value: (
        ("default-src 'none'" in value and "frame-ancestors 'none'" in value) or value.startswith("sandbox")
    ),
    "X-Content-Type-Options": lambda value: value == "nosniff",
    "Referrer-Policy": lambda value: value == "same-origin",
    "Permissions-Policy": lambda value: "camera=()" in value,
    "Cross-Origin-Opener-Policy": lambda value: value == "same-origin",
}

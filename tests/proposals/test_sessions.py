"""The accepted sessions of a forum: rows that are read or explained, sessions on our theme, clashes, and letters."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jukwaa.core.refusals import ActionRefused
from jukwaa.proposals.actions import import_session_list, save_proposal_settings
from jukwaa.proposals.models import SessionList
from jukwaa.proposals.session_import import (
    ForumSession,
    OwnForumSession,
    determine_session_relevance,
    parse_session_rows,
)
from tests.factories import MeetingFactory
from tests.proposals.test_proposals import build_proposal_url

CALL_NAME = "igf-2025-workshop"
TABLE_HEADINGS = ["Session title", "Organisers", "Date", "Start", "End", "Room", "Theme", "Description"]
SESSIONS_CSV = """Title,Organiser,Date,Start,End,Room,Theme
Child safety by design,Forum of Demo Schools,2099-06-24,10:00,11:00,Room 1,Trust
Cables under the sea,Demo Cables,2099-06-24,10:30,11:30,Room 2,Access
,Nobody,2099-06-24,10:00,11:00,Room 3,Access
Broken,Demo,24/06/99,10:00,11:00,Room 4,Access
"""


def parse_session_table(*rows, zone="Europe/Oslo"):
    return parse_session_rows([TABLE_HEADINGS, *rows], zone)


def test_row_is_parsed_in_its_time_zone():
    [session] = parse_session_table(["Title", "A", "24 June 2099", "10:00 - 11:30", "", "Room", "Trust", ""]).sessions

    assert (session.starts_at, session.ends_at) == (
        datetime(2099, 6, 24, 8, tzinfo=UTC),
        datetime(2099, 6, 24, 9, 30, tzinfo=UTC),
    )
    assert ForumSession.from_json(session.to_json()) == session


@pytest.mark.parametrize(
    "written_day", ["2099-06-24", "24.06.2099", "24 Jun 2099", "2099-06-24 00:00:00", "June 24, 2099"]
)
def test_common_date_formats_are_parsed(written_day):
    assert parse_session_table(["T", "", written_day, "", "", "", "", ""]).sessions[0].day == date(2099, 6, 24)


@pytest.mark.parametrize(
    ("table_row", "row_problem"),
    [
        (["", "A", "", "", "", "", "", ""], "Row 2: The title is missing."),
        (["T", "", "06/07/2099", "", "", "", "", ""], "Row 2: We could not read the date “06/07/2099”."),
        (["T", "", "2099-06-24", "noon", "", "", "", ""], "Row 2: We could not read the time “noon”."),
        (["T", "", "2099-06-24", "25:00", "", "", "", ""], "Row 2: We could not read the time “25:00”."),
        (["T", "", "", "10:00", "", "", "", ""], "Row 2: There is a time but no date."),
        (["T", "", "2099-06-24", "10:00", "09:00", "", "", ""], "Row 2: The session ends before it starts."),
        (["T" * 501, "", "", "", "", "", "", ""], "is too long. Shorten it."),
    ],
)
def test_invalid_row_error_has_row_number(table_row, row_problem):
    reading = parse_session_table(table_row, ["Good", "", "", "", "", "", "", ""])

    assert [session.title for session in reading.sessions] == ["Good"]
    assert row_problem in reading.problems[0]


def test_table_without_session_titles_is_refused():
    with pytest.raises(ActionRefused, match="No column has the heading “Title”"):
        parse_session_rows([["Room"], ["1"]], "UTC")


def test_relevant_sessions_are_marked_with_matched_keyword():
    sessions = [
        ForumSession(2, "CHILD SAFETY: next steps"),
        ForumSession(3, "Childish games"),
        ForumSession(4, "T", about="on child-safety"),
    ]
    marked = list(determine_session_relevance(sessions, ["child safety"], []))

    assert [[(reason.keyword, reason.where) for reason in row.reasons] for row in marked] == [
        [("child safety", "title")], [], [("child safety", "description")]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start_time", "end_time", "clash_count"),
    [((9, 0), (10, 0), 0), ((9, 30), (10, 1), 1), ((10, 59), None, 1), ((11, 0), (12, 0), 0)],
)
def test_overlapping_sessions_conflict_and_adjacent_do_not(start_time, end_time, clash_count):
    own = OwnForumSession("Ours", "/ours/", build_session_starting_at(10, 0), build_session_starting_at(11, 0))
    session = ForumSession(
        2,
        "T",
        starts_at=build_session_starting_at(*start_time),
        ends_at=build_session_starting_at(*end_time) if end_time else None,
    )

    assert len(next(determine_session_relevance([session], [], [own])).clashes) == clash_count


def test_session_does_not_conflict_with_itself():
    own = OwnForumSession("Our session", "/ours/", build_session_starting_at(10, 0), build_session_starting_at(11, 0))
    session = ForumSession(
        2, "our session", starts_at=build_session_starting_at(10, 0), ends_at=build_session_starting_at(11, 0)
    )
    [marked] = determine_session_relevance([session], [], [own])

    assert (marked.is_own, marked.clashes) == (True, ())


def build_session_starting_at(hour, minute):
    return datetime(2099, 6, 24, hour, minute, tzinfo=UTC)


def test_session_list_is_imported_and_letter_generated(client, coalition, coordinator, member):
    save_proposal_settings(actor=coordinator, coalition=coalition, submitters="chairs", keywords="child safety\nrights")
    MeetingFactory(
        coalition=coalition,
        published=True,
        title="Our session",
        starts_at=build_session_starting_at(10, 45),
        ends_at=build_session_starting_at(12, 0),
    )
    client.force_login(coordinator)
    file = SimpleUploadedFile("sessions.csv", SESSIONS_CSV.encode())
    page = client.post(build_proposal_url("session_import", CALL_NAME), {"file": file, "zone": "UTC"}, follow=True).text

    assert "List imported." in page
    assert "2 rows were left out." in page
    assert "Row 4: The title is missing." in page
    assert "Row 5: We could not read the date “24/06/99”." in page
    assert "Keyword <bdi>child safety</bdi> found in: title" in page
    assert page.count("Our session") == 3  # one clash on our theme, and both among the clashes
    letter = client.get(build_proposal_url("session_letter", CALL_NAME, 2)).text
    assert all(
        words in letter for words in ("Child safety by design", "Our Coalition", "child safety", "mailto:?subject=")
    )
    client.force_login(member)
    assert "Child safety by design" in client.get(build_proposal_url("session_list", CALL_NAME)).text
    assert client.get(build_proposal_url("session_letter", CALL_NAME, 2)).status_code == 403
    assert client.get(build_proposal_url("session_import", CALL_NAME)).status_code == 403


def test_pasted_rows_replace_session_list(client, coalition, coordinator):
    client.force_login(coordinator)
    for title in ("First", "Second"):
        pasted = f"Title\tRoom\n{title}\t1\n"
        client.post(build_proposal_url("session_import", CALL_NAME), {"pasted": pasted, "zone": "UTC"})

    assert [row["title"] for row in SessionList.objects.get().rows] == ["Second"]
    assert "List removed." in client.post(build_proposal_url("session_remove", CALL_NAME), follow=True).text
    assert not SessionList.objects.exists()


@pytest.mark.parametrize(
    ("refusal_text", "expected_sentence"),
    [
        ({"zone": "UTC"}, "Choose a file or paste the rows, but not both"),
        ({"zone": "Mars", "pasted": "Title\tRoom\nA\t1\n"}, "There is no time zone “Mars”."),
        ({"zone": "UTC", "pasted": "Room\tDay\n1\t2\n"}, "No column has the heading “Title”"),
    ],
)
def test_invalid_import_shows_error_and_keeps_text(client, coordinator, refusal_text, expected_sentence):
    client.force_login(coordinator)
    answer = client.post(build_proposal_url("session_import", CALL_NAME), refusal_text)

    assert answer.status_code == 422
    assert expected_sentence in answer.text
    assert not SessionList.objects.exists()


@pytest.mark.parametrize("row_count", [1, 3])
def test_session_list_query_count_is_constant(
    client, coalition, coordinator, member, django_assert_num_queries, row_count
):
    rows = [[f"Child safety {n}", "", "2099-06-24", "10:00", "11:00", "", "", ""] for n in range(row_count)]
    import_session_list(
        actor=coordinator, coalition=coalition, call_name=CALL_NAME, parsed_sessions=parse_session_table(*rows)
    )
    client.force_login(member)
    client.get(build_proposal_url("session_list", CALL_NAME))

    with django_assert_num_queries(8):
        client.get(build_proposal_url("session_list", CALL_NAME))

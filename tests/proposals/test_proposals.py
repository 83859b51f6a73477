"""Proposals: who starts and writes them, what is counted and missing, and that no text is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Role
from jukwaa.coalitions.standing import Standing
from jukwaa.events.calendar_sources import CalendarWindow, list_calendar_items
from jukwaa.home.tasks_page import get_tasks
from jukwaa.proposals.actions import (
    hash_json_value,
    save_call_file,
    save_proposal_answer,
    save_proposal_facts,
    start_proposal,
)
from jukwaa.proposals.call_parser import parse_call_toml
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.subject import check_proposal_rules
from jukwaa.records import index
from jukwaa.records.models import Link, Version
from tests.factories import EntryFactory, RoleFactory
from tests.proposals.kinds import ProposalFactory

CALL_NAME = "forum-2027-session"
CALL_DEADLINE = datetime(2027, 5, 1, tzinfo=UTC)
CALL_TOML = """title = "Forum 2027: sessions"
forum = "Forum"
edition = "2027"
year = 2027
kind = "Session"
unknown = ["How many sessions there are."]

[sources]
call = "https://example.org/call"

[[deadline]]
day = 2027-05-01
time = 00:00:00
zone = "UTC"

[[field]]
name = "title"
label = "Title of the session"
type = "line"
mark = "must"
max = 10
unit = "characters"
counted = "UTF-16"

[[field]]
name = "theme"
label = "Theme"
type = "choice"
mark = "must"
options = ["Skills", "Safety"]

[[field]]
name = "tags"
label = "Tags"
type = "choices"
options = ["one", "two", "three"]
max = 2
unit = "options"

[[field]]
name = "description"
label = "Description"
type = "text"
mark = "must"
max = 4
unit = "words"
counted = "spaces"

[[rule]]
name = "novel"
text = "The session is new."
check = "judged by a person"
field = "description"
stage = "screening"
"""


@pytest.fixture
def call_with_rules(coalition, coordinator):
    save_call_file(actor=coordinator, coalition=coalition, text=CALL_TOML)
    return parse_call_toml(CALL_TOML)


@pytest.fixture
def proposal(call_with_rules, coalition, coordinator):
    return start_proposal(actor=coordinator, coalition=coalition, call_name=CALL_NAME, title="Session")


def build_proposal_url(route_name, *args):
    return reverse(f"proposals:{route_name}", args=["ours", *args])


EMPTY_HASH = hash_json_value(None)


def save_field_answer(client, proposal, field_name, answer_text, seen_hash=EMPTY_HASH):
    return client.post(
        build_proposal_url("proposal_field", proposal.pk, field_name),
        {"answer": answer_text, "seen": seen_hash},
        follow=True,
    )


@pytest.mark.parametrize(
    ("reader", "status_code"), [("coordinator", 200), ("rapporteur", 200), ("member", 403), ("outsider", 403)]
)
def test_coordinators_and_rapporteurs_can_start_proposals(client, request, call_with_rules, reader, status_code):
    client.force_login(request.getfixturevalue(reader))

    assert client.get(build_proposal_url("proposal_new", CALL_NAME)).status_code == status_code


def test_chair_starts_proposal_from_call_page(client, coalition, member, call_with_rules):
    RoleFactory(coalition=coalition, person=member, kind=Role.Kind.CHAIR)
    client.force_login(member)
    assert (
        build_proposal_url("proposal_new", CALL_NAME) in client.get(build_proposal_url("call_detail", CALL_NAME)).text
    )
    answer = client.post(build_proposal_url("proposal_new", CALL_NAME), {"title": "Session"}, follow=True)

    assert "Proposal started." in answer.text
    assert Proposal.objects.get().answers == {"title": "Session"}


def test_proposal_shows_fields_in_form_order_with_counts(client, member, proposal):
    client.force_login(member)
    text = client.get(proposal.get_absolute_url()).text

    labels = [text.index(f'id="field-{name}"') for name in ("title", "theme", "tags", "description")]
    assert labels == sorted(labels)
    assert "7 characters" in text
    assert "Limit: at most 10 characters" in text
    assert "2 required fields are empty:" in text


@pytest.mark.parametrize(("reader", "status_code"), [("member", 200), ("outsider", 404)])
def test_only_members_can_read_proposal(client, request, proposal, reader, status_code):
    client.force_login(request.getfixturevalue(reader))

    assert client.get(proposal.get_absolute_url()).status_code == status_code
    assert client.get(build_proposal_url("proposal_checks", proposal.pk)).status_code == status_code


def test_member_can_edit_after_joining_team(client, member, proposal):
    client.force_login(member)
    assert save_field_answer(client, proposal, "description", "Two words").status_code == 403
    assert (
        "You have joined the team." in client.post(build_proposal_url("proposal_join", proposal.pk), follow=True).text
    )
    client.post(build_proposal_url("proposal_join", proposal.pk))
    save_field_answer(client, proposal, "description", "Two words")

    proposal.refresh_from_db()
    assert proposal.answers["description"] == "Two words"
    assert proposal.authorships.count() == 2


def test_outsider_cannot_join_team(client, outsider, proposal):
    client.force_login(outsider)

    assert client.post(build_proposal_url("proposal_join", proposal.pk)).status_code == 404


def test_edits_of_different_fields_do_not_conflict(coordinator, rapporteur, proposal):
    save_proposal_answer(
        actor=coordinator, proposal=proposal, field="description", answer="First", seen=hash_json_value(None)
    )
    save_proposal_answer(
        actor=rapporteur, proposal=proposal, field="theme", answer="Skills", seen=hash_json_value(None)
    )

    proposal.refresh_from_db()
    assert proposal.answers == {"title": "Session", "description": "First", "theme": "Skills"}
    assert Version.objects.filter(record=proposal).count() == 3


def test_field_edit_conflict_shows_both_texts(client, coordinator, proposal):
    client.force_login(coordinator)
    seen = hash_json_value(None)
    save_field_answer(client, proposal, "description", "Theirs", seen)
    conflict = save_field_answer(client, proposal, "description", "Mine", seen)

    assert conflict.status_code == 409
    assert all(words in conflict.text for words in ("Theirs", "Mine"))
    assert Proposal.objects.get().answers["description"] == "Theirs"
    save_field_answer(client, proposal, "description", "Mine", hash_json_value("Theirs"))
    assert Proposal.objects.get().answers["description"] == "Mine"


def test_too_long_text_is_saved_and_counted(client, coordinator, proposal):
    client.force_login(coordinator)
    page = save_field_answer(client, proposal, "description", "One two three\r\nfour five", hash_json_value(None)).text

    assert "5 words. Shorten to at most 4." in page
    assert Proposal.objects.get().answers["description"] == "One two three\nfour five"


def test_selected_options_are_counted(client, coordinator, proposal):
    client.force_login(coordinator)
    page = save_field_answer(client, proposal, "tags", ["one", "two", "three"], hash_json_value(None)).text

    assert "3 options. Shorten to at most 2." in page
    assert save_field_answer(client, proposal, "theme", "Nonsense", hash_json_value(None)).status_code == 422


def test_text_after_deadline_is_saved_and_marked_late(client, coalition, coordinator, proposal):
    save_call_file(
        actor=coordinator,
        coalition=coalition,
        text=CALL_TOML.replace("2027-05-01", "2020-05-01"),
        edited_call_name=CALL_NAME,
        version=1,
    )
    client.force_login(coordinator)
    page = save_field_answer(client, proposal, "description", "Too late", hash_json_value(None)).text

    assert "Text saved. It is marked “Changed after the deadline”, because the deadline has passed." in page
    saved = Proposal.objects.get()
    assert (saved.answers["description"], saved.late_fields) == ("Too late", ["description"])
    assert saved.due_on.year == 2020


def test_record_title_is_updated_from_title_field(coordinator, proposal):
    saved = save_proposal_answer(
        actor=coordinator, proposal=proposal, field="title", answer="New title", seen=hash_json_value("Session")
    )

    assert saved.title == "New title"


def test_check_passes_only_if_every_known_rule_is_met(client, coalition, coordinator, proposal, call_with_rules):
    client.force_login(coordinator)
    page = client.get(build_proposal_url("proposal_checks", proposal.pk)).text
    assert "Every known rule is met" not in page
    assert all(words in page for words in ("Not met", "Cannot be determined", "How many sessions there are."))
    assert f"{proposal.get_absolute_url()}#field-description" in page
    for field, answer in (("description", "Four words are enough"), ("theme", "Skills")):
        save_field_answer(client, proposal, field, answer, hash_json_value(None))
    assert "Every known rule is met" not in client.get(build_proposal_url("proposal_checks", proposal.pk)).text
    facts = {"judged:novel": "yes", "seen": hash_json_value({})}
    answer = client.post(build_proposal_url("proposal_facts", proposal.pk), facts, follow=True)

    assert "Every known rule is met" in answer.text
    assert not check_proposal_rules(
        call_with_rules, Proposal.objects.get(), CALL_DEADLINE + timedelta(seconds=1)
    ).is_green


def test_answer_based_on_stale_facts_shows_edit_conflict(client, coordinator, proposal):
    save_proposal_facts(
        actor=coordinator,
        proposal=proposal,
        proposal_facts={"judged:novel": True},
        seen_fingerprint=hash_json_value({}),
    )
    client.force_login(coordinator)
    answer = client.post(
        build_proposal_url("proposal_facts", proposal.pk), {"judged:novel": "no", "seen": hash_json_value({})}
    )

    assert answer.status_code == 409
    assert Proposal.objects.get().facts == {"judged:novel": True}


def test_reused_proposal_fills_matching_fields_and_marks_new_ones(client, coalition, coordinator, proposal):
    save_proposal_answer(
        actor=coordinator, proposal=proposal, field="description", answer="Kept", seen=hash_json_value(None)
    )
    later = CALL_TOML.replace("2027", "2028").replace('name = "theme"', 'name = "topic"')
    save_call_file(actor=coordinator, coalition=coalition, text=later)
    client.force_login(coordinator)
    words = {"title": "Again", "earlier": proposal.pk}
    page = client.post(build_proposal_url("proposal_new", "forum-2028-session"), words, follow=True).text
    made = Proposal.objects.get(call_name="forum-2028-session")

    assert made.answers == {"title": "Again", "description": "Kept"}
    assert page.count('<span class="state waits">New</span>') == 1
    assert Link.objects.get(from_record=made).relation == Link.Relation.ADAPTED_FROM


def test_proposal_is_started_from_decision(client, coalition, coordinator, call_with_rules):
    entry = EntryFactory(coalition=coalition, published=True, label="TLP:GREEN")
    client.force_login(coordinator)
    client.post(build_proposal_url("proposal_new", CALL_NAME), {"title": "Session", "origin": entry.get_absolute_url()})
    link = Link.objects.get()

    assert (link.to_record_id, link.relation) == (entry.pk, Link.Relation.BEGAN_AS)


def test_proposal_from_restricted_record_is_refused(client, coalition, coordinator, call_with_rules):
    entry = EntryFactory(coalition=coalition, published=True, label="TLP:RED", author=coordinator)
    client.force_login(coordinator)
    answer = client.post(
        build_proposal_url("proposal_new", CALL_NAME), {"title": "Session", "origin": entry.get_absolute_url()}
    )

    assert "Not all members can read the record" in answer.text
    assert not Proposal.objects.exists()


def test_proposal_of_removed_call_shows_its_answers(client, coalition, member):
    proposal = ProposalFactory(coalition=coalition, published=True, label="TLP:GREEN", call_name="gone")
    Proposal.objects.filter(pk=proposal.pk).update(answers={"aim": "What we want"})
    client.force_login(member)

    assert "What we want" in client.get(proposal.get_absolute_url()).text
    assert (
        "No rules have been added for this call for proposals."
        in client.get(build_proposal_url("proposal_checks", proposal.pk)).text
    )


def test_answers_are_searchable(coalition, coordinator, member, proposal):
    save_proposal_answer(
        actor=coordinator, proposal=proposal, field="description", answer="About kiosks", seen=hash_json_value(None)
    )

    assert [hit.anchor for hit in index.search_records(coalition, member, "kiosks").hits] == ["field-description"]


def test_deadline_is_in_calendar_and_tasks(coalition, member, coordinator, proposal):
    Proposal.objects.update(due_on=timezone.localdate() + timedelta(days=2))
    today = timezone.localdate()
    month = CalendarWindow(coalition, member, today, today + timedelta(days=31))
    task = "Complete the proposal “Session”"

    assert [each.title for each in list_calendar_items(month, ["session-proposal"])] == ["Session"]
    assert task in [each.title for each in get_tasks(Standing(coordinator, coalition))]
    assert task not in [each.title for each in get_tasks(Standing(member, coalition))]


@pytest.mark.parametrize("row_count", [1, 3])
def test_proposal_list_and_page_query_count_is_constant(
    client, coalition, member, call_with_rules, row_count, django_assert_num_queries
):
    made = [
        ProposalFactory(coalition=coalition, published=True, label="TLP:GREEN", call_name=CALL_NAME)
        for _ in range(row_count)
    ]
    client.force_login(member)
    client.get(build_proposal_url("proposal_list"))
    with django_assert_num_queries(5):
        client.get(build_proposal_url("proposal_list"))
    with django_assert_num_queries(10):
        client.get(made[0].get_absolute_url())

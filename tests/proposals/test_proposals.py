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

NAME = "forum-2027-session"
DUE = datetime(2027, 5, 1, tzinfo=UTC)
CALL = """title = "Forum 2027: sessions"
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
def call(coalition, coordinator):
    save_call_file(actor=coordinator, coalition=coalition, text=CALL)
    return parse_call_toml(CALL)


@pytest.fixture
def proposal(call, coalition, coordinator):
    return start_proposal(actor=coordinator, coalition=coalition, call_name=NAME, title="Session")


def url(name, *args):
    return reverse(f"proposals:{name}", args=["ours", *args])


EMPTY = hash_json_value(None)


def write(client, proposal, field, answer, seen=EMPTY):
    return client.post(url("proposal_field", proposal.pk, field), {"answer": answer, "seen": seen}, follow=True)


@pytest.mark.parametrize(
    ("reader", "status"), [("coordinator", 200), ("rapporteur", 200), ("member", 403), ("outsider", 403)]
)
def test_coordinators_and_rapporteurs_can_start_proposals(client, request, call, reader, status):
    client.force_login(request.getfixturevalue(reader))

    assert client.get(url("proposal_new", NAME)).status_code == status


def test_chair_starts_proposal_from_call_page(client, coalition, member, call):
    RoleFactory(coalition=coalition, person=member, kind=Role.Kind.CHAIR)
    client.force_login(member)
    assert url("proposal_new", NAME) in client.get(url("call_detail", NAME)).text
    answer = client.post(url("proposal_new", NAME), {"title": "Session"}, follow=True)

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


@pytest.mark.parametrize(("reader", "status"), [("member", 200), ("outsider", 404)])
def test_only_members_can_read_proposal(client, request, proposal, reader, status):
    client.force_login(request.getfixturevalue(reader))

    assert client.get(proposal.get_absolute_url()).status_code == status
    assert client.get(url("proposal_checks", proposal.pk)).status_code == status


def test_member_can_edit_after_joining_team(client, member, proposal):
    client.force_login(member)
    assert write(client, proposal, "description", "Two words").status_code == 403
    assert "You have joined the team." in client.post(url("proposal_join", proposal.pk), follow=True).text
    client.post(url("proposal_join", proposal.pk))
    write(client, proposal, "description", "Two words")

    proposal.refresh_from_db()
    assert proposal.answers["description"] == "Two words"
    assert proposal.authorships.count() == 2


def test_outsider_cannot_join_team(client, outsider, proposal):
    client.force_login(outsider)

    assert client.post(url("proposal_join", proposal.pk)).status_code == 404


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
    write(client, proposal, "description", "Theirs", seen)
    conflict = write(client, proposal, "description", "Mine", seen)

    assert conflict.status_code == 409
    assert all(words in conflict.text for words in ("Theirs", "Mine"))
    assert Proposal.objects.get().answers["description"] == "Theirs"
    write(client, proposal, "description", "Mine", hash_json_value("Theirs"))
    assert Proposal.objects.get().answers["description"] == "Mine"


def test_too_long_text_is_kept_and_counted(client, coordinator, proposal):
    client.force_login(coordinator)
    page = write(client, proposal, "description", "One two three\r\nfour five", hash_json_value(None)).text

    assert "5 words. Shorten to at most 4." in page
    assert Proposal.objects.get().answers["description"] == "One two three\nfour five"


def test_selected_options_are_counted(client, coordinator, proposal):
    client.force_login(coordinator)
    page = write(client, proposal, "tags", ["one", "two", "three"], hash_json_value(None)).text

    assert "3 options. Shorten to at most 2." in page
    assert write(client, proposal, "theme", "Nonsense", hash_json_value(None)).status_code == 422


def test_text_after_deadline_is_kept_and_marked_late(client, coalition, coordinator, proposal):
    save_call_file(
        actor=coordinator, coalition=coalition, text=CALL.replace("2027-05-01", "2020-05-01"), edited=NAME, version=1
    )
    client.force_login(coordinator)
    page = write(client, proposal, "description", "Too late", hash_json_value(None)).text

    assert "Text saved. It is marked “Changed after the deadline”, because the deadline has passed." in page
    saved = Proposal.objects.get()
    assert (saved.answers["description"], saved.late_fields) == ("Too late", ["description"])
    assert saved.due_on.year == 2020


def test_record_title_follows_title_field(coordinator, proposal):
    saved = save_proposal_answer(
        actor=coordinator, proposal=proposal, field="title", answer="New title", seen=hash_json_value("Session")
    )

    assert saved.title == "New title"


def test_check_passes_only_if_every_known_rule_is_met(client, coalition, coordinator, proposal, call):
    client.force_login(coordinator)
    page = client.get(url("proposal_checks", proposal.pk)).text
    assert "Every known rule is met" not in page
    assert all(words in page for words in ("Not met", "Cannot be determined", "How many sessions there are."))
    assert f"{proposal.get_absolute_url()}#field-description" in page
    for field, answer in (("description", "Four words are enough"), ("theme", "Skills")):
        write(client, proposal, field, answer, hash_json_value(None))
    assert "Every known rule is met" not in client.get(url("proposal_checks", proposal.pk)).text
    facts = {"judged:novel": "yes", "seen": hash_json_value({})}
    answer = client.post(url("proposal_facts", proposal.pk), facts, follow=True)

    assert "Every known rule is met" in answer.text
    assert not check_proposal_rules(call, Proposal.objects.get(), DUE + timedelta(seconds=1)).is_green


def test_concurrent_answers_to_question_conflict(client, coordinator, proposal):
    save_proposal_facts(actor=coordinator, proposal=proposal, facts={"judged:novel": True}, seen=hash_json_value({}))
    client.force_login(coordinator)
    answer = client.post(url("proposal_facts", proposal.pk), {"judged:novel": "no", "seen": hash_json_value({})})

    assert answer.status_code == 409
    assert Proposal.objects.get().facts == {"judged:novel": True}


def test_reused_proposal_fills_matching_fields_and_marks_new_ones(client, coalition, coordinator, proposal):
    save_proposal_answer(
        actor=coordinator, proposal=proposal, field="description", answer="Kept", seen=hash_json_value(None)
    )
    later = CALL.replace("2027", "2028").replace('name = "theme"', 'name = "topic"')
    save_call_file(actor=coordinator, coalition=coalition, text=later)
    client.force_login(coordinator)
    words = {"title": "Again", "earlier": proposal.pk}
    page = client.post(url("proposal_new", "forum-2028-session"), words, follow=True).text
    made = Proposal.objects.get(call_name="forum-2028-session")

    assert made.answers == {"title": "Again", "description": "Kept"}
    assert page.count('<span class="state waits">New</span>') == 1
    assert Link.objects.get(from_record=made).relation == Link.Relation.ADAPTED_FROM


def test_proposal_is_started_from_decision(client, coalition, coordinator, call):
    entry = EntryFactory(coalition=coalition, published=True, label="TLP:GREEN")
    client.force_login(coordinator)
    client.post(url("proposal_new", NAME), {"title": "Session", "origin": entry.get_absolute_url()})
    link = Link.objects.get()

    assert (link.to_record_id, link.relation) == (entry.pk, Link.Relation.BEGAN_AS)


def test_proposal_from_restricted_record_is_refused(client, coalition, coordinator, call):
    entry = EntryFactory(coalition=coalition, published=True, label="TLP:RED", author=coordinator)
    client.force_login(coordinator)
    answer = client.post(url("proposal_new", NAME), {"title": "Session", "origin": entry.get_absolute_url()})

    assert "Not all members can read the record" in answer.text
    assert not Proposal.objects.exists()


def test_proposal_of_removed_call_keeps_answers(client, coalition, member):
    proposal = ProposalFactory(coalition=coalition, published=True, label="TLP:GREEN", call_name="gone")
    Proposal.objects.filter(pk=proposal.pk).update(answers={"aim": "What we want"})
    client.force_login(member)

    assert "What we want" in client.get(proposal.get_absolute_url()).text
    assert (
        "No rules have been added for this call for proposals." in client.get(url("proposal_checks", proposal.pk)).text
    )


def test_answers_are_searchable(coalition, coordinator, member, proposal):
    save_proposal_answer(
        actor=coordinator, proposal=proposal, field="description", answer="About kiosks", seen=hash_json_value(None)
    )

    assert [hit.anchor for hit in index.search(coalition, member, "kiosks").hits] == ["field-description"]


def test_deadline_is_in_calendar_and_tasks(coalition, member, coordinator, proposal):
    Proposal.objects.update(due_on=timezone.localdate() + timedelta(days=2))
    today = timezone.localdate()
    month = CalendarWindow(coalition, member, today, today + timedelta(days=31))
    task = "Complete the proposal “Session”"

    assert [each.title for each in list_calendar_items(month, ["session-proposal"])] == ["Session"]
    assert task in [each.title for each in get_tasks(Standing(coordinator, coalition))]
    assert task not in [each.title for each in get_tasks(Standing(member, coalition))]


@pytest.mark.parametrize("number", [1, 3])
def test_proposal_list_and_page_query_count_is_constant(
    client, coalition, member, call, number, django_assert_num_queries
):
    made = [
        ProposalFactory(coalition=coalition, published=True, label="TLP:GREEN", call_name=NAME) for _ in range(number)
    ]
    client.force_login(member)
    client.get(url("proposal_list"))
    with django_assert_num_queries(5):
        client.get(url("proposal_list"))
    with django_assert_num_queries(11):
        client.get(made[0].get_absolute_url())

"""The register of decisions: how each was reached, who disagreed, whether it is in force."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.meetings import actions
from jukwaa.meetings.decisions import find_possible_successors, parse_decision_filters
from jukwaa.meetings.models import Decision, Dissent
from tests.factories import EntryFactory, MeetingFactory

AGREED = "It was agreed to share good practices."


@pytest.fixture
def decide(meeting, rapporteur):
    def decide(text=AGREED, **more):
        return actions.record_entry(actor=rapporteur, meeting=meeting, kind="decision", text=text, **more)

    return decide


@pytest.fixture
def decision(decide):
    return decide()


def update(actor, entry, from_version=0, **particulars):
    return actions.update_decision_status(actor=actor, entry=entry, from_version=from_version, **particulars)


def get_url(name, coalition, *args):
    return reverse(f"meetings:{name}", args=[coalition.slug, *args])


def test_update_decision_records_vote(rapporteur, decision):
    row = update(rapporteur, decision, method="vote", votes_for=12, votes_against=2, abstentions=0)
    assert (row.method, row.votes_for, row.votes_against, row.abstentions, row.version) == ("vote", 12, 2, 0, 1)
    assert row.is_in_force
    assert row.ended_on is None


def test_update_decision_removes_votes_without_vote(rapporteur, decision):
    update(rapporteur, decision, method="vote", votes_for=12)
    row = update(rapporteur, decision, from_version=1, method="consensus")
    assert (row.votes_for, row.has_votes) == (None, False)


@pytest.mark.parametrize("status", ["completed", "lapsed"])
def test_update_decision_sets_end_date(rapporteur, decision, status):
    assert update(rapporteur, decision, status=status).ended_on == timezone.localdate()
    later = update(rapporteur, decision, from_version=1, status=status, ended_on=date(2012, 3, 4))
    assert later.ended_on == date(2012, 3, 4)
    assert update(rapporteur, decision, from_version=2, status="in-force").ended_on is None


def test_superseded_decision_needs_successor(rapporteur, decision):
    with pytest.raises(ActionRefused, match="Choose the decision that superseded this one"):
        update(rapporteur, decision, status="superseded")


def test_decision_cannot_supersede_itself_or_form_a_cycle(rapporteur, decision, decide):
    later = decide("Good practices are shared each quarter.")
    with pytest.raises(ActionRefused, match="Choose another decision"):
        update(rapporteur, decision, status="superseded", superseded_by=decision)
    update(rapporteur, decision, status="superseded", superseded_by=later)
    with pytest.raises(ActionRefused, match="itself superseded"):
        update(rapporteur, later, status="superseded", superseded_by=decision)


def test_concurrent_update_shows_conflict(rapporteur, decision):
    update(rapporteur, decision, method="consensus")
    with pytest.raises(EditConflict):
        update(rapporteur, decision, from_version=0, method="delegated")
    assert Decision.objects.get().method == "consensus"


def test_members_cannot_update_register(member, decision):
    for act in (
        lambda: update(member, decision, method="consensus"),
        lambda: actions.record_decision_dissent(
            actor=member, entry=decision, voice=("X", None), kind="objected", statement=""
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_record_dissent_again_replaces_statement(rapporteur, decision, organisation):
    voice = (organisation.name, organisation)
    for statement in ("We need more time.", "We can live with it."):
        actions.record_decision_dissent(
            actor=rapporteur, entry=decision, voice=voice, kind="stood-aside", statement=statement
        )
    assert Dissent.objects.get().statement == "We can live with it."


def test_dissent_is_refused_under_the_chatham_house_rule(rapporteur, meeting, decide, organisation):
    part = actions.add_meeting_part(actor=rapporteur, meeting=meeting, title="Among ourselves", chatham=True)
    closed = decide("It was agreed to wait.", part=part)
    with pytest.raises(ActionRefused, match="Chatham House Rule"):
        actions.record_decision_dissent(
            actor=rapporteur, entry=closed, voice=(organisation.name, organisation), kind="objected", statement=""
        )


def test_decision_page_shows_register_to_visitors(client, coalition, rapporteur, decision, decide, organisation):
    later = decide("Good practices are shared each quarter.")
    update(rapporteur, decision, method="vote", votes_for=1, status="superseded", superseded_by=later)
    actions.record_decision_dissent(
        actor=rapporteur,
        entry=decision,
        voice=(organisation.name, organisation),
        kind="objected",
        statement="Too early.",
    )
    page = client.get(decision.get_absolute_url()).content.decode()
    for expected in ("Superseded", "1 in favour", "Good practices are shared each quarter.", "Objected", "Too early."):
        assert expected in page
    assert AGREED in client.get(later.get_absolute_url()).content.decode()
    assert get_url("decision_edit", coalition, decision.pk) not in page


def test_register_filters_by_status_method_and_words(client, coalition, rapporteur, decision, decide):
    other = decide("The charter is adopted.")
    update(rapporteur, other, method="consensus", status="completed")

    def listed(**query):
        page = client.get(get_url("decision_list", coalition), query).content.decode()
        return [entry.text for entry in (decision, other) if entry.text in page]

    assert listed() == [decision.text, other.text]
    assert listed(status="in-force") == [decision.text]
    assert listed(status="completed") == [other.text]
    assert listed(method="consensus") == [other.text]
    assert listed(q="charter adopted") == [other.text]
    assert listed(q="nothing of the kind") == []
    year = decision.meeting.starts_on.year
    assert (listed(year=year), listed(year=year - 1)) == ([decision.text, other.text], [])
    assert listed(status="no such status") == [decision.text, other.text]


def test_register_leaves_out_drafts_and_other_kinds(client, coalition, rapporteur, meeting, decision):
    actions.record_entry(actor=rapporteur, meeting=meeting, kind="commitment", text="The proposal will be sent.")
    draft = actions.create_meeting_record(actor=rapporteur, coalition=coalition, title="A draft")
    actions.record_entry(actor=rapporteur, meeting=draft, kind="decision", text="Nobody reads this yet.")
    client.force_login(rapporteur)
    page = client.get(get_url("decision_list", coalition)).content.decode()
    assert AGREED in page
    assert "The proposal will be sent." not in page
    assert "Nobody reads this yet." not in page


def test_register_as_csv_and_feed(client, coalition, rapporteur, decision):
    update(rapporteur, decision, method="rough-consensus")
    table = client.get(reverse("exchange:list_file", args=[coalition.slug, "decisions", "csv"])).content.decode()
    assert AGREED in table
    assert '"Rough consensus","In force"' in table
    with time_machine.travel(timezone.now() + timedelta(hours=1)):  # a feed waits before it shows what is new
        feed = client.get(reverse("exchange:feed", args=[coalition.slug, "decisions"])).content.decode()
    assert AGREED in feed


def test_decision_form_shows_error_for_invalid_input(client, coalition, rapporteur, decision):
    client.force_login(rapporteur)
    url = get_url("decision_edit", coalition, decision.pk)
    assert client.get(url).status_code == 200
    wrong = client.post(url, {"method": "consensus", "votes_for": "3", "status": "superseded", "version": 0})
    assert "Choose “Vote”, or remove the numbers of votes." in wrong.content.decode()
    wrong = client.post(url, {"status": "superseded", "version": 0})
    assert "Choose the decision that superseded this one." in wrong.content.decode()
    saved = client.post(url, {"method": "vote", "votes_for": "3", "status": "in-force", "version": 0})
    assert saved.status_code == 302
    late = client.post(url, {"method": "consensus", "status": "in-force", "version": 0})
    assert late.status_code == 409
    assert Decision.objects.get().votes_for == 3


@pytest.mark.parametrize("chosen", [False, True])
def test_form_offers_decisions_in_force_or_later(client, coalition, rapporteur, decision, decide, chosen):
    """The latest of them, and the one that is chosen already."""
    sides = {}
    for day, name in ((date(2000, 1, 1), "earlier"), (date(2030, 1, 1), "later")):
        held = MeetingFactory(coalition=coalition, starts_on=day, published=True)
        for status in ("in-force", "lapsed"):
            text = f"{status} {name}"
            sides[text] = EntryFactory(
                coalition=coalition, meeting=held, kind="decision", title=text, text=text, published=True
            )
            Decision.objects.create(entry=sides[text], status=status, ended_on=day if status == "lapsed" else None)
    gone = sides["lapsed earlier"]
    if chosen:
        update(rapporteur, decision, status="superseded", superseded_by=gone)
    client.force_login(rapporteur)
    page = client.get(get_url("decision_edit", coalition, decision.pk)).text
    offered = [text for text in sides if f">{text}</option>" in page]

    assert offered == [text for text in sides if chosen or text != "lapsed earlier"]


def test_form_limits_number_of_choices(coalition, rapporteur, decision, decide, monkeypatch):
    monkeypatch.setattr("jukwaa.meetings.decisions.MAX_SUCCESSORS", 2)
    others = [decide(f"Decision {number}.") for number in range(3)]

    assert len(find_possible_successors(rapporteur, decision, None)) == 2
    assert others[2] not in find_possible_successors(rapporteur, decision, None)
    assert others[2] in find_possible_successors(rapporteur, decision, others[2].pk)


def test_dissent_form_records_and_removes(client, coalition, rapporteur, decision, organisation):
    client.force_login(rapporteur)
    url = get_url("dissent_new", coalition, decision.pk)
    sent = {"dissenter": organisation.name, "kind": "objected", "statement": "Too early."}
    assert client.post(url, sent).status_code == 302
    dissent = Dissent.objects.get()
    assert dissent.capacity.organisation == organisation
    remove = get_url("dissent_remove", coalition, decision.pk, dissent.pk)
    assert organisation.name in client.get(remove).content.decode()
    assert Dissent.objects.exists()
    client.post(remove)
    assert not Dissent.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_register_query_count_is_constant(client, coalition, decide, django_assert_num_queries, rows):
    for number in range(rows):
        decide(f"Decision {number}.")
    client.get(get_url("decision_list", coalition))
    with django_assert_num_queries(3):
        client.get(get_url("decision_list", coalition), {"q": "Decision"})


def test_read_filters_ignores_unknown_values():
    assert parse_decision_filters({"status": "x", "method": "vote", "q": " a "}) == {
        "status": "",
        "method": "vote",
        "q": "a",
        "year": "",
    }

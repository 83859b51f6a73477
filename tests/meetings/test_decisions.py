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

AGREEMENT_TEXT = "It was agreed to share good practices."


@pytest.fixture
def record_decision(meeting, rapporteur):
    def record_one_decision(text=AGREEMENT_TEXT, **more):
        return actions.record_entry(actor=rapporteur, meeting=meeting, kind="decision", text=text, **more)

    return record_one_decision


@pytest.fixture
def recorded_decision(record_decision):
    return record_decision()


def update_decision_particulars(actor, entry, from_version=0, **particulars):
    return actions.update_decision_status(actor=actor, entry=entry, from_version=from_version, **particulars)


def build_meetings_url(route_name, coalition, *args):
    return reverse(f"meetings:{route_name}", args=[coalition.slug, *args])


def test_update_decision_records_vote(rapporteur, recorded_decision):
    row = update_decision_particulars(
        rapporteur, recorded_decision, method="vote", votes_for=12, votes_against=2, abstentions=0
    )
    assert (row.method, row.votes_for, row.votes_against, row.abstentions, row.version) == ("vote", 12, 2, 0, 1)
    assert row.is_in_force
    assert row.ended_on is None


def test_update_decision_removes_votes_without_vote(rapporteur, recorded_decision):
    update_decision_particulars(rapporteur, recorded_decision, method="vote", votes_for=12)
    row = update_decision_particulars(rapporteur, recorded_decision, from_version=1, method="consensus")
    assert (row.votes_for, row.has_votes) == (None, False)


@pytest.mark.parametrize("decision_status", ["completed", "lapsed"])
def test_update_decision_sets_end_date(rapporteur, recorded_decision, decision_status):
    assert (
        update_decision_particulars(rapporteur, recorded_decision, status=decision_status).ended_on
        == timezone.localdate()
    )
    later = update_decision_particulars(
        rapporteur, recorded_decision, from_version=1, status=decision_status, ended_on=date(2012, 3, 4)
    )
    assert later.ended_on == date(2012, 3, 4)
    assert (
        update_decision_particulars(rapporteur, recorded_decision, from_version=2, status="in-force").ended_on is None
    )


def test_superseded_decision_needs_successor(rapporteur, recorded_decision):
    with pytest.raises(ActionRefused, match="Choose the decision that superseded this one"):
        update_decision_particulars(rapporteur, recorded_decision, status="superseded")


def test_decision_cannot_supersede_itself_or_form_a_cycle(rapporteur, recorded_decision, record_decision):
    later = record_decision("Good practices are shared each quarter.")
    with pytest.raises(ActionRefused, match="Choose another decision"):
        update_decision_particulars(rapporteur, recorded_decision, status="superseded", superseded_by=recorded_decision)
    update_decision_particulars(rapporteur, recorded_decision, status="superseded", superseded_by=later)
    with pytest.raises(ActionRefused, match="has been replaced by this decision"):
        update_decision_particulars(rapporteur, later, status="superseded", superseded_by=recorded_decision)


def test_concurrent_update_shows_conflict(rapporteur, recorded_decision):
    update_decision_particulars(rapporteur, recorded_decision, method="consensus")
    with pytest.raises(EditConflict):
        update_decision_particulars(rapporteur, recorded_decision, from_version=0, method="delegated")
    assert Decision.objects.get().method == "consensus"


def test_members_cannot_update_register(member, recorded_decision):
    for act in (
        lambda: update_decision_particulars(member, recorded_decision, method="consensus"),
        lambda: actions.record_decision_dissent(
            actor=member, entry=recorded_decision, voice=("X", None), dissent_kind="objected", dissent_statement=""
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_record_dissent_again_replaces_statement(rapporteur, recorded_decision, organisation):
    voice = (organisation.name, organisation)
    for statement in ("We need more time.", "We can live with it."):
        actions.record_decision_dissent(
            actor=rapporteur,
            entry=recorded_decision,
            voice=voice,
            dissent_kind="stood-aside",
            dissent_statement=statement,
        )
    assert Dissent.objects.get().statement == "We can live with it."


def test_dissent_is_refused_under_the_chatham_house_rule(rapporteur, meeting, record_decision, organisation):
    part = actions.add_meeting_agenda_item(
        actor=rapporteur, meeting=meeting, title="Among ourselves", is_under_chatham_house_rule=True
    )
    closed = record_decision("It was agreed to wait.", part=part)
    with pytest.raises(ActionRefused, match="Chatham House Rule"):
        actions.record_decision_dissent(
            actor=rapporteur,
            entry=closed,
            voice=(organisation.name, organisation),
            dissent_kind="objected",
            dissent_statement="",
        )


def test_decision_page_shows_register_to_visitors(
    client, coalition, rapporteur, recorded_decision, record_decision, organisation
):
    later = record_decision("Good practices are shared each quarter.")
    update_decision_particulars(
        rapporteur, recorded_decision, method="vote", votes_for=1, status="superseded", superseded_by=later
    )
    actions.record_decision_dissent(
        actor=rapporteur,
        entry=recorded_decision,
        voice=(organisation.name, organisation),
        dissent_kind="objected",
        dissent_statement="Too early.",
    )
    page = client.get(recorded_decision.get_absolute_url()).content.decode()
    for expected in ("Superseded", "1 in favour", "Good practices are shared each quarter.", "Objected", "Too early."):
        assert expected in page
    assert AGREEMENT_TEXT in client.get(later.get_absolute_url()).content.decode()
    assert build_meetings_url("decision_edit", coalition, recorded_decision.pk) not in page


def test_register_filters_by_status_method_and_words(client, coalition, rapporteur, recorded_decision, record_decision):
    other = record_decision("The charter is adopted.")
    update_decision_particulars(rapporteur, other, method="consensus", status="completed")

    def list_shown_decisions(**query):
        page = client.get(build_meetings_url("decision_list", coalition), query).content.decode()
        return [entry.text for entry in (recorded_decision, other) if entry.text in page]

    assert list_shown_decisions() == [recorded_decision.text, other.text]
    assert list_shown_decisions(status="in-force") == [recorded_decision.text]
    assert list_shown_decisions(status="completed") == [other.text]
    assert list_shown_decisions(method="consensus") == [other.text]
    assert list_shown_decisions(q="charter adopted") == [other.text]
    assert list_shown_decisions(q="nothing of the kind") == []
    year = recorded_decision.meeting.starts_on.year
    assert (list_shown_decisions(year=year), list_shown_decisions(year=year - 1)) == (
        [recorded_decision.text, other.text],
        [],
    )
    assert list_shown_decisions(status="no such status") == [recorded_decision.text, other.text]


def test_register_omits_drafts_and_other_kinds(client, coalition, rapporteur, meeting, recorded_decision):
    actions.record_entry(actor=rapporteur, meeting=meeting, kind="commitment", text="The proposal will be sent.")
    draft = actions.create_meeting_record(actor=rapporteur, coalition=coalition, title="A draft")
    actions.record_entry(actor=rapporteur, meeting=draft, kind="decision", text="Nobody reads this yet.")
    client.force_login(rapporteur)
    page = client.get(build_meetings_url("decision_list", coalition)).content.decode()
    assert AGREEMENT_TEXT in page
    assert "The proposal will be sent." not in page
    assert "Nobody reads this yet." not in page


def test_register_is_available_as_csv_and_feed(client, coalition, rapporteur, recorded_decision):
    update_decision_particulars(rapporteur, recorded_decision, method="rough-consensus")
    table = client.get(reverse("exchange:list_file", args=[coalition.slug, "decisions", "csv"])).content.decode()
    assert AGREEMENT_TEXT in table
    assert '"Rough consensus","In force"' in table
    with time_machine.travel(timezone.now() + timedelta(hours=1)):  # a feed waits before it shows what is new
        feed = client.get(reverse("exchange:feed", args=[coalition.slug, "decisions"])).content.decode()
    assert AGREEMENT_TEXT in feed


def test_decision_form_shows_error_for_invalid_input(client, coalition, rapporteur, recorded_decision):
    client.force_login(rapporteur)
    url = build_meetings_url("decision_edit", coalition, recorded_decision.pk)
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


@pytest.mark.parametrize("is_decision_chosen", [False, True])
def test_form_offers_decisions_that_may_supersede(
    client, coalition, rapporteur, recorded_decision, record_decision, is_decision_chosen
):
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
    if is_decision_chosen:
        update_decision_particulars(rapporteur, recorded_decision, status="superseded", superseded_by=gone)
    client.force_login(rapporteur)
    page = client.get(build_meetings_url("decision_edit", coalition, recorded_decision.pk)).text
    offered = [text for text in sides if f">{text}</option>" in page]

    assert offered == [text for text in sides if is_decision_chosen or text != "lapsed earlier"]


def test_form_limits_number_of_choices(coalition, rapporteur, recorded_decision, record_decision, monkeypatch):
    monkeypatch.setattr("jukwaa.meetings.decisions.MAX_SUCCESSOR_CHOICES", 2)
    others = [record_decision(f"Decision {number}.") for number in range(3)]

    assert len(find_possible_successors(rapporteur, recorded_decision, None)) == 2
    assert others[2] not in find_possible_successors(rapporteur, recorded_decision, None)
    assert others[2] in find_possible_successors(rapporteur, recorded_decision, others[2].pk)


def test_dissent_form_records_and_removes_statement(client, coalition, rapporteur, recorded_decision, organisation):
    client.force_login(rapporteur)
    url = build_meetings_url("dissent_new", coalition, recorded_decision.pk)
    sent = {"dissenter": organisation.name, "kind": "objected", "statement": "Too early."}
    assert client.post(url, sent).status_code == 302
    dissent = Dissent.objects.get()
    assert dissent.capacity.organisation == organisation
    remove = build_meetings_url("dissent_remove", coalition, recorded_decision.pk, dissent.pk)
    assert organisation.name in client.get(remove).content.decode()
    assert Dissent.objects.exists()
    client.post(remove)
    assert not Dissent.objects.exists()


@pytest.mark.parametrize("row_count", [1, 3])
def test_register_query_count_is_constant(client, coalition, record_decision, django_assert_num_queries, row_count):
    for number in range(row_count):
        record_decision(f"Decision {number}.")
    client.get(build_meetings_url("decision_list", coalition))
    with django_assert_num_queries(3):
        client.get(build_meetings_url("decision_list", coalition), {"q": "Decision"})


def test_read_filters_ignores_unknown_values():
    assert parse_decision_filters({"status": "x", "method": "vote", "q": " a "}) == {
        "status": "",
        "method": "vote",
        "q": "a",
        "year": "",
    }

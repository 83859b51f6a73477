"""The year at the forum on one page: which call, which step is next, who takes it, and who sees it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Role
from jukwaa.coalitions.standing import Standing
from jukwaa.eligibility.actions import answer_condition
from jukwaa.eligibility.cycle.forum_year_steps import build_forum_year_steps
from jukwaa.eligibility.cycle.steps import Status, mark_next_step
from jukwaa.eligibility.cycle.year_facts import ForumYearFacts
from jukwaa.eligibility.cycle.year_round_steps import build_year_round_steps
from jukwaa.eligibility.demo import EMPTY_ANSWER
from jukwaa.eligibility.models import CoordinationMeeting
from jukwaa.meetings.models import Report
from jukwaa.proposals.call import CallDeadline, DateKind, Milestone
from jukwaa.proposals.call_parser import parse_call_toml
from jukwaa.proposals.call_writer import format_call_as_toml
from jukwaa.proposals.models import CallFile, Participant, Submission
from tests.conftest import create_seated_person
from tests.factories import MeetingFactory, PersonFactory
from tests.proposals.kinds import ProposalFactory
from tests.proposals.test_call_files import CALL_FILE

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
NAME = "igf-2027-workshop"
URL = "eligibility:cycle"


def add_call(coalition, deadline=date(2027, 3, 16), zone="UTC-11", name=NAME, **days):
    """A call of 2027 whose deadline and dates are given by their kinds."""
    dates = tuple(Milestone(DateKind[kind], day) for kind, day in days.items())
    due = (CallDeadline(deadline, time(23, 59), zone),) if deadline else ()
    call = replace(parse_call_toml(CALL_FILE), name=name, year=2027, deadlines=due, dates=dates, rules=())
    CallFile.objects.create(coalition=coalition, name=name, text=format_call_as_toml(call))
    return call


def propose(coalition, coordinator, name=NAME, **submission):
    proposal = ProposalFactory(
        coalition=coalition, author=coordinator, published=True, call_name=name, title="Our session"
    )
    if submission:
        Submission.objects.create(proposal=proposal, by=coordinator, **submission)
    return proposal


def build(coordinator, coalition, now=NOW, chosen=""):
    facts = ForumYearFacts(Standing(coordinator, coalition), now, chosen)
    return {
        step.name: step for step in [*mark_next_step(build_forum_year_steps(facts)), *build_year_round_steps(facts)]
    }


def get_statuses(steps):
    return {name: str(step.status) for name, step in steps.items()}


def find_next(steps):
    return [name for name, step in steps.items() if step.is_next]


def answer_report(coordinator, coalition, rule="yearly-report", year=NOW.year, **changes):
    return answer_condition(
        actor=coordinator, coalition=coalition, year=year, rule=rule, changes=EMPTY_ANSWER | changes
    )


@pytest.mark.parametrize(
    ("reader", "status"),
    [("coordinator", 200), ("chair", 200), ("rapporteur", 200), ("representative", 200), ("member", 403)],
)
def test_only_role_holders_see_cycle_page(client, coalition, request, reader, status):
    known = ("coordinator", "rapporteur", "member")
    person = request.getfixturevalue(reader) if reader in known else create_seated_person(coalition, "Person", reader)
    client.force_login(person)

    assert client.get(reverse(URL, args=["ours"])).status_code == status


def test_next_step_without_call_is_adding_one(coalition, coordinator):
    steps = build(coordinator, coalition)

    assert find_next(steps) == ["call"]
    assert "Add the call when the forum publishes it" in steps["call"].done[0]
    assert steps["call"].who == "The coordinator (coordinator)"
    assert [str(line) for line in steps["results"].dates] == ["The date is not known."]


def test_deadline_has_time_zone_and_missing_dates_are_unknown(coalition, coordinator):
    add_call(coalition, RESULTS=date(2027, 5, 1))
    steps = build(coordinator, coalition)

    assert "16 March 2027, 23:59 (UTC−11)" in steps["proposal"].when[0]
    assert steps["results"].when == ("Results announced: 1 May 2027",)
    assert [str(line) for line in steps["screening"].dates] == ["The date is not known."]


def test_unstated_time_zone_is_mentioned_with_earliest_deadline(coalition, coordinator):
    add_call(coalition, zone="not stated")
    first, second = build(coordinator, coalition)["proposal"].when

    assert "time zone not stated" in first
    assert second.startswith("To be safe, submit before")


def test_reports_of_previous_year_precede_proposal(coalition, coordinator, rapporteur):
    add_call(coalition)
    step = {"step": "Send it", "responsible": rapporteur, "due_on": date(2027, 2, 20)}
    answer_report(coordinator, coalition, answer="no", **step)
    steps = build(coordinator, coalition)

    assert find_next(steps) == ["reports-before"]
    assert steps["reports-before"].who == "The rapporteur"
    assert steps["reports-before"].when == ("Planned for 20 February 2027",)


@pytest.fixture
def reported(coalition, coordinator):
    """A coalition whose reports of the year before have been filed."""
    answer_report(coordinator, coalition, answer="yes")
    answer_report(coordinator, coalition, rule="session-report", answer="yes")
    return coalition


def test_completed_step_leads_to_next_step(reported, coordinator):
    add_call(reported, SCREENING=date(2027, 4, 1), CONFIRMATION=date(2027, 6, 1))
    assert find_next(build(coordinator, reported)) == ["proposal"]
    proposal = propose(reported, coordinator, at=NOW)
    assert find_next(build(coordinator, reported)) == ["screening"]
    assert find_next(build(coordinator, reported, NOW + timedelta(days=90))) == ["results"]
    Submission.objects.update(outcome="accepted", outcome_on=date(2027, 5, 1))
    steps = build(coordinator, reported, NOW + timedelta(days=90))
    assert find_next(steps) == ["confirmation"]
    assert steps["results"].done == ("Accepted",)
    steps = build(coordinator, reported, NOW + timedelta(days=150))
    assert (find_next(steps), steps["confirmation"].status) == (["session"], Status.PASSED)
    assert steps["proposal"].links[0].url == proposal.get_absolute_url()


def test_held_session_leads_to_session_and_annual_report(reported, coordinator, rapporteur):
    add_call(reported)
    propose(reported, coordinator, at=NOW, outcome="accepted", outcome_on=NOW.date())
    meeting = MeetingFactory(coalition=reported, published=True, forum="IGF 2027", starts_on=date(2027, 1, 20))
    at = NOW + timedelta(days=60)
    coming = build(coordinator, reported)
    assert coming["session"].title == "Session at the forum"
    with_session = build(coordinator, reported, at)
    assert with_session["session"].when == ("20 January 2027",)
    assert with_session["session-report"].when[0].startswith("Due on")
    assert with_session["session-report"].who == "The rapporteur (rapporteur)"
    Report.objects.create(meeting=meeting, published_at=timezone.now())
    assert build(coordinator, reported, at)["session-report"].status == Status.DONE


def test_missed_or_declined_proposal_leaves_only_reports(reported, coordinator):
    add_call(reported, CONFIRMATION=date(2027, 6, 1))
    propose(reported, coordinator)
    missed = build(coordinator, reported, NOW + timedelta(days=90))

    assert get_statuses(missed) | {"coordination": "", "listing": ""} == {
        "call": "done",
        "reports-before": "done",
        "proposal": "missed",
        "screening": "not-needed",
        "results": "not-needed",
        "confirmation": "not-needed",
        "session": "not-needed",
        "session-report": "not-needed",
        "annual-report": "next",
        "coordination": "",
        "listing": "",
    }
    propose(reported, coordinator, at=NOW, outcome="declined", outcome_on=NOW.date())
    declined = build(coordinator, reported, NOW + timedelta(days=30))
    assert (declined["results"].status, declined["session"].status) == (Status.DONE, Status.NOT_NEEDED)


def test_open_call_is_shown_first_and_can_be_changed(client, coalition, coordinator):
    with_proposal = add_call(coalition, name="with-proposal", deadline=date(2027, 6, 1))
    sooner = add_call(coalition, name="sooner", deadline=date(2027, 3, 1))
    propose(coalition, coordinator, name="with-proposal")

    facts = ForumYearFacts(Standing(coordinator, coalition), NOW)
    assert [call.name for call in facts.candidates][:2] == [with_proposal.name, sooner.name]
    assert ForumYearFacts(Standing(coordinator, coalition), NOW, "sooner").call.name == "sooner"
    assert ForumYearFacts(Standing(coordinator, coalition), NOW, "nothing").call.name == "with-proposal"


def test_all_year_section_shows_next_and_unlogged_meetings(coalition, coordinator):
    for days, attended in ((-1, ""), (-2, "yes"), (5, "")):
        starts_at = timezone.now() + timedelta(days=days)
        CoordinationMeeting.objects.create(coalition=coalition, title="Call", starts_at=starts_at, attended=attended)
    step = build(coordinator, coalition, timezone.now())["coordination"]

    assert step.done == ("Meetings this year: 2. Attended: 1.", "Meetings without logged attendance: 1.")
    assert step.when[0].startswith("Next meeting:")
    assert (step.status, step.who) == (Status.TO_DO, "no one yet (representative at coordination meetings)")


def test_only_coordinators_see_self_check_counts(coalition, coordinator, rapporteur):
    step = {"step": "Send it", "responsible": rapporteur, "due_on": timezone.localdate()}
    now = timezone.now()
    answer_report(coordinator, coalition, year=now.year, answer="no", **step)
    seen, hidden = build(coordinator, coalition, now)["listing"], build(rapporteur, coalition, now)["listing"]

    assert "At risk: 1." in seen.done[0]
    assert seen.done[1] == "Next step: Send it"
    assert (seen.who, seen.status) == ("The rapporteur", Status.TO_DO)
    assert hidden.done == ("Only coordinators can see the self-check.",)
    assert not hidden.links


def test_page_highlights_next_step_and_is_linked(client, coalition, coordinator):
    client.force_login(coordinator)
    text = client.get(reverse(URL, args=["ours"])).text

    assert text.count('aria-current="step"') == 1
    for name in ("coalitions:settings", "eligibility:check", "home:desk"):
        assert f'href="{reverse(URL, args=["ours"])}"' in client.get(reverse(name, args=["ours"])).text


def test_minor_is_not_named(coalition, coordinator):
    young = create_seated_person(coalition, "A young person", "rapporteur")
    type(young).objects.filter(pk=young.pk).update(
        is_minor=True, adult_contact=create_seated_person(coalition, "An adult"), name_is_public=False
    )
    Role.objects.filter(person=coordinator).update(kind="rapporteur")
    steps = build(coordinator, coalition)

    assert all("A young person" not in step.who for step in steps.values())


@pytest.mark.parametrize("number", [1, 3])
def test_cycle_page_query_count_is_constant(client, coalition, coordinator, number, django_assert_num_queries):
    for count in range(number):
        add_call(coalition, name=f"call-{count}")
        propose(coalition, coordinator, name=f"call-{count}", at=NOW)
        MeetingFactory(coalition=coalition, published=True, forum="IGF", starts_on=date(2027, 1, 20))
        starts_at = timezone.now() + timedelta(days=count)
        CoordinationMeeting.objects.create(coalition=coalition, title="Call", starts_at=starts_at)
    client.force_login(coordinator)
    client.get(reverse(URL, args=["ours"]))
    with django_assert_num_queries(16):
        client.get(reverse(URL, args=["ours"]))


def test_call_step_is_open_until_deadline(coalition, coordinator):
    add_call(coalition)
    call = build(coordinator, coalition)["call"]

    assert (call.status, call.label, call.when) == (Status.OPEN, "Open", ("Open until 16 March 2027",))
    propose(coalition, coordinator)
    assert build(coordinator, coalition, NOW + timedelta(days=90))["call"].status == Status.DONE


def test_reports_step_is_done_after_annual_report_without_session(coalition, coordinator):
    add_call(coalition)
    answer_report(coordinator, coalition, answer="yes")
    steps = build(coordinator, coalition)

    assert (steps["reports-before"].title, steps["reports-before"].status) == ("Reports for 2026", Status.DONE)
    assert find_next(steps) == ["proposal"]
    answer_report(coordinator, coalition, rule="session-report", answer="no")
    assert find_next(build(coordinator, coalition)) == ["reports-before"]


def test_all_open_proposals_of_call_are_shown(coalition, coordinator):
    add_call(coalition)
    draft = propose(coalition, coordinator)
    submitted = propose(coalition, coordinator, at=NOW)
    propose(coalition, coordinator, at=NOW, outcome="declined", outcome_on=NOW.date())
    step = build(coordinator, coalition)["proposal"]

    assert [link.url for link in step.links] == [each.get_absolute_url() for each in (submitted, draft)]
    assert step.done == ("Submitted on 1 February 2027.", "Other proposals in progress: 1.")
    after = build(coordinator, coalition, NOW + timedelta(days=90))["proposal"]
    assert [link.url for link in after.links] == [submitted.get_absolute_url()]


def test_speakers_step_is_done_when_all_are_confirmed(coalition, coordinator):
    add_call(coalition)
    draft, proposal = propose(coalition, coordinator), propose(coalition, coordinator, at=NOW)
    young = PersonFactory(is_minor=True, adult_contact=PersonFactory())
    Participant.objects.create(proposal=draft, name="Of a draft")
    for status in ("confirmed", "provisional", "declined"):
        Participant.objects.create(proposal=proposal, name="A person", status=status)
    minor = Participant.objects.create(proposal=proposal, person=young, status="confirmed")
    step = build(coordinator, coalition)["confirmation"]

    assert (step.status, step.done[0]) == (Status.LATER, "People who have not confirmed yet: 1.")
    Participant.objects.filter(pk=minor.pk).update(consent_by=young.adult_contact)
    step = build(coordinator, coalition)["confirmation"]
    assert (step.status, step.done) == (
        Status.DONE,
        ("Everyone listed in the proposal has confirmed that they will take part.",),
    )

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
from jukwaa.eligibility.cycle.steps import StepStatus, mark_next_step
from jukwaa.eligibility.cycle.year_facts import ForumYearFacts
from jukwaa.eligibility.cycle.year_round_steps import build_year_round_steps
from jukwaa.eligibility.demo import EMPTY_CONDITION_ANSWER
from jukwaa.eligibility.models import CoordinationMeeting
from jukwaa.meetings.models import Report
from jukwaa.proposals.call import CallDateKind, CallDeadline, CallMilestone
from jukwaa.proposals.call_parser import parse_call_toml
from jukwaa.proposals.call_writer import format_call_as_toml
from jukwaa.proposals.models import CallFile, Participant, Submission
from tests.conftest import create_seated_person
from tests.factories import MeetingFactory, PersonFactory
from tests.proposals.kinds import ProposalFactory
from tests.proposals.test_call_files import CALL_TOML

CURRENT_TIME = datetime(2027, 2, 1, 12, tzinfo=UTC)
CALL_NAME = "igf-2027-workshop"
URL = "eligibility:cycle"


def add_call_with_deadline(coalition, call_deadline=date(2027, 3, 16), zone="UTC-11", call_name=CALL_NAME, **days):
    """A call of 2027 whose deadline and dates are given by their kinds."""
    dates = tuple(CallMilestone(CallDateKind[kind], day) for kind, day in days.items())
    due = (CallDeadline(call_deadline, time(23, 59), zone),) if call_deadline else ()
    call = replace(parse_call_toml(CALL_TOML), name=call_name, year=2027, deadlines=due, dates=dates, rules=())
    CallFile.objects.create(coalition=coalition, name=call_name, text=format_call_as_toml(call))
    return call


def create_call_proposal(coalition, coordinator, call_name=CALL_NAME, **submission):
    proposal = ProposalFactory(
        coalition=coalition, author=coordinator, published=True, call_name=call_name, title="Our session"
    )
    if submission:
        Submission.objects.create(proposal=proposal, by=coordinator, **submission)
    return proposal


def build_year_steps(coordinator, coalition, current_time=CURRENT_TIME, chosen_call=""):
    facts = ForumYearFacts(Standing(coordinator, coalition), current_time, chosen_call)
    return {
        step.name: step for step in [*mark_next_step(build_forum_year_steps(facts)), *build_year_round_steps(facts)]
    }


def get_step_statuses(year_steps):
    return {name: str(step.status) for name, step in year_steps.items()}


def find_next_steps(year_steps):
    return [name for name, step in year_steps.items() if step.is_next]


def answer_report_condition(coordinator, coalition, rule="yearly-report", year=CURRENT_TIME.year, **changes):
    return answer_condition(
        actor=coordinator, coalition=coalition, year=year, rule_name=rule, changes=EMPTY_CONDITION_ANSWER | changes
    )


@pytest.mark.parametrize(
    ("reader", "status_code"),
    [("coordinator", 200), ("chair", 200), ("rapporteur", 200), ("representative", 200), ("member", 403)],
)
def test_only_role_holders_see_cycle_page(client, coalition, request, reader, status_code):
    known = ("coordinator", "rapporteur", "member")
    person = request.getfixturevalue(reader) if reader in known else create_seated_person(coalition, "Person", reader)
    client.force_login(person)

    assert client.get(reverse(URL, args=["ours"])).status_code == status_code


def test_next_step_without_call_is_to_add_call(coalition, coordinator):
    steps = build_year_steps(coordinator, coalition)

    assert find_next_steps(steps) == ["call"]
    assert "Add the call when the forum publishes it" in steps["call"].done[0]
    assert steps["call"].who == "The coordinator (coordinator)"
    assert [str(line) for line in steps["results"].dates] == ["The date is not known."]


def test_deadline_has_time_zone_and_missing_dates_are_unknown(coalition, coordinator):
    add_call_with_deadline(coalition, RESULTS=date(2027, 5, 1))
    steps = build_year_steps(coordinator, coalition)

    assert "16 March 2027, 23:59 (UTC−11)" in steps["proposal"].when[0]
    assert steps["results"].when == ("Results announced: 1 May 2027",)
    assert [str(line) for line in steps["screening"].dates] == ["The date is not known."]


def test_unstated_time_zone_is_mentioned_with_earliest_deadline(coalition, coordinator):
    add_call_with_deadline(coalition, zone="not stated")
    first, second = build_year_steps(coordinator, coalition)["proposal"].when

    assert "time zone not stated" in first
    assert second.startswith("To be safe, submit before")


def test_reports_of_previous_year_precede_proposal(coalition, coordinator, rapporteur):
    add_call_with_deadline(coalition)
    step = {"step": "Send it", "responsible": rapporteur, "due_on": date(2027, 2, 20)}
    answer_report_condition(coordinator, coalition, answer="no", **step)
    steps = build_year_steps(coordinator, coalition)

    assert find_next_steps(steps) == ["reports-before"]
    assert steps["reports-before"].who == "The rapporteur"
    assert steps["reports-before"].when == ("Planned for 20 February 2027",)


@pytest.fixture
def coalition_with_filed_reports(coalition, coordinator):
    """A coalition whose reports of the year before have been filed."""
    answer_report_condition(coordinator, coalition, answer="yes")
    answer_report_condition(coordinator, coalition, rule="session-report", answer="yes")
    return coalition


def test_completed_step_leads_to_next_step(coalition_with_filed_reports, coordinator):
    add_call_with_deadline(coalition_with_filed_reports, SCREENING=date(2027, 4, 1), CONFIRMATION=date(2027, 6, 1))
    assert find_next_steps(build_year_steps(coordinator, coalition_with_filed_reports)) == ["proposal"]
    proposal = create_call_proposal(coalition_with_filed_reports, coordinator, at=CURRENT_TIME)
    assert find_next_steps(build_year_steps(coordinator, coalition_with_filed_reports)) == ["screening"]
    assert find_next_steps(
        build_year_steps(coordinator, coalition_with_filed_reports, CURRENT_TIME + timedelta(days=90))
    ) == ["results"]
    Submission.objects.update(outcome="accepted", outcome_on=date(2027, 5, 1))
    steps = build_year_steps(coordinator, coalition_with_filed_reports, CURRENT_TIME + timedelta(days=90))
    assert find_next_steps(steps) == ["confirmation"]
    assert steps["results"].done == ("Accepted",)
    steps = build_year_steps(coordinator, coalition_with_filed_reports, CURRENT_TIME + timedelta(days=150))
    assert (find_next_steps(steps), steps["confirmation"].status) == (["session"], StepStatus.PASSED)
    assert steps["proposal"].links[0].url == proposal.get_absolute_url()


def test_past_session_leads_to_session_and_annual_report(coalition_with_filed_reports, coordinator, rapporteur):
    add_call_with_deadline(coalition_with_filed_reports)
    create_call_proposal(
        coalition_with_filed_reports, coordinator, at=CURRENT_TIME, outcome="accepted", outcome_on=CURRENT_TIME.date()
    )
    meeting = MeetingFactory(
        coalition=coalition_with_filed_reports, published=True, forum="IGF 2027", starts_on=date(2027, 1, 20)
    )
    at = CURRENT_TIME + timedelta(days=60)
    coming = build_year_steps(coordinator, coalition_with_filed_reports)
    assert coming["session"].title == "Session at the forum"
    with_session = build_year_steps(coordinator, coalition_with_filed_reports, at)
    assert with_session["session"].when == ("20 January 2027",)
    assert with_session["session-report"].when[0].startswith("Due on")
    assert with_session["session-report"].who == "The rapporteur (rapporteur)"
    Report.objects.create(meeting=meeting, published_at=timezone.now())
    assert build_year_steps(coordinator, coalition_with_filed_reports, at)["session-report"].status == StepStatus.DONE


def test_missed_or_declined_proposal_leaves_only_reports(coalition_with_filed_reports, coordinator):
    add_call_with_deadline(coalition_with_filed_reports, CONFIRMATION=date(2027, 6, 1))
    create_call_proposal(coalition_with_filed_reports, coordinator)
    missed = build_year_steps(coordinator, coalition_with_filed_reports, CURRENT_TIME + timedelta(days=90))

    assert get_step_statuses(missed) | {"coordination": "", "listing": ""} == {
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
    create_call_proposal(
        coalition_with_filed_reports, coordinator, at=CURRENT_TIME, outcome="declined", outcome_on=CURRENT_TIME.date()
    )
    declined = build_year_steps(coordinator, coalition_with_filed_reports, CURRENT_TIME + timedelta(days=30))
    assert (declined["results"].status, declined["session"].status) == (StepStatus.DONE, StepStatus.NOT_NEEDED)


def test_open_call_is_shown_first_and_can_be_changed(client, coalition, coordinator):
    with_proposal = add_call_with_deadline(coalition, call_name="with-proposal", call_deadline=date(2027, 6, 1))
    sooner = add_call_with_deadline(coalition, call_name="sooner", call_deadline=date(2027, 3, 1))
    create_call_proposal(coalition, coordinator, call_name="with-proposal")

    facts = ForumYearFacts(Standing(coordinator, coalition), CURRENT_TIME)
    assert [call.name for call in facts.candidate_calls][:2] == [with_proposal.name, sooner.name]
    assert ForumYearFacts(Standing(coordinator, coalition), CURRENT_TIME, "sooner").call.name == "sooner"
    assert ForumYearFacts(Standing(coordinator, coalition), CURRENT_TIME, "nothing").call.name == "with-proposal"


def test_all_year_section_shows_next_and_unlogged_meetings(coalition, coordinator):
    for days, attended in ((-1, ""), (-2, "yes"), (5, "")):
        starts_at = timezone.now() + timedelta(days=days)
        CoordinationMeeting.objects.create(coalition=coalition, title="Call", starts_at=starts_at, attended=attended)
    step = build_year_steps(coordinator, coalition, timezone.now())["coordination"]

    assert step.done == ("Meetings this year: 2. Attended: 1.", "Meetings without recorded attendance: 1.")
    assert step.when[0].startswith("Next meeting:")
    assert (step.status, step.who) == (StepStatus.TO_DO, "no one yet (representative at coordination meetings)")


def test_only_coordinators_see_self_check_counts(coalition, coordinator, rapporteur):
    step = {"step": "Send it", "responsible": rapporteur, "due_on": timezone.localdate()}
    now = timezone.now()
    answer_report_condition(coordinator, coalition, year=now.year, answer="no", **step)
    seen, hidden = (
        build_year_steps(coordinator, coalition, now)["listing"],
        build_year_steps(rapporteur, coalition, now)["listing"],
    )

    assert "At risk: 1." in seen.done[0]
    assert seen.done[1] == "Next step: Send it"
    assert (seen.who, seen.status) == ("The rapporteur", StepStatus.TO_DO)
    assert hidden.done == ("Only coordinators can see the self-check.",)
    assert not hidden.links


def test_page_highlights_next_step_and_is_linked(client, coalition, coordinator):
    coalition.forum = "Example Forum"
    coalition.save(update_fields=["forum"])
    client.force_login(coordinator)
    text = client.get(reverse(URL, args=["ours"])).text

    assert text.count('aria-current="step"') == 1
    for name in ("coalitions:settings", "eligibility:check", "home:desk"):
        assert f'href="{reverse(URL, args=["ours"])}"' in client.get(reverse(name, args=["ours"])).text


def test_tasks_of_coalition_without_forum_do_not_name_one(client, coalition, coordinator):
    client.force_login(coordinator)

    assert "progress this year at the forum" not in client.get(reverse("home:desk", args=["ours"])).text


def test_minor_is_not_named(coalition, coordinator):
    young = create_seated_person(coalition, "A young person", "rapporteur")
    type(young).objects.filter(pk=young.pk).update(
        is_minor=True, adult_contact=create_seated_person(coalition, "An adult"), name_is_public=False
    )
    Role.objects.filter(person=coordinator).update(kind="rapporteur")
    steps = build_year_steps(coordinator, coalition)

    assert all("A young person" not in step.who for step in steps.values())


@pytest.mark.parametrize("row_count", [1, 3])
def test_cycle_page_query_count_is_constant(client, coalition, coordinator, row_count, django_assert_num_queries):
    for count in range(row_count):
        add_call_with_deadline(coalition, call_name=f"call-{count}")
        create_call_proposal(coalition, coordinator, call_name=f"call-{count}", at=CURRENT_TIME)
        MeetingFactory(coalition=coalition, published=True, forum="IGF", starts_on=date(2027, 1, 20))
        starts_at = timezone.now() + timedelta(days=count)
        CoordinationMeeting.objects.create(coalition=coalition, title="Call", starts_at=starts_at)
    client.force_login(coordinator)
    client.get(reverse(URL, args=["ours"]))
    with django_assert_num_queries(12):
        client.get(reverse(URL, args=["ours"]))


def test_call_step_is_open_until_deadline(coalition, coordinator):
    add_call_with_deadline(coalition)
    call = build_year_steps(coordinator, coalition)["call"]

    assert (call.status, call.label, call.when) == (StepStatus.OPEN, "Open", ("Open until 16 March 2027",))
    create_call_proposal(coalition, coordinator)
    assert build_year_steps(coordinator, coalition, CURRENT_TIME + timedelta(days=90))["call"].status == StepStatus.DONE


def test_reports_step_is_done_after_annual_report_without_session(coalition, coordinator):
    add_call_with_deadline(coalition)
    answer_report_condition(coordinator, coalition, answer="yes")
    steps = build_year_steps(coordinator, coalition)

    assert (steps["reports-before"].title, steps["reports-before"].status) == ("Reports for 2026", StepStatus.DONE)
    assert find_next_steps(steps) == ["proposal"]
    answer_report_condition(coordinator, coalition, rule="session-report", answer="no")
    assert find_next_steps(build_year_steps(coordinator, coalition)) == ["reports-before"]


def test_all_open_proposals_of_call_are_shown(coalition, coordinator):
    add_call_with_deadline(coalition)
    draft = create_call_proposal(coalition, coordinator)
    submitted = create_call_proposal(coalition, coordinator, at=CURRENT_TIME)
    create_call_proposal(coalition, coordinator, at=CURRENT_TIME, outcome="declined", outcome_on=CURRENT_TIME.date())
    step = build_year_steps(coordinator, coalition)["proposal"]

    assert [link.url for link in step.links] == [each.get_absolute_url() for each in (submitted, draft)]
    assert step.done == ("Submitted on 1 February 2027.", "Other proposals in progress: 1.")
    after = build_year_steps(coordinator, coalition, CURRENT_TIME + timedelta(days=90))["proposal"]
    assert [link.url for link in after.links] == [submitted.get_absolute_url()]


def test_speakers_step_is_done_when_all_are_confirmed(coalition, coordinator):
    add_call_with_deadline(coalition)
    draft, proposal = (
        create_call_proposal(coalition, coordinator),
        create_call_proposal(coalition, coordinator, at=CURRENT_TIME),
    )
    young = PersonFactory(is_minor=True, adult_contact=PersonFactory())
    Participant.objects.create(proposal=draft, name="Of a draft")
    for status in ("confirmed", "provisional", "declined"):
        Participant.objects.create(proposal=proposal, name="A person", status=status)
    minor = Participant.objects.create(proposal=proposal, person=young, status="confirmed")
    step = build_year_steps(coordinator, coalition)["confirmation"]

    assert (step.status, step.done[0]) == (StepStatus.LATER, "People who have not confirmed yet: 1.")
    Participant.objects.filter(pk=minor.pk).update(consent_by=young.adult_contact)
    step = build_year_steps(coordinator, coalition)["confirmation"]
    assert (step.status, step.done) == (
        StepStatus.DONE,
        ("Everyone listed in the proposal has confirmed that they will take part.",),
    )

"""The self-check: evidence from the record, access, answers, and notifications about next steps."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.eligibility.actions import answer_condition
from jukwaa.eligibility.coalition_year import RecordShare
from jukwaa.eligibility.demo import EMPTY_CONDITION_ANSWER, answer_demo_conditions
from jukwaa.eligibility.evidence import gather_year_evidence
from jukwaa.eligibility.models import AnnualReport, ConditionAnswer
from jukwaa.eligibility.rule_sets import find_rule_set
from jukwaa.eligibility.self_check import build_self_check
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.meetings.models import Report
from jukwaa.records.demo_parts import Demo
from jukwaa.records.models import Label, State
from jukwaa.updates.models import ListPost
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import (
    DissentFactory,
    DocumentFactory,
    EntryFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
)

TODAY = timezone.localdate()
CURRENT_YEAR = TODAY.year
REPORT_RULE_NAME = "yearly-report"


def build_eligibility_url(route_name, *args):
    return reverse(f"eligibility:{route_name}", args=["ours", *args])


@pytest.fixture
def coordinator_client(client, coordinator):
    client.force_login(coordinator)
    return client


def build_coalition_year(coordinator, coalition, year=CURRENT_YEAR):
    return gather_year_evidence(Standing(coordinator, coalition), year).subject


def build_conditions_by_rule(coordinator, coalition, year=CURRENT_YEAR):
    built = build_self_check(Standing(coordinator, coalition), find_rule_set(year), year)
    return {each.result.rule.name: each for each in built.conditions}


def answer_year_condition(coordinator, coalition, version=0, rule=REPORT_RULE_NAME, **changes):
    return answer_condition(
        actor=coordinator,
        coalition=coalition,
        year=CURRENT_YEAR,
        rule_name=rule,
        changes=EMPTY_CONDITION_ANSWER | changes,
        version=version,
    )


def build_next_step(person, days=3):
    return {"step": "Send the report", "responsible": person, "due_on": TODAY + timedelta(days=days)}


def create_past_meeting(coalition, label=Label.CLEAR, meeting_day=TODAY, **more):
    return MeetingFactory(coalition=coalition, published=True, label=label, starts_on=meeting_day, **more)


def test_past_meetings_and_public_minutes_are_counted(coalition, coordinator):
    yesterday = max(TODAY - timedelta(days=1), date(CURRENT_YEAR, 1, 1))
    first, second = (
        create_past_meeting(coalition, meeting_day=yesterday),
        create_past_meeting(coalition, Label.GREEN, meeting_day=yesterday),
    )
    for meeting in (first, second):
        EntryFactory(coalition=coalition, meeting=meeting, published=True, label=Label.CLEAR)
    create_past_meeting(coalition, meeting_day=TODAY + timedelta(days=400))
    create_past_meeting(coalition, meeting_day=yesterday, cancelled_at=timezone.now(), cancellation_reason="Ill")
    create_past_meeting(coalition, meeting_day=date(CURRENT_YEAR - 1, 5, 1))

    subject = build_coalition_year(coordinator, coalition)
    if yesterday < TODAY:
        assert (subject.meetings, subject.public_minutes) == (2, RecordShare(1, 2))
    assert build_coalition_year(coordinator, coalition, CURRENT_YEAR - 1).public_minutes == RecordShare(0, 1)


def test_sessions_of_previous_year_are_counted_with_reports(coalition, coordinator):
    for number in range(2):
        meeting = create_past_meeting(coalition, meeting_day=date(CURRENT_YEAR - 1, 6, 1), forum="IGF")
        Report.objects.create(meeting=meeting, published_at=timezone.now() if number else None)
    create_past_meeting(coalition, meeting_day=date(CURRENT_YEAR - 1, 7, 1))

    assert build_coalition_year(coordinator, coalition).session_reports == RecordShare(1, 2)


def test_dissent_on_public_decision_counts_as_public(coalition, coordinator):
    meeting = create_past_meeting(coalition)
    for label in (Label.CLEAR, Label.GREEN):
        DissentFactory(entry=EntryFactory(coalition=coalition, meeting=meeting, published=True, label=label))
    DissentFactory(
        entry__coalition=coalition,
        entry__meeting=create_past_meeting(coalition, meeting_day=date(CURRENT_YEAR - 1, 1, 1)),
    )

    assert build_coalition_year(coordinator, coalition).public_dissent == RecordShare(1, 2)
    assert build_conditions_by_rule(coordinator, coalition)["dissent"].label == "At risk"


def test_withdrawn_records_are_not_counted(coalition, coordinator):
    DocumentFactory(coalition=coalition, published=True)
    gone = {"state": State.WITHDRAWN, "withdrawn_at": timezone.now(), "withdrawn_because": "Wrong"}
    DocumentFactory(coalition=coalition, label=Label.GREEN, **gone)
    create_past_meeting(
        coalition, meeting_day=date(CURRENT_YEAR - 1, 6, 1), forum="IGF", **gone
    ).__class__.objects.update(**gone)

    subject = build_coalition_year(coordinator, coalition)
    assert (subject.public_records, subject.session_reports) == (RecordShare(1, 1), RecordShare(0, 0))


def test_groups_of_active_members_are_counted(coalition, coordinator):
    for group in ("government", "civil-society", "unknown"):
        organisation = OrganisationFactory(coalition=coalition, stakeholder_group=group)
        MembershipFactory(coalition=coalition, organisation=organisation)
    left = OrganisationFactory(coalition=coalition, stakeholder_group="private-sector")
    MembershipFactory(coalition=coalition, organisation=left, standing="left", ends_on=TODAY)

    subject = build_coalition_year(coordinator, coalition)
    assert (subject.stakeholder_groups, subject.members_without_group) == (2, 2)  # the coordinator has none either


def test_last_mailing_list_message_is_found(coalition, coordinator):
    for day in (3, 9):
        ListPost.objects.create(
            coalition=coalition, message_id=f"{day}", thread="1", body="Hello", posted_at=timezone.now()
        )
        ListPost.objects.filter(message_id=f"{day}").update(posted_at=timezone.now() - timedelta(days=day))

    assert (TODAY - build_coalition_year(coordinator, coalition).last_post).days == 3


def test_open_archive_is_evidence_with_its_last_post(coalition, coordinator):
    def add_list_post(days, **facts):
        at = timezone.now() - timedelta(days=days)
        facts = {"is_open": True, "body": "Hello", "posted_at": at} | facts
        ListPost.objects.create(coalition=coalition, message_id=f"{days}", thread="1", **facts)

    add_list_post(9)
    add_list_post(6, hidden_at=timezone.now(), hidden_because="Names a child")
    add_list_post(3, is_open=False)
    assert build_coalition_year(coordinator, coalition).public_archive_until is None

    coalition.list_readers = "public"
    subject = build_coalition_year(coordinator, coalition)
    found = gather_year_evidence(Standing(coordinator, coalition), CURRENT_YEAR).links["list archive responds"]
    assert ((TODAY - subject.public_archive_until).days, (TODAY - subject.last_post).days) == (9, 3)
    assert [(str(link.title), link.url) for link in found] == [("Archive of the mailing list", "/ours/mailing-list/")]
    assert found[0].note.startswith("Last post: ")


def test_current_facts_are_unknown_for_past_years(coalition, coordinator):
    now, before = (
        build_conditions_by_rule(coordinator, coalition),
        build_conditions_by_rule(coordinator, coalition, CURRENT_YEAR - 1),
    )

    assert (now["open-membership"].label, before["open-membership"].label) == ("Met", "Unknown")
    assert before["stakeholder-groups"].label == "Unknown"


@pytest.mark.parametrize(("reader", "status_code"), [("coordinator", 200), ("member", 403), ("outsider", 404)])
def test_only_coordinators_see_self_check(client, coalition, request, reader, status_code):
    person = request.getfixturevalue(reader)
    client.force_login(person)

    found = [
        client.get(address).status_code
        for address in (
            build_eligibility_url("check"),
            build_eligibility_url("condition_edit", CURRENT_YEAR, REPORT_RULE_NAME),
        )
    ]
    assert found == [status_code if reader != "outsider" else found[0]] * 2
    assert found[0] in ({status_code} if reader != "outsider" else {403, 404})


def test_page_says_conditions_of_this_year_are_unknown(coordinator_client, coalition):
    text = coordinator_client.get(build_eligibility_url("check")).text

    assert f"The conditions for {CURRENT_YEAR} are not known yet. This page uses the conditions for 2024." in text
    assert "How regular contribution to coordination meetings is measured" in text
    assert "whm.intgovforum.org" in text
    assert [
        coordinator_client.get(build_eligibility_url("check_year", year)).status_code
        for year in (2011, 2010, CURRENT_YEAR + 1)
    ] == [
        200,
        404,
        404,
    ]
    assert coordinator_client.get(build_eligibility_url("condition_edit", CURRENT_YEAR, "nothing")).status_code == 404


def test_settings_link_to_self_check(coordinator_client, coalition):
    assert (
        f'href="{build_eligibility_url("check")}"'
        in coordinator_client.get(reverse("coalitions:settings", args=["ours"])).text
    )


def test_answer_decides_condition_unknown_from_record(coalition, coordinator):
    answer_year_condition(coordinator, coalition, answer="no")
    answer_year_condition(coordinator, coalition, rule="open-membership", answer="no")
    found = build_conditions_by_rule(coordinator, coalition)

    assert (found[REPORT_RULE_NAME].label, found[REPORT_RULE_NAME].is_answered) == ("At risk", True)
    assert (found["open-membership"].label, found["open-membership"].is_answered) == ("Met", False)
    assert Activity.objects.filter(verb="answered").count() == 2


@pytest.mark.parametrize(
    ("is_published", "verdict_label", "is_answered"),
    [(None, "Met", True), (False, "At risk", False), (True, "Met", False)],
)
def test_annual_report_of_previous_year_counts_as_evidence(
    coalition, coordinator, is_published, verdict_label, is_answered
):
    answer_year_condition(coordinator, coalition, answer="yes")
    if is_published is not None:
        given = {"sent_on": date(CURRENT_YEAR, 1, 1), "sent_to": "https://example.org/report"} if is_published else {}
        AnnualReport.objects.create(coalition=coalition, year=CURRENT_YEAR - 1, **given)
    condition = build_conditions_by_rule(coordinator, coalition)[REPORT_RULE_NAME]

    assert (condition.label, condition.is_answered) == (verdict_label, is_answered)
    links = [link.url for link in condition.links]
    assert links[0] == build_eligibility_url("annual_detail", CURRENT_YEAR - 1)
    assert links[1:] == (["https://example.org/report"] if is_published else [])


def test_resubmitted_answer_changes_nothing(coalition, coordinator):
    first = answer_year_condition(coordinator, coalition, answer="yes")
    again = answer_year_condition(coordinator, coalition, version=1, answer="yes")

    assert (first.pk, again.version, Activity.objects.filter(verb="answered").count()) == (again.pk, 1, 1)


def test_answer_edit_conflict_shows_both_versions(coordinator_client, coalition, coordinator):
    page = coordinator_client.get(build_eligibility_url("condition_edit", CURRENT_YEAR, REPORT_RULE_NAME))
    answer_year_condition(coordinator, coalition, answer="yes", note="Sent in May")
    sent = {"answer": "no", "note": "Not sent", "version": page.context["form"]["version"].value()}
    conflict = coordinator_client.post(build_eligibility_url("condition_edit", CURRENT_YEAR, REPORT_RULE_NAME), sent)

    assert conflict.status_code == 409
    assert "Sent in May" in conflict.text
    assert "Not sent" in conflict.text
    with pytest.raises(EditConflict):
        answer_year_condition(coordinator, coalition, answer="no")


@pytest.mark.parametrize(
    ("missing_field", "expected_sentence"),
    [
        ("step", "Enter the next step"),
        ("responsible", "Choose who is in charge"),
        ("due_on", "Enter the date by which"),
    ],
)
def test_next_step_needs_person_and_date(coordinator_client, coalition, coordinator, missing_field, expected_sentence):
    sent = {"step": "Send it", "responsible": coordinator.pk, "due_on": "2999-01-01", "version": 0, missing_field: ""}
    response = coordinator_client.post(build_eligibility_url("condition_edit", CURRENT_YEAR, REPORT_RULE_NAME), sent)

    assert (response.status_code, expected_sentence in response.text) == (422, True)
    assert (
        coordinator_client.post(
            build_eligibility_url("condition_edit", CURRENT_YEAR, REPORT_RULE_NAME),
            {"link": "no address", "version": 0},
        ).status_code
        == 422
    )


def test_person_in_charge_must_hold_role(coalition, coordinator, member):
    with pytest.raises(ActionRefused, match="has a role"):
        answer_year_condition(coordinator, coalition, **build_next_step(member))
    with pytest.raises(PermissionDenied):
        answer_year_condition(member, coalition, answer="yes")
    with pytest.raises(ActionRefused, match="does not apply"):
        answer_year_condition(coordinator, coalition, rule="nothing", answer="yes")
    assert not ConditionAnswer.objects.exists()


def test_next_step_is_task_of_person_in_charge(client, coalition, coordinator, rapporteur):
    answer_year_condition(coordinator, coalition, **build_next_step(rapporteur))
    tasks = {task.title: task for task in get_tasks(Standing(rapporteur, coalition))}
    client.force_login(rapporteur)

    assert tasks["Send the report"].due == TODAY + timedelta(days=3)
    assert client.get(tasks["Send the report"].url).status_code == 200
    assert "Send the report" not in [task.title for task in get_tasks(Standing(coordinator, coalition))]
    done = {"step": "Send the report", "responsible": rapporteur.pk, "due_on": TODAY, "is_done": "on", "version": 1}
    assert client.post(tasks["Send the report"].url, done).status_code == 302
    coalition.refresh_from_db()  # tasks are kept until something is written
    assert ConditionAnswer.objects.get().is_done
    assert "Send the report" not in [task.title for task in get_tasks(Standing(rapporteur, coalition))]
    Role.objects.filter(person=rapporteur).delete()
    assert client.get(tasks["Send the report"].url).status_code == 403


def test_messages_about_previous_year_name_year(coalition, coordinator):
    found = build_conditions_by_rule(coordinator, coalition)

    assert f"No annual report for {CURRENT_YEAR - 1} has been recorded." in found["yearly-report"].message
    assert found["session-report"].message == f"No session at a forum is recorded for {CURRENT_YEAR - 1}."


def test_annual_report_step_is_done_when_submission_is_recorded(coalition, coordinator, rapporteur):
    answer_year_condition(coordinator, coalition, rule="yearly-report", **build_next_step(rapporteur))
    assert build_conditions_by_rule(coordinator, coalition)["yearly-report"].has_open_step
    AnnualReport.objects.create(
        coalition=coalition, year=CURRENT_YEAR - 1, sent_on=TODAY, sent_to="https://example.org/report"
    )

    assert not build_conditions_by_rule(coordinator, coalition)["yearly-report"].has_open_step
    assert not ConditionAnswer.objects.with_open_steps().exists()
    AnnualReport.objects.update(year=CURRENT_YEAR - 2)
    assert ConditionAnswer.objects.with_open_steps().exists()


@pytest.mark.parametrize(("days", "reminder_count"), [(7, 1), (8, 0)])
def test_person_in_charge_is_reminded_once_week_before(
    mailing_coalition, coordinator, rapporteur, days, reminder_count
):
    answer_year_condition(coordinator, mailing_coalition, **build_next_step(rapporteur, days))
    send_due_reminders(timezone.now())
    send_due_reminders(timezone.now())
    mails = Message.objects.filter(to=rapporteur.email)

    assert len(mails) == reminder_count
    assert all("Send the report" in mail.subject for mail in mails)


def test_no_reminder_for_completed_step_or_without_role(mailing_coalition, coordinator, rapporteur):
    answer_year_condition(coordinator, mailing_coalition, **build_next_step(rapporteur), is_done=True)
    answer_year_condition(coordinator, mailing_coalition, rule="open-list", **build_next_step(rapporteur))
    Role.objects.filter(person=rapporteur).update(ends_on=TODAY - timedelta(days=1), starts_on=None)
    send_due_reminders(timezone.now())

    assert not Message.objects.filter(to=rapporteur.email).exists()


@pytest.mark.parametrize("row_count", [1, 3])
def test_self_check_page_query_count_is_constant(
    coordinator_client, coalition, coordinator, row_count, django_assert_num_queries
):
    for rule in list(build_conditions_by_rule(coordinator, coalition))[:row_count]:
        answer_year_condition(coordinator, coalition, rule=rule, **build_next_step(coordinator))
        DissentFactory(entry=EntryFactory(coalition=coalition, meeting=create_past_meeting(coalition), published=True))
    coordinator_client.get(build_eligibility_url("check"))
    with django_assert_num_queries(9):
        coordinator_client.get(build_eligibility_url("check"))


def test_demo_has_condition_at_risk(coalition, coordinator, rapporteur):
    answer_demo_conditions(Demo(coalition, {"coordinator": coordinator, "rapporteur": rapporteur}, {}, print))
    found = build_conditions_by_rule(coordinator, coalition)
    at_risk = [name for name, each in found.items() if each.label == "At risk" and each.result.rule.level == "must"]

    assert at_risk == [REPORT_RULE_NAME]
    assert ConditionAnswer.objects.get(rule=REPORT_RULE_NAME).responsible == rapporteur

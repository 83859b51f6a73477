"""The list of annual reports, and the submission of a report to the forum."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.dates import format_long_date
from jukwaa.core.refusals import ActionRefused
from jukwaa.eligibility.annual_report import actions
from jukwaa.eligibility.annual_report.due_reports import find_due_reports
from jukwaa.eligibility.models import AnnualReport
from jukwaa.proposals.call import CallDeadline
from jukwaa.proposals.call_parser import parse_call_toml
from jukwaa.proposals.call_writer import format_call_as_toml
from jukwaa.proposals.models import CallFile
from tests.eligibility.annual_world import REPORT_YEAR
from tests.factories import (
    MeetingFactory,
)
from tests.proposals.test_call_files import CALL_TOML

TODAY = timezone.localdate()
FIRST_OF_MAY = date(REPORT_YEAR, 5, 1)


def build_annual_url(route_name, *args, year=REPORT_YEAR):
    return reverse(f"eligibility:annual_{route_name}", args=["ours", year, *args])


def create_past_meeting(coalition, **more):
    return MeetingFactory(**{"coalition": coalition, "published": True, "starts_on": FIRST_OF_MAY} | more)


def test_list_shows_unpublished_years_only_to_members(client, coalition, member, rapporteur):
    create_past_meeting(coalition)
    AnnualReport.objects.create(coalition=coalition, year=REPORT_YEAR - 2, published_at=timezone.now())
    page = reverse("eligibility:annual_list", args=["ours"])

    assert [year for year, _report in client.get(page).context["rows"]] == [REPORT_YEAR - 2]
    client.force_login(member)
    assert [year for year, _report in client.get(page).context["rows"]] == list(range(TODAY.year, REPORT_YEAR - 3, -1))


def test_list_marks_due_and_unedited_reports(client, coalition, member, rapporteur):
    now = timezone.now()
    deadline = (now + timedelta(days=30)).date()
    call = replace(
        parse_call_toml(CALL_TOML),
        name="next",
        year=TODAY.year + 1,
        deadlines=(CallDeadline(deadline, None, "UTC"),),
        rules=(),
    )
    CallFile.objects.create(coalition=coalition, name="next", text=format_call_as_toml(call))
    AnnualReport.objects.create(coalition=coalition, year=TODAY.year, published_at=now)
    AnnualReport.objects.create(coalition=coalition, year=TODAY.year - 2)
    page = reverse("eligibility:annual_list", args=["ours"])
    assert "due by" not in client.get(page).text
    client.force_login(member)
    response = client.get(page)

    assert [(each.year, each.due_on) for each, _report in response.context["due"]] == [
        (TODAY.year - 1, None),
        (TODAY.year, deadline),
    ]
    assert f"Report for {TODAY.year}: due by {format_long_date(deadline)}." in response.text
    assert response.text.count("Not published yet.") == 1
    assert (response.text.count("No report on this site"), "Draft (members only)" in response.text) == (2, False)
    assert [each.year for each in find_due_reports(coalition, now, {TODAY.year - 1})] == [TODAY.year]


@pytest.mark.parametrize(
    ("sent_on", "sent_to", "expected_sentence"),
    [
        (TODAY, "", "Enter both"),
        (None, "https://example.org/", "Enter both"),
        (TODAY + timedelta(days=1), "https://example.org/", "The date must be today or earlier"),
    ],
)
def test_submission_needs_past_date_and_link(coalition, rapporteur, sent_on, sent_to, expected_sentence):
    with pytest.raises(ActionRefused, match=expected_sentence):
        submit_annual_report(rapporteur, coalition, sent_on=sent_on, sent_to=sent_to)
    assert not AnnualReport.objects.exists()


def submit_annual_report(actor, coalition, year=REPORT_YEAR, seen_version=0, **more):
    given = {"sent_on": FIRST_OF_MAY, "sent_to": "https://example.org/report"} | more
    return actions.record_report_submission(actor=actor, coalition=coalition, year=year, version=seen_version, **given)


def test_submission_is_recorded_and_can_be_undone(client, coalition, rapporteur):
    client.force_login(rapporteur)
    sent = {"sent_on": "2026-02-01", "sent_to": "https://example.org/report", "version": 0}
    client.post(build_annual_url("submission"), sent)
    client.post(build_annual_url("submission"), sent)

    assert AnnualReport.objects.get().version == 1
    assert "Submitted to the forum on 1 February 2026" in client.get(build_annual_url("detail")).text
    assert client.post(build_annual_url("submission"), sent | {"sent_on": "2026-02-02"}).status_code == 409
    submit_annual_report(rapporteur, coalition, seen_version=1, sent_on=None, sent_to="")
    assert AnnualReport.objects.get().sent_on is None


@pytest.mark.parametrize("count", [1, 3])
def test_report_list_query_count_is_constant(client, coalition, member, django_assert_num_queries, count):
    for number in range(count):
        AnnualReport.objects.create(coalition=coalition, year=REPORT_YEAR - number, published_at=timezone.now())
    client.force_login(member)

    with django_assert_num_queries(6):  # one for the calls, whose deadline is that of a report
        response = client.get(reverse("eligibility:annual_list", args=["ours"]))
    assert len(response.context["rows"]) == TODAY.year - REPORT_YEAR + count

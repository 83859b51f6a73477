"""Reports that count in what a commitment is now: those of published meetings of which the exact day is known."""

from datetime import date

import pytest

from jukwaa.meetings.models import Commitment, CommitmentChange
from jukwaa.records.actions import withdraw_record
from tests.intake.test_continued_commitments import JUNE, MARCH, SECOND, add_report

CORRECTED = SECOND.replace("done", "in progress").replace("31 August 2026", "30 September 2026")


def test_corrected_report_replaces_that_of_a_withdrawn_meeting(coalition, rapporteur, coordinator):
    add_report(coalition, rapporteur, MARCH)
    meeting = add_report(coalition, rapporteur, JUNE).meeting
    withdraw_record(actor=coordinator, record=meeting, reason="Wrong report")

    add_report(coalition, rapporteur, JUNE, CORRECTED, meeting_title="Plenary seven, corrected")

    commitments = Commitment.objects.exclude(entry__state="withdrawn").order_by("pk")
    assert [(each.progress, str(each.due_on)) for each in commitments] == [
        ("in-hand", "2026-03-31"),
        ("open", "2026-09-30"),
        ("open", "2026-03-20"),
        ("open", "2026-07-01"),
    ]


@pytest.mark.parametrize(("day", "precision"), [(date(2026, 1, 1), "year"), (date(2026, 6, 1), "month")])
@pytest.mark.parametrize("is_first", [True, False])
def test_report_of_an_unknown_day_continues_nothing(coalition, rapporteur, day, precision, is_first):
    reports = [(MARCH, None, {}), (day, SECOND, {"meeting_precision": precision, "meeting_title": "Plenary"})]
    for each, text, about in reports if is_first else reversed(reports):
        add_report(coalition, rapporteur, each, text, **about)

    assert (Commitment.objects.count(), CommitmentChange.objects.count()) == (6, 0)

"""The last day of a call is the same on its page and in emails, in whichever time zone they are read."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from jukwaa.drafting.models import Call
from jukwaa.drafting.notifications.calls import format_last_day

END_OF_DAY_IN_UTC = datetime(2026, 12, 30, tzinfo=UTC)
END_OF_DAY_IN_PARIS = datetime(2026, 12, 30, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris", "Asia/Jakarta", "America/New_York"])
def test_end_of_day_in_utc_is_the_same_day_for_all_readers(zone):
    call = Call(opens_at=datetime(2026, 12, 1, 12, tzinfo=UTC), closes_at=END_OF_DAY_IN_UTC)
    with timezone.override(zone):
        assert format_last_day(call) == "29 December 2026"
        assert "to 29 December 2026" in render_to_string("drafting/call_span.html", {"call": call})


@pytest.mark.parametrize(
    ("zone", "end"),
    [
        ("Europe/Paris", "29 December 2026, 23:59 (UTC+1)"),
        ("UTC", "29 December 2026, 23:00 (UTC)"),
        ("Asia/Jakarta", "30 December 2026, 06:00 (UTC+7)"),
    ],
)
def test_end_of_day_in_other_zone_is_given_with_its_hour(zone, end):
    with timezone.override(zone):
        assert format_last_day(Call(closes_at=END_OF_DAY_IN_PARIS)) == end

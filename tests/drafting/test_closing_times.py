"""The last day of a consultation ends in UTC, in the coalition's time zone, or anywhere on Earth; pages say when."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.drafting.closing_times import format_closing_time, get_end_of_day, is_exact_closing_time, split_closing_time
from jukwaa.drafting.models import Consultation
from jukwaa.drafting.notifications.consultations import get_consultation_email_context
from jukwaa.events.calendar_sources import CalendarWindow, list_calendar_items
from jukwaa.updates.letters import get_mail_zone

LAST_DAY = date(2027, 1, 22)
MOMENTS = {
    "utc": datetime(2027, 1, 22, 23, 59, 59, tzinfo=UTC),
    "anywhere": datetime(2027, 1, 23, 11, 59, 59, tzinfo=UTC),
    "coalition": datetime(2027, 1, 22, 20, 59, 59, tzinfo=UTC),  # of Nairobi
}
TEXTS = {
    "utc": "22 January 2027",
    "anywhere": "23 January 2027, 14:59 (UTC+3)",
    "coalition": "22 January 2027, 23:59 (UTC+3)",
}


@pytest.fixture
def nairobi_coalition(coalition):
    coalition.time_zone = "Africa/Nairobi"
    coalition.save()
    return coalition


def post_consultation(client, text, **changes):
    sent = {"introduction": "Is it clear?", "asks": "members", "until": LAST_DAY.isoformat(), "languages": []}
    sent["revision"] = text.get_latest_revision().pk
    return client.post(reverse("drafting:consultation_new", args=["ours", text.pk]), sent | changes)


@pytest.mark.parametrize("day_end", MOMENTS)
def test_chosen_end_of_the_day_is_the_moment_of_closing(client, nairobi_coalition, open_text, rapporteur, day_end):
    client.force_login(rapporteur)
    assert post_consultation(client, open_text, day_end=day_end).status_code == 302
    consultation = Consultation.objects.get()
    edited = client.get(reverse("drafting:consultation_edit", args=["ours", consultation.pk])).context["form"]

    assert consultation.closes_at == MOMENTS[day_end]
    assert (edited["until"].value(), edited["day_end"].value()) == (LAST_DAY, day_end)
    for name, pk in (("consultation_detail", consultation.pk), ("text_detail", open_text.pk)):
        assert TEXTS[day_end] in client.get(reverse(f"drafting:{name}", args=["ours", pk])).text
    with timezone.override(get_mail_zone(rapporteur, nairobi_coalition)):
        assert get_consultation_email_context(consultation)["day"] == TEXTS[day_end]


def test_coalition_without_a_zone_of_its_own_is_offered_utc_and_anywhere(client, open_text, rapporteur):
    client.force_login(rapporteur)
    form = client.get(reverse("drafting:consultation_new", args=["ours", open_text.pk])).context["form"]

    assert [value for value, _name in form.fields["day_end"].choices] == ["utc", "anywhere"]
    assert form["day_end"].value() == "utc"
    assert post_consultation(client, open_text, day_end="coalition").status_code == 422


def test_form_without_an_answer_closes_in_utc(client, open_text, rapporteur):
    client.force_login(rapporteur)
    post_consultation(client, open_text)

    assert Consultation.objects.get().closes_at == MOMENTS["utc"]


@pytest.mark.parametrize(("day_end", "starts_at"), [("utc", None), ("anywhere", MOMENTS["anywhere"])])
def test_calendar_has_the_hour_where_it_is_not_the_end_of_a_day_in_utc(
    client, coalition, open_text, rapporteur, day_end, starts_at
):
    client.force_login(rapporteur)
    post_consultation(client, open_text, day_end=day_end)
    window = CalendarWindow(coalition, rapporteur, date(2027, 1, 1), date(2027, 1, 31))

    assert [item.starts_at for item in list_calendar_items(window, ["consultation"])] == [starts_at]


def test_inexact_closing_time_is_shown_as_day(nairobi_coalition):
    by_hand = datetime(2027, 1, 22, 10, 30, 59, 12, tzinfo=UTC)

    assert not is_exact_closing_time(by_hand)
    assert format_closing_time(by_hand) == "22 January 2027"
    assert split_closing_time(by_hand, "Africa/Nairobi") == (LAST_DAY, "utc")
    assert get_end_of_day(LAST_DAY) == MOMENTS["utc"]


@pytest.mark.parametrize("day_end", MOMENTS)
def test_last_day_that_ends_after_the_last_year_is_refused(client, nairobi_coalition, open_text, rapporteur, day_end):
    client.force_login(rapporteur)
    answer = post_consultation(client, open_text, day_end=day_end, until="9999-12-31")

    assert answer.status_code == 422
    assert "Is it clear?" in answer.text
    assert "Enter the date as year, month and day" in answer.context["form"].errors["until"][0]
    assert not Consultation.objects.exists()


def test_last_day_ends_in_the_time_zone_of_the_coalition_at_first(client, nairobi_coalition, open_text, rapporteur):
    client.force_login(rapporteur)
    form = client.get(reverse("drafting:consultation_new", args=["ours", open_text.pk])).context["form"]
    nairobi_coalition.time_zone = "UTC"
    nairobi_coalition.save()
    in_utc = client.get(reverse("drafting:consultation_new", args=["ours", open_text.pk])).context["form"]

    assert (form["day_end"].value(), in_utc["day_end"].value()) == ("coalition", "utc")

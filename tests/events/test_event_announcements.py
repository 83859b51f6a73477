"""Events are announced once or by rule, and their days are made by the clock, moved and called off."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.events import actions
from jukwaa.events.actions import OccurrenceDetails
from jukwaa.events.models import Event, Host, Occurrence
from jukwaa.events.recurrence import SAFER_INTERNET_DAY_RULE
from jukwaa.events.times import get_local_moment, get_local_time
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Link, Version
from tests.factories import EntryFactory, EventFactory, OccurrenceFactory

pytestmark = pytest.mark.django_db

EVENT_DAY = date(2027, 2, 9)
EVENT_FORM_DATA = {
    "title": "Safer Internet Day",
    "again": "safer-internet-day",
    "reach": "countries",
    "language": "en",
    "label": "TLP:CLEAR",
    "time_zone": "UTC",
}


def list_event_days(event):
    return list(event.occurrences.order_by("starts_on").values_list("starts_on", flat=True))


class TestRecurringDates:
    @pytest.fixture(autouse=True)
    def frozen_in_november(self):
        with time_machine.travel("2026-11-26 12:00Z", tick=False):
            yield

    def test_recurring_event_gets_next_dates_when_announced(self, announce_event):
        event = announce_event(starts_on=EVENT_DAY, rule=SAFER_INTERNET_DAY_RULE)

        assert list_event_days(event) == [EVENT_DAY]
        assert list(Activity.objects.values_list("kind", "verb")) == [("event", "published")]

    def test_clock_creates_dates_of_next_year_once(self, announce_event):
        event = announce_event(starts_on=EVENT_DAY, rule=SAFER_INTERNET_DAY_RULE)
        with time_machine.travel("2027-02-20 12:00Z"):
            assert [actions.create_upcoming_occurrences(timezone.now()) for _again in range(2)] == [1, 0]

        assert list_event_days(event) == [EVENT_DAY, date(2028, 2, 8)]
        assert list(Activity.objects.filter(verb="set-dates").values_list("kind", "actor")) == [("event", None)]

    def test_moved_date_is_not_created_again(self, announce_event, rapporteur):
        event = announce_event(starts_on=EVENT_DAY, rule=SAFER_INTERNET_DAY_RULE)
        occurrence = event.occurrences.get()
        moved = OccurrenceDetails(EVENT_DAY + timedelta(days=1), EVENT_DAY + timedelta(days=1))
        actions.move_event_occurrence(actor=rapporteur, occurrence=occurrence, occurrence_details=moved, from_version=1)

        actions.create_upcoming_occurrences(timezone.now())

        assert list_event_days(event) == [date(2027, 2, 10)]
        assert event.occurrences.get().ruled_on == EVENT_DAY

    def test_cancelled_date_is_not_created_again(self, announce_event, rapporteur):
        event = announce_event(starts_on=EVENT_DAY, rule=SAFER_INTERNET_DAY_RULE)
        actions.cancel_event_occurrence(
            actor=rapporteur, occurrence=event.occurrences.get(), reason="There is no hall."
        )

        assert actions.create_upcoming_occurrences(timezone.now()) == 0

    def test_local_hour_is_kept_across_daylight_saving_time(self, announce_event):
        """At the change of clocks the moment moves, and the hour does not."""
        zone = "Europe/Brussels"
        first = date(2026, 12, 2)
        event = announce_event(
            starts_on=first,
            rule="FREQ=MONTHLY;BYDAY=1WE",
            starts_at=get_local_moment(first, time(15), zone),
            ends_at=get_local_moment(first, time(16), zone),
            time_zone=zone,
        )

        made = event.occurrences.order_by("starts_on")

        assert {get_local_time(each.starts_at, zone) for each in made} == {time(15)}
        assert {each.starts_at.hour for each in made} == {13, 14}

    def test_withdrawn_event_gets_no_new_dates(self, announce_event, coordinator):
        event = announce_event(starts_on=EVENT_DAY, rule=SAFER_INTERNET_DAY_RULE)
        withdraw_record(actor=coordinator, record=event, reason="By mistake")
        with time_machine.travel("2027-02-20 12:00Z"):
            assert actions.create_upcoming_occurrences(timezone.now()) == 0


class TestEventDates:
    def test_date_is_added_once_if_form_is_resubmitted(self, event, rapporteur):
        token = "6d1cbe8e-55ad-4a0e-9b57-d5d4b8e7b3f0"
        when = OccurrenceDetails(date(2027, 6, 1), date(2027, 6, 2))
        one, two = (
            actions.add_event_occurrence(actor=rapporteur, event=event, occurrence_details=when, token=token)
            for _twice in range(2)
        )

        assert one == two

    def test_event_has_one_date_per_day(self, event, occurrence, rapporteur):
        with pytest.raises(ActionRefused, match=r"This event already takes place on "):
            actions.add_event_occurrence(
                actor=rapporteur,
                event=event,
                occurrence_details=OccurrenceDetails(occurrence.starts_on, occurrence.starts_on),
            )

    def test_database_rejects_end_before_start(self, occurrence):
        with pytest.raises(IntegrityError), transaction.atomic():
            Occurrence.objects.filter(pk=occurrence.pk).update(ends_on=occurrence.starts_on - timedelta(days=1))

    def test_concurrent_move_shows_edit_conflict(self, occurrence, rapporteur):
        when = OccurrenceDetails(occurrence.starts_on, occurrence.starts_on, place="Nairobi")
        actions.move_event_occurrence(actor=rapporteur, occurrence=occurrence, occurrence_details=when, from_version=1)

        with pytest.raises(EditConflict) as stale:
            actions.move_event_occurrence(
                actor=rapporteur, occurrence=occurrence, occurrence_details=when, from_version=1
            )

        assert stale.value.current.place == "Nairobi"

    def test_cancelled_date_cannot_be_moved(self, occurrence, rapporteur):
        actions.cancel_event_occurrence(actor=rapporteur, occurrence=occurrence, reason="There is no hall.")
        when = OccurrenceDetails(occurrence.starts_on, occurrence.starts_on, place="x")
        with pytest.raises(ActionRefused, match="cancelled"):
            actions.move_event_occurrence(
                actor=rapporteur, occurrence=occurrence, occurrence_details=when, from_version=2
            )

    def test_cancelling_needs_reason_and_happens_once(self, occurrence, rapporteur):
        with pytest.raises(ActionRefused, match="Enter the reason"):
            actions.cancel_event_occurrence(actor=rapporteur, occurrence=occurrence, reason=" ")
        first = actions.cancel_event_occurrence(actor=rapporteur, occurrence=occurrence, reason="There is no hall.")
        second = actions.cancel_event_occurrence(actor=rapporteur, occurrence=occurrence, reason="Another reason.")

        assert (first.cancelled_at, second.note) == (second.cancelled_at, "There is no hall.")

    def test_member_without_organisation_cannot_change_date(self, occurrence, member):
        when = OccurrenceDetails(occurrence.starts_on, occurrence.starts_on)
        for deed in (
            lambda: actions.add_event_occurrence(actor=member, event=occurrence.event, occurrence_details=when),
            lambda: actions.move_event_occurrence(
                actor=member, occurrence=occurrence, occurrence_details=when, from_version=1
            ),
            lambda: actions.cancel_event_occurrence(actor=member, occurrence=occurrence, reason="x"),
            lambda: actions.add_occurrence_host(actor=member, occurrence=occurrence, country="KE", name="x"),
            lambda: actions.change_event(actor=member, event=occurrence.event, changed_fields={}, from_version=1),
        ):
            with pytest.raises(PermissionDenied):
                deed()

    def test_host_is_added_once_and_removed(self, occurrence, rapporteur):
        for _twice in range(2):
            host = actions.add_occurrence_host(
                actor=rapporteur, occurrence=occurrence, country="KE", name="A committee"
            )
        assert Host.objects.count() == 1
        actions.remove_occurrence_host(actor=rapporteur, host=host)

        assert list(Activity.objects.filter(kind="host").values_list("verb", flat=True)) == ["added", "removed"]

    def test_unknown_country_cannot_host(self, occurrence, rapporteur):
        with pytest.raises(ActionRefused, match="Choose the country"):
            actions.add_occurrence_host(actor=rapporteur, occurrence=occurrence, country="AN", name="A committee")


class TestAnnouncePermission:
    def test_representative_announces_event_for_organisation(self, coalition, delegate, organisation):
        event = actions.announce_event(
            actor=delegate,
            coalition=coalition,
            occurrence_details=OccurrenceDetails(EVENT_DAY, EVENT_DAY),
            details={"title": "A"},
            organiser=organisation,
        )

        assert event.authorships.get().capacity.organisation == organisation

    def test_individual_member_cannot_announce_event(self, coalition, member):
        with pytest.raises(PermissionDenied):
            actions.announce_event(
                actor=member,
                coalition=coalition,
                occurrence_details=OccurrenceDetails(EVENT_DAY, EVENT_DAY),
                details={"title": "A"},
            )

    def test_unconfirmed_affiliation_cannot_announce_event(self, coalition, delegate):
        other = EventFactory(coalition=coalition).coalition.organisations.create(name="Another")
        with pytest.raises(PermissionDenied, match="Only confirmed representatives of an organisation"):
            actions.announce_event(
                actor=delegate,
                coalition=coalition,
                occurrence_details=OccurrenceDetails(EVENT_DAY, EVENT_DAY),
                details={"title": "A"},
                organiser=other,
            )


class TestEventPages:
    @pytest.fixture
    def post_event_form(self, client, coalition, rapporteur):
        client.force_login(rapporteur)

        def send_event_form(**fields):
            return client.post(reverse("events:event_new", args=[coalition.slug]), EVENT_FORM_DATA | fields)

        return send_event_form

    @time_machine.travel("2026-11-26 12:00Z", tick=False)
    def test_safer_internet_day_is_announced_by_its_rule(self, post_event_form):
        assert post_event_form().status_code == 302
        assert list_event_days(Event.objects.get()) == [EVENT_DAY]
        assert Event.objects.get().rule == SAFER_INTERNET_DAY_RULE

    def test_resubmitted_form_announces_one_event(self, post_event_form):
        token = "6d1cbe8e-55ad-4a0e-9b57-d5d4b8e7b3f1"
        for _twice in range(2):
            assert post_event_form(token=token).status_code == 302

        assert Event.objects.count() == 1

    @pytest.mark.parametrize(
        ("form_data", "expected_sentence"),
        [
            ({"again": "once"}, "Choose the date of the event."),
            ({"again": "once", "starts_on": "2027-02-29"}, "Enter a real date as year, month and day"),
            (
                {"again": "once", "starts_on": "2027-02-09", "ends_on": "2027-02-08"},
                "Choose a last day that is the same as or later than the first day.",
            ),
            (
                {"again": "once", "starts_on": "2027-02-09", "ends_on": "2029-02-08"},
                "An event can last at most 1 year.",
            ),
            (
                {
                    "again": "once",
                    "starts_on": "2027-03-28",
                    "from_hour": "02:30",
                    "time_zone": "Europe/Brussels",
                },
                "This time does not exist on that day in Europe/Brussels",
            ),
            (
                {"again": "once", "starts_on": "2027-03-28", "from_hour": "15:00", "until_hour": "14:00"},
                "Enter an end time after the start time.",
            ),
            ({"again": "once", "starts_on": "2027-03-28", "until_hour": "14:00"}, "Enter a start time too"),
            (
                {"again": "once", "starts_on": "2027-03-28", "country": "AN"},
                "It contains only countries that exist today.",
            ),
            ({"title": ""}, "Enter the name by which people know the event."),
            ({"website": "www"}, "Enter the full address"),
        ],
    )
    def test_invalid_input_shows_error_and_keeps_entries(self, post_event_form, form_data, expected_sentence):
        answer = post_event_form(summary="What I wrote.", **form_data)

        assert answer.status_code == 422
        assert expected_sentence in answer.text
        assert "What I wrote." in answer.text
        assert not Event.objects.exists()

    def test_clash_is_shown_once_then_confirmed(self, post_event_form, announce_event):
        announce_event("Another conference", starts_on=EVENT_DAY)
        answer = post_event_form(again="once", starts_on="2027-02-09")

        assert answer.status_code == 200
        assert "Another conference" in answer.text
        again = post_event_form(
            again="once", starts_on="2027-02-09", clashes_seen=answer.context["form"].data["clashes_seen"]
        )
        assert again.status_code == 302

    def test_unreadable_event_does_not_clash(self, post_event_form, coalition):
        secret = EventFactory(coalition=coalition, published=True, title="A secret", label="TLP:RED", on=EVENT_DAY)
        assert post_event_form(again="once", starts_on=str(EVENT_DAY)).status_code == 302
        assert Event.objects.exclude(pk=secret.pk).count() == 1

    def test_event_is_created_from_minutes_entry(self, client, coalition, rapporteur):
        entry = EntryFactory(coalition=coalition, published=True, title="Safer Internet Day was announced")
        client.force_login(rapporteur)
        address = reverse("events:event_new", args=[coalition.slug]) + f"?from={entry.pk}"

        assert "Safer Internet Day was announced" in client.get(address).text
        assert client.post(address, EVENT_FORM_DATA).status_code == 302
        assert Link.objects.get().to_record_id == entry.pk

    def test_event_from_restricted_entry_stays_restricted(self, client, coalition, rapporteur):
        entry = EntryFactory(coalition=coalition, published=True, title="A secret day", label="TLP:GREEN")
        client.force_login(rapporteur)
        address = reverse("events:event_new", args=[coalition.slug]) + f"?from={entry.pk}"
        refused = client.post(address, EVENT_FORM_DATA | {"label": "TLP:CLEAR"})

        assert (refused.status_code, Event.objects.count()) == (422, 0)
        assert "This record was created from records that have fewer readers." in refused.text
        assert client.post(address, EVENT_FORM_DATA | {"label": "TLP:GREEN"}).status_code == 302

    def test_edited_event_keeps_version(self, client, event, rapporteur):
        client.force_login(rapporteur)
        address = reverse("events:event_edit", args=[event.coalition.slug, event.pk])
        sent = EVENT_FORM_DATA | {"title": "The day", "version": event.version}

        assert client.post(address, sent).status_code == 302
        assert Version.objects.filter(record=event.pk).count() == 2
        stale = client.post(address, sent | {"title": "Another name"})
        assert (stale.status_code, "Another name" in stale.text, "The day" in stale.text) == (409, True, True)

    def test_edit_conflict_on_date_shows_both_versions(self, client, event, occurrence, rapporteur):
        client.force_login(rapporteur)
        args = [event.coalition.slug, event.pk, occurrence.pk]
        address = reverse("events:occurrence_edit", args=args)
        sent = {"starts_on": occurrence.starts_on, "time_zone": "UTC", "place": "Nairobi", "version": 1}

        assert client.post(address, sent).status_code == 302
        assert "Nairobi" in client.get(reverse("events:occurrence_detail", args=args)).text
        stale = client.post(address, sent | {"place": "Paris"})
        assert (stale.status_code, "Paris" in stale.text, "Nairobi" in stale.text) == (409, True, True)

    def test_cancelled_date_shows_reason(self, client, event, occurrence, rapporteur):
        client.force_login(rapporteur)
        args = [event.coalition.slug, event.pk, occurrence.pk]
        client.post(reverse("events:occurrence_cancel", args=args), {"reason": "There is no hall."})
        client.logout()

        assert "There is no hall." in client.get(reverse("events:occurrence_detail", args=args)).text

    @pytest.mark.parametrize("count", [1, 3])
    def test_event_list_query_count_is_constant(self, client, coalition, django_assert_num_queries, count):
        for number in range(count):
            EventFactory(coalition=coalition, published=True, title=f"Event {number}", on=timezone.localdate())
        with django_assert_num_queries(4):
            answer = client.get(reverse("events:event_list", args=[coalition.slug]))

        assert answer.text.count("/dates/") == count

    @pytest.mark.parametrize("count", [1, 3])
    def test_event_page_query_count_is_constant(self, client, coalition, django_assert_num_queries, count):
        event = EventFactory(coalition=coalition, published=True)
        for number in range(count):
            OccurrenceFactory(event=event, starts_on=timezone.localdate() + timedelta(days=number * 10))
            OccurrenceFactory(event=event, starts_on=timezone.localdate() - timedelta(days=number * 10 + 5))
        with django_assert_num_queries(8):
            answer = client.get(reverse("events:event_detail", args=[coalition.slug, event.pk]))

        assert answer.text.count("/dates/") == count * 2


def test_optional_fields_are_collapsed_without_errors(client, coalition, rapporteur):
    client.force_login(rapporteur)
    address = reverse("events:event_new", args=[coalition.slug])
    page = client.get(address)
    wrong = client.post(address, EVENT_FORM_DATA | {"website": "no address"})

    assert (page.text.count("<details>"), page.text.count("<details open>")) == (3, 0)
    assert (wrong.status_code, wrong.text.count("<details>"), wrong.text.count("<details open>")) == (422, 2, 1)


def test_times_are_shown_in_local_zone_and_utc(client, coalition, announce_event):
    zone = "Pacific/Kiritimati"
    event = announce_event(starts_on=EVENT_DAY, starts_at=get_local_moment(EVENT_DAY, time(9), zone), time_zone=zone)
    occurrence = event.occurrences.get()
    answer = client.get(reverse("events:occurrence_detail", args=[coalition.slug, event.pk, occurrence.pk]))

    assert "09:00 (Pacific/Kiritimati); 8 February 2027, 19:00 UTC" in answer.text
    assert isinstance(occurrence.starts_at, datetime)

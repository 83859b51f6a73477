"""Others are asked to take part: what is asked, of whom, until when, and with which materials."""

from datetime import date

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.events import actions
from jukwaa.events.actions import CallDetails
from jukwaa.records.models import Label
from tests.factories import ItemFactory

pytestmark = pytest.mark.django_db


def build_occurrence_url(route_name, occurrence):
    return reverse(f"events:{route_name}", args=[occurrence.event.coalition.slug, occurrence.event_id, occurrence.pk])


class TestCallForPledges:
    def test_call_states_request_and_writes_one_activity(self, open_call_for_pledges, occurrence):
        first = open_call_for_pledges(occurrence)
        again = open_call_for_pledges(first)

        assert (again.asks, again.version) == ("Say what you will do.", 2)
        assert list(Activity.objects.filter(kind="occurrence").values_list("verb", flat=True)) == ["called"]

    @pytest.mark.parametrize(
        ("call_fields", "expected_sentence"),
        [
            ({"asks": " "}, "Enter what you are asking organisations to do."),
            ({"until": date(2020, 1, 1)}, "This date has passed."),
            ({"until": date(2099, 1, 1)}, "Choose the last day of the event or an earlier date."),
        ],
    )
    def test_call_with_invalid_details_is_refused(
        self, open_call_for_pledges, occurrence, call_fields, expected_sentence
    ):
        with pytest.raises(ActionRefused, match=expected_sentence):
            open_call_for_pledges(occurrence, **call_fields)

    def test_cancelled_date_cannot_have_call(self, open_call_for_pledges, occurrence, rapporteur):
        off = actions.cancel_event_occurrence(actor=rapporteur, occurrence=occurrence, reason="No hall.")
        with pytest.raises(ActionRefused, match="cancelled"):
            open_call_for_pledges(off)

    def test_concurrent_edit_of_call_raises_conflict(self, open_call_for_pledges, occurrence, rapporteur):
        open_call_for_pledges(occurrence)
        with pytest.raises(EditConflict):
            actions.call_to_take_part(
                actor=rapporteur, occurrence=occurrence, call_details=CallDetails("Another thing."), from_version=1
            )

    def test_call_lists_library_items_its_readers_can_read(self, client, coalition, occurrence, rapporteur):
        open_one = ItemFactory(coalition=coalition, title="Lesson plans", published=True)
        closed = ItemFactory(coalition=coalition, title="A closed plan", label=Label.RED, published=True)
        client.force_login(rapporteur)
        sent = {"asks": "Hold a lesson.", "version": 1, "materials": f"https://testserver/ours/library/{open_one.pk}/"}
        refused = client.post(build_occurrence_url("call_edit", occurrence), sent | {"materials": f"{closed.pk}"})
        assert (refused.status_code, "They do not match any records on this site" in refused.text) == (422, True)

        assert client.post(build_occurrence_url("call_edit", occurrence), sent).status_code == 302
        occurrence.materials.add(closed.pk)
        lines = client.get(build_occurrence_url("call_edit", occurrence)).context["form"].initial["materials"]
        assert lines == f"{open_one.pk} Lesson plans\n{closed.pk}"
        named = sent | {"materials": f"{open_one.pk} Lesson plans", "version": 2}
        assert client.post(build_occurrence_url("call_edit", occurrence), named).status_code == 302
        assert list(occurrence.materials.values_list("pk", flat=True)) == [open_one.pk]
        occurrence.materials.add(closed.pk)
        client.logout()
        shown = client.get(build_occurrence_url("occurrence_detail", occurrence)).text
        assert ("Lesson plans" in shown, "A closed plan" in shown) == (True, False)

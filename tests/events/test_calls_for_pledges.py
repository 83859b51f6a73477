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


def get_url(name, occurrence):
    return reverse(f"events:{name}", args=[occurrence.event.coalition.slug, occurrence.event_id, occurrence.pk])


class TestCallForPledges:
    def test_call_states_request_and_writes_one_activity(self, call, occurrence):
        first = call(occurrence)
        again = call(first)

        assert (again.asks, again.version) == ("Say what you will do.", 2)
        assert list(Activity.objects.filter(kind="occurrence").values_list("verb", flat=True)) == ["called"]

    @pytest.mark.parametrize(
        ("asked", "sentence"),
        [
            ({"asks": " "}, "Enter what you are asking organisations to do."),
            ({"until": date(2020, 1, 1)}, "This date has passed."),
            ({"until": date(2099, 1, 1)}, "Choose the last day of the event or an earlier date."),
        ],
    )
    def test_call_with_invalid_details_is_refused(self, call, occurrence, asked, sentence):
        with pytest.raises(ActionRefused, match=sentence):
            call(occurrence, **asked)

    def test_cancelled_date_cannot_have_call(self, call, occurrence, rapporteur):
        off = actions.cancel_event_occurrence(actor=rapporteur, occurrence=occurrence, reason="No hall.")
        with pytest.raises(ActionRefused, match="cancelled"):
            call(off)

    def test_concurrent_edit_of_call_raises_conflict(self, call, occurrence, rapporteur):
        call(occurrence)
        with pytest.raises(EditConflict):
            actions.call_to_take_part(
                actor=rapporteur, occurrence=occurrence, call_details=CallDetails("Another thing."), from_version=1
            )

    def test_call_lists_library_items_its_readers_can_read(self, client, coalition, occurrence, rapporteur):
        open_one = ItemFactory(coalition=coalition, title="Lesson plans", published=True)
        closed = ItemFactory(coalition=coalition, title="A closed plan", label=Label.RED, published=True)
        client.force_login(rapporteur)
        sent = {"asks": "Hold a lesson.", "version": 1, "materials": f"https://testserver/ours/library/{open_one.pk}/"}
        refused = client.post(get_url("call_edit", occurrence), sent | {"materials": f"{closed.pk}"})
        assert (refused.status_code, "We found no records on this site for them" in refused.text) == (422, True)

        assert client.post(get_url("call_edit", occurrence), sent).status_code == 302
        occurrence.materials.add(closed.pk)
        lines = client.get(get_url("call_edit", occurrence)).context["form"].initial["materials"]
        assert lines == f"{open_one.pk} Lesson plans\n{closed.pk}"
        named = sent | {"materials": f"{open_one.pk} Lesson plans", "version": 2}
        assert client.post(get_url("call_edit", occurrence), named).status_code == 302
        assert list(occurrence.materials.values_list("pk", flat=True)) == [open_one.pk]
        occurrence.materials.add(closed.pk)
        client.logout()
        shown = client.get(get_url("occurrence_detail", occurrence)).text
        assert ("Lesson plans" in shown, "A closed plan" in shown) == (True, False)

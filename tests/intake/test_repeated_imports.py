"""A report that was imported before is opened again, and the page says so."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from jukwaa.intake.models import Reading
from tests.intake.readings import REPORT_TEXT, create_reading


@pytest.fixture
def earlier_reading(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)
    Reading.objects.filter(pk=reading.pk).update(started_at=datetime(2026, 3, 4, 12, tzinfo=UTC))
    return reading


@pytest.mark.parametrize(
    ("state", "ending"),
    [("open", "Nothing has been changed."), ("given-up", "and the import was stopped. You can resume it.")],
)
def test_same_text_opens_earlier_import_and_says_when_it_was(
    client, coalition, rapporteur, earlier_reading, state, ending
):
    Reading.objects.filter(pk=earlier_reading.pk).update(state=state)
    client.force_login(rapporteur)
    url = reverse("intake:reading_new", args=[coalition.slug])

    page = client.post(url, {"text": REPORT_TEXT, "label": "TLP:CLEAR"}, follow=True)

    assert page.redirect_chain[-1][0] == earlier_reading.get_absolute_url()
    assert "This report was already imported on 4 March 2026" in page.text
    assert ending in page.text


def test_large_file_that_was_imported_before_says_so_too(client, coalition, rapporteur, earlier_reading):
    again = Reading.objects.create(
        coalition=coalition,
        started_by=rapporteur,
        title="Again",
        state=Reading.State.GIVEN_UP,
        same_as=earlier_reading,
    )
    client.force_login(rapporteur)

    page = client.get(again.get_absolute_url(), follow=True)

    assert page.redirect_chain[-1][0] == earlier_reading.get_absolute_url()
    assert "This report was already imported on 4 March 2026. Nothing has been changed." in page.text

"""Restoring a version that names people whose names are not public: asked once, if everyone reads the record."""

import pytest
from django.urls import reverse

from jukwaa.records.actions import change_record
from jukwaa.records.models import Label, Record
from tests.conftest import create_seated_person
from tests.factories import MeetingFactory

NAMING_SUMMARY = "Thanks to Wanjiru Kamotho."
QUESTION = "These names are not public yet."


@pytest.fixture
def create_record(coalition, rapporteur):
    """A meeting whose first version names somebody, and its second does not."""
    create_seated_person(coalition, "Wanjiru Kamotho")

    def create_changed_record(label, summary="Thanks to all."):
        meeting = MeetingFactory(
            coalition=coalition, author=rapporteur, label=Label.GREEN, published=True, summary=NAMING_SUMMARY
        )
        changes = {"summary": NAMING_SUMMARY, "label": Label.GREEN}
        first = change_record(actor=rapporteur, record=meeting, changes=changes | {"title": "First"}, from_version=1)
        changed = {"summary": summary, "label": label}
        return change_record(actor=rapporteur, record=first, changes=changed, from_version=first.version)

    return create_changed_record


@pytest.fixture
def restore(client, rapporteur):
    def restore_first_version(record, **sent):
        client.force_login(rapporteur)
        url = reverse("records:version_restore", args=["ours", record.pk, record.version - 1])
        return client.post(url, {"version": record.version, **sent})

    return restore_first_version


def test_names_in_restored_version_are_shown_once(create_record, restore):
    record = create_record(Label.CLEAR)
    asked = restore(record)
    unchanged = Record.objects.get(pk=record.pk).summary
    restore(record, names_seen=asked.context["names_seen"])

    assert (QUESTION in asked.text, "<b><bdi>Wanjiru Kamotho</bdi></b>" in asked.text) == (True, True)
    assert unchanged == "Thanks to all."
    assert Record.objects.get(pk=record.pk).summary == NAMING_SUMMARY


@pytest.mark.parametrize(
    ("label", "summary"), [(Label.GREEN, "Thanks to all."), (Label.CLEAR, "Many thanks to Wanjiru Kamotho.")]
)
def test_version_that_opens_no_new_name_is_restored_at_once(create_record, restore, label, summary):
    record = create_record(label, summary)
    restore(record)

    assert Record.objects.get(pk=record.pk).summary == NAMING_SUMMARY

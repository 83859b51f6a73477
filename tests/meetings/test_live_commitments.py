"""Commitments in minutes that are taken live: the speaker is the owner, and the text states the due date."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from jukwaa.meetings import actions
from jukwaa.meetings.models import Commitment, Entry, Line
from jukwaa.meetings.owner_withholding import withhold_owner_name
from tests.meetings.minutes_steps import DURING
from tests.meetings.scheduled_meetings import schedule_meeting


@pytest.fixture
def meeting(coalition, rapporteur):
    with time_machine.travel(DURING, tick=False):
        meeting = schedule_meeting(coalition, rapporteur)
        actions.start_live_minutes(actor=rapporteur, meeting=meeting)
        yield meeting


@pytest.fixture
def record_line(meeting, rapporteur):
    def record_commitment_line(text, **fields):
        fields = {"kind": "commitment", "token": uuid4(), **fields}
        actions.record_minutes_line(actor=rapporteur, meeting=meeting, text=text, **fields)
        return Commitment.objects.order_by("pk").last()

    return record_commitment_line


@pytest.mark.parametrize(
    ("text", "due_on", "due_text"),
    [
        ("We will translate the guide by 15 December 2027.", date(2027, 12, 15), "by 15 December 2027"),
        ("We will translate the guide by 9 October.", date(2027, 10, 9), "by 9 October"),
        ("We will translate the guide before the next meeting.", None, "before the next meeting"),
        ("A Ana envia a lista até 15 de Dezembro de 2027.", date(2027, 12, 15), "até 15 de Dezembro de 2027"),
        ("We will translate the guide.", None, ""),
    ],
)
def test_due_date_is_read_from_text(record_line, text, due_on, due_text):
    commitment = record_line(text)
    assert (commitment.due_on, commitment.due_text) == (due_on, due_text)
    assert commitment.entry.text == text


def test_speaker_becomes_proposed_owner(record_line, organisation, delegate):
    commitment = record_line("I will translate the guide.", speaker=(organisation.name, organisation))
    assert (commitment.owner, commitment.proposed_organisation) == (None, organisation)
    actions.confirm_commitment_owner(actor=delegate, commitment=commitment)
    assert commitment.entry.speakers.get().organisation == organisation


def test_other_lines_have_no_owner(record_line, organisation):
    assert record_line("We met on 3 May 2027.", kind="report", speaker=(organisation.name, organisation)) is None


def test_line_that_names_its_owner_is_saved_once(record_line, organisation):
    token, text = uuid4(), f"{organisation.name} will translate the guide by May."
    for _time in range(2):
        record_line(text, token=token, speaker=(organisation.name, organisation))
    assert Line.objects.count() == 1


@pytest.mark.parametrize(("person_name", "reads_name"), [("rapporteur", True), ("member", True), ("outsider", False)])
def test_members_read_unconfirmed_owner_as_typed_in_live_minutes(
    client, record_line, meeting, organisation, person_name, reads_name, request
):
    record_line(f"{organisation.name} will translate the guide.", speaker=(organisation.name, organisation))
    client.force_login(request.getfixturevalue(person_name))
    page = client.get(reverse("meetings:minutes_live", args=[meeting.coalition.slug, meeting.pk]))

    assert (f">{organisation.name} will translate the guide.<" in page.text) == reads_name


@pytest.mark.parametrize(
    ("language", "text", "public"),
    [
        ("pt", "O Tomás Bila envia a lista ao Tomás Bila.", "Um membro envia a lista ao um membro."),
        ("pt-MZ", "Decidido. A Tomás Bila envia.", "Decidido. Um membro envia."),
        ("sw", "Tomás Bila atatuma.", "Mwanachama atatuma."),
        ("fr", "Tomás Bila envoie la liste.", "Un membre envoie la liste."),
        ("xx", "Tomás Bila sends it.", "A member sends it."),
    ],
)
def test_word_for_unconfirmed_owner_is_in_language_of_text(language, text, public):
    assert withhold_owner_name(text, owner_name="Tomás Bila", organisation=None, language=language) == public


def test_text_with_earlier_english_word_is_named_after_confirmation(record_line, organisation, delegate):
    commitment = record_line(f"{organisation.name} traduz o guia.", speaker=(organisation.name, organisation))
    Entry.objects.filter(pk=commitment.entry_id).update(language="pt", text="A member traduz o guia.")
    actions.confirm_commitment_owner(actor=delegate, commitment=Commitment.objects.get())

    assert Entry.objects.get().text == f"{organisation.name} traduz o guia."

"""An agenda item that is placed under the Chatham House Rule while minutes are being taken."""

import json
from uuid import uuid4

import pytest
import time_machine
from django.core import serializers
from django.urls import reverse

from jukwaa.coalitions.models import Capacity
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings import actions
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.models import Entry, Line, Meeting, Part
from jukwaa.records.models import Authorship, Comment, Record, Version
from tests.factories import PartFactory
from tests.meetings.scheduled_meetings import schedule_meeting

pytestmark = pytest.mark.django_db
DURING, AFTERWARDS = "2027-01-12 12:20Z", "2027-01-12 15:00Z"


@pytest.fixture(autouse=True)
def frozen_clock():
    with time_machine.travel(DURING, tick=False) as clock:
        yield clock


@pytest.fixture
def meeting(coalition, rapporteur) -> Meeting:
    meeting = schedule_meeting(coalition, rapporteur)
    actions.start_live_minutes(actor=rapporteur, meeting=meeting)
    return meeting


@pytest.fixture
def current_item(meeting, rapporteur) -> Part:
    """The current agenda item, with two entries."""
    item = PartFactory(meeting=meeting, title="Zebra budget")
    actions.set_current_agenda_item(actor=rapporteur, meeting=meeting, item=item)
    record_line_under_item(rapporteur, item, "Yaks are costly.", speaker_name=("Wombat House", None))
    record_line_under_item(rapporteur, item, "Aardvarks are cheap.", entry_kind="proposal")
    return item


def record_line_under_item(actor, agenda_item, text, *, entry_kind="report", line_token=None, speaker_name=None):
    return actions.record_minutes_line(
        actor=actor,
        meeting=agenda_item.meeting,
        token=line_token or uuid4(),
        kind=entry_kind,
        text=text,
        speaker=speaker_name,
        item=agenda_item,
    )


def dump_minutes_tables():
    rows = [Record, Entry, Line, Version, Authorship]
    return json.dumps([serializers.serialize("json", model.objects.all()) for model in rows])


def get_live_page(client, meeting):
    return client.get(reverse("meetings:minutes_live", args=[meeting.coalition.slug, meeting.pk])).text


def test_chatham_house_rule_erases_earlier_entries_with_speakers(current_item, rapporteur, client, member):
    actions.apply_chatham_house_rule(actor=rapporteur, item=current_item)

    assert not Entry.objects.exists()
    assert not Version.objects.filter(content__text="Yaks are costly.").exists()
    assert not Entry.speakers.through.objects.exists()
    client.force_login(member)
    page = get_live_page(client, current_item.meeting)
    assert "This agenda item is being held under the Chatham House Rule." in page
    assert "Yaks" not in page
    client.force_login(rapporteur)
    assert "Yaks are costly." in get_live_page(client, current_item.meeting)


def test_open_pages_reload_list_after_chatham_house_rule(current_item, rapporteur, client, member):
    client.force_login(member)
    before = current_item.meeting.minutes.revision + 2
    actions.apply_chatham_house_rule(actor=rapporteur, item=current_item)
    fresh = client.get(reverse("meetings:minutes_updates", args=["ours", current_item.meeting.pk, before])).text

    assert "data-whole" in fresh
    assert "Yaks" not in fresh


def test_chatham_house_entries_appear_together_after_item_ends(
    current_item, rapporteur, coordinator, client, frozen_clock
):
    token = uuid4()
    actions.apply_chatham_house_rule(actor=rapporteur, item=current_item)
    frozen_clock.move_to("2027-01-12 12:40Z")
    for _time in range(2):
        record_line_under_item(
            coordinator, current_item, "All are welcome.", line_token=token, speaker_name=("Wombat House", None)
        )
    frozen_clock.move_to("2027-01-12 12:50Z")
    actions.set_current_agenda_item(actor=rapporteur, meeting=current_item.meeting, item=None)
    record_line_under_item(coordinator, current_item, "All are welcome.", line_token=token)

    entries = list(Entry.objects.order_by("position"))
    assert [entry.text for entry in entries] == ["Aardvarks are cheap.", "All are welcome.", "Yaks are costly."]
    assert len({entry.created_at for entry in entries} | {entry.published_at for entry in entries}) == 1
    assert set(Authorship.objects.filter(record__in=entries).values_list("person", flat=True)) == {rapporteur.pk}
    assert set(Line.objects.values_list("text", "author")) == {("", None)}
    assert "Wombat" not in dump_minutes_tables()
    assert not Capacity.objects.filter(entries__isnull=False).exists()


def test_entries_of_past_item_are_published_when_rule_is_applied(current_item, rapporteur):
    actions.set_current_agenda_item(actor=rapporteur, meeting=current_item.meeting, item=None)
    actions.apply_chatham_house_rule(actor=rapporteur, item=current_item)

    assert [entry.text for entry in Entry.objects.order_by("position")] == ["Aardvarks are cheap.", "Yaks are costly."]
    assert not Entry.speakers.through.objects.exists()


def test_chatham_house_rule_is_refused_while_entry_names_person(current_item, rapporteur, client):
    record_line_under_item(rapporteur, current_item, "The rapporteur disagreed with Wombat House.")
    client.force_login(rapporteur)
    url = reverse("meetings:item_rule", args=["ours", current_item.meeting.pk, current_item.pk])
    page = client.post(url, follow=True).text

    assert "Entries under the Chatham House Rule must not name anyone." in page
    assert "must not name anyone. Remove these names first: The rapporteur and Wombat House." in page
    current_item.refresh_from_db()
    assert not current_item.chatham
    assert Entry.objects.count() == 3


def test_chatham_house_line_names_nobody(current_item, rapporteur, client):
    actions.apply_chatham_house_rule(actor=rapporteur, item=current_item)
    with pytest.raises(NamesFoundError):
        record_line_under_item(rapporteur, current_item, "Quokka Trust disagreed.", speaker_name=("Quokka Trust", None))
    client.force_login(rapporteur)
    fields = {"kind": "report", "text": "The rapporteur disagreed.", "item": current_item.pk, "token": uuid4()}
    answer = client.post(reverse("meetings:line_new", args=["ours", current_item.meeting.pk]), fields)

    assert answer.status_code == 422
    assert "must not name anyone. Remove this name first: The rapporteur." in answer.text


def test_chatham_house_line_is_edited_only_by_author(current_item, rapporteur, coordinator, client):
    actions.apply_chatham_house_rule(actor=rapporteur, item=current_item)
    line = record_line_under_item(rapporteur, current_item, "All are welcome.")
    url = reverse("meetings:line_edit", args=["ours", current_item.meeting.pk, line.pk])
    fields = {"kind": "topic", "text": "All are invited.", "version": line.revision}
    client.force_login(coordinator)
    assert client.post(url, fields).status_code == 403
    client.force_login(rapporteur)
    assert client.post(url, fields).status_code == 302

    line.refresh_from_db()
    assert (line.kind, line.text) == ("topic", "All are invited.")


def test_chatham_house_rule_is_refused_while_entry_has_comments(current_item, rapporteur):
    entry = Entry.objects.first()
    capacity = Capacity.objects.create(coalition=entry.coalition, name="A member")
    Comment.objects.create(record=entry, author=rapporteur, capacity=capacity, body="Really?", token=uuid4())

    with pytest.raises(ActionRefused, match="Add a new agenda item"):
        actions.apply_chatham_house_rule(actor=rapporteur, item=current_item)
    assert Entry.objects.count() == 2


def test_approval_publishes_withheld_entries(current_item, rapporteur, frozen_clock):
    actions.apply_chatham_house_rule(actor=rapporteur, item=current_item)
    frozen_clock.move_to(AFTERWARDS)
    actions.approve_minutes(actor=rapporteur, meeting=current_item.meeting)

    assert set(Entry.objects.values_list("label", flat=True)) == {"TLP:CLEAR"}
    assert Entry.objects.count() == 2


def test_chatham_house_entries_are_sorted_by_topic(current_item, rapporteur, client, frozen_clock):
    actions.apply_chatham_house_rule(actor=rapporteur, item=current_item)
    client.force_login(rapporteur)
    url = reverse("meetings:line_new", args=["ours", current_item.meeting_id])
    for topic, text in (("Money", "Zebras cost more."), ("Housing", "Stables are full."), ("Money", "Bees cost less.")):
        fields = {"kind": "report", "text": text, "topic": topic, "item": current_item.pk, "token": uuid4()}
        assert client.post(url, fields).status_code == 302
    actions.set_current_agenda_item(actor=rapporteur, meeting=current_item.meeting, item=None)
    page = client.get(current_item.meeting.get_absolute_url()).text
    order = ["Aardvarks are cheap.", "Housing", "Stables are full.", "Money", "Bees cost less.", "Zebras cost more."]

    places = [page.index(f">{words}<") for words in order]
    assert places == sorted(places)
    assert page.count(">Money<") == 1


def test_topic_naming_a_person_is_refused_and_topic_can_be_edited_later(current_item, rapporteur, client):
    actions.apply_chatham_house_rule(actor=rapporteur, item=current_item)
    client.force_login(rapporteur)
    url = reverse("meetings:line_new", args=["ours", current_item.meeting_id])
    fields = {"kind": "report", "text": "All agree.", "item": current_item.pk, "token": uuid4()}
    answer = client.post(url, fields | {"topic": "What the rapporteur wants"})
    assert (answer.status_code, "Remove this name first" in answer.text) == (422, True)
    actions.set_current_agenda_item(actor=rapporteur, meeting=current_item.meeting, item=None)
    entry = Entry.objects.get(text="Yaks are costly.")
    words = {"kind": entry.kind, "text": entry.text, "topic": "Money", "version": entry.version}
    client.post(reverse("meetings:entry_edit", args=["ours", entry.pk]), words)
    entry.refresh_from_db()
    assert entry.topic == "Money"

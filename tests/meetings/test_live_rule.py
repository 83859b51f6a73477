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
from tests.meetings.scheduled import schedule_meeting

pytestmark = pytest.mark.django_db
DURING, AFTERWARDS = "2027-01-12 12:20Z", "2027-01-12 15:00Z"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(DURING, tick=False) as clock:
        yield clock


@pytest.fixture
def meeting(coalition, rapporteur) -> Meeting:
    meeting = schedule_meeting(coalition, rapporteur)
    actions.start_live_minutes(actor=rapporteur, meeting=meeting)
    return meeting


@pytest.fixture
def item(meeting, rapporteur) -> Part:
    """The current agenda item, with two entries."""
    item = PartFactory(meeting=meeting, title="Zebra budget")
    actions.choose_current_item(actor=rapporteur, meeting=meeting, item=item)
    add_line(rapporteur, item, "Yaks are costly.", speaker=("Wombat House", None))
    add_line(rapporteur, item, "Aardvarks are cheap.", kind="proposal")
    return item


def add_line(actor, item, text, *, kind="report", token=None, speaker=None):
    return actions.record_minutes_line(
        actor=actor, meeting=item.meeting, token=token or uuid4(), kind=kind, text=text, speaker=speaker, item=item
    )


def dump_tables():
    rows = [Record, Entry, Line, Version, Authorship]
    return json.dumps([serializers.serialize("json", model.objects.all()) for model in rows])


def get_live_page(client, meeting):
    return client.get(reverse("meetings:minutes_live", args=[meeting.coalition.slug, meeting.pk])).text


def test_rule_erases_earlier_entries_with_speakers(item, rapporteur, client, member):
    actions.apply_chatham_house_rule(actor=rapporteur, item=item)

    assert not Entry.objects.exists()
    assert not Version.objects.filter(content__text="Yaks are costly.").exists()
    assert not Entry.speakers.through.objects.exists()
    client.force_login(member)
    page = get_live_page(client, item.meeting)
    assert "This agenda item is being held under the Chatham House Rule." in page
    assert "Yaks" not in page
    client.force_login(rapporteur)
    assert "Yaks are costly." in get_live_page(client, item.meeting)


def test_followers_get_reloaded_list(item, rapporteur, client, member):
    client.force_login(member)
    before = item.meeting.minutes.revision + 2
    actions.apply_chatham_house_rule(actor=rapporteur, item=item)
    fresh = client.get(reverse("meetings:minutes_updates", args=["ours", item.meeting.pk, before])).text

    assert "data-whole" in fresh
    assert "Yaks" not in fresh


def test_entries_appear_together_after_item_ends(item, rapporteur, coordinator, client, clock):
    token = uuid4()
    actions.apply_chatham_house_rule(actor=rapporteur, item=item)
    clock.move_to("2027-01-12 12:40Z")
    for _time in range(2):
        add_line(coordinator, item, "All are welcome.", token=token, speaker=("Wombat House", None))
    clock.move_to("2027-01-12 12:50Z")
    actions.choose_current_item(actor=rapporteur, meeting=item.meeting, item=None)
    add_line(coordinator, item, "All are welcome.", token=token)

    entries = list(Entry.objects.order_by("position"))
    assert [entry.text for entry in entries] == ["Aardvarks are cheap.", "All are welcome.", "Yaks are costly."]
    assert len({entry.created_at for entry in entries} | {entry.published_at for entry in entries}) == 1
    assert set(Authorship.objects.filter(record__in=entries).values_list("person", flat=True)) == {rapporteur.pk}
    assert set(Line.objects.values_list("text", "author")) == {("", None)}
    assert "Wombat" not in dump_tables()
    assert not Capacity.objects.filter(entries__isnull=False).exists()


def test_past_item_is_published_at_once(item, rapporteur):
    actions.choose_current_item(actor=rapporteur, meeting=item.meeting, item=None)
    actions.apply_chatham_house_rule(actor=rapporteur, item=item)

    assert [entry.text for entry in Entry.objects.order_by("position")] == ["Aardvarks are cheap.", "Yaks are costly."]
    assert not Entry.speakers.through.objects.exists()


def test_entry_naming_a_person_keeps_item_open(item, rapporteur, client):
    add_line(rapporteur, item, "The rapporteur disagreed with Wombat House.")
    client.force_login(rapporteur)
    url = reverse("meetings:item_rule", args=["ours", item.meeting.pk, item.pk])
    page = client.post(url, follow=True).text

    assert "Entries under the Chatham House Rule must not name anyone." in page
    assert "must not name anyone. Remove these names first: The rapporteur and Wombat House." in page
    item.refresh_from_db()
    assert not item.chatham
    assert Entry.objects.count() == 3


def test_line_under_rule_names_nobody(item, rapporteur, client):
    actions.apply_chatham_house_rule(actor=rapporteur, item=item)
    with pytest.raises(NamesFoundError):
        add_line(rapporteur, item, "Quokka Trust disagreed.", speaker=("Quokka Trust", None))
    client.force_login(rapporteur)
    fields = {"kind": "report", "text": "The rapporteur disagreed.", "item": item.pk, "token": uuid4()}
    answer = client.post(reverse("meetings:line_new", args=["ours", item.meeting.pk]), fields)

    assert answer.status_code == 422
    assert "must not name anyone. Remove this name first: The rapporteur." in answer.text


def test_line_under_rule_is_edited_only_by_author(item, rapporteur, coordinator, client):
    actions.apply_chatham_house_rule(actor=rapporteur, item=item)
    line = add_line(rapporteur, item, "All are welcome.")
    url = reverse("meetings:line_edit", args=["ours", item.meeting.pk, line.pk])
    fields = {"kind": "topic", "text": "All are invited.", "version": line.revision}
    client.force_login(coordinator)
    assert client.post(url, fields).status_code == 403
    client.force_login(rapporteur)
    assert client.post(url, fields).status_code == 302

    line.refresh_from_db()
    assert (line.kind, line.text) == ("topic", "All are invited.")


def test_entry_with_comments_keeps_the_item_open(item, rapporteur):
    entry = Entry.objects.first()
    capacity = Capacity.objects.create(coalition=entry.coalition, name="A member")
    Comment.objects.create(record=entry, author=rapporteur, capacity=capacity, body="Really?", token=uuid4())

    with pytest.raises(ActionRefused, match="Add a new agenda item"):
        actions.apply_chatham_house_rule(actor=rapporteur, item=item)
    assert Entry.objects.count() == 2


def test_approval_publishes_withheld_entries(item, rapporteur, clock):
    actions.apply_chatham_house_rule(actor=rapporteur, item=item)
    clock.move_to(AFTERWARDS)
    actions.approve_minutes(actor=rapporteur, meeting=item.meeting)

    assert set(Entry.objects.values_list("label", flat=True)) == {"TLP:CLEAR"}
    assert Entry.objects.count() == 2


def test_entries_are_sorted_by_topic(item, rapporteur, client, clock):
    actions.apply_chatham_house_rule(actor=rapporteur, item=item)
    client.force_login(rapporteur)
    url = reverse("meetings:line_new", args=["ours", item.meeting_id])
    for topic, text in (("Money", "Zebras cost more."), ("Housing", "Stables are full."), ("Money", "Bees cost less.")):
        fields = {"kind": "report", "text": text, "topic": topic, "item": item.pk, "token": uuid4()}
        assert client.post(url, fields).status_code == 302
    actions.choose_current_item(actor=rapporteur, meeting=item.meeting, item=None)
    page = client.get(item.meeting.get_absolute_url()).text
    order = ["Aardvarks are cheap.", "Housing", "Stables are full.", "Money", "Bees cost less.", "Zebras cost more."]

    places = [page.index(f">{words}<") for words in order]
    assert places == sorted(places)
    assert page.count(">Money<") == 1


def test_topic_names_nobody_and_can_be_edited_later(item, rapporteur, client):
    actions.apply_chatham_house_rule(actor=rapporteur, item=item)
    client.force_login(rapporteur)
    url = reverse("meetings:line_new", args=["ours", item.meeting_id])
    fields = {"kind": "report", "text": "All agree.", "item": item.pk, "token": uuid4()}
    answer = client.post(url, fields | {"topic": "What the rapporteur wants"})
    assert (answer.status_code, "Remove this name first" in answer.text) == (422, True)
    actions.choose_current_item(actor=rapporteur, meeting=item.meeting, item=None)
    entry = Entry.objects.get(text="Yaks are costly.")
    words = {"kind": entry.kind, "text": entry.text, "topic": "Money", "version": entry.version}
    client.post(reverse("meetings:entry_edit", args=["ours", entry.pk]), words)
    entry.refresh_from_db()
    assert entry.topic == "Money"

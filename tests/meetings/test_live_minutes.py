"""Minutes that are taken while a meeting is in progress: the lines, what is new, and who can read them."""

from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from jukwaa.accounts import minors
from jukwaa.coalitions.models import Activity, Membership
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings import actions
from jukwaa.meetings.models import Entry, Line, Meeting, Minutes
from jukwaa.meetings.notifications import notify_owner_named
from jukwaa.records.models import Audience, Label, Version
from tests.conftest import create_seated_person
from tests.factories import PartFactory, PersonFactory
from tests.meetings.scheduled_meetings import schedule_meeting

pytestmark = pytest.mark.django_db
DURING, AFTERWARDS = "2027-01-12 12:20Z", "2027-01-12 15:00Z"
LINE_TEXT = "The zebra hotline opened a second line."


@pytest.fixture(autouse=True)
def frozen_clock():
    with time_machine.travel(DURING, tick=False) as clock:
        yield clock


@pytest.fixture
def meeting(coalition, rapporteur) -> Meeting:
    return schedule_meeting(coalition, rapporteur)


@pytest.fixture
def minutes(meeting, rapporteur) -> Minutes:
    return actions.start_live_minutes(actor=rapporteur, meeting=meeting)


@pytest.fixture
def build_minutes_url(meeting):
    def build_url_of_minutes(name, *more):
        return reverse(f"meetings:{name}", args=[meeting.coalition.slug, meeting.pk, *more])

    return build_url_of_minutes


@pytest.fixture
def send_minutes_line(client, minutes, build_minutes_url, rapporteur):
    """Send a line as the script does, or with `script=False` as the form does."""
    client.force_login(rapporteur)

    def post_minutes_line(text=LINE_TEXT, *, script=True, token=None, **more):
        fields = {"kind": "report", "text": text, "token": token or uuid4(), **more}
        return client.post(build_minutes_url("line_new"), fields, headers={"HX-Request": "true"} if script else {})

    return post_minutes_line


def record_line(actor, meeting, text=LINE_TEXT, **more):
    return actions.record_minutes_line(actor=actor, meeting=meeting, token=uuid4(), kind="report", text=text, **more)


def list_entry_texts():
    return list(Entry.objects.values_list("text", flat=True))


def test_repeated_line_is_saved_once(send_minutes_line):
    token = uuid4()
    first, second = send_minutes_line(token=token), send_minutes_line(token=token)

    assert (first.status_code, second.status_code, first.content) == (204, 204, b"")
    assert list_entry_texts() == [LINE_TEXT]


def test_new_text_with_used_token_is_saved(send_minutes_line):
    token = uuid4()
    send_minutes_line(token=token)
    send_minutes_line("Something else.", token=token)

    assert list_entry_texts() == [LINE_TEXT, "Something else."]


def test_form_without_script_returns_to_page(send_minutes_line, client, build_minutes_url):
    answer = send_minutes_line(script=False)

    assert (answer.status_code, answer.url) == (302, build_minutes_url("minutes_live"))
    page = client.get(build_minutes_url("minutes_live")).text
    assert LINE_TEXT in page
    assert "Draft, not approved" in page


def test_updates_contain_only_new_lines(send_minutes_line, client, build_minutes_url, minutes, meeting, coordinator):
    send_minutes_line("First.")
    minutes.refresh_from_db()
    assert client.get(build_minutes_url("minutes_updates", minutes.revision)).status_code == 204

    record_line(coordinator, meeting, "Second.")
    fresh = client.get(build_minutes_url("minutes_updates", minutes.revision)).text
    assert "Second." in fresh
    assert "First." not in fresh
    assert "<form" not in fresh


def test_updates_contain_edits_and_removals(send_minutes_line, client, build_minutes_url, minutes, rapporteur):
    send_minutes_line("First.")
    line = Line.objects.get()
    minutes.refresh_from_db()
    answer = client.post(build_minutes_url("line_edit", line.pk), {"kind": "topic", "text": "Better.", "version": 1})
    assert answer.status_code == 302
    assert "Better." in client.get(build_minutes_url("minutes_updates", minutes.revision)).text

    minutes.refresh_from_db()
    actions.withdraw_entry(actor=rapporteur, entry=Entry.objects.get(), reason="Nobody said it.")
    fresh = client.get(build_minutes_url("minutes_updates", minutes.revision)).text
    assert f'<li id="entry-{line.entry_id}" data-gone>' in fresh
    assert "Better." not in fresh


@pytest.mark.parametrize("row_count", [1, 3])
def test_updates_query_count_is_constant(
    row_count, client, build_minutes_url, minutes, meeting, rapporteur, member, django_assert_num_queries
):
    for number in range(row_count):
        record_line(rapporteur, meeting, f"Line {number}.", speaker=(f"Speaker {number}", None))
    client.force_login(member)
    minutes.refresh_from_db()
    with django_assert_num_queries(5):
        assert client.get(build_minutes_url("minutes_updates", minutes.revision)).status_code == 204
    with django_assert_num_queries(8):
        assert client.get(build_minutes_url("minutes_updates", 1)).status_code == 200


def test_line_cannot_be_edited_by_other_person(send_minutes_line, client, build_minutes_url, coordinator):
    send_minutes_line()
    client.force_login(coordinator)

    assert client.get(build_minutes_url("line_edit", Line.objects.get().pk)).status_code == 403


@pytest.mark.parametrize(
    ("typed_letters", "expected_speaker"),
    [("he", "Helplines of the world"), ("HOTW", "Helplines of the world"), ("Somebody else", "Somebody else")],
)
def test_speaker_is_matched_by_two_letters(typed_letters, expected_speaker, send_minutes_line, organisation):
    type(organisation).objects.update(name="Helplines of the world", acronym="HotW")
    send_minutes_line(speaker=typed_letters)

    assert [str(voice) for voice in Entry.objects.get().speakers.all()] == [expected_speaker]


@pytest.mark.parametrize(
    ("form_data", "expected_sentence"),
    [
        ({"speaker": "zz"}, "No name begins with “zz”. Enter the whole name."),
        ({"text": ""}, "Enter what was said or agreed."),
        ({"speaker": "Zuri Canary"}, "Enter the organisation or the role instead. “Zuri Canary” can&#x27;t be"),
    ],
)
def test_invalid_line_shows_error(form_data, expected_sentence, send_minutes_line, coalition):
    child = create_seated_person(coalition, "Zuri Canary")
    minors.mark_as_minor(actor=child, person=child, adult_contact=PersonFactory(), reason="Told us.")
    answer = send_minutes_line(**{"text": LINE_TEXT, **form_data})

    assert answer.status_code == 422
    assert expected_sentence in answer.text
    assert list_entry_texts() == []


def test_ambiguous_letters_ask_for_speaker(send_minutes_line, organisation):
    for name in ("Kenya Hotline", "Kenya Helpline"):
        type(organisation).objects.create(coalition=organisation.coalition, name=name)
    answer = send_minutes_line(speaker="ken")

    assert "More than one name begins with “ken”: Kenya Helpline and Kenya Hotline. Enter more letters." in answer.text


def test_identifying_details_are_warned_about_once(send_minutes_line):
    text = "Write to zebra@example.org."
    answer = send_minutes_line(text)
    assert answer.status_code == 422
    screened = answer.context["form"].data["screened"]

    send_minutes_line(text, screened=screened)
    assert list_entry_texts() == [text]


def test_disclosure_is_removed_and_not_saved(send_minutes_line):
    answer = send_minutes_line("A girl told me that her uncle abuses her.")

    assert "HX-Redirect" in answer.headers
    assert list_entry_texts() == []


def test_current_item_is_shared(client, build_minutes_url, minutes, meeting, rapporteur, member):
    item = PartFactory(meeting=meeting, title="Zebra budget")
    client.force_login(rapporteur)
    client.post(build_minutes_url("item_choose"), {"item": item.pk})
    client.force_login(member)

    fresh = client.get(build_minutes_url("minutes_updates", minutes.revision)).text
    assert "Zebra budget" in fresh
    assert f'data-item="{item.pk}"' in fresh


# ---- Who can read a draft ----


def build_reader_page_urls(client, meeting, entry):
    slug = meeting.coalition.slug
    return {
        "meeting": meeting.get_absolute_url(),
        "entry": entry.get_absolute_url(),
        "search": reverse("search:search", args=[slug]) + "?q=zebra",
        "agreed": reverse("meetings:agreed", args=[slug]),
        "list as CSV": reverse("exchange:list_file", args=[slug, "agreed", "csv"]),
        "feed": reverse("exchange:feed", args=[slug, "agreed"]),
        "archive": reverse("exchange:archive", args=[slug]) + f"?record={entry.pk}",
        "home": reverse("home:front", args=[slug]),
        "history": reverse("records:history", args=[slug, entry.pk]),
    }


def find_leaked_pages(client, meeting, entry):
    pages = {name: client.get(url) for name, url in build_reader_page_urls(client, meeting, entry).items()}
    return {name for name, page in pages.items() if b"opened a second line" in page.getvalue()}


@pytest.fixture
def recorded_decision(minutes, meeting, rapporteur):
    line = actions.record_minutes_line(
        actor=rapporteur, meeting=meeting, token=uuid4(), kind="decision", text=LINE_TEXT
    )
    return line.entry


def test_draft_is_hidden_from_visitors_and_other_coalitions(
    client, meeting, recorded_decision, outsider, mailing_coalition
):
    assert find_leaked_pages(client, meeting, recorded_decision) == set()
    client.force_login(outsider)
    assert find_leaked_pages(client, meeting, recorded_decision) == set()


def test_members_read_a_draft(client, meeting, recorded_decision, member, mailing_coalition):
    client.force_login(member)

    assert {"meeting", "entry", "search", "agreed"} <= find_leaked_pages(client, meeting, recorded_decision)
    assert "Draft, not approved" in client.get(meeting.get_absolute_url()).text


def test_live_page_is_for_members_only(client, build_minutes_url, minutes, recorded_decision, member, outsider):
    assert client.get(build_minutes_url("minutes_live")).status_code == 302
    client.force_login(outsider)
    assert client.get(build_minutes_url("minutes_live")).status_code == 403
    assert client.get(build_minutes_url("minutes_updates", 0)).status_code == 403
    client.force_login(member)
    page = client.get(build_minutes_url("minutes_live")).text
    assert LINE_TEXT in page
    assert 'id="line"' not in page
    assert client.post(build_minutes_url("line_new"), {}).status_code == 403


def test_editing_meeting_keeps_draft_private(meeting, recorded_decision, rapporteur):
    meeting.refresh_from_db()
    actions.change_meeting(actor=rapporteur, meeting=meeting, changes={"title": "Call"}, from_version=meeting.version)

    recorded_decision.refresh_from_db()
    assert recorded_decision.label == Label.GREEN


def test_entry_from_other_form_joins_draft_minutes(minutes, meeting, rapporteur):
    entry = actions.record_entry(actor=rapporteur, meeting=meeting, kind="report", text=LINE_TEXT)

    assert entry.label == Label.GREEN
    assert Line.objects.get().entry == entry


def test_approved_minutes_are_public_without_edit_history(
    client, build_minutes_url, frozen_clock, meeting, recorded_decision, rapporteur, mailing_coalition
):
    actions.change_entry(
        actor=rapporteur, entry=recorded_decision, changes={"text": f"{LINE_TEXT} Yes."}, from_version=1
    )
    frozen_clock.move_to(AFTERWARDS)
    client.force_login(rapporteur)
    answer = client.post(build_minutes_url("minutes_approve"))
    assert (answer.status_code, answer.url) == (302, meeting.get_absolute_url())
    client.logout()

    assert {"meeting", "entry", "search", "agreed", "feed"} <= find_leaked_pages(client, meeting, recorded_decision)
    assert [
        version.number for version in Version.objects.visible_to(AnonymousUser()).filter(record=recorded_decision.pk)
    ] == [3]
    assert client.get(build_minutes_url("minutes_updates", 0)).status_code == 302


def test_minutes_are_approved_only_after_the_meeting(meeting, recorded_decision, rapporteur, frozen_clock):
    with pytest.raises(ActionRefused, match="still in progress"):
        actions.approve_minutes(actor=rapporteur, meeting=meeting)
    frozen_clock.move_to(AFTERWARDS)
    for _time in range(2):
        actions.approve_minutes(actor=rapporteur, meeting=meeting)
    assert Activity.objects.filter(verb="approved-minutes").count() == 1
    with pytest.raises(ActionRefused, match="These minutes have not been started"):
        record_line(rapporteur, meeting)


def test_commitments_are_notified_after_approval(meeting, minutes, rapporteur, organisation, frozen_clock):
    actions.record_entry(
        actor=rapporteur, meeting=meeting, kind="commitment", text=LINE_TEXT, owner=(organisation.name, organisation)
    )
    told = Activity.objects.filter(kind="commitment", verb="published")
    assert list(notify_owner_named(told.get())) == []
    frozen_clock.move_to(AFTERWARDS)
    actions.approve_minutes(actor=rapporteur, meeting=meeting)
    assert len(list(notify_owner_named(told.latest("pk")))) == 1


def test_minutes_start_only_during_a_published_meeting(
    client, build_minutes_url, meeting, coalition, rapporteur, frozen_clock
):
    frozen_clock.move_to("2027-01-12 08:00Z")
    with pytest.raises(ActionRefused, match="during the meeting"):
        actions.start_live_minutes(actor=rapporteur, meeting=meeting)
    frozen_clock.move_to(DURING)
    draft = schedule_meeting(coalition, rapporteur, published=False, title="Draft")
    with pytest.raises(ActionRefused, match="Publish the meeting before"):
        actions.start_live_minutes(actor=rapporteur, meeting=draft)
    client.force_login(rapporteur)
    assert "Take minutes" in client.get(meeting.get_absolute_url()).text
    assert client.post(build_minutes_url("minutes_start")).url == build_minutes_url("minutes_live")


def test_restricted_meeting_has_no_shared_updates(client, coalition, rapporteur, member, delegate, organisation):
    meeting = schedule_meeting(coalition, rapporteur, label=Label.AMBER)
    Audience.objects.create(record=meeting, organisation=organisation)
    Minutes.objects.create(meeting=meeting)
    record_line(rapporteur, meeting)
    url = reverse("meetings:minutes_updates", args=[coalition.slug, meeting.pk, 1])
    client.force_login(delegate)
    assert LINE_TEXT in client.get(url).text
    client.force_login(member)
    assert client.get(url).status_code == 404


def test_shared_updates_need_a_seat(client, build_minutes_url, minutes, meeting, coalition, member, rapporteur):
    record_line(rapporteur, meeting)
    other = create_seated_person(coalition, "Former")
    client.force_login(member)
    assert LINE_TEXT in client.get(build_minutes_url("minutes_updates", 1)).text
    Membership.objects.filter(person=other).delete()
    client.force_login(other)
    assert client.get(build_minutes_url("minutes_updates", 1)).status_code == 403

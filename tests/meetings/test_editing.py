"""The pages of those who keep the minutes."""

from datetime import date

import pytest
from django.urls import reverse

from jukwaa.intake.forms.wording import SuggestionWordingForm
from jukwaa.meetings import actions
from jukwaa.meetings.forms import EntryEditForm, EntryForm, RaiseEntryForm
from jukwaa.meetings.forms_live import MinutesLineEditForm, MinutesLineForm
from jukwaa.meetings.models import Attendance, Commitment, Entry, Meeting
from jukwaa.records.models import Link
from tests.factories import EntryFactory, MeetingFactory, OrganisationFactory
from tests.meetings.public_sources import create_public_entry_source


def build_meetings_url(route_name, coalition, *args):
    return reverse(f"meetings:{route_name}", args=[coalition.slug, *args])


@pytest.fixture
def topic_entry(meeting, rapporteur):
    return actions.record_entry(actor=rapporteur, meeting=meeting, kind="topic", text="First.")


@pytest.fixture(autouse=True)
def _sign_in_rapporteur(client, rapporteur):
    client.force_login(rapporteur)


def test_meeting_starts_as_draft_and_is_published(client, coalition, rapporteur):
    form = {
        "title": "Vilnius, 2010",
        "starts_on": "2010-09-14",
        "precision": "month",
        "place": "Vilnius",
        "country": "LT",
        "label": "TLP:CLEAR",
        "version": 0,
    }
    for _ in range(2):
        response = client.post(build_meetings_url("meeting_new", coalition), form)
    meeting = Meeting.objects.get()
    before = meeting.state
    client.post(build_meetings_url("meeting_publish", coalition, meeting.pk), {"invites": "everyone"})
    meeting.refresh_from_db()

    assert (response.status_code, response.url) == (302, meeting.get_absolute_url())
    assert (before, meeting.state) == ("draft", "published")
    assert (meeting.starts_on, meeting.precision, meeting.countries) == (date(2010, 9, 1), "month", ["LT"])


def test_invalid_meeting_form_keeps_typed_values(client, coalition):
    response = client.post(
        build_meetings_url("meeting_new", coalition),
        {"place": "Vilnius", "precision": "day", "label": "TLP:CLEAR", "version": 0},
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["title"]
    assert 'value="Vilnius"' in response.text


def test_edit_conflict_shows_both_texts_and_can_be_saved(client, coalition, meeting, coordinator):
    url = build_meetings_url("meeting_edit", coalition, meeting.pk)
    form = {"title": "Mine", "precision": "month", "starts_on": "2009-11-01", "label": "TLP:CLEAR", "version": 1}
    form |= {"place": meeting.place, "country": meeting.country, "time_zone": "UTC"}
    actions.change_meeting(actor=coordinator, meeting=meeting, changes={"title": "Theirs"}, from_version=1)
    overtaken = client.post(url, form)
    version = overtaken.context["form"]["version"].value()
    saved = client.post(url, form | {"version": version})

    assert overtaken.status_code == 409
    assert [(field.label, field.now, field.yours) for field in overtaken.context["differences"]] == [
        ("Title", "Theirs", "Mine")
    ]
    assert "<del data-mark='[removed]'>Theirs</del><ins data-mark='[added]'>Mine</ins>" in overtaken.text
    assert (saved.status_code, Meeting.objects.get().title, Meeting.objects.get().version) == (302, "Mine", 3)


def test_edit_conflict_of_entry_shows_both_texts(client, coalition, topic_entry, coordinator):
    url = build_meetings_url("entry_edit", coalition, topic_entry.pk)
    actions.change_entry(
        actor=coordinator, entry=topic_entry, changes={"text": "Theirs.", "kind": "decision"}, from_version=1
    )
    overtaken = client.post(url, {"kind": "topic", "text": "Mine.", "version": 1})
    saved = client.post(url, {"kind": "topic", "text": "Mine.", "version": 2})

    assert (overtaken.status_code, saved.status_code) == (409, 302)
    assert [(field.now, field.yours) for field in overtaken.context["differences"]] == [
        ("Decision", "Topic"),
        ("Theirs.", "Mine."),
    ]
    assert Entry.objects.get().text == "Mine."


def test_meeting_form_preserves_restricted_label(client, coalition, rapporteur):
    meeting = MeetingFactory(coalition=coalition, label="TLP:RED", published=True, author=rapporteur)
    response = client.get(build_meetings_url("meeting_edit", coalition, meeting.pk))

    assert "label" not in response.context["form"].fields


def test_commitment_owner_is_selected_from_directory(client, coalition, meeting, organisation):
    form = {
        "kind": "commitment",
        "text": "The proposal is sent.",
        "owner": organisation.name,
        "speaker": "The chair",
        "due_on": "2010-01-15",
    }
    for _ in range(2):
        response = client.post(build_meetings_url("entry_new", coalition, meeting.pk), form)
    commitment = Commitment.objects.get()

    assert response.url == commitment.entry.get_absolute_url()
    assert (commitment.proposed_organisation, commitment.due_on) == (organisation, date(2010, 1, 15))
    assert list(commitment.entry.speakers.values_list("name", "organisation")) == [("The chair", None)]


def test_only_commitment_has_owner(client, coalition, meeting):
    response = client.post(
        build_meetings_url("entry_new", coalition, meeting.pk), {"kind": "topic", "text": "Hm.", "owner": "Somebody"}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["owner"]


def test_attendee_is_directory_organisation_or_free_text(client, coalition, meeting):
    OrganisationFactory(coalition=coalition, name="Government of Mauritius", acronym="GoM")
    url = build_meetings_url("attendance_new", coalition, meeting.pk)
    client.post(url, {"organisation": "GoM", "name": "Representative of Mauritius", "came_as": "new-attendee"})
    client.post(url, {"organisation": "Government of Mauritius", "came_as": "member", "is_chair": "on"})
    client.post(url, {"name": "Members of the coalition", "came_as": "member", "is_group": "on"})
    unknown = client.post(url, {"organisation": "Nobody we know", "came_as": "member"})
    nobody = client.post(url, {"came_as": "member"})

    assert list(
        Attendance.objects.order_by("pk").values_list("capacity__name", "capacity__organisation__acronym", "is_group")
    ) == [
        ("Representative of Mauritius", "GoM", False),
        ("Government of Mauritius", "GoM", False),
        ("Members of the coalition", None, True),
    ]
    assert [list(response.context["form"].errors) for response in (unknown, nobody)] == [["organisation"], ["name"]]


def test_role_of_attendee_is_corrected(client, coalition, meeting, member, rapporteur):
    row = actions.record_attendance(actor=rapporteur, meeting=meeting, name="A guest", came_as="observer")
    url = build_meetings_url("attendance_change", coalition, meeting.pk, row.pk)
    page = client.get(url)
    wrong = client.post(url, {"came_as": "visitor"})
    saved = client.post(url, {"came_as": "member"}, follow=True)
    client.force_login(member)
    refused = client.post(url, {"came_as": "observer"})

    assert "In what capacity did A guest attend?" in page.text
    assert (wrong.status_code, refused.status_code) == (422, 403)
    assert Attendance.objects.get().came_as == "member"
    assert "The attendance list has been changed." in saved.text
    assert f'href="{url}"' in saved.text


def test_attendance_row_is_removed_after_confirmation(client, coalition, meeting, rapporteur):
    row = actions.record_attendance(actor=rapporteur, meeting=meeting, name="A guest", came_as="observer")
    url = build_meetings_url("attendance_remove", coalition, meeting.pk, row.pk)
    question = client.get(url)
    still_there = Attendance.objects.count()
    client.post(url)

    assert "Remove A guest from the attendance list?" in question.text
    assert (still_there, Attendance.objects.count()) == (1, 0)


def test_agenda_item_is_added(client, coalition, meeting):
    client.post(
        build_meetings_url("agenda_item_new", coalition, meeting.pk),
        {"title": "Among ourselves", "chatham": "on", "version": "1"},
    )
    client.post(build_meetings_url("agenda_item_new", coalition, meeting.pk), {"title": "", "version": "1"})

    assert list(meeting.parts.values_list("title", "chatham")) == [("Among ourselves", True)]


def test_withdrawal_needs_reason(client, coalition, topic_entry, meeting):
    url = build_meetings_url("entry_withdraw", coalition, topic_entry.pk)
    without = client.post(url, {"reason": ""})
    client.post(url, {"reason": "Nobody said that."})
    withdrawn = Entry.objects.get()
    client.post(build_meetings_url("meeting_withdraw", coalition, meeting.pk), {"reason": "It never took place."})

    assert without.status_code == 422
    assert (withdrawn.state, withdrawn.withdrawn_because) == ("withdrawn", "Nobody said that.")
    assert Meeting.objects.get().state == "withdrawn"


def test_entry_is_raised_only_in_later_meeting(client, coalition, topic_entry):
    later = MeetingFactory(coalition=coalition, title="Later", starts_on=date(2010, 9, 14), published=True)
    MeetingFactory(coalition=coalition, title="Earlier", starts_on=date(2008, 9, 14), published=True)
    url = build_meetings_url("entry_raise", coalition, topic_entry.pk)
    offered = list(client.get(url).context["form"].fields["into"].queryset)
    response = client.post(url, {"into": later.pk, "kind": "decision", "text": "So be it."})
    raised = Entry.objects.get(meeting=later)

    assert offered == [later]
    assert response.url == raised.get_absolute_url()
    assert Link.objects.get().to_record_id == topic_entry.pk


def test_owner_updates_status(client, coalition, meeting, rapporteur, organisation, delegate, member):
    entry = actions.record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="commitment",
        text="We will.",
        owner=("Us", organisation),
        sources=create_public_entry_source(meeting.coalition),
    )
    url = build_meetings_url("entry_progress", coalition, entry.pk)
    client.force_login(member)
    refused = client.post(url, {"progress": "kept"})
    client.force_login(delegate)
    unknown = client.post(url, {"progress": "late"})
    said = client.post(url, {"progress": "in-hand", "note": "Half of it."})
    page = client.get(entry.get_absolute_url()).text

    assert [response.status_code for response in (refused, unknown, said)] == [403, 422, 302]
    assert Commitment.objects.get().closing_note == "Half of it."
    assert "in progress" in page
    assert "Update the status" in page


@pytest.mark.parametrize("persona", ["member", "delegate", "outsider"])
def test_people_without_rights_see_no_forms_and_get_error(client, request, coalition, meeting, topic_entry, persona):
    client.force_login(request.getfixturevalue(persona))
    forms = [
        build_meetings_url("meeting_new", coalition),
        *[
            build_meetings_url(name, coalition, meeting.pk)
            for name in ("meeting_edit", "meeting_withdraw", "agenda_item_new", "attendance_new", "entry_new")
        ],
        *[
            build_meetings_url(name, coalition, topic_entry.pk)
            for name in ("entry_edit", "entry_withdraw", "entry_raise")
        ],
    ]
    statuses = {client.get(url).status_code for url in forms} | {client.post(url).status_code for url in forms}
    statuses.add(
        client.post(build_meetings_url("meeting_publish", coalition, meeting.pk), {"invites": "everyone"}).status_code
    )
    page = client.get(meeting.get_absolute_url()).text

    assert statuses == {403}
    assert "Add an entry to the minutes" not in page


def test_visitor_is_asked_to_sign_in(client, coalition, meeting):
    client.logout()
    response = client.get(build_meetings_url("entry_new", coalition, meeting.pk))

    assert response.status_code == 302
    assert reverse("account_login") in response.url


def test_unreadable_meeting_cannot_be_edited(client, coalition):
    hidden = EntryFactory(coalition=coalition, label="TLP:RED", published=True)

    assert client.get(build_meetings_url("entry_edit", coalition, hidden.pk)).status_code == 404


def test_identifying_details_are_shown_to_author_to_confirm(client, coalition, meeting):
    url = build_meetings_url("entry_new", coalition, meeting.pk)
    form = {"kind": "topic", "text": "Write to child.helper@example.org for help."}
    first = client.post(url, form)
    second = client.post(url, form | {"screened": first.context["form"]["screened"].value()})

    assert (first.status_code, second.status_code) == (422, 302)
    assert "Do not report abuse here" in first.text
    assert Entry.objects.get().text == form["text"]


@pytest.mark.parametrize(
    "form_class",
    [EntryForm, EntryEditForm, RaiseEntryForm, MinutesLineForm, MinutesLineEditForm, SuggestionWordingForm],
)
def test_action_item_can_be_chosen_as_type(form_class):
    label = str(dict(form_class.base_fields["kind"].choices)["commitment"])

    assert label.removeprefix("C: ") == "Commitment (action item)"

"""A commitment that was written down wrongly is corrected: what, who and by when; what it said before is kept."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Activity, Capacity
from jukwaa.meetings import actions
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.models import Attendance, Commitment, Entry
from jukwaa.records.actions import restore_record_version
from jukwaa.records.models import Version
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory
from tests.meetings.public_sources import create_public_entry_source

DUE, LATER = date(2010, 1, 15), date(2010, 3, 1)


@pytest.fixture
def entry(meeting, rapporteur, organisation):
    return actions.record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="commitment",
        text="The proposal is sent.",
        owner=("The secretariat", organisation),
        due_on=DUE,
        sources=create_public_entry_source(meeting.coalition),
    )


@pytest.fixture
def entry_edit_url(entry):
    return reverse("meetings:entry_edit", args=[entry.coalition.slug, entry.pk])


def build_commitment_form(**changed):
    return {
        "text": "The proposal is sent.",
        "owner": "The secretariat",
        "due_on": DUE,
        "due_text": "",
        "version": 1,
    } | changed


def get_commitment_fields(entry):
    return Commitment.objects.values_list("owner__name", "owner__organisation", "due_on", "due_text").get(entry=entry)


def list_version_contents(entry):
    rows = Version.objects.filter(record=entry).order_by("number").values_list("content", flat=True)
    return [(content["text"], content["owner_id"], content["due_on"], content["due_text"]) for content in rows]


def test_edit_changes_text_owner_and_date_and_adds_version(
    client, coalition, entry, entry_edit_url, rapporteur, organisation
):
    first = Commitment.objects.get().owner_id
    OrganisationFactory(coalition=coalition, name="Southern Helpline", acronym="SHL")
    client.force_login(rapporteur)
    form = build_commitment_form(text="The draft is sent.", owner="SHL", due_on="", due_text="before the forum")
    for _time in range(2):
        answer = client.post(entry_edit_url, form)
    second = Commitment.objects.get().owner
    history = client.get(f"/ours/records/{entry.pk}/history/?old=1&new=2").text

    assert client.get(entry_edit_url).context["form"].initial["owner"] == "SHL"
    assert answer.status_code == 409  # the second press brings the version before
    assert get_commitment_fields(entry) == ("SHL", second.organisation_id, None, "before the forum")
    assert list_version_contents(entry) == [
        ("The proposal is sent.", first, str(DUE), ""),
        ("The draft is sent.", second.pk, None, "before the forum"),
    ]
    assert [words in history for words in ("Owner", "secretariat", "SHL", "2010-01-15")] == [True] * 4
    assert list(Activity.objects.filter(object_id=entry.pk, kind="commitment").values_list("verb", "actor")) == [
        ("published", rapporteur.pk),
        ("changed", rapporteur.pk),
    ]


def test_empty_owner_and_date_remain_empty(client, entry, entry_edit_url, coordinator):
    client.force_login(coordinator)
    answer = client.post(entry_edit_url, build_commitment_form(owner="", due_on=""))

    assert answer.url == entry.get_absolute_url()
    assert get_commitment_fields(entry) == (None, None, None, "")


def test_unchanged_owner_preserves_capacity_and_status(client, entry, entry_edit_url, rapporteur, organisation):
    actions.set_commitment_progress(actor=rapporteur, commitment=entry.commitment, progress="kept", note="Sent.")
    before = Capacity.objects.count()
    client.force_login(rapporteur)
    client.post(entry_edit_url, build_commitment_form(due_on=LATER))

    commitment = Commitment.objects.get()
    assert get_commitment_fields(entry) == ("The secretariat", organisation.pk, LATER, "")
    assert (commitment.progress, commitment.closing_note, Capacity.objects.count()) == ("kept", "Sent.", before)


def test_edit_conflict_shows_both_versions_and_keeps_typed_values(
    client, entry, entry_edit_url, rapporteur, coordinator
):
    actions.change_entry(
        actor=coordinator, entry=entry, changes={"owner": ("Theirs", None), "due_on": None}, from_version=1
    )
    client.force_login(rapporteur)
    overtaken = client.post(entry_edit_url, build_commitment_form(owner="Mine", due_on=LATER))
    standing = get_commitment_fields(entry)
    saved = client.post(
        entry_edit_url,
        build_commitment_form(owner="Mine", due_on=LATER, version=overtaken.context["form"]["version"].value()),
    )

    assert (overtaken.status_code, standing[0], saved.status_code) == (409, "Theirs", 302)
    assert [(field.label, field.now, field.yours) for field in overtaken.context["differences"]] == [
        ("Owner", "Theirs", "Mine"),
        ("Due date", "", "2010-03-01"),
    ]
    assert overtaken.context["form"]["owner"].value() == "Mine"
    assert get_commitment_fields(entry) == ("Mine", None, LATER, "")


def test_restored_version_restores_owner(entry, rapporteur, organisation):
    actions.change_entry(actor=rapporteur, entry=entry, changes={"owner": None, "due_on": None}, from_version=1)
    restore_record_version(actor=rapporteur, record=Entry.objects.get(), version_number=1, from_version=2)

    assert get_commitment_fields(entry) == ("The secretariat", organisation.pk, DUE, "")
    assert len(list_version_contents(entry)) == 3


def test_former_owner_remains_after_attendance_is_deleted(entry, meeting, rapporteur, organisation):
    row = actions.record_attendance(
        actor=rapporteur, meeting=meeting, name="The guest", came_as="observer", organisation=None
    )
    for number, owner in enumerate([("The guest", None), None], start=1):
        actions.change_entry(actor=rapporteur, entry=entry, changes={"owner": owner}, from_version=number)
    actions.remove_attendance_row(actor=rapporteur, attendance=row)
    restore_record_version(actor=rapporteur, record=Entry.objects.get(), version_number=2, from_version=3)

    assert not Attendance.objects.exists()
    assert get_commitment_fields(entry)[0] == "The guest"


def test_history_names_person_only_as_publicly_allowed(client, coalition, entry, member, rapporteur):
    hidden = PersonFactory(name="Rosa Hidden")
    commitment = Commitment.objects.get()
    commitment.owner = create_capacity(coalition=coalition, person=hidden, organisation=None)
    commitment.save()
    entry = Entry.objects.get()
    actions.change_entry(actor=rapporteur, entry=entry, changes={"due_on": LATER}, from_version=1)
    page = client.get(f"/ours/records/{entry.pk}/history/2/").text

    assert ("Rosa Hidden" in page, "a person" in page) == (False, True)


def test_entry_changed_to_commitment_has_no_owner(client, meeting, rapporteur):
    topic = actions.record_entry(actor=rapporteur, meeting=meeting, kind="topic", text="We will.")
    client.force_login(rapporteur)
    url = reverse("meetings:entry_edit", args=["ours", topic.pk])
    assert list(client.get(url).context["form"].fields) == ["kind", "text", "screened", "version"]
    client.post(url, {"kind": "commitment", "text": "We will.", "version": 1})

    assert get_commitment_fields(topic) == (None, None, None, "")
    assert "owner" in client.get(url).context["form"].fields


@pytest.fixture
def chatham_entry(meeting, rapporteur):
    part = actions.add_meeting_agenda_item(
        actor=rapporteur, meeting=meeting, title="Among ourselves", is_under_chatham_house_rule=True
    )
    return actions.record_entry(
        actor=rapporteur, meeting=meeting, kind="commitment", text="What was learned is shared.", part=part
    )


def test_chatham_house_commitment_has_no_owner(client, coalition, chatham_entry, rapporteur):
    OrganisationFactory(coalition=coalition, name="Southern Helpline")
    client.force_login(rapporteur)
    url = reverse("meetings:entry_edit", args=["ours", chatham_entry.pk])
    form = build_commitment_form(text=chatham_entry.text, owner="Southern Helpline")
    named = client.post(url, form | {"due_text": "once the Southern Helpline is ready"})
    client.post(url, form)

    fields = list(client.get(url).context["form"].fields)
    assert fields == ["text", "topic", "due_on", "due_text", "screened", "version"]
    assert list(named.context["form"].errors) == ["due_text"]
    assert get_commitment_fields(chatham_entry) == (None, None, DUE, "")
    actions.change_entry(actor=rapporteur, entry=chatham_entry, changes={"owner": ("A name", None)}, from_version=2)
    assert get_commitment_fields(chatham_entry)[0] is None
    assert not Capacity.objects.filter(name="A name").exists()
    changes = {"owner": ("A name", None), "due_text": "when A name is ready"}
    with pytest.raises(NamesFoundError):
        actions.change_entry(actor=rapporteur, entry=chatham_entry, changes=changes, from_version=2)


@pytest.mark.parametrize("persona", ["member", "delegate", "outsider"])
def test_others_cannot_edit_commitment(client, request, entry, entry_edit_url, persona):
    client.force_login(request.getfixturevalue(persona))

    assert [
        client.get(entry_edit_url).status_code,
        client.post(entry_edit_url, build_commitment_form(owner="x")).status_code,
    ] == [403, 403]
    assert get_commitment_fields(entry)[0] == "The secretariat"


def test_only_owner_representative_reports_progress(entry, organisation):
    speaks, works_there = (AffiliationFactory(organisation=organisation, may_speak=may).person for may in (True, False))
    with pytest.raises(PermissionDenied):
        actions.set_commitment_progress(actor=works_there, commitment=entry.commitment, progress="kept")

    assert (
        actions.set_commitment_progress(actor=speaks, commitment=entry.commitment, progress="kept").progress == "kept"
    )


def test_past_due_date_from_report_is_corrected_to_another_past_date(client, entry, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:commitment_plan", args=[entry.coalition.slug, entry.pk])

    answer = client.post(url, {"due_on": LATER.isoformat(), "responsible": ""})

    assert answer.status_code == 302
    assert get_commitment_fields(entry)[2] == LATER


def test_past_due_date_that_is_from_no_report_is_not_moved_to_the_past(client, entry, rapporteur):
    entry.sources.all().delete()
    client.force_login(rapporteur)
    url = reverse("meetings:commitment_plan", args=[entry.coalition.slug, entry.pk])

    answer = client.post(url, {"due_on": LATER.isoformat(), "responsible": ""})

    assert (answer.status_code, "This date has passed." in answer.text) == (422, True)
    assert get_commitment_fields(entry)[2] == DUE


def test_future_due_date_from_report_is_not_moved_to_the_past(client, entry, rapporteur):
    future = date(2999, 1, 1)
    Commitment.objects.update(due_on=future)
    client.force_login(rapporteur)
    url = reverse("meetings:commitment_plan", args=[entry.coalition.slug, entry.pk])

    answer = client.post(url, {"due_on": LATER.isoformat(), "responsible": ""})

    assert answer.status_code == 422
    assert get_commitment_fields(entry)[2] == future

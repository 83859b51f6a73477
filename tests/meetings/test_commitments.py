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
from jukwaa.records.actions import restore_version
from jukwaa.records.models import Version
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory
from tests.meetings.public import public_source

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
        sources=public_source(meeting.coalition),
    )


@pytest.fixture
def url(entry):
    return reverse("meetings:entry_edit", args=[entry.coalition.slug, entry.pk])


def typed(**changed):
    return {
        "text": "The proposal is sent.",
        "owner": "The secretariat",
        "due_on": DUE,
        "due_text": "",
        "version": 1,
    } | changed


def promise(entry):
    return Commitment.objects.values_list("owner__name", "owner__organisation", "due_on", "due_text").get(entry=entry)


def kept(entry):
    rows = Version.objects.filter(record=entry).order_by("number").values_list("content", flat=True)
    return [(content["text"], content["owner_id"], content["due_on"], content["due_text"]) for content in rows]


def test_what_who_and_when_are_corrected_and_what_was_said_before_is_kept(
    client, coalition, entry, url, rapporteur, organisation
):
    first = Commitment.objects.get().owner_id
    OrganisationFactory(coalition=coalition, name="Southern Helpline", acronym="SHL")
    client.force_login(rapporteur)
    form = typed(text="The draft is sent.", owner="SHL", due_on="", due_text="before the forum")
    for _time in range(2):
        answer = client.post(url, form)
    second = Commitment.objects.get().owner
    history = client.get(f"/ours/records/{entry.pk}/history/?old=1&new=2").text

    assert client.get(url).context["form"].initial["owner"] == "SHL"
    assert answer.status_code == 409  # the second press brings the version before
    assert promise(entry) == ("SHL", second.organisation_id, None, "before the forum")
    assert kept(entry) == [
        ("The proposal is sent.", first, str(DUE), ""),
        ("The draft is sent.", second.pk, None, "before the forum"),
    ]
    assert [words in history for words in ("Owner", "secretariat", "SHL", "2010-01-15")] == [True] * 4
    assert list(Activity.objects.filter(object_id=entry.pk, kind="commitment").values_list("verb", "actor")) == [
        ("published", rapporteur.pk),
        ("changed", rapporteur.pk),
    ]


def test_what_the_source_leaves_open_is_left_open(client, entry, url, coordinator):
    client.force_login(coordinator)
    answer = client.post(url, typed(owner="", due_on=""))

    assert answer.url == entry.get_absolute_url()
    assert promise(entry) == (None, None, None, "")


def test_an_owner_who_stays_keeps_the_capacity_of_that_day_and_how_it_stands_stays(
    client, entry, url, rapporteur, organisation
):
    actions.set_progress(actor=rapporteur, commitment=entry.commitment, progress="kept", note="Sent.")
    before = Capacity.objects.count()
    client.force_login(rapporteur)
    client.post(url, typed(due_on=LATER))

    commitment = Commitment.objects.get()
    assert promise(entry) == ("The secretariat", organisation.pk, LATER, "")
    assert (commitment.progress, commitment.closing_note, Capacity.objects.count()) == ("kept", "Sent.", before)


def test_whoever_was_overtaken_keeps_what_they_typed_and_sees_both(client, entry, url, rapporteur, coordinator):
    actions.change_entry(
        actor=coordinator, entry=entry, changes={"owner": ("Theirs", None), "due_on": None}, from_version=1
    )
    client.force_login(rapporteur)
    overtaken = client.post(url, typed(owner="Mine", due_on=LATER))
    standing = promise(entry)
    saved = client.post(url, typed(owner="Mine", due_on=LATER, version=overtaken.context["form"]["version"].value()))

    assert (overtaken.status_code, standing[0], saved.status_code) == (409, "Theirs", 302)
    assert [(field.label, field.now, field.yours) for field in overtaken.context["differences"]] == [
        ("Owner", "Theirs", "Mine"),
        ("Due date", "", "2010-03-01"),
    ]
    assert overtaken.context["form"]["owner"].value() == "Mine"
    assert promise(entry) == ("Mine", None, LATER, "")


def test_an_earlier_promise_stands_again_with_its_owner(entry, rapporteur, organisation):
    actions.change_entry(actor=rapporteur, entry=entry, changes={"owner": None, "due_on": None}, from_version=1)
    restore_version(actor=rapporteur, record=Entry.objects.get(), number=1, from_version=2)

    assert promise(entry) == ("The secretariat", organisation.pk, DUE, "")
    assert len(kept(entry)) == 3


def test_an_owner_of_before_is_kept_although_the_row_of_the_attendance_goes(entry, meeting, rapporteur, organisation):
    row = actions.record_attendance(
        actor=rapporteur, meeting=meeting, name="The guest", came_as="observer", organisation=None
    )
    for number, owner in enumerate([("The guest", None), None], start=1):
        actions.change_entry(actor=rapporteur, entry=entry, changes={"owner": owner}, from_version=number)
    actions.remove_attendance(actor=rapporteur, attendance=row)
    restore_version(actor=rapporteur, record=Entry.objects.get(), number=2, from_version=3)

    assert not Attendance.objects.exists()
    assert promise(entry)[0] == "The guest"


def test_the_history_names_a_person_only_as_the_world_may_read_them(client, coalition, entry, member, rapporteur):
    hidden = PersonFactory(name="Rosa Hidden")
    commitment = Commitment.objects.get()
    commitment.owner = create_capacity(coalition=coalition, person=hidden, organisation=None)
    commitment.save()
    entry = Entry.objects.get()
    actions.change_entry(actor=rapporteur, entry=entry, changes={"due_on": LATER}, from_version=1)
    page = client.get(f"/ours/records/{entry.pk}/history/2/").text

    assert ("Rosa Hidden" in page, "a person" in page) == (False, True)


def test_an_entry_that_turns_out_to_be_a_commitment_promises_nothing_yet(client, meeting, rapporteur):
    topic = actions.record_entry(actor=rapporteur, meeting=meeting, kind="topic", text="We will.")
    client.force_login(rapporteur)
    url = reverse("meetings:entry_edit", args=["ours", topic.pk])
    assert list(client.get(url).context["form"].fields) == ["kind", "text", "screened", "version"]
    client.post(url, {"kind": "commitment", "text": "We will.", "version": 1})

    assert promise(topic) == (None, None, None, "")
    assert "owner" in client.get(url).context["form"].fields


@pytest.fixture
def quiet(meeting, rapporteur):
    part = actions.add_part(actor=rapporteur, meeting=meeting, title="Among ourselves", chatham=True)
    return actions.record_entry(
        actor=rapporteur, meeting=meeting, kind="commitment", text="What was learned is shared.", part=part
    )


def test_under_the_chatham_house_rule_nobody_becomes_the_owner(client, coalition, quiet, rapporteur):
    OrganisationFactory(coalition=coalition, name="Southern Helpline")
    client.force_login(rapporteur)
    url = reverse("meetings:entry_edit", args=["ours", quiet.pk])
    form = typed(text=quiet.text, owner="Southern Helpline")
    named = client.post(url, form | {"due_text": "once the Southern Helpline is ready"})
    client.post(url, form)

    fields = list(client.get(url).context["form"].fields)
    assert fields == ["text", "topic", "due_on", "due_text", "screened", "version"]
    assert list(named.context["form"].errors) == ["due_text"]
    assert promise(quiet) == (None, None, DUE, "")
    actions.change_entry(actor=rapporteur, entry=quiet, changes={"owner": ("A name", None)}, from_version=2)
    assert promise(quiet)[0] is None
    assert not Capacity.objects.filter(name="A name").exists()
    changes = {"owner": ("A name", None), "due_text": "when A name is ready"}
    with pytest.raises(NamesFoundError):
        actions.change_entry(actor=rapporteur, entry=quiet, changes=changes, from_version=2)


@pytest.mark.parametrize("persona", ["member", "delegate", "outsider"])
def test_others_correct_no_commitment(client, request, entry, url, persona):
    client.force_login(request.getfixturevalue(persona))

    assert [client.get(url).status_code, client.post(url, typed(owner="x")).status_code] == [403, 403]
    assert promise(entry)[0] == "The secretariat"


def test_only_who_may_speak_for_the_owner_tells_of_its_progress(entry, organisation):
    speaks, works_there = (AffiliationFactory(organisation=organisation, may_speak=may).person for may in (True, False))
    with pytest.raises(PermissionDenied):
        actions.set_progress(actor=works_there, commitment=entry.commitment, progress="kept")

    assert actions.set_progress(actor=speaks, commitment=entry.commitment, progress="kept").progress == "kept"

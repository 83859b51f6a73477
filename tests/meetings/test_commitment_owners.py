"""Owners confirm a commitment before it is public under their name; they decline it, hand it over and take it over."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.home.tasks_page import get_tasks
from jukwaa.meetings import actions
from jukwaa.meetings.models import Commitment, CommitmentChange, Entry
from jukwaa.meetings.owner_withholding import withhold_owner_name
from jukwaa.records import index
from jukwaa.records.models import Version
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory
from tests.meetings.public import public_source

TEXT = "Northern Helpline will share its guidelines. The NHL sends them in May."
WITHHELD = "A member will share its guidelines. A member sends them in May."


@pytest.fixture
def northern(coalition):
    found = OrganisationFactory(coalition=coalition, name="Northern Helpline", acronym="NHL")
    MembershipFactory(coalition=coalition, organisation=found)
    return found


@pytest.fixture
def speaker(northern):
    return AffiliationFactory(organisation=northern, may_speak=True).person


@pytest.fixture
def entry(meeting, rapporteur, northern):
    return actions.record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="commitment",
        text=TEXT,
        owner=("Northern Helpline", northern),
        speakers=[("The NHL", northern), ("The chair", None)],
        due_text="once the NHL is ready",
    )


def reload_commitment(entry):
    return Commitment.objects.select_related("entry", "owner").get(entry=entry)


def list_activities(entry):
    return list(CommitmentChange.objects.filter(commitment__entry=entry).values_list("event", "before", "after"))


def read_public_pages(client, coalition, entry):
    """All that a visitor can read of an entry: pages, search, history, feed, files, report."""
    meeting = entry.meeting
    urls = [
        entry.get_absolute_url(),
        meeting.get_absolute_url(),
        *[reverse(f"meetings:{name}", args=["ours"]) for name in ("agreed", "commitment_list")],
        reverse("search:search", args=["ours"]) + "?q=guidelines",
        reverse("records:history", args=["ours", entry.pk]),
        reverse("records:version_detail", args=["ours", entry.pk, 1]),
        reverse("exchange:feed", args=["ours", "agreed"]),
        *[reverse("exchange:list_file", args=["ours", name, "csv"]) for name in ("agreed", "commitments")],
        reverse("home:front", args=["ours"]),
    ]
    answers = [client.get(url) for url in urls]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join((b"".join(answer) if answer.streaming else answer.content).decode() for answer in answers)


def test_name_starting_with_acronym_is_fully_withheld(coalition):
    ecpat = OrganisationFactory(coalition=coalition, name="ECPAT International", acronym="ECPAT")
    text = "ECPAT International will write it. We thank ECPAT."
    assert withhold_owner_name(text, name=ecpat.name, organisation=ecpat, language="en") == (
        "A member will write it. We thank a member."
    )


def test_unconfirmed_owner_is_not_public(client, coalition, entry):
    page = read_public_pages(client, coalition, entry)

    assert [name in page for name in ("Northern Helpline", "NHL")] == [False, False]
    assert WITHHELD in page
    assert "a member (not confirmed yet)" in page
    assert Version.objects.get(record=entry).content["text"] == WITHHELD


def test_unconfirmed_owner_is_not_in_search_or_filter(client, coalition, entry, outsider):
    assert index.search(coalition, outsider, "northern helpline").hits == []
    for name in ("agreed", "commitment_list"):
        page = client.get(reverse(f"meetings:{name}", args=["ours"]) + "?owner=Northern")
        assert page.context["page"].rows == []
    assert not list_northern_capacities(entry)


def list_northern_capacities(entry):
    return list(entry.speakers.exclude(organisation=None))


def test_members_see_proposed_owner_and_original_text(client, entry, member):
    client.force_login(member)
    page = client.get(entry.get_absolute_url()).text

    assert TEXT in page
    assert "Northern Helpline has not confirmed this commitment yet." in page
    assert TEXT in client.get(reverse("meetings:agreed", args=["ours"])).text


def test_confirmation_makes_owner_and_text_public(client, coalition, entry, speaker, northern):
    client.force_login(speaker)
    assert "Confirm the commitment" in client.get(entry.get_absolute_url()).text
    for _press in range(2):
        client.post(reverse("meetings:commitment_confirm", args=["ours", entry.pk]))
    client.logout()
    commitment = reload_commitment(entry)

    assert TEXT in client.get(entry.get_absolute_url()).text
    assert (commitment.owner.organisation, commitment.proposed_name, commitment.withheld_text) == (northern, "", "")
    assert set(entry.speakers.values_list("name", flat=True)) == {"Northern Helpline", "The chair"}
    assert list_activities(entry) == [("confirmed", "", "")]
    assert [hit.record.pk for hit in index.search(coalition, speaker, "northern helpline").hits] == [entry.pk]


def test_public_source_naming_owner_confirms(meeting, rapporteur, northern):
    entry = actions.record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="commitment",
        text=TEXT,
        owner=("NHL", northern),
        sources=public_source(meeting.coalition),
    )

    assert (entry.text, reload_commitment(entry).owner.organisation) == (TEXT, northern)


@pytest.mark.parametrize("closed", [{"label": "TLP:GREEN"}, {"state": "draft", "published_at": None}])
def test_restricted_source_does_not_confirm(meeting, rapporteur, northern, closed):
    [(document, *span)] = public_source(meeting.coalition)
    type(document).objects.filter(pk=document.pk).update(**closed)
    entry = actions.record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="commitment",
        text=TEXT,
        owner=("NHL", northern),
        sources=[(document, *span)],
    )

    assert (entry.text, reload_commitment(entry).owner) == (WITHHELD, None)


def test_representative_confirms_by_recording_commitment(meeting, rapporteur, northern):
    AffiliationFactory(organisation=northern, person=rapporteur, may_speak=True)
    entry = actions.record_entry(
        actor=rapporteur, meeting=meeting, kind="commitment", text=TEXT, owner=("NHL", northern)
    )

    assert reload_commitment(entry).owner.organisation == northern


def test_decline_notifies_coordinators_and_stays_private(client, coalition, entry, speaker, coordinator):
    client.force_login(speaker)
    client.post(reverse("meetings:commitment_decline", args=["ours", entry.pk]), {"note": "NHL never said so."})
    client.logout()
    commitment = reload_commitment(entry)

    assert (commitment.needs_owner, commitment.proposed_name, commitment.owner) == (True, "", None)
    assert list_activities(entry) == [("declined", "Northern Helpline", "")]
    assert "NHL" not in read_public_pages(client, coalition, entry)
    titles = [task.title for task in get_tasks(Standing(coordinator, coalition))]
    assert [title for title in titles if "new owner" in title] == [f"Find a new owner for “{WITHHELD}”"]


def test_edit_keeps_unconfirmed_name_withheld(client, entry, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:entry_edit", args=["ours", entry.pk])
    form = client.get(url).context["form"].initial
    assert (form["text"], form["owner"]) == (TEXT, "Northern Helpline")
    client.post(url, form | {"text": "The NHL will share all of it.", "due_on": ""})
    changed = reload_commitment(entry)

    assert (changed.entry.text, changed.withheld_text) == (
        "A member will share all of it.",
        "The NHL will share all of it.",
    )


def test_new_proposed_owner_keeps_first_name_withheld(entry, rapporteur, coalition):
    other = OrganisationFactory(coalition=coalition, name="Southern Helpline")
    AffiliationFactory(organisation=other, may_speak=True)
    actions.change_entry(actor=rapporteur, entry=entry, changes={"owner": ("Southern Helpline", other)}, from_version=1)
    assert reload_commitment(entry).entry.text == WITHHELD
    actions.confirm_commitment_owner(actor=other.affiliations.get().person, commitment=reload_commitment(entry))

    assert (reload_commitment(entry).entry.text, reload_commitment(entry).owner.organisation) == (WITHHELD, other)


def test_declined_name_stays_withheld_after_new_owner(entry, speaker, coordinator, coalition):
    other = OrganisationFactory(coalition=coalition, name="Southern Helpline")
    person = AffiliationFactory(organisation=other, may_speak=True).person
    actions.decline_commitment_ownership(actor=speaker, commitment=reload_commitment(entry))
    actions.propose_commitment_owner(
        actor=coordinator, commitment=reload_commitment(entry), voice=("Southern Helpline", other)
    )
    actions.confirm_commitment_owner(actor=person, commitment=reload_commitment(entry))

    assert (reload_commitment(entry).entry.text, reload_commitment(entry).withheld_text) == (WITHHELD, "")


@pytest.fixture
def owned_commitment(entry, speaker):
    return actions.confirm_commitment_owner(actor=speaker, commitment=reload_commitment(entry))


def test_handover_needs_acceptance(client, coalition, owned_commitment, speaker):
    other = OrganisationFactory(coalition=coalition, name="Southern Helpline")
    person = AffiliationFactory(organisation=other, may_speak=True).person
    client.force_login(speaker)
    url = reverse("meetings:commitment_hand_over", args=["ours", owned_commitment.entry_id])
    unknown = client.post(url, {"organisation": "Nobody at all", "note": ""})
    client.post(url, {"organisation": "Southern Helpline", "note": ""})
    waiting = reload_commitment(owned_commitment.entry)
    assert (unknown.status_code, waiting.owner.name, waiting.proposed_name) == (
        422,
        "Northern Helpline",
        "Southern Helpline",
    )
    client.logout()
    assert "Southern Helpline" not in read_public_pages(client, coalition, owned_commitment.entry)
    actions.confirm_commitment_owner(actor=person, commitment=waiting)

    assert reload_commitment(owned_commitment.entry).owner.organisation == other
    assert [event for event, *_ in list_activities(owned_commitment.entry)] == ["confirmed", "proposed", "confirmed"]


def test_declined_handover_keeps_owner(coalition, owned_commitment, speaker):
    other = OrganisationFactory(coalition=coalition, name="Southern Helpline")
    person = AffiliationFactory(organisation=other, may_speak=True).person
    actions.propose_commitment_owner(actor=speaker, commitment=owned_commitment, voice=("Southern Helpline", other))
    actions.decline_commitment_ownership(actor=person, commitment=reload_commitment(owned_commitment.entry))

    assert (
        reload_commitment(owned_commitment.entry).owner.name,
        reload_commitment(owned_commitment.entry).needs_owner,
    ) == (
        "Northern Helpline",
        False,
    )


def test_handover_to_current_owner_is_refused(owned_commitment, speaker, northern):
    with pytest.raises(ActionRefused, match="is the owner already"):
        actions.propose_commitment_owner(actor=speaker, commitment=owned_commitment, voice=("NHL", northern))


def test_members_claim_only_unowned_commitments(client, coalition, owned_commitment, organisation, delegate, outsider):
    with pytest.raises(PermissionDenied):
        actions.take_over_commitment(actor=delegate, commitment=owned_commitment, organisation=organisation)
    Commitment.objects.update(needs_owner=True)
    with pytest.raises(PermissionDenied):
        actions.take_over_commitment(
            actor=outsider, commitment=reload_commitment(owned_commitment.entry), organisation=None
        )
    client.force_login(delegate)
    url = reverse("meetings:commitment_take_over", args=["ours", owned_commitment.entry_id])
    client.post(url, {"whose": organisation.pk, "note": ""})

    assert (
        reload_commitment(owned_commitment.entry).owner.organisation,
        reload_commitment(owned_commitment.entry).needs_owner,
    ) == (
        organisation,
        False,
    )
    assert Entry.objects.get(pk=owned_commitment.entry_id).version == 3


@pytest.mark.parametrize("persona", ["member", "delegate", "outsider", "rapporteur", "coordinator"])
def test_others_cannot_confirm_or_decline(request, entry, speaker, persona):
    actor = request.getfixturevalue(persona)
    for act in (actions.confirm_commitment_owner, actions.decline_commitment_ownership):
        with pytest.raises(PermissionDenied):
            act(actor=actor, commitment=reload_commitment(entry))


def test_coordinator_confirms_for_unrepresented_owner(entry, coordinator):
    actions.confirm_commitment_owner(
        actor=coordinator, commitment=reload_commitment(entry), note="Confirmed by letter."
    )

    assert reload_commitment(entry).owner.name == "Northern Helpline"


def test_withdrawn_commitment_cannot_be_confirmed(entry, speaker, coordinator):
    actions.withdraw_entry(actor=coordinator, entry=entry, reason="It was a mistake.")

    with pytest.raises(ActionRefused, match="has been withdrawn"):
        actions.confirm_commitment_owner(actor=speaker, commitment=reload_commitment(entry))


def list_withheld_pages(entry):
    return [
        reverse(f"meetings:{name}", args=["ours", entry.meeting_id])
        for name in ("summary_send", "report_detail", "report_edit")
    ] + [reverse("eligibility:annual_detail", args=["ours", timezone.localdate().year])]


def test_pages_explain_withheld_name(client, entry, speaker, rapporteur):
    actions.set_commitment_progress(
        actor=rapporteur, commitment=reload_commitment(entry), progress="kept", note="It was sent."
    )
    client.force_login(rapporteur)
    sentence = "The owner has not confirmed this commitment yet, so the name is not shown:"
    pages = [client.get(url).text for url in list_withheld_pages(entry)]

    assert [sentence in page for page in pages] == [True, True, True, True]
    assert all(f'<a href="{entry.get_absolute_url()}"' in page for page in pages)
    actions.confirm_commitment_owner(actor=speaker, commitment=reload_commitment(entry))
    assert not any(sentence in client.get(url).text for url in list_withheld_pages(entry))


def test_report_does_not_reveal_withheld_name(client, entry, member, rapporteur):
    client.force_login(rapporteur)
    client.post(reverse("meetings:report_publish", args=["ours", entry.meeting_id]))
    client.force_login(member)

    page = client.get(reverse("meetings:report_detail", args=["ours", entry.meeting_id]))
    assert page.status_code == 200
    assert "so the name is not shown" not in page.text

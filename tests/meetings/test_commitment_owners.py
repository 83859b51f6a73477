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
from tests.meetings.public_sources import create_public_entry_source

COMMITMENT_TEXT = "Northern Helpline will share its guidelines. The NHL sends them in May."
WITHHELD_COMMITMENT_TEXT = "A member will share its guidelines. A member sends them in May."


@pytest.fixture
def northern_helpline(coalition):
    found = OrganisationFactory(coalition=coalition, name="Northern Helpline", acronym="NHL")
    MembershipFactory(coalition=coalition, organisation=found)
    return found


@pytest.fixture
def helpline_delegate(northern_helpline):
    return AffiliationFactory(organisation=northern_helpline, may_speak=True).person


@pytest.fixture
def commitment_entry(meeting, rapporteur, northern_helpline):
    return actions.record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="commitment",
        text=COMMITMENT_TEXT,
        owner=("Northern Helpline", northern_helpline),
        speakers=[("The NHL", northern_helpline), ("The chair", None)],
        due_text="once the NHL is ready",
    )


def reload_commitment(entry):
    return Commitment.objects.select_related("entry", "owner").get(entry=entry)


def list_commitment_changes(entry):
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
    assert withhold_owner_name(text, owner_name=ecpat.name, organisation=ecpat, language="en") == (
        "A member will write it. We thank a member."
    )


def test_home_page_names_unconfirmed_owner_for_members_only(client, coalition, commitment_entry, helpline_delegate):
    url = reverse("home:front", args=["ours"])
    public = client.get(url).text
    client.force_login(helpline_delegate)

    assert (WITHHELD_COMMITMENT_TEXT in public, COMMITMENT_TEXT in public) == (True, False)
    assert COMMITMENT_TEXT in client.get(url).text


def test_unconfirmed_owner_is_not_public(client, coalition, commitment_entry):
    page = read_public_pages(client, coalition, commitment_entry)

    assert [name in page for name in ("Northern Helpline", "NHL")] == [False, False]
    assert WITHHELD_COMMITMENT_TEXT in page
    assert "a member (not confirmed yet)" in page
    assert Version.objects.get(record=commitment_entry).content["text"] == WITHHELD_COMMITMENT_TEXT


def test_unconfirmed_owner_is_not_in_search_or_filter(client, coalition, commitment_entry, outsider):
    assert index.search_records(coalition, outsider, "northern helpline").hits == []
    for name in ("agreed", "commitment_list"):
        page = client.get(reverse(f"meetings:{name}", args=["ours"]) + "?owner=Northern")
        assert page.context["page"].rows == []
    assert not list_organisation_speakers(commitment_entry)


def test_members_find_commitments_by_owner_who_has_not_confirmed(client, organisation, commitment_entry, member):
    Commitment.objects.update(proposed_organisation=organisation)
    client.force_login(member)
    lists = [reverse(f"meetings:{name}", args=["ours"]) for name in ("agreed", "commitment_list")]

    for owner, found in (("Northern", 1), (organisation.name, 1), ("Southern", 0)):
        pages = [client.get(path, {"owner": owner}).context["page"].rows for path in lists]
        assert [len(rows) for rows in pages] == [found, found]
    assert f"{lists[1]}?owner=" in client.get(organisation.get_absolute_url()).text


def list_organisation_speakers(entry):
    return list(entry.speakers.exclude(organisation=None))


def test_members_see_proposed_owner_and_original_text(client, commitment_entry, member):
    client.force_login(member)
    page = client.get(commitment_entry.get_absolute_url()).text

    assert COMMITMENT_TEXT in page
    assert "Northern Helpline has not confirmed this commitment yet." in page
    assert COMMITMENT_TEXT in client.get(reverse("meetings:agreed", args=["ours"])).text


def test_confirmation_makes_owner_and_text_public(
    client, coalition, commitment_entry, helpline_delegate, northern_helpline
):
    client.force_login(helpline_delegate)
    assert "Confirm the commitment" in client.get(commitment_entry.get_absolute_url()).text
    for _press in range(2):
        client.post(reverse("meetings:commitment_confirm", args=["ours", commitment_entry.pk]))
    client.logout()
    commitment = reload_commitment(commitment_entry)

    assert COMMITMENT_TEXT in client.get(commitment_entry.get_absolute_url()).text
    assert (commitment.owner.organisation, commitment.proposed_name, commitment.withheld_text) == (
        northern_helpline,
        "",
        "",
    )
    assert set(commitment_entry.speakers.values_list("name", flat=True)) == {"Northern Helpline", "The chair"}
    assert list_commitment_changes(commitment_entry) == [("confirmed", "", "")]
    assert [hit.record.pk for hit in index.search_records(coalition, helpline_delegate, "northern helpline").hits] == [
        commitment_entry.pk
    ]


def test_public_source_naming_owner_confirms(meeting, rapporteur, northern_helpline):
    entry = actions.record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="commitment",
        text=COMMITMENT_TEXT,
        owner=("NHL", northern_helpline),
        sources=create_public_entry_source(meeting.coalition),
    )

    assert (entry.text, reload_commitment(entry).owner.organisation) == (COMMITMENT_TEXT, northern_helpline)


@pytest.mark.parametrize("restricted_fields", [{"label": "TLP:GREEN"}, {"state": "draft", "published_at": None}])
def test_restricted_source_does_not_confirm(meeting, rapporteur, northern_helpline, restricted_fields):
    [(document, *span)] = create_public_entry_source(meeting.coalition)
    type(document).objects.filter(pk=document.pk).update(**restricted_fields)
    entry = actions.record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="commitment",
        text=COMMITMENT_TEXT,
        owner=("NHL", northern_helpline),
        sources=[(document, *span)],
    )

    assert (entry.text, reload_commitment(entry).owner) == (WITHHELD_COMMITMENT_TEXT, None)


def test_representative_confirms_by_recording_commitment(meeting, rapporteur, northern_helpline):
    AffiliationFactory(organisation=northern_helpline, person=rapporteur, may_speak=True)
    entry = actions.record_entry(
        actor=rapporteur, meeting=meeting, kind="commitment", text=COMMITMENT_TEXT, owner=("NHL", northern_helpline)
    )

    assert reload_commitment(entry).owner.organisation == northern_helpline


def test_declining_notifies_coordinators_and_hides_owner_name(
    client, coalition, commitment_entry, helpline_delegate, coordinator
):
    client.force_login(helpline_delegate)
    client.post(
        reverse("meetings:commitment_decline", args=["ours", commitment_entry.pk]), {"note": "NHL never said so."}
    )
    client.logout()
    commitment = reload_commitment(commitment_entry)

    assert (commitment.needs_owner, commitment.proposed_name, commitment.owner) == (True, "", None)
    assert list_commitment_changes(commitment_entry) == [("declined", "Northern Helpline", "")]
    assert "NHL" not in read_public_pages(client, coalition, commitment_entry)
    titles = [task.title for task in get_tasks(Standing(coordinator, coalition))]
    assert [title for title in titles if "new owner" in title] == [f"Find a new owner for “{WITHHELD_COMMITMENT_TEXT}”"]


def test_editing_does_not_reveal_unconfirmed_owner_name(client, commitment_entry, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:entry_edit", args=["ours", commitment_entry.pk])
    form = client.get(url).context["form"].initial
    assert (form["text"], form["owner"]) == (COMMITMENT_TEXT, "Northern Helpline")
    client.post(url, form | {"text": "The NHL will share all of it.", "due_on": ""})
    changed = reload_commitment(commitment_entry)

    assert (changed.entry.text, changed.withheld_text) == (
        "A member will share all of it.",
        "The NHL will share all of it.",
    )


def test_new_proposed_owner_does_not_reveal_first_owner_name(commitment_entry, rapporteur, coalition):
    other = OrganisationFactory(coalition=coalition, name="Southern Helpline")
    AffiliationFactory(organisation=other, may_speak=True)
    actions.change_entry(
        actor=rapporteur, entry=commitment_entry, changes={"owner": ("Southern Helpline", other)}, from_version=1
    )
    assert reload_commitment(commitment_entry).entry.text == WITHHELD_COMMITMENT_TEXT
    actions.confirm_commitment_owner(
        actor=other.affiliations.get().person, commitment=reload_commitment(commitment_entry)
    )

    assert (reload_commitment(commitment_entry).entry.text, reload_commitment(commitment_entry).owner.organisation) == (
        WITHHELD_COMMITMENT_TEXT,
        other,
    )


def test_new_owner_does_not_reveal_declined_owner_name(commitment_entry, helpline_delegate, coordinator, coalition):
    other = OrganisationFactory(coalition=coalition, name="Southern Helpline")
    person = AffiliationFactory(organisation=other, may_speak=True).person
    actions.decline_commitment_ownership(actor=helpline_delegate, commitment=reload_commitment(commitment_entry))
    actions.propose_commitment_owner(
        actor=coordinator, commitment=reload_commitment(commitment_entry), owner_voice=("Southern Helpline", other)
    )
    actions.confirm_commitment_owner(actor=person, commitment=reload_commitment(commitment_entry))

    assert (reload_commitment(commitment_entry).entry.text, reload_commitment(commitment_entry).withheld_text) == (
        WITHHELD_COMMITMENT_TEXT,
        "",
    )


@pytest.fixture
def owned_commitment(commitment_entry, helpline_delegate):
    return actions.confirm_commitment_owner(actor=helpline_delegate, commitment=reload_commitment(commitment_entry))


def test_handover_needs_acceptance(client, coalition, owned_commitment, helpline_delegate):
    other = OrganisationFactory(coalition=coalition, name="Southern Helpline")
    person = AffiliationFactory(organisation=other, may_speak=True).person
    client.force_login(helpline_delegate)
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
    assert [event for event, *_ in list_commitment_changes(owned_commitment.entry)] == [
        "confirmed",
        "proposed",
        "confirmed",
    ]


def test_declined_handover_keeps_owner(coalition, owned_commitment, helpline_delegate):
    other = OrganisationFactory(coalition=coalition, name="Southern Helpline")
    person = AffiliationFactory(organisation=other, may_speak=True).person
    actions.propose_commitment_owner(
        actor=helpline_delegate, commitment=owned_commitment, owner_voice=("Southern Helpline", other)
    )
    actions.decline_commitment_ownership(actor=person, commitment=reload_commitment(owned_commitment.entry))

    assert (
        reload_commitment(owned_commitment.entry).owner.name,
        reload_commitment(owned_commitment.entry).needs_owner,
    ) == (
        "Northern Helpline",
        False,
    )


def test_handover_to_current_owner_is_refused(owned_commitment, helpline_delegate, northern_helpline):
    with pytest.raises(ActionRefused, match="is the owner already"):
        actions.propose_commitment_owner(
            actor=helpline_delegate, commitment=owned_commitment, owner_voice=("NHL", northern_helpline)
        )


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
def test_others_cannot_confirm_or_decline(request, commitment_entry, helpline_delegate, persona):
    actor = request.getfixturevalue(persona)
    for act in (actions.confirm_commitment_owner, actions.decline_commitment_ownership):
        with pytest.raises(PermissionDenied):
            act(actor=actor, commitment=reload_commitment(commitment_entry))


def test_coordinator_confirms_for_unrepresented_owner(commitment_entry, coordinator):
    actions.confirm_commitment_owner(
        actor=coordinator, commitment=reload_commitment(commitment_entry), note="Confirmed by letter."
    )

    assert reload_commitment(commitment_entry).owner.name == "Northern Helpline"


def test_withdrawn_commitment_cannot_be_confirmed(commitment_entry, helpline_delegate, coordinator):
    actions.withdraw_entry(actor=coordinator, entry=commitment_entry, reason="It was a mistake.")

    with pytest.raises(ActionRefused, match="has been withdrawn"):
        actions.confirm_commitment_owner(actor=helpline_delegate, commitment=reload_commitment(commitment_entry))


def list_urls_explaining_withheld_name(entry):
    return [
        reverse(f"meetings:{name}", args=["ours", entry.meeting_id])
        for name in ("summary_send", "report_detail", "report_edit")
    ] + [reverse("eligibility:annual_detail", args=["ours", timezone.localdate().year])]


def test_pages_explain_withheld_name(client, commitment_entry, helpline_delegate, rapporteur):
    actions.set_commitment_progress(
        actor=rapporteur, commitment=reload_commitment(commitment_entry), progress="kept", note="It was sent."
    )
    client.force_login(rapporteur)
    sentence = "Emails, reports and public pages show “a member” instead of the owner’s full name."
    pages = [client.get(url).text for url in list_urls_explaining_withheld_name(commitment_entry)]

    assert [sentence in page for page in pages] == [True, True, True, True]
    assert all(f'<a href="{commitment_entry.get_absolute_url()}"' in page for page in pages)
    actions.confirm_commitment_owner(actor=helpline_delegate, commitment=reload_commitment(commitment_entry))
    assert not any(sentence in client.get(url).text for url in list_urls_explaining_withheld_name(commitment_entry))


def test_report_does_not_reveal_withheld_name(client, commitment_entry, member, rapporteur):
    client.force_login(rapporteur)
    client.post(reverse("meetings:report_publish", args=["ours", commitment_entry.meeting_id]))
    client.force_login(member)

    page = client.get(reverse("meetings:report_detail", args=["ours", commitment_entry.meeting_id]))
    assert page.status_code == 200
    assert "instead of the owner’s full name" not in page.text

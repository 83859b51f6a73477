"""Owners of commitments who are people in their own right: they confirm, and nobody does it for them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.coalitions.standing import Standing
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.models import Commitment
from tests.conftest import create_seated_person
from tests.factories import AffiliationFactory, PersonFactory, RoleFactory
from tests.meetings.test_commitment_replies import reply_to_last_email
from tests.updates.emails import list_written_emails, send_notifications_after_delay

COMMITMENT_TEXT = "The rapporteur writes the first version."
CONFIRM_LABEL = "Confirm the commitment"


def reload_commitment(entry):
    return Commitment.objects.select_related("entry__coalition", "owner", "responsible").get(entry=entry)


def list_task_titles(person, coalition):
    tasks = get_tasks(Standing(person, coalition))
    return [task.title for task in tasks if not task.title.startswith("Edit the report")]


@pytest.fixture
def record_commitment_of(meeting, coordinator):
    def record_one_commitment(name, actor=coordinator):
        return actions.record_entry(
            actor=actor,
            meeting=meeting,
            kind="commitment",
            text=f"{name} writes the first version.",
            owner=(name, None),
        )

    return record_one_commitment


@pytest.fixture
def rapporteur_commitment_entry(rapporteur, record_commitment_of):
    return record_commitment_of("The rapporteur")


def test_proposed_person_gets_task_and_button(client, coalition, rapporteur_commitment_entry, rapporteur):
    client.force_login(rapporteur)

    assert CONFIRM_LABEL in client.get(rapporteur_commitment_entry.get_absolute_url()).text
    assert list_task_titles(rapporteur, coalition) == [f"{CONFIRM_LABEL} “The rapporteur writes the first version.”"]


def test_role_holder_without_a_seat_can_own_a_commitment(coalition, record_commitment_of):
    chair = RoleFactory(coalition=coalition, kind="chair", person__name="Amina Otieno").person
    actions.confirm_commitment_owner(actor=chair, commitment=reload_commitment(record_commitment_of("amina  OTIENO")))

    assert Commitment.objects.get().owner.person == chair


@pytest.mark.parametrize("persona", ["coordinator", "member", "delegate", "outsider"])
def test_others_cannot_confirm_for_person(request, client, rapporteur_commitment_entry, persona):
    actor = request.getfixturevalue(persona)
    client.force_login(actor)

    assert CONFIRM_LABEL not in client.get(rapporteur_commitment_entry.get_absolute_url()).text
    for act in (actions.confirm_commitment_owner, actions.decline_commitment_ownership):
        with pytest.raises(PermissionDenied):
            act(actor=actor, commitment=reload_commitment(rapporteur_commitment_entry))


def test_coordinator_cannot_confirm_for_person_without_access(
    coalition, coordinator, record_commitment_of, organisation
):
    AffiliationFactory(organisation=organisation, person__name="Former Person", confirmed_on=None, confirmed_by=None)
    commitment = reload_commitment(record_commitment_of("Former Person"))

    assert commitment.proposed_person is None
    with pytest.raises(PermissionDenied):
        actions.confirm_commitment_owner(actor=coordinator, commitment=commitment)


def test_coordinator_confirms_for_unknown_name(coordinator, record_commitment_of):
    entry = record_commitment_of("The secretariat of the forum")
    actions.confirm_commitment_owner(actor=coordinator, commitment=reload_commitment(entry))

    assert reload_commitment(entry).owner.name == "The secretariat of the forum"


def test_name_shared_by_two_people_proposes_no_person(coalition, record_commitment_of):
    twins = [create_seated_person(coalition, "Amina Otieno") for _each in range(2)]
    entry = record_commitment_of("Amina Otieno")

    assert reload_commitment(entry).proposed_person is None
    assert [list_task_titles(person, coalition) for person in twins] == [[], []]


def test_confirming_person_becomes_owner(client, coalition, rapporteur_commitment_entry, rapporteur):
    client.force_login(rapporteur)
    client.post(reverse("meetings:commitment_confirm", args=["ours", rapporteur_commitment_entry.pk]))
    commitment = reload_commitment(rapporteur_commitment_entry)

    assert (commitment.owner.person, commitment.owner.organisation, commitment.responsible) == (rapporteur, None, None)
    assert commitment.entry.text == COMMITMENT_TEXT
    assert list_task_titles(rapporteur, coalition) == [COMMITMENT_TEXT]


def test_declined_commitment_has_no_person(coalition, rapporteur_commitment_entry, rapporteur, coordinator):
    actions.decline_commitment_ownership(actor=rapporteur, commitment=reload_commitment(rapporteur_commitment_entry))

    assert (
        reload_commitment(rapporteur_commitment_entry).proposed_person,
        reload_commitment(rapporteur_commitment_entry).responsible,
    ) == (None, None)
    assert list_task_titles(rapporteur, coalition) == []
    assert any("new owner" in title for title in list_task_titles(coordinator, coalition))


def test_new_owner_replaces_person(
    coalition, rapporteur_commitment_entry, rapporteur, coordinator, organisation, delegate
):
    actions.change_entry(
        actor=coordinator,
        entry=rapporteur_commitment_entry,
        changes={"owner": (organisation.name, organisation)},
        from_version=1,
    )

    assert (
        reload_commitment(rapporteur_commitment_entry).proposed,
        reload_commitment(rapporteur_commitment_entry).responsible,
    ) == (organisation, None)
    assert list_task_titles(rapporteur, coalition) == []


def test_author_as_owner_needs_no_confirmation(record_commitment_of, rapporteur):
    commitment = reload_commitment(record_commitment_of("The rapporteur", actor=rapporteur))

    assert (commitment.owner.person, commitment.proposed_name) == (rapporteur, "")


def test_new_due_date_keeps_proposed_person(client, rapporteur_commitment_entry, rapporteur, coordinator):
    client.force_login(coordinator)
    url = reverse("meetings:commitment_plan", args=["ours", rapporteur_commitment_entry.pk])

    assert "responsible" not in client.get(url).context["form"].fields
    client.post(url, {"due_on": "2999-05-03"})
    assert (
        reload_commitment(rapporteur_commitment_entry).proposed_person,
        str(reload_commitment(rapporteur_commitment_entry).due_on),
    ) == (
        rapporteur,
        "2999-05-03",
    )


def test_form_explains_missing_choice_of_person(client, coordinator, meeting, organisation, delegate):
    entry = actions.record_entry(
        actor=coordinator, meeting=meeting, kind="commitment", text="It will.", owner=(organisation.name, organisation)
    )
    client.force_login(coordinator)
    url = reverse("meetings:commitment_plan", args=["ours", entry.pk])

    assert "you can choose the person responsible from that organisation" in client.get(url).text
    actions.confirm_commitment_owner(actor=delegate, commitment=reload_commitment(entry))
    page = client.get(url)
    assert "you can choose the person responsible from that organisation" not in page.text
    assert str(delegate.pk) in dict(page.context["form"].fields["responsible"].choices)


def test_commitment_owner_confirms_by_email_reply(mailing_coalition, rapporteur_commitment_entry, rapporteur):
    send_notifications_after_delay()
    message = Message.objects.get(
        to=rapporteur.email, subject__contains="Please confirm a commitment by The rapporteur"
    )
    assert "Until you confirm the commitment, the public cannot see your name." in message.body
    reply_to_last_email("Yes", rapporteur)

    assert reload_commitment(rapporteur_commitment_entry).owner.person == rapporteur
    assert "Everyone who can read the commitment can now see its owner." in Message.objects.last().body
    assert list_written_emails()[-1] == (rapporteur.email, "Commitment updated")


def test_former_member_is_not_asked(coalition, rapporteur_commitment_entry, rapporteur):
    rapporteur.memberships.update(standing="left")
    rapporteur.roles.all().delete()

    assert list_task_titles(rapporteur, coalition) == []
    with pytest.raises(PermissionDenied):
        actions.confirm_commitment_owner(actor=rapporteur, commitment=reload_commitment(rapporteur_commitment_entry))


def test_unknown_name_proposes_no_person(coalition, record_commitment_of):
    PersonFactory(name="Somebody Else")

    assert reload_commitment(record_commitment_of("Somebody Else")).proposed_person is None


def test_saving_again_proposes_person_who_became_known(client, coalition, coordinator, record_commitment_of):
    entry = record_commitment_of("Amina Otieno")
    person = create_seated_person(coalition, "Amina Otieno")
    client.force_login(coordinator)
    url = reverse("meetings:entry_edit", args=["ours", entry.pk])
    form = client.get(url).context["form"].initial
    client.post(url, form | {"due_on": ""})

    assert reload_commitment(entry).proposed_person == person
    assert len(list_task_titles(person, coalition)) == 1
    client.post(url, form | {"due_on": "", "version": reload_commitment(entry).entry.version})
    assert reload_commitment(entry).changes.count() == 1

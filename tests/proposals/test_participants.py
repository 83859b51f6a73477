"""Participants of a proposal: who adds and invites them, no duplicates, and what the team has to resolve."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from lxml import html

from jukwaa.accounts import minors
from jukwaa.accounts.account_merge import merge_accounts
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.models import Person
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.mail.models import Message
from jukwaa.proposals import actions
from jukwaa.proposals.models import Participant, PrivateStatement, Proposal
from jukwaa.records.models import Label, Version
from tests.conftest import create_seated_person
from tests.factories import PersonFactory
from tests.proposals.speakers import (
    SPEAKER_EMAIL,
    add_speaker,
    build_participant_facts,
    confirm_as_adult,
    invite_speaker,
    start_session,
)
from tests.proposals.test_proposals import EMPTY_HASH
from tests.updates.emails import list_written_emails

ParticipantStatus = Participant.Status


@pytest.fixture
def proposal(mailing_coalition, coordinator):
    return start_session(coordinator, mailing_coalition)


def build_url(route_name, *args):
    return reverse(f"proposals:{route_name}", args=["ours", *args])


def build_form(**given):
    values = {"name": "Asha Speaker", "email": SPEAKER_EMAIL, "roles": ["speaker"], "is_adult": "on", "invites": "on"}
    return {name: value for name, value in (values | given).items() if value is not None}


@pytest.mark.parametrize(
    ("reader", "status_code"), [("coordinator", 200), ("rapporteur", 200), ("member", 403), ("outsider", 404)]
)
@pytest.mark.parametrize("page", ["participant_list", "participant_new", "participant_detail", "participant_edit"])
def test_only_team_can_see_participants(client, request, coordinator, proposal, reader, status_code, page):
    row = add_speaker(coordinator, proposal)
    client.force_login(request.getfixturevalue(reader))
    more = [row.pk] if page in ("participant_detail", "participant_edit") else []

    assert client.get(build_url(page, proposal.pk, *more)).status_code == status_code


def test_invitation_form_creates_person_and_participant(client, coordinator, proposal):
    client.force_login(coordinator)
    page = client.post(build_url("participant_new", proposal.pk), build_form(), follow=True).text
    row = Participant.objects.get()

    assert "Invitation sent." in page
    assert (row.status, row.person.email, row.person.name, row.name, row.address) == (
        *(ParticipantStatus.INVITED, SPEAKER_EMAIL, "Asha Speaker"),
        *("", ""),
    )
    assert row.person.told_at is not None
    assert list_written_emails() == [
        (SPEAKER_EMAIL, "[Our Coalition] Invitation to take part in a session: Learning together")
    ]


def test_resubmitted_invitation_form_adds_one_person(client, coordinator, proposal):
    client.force_login(coordinator)
    page = client.get(build_url("participant_new", proposal.pk))
    sent = build_form(token=str(page.context["form"]["token"].value()))
    for _time in range(2):
        assert client.post(build_url("participant_new", proposal.pk), sent).status_code == 302

    assert (Participant.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("data", "expected_sentence"),
    [
        ({"email": "not an address"}, "Enter a full email address, such as name@example.org."),
        ({"email": ""}, "Enter an email address, or clear the box"),
        ({"roles": []}, "Choose at least one role."),
        ({"roles": ["king"]}, "king"),
        ({"name": ""}, "Enter a name."),
        ({"is_adult": None}, "Confirm that the person is 18 or older."),
        ({"answer_by": "2001-01-01"}, "This date has passed."),
    ],
)
def test_invalid_invitation_form_shows_error_and_adds_nobody(client, coordinator, proposal, data, expected_sentence):
    client.force_login(coordinator)
    answer = client.post(build_url("participant_new", proposal.pk), build_form(**data))

    assert answer.status_code == 422
    assert expected_sentence in answer.context["form"].errors.as_text()
    assert not Participant.objects.exists()


def test_person_cannot_be_added_twice(coordinator, proposal):
    invite_speaker(coordinator, proposal)
    for given in ({}, {"address": SPEAKER_EMAIL.upper(), "name": "Another name"}):
        with pytest.raises(ActionRefused, match="already in this proposal"):
            invite_speaker(coordinator, proposal, **given)

    assert (Participant.objects.count(), Person.objects.filter(email=SPEAKER_EMAIL).count()) == (1, 1)


def test_known_person_is_matched_and_name_is_not_stored(coordinator, member, proposal):
    row = add_speaker(coordinator, proposal, name=member.name.upper(), address="")

    assert (row.person, row.name) == (member, "")
    with pytest.raises(ActionRefused, match="already in this proposal"):
        add_speaker(coordinator, proposal, name="", address="", person=member)


def test_link_with_person_and_role_prefills_form(client, coordinator, member, outsider, proposal):
    client.force_login(coordinator)
    there = build_url("participant_new", proposal.pk)
    page = client.get(f"{there}?person={member.pk}&role=moderator")

    assert member.name in page.text
    assert page.context["form"]["roles"].value() == ["moderator"]
    assert "name" not in page.context["form"].fields
    for who in (outsider.pk, "x", 10**30):
        assert client.get(f"{there}?person={who}").status_code == 404
    client.post(f"{there}?person={member.pk}&role=moderator", build_form(roles=["moderator"]))
    assert Participant.objects.get().person == member


def test_database_allows_person_once_per_proposal(coordinator, member, proposal):
    Participant.objects.create(proposal=proposal, person=member, roles=["speaker"])
    wrong = [{"person": member}, {"person": coordinator, "name": "Somebody"}, {"status": "invited", "name": "Somebody"}]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Participant.objects.create(proposal=proposal, roles=["speaker"], **values)


@pytest.mark.parametrize("actor", ["member", "outsider"])
def test_non_team_members_cannot_change_participants(request, coordinator, proposal, actor):
    row, other = add_speaker(coordinator, proposal), request.getfixturevalue(actor)
    facts = build_participant_facts(address="", name="B")
    calls = [
        lambda: actions.add_participant(actor=other, proposal=proposal, participant_facts=facts),
        lambda: actions.send_invitation(actor=other, participant=row),
        lambda: actions.remind_participant(actor=other, participant=row),
        lambda: actions.record_participant_answer(actor=other, participant=row, participant_answer="confirmed"),
        lambda: actions.remove_participant(actor=other, participant=row),
        lambda: actions.mark_problem_handled(actor=other, participant=row),
        lambda: actions.change_participant(actor=other, participant=row, facts=build_participant_facts(), seen=""),
        lambda: actions.copy_names_to_form(actor=other, proposal=proposal),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied):
            call()


def test_proposal_above_green_sends_no_invitations(coordinator, proposal):
    Proposal.objects.update(label=Label.AMBER)
    with pytest.raises(ActionRefused, match="TLP:GREEN"):
        invite_speaker(coordinator, Proposal.objects.get())

    assert not Participant.objects.exists()
    assert not Message.objects.exists()


def test_unsubscribed_person_gets_no_invitation(coordinator, member, proposal):
    member.mail_choices.create(coalition=proposal.coalition, topic="concerns", wanted=False)

    with pytest.raises(ActionRefused, match="has chosen not to receive invitations by email"):
        invite_speaker(coordinator, proposal, person=member)


def test_reminder_is_sent_once_a_day(coordinator, proposal):
    row = invite_speaker(coordinator, proposal)
    with pytest.raises(ActionRefused, match="less than a day ago"):
        actions.remind_participant(actor=coordinator, participant=row)
    Participant.objects.update(invited_at=timezone.now() - timedelta(days=2))
    actions.remind_participant(actor=coordinator, participant=row)

    assert len(list_written_emails()) == 2


def test_participant_edit_conflict_shows_both_versions(client, coordinator, rapporteur, proposal):
    row = add_speaker(coordinator, proposal)
    seen = actions.hash_participant_facts(row)
    change = {"participant": row, "seen": seen}
    actions.change_participant(actor=rapporteur, facts=build_participant_facts(organisation="School"), **change)
    with pytest.raises(EditConflict):
        actions.change_participant(actor=coordinator, facts=build_participant_facts(organisation="Helpline"), **change)
    client.force_login(coordinator)
    sent = build_form(organisation="Helpline", seen=seen)
    page = client.post(build_url("participant_edit", proposal.pk, row.pk), sent)

    assert page.status_code == 409
    assert "School" in page.text
    assert "Helpline" in page.text


def test_participant_status_is_updated_by_recorded_answers(coordinator, proposal):
    row = add_speaker(coordinator, proposal, address="")
    found = []
    for answer in ("provisional", "confirmed", "declined", "declined", "confirmed"):
        actions.record_participant_answer(actor=coordinator, participant=row, participant_answer=answer)
        found.append(Participant.objects.get().status)

    assert found == ["provisional", "confirmed", "withdrawn", "withdrawn", "confirmed"]


def test_copied_names_exclude_declined_participants(client, coordinator, proposal):
    answer = "Asha Speaker (NGO)\nSomebody else"
    actions.save_proposal_answer(
        actor=coordinator, proposal=proposal, field="speakers", answer=answer, seen=actions.hash_json_value(None)
    )
    gone = add_speaker(coordinator, proposal, address="")
    ben = add_speaker(coordinator, proposal, name="Ben", address="", organisation="School")
    actions.record_participant_answer(actor=coordinator, participant=gone, participant_answer="declined")
    actions.record_participant_answer(actor=coordinator, participant=ben, participant_answer="provisional")
    client.force_login(coordinator)
    page = client.get(build_url("participant_list", proposal.pk)).text
    after = client.post(build_url("names_copy", proposal.pk), follow=True).text

    assert "Declined or withdrawn, but still named in the form:" in page
    assert "Names copied to the form." in after
    assert "still named" not in after
    assert "Left out" not in after
    assert "Other lines are still in the form." in after
    assert Proposal.objects.get().answers["speakers"] == "Ben, School\nSomebody else"


def test_copying_keeps_typed_lines_and_lists_unknown_names(client, coordinator, proposal):
    typed = "asha speaker (a helpline)\nA regulator; a company"
    actions.save_proposal_answer(actor=coordinator, proposal=proposal, field="speakers", answer=typed, seen=EMPTY_HASH)
    for name in ("Asha Speaker", "Ben"):
        row = add_speaker(coordinator, proposal, name=name, address="")
        actions.record_participant_answer(actor=coordinator, participant=row, participant_answer="confirmed")
    client.force_login(coordinator)
    page = html.fromstring(client.post(build_url("names_copy", proposal.pk), follow=True).text)

    assert Proposal.objects.get().answers["speakers"] == "asha speaker (a helpline)\nBen\nA regulator; a company"
    assert page.xpath("//section[@aria-labelledby='names']/ul/li/bdi/text()") == ["A regulator; a company"]


def test_people_field_links_to_participants_and_counts_lines(client, coordinator, proposal):
    client.force_login(coordinator)
    there = build_url("proposal_field", proposal.pk, "speakers")
    page = client.get(there).text
    one = client.post(there, {"answer": "A helpline; a regulator", "seen": EMPTY_HASH}, follow=True).text
    actions.save_proposal_answer(
        actor=coordinator,
        proposal=proposal,
        field="speakers",
        answer="A\nB",
        seen=actions.hash_json_value("A helpline; a regulator"),
    )

    assert f'Add people on the page <a href="{build_url("participant_list", proposal.pk)}">' in page
    assert "One name per line." in page
    assert "1 line" in one
    assert "2 lines" in client.get(there).text
    assert "Add people on the page" not in client.get(build_url("proposal_field", proposal.pk, "description")).text


def test_only_confirmed_participants_are_copied_to_form(client, coordinator, proposal):
    confirmed = add_speaker(coordinator, proposal, address="")
    add_speaker(coordinator, proposal, name="Ben", address="", organisation="School")
    actions.record_participant_answer(actor=coordinator, participant=confirmed, participant_answer="confirmed")
    client.force_login(coordinator)
    page = client.get(build_url("participant_list", proposal.pk)).text
    after = client.post(build_url("names_copy", proposal.pk), follow=True).text

    assert "These people will be left out when you copy names to the form:" in page
    assert "Names copied to the form. Left out, because they have not confirmed yet: Ben." in after
    assert Proposal.objects.get().answers["speakers"].startswith("Asha Speaker")
    versions = Version.objects.filter(record=proposal.pk).values_list("content", flat=True)
    assert not [version for version in versions if "Ben" in str(version)]


@pytest.fixture
def child(mailing_coalition):
    contact = PersonFactory(name="Adult Contact")
    person = create_seated_person(mailing_coalition, "Zuri Canary")
    minors.mark_as_minor(actor=person, person=person, adult_contact=contact, reason="Told us.")
    return Person.objects.get(pk=person.pk)


def test_minor_participant_is_not_named(client, coordinator, child, proposal):
    row = invite_speaker(coordinator, proposal, person=child)
    invitation = Message.objects.get(subject__contains="Invitation")
    actions.copy_names_to_form(actor=coordinator, proposal=proposal)
    client.force_login(coordinator)
    pages = [
        client.get(build_url("participant_list", proposal.pk)).text,
        client.get(build_url("participant_detail", proposal.pk, row.pk)).text,
        client.get(proposal.get_absolute_url()).text,
        invitation.body,
    ]

    assert not [page for page in pages if "Zuri" in page]
    assert "a participant under 18" in pages[0]
    assert invitation.to == child.adult_contact.email
    assert "speakers" not in Proposal.objects.get().answers
    with pytest.raises(ActionRefused, match="can't be recorded here"):
        add_speaker(coordinator, proposal, name="Zuri Canary", address="")


def test_name_of_minor_is_not_copied_and_is_removed(client, coordinator, mailing_coalition, proposal):
    person, contact = create_seated_person(mailing_coalition, "Zuri Canary"), PersonFactory(name="Adult Contact")
    row = add_speaker(coordinator, proposal, person=person)
    actions.record_participant_answer(actor=coordinator, participant=row, participant_answer="confirmed")
    actions.copy_names_to_form(actor=coordinator, proposal=proposal)
    before = Proposal.objects.get().answers["speakers"]
    minors.mark_as_minor(actor=person, person=person, adult_contact=contact, reason="Told us.")
    client.force_login(coordinator)
    page = client.get(build_url("participant_list", proposal.pk)).text
    actions.copy_names_to_form(actor=coordinator, proposal=proposal)

    assert before == "Zuri Canary"
    assert "The form contains the name of a person under 18." in page
    assert "Zuri" not in page
    assert Proposal.objects.get().answers["speakers"] == ""
    row.refresh_from_db()
    row.consent_by = contact
    row.save()
    actions.copy_names_to_form(actor=coordinator, proposal=proposal)
    assert Proposal.objects.get().answers["speakers"] == "Participant under 18"


def test_removing_participant_erases_person_known_only_from_it(coordinator, member, proposal):
    for row in (invite_speaker(coordinator, proposal), invite_speaker(coordinator, proposal, person=member)):
        actions.remove_participant(actor=coordinator, participant=row)

    assert not Person.objects.filter(email=SPEAKER_EMAIL).exists()
    assert Person.objects.filter(pk=member.pk, erased_at=None).exists()


def test_removed_participant_of_another_proposal_is_not_erased(coordinator, mailing_coalition, proposal):
    another = start_session(coordinator, mailing_coalition, "Another")
    kept = []
    for row in [invite_speaker(coordinator, each) for each in (proposal, another)]:
        actions.remove_participant(actor=coordinator, participant=row)
        kept.append(Person.objects.filter(email=SPEAKER_EMAIL).exists())

    assert kept == [True, False]


def test_erased_person_is_removed_from_proposal(coordinator, member, proposal):
    row = add_speaker(coordinator, proposal, person=member)
    PrivateStatement.objects.create(participant=row, gender="woman")
    erase_person(member)

    assert (Participant.objects.count(), PrivateStatement.objects.count()) == (0, 0)


def test_account_merge_preserves_later_answer_and_all_roles(coordinator, member, outsider, proposal):
    mine = add_speaker(coordinator, proposal, person=member)
    Participant.objects.create(
        proposal=proposal, person=outsider, roles=["organiser"], status="confirmed", answered_at=timezone.now()
    )
    merge_accounts(surviving_person=confirm_as_adult(member), merged_person=outsider)
    row = Participant.objects.get()

    assert (row.pk, row.roles, row.status) == (mine.pk, ["speaker", "organiser"], "confirmed")


@pytest.mark.parametrize("count", [1, 3])
def test_participant_list_query_count_is_constant(client, coordinator, proposal, django_assert_num_queries, count):
    for number in range(count):
        invite_speaker(coordinator, proposal, address=f"{number}@example.org", name=f"Person {number}")
    client.force_login(coordinator)
    client.get(build_url("participant_list", proposal.pk))

    with django_assert_num_queries(7):
        client.get(build_url("participant_list", proposal.pk))


def test_same_name_without_email_is_added_once(coordinator, proposal):
    add_speaker(coordinator, proposal, name="Ben", address="")
    with pytest.raises(ActionRefused, match="already in this proposal"):
        add_speaker(coordinator, proposal, name="BEN", address="")


def test_check_page_shows_open_rules_first(client, coordinator, proposal):
    client.force_login(coordinator)
    rows = client.get(build_url("proposal_checks", proposal.pk)).context["binding"]
    order = ["not-met", "unknown", "met"]
    positions = [order.index(row.result.verdict.outcome) for row in rows]

    assert positions == sorted(positions)
    assert set(positions) >= {0, 2}

"""Protection of participants: who is emailed, who can see them, and what is erased."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from lxml import html

from jukwaa.accounts import minors
from jukwaa.accounts.erased_identities import is_blocked_address
from jukwaa.accounts.erasure import erase_person, preview_erasure
from jukwaa.accounts.models import ErasedIdentity, Person
from jukwaa.coalitions.models import Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.meetings.invitations import build_invitation_path
from jukwaa.meetings.models import Meeting
from jukwaa.proposals import actions
from jukwaa.proposals.actions import participant_deletion
from jukwaa.proposals.models import Participant, PrivateStatement, Proposal
from jukwaa.proposals.reminders import build_invitation_reminders
from jukwaa.records.actions import hold_record_in_quarantine, purge_record, withdraw_record
from jukwaa.records.models import Label
from jukwaa.regions.models import NeverAgain
from jukwaa.regions.suppression import build_address_digest
from jukwaa.updates.actions import release_all_mail
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
from tests.updates.emails import (
    deliver_email,
    find_link_path,
    freeze_time_on_day,
    list_written_emails,
    send_notifications_after_delay,
)


@pytest.fixture
def proposal(mailing_coalition, coordinator):
    return start_session(coordinator, mailing_coalition)


def build_proposal_url(route_name, *args):
    return reverse(f"proposals:{route_name}", args=["ours", *args])


def test_removed_participant_can_be_invited_again(coordinator, mailing_coalition, other_coalition, proposal):
    actions.remove_participant(actor=coordinator, participant=invite_speaker(coordinator, proposal))

    assert not Person.objects.filter(email=SPEAKER_EMAIL).exists()
    assert not ErasedIdentity.objects.exists()
    assert not [each for each in (mailing_coalition, other_coalition) if is_blocked_address(SPEAKER_EMAIL, each.pk)]
    assert invite_speaker(coordinator, proposal).person.email == SPEAKER_EMAIL


@pytest.mark.parametrize("tlp_label", [Label.GREEN, Label.AMBER])
def test_held_invitation_is_sent_on_release_unless_restricted(coordinator, coalition, tlp_label):
    proposal = start_session(coordinator, coalition)
    invite_speaker(coordinator, proposal)
    was_held = Message.objects.get(to=SPEAKER_EMAIL).held
    Proposal.objects.update(label=tlp_label)
    release_all_mail(actor=coordinator, coalition=coalition)
    has_left = Message.objects.filter(to=SPEAKER_EMAIL, held=False, given_up_at=None).exists()

    assert (was_held, has_left) == (True, tlp_label == Label.GREEN)


def test_held_invitation_to_withdrawn_proposal_is_never_sent(coordinator, coalition):
    proposal = start_session(coordinator, coalition)
    invite_speaker(coordinator, proposal)
    withdraw_record(actor=coordinator, record=proposal, reason="It came too late.")
    release_all_mail(actor=coordinator, coalition=coalition)

    assert not Message.objects.filter(to=SPEAKER_EMAIL, held=False, given_up_at=None).exists()


@pytest.fixture
def former_team_member(coordinator, member, proposal):
    """A team member whose membership has ended."""
    actions.join_proposal_team(actor=member, proposal=proposal)
    Membership.objects.filter(person=member).update(ends_on=timezone.localdate() - timedelta(days=1))
    return member


def test_former_member_cannot_see_or_change_participants(client, coordinator, former_team_member, proposal):
    Proposal.objects.update(label=Label.CLEAR)
    row = add_speaker(coordinator, proposal)
    client.force_login(former_team_member)
    pages = [
        build_proposal_url("participant_list", proposal.pk),
        build_proposal_url("participant_detail", proposal.pk, row.pk),
    ]

    assert [client.get(page).status_code for page in pages] == [403, 403]
    assert pages[0] not in client.get(proposal.get_absolute_url()).text
    with pytest.raises(PermissionDenied):
        add_speaker(former_team_member, proposal, name="Ben", address="")


def test_former_member_is_not_notified_of_problems(coordinator, former_team_member, proposal):
    Proposal.objects.update(label=Label.CLEAR)
    row = add_speaker(coordinator, proposal, address="")
    actions.record_participant_answer(actor=coordinator, participant=row, participant_answer="declined")
    send_notifications_after_delay()

    assert former_team_member.email not in [to for to, _subject in list_written_emails()]
    assert not [
        task for task in get_tasks(Standing(former_team_member, proposal.coalition)) if "Declined" in task.title
    ]


def test_public_page_and_files_omit_gender_and_age(client, coordinator, member, proposal):
    Proposal.objects.update(label=Label.CLEAR)
    pages = [client.get(proposal.get_absolute_url()).text]
    client.force_login(member)
    pages.append(client.get(build_proposal_url("proposal_json", proposal.pk)).text)
    snapshot = actions.submit_proposal(actor=coordinator, proposal=proposal).snapshot
    client.force_login(coordinator)
    of_team = client.get(build_proposal_url("participant_list", proposal.pk)).text

    assert not [page for page in pages if "gender" in page]
    assert "confirmed" in [rule["name"] for rule in snapshot["rules"]]
    assert "gender" not in [rule["name"] for rule in snapshot["rules"]]
    assert "is of another gender" in of_team


@pytest.mark.parametrize(
    ("participant_roles", "are_details_kept"), [(("speaker",), True), (("organiser", "speaker"), False)]
)
def test_role_change_erases_gender_and_age(coordinator, proposal, participant_roles, are_details_kept):
    row = add_speaker(coordinator, proposal)
    PrivateStatement.objects.create(participant=row, gender="woman")
    changed = build_participant_facts(roles=participant_roles, organisation="School")
    actions.change_participant(
        actor=coordinator, participant=row, facts=changed, seen=actions.hash_participant_facts(row)
    )

    assert PrivateStatement.objects.exists() is are_details_kept


@pytest.mark.parametrize("declining_channel", ["team", "email"])
def test_declining_by_any_channel_erases_gender_and_age(coordinator, proposal, declining_channel):
    row = invite_speaker(coordinator, proposal)
    PrivateStatement.objects.create(participant=row, gender="woman")
    if declining_channel == "team":
        actions.record_participant_answer(actor=coordinator, participant=row, participant_answer="declined")
    else:
        deliver_email("no", to=Message.objects.get(to=SPEAKER_EMAIL).reply_to, sender=SPEAKER_EMAIL)

    assert Participant.objects.get().status == "declined"
    assert not PrivateStatement.objects.exists()


def test_erasing_former_adult_contact_removes_only_consent(coordinator, mailing_coalition, proposal):
    contact, child = PersonFactory(name="Adult Contact"), create_seated_person(mailing_coalition, "Zuri Canary")
    minors.mark_as_minor(actor=child, person=child, adult_contact=contact, reason="Told us.")
    row = invite_speaker(coordinator, proposal, person=Person.objects.get(pk=child.pk))
    Participant.objects.update(status="confirmed", consent_by=contact, consent_at=timezone.now())
    Person.objects.filter(pk=child.pk).update(adult_contact=PersonFactory())
    emptied = [(part.title, part.count) for part in preview_erasure(contact).emptied if "guardian" in str(part.title)]
    erase_person(contact)
    row.refresh_from_db()

    assert (row.person_id, row.status) == (child.pk, "confirmed")
    assert (row.consent_by, row.consent_at) == (None, None)
    assert [count for _title, count in emptied] == [1]


def test_restricted_proposal_sends_no_reminders(coordinator, proposal):
    row = invite_speaker(coordinator, proposal)
    Participant.objects.update(invited_at=timezone.now() - timedelta(days=2))
    Proposal.objects.update(label=Label.AMBER)
    row = Participant.objects.select_related("proposal__coalition").get(pk=row.pk)
    with pytest.raises(ActionRefused, match="TLP:GREEN"):
        actions.remind_participant(actor=coordinator, participant=row)


def test_reply_about_restricted_proposal_changes_nothing(coordinator, proposal):
    confirm_as_adult(invite_speaker(coordinator, proposal).person)
    message = Message.objects.get(to=SPEAKER_EMAIL)
    Proposal.objects.update(label=Label.AMBER, title="Not for everybody")
    deliver_email("yes", to=message.reply_to, sender=SPEAKER_EMAIL)

    assert Participant.objects.get().status == "invited"
    assert not Message.objects.filter(body__contains="Not for everybody").exists()


def test_unsubscribed_person_is_not_reminded(coordinator, member, other_coalition, proposal):
    row = invite_speaker(coordinator, proposal, person=member)
    counts = []
    for coalition in (other_coalition, proposal.coalition):
        member.mail_choices.create(coalition=coalition, topic="concerns", wanted=False)
        counts.append(len(list(build_invitation_reminders(freeze_time_on_day(row.answer_by - timedelta(days=2))))))

    assert counts == [1, 0]


def test_do_not_contact_person_is_not_invited_or_reminded(coordinator, member, proposal):
    row = invite_speaker(coordinator, proposal, person=member)
    for address in (member.email, SPEAKER_EMAIL.upper()):
        NeverAgain.objects.create(coalition=proposal.coalition, digest=build_address_digest(address))
    Participant.objects.update(invited_at=timezone.now() - timedelta(days=2))

    with pytest.raises(ActionRefused, match="has chosen not to receive invitations by email"):
        actions.remind_participant(actor=coordinator, participant=row)
    with pytest.raises(ActionRefused, match="has chosen not to receive invitations by email"):
        invite_speaker(coordinator, proposal)
    assert not Person.objects.filter(email=SPEAKER_EMAIL).exists()
    assert not list(build_invitation_reminders(freeze_time_on_day(row.answer_by - timedelta(days=2))))


def test_purging_proposal_erases_people_known_only_from_it(coordinator, member, safeguarding_lead, proposal):
    for given in ({}, {"person": member}):
        invite_speaker(coordinator, proposal, **given)
    hold_record_in_quarantine(actor=safeguarding_lead, record=proposal)
    purge_record(actor=safeguarding_lead, record=Proposal.objects.get())

    assert not Participant.objects.exists()
    assert not Person.objects.filter(email=SPEAKER_EMAIL).exists()
    assert Person.objects.filter(pk=member.pk, erased_at=None).exists()


def test_participant_confirmed_during_cleanup_is_not_deleted(coordinator, proposal, monkeypatch):
    rows = [invite_speaker(coordinator, proposal, name=name, address=f"{name}@example.org") for name in ("ann", "ben")]
    forget = participant_deletion.delete_participant

    def confirm_then_delete_expired(*, participant):
        Participant.objects.exclude(pk=participant.pk).update(status="confirmed")
        forget(participant=participant)

    monkeypatch.setattr(participant_deletion, "delete_participant", confirm_then_delete_expired)
    count = participant_deletion.delete_expired_participants(timezone.now() + timedelta(days=366))

    assert (count, list(Participant.objects.values_list("pk", flat=True))) == (1, [rows[1].pk])


@pytest.mark.parametrize("tlp_label", [Label.CLEAR, Label.GREEN])
def test_invitation_to_meeting_links_to_readable_page(client, coordinator, proposal, tlp_label):
    row = invite_speaker(coordinator, proposal)
    actions.answer_invitation(actor=row.person, participant=row, participant_answer="confirmed", is_adult=True)
    actions.submit_proposal(actor=coordinator, proposal=proposal)
    actions.record_proposal_outcome(
        actor=coordinator, proposal=Proposal.objects.get(), outcome="accepted", outcome_on=timezone.localdate()
    )
    meeting = actions.create_meeting_from_proposal(actor=coordinator, proposal=Proposal.objects.get(), title="Session")
    Meeting.objects.filter(pk=meeting.pk).update(label=tlp_label)
    send_notifications_after_delay()
    invitation = Message.objects.get(to=row.person.email, subject__contains="Invitation: Session")
    link = find_link_path(invitation, "/ours/")

    assert link.startswith(build_invitation_path(row.person, meeting)[:30])
    assert client.get(link).status_code == 200


def test_concurrent_answer_is_not_overwritten(client, coordinator, proposal):
    row = invite_speaker(coordinator, proposal)
    client.force_login(coordinator)
    there = build_proposal_url("participant_record", proposal.pk, row.pk)
    seen = client.get(there).context["form"]["seen"].value()
    actions.answer_invitation(actor=row.person, participant=row, participant_answer="confirmed", is_adult=True)
    conflict = client.post(there, {"answer": "declined", "seen": seen})
    before = Participant.objects.get().status
    client.post(there, {"answer": "declined", "seen": conflict.context["form"]["seen"].value()})

    assert (conflict.status_code, before) == (409, "confirmed")
    assert "Confirmed" in [each.now for each in conflict.context["differences"]]
    assert Participant.objects.get().status == "withdrawn"


def test_stale_page_cannot_resolve_newer_problem(client, coordinator, proposal):
    row = invite_speaker(coordinator, proposal, roles=("speaker", "moderator"))
    client.force_login(coordinator)
    form = html.fromstring(client.get(build_proposal_url("participant_detail", proposal.pk, row.pk)).text).xpath(
        "//form[contains(@action, '/resolve/')]"
    )[0]
    actions.answer_invitation(actor=row.person, participant=row, participant_answer="declined")
    page = client.post(form.action, dict(form.form_values()), follow=True).text
    row.refresh_from_db()

    assert (row.problem, row.handled_at) == ("declined", None)
    assert "Someone else has saved a change since you opened this page." in page

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
from jukwaa.meetings.invitations import build_path
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
from tests.proposals.people import ADDRESS, add, facts, invite, mark_adult, start
from tests.updates.mails import deliver, find_link_path, freeze_day, list_written_emails, send_notifications_after_delay


@pytest.fixture
def proposal(released, coordinator):
    return start(coordinator, released)


def url(name, *args):
    return reverse(f"proposals:{name}", args=["ours", *args])


def test_removed_participant_can_be_invited_again(coordinator, released, other_coalition, proposal):
    actions.remove_participant(actor=coordinator, participant=invite(coordinator, proposal))

    assert not Person.objects.filter(email=ADDRESS).exists()
    assert not ErasedIdentity.objects.exists()
    assert not [each for each in (released, other_coalition) if is_blocked_address(ADDRESS, each.pk)]
    assert invite(coordinator, proposal).person.email == ADDRESS


@pytest.mark.parametrize("label", [Label.GREEN, Label.AMBER])
def test_held_invitation_is_sent_on_release_unless_restricted(coordinator, coalition, label):
    proposal = start(coordinator, coalition)
    invite(coordinator, proposal)
    was_held = Message.objects.get(to=ADDRESS).held
    Proposal.objects.update(label=label)
    release_all_mail(actor=coordinator, coalition=coalition)
    has_left = Message.objects.filter(to=ADDRESS, held=False, given_up_at=None).exists()

    assert (was_held, has_left) == (True, label == Label.GREEN)


def test_held_invitation_to_withdrawn_proposal_is_never_sent(coordinator, coalition):
    proposal = start(coordinator, coalition)
    invite(coordinator, proposal)
    withdraw_record(actor=coordinator, record=proposal, reason="It came too late.")
    release_all_mail(actor=coordinator, coalition=coalition)

    assert not Message.objects.filter(to=ADDRESS, held=False, given_up_at=None).exists()


@pytest.fixture
def former(coordinator, member, proposal):
    """A team member whose membership has ended."""
    actions.join_proposal_team(actor=member, proposal=proposal)
    Membership.objects.filter(person=member).update(ends_on=timezone.localdate() - timedelta(days=1))
    return member


def test_former_member_cannot_see_or_change_participants(client, coordinator, former, proposal):
    Proposal.objects.update(label=Label.CLEAR)
    row = add(coordinator, proposal)
    client.force_login(former)
    pages = [url("participant_list", proposal.pk), url("participant_detail", proposal.pk, row.pk)]

    assert [client.get(page).status_code for page in pages] == [403, 403]
    assert pages[0] not in client.get(proposal.get_absolute_url()).text
    with pytest.raises(PermissionDenied):
        add(former, proposal, name="Ben", address="")


def test_former_member_is_not_notified_of_problems(coordinator, former, proposal):
    Proposal.objects.update(label=Label.CLEAR)
    row = add(coordinator, proposal, address="")
    actions.record_participant_answer(actor=coordinator, participant=row, answer="declined")
    send_notifications_after_delay()

    assert former.email not in [to for to, _subject in list_written_emails()]
    assert not [task for task in get_tasks(Standing(former, proposal.coalition)) if "Declined" in task.title]


def test_public_page_and_files_omit_gender_and_age(client, coordinator, member, proposal):
    Proposal.objects.update(label=Label.CLEAR)
    pages = [client.get(proposal.get_absolute_url()).text]
    client.force_login(member)
    pages.append(client.get(url("proposal_json", proposal.pk)).text)
    snapshot = actions.submit_proposal(actor=coordinator, proposal=proposal).snapshot
    client.force_login(coordinator)
    of_team = client.get(url("participant_list", proposal.pk)).text

    assert not [page for page in pages if "gender" in page]
    assert "confirmed" in [rule["name"] for rule in snapshot["rules"]]
    assert "gender" not in [rule["name"] for rule in snapshot["rules"]]
    assert "is of another gender" in of_team


@pytest.mark.parametrize(("roles", "kept"), [(("speaker",), True), (("organiser", "speaker"), False)])
def test_role_change_erases_gender_and_age(coordinator, proposal, roles, kept):
    row = add(coordinator, proposal)
    PrivateStatement.objects.create(participant=row, gender="woman")
    changed = facts(roles=roles, organisation="School")
    actions.change_participant(
        actor=coordinator, participant=row, facts=changed, seen=actions.hash_participant_facts(row)
    )

    assert PrivateStatement.objects.exists() is kept


@pytest.mark.parametrize("way", ["team", "email"])
def test_every_way_of_declining_erases_gender_and_age(coordinator, proposal, way):
    row = invite(coordinator, proposal)
    PrivateStatement.objects.create(participant=row, gender="woman")
    if way == "team":
        actions.record_participant_answer(actor=coordinator, participant=row, answer="declined")
    else:
        deliver("no", to=Message.objects.get(to=ADDRESS).reply_to, sender=ADDRESS)

    assert Participant.objects.get().status == "declined"
    assert not PrivateStatement.objects.exists()


def test_erasing_former_adult_contact_removes_only_consent(coordinator, released, proposal):
    contact, child = PersonFactory(name="Adult Contact"), create_seated_person(released, "Zuri Canary")
    minors.mark_as_minor(actor=child, person=child, adult_contact=contact, reason="Told us.")
    row = invite(coordinator, proposal, person=Person.objects.get(pk=child.pk))
    Participant.objects.update(status="confirmed", consent_by=contact, consent_at=timezone.now())
    Person.objects.filter(pk=child.pk).update(adult_contact=PersonFactory())
    emptied = [(part.title, part.count) for part in preview_erasure(contact).emptied if "guardian" in str(part.title)]
    erase_person(contact)
    row.refresh_from_db()

    assert (row.person_id, row.status) == (child.pk, "confirmed")
    assert (row.consent_by, row.consent_at) == (None, None)
    assert [count for _title, count in emptied] == [1]


def test_restricted_proposal_sends_no_reminders(coordinator, proposal):
    row = invite(coordinator, proposal)
    Participant.objects.update(invited_at=timezone.now() - timedelta(days=2))
    Proposal.objects.update(label=Label.AMBER)
    row = Participant.objects.select_related("proposal__coalition").get(pk=row.pk)
    with pytest.raises(ActionRefused, match="TLP:GREEN"):
        actions.remind_participant(actor=coordinator, participant=row)


def test_reply_about_restricted_proposal_changes_nothing(coordinator, proposal):
    mark_adult(invite(coordinator, proposal).person)
    message = Message.objects.get(to=ADDRESS)
    Proposal.objects.update(label=Label.AMBER, title="Not for everybody")
    deliver("yes", to=message.reply_to, sender=ADDRESS)

    assert Participant.objects.get().status == "invited"
    assert not Message.objects.filter(body__contains="Not for everybody").exists()


def test_unsubscribed_person_is_not_reminded(coordinator, member, other_coalition, proposal):
    row = invite(coordinator, proposal, person=member)
    counts = []
    for coalition in (other_coalition, proposal.coalition):
        member.mail_choices.create(coalition=coalition, topic="concerns", wanted=False)
        counts.append(len(list(build_invitation_reminders(freeze_day(row.answer_by - timedelta(days=2))))))

    assert counts == [1, 0]


def test_do_not_contact_person_is_not_invited_or_reminded(coordinator, member, proposal):
    row = invite(coordinator, proposal, person=member)
    for address in (member.email, ADDRESS.upper()):
        NeverAgain.objects.create(coalition=proposal.coalition, digest=build_address_digest(address))
    Participant.objects.update(invited_at=timezone.now() - timedelta(days=2))

    with pytest.raises(ActionRefused, match="has chosen not to receive invitations by email"):
        actions.remind_participant(actor=coordinator, participant=row)
    with pytest.raises(ActionRefused, match="has chosen not to receive invitations by email"):
        invite(coordinator, proposal)
    assert not Person.objects.filter(email=ADDRESS).exists()
    assert not list(build_invitation_reminders(freeze_day(row.answer_by - timedelta(days=2))))


def test_purging_proposal_erases_people_known_only_from_it(coordinator, member, safeguarding_lead, proposal):
    for given in ({}, {"person": member}):
        invite(coordinator, proposal, **given)
    hold_record_in_quarantine(actor=safeguarding_lead, record=proposal)
    purge_record(actor=safeguarding_lead, record=Proposal.objects.get())

    assert not Participant.objects.exists()
    assert not Person.objects.filter(email=ADDRESS).exists()
    assert Person.objects.filter(pk=member.pk, erased_at=None).exists()


def test_confirmation_during_cleanup_keeps_participant(coordinator, proposal, monkeypatch):
    rows = [invite(coordinator, proposal, name=name, address=f"{name}@example.org") for name in ("ann", "ben")]
    forget = participant_deletion.delete_participant

    def confirm_then_delete_expired(*, participant):
        Participant.objects.exclude(pk=participant.pk).update(status="confirmed")
        forget(participant=participant)

    monkeypatch.setattr(participant_deletion, "delete_participant", confirm_then_delete_expired)
    count = participant_deletion.delete_expired_participants(timezone.now() + timedelta(days=366))

    assert (count, list(Participant.objects.values_list("pk", flat=True))) == (1, [rows[1].pk])


@pytest.mark.parametrize("label", [Label.CLEAR, Label.GREEN])
def test_invitation_to_meeting_links_to_readable_page(client, coordinator, proposal, label):
    row = invite(coordinator, proposal)
    actions.answer_invitation(actor=row.person, participant=row, answer="confirmed", is_adult=True)
    actions.submit_proposal(actor=coordinator, proposal=proposal)
    actions.record_proposal_outcome(
        actor=coordinator, proposal=Proposal.objects.get(), outcome="accepted", outcome_on=timezone.localdate()
    )
    meeting = actions.create_meeting_from_proposal(actor=coordinator, proposal=Proposal.objects.get(), title="Session")
    Meeting.objects.filter(pk=meeting.pk).update(label=label)
    send_notifications_after_delay()
    invitation = Message.objects.get(to=row.person.email, subject__contains="Invitation: Session")
    link = find_link_path(invitation, "/ours/")

    assert link.startswith(build_path(row.person, meeting)[:30])
    assert client.get(link).status_code == 200


def test_concurrent_answer_is_not_overwritten(client, coordinator, proposal):
    row = invite(coordinator, proposal)
    client.force_login(coordinator)
    there = url("participant_record", proposal.pk, row.pk)
    seen = client.get(there).context["form"]["seen"].value()
    actions.answer_invitation(actor=row.person, participant=row, answer="confirmed", is_adult=True)
    conflict = client.post(there, {"answer": "declined", "seen": seen})
    before = Participant.objects.get().status
    client.post(there, {"answer": "declined", "seen": conflict.context["form"]["seen"].value()})

    assert (conflict.status_code, before) == (409, "confirmed")
    assert "Confirmed" in [each.now for each in conflict.context["differences"]]
    assert Participant.objects.get().status == "withdrawn"


def test_stale_page_cannot_resolve_newer_problem(client, coordinator, proposal):
    row = invite(coordinator, proposal, roles=("speaker", "moderator"))
    client.force_login(coordinator)
    form = html.fromstring(client.get(url("participant_detail", proposal.pk, row.pk)).text).xpath(
        "//form[contains(@action, '/resolve/')]"
    )[0]
    actions.answer_invitation(actor=row.person, participant=row, answer="declined")
    page = client.post(form.action, dict(form.form_values()), follow=True).text
    row.refresh_from_db()

    assert (row.problem, row.handled_at) == ("declined", None)
    assert "Someone else has saved a change since you opened this page." in page

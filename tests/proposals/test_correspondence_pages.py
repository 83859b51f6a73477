"""The pages of correspondence: who reads what, drafts with a second person, deadlines, addresses, tasks."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.retention import remove_overdue_rows
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.proposals import policies
from jukwaa.proposals.actions import (
    join_proposal_team,
    request_draft_review,
    share_message_with_members,
    write_correspondence_draft,
)
from jukwaa.proposals.correspondence_models import (
    CorrespondenceDeadline,
    CorrespondenceDraft,
    CorrespondenceMessage,
    SecretariatAddress,
)
from jukwaa.proposals.models import Proposal, ProposalSettings
from jukwaa.records.actions import hold_record_in_quarantine, purge_record
from jukwaa.records.models import State
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.proposals.correspondence import SECRETARIAT_ADDRESS, add_secretariat_address
from tests.proposals.kinds import ProposalFactory

TODAY = timezone.localdate


@pytest.fixture
def proposal(mailing_coalition, coordinator):
    add_secretariat_address(mailing_coalition)
    return ProposalFactory(coalition=mailing_coalition, author=coordinator, published=True, label="TLP:GREEN")


@pytest.fixture
def writer(proposal, member):
    """A member of the team without a role."""
    join_proposal_team(actor=member, proposal=proposal)
    return member


def add_message(coalition, proposal=None, number=1, **facts):
    facts = {"kind": "received", "sender": SECRETARIAT_ADDRESS, "subject": f"Subject {number}", "text": "Words"} | facts
    return CorrespondenceMessage.objects.create(coalition=coalition, proposal=proposal, digest=str(number), **facts)


def add_message_draft(author, proposal, **more):
    facts = {"recipient": SECRETARIAT_ADDRESS, "subject": "Speakers", "text": "They are confirmed."} | more
    return write_correspondence_draft(actor=author, coalition=proposal.coalition, proposal=proposal, **facts)


def build_url(route_name, *args, query_string=""):
    return reverse(f"proposals:{route_name}", args=["ours", *args]) + query_string


def list_status_codes(client, readers, page_url):
    found = []
    for person in readers:
        client.force_login(person)
        found.append(client.get(page_url).status_code)
    return found


def test_only_team_reads_message_until_shared(client, proposal, coordinator, rapporteur, writer, delegate, outsider):
    message = add_message(proposal.coalition, proposal)
    people = [coordinator, rapporteur, writer, delegate, outsider]
    assert list_status_codes(client, people, message.get_absolute_url()) == [200, 200, 200, 404, 404]

    client.force_login(writer)
    assert "Message shared." in client.post(build_url("message_share", message.pk), follow=True).text
    assert list_status_codes(client, people, message.get_absolute_url()) == [200, 200, 200, 200, 404]

    client.force_login(writer)
    client.post(build_url("message_unshare", message.pk))
    assert list_status_codes(client, people, message.get_absolute_url()) == [200, 200, 200, 404, 404]


def test_unfiled_messages_are_visible_only_to_coordinators(client, proposal, coordinator, writer):
    for held_because in ("", "stranger"):
        message = add_message(proposal.coalition, None, held_because, held_because=held_because)
        assert list_status_codes(client, [coordinator, writer], message.get_absolute_url()) == [200, 404]
        client.force_login(writer)
        assert client.post(build_url("message_approve", message.pk)).status_code == 404


def test_former_member_loses_access_to_messages(client, proposal, writer):
    ProposalSettings.objects.create(coalition=proposal.coalition, submitters=ProposalSettings.Submitters.TEAM)
    message = add_message(proposal.coalition, proposal)
    may = policies.can_write_proposal, policies.can_submit_proposal, policies.can_write_message
    assert all(can(ViewerContext(writer), proposal) for can in may)
    writer.memberships.update(ends_on=TODAY() - timedelta(days=1), standing="ended")

    assert list_status_codes(client, [writer], message.get_absolute_url()) == [404]
    assert not any(can(ViewerContext(writer), proposal) for can in may)


def test_messages_of_quarantined_proposal_are_hidden(client, proposal, coordinator):
    message = add_message(proposal.coalition, proposal)
    Proposal.objects.filter(pk=proposal.pk).update(state=State.HELD)

    assert list_status_codes(client, [coordinator], message.get_absolute_url()) == [404]


def test_member_can_read_but_not_change_shared_messages(client, proposal, coordinator, delegate):
    message = add_message(proposal.coalition, proposal)
    share_message_with_members(actor=coordinator, message=message)
    client.force_login(delegate)

    assert "Write a reply" not in client.get(message.get_absolute_url()).text
    for name in ("message_unshare", "message_place", "message_remove", "deadline_new"):
        assert client.post(build_url(name, message.pk)).status_code == 403
    assert "Subject 1" in client.get(build_url("correspondence")).text


def test_coordinator_approves_stranger_and_saves_address(client, proposal, coordinator):
    message = add_message(proposal.coalition, proposal, held_because="stranger", sender="new@forum.example")
    client.force_login(coordinator)
    assert "The sender is not known." in client.get(build_url("correspondence")).text
    page = client.post(build_url("message_approve", message.pk), {"lists_sender": "on"}, follow=True)

    assert "Message approved and filed." in page.text
    assert CorrespondenceMessage.objects.get().held_because == ""
    assert SecretariatAddress.objects.filter(address="new@forum.example").exists()


def test_held_message_is_deleted_manually_or_after_60_days(client, proposal, coordinator):
    add_message(proposal.coalition, proposal, held_because="stranger")
    add_message(proposal.coalition, proposal, 2, held_because="stranger")
    add_message(proposal.coalition, proposal, 3)
    CorrespondenceMessage.objects.exclude(digest="1").update(received_at=timezone.now() - timedelta(days=61))
    remove_overdue_rows(timezone.now())
    assert {row.digest for row in CorrespondenceMessage.objects.all()} == {"1", "3"}

    client.force_login(coordinator)
    client.post(build_url("message_remove", CorrespondenceMessage.objects.get(digest="1").pk))
    assert {row.digest for row in CorrespondenceMessage.objects.all()} == {"3"}


def test_unclear_message_is_filed_manually(client, proposal, coordinator, writer):
    message = add_message(proposal.coalition)
    client.force_login(coordinator)
    client.post(build_url("message_place", message.pk), {"proposal": proposal.pk})

    assert CorrespondenceMessage.objects.get().proposal == proposal
    assert list_status_codes(client, [writer], message.get_absolute_url()) == [200]


def test_writer_cannot_file_message_with_proposal_of_another_team(client, proposal, writer, coordinator):
    other = ProposalFactory(coalition=proposal.coalition, published=True, label="TLP:GREEN")
    message = add_message(proposal.coalition, proposal)
    client.force_login(writer)

    assert client.post(build_url("message_place", message.pk), {"proposal": other.pk}).status_code == 422
    assert client.post(build_url("message_place", message.pk), {"proposal": ""}).status_code == 403
    assert CorrespondenceMessage.objects.get().proposal == proposal


def test_message_is_reviewed_by_second_person_before_sending(client, proposal, writer, coordinator):
    client.force_login(writer)
    values = {"recipient": SECRETARIAT_ADDRESS, "subject": "Speakers", "text": "They are confirmed."}
    page = client.post(build_url("draft_new", query_string=f"?proposal={proposal.pk}"), values, follow=True)
    assert "Draft saved." in page.text
    assert "Only coordinators and chairs can send messages." in page.text
    draft = CorrespondenceDraft.objects.get()
    assert client.post(build_url("draft_send", draft.pk), {"version": 1}).status_code == 403
    client.post(build_url("draft_ask", draft.pk), {"reviewer": coordinator.pk})
    send_pending_activity_notifications()
    assert Message.objects.filter(to=coordinator.email, subject__contains="Please review a message").exists()

    client.force_login(coordinator)
    assert list_tasks(coordinator, proposal) == ["Review the message “Speakers”"]
    assert "in review" in client.post(build_url("draft_send", draft.pk), {"version": 1}, follow=True).text
    client.post(build_url("draft_review", draft.pk), {"decision": "approve", "version": 1})
    send_pending_activity_notifications()
    assert Message.objects.filter(to=writer.email, subject__contains="has been approved").exists()
    for _click in range(2):
        page = client.post(build_url("draft_send", draft.pk), {"version": 1}, follow=True)
    sent = CorrespondenceMessage.objects.get()

    assert Message.objects.filter(to=SECRETARIAT_ADDRESS).count() == 1
    assert (sent.kind, sent.person, sent.proposal) == ("sent", coordinator, proposal)
    assert "Reviewed by" in page.text
    assert not CorrespondenceDraft.objects.exclude(text="").exists()


def test_reviewer_requests_changes_with_comment(client, proposal, writer, coordinator):
    draft = add_message_draft(writer, proposal)
    request_draft_review(actor=writer, message_draft=draft, reviewer=coordinator)
    client.force_login(coordinator)
    assert (
        "Describe what should be changed."
        in client.post(build_url("draft_review", draft.pk), {"decision": "change", "version": 1}).text
    )
    client.post(build_url("draft_review", draft.pk), {"decision": "change", "version": 1, "remark": "Add the date."})
    page = client.post(build_url("draft_send", draft.pk), {"version": 1}, follow=True).text

    assert "Add the date." in page
    assert "requested changes" in page
    assert not CorrespondenceMessage.objects.exists()


def test_changed_draft_needs_new_review(client, proposal, writer, coordinator):
    draft = add_message_draft(writer, proposal)
    request_draft_review(actor=writer, message_draft=draft, reviewer=coordinator)
    CorrespondenceDraft.objects.filter(pk=draft.pk).update(text="They are not confirmed.", version=2)
    client.force_login(coordinator)
    answer = client.post(build_url("draft_review", draft.pk), {"decision": "approve", "version": 1, "remark": "Good."})

    assert answer.status_code == 422
    assert all(words in answer.text for words in ("They are not confirmed.", "Good.", 'name="version" value="2"'))


def test_change_revokes_approval_and_stale_page_cannot_send(client, proposal, writer, coordinator):
    draft = add_message_draft(writer, proposal)
    CorrespondenceDraft.objects.filter(pk=draft.pk).update(state="approved", reviewer=coordinator)
    client.force_login(writer)
    values = {"recipient": SECRETARIAT_ADDRESS, "subject": "Speakers", "text": "Changed.", "version": 1}
    client.post(build_url("draft_edit", draft.pk), values)
    assert CorrespondenceDraft.objects.get().state == "writing"
    conflict = client.post(build_url("draft_edit", draft.pk), values | {"text": "Mine."})
    assert conflict.status_code == 409
    assert all(words in conflict.text for words in ("Changed.", "Mine."))

    client.force_login(coordinator)
    page = client.post(build_url("draft_send", draft.pk), {"version": 1}, follow=True).text
    assert "Someone else has saved a change" in page
    assert not Message.objects.filter(to=SECRETARIAT_ADDRESS).exists()
    page = client.post(build_url("draft_send", draft.pk), {"version": 2}, follow=True).text
    assert "Message sent and filed." in page
    assert "Reviewed by" not in page


def test_only_assigned_reviewer_can_review(client, proposal, writer, coordinator, rapporteur):
    draft = add_message_draft(writer, proposal)
    client.force_login(writer)
    assert client.post(build_url("draft_ask", draft.pk), {"reviewer": writer.pk}).status_code == 422
    request_draft_review(actor=writer, message_draft=draft, reviewer=coordinator)

    review_url = build_url("draft_review", draft.pk)
    assert list_status_codes(client, [writer, rapporteur, coordinator], review_url) == [403, 403, 200]


def test_messages_are_sent_only_to_known_addresses(client, proposal, coordinator):
    client.force_login(coordinator)
    values = {"recipient": "anybody@example.net", "subject": "Speakers", "text": "Words."}

    assert client.post(build_url("draft_new"), values).status_code == 422
    assert not CorrespondenceDraft.objects.exists()


def test_page_without_address_explains_where_to_add_one(client, proposal, coordinator, rapporteur):
    SecretariatAddress.objects.all().delete()
    client.force_login(coordinator)
    assert build_url("secretariat_edit") in client.get(build_url("draft_new")).text
    client.force_login(rapporteur)
    assert "Ask a coordinator to add an email address." in client.get(build_url("draft_new")).text


def test_coordinator_saves_secretariat_addresses(client, proposal, coordinator, rapporteur):
    client.force_login(coordinator)
    wrong = client.post(build_url("secretariat_edit"), {"addresses": "office@forum.example\nThe office"})
    assert "Not valid: the office" in wrong.text
    client.post(build_url("secretariat_edit"), {"addresses": " Desk@forum.example \n\ndesk@forum.example"})

    assert list(SecretariatAddress.objects.values_list("address", flat=True)) == ["desk@forum.example"]
    assert list_status_codes(client, [rapporteur], build_url("secretariat_edit")) == [403]


def list_tasks(person, proposal):
    coalition = Coalition.objects.get(pk=proposal.coalition_id)  # tasks are kept until its revision moves
    tasks = get_tasks(Standing(person, coalition))
    return [task.title for task in tasks if "/correspondence/" in task.url]


def test_confirmed_deadline_becomes_due(client, proposal, coordinator, writer, delegate):
    message = add_message(proposal.coalition, proposal)
    day = TODAY() + timedelta(days=5)
    deadline = CorrespondenceDeadline.objects.create(message=message, day=day, words="Confirm by then.")
    share_message_with_members(actor=coordinator, message=message)
    assert list_tasks(writer, proposal) == ["Confirm the deadline in “Subject 1”"]
    client.force_login(writer)
    assert "Confirm by then." in client.get(build_url("deadline_confirm", deadline.pk)).text
    later = day + timedelta(days=1)
    client.post(build_url("deadline_confirm", deadline.pk), {"day": str(later), "task": "Confirm speakers"})

    assert list_tasks(writer, proposal) == list_tasks(coordinator, proposal) == ["Confirm speakers"]
    assert list_tasks(delegate, proposal) == []
    client.post(build_url("deadline_done", deadline.pk))
    assert list_tasks(writer, proposal) == []


def test_past_deadline_cannot_be_confirmed(client, proposal, coordinator):
    message = add_message(proposal.coalition, proposal)
    day = TODAY() - timedelta(days=1)
    deadline = CorrespondenceDeadline.objects.create(message=message, day=day)
    client.force_login(coordinator)
    assert "Deadline passed" in client.get(message.get_absolute_url()).text
    page = client.post(build_url("deadline_confirm", deadline.pk), {"day": str(day)})

    assert "This date has passed." in page.text
    assert list_tasks(coordinator, proposal) == []
    client.post(build_url("deadline_dismiss", deadline.pk))
    assert CorrespondenceDeadline.objects.get().state == "dismissed"


def test_deadline_is_added_manually_once(client, proposal, coordinator):
    message = add_message(proposal.coalition, proposal)
    client.force_login(coordinator)
    for _click in range(2):
        client.post(build_url("deadline_new", message.pk), {"day": str(TODAY() + timedelta(days=3))})

    assert list_tasks(coordinator, proposal) == ["Reply to “Subject 1”"]


def test_decided_deadline_cannot_be_confirmed_again(client, proposal, coordinator):
    message = add_message(proposal.coalition, proposal)
    deadline = CorrespondenceDeadline.objects.create(message=message, day=TODAY(), state="dismissed")
    client.force_login(coordinator)
    page = client.post(build_url("deadline_confirm", deadline.pk), {"day": str(TODAY())})

    assert "This deadline has already been" in page.text


def test_held_messages_are_one_task_for_coordinators_only(proposal, coordinator, writer):
    for number in (1, 2):
        add_message(proposal.coalition, proposal, number, held_because="stranger")

    assert list_tasks(coordinator, proposal) == ["Approve or delete 2 messages"]
    assert list_tasks(writer, proposal) == []


def test_forwarded_message_shows_forwarder_and_original_sender(client, proposal, coordinator):
    facts = {"kind": "forwarded", "person": coordinator, "sender": coordinator.email, "quoted": "Confirm."}
    message = add_message(
        proposal.coalition, proposal, original_sender="The Office", original_date="Mon, 4 May 2026", **facts
    )
    client.force_login(coordinator)
    page = client.get(message.get_absolute_url()).text

    assert all(
        words in page for words in ("Forwarded by", "The Office", "Mon, 4 May 2026", "according to the forwarded text")
    )
    assert coordinator.email not in page


def test_name_of_minor_is_hidden_from_members(client, proposal, coordinator, writer, delegate):
    message = add_message(proposal.coalition, proposal, person=writer, sender=writer.email, sender_name=writer.name)
    draft = add_message_draft(coordinator, proposal)
    type(writer).objects.filter(pk=writer.pk).update(is_minor=True, adult_contact=coordinator)
    share_message_with_members(actor=coordinator, message=message)
    pages = [(delegate, message.get_absolute_url()), (delegate, build_url("correspondence"))]

    for reader, page in [*pages, (coordinator, build_url("draft_ask", draft.pk))]:
        client.force_login(reader)
        text = client.get(page).text
        assert writer.name not in text
        assert writer.email not in text


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("route", ["correspondence", "proposal_correspondence"])
def test_message_list_query_count_is_constant(client, proposal, coordinator, django_assert_num_queries, count, route):
    for number in range(count):
        message = add_message(proposal.coalition, proposal, number, person=coordinator)
        CorrespondenceDeadline.objects.create(message=message, day=TODAY())
        add_message(proposal.coalition, None, f"held {number}", held_because="stranger")
        add_message_draft(coordinator, proposal)
    client.force_login(coordinator)
    address = build_url(route) if route == "correspondence" else build_url(route, proposal.pk)
    client.get(address)

    with django_assert_num_queries({"correspondence": 6, "proposal_correspondence": 7}[route]):
        page = client.get(address).text
    assert page.count("Subject 0") == 1
    assert page.count("1 deadline") == count


def test_member_of_another_coalition_cannot_read_list(client, proposal, outsider):
    assert list_status_codes(client, [outsider], build_url("correspondence")) == [403]
    assert list_status_codes(client, [outsider], build_url("proposal_correspondence", proposal.pk)) == [404]


def test_purging_proposal_deletes_its_correspondence(proposal, coordinator, safeguarding_lead):
    add_message(proposal.coalition, proposal)
    add_message(proposal.coalition, None, 2)
    add_message_draft(coordinator, proposal)
    hold_record_in_quarantine(actor=safeguarding_lead, record=proposal)
    purge_record(actor=safeguarding_lead, record=Proposal.objects.get())

    assert [row.digest for row in CorrespondenceMessage.objects.all()] == ["2"]
    assert not CorrespondenceDraft.objects.exists()

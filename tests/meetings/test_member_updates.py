"""Updates that members send before a meeting: by form and by email, two lines each, for members until the minutes."""

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Capacity
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message, ReplyAddress
from jukwaa.meetings.actions.agenda import add_agenda_item, remove_agenda_item
from jukwaa.meetings.actions.agenda_sending import send_meeting_agenda
from jukwaa.meetings.actions.member_updates import remove_member_update, send_member_update
from jukwaa.meetings.meeting_reminders import send_due_meeting_agendas
from jukwaa.meetings.models import MemberUpdate
from jukwaa.updates.models import MailChoice
from tests.factories import EntryFactory, PersonFactory
from tests.meetings.planned_meetings import create_planned_meeting
from tests.updates.emails import deliver_email

LONG_UPDATE_TEXT = "We trained teachers. " * 14


@pytest.fixture
def meeting(mailing_coalition, coordinator):
    meeting = create_planned_meeting(mailing_coalition)
    add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan")
    return meeting


@pytest.fixture
def reply_to_agenda(meeting, coordinator, delegate):
    """Reply to the agenda as a delegate."""
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    send_due_meeting_agendas(timezone.now())
    to = Message.objects.get(to=delegate.email).reply_to

    def deliver_agenda_reply(text, **more):
        deliver_email(text, **({"to": to, "sender": delegate.email} | more))

    return deliver_agenda_reply


def get_agenda_text(client, meeting):
    return client.get(reverse("meetings:agenda_detail", args=["ours", meeting.pk])).text


def build_agenda_url(route_name, meeting, *rest):
    return reverse(f"meetings:{route_name}", args=["ours", meeting.pk, *rest])


def list_update_texts():
    return list(MemberUpdate.objects.values_list("text", "capacity__name"))


def move_meeting_to_past(meeting):
    meeting.starts_at = meeting.ends_at = timezone.now()
    meeting.save()


def test_update_is_in_first_item_with_organisation(client, meeting, delegate, organisation):
    client.force_login(delegate)
    words = {"text": "We have trained\nforty teachers.", "capacity": str(organisation.pk)}
    answer = client.post(build_agenda_url("update_send", meeting), words, follow=True)

    assert "Your update has been added to the agenda." in answer.text
    assert list_update_texts() == [("We have trained forty teachers.", organisation.name)]
    assert [part.title for part in meeting.parts.all()] == ["Updates from members", "The work plan"]
    assert f"<b><bdi>{organisation.name}</bdi></b>" in answer.text


def test_too_long_update_is_refused_and_form_keeps_values(client, meeting, member):
    client.force_login(member)
    answer = client.post(build_agenda_url("update_send", meeting), {"text": LONG_UPDATE_TEXT, "capacity": "own"})

    assert answer.status_code == 422
    assert (
        f"Shorten your update to 280 characters or fewer. It has {len(LONG_UPDATE_TEXT.strip())} characters."
        in answer.text
    )
    assert LONG_UPDATE_TEXT in answer.text
    assert list_update_texts() == []


def test_second_update_replaces_first(client, meeting, delegate, organisation):
    for text in ("First.", "Second.", "Second."):
        send_member_update(actor=delegate, meeting=meeting, text=text, organisation=organisation)
    client.force_login(delegate)

    assert list_update_texts() == [("Second.", organisation.name)]
    assert Capacity.objects.filter(person=delegate).count() == 1
    assert "Second." in client.get(build_agenda_url("update_send", meeting)).text


def test_updates_are_for_members_until_minutes_are_public(
    client, mailing_coalition, meeting, member, outsider, coordinator
):
    send_member_update(actor=member, meeting=meeting, text="We have trained teachers.")
    send_meeting_agenda(actor=coordinator, meeting=meeting)

    def list_people_shown_update(*people):
        caches["pages"].clear()  # what visitors see is kept for as long as nothing is written
        found = []
        for person in people:
            client.logout()
            if person:
                client.force_login(person)
            found.append("We have trained teachers." in get_agenda_text(client, meeting))
        return found

    planned_first = list_people_shown_update(None, outsider, member)
    move_meeting_to_past(meeting)
    held = list_people_shown_update(None, outsider, member)
    EntryFactory(coalition=mailing_coalition, meeting=meeting, published=True)
    with_minutes = list_people_shown_update(None, outsider, member)

    assert (planned_first, held, with_minutes) == ([False, False, True], [False, False, True], [True, True, True])


def test_update_of_later_marked_minor_is_hidden(client, meeting, member, coordinator):
    send_member_update(actor=member, meeting=meeting, text="We have trained teachers.")
    member.is_minor, member.adult_contact = True, PersonFactory()
    member.save()
    client.force_login(coordinator)

    assert "We have trained teachers." not in get_agenda_text(client, meeting)


def test_updates_are_private_during_minutes(client, mailing_coalition, meeting, member):
    send_member_update(actor=member, meeting=meeting, text="We have trained teachers.")
    meeting.starts_at = timezone.now()
    meeting.save()
    EntryFactory(coalition=mailing_coalition, meeting=meeting, published=True)

    assert meeting.is_in_progress
    assert "We have trained teachers." not in get_agenda_text(client, meeting)


@pytest.mark.parametrize("persona", ["outsider", "minor"])
def test_only_adult_members_send_updates(client, meeting, member, outsider, persona):
    member.is_minor, member.adult_contact = True, PersonFactory()
    member.save()
    client.force_login(outsider if persona == "outsider" else member)

    assert client.post(build_agenda_url("update_send", meeting), {"text": "One.", "capacity": "own"}).status_code == 403
    assert list_update_texts() == []


def test_updates_end_when_the_meeting_starts(client, meeting, member):
    move_meeting_to_past(meeting)
    client.force_login(member)
    answer = client.post(build_agenda_url("update_send", meeting), {"text": "We are late.", "capacity": "own"})

    assert "You can send updates only before the meeting starts." in answer.text
    assert "We are late." in answer.text
    assert list_update_texts() == []


def test_update_is_removed_by_author_or_note_takers(client, meeting, member, delegate, rapporteur, organisation):
    own = send_member_update(actor=member, meeting=meeting, text="One.")
    other = send_member_update(actor=delegate, meeting=meeting, text="Two.", organisation=organisation)
    client.force_login(member)
    assert client.post(build_agenda_url("update_remove", meeting, other.pk)).status_code == 403
    client.post(build_agenda_url("update_remove", meeting, own.pk))
    assert list_update_texts() == [("Two.", organisation.name)]

    remove_member_update(actor=rapporteur, member_update=other)
    assert (list_update_texts(), Capacity.objects.filter(person=delegate).exists()) == ([], False)


def test_item_with_updates_cannot_be_removed(meeting, member, coordinator):
    send_member_update(actor=member, meeting=meeting, text="One.")
    part = meeting.parts.get(holds_updates=True)

    with pytest.raises(ActionRefused, match="This agenda item lists updates from members"):
        remove_agenda_item(actor=coordinator, agenda_item=part, from_version=1)


def test_reply_to_agenda_becomes_update_of_organisation(reply_to_agenda, delegate, organisation):
    reply_to_agenda("We have trained\r\nforty teachers.\r\n\r\n> Agenda: The spring call")

    assert list_update_texts() == [("We have trained forty teachers.", organisation.name)]
    answer = Message.objects.order_by("-pk")[0]
    assert (answer.to, answer.subject) == (delegate.email, "Your update has been added to the agenda")
    assert f"Your update on behalf of {organisation.name} is now part of the agenda" in answer.body


def test_repeated_reply_is_saved_once(reply_to_agenda, organisation):
    for _delivery in range(2):
        reply_to_agenda("We have trained teachers.")

    assert list_update_texts() == [("We have trained teachers.", organisation.name)]


@pytest.mark.parametrize(
    ("text", "expected_sentence"),
    [
        (LONG_UPDATE_TEXT, "it has more than 280 characters"),
        ("> Agenda: The spring call\n> 1. Updates from members", "we found no text in your email"),
    ],
)
def test_too_long_or_quoted_reply_gets_explanation(reply_to_agenda, delegate, text, expected_sentence):
    reply_to_agenda(text)

    assert list_update_texts() == []
    answer = Message.objects.order_by("-pk")[0]
    assert answer.to == delegate.email
    assert expected_sentence in " ".join(answer.body.split())


def test_late_reply_to_agenda_adds_no_update(reply_to_agenda, meeting):
    move_meeting_to_past(meeting)
    reply_to_agenda("We are late.")

    assert list_update_texts() == []


def test_reply_from_other_person_needs_confirmation(reply_to_agenda, member):
    reply_to_agenda("We have trained teachers.", sender=member.email)

    assert list_update_texts() == []


def test_unsubscribe_by_reply_stops_emails(reply_to_agenda, delegate):
    reply_to_agenda("unsubscribe")

    assert list_update_texts() == []
    assert set(MailChoice.objects.filter(person=delegate, wanted=False).values_list("topic", flat=True)) == {
        "concerns",
        "reminders",
    }


def test_email_states_capacity_of_reply(reply_to_agenda, delegate, organisation, coordinator):
    told = Message.objects.get(to=delegate.email).body
    own = Message.objects.get(to=coordinator.email).body

    assert f"Reply to this email with an update on the work of {organisation.name}, in up to 280 characters." in told
    assert "Reply to this email with an update on your work, in up to 280 characters." in own
    assert ReplyAddress.objects.filter(subject__startswith="meeting-update:").count() == 2

"""Replies to the invitation to a meeting: on the web, by the link, by email, and from calendar programs."""

from datetime import time, timedelta
from email.message import EmailMessage

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from jukwaa.accounts.account_merge import merge_accounts
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.calendar_files import get_calendar_uid
from jukwaa.meetings.invitation_replies import find_calendar_reply, find_rsvp_answer
from jukwaa.meetings.invitations import MeetingAttendees, build_invitation_link
from jukwaa.meetings.models import Rsvp
from jukwaa.meetings.spoken_capacities import list_spoken_capacities
from jukwaa.updates.incoming import process_email as take_email
from jukwaa.updates.models import PendingMail
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory, PersonFactory
from tests.updates.emails import build_own_address, deliver_email, find_link_path, send_notifications_after_delay

ReplyAnswer = Rsvp.Answer


@pytest.fixture
def next_meeting(coalition, rapporteur):
    """A meeting in ten days."""
    day = timezone.localdate() + timedelta(days=10)
    return actions.create_meeting_record(
        actor=rapporteur,
        coalition=coalition,
        title="Monthly call",
        published=True,
        starts_on=day,
        start_time=time(13),
        time_zone="Africa/Nairobi",
        duration=60,
        joining_link="https://example.org/room",
    )


def add_reply(person, meeting, reply_answer="yes", organisation=None):
    return actions.reply_to_invitation(actor=person, meeting=meeting, answer=reply_answer, organisation=organisation)


def build_reply_path(person, meeting):
    return build_invitation_link(person, meeting).removeprefix(settings.SITE_URL)


def test_later_reply_replaces_earlier_one_of_member(member, next_meeting):
    add_reply(member, next_meeting, "yes")
    add_reply(member, next_meeting, "yes")
    add_reply(member, next_meeting, "no")
    assert [row.answer for row in Rsvp.objects.all()] == [ReplyAnswer.NO]


def test_representative_replies_for_organisation(delegate, organisation, next_meeting):
    assert add_reply(delegate, next_meeting, organisation=organisation).capacity.organisation == organisation


def test_reply_is_not_a_statement_of_organisation(delegate, organisation, member, next_meeting):
    for answer, represented in (("yes", organisation), ("no", None), ("no", organisation)):
        add_reply(delegate, next_meeting, answer, represented)
    assert list_spoken_capacities(organisation, Standing(member, organisation.coalition)) == []


def test_only_members_reply_for_organisations_they_represent(outsider, member, coalition, next_meeting):
    with pytest.raises(PermissionDenied, match="Only members"):
        add_reply(outsider, next_meeting)
    with pytest.raises(PermissionDenied, match="represent"):
        add_reply(member, next_meeting, organisation=OrganisationFactory(coalition=coalition))


def test_reply_to_past_or_cancelled_meeting_is_refused(rapporteur, member, next_meeting):
    with (
        time_machine.travel(next_meeting.ends_at + timedelta(minutes=1)),
        pytest.raises(ActionRefused, match="has ended"),
    ):
        add_reply(member, next_meeting)
    actions.cancel_meeting(actor=rapporteur, meeting=next_meeting, reason="The chair is ill.")
    next_meeting.refresh_from_db()
    with pytest.raises(ActionRefused, match="cancelled"):
        add_reply(member, next_meeting)


def test_opening_reply_link_saves_nothing_until_confirmed(client, member, next_meeting):
    path = build_reply_path(member, next_meeting)
    page = client.get(f"{path}?answer=maybe").content.decode()
    assert 'value="maybe"' in page
    assert not Rsvp.objects.exists()
    assert client.post(path, {"answer": "maybe"}).status_code == 302
    assert Rsvp.objects.get().person == member
    assert "Your reply: I may attend" in client.get(path).content.decode()


def test_forwarded_link_omits_name_of_recipient(client, member, next_meeting):
    page = client.get(build_reply_path(member, next_meeting)).content.decode()
    assert member.name not in page
    assert member.email not in page
    assert f"{member.email[0]}…@" in page


@pytest.mark.parametrize("link_fault", ["cut", "gone", "other coalition"])
def test_invalid_link_is_refused(client, member, next_meeting, other_coalition, link_fault):
    path = build_reply_path(member, next_meeting)
    if link_fault == "cut":
        path = path[:-8] + "/"
    elif link_fault == "gone":
        member.is_active = False
        member.save()
    else:
        path = path.replace(f"/{next_meeting.coalition.slug}/", f"/{other_coalition.slug}/", 1)
    answer = client.get(path)
    assert answer.status_code == 410
    assert "This link no longer works" in answer.text


def test_link_of_former_member_is_refused(client, member, next_meeting):
    path = build_reply_path(member, next_meeting)
    member.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
    assert client.post(path, {"answer": "yes"}).status_code in (403, 404)
    assert not Rsvp.objects.exists()


def test_invitation_link_page_says_that_meeting_is_over(client, member, next_meeting):
    path = build_reply_path(member, next_meeting)
    with time_machine.travel(next_meeting.ends_at + timedelta(days=1)):
        assert "This meeting has ended." in client.get(path).content.decode()
        client.post(path, {"answer": "yes"})
    assert not Rsvp.objects.exists()


def test_attendees_are_visible_to_members_only(client, delegate, organisation, member, next_meeting):
    add_reply(delegate, next_meeting, organisation=organisation)
    assert "Who will attend" not in client.get(next_meeting.get_absolute_url()).content.decode()
    client.force_login(member)
    page = client.get(next_meeting.get_absolute_url()).content.decode()
    assert organisation.name in page
    assert "Regions and groups without an attendee" not in page


def test_rapporteur_sees_missing_groups(client, delegate, organisation, rapporteur, next_meeting):
    organisation.stakeholder_group, organisation.regional_group = "government", "african"
    organisation.save()
    add_reply(delegate, next_meeting, organisation=organisation)
    client.force_login(rapporteur)
    page = client.get(next_meeting.get_absolute_url()).content.decode()
    missing = page.partition("Regions and groups without an attendee")[2].partition("</section>")[0]
    assert "Asia-Pacific Group" in missing
    assert "African Group" not in missing
    assert "Government" not in missing


def test_minors_are_not_listed(client, member, rapporteur, next_meeting):
    add_reply(member, next_meeting)
    member.is_minor, member.adult_contact = True, PersonFactory()
    member.save()
    client.force_login(rapporteur)
    assert "No one has accepted the invitation yet." in client.get(next_meeting.get_absolute_url()).content.decode()


@pytest.mark.parametrize("row_count", [1, 3])
def test_attendees_query_count_is_constant(django_assert_num_queries, coalition, next_meeting, row_count):
    for number in range(row_count):
        person = AffiliationFactory(
            organisation__coalition=coalition, person__name=f"Person {number}", may_speak=True
        ).person
        organisation = person.affiliations.get().organisation
        MembershipFactory(coalition=coalition, organisation=organisation)
        add_reply(person, next_meeting, organisation=organisation)
    with django_assert_num_queries(2):
        shown = MeetingAttendees(next_meeting)
        assert len(shown.attending_replies) == len(shown.shown_replies) == row_count
        assert len(shown.regions_without_attendee) == 5
        assert [get_display_name(row.capacity, None) for row in shown.shown_replies] == [
            row.capacity.name for row in shown.shown_replies
        ]


@pytest.mark.parametrize(
    ("text", "reply_answer"),
    [
        ("Yes", ReplyAnswer.YES),
        ("yes, with pleasure\n\nOn Monday the secretariat wrote:\n> no", ReplyAnswer.YES),
        ("\n\nNo.", ReplyAnswer.NO),
        ("I will not be there", ReplyAnswer.NO),
        ("Sorry, I am travelling", ReplyAnswer.NO),
        ("Maybe", ReplyAnswer.MAYBE),
        ("A colleague will attend", ReplyAnswer.COLLEAGUE),
        ("Oui, je viendrai", ReplyAnswer.YES),
        ("Je ne pourrai pas", ReplyAnswer.NO),
        ("Sí", ReplyAnswer.YES),
        ("نعم", ReplyAnswer.YES),
        ("Peut-être", ReplyAnswer.MAYBE),
        ("Notwithstanding the above", None),
        ("Yesterday I was away", None),
        ("> yes", ReplyAnswer.YES),
        ("", None),
        ("What is on the agenda?", None),
    ],
)
def test_rsvp_answer_is_found_in_reply_text(text, reply_answer):
    assert find_rsvp_answer(text) == reply_answer


def build_calendar_reply(meeting, attendee, participation_status="ACCEPTED", method="REPLY"):
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
            "VERSION:2.0",
            "CALSCALE:GREGORIAN",
            f"METHOD:{method}",
            "BEGIN:VEVENT",
            f"DTSTART:{meeting.starts_at:%Y%m%dT%H%M%SZ}",
            f"UID:{get_calendar_uid(meeting)}",
            f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={participation_status};",
            f' CN="A member";X-NUM-GUESTS=0:mailto:{attendee}',
            "SEQUENCE:0",
            "STATUS:CONFIRMED",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def build_google_reply(meeting, person, sender=None, **more):
    """multipart/mixed with text/calendar inside an alternative and once more as application/ics."""
    mail = EmailMessage()
    mail["From"], mail["To"] = sender or person.email, build_own_address(f"calendar+{meeting.coalition.slug}")
    mail["Subject"], mail["Message-ID"] = "Accepted: Monthly call", more.pop("message_id", "<g1@example.org>")
    mail.set_content("A member has accepted this invitation.")
    content = build_calendar_reply(meeting, person.email, **more)
    mail.add_alternative(content, subtype="calendar", params={"method": "REPLY", "charset": "UTF-8"})
    mail.add_attachment(content.encode(), maintype="application", subtype="ics", filename="invite.ics")
    return mail.as_bytes()


def build_outlook_reply(meeting, person, participation_status="TENTATIVE"):
    """The body is empty; the calendar part is the only one that says something, in base64."""
    mail = EmailMessage()
    mail["From"], mail["To"] = person.email, build_own_address(f"calendar+{meeting.coalition.slug}")
    mail["Subject"], mail["Message-ID"] = "Tentative: Monthly call", "<o1@example.org>"
    mail.set_content("\r\n")
    content = build_calendar_reply(meeting, person.email.upper(), participation_status).replace(
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "PRODID:Microsoft Exchange Server 2010"
    )
    mail.add_alternative(content, subtype="calendar", params={"method": "REPLY"}, cte="base64")
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("build_reply", "reply_answer"), [(build_google_reply, ReplyAnswer.YES), (build_outlook_reply, ReplyAnswer.MAYBE)]
)
def test_calendar_reply_is_found_in_email(member, next_meeting, build_reply, reply_answer):
    found = find_calendar_reply(build_reply(next_meeting, member))
    assert (found.uid, found.attendee, found.answer) == (get_calendar_uid(next_meeting), member.email, reply_answer)


@pytest.mark.parametrize(
    "calendar_text",
    [
        "no calendar",
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n",
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VTIMEZONE\r\nTZID:A\r\nTZID:B\r\nEND:VTIMEZONE\r\nEND:VCALENDAR",
    ],
)
def test_invalid_calendar_file_has_no_reply(calendar_text):
    mail = EmailMessage()
    mail.set_content("x")
    mail.add_alternative(calendar_text, subtype="calendar")
    assert find_calendar_reply(mail.as_bytes()) is None


def handle_calendar_email(calendar_text, coalition):
    take_email(calendar_text, [build_own_address(f"calendar+{coalition.slug}")])


def handle_authenticated_email(calendar_text, coalition, settings):
    """As our mail server hands it on once it has found that From is not forged."""
    settings.MAIL_AUTHORITY = "mx.example.org"
    passed = b"Authentication-Results: mx.example.org; dmarc=pass header.from=example.org\n"
    handle_calendar_email(passed + calendar_text, coalition)


def test_calendar_replies_are_saved(mailing_coalition, member, next_meeting, settings):
    handle_authenticated_email(build_google_reply(next_meeting, member), next_meeting.coalition, settings)
    assert Rsvp.objects.get().answer == ReplyAnswer.YES
    handle_authenticated_email(build_outlook_reply(next_meeting, member), next_meeting.coalition, settings)
    assert Rsvp.objects.get().answer == ReplyAnswer.MAYBE


@pytest.mark.parametrize(
    ("participation_status", "reply_answer"),
    [("ACCEPTED", "yes"), ("DECLINED", "no"), ("TENTATIVE", "maybe"), ("DELEGATED", "colleague")],
)
def test_unauthenticated_calendar_reply_needs_confirmation(
    mailing_coalition, client, member, next_meeting, participation_status, reply_answer
):
    handle_calendar_email(build_outlook_reply(next_meeting, member, participation_status), next_meeting.coalition)
    assert not Rsvp.objects.exists()
    message = Message.objects.get(to=member.email)
    assert message.subject == "Did you write this reply?"
    path = find_link_path(message, "/confirm/")
    client.get(path)
    assert not Rsvp.objects.exists()
    client.post(path)
    assert [(row.person, row.answer) for row in Rsvp.objects.all()] == [(member, reply_answer)]


def test_unauthenticated_calendar_reply_emails_only_members(mailing_coalition, next_meeting):
    outsider = PersonFactory(email="outsider@example.org")
    handle_calendar_email(build_outlook_reply(next_meeting, outsider), next_meeting.coalition)
    assert "nothing has been recorded" in Message.objects.get(to=outsider.email).body
    assert not PendingMail.objects.exists()


def test_calendar_reply_from_other_address_is_refused(mailing_coalition, member, delegate, next_meeting):
    handle_calendar_email(build_google_reply(next_meeting, member, sender=delegate.email), next_meeting.coalition)
    assert not Rsvp.objects.exists()
    answer = Message.objects.get(to=delegate.email)
    assert "nothing has been recorded" in answer.body


def test_calendar_request_is_not_a_reply(mailing_coalition, member, next_meeting):
    handle_calendar_email(build_google_reply(next_meeting, member, method="REQUEST"), next_meeting.coalition)
    assert not Rsvp.objects.exists()


def get_invitation_email(person, call):
    send_notifications_after_delay()
    return Message.objects.get(to=person.email, subject__contains="Invitation")


def test_invitation_has_links_and_calendar_file(mailing_coalition, client, member, next_meeting):
    message = get_invitation_email(member, next_meeting)
    links = [word for word in message.body.split() if "?answer=" in word]
    assert [link.rpartition("=")[2] for link in links] == ["yes", "maybe", "no", "colleague"]
    assert "https://example.org/room" in message.body
    client.post(links[2].removeprefix(settings.SITE_URL).partition("?")[0], {"answer": "no"})
    assert Rsvp.objects.get().answer == ReplyAnswer.NO
    event = Calendar.from_ical(message.calendar).walk("VEVENT")[0]
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert str(event["ORGANIZER"]) == f"mailto:{build_own_address('calendar+' + next_meeting.coalition.slug)}"


@pytest.mark.parametrize(
    ("text", "reply_answer"),
    [("Yes", "yes"), ("Oui\n> On Monday, we wrote:\n> yes no maybe", "yes"), ("A colleague will attend", "colleague")],
)
def test_reply_to_invitation_email_is_saved(mailing_coalition, member, next_meeting, text, reply_answer):
    message = get_invitation_email(member, next_meeting)
    deliver_email(text, to=message.reply_to, sender=member.email)
    assert Rsvp.objects.get().answer == reply_answer
    assert "has been recorded" in Message.objects.filter(to=member.email).last().body


def test_unclear_reply_gets_answer_with_link_to_page(mailing_coalition, member, next_meeting):
    message = get_invitation_email(member, next_meeting)
    deliver_email("What is on the agenda?", to=message.reply_to, sender=member.email)
    assert not Rsvp.objects.exists()
    last = Message.objects.filter(to=member.email).last()
    assert "We could not tell" in last.body
    assert reverse("meetings:meeting_reply", args=[next_meeting.coalition.slug, next_meeting.pk]) in last.body


def test_reply_to_forwarded_invitation_needs_confirmation(mailing_coalition, member, delegate, next_meeting):
    message = get_invitation_email(member, next_meeting)
    deliver_email("Yes", to=message.reply_to, sender=delegate.email)
    assert not Rsvp.objects.exists()


def test_reply_page_offers_capacities(client, delegate, organisation, next_meeting):
    client.force_login(delegate)
    url = reverse("meetings:meeting_reply", args=[next_meeting.coalition.slug, next_meeting.pk])
    page = client.get(url).content.decode()
    assert organisation.name in page
    client.post(url, {"answer": "yes", "capacity": str(organisation.pk)})
    assert Rsvp.objects.get().capacity.organisation == organisation
    refused = client.post(url, {"answer": "perhaps", "capacity": str(organisation.pk)})
    assert refused.status_code == 422


def test_account_merge_preserves_later_reply(member, organisation, delegate, next_meeting):
    add_reply(member, next_meeting, "no")
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        add_reply(delegate, next_meeting, "yes", organisation)
    merge_accounts(surviving_person=member, merged_person=delegate)
    rsvp = Rsvp.objects.get()
    assert (rsvp.person, rsvp.answer, rsvp.capacity.organisation) == (member, ReplyAnswer.YES, organisation)

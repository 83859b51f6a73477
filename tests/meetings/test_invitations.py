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
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.calendar_files import get_calendar_uid
from jukwaa.meetings.invitation_replies import find_calendar_reply, find_rsvp_answer
from jukwaa.meetings.invitations import MeetingAttendees, build_link
from jukwaa.meetings.models import Rsvp
from jukwaa.meetings.spoken_capacities import list_spoken_capacities
from jukwaa.updates.incoming import process_email as take_email
from jukwaa.updates.models import PendingMail
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory, PersonFactory
from tests.updates.mails import at, deliver, find_link_path, send_notifications_after_delay

Answer = Rsvp.Answer


@pytest.fixture
def call(coalition, rapporteur):
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


def add_reply(person, meeting, answer="yes", organisation=None):
    return actions.reply_to_invitation(actor=person, meeting=meeting, answer=answer, organisation=organisation)


def get_path(person, meeting):
    return build_link(person, meeting).removeprefix(settings.SITE_URL)


def test_later_reply_replaces_earlier_one_of_member(member, call):
    add_reply(member, call, "yes")
    add_reply(member, call, "yes")
    add_reply(member, call, "no")
    assert [row.answer for row in Rsvp.objects.all()] == [Answer.NO]


def test_representative_replies_for_organisation(delegate, organisation, call):
    assert add_reply(delegate, call, organisation=organisation).capacity.organisation == organisation


def test_reply_is_not_a_statement_of_organisation(delegate, organisation, member, call):
    add_reply(delegate, call, "yes", organisation)
    add_reply(delegate, call, "no")
    add_reply(delegate, call, "no", organisation)
    assert list_spoken_capacities(organisation, member) == []


def test_only_members_reply_for_organisations_they_represent(outsider, member, coalition, call):
    with pytest.raises(PermissionDenied, match="Only members"):
        add_reply(outsider, call)
    with pytest.raises(PermissionDenied, match="represent"):
        add_reply(member, call, organisation=OrganisationFactory(coalition=coalition))


def test_reply_to_past_or_cancelled_meeting_is_refused(rapporteur, member, call):
    with time_machine.travel(call.ends_at + timedelta(minutes=1)), pytest.raises(ActionRefused, match="has ended"):
        add_reply(member, call)
    actions.cancel_meeting(actor=rapporteur, meeting=call, reason="The chair is ill.")
    call.refresh_from_db()
    with pytest.raises(ActionRefused, match="cancelled"):
        add_reply(member, call)


def test_opening_reply_link_saves_nothing_until_confirmed(client, member, call):
    path = get_path(member, call)
    page = client.get(f"{path}?answer=maybe").content.decode()
    assert 'value="maybe"' in page
    assert not Rsvp.objects.exists()
    assert client.post(path, {"answer": "maybe"}).status_code == 302
    assert Rsvp.objects.get().person == member
    assert "Your reply: I may attend" in client.get(path).content.decode()


def test_forwarded_link_omits_name_of_recipient(client, member, call):
    page = client.get(get_path(member, call)).content.decode()
    assert member.name not in page
    assert member.email not in page
    assert f"{member.email[0]}…@" in page


@pytest.mark.parametrize("change", ["cut", "gone", "other coalition"])
def test_invalid_link_is_refused(client, member, call, other_coalition, change):
    path = get_path(member, call)
    if change == "cut":
        path = path[:-8] + "/"
    elif change == "gone":
        member.is_active = False
        member.save()
    else:
        path = path.replace(f"/{call.coalition.slug}/", f"/{other_coalition.slug}/", 1)
    answer = client.get(path)
    assert answer.status_code == 410
    assert "This link no longer works" in answer.text


def test_link_of_former_member_is_refused(client, member, call):
    path = get_path(member, call)
    member.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
    assert client.post(path, {"answer": "yes"}).status_code in (403, 404)
    assert not Rsvp.objects.exists()


def test_link_says_when_meeting_is_over(client, member, call):
    path = get_path(member, call)
    with time_machine.travel(call.ends_at + timedelta(days=1)):
        assert "This meeting has ended." in client.get(path).content.decode()
        client.post(path, {"answer": "yes"})
    assert not Rsvp.objects.exists()


def test_attendees_are_visible_to_members_only(client, delegate, organisation, member, call):
    add_reply(delegate, call, organisation=organisation)
    assert "Who will attend" not in client.get(call.get_absolute_url()).content.decode()
    client.force_login(member)
    page = client.get(call.get_absolute_url()).content.decode()
    assert organisation.name in page
    assert "Regions and groups without an attendee" not in page


def test_rapporteur_sees_missing_groups(client, delegate, organisation, rapporteur, call):
    organisation.stakeholder_group, organisation.regional_group = "government", "african"
    organisation.save()
    add_reply(delegate, call, organisation=organisation)
    client.force_login(rapporteur)
    page = client.get(call.get_absolute_url()).content.decode()
    missing = page.partition("Regions and groups without an attendee")[2].partition("</section>")[0]
    assert "Asia-Pacific Group" in missing
    assert "African Group" not in missing
    assert "Government" not in missing


def test_minors_are_not_listed(client, member, rapporteur, call):
    add_reply(member, call)
    member.is_minor, member.adult_contact = True, PersonFactory()
    member.save()
    client.force_login(rapporteur)
    assert "No one has accepted the invitation yet." in client.get(call.get_absolute_url()).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_attendees_query_count_is_constant(django_assert_num_queries, coalition, call, rows):
    for number in range(rows):
        person = AffiliationFactory(
            organisation__coalition=coalition, person__name=f"Person {number}", may_speak=True
        ).person
        organisation = person.affiliations.get().organisation
        MembershipFactory(coalition=coalition, organisation=organisation)
        add_reply(person, call, organisation=organisation)
    with django_assert_num_queries(2):
        shown = MeetingAttendees(call)
        assert len(shown.coming) == len(shown.shown) == rows
        assert len(shown.regions_without_attendee) == 5
        assert [get_display_name(row.capacity, None) for row in shown.shown] == [
            row.capacity.name for row in shown.shown
        ]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Yes", Answer.YES),
        ("yes, with pleasure\n\nOn Monday the secretariat wrote:\n> no", Answer.YES),
        ("\n\nNo.", Answer.NO),
        ("I will not be there", Answer.NO),
        ("Sorry, I am travelling", Answer.NO),
        ("Maybe", Answer.MAYBE),
        ("A colleague will attend", Answer.COLLEAGUE),
        ("Oui, je viendrai", Answer.YES),
        ("Je ne pourrai pas", Answer.NO),
        ("Sí", Answer.YES),
        ("نعم", Answer.YES),
        ("Peut-être", Answer.MAYBE),
        ("Notwithstanding the above", None),
        ("Yesterday I was away", None),
        ("> yes", Answer.YES),
        ("", None),
        ("What is on the agenda?", None),
    ],
)
def test_find_answer(text, answer):
    assert find_rsvp_answer(text) == answer


def build_calendar_reply(meeting, attendee, partstat="ACCEPTED", method="REPLY"):
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
            f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat};",
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
    mail["From"], mail["To"] = sender or person.email, at(f"calendar+{meeting.coalition.slug}")
    mail["Subject"], mail["Message-ID"] = "Accepted: Monthly call", more.pop("message_id", "<g1@example.org>")
    mail.set_content("A member has accepted this invitation.")
    content = build_calendar_reply(meeting, person.email, **more)
    mail.add_alternative(content, subtype="calendar", params={"method": "REPLY", "charset": "UTF-8"})
    mail.add_attachment(content.encode(), maintype="application", subtype="ics", filename="invite.ics")
    return mail.as_bytes()


def build_outlook_reply(meeting, person, partstat="TENTATIVE"):
    """The body is empty; the calendar part is the only one that says something, in base64."""
    mail = EmailMessage()
    mail["From"], mail["To"] = person.email, at(f"calendar+{meeting.coalition.slug}")
    mail["Subject"], mail["Message-ID"] = "Tentative: Monthly call", "<o1@example.org>"
    mail.set_content("\r\n")
    content = build_calendar_reply(meeting, person.email.upper(), partstat).replace(
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "PRODID:Microsoft Exchange Server 2010"
    )
    mail.add_alternative(content, subtype="calendar", params={"method": "REPLY"}, cte="base64")
    return mail.as_bytes()


@pytest.mark.parametrize(("write", "answer"), [(build_google_reply, Answer.YES), (build_outlook_reply, Answer.MAYBE)])
def test_find_calendar_reply(member, call, write, answer):
    found = find_calendar_reply(write(call, member))
    assert (found.uid, found.attendee, found.answer) == (get_calendar_uid(call), member.email, answer)


@pytest.mark.parametrize(
    "content",
    [
        "no calendar",
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n",
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VTIMEZONE\r\nTZID:A\r\nTZID:B\r\nEND:VTIMEZONE\r\nEND:VCALENDAR",
    ],
)
def test_find_calendar_reply_ignores_broken_files(content):
    mail = EmailMessage()
    mail.set_content("x")
    mail.add_alternative(content, subtype="calendar")
    assert find_calendar_reply(mail.as_bytes()) is None


def handle_email(content, coalition):
    take_email(content, [at(f"calendar+{coalition.slug}")])


def handle_authenticated_email(content, coalition, settings):
    """As our mail server hands it on once it has found that From is not forged."""
    settings.MAIL_AUTHORITY = "mx.example.org"
    passed = b"Authentication-Results: mx.example.org; dmarc=pass header.from=example.org\n"
    handle_email(passed + content, coalition)


def test_calendar_replies_are_saved(released, member, call, settings):
    handle_authenticated_email(build_google_reply(call, member), call.coalition, settings)
    assert Rsvp.objects.get().answer == Answer.YES
    handle_authenticated_email(build_outlook_reply(call, member), call.coalition, settings)
    assert Rsvp.objects.get().answer == Answer.MAYBE


@pytest.mark.parametrize(
    ("partstat", "answer"),
    [("ACCEPTED", "yes"), ("DECLINED", "no"), ("TENTATIVE", "maybe"), ("DELEGATED", "colleague")],
)
def test_unauthenticated_calendar_reply_needs_confirmation(released, client, member, call, partstat, answer):
    handle_email(build_outlook_reply(call, member, partstat), call.coalition)
    assert not Rsvp.objects.exists()
    message = Message.objects.get(to=member.email)
    assert message.subject == "Did you write this reply?"
    path = find_link_path(message, "/confirm/")
    client.get(path)
    assert not Rsvp.objects.exists()
    client.post(path)
    assert [(row.person, row.answer) for row in Rsvp.objects.all()] == [(member, answer)]


def test_unauthenticated_calendar_reply_emails_only_members(released, call):
    outsider = PersonFactory(email="outsider@example.org")
    handle_email(build_outlook_reply(call, outsider), call.coalition)
    assert "nothing has been recorded" in Message.objects.get(to=outsider.email).body
    assert not PendingMail.objects.exists()


def test_calendar_reply_from_other_address_is_refused(released, member, delegate, call):
    handle_email(build_google_reply(call, member, sender=delegate.email), call.coalition)
    assert not Rsvp.objects.exists()
    answer = Message.objects.get(to=delegate.email)
    assert "nothing has been recorded" in answer.body


def test_calendar_request_is_not_a_reply(released, member, call):
    handle_email(build_google_reply(call, member, method="REQUEST"), call.coalition)
    assert not Rsvp.objects.exists()


def get_invitation(person, call):
    send_notifications_after_delay()
    return Message.objects.get(to=person.email, subject__contains="Invitation")


def test_invitation_has_links_and_calendar_file(released, client, member, call):
    message = get_invitation(member, call)
    links = [word for word in message.body.split() if "?answer=" in word]
    assert [link.rpartition("=")[2] for link in links] == ["yes", "maybe", "no", "colleague"]
    assert "https://example.org/room" in message.body
    client.post(links[2].removeprefix(settings.SITE_URL).partition("?")[0], {"answer": "no"})
    assert Rsvp.objects.get().answer == Answer.NO
    event = Calendar.from_ical(message.calendar).walk("VEVENT")[0]
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert str(event["ORGANIZER"]) == f"mailto:{at('calendar+' + call.coalition.slug)}"


@pytest.mark.parametrize(
    ("text", "answer"),
    [("Yes", "yes"), ("Oui\n> On Monday, we wrote:\n> yes no maybe", "yes"), ("A colleague will attend", "colleague")],
)
def test_reply_to_invitation_email_is_saved(released, member, call, text, answer):
    message = get_invitation(member, call)
    deliver(text, to=message.reply_to, sender=member.email)
    assert Rsvp.objects.get().answer == answer
    assert "has been recorded" in Message.objects.filter(to=member.email).last().body


def test_unclear_reply_leads_to_page(released, member, call):
    message = get_invitation(member, call)
    deliver("What is on the agenda?", to=message.reply_to, sender=member.email)
    assert not Rsvp.objects.exists()
    last = Message.objects.filter(to=member.email).last()
    assert "We could not tell" in last.body
    assert reverse("meetings:meeting_reply", args=[call.coalition.slug, call.pk]) in last.body


def test_reply_to_forwarded_invitation_needs_confirmation(released, member, delegate, call):
    message = get_invitation(member, call)
    deliver("Yes", to=message.reply_to, sender=delegate.email)
    assert not Rsvp.objects.exists()


def test_page_offers_capacities(client, delegate, organisation, call):
    client.force_login(delegate)
    url = reverse("meetings:meeting_reply", args=[call.coalition.slug, call.pk])
    page = client.get(url).content.decode()
    assert organisation.name in page
    client.post(url, {"answer": "yes", "capacity": str(organisation.pk)})
    assert Rsvp.objects.get().capacity.organisation == organisation
    refused = client.post(url, {"answer": "perhaps", "capacity": str(organisation.pk)})
    assert refused.status_code == 422


def test_merged_accounts_keep_later_reply(member, organisation, delegate, call):
    add_reply(member, call, "no")
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        add_reply(delegate, call, "yes", organisation)
    merge_accounts(kept=member, other=delegate)
    rsvp = Rsvp.objects.get()
    assert (rsvp.person, rsvp.answer, rsvp.capacity.organisation) == (member, Answer.YES, organisation)

"""A commitment stays when the meeting that it was first made in is withdrawn, if another report gives it, too."""

import re

from django.urls import reverse

from jukwaa.meetings.actions import withdraw_meeting
from jukwaa.meetings.models import Commitment, Entry
from tests.intake.test_continued_commitments import JUNE, MARCH, SEPTEMBER, add_report


def test_commitments_move_to_the_earliest_later_report(client, coalition, rapporteur, coordinator, member):
    march, june, september = (add_report(coalition, rapporteur, day).meeting for day in (MARCH, JUNE, SEPTEMBER))
    client.force_login(coordinator)
    url = reverse("meetings:meeting_withdraw", args=[coalition.slug, march.pk])

    page = client.get(url).text
    client.post(url, {"reason": "Wrong meeting"})

    assert "2 commitments are also in later reports, and will move to those meetings." in page
    visible = Entry.objects.visible_to(member).filter(kind="commitment").order_by("meeting__starts_on", "position")
    assert [(entry.meeting, entry.text.partition(" ")[0], entry.commitment.progress) for entry in visible] == [
        (june, "Print", "in-hand"),
        (june, "Send", "kept"),
        (june, "Draft", "kept"),
        (september, "Write", "open"),
    ]
    assert {entry.happened_on for entry in visible if entry.meeting == june} == {june.happened_on}
    client.force_login(member)
    assert "concept note" in client.get(june.get_absolute_url()).text
    assert "concept note" in client.get(visible[2].get_absolute_url()).text


def test_commitments_of_no_other_published_report_are_withdrawn(coalition, rapporteur, coordinator, member):
    march, june = (add_report(coalition, rapporteur, day).meeting for day in (MARCH, JUNE))
    withdraw_meeting(actor=coordinator, meeting=june, reason="Wrong meeting")

    withdraw_meeting(actor=coordinator, meeting=march, reason="Wrong meeting")

    assert Commitment.objects.count() == 4
    assert not Entry.objects.visible_to(member).filter(kind="commitment").exists()


def test_meeting_page_leads_to_commitments_carried_to_it(client, coalition, rapporteur, member):
    add_report(coalition, rapporteur, MARCH)
    meeting = add_report(coalition, rapporteur, JUNE).meeting
    client.force_login(member)

    page = client.get(meeting.get_absolute_url()).text
    url = re.search('href="([^"]*)">Commitments of this meeting', page)[1]

    assert "concept note" in client.get(url).text

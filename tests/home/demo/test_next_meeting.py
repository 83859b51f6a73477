"""The next meeting of the demo has an agenda that was sent, papers, updates and replies."""

from django.utils import timezone

from jukwaa.meetings.models import Agenda, Meeting, MemberUpdate, Paper, Rsvp


def test_next_meeting_has_agenda_papers_updates_and_replies(demo_coalition, db):
    meeting = Meeting.objects.of(demo_coalition).get(starts_at__gt=timezone.now())

    assert Agenda.objects.get(meeting=meeting).sent_at is not None
    assert Paper.objects.filter(part__meeting=meeting).count() == 3
    assert MemberUpdate.objects.filter(meeting=meeting).count() == 2
    assert set(Rsvp.objects.filter(meeting=meeting).values_list("answer", flat=True)) == {"yes", "maybe", "colleague"}

"""What every email has in which somebody is asked to attend a meeting."""

from jukwaa.accounts.models import Person
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.meetings.invitations import build_invitation_link
from jukwaa.meetings.models import Meeting, Rsvp
from jukwaa.meetings.participants import count_members_wanting, find_invited_members
from jukwaa.updates.models import EmailTopic, MailChoice

# With which the subjects of reply addresses begin: the reply to a series is for the meeting and the later ones.
INVITATION_REPLY_PREFIX, SERIES_REPLY_PREFIX = "invitation", "series-invitation"


def count_invited_members(meeting: Meeting) -> int | None:
    """Return how many members will get the invitation; None where not every member may read the meeting.

    People without an email address, and those who turned off such emails, are not among them.
    """
    if meeting.invites == Meeting.Invites.EVERYONE:
        return count_every_member(meeting)
    if meeting.label not in LABELS_READABLE_BY_EMAIL:
        return None
    people = find_invited_members(meeting)
    return len(MailChoice.objects.find_wanting_person_ids(people, meeting.coalition, EmailTopic.CONCERNS))


def count_every_member(meeting: Meeting) -> int | None:
    """Return how many members would get the invitation if everyone were invited, as `count_invited_members`."""
    if meeting.label not in LABELS_READABLE_BY_EMAIL:
        return None
    return count_members_wanting(meeting.coalition, EmailTopic.CONCERNS)


def get_reply_links(person: Person, meeting: Meeting, *, is_for_series: bool = False) -> list[tuple[str, str]]:
    """Return each answer with the link that selects it, for this meeting or for the later ones of its series too."""
    link, more = build_invitation_link(person, meeting), "&series=all" if is_for_series else ""
    return [(str(answer.label), f"{link}?answer={answer.value}{more}") for answer in Rsvp.Answer]

"""What every email has in which somebody is asked to attend a meeting."""

from jukwaa.accounts.models import Person
from jukwaa.meetings.invitations import build_link
from jukwaa.meetings.models import Meeting, Rsvp

INVITATION_REPLY_PREFIX = "invitation"  # with which the subjects of reply addresses begin


def get_reply_links(person: Person, meeting: Meeting) -> list[tuple[str, str]]:
    """Return each answer with the link that selects it."""
    link = build_link(person, meeting)
    return [(str(answer.label), f"{link}?answer={answer.value}") for answer in Rsvp.Answer]

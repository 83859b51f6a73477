"""What every email has in which somebody is asked to attend a meeting."""

from jukwaa.accounts.models import Person
from jukwaa.meetings.invitations import build_link
from jukwaa.meetings.models import Meeting, Rsvp

# With which the subjects of reply addresses begin: the reply to a series is for the meeting and the later ones.
INVITATION_REPLY_PREFIX, SERIES_REPLY_PREFIX = "invitation", "series-invitation"


def get_reply_links(person: Person, meeting: Meeting, *, is_for_series: bool = False) -> list[tuple[str, str]]:
    """Return each answer with the link that selects it, for this meeting or for the later ones of its series too."""
    link, more = build_link(person, meeting), "&series=all" if is_for_series else ""
    return [(str(answer.label), f"{link}?answer={answer.value}{more}") for answer in Rsvp.Answer]

"""What the tests of the desk share: a document in the style of the reports that people bring."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.intake.actions import ReadingDetails, start_reading
from jukwaa.intake.models import Reading

REPORT_TEXT = """Report of the session in Nairobi

Attendees: Members of the coalition, Helpline One

New attendees: Ministry of Children

The chair of the coalition Helpline One proposed to start working on the agenda of the next forum.
Helpline One offered to provide training to the other members.

It was agreed that the members would continue to share good practices.

The coordinator will submit the proposal by 15 March 2027.
"""


def create_reading(coalition: Coalition, actor: Person, text: str = REPORT_TEXT, **about) -> Reading:
    """A reading at the desk."""
    about.setdefault("meeting_title", "Session in Nairobi")
    extracted = ExtractedText(text, "text/plain")
    return start_reading(
        actor=actor, coalition=coalition, reading_details=ReadingDetails(**about), extracted_text=extracted
    ).reading

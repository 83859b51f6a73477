"""Actions of an earlier meeting, each in a paragraph that ends with how far it is."""

import re

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.markers import NAMES_PATTERN, split_owner_names
from jukwaa.intake.reader.note_tails import PERSONAL_TITLE
from jukwaa.intake.reader.passage import SentenceUnit
from jukwaa.intake.reader.translation_marker import gettext_noop as _

# "Minute 34/25, A9/1.", "Action 9/1:"; a letter of a decision says that it is none.
REFERENCE_PATTERN = re.compile(
    r"\W*(?:Min(?:ute)?s?\.? \d[\d./-]*,? )?(?:(?:ACTION|Action|AP|AI) [A-Z]{0,3}\d{1,3}(?:[/.-]\d{1,4})?"
    r"|(?![DR]\d)[A-Z]{1,3}\d{1,3}[/-]\d{1,4})\s?[.:](?:\s+|$)"
)
# "CARRIED FORWARD, new date 30 April 2026 (Ms Lopes, Mr Okoro).", "CLOSED."
STATUS_PATTERN = re.compile(
    r"(?P<status>carried (?:forward|over)|closed|completed?|done|discharged|withdrawn|dropped|cancelled|deferred"
    r"|in progress|ongoing|pending)\b"
    r"(?P<more>(?:[,;:]| to\b| until\b)[^().]{3,60}?)?\s{0,3}(?:\((?P<who>[^()]{3,80})\))?\W{0,10}",
    re.IGNORECASE,
)
NEW_DATE_PATTERN = re.compile(r"^\W*(?:(?:new|revised) (?:date|deadline)\b\W*|(?:to|until)\b)?\s*", re.IGNORECASE)
DONE_BY_PATTERN = re.compile(rf"\bby (?P<who>{PERSONAL_TITLE}{NAMES_PATTERN})")
MIN_TASK_WORDS = 3


def build_reviewed_action_claim(unit: SentenceUnit) -> Claim | None:
    """The action whose task this sentence is, with the owners, deadline and status at the end of the paragraph."""
    text, spans = unit.passage.text, unit.passage.spans
    first, last = text[slice(*spans[0])], text[slice(*spans[-1])]
    reference, status = REFERENCE_PATTERN.match(first), STATUS_PATTERN.fullmatch(last)
    if reference is None or status is None:
        return None
    at = int(reference.end() == len(first))  # the reference alone may be the first sentence
    sentence = text[slice(*spans[at])] if at < len(spans) - 1 else ""
    task = sentence if at else sentence[reference.end() :]
    if unit.quote != sentence or len(task.split()) < MIN_TASK_WORDS or task.endswith("?"):
        return None
    done_by = DONE_BY_PATTERN.search(text, spans[at][1], spans[-1][0])
    owners = split_owner_names(status["who"] or (done_by["who"] if done_by else ""))
    more = status["more"] or ""
    due = find_deadline(more) or (find_deadline(f"by {NEW_DATE_PATTERN.sub('', more)}") if more else "")
    why = _("the sentence is marked as an action")
    return Claim("commitment", STRONG, why, owners, due=due, words=task, status=status["status"])

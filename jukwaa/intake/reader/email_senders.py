"""Who "I" and "me" are in a report that was sent as an email: its sender."""

import re
from bisect import bisect_right
from dataclasses import replace

from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.email_lines import find_email_headers
from jukwaa.intake.reader.model import Reading, Suggestion
from jukwaa.intake.reader.translation_marker import gettext_noop as _

OWN_TASK_PATTERN = re.compile(
    r"[\W_]*(?:me|myself|moi|yo|eu|ich|mimi)\s?(?::|[-–—])\s|.*\s[-–—]\s(?:me|myself|moi|yo|eu|ich)(?:\s?$|\s[-–—(]|,)",
    re.IGNORECASE | re.DOTALL,
)
OWN_PROMISE_PATTERN = re.compile(
    r"\bI(?: will|[’']ll| shall) (?:also |then )?(?!be\b|not\b|have\b|miss\b)[a-z]+ "
    r"|\bI (?:still |also )?(?:owe|promised to|undertook to|need to|have to)\b"
)
SENDER_PRESENT_PATTERN = re.compile(
    r"(?:,| and| &| et| y| e| und) (?:me|myself|moi|yo|eu|ich)\b|,? and (?-i:I)\b|[:،] ?و?أنا\b|: (?:me|yo|moi|eu)\b",
    re.IGNORECASE,
)
# "Yo convoco la llamada", behind "Pendientes:".
OWN_PRESENT_PATTERN = re.compile(r"[\W_]*(?:I|Yo|Je|J[’']|Eu|Ich|Saya)\b ?(?=[^\W\d_A-Z])")
OWN_PROMISE_REASON = _("the sentence says that its sender will do something")
TURNED_KINDS = frozenset({"observation", "report", "offer"})


def name_email_senders(parsed_report: Reading) -> Reading:
    """The same suggestions, with the sender as the owner of "me: send the list", and among those present."""
    headers = find_email_headers(parsed_report.text)
    if not headers:
        return parsed_report
    starts = [header.start() for header in headers]
    named: list[Suggestion] = []
    for made in parsed_report.suggestions:
        place = bisect_right(starts, made.start)
        is_same_sentence = bool(named) and (named[-1].kind, named[-1].start) == ("attendee", made.start)
        named.append(
            made if is_same_sentence or not place else _name_sender(made, headers[place - 1]["sender"].strip())
        )
    return replace(parsed_report, suggestions=tuple(named))


def _name_sender(made: Suggestion, sender: str) -> Suggestion:
    if made.kind == "attendee" and SENDER_PRESENT_PATTERN.search(made.quote) and sender not in made.actors:
        return replace(made, actors=(*made.actors, sender))
    promise = OWN_TASK_PATTERN.match(made.quote) or OWN_PROMISE_PATTERN.search(made.quote)
    promise = promise or OWN_PRESENT_PATTERN.match(made.words or made.quote)
    is_own = promise is not None or made.why == OWN_PROMISE_REASON
    if made.kind == "commitment" and not made.owner and is_own:
        return replace(made, actors=(sender,), owner=sender)
    due = find_deadline(made.quote) if made.kind in TURNED_KINDS and OWN_PROMISE_PATTERN.search(made.quote) else ""
    if not due:
        return made
    return replace(made, kind="commitment", actors=(sender,), owner=sender, due=due, why=OWN_PROMISE_REASON)

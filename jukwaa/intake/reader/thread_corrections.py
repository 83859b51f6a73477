"""Emails of a thread that may change what an email before them said: a deadline, or the date of the next meeting."""

import re
from bisect import bisect_right
from dataclasses import replace

from jukwaa.intake.reader.email_lines import find_email_headers
from jukwaa.intake.reader.model import Reading, Sentence, Suggestion
from jukwaa.intake.reader.translation_marker import gettext_noop as _

CORRECTION_REASON = _("a later email may change the date: compare both before you accept it")
_DATE = r"\b\d{1,2}(?:st|nd|rd|th|er|º)?\b"
MOVED_PATTERN = re.compile(
    r"\b(?:move[ds]?|postpone|reschedul\w+|instead|shift|chang\w+|push|bring forward|déplacer|reporter|repousser"
    r"|décaler"
    r"|avancer|mover|aplazar|cambiar|posponer|adiar|mudar|alterar|passar para)\b",
    re.IGNORECASE,
)
MEETING_PATTERN = re.compile(
    r"\b(?:call|meeting|session|réunion|séance|appel|reunión|sesión|llamada|reunião|chamada|sessão|encontro|mkutano)\b",
    re.IGNORECASE,
)
_ASKED = (
    r"\b(?:could|can|may) (?:i|we) (?:have|get|take|send)\b|\bextension|\bmore time|\bpuis-je|\bpourrais-je"
    r"|\bplus de temps"
    r"|\bpuedo|\bpodemos|\bpodríamos|\bposso|\bpodia"
)
ASKED_DEADLINE_PATTERN = re.compile(rf"(?:{_ASKED}).{{0,60}}?{_DATE}", re.IGNORECASE)
OTHER_DEADLINE_PATTERN = re.compile(
    rf"(?:{_ASKED}|\buntil\b|\bis (?:fine|ok)\b|\binstead|\bjusqu[’']au|\bhasta el|\baté (?:ao dia "
    rf"|dia )?).{{0,60}}?{_DATE}|{_DATE}.{{0,40}}?\b(?:is (?:fine|ok)|works|convient|va bien|está bem|serve)\b",
    re.IGNORECASE,
)


def mark_dates_changed_later(parsed_report: Reading) -> Reading:
    """The same suggestions, with another reason where a later email may have changed their date."""
    changed = {id(made) for made, _sentence in find_later_corrections(parsed_report)}
    suggestions = tuple(
        replace(made, why=CORRECTION_REASON) if id(made) in changed else made for made in parsed_report.suggestions
    )
    return replace(parsed_report, suggestions=suggestions)


def find_later_corrections(parsed_report: Reading) -> list[tuple[Suggestion, Sentence]]:
    """Each suggestion with a date that a later email may change, and the sentence that does."""
    headers = find_email_headers(parsed_report.text)
    starts = [header.start() for header in headers]
    found = []
    for made in parsed_report.suggestions:
        place = bisect_right(starts, made.start)
        if place == len(starts) or not (made.kind == "next_meeting" or (made.kind == "commitment" and made.due)):
            continue
        for sentence in parsed_report.sentences:
            later = bisect_right(starts, sentence.start)
            if later > place and _may_change_date(made, sentence.quote, headers[later - 1]["sender"]):
                found.append((made, sentence))
    return found


def _may_change_date(made: Suggestion, sentence: str, sender: str) -> bool:
    if made.kind == "next_meeting":
        return bool(MOVED_PATTERN.search(sentence) and MEETING_PATTERN.search(sentence) and re.search(_DATE, sentence))
    first_names = {name.split()[0].lower() for name in made.actors if name.split()}
    if sender.split(maxsplit=1)[0].lower() in first_names:
        return ASKED_DEADLINE_PATTERN.search(sentence) is not None
    is_about_owner = any(re.search(rf"\b{re.escape(name)}\b", sentence.lower()) for name in first_names)
    return is_about_owner and OTHER_DEADLINE_PATTERN.search(sentence) is not None

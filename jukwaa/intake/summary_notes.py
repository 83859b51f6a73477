"""Summaries that a program wrote of a call: "Quick recap", "Next steps", "Summary".

Such a summary tells at length what people said. Only its list of next steps, plain decisions, the next meeting, and who
took part are for the record.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext_noop as _

from jukwaa.intake import reader
from jukwaa.intake.reader.names import parse_listed_names

BOILERPLATE_PATTERN = re.compile(
    r"\bAI[- ]generated\b|\bgenerated (?:by|with|using) (?:an? )?AI\b|\bAI (?:Companion|summary|notes)\b"
    r"|\bhas shared the (?:meeting|call) summary\b|\brate the (?:accuracy|quality) of (?:this|the) (?:summary|notes)\b"
    r"|\b(?:automatically|auto-?) ?(?:generated|transcribed)\b|\bnotes by Gemini\b"
    r"|\bsummary (?:was|is) (?:accurate|helpful|useful)\b|\balways check for accuracy\b",
    re.IGNORECASE,
)
RECAP_HEADING_PATTERN = re.compile(r"^[\W_]*quick recap[\W_]*$", re.IGNORECASE | re.MULTILINE)
STEPS_HEADING_PATTERN = re.compile(
    r"^[\W_]*(?:(?:suggested )?next steps|action items)[\W_]*$", re.IGNORECASE | re.MULTILINE
)
PLAIN_DECISION_PATTERN = re.compile(
    r"\b(?:agreed|decided|settled|resolved|approved|adopted|(?:was|were|reached) (?:an )?agreement|consensus)\b",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_a-z][\w\u2019'-]+(?: [^\W\d_a-z][\w\u2019'-]+){0,3}"
LED_PATTERN = re.compile(
    rf"(?P<chair>{_NAME}) (?:led|chaired|facilitated|moderated|hosted) the (?:discussion|meeting|call|session)"
    rf"(?: on [^.]{{3,60}}?)? with (?P<others>{_NAME}(?:(?:, (?:and )?| and ){_NAME})*)\W*$"
)
MAX_ACTOR_WORDS = 5


def keep_entries_of_summary(parsed_report: reader.Reading) -> reader.Reading:
    """The same suggestions, without what the summary of a program only tells; other reports as they are."""
    if not is_summary_by_program(parsed_report.text):
        return parsed_report
    units = {sentence.start: sentence.unit for sentence in parsed_report.sentences}
    kept = [
        replace(made, actors=tuple(name for name in made.actors if len(name.split()) <= MAX_ACTOR_WORDS))
        for made in parsed_report.suggestions
        if _is_for_record(made, units.get(made.start, "")) and not BOILERPLATE_PATTERN.search(made.quote)
    ]
    if not any(made.kind == "attendee" for made in kept):
        kept += _iter_participants(parsed_report)
    return replace(parsed_report, suggestions=tuple(sorted(kept, key=lambda made: made.start)))


def is_summary_by_program(text: str) -> bool:
    has_steps = STEPS_HEADING_PATTERN.search(text) is not None
    return has_steps and bool(RECAP_HEADING_PATTERN.search(text) or BOILERPLATE_PATTERN.search(text))


def _is_for_record(made: reader.Suggestion, unit: str) -> bool:
    if made.kind == "commitment":
        return unit == "bullet"
    return made.kind in {"attendee", "next_meeting"} or (
        made.kind == "decision" and PLAIN_DECISION_PATTERN.search(made.quote) is not None
    )


def _iter_participants(parsed_report: reader.Reading) -> Iterator[reader.Suggestion]:
    """Who took part, by a sentence such as "Ana led the discussion with Ben and Dina"."""
    for sentence in parsed_report.sentences:
        told = LED_PATTERN.search(" ".join(sentence.quote.split()))
        if told is None:
            continue
        place = (sentence.start, sentence.end, sentence.quote)
        why = _("the sentence is in a list of participants")
        chair = _find_full_name(told["chair"], parsed_report.text)
        yield reader.Suggestion("attendee", (chair,), *place, why, is_chair=True)
        others = tuple(
            _find_full_name(name, parsed_report.text) for name in parse_listed_names(told["others"], has_own_line=False)
        )
        yield reader.Suggestion("attendee", others, *place, why)
        return


def _find_full_name(first_name: str, text: str) -> str:
    """The one longer name in the text that begins with this first name, and has an organisation in brackets."""
    longer = set(re.findall(rf"\b{re.escape(first_name)}(?: [^\W\d_a-z][\w\u2019'-]+){{1,3}}(?= \()", text))
    return longer.pop() if len(longer) == 1 and " " not in first_name else first_name

"""The fields between two lines of dashes at the beginning of a Markdown file."""

import re

from jukwaa.intake.reader.report_line import Line

FRONT_MATTER_KEY_PATTERN = re.compile(
    r"(?:(?P<people>(?:participants?|attendees?|present|presentes|présents|participantes|asistentes)\s?:"
    r"(?=\s*(?:[\[\"']|$|(?-i:[A-Z@])\w*[ ,])))|[\w-]+\s?:)",
    re.IGNORECASE,
)


def mark_front_matter(report_lines: list[Line]) -> None:
    if not report_lines or report_lines[0].text.strip() != "---":
        return
    for number, line in enumerate(report_lines[1:80], start=1):
        if line.text.strip() == "---":
            _hide_front_matter_lines(report_lines[: number + 1])
            return


def _hide_front_matter_lines(report_lines: list[Line]) -> None:
    """All but who came: "participants: [Ana Lopes, Ben Okoro]", or names below "attendees:"."""
    is_people = False
    for line in report_lines:
        if match := FRONT_MATTER_KEY_PATTERN.match(line.text):
            is_people = match["people"] is not None
        if not is_people or line.text.strip() == "---":
            line.kind = "furniture"

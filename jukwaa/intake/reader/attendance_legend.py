"""Lists of members in which a sign marks those who came, and a line says so: "* indicates attending", "+ = present"."""

import re

from jukwaa.intake.reader.names import PERSON_NAME_PATTERN
from jukwaa.intake.reader.passage import Passage

LEGEND_PATTERN = re.compile(
    r"[\W_]*?[\"“'‘(\[]?\s?(?P<sign>[*+†‡#^x✓✔]|\(p\))\s?[\"”'’)\]]?\s*(?:[=:–—-]|indicates?|denotes?|means?|marks?|shows?)\s*"
    r"(?:(?:those|members?|people|persons?|who|were|was|in) )*(?:attend(?:ing|ed|ance|ees?)?|present)\b.{0,30}$",
    re.IGNORECASE,
)
ENTRY_SEPARATOR_PATTERN = re.compile(r"\s[–—/|-]\s|[,;:]\s|\s/|/\s")
MAX_LEGEND_LENGTH = 80
MAX_LEGEND_DISTANCE = 60  # entries between the legend and the list that it explains


def mark_attendees_by_legend(passages: list[Passage], text: str) -> None:
    """Settle who came in the lists that such a legend explains: nobody else in them did."""
    for place, passage in enumerate(passages):
        line = text[text.rfind("\n", 0, passage.block.start) + 1 : passage.block.end]  # its sign may look like a bullet
        match = LEGEND_PATTERN.match(line) if len(line) <= MAX_LEGEND_LENGTH else None
        if match is None:
            continue
        before = passages[max(0, place - MAX_LEGEND_DISTANCE) : place]
        entries = _collect_list_entries_with_sign(before[::-1], match["sign"]) or _collect_list_entries_with_sign(
            passages[place + 1 : place + MAX_LEGEND_DISTANCE], match["sign"]
        )
        for entry in entries:
            entry.signed_people = _find_names_with_sign(entry.text, match["sign"])
            entry.absent = not entry.signed_people
            entry.role, entry.lead = "attendee", ""
        passage.absent = bool(entries)


def _collect_list_entries_with_sign(passages: list[Passage], sign: str) -> list[Passage]:
    """The entries of the nearest list, if some of them have the sign."""
    entries: list[Passage] = []
    for passage in passages:
        if passage.block.kind != "bullet":
            break
        entries.append(passage)
    return entries if sum(bool(_find_names_with_sign(entry.text, sign)) for entry in entries) > 1 else []


def _find_names_with_sign(phrase: str, sign: str) -> tuple[str, ...]:
    names = []
    for part in ENTRY_SEPARATOR_PATTERN.split(phrase):
        name = re.sub(r"\s*\([^()]*\)\s*(?=\W*$)", "", part.replace(sign, "").strip(" .,")).strip()
        if sign in part and PERSON_NAME_PATTERN.match(name):
            names.append(name)
    return tuple(names)

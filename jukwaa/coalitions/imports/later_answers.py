"""People who answered a form twice: the later answer counts, if the form has noted when each one was sent."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, time, timedelta

from jukwaa.coalitions.imports.contact_headings import OPTED_OUT, asks_for_consent, asks_for_wish
from jukwaa.coalitions.imports.contact_parsing import find_email_addresses
from jukwaa.coalitions.imports.contact_remarks import find_places_of_remark
from jukwaa.coalitions.imports.dates import InvalidDateError, parse_date
from jukwaa.coalitions.imports.email_wishes import is_consent
from jukwaa.coalitions.imports.registration_forms import find_timestamp_column
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY
from jukwaa.coalitions.known_people import get_person_name_key
from jukwaa.coalitions.models import Import, ImportRow
from jukwaa.places.text_folding import fold_text

_TIME_PATTERN = re.compile(
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:\.\d+)?"
    r"(?:\s*(?:(?P<half>[ap])\.?\s?m\b\.?|(?P<arabic>[صم])(?:باح\w*|ساء\w*)?(?!\w)).*)?",
    re.IGNORECASE,
)
_DATE_PATTERN = re.compile(r"\d+[./-]\d+[./-]\d+")
_UNKNOWN_WORD_PATTERN = re.compile(r"[^\W\d_A-Z]")  # "AEST" and "T" are no words for half a day
_OFFSET_PATTERN = re.compile(r"(?P<sign>[+\u2212-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?(?!\d)")
_ZONE_PATTERN = re.compile(r"\b(?:[A-Z]{3,5}|Z)\b")
_RESTRICTED_PATTERN = re.compile(
    f" (?:{'|'.join(map(fold_text, IMPORT_VOCABULARY['contact_remarks']['restricted']))}) "
)
HOURS_OF_HALF_DAY = 12

type SubmissionTime = tuple[str, datetime]  # with the time zone: only times of one can be compared


def find_later_answers(import_rows: Iterable[ImportRow]) -> dict[int, int]:
    """By the numbers of rows, that of the latest row with the same address. Rows of members are not compared."""
    rows_by_address: dict[str, list[ImportRow]] = {}
    for row in import_rows:
        if address := _get_address(row):
            rows_by_address.setdefault(address, []).append(row)
    return {number: latest.number for rows in rows_by_address.values() for number, latest in _iter_later_rows(rows)}


def find_outdated_refusals(import_rows: Iterable[ImportRow]) -> set[int]:
    """The numbers of rows of people who did not want emails, and who agreed later to the same question.

    A remark of a coordinator is no answer, and another person with the same address has agreed to nothing.
    """
    rows_by_person: dict[tuple[str, str], list[ImportRow]] = {}
    for row in import_rows:
        if address := _get_address(row):
            rows_by_person.setdefault((address, get_person_name_key(str(row.get("person")))), []).append(row)
    rows_by_number = {row.number: row for rows in rows_by_person.values() for row in rows}
    return {
        number
        for rows in rows_by_person.values()
        for number, latest in _iter_later_rows(rows)
        if _agrees(latest, find_places_of_remark(rows_by_number[number], OPTED_OUT))
    }


def _agrees(row: ImportRow, places: Collection[int]) -> bool:
    """Whether the row has a full yes in all these columns, and they ask for consent: not "Yes, but only by phone"."""
    headings, cells = row.source.table[0], row.source.table[row.source.find_table_index(row.number)]
    return bool(places) and all(
        (asks_for_wish(headings[place]) or asks_for_consent(headings[place]))
        and is_consent(cells[place])
        and not _RESTRICTED_PATTERN.search(f" {fold_text(cells[place])} ")
        for place in places
    )


def _get_address(row: ImportRow) -> str:
    addresses = find_email_addresses(str(row.get("email"))) if row.source.of == Import.Kind.PEOPLE else []
    return addresses[0] if addresses else ""


def _iter_later_rows(rows: Collection[ImportRow]) -> Iterator[tuple[int, ImportRow]]:
    """The number of each row before the latest one, with that one; nothing unless all have a time of one time zone."""
    times = {row.number: _find_submission_time(row) for row in rows} if len(rows) > 1 else {}
    known = {number: time for number, time in times.items() if time}
    if not known or len(known) < len(rows) or len({zone for zone, _time in known.values()}) > 1:
        return
    latest = max(rows, key=lambda row: (known[row.number], row.number))
    yield from ((row.number, latest) for row in rows if row != latest)


def _find_submission_time(row: ImportRow) -> SubmissionTime | None:
    """Nothing if the day or the half of the day is not clear, as in "09/10/2026" and with words that we don't know."""
    source, index = row.source, row.source.find_table_index(row.number)
    place = find_timestamp_column(source.table)
    if place is None or not 0 < index < len(source.table):
        return None
    text = source.table[index][place]
    day, without_day = _DATE_PATTERN.search(text), _DATE_PATTERN.sub(" ", text)
    match = _TIME_PATTERN.search(without_day)
    try:
        parsed = parse_date(day[0]) if day else None
    except InvalidDateError:  # also a date that could mean two days
        return None
    if not parsed or not match or _UNKNOWN_WORD_PATTERN.search(_TIME_PATTERN.sub(" ", without_day)):
        return None
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if half := match["half"] or match["arabic"]:
        hour = hour % HOURS_OF_HALF_DAY + HOURS_OF_HALF_DAY * (half in {"p", "P", "م"})
    zone, offset = _find_time_zone(without_day[match.end("minute") :])
    start_of_day = datetime.combine(parsed.day, time.min)
    return zone, start_of_day + timedelta(hours=hour, minutes=minute, seconds=second) - offset


def _find_time_zone(text: str) -> tuple[str, timedelta]:
    """Its name, if there is one, and how far the time is before UTC if the text has that: "Z", "GMT+3", "AEST"."""
    if match := _OFFSET_PATTERN.search(text):
        offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        return "UTC", offset if match["sign"] == "+" else -offset
    name = " ".join(_ZONE_PATTERN.findall(text))
    return "UTC" if name in {"Z", "GMT"} else name, timedelta()

"""People who answered a form twice: the later answer counts, if the form has noted when each one was sent."""

import re
from collections.abc import Iterable
from datetime import date

from jukwaa.coalitions.imports.contact_parsing import find_email_addresses
from jukwaa.coalitions.imports.dates import InvalidDateError, parse_date
from jukwaa.coalitions.imports.registration_forms import find_timestamp_column
from jukwaa.coalitions.models import Import, ImportRow

_TIME_PATTERN = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([ap])?", re.IGNORECASE)
_DATE_PATTERN = re.compile(r"\d+[./-]\d+[./-]\d+")
HOURS_OF_HALF_DAY = 12

type SubmissionTime = tuple[date, int, int, int]


def find_later_answers(import_rows: Iterable[ImportRow]) -> dict[int, int]:
    """By the numbers of rows, that of the latest row with the same address. Rows of members are not compared."""
    rows_by_address: dict[str, list[ImportRow]] = {}
    for row in import_rows:
        if row.source.of == Import.Kind.PEOPLE and (addresses := find_email_addresses(str(row.get("email")))):
            rows_by_address.setdefault(addresses[0], []).append(row)
    found: dict[int, int] = {}
    for rows in rows_by_address.values():
        times = {row.number: _find_submission_time(row) for row in rows} if len(rows) > 1 else {}
        if len(known := {number: time for number, time in times.items() if time}) == len(rows):
            latest = max(known, key=lambda number: (known[number], number))
            found |= {number: latest for number in known if number != latest}
    return found


def _find_submission_time(row: ImportRow) -> SubmissionTime | None:
    source, index = row.source, row.source.find_table_index(row.number)
    place = find_timestamp_column(source.table)
    if place is None or not 0 < index < len(source.table):
        return None
    text = source.table[index][place]
    day, time = _DATE_PATTERN.search(text), _TIME_PATTERN.search(_DATE_PATTERN.sub(" ", text))
    try:
        parsed = parse_date(day[0]) if day else None
    except InvalidDateError:  # also a date that could mean two days
        return None
    if not parsed or not time:
        return None
    hour, minute, second = (int(part or 0) for part in time.groups()[:3])
    if time[4]:
        hour = hour % HOURS_OF_HALF_DAY + HOURS_OF_HALF_DAY * (time[4].lower() == "p")
    return parsed.day, hour, minute, second

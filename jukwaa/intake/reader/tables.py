"""Rows of a table: what its columns are called says what its cells are."""

import re
from collections.abc import Sequence

from jukwaa.core.due_phrases import DATE_PATTERN, TIME_SPAN
from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.columns import classify_column
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.names import clean_attendee_name, is_full_name
from jukwaa.intake.reader.roles import get_heading_role
from jukwaa.intake.reader.subjects import extract_actors
from jukwaa.intake.reader.translation_marker import gettext_noop as _

HEADER_COLUMNS = ("head",)
KEY_COLUMNS = frozenset({"who", "what", "due", "motion", "decision", "given", "family", "name", "present", "group"})
CELL_SEPARATOR_PATTERN = re.compile(r"(?<!\\)\||\t|(?:</t[dh]>\s{0,50})?<t[dh]\b[^<>]{0,300}>", re.IGNORECASE)
ABSENT_CELL_PATTERN = re.compile(
    r"\W*(?:no|n|absent|a(?:bs)?(?=\W*$)|apol(?:og(?:y|ies)\w*)?|excused|regrets|away"
    r"|not (?:present|attending)|did not attend|on leave|sick)"
    r"\b|\W*[✗✘❌☐]|\W*[-–—]\W*$",
    re.IGNORECASE,
)
PRESENT_CELL_PATTERN = re.compile(
    r"\W*(?:x|y|yes|p|present|here|attend(?:ed|ing)|online|remote(?:ly)?|in person|oui"
    r"|sí|sim|نعم|حاضر)\W*$|\W*[✓✔✅☑●]\W*$",
    re.IGNORECASE,
)
ABSENT_TITLE_PATTERN = re.compile(
    r"\W*(?:apolog(?:y|ies)|regrets|absent|excused|not present|unable to attend)\b", re.IGNORECASE
)
NO_ROW_PATTERN = re.compile(r"\W*(?:(?:sub-?|grand )?totals?\b|none\W*$|n/?a\W*$|nil\W*$|tb[cd]\W*$)", re.IGNORECASE)
DATE_CELL_PATTERN = re.compile(
    rf"\W*(?:by |before |due )?(?:the )?"
    rf"(?:{TIME_SPAN}|{DATE_PATTERN}(?: \d{{1,2}}(?:st|nd|rd|th))?|\d{{1,2}}(?:st|nd|rd|th))\W*$",
    re.IGNORECASE,
)
LETTER_PATTERN = re.compile(r"[^\W\d_]{2}")
MAX_HEAD_WORDS = 6


def split_cells(row: str) -> list[str]:
    """The cells of a row, without the space around them."""
    return [cell.strip() for cell in CELL_SEPARATOR_PATTERN.split(row)]


def parse_columns(cells: Sequence[str]) -> tuple[str, ...]:
    """What each column is, if these cells are the head of a table that the reader knows; else nothing."""
    filled = [cell for cell in cells if cell]
    if any(len(cell.split()) > MAX_HEAD_WORDS for cell in filled) or find_listed_people(cells):
        return ()
    columns = tuple(classify_column(cell) for cell in cells)
    known = sum(bool(column) for column in columns)
    if not KEY_COLUMNS & set(columns) or known * 2 < len(filled) or len(filled) < 2:
        return ()
    if any(is_full_name(cell) for cell, column in zip(cells, columns, strict=True) if not column):
        return ()  # "Ana Lopes | present" is a row
    return _settle_columns(columns)


def _settle_columns(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Some columns mean what their neighbours make of them: beside "Action", a name is that of its owner."""
    meanings = {}
    there = set(columns)
    if "what" not in there and "text" in there and there & {"who", "due"} and "time" not in there:
        meanings["text"] = "what"  # with times, it is an agenda
    if not there & {"name", "what", "text", "due", "decision", "motion"} and there & {"group", "present", "aside"}:
        meanings["who"] = "name"
    if "what" in there | set(meanings.values()) and "who" not in there:
        meanings["name"] = "who"
    if "what" in there | set(meanings.values()) and "who" in there and "due" not in there:
        meanings["date"] = "due"
    if "motion" in there:
        meanings["decision"] = "status"
    if not there & {"name", "given", "family", "what", "decision", "motion"} and "present" in there:
        meanings["present"] = "name"
    return tuple(meanings.get(column, column) for column in columns)


def find_presence_columns(rows: Sequence[Sequence[str]], columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a table of people, where one without a head says by a mark who was there: "x", "yes", nothing."""
    width = min(map(len, rows))
    for index in range(width):
        cells = [row[index] for row in rows]
        if (columns and columns[index]) or not any(map(PRESENT_CELL_PATTERN.match, cells)):
            continue
        if all(not cell or PRESENT_CELL_PATTERN.match(cell) or ABSENT_CELL_PATTERN.match(cell) for cell in cells):
            named = columns or _name_columns(width, index)
            return (*named[:index], "present", *named[index + 1 :])
    return columns


def _name_columns(width: int, marked: int) -> tuple[str, ...]:
    """Without a head, the first cell names somebody, the next an organisation."""
    meanings = dict(zip((index for index in range(width) if index != marked), ("name", "group"), strict=False))
    return tuple(meanings.get(index, "") for index in range(width))


def find_listed_people(cells: Sequence[str]) -> str:
    """The people in a row such as "Present | Ana Lopes, Ben Okoro"; nothing in others."""
    filled = [cell for cell in cells if cell]
    if len(filled) != 2 or get_heading_role(filled[0]) != "attendee" or classify_column(filled[1]):
        return ""
    return filled[1] if re.search(r"[,;]| and ", filled[1]) or is_full_name(filled[1]) else ""


def build_row_claims(cells: Sequence[str], columns: tuple[str, ...], governing: str) -> list[Claim]:
    """What a row under such columns claims to be. A row may hold a decision and an action."""
    row = _collect_cells(cells, columns)
    if NO_ROW_PATTERN.match(next((cell for cell in cells if cell), "")) or sum(map(bool, cells)) < 2 <= len(columns):
        return []
    claims = []
    decided = row.get("decision") or (row.get("motion") if row.get("status") else "")
    if decided and not NO_ROW_PATTERN.match(decided):
        claims.append(Claim("decision", STRONG, _("the sentence is in a column of decisions"), words=decided))
    what = row.get("what") or (row.get("text", "") if governing == "commitment" and row.get("who") else "")
    if what and not NO_ROW_PATTERN.match(what):
        claims.append(_build_action(what, row))
    if not claims and not {"what", "decision", "motion"} & set(columns):
        claims = _build_attendance(row, governing)
    return claims


def _collect_cells(cells: Sequence[str], columns: tuple[str, ...]) -> dict[str, str]:
    row: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and not row.get(column):
            row[column] = cell
    return row


def _build_action(what: str, row: dict[str, str]) -> Claim:
    owner = "" if NO_ROW_PATTERN.match(row.get("who", "")) else row.get("who", "").strip(" *_?")
    due = "" if NO_ROW_PATTERN.match(row.get("due", "")) else row.get("due", "").strip(" *_–—-")
    actors = (extract_actors(owner) or (owner,)) if LETTER_PATTERN.search(owner) else ()
    why = _("the sentence is a row of a table of actions")
    return Claim("commitment", STRONG, why, actors, due=due, words=what, status=row.get("status", ""))


def _build_attendance(row: dict[str, str], governing: str) -> list[Claim]:
    name = row.get("name") or " ".join(filter(None, (row.get("given"), row.get("family"))))
    if not name and governing == "attendee":
        name = row.get("group") or row.get("country") or ""
    if not name or _is_absent(row) or ABSENT_TITLE_PATTERN.search(name):
        return []
    return _build_attendee(name, row.get("group", ""), is_chair=_is_chair(row.get("aside", ""), name))


def _is_absent(row: dict[str, str]) -> bool:
    mark = row.get("present")
    if row.get("absent") and not re.match(r"\W*no?\b", row["absent"], re.IGNORECASE):
        return True
    states = [mark or "", row.get("status", ""), row.get("aside", "")]
    return mark == "" or any(ABSENT_CELL_PATTERN.match(state) for state in states if state)


def _is_chair(role: str, name: str) -> bool:
    return re.search(r"(?:^|[(,\s])(?:co-?)?chair(?:person|man|woman)?\b", f"{role} {name}", re.IGNORECASE) is not None


def _build_attendee(name: str, group: str, *, is_chair: bool = False) -> list[Claim]:
    cleaned = clean_attendee_name(name)
    why = _("the sentence is a row of a table of participants")
    return [Claim("attendee", STRONG, why, (cleaned,), group=group, is_chair=is_chair)] if cleaned else []


def build_headless_claims(cells: Sequence[str], governing: str) -> list[Claim]:
    """What a row of a table without a head claims to be, by the heading above: its first words name somebody who came,
    its longest cell is what somebody does.
    """
    filled = [cell for cell in cells if LETTER_PATTERN.search(cell)]
    if not filled or NO_ROW_PATTERN.match(filled[0]):
        return []
    if governing == "attendee":
        absent = any(ABSENT_TITLE_PATTERN.match(cell) for cell in filled)
        return [] if absent else _build_attendee(filled[0], filled[1] if len(filled) > 1 else "")
    if governing == "commitment":
        what = max((cell for cell in filled if "://" not in cell), key=len, default=filled[0])
        dates = [cell for cell in cells if cell != what and DATE_CELL_PATTERN.match(cell)]
        others = [
            cell for cell in filled if cell != what and cell not in dates and (cell[:1].isupper() or cell[:1] == "@")
        ]
        others.sort(key=lambda cell: "://" in cell or not cell.startswith("@"))
        return [_build_action(what, {"who": others[0] if others else "", "due": dates[0] if dates else ""})]
    return []


def is_absent_title(cells: Sequence[str]) -> bool | None:
    """Whether the rows below are of people who were absent, or present; None for a row that is no title."""
    filled = [cell for cell in cells if cell]
    if len(filled) != 1 or len(filled[0].split()) > MAX_HEAD_WORDS:
        return None
    return ABSENT_TITLE_PATTERN.match(filled[0]) is not None

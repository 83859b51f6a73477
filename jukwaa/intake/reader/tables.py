"""Rows of a table: what its columns are called says what its cells are."""

import re
from collections.abc import Sequence

from jukwaa.core.due_phrases import DATE_PATTERN, TIME_SPAN_PATTERN
from jukwaa.core.patterns import compile_when_used
from jukwaa.intake.reader.attendance_parts import is_way_of_attending
from jukwaa.intake.reader.attendee_cells import split_attendee_cell
from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.columns import classify_column_heading
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.deadlines import split_cell_into_items, split_mixed_due_cells
from jukwaa.intake.reader.footnote_marks import remove_footnote_marks
from jukwaa.intake.reader.motions import LOST, find_motion_result
from jukwaa.intake.reader.names import NAMES_WITH_BRACKETS_PATTERN, clean_attendee_name, is_full_name
from jukwaa.intake.reader.owner_cells import parse_owner_cell
from jukwaa.intake.reader.roles import HEADING_NUMBER_PATTERN, get_heading_role
from jukwaa.intake.reader.superseded_dates import remove_superseded_date
from jukwaa.intake.reader.task_cells import (
    TASK_END_PATTERN,
    find_cell_owners,
    is_empty_cell,
    split_cell_into_tasks,
    split_owner_and_status,
    split_parallel_cells,
    split_task_tail,
)
from jukwaa.intake.reader.translation_marker import gettext_noop as _

HEADER_COLUMN_ROLES = ("head",)
MEANINGFUL_COLUMN_ROLES = frozenset(
    {
        "who",
        "what",
        "due",
        "due_or_status",
        "who_and_due",
        "motion",
        "decision",
        "result",
        "discussion",
        "typed",
        "given",
        "family",
        "name",
        "present",
        "group",
    }
)
TASK_COLUMN_ROLES = frozenset({"", "unit", "name"})  # what may be the task, below a title about actions
CELL_SEPARATOR_PATTERN = re.compile(
    r"(?<!\\)\||\t|(?<=[^\s|]) {3,}(?=[^\s|])|(?:</t[dh]>\s{0,50})?<t[dh]\b[^<>]{0,300}>", re.IGNORECASE
)
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
NO_DATA_ROW_PATTERN = re.compile(
    r"\W*(?:(?:sub-?|grand )?totals?\b|none\W*$|n/?a\W*$|nil\W*$|tb[cd]\W*$)", re.IGNORECASE
)
DATE_CELL_PATTERN = compile_when_used(
    rf"\W*(?:by |before |due )?(?:the )?"
    rf"(?:{TIME_SPAN_PATTERN}|{DATE_PATTERN}(?: \d{{1,2}}(?:st|nd|rd|th))?|\d{{1,2}}(?:st|nd|rd|th))\W*$",
    re.IGNORECASE,
)
LIST_OF_NAMES_PATTERN = re.compile(
    r"[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]+){0,2}"
    r"(?:(?:, | & | and | et | y | e | und )[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]+){0,2})+"
)
TWO_LETTERS_PATTERN = re.compile(r"[^\W\d_]{2}")
URL_CELL_PATTERN = re.compile(r"\S*://\S*|(?:@[\w/-]+[\s,]*)+")  # or only accounts
MAX_RESULT_WORDS = 3
MAX_COLUMN_HEADING_WORDS = 6
KIND_COLUMN = "kind"
_PATTERNS_BY_KIND = {
    "decision": r"d|dec|déc|b|beschl(?:uss|uß)|d[eé]cisi(?:ons?|ón|ão)|decis(?:ões|iones)"
    r"|acuerdo|resolu(?:tions?|ción|ção)|besluit",
    "commitment": r"a|act|ap|ai|actions?(?: (?:items?|points?))?|acción|ação|tâche|tarea|tarefa|encaminhamento"
    r"|compromiss?o|tasks?|aufgabe|auftrag|to-?dos?|actie",
    "": r"i|info|informati(?:on|e)|información|informação|n|note|hinweis|discussi(?:on|ón)|discussão|point",
}
KIND_PATTERNS = {
    kind: re.compile(rf"\W*(?:{pattern})\W*$", re.IGNORECASE) for kind, pattern in _PATTERNS_BY_KIND.items()
}


def split_row_into_cells(row_text: str) -> list[str]:
    """The cells of a row, without the space around them."""
    return [cell.strip() for cell in CELL_SEPARATOR_PATTERN.split(row_text)]


def parse_column_roles(row_cells: Sequence[str]) -> tuple[str, ...]:
    """What each column is, if these cells are the head of a table that the reader knows; else nothing."""
    filled = [cell for cell in row_cells if cell]
    if any(len(cell.split()) > MAX_COLUMN_HEADING_WORDS for cell in filled) or find_listed_people_text(row_cells):
        return ()
    columns = tuple(classify_column_heading(cell) for cell in row_cells)
    if columns.count("due") > 1 and "who" not in columns:  # "Action | By | When"
        bare = [cell.strip(" *_:?").lower() == "by" for cell in row_cells]
        columns = tuple("who" if is_by else column for is_by, column in zip(bare, columns, strict=True))
    if "what" in columns and "who" not in columns:  # "Action | For"; with "Against" it is a table of votes
        named = [cell.strip(" *_:?").lower() == "for" for cell in row_cells]
        columns = tuple("who" if is_for else column for is_for, column in zip(named, columns, strict=True))
    known = sum(bool(column) for column in columns)
    is_typed = {KIND_COLUMN, "text"} <= set(columns)
    if not (MEANINGFUL_COLUMN_ROLES & set(columns) or is_typed) or known * 2 < len(filled) or len(filled) < 2:
        return ()
    if any(is_full_name(cell) for cell, column in zip(row_cells, columns, strict=True) if not column):
        return ()  # "Ana Lopes | present" is a row
    return _decide_column_roles(columns)


def _decide_column_roles(column_roles: tuple[str, ...]) -> tuple[str, ...]:
    """Some columns mean what their neighbours make of them: beside "Action", a name is that of its owner."""
    meanings = {}
    there = {part for column in column_roles for part in re.split("_(?:or|and)_", column)}
    if "timing" in there:
        meanings["timing"] = _decide_timing_role(there)
        there |= {meanings["timing"]}
    named = there & {"who", "due"} and not there & {"time", "decision", "result", "discussion"}
    if "what" not in there and "text" in there and named:
        meanings["text"] = "what"  # with times, it is an agenda
    elif not there & {"what", "text", "decision", "motion"} and {"name", "who", "due"} <= there:
        meanings["name"] = "what"  # the name of the task
    if not there & {"name", "what", "text", "due", "decision", "motion"} and there & {"group", "present", "aside"}:
        meanings["who"] = "name"
    if "what" in there | set(meanings.values()) and "who" not in there:
        meanings["name"] = "who"
        meanings["unit"] = "" if "name" in there else "who"
    if there >= {KIND_COLUMN, "text"} and meanings.get("text") != "what":
        meanings["text"] = "typed"
    if "what" in there | set(meanings.values()) and "who" in there and "due" not in there:
        meanings["date"] = "due"
    if "motion" in there:
        meanings["decision"] = "status"
    if not there & {"name", "given", "family", "what", "decision", "motion"} and "present" in there:
        meanings["present"] = "name"
    return tuple(meanings.get(column, column) for column in column_roles)


def _decide_timing_role(column_roles: set[str]) -> str:
    """What "Quarter" or "Timing" is: by when, in a table of actions without a date; in others, how long it takes."""
    return "due" if "what" in column_roles and not column_roles & {"due", "date"} else "time"


def find_presence_columns(table_rows: Sequence[Sequence[str]], column_roles: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a table of people, where one without a head says by a mark who was there: "x", "yes", nothing."""
    width = min(map(len, table_rows))
    for index in range(width):
        cells = [row[index] for row in table_rows]
        if (column_roles and column_roles[index]) or not any(map(PRESENT_CELL_PATTERN.match, cells)):
            continue
        if all(not cell or PRESENT_CELL_PATTERN.match(cell) or ABSENT_CELL_PATTERN.match(cell) for cell in cells):
            named = column_roles or _assign_name_columns(width, index)
            return (*named[:index], "present", *named[index + 1 :])
    return column_roles


def _assign_name_columns(column_count: int, marked_column: int) -> tuple[str, ...]:
    """Without a head, the first cell names somebody, the next an organisation."""
    meanings = dict(
        zip((index for index in range(column_count) if index != marked_column), ("name", "group"), strict=False)
    )
    return tuple(meanings.get(index, "") for index in range(column_count))


def find_listed_people_text(row_cells: Sequence[str]) -> str:
    """The people in a row such as "Present | Ana Lopes, Ben Okoro"; nothing in others."""
    filled = [cell for cell in row_cells if cell]
    if len(filled) != 2 or classify_column_heading(filled[1]):
        return ""
    is_of_people = get_heading_role(filled[0]) == "attendee"
    is_of_people = is_of_people or (is_way_of_attending(filled[0]) and is_full_name(re.split(r"[,;(]", filled[1])[0]))
    if not is_of_people:
        return ""
    is_list = re.search(r"[,;]| and ", filled[1]) or NAMES_WITH_BRACKETS_PATTERN.match(filled[1])
    return filled[1] if is_list or is_full_name(filled[1]) else ""


def build_row_claims(row_cells: Sequence[str], column_roles: tuple[str, ...], heading_role: str) -> list[Claim]:
    """What a row under such columns claims to be. A row may hold a decision and an action."""
    half = len(column_roles) // 2
    if half > 1 and column_roles[:half] == column_roles[half:]:  # two lists beside each other, under the same heads
        halves = (row_cells[:half], row_cells[half:])
        return [claim for cells in halves for claim in build_row_claims(cells, column_roles[:half], heading_role)]
    row = _collect_cells_by_column(row_cells, column_roles)
    if NO_DATA_ROW_PATTERN.match(next((cell for cell in row_cells if cell), "")) or sum(
        map(bool, row_cells)
    ) < 2 <= len(column_roles):
        return []
    if (kind := find_row_kind(row.get(KIND_COLUMN, ""))) is not None:
        return _build_claims_of_row_kind(row, kind)
    claims = []
    decided = row.get("decision") or (row.get("motion") if row.get("status") else "")
    is_task = bool(row.get("who") and row.get("due")) and not {"what", "text"} & row.keys()  # to be carried out by then
    if decided and not is_task and not NO_DATA_ROW_PATTERN.match(decided):
        claims += [
            Claim(
                "decision", STRONG, _("the sentence is in a column of decisions"), words=_name_decided_matter(item, row)
            )
            for item in split_cell_into_items(decided)
            if not is_empty_cell(item) and not _is_lost(item) and not _is_lost(row.get("status", ""))
        ]
    what = row.get("what") or (row.get("text", "") if heading_role == "commitment" and row.get("who") else "")
    what = what or (decided or "" if is_task else "")
    if heading_role == "commitment" and {"who", "due"} & row.keys() and "decision" not in row:
        unnamed = [cell for cell, column in zip(row_cells, column_roles, strict=False) if column in TASK_COLUMN_ROLES]
        what = what or max(unnamed, key=len, default="")
        if not row.get("due") and "due" not in column_roles:
            dates = [row.get("date", "") if "who" in row else "", *(cell for cell in unnamed if cell != what)]
            row["due"] = next(filter(DATE_CELL_PATTERN.match, dates), "") or dates[0]
    if parallel := split_parallel_cells(what, row.get("who", ""), row.get("due", "")):
        claims += [_build_action_claim(task, row | {"who": who, "due": due}) for task, who, due in parallel]
    elif what and not NO_DATA_ROW_PATTERN.match(what):
        is_told_apart = "who" in row and not TASK_END_PATTERN.search(what)
        tasks = split_cell_into_items(what) if is_told_apart else split_cell_into_tasks(what)
        claims += [
            _build_action_claim(task, row)
            for task in tasks
            if TWO_LETTERS_PATTERN.search(task) and not is_empty_cell(task)
        ]
    if not claims and not {"what", "decision", "motion"} & set(column_roles):
        claims = _build_attendance_claims(row, heading_role)
    return claims


def _is_lost(words: str) -> bool:
    return find_motion_result(words) == LOST


def _name_decided_matter(decision_text: str, cells_by_column: dict[str, str]) -> str:
    """The decision with its matter, where it says no more than "Carried" or "Approved unanimously"."""
    matter = HEADING_NUMBER_PATTERN.sub("", cells_by_column.get("text", ""), count=1)
    is_bare = find_motion_result(decision_text) is not None and len(decision_text.split()) <= MAX_RESULT_WORDS
    return f"{matter}: {decision_text}" if matter and is_bare else decision_text


def _build_claims_of_row_kind(cells_by_column: dict[str, str], kind: str) -> list[Claim]:
    """The decision or the action that a row is where a column says so; nothing for a row of information."""
    what = (
        cells_by_column.get("what")
        or cells_by_column.get("typed")
        or cells_by_column.get("text")
        or cells_by_column.get("decision")
        or ""
    )
    if not TWO_LETTERS_PATTERN.search(what) or is_empty_cell(what) or not kind:
        return []
    if kind == "decision":
        return [Claim("decision", STRONG, _("the sentence is marked as a decision"), words=what)]
    return [_build_action_claim(what, cells_by_column)]


def _collect_cells_by_column(row_cells: Sequence[str], column_roles: tuple[str, ...]) -> dict[str, str]:
    row: dict[str, str] = {}
    for column, cell in zip(column_roles, row_cells, strict=False):
        if column == "day":  # of several days of one meeting
            row[column] = f"{row[column]}\n{cell}" if column in row else cell
        elif column and not row.get(column):
            row[column] = cell if column in {"what", "decision", "text", "typed"} else cell.replace("\n", ", ")
    return split_mixed_due_cells(row)


def _build_action_claim(task_text: str, cells_by_column: dict[str, str]) -> Claim:
    owner = (
        ""
        if NO_DATA_ROW_PATTERN.match(cells_by_column.get("who", ""))
        else cells_by_column.get("who", "").strip(" *_?")
    )
    due = (
        ""
        if NO_DATA_ROW_PATTERN.match(cells_by_column.get("due", ""))
        else remove_superseded_date(remove_footnote_marks(cells_by_column.get("due", "")).strip(" *_–—-"))
    )
    actors = parse_owner_cell(owner) if TWO_LETTERS_PATTERN.search(owner) else ()
    status = cells_by_column.get("status", "")
    if not actors and not status:
        task_text, actors, status = split_owner_and_status(task_text)
    if "who" not in cells_by_column and not actors:
        actors = find_cell_owners(task_text)  # "Ana to send the list"
    task_text, named, told_due = split_task_tail(task_text)
    actors, due = named or actors, told_due or due
    why = _("the sentence is a row of a table of actions")
    return Claim("commitment", STRONG, why, actors, due=due, words=task_text, status=status)


def _build_attendance_claims(cells_by_column: dict[str, str], heading_role: str) -> list[Claim]:
    name = cells_by_column.get("name") or " ".join(
        filter(None, (cells_by_column.get("given"), cells_by_column.get("family")))
    )
    if not name and heading_role == "attendee":
        name = cells_by_column.get("group") or cells_by_column.get("country") or ""
    if not name or _is_absent_row(cells_by_column) or ABSENT_TITLE_PATTERN.search(name):
        return []
    group = cells_by_column.get("group", "")
    people = split_attendee_cell(name, has_group=bool(group) and name != group)
    return [
        claim
        for person in people
        for claim in _build_attendee_claims(
            person, group, is_chair=_is_chair_role(cells_by_column.get("aside", "") * (len(people) == 1), person)
        )
    ]


def _is_absent_row(cells_by_column: dict[str, str]) -> bool:
    mark = cells_by_column.get("present")
    if cells_by_column.get("absent") and not re.match(r"\W*no?\b", cells_by_column["absent"], re.IGNORECASE):
        return True
    if "day" in cells_by_column and all(map(_is_absent_mark, cells_by_column["day"].split("\n"))):
        return True
    states = [mark or "", cells_by_column.get("status", ""), cells_by_column.get("aside", "")]
    if ABSENT_TITLE_PATTERN.match(cells_by_column.get("vote", "")):
        return True  # a dash or "no" there says only that a person did not vote, or how
    return (mark == "" and not cells_by_column.get("online")) or any(
        ABSENT_CELL_PATTERN.match(state) for state in states if state
    )


def _is_absent_mark(cell: str) -> bool:
    return not cell or ABSENT_CELL_PATTERN.match(cell) is not None


def _is_chair_role(role_name: str, person_name: str) -> bool:
    return (
        re.search(r"(?:^|[(,\s])(?:co-?)?chair(?:person|man|woman)?\b", f"{role_name} {person_name}", re.IGNORECASE)
        is not None
    )


def _build_attendee_claims(person_name: str, group_name: str, *, is_chair: bool = False) -> list[Claim]:
    cleaned = clean_attendee_name(person_name)
    why = _("the sentence is a row of a table of participants")
    return [Claim("attendee", STRONG, why, (cleaned,), group=group_name, is_chair=is_chair)] if cleaned else []


def build_headerless_row_claims(row_cells: Sequence[str], heading_role: str) -> list[Claim]:
    """What a row of a table without a head claims to be, by the heading above: its first words name somebody who came,
    its longest cell is what somebody does.
    """
    filled = [cell for cell in row_cells if TWO_LETTERS_PATTERN.search(cell)]
    if not filled or NO_DATA_ROW_PATTERN.match(filled[0]):
        return []
    if heading_role == "attendee":
        absent = any(ABSENT_TITLE_PATTERN.match(cell) for cell in filled)
        return [] if absent else _build_attendee_claims(filled[0], filled[1] if len(filled) > 1 else "")
    if heading_role == "commitment":
        what = max((cell for cell in filled if not URL_CELL_PATTERN.fullmatch(cell)), key=len, default=filled[0])
        if LIST_OF_NAMES_PATTERN.fullmatch(what):
            return []  # "3 | Ana, Ben | sheet"
        dates = [cell for cell in row_cells if cell != what and DATE_CELL_PATTERN.match(cell)]
        others = [
            cell for cell in filled if cell != what and cell not in dates and (cell[:1].isupper() or cell[:1] == "@")
        ]
        others.sort(key=lambda cell: "://" in cell or not cell.startswith("@"))
        return [_build_action_claim(what, {"who": others[0] if others else "", "due": dates[0] if dates else ""})]
    return []


def is_absent_people_title(row_cells: Sequence[str]) -> bool | None:
    """Whether the rows below are of people who were absent, or present; None for a row that is no title."""
    filled = [cell for cell in row_cells if cell]
    if len(filled) != 1 or len(filled[0].split()) > MAX_COLUMN_HEADING_WORDS:
        return None
    return ABSENT_TITLE_PATTERN.match(filled[0]) is not None


def find_row_kind(kind_cell: str) -> str | None:
    """Return "decision", "commitment", nothing for information, or None where the cell does not tell."""
    return next((kind for kind, pattern in KIND_PATTERNS.items() if pattern.match(kind_cell)), None)

"""Cells of a table that say in one what is to be done, by whom and by when: "AL: book the room, 3 May"."""

import re

from jukwaa.intake.reader.deadlines import (
    find_deadline,
    find_owners_beside_deadline,
    is_deadline_only,
    split_cell_into_items,
)
from jukwaa.intake.reader.markers import NAMES_PATTERN, find_owners, split_owner_names

# "none", "no decision", "(deferred to April)" or a stroke: nothing was decided, or nobody has anything to do.
EMPTY_CELL_PATTERN = re.compile(
    r"\W*(?:(?:none|nil|n/?a|nothing|no (?:new )?(?:decisions?|actions?)(?: (?:taken|needed|required|made))?"
    r"|not decided|no (?:position|outcome|conclusion|agreement|consensus)(?: (?:taken|reached|yet))?"
    r"|as above|see above|tb[cd]|pending|open|aucune?(?: (?:décision|action))?|néant|rien|sans objet"
    r"|r\.? ?[aà]\.? ?s\.?|rien à signaler|nothing to report|sin novedades|nada (?:a|que) \w+|لا شيء|لا يوجد"
    r"|ningun[ao]s?(?: (?:decisión|acuerdo|acción))?|sin (?:decisión|acuerdos?|acciones|novedad)|nada"
    r"|nenhuma?(?: (?:decisão|ação))?|sem (?:decisão|deliberação|ações|ação))\W*"
    r"|(?:(?:decision|décision|decisión|decisão) )?(?:deferred|postponed|held over|carried (?:over|forward)|adjourned"
    r"|reportée?|ajournée?|remise? à|aplazad[oa]|pospuest[oa]|adiad[oa])\b(?:[^.\n]{0,40}))?$",
    re.IGNORECASE,
)
_INITIALS_PATTERN = r"[A-Z]{2,4}(?:\s?[+&/,]\s?[A-Z]{2,4}){0,5}"
# Where the next task begins in the same cell: "AL: send the forms BO: book the room", "Ana: write; Ben: read".
NEXT_TASK_PATTERN = re.compile(
    rf"\s*;\s+(?=(?:{NAMES_PATTERN})\s?(?::|[–—→]|->|to [a-z]))"
    r"|(?<=[\w.)])\s+(?=@\w+:\s)"
    rf"|(?<=[\w.)])\s+(?={_INITIALS_PATTERN}\s?(?::|→|->|to [a-z]))"
)
ENTRY_JOINT_PATTERN = re.compile(r"\s*(?:;\s+|\n)\s*")
TASK_PART_PATTERN = re.compile(r"\s+/\s+|\s*;\s+")
TASK_TAIL_PATTERN = re.compile(r"\s+[–—-]\s+")
# "Send the list - AL - 3 May 2026 Book the hall - BO - 5 May": two lines of one cell
TASK_END_PATTERN = re.compile(rf"(\s[–—-]\s(?:{NAMES_PATTERN})\s[–—-]\s[^–—|;]{{3,30}}?\d{{4}})\s+(?=[^\W\d_a-z])")
# "Get a quotation - Ana: done", as running notes repeat old actions
OWNER_AND_STATUS_PATTERN = re.compile(rf"\s[–—-]\s(?P<who>{NAMES_PATTERN})\s?:\s(?P<status>[^:;|]{{3,60}})$")
# "Ana kuandika barua", "Ben atume orodha": the infinitive, or "let him send".
SWAHILI_TASK_PATTERN = re.compile(
    rf"(?P<who>{NAMES_PATTERN}) (?:ku[a-z]{{3,}}|w?a(?:tume|andike|peleke|lete|andae|wasiliane|fuatilie|tafute))\b"
)
ENTRY_OF_LIST_PATTERN = re.compile(r"[^\W\d_a-z][^;]*")
MIN_ENTRY_WORDS = 4
MAX_NAME_PART_WORDS = 6


def is_empty_cell(cell_text: str) -> bool:
    """Whether the cell of a decision or a task says that there is none."""
    return EMPTY_CELL_PATTERN.match(cell_text) is not None


def split_cell_into_tasks(cell_text: str) -> list[str]:
    """The tasks in a cell that also says who does each of them."""
    lines = TASK_END_PATTERN.sub(r"\1\n", cell_text)
    parts = [part for item in split_cell_into_items(lines) for part in _split_entries(item)]
    return [part.strip(" ;") for part in parts]


def _split_entries(item: str) -> list[str]:
    """The tasks of one item: whole entries that stood on lines of their own, or each with its owner."""
    entries = re.split(r"\s*;\s+", item.strip())
    is_list = all(ENTRY_OF_LIST_PATTERN.match(each) and len(each.split()) >= MIN_ENTRY_WORDS for each in entries)
    return [part for each in (entries if is_list else [item]) for part in NEXT_TASK_PATTERN.split(each)]


def split_owner_and_status(task_text: str) -> tuple[str, tuple[str, ...], str]:
    """The task, its owners and its status in "Get a quotation - Ana: done", or the task as it is."""
    match = OWNER_AND_STATUS_PATTERN.search(task_text)
    owners = split_owner_names(match["who"]) if match else ()
    return (task_text[: match.start()], owners, match["status"].strip()) if match and owners else (task_text, (), "")


def split_parallel_cells(*cells: str) -> list[tuple[str, ...]]:
    """The entries of cells side by side, if each has as many: two tasks, two owners and two days; else nothing."""
    entries = [[entry for entry in ENTRY_JOINT_PATTERN.split(cell.strip()) if entry] for cell in cells]
    counts = {len(each) for each in entries}
    return list(zip(*entries, strict=True)) if len(counts) == 1 and max(counts) > 1 else []


def find_cell_owners(task_text: str) -> tuple[str, ...]:
    """Who does it, in the words of the task: "AL: send the forms", "post the notes / AL / tomorrow"."""
    if match := SWAHILI_TASK_PATTERN.match(task_text):
        return split_owner_names(match["who"])
    if owners := find_owners(task_text, is_list_entry=True):
        return owners
    for part in TASK_PART_PATTERN.split(task_text)[1:]:
        if re.fullmatch(NAMES_PATTERN, part) and len(part.split()) <= MAX_NAME_PART_WORDS:
            return split_owner_names(part)
    return find_owners_beside_deadline(task_text, find_deadline(task_text))


def split_task_tail(task_text: str) -> tuple[str, tuple[str, ...], str]:
    """The task, its owners and its deadline in "Send the list – Ana Lopes – 3 May", if both are there."""
    parts = TASK_TAIL_PATTERN.split(task_text)
    owners, due = "", ""
    while len(parts) > 1:
        if not due and is_deadline_only(parts[-1]):
            due = parts[-1]
        elif not owners and re.fullmatch(NAMES_PATTERN, parts[-1]) and len(parts[-1].split()) <= MAX_NAME_PART_WORDS:
            owners = parts[-1]
        else:
            break
        parts.pop()
    if not (owners and due):
        return task_text, (), ""
    tail = list(TASK_TAIL_PATTERN.finditer(task_text))[len(parts) - 1]
    return task_text[: tail.start()], split_owner_names(owners), due.strip(" .")

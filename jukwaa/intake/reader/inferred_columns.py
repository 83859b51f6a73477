"""What the columns of a table of tasks hold when its headings do not tell: names, deadlines or tasks."""

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from jukwaa.intake.reader.columns import classify_column_heading
from jukwaa.intake.reader.deadlines import DATED_PATTERN, PROGRESS_START_PATTERN, is_deadline_cell
from jukwaa.intake.reader.lexicon import PEOPLE_NOUNS
from jukwaa.intake.reader.markers import GROUP_NOUNS, NAMES_PATTERN, is_owner_name
from jukwaa.intake.reader.phrases import TASK_START_PATTERN

# "Before", "Ready for", "D'ici", "Hasta el": above a column of dates, these are deadlines.
LIMIT_HEADING_PATTERN = re.compile(
    r"\W*(?:(?:(?:ready|wanted|promised|needed|done) )?(?:before|by|until|till|for)(?: the)?"
    r"|not later than|latest(?: by)?|by latest"
    r"|deadline\b.*"
    r"|(?:\w+ ){1,3}(?:(?:for|by) when|pour quand|(?:para|hasta) cu[aá]ndo|(?:para|até) quando|bis wann)\b.*"
    r"|d[’']ici.*|avant.*|pour.*|jusqu.*|antes d.*|para.*|hasta.*|até.*|bis.*|vor(?: dem)?|sebelum.*|paling lambat.*"
    r"|tenggat.*|batas waktu.*|kabla.*|mwisho.*|voor.*|entro.*|قبل.*|حتى.*|بحلول.*|في موعد.*)\W*$",
    re.IGNORECASE,
)
# A task in languages whose infinitives show it: "Relancer la mairie", "Pedir presupuestos", "إعداد الدليل".
LEADING_INFINITIVE_PATTERN = re.compile(
    r"\W*(?:\d{1,3}[.)]\s*)?(?:s[e’'] ?|n[e’'] ?)?(?!(?:webinar|seminar|dinner|dîner|atelier|taller|foire|séminaire)\b)"
    r"[^\W\d_]{2,}(?:er|ir|oir|re|ar|[ôo]r)(?:se|lo|la|los|las|les)?\s\S"
    r"|\W*(?:إعداد|إرسال|تنظيم|تحديث|مراجعة|نشر|كتابة|دعوة|ترجمة|متابعة|تقديم|إنشاء|توزيع|جمع|طلب|تحديد|صياغة|التواصل|تنسيق"
    r"|عقد)\s",
    re.IGNORECASE,
)
TRAILING_INFINITIVE_PATTERN = re.compile(r".*\s[a-zäöüß]{3,}(?:en|ern|eln)\W*$")  # "Angebote einholen"
# "20. Mai", "20 مايو 2026", "7 Mei 2026"
DAY_AND_MONTH_PATTERN = re.compile(r"\W*\d{1,2}[. ]\s?[^\W\d_]{3,10}\.?(?:\s\d{4})?\W*$")
NO_OWNER_PATTERN = re.compile(
    r"\W*(?:[^\W\d_]+ed|yes|no|none|high|medium|low|open|new|oui|non|sí|sim|não|ja|nein|fait|hecho|feito)\W*$",
    re.IGNORECASE,
)
CLOCK_PATTERN = re.compile(r"\W*\d{1,2}[:.h]\d\d\b(?![./]\d)")
ITEM_NUMBER_PATTERN = re.compile(
    r"\W{0,3}(?P<series>[A-Za-z]{0,4})[ -]?(?P<meeting>\d{1,4})[./-](?P<item>\d{1,3})\W{0,3}"
)
BRACKET_PATTERN = re.compile(r"\s*\([^()]*\)")
OWNER_SEPARATOR_PATTERN = re.compile(
    r"\s*[,;/&+،\n]\s*|\s(?:and|with|et|avec|y|con|e|com|und|mit|dan|na|dengan|و)\s(?=\W*[^\W\d_a-z])", re.IGNORECASE
)
LOWER_CASE_GROUP_PATTERN = re.compile(
    r"(?:all|every|each|the|tou(?:te)?s|l[ea]s?|l[’']|tod[oa]s|el|os?|as?|alle|der|die|das|semua)?\s?"
    r"(?:[^\W\d_]+\s){0,3}(?P<noun>[^\W\d_]+)$",
    re.IGNORECASE,
)
FOREIGN_GROUP_PATTERN = re.compile(
    r"(?:secr[eé]tari\w+|sekretari\w+|trésori\w+|tesorer\w+|tesoureir\w+|bureau|comité|comitê|conseil|consejo|conselho"
    r"|équipe|equip[aoe]|direc\w+|membres|miembros|membros|tous|toutes|tod[oa]s|alle|vorstand|mitglieder|commission"
    r"|commissão|comisión|junta|escuela|escola|école|schule|semua|anggota)$",
    re.IGNORECASE,
)
MORE_GROUP_NOUNS = frozenset({"office", "secretariat", "trustees", "everyone", "everybody", "all", "chair", "staff"})
ARABIC_PATTERN = re.compile(r"[\u0600-\u06ff]")
# Above the dates or the names of events
EVENT_HEADING_PATTERN = re.compile(r"\W*(?:when|quand|cuándo|quando|wann|timing|متى)\W*$", re.IGNORECASE)
PLACE_HEADING_PATTERN = re.compile(
    r"\W*(?:where|venues?|places?|locations?|rooms?|lieux?|où|lugar(?:es)?|sede|d[oó]nde|onde|local|wo|ort|المكان|أين)\W*$",
    re.IGNORECASE,
)
MOSTLY = 0.6
MAX_HEADING_WORDS = 7
MAX_OWNER_WORDS = 8
MAX_ARABIC_NAME_WORDS = 4
MIN_TASK_WORDS = 2
MIN_COLUMNS = 2
KEPT_COLUMNS = frozenset({"status", "ref", "aside"})


def infer_task_columns(table_rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The columns of a table of tasks whose first row is its head, though it may be worded unusually; else nothing."""
    width = min(map(len, table_rows), default=0)
    heads, rows = table_rows[0], table_rows[1:]
    if width < MIN_COLUMNS or not rows or any(map(_is_no_heading, heads)):
        return ()
    named = [classify_column_heading(head) for head in heads[:width]]
    cells = [[row[index] for row in rows if re.search(r"\w", row[index])] for index in range(width)]  # a dash is none
    cells = [[] if is_numbering(column) else column for column in cells]
    due = _find_column(cells, named, "due", is_date_cell, ())
    who = _find_column(cells, named, "who", is_owner_cell, (due,))
    what = _find_column(cells, named, "what", _is_task_cell, (due, who))
    if what is None or who is None:
        return ()
    is_limit = due is not None and (named[due] == "due" or LIMIT_HEADING_PATTERN.match(heads[due]) is not None)
    is_limit = is_limit or (due is not None and not named[-1] and is_mostly(cells[-1], _tells_progress))
    may_be_event = due is not None and EVENT_HEADING_PATTERN.match(heads[due]) is not None
    if PLACE_HEADING_PATTERN.match(heads[who]):
        return ()
    if (not is_limit or may_be_event) and not is_mostly(cells[what], _looks_like_task):
        return ()
    roles = {what: "what", who: "who"} | ({due: "due"} if due is not None else {})
    if "status" not in named and width - 1 not in roles and not named[-1] and due is not None:
        roles[width - 1] = "status"  # "Traffic light", "Where we are"
    return tuple(roles.get(index) or (name if name in KEPT_COLUMNS else "") for index, name in enumerate(named))


def _find_column(
    cells: Sequence[Sequence[str]],
    named: Sequence[str],
    role_name: str,
    is_such: Callable[[str], bool],
    taken: Collection[int | None],
) -> int | None:
    """The column that its head names so, or else the first without a clear head whose cells look so."""
    if role_name in named and named.index(role_name) not in taken:
        return named.index(role_name)
    unclear = {"", "date", "timing"} if role_name == "due" else {"", "text", "name", "unit"}
    free = (index for index, name in enumerate(named) if index not in taken and name in unclear)
    return next((index for index in free if is_mostly(cells[index], is_such)), None)


def is_numbering(cells: Sequence[str]) -> bool:
    """Whether a column numbers its rows, as the items of one meeting or several: "6/4", "7/1", "7/2"."""
    numbers = [ITEM_NUMBER_PATTERN.fullmatch(cell) for cell in cells]
    found = [(number["series"], int(number["meeting"]), int(number["item"])) for number in numbers if number]
    follow = [before[:2] == after[:2] and before[2] + 1 == after[2] for before, after in pairwise(found)]
    return len(found) == len(cells) and found == sorted(set(found)) and sum(follow) * 2 >= len(follow) > 0


def is_mostly(cells: Sequence[str], is_such: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(is_such, cells)) >= MOSTLY * len(cells)


def _is_no_heading(cell: str) -> bool:
    return len(cell.split()) > MAX_HEADING_WORDS or is_date_cell(cell) or cell.isdecimal()


def is_date_cell(cell: str) -> bool:
    is_time = CLOCK_PATTERN.match(cell) is not None
    if DAY_AND_MONTH_PATTERN.match(cell):
        return True
    return not is_time and is_deadline_cell(cell) and (bool(DATED_PATTERN.search(cell)) or not is_owner_cell(cell))


def is_owner_cell(cell: str) -> bool:
    """Whether a cell names people or bodies, and nothing else: "Secretariat (Ana)", "all members", "Ana; Ben"."""
    plain = BRACKET_PATTERN.sub("", cell)
    is_short = 0 < len(plain.split()) <= MAX_OWNER_WORDS
    if not is_short or any(map(str.isdigit, plain)) or starts_with_verb(cell) or NO_OWNER_PATTERN.match(plain):
        return False
    return all(_is_owner(part.strip(" .’'‘@*_")) for part in OWNER_SEPARATOR_PATTERN.split(plain) if part.strip())


def _is_owner(name: str) -> bool:
    if ARABIC_PATTERN.search(name):
        return len(name.split()) <= MAX_ARABIC_NAME_WORDS
    if re.fullmatch(NAMES_PATTERN, name):
        return is_owner_name(name)
    group = LOWER_CASE_GROUP_PATTERN.fullmatch(name)
    noun = group["noun"].lower() if group else ""
    return noun in GROUP_NOUNS | PEOPLE_NOUNS | MORE_GROUP_NOUNS or FOREIGN_GROUP_PATTERN.match(noun) is not None


def _is_task_cell(cell: str) -> bool:
    return len(cell.split()) >= MIN_TASK_WORDS and not is_date_cell(cell)


def _tells_progress(cell: str) -> bool:
    return PROGRESS_START_PATTERN.match(cell) is not None


def starts_with_verb(cell: str) -> bool:
    """Whether the first word is a verb of a task, or an infinitive."""
    return TASK_START_PATTERN.match(cell) is not None or LEADING_INFINITIVE_PATTERN.match(cell) is not None


def _looks_like_task(cell: str) -> bool:
    return starts_with_verb(cell) or TRAILING_INFINITIVE_PATTERN.match(cell) is not None


def is_mostly_dates(table_rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column of this table holds dates."""
    width = min(map(len, table_rows), default=0)
    columns = ([row[index] for row in table_rows[1:] if row[index]] for index in range(width))
    return any(is_mostly(cells, is_date_cell) for cells in columns)

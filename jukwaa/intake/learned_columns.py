"""What the columns of a table hold: as its head says, as the cells look, and as one row that a person edited shows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jukwaa.intake.due_dates import find_due_day, find_past_due_day
from jukwaa.intake.guesses import choose_owners, parse_commitment_progress
from jukwaa.intake.left_out_lines import is_ditto
from jukwaa.intake.models import ATTENDANCE_SUGGESTION_KINDS, DeskKind
from jukwaa.intake.reader.attendee_cells import split_attendee_cell
from jukwaa.intake.reader.deadlines import split_mixed_due_cells
from jukwaa.intake.reader.entry_text import build_entry_text
from jukwaa.intake.reader.inferred_columns import (
    infer_task_columns,
    is_date_cell,
    is_mostly,
    is_numbering,
    is_owner_cell,
)
from jukwaa.intake.reader.line_labels import cut_line_label
from jukwaa.intake.reader.names import clean_attendee_name
from jukwaa.intake.reader.owner_cells import parse_owner_cell
from jukwaa.intake.reader.superseded_dates import remove_superseded_date
from jukwaa.intake.reader.tables import (
    ABSENT_CELL_PATTERN,
    NO_DATA_ROW_PATTERN,
    PRESENT_CELL_PATTERN,
    TWO_LETTERS_PATTERN,
    parse_column_roles,
)
from jukwaa.intake.reader.task_cells import is_empty_cell
from jukwaa.intake.suggestion_wording import SuggestionWording, join_owners
from jukwaa.meetings.models import Commitment
from jukwaa.places.text_folding import fold_text

# The cells of a row, by their places, and what is between them: (2,), (1, " ", 0).
type Pieces = tuple[int | str, ...]

TEXT_ROLES_BY_KIND = {DeskKind.DECISION: ("decision", "motion", "what", "typed", "text")}
TEXT_ROLES = ("what", "typed", "text", "decision", "motion")
OWNER_ROLES = frozenset({"who", "who_and_due"})
DUE_ROLES = frozenset({"due", "due_or_status", "who_and_due"})
STATUS_ROLES = frozenset({"status", "due_or_status"})
ENDED_PROGRESS = frozenset({Commitment.Progress.KEPT, Commitment.Progress.DROPPED})
DATE_SAMPLES = ("31/12/2000", "12/31/2000")  # of documents that write the day, or the month, first
JOINTS = " *_:;,|/\u2013\u2014-"
MAX_SAMPLE_ROWS = 40  # of a long table, to see what its columns hold
MAX_COLUMNS = 24  # whose heads and cells are looked at; a wider table says by its example what is where
MAX_STATUS_WORDS = 3
MAX_LETTERS_OF_SIGN = 2
MAX_SIGNS = 4  # different letters that say in a column who came
MIN_SHARED_WORDS = 0.5
MIN_PIECE_LENGTH = 2


@dataclass(frozen=True, slots=True)
class RowPattern:
    """What is where in the rows of a table."""

    kind: str
    roles: tuple[str, ...]  # of its columns, as the reader names them
    text: Pieces
    names: Pieces = ()
    cuts_label: bool = False  # the text is without the number or the label in its cell
    keeps_owner_cell: bool = False  # the owner is the cell as written
    date_sample: str = ""
    closing_day: date | None = None

    def read_row(self, cells: Sequence[str]) -> SuggestionWording:
        """What this row says; the text or the names are empty where it says nothing."""
        text = _join_pieces(self.text, cells)
        text = cut_line_label(text) if self.cuts_label else text
        text = build_entry_text(self.kind, "", text) or text
        if is_empty_cell(text) or NO_DATA_ROW_PATTERN.match(text) or not TWO_LETTERS_PATTERN.search(text):
            text = ""
        if self.kind != DeskKind.COMMITMENT:
            return SuggestionWording(kind=self.kind, text=text, actors=self._read_names(cells))
        row = split_mixed_due_cells({role: cell for role, cell in zip(self.roles, cells, strict=True) if role})
        named = self._read_owners(row.get("who", ""))
        owners, text = choose_owners(named, text)
        due_text = _clean_due_cell(row.get("due", ""))
        progress = parse_commitment_progress(row.get("status", ""))
        find_day = find_past_due_day if progress in ENDED_PROGRESS else find_due_day
        return SuggestionWording(
            kind=self.kind,
            text=text,
            actors=named,
            owner=join_owners(owners),
            due_text=due_text,
            due_on=find_day(due_text, self.closing_day, self.date_sample),
            progress=progress,
        )

    def _read_owners(self, cell: str) -> list[str]:
        if not TWO_LETTERS_PATTERN.search(cell) or NO_DATA_ROW_PATTERN.match(cell):
            return []
        return [cell] if self.keeps_owner_cell else list(parse_owner_cell(cell.strip(" *_?")))

    def _read_names(self, cells: Sequence[str]) -> list[str]:
        written = _join_pieces(self.names, cells)
        if len(self.names) != 1:
            people = [written]
        elif self.kind in ATTENDANCE_SUGGESTION_KINDS:
            people = split_attendee_cell(written, has_group="group" in self.roles)
        else:
            return list(parse_owner_cell(written)) if written else []
        return [name for person in people if (name := clean_attendee_name(person)) and TWO_LETTERS_PATTERN.search(name)]

    def find_group(self, cells: Sequence[str]) -> str:
        """The organisation beside those who attended."""
        return cells[self.roles.index("group")] if "group" in self.roles else ""


def infer_row_pattern(
    table: Sequence[Sequence[str]], head: Sequence[str], kind: str, closing_day: date | None = None
) -> RowPattern:
    """The columns of these rows by their head, if there is one, and by what the cells hold."""
    table = table[:: -(-len(table) // MAX_SAMPLE_ROWS)]
    is_wide = len(table[0]) > MAX_COLUMNS
    known = (parse_column_roles(head) or infer_task_columns([head, *table])) if head and not is_wide else ()
    roles = list(known or [""] * len(table[0]))
    text = _find_text_column(table, roles, kind)
    for role, known_roles, is_such in (
        ("due", DUE_ROLES, is_date_cell),
        ("status", STATUS_ROLES, _is_status_cell),
        ("who", OWNER_ROLES, is_owner_cell),
    ):
        free = [
            place
            for place, name in enumerate(roles[:MAX_COLUMNS])
            if place != text and not name and kind == DeskKind.COMMITMENT
        ]
        cells = ([bare for row in table if (bare := row[place].strip("~ ")) and not is_ditto(bare)] for place in free)
        like = (is_mostly(column, is_such) and not is_numbering(column) for column in cells)
        found = next((place for place, is_like in zip(free, like, strict=True) if is_like), None)
        if found is not None and not known_roles & set(roles):
            roles[found] = role
    names: Pieces = ()
    if kind in ATTENDANCE_SUGGESTION_KINDS:
        given_and_family = [roles.index(role) for role in ("given", "family") if role in roles]
        names = (roles.index("name"),) if "name" in roles else _put_between(given_and_family, " ")
    sample = " ".join(cell for row in table for cell in row if is_date_cell(cell))
    return RowPattern(kind, tuple(roles), (text,), names, date_sample=sample, closing_day=closing_day)


def learn_row_pattern(pattern: RowPattern, cells: Sequence[str], wording: SuggestionWording) -> RowPattern:
    """The pattern by which this row reads as a person has worded it, as far as one can be found."""
    text, cuts_label = _learn_text(pattern.text, cells, wording.text)
    learned = replace(pattern, text=text, cuts_label=cuts_label, names=_learn_names(pattern.names, cells, wording))
    if wording.kind != DeskKind.COMMITMENT:
        return learned
    owner, due = fold_text(wording.owner), _clean_due_cell(wording.due_text)
    owner_cells = [_shares_name(cell, owner) for cell in cells]
    roles = _learn_role(learned, "who", OWNER_ROLES, cells, owner_cells, is_given=bool(owner))
    due_cells = [bool(due) and due in cell for cell in cells]
    if wording.due_on and not any(due_cells):
        due_cells = [wording.due_on in _find_days(cell, pattern.closing_day) for cell in cells]
    is_due = bool(due or wording.due_on)
    roles = _learn_role(replace(learned, roles=roles), "due", DUE_ROLES, cells, due_cells, is_given=is_due)
    is_status = bool(wording.progress)
    progress = [is_status and parse_commitment_progress(cell) == wording.progress for cell in cells]
    roles = _learn_role(replace(learned, roles=roles), "status", STATUS_ROLES, cells, progress, is_given=is_status)
    owner_cell = cells[roles.index("who")] if "who" in roles else ""
    return replace(
        learned,
        roles=roles,
        keeps_owner_cell=bool(owner)
        and owner_cell == wording.owner
        and parse_owner_cell(owner_cell)[:1] != (owner_cell,),
        date_sample=_learn_date_sample(cells, wording.due_on, pattern),
    )


def find_deciding_column(table: Sequence[Sequence[str]], pattern: RowPattern) -> int | None:
    """The column whose letters or marks say who of the people in the rows came: "P", "E", "x"."""
    for place, role in enumerate(pattern.roles):
        values = {row[place] for row in table}
        are_signs = 1 < len(values) <= MAX_SIGNS and all(map(_is_attendance_sign, values))
        if role in {"present", "status"} or (
            are_signs and place not in pattern.names and role in {"", "aside", "kind"}
        ):
            return place
    return None


def _is_attendance_sign(cell: str) -> bool:
    is_short = len(cell) <= MAX_LETTERS_OF_SIGN and not cell.isdecimal()
    return is_short or bool(PRESENT_CELL_PATTERN.match(cell) or ABSENT_CELL_PATTERN.match(cell))


def _is_status_cell(cell: str) -> bool:
    return len(cell.split()) <= MAX_STATUS_WORDS and parse_commitment_progress(cell) != ""


def _find_text_column(table: Sequence[Sequence[str]], roles: Sequence[str], kind: str) -> int:
    """The column that its head calls so, or else the one with the most words."""
    for role in TEXT_ROLES_BY_KIND.get(DeskKind(kind), TEXT_ROLES):
        if role in roles:
            return list(roles).index(role)
    free = [place for place, role in enumerate(roles) if not role] or range(len(roles))
    return max(free, key=lambda place: sum(len(row[place]) for row in table if not is_date_cell(row[place])))


def _put_between(places: Sequence[int], words: str) -> Pieces:
    return tuple(piece for place in places for piece in (place, words))[:-1]


def _join_pieces(pieces: Pieces, cells: Sequence[str]) -> str:
    joined = "".join(piece if isinstance(piece, str) else cells[piece] for piece in pieces)
    return joined.strip() if len(pieces) == 1 else joined.strip(JOINTS)


def _learn_text(inferred: Pieces, cells: Sequence[str], text: str) -> tuple[Pieces, bool]:
    """Where the text is in the row, and whether it is without a number or a label of its cell."""
    if pieces := _find_pieces(text, cells):
        return pieces, False
    plain = text.casefold()
    for place, cell in enumerate(cells):
        if plain in cell.casefold():
            return (place,), cut_line_label(cell) != cell and plain in cut_line_label(cell).casefold()
    words = set(fold_text(text).split())
    shared = [len(words & set(fold_text(cell).split())) for cell in cells]
    best = shared.index(max(shared))
    return ((best,) if words and shared[best] >= MIN_SHARED_WORDS * len(words) else inferred), False


def _find_pieces(value: str, cells: Sequence[str]) -> Pieces:
    """The value as whole cells, and signs between them; nothing where it has other words too."""
    parts: list[int | str] = [" ".join(value.split())]
    for place in sorted(range(len(cells)), key=lambda place: -len(cells[place])):
        if len(bare := cells[place].strip(" .;")) < MIN_PIECE_LENGTH:
            continue
        pattern = re.compile(rf"(?<!\w){re.escape(bare)}(?!\w)", re.IGNORECASE)
        for at, part in enumerate(parts):
            if isinstance(part, str) and (match := pattern.search(part)):
                parts[at : at + 1] = [each for each in (part[: match.start()], place, part[match.end() :]) if each]
                break
    are_found = any(isinstance(part, int) for part in parts)
    has_words = any(isinstance(part, str) and re.search(r"\w", part) for part in parts)
    if not are_found or has_words:
        return ()
    places = [part for part in parts if isinstance(part, int)]
    return (places[0],) if len(places) == 1 else tuple(parts)


def _learn_names(inferred: Pieces, cells: Sequence[str], wording: SuggestionWording) -> Pieces:
    """Where the names are: all of them in one cell, or each word of one name in a cell of its own."""
    folded = [fold_text(name) for name in wording.actors]
    for place, cell in enumerate(cells):
        if folded and all(name and name in fold_text(cell) for name in folded):
            return (place,)
    return _find_pieces(wording.actors[0], cells) or inferred if len(wording.actors) == 1 else inferred


def _shares_name(cell: str, owner: str) -> bool:
    """Whether the cell names this owner, in full or in part."""
    words = f" {fold_text(cell)} "
    return bool(owner) and len(words) > MIN_PIECE_LENGTH and (f" {owner} " in words or words in f" {owner} ")


def _learn_role(
    pattern: RowPattern,
    role: str,
    known_roles: frozenset[str],
    cells: Sequence[str],
    is_shown: Sequence[bool],
    *,
    is_given: bool,
) -> tuple[str, ...]:
    """The roles of the columns after one cell was found, or shown not to be what its head says."""
    roles = pattern.roles
    known = next((place for place, name in enumerate(roles) if name in known_roles), None)
    shown = [place for place, fits in enumerate(is_shown) if fits and (place,) != pattern.text]
    if known is not None and (known in shown or not cells[known] or (is_given and not shown)):
        return roles
    if not shown:
        return tuple("" if name == role and not is_given else name for name in roles)
    return tuple(role if place == shown[0] else "" if name == role else name for place, name in enumerate(roles))


def _clean_due_cell(cell: str) -> str:
    plain = remove_superseded_date(cell.strip(JOINTS))
    return "" if is_empty_cell(plain) or NO_DATA_ROW_PATTERN.match(plain) else plain


def _find_days(cell: str, closing_day: date | None) -> Iterator[date | None]:
    yield from (find_due_day(cell, closing_day, sample) for sample in DATE_SAMPLES)


def _learn_date_sample(cells: Sequence[str], due_on: date | None, pattern: RowPattern) -> str:
    """A date in whose order the dates of the table are written, if the day that the person chose shows it."""
    for cell in cells if due_on else ():
        days = list(_find_days(cell, pattern.closing_day))
        if due_on in days and days[0] != days[1]:
            return DATE_SAMPLES[days.index(due_on)]
    return pattern.date_sample

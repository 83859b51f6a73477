"""What the row of a table claims to be, by its columns, the heading above it, or the notes in it."""

import re
from itertools import chain

from jukwaa.intake.reader.absent_people import remove_absent_people_of_row
from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import STRONG, WEAK
from jukwaa.intake.reader.cues import MAX_PATTERN_LENGTH, SENTENCE_CUE_BOOK, collect_cue_words
from jukwaa.intake.reader.deadlines import split_cell_into_items
from jukwaa.intake.reader.motions import build_motion_claims
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.people_claims import build_attendee_name_claims
from jukwaa.intake.reader.phrases import FULL_DATE_PATTERN
from jukwaa.intake.reader.roles import ABSENT_ROLE, AGENDA_ROLE, get_heading_role
from jukwaa.intake.reader.section_promises import REASONS_BY_SECTION_KIND
from jukwaa.intake.reader.sentences import find_sentence_spans
from jukwaa.intake.reader.tables import (
    HEADER_COLUMN_ROLES,
    build_headerless_row_claims,
    build_row_claims,
    find_listed_people_text,
)
from jukwaa.intake.reader.translation_marker import gettext_noop as _

HEADING_ROLES_OF_ROWS = frozenset({"attendee", ABSENT_ROLE, "commitment"})
NOTE_COLUMNS = frozenset({"", "aside"})
LABELLED_COLUMNS = NOTE_COLUMNS | {"discussion", "text"}
LABELLED_SENTENCE_PATTERN = re.compile(r"[\W_]*(?P<label>[^\W\d_][^:.;]{2,30}?)\s?:\s+(?P<words>\w.{8,})$", re.DOTALL)
# "Visitors come. Next meeting: 2 June 2026, Leeds"
LABELLED_MEETING_PATTERN = re.compile(
    r"(?:[.;]\s+|\n)(?P<told>(?P<label>[^\W\d_][^:.;|\n]{4,40}):\s+(?P<when>[^;|\n]+))$"
)
DAY_AND_YEAR_PATTERN = re.compile(r"\d\D{1,20}(?:19|20)\d\d|(?:19|20)\d\d-\d\d")  # in any language
CELLS_OF_LABELLED_ROW = 2
# "Place | Elm Farm Trust, Bridgetown": when and where the meeting was.
DETAIL_LABEL_PATTERN = re.compile(
    r"\W*(?:(?:meeting |session )?(?:dates?|days?|time|times|when|venue|place|location|where|duration|platform|link)"
    r"|lieux?|heures?|horaire|durée|fecha|hora|horas|horario|lugar|sede|duración|data|datas|local|horário|duração"
    r"|ort|datum|uhrzeit|zeit|dauer|tarehe|mahali|saa|muda|luogo|ora|plaats|tijd|tempat|waktu|tanggal"
    r"|التاريخ|المكان|الوقت)"
    r"(?:(?:,| and| &| et| y| e| und| na| dan|/) ?(?:the |le |la |el |o )?(?:dates?|time|place|venue|location|lieu"
    r"|heure|horaire|hora|lugar|local|data|fecha|uhrzeit|zeit|ort|saa|mahali)){0,2}\W*",
    re.IGNORECASE,
)
MIN_PROSE_WORDS = 10  # a cell of so many words is read as a sentence, if its column says nothing


def build_table_row_claims(passage: Passage, heading_role: str) -> list[Claim] | None:
    """What a row of a table says by its columns, or by the heading above; None where it is read as a sentence."""
    if passage.columns == HEADER_COLUMN_ROLES:
        return []
    if people := find_listed_people_text(passage.cells):
        return build_attendee_name_claims(people)
    if _is_row_without_claims(passage, heading_role):
        return []
    if when := _find_next_meeting_text(passage):
        return [Claim("next_meeting", STRONG, REASONS_BY_SECTION_KIND["next_meeting"], words=when)]
    moved = [motions for cell in passage.cells if (motions := build_motion_claims(cell)) is not None]
    claims = None if moved and not passage.columns else _build_claims_by_columns(passage, heading_role)
    if when := _find_labelled_meeting(passage.cells):
        why = REASONS_BY_SECTION_KIND["next_meeting"]
        claims = [*(claims or ()), Claim("next_meeting", STRONG, why, words=when)]
    if not moved:
        return claims
    return [*chain(*moved), *(claim for claim in claims or () if claim.kind != "decision")]


def _build_claims_by_columns(passage: Passage, heading_role: str) -> list[Claim] | None:
    if not passage.columns:
        if passage.block.is_head and heading_role == "commitment":
            return []
        return (
            remove_absent_people_of_row(build_headerless_row_claims(passage.cells, heading_role), passage)
            if heading_role in HEADING_ROLES_OF_ROWS
            else None
        )
    claims = remove_absent_people_of_row(build_row_claims(passage.cells, passage.columns, heading_role), passage)
    if heading_role == ABSENT_ROLE:
        claims = [claim for claim in claims if claim.kind != "attendee"]
    if "decision" not in passage.columns:
        claims += _build_decision_claims_from_notes(passage)
    is_prose = any(len(cell.split()) > MIN_PROSE_WORDS for cell in passage.cells)
    return claims if claims or not is_prose else None


def _find_next_meeting_text(passage: Passage) -> str:
    """What a row such as "8 Next meeting | General assembly, 8 December 2026" says behind its title, with a day."""
    title, *cells = [cell for cell in passage.cells if re.search(r"[^\W\d]", cell)] or [""]
    told = " | ".join(cells)
    return told if get_heading_role(title) == "next_meeting" and FULL_DATE_PATTERN.search(told) else ""


def _find_labelled_meeting(cells: tuple[str, ...]) -> str:
    """The end of a cell of notes that says "Next meeting: 2 June 2026", with its label."""
    for cell in cells:
        match = LABELLED_MEETING_PATTERN.search(cell[:MAX_PATTERN_LENGTH])
        if match and get_heading_role(match["label"]) == "next_meeting" and DAY_AND_YEAR_PATTERN.search(match["when"]):
            return match["told"].strip()
    return ""


def _is_row_without_claims(passage: Passage, heading_role: str) -> bool:
    if len(passage.cells) == CELLS_OF_LABELLED_ROW and get_heading_role(passage.cells[0]) == ABSENT_ROLE:
        return True  # "Regrets | Ana Lopes"
    if len(passage.cells) == CELLS_OF_LABELLED_ROW and DETAIL_LABEL_PATTERN.fullmatch(passage.cells[0]):
        return True
    is_agenda = heading_role == AGENDA_ROLE and bool(passage.columns)
    return is_agenda and not {"due", "text", "decision"} & set(passage.columns)  # "Topic | Lead": who introduces it


def _build_decision_claims_from_notes(passage: Passage) -> list[Claim]:
    """What the notes beside a matter say was decided: "Agenda approved"."""
    claims: list[Claim] = []
    for column, cell in zip(passage.columns, passage.cells, strict=False):
        if labelled := _find_labelled_decisions(cell) if column in LABELLED_COLUMNS else []:
            why = _("the sentence is marked as a decision")
            claims += [Claim("decision", STRONG, why, words=words) for words in labelled]
            continue
        for item in split_cell_into_items(cell) if column in NOTE_COLUMNS and len(cell) <= MAX_PATTERN_LENGTH else ():
            hits = SENTENCE_CUE_BOOK.find_cue_hits(item, collect_cue_words(item), None)
            found = next((hit for hit in hits if hit.cue.kind == "decision" and hit.cue.strength > WEAK), None)
            if found is not None:
                claims.append(Claim("decision", found.cue.strength, found.cue.why, found.actors, words=item))
    return claims


def _find_labelled_decisions(cell: str) -> list[str]:
    """What sentences with a label decide, in a cell that tells of more: "Accord : la cotisation reste la même"."""
    spans = find_sentence_spans(cell) if ":" in cell and len(cell) <= MAX_PATTERN_LENGTH else []
    labelled = [LABELLED_SENTENCE_PATTERN.match(cell[slice(*span)]) for span in spans]
    return [match["words"] for match in labelled if match and get_heading_role(match["label"]) == "decision"]

"""Where a sentence stands: under which headings, after which lead-in, beside which speaker."""

import re
from dataclasses import dataclass, field

from jukwaa.intake.reader.absent_people import STRUCK_ROW_PATTERN
from jukwaa.intake.reader.blocks import Block, parse_text_blocks
from jukwaa.intake.reader.cell_passages import find_cell_spans, split_prose_rows
from jukwaa.intake.reader.footnotes import mark_footnotes
from jukwaa.intake.reader.lexicon import (
    COLLECTIVE_NOUNS,
    FINITE_VERB_PATTERN,
    NON_NAME_WORDS,
    PEOPLE_NOUNS,
    ROLE_NOUNS,
    TASK_VERBS,
)
from jukwaa.intake.reader.lines import BULLET_LINE_PATTERN
from jukwaa.intake.reader.markers import LABEL_START_PATTERN, get_kind_of_label_only_line
from jukwaa.intake.reader.markup import strip_markup
from jukwaa.intake.reader.names import PERSON_NAME_PATTERN, is_name_and_organisation_line
from jukwaa.intake.reader.note_marks import is_numbered_decision, repeats_conclusions
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.people_lists import mark_people_lists
from jukwaa.intake.reader.placeholders import mark_forms
from jukwaa.intake.reader.roles import (
    ABSENT_ROLE,
    AGENDA_ROLE,
    CONCLUSION_ROLE,
    DISCUSSION_ROLE,
    REVIEW_ROLE,
    TRANSCRIPT_ROLE,
    get_heading_role,
    is_section_title,
)
from jukwaa.intake.reader.row_tables import mark_row_columns
from jukwaa.intake.reader.section_deadlines import find_section_deadline
from jukwaa.intake.reader.sentences import find_sentence_spans
from jukwaa.intake.reader.speech import CHAT_SPEAKER_PATTERN
from jukwaa.intake.reader.transcripts import mark_repeated_transcripts

# What a heading promises also holds under the plain headings below it.
LASTING_HEADING_ROLES = frozenset(
    {
        "attendee",
        ABSENT_ROLE,
        "decision",
        "commitment",
        "recommendation",
        "next_meeting",
        "announcement",
        "new_member",
        REVIEW_ROLE,
        CONCLUSION_ROLE,
        TRANSCRIPT_ROLE,
    }
)
HEADING_PATH_SEPARATOR = " > "
MAX_HEADING_WORDS = 14
MIN_LEAD_IN_WORDS = 6
MAX_TITLE_WORDS = 3
NO_PERSON_WORDS = COLLECTIVE_NOUNS | NON_NAME_WORDS | PEOPLE_NOUNS | ROLE_NOUNS | TASK_VERBS
MAX_LEAD_IN_LENGTH = 400
MAX_LEAD_TITLE_LENGTH = 60
PRESENCE_HEADING_PATTERN = re.compile(
    r"\b(?:present|attend|particip|member|observer|remote|apolog|online|joined)", re.IGNORECASE
)
SMALL_TITLE_PATTERN = re.compile(
    r"(?:to[ -]?dos?|actions?|action (?:items?|points?)|next steps|tasks|decisions|tareas|acuerdos|tâches|aufgaben):?"
)
NUMBERED_HEADING_LEVEL = 6
CELL_ITEM_PATTERN = re.compile(r"<li\b[^<>]{0,200}>|<br ?/?>\s*(?:[-*•·]|\d{1,2}[.)])\s+", re.IGNORECASE)
STRUCK_OUT_PATTERN = re.compile(r"[\s*_(\[]{0,6}(?:~~|<(?:s|del|strike)>)", re.IGNORECASE)
DATE_LINE_PATTERN = re.compile(
    r"^\W*(?:\w+day,? )?(?:\d{1,2}(?:st|nd|rd|th)?\s)?(?:[A-Z][a-z]+ )?\d{1,4}(?:st|nd|rd|"
    r"th)?(?:,? \d{4})?\b.{0,30}$|^\W*\d{4}-\d\d-\d\d"
)


@dataclass(slots=True)
class OutlineHeading:
    level: int
    words: str
    role: str
    is_empty: bool = True  # nothing stands between it and the next heading
    groups_people: bool = False  # people stand as titles of the same level below it


@dataclass(slots=True)
class ListLeadIn:
    """A lead-in that is in force."""

    role: str
    indent: int
    bullet: bool
    due: str = ""
    consumed: bool = False
    tells: bool = False  # it is a sentence, and not about who came
    item_indent: int = -1  # of the items right below it


@dataclass(slots=True)
class ReportOutline:
    """Walks through the blocks and keeps what governs them."""

    headings: list[OutlineHeading] = field(default_factory=list)
    lead: ListLeadIn | None = None
    seen: int = 0
    is_beginning: bool = True  # of the document: its title may stand here

    def place_passage(self, passage: Passage) -> None:
        block = passage.block
        if block.kind == "heading":
            self._update_for_heading(passage)
        else:
            self._update_for_block(passage)
        self.seen += 1

    def _update_for_heading(self, passage: Passage) -> None:
        self.lead = None
        level = passage.block.level
        while self.headings and self.headings[-1].level >= level and not self._is_person_below_title(passage):
            self.headings.pop()
        if self.headings and self.headings[-1].level == level:
            self.headings[-1].groups_people = True
            level += 1
        title = self.is_beginning and (
            (not self.seen and not is_section_title(passage.text))
            or (level == 1 and not self.headings and self.seen < 3 and len(passage.text) > 40)
        )
        passage.unit = "title" if title else "heading"
        self.headings.append(OutlineHeading(level, passage.text, "" if title else get_heading_role(passage.text)))
        self._apply_headings(passage)

    def _is_person_below_title(self, passage: Passage) -> bool:
        """Whether this is "**Ana**", written like "**Actions**", below which nothing else stands."""
        last = self.headings[-1]
        is_title = last.level == passage.block.level and last.role == "commitment"
        return is_title and (last.is_empty or last.groups_people) and may_be_person_title(passage, passage.text)

    def _update_for_block(self, passage: Passage) -> None:
        if self.headings:
            self.headings[-1].is_empty = False
        self._apply_headings(passage)
        block = passage.block
        if self.lead is not None and self._is_end_of_lead_in(self.lead, passage):
            self.lead = None
        if self.lead is not None:
            passage.lead = self.lead.role
            passage.section_due = self.lead.due or passage.section_due
            self.lead.consumed = True
            if self.lead.bullet and self.lead.item_indent < 0:
                self.lead.item_indent = block.indent
            passage.is_lead_item = self.lead.bullet and block.indent <= self.lead.item_indent
            passage.doubtful = self.lead.tells and passage.role in {"attendee", ABSENT_ROLE}
        mark = get_kind_of_label_only_line(passage.text) if block.kind != "row" else ""
        title = block.kind == "bullet" and (
            is_section_title(passage.text) or SMALL_TITLE_PATTERN.fullmatch(passage.text) is not None
        )
        if mark or title or (passage.text.endswith(":") and len(passage.text) < MAX_LEAD_IN_LENGTH):
            passage.leads = True
            words = passage.text[passage.spans[-1][0] :]
            role = mark or (get_heading_role(words) if len(words) <= MAX_LEAD_TITLE_LENGTH else "")
            tells = len(words.split()) > MIN_LEAD_IN_WORDS and not PRESENCE_HEADING_PATTERN.search(words)
            self.lead = ListLeadIn(
                role, block.indent, block.kind == "bullet", find_section_deadline(words), tells=tells
            )

    def _is_end_of_lead_in(self, lead_in: ListLeadIn, passage: Passage) -> bool:
        block = passage.block
        if block.kind == "bullet":
            return lead_in.bullet and block.indent <= lead_in.indent
        if lead_in.role in {"attendee", ABSENT_ROLE} and (
            not lead_in.consumed or is_name_and_organisation_line(passage.text)
        ):
            return False
        return block.kind == "para" and lead_in.consumed and block.gap

    def _apply_headings(self, passage: Passage) -> None:
        passage.section = HEADING_PATH_SEPARATOR.join(heading.words for heading in self.headings)
        if not self.headings:
            return
        passage.role = self.headings[-1].role
        passage.section_due = self._get_heading_deadline()
        for heading in reversed(self.headings[:-1]):
            if heading.role and not passage.role:
                if heading.role in {"attendee", ABSENT_ROLE} and self.headings[-1].level == NUMBERED_HEADING_LEVEL:
                    break  # a numbered title begins something else
                if heading.role in LASTING_HEADING_ROLES:
                    passage.role = heading.role
                else:
                    passage.under = heading.role
                break

    def _get_heading_deadline(self) -> str:
        """By when, as the nearest heading says, if it or one above it is about tasks."""
        below_tasks = [
            heading for heading in self.headings if heading.role == "commitment" or find_section_deadline(heading.words)
        ]
        if not any(heading.role == "commitment" for heading in below_tasks):
            return ""
        return find_section_deadline(self.headings[-1].words) or find_section_deadline(below_tasks[-1].words)


def parse_report_passages(text: str, *, is_beginning: bool) -> list[Passage]:
    """The document, block by block, each with what governs it."""
    outline = ReportOutline(is_beginning=is_beginning)
    passages: list[Passage] = []
    for block in parse_text_blocks(text):
        words = strip_markup(text, block.pieces)
        if not words.text.strip():
            continue
        is_one_sentence = block.kind in {"heading", "row"} or is_numbered_decision(words.text)
        spans = [(0, len(words.text.rstrip()))] if is_one_sentence else find_sentence_spans(words.text)
        passage = Passage(block, words, spans, block.kind if block.kind != "row" else "bullet")
        if block.kind == "row":
            passage.cells = _split_row_cells(text, block)
        struck = STRUCK_ROW_PATTERN if block.kind == "row" else STRUCK_OUT_PATTERN
        passage.struck = struck.match(text, block.start, block.end) is not None
        outline.place_passage(passage)
        if CHAT_SPEAKER_PATTERN.match(words.text):
            passage.role = passage.lead = ""  # whatever stands above the chat
        passages.append(passage)
        passage.first = len(passages) == 1
    uses_conclusions = repeats_conclusions(passage.text for passage in passages)
    for passage in passages:
        passage.uses_conclusions = uses_conclusions
    _mark_list_passages(passages)
    mark_row_columns(passages)
    passages = split_prose_rows(text, passages)
    mark_people_lists(passages)
    _unmark_false_lead_ins(passages)
    mark_repeated_transcripts(passages)
    mark_footnotes(passages)
    mark_forms(passages)
    return passages


def _split_row_cells(text: str, block: Block) -> tuple[str, ...]:
    """The cells of a row, without markup."""
    return tuple(_extract_cell_text(text, *span) for span in find_cell_spans(text, block))


def _extract_cell_text(text: str, start: int, end: int) -> str:
    """The words of a cell, with a line for each entry of a list in it."""
    marks = [mark.span() for mark in CELL_ITEM_PATTERN.finditer(text, start, end)]
    starts = [start, *(after for _before, after in marks)]
    ends = [*(before for before, _after in marks), end]
    items = (strip_markup(text, [span]).text.strip() for span in zip(starts, ends, strict=True))
    return "\n".join(filter(None, (BULLET_LINE_PATTERN.sub("", item, count=1) if marks else item for item in items)))


def _mark_list_passages(passages: list[Passage]) -> None:
    """Which bullets are outermost, and which blocks hold deeper ones."""
    indents: list[int] = []
    for passage, after in zip(passages, [*passages[1:], None], strict=False):
        block = passage.block
        if block.kind == "bullet":
            while indents and indents[-1] >= block.indent:
                indents.pop()
            passage.top = not indents
            indents.append(block.indent)
        elif block.kind == "heading" or block.gap:
            indents = []
        if after is not None and after.block.kind == "bullet":
            passage.holds = block.kind == "para" or (block.kind == "bullet" and after.block.indent > block.indent)


def _unmark_false_lead_ins(passages: list[Passage]) -> None:
    """A lead-in leads only if something follows that is no heading, and has no mark of its own."""
    for passage, after in zip(passages, [*passages[1:], None], strict=False):
        if after is None or after.block.kind == "heading":
            passage.leads = False
        if after is not None and get_kind_of_label_only_line(passage.text) and LABEL_START_PATTERN.match(after.text):
            passage.leads = False


def may_be_person_title(passage: Passage, words: str) -> bool:
    """Whether a title above tasks may name a person: "Ana:", but not "Budget team"."""
    title = words.strip(" *_:–—-")
    tokens = title.split()
    return (
        (passage.block.kind == "heading" or "commitment" in {passage.role, passage.lead})
        and len(tokens) <= MAX_TITLE_WORDS
        and PERSON_NAME_PATTERN.match(title) is not None
        and not get_heading_role(title)
        and not NO_PERSON_WORDS & {token.lower() for token in tokens}
    )


def is_title_like(phrase: str) -> bool:
    """A short unit without a verb: the name of a matter rather than a statement."""
    stripped = phrase.strip()
    if not stripped or len(stripped.split()) > MAX_HEADING_WORDS or stripped.endswith((".", "!", "?", ";", ",")):
        return False
    return FINITE_VERB_PATTERN.search(stripped) is None and any(letter.isalpha() for letter in stripped)


__all__ = ["AGENDA_ROLE", "DISCUSSION_ROLE", "is_title_like", "parse_report_passages"]

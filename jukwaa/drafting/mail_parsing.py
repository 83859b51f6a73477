"""A mail that answers a consultation, taken apart into inputs. Pure: from lines to pieces, nothing is lost on the way.

    12: replace may with should     a proposed wording for clause 12
    1.2: comment Too short.         a comment on clause 1.2, as is everything else after a number;
                                    "support" alone supports the clause
    question 2: Yes, in schools.    the answer to a question
    and anything else               is said about the text as a whole

Each line that says something is in exactly one piece, or among those that could not be understood: a clause that is not
there, words that the clause does not have. These are kept as they were written, for a person to read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jukwaa.drafting.models import Input
from jukwaa.drafting.text_matching import find_matching_clause_words

# The word for a clause in the languages of the interface; earlier translations had others, which stay valid.
CLAUSE_WORDS_PATTERN = "clause|article|artículo|paragraphe|cláusula|clausula|párrafo|parrafo|البند|بند|الفقرة|فقرة"
# `(?!\d)`: half past ten is no clause.
CLAUSE_NUMBER_PATTERN = r"(?:[A-Z]{1,2}\.)?\d{1,6}(?:\.\d{1,4}){0,5}"  # as 12, 1.2 or A.3
_CLAUSE_LINE_PATTERN = re.compile(
    rf"\s*(?:{CLAUSE_WORDS_PATTERN})?\s*({CLAUSE_NUMBER_PATTERN})\.?\s*[:：](?!\d)(.*)",  # noqa: RUF001 - a Chinese colon
    re.IGNORECASE,
)
_QUESTION_LINE_PATTERN = re.compile(r"\s*(?:question|pregunta|السؤال)\s*(\d{1,3})\s*[:：](.*)", re.IGNORECASE)  # noqa: RUF001 - as above
_COMMENT_ORDER_PATTERN = re.compile(
    r"(?:comment|commentaire|comentario|تعليق)\b\s*[:：]?\s*(.+)",  # noqa: RUF001 - as above
    re.IGNORECASE | re.DOTALL,
)
_SUPPORT_ORDER_PATTERN = re.compile(r"(?:support|soutien|apoyo|تأييد)[.!]?", re.IGNORECASE)
_REPLACE_ORDER_PATTERN = re.compile(
    r"(?:replace|remplacer|reemplazar|sustituir|استبدل)\s+(.+)", re.IGNORECASE | re.DOTALL
)
_REPLACEMENT_SEPARATOR_PATTERN = re.compile(r"\s+(?:by|with|par|por|بـ)\s+", re.IGNORECASE)
_QUOTATION_MARKS = "\"'“”„«»‘’‚ "  # noqa: RUF001 - what people put around words


@dataclass(frozen=True, slots=True)
class ParsedInput:
    """What one input is to say, and the numbers of the lines that it was read from, from 0."""

    lines: tuple[int, ...]
    kind: str = Input.Kind.COMMENT
    body: str = ""
    clause: int | None = None
    question: int | None = None
    exact: str = ""
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class ParsedEmail:
    pieces: tuple[ParsedInput, ...]
    not_understood: tuple[int, ...]  # the numbers of the lines
    lines: tuple[str, ...]

    @property
    def left_over(self) -> str:
        """What could not be understood, as it was written."""
        return "\n".join(self.lines[number] for number in self.not_understood)


@dataclass(slots=True)
class _LineBlock:
    """A line that names a clause or a question, and what follows it; or lines that name nothing."""

    lines: list[int]
    words: list[str]
    clause: str | None = None  # as it was typed
    question: int | None = None

    @property
    def text(self) -> str:
        return "\n".join(self.words).strip()

    @property
    def is_general_block(self) -> bool:
        return self.clause is None and self.question is None

    @property
    def is_short(self) -> bool:
        """An order rather than talk: it ends with its paragraph, and what comes below is something else."""
        return bool(_REPLACE_ORDER_PATTERN.match(self.text) or _SUPPORT_ORDER_PATTERN.fullmatch(self.text))


def parse_consultation_email(
    text: str, clause_texts: Mapping[int, str], question_count: int, own_numbers: Mapping[str, int] | None = None
) -> ParsedEmail:
    """`clauses` are those of the revision that is asked about, by number; `questions` how many are asked.

    `own_numbers` leads from the number of a clause in its document, such as 1.2, to ours.
    """
    lines = tuple(text.splitlines())
    free: list[_LineBlock] = []
    pieces: list[ParsedInput] = []
    lost: list[int] = []
    for block in _iter_line_blocks(lines):
        if block.is_general_block:
            free.append(block)
        elif piece := _build_parsed_input(block, clause_texts, question_count, own_numbers or {}):
            pieces.append(piece)
        else:
            lost.extend(block.lines)
    return ParsedEmail(
        (*_build_general_input(free), *pieces), tuple(number for number in lost if lines[number].strip()), lines
    )


def _iter_line_blocks(text_lines: tuple[str, ...]) -> Iterator[_LineBlock]:
    block = _LineBlock([], [])
    for number, line in enumerate(text_lines):
        begun = _start_line_block(number, line)
        if begun is None and not line.strip() and block.is_short:
            begun = _LineBlock([], [])
        if begun is not None:
            yield block
            block = begun
        else:
            block.lines.append(number)
            block.words.append(line)
    yield block


def _start_line_block(clause_number: int, text_line: str) -> _LineBlock | None:
    if found := _QUESTION_LINE_PATTERN.fullmatch(text_line):
        return _LineBlock([clause_number], [found.group(2)], question=int(found.group(1)))
    if found := _CLAUSE_LINE_PATTERN.fullmatch(text_line):
        return _LineBlock([clause_number], [found.group(2)], clause=found.group(1).upper())
    return None


def _build_general_input(unmatched_blocks: list[_LineBlock]) -> Iterator[ParsedInput]:
    """All that names no clause and no question, as one input about the text as a whole."""
    said = [block for block in unmatched_blocks if block.text]
    if said:
        body = "\n\n".join(block.text for block in said)
        yield ParsedInput(tuple(number for block in said for number in block.lines), _get_input_kind(body), body)


def _build_parsed_input(
    line_block: _LineBlock, clause_texts: Mapping[int, str], question_count: int, own_numbers: Mapping[str, int]
) -> ParsedInput | None:
    lines, text = tuple(line_block.lines), line_block.text
    if not text:
        return None
    if line_block.question is not None:
        return (
            ParsedInput(lines, body=text, question=line_block.question)
            if 1 <= line_block.question <= question_count
            else None
        )
    clause = _find_clause_number(line_block.clause or "", own_numbers)
    if clause not in clause_texts:
        return None
    if _SUPPORT_ORDER_PATTERN.fullmatch(text):
        return ParsedInput(lines, Input.Kind.SUPPORT, clause=clause)
    if found := _REPLACE_ORDER_PATTERN.fullmatch(text):
        return _build_proposal_input(line_block, found.group(1), clause, clause_texts[clause])
    found = _COMMENT_ORDER_PATTERN.fullmatch(text)
    body = found.group(1) if found else text
    return ParsedInput(lines, _get_input_kind(body), body, clause)


def _find_clause_number(typed_number: str, own_numbers: Mapping[str, int]) -> int:
    """Our number of the clause; 0 where there is none."""
    return own_numbers.get(typed_number) or (int(typed_number) if typed_number.isdecimal() else 0)


def _build_proposal_input(
    line_block: _LineBlock, proposal_order: str, clause_number: int, clause: str
) -> ParsedInput | None:
    """A proposed wording, if the words stand in the clause once. If more than once, a person sees which are meant."""
    known = False
    for by in reversed(
        list(_REPLACEMENT_SEPARATOR_PATTERN.finditer(proposal_order))
    ):  # “by” may stand in the words themselves: the longest are meant
        old, new = (
            proposal_order[: by.start()].strip(_QUOTATION_MARKS),
            proposal_order[by.end() :].strip().strip(_QUOTATION_MARKS),
        )
        exact = find_matching_clause_words(old, clause)
        if not exact or not new:
            continue
        known = True
        places = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(exact)}(?!\w)", clause)]
        if len(places) == 1 and new != exact:
            proposed = clause[: places[0]] + new + clause[places[0] + len(exact) :]
            return ParsedInput(
                tuple(line_block.lines), Input.Kind.PROPOSAL, clause=clause_number, exact=exact, proposed=proposed
            )
    return ParsedInput(tuple(line_block.lines), body=line_block.text, clause=clause_number) if known else None


def _get_input_kind(clause_body: str) -> str:
    return Input.Kind.QUESTION if clause_body.rstrip().endswith(("?", "؟")) else Input.Kind.COMMENT

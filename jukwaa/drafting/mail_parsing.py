"""A mail that answers a consultation, taken apart into inputs. Pure: from lines to pieces, nothing is lost on the way.

    12: replace may by should       a proposed wording for clause 12
    12: comment Too short.          a comment on it, as is everything else after the number; "support" alone supports it
    question 2: Yes, in schools.    the answer to a question
    and anything else               is said about the text as a whole

Each line that says something is in exactly one piece, or among those that could not be understood: a clause that is not
there, words that the clause does not have. These are kept as they were written, for a person to read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jukwaa.drafting.models import Input
from jukwaa.drafting.quoting import words_in

# The word for a clause in the languages of the interface; earlier translations had others, which stay valid.
CLAUSE_WORDS = "clause|article|artículo|paragraphe|cláusula|clausula|párrafo|parrafo|البند|بند|الفقرة|فقرة"
# `(?!\d)`: half past ten is no clause.
_CLAUSE = re.compile(rf"\s*(?:{CLAUSE_WORDS})?\s*(\d{{1,6}})\s*[:：](?!\d)(.*)", re.IGNORECASE)  # noqa: RUF001 - a Chinese colon
_QUESTION = re.compile(r"\s*(?:question|pregunta|السؤال)\s*(\d{1,3})\s*[:：](.*)", re.IGNORECASE)  # noqa: RUF001 - as above
_COMMENT = re.compile(r"(?:comment|commentaire|comentario|تعليق)\b\s*[:：]?\s*(.+)", re.IGNORECASE | re.DOTALL)  # noqa: RUF001 - as above
_SUPPORT = re.compile(r"(?:support|soutien|apoyo|تأييد)[.!]?", re.IGNORECASE)
_REPLACE = re.compile(r"(?:replace|remplacer|reemplazar|sustituir|استبدل)\s+(.+)", re.IGNORECASE | re.DOTALL)
_BY = re.compile(r"\s+(?:by|with|par|por|بـ)\s+", re.IGNORECASE)
_QUOTES = "\"'“”„«»‘’‚ "  # noqa: RUF001 - what people put around words


@dataclass(frozen=True, slots=True)
class Piece:
    """What one input is to say, and the numbers of the lines that it was read from, from 0."""

    lines: tuple[int, ...]
    kind: str = Input.Kind.COMMENT
    body: str = ""
    clause: int | None = None
    question: int | None = None
    exact: str = ""
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    pieces: tuple[Piece, ...]
    not_understood: tuple[int, ...]  # the numbers of the lines
    lines: tuple[str, ...]

    @property
    def left_over(self) -> str:
        """What could not be understood, as it was written."""
        return "\n".join(self.lines[number] for number in self.not_understood)


@dataclass(slots=True)
class _Block:
    """A line that names a clause or a question, and what follows it; or lines that name nothing."""

    lines: list[int]
    words: list[str]
    clause: int | None = None
    question: int | None = None

    @property
    def text(self) -> str:
        return "\n".join(self.words).strip()

    @property
    def is_free(self) -> bool:
        return self.clause is None and self.question is None

    @property
    def is_short(self) -> bool:
        """An order rather than talk: it ends with its paragraph, and what comes below is something else."""
        return bool(_REPLACE.match(self.text) or _SUPPORT.fullmatch(self.text))


def parse_mail(text: str, clauses: Mapping[int, str], questions: int) -> Parsed:
    """`clauses` are those of the revision that is asked about, by number; `questions` how many are asked."""
    lines = tuple(text.splitlines())
    free: list[_Block] = []
    pieces: list[Piece] = []
    lost: list[int] = []
    for block in _blocks(lines):
        if block.is_free:
            free.append(block)
        elif piece := _piece(block, clauses, questions):
            pieces.append(piece)
        else:
            lost.extend(block.lines)
    return Parsed((*_whole(free), *pieces), tuple(number for number in lost if lines[number].strip()), lines)


def _blocks(lines: tuple[str, ...]) -> Iterator[_Block]:
    block = _Block([], [])
    for number, line in enumerate(lines):
        begun = _begun(number, line)
        if begun is None and not line.strip() and block.is_short:
            begun = _Block([], [])
        if begun is not None:
            yield block
            block = begun
        else:
            block.lines.append(number)
            block.words.append(line)
    yield block


def _begun(number: int, line: str) -> _Block | None:
    if found := _QUESTION.fullmatch(line):
        return _Block([number], [found.group(2)], question=int(found.group(1)))
    if found := _CLAUSE.fullmatch(line):
        return _Block([number], [found.group(2)], clause=int(found.group(1)))
    return None


def _whole(free: list[_Block]) -> Iterator[Piece]:
    """All that names no clause and no question, as one input about the text as a whole."""
    said = [block for block in free if block.text]
    if said:
        body = "\n\n".join(block.text for block in said)
        yield Piece(tuple(number for block in said for number in block.lines), _kind(body), body)


def _piece(block: _Block, clauses: Mapping[int, str], questions: int) -> Piece | None:
    lines, text = tuple(block.lines), block.text
    if not text:
        return None
    if block.question is not None:
        return Piece(lines, body=text, question=block.question) if 1 <= block.question <= questions else None
    if block.clause is None or block.clause not in clauses:
        return None
    if _SUPPORT.fullmatch(text):
        return Piece(lines, Input.Kind.SUPPORT, clause=block.clause)
    if found := _REPLACE.fullmatch(text):
        return _replaced(block, found.group(1), clauses[block.clause])
    found = _COMMENT.fullmatch(text)
    body = found.group(1) if found else text
    return Piece(lines, _kind(body), body, block.clause)


def _replaced(block: _Block, order: str, clause: str) -> Piece | None:
    """A proposed wording, if the words stand in the clause once. If more than once, a person sees which are meant."""
    known = False
    for by in reversed(list(_BY.finditer(order))):  # “by” may stand in the words themselves: the longest are meant
        old, new = order[: by.start()].strip(_QUOTES), order[by.end() :].strip().strip(_QUOTES)
        exact = words_in(old, clause)
        if not exact or not new:
            continue
        known = True
        places = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(exact)}(?!\w)", clause)]
        if len(places) == 1 and new != exact:
            proposed = clause[: places[0]] + new + clause[places[0] + len(exact) :]
            return Piece(tuple(block.lines), Input.Kind.PROPOSAL, clause=block.clause, exact=exact, proposed=proposed)
    return Piece(tuple(block.lines), body=block.text, clause=block.clause) if known else None


def _kind(body: str) -> str:
    return Input.Kind.QUESTION if body.rstrip().endswith(("?", "؟")) else Input.Kind.COMMENT

"""From a Word file that came back to inputs: which clause each paragraph is, what was changed in it, what was said
beside it. Pure: it gets what the file says (`child/returned.py`) and how the clauses read, and knows no database.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from jukwaa.core.documents.clean import clean_text
from jukwaa.core.lists import in_a_row
from jukwaa.drafting.comparing import stayed
from jukwaa.drafting.models import Input, Placement
from jukwaa.drafting.word import CLAUSE, FRONT

MOST_FINDINGS = 500
LONGEST = 20_000
ALIKE = 60  # of 100: from which on a paragraph without a mark is taken for the clause that it is most like
ALIKE_SHORT = 80  # where it has few letters
SHORT = 25
UNDER_ITS_NUMBER = 40  # where the number of the clause stands before it
PART = 85  # how much of a paragraph behind a clause must be words of that clause: then it was parted in two
MOST_COMPARED = 2_000  # paragraphs without a mark
MOST_PARTED = 500  # paragraphs that may be the rest of the clause before them: looking costs up to 5 ms each
NEARLY_ALL = 0.8  # of the clauses: a file that holds so many holds the text, and what is missing was taken out
QUESTION_MARKS = ("?", "\N{ARABIC QUESTION MARK}", "\N{FULLWIDTH QUESTION MARK}", "\N{GREEK QUESTION MARK}")

_LABEL = re.compile(r"\s*\[\s*(\d{1,6})\s*\]\s*")


@dataclass(frozen=True, slots=True)
class Stood:
    """A clause as the revision has it that the file was made from."""

    number: int
    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class Finding:
    """An input to be. Without `clause` it is about the text as a whole."""

    kind: str
    clause: int | None
    body: str = ""
    proposed: str = ""
    exact: str = ""
    placed: bool = True  # whether we know where it belongs


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file says. `missing` are clauses that it lacks, where it holds too few to take them as removed."""

    findings: list[Finding]
    found: int
    missing: int = 0
    untracked: int = 0
    marked: bool = True


@dataclass
class Segment:
    """Some words of the file, and the clause that they are: by a mark, by number or by likeness."""

    kind: str
    text: str
    clause: int | None = None
    front: bool = False
    comments: list[str] = field(default_factory=list)
    by: list[str] = field(default_factory=list)


def understood(answer: Mapping[str, Any], clauses: Sequence[Stood], *, ours: bool, names: bool) -> Understood:
    """What becomes of the file. `ours`: its properties say that it was made here, of this very revision."""
    return _Mapping(answer, clauses, ours=ours, names=names).told()


class _Mapping:
    def __init__(self, answer: Mapping[str, Any], clauses: Sequence[Stood], *, ours: bool, names: bool) -> None:
        self.clauses = {clause.number: clause for clause in clauses}
        self.forms = {clause.number: _form(clause.kind, clause.body) for clause in clauses}
        self.names = names
        self.comments: Mapping[str, Any] = answer["comments"]
        self.segments = [segment for block in answer["blocks"] for segment in _segments(block)]
        self.marked = any(segment.clause for segment in self.segments)
        self.was = {_form(segment.kind, segment.text) for block in answer["before"] for segment in _segments(block)}
        self._keep_marks(ours=ours)
        self._drop_labels()
        self._place()
        self.said = self._said()

    def _keep_marks(self, *, ours: bool) -> None:
        """Each clause once. In a file from elsewhere a mark counts where the words are like those of the clause."""
        seen: set[int] = set()
        for segment in self.segments:
            number = segment.clause
            if number is None:
                continue
            segment.text = _without_label(segment.text, number)
            known = number in self.clauses and number not in seen
            if not known or not (ours or not segment.text or self._likeness(segment, number) >= UNDER_ITS_NUMBER):
                segment.clause = None
            else:
                seen.add(number)
        if not ours and not seen:
            for segment in self.segments:
                segment.front = False

    def _drop_labels(self) -> None:
        """Above a table its number stands alone."""
        for segment, following in zip(self.segments, [*self.segments[1:], None], strict=True):
            if not (match := _LABEL.fullmatch(segment.text)):
                continue
            segment.text = ""
            number = int(match[1])
            if following and following.kind == "table" and following.clause is None and number in self.clauses:
                following.text = f"[{number}] {following.text}"

    def _place(self) -> None:
        """Find the clause of each paragraph without a mark: by its number, by its very words, by likeness."""
        left = {number for number in self.clauses if not any(self._holds(segment, number) for segment in self.segments)}
        loose = [segment for segment in self.segments if segment.clause is None and segment.text and not segment.front]
        by_words = {self.forms[number]: number for number in sorted(left)}
        for segment in loose:
            self._settle(segment, self._by_number(segment, left), left)
        for segment in loose:
            self._settle(segment, by_words.get(_form(segment.kind, segment.text)), left)
        for segment in [segment for segment in loose if segment.clause is None][:MOST_COMPARED]:
            self._settle(segment, self._most_alike(segment, left), left)

    def _holds(self, segment: Segment, number: int) -> bool:
        return segment.clause == number and bool(segment.text)

    def _settle(self, segment: Segment, number: int | None, left: set[int]) -> None:
        if segment.clause is not None or number is None or number not in left:
            return
        segment.text = _without_label(segment.text, number)
        segment.clause = number
        left.discard(number)

    def _by_number(self, segment: Segment, left: set[int]) -> int | None:
        match = _LABEL.match(segment.text)
        number = int(match[1]) if match else None
        if number not in left or self._likeness(segment, number) < UNDER_ITS_NUMBER:
            return None
        return number

    def _most_alike(self, segment: Segment, left: set[int]) -> int | None:
        words = _form(segment.kind, _LABEL.sub("", segment.text, count=1))
        if not words or len(words) > 2 * LONGEST:
            return None
        bodies = {number: self.forms[number] for number in left}
        least = ALIKE_SHORT if len(words) < SHORT else ALIKE
        best = process.extractOne(words, bodies, scorer=fuzz.ratio, score_cutoff=least)
        return best[2] if best else None

    def _likeness(self, segment: Segment, number: int) -> float:
        words = _form(segment.kind, _LABEL.sub("", segment.text, count=1))
        return fuzz.ratio(words[: 2 * LONGEST], self.forms[number])

    def _said(self) -> dict[int, str]:
        """How each clause reads in the file. What stands behind it and is made of its words is the rest of it."""
        said: dict[int, str] = {}
        last: int | None = None
        left = MOST_PARTED
        for segment in self.segments:
            if segment.clause is not None:
                last = segment.clause
                said[last] = said.get(last) or segment.text
                continue
            if last is None or segment.kind != "paragraph" or not left:
                continue
            left -= 1
            if self._is_rest(segment, last):
                segment.clause = last
                said[last] = f"{said[last]}\n{segment.text}"
        return said

    def _is_rest(self, segment: Segment, number: int) -> bool:
        words, body = _form("paragraph", segment.text), self.forms[number]
        if len(words) < SHORT // 2 or len(words) > len(body):
            return False
        return fuzz.partial_ratio(words, body, score_cutoff=PART) >= PART

    def told(self) -> Understood:
        gone = [number for number in self.clauses if not self.said.get(number)]
        whole = len(self.said) - sum(not text for text in self.said.values()) >= NEARLY_ALL * len(self.clauses)
        removed = {number for number in gone if number in self.said or whole}
        changed = [number for number in self.said if number not in removed and self._differs(number)]
        findings = [
            *self._proposals(changed),
            *(Finding(Input.Kind.COMMENT, number, _("Remove this clause.")) for number in sorted(removed)),
            *self._moves(removed),
            *self._new(),
            *self._remarks(),
        ]
        order = {number: at for at, number in enumerate(self.clauses)}
        findings.sort(key=lambda one: order.get(one.clause or 0, len(order)))
        before = self._before()
        untracked = sum(self.forms[number] not in before for number in changed)
        return Understood(
            findings=findings,
            found=len([text for text in self.said.values() if text]),
            missing=len(gone) - len(removed),
            untracked=untracked,
            marked=self.marked,
        )

    def _before(self) -> set[str]:
        return {_LABEL.sub("", words, count=1) for words in self.was} | self.was

    def _differs(self, number: int) -> bool:
        return _form(self.clauses[number].kind, self.said[number]) != self.forms[number]

    def _proposals(self, numbers: Iterable[int]) -> Iterator[Finding]:
        hands = {segment.clause: segment.by for segment in self.segments if segment.clause is not None}
        for number in numbers:
            body = self._named("", hands.get(number, []))
            proposed = _tidy(self.clauses[number].kind, self.said[number])[:LONGEST]
            yield Finding(Input.Kind.PROPOSAL, number, body, proposed)

    def _moves(self, removed: set[int]) -> Iterator[Finding]:
        """The clauses that no longer stand in the order of the rest."""
        places = {number: at for at, number in enumerate(self.clauses)}
        order = [segment.clause for segment in self.segments if segment.clause is not None and segment.text]
        standing = [number for number in dict.fromkeys(order) if number not in removed]
        steady = set(stayed(standing, places))
        for at, number in enumerate(standing):
            if number not in steady:
                after = standing[at - 1] if at else None
                words = (
                    _("Move this clause after clause %(number)s.") % {"number": after}
                    if after
                    else _("Move this clause to the beginning.")
                )
                yield Finding(Input.Kind.COMMENT, number, words)

    def _new(self) -> Iterator[Finding]:
        """Paragraphs that are no clause, at the clause that they stand behind; neighbours together."""
        last: int | None = None
        waiting: list[Segment] = []
        for segment in self.segments:
            if segment.clause is None:
                if segment.text and not segment.front:
                    waiting.append(segment)
                continue
            if waiting:
                yield self._added(waiting, last)
            waiting, last = [], segment.clause
        if waiting:
            yield self._added(waiting, last)

    def _added(self, segments: list[Segment], after: int | None) -> Finding:
        words = "\n".join(_tidy(segment.kind, segment.text) for segment in segments)
        hands = list(dict.fromkeys(name for segment in segments for name in segment.by))
        if after is None:
            return Finding(Input.Kind.COMMENT, None, self._named(words, hands)[:LONGEST], placed=False)
        body = _("Add after this clause: %(words)s") % {"words": words}
        return Finding(Input.Kind.COMMENT, after, self._named(body, hands)[:LONGEST])

    def _remarks(self) -> Iterator[Finding]:
        last: int | None = None
        told = set()
        for segment in self.segments:
            last = segment.clause or last
            for key in segment.comments:
                told.add(key)
                if comment := self.comments.get(key):
                    yield from self._remark(comment, None if segment.front else last)
        for key, comment in self.comments.items():
            if key not in told:
                yield from self._remark(comment, None)

    def _remark(self, comment: Mapping[str, Any], number: int | None) -> Iterator[Finding]:
        words = clean_text(comment["text"])[0].strip()
        if not words:
            return
        kind = Input.Kind.QUESTION if words.endswith(QUESTION_MARKS) else Input.Kind.COMMENT
        quoted = _without_label(comment["was"] or comment["now"], number)
        exact = _in_body(quoted, self.clauses[number].body) if number is not None else ""
        if quoted and not exact:
            words = _("On the words “%(quoted)s”: %(words)s") % {"quoted": quoted[:500], "words": words}
        hands = [comment["by"]] if comment["by"] else []
        body = self._named(words, hands)[:LONGEST]
        yield Finding(kind, number, body, exact=exact, placed=number is not None)

    def _named(self, words: str, hands: list[str]) -> str:
        """The names beside the words, if whoever brought the file wants them kept."""
        if not (self.names and hands):
            return words
        names = in_a_row(clean_text(name)[0][:100] for name in hands[:10])
        return f"{words} ({names})" if words else names


def _segments(block: Mapping[str, Any]) -> Iterator[Segment]:
    """A block, parted where marks begin in it: paragraphs run together when the end of one was taken out."""
    marks = [(name, at) for kind, name, at in block["anchors"] if kind == "mark"]
    text = block["text"]
    marks = marks[:1] if block["kind"] == "table" else marks
    ends = [*(at for _name, at in marks[1:]), len(text)]
    parts = [
        Segment(block["kind"], text[(start if number else 0) : end].strip(), by=block["by"], **_meant(name))
        for number, ((name, start), end) in enumerate(zip(marks, ends, strict=False))
    ] or [Segment(block["kind"], text.strip(), by=block["by"])]
    here = -1
    for kind, name, _at in block["anchors"]:
        if kind == "mark":
            here += 1
        else:
            parts[max(here, 0)].comments.append(name)
    yield from parts


def _meant(mark: str) -> dict[str, Any]:
    number = mark[1:]
    if not (number.isascii() and number.isdecimal() and len(number) < 8):  # noqa: PLR2004 - of a number of ours
        return {}
    return {"clause": int(number)} if mark.startswith(CLAUSE) else {"front": mark.startswith(FRONT)}


def _without_label(text: str, number: int | None) -> str:
    match = _LABEL.match(text)
    return text[match.end() :] if match and (number is None or int(match[1]) == number) else text


def _in_body(quoted: str, body: str) -> str:
    """The quoted words as they stand in the clause, whatever white space or cells lie between them."""
    words = quoted.split()[:200]
    if not words:
        return ""
    match = re.search(r"[\s|]+".join(map(re.escape, words)), body)
    return match[0] if match else ""


def _tidy(kind: str, text: str) -> str:
    """As a clause says it: lines without white space around them; a table a line a row."""
    lines = [" ".join(line.split()) for line in clean_text(text)[0].split("\n")]
    if kind == Placement.Kind.TABLE:
        lines = [" | ".join(cell.strip() for cell in line.split("|")).rstrip(" |") for line in lines if line]
    return "\n".join(lines).strip()


def _form(kind: str, text: str) -> str:
    """By which two wordings are compared: white space within a line makes no difference, nor do empty lines."""
    return "\n".join(line for line in _tidy(kind, text).split("\n") if line)

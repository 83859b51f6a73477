"""From a Word file that came back to inputs: which clause each paragraph is, what was changed in it, what was said
beside it. Pure: it gets what the file says (`child/returned.py`) and how the clauses read, and knows no database.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from jukwaa.core.documents.text_cleaning import clean_text
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.drafting.comparison import find_unmoved_clauses
from jukwaa.drafting.models import Input, Placement
from jukwaa.drafting.word_export import CLAUSE_BOOKMARK_PREFIX, FRONT_PAGE_BOOKMARK

MAX_FILE_FINDINGS = 500
MAX_CLAUSE_LENGTH = 20_000
MIN_CLAUSE_SIMILARITY = (
    60  # of 100: from which on a paragraph without a mark is taken for the clause that it is most like
)
MIN_SHORT_CLAUSE_SIMILARITY = 80  # where it has few letters
SHORT_CLAUSE_LENGTH = 25
MIN_NUMBERED_CLAUSE_SIMILARITY = 40  # where the number of the clause stands before it
MIN_PARTIAL_SIMILARITY = (
    85  # how much of a paragraph behind a clause must be words of that clause: then it was parted in two
)
MAX_COMPARED_PARAGRAPHS = 2_000  # paragraphs without a mark
MAX_SPLIT_PARAGRAPHS = 500  # paragraphs that may be the rest of the clause before them: looking costs up to 5 ms each
COMPLETE_FILE_SHARE = 0.8  # of the clauses: a file that holds so many holds the text, and what is missing was taken out
QUESTION_MARK_CHARACTERS = ("?", "\N{ARABIC QUESTION MARK}", "\N{FULLWIDTH QUESTION MARK}", "\N{GREEK QUESTION MARK}")

_CLAUSE_LABEL_PATTERN = re.compile(r"\s*\[\s*((?:[A-Z]{1,2}\.)?\d{1,6}(?:\.\d{1,4}){0,5})\s*\]\s*")


@dataclass(frozen=True, slots=True)
class OriginalClause:
    """A clause as the revision has it that the file was made from."""

    number: int
    kind: str
    body: str
    own_number: str = ""

    @property
    def label(self) -> str:
        return self.own_number or str(self.number)


@dataclass(frozen=True, slots=True)
class FileFinding:
    """An input to be. Without `clause` it is about the text as a whole."""

    kind: str
    clause: int | None
    body: str = ""
    proposed: str = ""
    exact: str = ""
    placed: bool = True  # whether we know where it belongs


@dataclass(frozen=True, slots=True)
class FileFindings:
    """What a file says. `missing` are clauses that it lacks, where it holds too few to take them as removed."""

    findings: list[FileFinding]
    found: int
    missing: int = 0
    untracked: int = 0
    marked: bool = True


@dataclass
class FileSegment:
    """Some words of the file, and the clause that they are: by a mark, by number or by likeness."""

    kind: str
    text: str
    clause: int | None = None
    front: bool = False
    comments: list[str] = field(default_factory=list)
    by: list[str] = field(default_factory=list)


def analyze_returned_file(
    answer: Mapping[str, Any], original_clauses: Sequence[OriginalClause], *, is_our_file: bool, with_names: bool
) -> FileFindings:
    """What becomes of the file. `is_our_file`: its properties say that it was made here, of this very revision."""
    return _FileAnalysis(answer, original_clauses, is_our_file=is_our_file, with_names=with_names).build_findings()


class _FileAnalysis:
    def __init__(
        self,
        answer: Mapping[str, Any],
        original_clauses: Sequence[OriginalClause],
        *,
        is_our_file: bool,
        with_names: bool,
    ) -> None:
        self.clauses = {clause.number: clause for clause in original_clauses}
        self.forms = {clause.number: _normalize_for_comparison(clause.kind, clause.body) for clause in original_clauses}
        self.clause_numbers = {clause.label: clause.number for clause in original_clauses}
        self.names = with_names
        self.comments: Mapping[str, Any] = answer["comments"]
        self.segments = [segment for block in answer["blocks"] for segment in _split_at_clause_marks(block)]
        self.marked = any(segment.clause for segment in self.segments)
        self.was = {
            _normalize_for_comparison(segment.kind, segment.text)
            for block in answer["before"]
            for segment in _split_at_clause_marks(block)
        }
        self._validate_clause_marks(is_our_file=is_our_file)
        self._remove_table_labels()
        self._match_unmarked_paragraphs()
        self.said = self._collect_clause_texts()

    def _validate_clause_marks(self, *, is_our_file: bool) -> None:
        """Each clause once. In a file from elsewhere a mark counts where the words are like those of the clause."""
        seen: set[int] = set()
        for segment in self.segments:
            number = segment.clause
            if number is None:
                continue
            segment.text = self._strip_clause_label(segment.text, number)
            known = number in self.clauses and number not in seen
            if not known or not (
                is_our_file
                or not segment.text
                or self._get_segment_similarity(segment, number) >= MIN_NUMBERED_CLAUSE_SIMILARITY
            ):
                segment.clause = None
            else:
                seen.add(number)
        if not is_our_file and not seen:
            for segment in self.segments:
                segment.front = False

    def _remove_table_labels(self) -> None:
        """Above a table its number stands alone."""
        for segment, following in zip(self.segments, [*self.segments[1:], None], strict=True):
            if not (match := _CLAUSE_LABEL_PATTERN.fullmatch(segment.text)):
                continue
            segment.text = ""
            if following and following.kind == "table" and following.clause is None and match[1] in self.clause_numbers:
                following.text = f"[{match[1]}] {following.text}"

    def _match_unmarked_paragraphs(self) -> None:
        """Find the clause of each paragraph without a mark: by its number, by its very words, by likeness."""
        unmatched = {
            number
            for number in self.clauses
            if not any(self._does_segment_hold_clause(segment, number) for segment in self.segments)
        }
        loose = [segment for segment in self.segments if segment.clause is None and segment.text and not segment.front]
        by_words = {self.forms[number]: number for number in sorted(unmatched)}
        for segment in loose:
            self._assign_clause_to_segment(segment, self._match_by_number(segment, unmatched), unmatched)
        for segment in loose:
            self._assign_clause_to_segment(
                segment, by_words.get(_normalize_for_comparison(segment.kind, segment.text)), unmatched
            )
        for segment in [segment for segment in loose if segment.clause is None][:MAX_COMPARED_PARAGRAPHS]:
            self._assign_clause_to_segment(segment, self._match_by_similarity(segment, unmatched), unmatched)

    def _strip_clause_label(self, text: str, clause_number: int | None) -> str:
        match = _CLAUSE_LABEL_PATTERN.match(text)
        is_own = match is not None and (clause_number is None or match[1] == self.clauses[clause_number].label)
        return text[match.end() :] if match and is_own else text

    def _does_segment_hold_clause(self, segment: FileSegment, clause_number: int) -> bool:
        return segment.clause == clause_number and bool(segment.text)

    def _assign_clause_to_segment(self, segment: FileSegment, clause: int | None, unmatched_numbers: set[int]) -> None:
        if segment.clause is not None or clause is None or clause not in unmatched_numbers:
            return
        segment.text = self._strip_clause_label(segment.text, clause)
        segment.clause = clause
        unmatched_numbers.discard(clause)

    def _match_by_number(self, segment: FileSegment, unmatched_numbers: set[int]) -> int | None:
        match = _CLAUSE_LABEL_PATTERN.match(segment.text)
        number = self.clause_numbers.get(match[1]) if match else None
        if (
            number is None
            or number not in unmatched_numbers
            or self._get_segment_similarity(segment, number) < MIN_NUMBERED_CLAUSE_SIMILARITY
        ):
            return None
        return number

    def _match_by_similarity(self, segment: FileSegment, unmatched_numbers: set[int]) -> int | None:
        words = _normalize_for_comparison(segment.kind, _CLAUSE_LABEL_PATTERN.sub("", segment.text, count=1))
        if not words or len(words) > 2 * MAX_CLAUSE_LENGTH:
            return None
        bodies = {number: self.forms[number] for number in unmatched_numbers}
        least = MIN_SHORT_CLAUSE_SIMILARITY if len(words) < SHORT_CLAUSE_LENGTH else MIN_CLAUSE_SIMILARITY
        best = process.extractOne(words, bodies, scorer=fuzz.ratio, score_cutoff=least)
        return best[2] if best else None

    def _get_segment_similarity(self, segment: FileSegment, clause_number: int) -> float:
        words = _normalize_for_comparison(segment.kind, _CLAUSE_LABEL_PATTERN.sub("", segment.text, count=1))
        return fuzz.ratio(words[: 2 * MAX_CLAUSE_LENGTH], self.forms[clause_number])

    def _collect_clause_texts(self) -> dict[int, str]:
        """How each clause reads in the file. What stands behind it and is made of its words is the rest of it."""
        said: dict[int, str] = {}
        last: int | None = None
        unmatched = MAX_SPLIT_PARAGRAPHS
        for segment in self.segments:
            if segment.clause is not None:
                last = segment.clause
                said[last] = said.get(last) or segment.text
                continue
            if last is None or segment.kind != "paragraph" or not unmatched:
                continue
            unmatched -= 1
            if self._does_segment_continue_clause(segment, last):
                segment.clause = last
                said[last] = f"{said[last]}\n{segment.text}"
        return said

    def _does_segment_continue_clause(self, segment: FileSegment, clause_number: int) -> bool:
        words, body = _normalize_for_comparison("paragraph", segment.text), self.forms[clause_number]
        if len(words) < SHORT_CLAUSE_LENGTH // 2 or len(words) > len(body):
            return False
        return fuzz.partial_ratio(words, body, score_cutoff=MIN_PARTIAL_SIMILARITY) >= MIN_PARTIAL_SIMILARITY

    def build_findings(self) -> FileFindings:
        gone = [number for number in self.clauses if not self.said.get(number)]
        whole = len(self.said) - sum(not text for text in self.said.values()) >= COMPLETE_FILE_SHARE * len(self.clauses)
        removed = {number for number in gone if number in self.said or whole}
        changed = [number for number in self.said if number not in removed and self._has_clause_changed(number)]
        findings = [
            *self._iter_proposal_findings(changed),
            *(FileFinding(Input.Kind.COMMENT, number, _("Remove this clause.")) for number in sorted(removed)),
            *self._iter_move_findings(removed),
            *self._iter_new_paragraphs(),
            *self._iter_comment_findings(),
        ]
        order = {number: at for at, number in enumerate(self.clauses)}
        findings.sort(key=lambda one: order.get(one.clause or 0, len(order)))
        before = self._get_original_texts()
        untracked = sum(self.forms[number] not in before for number in changed)
        return FileFindings(
            findings=findings,
            found=len([text for text in self.said.values() if text]),
            missing=len(gone) - len(removed),
            untracked=untracked,
            marked=self.marked,
        )

    def _get_original_texts(self) -> set[str]:
        return {_CLAUSE_LABEL_PATTERN.sub("", words, count=1) for words in self.was} | self.was

    def _has_clause_changed(self, clause_number: int) -> bool:
        return (
            _normalize_for_comparison(self.clauses[clause_number].kind, self.said[clause_number])
            != self.forms[clause_number]
        )

    def _iter_proposal_findings(self, clause_numbers: Iterable[int]) -> Iterator[FileFinding]:
        names_of_editors = {segment.clause: segment.by for segment in self.segments if segment.clause is not None}
        for number in clause_numbers:
            body = self._append_editor_names("", names_of_editors.get(number, []))
            proposed = _normalize_clause_text(self.clauses[number].kind, self.said[number])[:MAX_CLAUSE_LENGTH]
            yield FileFinding(Input.Kind.PROPOSAL, number, body, proposed)

    def _iter_move_findings(self, removed_numbers: set[int]) -> Iterator[FileFinding]:
        """The clauses that no longer stand in the order of the rest."""
        places = {number: at for at, number in enumerate(self.clauses)}
        order = [segment.clause for segment in self.segments if segment.clause is not None and segment.text]
        standing = [number for number in dict.fromkeys(order) if number not in removed_numbers]
        steady = set(find_unmoved_clauses(standing, places))
        for at, number in enumerate(standing):
            if number not in steady:
                after = standing[at - 1] if at else None
                words = (
                    _("Move this clause after clause %(number)s.") % {"number": self.clauses[after].label}
                    if after
                    else _("Move this clause to the beginning.")
                )
                yield FileFinding(Input.Kind.COMMENT, number, words)

    def _iter_new_paragraphs(self) -> Iterator[FileFinding]:
        """Paragraphs that are no clause, at the clause that they stand behind; neighbours together."""
        last: int | None = None
        waiting: list[FileSegment] = []
        for segment in self.segments:
            if segment.clause is None:
                if segment.text and not segment.front:
                    waiting.append(segment)
                continue
            if waiting:
                yield self._build_addition_finding(waiting, last)
            waiting, last = [], segment.clause
        if waiting:
            yield self._build_addition_finding(waiting, last)

    def _build_addition_finding(self, segments: list[FileSegment], after_number: int | None) -> FileFinding:
        words = "\n".join(_normalize_clause_text(segment.kind, segment.text) for segment in segments)
        names_of_editors = list(dict.fromkeys(name for segment in segments for name in segment.by))
        if after_number is None:
            return FileFinding(
                Input.Kind.COMMENT,
                None,
                self._append_editor_names(words, names_of_editors)[:MAX_CLAUSE_LENGTH],
                placed=False,
            )
        body = _("Add after this clause: %(words)s") % {"words": words}
        return FileFinding(
            Input.Kind.COMMENT, after_number, self._append_editor_names(body, names_of_editors)[:MAX_CLAUSE_LENGTH]
        )

    def _iter_comment_findings(self) -> Iterator[FileFinding]:
        last: int | None = None
        told = set()
        for segment in self.segments:
            last = segment.clause or last
            for key in segment.comments:
                told.add(key)
                if comment := self.comments.get(key):
                    yield from self._build_comment_findings(comment, None if segment.front else last)
        for key, comment in self.comments.items():
            if key not in told:
                yield from self._build_comment_findings(comment, None)

    def _build_comment_findings(self, comment: Mapping[str, Any], clause_number: int | None) -> Iterator[FileFinding]:
        words = clean_text(comment["text"])[0].strip()
        if not words:
            return
        kind = Input.Kind.QUESTION if words.endswith(QUESTION_MARK_CHARACTERS) else Input.Kind.COMMENT
        quoted = self._strip_clause_label(comment["was"] or comment["now"], clause_number)
        exact = _find_quoted_words(quoted, self.clauses[clause_number].body) if clause_number is not None else ""
        if quoted and not exact:
            words = _("On the words “%(quoted)s”: %(words)s") % {"quoted": quoted[:500], "words": words}
        names_of_editors = [comment["by"]] if comment["by"] else []
        body = self._append_editor_names(words, names_of_editors)[:MAX_CLAUSE_LENGTH]
        yield FileFinding(kind, clause_number, body, exact=exact, placed=clause_number is not None)

    def _append_editor_names(self, words: str, editor_names: list[str]) -> str:
        """The names beside the words, if whoever brought the file wants them kept."""
        if not (self.names and editor_names):
            return words
        names = join_with_separator(clean_text(name)[0][:100] for name in editor_names[:10])
        return f"{words} ({names})" if words else names


def _split_at_clause_marks(content_block: Mapping[str, Any]) -> Iterator[FileSegment]:
    """A block, parted where marks begin in it: paragraphs run together when the end of one was taken out."""
    marks = [(name, at) for kind, name, at in content_block["anchors"] if kind == "mark"]
    text = content_block["text"]
    marks = marks[:1] if content_block["kind"] == "table" else marks
    ends = [*(at for _name, at in marks[1:]), len(text)]
    build = partial(FileSegment, content_block["kind"], by=content_block["by"])
    parts = [
        build(text[(start if number else 0) : end].strip(), **_parse_clause_mark(name))
        for number, ((name, start), end) in enumerate(zip(marks, ends, strict=False))
    ] or [build(text.strip())]
    here = -1
    for kind, name, _at in content_block["anchors"]:
        if kind == "mark":
            here += 1
        else:
            parts[max(here, 0)].comments.append(name)
    yield from parts


def _parse_clause_mark(mark_text: str) -> dict[str, Any]:
    number = mark_text[1:]
    if not (number.isascii() and number.isdecimal() and len(number) < 8):  # noqa: PLR2004 - of a number of ours
        return {}
    if mark_text.startswith(CLAUSE_BOOKMARK_PREFIX):
        return {"clause": int(number)}
    return {"front": mark_text.startswith(FRONT_PAGE_BOOKMARK)}


def _find_quoted_words(paragraph_text: str, clause_body: str) -> str:
    """The quoted words as they stand in the clause, whatever white space or cells lie between them."""
    words = paragraph_text.split()[:200]
    if not words:
        return ""
    match = re.search(r"[\s|]+".join(map(re.escape, words)), clause_body)
    return match[0] if match else ""


def _normalize_clause_text(clause_kind: str, text: str) -> str:
    """As a clause says it: lines without white space around them; a table a line a row."""
    lines = [" ".join(line.split()) for line in clean_text(text)[0].split("\n")]
    if clause_kind == Placement.Kind.TABLE:
        lines = [" | ".join(cell.strip() for cell in line.split("|")).rstrip(" |") for line in lines if line]
    return "\n".join(lines).strip()


def _normalize_for_comparison(clause_kind: str, text: str) -> str:
    """By which two wordings are compared: white space within a line makes no difference, nor do empty lines."""
    return "\n".join(line for line in _normalize_clause_text(clause_kind, text).split("\n") if line)

"""From records that were chosen to the clauses of a brief. Pure: it knows nothing of the database.

A clause holds the words of a record as a quote, with the record it is from, or words in [brackets] that somebody fills
in. Nothing else: what a brief says beyond that, people write.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from jukwaa.core.list_formatting import join_with_separator
from jukwaa.drafting.models import Placement
from jukwaa.drafting.text_templates import TemplateClause
from jukwaa.places.languages import get_language_name
from jukwaa.places.regions import RegionalGroup
from jukwaa.regions.page_fitting import MAX_FIRST_SOURCE_TURN, PlannedClause, fit_brief_parts_to_pages

Kind = Placement.Kind
MAX_QUOTE_LENGTH = 500  # characters of one quote: a brief is short, and the record has the rest
MANY_RECORDS, MAX_SHORT_QUOTE_LENGTH = (
    10,
    260,
)  # of more records than so many, quotes are shorter, so that more of them are heard
MAX_SHORT_VERSION_QUOTES = 3  # quotes of a part that stand in the short version from the beginning
PARTS_KEEPING_BRACKETED_CLAUSES = (
    "issue",
    "why_now",
    "options",
)  # parts whose [bracket] stays above what is quoted: somebody has to say it
LIST_ANSWER_FIELDS = ("spread", "strength")  # answers from a list, which come in the language that is active
SENTENCE_END_PATTERN = re.compile(r"(?<=[.!?…।。؟])\s+")


class BriefMaterialKind(StrEnum):
    """What a record is for a brief: by it, its words find their part."""

    OBSERVATION = "observation"
    PRACTICE = "practice"
    LAW = "law"
    RESEARCH = "research"
    AGREED = "agreed"
    PROPOSED = "proposed"
    SAID = "said"
    WORK = "work"


@dataclass(frozen=True)
class BriefMaterial:
    """A record that was chosen. `says` holds its words by the name of what they answer; `rows` are its figures."""

    record: int
    title: str
    sort: BriefMaterialKind
    language: str = "en"
    groups: tuple[str, ...] = ()  # regional groups
    says: Mapping[str, str] = field(default_factory=dict)
    rows: Sequence[Sequence[str]] = ()
    voices: Sequence["QuotedVoice"] = ()  # what others of the region say to it
    seen_too: Sequence["QuotedVoice"] = ()  # by whom, who said no more than that


@dataclass(frozen=True)
class QuotedVoice:
    """By whom, in words; what they said; and its name, by which they take it back."""

    who: str
    words: str
    part: str


@dataclass(frozen=True)
class CoverageFigures:
    """Figures of the coalition itself: (what, number), as everybody may read them on that day."""

    day: str
    address: str
    rows: Sequence[tuple[str, str]]


def plan_brief_clauses(
    template_clauses: Sequence[TemplateClause],
    brief_materials: Iterable[BriefMaterial],
    *,
    language: str,
    coverage_figures: CoverageFigures | None = None,
    summary_text: str = "",
) -> list[PlannedClause]:
    """The clauses in their order, in the language that is active. A record that was chosen twice is quoted once.

    What does not fit its pages is not quoted; the last clause names the records of which nothing is.
    """
    chosen = list({each.record: each for each in brief_materials}.values())
    quoting = _ClauseBuilder(chosen, language, coverage_figures)
    rows: dict[str, list[PlannedClause]] = {}
    for name, skeleton in _group_clauses_by_part(template_clauses):
        said = (PlannedClause(part.get_body(language), part.kind, part.level, short=part.short) for part in skeleton)
        rows[name] = [*said, *quoting.part(name)]
    left = fit_brief_parts_to_pages(rows, {each.record: each.title for each in chosen}, summary_text)
    planned = [each for name, stands in left.items() for each in _drop_bracketed_clauses(name, stands)]
    return [*planned, *_build_unquoted_material_clauses(chosen, planned)]


def _drop_bracketed_clauses(part_name: str, standing_clauses: Sequence[PlannedClause]) -> Sequence[PlannedClause]:
    """Where something is quoted, nobody has to say it, but in some parts."""
    if part_name in PARTS_KEEPING_BRACKETED_CLAUSES or not any(each.turn for each in standing_clauses):
        return standing_clauses
    return [each for each in standing_clauses if each.turn or each.kind == Kind.HEADING]


def _build_unquoted_material_clauses(
    chosen_materials: Sequence[BriefMaterial], planned_clauses: Sequence[PlannedClause]
) -> Iterator[PlannedClause]:
    """It says no number, so that it stays true when somebody quotes one of them."""
    quoted = {record for each in planned_clauses for record in each.rests_on}
    if rest := tuple(each.record for each in chosen_materials if each.record not in quoted):
        told = _("Also chosen for this brief, but not quoted. See the sources.")
        yield PlannedClause(told, Kind.NOTE, rests_on=rest, quoted=False)


def _group_clauses_by_part(template_clauses: Sequence[TemplateClause]) -> list[tuple[str, list[TemplateClause]]]:
    """Clauses of one part together, in the order of the skeleton."""
    named: dict[str, list[TemplateClause]] = {}
    for at, part in enumerate(template_clauses):
        named.setdefault(part.name or f"{at}", []).append(part)
    return list(named.items())


class _ClauseBuilder:
    def __init__(
        self, chosen_materials: Sequence[BriefMaterial], language: str, coverage_figures: CoverageFigures | None
    ) -> None:
        self.language, self.figures = language, coverage_figures
        self.of: dict[BriefMaterialKind, list[BriefMaterial]] = defaultdict(list)
        self.longest = MAX_QUOTE_LENGTH if len(chosen_materials) <= MANY_RECORDS else MAX_SHORT_QUOTE_LENGTH
        for each in chosen_materials:
            self.of[each.sort].append(each)

    def part(self, part_name: str) -> Iterator[PlannedClause]:
        quotes = {
            "why_now": self._build_figure_clauses,
            "seen": self._build_observation_clauses,
            "works": self._build_practice_clauses,
            "options": self._build_option_clauses,
            "agreed": self._build_agreement_clauses,
            "not_known": self._build_knowledge_gap_clauses,
        }
        yield from quotes[part_name]() if part_name in quotes else ()

    def _build_figure_clauses(self) -> Iterator[PlannedClause]:
        """Tables, each with its day and where it is from."""
        if self.figures and self.figures.rows:
            head = _("Counted by the coalition on %(day)s") % {"day": self.figures.day}
            rows = [
                " | ".join([_clean_cell_text(head), _("number")]),
                *(" | ".join(map(_clean_cell_text, row)) for row in self.figures.rows),
            ]
            yield PlannedClause("\n".join(rows), Kind.TABLE, short=True)
            yield PlannedClause(_("How this is counted: %(address)s") % {"address": self.figures.address}, Kind.NOTE)
        for at, each in enumerate(self.of[BriefMaterialKind.WORK], 1):
            if each.rows:
                heads = [_clean_cell_text(each.title), _("figure"), _("date"), _("source")]
                rows = [" | ".join(heads), *(" | ".join(map(_clean_cell_text, row)) for row in each.rows)]
                yield PlannedClause("\n".join(rows), Kind.TABLE, rests_on=(each.record,), short=True, turn=at)
        yield from self._build_answer_clauses(
            BriefMaterialKind.RESEARCH, "worked", max_clauses=MAX_SHORT_VERSION_QUOTES
        )

    def _build_observation_clauses(self) -> Iterator[PlannedClause]:
        """By regional group, none put together with another: what differs stays visible."""
        places: dict[tuple[int, ...], list[BriefMaterial]] = defaultdict(list)
        order = list(RegionalGroup)
        for each in (*self.of[BriefMaterialKind.OBSERVATION], *self.of[BriefMaterialKind.SAID]):
            groups = each.groups or (RegionalGroup.UNKNOWN,)
            places[tuple(sorted(order.index(RegionalGroup(group)) for group in groups))].append(each)
        for where in sorted(places):
            yield PlannedClause(
                join_with_separator(order[at].label for at in where), Kind.HEADING, 2, short=True, turn=1
            )
            for at, each in enumerate(places[where], 1):
                yield from self._build_observation_clause(each, at)

    def _build_observation_clause(
        self, brief_material: BriefMaterial, observation_index: int
    ) -> Iterator[PlannedClause]:
        """What is seen first, under its issue; then what is said of it, and what others of the region say to it.

        It is not quoted without those who see it differently.
        """
        if said := brief_material.says.get("seen") or brief_material.says.get("text"):
            yield self._build_quote_clause(
                brief_material,
                said,
                brief_material.says.get("issue", ""),
                is_shortened=observation_index == 1,
                quote_index=observation_index,
            )
        named = (
            ("seen_since", _("Observed since")),
            ("spread", _("How widespread this is")),
            ("affected", _("Who is affected")),
            ("tried", _("What was tried")),
            ("known_by", _("How this is known")),
            ("strength", _("Level of certainty")),
            ("sources", _("Sources")),
        )
        for name, label in named:
            if words := brief_material.says.get(name):
                yield self._build_quote_clause(
                    brief_material,
                    words,
                    label,
                    kind=Kind.BULLET,
                    is_chosen=name in LIST_ANSWER_FIELDS,
                    quote_index=MAX_FIRST_SOURCE_TURN + observation_index,
                )
        for said_to_it in brief_material.voices:
            quote = self._build_quote_clause(
                brief_material, said_to_it.words, said_to_it.who, kind=Kind.BULLET, quote_index=observation_index
            )
            yield replace(quote, parts=(said_to_it.part,), follows=True)
        if brief_material.seen_too:
            names = join_with_separator([one.who for one in brief_material.seen_too], ";")
            told = _("Confirmed by: %(names)s (%(title)s)") % {"names": names, "title": brief_material.title}
            parts = tuple(one.part for one in brief_material.seen_too)
            yield PlannedClause(
                told, Kind.BULLET, rests_on=(brief_material.record,), parts=parts, turn=observation_index, follows=True
            )

    def _build_practice_clauses(self) -> Iterator[PlannedClause]:
        for at, each in enumerate(self.of[BriefMaterialKind.PRACTICE], 1):
            for name, label in (("worked", ""), ("changed", _("What changed")), ("failed", _("What did not work"))):
                if words := each.says.get(name):
                    turn = MAX_FIRST_SOURCE_TURN + at if label else at
                    kind = Kind.BULLET if label else Kind.PARAGRAPH
                    yield self._build_quote_clause(
                        each, words, label, kind=kind, is_shortened=turn <= MAX_SHORT_VERSION_QUOTES, quote_index=turn
                    )

    def _build_option_clauses(self) -> Iterator[PlannedClause]:
        """What could be done, with what it needs as those say who did it."""
        with_conditions = [each for each in self.of[BriefMaterialKind.PRACTICE] if each.says.get("conditions")]
        for at, each in enumerate(with_conditions, 1):
            option = _("[Add an option in one sentence, as in “%(title)s”.]") % {"title": each.title}
            said = self._build_quote_clause(each, each.says["conditions"], _("Requirements"), quote_index=at).body
            yield PlannedClause(
                f"{option} {said}",
                Kind.NUMBERED,
                rests_on=(each.record,),
                short=at <= MAX_SHORT_VERSION_QUOTES,
                turn=at,
            )
        yield from self._build_answer_clauses(
            BriefMaterialKind.LAW, "worked", max_clauses=MAX_SHORT_VERSION_QUOTES, clause_kind=Kind.NUMBERED
        )
        yield from self._build_answer_clauses(
            BriefMaterialKind.PROPOSED, "text", max_clauses=MAX_SHORT_VERSION_QUOTES, clause_kind=Kind.NUMBERED
        )

    def _build_agreement_clauses(self) -> Iterator[PlannedClause]:
        yield from self._build_answer_clauses(BriefMaterialKind.AGREED, "text", max_clauses=MAX_SHORT_VERSION_QUOTES)

    def _build_knowledge_gap_clauses(self) -> Iterator[PlannedClause]:
        yield from self._build_answer_clauses(
            BriefMaterialKind.OBSERVATION, "not_known", max_clauses=MAX_SHORT_VERSION_QUOTES
        )

    def _build_answer_clauses(
        self, material_sort: BriefMaterialKind, part_name: str, *, max_clauses: int, clause_kind: str = Kind.PARAGRAPH
    ) -> Iterator[PlannedClause]:
        """What each record of a sort says to one question; the first few of them stand in the short version."""
        saying = [each for each in self.of[material_sort] if each.says.get(part_name)]
        for at, each in enumerate(saying, 1):
            yield self._build_quote_clause(
                each, each.says[part_name], kind=clause_kind, is_shortened=at <= max_clauses, quote_index=at
            )

    def _build_quote_clause(
        self,
        brief_material: BriefMaterial,
        words: str,
        label: str = "",
        *,
        kind: str = Kind.PARAGRAPH,
        is_shortened: bool = False,
        is_chosen: bool = False,
        quote_index: int,
    ) -> PlannedClause:
        """What was chosen from a list is said in the language of the brief, whatever that of its record is."""
        said = f"“{clip_quote_to_length(words, self.longest)}” ({brief_material.title})"
        body = f"{label}: {said}" if label else said
        if not is_chosen and brief_material.language.partition("-")[0] != self.language.partition("-")[0]:
            told = get_language_name(brief_material.language, self.language)
            body += " " + _("[Quoted in %(language)s. Translate this into the language of the brief.]") % {
                "language": told
            }
        return PlannedClause(body, kind, rests_on=(brief_material.record,), short=is_shortened, turn=quote_index)


def clip_quote_to_length(words: str, max_characters: int = MAX_QUOTE_LENGTH) -> str:
    """As long as a quote may be, cut between two sentences where there are some."""
    one_line = " ".join(words.split())
    if len(one_line) <= max_characters:
        return one_line
    kept = ""
    for sentence in SENTENCE_END_PATTERN.split(one_line):
        if len(kept) + len(sentence) >= max_characters:
            break
        kept = f"{kept} {sentence}".strip()
    return f"{kept or one_line[:max_characters].rpartition(' ')[0]} […]"


def _clean_cell_text(words: str) -> str:
    """One cell of a table, whose cells are parted by a stroke and whose rows by a line."""
    return " ".join(words.split()).replace(" | ", " / ")

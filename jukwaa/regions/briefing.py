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

from jukwaa.core.lists import in_a_row
from jukwaa.drafting.models import Placement
from jukwaa.drafting.schema import Part
from jukwaa.places.languages import language_name
from jukwaa.places.regions import RegionalGroup
from jukwaa.regions.fitting import MAIN, Planned, fitted

Kind = Placement.Kind
LONGEST = 500  # characters of one quote: a brief is short, and the record has the rest
MANY, SHORTER = 10, 260  # of more records than so many, quotes are shorter, so that more of them are heard
FIRST = 3  # quotes of a part that stand in the short version from the beginning
STAYS = ("issue", "why_now", "options")  # parts whose [bracket] stays above what is quoted: somebody has to say it
CHOSEN = ("spread", "strength")  # answers from a list, which come in the language that is active
SENTENCE_END = re.compile(r"(?<=[.!?…।。؟])\s+")


class Sort(StrEnum):
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
class Material:
    """A record that was chosen. `says` holds its words by the name of what they answer; `rows` are its figures."""

    record: int
    title: str
    sort: Sort
    language: str = "en"
    groups: tuple[str, ...] = ()  # regional groups
    says: Mapping[str, str] = field(default_factory=dict)
    rows: Sequence[Sequence[str]] = ()
    voices: Sequence["Said"] = ()  # what others of the region say to it
    seen_too: Sequence["Said"] = ()  # by whom, who said no more than that


@dataclass(frozen=True)
class Said:
    """By whom, in words; what they said; and its name, by which they take it back."""

    who: str
    words: str
    part: str


@dataclass(frozen=True)
class Figures:
    """Figures of the coalition itself: (what, number), as everybody may read them on that day."""

    day: str
    address: str
    rows: Sequence[tuple[str, str]]


def plan(
    parts: Sequence[Part],
    materials: Iterable[Material],
    *,
    language: str,
    figures: Figures | None = None,
    summary: str = "",
) -> list[Planned]:
    """The clauses in their order, in the language that is active. A record that was chosen twice is quoted once.

    What does not fit its pages is not quoted; the last clause names the records of which nothing is.
    """
    chosen = list({each.record: each for each in materials}.values())
    quoting = _Quoting(chosen, language, figures)
    rows: dict[str, list[Planned]] = {}
    for name, skeleton in _by_name(parts):
        said = (Planned(part.said_in(language), part.kind, part.level, short=part.short) for part in skeleton)
        rows[name] = [*said, *quoting.part(name)]
    left = fitted(rows, {each.record: each.title for each in chosen}, summary)
    planned = [each for name, stands in left.items() for each in _without_brackets(name, stands)]
    return [*planned, *_not_quoted(chosen, planned)]


def _without_brackets(name: str, stands: Sequence[Planned]) -> Sequence[Planned]:
    """Where something is quoted, nobody has to say it, but in some parts."""
    if name in STAYS or not any(each.turn for each in stands):
        return stands
    return [each for each in stands if each.turn or each.kind == Kind.HEADING]


def _not_quoted(chosen: Sequence[Material], planned: Sequence[Planned]) -> Iterator[Planned]:
    """It says no number, so that it stays true when somebody quotes one of them."""
    quoted = {record for each in planned for record in each.rests_on}
    if rest := tuple(each.record for each in chosen if each.record not in quoted):
        told = _("Also chosen for this brief, but not quoted. See the sources.")
        yield Planned(told, Kind.NOTE, rests_on=rest, quoted=False)


def _by_name(parts: Sequence[Part]) -> list[tuple[str, list[Part]]]:
    """Clauses of one part together, in the order of the skeleton."""
    named: dict[str, list[Part]] = {}
    for at, part in enumerate(parts):
        named.setdefault(part.name or f"{at}", []).append(part)
    return list(named.items())


class _Quoting:
    def __init__(self, chosen: Sequence[Material], language: str, figures: Figures | None) -> None:
        self.language, self.figures = language, figures
        self.of: dict[Sort, list[Material]] = defaultdict(list)
        self.longest = LONGEST if len(chosen) <= MANY else SHORTER
        for each in chosen:
            self.of[each.sort].append(each)

    def part(self, name: str) -> Iterator[Planned]:
        quotes = {
            "why_now": self._figures,
            "seen": self._seen,
            "works": self._works,
            "options": self._options,
            "agreed": self._agreed,
            "not_known": self._not_known,
        }
        yield from quotes[name]() if name in quotes else ()

    def _figures(self) -> Iterator[Planned]:
        """Tables, each with its day and where it is from."""
        if self.figures and self.figures.rows:
            head = _("Counted by the coalition on %(day)s") % {"day": self.figures.day}
            rows = [" | ".join([_cell(head), _("number")]), *(" | ".join(map(_cell, row)) for row in self.figures.rows)]
            yield Planned("\n".join(rows), Kind.TABLE, short=True)
            yield Planned(_("How this is counted: %(address)s") % {"address": self.figures.address}, Kind.NOTE)
        for at, each in enumerate(self.of[Sort.WORK], 1):
            if each.rows:
                heads = [_cell(each.title), _("figure"), _("date"), _("source")]
                rows = [" | ".join(heads), *(" | ".join(map(_cell, row)) for row in each.rows)]
                yield Planned("\n".join(rows), Kind.TABLE, rests_on=(each.record,), short=True, turn=at)
        yield from self._each(Sort.RESEARCH, "worked", most=FIRST)

    def _seen(self) -> Iterator[Planned]:
        """By regional group, none put together with another: what differs stays visible."""
        places: dict[tuple[int, ...], list[Material]] = defaultdict(list)
        order = list(RegionalGroup)
        for each in (*self.of[Sort.OBSERVATION], *self.of[Sort.SAID]):
            groups = each.groups or (RegionalGroup.UNKNOWN,)
            places[tuple(sorted(order.index(RegionalGroup(group)) for group in groups))].append(each)
        for where in sorted(places):
            yield Planned(in_a_row(order[at].label for at in where), Kind.HEADING, 2, short=True, turn=1)
            for at, each in enumerate(places[where], 1):
                yield from self._observed(each, at)

    def _observed(self, each: Material, at: int) -> Iterator[Planned]:
        """What is seen first, under its issue; then what is said of it, and what others of the region say to it.

        It is not quoted without those who see it differently.
        """
        if said := each.says.get("seen") or each.says.get("text"):
            yield self._quote(each, said, each.says.get("issue", ""), short=at == 1, turn=at)
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
            if words := each.says.get(name):
                yield self._quote(each, words, label, kind=Kind.BULLET, chosen=name in CHOSEN, turn=MAIN + at)
        for said_to_it in each.voices:
            quote = self._quote(each, said_to_it.words, said_to_it.who, kind=Kind.BULLET, turn=at)
            yield replace(quote, parts=(said_to_it.part,), follows=True)
        if each.seen_too:
            names = in_a_row([one.who for one in each.seen_too], ";")
            told = _("Confirmed by: %(names)s (%(title)s)") % {"names": names, "title": each.title}
            parts = tuple(one.part for one in each.seen_too)
            yield Planned(told, Kind.BULLET, rests_on=(each.record,), parts=parts, turn=at, follows=True)

    def _works(self) -> Iterator[Planned]:
        for at, each in enumerate(self.of[Sort.PRACTICE], 1):
            for name, label in (
                ("worked", ""),
                ("changed", _("What changed")),
                ("failed", _("What did not work")),
            ):
                if words := each.says.get(name):
                    turn = MAIN + at if label else at
                    kind = Kind.BULLET if label else Kind.PARAGRAPH
                    yield self._quote(each, words, label, kind=kind, short=turn <= FIRST, turn=turn)

    def _options(self) -> Iterator[Planned]:
        """What could be done, with what it needs as those say who did it."""
        with_conditions = [each for each in self.of[Sort.PRACTICE] if each.says.get("conditions")]
        for at, each in enumerate(with_conditions, 1):
            option = _("[Add an option in one sentence, as in “%(title)s”.]") % {"title": each.title}
            said = self._quote(each, each.says["conditions"], _("Requirements"), turn=at).body
            yield Planned(f"{option} {said}", Kind.NUMBERED, rests_on=(each.record,), short=at <= FIRST, turn=at)
        yield from self._each(Sort.LAW, "worked", most=FIRST, kind=Kind.NUMBERED)
        yield from self._each(Sort.PROPOSED, "text", most=FIRST, kind=Kind.NUMBERED)

    def _agreed(self) -> Iterator[Planned]:
        yield from self._each(Sort.AGREED, "text", most=FIRST)

    def _not_known(self) -> Iterator[Planned]:
        yield from self._each(Sort.OBSERVATION, "not_known", most=FIRST)

    def _each(self, sort: Sort, name: str, *, most: int, kind: str = Kind.PARAGRAPH) -> Iterator[Planned]:
        """What each record of a sort says to one question; the first few of them stand in the short version."""
        saying = [each for each in self.of[sort] if each.says.get(name)]
        for at, each in enumerate(saying, 1):
            yield self._quote(each, each.says[name], kind=kind, short=at <= most, turn=at)

    def _quote(
        self,
        each: Material,
        words: str,
        label: str = "",
        *,
        kind: str = Kind.PARAGRAPH,
        short: bool = False,
        chosen: bool = False,
        turn: int,
    ) -> Planned:
        """What was chosen from a list is said in the language of the brief, whatever that of its record is."""
        said = f"“{clipped(words, self.longest)}” ({each.title})"
        body = f"{label}: {said}" if label else said
        if not chosen and each.language.partition("-")[0] != self.language.partition("-")[0]:
            told = language_name(each.language, self.language)
            body += " " + _("[Quoted in %(language)s. Translate this into the language of the brief.]") % {
                "language": told
            }
        return Planned(body, kind, rests_on=(each.record,), short=short, turn=turn)


def clipped(words: str, longest: int = LONGEST) -> str:
    """As long as a quote may be, cut between two sentences where there are some."""
    one_line = " ".join(words.split())
    if len(one_line) <= longest:
        return one_line
    kept = ""
    for sentence in SENTENCE_END.split(one_line):
        if len(kept) + len(sentence) >= longest:
            break
        kept = f"{kept} {sentence}".strip()
    return f"{kept or one_line[:longest].rpartition(' ')[0]} […]"


def _cell(words: str) -> str:
    """One cell of a table, whose cells are parted by a stroke and whose rows by a line."""
    return " ".join(words.split()).replace(" | ", " / ")

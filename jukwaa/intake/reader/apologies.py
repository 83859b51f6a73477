"""Who sent apologies: "Apologies: Ana, Ben", a list below such a heading, a row of the attendance with that status."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from jukwaa.intake.reader.attendance_legend import (
    NAMED_CELL_PATTERN,
    find_legend_letters,
    find_letters_of_apologies,
    find_letters_of_rows,
)
from jukwaa.intake.reader.courtesy_titles import strip_courtesy_title
from jukwaa.intake.reader.leading_dates import find_first_day
from jukwaa.intake.reader.line_labels import add_colon_to_capital_label
from jukwaa.intake.reader.lines import MAX_REPORT_LINE_LENGTH
from jukwaa.intake.reader.model import Reading, Sentence, Suggestion
from jukwaa.intake.reader.names import parse_listed_names
from jukwaa.intake.reader.people_lists import BARE_NAMES_PATTERN
from jukwaa.intake.reader.roles import get_heading_role
from jukwaa.intake.reader.tables import CELL_SEPARATOR_PATTERN
from jukwaa.intake.reader.translation_marker import gettext_noop as _

APOLOGIES_STATUS = "apologies"
APOLOGIES_REASON = _("the sentence names who sent apologies")
MAX_NAME_WORDS = 7
MAX_ENTRY_LENGTH = 200
MAX_NEGATION = 8  # letters at the end of the names that may be "no" or "não"
_WORDS = (
    r"apolog(?:y|ies)|regrets|excused"
    r"|excus(?:é(?:[·.(-]?e\)?)?[·.-]?s?|és? ?/ ?e|ada?s?|an?|ó|as)|excusado?s?|disculpas?"
    r"|sorry|desculpas|(?:justificaram|justificou)(?: a (?:sua )?ausência)?|ausências? justificadas?"
    r"|(?:announced|notified) (?:their|his|her) absence|empêchée?s"
    r"|(?:prévenu|informé|averti|signalé|annoncé|fait part) (?:de )?(?:leur|son) absence"
    r"|(?:avis|inform|anunci)(?:aron|ó|aram|ou) (?:de )?(?:su|a sua|da sua) (?:ausencia|ausência)"
    r"|أبلغوا (?:عن |ب)غيابهم"
    r"|ausencias? justificadas?|ausentes? co[nm] (?:excusa|justificaci[óo]n|justificação|aviso)"
    r"|(?<![^\W\d_] )(?:no p(?:ueden?|udo|udieron)(?: asistir| venir| participar)?"
    r"|não p(?:odem?|ôde|uderam)(?: vir| participar)?"
    r"|can(?:not|['’]t) (?:attend|come|join|make it))"
    r"|udhuru|entschuldigt|giustificat[oi]|afmeldingen|izin"
    r"|\u0627\u0639\u062a\u0630\u0627\u0631(?:\u0627\u062a)?|\u0627\u0644\u0645\u0639\u062a\u0630\u0631\u0648\u0646"
)
APOLOGY_WORDS_PATTERN = re.compile(rf"(?<!\w)(?:{_WORDS})(?!\w)", re.IGNORECASE)
# "Absent with apologies:", "Sent their regrets |", "Excusés ayant donné pouvoir :", "Apologies (3):"
LABEL_PATTERN = re.compile(
    rf"(?:^|[;|\n]|[.)]\s)\W{{0,12}}(?:[^\W\d_]+[ /]{{1,3}}){{0,3}}?(?:{_WORDS})(?:\s[^:|.;\d]{{1,40}}?)?"
    r"(?:\s?\(\d+\))?\s?(?::|\|)\s+(?P<names>[^|\n]+)",
    re.IGNORECASE,
)
# "Apologies   Ana, Ben, Dina (sent Theo)": two cells of a table without a line between them.
BARE_LIST_PATTERN = re.compile(
    rf"\W*(?:{_WORDS})\s+(?!received|noted|accepted)(?P<names>(?-i:{BARE_NAMES_PATTERN.pattern}))$", re.IGNORECASE
)
# "Apologies from Ana and Ben.", "Justificaram a ausência o IOCC e a Rede."
SENTENCE_PATTERN = re.compile(
    r"^\W*(?:(?:apologies|regrets)(?: for absence)?(?: were| have been)?(?: received| sent)? (?:from|by) "
    r"|(?:justificaram|justificou) a(?: sua)? ausência (?=[oa]s? )|se (?:excusaron|excus[óa]n?|disculparon"
    r"|disculp[óa]n?) (?=(?-i:[^\W\d_a-z]))|اعتذر(?:ت|وا)? )"
    r"(?P<names>.+)$",
    re.IGNORECASE,
)
# "Mmes Lopes et Okoro s'étaient excusées."
NAMES_FIRST_PATTERN = re.compile(
    r"^(?P<names>[^.:;|]{3,200}?) (?:(?:have |has |had )?(?:sent|offered|tendered) (?:their |his |her )?"
    r"(?:apologies|regrets|excuses)|asked to (?:be excused|excuse (?:him|her|them))"
    r"|a(?:vait|vaient)? (?:demandé à être|prié d[’'](?:être|excuser)) excusé\w*"
    r"|pidi(?:ó|eron) (?:que )?(?:l[aoe]s? )?disculp\w+"
    r"|pedi(?:u|ram) para ser(?:em)? desculpad[oa]s?"
    r"|s[’']étai(?:en)?t excusé\w*|se sont excusé\w*|s[’']est excusé\w*|se excusaron|se excusó|se disculparon"
    r"|avis(?:ó|aron|ou|aram) que n(?:o|ão) (?:pod|pud|pôd|lleg|viria|viriam|vend|asist|iba|iban|consegui)\w*"
    r"|justificaram a(?: sua)? ausência|justificou a(?: sua)? ausência|se disculpó|pedi(?:u|ram) desculpas?)\b",
    re.IGNORECASE,
)
# "Non excusé :", "Absent without apologies:", "Ana não justificou": the contrary.
NEGATED_PATTERN = re.compile(
    r"\b(?:non|not|no(?! (?:pu[ed]|pod|lleg|iba|vend|asist))|nor|never|without|pas|sans|sin|sem"
    r"|não(?! (?:p[oôu]|vir|vin|consegu))|nao|nunca|nicht|keine?|ohne|senza|bila|tanpa|zonder|niet"
    r"|بدون|دون|لم)\b",
    re.IGNORECASE,
)
HEADING_PATTERN = re.compile(rf"\W*(?:(?:members? )?absent with )?(?:{_WORDS})(?: for absence)?\W*", re.IGNORECASE)
STATUS_CELL_PATTERN = re.compile(
    rf"\W*(?:(?:(?:absente?|ausente)\W{{1,3}})?(?:sent )?(?:{_WORDS})|apol\.?)(?: sent| received)?\W*", re.IGNORECASE
)
NOTED_APOLOGY_PATTERN = re.compile(rf"[(\[]\s*(?:{_WORDS})\s*[)\]]", re.IGNORECASE)  # "Ana Lopes (excused)"
NEXT_LABEL_PATTERN = re.compile(r"(?:;|\.)\s+[^\W\d_][^:;.|]{1,40}?\s?:\s")
SENTENCE_END_PATTERN = re.compile(
    r"(?:(?<=[^\W_]{5})|(?<=\)))(?<!Prof)(?<!Mrs)(?<!Sra)(?<!Dra)(?<!Eng)\.\s+(?=[^\W\d_a-z])"
)
# "o Office e a Rede", "from Ana and from Ben"
FURTHER_NAME_PATTERN = re.compile(
    r"(?<=\))\s(?:and|e|y|et|und|na)\s(?=[^\W\d_a-z]|do[nñ]a?\s)|(?:,\s?|\s(?:and|e|y|et)\s)(?:from|de|[oa]s?|la|el|le|los|les)\s(?=[^\W\d_a-z])"
)
TWO_FIRST_NAMES_PATTERN = re.compile(r"^([^\W\d_a-z][\w’'-]+) (?:y|e|et) ([^\W\d_a-z][\w’'-]+)$")
CUT_NAME_PATTERN = re.compile(r"[,;][^,;]*\Z")
MARKUP_PATTERN = re.compile(r"\*+|__+|\s?\[[^\]]{4,40}\](?:\[[^\]]*\])?")  # bold, and "[Head Teacher]" behind a name
FOOTNOTE_PATTERN = re.compile(r"\[\^?\w{1,3}\]\s*$")
REMARK_PATTERN = re.compile(r"\s[-\u2013\u2014]\s[a-zà-ÿ].*$")
LEADING_WORDS_PATTERN = re.compile(
    r"^(?:(?:and|et|y|e|und|na|from|de la part de|the|o|a|os|as|le|la|les|el|los|las|don|doña"
    r"|dona)|(?:mmes|mm)\b\.?)\s+",
    re.IGNORECASE,
)
NAME_PATTERN = re.compile(
    r"[^\W\d_a-z][\w.’'&-]*(?: (?:(?:de|da|do|dos|das|del|los|las|van|von|der|den|al|el|bin|la|le|of|for|the|and|on"
    r"|y|e|d[’']) ?)*[^\W\d_a-z][\w.’'&-]*)*\.?"
)
NOBODY_PATTERN = re.compile(
    r"\W*(?:none|nil|no one|nobody|n/?a|nenhum\w*|ningun\w*|aucun\w*|keine|hakuna)\b", re.IGNORECASE
)


def add_apologies(parsed_report: Reading) -> Reading:
    """The same report with suggestions for those who sent apologies, beside what was found of those who came."""
    if not parsed_report.understood:
        return parsed_report
    came = {name for made in parsed_report.suggestions if made.kind == "attendee" for name in made.actors}
    found, title = [], ""
    marked = set(_iter_rows_marked_by_letters(parsed_report))
    for sentence in parsed_report.sentences:
        title = title if sentence.unit == "bullet" else sentence.quote
        listed = dict.fromkeys(
            map(strip_courtesy_title, _iter_absent_names(sentence, title, is_marked=sentence.start in marked))
        )
        names = tuple(name for name in listed if name not in came)
        if names:
            found.append(_build_suggestion(sentence, names))
    absent_starts = {made.start for made in found}
    others = (
        made
        for made in parsed_report.suggestions
        if made.start not in absent_starts or made.kind not in {"report", "observation", "request"}
    )
    return replace(parsed_report, suggestions=(*others, *found)) if found else parsed_report


def _build_suggestion(sentence: Sentence, names: tuple[str, ...]) -> Suggestion:
    return Suggestion(
        kind="attendee",
        actors=names,
        start=sentence.start,
        end=sentence.end,
        quote=sentence.quote,
        why=APOLOGIES_REASON,
        status=APOLOGIES_STATUS,
    )


def _iter_rows_marked_by_letters(parsed_report: Reading) -> Iterator[int]:
    """Where the rows of people begin whom a letter explained in a legend says to have sent apologies."""
    letters = find_legend_letters(parsed_report.text)
    excused = find_letters_of_apologies(letters)
    for (is_row, section), group in groupby(
        parsed_report.sentences if excused else (),
        key=lambda sentence: (len(_split_cells(sentence.quote)) > 1, sentence.section),
    ):
        sentences = list(group) if is_row else []
        is_attendance = get_heading_role(section.rpartition(" > ")[2]) == "attendee"
        rows = [_split_cells(sentence.quote) for sentence in sentences]
        found = find_letters_of_rows(rows, letters, find_first_day(parsed_report.text), is_attendance=is_attendance)
        yield from (made.start for made, letter in zip(sentences, found, strict=False) if letter in excused)


def _split_cells(quote: str) -> list[str]:
    plain = MARKUP_PATTERN.sub("", cut_long_line(quote)).strip(" |")
    return [cell.strip(" |_") for cell in CELL_SEPARATOR_PATTERN.split(plain)]


def _iter_absent_names(sentence: Sentence, title: str, *, is_marked: bool) -> Iterator[str]:
    """Those away, by the sentence, its section or, for an entry of a list, the line above the list."""
    cells = _split_cells(sentence.quote)
    if is_marked or (len(cells) > 1 and any(map(STATUS_CELL_PATTERN.fullmatch, cells[1:]))):
        yield from iter_listed_names(next(filter(NAMED_CELL_PATTERN.search, cells), ""))
        return
    quote = MARKUP_PATTERN.sub("", cut_long_line(sentence.quote))
    if match := find_apology(quote):
        yield from iter_listed_names(match["names"])
    elif len(quote) <= MAX_ENTRY_LENGTH and (
        HEADING_PATTERN.fullmatch(sentence.section.rpartition(" > ")[2])
        or (sentence.unit == "bullet" and HEADING_PATTERN.fullmatch(title))
    ):
        yield from iter_listed_names(quote.strip(" -*•|"))


def find_apology(quote: str) -> re.Match[str] | None:
    """The words that say who sent apologies, unless they say who sent none."""
    quote = add_colon_to_capital_label(quote)
    if match := (LABEL_PATTERN.search(quote) or SENTENCE_PATTERN.search(quote) or BARE_LIST_PATTERN.match(quote)):
        return None if NEGATED_PATTERN.search(quote, match.start(), match.start("names")) else match
    match = NAMES_FIRST_PATTERN.search(quote)
    is_negated = match is not None and NEGATED_PATTERN.search(quote, match.end("names") - MAX_NEGATION, match.end())
    return None if is_negated else match


def cut_long_line(quote: str) -> str:
    """As much as patterns look at, without the name in which a long line is cut."""
    return quote if len(quote) <= MAX_REPORT_LINE_LENGTH else CUT_NAME_PATTERN.sub("", quote[:MAX_REPORT_LINE_LENGTH])


def iter_listed_names(listed: str) -> Iterator[str]:
    """The names in a list; nothing where one piece is no name, such as the rest of a sentence."""
    plain = SENTENCE_END_PATTERN.split(NEXT_LABEL_PATTERN.split(listed)[0])[0]
    plain = FOOTNOTE_PATTERN.sub("", plain.strip()).strip(" .;,*_")
    if not plain or NOBODY_PATTERN.match(plain):
        return
    plain = FURTHER_NAME_PATTERN.sub(", ", TWO_FIRST_NAMES_PATTERN.sub(r"\1, \2", plain))
    entries = [LEADING_WORDS_PATTERN.sub("", REMARK_PATTERN.sub("", entry)) for entry in re.split(r"\s*;\s*", plain)]
    for entry in entries:
        for name in parse_listed_names(LEADING_WORDS_PATTERN.sub("", entry), has_own_line=False):
            cleaned = LEADING_WORDS_PATTERN.sub("", name).strip(" .")
            if NAME_PATTERN.fullmatch(cleaned) and len(cleaned.split()) <= MAX_NAME_WORDS:
                yield cleaned

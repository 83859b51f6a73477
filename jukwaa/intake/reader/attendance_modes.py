"""Who in a report took part in the room, and who online: a remark beside a name, a label, a heading, a cell."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jukwaa.core.attendance_modes import find_mode_of_label, find_mode_of_remark
from jukwaa.intake.reader.apologies import APOLOGIES_STATUS
from jukwaa.intake.reader.attendance_legend import LETTER_PATTERN, MAX_LETTERS_LENGTH
from jukwaa.intake.reader.columns import classify_column_heading
from jukwaa.intake.reader.model import Reading, Sentence
from jukwaa.intake.reader.roles import get_heading_role
from jukwaa.intake.reader.tables import CELL_SEPARATOR_PATTERN

MAX_NOTE_LENGTH = 120  # letters behind a name that may be about it
MAX_LABEL_DISTANCE = 2000  # letters between a label and a name below it
NOTE_END_PATTERN = re.compile(r"[;|](?![^(]*\))|[.!?]\s|(?:^|[\s,.(])[^\W\d_][\w’' -]{0,40}?\s?:")
PIECE_PATTERN = re.compile(r"[(\[](?P<bracket>[^()\[\]]*)[)\]]|(?P<plain>[^,،()\[\]–—]+)")
BRACKET_SEPARATOR_PATTERN = re.compile(r"[,،;–—]|\s-\s")
# Not the full stop of a title or an initial: "À distance : M. Ben Okoro", "Online: Ana L., Ben Okoro".
LABEL_END_PATTERN = re.compile(
    r"\||(?<!\b[^\W\d_a-z])(?<!\bMM)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bDra)(?<!\bSr)(?<!\bSra)(?<!\bProf)\.\s"
)
# "Ms Haddad and Mr Lind followed the meeting remotely; so did Ms Lopes, for item 3."
TOLD_WAY_PATTERN = re.compile(
    r"(?P<names>[^\W\d_a-z][^.;:?]{3,300}?[^\W_]\)?) (?:also )?(?:followed|attended|joined|participated|took part"
    r"|connected"
    r"|(?:a|ont) (?:suivi|participé|assisté)|participa(?:ient|it)|participaron|participó|siguieron|siguió"
    r"|participaram|participou|acompanharam)"
    r"(?: (?:in|to|à|en|de|n?[ao]s?|l[aeo]s?|el|the|this) ?(?:the |la |l[’'])?[^\W\d_]{3,14}){0,2}"
    r" (?P<way>[^\W\d_][^.;,:]{3,40})"
    r"(?:[;,] (?:so did|as did|de même que|así como|assim como) (?P<more>[^.;:?]{3,200}))?\W*"
)
VERB_IN_NAMES_PATTERN = re.compile(
    r"\b(?:that|who|whether|if|asked|said|thanked|qui|que|quien|não|pas|not)\b", re.IGNORECASE
)
LABEL_PATTERN = re.compile(
    r"(?:^|[,;]\s)(?P<label>[^:,;]{2,60}?)(?:\s?:|\s(?:were|was|étaient|estuvieron|estiveram)\s)"
)
SIGN_LINE_PATTERN = re.compile(r"\W?(?P<sign>[*+†‡#^°])\)?\s?[=:–-]?\s?(?P<meaning>[^\W_][^=:;|]{2,40})")
MARK_PATTERN = re.compile(r"\W*(?:[x✓✔☑✅1]|yes|oui|sí|si|sim|ja|ndiyo|نعم)\W*", re.IGNORECASE)
REMARK_OF_CELL_PATTERN = re.compile(r"[,;]\s(?=[a-zà-ÿ])")  # "Zoom, left at 12:00"
TAG_PATTERN = re.compile(r"<[^<>]{0,300}>")


def find_attendance_modes(parsed_report: Reading) -> dict[str, str]:
    """By name: whether the person took part in the room or online, for those of whom the report says so."""
    named: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for made in parsed_report.suggestions:
        if made.kind == "attendee" and made.status != APOLOGIES_STATUS:
            named[made.start] += made.actors
    people = dict.fromkeys(name for names in named.values() for name in names)
    letters = _find_letters_of_modes(parsed_report.text) if people else {}
    modes: dict[str, str] = {}
    title = ""
    for sentence in parsed_report.sentences if people else ():
        names: Sequence[str] = named[sentence.start]
        title = title if names else _get_title_below(sentence.quote, title)
        if find_mode_of_label(_find_last_label(sentence.quote[:MAX_LABEL_DISTANCE])):
            # Also those listed elsewhere too, where a suggestion says more of them.
            names = [name for name in people if name in sentence.quote or name in names]
        for name, mode in _iter_modes(sentence, names, title, letters):
            if found := _find_mode_of_row(sentence.quote, title, letters, name, names) or mode:
                modes.setdefault(name, found)
        for name, mode in _iter_told_modes(sentence.quote, people):
            modes.setdefault(name, mode)
    return modes


def _iter_told_modes(quote: str, people: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Those whom a sentence says to have taken part online or in the room, by full or family name."""
    told = TOLD_WAY_PATTERN.match(quote) if len(quote) <= MAX_LABEL_DISTANCE else None
    if told is None or VERB_IN_NAMES_PATTERN.search(told["names"]) or not (mode := find_mode_of_remark(told["way"])):
        return
    words = f"{told['names']} {told['more'] or ''}"
    families = Counter(name.split()[-1] for name in people)
    for name in people:
        family = name.split()[-1]
        if name in words or (families[family] == 1 and re.search(rf"\b{re.escape(family)}\b", words)):
            yield name, mode


def _find_letters_of_modes(text: str) -> dict[str, str]:
    """The letters and signs that a line explains, where they stand for a mode: "V = visio", "* online"."""
    lines = [line for line in text.split("\n") if len(line) <= MAX_LETTERS_LENGTH]
    letters = [match for line in lines for match in LETTER_PATTERN.finditer(line)]
    signs = [match for line in lines if (match := SIGN_LINE_PATTERN.fullmatch(line))]
    return {match["sign"]: mode for match in (*letters, *signs) if (mode := find_mode_of_label(match["meaning"]))}


def _find_mode_of_row(row: str, head: str, letters: Mapping[str, str], name: str, names: Sequence[str]) -> str:
    """By a cell such as "Visio", a letter that a legend explains, or a mark below a head such as "Online"."""
    cells, heads = _split_into_cells(row), _split_into_cells(head)
    for place in _find_cells_of_name(cells, name, names) if len(cells) > 1 else ():
        cell = cells[place]
        if place < len(heads) and classify_column_heading(heads[place]) == "group":  # of people from Skype or Zoom
            continue
        if mode := letters.get(cell) or find_mode_of_label(REMARK_OF_CELL_PATTERN.split(cell)[0]):
            return mode
        if place and place < len(heads) and MARK_PATTERN.fullmatch(cell) and (mode := find_mode_of_label(heads[place])):
            return mode
    return ""


def _find_cells_of_name(cells: Sequence[str], name: str, names: Sequence[str]) -> range:
    """The cells of a row that are about one of its people: all of them, or those up to the next person."""
    starts = [place for place, cell in enumerate(cells) if any(each in cell for each in names)]
    own = next((place for place in starts if name in cells[place]), None)
    if own is None or len(starts) == 1:
        return range(len(cells))
    return range(own, min((place for place in starts if place > own), default=len(cells)))


def _get_title_below(quote: str, title: str) -> str:
    """The line above what follows this one: a head with modes is that of all rows of its table, also without names."""
    heads = _split_into_cells(title)
    if len(heads) > 1 and len(_split_into_cells(quote)) == len(heads) and any(map(find_mode_of_label, heads)):
        return title
    return quote if any(map(str.isalpha, quote)) else title


def _split_into_cells(row: str) -> list[str]:
    return [TAG_PATTERN.sub(" ", cell).strip(" *_") for cell in CELL_SEPARATOR_PATTERN.split(row.strip(" |"))]


def _iter_modes(
    sentence: Sentence, names: Sequence[str], title: str, letters: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Each name with the words beside it, else by the label before it, else by the titles above."""
    quote = " ".join(sentence.quote.split())
    places = {name: place for name in names if (place := quote.find(name)) >= 0}
    for name in names:
        place, end = places.get(name, 0), places.get(name, 0) + len(name)
        behind = min((each for each in places.values() if each > place), default=len(quote))
        note, before = (
            quote[end : min(behind, end + MAX_NOTE_LENGTH)],
            quote[max(0, place - MAX_LABEL_DISTANCE) : place],
        )
        if name not in places:  # as a short name, or "me"
            note, before = "", quote[: quote.find(":") + 1] if quote.count(":") == 1 else ""
        sign = "" if note[:1] in {note[1:2], before[-1:]} else letters.get(note[:1], "")  # not of bold type
        label = _find_last_label(before)
        mode = sign or _find_mode_in_note(note, letters) or find_mode_of_label(label)
        yield name, mode or _find_mode_of_titles(sentence, title, label)


def _find_mode_of_titles(sentence: Sentence, title: str, label: str) -> str:
    """By the line above a list, or the heading. A paragraph with a label, such as "Chair: Ana", is no longer in it."""
    is_own = sentence.unit not in {"bullet", "row"} and bool(label)
    mode = "" if is_own else find_mode_of_label(title)
    heading = "" if is_own and get_heading_role(label) != "attendee" else sentence.section.rpartition(" > ")[2]
    return mode or find_mode_of_label(heading)


def _find_mode_in_note(note: str, letters: Mapping[str, str]) -> str:
    """What a remark right behind a name says: "Ana (Elm Farm, by phone)", "Ana (V)", "Ana joined online"."""
    for piece in PIECE_PATTERN.finditer(NOTE_END_PATTERN.split(note, maxsplit=1)[0]):
        bracket = piece["bracket"]
        if bracket is None:
            mode = find_mode_of_remark(piece["plain"])
        else:
            remarks = (find_mode_of_remark(part) for part in BRACKET_SEPARATOR_PATTERN.split(bracket))
            mode = letters.get(bracket.strip()) or find_mode_of_label(bracket) or next(filter(None, remarks), "")
        if mode:
            return mode
    return ""


def _find_last_label(words_before: str) -> str:
    """The last label before a name: "Online: Ana; Ben", "In the room were Ana"."""
    labels = list(LABEL_PATTERN.finditer(f"{LABEL_END_PATTERN.split(words_before)[-1]} "))
    return labels[-1]["label"] if labels else ""

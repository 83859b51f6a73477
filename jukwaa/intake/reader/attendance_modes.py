"""Who in a report took part in the room, and who online: a remark beside a name, a label, a heading, a cell."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jukwaa.core.attendance_modes import find_mode_of_label, find_mode_of_remark
from jukwaa.intake.reader.apologies import APOLOGIES_STATUS
from jukwaa.intake.reader.attendance_legend import LETTER_PATTERN, MAX_LETTERS_LENGTH
from jukwaa.intake.reader.model import Reading
from jukwaa.intake.reader.tables import CELL_SEPARATOR_PATTERN

MAX_NOTE_LENGTH = 120  # letters behind a name that may be about it
MAX_LABEL_DISTANCE = 2000  # letters between a label and a name below it
NOTE_END_PATTERN = re.compile(r"[;|](?![^(]*\))|[.!?]\s|(?:^|[\s,.(])[^\W\d_][\w’' -]{0,40}?\s?:")
PIECE_PATTERN = re.compile(r"[(\[](?P<bracket>[^()\[\]]*)[)\]]|(?P<plain>[^,،()\[\]–—]+)")
BRACKET_SEPARATOR_PATTERN = re.compile(r"[,،;–—]|\s-\s")
LABEL_END_PATTERN = re.compile(r"[;|]|\.\s")
LABEL_PATTERN = re.compile(r"(?:^|,\s)(?P<label>[^:,]{2,60}?)(?:\s?:|\s(?:were|was|étaient|estuvieron|estiveram)\s)")
SIGN_LINE_PATTERN = re.compile(r"\W?(?P<sign>[*+†‡#^°])\)?\s?[=:–-]?\s?(?P<meaning>[^\W_][^=:;|]{2,40})")
MARK_PATTERN = re.compile(r"\W*(?:[x✓✔☑✅1]|yes|oui|sí|si|sim|ja|ndiyo|نعم)\W*", re.IGNORECASE)
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
        quote = " ".join(sentence.quote.split())
        names: Iterable[str] = named[sentence.start]
        if not names:
            title = sentence.quote if any(map(str.isalpha, quote)) else title
            # Listed elsewhere too, where a suggestion says more of them.
            names = (
                [name for name in people if name in quote] if _find_mode_of_opening(quote[:MAX_LABEL_DISTANCE]) else ()
            )
        row_mode = _find_mode_of_row(sentence.quote, title, letters)
        titled = find_mode_of_label(title) or find_mode_of_label(sentence.section.rpartition(" > ")[2])
        for name, mode in _iter_modes(quote, [*names], letters):
            if found := row_mode or mode or titled:
                modes.setdefault(name, found)
    return modes


def _find_letters_of_modes(text: str) -> dict[str, str]:
    """The letters and signs that a line explains, where they stand for a mode: "V = visio", "* online"."""
    lines = [line for line in text.split("\n") if len(line) <= MAX_LETTERS_LENGTH]
    letters = [match for line in lines for match in LETTER_PATTERN.finditer(line)]
    signs = [match for line in lines if (match := SIGN_LINE_PATTERN.fullmatch(line))]
    return {match["sign"]: mode for match in (*letters, *signs) if (mode := find_mode_of_label(match["meaning"]))}


def _find_mode_of_row(row: str, head: str, letters: Mapping[str, str]) -> str:
    """By a cell such as "Visio", a letter that a legend explains, or a mark below a head such as "Online"."""
    cells, heads = _split_into_cells(row), _split_into_cells(head)
    for place, cell in enumerate(cells) if len(cells) > 1 else ():
        if mode := letters.get(cell) or find_mode_of_label(cell):
            return mode
        if place and place < len(heads) and MARK_PATTERN.fullmatch(cell) and (mode := find_mode_of_label(heads[place])):
            return mode
    return ""


def _split_into_cells(row: str) -> list[str]:
    return [TAG_PATTERN.sub(" ", cell).strip(" *_") for cell in CELL_SEPARATOR_PATTERN.split(row.strip(" |"))]


def _iter_modes(quote: str, names: Sequence[str], letters: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each name with what stands beside it, or with the label before it."""
    places = {name: place for name in names if (place := quote.find(name)) >= 0}
    only_label = quote[: quote.find(":") + 1] if quote.count(":") == 1 else ""
    for name in names:
        if name not in places:  # as a short name, or "me"
            yield name, _find_mode_of_opening(only_label)
            continue
        place, end = places[name], places[name] + len(name)
        behind = min((each for each in places.values() if each > place), default=len(quote))
        note, before = (
            quote[end : min(behind, end + MAX_NOTE_LENGTH)],
            quote[max(0, place - MAX_LABEL_DISTANCE) : place],
        )
        sign = "" if note[:1] in {note[1:2], before[-1:]} else letters.get(note[:1], "")  # not of bold type
        yield name, sign or _find_mode_in_note(note, letters) or _find_mode_of_opening(before)


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


def _find_mode_of_opening(words_before: str) -> str:
    """The mode that the last label before a name is: "Online: Ana, Ben", "In the room were Ana"."""
    labels = list(LABEL_PATTERN.finditer(f"{LABEL_END_PATTERN.split(words_before)[-1]} "))
    return find_mode_of_label(labels[-1]["label"]) if labels else ""

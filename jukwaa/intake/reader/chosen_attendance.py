"""Whom words name that a person chose as attendance: no heading, label or cue has to say that these people came."""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from jukwaa.intake.reader.apologies import (
    APOLOGIES_STATUS,
    APOLOGY_WORDS_PATTERN,
    NAME_PATTERN,
    NEGATED_PATTERN,
    NOTED_APOLOGY_PATTERN,
    STATUS_CELL_PATTERN,
    cut_long_line,
    find_apology,
    iter_listed_names,
)
from jukwaa.intake.reader.attendance_parts import is_named_people_label, is_way_of_attending
from jukwaa.intake.reader.attendee_cells import ARABIC_NAME_PATTERN, split_attendee_cell
from jukwaa.intake.reader.courtesy_titles import strip_courtesy_title
from jukwaa.intake.reader.lexicon import FINITE_VERB_PATTERN, NO_OWNER_WORDS, NON_NAME_WORDS, ROLE_NOUNS
from jukwaa.intake.reader.model import Suggestion
from jukwaa.intake.reader.names import (
    NAME_CONNECTOR_WORDS,
    clean_attendee_name,
    is_full_name,
    parse_listed_names,
)
from jukwaa.intake.reader.people_claims import PRESENT_WERE_PATTERN
from jukwaa.intake.reader.roles import get_heading_role
from jukwaa.intake.reader.row_claims import DETAIL_LABEL_PATTERN
from jukwaa.intake.reader.tables import (
    ABSENT_TITLE_PATTERN,
    CELL_SEPARATOR_PATTERN,
    PRESENT_CELL_PATTERN,
    TWO_LETTERS_PATTERN,
    find_listed_people_text,
    parse_column_roles,
    split_row_into_cells,
)
from jukwaa.intake.reader.told_attendance import find_non_english_attendee_text, find_told_attendees

MAX_CHOSEN_LENGTH = 4000  # letters of several lines
MAX_CHOSEN_PEOPLE = 100
LINE_MARK_PATTERN = re.compile(r"^\s*(?:[-*•‣◦>#]+\s+|\[[ xX]?\]\s*|\(?\d{1,3}[.)]\s+)+")
MARKUP_PATTERN = re.compile(r"~~[^~\n]*~~|<(?P<tag>s|del|strike)>[^<\n]*</(?P=tag)>|\*+|__+")
# "1) Ana 2) Ben", "a) Ana b) Ben"
ITEM_NUMBER_PATTERN = re.compile(r"(?:^|(?<=\s))\(?(?:\d{1,3}[.)]|[a-z]\))\s+(?=[^\W\d_])")
LABEL_PATTERN = re.compile(r"(?:^|[;.|])\s*(?P<label>[^\W\d_][^:;.|]{1,60}?)\s?:(?!//)(?=\D)")
DASHED_LABEL_PATTERN = re.compile(r"\W*(?P<label>[^\W\d_][^:;,.|()–—-]{1,60}?)\s[–—-]\s")  # "North team - Ana, Ben"
_CHAIR = r"chair(?:person|man|woman)?|présidente?|president[ea]|presidenta|الرئيسة?|رئيسة?(?: (?:الجلسة|الاجتماع))?"
_PRESIDING = (
    r"(?:chairing|presiding|in the chair|presides|préside|presidió|presidiu|preside|a presidir|presidiendo)"
    r"(?: (?:the meeting|la (?:séance|réunion|reunión|sesión)|a (?:reunião|sessão)))?"
)
HTML_TAG_PATTERN = re.compile(r"</?t[dhr]\b[^<>]*>", re.IGNORECASE)
PRESIDING_PATTERN = re.compile(rf"(?<=[^\W\d_]),?\s(?P<how>{_PRESIDING})(?=\s*(?:[;,.]|$))", re.IGNORECASE)
CHAIR_NOTE_PATTERN = re.compile(
    rf"\s*(?:\((?:l[ae] |the |a |o |el )?(?:acting )?(?:{_CHAIR}|{_PRESIDING})\)"
    rf"|,\s(?:l[ae] |the )?(?:{_CHAIR})(?=\s*(?:[,;.]|$)|\s(?:and|et|y|e)\s))",
    re.IGNORECASE,
)
CHAIR_LABEL_PATTERN = re.compile(
    rf"(?:acting |co-?)?(?:{_CHAIR}|{_PRESIDING}|présidence|presidencia|presidência|vorsitz|leitung|mwenyekiti)"
    r"(?: de (?:la )?s(?:éance|esión)| da (?:reunião|sessão))?",
    re.IGNORECASE,
)
# "Ana Lopes joined at 5 pm", "Mme Diallo est arrivée à 10 h"
REMARK_PATTERN = re.compile(
    r"(?<=[^\W\d_]),?\s(?:joined|left|arrived|attended|took part|participated|a rejoint|est (?:arrivée?|partie?)"
    r"|a quitté|se (?:unió|incorporó|retiró|conectó)|llegó|entrou|chegou|saiu)\b(?:(?!\s(?:and|et|y|e)\s)[^,;]){0,60}"
)
FROM_PATTERN = re.compile(r"[^\W\d_]\s(?:from|representing|من)\s")  # "Ben from Oak Farm"
# "On the call we had Ana and Ben", "Se sont joints à nous Mme Diallo et M. Essomba"
OPENING_PATTERN = re.compile(
    r"^\W{0,12}(?:(?:(?:also )?(?:joining|attending|with)(?: us)?(?: were)?"
    r"|(?:on|in) the (?:call|room|line) (?:we had|were)"
    r"|we had|avec|en présence de|(?:se sont|s[’']est) joint\w*(?: à nous| à la réunion| au groupe)?|nous ont rejoints?"
    r"|se (?:unieron|sumaron)(?: a la reunión)?|nos acompañaron|en presencia de|con|com|na presença de"
    r"|juntaram-se(?: a nós| à reunião)?|(?:حضر|شارك)(?:ت|وا)?(?: (?:في )?(?:الاجتماع|الجلسة))?)\s:?\s?)"
    r"(?=(?-i:[^\W\d_a-z]))",
    re.IGNORECASE,
)
ENTRY_PATTERN = re.compile(r"\s*;\s*(?![^()]*\))")
_AND = r"\s(?:and|et|y|e|und|og|och|en|dan|na|&)\s(?![^()]*\))"
PIECE_PATTERN = re.compile(rf"\s*[,،;]\s*(?![^()]*\))|{_AND}")
AND_OTHERS_PATTERN = re.compile(rf"{_AND}(?=[\da-zà-ÿ])")  # "Ana and two interns"
BRACKET_PATTERN = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# In Arabic "and" is the first letter of the next name; these names begin with it themselves.
ARABIC_AND_PATTERN = re.compile(
    r"\s+و\s?(?!(?:ليد|سام|فاء|ائل|داد|جدي|ردة|سيم|حيد|هيب|جيه|ديع|لاء|صال|هبة?)(?!\w))(?=[\u0621-\u064a]{2,})"
)
ARABIC_LETTER_PATTERN = re.compile(r"[\u0621-\u064a]")
ARABIC_PARTICLE_PATTERN = re.compile(r"(?<!\w)(?:على|في|من|إلى|عن|أن|مع|هذا|هذه|كل|التي|الذي)(?!\w)")
ACRONYM_PATTERN = re.compile(r"[A-Z][A-Z\d&-]+")
ABSENCE_PATTERN = re.compile(
    r"\W*(?:absente?s?|ausentes?|away|did not (?:attend|come)|no asisti\w*|não (?:compareceu|veio|participou)"
    r"|n[’']a pas participé|غائبة?|لم [يت]حضر\w*)(?!\w)",
    re.IGNORECASE,
)
ABSENT_STATUS = "absent"
MAX_ARABIC_NAME_WORDS = 3
SENTENCE_END_SIGNS = (".", "?", "!", "؟")
PAIR = 2


def find_chosen_attendees(words: str, letters_of_apologies: frozenset[str] = frozenset()) -> list[Suggestion]:
    """The people whom these words list; nobody where they are prose.

    A suggestion for each list, and for each row of a table with its organisation. `letters_of_apologies` are those that
    the legend of the report explains so.
    """
    found: list[Suggestion] = []
    for line in _iter_lines(words[:MAX_CHOSEN_LENGTH]):
        cells = [HTML_TAG_PATTERN.sub("", cell).strip(" |") for cell in split_row_into_cells(line.strip(" |"))]
        found += _read_row(cells, line, letters_of_apologies) if len(cells) > 1 else _read_list(line)
    return found


def find_absence(remark: str) -> str:
    """Whether words beside a name say that this person sent apologies or was away: "excusó", "Ausente"."""
    if APOLOGY_WORDS_PATTERN.search(remark) and not NEGATED_PATTERN.search(remark):
        return APOLOGIES_STATUS
    return ABSENT_STATUS if ABSENCE_PATTERN.match(remark) else ""


def _iter_lines(words: str) -> Iterator[str]:
    """Each row of a table, and the lines between, of which several may be one list."""
    listed: list[str] = []
    for written in words.splitlines():
        line = LINE_MARK_PATTERN.sub("", MARKUP_PATTERN.sub("", written)).strip()
        if CELL_SEPARATOR_PATTERN.search(line.strip(" |")):
            if listed:
                yield _join_lines(listed)
            listed = []
            yield cut_long_line(line)
        elif line:
            listed.append(cut_long_line(line))
    if listed:
        yield _join_lines(listed)


def _join_lines(lines: list[str]) -> str:
    joined = lines[0]
    for line in lines[1:]:
        is_wrapped = joined.endswith((",", "،", ";", ":", " and", " et", " y", " e")) or line[:1].islower()
        joined += f" {line}" if is_wrapped else f"; {line}"
    return joined


def _read_row(cells: list[str], line: str, letters: frozenset[str]) -> list[Suggestion]:
    if listed := find_listed_people_text(cells):
        return _read_list(f"{cells[0]}: {listed}")
    named = [cell for cell in cells if TWO_LETTERS_PATTERN.search(cell) and not PRESENT_CELL_PATTERN.match(cell)]
    absences = [find_absence(cell) if ABSENCE_PATTERN.match(cell) else "" for cell in cells]
    is_excused = any(cell in letters or STATUS_CELL_PATTERN.fullmatch(cell) for cell in cells)
    status = APOLOGIES_STATUS if is_excused or APOLOGIES_STATUS in absences else ""
    named = [cell for cell in named if not STATUS_CELL_PATTERN.fullmatch(cell) and not ABSENCE_PATTERN.match(cell)]
    is_away = (any(absences) or any(ABSENT_TITLE_PATTERN.match(cell) for cell in cells)) and not status
    if not named or is_away or parse_column_roles(cells):
        return []
    people = [(cell, _find_people_of_cell(cell)) for cell in named]
    full = [(cell, names) for cell, names in people if names and is_full_name(names[0])]
    cell, names = full[0] if full else people[0]
    group = next((other for other in named if other != cell), "")
    return [_build_suggestion(names, line, status=status, group=group)] if names else []


def _find_people_of_cell(cell: str) -> list[str]:
    return [name for person in split_attendee_cell(cell, has_group=True) if (name := _clean_name(person))]


def _read_list(line: str) -> list[Suggestion]:
    words = OPENING_PATTERN.sub("", line)
    words = PRESIDING_PATTERN.sub(r" (\g<how>)", ARABIC_AND_PATTERN.sub("، ", words))
    if told := find_told_attendees(words):
        return [_build_suggestion([name], words, group=organisation) for name, organisation in told]
    if names := find_non_english_attendee_text(words):
        words = f"{line.partition(':')[0]}: {names}" if ":" in line else names
    elif present := PRESENT_WERE_PATTERN.match(words):
        words = present["names"]
    return [made for label, listed in _iter_parts(words) for made in _read_part(label, listed)]


def _iter_parts(words: str) -> Iterator[tuple[str, str]]:
    """The lists in these words, each with the label before it, if there is one."""
    if (title := DASHED_LABEL_PATTERN.match(words)) and not _clean_name(title["label"]):
        words = f"{title['label']}: {words[title.end() :]}"
    labels = list(LABEL_PATTERN.finditer(words))
    if not labels or labels[0].start() > 0:
        yield "", words[: labels[0].start()] if labels else words
    for label, following in zip_longest(labels, labels[1:]):
        yield label["label"], words[label.end() : following.start() if following else len(words)]


def _read_part(label: str, listed: str) -> Iterator[Suggestion]:
    quote = f"{label}: {listed.strip()}" if label else listed.strip()
    if apology := find_apology(quote):
        if names := _clean_names(iter_listed_names(apology["names"])):
            yield _build_suggestion(names, quote, status=APOLOGIES_STATUS)
        return
    if label and not _is_label_of_people(label):
        return
    excused = [entry for entry in _split_pieces(listed) if NOTED_APOLOGY_PATTERN.search(entry)]
    if excused:
        yield _build_suggestion(_clean_names(map(clean_attendee_name, excused)), quote, status=APOLOGIES_STATUS)
        listed = ", ".join(entry for entry in _split_pieces(listed) if entry not in excused)
    if FROM_PATTERN.search(listed) and (told := find_told_attendees(f"We were: {listed}")):
        yield from (_build_suggestion([name], quote, group=organisation) for name, organisation in told)
        return
    names = _find_listed_names(listed, has_label=bool(label))
    if not names and get_heading_role(label) == "attendee" and not _is_prose(listed, has_label=True):
        names = list(parse_listed_names(listed, has_own_line=False))  # "Attendees: Members of the coalition, Elm Farm"
    is_chair = len(names) == 1 and CHAIR_LABEL_PATTERN.fullmatch(label) is not None
    chairs = names if is_chair else [name for name in names if _has_chair_note(name, quote)]
    if len(chairs) == 1:
        yield _build_suggestion(chairs, quote, is_chair=True)
        names = [name for name in names if name not in chairs]
    is_thing = not label and len(names) == 1 and names[0].lower() in NON_NAME_WORDS | NO_OWNER_WORDS
    if names and not is_thing:
        yield _build_suggestion(names, quote)


def _is_label_of_people(label: str) -> bool:
    """Whether those after this label may be people: not the agenda, the place, or those who stayed away."""
    role = get_heading_role(label)
    if role == "attendee" or is_way_of_attending(label) or is_named_people_label(label):
        return True
    return not role and not DETAIL_LABEL_PATTERN.fullmatch(label) and not FINITE_VERB_PATTERN.search(label)


def _find_listed_names(words: str, *, has_label: bool) -> list[str]:
    """The names in a list; without a label, every piece of it must be one."""
    listed = AND_OTHERS_PATTERN.sub(", ", REMARK_PATTERN.sub("", words))
    if _is_prose(listed, has_label=has_label):
        return []
    entries = [entry for entry in ENTRY_PATTERN.split(ITEM_NUMBER_PATTERN.sub("; ", listed)) if entry.strip(" .,")]
    pieces = [_split_pieces(entry) for entry in entries]
    are_pairs = len(entries) > 1 and all(len(parts) == PAIR for parts in pieces)
    for number, parts in enumerate(pieces):
        if _is_person_with_organisation(parts, is_pair=are_pairs):
            entries[number], pieces[number] = parts[0], parts[:1]
    names = _clean_names(name for entry in entries for name in _find_names_of_entry(entry))
    written = list(dict.fromkeys(part for parts in pieces for part in parts))
    others = [part for part in written[1:] if part[:1].islower() or not part[:1].isalpha()]
    halves = [part for part in written if any(part in name and part != name for name in names)]  # "Ortega y Gasset"
    expected = len(written) - len(others) - len(halves)
    is_list = has_label or not others or len(names) > 1 or " " in "".join(names)  # not "Fees and rooms"
    return names if is_list and (len(names) >= expected or (has_label and len(names) * 2 > expected)) else []


def _is_person_with_organisation(parts: list[str], *, is_pair: bool) -> bool:
    """Whether an entry reads "Ana Lopes, Programme Officer, Elm Farm" or "Ana Lopes, IWF"."""
    titles = [BRACKET_PATTERN.sub("", part) for part in parts[1:] if not part[:1].islower()]
    has_office = any(ROLE_NOUNS & set(title.lower().split()) for title in titles)
    is_with_acronym = len(parts) == PAIR and ACRONYM_PATTERN.fullmatch(parts[1]) is not None
    return len(parts) > 1 and is_full_name(clean_attendee_name(parts[0])) and (is_pair or has_office or is_with_acronym)


def _find_names_of_entry(entry: str) -> list[str]:
    people = split_attendee_cell(entry.strip(" .,"), has_group=True)
    return [clean_attendee_name(person) for person in people] if len(people) > 1 else list(iter_listed_names(entry))


def _is_prose(listed: str, *, has_label: bool) -> bool:
    """Whether this is a statement: it has a verb, or more plain words than names."""
    plain = BRACKET_PATTERN.sub("", listed).strip()
    words = re.findall(r"[^\W\d_][\w’'-]*", plain)
    small = [word for word in words if word[0].islower() and word not in NAME_CONNECTOR_WORDS]
    large = [word for word in words if not word[0].islower()]
    if FINITE_VERB_PATTERN.search(plain) or len(small) > 2 * len(large):
        return True
    return not has_label and plain.endswith(SENTENCE_END_SIGNS) and ARABIC_LETTER_PATTERN.search(plain) is not None


def _split_pieces(listed: str) -> list[str]:
    return [part for piece in PIECE_PATTERN.split(listed) if (part := piece.strip(" ."))]


def _clean_names(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(_clean_name, names))))[:MAX_CHOSEN_PEOPLE]


def _clean_name(written: str) -> str:
    """The name without title and notes; nothing for words that are no name, or that are the title of a section."""
    name = strip_courtesy_title(clean_attendee_name(written))
    is_arabic = ARABIC_LETTER_PATTERN.search(name) is not None
    is_name = NAME_PATTERN.fullmatch(name) is not None or ARABIC_NAME_PATTERN.match(name) is not None
    is_too_long = is_arabic and (len(name.split()) > MAX_ARABIC_NAME_WORDS or ARABIC_PARTICLE_PATTERN.search(name))
    return name if is_name and not is_too_long and not get_heading_role(name) else ""


def _has_chair_note(name: str, quote: str) -> bool:
    place = quote.find(name)
    return place >= 0 and CHAIR_NOTE_PATTERN.match(quote, place + len(name)) is not None


def _build_suggestion(
    names: list[str], quote: str, *, status: str = "", group: str = "", is_chair: bool = False
) -> Suggestion:
    return Suggestion(
        kind="attendee",
        actors=tuple(names),
        start=0,
        end=len(quote),
        quote=quote,
        why="",
        status=status,
        group=group,
        is_chair=is_chair and len(names) == 1,
    )

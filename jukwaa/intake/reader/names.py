"""Names out of lists of those present."""

import re
from collections.abc import Iterable

from jukwaa.core.attendance_modes import REMARK_BEHIND_NAME_PATTERN
from jukwaa.core.due_phrases import MONTH_PATTERN, WEEKDAY_PATTERN
from jukwaa.intake.reader.attendance_parts import ABSENT_LABEL_PATTERN, split_attendance_parts
from jukwaa.intake.reader.attendance_status import STATUS_WORDS
from jukwaa.intake.reader.group_titles import is_group_title
from jukwaa.intake.reader.joined_names import split_joined_people, split_people_before_organisation
from jukwaa.intake.reader.lexicon import (
    COLLECTIVE_NOUNS,
    DETERMINERS,
    FINITE_VERB_PATTERN,
    NON_NAME_WORDS,
    PEOPLE_NOUNS,
    ROLE_NOUNS,
    split_words,
)

NAME_SEPARATOR_PATTERN = re.compile(
    r"\s+[–—-]+\s+|\t+|\s*[(\[|<]|[,،]\s|\s?:\s|\s{3,}|\s[–—-](?=\S)|(?<=\w)[–—]\s|\s+(?=@\w)|\s+/{1,2}\s+|\s+\+(?:\s|$)"
)
# In "Ada (Bee) Cole" the brackets do not end the name.
NICKNAME_PATTERN = re.compile(r"[^\W\d_a-z][\w.'’-]* [(“\"][^\W\d_]+[)”\"] [^\W\d_a-z][\w'’-]+")
ATTENDANCE_LABEL_PATTERN = re.compile(
    r"^\W*(?:[A-Za-z][\w’' /-]{0,30} )?(?:attend(?:ees?|ants?|ance|ed|ing)|present|participants?|"
    r"participation|observers?|guests?|members?|partners?|"
    r"organi[sz]ations?|in attendance|participating|on (?:the )?(?:phone|call|line)|by (?:phone|video|zoom|teams)|"
    r"remote(?:ly)?|online|virtual(?:ly)?|in person|via [a-z]+)(?: [a-z]+){0,2}(?: ?\([^)]{0,30}\))?\s?"
    r"(?::| [-–—] )\s*",
    re.IGNORECASE,
)
# "Present Ana, Ben and Dina": a label without a colon, before three names or more.
BARE_LABEL_PATTERN = re.compile(
    r"^\W*(?i:(?:members |board members |also )?(?:present|attendees|participants|attending|in attendance|attended))\s+"
    r"(?=(?:[A-Z@][^,;.:]{1,40}(?:[,;] (?:and )?| and )){2,}[A-Z@])"
)
ROLE_LABEL_PATTERN = re.compile(
    r"^\W*(?:(?:co-?|vice-?)?chair(?:s|man|woman|person)?|scribes?|secretary|minutes?(?: taker)?|"
    r"note-?taker|notes|facilitator|moderator|host|rapporteur|president|treasurer|staff|board|convenor|"
    r"note taker|minutes by|recorder|leader|speakers?|رئيسة? (?:الجلسة|الاجتماع)|الميسرة?|المقررة?)\s?:\s*",
    re.IGNORECASE,
)
ABSENCE_NOTE_PATTERN = re.compile(
    r"[\s,;.(]{0,20}\b(?:excused|regrets|apologies|absent|not present|unable to attend|I? ?can(?:not|['’]t) "
    r"(?:join|attend|make|come))\b.*$",
    re.IGNORECASE | re.DOTALL,
)
# "[AL] Ana Lopes", "AL: Ana Lopes": the initials that stand for somebody below.
_FULL_NAME_PATTERN = r"[^\W\d_a-z][\w.'’-]+ [^\W\d_a-z][\w.'’-]+(?:,|$)"
INITIALS_LABEL_PATTERN = re.compile(
    rf"^\W*(?:\[[A-Z]{{1,4}}\]|[A-Z]{{2,4}}(?:\s?[:=]|\s[-–—](?=\s{_FULL_NAME_PATTERN})))\s+(?=[^\W\d_a-z][\w.'’-]+ )"
)
WORDS_THAT_START_NO_NAME = frozenset(
    split_words(
        "click quorum slides link links see note notes recording agenda minutes total name names please add "
        "your other others welcome introduction introductions opening contents initials full roll update "
        "updates discussion we i it this these there"
    )
)
GROUP_LABEL_PATTERN = re.compile(r"\W{0,20}[A-Z][\w’' /()-]{1,40}:\s+(?=[^,;]{2,40}[,;] ?[^,;]{2,40})")
INITIALS_AND_NAME_PATTERN = re.compile(r"[A-Z]{2,4}(?: [A-Z][A-Za-z]{1,15})*(?: [A-Z]{2,4})+(?: [A-Z][A-Za-z]{1,15})*$")
NAMES_WITH_BRACKETS_PATTERN = re.compile(r"(?:[^\W\d_a-z][^(),;|]{2,50}\((?:[^()]|\([^()]*\)){1,60}\)\s*){2,}$")
AFTER_BRACKET_PATTERN = re.compile(r"(?<=\))\s+")
# "Ana, Benoît et Claire"
FIRST_NAMES_PATTERN = re.compile(r"([^\W\d_a-z][\w’'-]+) (?:et|y|e|und) ([^\W\d_a-z][\w’'-]+)")
LIST_SEPARATOR_PATTERN = re.compile(r"\s*[;|]\s*(?![^(]*\))")
BAR_PATTERN = re.compile(r"\s\|\s(?![^(]*\))")
# "Mme Lopes Ana, M. Okoro Ben (Elm Farm)": a title begins another person, and not an organisation.
TITLED_NAME_COMMA_PATTERN = re.compile(
    r",\s+(?![^(]*\))(?=(?:M|MM|Mme|Mlle|Mr|Mrs|Ms|Dra?|Pr|Prof|Sœur|Soeur|Sra?|Srta|Hr|Herr|Frau)\b\.?\s[^\W\d_a-z])"
)
NAME_COMMA_PATTERN = re.compile(
    r"[,،]\s*(?:and\s+)?(?![^(]*\))|\s+(?:and|\+)\s+(?![^(]*\))(?=[A-Z])"
    # "Ben Okoro y Dina Haddad", but not "José Ortega y Gasset"
    r"|\s+(?:y|e|et|und)\s+(?![^(]*\))(?=[^\W\d_a-z][\w’'.-]+ [^\W\d_a-z])"
)
PERSON_NAME_PATTERN = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Hon)\.? )*[^\W\d_a-z][\w.'’-]*(?:[ ][A-Z(“\"][\w.'’()”\"-]*| (?:de|da|"
    r"dos|van|von|der|den|la|le|al|bin|el|ten|ter|di|du)\b){0,4}$"
)
SINGLE_ENTRY_PATTERN = re.compile(
    r"^\W*[^\W\d_a-z][\w.'’-]+(?: (?:de|da|van|von|der|la|al|el|"
    r"bin)\b)*(?: \(?[^\W\d_a-z][\w.'’()-]*){1,3}\s*(?:\s[–—-]\s|,\s|\(|\t|\s[–—-])\s*\S.{0,70}$"
)
NAME_CONNECTOR_WORDS = frozenset(
    {
        *("of", "the", "for", "and", "to", "de", "da", "dos", "das", "do", "du", "di", "del", "la", "le", "y", "e"),
        *("van", "von", "der", "den", "ten", "ter", "zu", "af", "av", "al", "el", "bin", "ibn", "bint", "abu"),
    }
)
GROUP_NOUNS = COLLECTIVE_NOUNS | ROLE_NOUNS | PEOPLE_NOUNS
TRIMMED_NAME_CHARACTERS = ' _,.;:*•-–—@"“”'
MAX_LISTED_PEOPLE = 60
MIN_SHORT_NAMES = 3
DATE_NAME_PATTERN = re.compile(rf"(?:{MONTH_PATTERN}|{WEEKDAY_PATTERN}),? \d|\d", re.IGNORECASE)
NO_PERSON_PATTERN = re.compile(
    r"(?:(?:Dra?|Sra?|Mrs?|Ms|Mx|Mme|Mlle|Prof|Ing|Lic(?:d[ao])?|Mtr[ao]|Cllr|Rev|Hon|Frau|Herr)\.?"
    r"|N\.? ?N\.?|N\.? ?A\.?)$"
    r"|(?:\+? ?\d+ (?:others?|more)\b.*|none|n/?a|tbd|tbc|nil|nobody|no one|all|everyone|various|see .*|-+)$"
    # How somebody took part, the device or the program that did, and the writer.
    r"|(?:by (?:link|video|phone|zoom|teams)|online|en (?:ligne|línea|visio(?:conférence)?|présentiel)|à distance"
    r"|on (?:the )?screen|remotely|(?:por|via|par|kwa) (?:vídeo|video|videoconfer[eê]ncia|videoconferencia|telefone"
    r"|teléfono|téléphone"
    r"|visio(?:conférence)?|zoom|teams|simu)|à distância|em linha|(?:em |en )?remoto|presencial|mtandaoni)$"
    rf"|(?-i:(?![A-Z]))(?:{STATUS_WORDS})(?: (?:of|for|d[aeou]|del)\b.*)?$"
    # For how long somebody was there.
    r"|(?-i:(?![A-Z]))(?:jusqu[’']|dès|depuis|à partir|sauf|seulement|hasta|desde|a partir|s[oó]lo|solamente|até"
    r"|apenas|somente|until|from|only|left|joined|bis|ab|nur|sampai|mulai|diwakili|hadi|kuanzia)\b.{0,60}$"
    r"|(?:[^\W\d_]+[’']s )?(?:i-?phone|i-?pad|android|galaxy|samsung|huawei|laptop|zoom user|guest)(?: [\w-]+)?$"
    r"|.{0,40}\b(?:(?:AI |meeting )?note-?taker|notetaking bot|AI assistant|(?:otter|fireflies|read)\.ai)\b.*$"
    r"|(?:me|myself|moi|yo|eu|ich)$"
    r"|[^\W\d_]{1,3}\s?=",  # of a legend: "V = visio"
    re.IGNORECASE,
)


def parse_listed_names(phrase: str, *, has_own_line: bool) -> tuple[str, ...]:
    """Those named in an entry of a list. `has_own_line` where every entry has a line of its own."""
    if parts := split_attendance_parts(phrase):
        names_by_part = (parse_listed_names(part, has_own_line=False) for part in parts)
        return tuple(dict.fromkeys(name for names in names_by_part for name in names))[:MAX_LISTED_PEOPLE]
    if ABSENT_LABEL_PATTERN.match(phrase) or is_group_title(phrase):
        return ()
    unlabelled = ATTENDANCE_LABEL_PATTERN.sub("", BARE_LABEL_PATTERN.sub("", phrase, count=1), count=1)
    body = ABSENCE_NOTE_PATTERN.sub("", ROLE_LABEL_PATTERN.sub("", unlabelled, count=1)).strip()
    body = INITIALS_LABEL_PATTERN.sub("", GROUP_LABEL_PATTERN.sub("", body, count=1), count=1)
    if INITIALS_AND_NAME_PATTERN.match(body):
        pieces = body.split()
    elif NAMES_WITH_BRACKETS_PATTERN.match(body):  # each stood on a line of its own in a cell
        pieces = [get_text_before_name_separator(piece) for piece in AFTER_BRACKET_PATTERN.split(body)]
    elif re.search(r";(?![^(]*\))", body) or (BAR_PATTERN.search(body) and not has_own_line):
        entries = [
            person
            for entry in split_people_before_organisation(LIST_SEPARATOR_PATTERN.split(body))
            for person in split_joined_people(entry)
        ]
        groups = (TITLED_NAME_COMMA_PATTERN.split(entry) for entry in entries)
        pieces = [get_text_before_name_separator(piece) for group in groups for piece in group]
    else:
        parts = [part for part in NAME_COMMA_PATTERN.split(body) if part and part.strip()]
        if len(parts) > 1 and (pair := FIRST_NAMES_PATTERN.fullmatch(parts[-1].strip(TRIMMED_NAME_CHARACTERS))):
            parts[-1:] = pair.groups()
        people = sum(
            bool(PERSON_NAME_PATTERN.match(get_text_before_name_separator(part).strip(TRIMMED_NAME_CHARACTERS)))
            and " " in get_text_before_name_separator(part).strip(TRIMMED_NAME_CHARACTERS)
            for part in parts
        )
        many = len(parts) > 1 and (
            not has_own_line or (len(parts) >= 3 and people >= len(parts) - 1) or _are_short_names(parts)
        )
        listed = parts if many else split_joined_people(body)
        pieces = [get_text_before_name_separator(part) for part in listed]
    if GROUP_LABEL_PATTERN.match(unlabelled):  # "Elm Farm: Ana Lopes, Ben Okoro Oak Farm: Dina Said": two lines glued
        pieces = [piece for part in pieces if (piece := _find_name_behind_glued_label(part, body))]
    names = [name for piece in pieces if (name := _clean_listed_name(piece))]
    return tuple(dict.fromkeys(names))[:MAX_LISTED_PEOPLE]


def _find_name_behind_glued_label(name_piece: str, names_text: str) -> str:
    """The name behind the label of the next organisation; where that begins is unknown, so the name before is lost."""
    place = names_text.find(name_piece)
    behind = re.match(r"\s?:\s+([^,;:|(]{2,60})", names_text[place + len(name_piece) :]) if place >= 0 else None
    return behind[1] if behind else name_piece


def _are_short_names(name_parts: list[str]) -> bool:
    """Whether these are first names or accounts rather than a name, a role and an organisation."""
    if any(set(part.lower().split()) & GROUP_NOUNS for part in name_parts):
        return False
    long = [part for part in name_parts if " " in part.strip()]
    return len(name_parts) >= MIN_SHORT_NAMES and len(long) <= 1 and name_parts[0] not in long


def get_text_before_name_separator(name_piece: str) -> str:
    words = name_piece.strip()
    nickname = NICKNAME_PATTERN.match(words)
    end = nickname.end() if nickname else 0
    return words[:end] + NAME_SEPARATOR_PATTERN.split(words[end:], maxsplit=1)[0]


def find_bracketed_text_by_name(phrase: str, listed_names: Iterable[str]) -> dict[str, str]:
    """What is in brackets after each name: "A. Lopes (IWF, Chair)" gives "IWF". It may be a role."""
    found = {name: re.search(rf"{re.escape(name)}\.?\s?\(([^(),;]{{2,60}})", phrase) for name in listed_names}
    return {name: match[1].strip() for name, match in found.items() if match}


def _clean_listed_name(name_piece: str) -> str:
    if name_piece[:1] == name_piece[-1:] == "'":
        name_piece = name_piece[1:-1]  # as front matter quotes names
    name = re.sub(r"^(?:and|the) ", "", name_piece.strip(TRIMMED_NAME_CHARACTERS)).strip(TRIMMED_NAME_CHARACTERS)
    name = REMARK_BEHIND_NAME_PATTERN.sub("", name)
    if NO_PERSON_PATTERN.match(name) or FINITE_VERB_PATTERN.search(name) or not _may_be_person_name(name):
        return ""
    if f"{name}_" in name_piece and f"_{name}" not in name_piece:
        name += "_"  # an account
    return name if 1 < len(name) <= 80 and any(letter.isalpha() for letter in name) else ""


def _may_be_person_name(person_name: str) -> bool:
    """Whether these words may name somebody: "members of the public" may, "Fixing the table of hosts" may not."""
    tokens = person_name.lower().split()
    if person_name.islower() and (
        len(tokens) > 1 and tokens[0] in NON_NAME_WORDS | DETERMINERS and not set(tokens) & GROUP_NOUNS
    ):
        return False  # "two weeks", "nothing changes"
    if (
        not tokens
        or tokens[0] in WORDS_THAT_START_NO_NAME
        or "://" in person_name
        or DATE_NAME_PATTERN.match(person_name)
    ):
        return False
    plain = [token for token in person_name.split()[1:] if token.islower() and token not in NAME_CONNECTOR_WORDS]
    return len(plain) < 2 or bool(
        {token.removesuffix("s") for token in tokens} & GROUP_NOUNS or set(tokens) & GROUP_NOUNS
    )


def clean_attendee_name(cell_text: str) -> str:
    """The name in the cell of a table: without a role, a star, or how somebody took part."""
    plain = re.sub(r"^(?!['‘’ʻʼ][^\W\d_a-z][^'‘’ʻʼ]*$)[\W_]+|[*†‡+#]+", "", ABSENCE_NOTE_PATTERN.sub("", cell_text))
    return _clean_listed_name(get_text_before_name_separator(plain))


def is_name_and_organisation_line(phrase: str) -> bool:
    """Whether a line of its own reads "Name – Organisation"."""
    return (
        len(phrase) <= 120
        and bool(SINGLE_ENTRY_PATTERN.match(phrase))
        and not phrase.rstrip().endswith((".", "?", ":", ";"))
    )


def is_full_name(phrase: str) -> bool:
    """Whether these words are a name of two parts or more, and nothing else."""
    return (
        " " in phrase.strip()
        and len(phrase) <= 60
        and PERSON_NAME_PATTERN.match(phrase.strip(TRIMMED_NAME_CHARACTERS)) is not None
    )


def is_name_like(words: str) -> bool:
    """Whether an entry begins with a name, all of whose words have capitals: "Harbour School, since May"."""
    tokens = get_text_before_name_separator(words).strip(TRIMMED_NAME_CHARACTERS).split()
    return bool(tokens) and all(token[:1].isupper() or token.lower() in NAME_CONNECTOR_WORDS for token in tokens)

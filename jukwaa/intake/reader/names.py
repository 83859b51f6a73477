"""Names out of lists of those present."""

import re

SEPARATOR = re.compile(r"\s+[–—-]+\s+|\t+|\s*[(\[|]|,\s|\s?:\s|\s{3,}|\s[–—-](?=\S)|(?<=\w)[–—]\s")
LABEL = re.compile(
    r"^\W*(?:[A-Za-z][\w’' /-]{0,30} )?(?:attend(?:ees?|ants?|ance|ed|ing)|present|participants?|"
    r"participation|observers?|guests?|members?|partners?|"
    r"organi[sz]ations?|in attendance|participating)(?: [a-z]+){0,2}(?: ?\([^)]{0,30}\))?\s?(?::| [-–—] )\s*",
    re.IGNORECASE,
)
ROLE_LABEL = re.compile(
    r"^\W*(?:(?:co-?|vice-?)?chair(?:s|man|woman|person)?|scribes?|secretary|minutes?(?: taker)?|"
    r"note-?taker|facilitator|moderator|host|rapporteur|president|treasurer|staff|board|convenor|"
    r"note taker|minutes by|recorder|leader|speakers?)\s?:\s*",
    re.IGNORECASE,
)
AWAY = re.compile(
    r"[\s,;.(]*\b(?:excused|regrets|apologies|absent|not present|unable to attend)\b.*$", re.IGNORECASE | re.DOTALL
)
LISTED = re.compile(r"\s*;\s*|\s*\|\s*")
COMMA = re.compile(r",\s*(?:and\s+)?(?![^(]*\))|\s+and\s+(?![^(]*\))(?=[A-Z])")
PERSON = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Hon)\.? )*[^\W\d_a-z][\w.'’-]*(?:[ ][A-Z(“\"][\w.'’()”\"-]*| (?:de|da|"
    r"dos|van|von|der|den|la|le|al|bin|el|ten|ter|di|du)\b){0,4}$"
)
SINGLE = re.compile(
    r"^\W*[^\W\d_a-z][\w.'’-]+(?: (?:de|da|van|von|der|la|al|el|"
    r"bin)\b)*(?: \(?[^\W\d_a-z][\w.'’()-]*){1,3}\s*(?:\s[–—-]\s|,\s|\(|\t|\s[–—-])\s*\S.{0,70}$"
)
TRIM = ' ,.;:*•-–—@"“”'
PEOPLE_MOST = 60
NOBODY = re.compile(r"(?:none|n/?a|tbd|tbc|nil|nobody|no one|all|everyone|various|see .*|-+)$", re.IGNORECASE)


def listed_names(words: str, *, alone: bool) -> tuple[str, ...]:
    """Those named in an entry of a list. `alone` where every entry has a line of its own."""
    body = AWAY.sub("", ROLE_LABEL.sub("", LABEL.sub("", words, count=1), count=1)).strip()
    if ";" in body or " | " in body:
        pieces = [_first(piece) for piece in LISTED.split(body)]
    else:
        parts = [part for part in COMMA.split(body) if part and part.strip()]
        people = sum(bool(PERSON.match(_first(part).strip(TRIM))) and " " in _first(part).strip(TRIM) for part in parts)
        many = len(parts) > 1 and (not alone or (len(parts) >= 3 and people >= len(parts) - 1))
        pieces = [_first(part) for part in parts] if many else [_first(body)]
    names = [name for piece in pieces if (name := _tidy(piece))]
    return tuple(dict.fromkeys(names))[:PEOPLE_MOST]


def _first(piece: str) -> str:
    return SEPARATOR.split(piece.strip(), maxsplit=1)[0]


def _tidy(piece: str) -> str:
    name = re.sub(r"^(?:and|the) ", "", piece.strip(TRIM)).strip(TRIM)
    if NOBODY.match(name):
        return ""
    return name if 1 < len(name) <= 80 and any(letter.isalpha() for letter in name) else ""


def looks_like_entry(words: str) -> bool:
    """Whether a line of its own reads "Name – Organisation"."""
    return len(words) <= 120 and bool(SINGLE.match(words)) and not words.rstrip().endswith((".", "?", ":", ";"))

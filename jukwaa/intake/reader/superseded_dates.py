"""The date that holds where a deadline was moved: "was 31 Jan; now 31 March", "31 March (originally 31 Jan)"."""

import re

_OLD = (
    r"(?:was|were|originally|initially|previously|formerly|bisher|ursprünglich|initialement|était|auparavant"
    r"|era|originalmente|inicialmente|previamente)"
)
_OLD_OR_BEFORE = r"(?:war|avant|antes)"  # "avant 31/01" is the old date, "avant le 31 janvier" a deadline
_NEW = (
    r"(?:is now|now|new(?: date)?|moved to|postponed to|extended (?:to|until)|revised(?: to)?|neu|jetzt|nun"
    r"|verschoben auf|désormais|maintenant|reportée? au"
    r"|nouvelle date|ahora|aplazad[oa] (?:al|para el)|nueva fecha|agora"
    r"|adiad[oa] para|nova data)"
)
_DATE = r"[^();,.→]*\d[^();,→]*"
OLD_THEN_NEW_PATTERN = re.compile(
    rf"\b(?:{_OLD}|{_OLD_OR_BEFORE})\s?:?\s{_DATE}\s?(?:[;,/|→–—-]|->|\.\s)\s?(?:(?:and|und|et|y|e)\s)?{_NEW}\s?:?\s(?P<now>(?=.*\d).+)",
    re.IGNORECASE,
)
OLD_BEFORE_ARROW_PATTERN = re.compile(
    rf"\W*(?:{_OLD}|{_OLD_OR_BEFORE})\s?:?\s{_DATE}\s?(?:→|->)\s?(?P<now>(?=.*\d).+)", re.IGNORECASE
)
OLD_MOVED_PATTERN = re.compile(
    r"(?P<old>[^;,–—]*\d[^;,–—]*?)\s?[;,–—-]?\s(?:moved to|postponed to|extended (?:to|until)"
    r"|verschoben auf|reportée? au|aplazad[oa] (?:al|para el)|adiad[oa] para)\s(?P<now>.*\d.*)",
    re.IGNORECASE,
)
# "15/07/26 (reprog. 30/09/26)", "31 March (extended to 30 April)"
NEW_IN_BRACKETS_PATTERN = re.compile(
    rf"[^()\[\]]*\d[^()\[\]]*[(\[](?:{_NEW}|extended|rescheduled(?: to)?|reprog\w*\.?(?: (?:al|para el|para o))?"
    r"|repoussée? au|décalée? au)\s?:?\s(?P<now>[^()\[\]]*\d[^()\[\]]*)[)\]]\W*",
    re.IGNORECASE,
)
OLD_BEHIND_PATTERN = re.compile(
    rf"\s*[(\[,;]\s?(?:{_OLD}|instead of|statt|au lieu du|en lugar del?|em vez de)\s?:?\s[^()\[\]]*\d[^()\[\]]*[)\]]?$",
    re.IGNORECASE,
)
_FULL_DATE = r"\d{1,2}(?:\.|st|nd|rd|th|er|º)?(?: de)? [^\W\d_]{3,}|\d[./-]\d"
FULL_DATE_PATTERN = re.compile(_FULL_DATE)
OLD_DATE_IN_BRACKETS_PATTERN = re.compile(
    rf"\s?[(\[]{_OLD_OR_BEFORE}\s?:?\s(?=[^()\[\]]{{0,20}}?(?:{_FULL_DATE}))[^()\[\]]{{1,40}}[)\]]$", re.IGNORECASE
)
STRUCK_DATE_PATTERN = re.compile(r"~~[^~]*\d[^~]*~~\s*(?:→|->)?\s*(?=\S)")
MAX_DEADLINE_LENGTH = 200  # letters that patterns may see


def remove_superseded_date(deadline_text: str) -> str:
    """The words of a deadline without the date that holds no longer; unchanged where only one date is named."""
    if len(deadline_text) > MAX_DEADLINE_LENGTH:
        return deadline_text
    words = STRUCK_DATE_PATTERN.sub("", deadline_text).strip()
    match = (
        OLD_THEN_NEW_PATTERN.search(words)
        or OLD_BEFORE_ARROW_PATTERN.match(words)
        or OLD_MOVED_PATTERN.fullmatch(words)
        or NEW_IN_BRACKETS_PATTERN.fullmatch(words)
    )
    if match:
        return match["now"].strip(" .;,")
    shorter = OLD_BEHIND_PATTERN.sub("", words)
    if re.search(r"\d", shorter) is None:
        return words
    sooner = OLD_DATE_IN_BRACKETS_PATTERN.sub("", shorter)
    return sooner if FULL_DATE_PATTERN.search(sooner) else shorter

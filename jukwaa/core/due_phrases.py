"""The words in which a sentence says by when; they are kept as written and never computed here."""

import re

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    rf"|(?:mon|tues?|wed|thur?s?|fri|sat|sun)\.?(?=,? (?:\d|{MONTH})))"
)
DATE = (
    rf"(?:{DAY},? )?(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}(?:,? \d{{4}})?|"
    rf"{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,? \d{{4}})?"
    rf"|{MONTH},? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|{MONTH}(?! (?:be|"
    rf"have|not)\b)|{DAY}|(?:19|20)\d\d)"
)
TIME_SPAN = (
    (
        r"(?:(?:the )?(?:end|beginning|middle|start|close) of (?:the |this |next )?(?:week|month|year|quarter|"
        r"day|"
    )
    + DATE
    + r")|next (?:week|month|year|meeting|call|session|"
    + DAY
    + rf")|(?:the |our )?(?:next|following|{MONTH}|annual) (?:[a-z-]+ )?"
    + r"(?:meeting|call|session|conference|workshop|agm)"
    + (
        r"|the next (?:meeting|call|session)|tomorrow|today|tonight|noon|eow|eod|end of (?:week|day|month|"
        r"year)|q[1-4](?: \d{4})?|(?:mid|early|late)[- ]"
    )
    + DATE
    + r"|this (?:week|month|afternoon|"
    + DAY
    + r"))"
)
_LIMIT = (
    rf"\b(?:due(?: date)?:? (?:on |by )?|deadline:? |by |before |no later than |until |"
    rf"not later than |in advance of |ahead of |prior to |in time for )(?:the )?"
    rf"(?:{TIME_SPAN}|{DATE}|\d{{1,2}}/\d{{1,2}}(?![\d/]))"
)
LIMIT_PHRASE = re.compile(_LIMIT, re.IGNORECASE)
DUE_PHRASE = re.compile(
    rf"{_LIMIT}"
    rf"|\bwithin (?:the next |a |one |two |three |four |six |\d+ )+(?:days?|weeks?|months?|hours?|years?)"
    rf"|\b(?:in|on) {DATE}|\b(?:next|this) (?:week|month|{DAY})\b|\b(?:tomorrow|tonight)\b|"
    rf"\bat the next (?:meeting|call|session)\b"
    rf"|\bin (?:the next |a |one |two |three |four |\d+ )(?:days?|weeks?|months?)\b"
    r"|\bdue:? (?=[^\s,;)]*\d|asap\b|tb[acd]\b)[^\s,;)]+",
    re.IGNORECASE,
)


def find_due_phrase(sentence: str) -> str:
    """The first such words, or nothing. "By Monday" counts before "on Monday", which may be about something else."""
    words = sentence[:1500]
    match = LIMIT_PHRASE.search(words) or DUE_PHRASE.search(words)
    return match.group().strip(" .,") if match else ""

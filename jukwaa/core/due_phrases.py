"""The words in which a sentence says by when; they are kept as written and never computed here."""

import re

MONTH_PATTERN = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAY_PATTERN = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    rf"|(?:mon|tues?|wed|thur?s?|fri|sat|sun)\.?(?=,? (?:\d|{MONTH_PATTERN})))"
)
DATE_PATTERN = (
    rf"(?:{WEEKDAY_PATTERN},? )?(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH_PATTERN}(?:,? \d{{4}})?|"
    rf"{MONTH_PATTERN} \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,? \d{{4}})?"
    rf"|{MONTH_PATTERN},? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|{MONTH_PATTERN}(?! (?:be|"
    rf"have|not)\b)|{WEEKDAY_PATTERN}|(?:19|20)\d\d)"
)
_WEEK = rf"(?:w/?c|week (?:of|commencing|beginning|ending)) {DATE_PATTERN}"
TIME_SPAN = (
    rf"(?:(?:the )?(?:end|beginning|middle|start|close) of (?:the |this |next )?"
    rf"(?:week|month|year|quarter|day|{DATE_PATTERN})|end {MONTH_PATTERN}"
    rf"|next (?:week|month|year|meeting|call|session|{WEEKDAY_PATTERN})"
    rf"|(?:the |our )?(?:next|following|{MONTH_PATTERN}|annual) (?:[a-z-]+ )?"
    r"(?:meeting|call|session|conference|workshop|agm)|the next (?:meeting|call|session)"
    rf"|tomorrow|today|tonight|noon|eow|eod|eom|eoy"
    rf"|(?:cob|(?:close|end) of business)(?:,? (?:on )?{DATE_PATTERN})?|{_WEEK}"
    rf"|end of (?:week|day|month|year)|q[1-4](?: \d{{4}})?|(?:mid|early|late)[- ]{DATE_PATTERN}"
    rf"|this (?:week|weekend|month|afternoon|{WEEKDAY_PATTERN}))"
)
_LIMIT = (
    rf"\b(?:due(?: date)?:? (?:on |by )?|deadline:? |by |before |no later than |until |"
    rf"not later than |in advance of |ahead of |prior to |in time for )(?:the )?"
    rf"(?:{TIME_SPAN}|{DATE_PATTERN}|\d{{1,2}}/\d{{1,2}}(?![\d/]))"
)
LIMIT_PHRASE = re.compile(_LIMIT, re.IGNORECASE)
DUE_PHRASE = re.compile(
    rf"{_LIMIT}"
    rf"|\bwithin (?:the next |a |one |two |three |four |six |\d+ )+(?:days?|weeks?|months?|hours?|years?)"
    rf"|\b(?:in|on) {DATE_PATTERN}|\b(?:next|this) (?:week|weekend|month|{WEEKDAY_PATTERN})\b|\b(?:tomorrow|tonight)\b|"
    rf"\bat (?:the |its |our )?(?:next|following|{MONTH_PATTERN}) (?:meeting|call|session)\b"
    rf"|\bin (?:the next |a |one |two |three |four |\d+ )(?:days?|weeks?|months?)\b"
    rf"|\b{_WEEK}|\basap\b|\bas soon as possible\b"
    r"|\bdue:? (?=[^\s,;)]*\d|asap\b|tb[acd]\b)[^\s,;)]+",
    re.IGNORECASE,
)


def find_due_phrase(sentence: str) -> str:
    """The first such words, or nothing. "By Monday" counts before "on Monday", which may be about something else."""
    words = sentence[:1500]
    match = LIMIT_PHRASE.search(words) or DUE_PHRASE.search(words)
    return match.group().strip(" .,") if match else ""

"""The words in which a sentence says by when; they are kept as written and never computed here."""

import re

MONTH_PATTERN = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY_PATTERN = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day(?!s\b)"
    rf"|(?:mon|tues?|wed|thur?s?|fri|sat|sun)\.?(?=,? (?:\d|{MONTH_PATTERN})))"
)
DATE_PATTERN = (
    rf"(?:{WEEKDAY_PATTERN},? (?:the \d{{1,2}}(?:st|nd|rd|th)\b(?! of\b)|\d{{1,2}}(?=\W*$))"
    rf"|(?:{WEEKDAY_PATTERN},? )?(?:the )?"
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?(?: ?[-\u2013/&] ?| and | or | to ))?"
    rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH_PATTERN}(?:,? \d{{4}})?|"
    rf"{MONTH_PATTERN} \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:[-\u2013]\d{{1,2}}(?:st|nd|rd|th)?(?!\d))?(?:,? \d{{4}})?"
    rf"|{MONTH_PATTERN},? \d{{4}}|\d{{4}}[-/]\d{{2}}[-/]\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|"
    rf"{MONTH_PATTERN}(?! (?:be|"
    rf"have|not)\b)|{WEEKDAY_PATTERN}|(?:19|20)\d\d))"
)
_WEEK_PATTERN = (
    r"(?:w/?c|w/e|(?:(?:first|second|third|last) )?week (?:of|commencing|beginning|starting|ending))"
    rf" {DATE_PATTERN}"
)
_QUARTER = r"(?:(?:20\d\d[ -])?q[1-4](?:[ /-]?20\d\d| fy ?\d\d)?|h[12][ /-]20\d\d|20\d\d[ -]h[12])"
_EVENT = (
    r"(?:meetings?|calls?|sessions?|conferences?|workshops?|agm|plenar(?:y|ies)|plenums?|sync|stand-?up|sprints?|"
    r"summit|webinar|hackathon|retrospective|retreat|assembly)"
)
_SEASON = (
    r"(?:spring|summer|autumn|fall|winter|christmas|easter|ramadan|new year|semester|half[- ]?term|term"
    r"|(?:sprint|iteration)(?: \d{1,3})?|quarter|q[1-4])"
)
TIME_SPAN_PATTERN = (
    rf"(?:(?:the )?(?:end|beginning|middle|start|close) of (?:the |this |next )?"
    rf"(?:week(?:end)?|month|year(?! \d)|quarter|day|business day|(?:school |calendar |financial |academic )year|"
    rf"year \d{{4}}|{_SEASON}(?: \d{{4}})?|today|tomorrow|{DATE_PATTERN})"
    rf"|end (?:{MONTH_PATTERN}|{_QUARTER})|(?:year|month|quarter|week)[ -]end\b|fy ?(?:20)?\d\d\b"
    rf"|(?:next|following|coming) (?:week(?:end)?|month|year|quarter|meeting|call|session|{WEEKDAY_PATTERN})"
    rf"|(?:the |our )?(?:next|following|{MONTH_PATTERN}|annual) (?:[a-z-]+ ){{0,2}}{_EVENT}"
    rf"|tomorrow|today|tonight|(?:noon|midnight|lunch ?time)(?:,? (?:on )?{DATE_PATTERN})?|eow|eod|eom|eoy"
    rf"|(?:cob|close of play|(?:close|end) of business)(?:,? (?:on )?{DATE_PATTERN})?|{_WEEK_PATTERN}"
    rf"|end of (?:week|day|month|year)|{_QUARTER}|(?:mid|early|late)[- ](?:next week|{DATE_PATTERN})"
    rf"|this (?:week|weekend|month|afternoon|{WEEKDAY_PATTERN}))"
)
_END_OF_SPAN = r" (?:(?:is|are) (?:out|over|up|through)|ends|finishes|closes|runs out)\b"  # "before the summer is out"
_CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?)?(?: ?[a-z]{2,4}\b)?,? (?:on )?(?:the )?)?"
# Only after "by" and the like are these deadlines: "by Fri", "by 5 pm", "by week 5", "before the workshop".
_ONLY_AFTER_LIMIT = (
    rf"(?:(?:mon|tues?|wed|thur?s?|fri)\b(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?|\d{{1,2}}/\d{{1,2}}(?![\d/])|"
    rf"\d{{1,2}}\.\d{{1,2}}\.(?!\d)|\d\d\.(?:0[1-9]|1[0-2])\b(?!\.\d| ?(?:release|version|beta))|"
    rf"\d{{1,2}}(?::\d\d)? ?[ap]\.?m(?: ?[a-z]{{2,4}})?\b\.?"
    rf"|\d{{1,2}}:\d\d|[a-z]{{3,9}} \d{{1,2}}(?:st|nd|rd|th)\b"
    rf"|\d{{1,2}}(?:st|nd|rd|th)\b|{_SEASON}(?: (?:\d{{4}}|break|holidays?|recess|vacation))?\b|week \d{{1,2}}\b"
    rf"|(?:week(?:end)?|month|year|quarter|term|session)(?={_END_OF_SPAN})"
    r"|cop ?\d+|weekend\b"
    rf"|(?!(?:the|this|each|every|our|their|an?|one|two|three|any|no|closing|holding|having|starting) \w+)"
    rf"[a-z-]+ {_EVENT}\b|"
    r"(?:plenar(?:y|ies)|workshops?|conference|agm|summit|assembly)\b)"
)
_DUE_LIMIT_PATTERN = (
    rf"\b(?:due(?: date)?:? (?:on |by )?|deadline:? |by (?:the deadline of )?|before |no later than |until |till |"
    rf"not later than |on or before |at the latest (?:by )?|latest (?:by )?(?=[\w ]{{0,12}}\d)|"
    rf"in advance of |ahead of |prior to |in time for )(?:the )?{_CLOCK}"
    rf"(?:{TIME_SPAN_PATTERN}|{DATE_PATTERN}|{_ONLY_AFTER_LIMIT})(?:{_END_OF_SPAN})?"
)
DUE_LIMIT_REGEX = re.compile(_DUE_LIMIT_PATTERN, re.IGNORECASE)
_DURATION = r"(?:(?:working |business |calendar )?days?|weeks?|months?|hours?|years?)"
DUE_PHRASE_REGEX = re.compile(
    rf"{_DUE_LIMIT_PATTERN}"
    rf"|\bwithin (?:the (?:next |coming )?)?(?:(?:next|a|one|two|three|four|six|\d+) )*{_DURATION}"
    rf"|\b(?:in|on(?! (?:(?:19|20)\d\d(?![-/]\d)|{MONTH_PATTERN}(?!,? \d))\b)) {DATE_PATTERN}"
    rf"|\bduring (?:the )?(?:next (?:week|month|quarter)|{MONTH_PATTERN}|{_QUARTER})(?: \d{{4}})?"
    rf"|\bover the (?:spring|summer|autumn|winter|holidays)\b"
    rf"|\b(?:next|this) (?:week|weekend|month|{WEEKDAY_PATTERN})\b|\b(?:tomorrow|tonight)\b|"
    rf"\bat (?:the |its |our )?(?:next|following|{MONTH_PATTERN}) (?:[a-z-]+ ){{0,2}}{_EVENT}\b"
    rf"|\bin (?:the next |the coming |a |one |two |three |four |\d+ )(?:(?:two|three|few) )?(?:days?|weeks?|months?)\b"
    rf"|\bover the (?:weekend|(?:next|coming) (?:(?:few|two|three|couple(?: of)?) )?(?:days?|weeks?|months?))\b"
    rf"|\bin {_QUARTER}\b"
    rf"|\b{_WEEK_PATTERN}|\basap\b|\bas soon as possible\b"
    r"|\bdue:? (?=[^\s,;)]*\d|asap\b|tb[acd]\b)[^\s,;)]+",
    re.IGNORECASE,
)
# French, Spanish and Portuguese, of which only deadlines are read.
_FOREIGN_MONTH = (
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|"
    r"octobre|novembre|décembre|enero|febrero|marzo|abril|"
    r"mayo|junio|julio|agosto|se(?:p)?tiembre|octubre|noviembre|diciembre|janeiro|fevereiro|março|maio|junho|julho|"
    r"setembro|outubro|novembro|dezembro|janv|févr|avr|juil|déc|ene|abr|dic|fev|dez)"
)
_FOREIGN_WEEKDAY = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes"
    r"|sábado|domingo|segunda|terça|quarta|quinta|sexta)"
)
_ARABIC_MONTH = (
    r"(?:يناير|فبراير|مارس|[أا][بف]ريل|مايو?|يونيو|يوليوز?|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
    r"|جانفي|فيفري|جوان|جويلية|أوت|غشت|شتنبر|نونبر|دجنبر|كانون (?:الأول|الثاني)|شباط|آذار|نيسان|أيار|حزيران|تموز|آب"
    r"|أيلول|تشرين (?:الأول|الثاني))"
)
# Behind a stroke or in brackets, at the end of a task: "15 de enero de 2023", "mediados de marzo".
FOREIGN_DATE = (
    rf"(?:(?:fin(?:es|ales)? (?:de )?|fim de |mi-|mediados de |meados de |principios de |début |courant )?(?:el |le )?"
    rf"(?:\d{{1,2}}(?:er|\.?º)? (?:de )?)?{_FOREIGN_MONTH}(?:(?: de| del)? \d{{4}})?)"
)
_SPANISH_DAY = (
    r"(?:primero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince"
    r"|dieci(?:séis|siete|ocho|nueve)|veint(?:e|i(?:uno|dós|trés|cuatro|cinco|séis|siete|ocho|nueve))"
    r"|treinta(?: y uno)?)"
)
FOREIGN_DUE_PHRASE = re.compile(
    r"\b(?:by|before|until|échéance|délai|date (?:limite|butoir|prévue|cible)|plazo|prazo(?: final)?|"
    r"fecha (?:límite|de entrega|tope|máxima|prevista)|data[ -](?:limite|prevista|de entrega)|"
    r"avant(?: le| la| fin)?|"
    r"d[\u2019']ici(?: le| la| au| à| fin)?|pour(?: le| la)|au plus tard(?: le)?|antes"
    r" (?:del?|da|do)|hasta(?: el)?|para(?: el| o)?|"
    r"a más tardar(?: el)?|até(?: o| a| ao)?)\s?:?\s(?:(?:el|le|o|la|a) )?(?:d[ií]a )?"
    rf"(?:{_FOREIGN_WEEKDAY}(?:-feira)?(?:,? ))?"
    rf"(?:(?:fin (?:de )?|fines de |finales? de |fim de |mi-|mediados de |meados de |principios de )?"
    rf"(?:(?:\d{{1,2}}(?:er|º)?|{_SPANISH_DAY}) (?:de )?)?{_FOREIGN_MONTH}(?:(?: de| del)? (?:\d{{4}}|dos mil \w+))?"
    rf"|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?(?! ?(?:release|version|beta)|[/.]?\d)"
    rf"|{_FOREIGN_WEEKDAY}(?:-feira)?"
    r"|(?:prochaine|próxima) (?:réunion|séance|reunión|sesión|reunião))\b"
    r"|(?:قبل|بحلول|حتى|(?:في )?(?:أجل|موعد) أقصاه|أقصاه)\s(?:يوم\s)?\d{1,2}\s\w+(?:\s\d{4})?"
    r"|(?:(?:قبل|بحلول|حتى|في)\s)?(?:موفى|نهاية|أواخر|منتصف|أوائل|بداية)\s(?:شهر\s)?"
    rf"{_ARABIC_MONTH}(?:\s\d{{4}})?(?!\w)",
    re.IGNORECASE,
)


_NAMED_MONTH_REGEX = re.compile(
    rf"(?:mois|mes|mês|month)(?P<name> (?:de |d[\u2019'])(?:{_FOREIGN_MONTH})\b(?:(?: de| del)? \d{{4}})?"
    rf"| of {MONTH_PATTERN}(?:,? \d{{4}})?)",
    re.IGNORECASE,
)


def add_named_month(due_phrase: str, words: str) -> str:
    """The deadline with the month that follows: "avant la fin du mois" ends in May in "du mois de mai"."""
    if not due_phrase or (place := words.find(due_phrase)) < 0:
        return due_phrase
    end = place + len(due_phrase)
    match = _NAMED_MONTH_REGEX.match(words, words.rfind(" ", 0, end) + 1)
    return due_phrase + match["name"].rstrip(" .,") if match and match.start("name") == end else due_phrase


# "Wait until Friday" and "open until 3 June" say how long something lasts.
_LASTING_PATTERN = re.compile(
    r"\b(?:wait\w*|accept\w*|consider\w*|open|available|away|valid|runs?|running|postponed?|defer(?:red)?|keep|kept|stays?"
    r"|extend\w*|on hold|holding|hold|held|remains?|continues?|leave|left|table[d]?|pending|busy|closed|out|off)\b"
    r"[^.;,]{0,40}$",
    re.IGNORECASE,
)


def _is_end_of_lasting_state(match: re.Match[str], words: str) -> bool:
    limit = match.group().lower()
    return limit.startswith(("until", "till")) and _LASTING_PATTERN.search(words[: match.start()]) is not None


def find_due_phrase(sentence: str) -> str:
    """The first such words, or nothing. "By Monday" counts before "on Monday", which may be about something else."""
    words = sentence[:1500]
    matches = (
        match for regex in (DUE_LIMIT_REGEX, DUE_PHRASE_REGEX, FOREIGN_DUE_PHRASE) for match in regex.finditer(words)
    )
    found = next((match for match in matches if not _is_end_of_lasting_state(match, words)), None)
    return add_named_month(found.group().strip(" .,"), words) if found else ""

"""By when something is to be done, also in the shorthand of lists and tables: "📅 2026-05-03", "DDL 3 May", "TBC"."""

import re
from collections.abc import Iterable
from functools import lru_cache

from jukwaa.core.due_phrases import (
    DATE_PATTERN,
    FOREIGN_DATE,
    MONTH_PATTERN,
    TIME_SPAN_PATTERN,
    WEEKDAY_PATTERN,
    add_named_month,
    find_due_phrase,
)
from jukwaa.core.patterns import compile_when_used
from jukwaa.intake.reader.deadline_table import find_written_deadline
from jukwaa.intake.reader.footnote_marks import remove_footnote_marks
from jukwaa.intake.reader.markers import NAMES_PATTERN, find_owners

MAX_DEADLINE_TEXT = 1500
MAX_CELL_WORDS = 6
MAX_BARE_LENGTH = 80
_LIMIT = r"(?:(?:by|before|due|until|no later than|on|in) )?(?:the )?"
# What would otherwise be cut short, or be found elsewhere in the sentence.
WHOLE_DEADLINE_PATTERN = compile_when_used(
    rf"\b(?:{_LIMIT}(?:next|this|coming) {WEEKDAY_PATTERN},? [(\[](?:the )?{DATE_PATTERN}[)\]]"
    rf"|{_LIMIT}(?:eod|cob|cop|end of (?:the )?day) (?:on )?{DATE_PATTERN}"
    rf"|{_LIMIT}(?:(?:end|middle|beginning)(?: of)?|mid|early|late)[ -](?:the )?next "
    r"(?:week(?:end)?|month|quarter|year)"
    rf"|{_LIMIT}(?:next|this|the coming) weekend"
    rf"|(?:by|before|due|until|no later than|in) (?:the )?(?:first|second|third|last) (?:week|half|days?|quarter) "
    rf"(?:of|in) (?:the |next )?(?:{MONTH_PATTERN}(?: \d{{4}})?|month|year|(?:19|20)\d\d)"
    rf"|(?:(?:by|before|due|until|no later than|in) (?:the )?)(?:mid|end|early|late)[-–]{MONTH_PATTERN}(?: \d{{4}})?"
    rf"|(?:mid|end|early|late)[-–]{MONTH_PATTERN}(?: \d{{4}})?(?=\W*$)"
    rf"|(?:(?:at least )?(?:an?|one|two|three|four|\d+) (?:days?|weeks?|months?) )(?:before|ahead of|prior to) "
    rf"(?:the )?(?:{TIME_SPAN_PATTERN}|{DATE_PATTERN}|agm\b|summit\b|conference\b)"
    r"|(?:in|within) (?:the (?:next|coming) )?(?:an? |one |two |\d+ )?"
    r"(?:fortnights?|(?:\d+(?:\s?[-–]\s?\d+)?|two|three|four|five|six|seven|eight|ten|twelve|fourteen) "
    r"(?:working |business |calendar )?(?:days?|weeks?|months?)))",
    re.IGNORECASE,
)
_DATE = (
    rf"(?:{TIME_SPAN_PATTERN}|{DATE_PATTERN}|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|\d{{1,2}}\.\d{{1,2}}\.(?!\d)"
    r"|(?:week|wk|kw) \d{1,2}\b)"
)
# "Between 3 and 10 June": by its end.
SPAN_END_PATTERN = compile_when_used(
    rf"\bbetween (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?|{DATE_PATTERN}) and (?:the )?(?P<due>{DATE_PATTERN})"
    rf"|\bent(?:re) (?:le |el |o )?(?:\d{{1,2}}|{FOREIGN_DATE}) (?:et|y|e) (?:le |el |o )?"
    rf"(?P<end>{FOREIGN_DATE})",
    re.IGNORECASE,
)
# What only such notes write.
NOTED_DEADLINE_PATTERN = compile_when_used(
    rf"(?:\bddl\b|\bdeadline(?: is)?|\bd/l\b|\btarget(?: date)?|\bneeded by|\b(?:by )?when(?=\s?:)"
    r"|\bdue date|\btiming|\btime ?(?:line|frame|scale)|\bcompletion(?: date)?(?=\s?:)"
    rf"|@due|\bdue[:=])\s?[:=(–—-]*\s?"
    rf"(?P<due>{_DATE}|\d{{1,3}} (?:working )?(?:days|weeks|months)\b)"
    rf"|[📅⏰⏳⌛🗓]\ufe0f?\s?(?P<sign>{_DATE})"
    rf"|\s[>!](?P<marked>\d{{4}}-\d\d-\d\d)\b"
    rf"|[{{<](?P<braced>{_DATE})[}}>]\W*$"
    r"|(?:الموعد(?: النهائي)?|المهلة|موعد \w+)\s?:?\s(?P<arabic>\d{1,2}\s\w+(?:\s\d{4})?|[\d/.-]{4,10})",
    re.IGNORECASE,
)
# "Ana, 3 May: send the list", "Ana - 3 May - send the list", "Ana (end of May): send the list"
NAMED_DEADLINE_PATTERN = compile_when_used(
    rf"^[\W_]*{NAMES_PATTERN}(?:[*_]*\s?[,(\[/|–—-]\s?|[*_]* )(?:(?i:by|due|before):? )?"
    rf"(?P<due>(?i:{_DATE}))[)\]]?[*_]*\s?(?::|[|–—-](?=\s))\s?\S"
)
# "Read the replies, for the 9 December call", "Mr Okoro, for the next plenary"
MEETING_DEADLINE_PATTERN = compile_when_used(
    rf"[\s,(–-]for (?:the |our )?(?P<due>{_DATE}) (?:call|meeting|session|plenary)\W*$"
    rf"|, for (?P<next>(?=(?:the |our )?(?:next|following) ){TIME_SPAN_PATTERN})\W*$",
    re.IGNORECASE,
)
BRACKETED_SPAN_PATTERN = compile_when_used(
    rf"[(\[](?:by |due |before |for )?(?P<due>(?:mid|end|early|late)[- ](?:of )?{MONTH_PATTERN}(?: \d{{4}})?|{_DATE})"
    r"[)\]]"
    r"(?:\s?[(\[][^()\[\]]{1,40}[)\]])?\W*$"
    rf"|\s?[/;→>]\s(?:by |due )?(?P<last>{_DATE})\W*$"
    rf"|[(\[](?:by |due )?(?P<inner>{_DATE})[)\]]\s[-–—→]\s(?-i:{NAMES_PATTERN})\W*$"
    rf"|^\W*action(?: (?:item|point))?s? ?[(\[][^()\[\]]{{2,40}}[,;]\s(?:by |due )?(?P<marked>{_DATE})[)\]]"
    rf"|(?:[)\]]|\s@[\w-]+)[*_]*\s+\(?(?P<after>{_DATE})\W*$"
    rf"|^[\W_]*[(\[](?-i:{NAMES_PATTERN})[,;:]? (?:by |due |- )?(?P<opening>{_DATE})[)\]]\s?:?\s"
    r"|[\s,(–-](?P<now>immediately|right away|straight away)\W*$",
    re.IGNORECASE,
)
_UNIT = r"(?:días?|semanas?|mes(?:es)?|dias?|mês|jours?|semaines?|mois)"
_NUMBER = r"(?:\d{1,3}|un[ae]?|uma?|dos|deux|dois|duas|tres|trois|três|cuatro|quatre|quatro|cinco|cinq|seis|six)"
_ORDINAL = (
    r"(?:première|deuxième|seconde|troisième|dernière|primera|segunda|tercera|última|primeira|terceira"
    r"|[1-3](?:re|ère|e|ª|\.ª))"
)
FOREIGN_SPAN_PATTERN = compile_when_used(
    rf"\bpour {FOREIGN_DATE}\b|"
    rf"\b(?:{_ORDINAL} )?(?:semaine|semana) (?:du |del? |da |d[’']){FOREIGN_DATE}\b|"
    rf"\b(?:courant|durant|durante) {FOREIGN_DATE}\b|"
    rf"(?<=[–—(,-] )t[1-4] 20\d\d\b|(?<=[(,])t[1-4] 20\d\d\b|"
    r"\b(?:avant|d[’']ici|antes d(?:e|el|o|a|as)|hasta|até) (?:l[’']|(?:la|les?|el|las|los|o|a|as) )?"
    r"(?:(?:prochaine?|pr[oó]xim[ao]) )?"
    r"(?:AG\b|assemblée(?: générale)?|asamblea(?: general)?|assembleia(?: geral)?|été|vacances|rentrée|noël|verano"
    r"|vacaciones|navidad|verão|férias|natal)\b|"
    r"\bsous (?:huitaine|quinzaine)\b|"
    r"\b(?:dans (?:les|un délai de)|en un plazo de|(?:no|num|em um) prazo de|em até|délai\s?:|plazo\s?:|prazo\s?:) "
    rf"{_NUMBER} {_UNIT}\b|"
    r"\b(?:pour|para|d[’']ici(?: à)?) (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|(?:el |la )?(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
    r"|(?:a )?(?:segunda|terça|quarta|quinta|sexta))\b|"
    r"\b(?:(?:para |antes de |pour |avant |até |dès |durant |à )?(?:(?:la |a |en |na |no |el |o |le )+)?"
    r"(?:(?:próxim[ao]|prochaine?) (?:semana|semaine|mes|mês|mois)"
    r"|semana (?:próxima|que vie?ne|que vem)|semaine prochaine|mois prochain|mes (?:próximo|que viene)"
    r"|(?:esta|cette|nesta|essa) (?:semana|semaine)|(?:este|ce|neste) (?:mes|mês|mois))"
    r"|(?:d[’']ici|avant|pour|hasta|antes del?|antes d[oa]|para|até|a|à)?(?: (?:la|el|o|le|a))?\s?"
    r"\b(?:fin(?:ales|es|al)?|fim) (?:de |do |del |du |da |de la )(?:l[’'])?(?:la |este |ce |cette |este )?"
    r"(?:mes|mês|mois|semana|semaine|trimestre|año|ano|année)"
    r"|(?:en|dentro de|dans|sous|d[’']ici(?: à)?|em|dentro de) " + _NUMBER + r" " + _UNIT + r"\b"
    r"|(?:lo antes posible|cuanto antes|dès que possible|au plus vite|o mais r[áa]pido poss[íi]vel|o quanto antes"
    r"|assim que possível))\b"
    r"|(?:قبل |بحلول |حتى |في |خلال )?(?:نهاية )?(?:الأسبوع|الشهر|العام|الاجتماع|هذا الأسبوع|هذا الشهر)"
    r"(?: (?:القادم|المقبل|الجاري|الحالي|التالي))"
    r"|(?:قبل |بحلول |حتى |في |خلال )(?:نهاية )(?:الأسبوع|الشهر|العام|السنة|\w{4,8})"
    r"|(?:خلال|في غضون|بعد) (?:أسبوعين|أسبوع|شهرين|شهر|يومين|\d{1,2} (?:أيام|يوم|أسابيع|أشهر))"
    r"|في أقرب (?:وقت(?: ممكن)?|الآجال)"
    r"|\bbis (?:zum |zur |spätestens |einschließlich )*(?:\d{1,2}\.\s?(?:\d{1,2}\.?(?:\d{2,4})?|[A-Z][a-zä]{2,8})"
    r"|(?:(?:Ende|Mitte|Anfang) )?(?:Januar|Februar|März|April|Mai|Ju[nl]i|August|September|Oktober|November|Dezember)"
    r"|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|(?:nächsten?|kommenden?) \w+|(?:Wochen|Monats|Jahres)ende)\b",
    re.IGNORECASE,
)
# A cell of a column that may hold deadlines: "Next meeting", "ASAP", "Feb 10-11", "by Friday", "in two weeks".
DEADLINE_CELL_PATTERN = compile_when_used(
    rf"\W*(?:(?:due|by|before|until|no later than|on|in|eta|deadline)\s?:? )?(?:the )?"
    rf"(?:{TIME_SPAN_PATTERN}|{DATE_PATTERN}(?:\s?[-–&]\s?(?:{DATE_PATTERN}|\d{{1,2}}))?"
    r"|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|a\.?s\.?a\.?p\.?|as soon as possible|immediate(?:ly)?"
    r"|(?:the |our )?(?:next|following) (?:\w+ )?(?:meetings?|calls?|sessions?|sync|week(?:end)?|month|quarter|year)"
    r"|(?:within )?(?:\d{1,3}|an?|one|two|three|four|six) (?:working )?(?:days?|weeks?|months?)"
    r"|(?:the |our )?(?:annual general meeting|agm|summit|conference|workshop)|(?:week|wk|kw) ?\d{1,2}"
    r"|\d{1,2}(?:st|nd|rd|th)"
    r"|(?:spring|summer|autumn|winter|christmas|easter)(?: \d{4})?|urgent(?:e(?:ment|mente)?|ly)?"
    r"|immédiate?(?:ment)?|inmediat[oa](?:mente)?|imediat[oa](?:mente)?|fin (?:de )?[^\W\d_]{3,}"
    rf"|{FOREIGN_DATE}|(?:la |a )?(?:prochaine|próxima) (?:réunion|séance|reunión|sesión|reunião|assembl[ée]e)"
    r"|\d{1,3} (?:días?|dias?|jours?|semanas?|semaines?|mes(?:es)?|mois|mês))"
    r"\W*(?:\([^()]*\)\W*)?$",
    re.IGNORECASE,
)
NO_DEADLINE_PATTERN = compile_when_used(
    r"\W*(?:tb[acd]|to be (?:confirmed|decided|determined|advised|agreed)|n/?a|none|nil|unknown|no date|open"
    r"|sin fecha|sem (?:data|prazo)|por definir|por confirmar|a definir|à définir|à confirmer|sans date"
    r"|laufend|fortlaufend|dauerhaft|offen|doorlopend|in corso|continuativo|löpande|løpende|en curso|en cours"
    # What has no end, is done again and again, or is no date at all
    r"|no deadline|without deadline|sin plazo|sans délai|continu(?:ous(?:ly)?|al|o)|contínu[oa]|en continu|rolling"
    r"|permanente?|recurring|regular(?:ly)?|(?:as|when|if) (?:needed|required|necessary|possible)"
    r"|(?:see|as) above|same|high|medium|low|normal|yes|no|\d{1,3}"
    r"|غير محدد|يحدد لاحقا)?\W*$",
    re.IGNORECASE,
)
_PROGRESS = (
    r"\W*(?:done|completed?|closed|cancelled|on-?going|in progress|open|pending|not started|started|on hold|blocked"
    r"|carried (?:over|forward)|overdue|hech[oa]|terminad[oa]|en (?:curso|proceso)|fait|terminé|en cours|feito"
    r"|concluíd[oa]|em andamento|erledigt|offen|in Arbeit|تم|منجز|قيد التنفيذ|مستمر)\b"
)
# "Previsto para 26/08/2026" in a column of what has become of it
PLANNED_STATUS_PATTERN = compile_when_used(
    r"(?:.*\s|\W*)(?:(?:late|delayed|open|overdue|en retard|con retraso|em atraso)[,;:–-]* "
    r"(?:now|new date|maintenant|ahora|agora)"
    r"|previst[oa]|planned|scheduled|expected|due|target|prévue?|planificad[oa]|programad[oa]|agendad[oa]|geplant)"
    r"(?: (?:for|by|on|para|pour|le|el|em|até|in|bis|für))*:? "
    rf"(?P<due>(?:(?:mid|end|early)[ -](?:of )?)?{_DATE}|{FOREIGN_DATE})\W*$",
    re.IGNORECASE,
)
PROGRESS_START_PATTERN = compile_when_used(_PROGRESS, re.IGNORECASE)
PROGRESS_CELL_PATTERN = compile_when_used(
    rf"{_PROGRESS}(?: (?:en (?:séance|sesión|la reunión|réunion)|(?:in|at|during) the meeting|na reunião"
    r"|in der Sitzung))?\W*$",
    re.IGNORECASE,
)
# "Completed by 3 May", "Fait pour le 3 mai": still by when.
_BY_WHEN = (
    r"\b(?:before|until|no later than|pour|avant|d[’']ici|jusqu|antes|para|hasta|até"
    rf"|by (?:[a-z]+ )?(?:\d|{MONTH_PATTERN}|{WEEKDAY_PATTERN}|(?:end|mid|early|late|week|month|meeting|call|year)\b)"
    r"|by (?:next|this)\b)"
)
# "Completed 3 May" says when it was done, and no longer by when.
FINISHED_CELL_PATTERN = compile_when_used(
    r"\W*(?:done|completed|closed(?! (?:sessions?|meetings?|calls?|part)\b)|cancelled|hech[oa]|terminad[oa]|fait"
    rf"|terminé|feito|concluíd[oa])\b(?!.{{0,30}}{_BY_WHEN}).{{0,30}}$",
    re.IGNORECASE,
)
# "Ana - done, sent to the list 3 May": when it was done, and no longer by when.
DONE_CLAUSE_PATTERN = compile_when_used(
    r"(?:(?<=[\w)])\s?[:;,(|→]\s?|\s[-–—]\s)(?:done|completed|finished|hech[oa]s?|faite?s?|terminée?s?|feit[oa]s?"
    rf"|concluíd[oa]s?|erledigt)\b(?! by\b)"
    rf"(?!.{{0,80}}(?:{_BY_WHEN}|\b(?:due|new date|deadline|next|prochaine?)\b)).*$",
    re.IGNORECASE | re.DOTALL,
)
# "Ana (she agreed on Tuesday) - end of May": what is behind the stroke counts.
REMARK_BEFORE_DEADLINE_PATTERN = compile_when_used(r"\s\([^()\d]{1,120}\)(?=\s[-–—]\s(?P<due>[^()–—]{3,40})$)")
TRAILING_DATE_PATTERN = compile_when_used(
    rf"(?:[(\[,;:–—|@📅⏰]|(?<!\w)-|-(?=\s)|\b(?:due|eta))[\s:]*(?:by |due:? |before |eta:? )?"
    rf"(?P<due>(?:\d{{1,2}}(?:[:.]\d\d)? ?[ap]m )?"
    rf"(?:{TIME_SPAN_PATTERN}|{DATE_PATTERN}|{FOREIGN_DATE}|\d{{1,2}}/\d{{1,2}})(?: week \d{{1,2}})?(?<=[\w]))[\])]?"
    r"(?:\s?\([^()]{1,60}\))?\W*$",
    re.IGNORECASE,
)
# "Ana to send the forms Monday", but not "prepare the agenda for Monday".
TRAILING_WEEKDAY_PATTERN = compile_when_used(
    r"(?P<before>\w+) (?P<due>(?:\d{1,2} ?[ap]m )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\W*$", re.IGNORECASE
)
BRACKETED_DATE_PATTERN = compile_when_used(rf"[(\[](?P<due>{DATE_PATTERN}), [^()\[\]]{{3,80}}[)\]]\W*$", re.IGNORECASE)
DATED_PATTERN = compile_when_used(
    r"\d|\beo[dwmqy]$|week|month|meeting|plenar|day| de |^(?:mid|end|early|late|fin|début)\b", re.IGNORECASE
)
BRACKETED_DAY_PATTERN = compile_when_used(
    rf"\s?[(\[](?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)|{DATE_PATTERN}|(?:le |el |o )?{FOREIGN_DATE})[)\]]", re.IGNORECASE
)
# "Ana had promised in March to send the list": not by when.
PROMISED_BEFORE_PATTERN = compile_when_used(
    r"\b(?P<verb>had (?:promised|agreed|offered|volunteered)) (?:in|on|last) [\w ]{2,20}?(?= to\b)", re.IGNORECASE
)
# "ACUERDO 3.2.- Encargar ...": the number of a part, which looks like a German date.
NUMBERED_PART_PATTERN = compile_when_used(
    r"\b(?P<part>acuerdos?|art[íi]culos?|art\.?|articles?|accords?|agreements?|decisi[óo]n(?:es)?|décisions?|r[ée]solutions?"
    r"|resoluci[óo]n|items?|points?|puntos?|pontos?|sections?|secci[óo]n|numerales?|incisos?|clauses?|cl[áa]usulas?"
    r"|anexos?|annex(?:es?)?|cap[íi]tulos?|chapters?|mociones|moci[óo]n|motions?|deliberaç(?:ão|ões)|paragraphs?)"
    r" (?:n\W{1,3}\s?)?\d{1,2}\.\d{1,2}\b(?!\.?\d)\.?",
    re.IGNORECASE,
)
NO_DEADLINE_WORDS = frozenset(
    {"for", "from", "of", "last", "every", "each", "the", "since", "and", "or", "to", "at", "until", "till"}
)
MONTH_NAME_PATTERN = compile_when_used(rf"{MONTH_PATTERN}|{FOREIGN_DATE}", re.IGNORECASE)


@lru_cache(maxsize=256)  # owners beside a deadline ask for it again
def find_deadline(phrase: str) -> str:
    """By when, in the words of the sentence or of the note; else nothing."""
    phrase = PROMISED_BEFORE_PATTERN.sub(r"\g<verb>", remove_footnote_marks(phrase))
    phrase = DONE_CLAUSE_PATTERN.sub("", NUMBERED_PART_PATTERN.sub(r"\g<part>", phrase))
    remark = REMARK_BEFORE_DEADLINE_PATTERN.search(phrase)
    if remark and DEADLINE_CELL_PATTERN.match(remark["due"]):
        phrase = phrase[: remark.start()] + phrase[remark.end() :]
    words = phrase[:MAX_DEADLINE_TEXT]
    if match := WHOLE_DEADLINE_PATTERN.search(words):
        found = match.group().strip(" .,")
    else:
        found = _find_due_date_text(phrase) or _find_first_deadline_text(words) or find_written_deadline(words)
    return add_named_month(_add_day_in_brackets(found, words), words)


def _add_day_in_brackets(due: str, words: str) -> str:
    """Add the day behind the words, which says more: "by next Friday (the 21st)"."""
    match = BRACKETED_DAY_PATTERN.match(words, words.find(due) + len(due)) if due and due in words else None
    return f"{due}{match.group()}" if match else due


def _find_due_date_text(phrase: str) -> str:
    """By when, in the words of the sentence: "by 3 May", or a date at its end; else nothing."""
    if found := find_due_phrase(phrase):
        return found
    match = TRAILING_DATE_PATTERN.search(phrase[-80:])
    if match and (DATED_PATTERN.search(match["due"]) or MONTH_NAME_PATTERN.fullmatch(match["due"])):
        return match["due"].strip(" .,")
    if match := BRACKETED_DATE_PATTERN.search(phrase[-120:]):
        return match["due"]
    match = TRAILING_WEEKDAY_PATTERN.search(phrase[-60:])
    return match["due"] if match and match["before"].lower() not in NO_DEADLINE_WORDS else ""


def _find_first_deadline_text(words: str) -> str:
    for pattern in (
        SPAN_END_PATTERN,
        NOTED_DEADLINE_PATTERN,
        NAMED_DEADLINE_PATTERN,
        BRACKETED_SPAN_PATTERN,
        FOREIGN_SPAN_PATTERN,
        MEETING_DEADLINE_PATTERN,
    ):
        if match := pattern.search(words):
            return next(filter(None, match.groups()), match.group()).strip(" .,")
    return ""


def find_owners_beside_deadline(phrase: str, due: str) -> tuple[str, ...]:
    """Who is named at the end of a task, next to its deadline: "(3 May, Ana)", "/ Ana / 3 May", "@ana due:3 May"."""
    if not due or due not in phrase:
        return ()
    before, _due, after = phrase.rpartition(due)
    before = re.sub(r"[\s,;:/|→=>📅⏰⏳⌛🗓–—-]*(?:@?\b(?:due|by|ddl|deadline|eta)\b[\s:=(]*)?$", "", before)
    after = re.sub(r"^[\s,;/|–—-]+", "", after)
    if not re.search(r"\w", re.sub(r"\b(?:for|by|before|on|until)\b", "", before, flags=re.IGNORECASE)):
        return find_owners(after.lstrip(" :"), is_list_entry=True)  # "For 3 May: Ana to send the list"
    rest = f"{before} {after}" if before[-1:] not in {"(", "["} else f"{before}{after}"
    rest = re.sub(r"[(\[]\s*[)\]]", "", rest).rstrip(" .,;)")
    rest += ")" * (rest.count("(") - rest.count(")"))
    if match := re.search(rf"\s?[/;|→]\s(?P<who>{NAMES_PATTERN})\W*$", rest):
        rest = f"{rest[: match.start()]} - {match['who']}"
    return find_owners(rest, is_list_entry=True)


def is_deadline_cell(cell: str) -> bool:
    """Whether a cell that may say by when or how far it is says by when."""
    is_short = len(cell.split()) <= MAX_CELL_WORDS
    return DEADLINE_CELL_PATTERN.match(cell) is not None or (is_short and bool(find_deadline(f"- {cell}")))


def is_deadline_only(phrase: str) -> bool:
    """Whether a line below a task holds nothing but its deadline: "25 Oct", "📅 3 May", "end of May"."""
    if len(phrase) > MAX_BARE_LENGTH:
        return False
    stripped = phrase.strip(" *_.()[]📅⏰⏳⌛🗓\ufe0f")
    return DEADLINE_CELL_PATTERN.match(phrase) is not None or (bool(stripped) and find_deadline(phrase) == stripped)


def split_owner_and_deadline(cell: str) -> tuple[str, str]:
    """The two halves of "Ana / 3 May", "3 May - Ana", "Ana (by Friday)"; without a date it is all owner."""
    due = find_deadline(cell)
    if not due:
        pieces = re.split(r"\s*[/,;|(–—]\s*|\s-\s", cell.strip(" )"))
        due = next((piece for piece in pieces if is_deadline_cell(piece)), "")
    if not due:
        return cell, ""
    return re.sub(r"[\s/,;|()\[\]–—-]*$|^[\s/,;|()\[\]–—-]+", "", cell.replace(due, "").replace("()", "")), due


def split_mixed_due_cells(cells_by_column: dict[str, str]) -> dict[str, str]:
    """The same cells, with owner, deadline and status where they belong: some columns hold two of them."""
    row = dict(cells_by_column)
    mixed = row.pop("due_or_status", "")
    is_progress = PROGRESS_START_PATTERN.match(mixed) is not None
    if is_progress or not NO_DEADLINE_PATTERN.match(mixed):
        _set_cell_if_empty(row, "due" if is_deadline_cell(mixed) and not is_progress else "status", mixed)
    if mixed := row.pop("who_and_due", ""):
        for column, words in zip(("who", "due"), split_owner_and_deadline(mixed), strict=True):
            _set_cell_if_empty(row, column, words)
    if PROGRESS_CELL_PATTERN.match(row.get("due", "")) or FINISHED_CELL_PATTERN.match(row.get("due", "")):
        _set_cell_if_empty(row, "status", row.pop("due"))
    if NO_DEADLINE_PATTERN.match(row.get("due", "")):
        row.pop("due", None)
    if planned := PLANNED_STATUS_PATTERN.match(row.get("status", "")):
        _set_cell_if_empty(row, "due", planned["due"])
    return row


def _set_cell_if_empty(row: dict[str, str], column: str, words: str) -> None:
    if not row.get(column):
        row[column] = words


def split_cell_into_items(cell: str) -> Iterable[str]:
    """The entries of a list in a cell, or the cell as it is."""
    return [item for item in map(str.strip, cell.split("\n")) if item] or [cell]

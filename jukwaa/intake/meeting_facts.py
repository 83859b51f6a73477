"""What the first lines of a report say of its meeting: day, place, forum, chair, number. Suggested, never decided."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from django.utils import timezone

from jukwaa.intake.days_without_year import find_day_without_year
from jukwaa.intake.email_days import find_day_told_by_email
from jukwaa.intake.header_labels import add_colons_to_flat_labels, iter_labelled_parts
from jukwaa.intake.meeting_dates import (
    DAY_RANGES,
    begins_with_weekday,
    find_day_before_email,
    find_days_with_context,
    find_file_name_day,
    find_meeting_day,
    names_weekday_or_time,
    split_email_headers,
)
from jukwaa.intake.meeting_places import (
    PLACE_LABEL_PATTERN,
    find_lines_below_meeting_titles,
    find_meeting_place,
    find_place_behind_day,
)
from jukwaa.intake.other_chairs import chairs_something_else
from jukwaa.intake.reader.chat_logs import is_chat_log, strip_chat_marks
from jukwaa.intake.reader.joined_names import THING_NOUNS
from jukwaa.intake.reader.markers import LABEL_START_PATTERN
from jukwaa.meetings.models import Meeting
from jukwaa.places.country_search import find_country

MAX_HEADER_LINES = 30  # with words, from the beginning: what stands further down is about something else
MAX_HEADER_LINE_LENGTH = 160
MAX_DATE_LINE_WORDS = 24
MAX_HEADER_CHARACTERS = 6000
MIN_BARS = 2
FRONT_MATTER_PATTERN = re.compile(r"\A---\s*\n.*?\n---\s*(?:\n|\Z)", re.DOTALL)
MINUTES_TITLE_PATTERN = re.compile(r"^[\W_]*(?:draft )?minutes\b(?P<rest>.{0,150})$", re.IGNORECASE | re.MULTILINE)
OTHER_MINUTES_PATTERN = re.compile(
    r"approv|previous|last|accept|adopt|confirm|agreed|amend|circulat|\bwere\b|^\W*:", re.IGNORECASE
)
DATE_LABEL_PATTERN = re.compile(
    r"\W*(?:meeting |session )?(?:date|dates|when|held(?: on)?|day|time|date and (?:time|place|venue))\s?[:\u2013|-]",
    re.IGNORECASE,
)
# "Approbation du compte rendu du 3 juin": the day of another meeting.
MINUTES_APPROVAL_PATTERN = re.compile(
    r"\W*(?:\d{1,2}[.)]\W*)?(?:approval|adoption|confirmation|approbation|aprobaci[óo]n|aprovação|genehmigung"
    r"|verabschiedung|lectura|leitura|reading)\b.{0,30}\b(?:minutes|notes|report|compte[- ]rendu|procès-verbal|p\.?v\.?"
    r"|actas?|atas?|protokolls?|summary)\b",
    re.IGNORECASE,
)
# Words before a date that is not the day of this meeting.
OTHER_DATE_PATTERN = re.compile(
    r"\b(?:by|before|until|till|next|previous|last|approved|due|deadline|status|updated|published|created|version"
    r"|circulated|modified|valid|founded|since|signed|signe|fait|done at|firmad[oa]|assinad[oa]|hecho en|feito em"
    r"|proxim[ao]|antes|hasta|prochaine|avant|ate|plazo|prazo|applicable|effective|as of|starting|a partir|a compter"
    r"|desde|des le|vigor|vigueur|force|adopted|adopte\w*|commenc\w+|empieza|demarre)\b"
)
OTHER_DATE_WORDS = 4  # so many words before the date may be such a word
# "Le groupe a décidé de tenir sa prochaine réunion à Abidjan les 17 et 18 novembre": further away.
OTHER_MEETING_PATTERN = re.compile(
    r"\b(?:next|prochaine|pr[oó]xim[ao]|siguiente|nächste[nrs]?|last|previous|dernière|précédente|última|anterior)"
    r" (?:[\w-]+ ){0,2}(?:meeting|call|session|assembly|conference|réunion|séance|rencontre|assemblée|reunión|sesión"
    r"|asamblea|reunião|sessão|assembleia|sitzung|treffen)\b|\b(?:mkutano|kikao) (?:ujao|kijacho)\b",
    re.IGNORECASE,
)
# "Le groupe s'est réuni à Dakar les 21 et 22 avril 2026": a sentence that says when the meeting took place.
# "Acta de la sesión celebrada por la Junta el tres de mayo" does too, unless it says that those minutes were approved.
TOOK_PLACE_PATTERN = re.compile(
    r"^\W*(?:acta|ata|minutes|procès[- ]verbal|compte[- ]rendu)\b"
    r"(?!.*\b(?:aprob|aprov|approu|approv|adopt|le[íi]d))[^.]{0,250}?"
    r"\b(?:celebrad[oa]|realizad[oa]|tenida|tenue|held)\b"
    r"|\b(?:(?:was|were) held|took place|(?<!will )\bmet (?:on|in|at|online|via)|convened"
    r"|s[\u2019']est (?:réunie?|tenue?)"
    r"|se sont réuni[es]{1,2}|a eu lieu|se reunió|se reunieron|se celebró|tuvo lugar|se realizó|reuni(?:u|ram)-se"
    r"|realizou-se|decorreu|teve lugar|fand statt|ulifanyika|kilifanyika|انعقدت?|عقدت?|اجتمعت?|التأمت?)\b",
    re.IGNORECASE,
)
SENTENCE_END_PATTERN = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_])")
# "Preside: Ana Lopes. Toma de actas: Ben", but not "Prof. Ana Lopes" or "A. Lopes"
SENTENCE_AFTER_NAME_PATTERN = re.compile(
    r"(?<=[^\W\d_]{3})(?<!\bProf)(?<!\bSra)(?<!\bDra)(?<!\bMme)(?<!\bMrs)(?<!\bLic)(?<!\bIng)\. "
)
MAX_TITLE_LINES = 4  # in which a day to come may be that of the meeting
MAX_OPENING_LINE_LENGTH = 600
MAX_OPENING_LINES = 8  # in which a sentence may say when the meeting took place
QUOTED_LINE_PATTERN = re.compile(r"\s*>|.*\bwrote:\s*$|\W*@\w")
FORUM_NAME_PATTERN = re.compile(
    r"\b(?:forum|event)\W*:\W*(?P<label>[^\W_].{1,158})"
    r"|\b(?P<name>(?:(?:\d{1,3}(?:st|nd|rd|th)|[^\W\d_a-z][\w.'\u2019-]*) "
    r"(?:(?:of|on|for|and|the|to) )*){1,7}(?:Forum|Summit|Congress|Dialogue)(?: (?:19|20)\d\d| \d{4})?"
    r"|(?:IGF|EuroDIG|RightsCon|WSIS|ICANN ?\d\d|IETF ?\d{2,3})(?: (?:19|20)\d\d)?)(?!\w)"
)
FORUM_PREFIX_PATTERN = re.compile(
    r"^(?:(?:Minutes|Report|Summary|Part|Held|Session|Meeting|Side event)(?: (?:of|at|in|on))?|At|During)(?: the)? "
)
_PERSON_NAME_PATTERN = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Cllr)\.? )?[^\W\d_a-z][\w.'\u2019-]*(?: (?:de|da|van|von|der|al|bin|el|la))*"
    r"(?: [^\W\d_a-z][\w.'\u2019-]*){0,4}"
)
# "السيد حاتم الجزيري", up to a comma, or to a word that begins with "and"
ARABIC_PERSON_PATTERN = (
    r"(?:(?:السيدة?|الأستاذة?|الدكتورة?|الآنسة|د\.|أ\.) ?)*(?!و)[\u0621-\u064a]{2,}(?: (?!و)[\u0621-\u064a]{2,}){1,3}"
    r"(?=\s*(?:[،,.؛:(]|$)| و)"
)
_OTHER_CHAIR_LABEL = (
    r"(?:présid(?:ence|ente?)(?: de (?:la )?(?:séance|réunion))?|animat(?:ion|eur|rice)"
    r"|facilit(?:ator|ateur|atrice|ador|adora|ation|ación|ação)"
    r"|(?:(?:ال)?رئيسة?(?: الجلسة| الاجتماع)?|رئاسة(?: الجلسة| الاجتماع)?"
    r"|برئاسة|الميسرة?|ميسرة? (?:الجلسة|الاجتماع)|إدارة الجلسة)"
    r"|presid(?:e|encia|ência|ent[ea])|condu(?:ce|cción|z|ção)|dirige|pimpinan(?: (?:rapat|sidang))?"
    r"|mwenyekiti|moder(?:a|ador|adora|ación|ação|ation)|coordina(?:ción)?|coorden(?:a|ação)|(?:sitzungs|gesprächs)?leitung|vorsitz(?:ende[rn]?)?)"
)
MEETING_CHAIR_PATTERN = re.compile(
    rf"(?:^|(?<=[.;] ))[\W_]*(?i:{_OTHER_CHAIR_LABEL})\s?(?:[:|]|[-\u2013] )[\W_]*"
    rf"(?P<other>(?:(?:M|Mme|Mlle|Sra?|Herr|Frau)\.? )?{_PERSON_NAME_PATTERN})"
    rf"|(?:^|[\W_])(?i:(?:acting )?chair(?:person|man|woman)?)[\W_]*(?::|[-\u2013\u2014] |\|)[\W_]*"
    rf"(?P<label>@?{_PERSON_NAME_PATTERN})"
    rf"|\b(?i:(?:chaired|moderated|led|facilitated|presided over) by(?:\s?[:|])?"
    r"|sous la présidence de|présidée? par|animée? par"
    r"|sob a presidência d[aeo]|presidid[ao] (?:por|pel[ao])|bajo la presidencia de|presidiu (?:[àa] )?(?:\w+ )?[oa]) "
    r"(?i:(?:la |el |a |o )?(?:se[nñ]ora?|senhora?|doctora?|doutora?|licenciad[ao]|do[nñ]a?|dona|profesora?|madame"
    r"|monsieur|mr|mrs|ms|dr|lic|ing)\.? )?"
    rf"(?:(?:M|Mme|Mlle|Sra?)\.? )?(?P<by>(?!(?:M|Mme|Mlle|Sra?)\b){_PERSON_NAME_PATTERN})"
    rf"|\b\u0628\u0631\u0626\u0627\u0633\u0629 (?P<arabic>{ARABIC_PERSON_PATTERN})"
    # "Ana Lopes (IWF, chair)", "Ana Lopes (Maison Verte, présidente de séance)", and "IWF (Ana Lopes, chair)"
    # "Ana Lopes \u2013 Elm House \u2013 Chair"
    rf"|(?P<role>{_PERSON_NAME_PATTERN})(?: [-\u2013\u2014] [^-\u2013\u2014;|(),.]{{2,60}} (?=[-\u2013\u2014] ))?"
    r"\s?(?:\((?:(?P<beside>[^(),;]{2,60}), )?|, |[-\u2013\u2014] )"
    r"(?i:(?:(?:acting |in the )?chair(?:person|man|woman)?)\b(?! of\b)|présidente? de (?:la )?séance\b)"
)
CHAIR_IN_BRACKETS_PATTERN = re.compile(r"\([^()]*\bchair(?:person|man|woman)?\)", re.IGNORECASE)
CAPITALS_BEFORE_TITLE_PATTERN = re.compile(r"^(?:[^\W\d_a-z]{2,}:? )+(?=(?:Mr|Mrs|Ms|Dr|Prof|Cllr)\b)")  # "PRESENT Dr"
# "Présidence / rapporteur |": the chair is named first.
JOINT_CHAIR_LABEL_PATTERN = re.compile(
    rf"^(?P<chair>\W*(?:chair(?:person)?|{_OTHER_CHAIR_LABEL}))\s?(?:/|&|et|and|y|e|und|و)\s?[^\W\d_][^:|\d]{{2,30}}(?=[:|])",
    re.IGNORECASE,
)
CHAIR_LABEL_LINE_PATTERN = re.compile(rf"\W*(?:chair(?:person)?|{_OTHER_CHAIR_LABEL})\W*", re.IGNORECASE)
# "Présidence : Mme Lopes   Secrétariat : M. Okoro"
NEXT_OFFICE_PATTERN = re.compile(
    r"\s+\W*(?:secr[eé]tari\w*|secretary|minutes?|notes?|أمين|المقرر|rapporteur\w*|protokoll\w*|acta|relator\w*)\b",
    re.IGNORECASE,
)
# Who hosted a call also chaired it, where nobody is named as chair.
HOST_PATTERN = re.compile(
    rf"[\W_]*(?i:host|moderator|anfitri(?:ón|ona|ão|ã)|المضيفة?)\s?[:|]\s*(?P<host>{_PERSON_NAME_PATTERN})"
)
MEETING_NUMBER_PATTERN = re.compile(
    r"\b(?P<ordinal>\d{1,3})(?:st|nd|rd|th) (?:\w+ ){0,4}?(?:meeting|session|call|conference)\b"
    r"|\b(?:meeting|session|call)\W{1,3}(?:no\.?|number|nr\.?|#)\W?(?P<number>\d{1,3})\b"
    r"|\bmeeting #?(?P<plain>\d{1,3})(?![\d:./-]|(?:st|nd|rd|th)?,? (?:of )?[a-z]{3,9}\.?,? \d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What was found; an empty field was not. `country` is a code."""

    day: date | None = None
    precision: str = Meeting.Precision.DAY
    place: str = ""
    country: str = ""
    forum: str = ""
    chair: str = ""
    number: str = ""
    last_day: date | None = None  # of what took several days

    @property
    def exact_day(self) -> date | None:
        return self.day if self.precision == Meeting.Precision.DAY else None

    @property
    def closing_day(self) -> date | None:
        """The day on which it ended, from which deadlines count."""
        return self.last_day or self.exact_day


def find_meeting_facts(text: str, file_name: str = "") -> MeetingFacts:
    """Read the first lines of a report, then the name of its file. Looks up no one."""
    written = text
    is_log = is_chat_log(text)
    text, sent_days = split_email_headers(strip_chat_marks(text))
    sent_on = min(sent_days, default=None)
    long_lines = add_colons_to_flat_labels(list(_iter_first_lines(text)))
    lines = [line[:MAX_HEADER_LINE_LENGTH] for line in long_lines]
    told = _find_days_of_meeting(_iter_sentences_on_day(long_lines[:MAX_OPENING_LINES]))
    last_possible_day = min(sent_on or timezone.localdate(), timezone.localdate())
    told += _find_days_with_weekday_or_time(long_lines[:MAX_OPENING_LINES])
    candidates = _find_meeting_days(lines, file_name, told)
    near_top = _find_days_near_top(lines)
    day, precision = _choose_meeting_day(candidates, last_possible_day) or (None, Meeting.Precision.DAY)
    if sent_on is not None and (day is None or precision != Meeting.Precision.DAY):
        # The report may quote older emails: below it, or in the reply that it is.
        told_by_last = _choose_meeting_day(told, min(max(sent_days), timezone.localdate()))
        is_exact = told_by_last is not None and told_by_last[1] == Meeting.Precision.DAY
        day, precision = told_by_last if told_by_last and is_exact else (day, precision)
    if day is None and sent_on is not None:
        day = find_day_before_email(text, sent_on, file_name) or find_day_told_by_email(written)
    if day is None:
        known = _choose_meeting_day(near_top, last_possible_day) or find_day_without_year(text, lines, file_name)
        day, precision = known if isinstance(known, tuple) else (known, Meeting.Precision.DAY)
    if day is None and sent_on is None:  # an agenda, or a typing error that a person will see
        announced = _find_meeting_days(lines[:MAX_TITLE_LINES], file_name, told)
        day, precision = next(iter(announced), (None, Meeting.Precision.DAY))
    labelled = [*iter_labelled_parts(long_lines[:MAX_OPENING_LINES])]
    place = find_meeting_place([*lines, *labelled], [*_iter_sentences_on_day(long_lines[:MAX_OPENING_LINES])])
    if place in {"", "Online"}:
        place = find_place_behind_day(long_lines[:MAX_OPENING_LINES]) or ("Online" if is_log else place)
    country = find_country(re.split("[,(]", place)[-1].strip(" )"), accepts_codes=False) if place else None
    return MeetingFacts(
        day,
        precision,
        place[:120],
        country.code if country else "",
        _find_forum_name(lines)[:160],
        _find_chair_or_host(lines, [*labelled, *long_lines[:MAX_OPENING_LINES]])[:250],
        _find_meeting_number(lines),
        DAY_RANGES.find_last_day([file_name.rpartition(".")[0], *long_lines], day)
        if day and precision == Meeting.Precision.DAY
        else None,
    )


def _iter_first_lines(text: str) -> Iterator[str]:
    count = 0
    for line in FRONT_MATTER_PATTERN.sub(_clean_meeting_title, text[:MAX_HEADER_CHARACTERS], count=1).splitlines():
        words = " ".join(re.sub(r"[*_#`]+", " ", line).split())
        if words and count < MAX_HEADER_LINES:
            count += 1
            yield words[:MAX_OPENING_LINE_LENGTH]


def _clean_meeting_title(title_match: re.Match[str]) -> str:
    """The head of a web page says when that was written, not when the meeting was. Its title is as good as any line."""
    title = re.search(r"^title:\s*(.+)$", title_match.group(), re.MULTILINE)
    return title[1].strip("\"' ") + "\n" if title else ""


def _find_meeting_days(
    text_lines: list[str], file_name: str, told_days: list[tuple[date, str]]
) -> list[tuple[date, str]]:
    """The days, likeliest first: after a label such as "Date:", `told_days`, in a short line of the head, in the file's
    name.
    """
    labelled = [line for line in text_lines if DATE_LABEL_PATTERN.match(line)]
    # The date in a row of three cells or more is a deadline.
    short = [
        line for line in text_lines[:12] if len(line.split()) <= MAX_DATE_LINE_WORDS and line.count(" | ") < MIN_BARS
    ]
    named = [found for line in labelled if (found := find_meeting_day(line)) is not None]
    titled = _find_days_of_meeting(find_lines_below_meeting_titles(text_lines))
    return [*named, *titled, *told_days, *_find_days_of_meeting(short), *filter(None, [find_file_name_day(file_name)])]


def _iter_sentences_on_day(text_lines: Iterable[str]) -> Iterator[str]:
    """What follows the words that the meeting took place, in the sentences that have them."""
    for line in text_lines:
        for sentence in SENTENCE_END_PATTERN.split(line):
            if (told := TOOK_PLACE_PATTERN.search(sentence)) and not OTHER_MEETING_PATTERN.search(sentence):
                yield sentence[told.start() :]


def _find_days_with_weekday_or_time(opening_lines: Iterable[str]) -> list[tuple[date, str]]:
    """The days of short sentences at the top that say the weekday or the hour too, as the head of minutes does."""
    sentences = (sentence for line in opening_lines for sentence in SENTENCE_END_PATTERN.split(line))
    short = (
        sentence
        for sentence in sentences
        if len(sentence.split()) <= MAX_DATE_LINE_WORDS or begins_with_weekday(sentence)
    )
    return _find_days_of_meeting(sentence for sentence in short if names_weekday_or_time(sentence))


def _find_days_near_top(text_lines: list[str]) -> list[tuple[date, str]]:
    return _find_days_of_meeting(line for line in text_lines if not QUOTED_LINE_PATTERN.match(line))


def _find_days_of_meeting(text_lines: Iterable[str]) -> list[tuple[date, str]]:
    """The days in these lines that are no deadlines, and not about another meeting or the document."""
    return [
        known
        for line in text_lines
        if not any(pattern.match(line) for pattern in (LABEL_START_PATTERN, MINUTES_APPROVAL_PATTERN))
        and not OTHER_MEETING_PATTERN.search(line)
        for known, before in find_days_with_context(line)
        if not OTHER_DATE_PATTERN.search(" ".join(before.split()[-OTHER_DATE_WORDS:]))
    ]


def _choose_meeting_day(candidates: list[tuple[date, str]], last_possible_day: date) -> tuple[date, str] | None:
    """The first exact day, or else the first month, that is not to come: nobody reports on what has not happened."""
    past = [found for found in candidates if found[0] <= last_possible_day]
    exact = [found for found in past if found[1] == Meeting.Precision.DAY]
    return next(iter(exact or past), None)


def _find_forum_name(text_lines: list[str]) -> str:
    for line in text_lines[:6]:
        if PLACE_LABEL_PATTERN.match(line):
            continue  # "Where: Openmast DNS Forum": the host
        if match := FORUM_NAME_PATTERN.search(line):
            return FORUM_PREFIX_PATTERN.sub("", (match["label"] or match["name"]).strip(" ,.;"))
    return ""


def find_meeting_chair(text_lines: list[str]) -> str:
    """Who chaired, by a label, a role behind a name, or "chaired by"; the name may be on the line below its label."""
    for line, below in zip_longest(text_lines, text_lines[1:], fillvalue=""):
        line = JOINT_CHAIR_LABEL_PATTERN.sub(r"\g<chair>", line)  # noqa: PLW2901 - the label alone
        named = f"{line}: {below}" if CHAIR_LABEL_LINE_PATTERN.fullmatch(line) else line
        if len(CHAIR_IN_BRACKETS_PATTERN.findall(named)) > 1:
            continue  # two people are noted as chairs
        match = next(filter(_is_of_this_meeting, MEETING_CHAIR_PATTERN.finditer(named)), None)
        if match is not None:
            name = match["label"] or match["by"] or match["role"] or match["other"] or match["arabic"]
            if match["beside"] and (name.isupper() or THING_NOUNS & set(name.lower().split())):
                name = match["beside"]
            name = CAPITALS_BEFORE_TITLE_PATTERN.sub("", name)
            return SENTENCE_AFTER_NAME_PATTERN.split(NEXT_OFFICE_PATTERN.split(name)[0])[0].strip(" ,.;")
    return ""


def _is_of_this_meeting(chair_match: re.Match[str]) -> bool:
    return not (chair_match["by"] and chairs_something_else(chair_match.string, chair_match.start()))


def _find_chair_or_host(header_lines: list[str], opening_lines: list[str]) -> str:
    if chair := find_meeting_chair(header_lines) or find_meeting_chair(opening_lines):
        return chair
    host = next(filter(None, map(HOST_PATTERN.match, opening_lines)), None)
    return NEXT_OFFICE_PATTERN.split(host["host"])[0].strip(" ,.;") if host else ""


def _find_meeting_number(text_lines: list[str]) -> str:
    for line in text_lines[:6]:
        if match := MEETING_NUMBER_PATTERN.search(line):
            return match["ordinal"] or match["number"] or match["plain"]
    return ""


def find_minutes_titles(text: str) -> list[tuple[int, date]]:
    """Where titles of minutes are in a text, with the days of their meetings, in its order."""
    found: dict[date, int] = {}
    for match in MINUTES_TITLE_PATTERN.finditer(text):
        if OTHER_MINUTES_PATTERN.search(match["rest"]):
            continue
        following = " ".join(text[match.start() : match.end() + 120].split())
        known = find_meeting_day(following)
        if known is not None and known[1] == Meeting.Precision.DAY:
            found.setdefault(known[0], match.end() - len(match[0].lstrip()))
    return [(start, day) for day, start in found.items()]

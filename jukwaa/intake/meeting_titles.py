"""A name for the meeting that a report is about: a title of the document, and never the heading of one section."""

import re
from itertools import pairwise

from jukwaa.intake.meeting_dates import MONTH_NAMES_PATTERN, WEEKDAY_NUMBERS, find_exact_meeting_day
from jukwaa.intake.meeting_facts import MINUTES_APPROVAL_PATTERN
from jukwaa.intake.meeting_groups import find_group_name, names_group, names_only_kind
from jukwaa.intake.reader.chat_logs import strip_chat_marks
from jukwaa.intake.reader.email_threads import find_mail_headers, find_mail_subjects
from jukwaa.places.text_folding import fold_text

MAX_TITLE_LENGTH = 160
MAX_OPENING_LINES = 6  # in which a title may stand that is not marked as a heading
MAX_OPENING_LINE_WORDS = 16
MAX_EMAIL_HEADING_WORDS = 12
MAX_HEADINGS = 12
MAX_GROUP_LINES = 12  # at the top, among which the name of the group is looked for
MAX_SEARCHED_CHARACTERS = 6000
MAX_LABEL_WORDS = 3
HEADING_PATTERN = re.compile(r"#{1,6}\s+[*_]*(?P<words>[^\W_].*?)[\s#*_]*")
FRONT_MATTER_PATTERN = re.compile(r"\A(?P<mark>---|\+\+\+)\s*\n(?P<lines>.*?)\n(?P=mark)\s*(?:\n|\Z)", re.DOTALL)
FRONT_TITLE_PATTERN = re.compile(r"^title\s*[:=]\s*(?P<title>.+)$", re.MULTILINE)
# "1. Welcome", "2) Accueil", "I. ABERTURA", "Item 3 - Budget": a part of the agenda.
SECTION_NUMBER_PATTERN = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.):]\s|(?:[IVX]{1,5}|[A-Z])[.):]\s"
    r"|(?:item|point|ponto|punto|tema|topic|section|tagesordnungspunkt|top)\s\d)",
    re.IGNORECASE,
)
LABELLED_VALUE_PATTERN = re.compile(r"(?P<label>[^:|]{1,40}?)\s?[:|]\s*\S")
ADDRESS_PATTERN = re.compile(r"https?://|www\.|\S@\S|\u203a|\u2630|[|\u00b7].*[|\u00b7].*[|\u00b7]")
# In text without case, accents and punctuation. The whole of a heading of a section, perhaps with a word before it.
SECTION_TITLES_BY_LANGUAGE = {
    "en": (
        r"agenda(?: items?| topics?| points?)?|meeting|minutes|(?:meeting )?notes?|meeting summary|summary"
        r"|overview|(?:table of )?contents|menu|attend(?:ance|ees|ing|ed by)|participants?"
        r"|(?:those |members )?present|apologies|absent|regrets|roll call|quorum|goals|objectives|purpose"
        r"|background|context|introductions?|welcome|opening|closing|call to order"
        r"|who (?:came|was there|attended)|(?:action|discussion|decision)s?(?: items?| points?| log)?|tasks?"
        r"|to dos?|next steps?|next meeting|any other business|aob|links|resources|references|date"
        r"|date and (?:time|place)|when|where|venue|location"
    ),
    "fr": (
        r"ordre du jour|compte rendu|proces verbal|pv|presents?|presences?|excuses?|introduction|accueil"
        r"|ouverture|objectifs?|contexte|mot de bienvenue|decisions?|suivi|divers|prochaines? etapes?"
        r"|releve de decisions|(?:premiere|deuxieme|troisieme|seconde) journee|sommaire|points? divers"
        r"|taches?|actions? a mener"
    ),
    "es": (
        r"orden del dia|acta|asist(?:encia|entes)|presentes|participantes|saludos?|bienvenida|apertura"
        r"|objetivos?|acuerdos?|tareas|compromisos|desarrollo(?: de la (?:reunion|sesion))?"
        r"|temas(?: tratados)?|resumen|contenido|proximos pasos|varios"
    ),
    "pt": (
        r"ordem (?:do dia|de trabalhos|dos trabalhos)|pauta|ata|presencas|abertura|boas vindas|objectivos?"
        r"|deliberacoes|tarefas|encaminhamentos|resumo|conteudo|proximos passos|assuntos gerais"
        r"|(?:primeiro|segundo|terceiro) dia"
    ),
    "sw": (r"ajenda|muhtasari|waliohudhuria|utangulizi|ufunguzi|maamuzi"),
    "de": (
        r"tagesordnung|protokoll|teilnehmer(?:innen)?|anwesend(?:e|heit)?|begrussung|beschlusse|aufgaben"
        r"|navigationsmenu"
    ),
    "nl": (r"notulen|aanwezig(?:en)?|actiepunten"),
    "it": (r"ordine del giorno|verbale|presenti"),
    "id": (r"susunan acara|notulensi|daftar hadir|peserta|pembukaan|kesimpulan|risalah"),
    "ar": (
        r"\u062c\u062f\u0648\u0644 \u0627\u0644\u0627\u0639\u0645\u0627\u0644|\u0645\u062d\u0636\u0631"
        r"|\u0627\u0644\u062d\u0636\u0648\u0631|\u0627\u0644\u062d\u0627\u0636\u0631\u0648\u0646"
        r"|\u0645\u0642\u062f\u0645\u0629|\u0627\u0644\u0642\u0631\u0627\u0631\u0627\u062a"
    ),
}
SECTION_TITLE_PATTERN = re.compile(
    r"(?:the |les? |la |los? |las? |os? |as? |meeting |draft |proposed |provisional |main |key |our )*"
    rf"(?:{'|'.join(SECTION_TITLES_BY_LANGUAGE.values())})(?: (?:and|et|y|e|und|na|en|dan) (?:\w+ ?){{1,3}})?"
)
# A title that says of which meeting it is counts before one that may be the name of an organisation.
MEETING_NAME_PATTERN = re.compile(
    r"\b(?:meetings?|calls?|sessions?|minutes|notes|assembly|workshop|conference|webinar|plenary|pleniere|plenaria|plenario|plenum|retreat|hearing|agm"
    r"|reunions?|seances?|assemblee|rencontre|compte rendu|proces verbal|cr|pv|atelier"
    r"|sesion|asamblea|acta|taller|encuentro|junta|reuniao|sessao|assembleia|ata|encontro|oficina"
    r"|mkutano|kikao|muhtasari|\w*sitzung|\w*versammlung|protokoll|treffen|\w*vergadering|\w*overleg|notulen|verslag"
    r"|riunione|verbale|rapat|pertemuan|sidang|risalah"
    r"|\u0627\u062c\u062a\u0645\u0627\u0639|\u0645\u062d\u0636\u0631|\u062c\u0644\u0633\u0629)\b"
)
# Which meeting of a series it is: "plenary no. 4", "4th meeting", "11e réunion", "minutes of 3 May".
MEETING_NUMBER_PATTERN = re.compile(
    rf"(?=.*{MEETING_NAME_PATTERN.pattern})(?=.*(?:\b(?:no|nr|n) ?\d|\d(?:st|nd|rd|th|e|er|eme|a|o)\b"
    rf"|\b(?:{MONTH_NAMES_PATTERN})\b))(?=.*\d)"
)
# What people write to each other, and how to join a call.
MESSAGE_WORD_PATTERN = re.compile(
    r"\b(?:i|we|you|me|us|our|my|your|is|are|was|were|will|have|has|please|attached|below|here|thanks|see|next|last"
    r"|id|zoom|teams|passcode|re|fwd|subject|from|sent|je|nous|vous|voici|joint|merci|prochaine|adjunto|aqui|gracias"
    r"|proxima|anexo|segue|obrigad[oa])\b"
)
GROUP_PATTERN = re.compile(
    r"\b(?:group|committee|board|council|wg|team|task force|groupe|comite|conseil|grupo|consejo|conselho|baraza|kamati"
    r"|ausschuss|vorstand|bestuur)\b|\b\d{4}\b"
)
# At the edge of every page, "Board minutes, draft Page 1", and between emails, "---- Forwarded message ----".
PAGE_EDGE_PATTERN = re.compile(
    r".*\b(?:page|p\u00e1gina|pagina|seite|ukurasa|halaman|\u0635\u0641\u062d\u0629)"
    r"\s\d{1,3}(?:\s?(?:/|of|de|sur|von)\s?\d{1,3})?\W*$"
    r"|\W*[-=_]{3,}.*[-=_]{3,}\W*$",
    re.IGNORECASE,
)
SENTENCE_PATTERN = re.compile(r"(?<!\b[Nn][or])[.!?]\s|[^.]\.$")  # not "Meeting no. 7"
# "In the chair Ana Lopes Notes Ben Okoro": who held which office, or when and where it was, without colons.
OFFICE_LINE_PATTERN = re.compile(
    r"(?:in the chair|chaired by|(?:minutes|notes) (?:taken )?by|(?:minute|note)[ -]?taker"
    r"|date and (?:time|place|venue))\b"
    r"|chair(?:person|man|woman)? .*\b(?:notes|minutes|secretary|rapporteur)\b(?! of\b)"
    r"|présid(?:ence|ente?) .*\b(?:secrét|rapporteu)|presid(?:e|encia|ência) .*\bsecretari",
    re.IGNORECASE,
)
EDIT_LINK_PATTERN = re.compile(r"\s?\[[^\]]*\]$")  # of a wiki
BULLET_PATTERN = re.compile(r"[-+*\u2022]\s")
NUMBER_PATTERN = re.compile(r"\d")
WORDS_PATTERN = re.compile(r"\S*\w\S*")
WORD_PATTERN = re.compile(r"[^\W\d_]{3}")
LEAST_RANK = 0
MIN_DISTINCTIVE_LETTERS = 6  # beside the word for a meeting and its day
# Behind the name of a file: "v3", "final", "clean", "(1)", "2": which copy it is.
FILE_COPY_PATTERN = re.compile(
    r"(?:[\s_-]+(?:v\d+(?:\.\d+)*|vf|final|clean|rev\d*|draft ?\d*|borrador ?\d*|enviad[oa]|signed|copy"
    r"|c\u00f3pia|copia|copie|[0-9a-f]{16,})|\s?\(\d+\)|[\s_-]+copy \d+)+$",
    re.IGNORECASE,
)
FILE_NUMBER_PATTERN = re.compile(r"^\d{1,2}[a-z]?[ _.)-]+(?=[^\W\d_])")
# "Re: Fwd: [GT8] acta": what programs and lists put before the subject of an email.
EMAIL_PREFIX_PATTERN = re.compile(
    r"(?:(?:re|fw|fwd|tr|rv|enc|res|aw|wg|antw|sv|vs)(?:\s?[:_]\s*|\s(?=\[|(?:re|fwd?|tr|rv|enc)[:_\s]))"
    r"|\[(?!\w{1,8}\d)[^\[\]]{1,30}\]\s*)+",
    re.IGNORECASE,
)
GROUP_TAG_PATTERN = re.compile(r"^\[(\w{1,8}\d)\]\s*")
# "Extraordinary call - Tuesday 16 June 2026, 11:00-12:10 GMT, Zoom": when and where it was
DAY_AND_HOUR_PATTERN = re.compile(
    r"\s[-\u2013\u2014|]\s(?:[^\W\d_]+,? )?\d{1,2}(?:st|nd|rd|th)? [^\W\d_]+ 20\d\d\W{1,3}(?:at )?\d{1,2}[:.h]\d\d\b.*$"
)
# "N\u00b0 00214/DTIC Dakar, le 15 juillet 2026": the number of a letter
REFERENCE_LINE_PATTERN = re.compile(
    r"(?:n\s?[\u00b0\u00ba]\.?|(?:our |notre |v/|n/)?r[e\u00e9]f(?:\.|[e\u00e9]rence|erencia|er\u00eancia)?)"
    r"\s?:?\s*[\w.-]*\d[\w.-]*/\S+",
    re.IGNORECASE,
)
# "COMPTE RENDU", and below it "de la premi\u00e8re r\u00e9union"; then what it was about: "\u00ab Protection \u00bb".
REST_OF_TITLE_PATTERN = re.compile(r"(?:de|du|des|del|da|do|of)\s(?=[^\W\d_])|[\u00ab\u201c]")
# "Acta N.\u00ba | 11 (und\u00e9cima plenaria)"
NUMBER_ROW_PATTERN = re.compile(
    r"^\W*(?P<label>(?:acta|ata|minutes?|meeting|reuni[\u00f3\u00e3]\w+|pv|compte rendu|plenary|plenaria)"
    r"\s(?:n\.?\s?[\u00ba\u00b0o]\.?|no\.?|number|#))\s*[|:]\s*(?P<number>\d{1,3})\b",
    re.IGNORECASE | re.MULTILINE,
)
# "Minutes of the meeting of the board held on 5 March 2026 in Elm House"
HELD_PATTERN = re.compile(r"[\s,]+held\s+(?:on|at|in|from|virtually|online|by)\b.*$", re.IGNORECASE)
# "Meeting: steering group", "Meeting summary for steering group"
TITLE_LABEL_PATTERN = re.compile(
    r"(?:(?:meeting|call|session)\s?:|(?:meeting|call) (?:summary|recap|notes|minutes) (?:for|of|:))\s+(?=\S.{5})",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    rf"\b(?:{MONTH_NAMES_PATTERN}|{'|'.join(sorted(map(re.escape, WEEKDAY_NUMBERS), key=len, reverse=True))}"
    r"|\d+(?:st|nd|rd|th|er|o|h|am|pm)?|of|de|del|the|le|utc|gmt|cet|from|to|at|a|e|et|y|and|feira|date|data|fecha)\b"
)


def suggest_meeting_title(text: str, file_name: str = "") -> str:
    """Return the best name that a report or the name of its file gives its meeting; empty if there is none."""
    text = strip_chat_marks(text)
    title = DAY_AND_HOUR_PATTERN.sub("", remove_email_prefix(_find_best_title(text, file_name)))
    label = TITLE_LABEL_PATTERN.match(title)
    title = add_group_name(title[label.end() if label else 0 :], text, file_name)
    row = NUMBER_ROW_PATTERN.search(text, 0, MAX_SEARCHED_CHARACTERS) if title and not _has_day(title) else None
    return (f"{title}, {row['label']} {row['number']}" if row else title)[:MAX_TITLE_LENGTH]


def add_group_name(title: str, text: str, file_name: str = "") -> str:
    """The title with the group that met, where it says only what it is: "AYUDA MEMORIA \u2013 Mesa Norte"."""
    if not names_only_kind(_DATE_WORDS.sub(" ", fold_text(title))):
        return title
    lines = [line.strip() for line in text[:MAX_SEARCHED_CHARACTERS].splitlines() if line.strip()][:MAX_GROUP_LINES]
    headings = [match["words"] for line in lines if (match := HEADING_PATTERN.fullmatch(line))]
    titles = [words for words in [*_list_titles(text), *headings] if not is_section_title(words)]
    group = find_group_name(lines, titles)
    if not group and names_group(named := clean_file_name(file_name)):
        return named
    return " \u2013 ".join(filter(None, (title, group)))


def remove_email_prefix(title: str) -> str:
    """The title without "Re:" and the tags of mailing lists, except for the short name of a group: "[WG6]"."""
    prefix = EMAIL_PREFIX_PATTERN.match(title)
    return GROUP_TAG_PATTERN.sub(r"\1 ", title[prefix.end() if prefix else 0 :]).strip() or title


def _find_best_title(text: str, file_name: str) -> str:
    if best := _find_dated_heading(text) or _find_heading_in_email(text) or find_meeting_name(text):
        return best
    titles = [words for words in _list_titles(text) if not is_section_title(words)]
    named = clean_file_name(file_name)
    headings = [words for _line, words in _list_headings(text) if words in titles]
    opening = titles[0] if titles else ""
    return headings[0] if headings else named if WORD_PATTERN.search(named) else opening


def _find_dated_heading(text: str) -> str:
    """The name in the first heading "28 Apr 2026 | Steering group", as running notes begin each meeting."""
    for _line, words in _list_headings(text):
        parts = [part.strip() for part in words.split("|")]
        names = [part for part in parts if _DATE_WORDS.sub("", fold_text(part)).strip()]
        if len(parts) > len(names) == 1 and find_exact_meeting_day(words) and not is_section_title(names[0]):
            return names[0]
    return ""


def _find_heading_in_email(text: str) -> str:
    """The first line of an email that says on its own which meeting it reports: "Plenary meeting no. 4 - Minutes"."""
    text = text[:MAX_SEARCHED_CHARACTERS]
    headers = find_mail_headers(text)
    lines = text[headers[0].end() :].splitlines() if headers else []
    for line, following in pairwise([*lines, ""]):
        words = " ".join(line.strip("*_#=> \t").split())
        if not following.strip() and _is_heading_in_email(words):
            return words
    return ""


def _is_heading_in_email(words: str) -> bool:
    folded = fold_text(words)
    return bool(
        len(words.split()) <= MAX_EMAIL_HEADING_WORDS
        and MEETING_NUMBER_PATTERN.match(folded)
        and not words[0].islower()
        and words[-1] not in ".,;:!?"
        and not MESSAGE_WORD_PATTERN.search(fold_text(DAY_AND_HOUR_PATTERN.sub("", words)))
        and not SENTENCE_PATTERN.search(words)
        and not is_section_title(words)
    )


def find_meeting_name(text: str) -> str:
    """The title of a report that says of which meeting it is, or of which group; empty if there is none."""
    titles = [words for words in _list_titles(text) if names_meeting(words) and not is_section_title(words)]
    return max(titles, key=_rank_title, default="")[:MAX_TITLE_LENGTH]  # the first of those with the same rank


def names_meeting(words: str) -> bool:
    return _rank_title(words) > LEAST_RANK


def _rank_title(words: str) -> int:
    """How well it names a meeting: which one, of which group, or only that it is one."""
    folded = fold_text(words)
    rest = _DATE_WORDS.sub("", MEETING_NAME_PATTERN.sub("", folded))
    if MEETING_NAME_PATTERN.search(folded) is None:
        return LEAST_RANK + 2 if GROUP_PATTERN.search(folded) else LEAST_RANK
    says_which = sum(map(str.isalpha, rest)) >= MIN_DISTINCTIVE_LETTERS
    return LEAST_RANK + 3 if says_which else LEAST_RANK + 1


def is_section_title(words: str) -> bool:
    """Whether these words head a section, or are a label, a date or an address: no name for a meeting."""
    bare = EDIT_LINK_PATTERN.sub("", words.strip(" *_#=-\u2013:.>"))
    if not any(letter.isalpha() for letter in bare) or ADDRESS_PATTERN.search(bare):
        return True
    patterns = (SECTION_NUMBER_PATTERN, REFERENCE_LINE_PATTERN, MINUTES_APPROVAL_PATTERN, OFFICE_LINE_PATTERN)
    if any(pattern.match(bare) for pattern in patterns) or _is_labelled_value(bare):
        return True
    folded = fold_text(bare)
    return SECTION_TITLE_PATTERN.fullmatch(folded) is not None or not _DATE_WORDS.sub("", folded).strip()


def _is_labelled_value(words: str) -> bool:
    """Whether it is "Date: 3 June" or "Chair | Ana". "Minutes: steering group" is a title, "Minutes: Ana" is not."""
    match = LABELLED_VALUE_PATTERN.match(words)
    if match is None or len(match["label"].split()) > MAX_LABEL_WORDS:
        return False
    rest = fold_text(words[match.end("label") :])
    return not (MEETING_NAME_PATTERN.search(fold_text(match["label"])) and _names_group(rest))


def _names_group(folded_words: str) -> bool:
    return MEETING_NAME_PATTERN.search(folded_words) is not None or GROUP_PATTERN.search(folded_words) is not None


def _list_titles(text: str) -> list[str]:
    """The main headings, what stands above the first section, and other headings that name a meeting with its day.

    Of emails, their subjects count instead of the first lines.
    """
    headings = _list_headings(text)
    further = [words for _line, words in headings if MEETING_NAME_PATTERN.search(fold_text(words)) and _has_day(words)]
    main = [words for line, words in headings if line.startswith("# ")]
    subjects = [remove_email_prefix(subject) for subject in find_mail_subjects(text[:MAX_SEARCHED_CHARACTERS])]
    return list(dict.fromkeys([*main, *(subjects or _list_opening_lines(text)), *further]))


def _has_day(words: str) -> bool:
    return NUMBER_PATTERN.search(words) is not None


def _list_opening_lines(text: str) -> list[str]:
    """Short lines above the first heading of a section, without marks."""
    title = FRONT_MATTER_PATTERN.match(text)
    found = FRONT_TITLE_PATTERN.search(title["lines"]) if title else None
    lines = [found["title"].strip("\"' ")] if found else []
    rest = text[title.end() : MAX_SEARCHED_CHARACTERS] if title else text[:MAX_SEARCHED_CHARACTERS]
    for line in _join_lines_of_title(rest)[:MAX_OPENING_LINES]:
        heading = HEADING_PATTERN.fullmatch(line)
        if BULLET_PATTERN.match(line) or PAGE_EDGE_PATTERN.match(line):
            continue
        if heading and is_section_title(heading["words"]):
            break
        words = " ".join((heading["words"] if heading else line.strip("*_#=> \t").replace("**", "")).split())
        words = HELD_PATTERN.sub("", words)
        if (
            words
            and len(WORDS_PATTERN.findall(words)) <= MAX_OPENING_LINE_WORDS
            and (heading or not SENTENCE_PATTERN.search(words))
        ):
            lines.append(words)
    return lines


def _join_lines_of_title(text: str) -> list[str]:
    """The lines that hold words, where the rest of a title of the kind "COMPTE RENDU" belongs to its first line."""
    lines: list[str] = []
    is_begun = False
    for line in filter(None, map(str.strip, text.splitlines())):
        if is_begun and REST_OF_TITLE_PATTERN.match(line):
            lines[-1] = f"{lines[-1]} {line}"
            continue
        is_begun = line.isupper() and MEETING_NAME_PATTERN.fullmatch(fold_text(line)) is not None
        if not REFERENCE_LINE_PATTERN.match(line):
            lines.append(line)
    return lines


def _list_headings(text: str) -> list[tuple[str, str]]:
    lines = (line.strip() for line in text[:MAX_SEARCHED_CHARACTERS].splitlines())
    found = [(line, match) for line in lines if (match := HEADING_PATTERN.fullmatch(line))][:MAX_HEADINGS]
    return [(line, " ".join(match["words"].split())) for line, match in found]


def clean_file_name(file_name: str) -> str:
    """Return the name of a file as words, without folder, ending and the marks of a copy."""
    bare = remove_email_prefix(file_name.rpartition("/")[2])
    words = " ".join((bare.rpartition(".")[0] or bare).replace("_", " ").split())
    return FILE_COPY_PATTERN.sub("", FILE_NUMBER_PATTERN.sub("", words)).strip(" -") or words

"""The emails of a thread: their headers, the lines that programs write between them, and old emails that are quoted."""

import re
from collections.abc import Iterator
from dataclasses import replace

from jukwaa.intake.reader.email_lines import SIGNATURE_MARK_PATTERN
from jukwaa.intake.reader.model import Reading

_SENDER_LABELS = r"from|de|von|da|من"
_SUBJECT_LABELS = r"subject|objet|asunto|assunto|betreff|الموضوع"
_HEADER_LINE = (
    rf"(?:^[> \t]*\**(?:{_SENDER_LABELS}|{_SUBJECT_LABELS}"
    r"|sent|date|to|cc|bcc|reply-to|à|envoyé|para|enviad[oa](?: el| em)?|an"
    r"|gesendet|data|fecha|التاريخ|إلى|الى|نسخة|تم الإرسال) ?:.*(?:\n|\Z))"
)
MAIL_HEADER_PATTERN = re.compile(rf"{_HEADER_LINE}{{3,}}", re.IGNORECASE | re.MULTILINE)
SHORT_HEADER_PATTERN = re.compile(rf"{_HEADER_LINE}{{2,}}", re.IGNORECASE | re.MULTILINE)
SENDER_HEADER_PATTERN = re.compile(rf"^[> \t]*\**(?:{_SENDER_LABELS}) ?:", re.IGNORECASE | re.MULTILINE)
SUBJECT_HEADER_PATTERN = re.compile(rf"^[> \t]*\**(?:{_SUBJECT_LABELS}) ?:(.*)$", re.IGNORECASE | re.MULTILINE)
# The line before a quoted email: "On Mon, 9 Nov 2026 at 21:14, Ana wrote:".
QUOTED_EMAIL_PATTERN = re.compile(
    r"^[> \t]*(?:On|Le|El|Em|Op|Am|Den|Il|في)\b[^\n]{0,160}\d[^\n]{0,160}\n?[^\n]{0,80}"
    r"\b(?:wrote|a écrit|escribió|escreveu|schreef|schrieb|skrev|ha scritto|كتبت?)\b[^\n]{0,120}:[ \t]*$",
    re.MULTILINE,
)
# "---------- Forwarded message ---------", "-----Original Message-----", "Begin forwarded message:"
FORWARDING_LINE_PATTERN = re.compile(
    r"^[> \t]*(?:[-_]{2,} ?)?(?:begin |début du |inicio del |início da )?"
    r"(?:(?:forwarded|original) message|message (?:transféré|réexpédié|d[’']origine|original)"
    r"|mensaje (?:reenviado|original)|mensagem (?:encaminhada|reencaminhada|original)"
    r"|(?:weitergeleitete|ursprüngliche) nachricht|رسالة (?:معاد توجيهها|مُعاد توجيهها|أصلية)|الرسالة الأصلية)"
    r" ?(?:[-_]{2,}|:)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
# "Dear all,", "Bonjour à toutes et tous,"
GREETING_PATTERN = re.compile(
    r"^[> \t]*(?:(?:all|team|everyone|everybody|colleagues|folks|both|pessoal|equipo|equipe|fyi"
    r"|pour info(?:rmation)?|para informa(?:ción|ção)|الزملاء)(?=[ \t]*[,:!]?[ \t]*$)"
    r"|(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|bonjour|bonsoir|ch[eè]re?s?|salut|hola"
    r"|buen[oa]s|estimad[oa]s?|querid[oa]s?|olá|oi|car[oa]s?|prezad[oa]s?"
    r"|bo[am] (?:dia|tarde|noite)|hallo|liebe[rs]?|مرحبا|السلام عليكم|تحية|أعزائي)\b[^\n.;:!?]{0,40})[,:!]?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
QUOTED_LINE_PATTERN = re.compile(r"[ \t]{0,3}>")
MIN_HEADER_LINES = 3
MIN_OWN_WORDS = 60  # an email with fewer is a remark on the email that it quotes


def find_mail_headers(text: str) -> list[re.Match[str]]:
    """The headers of the emails in a text, in its order. Each has a sender, a subject, and a day or an address."""
    return [
        match
        for match in SHORT_HEADER_PATTERN.finditer(text)
        if SENDER_HEADER_PATTERN.search(match[0]) and SUBJECT_HEADER_PATTERN.search(match[0])
        if "@" in match[0] or match[0].count("\n") >= MIN_HEADER_LINES
    ]


def find_mail_subjects(text: str) -> list[str]:
    """The subjects of the emails in a text, in its order, as written."""
    found = (SUBJECT_HEADER_PATTERN.search(header[0]) for header in find_mail_headers(text))
    return [match[1].strip() for match in found if match and match[1].strip()]


def find_thread_lines(text: str) -> list[tuple[int, int]]:
    """Where headers, greetings and the lines that programs write between emails are; nothing if it is no email."""
    headers = find_mail_headers(text)
    if not headers:
        return []
    between = (FORWARDING_LINE_PATTERN, QUOTED_EMAIL_PATTERN, GREETING_PATTERN)
    found = [match.span() for pattern in between for match in pattern.finditer(text)]
    return sorted([*found, *(header.span() for header in headers)])


def remove_suggestions_of_old_emails(parsed_report: Reading) -> Reading:
    """The same reading without suggestions for an old email that is quoted below the words of a newer one."""
    start = find_start_of_old_email(parsed_report.text)
    if start is None or _has_minutes_in_quotes_alone(parsed_report, start):
        return parsed_report
    return replace(parsed_report, suggestions=tuple(made for made in parsed_report.suggestions if made.start < start))


def _has_minutes_in_quotes_alone(parsed_report: Reading, start: int) -> bool:
    """Whether the words above the quotes only pass them on: nothing that minutes tell is above the quotes."""
    kinds = {"attendee", "decision", "commitment"}
    return {made.start < start for made in parsed_report.suggestions if made.kind in kinds} == {False}


def find_start_of_old_email(text: str) -> int | None:
    """Where the quotes begin with which a text ends; None if the words above them are only a remark on them."""
    if not find_mail_headers(text):
        return None
    start = None
    own_words = 0
    for line_start, line in _iter_lines(text):
        if QUOTED_LINE_PATTERN.match(line):
            start = line_start if start is None else start
        elif line.strip() and not SIGNATURE_MARK_PATTERN.match(line):
            start = None
            own_words += len(line.split())
    header_words = sum(len(header[0].split()) for header in find_mail_headers(text))
    return start if own_words - header_words >= MIN_OWN_WORDS else None


def _iter_lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, line
        start += len(line)

"""Emails in a report: where each begins, and the lines that their programs and signatures add."""

import re

# "Ana Lopes <ana@example.org> Mon, 9 Nov 2026 at 21:14 To: ...", as programs print a thread.
PRINTED_HEADER_PATTERN = re.compile(
    r"^[ \t]*(?P<sender>(?=\S)(?=[^<>\n]{0,60}[^\W\d_])[^<>\n@|:]{2,60}?)"  # with a letter
    r"\s<[^<>@\s]+@[^<>\s]+>\s+[^\n]{6,60}?\d{1,2}[:h.]\d\d\b[^\n]*$",
    re.MULTILINE,
)
SENDER_LINE_PATTERN = re.compile(
    r"^[> \t]*(?:From|De|Von|Da|من) ?:[ \t]+\"?(?P<sender>[^\W\d_][^<>\n@|:\"]{1,60}?)\"?[ \t]*(?:<[^<>\n]*>"
    r"|\[[^\[\]\n]*\]|(?=[ \t]*\n[> \t]*(?:Date|Sent|Subject|To|Envoyé|Objet|Enviado|Fecha|Asunto|Data|Assunto|Gesendet"
    r"|Datum|Betreff)\s?:))[ \t]*$",
    re.MULTILINE,
)
# "On Thu, 10 Sept 2026 at 09:14, Ana Lopes <ana@example.org> wrote:"
WROTE_LINE_PATTERN = re.compile(
    r"^[> \t]*(?:On|Le|El|Em|Op|Am|Den|Il)\b[^\n]{6,60}?\d{1,2}[:h.]\d\d(?: ?[APap]\.?[Mm]\.?)?,?[ \t]+"
    r"(?P<sender>[^\W\d_][^<>\n@|:,]{1,60}?)[ \t]*(?:<[^<>\n]{0,80}>)?,?[ \t]*\n?[> \t]*"
    r"(?:wrote|a écrit|escribió|escreveu|schreef|schrieb|skrev|ha scritto)\b[ \t]*:[ \t]*$",
    re.MULTILINE,
)
PRINTED_EDGE_PATTERN = re.compile(r"[ \t]*https?://\S+ \d{1,3}/\d{1,3} \d{1,2}/\d{1,2}/\d{2,4}\b")
SIGNATURE_MARK_PATTERN = re.compile(r"[ \t]*--[ \t]*$")
SIGNATURE_LINE_PATTERN = re.compile(r"[ \t]*--[ \t]+[^|\n]{2,60}(?:\|[^|\n]{2,60}){1,5}$")
DEVICE_LINE_PATTERN = re.compile(
    r"[ \t]*(?:sent from (?:my|outlook|mail|gmail|yahoo)\b.{0,40}|get outlook for .{0,30}"
    r"|envoyé de(?:puis)? mon .{0,40}"
    r"|enviado (?:desde|do|a partir do|de) (?:mi|meu) .{0,40}|von meine[mr] .{0,30} gesendet|gesendet von .{0,40}"
    r"|(?:gửi từ|inviato da(?:l mio)?) .{0,40}|imetumwa kutoka .{0,40}"
    r"|\[(?:quoted text hidden|texto citado (?:ocultado|oculto)|le texte des messages précédents est masqué"
    r"|texte des messages précédents masqué|zitierter text wird ausgeblendet)\])[ \t]*$",
    re.IGNORECASE,
)
# "14:02:11 From Ana Lopes to Everyone: ...", as a video call saves its chat.
CHAT_LINE_PATTERN = re.compile(
    r"[ \t]*\d{1,2}:\d\d(?::\d\d)?[ \t]+(?:From|De|Von|Da|Van|Dari)[ \t]+(?P<sender>[^:\n]{2,60}?)[ \t]+"
    r"(?:to|para|à|a|an|naar|kepada)[ \t]+(?P<to>[^:\n]{2,80}?)[ \t]*:(?=[ \t])"
)
PRIVATE_MESSAGE_PATTERN = re.compile(
    r"\b(?:direct message|private(?:ly)?|mensaje (?:directo|privado)|message (?:direct|privé)|en privé"
    r"|mensagem (?:direta|privada)|direktnachricht|privat|pesan langsung)\b",
    re.IGNORECASE,
)
MAX_SIGNATURE_LINES = 8


def find_email_headers(text: str) -> list[re.Match[str]]:
    """The lines that name the sender of each email, in the order of the text."""
    patterns = (PRINTED_HEADER_PATTERN, SENDER_LINE_PATTERN, WROTE_LINE_PATTERN)
    found = (match for pattern in patterns for match in pattern.finditer(text))
    return sorted(found, key=re.Match.start)


def is_program_line(text_line: str) -> bool:
    """Whether a mail program, a browser or a telephone wrote this line."""
    return any(
        pattern.match(text_line) for pattern in (DEVICE_LINE_PATTERN, PRINTED_EDGE_PATTERN, SIGNATURE_LINE_PATTERN)
    )


def find_signature_lines(text_lines: list[str]) -> set[int]:
    """The places of the lines between "--" and the next empty line."""
    found: set[int] = set()
    for place, line in enumerate(text_lines):
        if not SIGNATURE_MARK_PATTERN.match(line):
            continue
        end = next((at for at in range(place + 1, len(text_lines)) if not text_lines[at].strip()), len(text_lines))
        if end - place <= MAX_SIGNATURE_LINES:
            found |= set(range(place, end))
    return found

"""What a draft says of its own consultation: lines at its top, the last day for comments, and questions at its end.

Pure functions.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from jukwaa.core.date_parsing import find_days_in_text
from jukwaa.core.documents.incoming.blocks import Block
from jukwaa.places.text_folding import fold_text

MAX_COVER_BLOCKS = 5
MAX_COVER_LENGTH = 300
MAX_STATEMENT_LENGTH = 500  # the time of the pattern grows with the square of the length
MAX_QUESTIONS = 20
MAX_QUESTION_LENGTH = 500
HEADING_KIND = "heading"
# In text without case, accents and punctuation: "Consultation draft 3", "version 0.7", "Borrador para consulta".
DRAFT_PATTERN = re.compile(
    r"\b(?:consultation (?:draft|version)|draft (?:no )?\d|draft (?:for|version)|working draft|version \d|v ?\d+ \d"
    r"|projet (?:soumis|pour|de texte|v\d)|avant projet|borrador (?:para|de|v|\d)|(?:texto|minuta) para consulta"
    r"|rascunho (?:para|v|\d)|versao \d|rasimu|entwurf|\u0645\u0633\u0648\u062f\u0629|\u0646\u0633\u062e\u0629 \d)"
)
_COMMENTS = (
    r"(?:comments?|feedback|inputs?|responses?|replies|contributions?|consultation|commentaires?|observations?|reponses?"
    r"|avis|comentarios?|aportes?|contribuciones|observaciones|respuestas?|consulta|contributos?|contribuicoes"
    r"|respostas?|maoni|\u0645\u0644\u0627\u062d\u0638\u0627\u062a|\u062a\u0639\u0644\u064a\u0642\u0627\u062a"
    r"|\u0627\u0633\u062a\u0634\u0627\u0631\u0629|\u0627\u0644\u0627\u0633\u062a\u0634\u0627\u0631\u0629)"
)
_UNTIL = (
    r"(?:by|before|until|till|to|through|closes?|closing|deadline|due|ends?|open|runs?|avant|jusqu ?au|jusque"
    r"|au|date limite|delai|d ici|attendue?s|hasta|antes|plazo|fecha limite|vence|al|ate|prazo|kabla|ifikapo"
    r"|\u0642\u0628\u0644|\u062d\u062a\u0649|\u0625\u0644\u0649|\u0627\u0644\u0649|\u0623\u062c\u0644|\u0627\u062c\u0644)"
)
DEADLINE_PATTERN = re.compile(
    rf"\b{_COMMENTS}\b.*\b{_UNTIL}\b|\b{_UNTIL}\b.*\b{_COMMENTS}\b|\bplease (?:respond|reply)\b.*\b{_UNTIL}\b"
)
# "Comments until 3 May", "Please respond by 3 May"; not "Providers report on the comments received by 3 May"
_REQUEST_PATTERN = re.compile(
    rf"^(?:(?:the|your|la|les|vos|el|los|sus|a|os) )?{_COMMENTS} (?:on (?:this|the) \w+ )?(?:(?:are|is|sont|est|son) )?"
    rf"(?:(?:due|open|welcome|accepted|expected|ouverte|abierta|aberta) )?(?:{_UNTIL} )+(?:\w+ ){{0,3}}\d"
    rf"|^(?:the )?(?:deadline|last day|date limite|delai|plazo|fecha limite|prazo) (?:\w+ ){{1,2}}{_COMMENTS}\b"
    r"|\b(?:please|kindly|(?:we|are) welcome|(?:we|are) invited?|veuillez|merci d|priere d|vous invitons|por favor"
    r"|rogamos|agradecemos|sirvanse|envien|\u064a\u0631\u062c[\u0649\u064a]|\u0627\u0644\u0631\u062c\u0627\u0621)"
)
# "to ana@elm.example (cc ben@elm.example)"
ADDRESS_PATTERN = re.compile(
    r"\s*\(?(?:\b(?:to|at|an|a|para|cc)\b:?\s+|\u00e0\s+)?[^\s()<>@]+@[\w.-]*\w\)?", re.IGNORECASE
)
# "Comments by 3 May", and not the date of the version beside it
STATEMENT_END_PATTERN = re.compile(r"\s[\u2013\u2014|\u00b7-]\s|(?<=[^\W\d_]{3})[.;]\s|(?<=\d{4})[.;]\s|\n")
QUESTIONS_HEADING_PATTERN = re.compile(
    r"\b(?:questions? (?:for|to|on|of|in|posees?|pour|de|aux)|consultation questions"
    r"|(?:preguntas|perguntas) (?:para|de|a|sobre|al|aos?)|maswali"
    r"|\u0623\u0633\u0626\u0644\u0629|\u0627\u0633[\u0626\u064a]\u0644\u0629)\b"
    r"|^(?:\w+ )?(?:questions|preguntas|perguntas)$"
)
# Not "Questions on age limits" or "Questions to ask a provider", which the text itself may be about.
_CONSULTATION_HEADING_PATTERN = re.compile(
    r"\b(?:consultation questions|questions (?:for|of|in) (?:(?:the|this|our|public|open) )*consultation"
    r"|questions (?:pour|de|a) (?:(?:la|cette) )?consultation"
    r"|(?:preguntas|perguntas) (?:para|de|da|a) (?:(?:la|a|esta) )?consulta"
    r"|maswali ya (?:mashauriano|maoni)"
    r"|\u0627\u0633\u064a\u0644\u0629 (?:\u0627\u0644|\u0644\u0644)"
    r"(?:\u062a\u0634\u0627\u0648\u0631|\u0627\u0633\u062a\u0634\u0627\u0631\u0629|\u0645\u0634\u0627\u0648\u0631\u0629))"
    r"(?: publique| publica)?$"
)
_QUESTION_NUMBER_PATTERN = re.compile(
    r"^(?:(?:Q|Question|Pregunta|Pergunta) ?\d{1,2}\s?[.):\u2013\u2014-]|\d{1,2}[.)])\s+", re.IGNORECASE
)


def remove_email_addresses(line: str) -> str:
    """Return a line without email addresses: inputs are sent on the site, and a summary is read by everyone."""
    return ADDRESS_PATTERN.sub("", line)


def split_cover_lines(document_blocks: Sequence[Block], title: str) -> tuple[list[Block], list[Block]]:
    """Return the lines above the first section that say which draft it is or until when it is open, and the rest."""
    cover: list[Block] = []
    rest: list[Block] = []
    is_cover = True
    for number, block in enumerate(document_blocks):
        is_cover = is_cover and number < MAX_COVER_BLOCKS and (_is_plain(block) or block.body == title)
        if is_cover and _is_plain(block) and _is_cover_line(block.body):
            cover.append(block)
        else:
            rest.append(block)
    return cover, rest


def _is_plain(block: Block) -> bool:
    return block.kind != HEADING_KIND and not block.number


def _is_cover_line(body: str) -> bool:
    if len(body) > MAX_COVER_LENGTH:
        return False
    has_year = re.search(r"\b20\d\d\b", body) is not None
    return has_year and (DRAFT_PATTERN.search(fold_text(body)) is not None or _has_deadline(body))


def _has_deadline(body: str) -> bool:
    return any(find_days_in_text(statement, date.min) for statement in _iter_deadlines(body))


def _iter_deadlines(line: str) -> Iterator[str]:
    statements = (each for each in STATEMENT_END_PATTERN.split(line) if len(each) <= MAX_STATEMENT_LENGTH)
    return (each for each in statements if DEADLINE_PATTERN.search(fold_text(each)))


def find_last_day_to_respond(lines: Iterable[str], today: date, *, only_requests: bool = False) -> date | None:
    """Return the last day for comments that these lines give, if it is to come.

    With `only_requests`, a line must ask for comments: in the text itself, others may be about comments as well.
    """
    for line in lines:
        for statement in _iter_deadlines(line):
            if only_requests and not _REQUEST_PATTERN.search(fold_text(statement)):
                continue
            days = find_days_in_text(statement, today)
            if days and days[-1] > today:
                return days[-1]
    return None


def list_consultation_questions(parts: Iterable[tuple[str, str]]) -> list[str]:
    """Return the questions below a heading such as "Questions for consultation". `parts` are kinds and bodies."""
    questions = [
        line
        for _heading, _number, body in _iter_parts_below_questions_heading(parts)
        for line in _split_lines(body)
        if _is_question(line)
    ]
    return questions[:MAX_QUESTIONS]


def find_parts_that_only_ask(parts: Sequence[tuple[str, str]], questions: Iterable[str]) -> set[int]:
    """Return the positions of the parts below a heading about the consultation that ask these questions, and of it.

    No positions if something else is below such a heading, such as a question that is not among these, if the next
    section asks as well, or if nothing else is in the text.
    """
    asked = {line for question in questions for line in _split_lines(question)}
    found: set[int] = set()
    heading: int | None = None
    is_next_section = False
    for number, (kind, body) in enumerate(parts):
        lines = _split_lines(body)
        if kind == HEADING_KIND:
            is_next_section = heading is not None
            heading = number if _CONSULTATION_HEADING_PATTERN.search(fold_text(body)) else None
        elif heading is not None and lines and asked.issuperset(lines):
            found |= {heading, number}
        elif heading is not None or (is_next_section and any(map(_is_question, lines))):
            return set()
    return found if len(found) < len(parts) else set()


def _iter_parts_below_questions_heading(parts: Iterable[tuple[str, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield the position of the heading, and the position and the body of each part below it."""
    heading: int | None = None
    for number, (kind, body) in enumerate(parts):
        if kind == HEADING_KIND:
            heading = number if QUESTIONS_HEADING_PATTERN.search(fold_text(body)) else None
        elif heading is not None:
            yield heading, number, body


def _split_lines(body: str) -> list[str]:
    """Return the lines that are not empty, without the number of a question: questions are numbered on the site."""
    return [
        written for line in body.splitlines() if (written := _QUESTION_NUMBER_PATTERN.sub("", " ".join(line.split())))
    ]


def _is_question(line: str) -> bool:
    return line.endswith(("?", "\u061f")) and len(line) <= MAX_QUESTION_LENGTH

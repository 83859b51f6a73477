"""Numbers in a register before an item: "SC14/D2 The fee is ...", "Beschluss 4: ...", "SC14/A3 Ana to ..."."""

import re

_LINE_START = r"[\s*_•·-]{0,8}"
# "SC14/D2", "EB-12/Dec. 4", "GT4/R1": meeting, kind and number.
_NUMBER = r"[- .]?\d{1,3}[a-z]?"
# Without a number of the meeting it may be a person's initials, "W.A. 1", so that a sign must follow.
_MEETING = (
    r"(?:[A-Z]{1,6}[- ]?\d{1,4}[/.]|[A-Z]{2,6}/"
    rf"|[A-Z]{{1,6}}[/.](?=[A-Z][a-zé]{{0,2}}\.?{_NUMBER}(?:\s?\(|\s?[:–—]|\s-)))"
)
# "Res. 2026-03", "DEC-2026-4", "Beschluss 3 neu", "Acuerdo n.º 2".
_WORD_AND_NUMBER = (
    r"(?:Res|Dec|Déc|RES|DEC)\.?[- ]?(?:[Nn][o°º]\.? ?)?(?:19|20)\d\d[-/]\d{1,3}"
    r"|(?i:beschl(?:uss|uß)|acuerdo|deliberação|deliberación|besluit|delibera|décision|decisión|decisão"
    r"|keputusan|uamuzi|القرار|قرار)"
    r" (?i:nr\.? ?|n[.o°º]{1,2} ?)?(?:(?:19|20)\d\d[-/])?\d{1,3}(?: (?i:neu|bis|new))?"
)
_RESULT = r"(?:\s?\((?P<result>[^()]{1,60})\))?"
_JOINT = r"(?P<joint>\s?[:–—]|\s-|\.(?=\s))?\s+(?=[^\W_]|[“\"«„])"
DECISION_REFERENCE_PATTERN = re.compile(
    rf"{_LINE_START}(?:{_MEETING}(?:D|R|Dec|Déc|Res|DEC|RES)\.?{_NUMBER}|{_WORD_AND_NUMBER}){_RESULT}{_JOINT}"
)
ACTION_REFERENCE_PATTERN = re.compile(rf"{_LINE_START}{_MEETING}(?:A|AP|AI|Act)\.?{_NUMBER}{_JOINT}")

# "D2: the code is adopted", in a document that counts its decisions so; elsewhere it may be a day or a document.
SHORT_DECISION_REFERENCE_PATTERN = re.compile(
    rf"{_LINE_START}D[-. ]?\d{{1,2}}[a-z]?{_RESULT}(?P<joint>\s?[:–—]|\s-|\.(?=\s))\s+(?=[^\W_]|[“\"«„])"
)
SHORT_NUMBER_PATTERN = re.compile(
    r"(?:^|[\n(]|[.;!?:»”\"] )[\s*_•·-]{0,8}D[-. ]?(?P<number>\d{1,2})[a-z]?(?=\s?[:–—)]|\.\s)"
)
SHORT_NUMBER_BEHIND_PATTERN = re.compile(r"\(D[-. ]?\d{1,2}[a-z]?\)")
MIN_NUMBERED_DECISIONS = 2
# "GA26/4. A task team is created": a resolution, where nearly all that is numbered so decides something.
RESOLUTION_NUMBER_PATTERN = re.compile(
    rf"{_LINE_START}[A-Z]{{1,6}}[- ]?\d{{1,4}}/\d{{1,3}}(?P<joint>\s?[:–—]|\s-|\.)\s+(?=[^\W\d_a-z]|[“\"«„])"
)
_NUMBERED_LINE_PATTERN = re.compile(
    rf"^{RESOLUTION_NUMBER_PATTERN.pattern}(?P<words>[^\n]*(?:\n(?!\n)[^\n]*)?)", re.MULTILINE
)
RESOLVING_PATTERN = re.compile(
    r"\b(?:approv|adopt|agree|decid|resolv|creat|elect|re-elect|confirm|endorse|ended|ends|appoint|accept|mandat|admit"
    r"|establish|set up|will be held|took note|takes note|instruct|authori"
    r"|approuv|adopt|décid|crée|créé|élu|confirm|nomm|désign|prend acte|pris acte|aura lieu|se tiendra"
    r"|aprueb|aprob|acuerd|acord|decid|decis|crea|elig|eleg|nombr|ratific|tendrá lugar|se celebrará"
    r"|aprov|cria|elei|nome|terá lugar|realizar-se-á"
    r"|beschl|genehmig|wähl|gewählt|einsetz|angenommen)",
    re.IGNORECASE,
)
MIN_RESOLVING_SHARE = 3 / 4


def has_numbered_decisions(text: str) -> bool:
    """Whether a document counts its decisions as "D1", "D2"; days and documents have other numbers beside them."""
    numbers = [int(match["number"]) for match in SHORT_NUMBER_PATTERN.finditer(text)]
    is_in_order = numbers == sorted(numbers) and numbers[:1] <= [MIN_NUMBERED_DECISIONS]
    return is_in_order and len(set(numbers)) >= MIN_NUMBERED_DECISIONS


def has_numbered_resolutions(text: str) -> bool:
    """Whether what a document numbers as "GA26/1", "GA26/2" are resolutions, and not the items of an agenda."""
    numbered = [match["words"] for match in _NUMBERED_LINE_PATTERN.finditer(text)]
    resolving = sum(RESOLVING_PATTERN.search(words) is not None for words in numbered)
    return len(numbered) >= MIN_NUMBERED_DECISIONS and resolving >= len(numbered) * MIN_RESOLVING_SHARE


def join_number_with_sentence(phrase: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places of sentences, where the number of a resolution is no sentence of its own."""
    match = RESOLUTION_NUMBER_PATTERN.match(phrase)
    if match is None or len(spans) < MIN_NUMBERED_DECISIONS or spans[1][0] > match.end():
        return spans
    return [(spans[0][0], spans[1][1]), *spans[2:]]


def starts_with_item_reference(text_line: str) -> bool:
    """Whether a line begins with such a number, and so does not go on with the line before."""
    patterns = (DECISION_REFERENCE_PATTERN, SHORT_DECISION_REFERENCE_PATTERN, ACTION_REFERENCE_PATTERN)
    return any(pattern.match(text_line) for pattern in patterns)

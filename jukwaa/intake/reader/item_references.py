"""Numbers in a register before an item: "SC14/D2 The fee is ...", "Beschluss 4: ...", "SC14/A3 Ana to ..."."""

import re

_LINE_START = r"[\s*_•·-]{0,8}"
# "SC14/D2", "EB-12/Dec. 4", "GT4/R1": meeting, kind and number; "D6/3", "Dec. 6/3": kind, meeting and number.
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
    r" (?i:nr\.? ?|n[.o°º]{1,2} ?)?(?:(?:19|20)\d\d[-/])?\d{1,3}(?:\.\d{1,2})?(?: (?i:neu|bis|new))?"
)
_RESULT = r"(?:\s?\((?P<result>[^()]{1,60})\))?"
_JOINT = r"(?P<joint>\s?[:–—]|\s-|\.-|\.(?=\s))?\s+(?=[^\W_]|[“\"«„])"
DECISION_REFERENCE_PATTERN = re.compile(
    rf"{_LINE_START}(?:{_MEETING}(?:D|R|Dec|Déc|Res|DEC|RES)\.?{_NUMBER}"
    rf"|(?:D|Dec\.?|Déc\.?|Res\.?) ?\d{{1,3}}/\d{{1,3}}|{_WORD_AND_NUMBER}){_RESULT}{_JOINT}"
)
ACTION_REFERENCE_PATTERN = re.compile(rf"{_LINE_START}{_MEETING}(?:A|AP|AI|Act)\.?{_NUMBER}{_JOINT}")
# "ACUERDO 1.", "Acuerdo n.º 2:", "DECISIÓN 3.": the label alone, with the sign that ends it
_DECISION_LABEL = (
    r"(?:ACUERDO|Acuerdo|DECISI[ÓO]N|Decisi[óo]n|DÉCISION|Décision|DECISÃO|Decisão|DELIBERA(?:ÇÃO|CIÓN)"
    r"|Delibera(?:ção|ción)|R[EÉ]SOLUTION|R[eé]solution|BESCHLUSS|Beschlu(?:ss|ß))"
    r"\s(?:[Nn](?:r|\W?[o°º])\.?\s?)?\d{1,3}(?:[./]\d{1,4})?\s?[.:–—]"
)
DECISION_LABEL_PATTERN = re.compile(rf"\W*{_DECISION_LABEL}")
# Behind the remarks of the same cell or line
INNER_DECISION_LABEL_PATTERN = re.compile(rf"(?<=[.!?;»)])\s+(?={_DECISION_LABEL}\s+[^\W\d_])")

RESOLVING_PATTERN = re.compile(
    r"\b(?:approv|adopt|agree|decid|resolv|creat|elect|re-elect|confirm|endorse|ended|ends|appoint|accept|mandat|admit"
    r"|establish|set up|will be held|took note|takes note|instruct|authori"
    r"|approuv|adopt|décid|crée|créé|élu|confirm|nomm|désign|prend acte|pris acte|aura lieu|se tiendra"
    r"|aprueb|aprob|acuerd|acord|decid|decis|crea|elig|eleg|nombr|ratific|tendrá lugar|se celebrará"
    r"|aprov|cria|elei|nome|terá lugar|realizar-se-á"
    r"|beschl|genehmig|wähl|gewählt|einsetz|angenommen)",
    re.IGNORECASE,
)


def starts_with_item_reference(text_line: str) -> bool:
    """Whether a line begins with such a number, and so does not go on with the line before."""
    patterns = (DECISION_REFERENCE_PATTERN, ACTION_REFERENCE_PATTERN)
    return any(pattern.match(text_line) for pattern in patterns)

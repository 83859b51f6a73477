"""Who chairs something else: the next meeting, or a working group, and not the meeting of the report."""

import re

_MEETING = (
    r"(?:meetings?|mtg|calls?|sessions?|assembly|plenary|workshop|réunion|séance|plénière|assemblée|reunión|sesión"
    r"|plenaria|asamblea|reunião|sessão|assembleia)"
)
_GROUP = (
    r"(?:(?:sub-?)?groups?|(?:sub-?)?committees?|task ?force|taskforce|team|panel|board|wg|network|council"
    r"|groupe(?: de travail)?|comité|commission|grupo(?: de traba(?:jo|lho))?|comisión|comissão)"
)
# Behind the last full stop before "chaired by": "The next meeting will be ", "thanked the committee ".
OTHER_MEETING_PATTERN = re.compile(
    rf"\b(?:next|last|previous|following|upcoming|coming|earlier|future)(?: [\w-]+){{0,2}} {_MEETING}\b"
    rf"|\b(?:prochaine|dernière|précédente|próxima|última) {_MEETING}\b"
    rf"|\b{_MEETING} (?:prochaine|suivante|précédente|anterior|siguiente|seguinte|passée|pasada|passada)\b"
    r"|(?<!this meeting )\b(?:(?:will|would|shall|should|can|could|may|might|must|to) be|sera|será)(?: \w+)? $",
    re.IGNORECASE,
)
OTHER_GROUP_PATTERN = re.compile(
    rf"\b(?:the|an?|our|its|their|each|le|la|un|une|el|una|o|um|uma|do|da|del)(?: [\w-]+){{0,3}} {_GROUP}"
    r"(?: (?:that|which)(?: (?:is|are|was))?)? $",
    re.IGNORECASE,
)
THIS_MEETING_PATTERN = re.compile(
    rf"\b(?:minutes|notes|record|compte rendu|acta|ata)\b|\b{_MEETING} (?:of|du|de|del|do|da)\b", re.IGNORECASE
)
MAX_LENGTH = 250  # letters before the words for the chair that count


def chairs_something_else(text: str, start: int) -> bool:
    """Whether the words before "chaired by", which begins at `start`, say that it is not about this meeting."""
    before = re.split(r"[.;!?]\s|\n", text[max(0, start - MAX_LENGTH) : start])[-1]
    if OTHER_MEETING_PATTERN.search(before):
        return True
    return OTHER_GROUP_PATTERN.search(before) is not None and THIS_MEETING_PATTERN.search(before) is None

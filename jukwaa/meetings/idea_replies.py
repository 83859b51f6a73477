"""What a reply to an email about an idea says: pure, from its own words. Quoted text is gone already."""

import re
from dataclasses import dataclass

# The whole first line, in the languages of the interface. “I support the first half” is none of these.
SUPPORT_PHRASES = frozenset(
    {
        *("+1", "support", "i support", "i support this", "i support it", "i support this idea", "we support this"),
        *("we support", "we support it", "we support this idea", "supported"),
        *("soutien", "je soutiens", "je soutiens cette idée", "nous soutenons", "nous soutenons cette idée"),
        *("apoyo", "lo apoyo", "apoyo esta idea", "apoyamos", "lo apoyamos", "apoyamos esta idea"),
        *("أؤيد", "أؤيد هذه الفكرة", "نؤيد", "نؤيد هذه الفكرة", "أدعم", "أدعم هذه الفكرة", "ندعم", "ندعم هذه الفكرة"),
    }
)
COMMENT_PREFIX_PATTERN = re.compile(
    r"\s*(?:comment|commentaire|comentario|تعليق)\s*[:\uff1a]\s*(?P<text>.+)", re.IGNORECASE | re.DOTALL
)
STRIPPED_REPLY_CHARACTERS = " .!,;:\u060c\"'*_\u201c\u201d\u00ab\u00bb"
DIACRITICS_PATTERN = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u0640]"
)  # Arabic vowel signs and the stroke that stretches words


@dataclass(frozen=True)
class IdeaReply:
    """What is meant: support, a comment, or neither."""

    is_support: bool = False
    comment: str = ""


def parse_idea_reply(text: str) -> IdeaReply:
    if found := COMMENT_PREFIX_PATTERN.fullmatch(text.strip()):
        return IdeaReply(comment=found["text"].strip())
    first = next((line for line in text.splitlines() if line.strip()), "")
    words = " ".join(DIACRITICS_PATTERN.sub("", first).casefold().split()).strip(STRIPPED_REPLY_CHARACTERS)
    return IdeaReply(is_support=words in SUPPORT_PHRASES)

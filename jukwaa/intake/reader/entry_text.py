"""The text that a suggestion enters, without what a program or an email put around it."""

import re

from jukwaa.intake.reader.footnote_marks import remove_footnote_marks
from jukwaa.intake.reader.markup import STRUCK_TEXT_PATTERN
from jukwaa.intake.reader.speech import CHAT_SPEAKER_PATTERN

# "Send the forms (done)"
DONE_PATTERN = re.compile(r"[(\[](done|completed?|closed|hech[oa]|faite?|feit[oa]|erledigt)[)\]]\W*$", re.IGNORECASE)
_DONE = r"done|completed?|hech[oa]|fait(?:es?|s)?|terminée?|feit[oa]|concluíd[oa]|erledigt|imefanyika"
# "Send the forms - done", "ouvrir un dossier fait en séance"
# "Send the forms - Ana - done 20/8", "... - not started, carry over to 7 Oct"
STATUS_BEHIND_STROKE_PATTERN = re.compile(
    rf"(?:\s(?:[-–—→|]|[-=]>)|(?<=\w)\s?:)\s*(?P<word>(?:{_DONE})(?=[ :]*(?:(?:on|le|el|em|am) )?\d[\w./ -]{{0,20}}\W*$"
    r"|,|\s[:;]-?\)|\W*$)"
    r"|(?:not (?:yet )?(?:started|done)|in progress|ongoing|on hold|carr(?:y|ied) (?:over|forward)|dropped|cancelled"
    r"|withdrawn|pas commencée?s?|en cours|reportée?s?|abandonnée?s?|annulée?s?|no iniciad[oa]s?|en curso|aplazad[oa]s?"
    r"|cancelad[oa]s?|não iniciad[oa]s?|em (?:curso|andamento)|adiad[oa]s?|(?:قيد التنفيذ|لم يبدأ|مؤجل|ملغى))"
    r"(?=\s*(?:$|[,;:.(–—-]|(?:to|until|au|à|al|a|para|hasta|até|إلى)\s)))",
    re.IGNORECASE,
)
DONE_AT_END_PATTERN = re.compile(
    rf"(?:\s(?:[-–—→]|[-=]>)\s*(?P<word>{_DONE})(?:,? (?:thanks|thank you|merci|gracias|obrigad[oa]))?"
    rf"|(?:[\s,;:.–—-]|^)(?P<word_in_meeting>{_DONE})\s"
    r"(?:in|at|during|en|na|pendant|lors de|durante|in der)\s(?:the |la |a )?"
    r"(?:meeting|call|session|séance|réunion|reunión|sesión|reunião|sessão|sitzung))\W*$",
    re.IGNORECASE,
)
TICK_PATTERN = re.compile(r"[\s*_•·-]{0,8}[☑✅✔✓]")
TICKED_STATUS = "done"
# In "ACTION 3/26: Ana to send the list" there is no date.
MARK_NUMBER_PATTERN = re.compile(
    r"^\W*(?:action|AP|AI|task)s?(?: (?:item|point))? (?:no\.? )?#?[A-Z]{0,3}-?\d[\w./-]*\s?:", re.IGNORECASE
)
QUOTE_MARK_PATTERN = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
CHECKBOX_PATTERN = re.compile(r"^\s*\[[ xX✓✔?]?\]\s+")
# "✅ **DECIDED** the gate is closed": signs of an editor or a chat, no words.
SIGN_PATTERN = re.compile(r"^[\s☐□⬜✅☑✔✓🔴🟢🟡⭐🌟📌👉➡▶❗❕🗳\ufe0f]+(?=[\w*_“\"«(])")
EMPHASIS_PATTERN = re.compile(r"(?<![\w*])(?P<mark>\*\*|__)(?=\S)(?P<words>[^*_\n]+?)(?<=\S)(?P=mark)(?![\w*])")
# "DECISION: the fee stays", "Décision n° 1 : le budget est approuvé"; numbers in a register say which one it is.
DECISION_LABEL_PATTERN = re.compile(
    r"[\s*_•·-]{0,8}(?:decisions?|décisions?|decisión|decisiones|decisão|decisões|beschluss|(?:ال)?قرار)"
    r"(?:\s(?:n[.°ºo]{0,3}\s?|#|رقم )?\d{1,3})?\s?[*_]{0,2}\s?[:：–—][*_]{0,2}\s+(?=[\w“\"«'(])",
    re.IGNORECASE,
)
# "@00:15:02", "[00:04:12]": where in the recording it was said.
RECORDING_TIME_PATTERN = re.compile(r"\s*(?:@\s?\d{1,2}:\d\d(?::\d\d)?|[\[(]\d{1,2}:\d\d:\d\d[\])])(?=\W*(?:\s|$))")


def find_done_mark(phrase: str, *, is_first: bool) -> str:
    """The word or the sign that says how far a task is, or that it was done; nothing where there is none."""
    if match := DONE_PATTERN.search(phrase):
        return match[1]
    if match := DONE_AT_END_PATTERN.search(phrase):
        return match["word"] or match["word_in_meeting"]
    if match := STATUS_BEHIND_STROKE_PATTERN.search(phrase):
        return match["word"]
    return TICKED_STATUS if is_first and TICK_PATTERN.match(phrase) else ""


def strip_recording_time(phrase: str) -> str:
    """The words without the time of a recording at their end, behind which an owner would not be found."""
    found = list(RECORDING_TIME_PATTERN.finditer(phrase))
    return phrase[: found[-1].start()] if found and not phrase[found[-1].end() :].strip() else phrase


def clean_entry_text(quote: str) -> str:
    """The words without marks of quoted emails, boxes and times of a recording; nothing where there are none."""
    cleaned = RECORDING_TIME_PATTERN.sub("", CHECKBOX_PATTERN.sub("", QUOTE_MARK_PATTERN.sub("", quote)))
    valid = " ".join(STRUCK_TEXT_PATTERN.sub("", cleaned).split())
    cleaned = valid if re.search(r"\w", valid) and STRUCK_TEXT_PATTERN.search(cleaned) else cleaned
    cleaned = CHAT_SPEAKER_PATTERN.sub("", cleaned, count=1) if CHAT_SPEAKER_PATTERN.match(cleaned) else cleaned
    cleaned = EMPHASIS_PATTERN.sub(lambda match: match["words"], SIGN_PATTERN.sub("", remove_footnote_marks(cleaned)))
    return cleaned.strip() if cleaned.strip() != quote.strip() else ""


def build_entry_text(kind: str, words: str, quote: str) -> str:
    """What a suggestion says, in `words` or else in its `quote`; nothing where that is the quote unchanged."""
    text = clean_entry_text(words or quote) or words
    label = DECISION_LABEL_PATTERN.match(text or quote) if kind == "decision" else None
    told = (text or quote)[label.end() :] if label else text
    return text if told == quote else told

"""The voice of the interface: words that VOICE rules out, each with what to write instead.

Only patterns that are recognised without false alarms are here. The rest is the affair of a reader.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

PROJECT_FOLDER = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class VoiceRule:
    """A pattern of words that are not written, what to write instead, and an example of each."""

    pattern: str
    instead: str
    bad: str
    good: str

    def is_found_in(self, text: str) -> bool:
        return re.search(self.pattern, text, re.IGNORECASE) is not None


OBJECT_PATTERN = r"(?: it| them| this| that| these| those)?"
# Sentences that begin with an "it" that stands for nothing: "It is not known whether ...".
IMPERSONAL_WORDS = (
    r"(?:is|was|will be|may be|might be|can be|has been)(?: also| always| often| never| still| now)?"
    r"(?: not)?(?: yet)?(?: too| very)? "
    r"(?:possible|impossible|known|clear|unclear|certain|uncertain|likely|unlikely|late|early|best|better|important|necessary|"
    r"easy|easier|hard|difficult|useful|helpful|recommended|required|safe|enough)\b"
    r"|(?:may|can|could|will|might)? ?takes?\b|looks (?:as if|like)\b|seems\b|depends\b|helps\b"
)

VOICE_RULES = [
    # ---- terms that have another name
    VoiceRule(
        r"(?<!help )(?<!training )\bdesks?\b", "tasks, or report import", "Back to your desk", "Back to your tasks"
    ),
    VoiceRule(r"\bfront pages?\b", "home", "Go to the front page", "Go to the home page"),
    VoiceRule(
        r"\b(?:tak(?:e|es|en|ing)|took)(?: [\w’']+){0,4} along\b",
        "download",
        "Take this list along:",
        "Download this list",
    ),
    VoiceRule(
        r"\b(?:bring|brings|bringing|brought)" + OBJECT_PATTERN + r" in\b",
        "import",
        "Bring in a table",
        "Import a spreadsheet",
    ),
    VoiceRule(
        r"\bread" + OBJECT_PATTERN + r" in(?=[.,;:!?]|$)",
        "import",
        "The report is read in.",
        "The report has been imported.",
    ),
    VoiceRule(r"\bthis reading\b", "this import", "This reading was given up.", "This import has been cancelled."),
    VoiceRule(r"\bnudg(?:e|es|ed|ing)\b", "send a reminder", "Nudge them", "Send a reminder"),
    VoiceRule(
        r"(?<!own )\bvoices?\b(?! (?:calls?|messages?|recordings?|notes?)\b)",
        "who has responded, or responses",
        "Whose voice is missing",
        "Who has not responded",
    ),
    VoiceRule(
        r"\bcall(?:s|ed|ing)?" + OBJECT_PATTERN + r" off\b",
        "cancel",
        "This date was called off.",
        "This date has been cancelled.",
    ),
    VoiceRule(
        r"\bke(?:ep|eps|pt|eping)" + OBJECT_PATTERN + r" aside\b",
        "quarantine",
        "It is kept aside.",
        "The file is in quarantine.",
    ),
    VoiceRule(
        r"\b(?:records?|comments?|texts?|files?|replies|reply|items?|versions?) (?:is|are|was|were|be|been) held\b"
        r"(?! (?:under|on|at|in)\b)"
        r"|\bwhat (?:is|was) held\b|^held$|\bhold the record\b|\bheld (?:mail|records?|comments?)\b",
        "quarantine",
        "This record is held.",
        "This record is in quarantine. The meeting was held in Nairobi.",
    ),
    VoiceRule(r"\bpurg(?:e|es|ed|ing)\b", "delete permanently", "Purge it", "Delete permanently"),
    VoiceRule(
        r"(?<!child sexual )\babuse material\b|\babuse of children\b",
        "child sexual abuse material",
        "material of the abuse of children",
        "child sexual abuse material",
    ),
    VoiceRule(
        r"(?<!voice )\be?-?\bmails?\b(?! (?:servers?|programs?|merge)\b)|\bmailed\b",
        "email",
        "You are told by mail.",
        "We will email you. This email came to the mailing list; your mail server sent it.",
    ),
    VoiceRule(r"\bin the making\b", "draft", "The text in the making", "The draft"),
    VoiceRule(r"\bstill true\b", "is this still up to date?", "Is it still true?", "Is this still up to date?"),
    VoiceRule(
        r"\bwhat (?:has |will |may )?(?:came|come|comes|become|becomes) of\b|\b(?:came|come) of it\b",
        "outcomes",
        "What came of it",
        "Outcomes",
    ),
    VoiceRule(r"\bnever again\b", "do not contact", "Never again", "Do not contact"),
    VoiceRule(r"\bsorts? of help\b", "type of help", "Another sort of help", "Another type of help"),
    VoiceRule(r"\bprospects?\b", "prospective member", "Add a prospect", "Add a prospective member"),
    VoiceRule(
        r"\bsecond readers?\b|\bclose looks?\b", "reviewer, additional checks", "Ask a second reader", "Ask a reviewer"
    ),
    VoiceRule(r"\bplans? sleeps?\b|\bsleeping plans?\b", "inactive", "This plan sleeps.", "This plan is inactive."),
    VoiceRule(r"^together$", "Cooperation, or Total", "Together", "Total"),
    VoiceRule(
        r"^whose (?:\w+ )?it is\b|\bwhose (?:(?:text|file|page|plan|draft|record|offer|need) )?it is\b",
        "the organisation, or name the field",
        "Whose text it is",
        "Organisation that owns the text. People can look up whose case it is.",
    ),
    # ---- private verbs and inversions
    VoiceRule(
        r"(?<!next )(?<!news)\b(?:stands?|stood)\b(?! (?:aside|for|out)\b)",
        "is, or status",
        "Say how it stands",
        "Update status, or stand aside. Each dot stands for 5 members.",
    ),
    VoiceRule(
        r"\b(?:tak(?:e|es|en|ing)|took)" + OBJECT_PATTERN + r" back\b",
        "withdraw",
        "You can take it back at any time.",
        "You can withdraw it at any time.",
    ),
    VoiceRule(r"\bmend(?:s|ed|ing)?\b", "correct", "Rows to mend", "Rows that need correcting"),
    VoiceRule(
        r"\b(?:speaks?|spoke|spoken|speaking) for\b(?! the first time)|\bfor whom (?:you|they|we|he|she|it) speaks?\b",
        "represent",
        "For whom you speak",
        "You represent: say so when you speak for the first time",
    ),
    VoiceRule(
        r"\b(?:has|have) not spoken\b", "has not responded", "ECPAT has not spoken yet.", "ECPAT has not responded yet."
    ),
    VoiceRule(
        r"\b(?:hears?|heard) of (?:it|this|that|them)\b",
        "we will notify",
        "Whoever wrote it hears of it.",
        "We will notify the author.",
    ),
    VoiceRule(
        r"\b(?:is|are) told\b(?! apart)",
        "we will email, or is notified",
        "The applicant is told.",
        "We will email the applicant.",
    ),
    VoiceRule(r"\blately\b", "recently", "Answered lately", "Answered recently"),
    VoiceRule(r"\banew\b", "again", "Publish it anew", "Publish the text again"),
    VoiceRule(
        r"\b(?:thereof|therein|thereby|whereof|wherein|whereby|hereby|herein|herewith|henceforth|forthwith)\b",
        "say what is meant",
        "The record, or a part thereof",
        "The record, or part of the record",
    ),
    VoiceRule(
        r"(?<!because )(?<!part )(?<!all )(?<!most )(?<!some )(?<!any )(?<!none )(?<!half )(?<!both )(?<!instead )"
        r"(?<!outside )(?<!ahead )(?<!aware )(?<!out )(?<!copy )(?<!translation )(?<!offer )\bof it[.!?]?$",
        "name the thing, or turn the sentence round",
        "Its own page says nothing of it.",
        "The page does not mention the plan. You can delete part of it.",
    ),
    # ---- persons, buttons
    VoiceRule(
        r"\bwho(?:ever|mever|soever)\b",
        "only X can, anyone who, or the person",
        "Whoever leads the plan decides.",
        "Only the plan lead can decide.",
    ),
    VoiceRule(r"\bsomebody\b", "someone, a person, or the role", "Somebody asks to lead", "A member asks to lead"),
    VoiceRule(
        r"\boneself\b|\bone[’']s own\b|\b(?:what|where|how|whom|when|if|as|than) one "
        r"(?:can|could|may|must|has|sees|reads|knows|needs|does|likes|writes|wants)\b",
        "you",
        "What one sees",
        "What you can see",
    ),
    VoiceRule(r"\bif you like\b", "(optional)", "A name, if you like", "Name (optional)"),
    VoiceRule(
        r"^(?:leave it(?: as it is| be)?\.?|let it\b.*)$",
        "Cancel, or a verb and its object",
        "Let it read so again",
        "Restore this version",
    ),
    VoiceRule(r"^say so\b", "say where the link leads", "Say so", "Report a mistake in this record"),
    VoiceRule(
        r"^it (?!" + IMPERSONAL_WORDS + ")",
        "name the thing",
        "It is asked for.",
        "It is not known how the form counts. Your request has been sent.",
    ),
    VoiceRule(r"^they\b", "name the people or things", "They are asked by email.", "We will email the reviewers."),
]


def list_interface_messages() -> list[tuple[str, str]]:
    """Every sentence of the interface, singular and plural apart, with the files in which it is."""
    catalogue: Any = run_path(str(PROJECT_FOLDER / "bin" / "messages"))["gathered"]()
    return [
        (text, ", ".join(sorted({str(path).removeprefix("jukwaa/") for path, _line in message.locations})))
        for message in catalogue
        if message.id
        for text in (message.id if isinstance(message.id, tuple) else (message.id,))
    ]


@pytest.mark.parametrize("rule", VOICE_RULES, ids=lambda rule: rule.bad)
def test_voice_rule_matches_bad_example_and_not_good_one(rule):
    assert (rule.is_found_in(rule.bad), rule.is_found_in(rule.good)) == (True, False)


@pytest.mark.parametrize("rule", VOICE_RULES, ids=lambda rule: rule.bad)
def test_voice_replacement_breaks_no_other_rule(rule):
    assert [other.bad for other in VOICE_RULES if other.is_found_in(rule.good)] == []


def test_interface_uses_no_discouraged_word():
    faults = [
        f"{files}: “{text}”\n    instead of what is in “{rule.bad}”, write: {rule.instead}"
        for text, files in list_interface_messages()
        for rule in VOICE_RULES
        if rule.is_found_in(text)
    ]
    assert faults == [], f"{len(faults)} sentences:\n" + "\n".join(faults)


TEMPLATE_FILES = sorted(path for path in (PROJECT_FOLDER / "jukwaa").rglob("*.html") if "templates" in path.parts)
SENTENCE_PATTERN = r"""\{%\s*translate\s+["'](?P<text>[^"']+)["'][^%]*%\}"""
SHORT_MESSAGES = re.compile(
    rf"<(?P<tag>button|h[1-6]|th|legend|label|dt|summary)\b[^<>]*>\s*{SENTENCE_PATTERN}\s*</(?P=tag)>"
)


def test_buttons_and_headings_have_no_full_stop():
    faults = [
        f"{path.relative_to(PROJECT_FOLDER)}: <{found['tag']}> “{found['text']}”"
        for path in TEMPLATE_FILES
        for found in SHORT_MESSAGES.finditer(path.read_text())
        if re.search(r"(?<!\.\.)\.$", found["text"])
    ]
    assert faults == []


def test_singular_message_shows_numeral_like_plural():
    """“1 input, 2 inputs”, not “one input, 2 inputs”: readers look for figures, and other languages count otherwise."""
    catalogue: Any = run_path(str(PROJECT_FOLDER / "bin" / "messages"))["gathered"]()
    faults = [
        f"“{message.id[0]}”: write the placeholder of “{message.id[1]}”"
        for message in catalogue
        if isinstance(message.id, tuple)
        and re.search(r"\bone\b", message.id[0], re.IGNORECASE)
        and not re.search(r"\bone\b", message.id[1], re.IGNORECASE)
    ]
    assert faults == []

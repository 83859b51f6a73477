"""Offers of help, and interest shown."""

from jukwaa.intake.reader.cue import ANYTHING, FAIR, STRONG, WEAK, Cue
from jukwaa.intake.reader.marking import gettext_noop as _
from jukwaa.intake.reader.subjects import ACTING

HELPING = (
    "help|assist|support|provide|host|share|contribute|take|do|join|work|lead|write|review|draft|send|give|"
    "serve|run|organi[sz]e|present|act|make|look|sponsor|fund|translate|facilitate|chair|set|try|pick|put|"
    "participate|volunteer"
)
CUES = (
    Cue(
        "offer",
        "offered",
        _("somebody offered something"),
        ("offered", "offers", "offer", "offering", "volunteered", "volunteers", "volunteer"),
        r"\b(?P<v>(?:offered|offers|offer|is offering|are offering)) (?:to|its|their|his|her|the|a|an|"
        r"support|help|assistance|technical|space|[a-z]+ing)\b(?! (?:last year|in the past))|"
        r"\b(?P<w>volunteer(?:ed|s)?) (?:to|for|as)\b|\bcan offer\b|\b(?:an |the )?offer (?:was made|"
        r"of (?:help|support|assistance))",
        "The school offered its hall.",
        "The offered hall was cold.",
        ACTING,
        STRONG,
        quoted=True,
    ),
    Cue(
        "offer",
        "willing",
        _("somebody is willing, happy or ready to help"),
        (
            "willing",
            "happy",
            "glad",
            "ready",
            "pleased",
            "available",
            "prepared",
            "delighted",
            "willingness",
            "readiness",
        ),
        rf"\b(?:is|are|was|were|am|be|[’'](?:m|s|re)) (?:also |more than |very |always |quite |"
        rf"really )*(?:willing|happy|glad|ready|pleased|prepared|delighted|available) to (?:{HELPING})\b"
        r"|^\W*(?:[\w ]{1,20}: ?)?(?:happy|glad|willing|ready) to\b|\b(?:expressed|indicated|confirmed|"
        r"reiterated|declared|signalled) (?:its |their |his |her |a |the )?(?:willingness|readiness) to\b",
        "We are happy to host the autumn fair.",
        "We are happy with the autumn fair.",
        ANYTHING,
        STRONG,
        quoted=True,
    ),
    Cue(
        "offer",
        "can-share",
        _("says what could be shared or lent to others"),
        ("can", "could", "shared", "lend", "provide"),
        r"\b(?:can|could|would be able to) (?:also )?be (?:shared|made available|provided|lent|"
        r"offered) (?:with|to|by|for)\b|\b(?:i|we|(?-i:[A-Z])\w+) (?:can|could|would be able to|"
        r"[’']d be able to) (?:also )?(?:help|assist|provide|host|lend|contribute|volunteer|take (?:this|"
        r"that|it|care)|do (?:this|that|it)|share|support)\b",
        "Their templates can be lent to other towns.",
        "Their templates can be long.",
        ANYTHING,
        FAIR,
        quoted=True,
        question=False,
    ),
    Cue(
        "interest",
        "expressed",
        _("somebody expressed interest or a wish"),
        (
            "interest",
            "desire",
            "wish",
            "enthusiasm",
            "eagerness",
            "interested",
            "keen",
            "eager",
            "wished",
            "hope",
            "hopes",
            "hoped",
            "intention",
            "curious",
            "willingness",
            "happy",
        ),
        r"\b(?:expressed|showed|shared|declared|indicated|voiced|conveyed|confirmed|reiterated|stated|"
        r"signalled) (?:their |its |his |her |an? |the |great |much |some |strong |keen |considerable |"
        r"particular |his or her )*(?:interest|desire|wish|enthusiasm|eagerness|intention)\b"
        r"|\b(?:is|are|was|were|am|be|[’'](?:m|s|re)) (?:also |very |really |particularly |quite |still |"
        r"always )*(?:interested in|keen (?:to|on)|eager to|curious about|enthusiastic about)\b|\b(?:is|"
        r"are|was|were|am) (?:more than|very|extremely) happy (?!with|to (?:help|assist|support|provide|"
        r"host|share))|^\W*(?:interested in|keen to)\b|\b(?:there is|there was) (?:a |great |much |some |"
        r"strong |considerable |an |also |growing )*(?:interest|desire|appetite|enthusiasm)\b",
        "The school expressed great interest in the fair.",
        "The interest rate rose.",
        ANYTHING,
        FAIR,
        quoted=True,
    ),
    Cue(
        "interest",
        "would-like",
        _("somebody would like or wants to take part"),
        (
            "like",
            "want",
            "wants",
            "wanted",
            "wish",
            "wishes",
            "love",
            "looking",
            "looks",
            "look",
            "hopes",
            "hope",
            "wished",
            "hoped",
            "happy",
        ),
        r"\b(?:would|[’']d) (?:also |very much |really )*(?:like|love) (?!propos)to (?!propose|suggest|"
        r"thank|ask|request|know|hear|point|note|see|remind|move|invite|announce|inform|add)\w+|"
        r"\b(?P<v>(?:wants?|wanted|wish(?:es|ed)?)) to (?!know|ask|thank|point|make sure|ensure|note)[a-z]+"
        r"|\b(?P<w>(?:looks?|looking|looked)) forward to\b|\b(?P<x>(?:hopes?|hoped)) to [a-z]+",
        "The school wants to join the fair.",
        "The school wants paint.",
        ACTING | {"none"},
        WEAK,
        quoted=True,
        question=False,
    ),
)

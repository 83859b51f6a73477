"""Decisions: what a body settled, in the active, in the passive, by a marker or by a vote."""

from jukwaa.intake.reader.cue import ANYTHING, BODIES, FAIR, STRONG, WEAK, Cue
from jukwaa.intake.reader.lexicon import words
from jukwaa.intake.reader.marking import gettext_noop as _
from jukwaa.intake.reader.subjects import ACRONYM, BODY, IT, NONE, SOMEBODY, THING

KIND = "decision"
SETTLING = words(
    "approved adopted endorsed accepted rejected ratified resolved elected appointed authorised "
    "authorized mandated ruled re-elected reappointed voted declined postponed deferred tabled "
    "dissolved nominated passed amended confirmed selected chose"
)
SETTLED = "|".join(SETTLING)
PASSIVE = words(
    "approved adopted accepted carried passed rejected defeated deferred postponed tabled withdrawn "
    "elected re-elected appointed reappointed endorsed ratified resolved authorised authorized "
    "confirmed established selected ruled merged_by_vote"
)

CUES = (
    Cue(
        KIND,
        "marker",
        _("the line begins with a mark such as “Decision:” or “Resolved:”"),
        (
            "decision",
            "decisions",
            "decided",
            "resolved",
            "resolution",
            "agreed",
            "agreement",
            "consensus",
            "outcome",
            "conclusion",
            "approved",
            "motion",
        ),
        r"^\W*(?:final |group |board |key |the )?(?:decisions?|decided|resolved|resolution|agreed|"
        r"agreement|consensus|outcome|conclusion|approved)"
        r"(?: (?:no\.? ?)?[#\w./-]*\d[\w./-]*)?(?: \([^)]{1,40}\))?\s?(?::|[-–—] )|^\W*motion (?:carried|"
        r"passed|approved|adopted)",
        "DECISION 3: the fees stay as they are.",
        "Decision making takes too long.",
        ANYTHING,
        STRONG,
        "none",
    ),
    Cue(
        KIND,
        "it-was-agreed",
        _("says that it was agreed or decided"),
        ("agreed", "decided", "resolved", "determined"),
        r"\b(?P<v>it (?:was|is|has been|had been|being)) (?:further |also |then |finally |therefore |"
        r"(?:[a-z]+ly ))*(?:agreed|decided|resolved|determined)\b",
        "It was therefore agreed that two editors share the work.",
        "It was widely believed that editors agreed.",
        ANYTHING,
        STRONG,
        "object",
    ),
    Cue(
        KIND,
        "body-agreed",
        _("a body agreed or decided something"),
        (
            "agreed",
            "agree",
            "agrees",
            "decided",
            "decide",
            "decides",
            "resolved",
            "concluded",
            "determined",
            "settled",
            "opted",
            "consensus",
        ),
        r"\b(?P<v>(?:agreed|agrees?|decided|decides?|resolved|concluded|determined|opted|settled)) "
        r"(?!with\b|that (?:more|further|this is|it is|it was|there|this was)\b)(?:[a-z]+ly |in principle |"
        r"by consensus |by majority |not )*"
        r"(?:that|to|on|not|upon|for|against|:|the|a|an|[A-Z\d])",
        "The committee agreed to keep the fees.",
        "Some hosts decided to close early.",
        BODIES,
        STRONG,
        question=False,
        negated=True,
    ),
    Cue(
        KIND,
        "body-settled",
        _("a body approved, adopted, elected or rejected something"),
        tuple(SETTLING),
        rf"\b(?P<v>(?:{SETTLED})) (?:and \w+ )?(?:by \w+ |unanimously )?(?!that\b|by\b)(?:the|a|an|to|on|"
        rf"in|of|its|their|for|against|this|these|all|both|two|"
        r"three|her|him|[\w’'\"“(#-]+)",
        "The board approved the budget of the archive.",
        "The approved budget was printed.",
        frozenset({BODY, ACRONYM, NONE}),
        STRONG,
    ),
    Cue(
        KIND,
        "was-settled",
        _("says that something was approved, adopted, elected or put off"),
        tuple(PASSIVE),
        rf"\b(?P<v>(?:was|were|is|are)) {{adv}}(?:{'|'.join(PASSIVE)})\b"
        r"(?! (?:as (?:a )?(?:new )?members?|in (?:19|20)\d\d|last|earlier|speaker|papers?|because|when))",
        "The minutes of the previous meeting were approved.",
        "The minutes were circulated.",
        ANYTHING,
        STRONG,
        "agent",
        question=False,
    ),
    Cue(
        KIND,
        "carried",
        _("gives the result of a vote"),
        (
            "carried",
            "passed",
            "unanimously",
            "unanimous",
            "favour",
            "favor",
            "abstentions",
            "abstained",
            "m/s/c",
            "msc",
            "objections",
            "objection",
            "nem",
            "defeated",
            "approved",
            "agreed",
            "accepted",
            "adopted",
            "endorsed",
            "decision",
        ),
        r"\b(?:motion|resolution|amendment|vote|proposal)\b.{0,80}?\b(?:carried|passed|defeated|failed|"
        r"unanimous(?:ly)?)\b"
        r"|\bcarried unanimously|\bm/s/c\b|^msc\b|\ball (?:[\w]+ )?(?:were |voted )?in favou?r\b|"
        r"(?<!as )\b(?:agreed|accepted|approved|adopted|endorsed) by (?:all|consensus|everyone|acclamation|"
        r"(?:the )?(?:[\w-]+ )?(?:members|board|committee|council|meeting|group|trustees|directors|plenary|"
        r"assembly))\b|^\W*decision (?:to|that)\b|\b(?:no|without) objections?\b|\d+ in favou?r|"
        r"\d+ abstentions?"
        r"|\bnem\.? con\b|^\W*(?:carried|passed|approved|adopted)(?: unanimously)?\W*$",
        "The motion to extend the term was put and carried.",
        "She carried the motion text to the printer.",
        ANYTHING,
        STRONG,
        "none",
    ),
    Cue(
        KIND,
        "consensus",
        _("says that there was consensus"),
        ("consensus", "agreement", "decision"),
        r"\b(?:there (?:was|is)|(?:we|the \w+|group|members|participants) (?:have|has|had|reached|came to)|"
        r"reached|by) "
        r"(?:a |an |rough |broad |general |clear |full |unanimous |the )*(?:consensus|agreement)\b"
        r"|\bconsensus (?:was reached|is|was) (?:to|that|on|around|for)?|\bconsensus to\b|\b(?:the|a|final|"
        r"our) decision (?:was|is) (?:made |taken )?(?:to|that)\b"
        r"|\bdecision (?:was |has been )?(?:made|taken|reached) (?:to|that)\b",
        "There was broad consensus to rotate the chair.",
        "Consensus building is hard work.",
        ANYTHING,
        FAIR,
        "none",
    ),
    Cue(
        KIND,
        "deferred",
        _("says that something was put off"),
        ("deferred", "postponed", "tabled", "adjourned", "held", "carried", "put", "pushed"),
        r"\b(?:discussion|item|decision|consideration|matter|issue|vote|topic|business|this)\b[^,;]{0,60}\b(?:was|"
        r"were|is|be|been) (?:deferred|postponed|tabled|held over|carried (?:over|forward)|"
        r"pushed (?:back|to)|put on hold)\b"
        r"|^\W*(?:deferred|postponed|tabled|held over)\b",
        "Consideration of the fees was put on hold.",
        "The item on fees was long.",
        ANYTHING,
        STRONG,
        "none",
    ),
    Cue(
        KIND,
        "going-with",
        _("says what the group goes with"),
        ("let's", "we'll", "go", "going", "stick", "keep", "leave"),
        r"\b(?:we(?:[’']ll| will| are| agreed to)?|let[’']s) (?:go(?:ing)?|stick(?:ing)?) with\b",
        "We will go with the second draft.",
        "We will go with her to the station tomorrow?",
        ANYTHING,
        FAIR,
        "none",
        question=False,
    ),
    Cue(
        KIND,
        "seconded",
        _("a motion was seconded"),
        ("seconded", "moved"),
        r"\b(?:moved|motion)\b.{0,200}\bseconded\b.{0,120}\b(?:carried|passed|approved|agreed|unanimous|"
        r"favou?r)",
        "Moved by the treasurer, seconded by the clerk, carried.",
        "The clerk seconded the praise for the hosts.",
        ANYTHING,
        STRONG,
        "none",
    ),
    Cue(
        KIND,
        "ends-settled",
        _("a note that ends with what became of a matter"),
        (
            "agreed",
            "approved",
            "adopted",
            "accepted",
            "elected",
            "re-elected",
            "reelected",
            "reappointed",
            "appointed",
            "confirmed",
            "ratified",
            "rejected",
            "deferred",
            "postponed",
            "carried",
        ),
        r"^(?!.*\b(?:which|that|as|who|not|previously|recently|already|if|"
        r"when)\b)(?:\W*[\w’'/&.,:()-]+ ){0,14}?(?:unanimously |duly |hereby )?(?:agreed|approved|adopted|"
        r"accepted|elected|re-?elected|(?:re)?appointed|confirmed|ratified|rejected|deferred|postponed|"
        r"carried)(?: unanimously| by consensus| as (?:presented|amended|read|circulated))?\W*$",
        "Minutes of March approved.",
        "They spoke as agreed.",
        frozenset({THING, NONE, SOMEBODY, BODY, ACRONYM}),
        FAIR,
        "none",
    ),
    Cue(
        KIND,
        "hands-over",
        _("the body set up, created or closed something of its own"),
        ("established", "formed", "created", "dissolved", "launched", "set"),
        r"\b(?P<v>(?:established|formed|created|dissolved|set up)) (?:a|an|the|two|"
        r"three) (?:[\w’'-]+ ){0,4}(?:committee|group|task force|sub-?committee|taskforce|panel|team|"
        r"fund)\b",
        "The assembly set up a small working group.",
        "The river formed a group of islands.",
        frozenset({BODY, ACRONYM, NONE}),
        WEAK,
    ),
    Cue(
        KIND,
        "elliptical",
        _("a note that begins with what was decided"),
        ("agreed", "decided", "resolved", "approved", "accepted", "rejected"),
        r"^\W*(?P<v>agreed|decided|resolved|approved|accepted|rejected|adopted)\b(?! (?:with|applicants|"
        r"candidates|members|budget))",
        "Decided to print fewer copies.",
        "Undecided so far.",
        frozenset({NONE, IT}),
        STRONG,
        "none",
    ),
)

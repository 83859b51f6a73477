"""Proposals: what somebody puts to the others, not yet settled."""

from jukwaa.intake.reader.cue import ANYTHING, FAIR, OR_NONE, STRONG, WEAK, Cue
from jukwaa.intake.reader.marking import gettext_noop as _
from jukwaa.intake.reader.subjects import ACTING, IT, NONE, THING

KIND = "proposal"
CUES = (
    Cue(
        KIND,
        "marker",
        _("the line begins with “Proposal:” or “Proposed:”"),
        ("proposal", "proposed", "motion", "suggestion", "idea", "option", "proposals", "straw"),
        r"^\W*(?:proposed(?: resolution)?|proposal|draft proposal|suggestion|motion|straw ?poll|"
        r"idea)(?: (?:no\.? ?)?#?\d[\w.-]*)?(?: \([^)]{1,40}\))?\s?(?::|[-–—] )",
        "PROPOSED: meet every second week.",
        "Proposals arrive by post.",
        ANYTHING,
        STRONG,
        "none",
    ),
    Cue(
        KIND,
        "proposed",
        _("somebody proposed or suggested something"),
        (
            "proposed",
            "proposes",
            "propose",
            "suggested",
            "suggests",
            "suggest",
            "recommended",
            "proposing",
            "suggesting",
            "advocated",
            "favored",
            "favoured",
            "preferred",
            "prefers",
        ),
        r"\b(?P<v>(?:proposed|proposes|propose|suggested|suggests|suggest|am proposing|[’']m proposing|"
        r"is proposing|are proposing|advocated|favou?red|preferred|prefers)) "
        r"(?!by\b|agenda\b|changes (?:are|were)\b)(?:that|to|the|a|an|for|we|in|some|adding|deleting|using|"
        r"[\w’'\"“‘-]+)",
        "The treasurer suggested two smaller events.",
        "The suggested events were small.",
        ACTING,
        STRONG,
    ),
    Cue(
        KIND,
        "paper-proposes",
        _("a text proposes or suggests something"),
        ("proposes", "suggests", "propose", "suggest"),
        r"\b(?P<v>(?:proposes?|suggests?)) (?:that|to|the|an?|[a-z]+ing)\b",
        "The draft proposes a shorter term.",
        "The clerk dislikes what they propose.",
        frozenset({THING, IT}),
        FAIR,
        "none",
    ),
    Cue(
        KIND,
        "it-was-proposed",
        _("says that something was proposed or suggested"),
        ("proposed", "suggested"),
        r"\b(?P<v>it (?:was|is|has been|had been)) (?:also |further |then )*(?:proposed|suggested)\b|"
        r"\b(?:a|another|one|the) (?:proposal|suggestion) (?:was|is|has been) (?:made|put forward|tabled|"
        r"raised|to|that)\b"
        r"|\b(?:was|were) {adv}(?:proposed|suggested|put forward)\b",
        "It was suggested that the hosts share the costs.",
        "It was a proposed route.",
        ANYTHING,
        STRONG,
        "agent",
    ),
    Cue(
        KIND,
        "moved",
        _("somebody moved something"),
        ("moved", "moves", "motion", "motioned", "tabled", "proposed", "seconded", "suggested", "put"),
        r"\b(?P<v>(?:moved|moves|motioned)) (?:that\b|to (?:approve|accept|adopt|adjourn|appoint|elect|"
        r"table|close|postpone|amend|extend|authori[sz]e|go|have|create)\b|for\b|the (?:adoption|approval|"
        r"motion|question))"
        r"|\bmotion (?:to|that|by|made|from)\b|^\W*(?:proposed|moved|suggested|seconded) by\b|"
        r"\bmade a motion\b|\bput forward (?:a|an|the|two)\b",
        "The clerk moved to extend the term.",
        "The clerk moved to another town.",
        OR_NONE | {"thing"},
        FAIR,
    ),
    Cue(
        KIND,
        "urged",
        _("somebody urged a position"),
        ("urged", "urges", "argued", "pressed", "advocated"),
        r"\b(?P<v>(?:urged|urges|argued for|argued in favou?r of|argued against|pressed for|advocated|"
        r"spoke in favou?r of|made the case for))(?! (?:[\w-]+ ){1,5}to\b)",
        "PERU urged consistent wording.",
        "PERU urged the others to sign.",
        ACTING,
        FAIR,
    ),
    Cue(
        KIND,
        "could-we",
        _("floats a possibility"),
        ("could", "maybe", "perhaps", "what", "how", "why", "might", "option", "idea", "alternatively"),
        r"^\W*(?:[\w ]{1,20}: ?)?(?:maybe|perhaps|alternatively,?) (?:we|it|they|the|a|could|should|have|"
        r"use|one)\b.{0,60}\b(?:could|should|can|might|would)\b"
        r"|^\W*(?:maybe|perhaps) (?:we|the|a)\b.{0,50}\bshould\b|\b(?:could|might) (?:we )?(?:just|simply|"
        r"perhaps|maybe|also|instead) [a-z]+|\bwhat (?:if|about)\b|\bhow about\b|\bwhy (?:not|"
        r"don[’']t we)\b"
        r"|\b(?:one|another|an) (?:option|idea|possibility|alternative|approach) (?:is|was|would be|"
        r"could be)\b|^\W*(?:we|you|one) could\b|\bwe could\b",
        "What if we met in spring?",
        "Could anybody hear it?",
        ANYTHING,
        FAIR,
        "none",
        quoted=False,
    ),
    Cue(
        KIND,
        "would-propose",
        _("somebody would like to propose"),
        ("propose", "suggest", "suggestion", "proposal", "idea"),
        r"\b(?P<v>(?:would|[’']d)) (?:like to |also |rather )*(?:propose|suggest)\b|\b(?:my|his|her|our|"
        r"their|the|(?-i:[A-Z])\w+[’']s) (?:suggestion|proposal|idea) (?:here )?(?:is|was|would be)\b|"
        r"^\W*(?:proposal|suggestion|idea) (?:here )?is\b",
        "I would suggest a shorter form.",
        "I would like the proposal.",
        ANYTHING,
        STRONG,
        quoted=True,
    ),
    Cue(
        KIND,
        "elliptical",
        _("a note that begins with a proposal"),
        ("suggest", "suggested", "propose", "proposed", "proposing", "suggestion", "proposal", "suggesting"),
        r"^\W*(?:suggest(?:ed|ing|ion)?|propos(?:ed|ing|e|al))\b (?:to|that|we|using|adding|for|is|we’d|a|"
        r"the)\b",
        "Suggest to meet outdoors.",
        "Suggestive names are out.",
        frozenset({NONE}),
        STRONG,
        "none",
    ),
    Cue(
        KIND,
        "advised-change",
        _("somebody asks for a wording to be changed"),
        (
            "inserting",
            "deleting",
            "adding",
            "replacing",
            "removing",
            "amending",
            "insert",
            "delete",
            "replace",
            "bracket",
            "bracketing",
        ),
        r"\b(?:preferred|requested|sought|supported|favou?red|suggested|wanted|asked for|"
        r"opposed) (?:to )?(?:insert|delet|add|replac|remov|amend|bracket|stat|includ|retain)(?:ing|e)?\b",
        "MALI wanted to delete the last line.",
        "MALI read the deleted line.",
        ACTING | {NONE},
        WEAK,
    ),
)

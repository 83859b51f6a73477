"""Topics: what was spoken about, presented or put on the table, without saying what came of it."""

from jukwaa.intake.reader.cue import ANYTHING, FAIR, OR_NONE, STRONG, Cue
from jukwaa.intake.reader.lexicon import words
from jukwaa.intake.reader.marking import gettext_noop as _
from jukwaa.intake.reader.subjects import ACTING

KIND = "topic"
TALKED = words(
    "discussed debated deliberated considered reviewed explored examined brainstormed addressed "
    "presented introduced demonstrated demoed showed exchanged talked spoke chatted looked went "
    "walked touched focused focussed revisited checked synced reflected negotiated elaborated "
    "tackled covered discuss discusses reviewed consulted raised brought outlined"
)
CUES = (
    Cue(
        KIND,
        "marker",
        _("the line begins with “Topic:” or “Agenda item”"),
        ("topic", "agenda", "subtopic", "item", "subject", "discussion", "presentation"),
        r"^\W*(?:sub-?topic|topic|subject|discussion|presentation|agenda(?: item)?(?: \d[\d.]*)?|"
        r"item \d[\d.]*)\s?(?::|[-–—] )",
        "TOPIC: opening hours.",
        "Topical matters came last.",
        ANYTHING,
        STRONG,
        "none",
    ),
    Cue(
        KIND,
        "discussed",
        _("says what was discussed"),
        tuple(TALKED),
        r"\b(?P<v>(?:discussed|discuss(?:es)?|debated|deliberated (?:on|about|over)|considered|reviewed|"
        r"explored|examined|brainstormed|addressed|"
        r"exchanged (?:views|ideas|information|experiences?)|talked (?:about|through|over)|spoke (?:about|"
        r"on)|chatted about|looked (?:at|into)|went (?:through|over)|walked through|"
        r"touched (?:on|upon)|focus+ed (?:on|its|their|primarily|mainly|mostly)|revisited|checked[ -]in on|"
        r"synced(?: up)? (?:on|about)|reflected on|negotiated|elaborated on|tackled|consulted on|"
        r"covered)) (?!by\b|that\b|to be\b)",
        "The board discussed the opening hours.",
        "The discussed hours were long.",
        OR_NONE | {"thing", "it"},
        FAIR,
    ),
    Cue(
        KIND,
        "presented",
        _("somebody presented or introduced something"),
        (
            "presented",
            "presents",
            "introduced",
            "introduces",
            "demonstrated",
            "demoed",
            "showcased",
            "outlined",
            "walked",
            "gave",
            "gives",
            "delivered",
            "presentation",
            "explained",
            "opened",
            "raised",
            "brought",
            "described",
            "heard",
            "saw",
        ),
        r"\b(?P<v>(?:(?:heard|saw) (?:a |an |the |from |opening |formal |further |several |two |three |"
        r"short |brief )*(?:presentations?|statements?|reports?|talks?|[A-Z])|presented|presents|"
        r"introduced|introduces|demonstrated|demoed|showcased|outlined|described|"
        r"raised the (?:issue|question|topic|matter|point|subject)|brought up|"
        r"(?:gave|gives|delivered|made) (?:a |an |the |another )?(?:[\w-]+ ){0,2}(?:presentation|talk|demo|"
        r"demonstration|overview|introduction|keynote|lecture|briefing))) ?(?!by\b|himself|herself|"
        r"themselves)",
        "Omar presented the plan of the garden.",
        "The presented plan was old.",
        ACTING,
        FAIR,
    ),
    Cue(
        KIND,
        "was-discussed",
        _("says that something was presented or discussed"),
        (
            "discussed",
            "presented",
            "considered",
            "reviewed",
            "debated",
            "introduced",
            "examined",
            "raised",
            "addressed",
            "explored",
            "tabled",
            "covered",
            "circulated",
            "read",
        ),
        r"\b(?P<v>(?:was|were|is being|are being|has been|have been|had been)) {adv}(?:discussed|presented|"
        r"considered|reviewed|debated|introduced|examined|raised|addressed|explored|covered|"
        r"touched upon)\b(?! (?:that|as members?|members|by applying))",
        "The opening hours were briefly reviewed.",
        "The hours are long.",
        ANYTHING,
        FAIR,
        "agent",
        question=False,
    ),
    Cue(
        KIND,
        "discussion-of",
        _("speaks of a discussion or presentation"),
        (
            "discussion",
            "discussions",
            "presentation",
            "presentations",
            "debate",
            "conversation",
            "deck",
            "exchange",
            "dialogue",
            "brainstorming",
            "session",
            "meeting",
            "q&a",
        ),
        r"^\W*(?:some |general |brief |long |short |further |open |more |lengthy |quick |a |an |the |"
        r"initial |extensive |good |much |group |plenary |lively )*(?:discussions?|presentations?|debates?|"
        r"conversations?|brainstorm(?:ing)?|exchange of views|dialogue)"
        r" (?:on|about|of|around|regarding|concerning|from|by|over|whether|how|between|centered|centred|"
        r"focus+ed|continued|ensued|followed|was held|took place)\b"
        r"|\b(?:discussions?|debate|conversation) (?:then )?(?:was held|took place|ensued|followed|"
        r"cent(?:er|re)d|focus+ed|turned|concerned|revolved|continued|covered)\b"
        r"|\b(?:session|meeting|workshop|discussion)s? (?:[\w ]{0,40} )?(?:started|began|opened|commenced|"
        r"continued|focus+ed|cent(?:er|re)d|concluded|closed|ended) (?:on|with|by|around)\b|(?:^|, |"
        r"and )there (?:was|were|followed|ensued) (?:a |an |some |much |further |"
        r"also )?(?:[\w-]+ )?(?:discussion|debate|conversation)\b|\bdeck presented\b",
        "General discussion about the fences.",
        "Their discussion was loud.",
        ANYTHING,
        FAIR,
        "none",
        question=False,
    ),
    Cue(
        KIND,
        "meeting-included",
        _("says what the meeting was about"),
        ("included", "featured", "covered", "comprised", "theme", "aimed", "devoted", "dedicated"),
        r"(?<!at the )(?<!of the )(?<!in the )\b(?:meeting|session|workshop|agenda|programme|panel|"
        r"discussions?|day)\b (?:[\w’'-]+ ){0,3}?(?P<v>(?:included|featured|covered|comprised|aimed (?:to|"
        r"at)|was devoted to|was dedicated to))\b",
        "The session included talks about fences.",
        "The price included the fences.",
        ANYTHING,
        FAIR,
        "none",
        question=False,
    ),
    Cue(
        KIND,
        "issue-number",
        _("is the title of an issue with its number"),
        ("#",),
        r"^[^.?!]{3,160}\s[\[(]?#\d{1,6}[\])]?\W*$|^\W*#\d{1,6}:? [^.?!]{3,150}$",
        "Shorter opening hours #41",
        "She fixed #41 and went home.",
        ANYTHING,
        STRONG,
        "none",
    ),
)

"""Requests: what somebody asks of others, questions put to the meeting, calls for input."""

from jukwaa.intake.reader.cue import ANYTHING, FAIR, OR_NONE, STRONG, WEAK, Cue
from jukwaa.intake.reader.marking import gettext_noop as _

KIND = "request"
CUES = (
    Cue(
        KIND,
        "marker",
        _("the line begins with “Request:” or “Question:”"),
        ("request", "question", "questions", "ask", "q", "call"),
        r"^\W*(?:requests?|questions?|ask|q|call for (?:input|comments|papers|volunteers|"
        r"proposals))(?: \d+)?(?: \([^)]{1,40}\))?\s?(?::|[-–—] )",
        "QUESTION: who holds the key?",
        "Questions remain.",
        ANYTHING,
        STRONG,
        "none",
    ),
    Cue(
        KIND,
        "asked",
        _("somebody asked for something"),
        (
            "asked",
            "asks",
            "ask",
            "requested",
            "requests",
            "request",
            "requesting",
            "asking",
            "sought",
            "seeks",
            "seeking",
            "solicited",
            "enquired",
            "inquired",
            "queried",
            "appealed",
            "solicit",
            "questioned",
            "begged",
            "demanded",
            "asked",
        ),
        r"\b(?P<v>(?:asked|asks|asking|requested|requests|requesting|sought|seeks|is seeking|are seeking|"
        r"solicited|solicits|enquired|inquired|queried|appealed|demanded|(?:would like|wants?|wanted|"
        r"like) to ask)) (?!by\b|questions?\b)(?:that|to|for|if|whether|why|how|who|what|when|about|the|a|"
        r"an|clarification|everyone|members|all|participants|others|us|him|her|them|more|[\w’'\"-]+)",
        "The clerk asked the hosts for photographs.",
        "The clerk answered the hosts.",
        OR_NONE,
        STRONG,
    ),
    Cue(
        KIND,
        "was-asked",
        _("says that something was asked for or sought"),
        (
            "asked",
            "requested",
            "invited",
            "sought",
            "encouraged",
            "urged",
            "solicited",
            "reminded",
            "welcome",
            "welcomed",
            "called",
        ),
        r"\b(?:was|were|is|are|has been|have been|be|being) {adv}(?:asked|requested|invited|encouraged|"
        r"urged|reminded|called (?:on|upon)|welcome) to\b|\b(?:inputs?|comments?|feedback|contributions?|"
        r"volunteers?|clarification|nominations?|suggestions?|ideas?|involvement|support|help|assistance|"
        r"review|proposals?|participation|information)\b[^.;,]{0,40}\b(?:was |were |is |are |be |"
        r"been )?(?:requested|sought|invited|solicited|welcomed?|needed|appreciated|wanted|called for)\b"
        r"|\b(?P<v>(?:it was|it is)) requested that\b|\b(?:any|all) (?:help|feedback|comments?|"
        r"input) (?:is|are|would be)\b",
        "Members were asked to bring photographs.",
        "Members were in photographs.",
        ANYTHING,
        FAIR,
        "agent",
    ),
    Cue(
        KIND,
        "invited",
        _("somebody invited or encouraged others to do something"),
        (
            "invited",
            "invites",
            "invite",
            "encouraged",
            "encourages",
            "encourage",
            "urged",
            "urges",
            "urge",
            "called",
            "calls",
            "calling",
            "appealed",
            "reminded",
            "challenged",
            "exhorted",
            "inviting",
        ),
        r"\b(?P<v>(?:invited|invites|invite|inviting|encouraged|encourages|encourage|urged|urges|urge|"
        r"challenged|exhorted|reminded)) (?!by\b|speakers?\b|guests?\b|experts?\b|"
        r"that\b)(?:[\w’',/-]+ ){0,8}?to [a-z]+|\b(?P<w>(?:called|calls|calling|appealed)) (?:up)?(?:on|"
        r"for)\b (?!a vote)"
        r"|\b(?P<x>invited|welcomed|solicited|encouraged) (?:any |further |more |all |written |their |"
        r"additional )*(?:comments?|inputs?|feedback|questions|suggestions|proposals|views|contributions|"
        r"ideas|nominations|volunteers|discussion|submissions)\b",
        "The mayor invited all hosts to visit the mill.",
        "The invited hosts visited the mill.",
        OR_NONE,
        STRONG,
    ),
    Cue(
        KIND,
        "please",
        _("says please, or looks for volunteers, comments or help"),
        (
            "please",
            "pls",
            "plz",
            "looking",
            "feedback",
            "comments",
            "volunteers",
            "input",
            "solicit",
            "need",
            "help",
            "questions",
            "contact",
            "any",
        ),
        r"\b(?:please|pls|plz)\b|^\W*any (?:other |more |further )?(?:objections?|comments?|questions?|"
        r"thoughts|reasons?|advice|volunteers|updates?|concerns|feedback|suggestions?|ideas)\b|"
        r"\b(?:looking|calling|call|need|ask|search) for (?:\w+ )?(?:volunteers?|help|feedback|inputs?|"
        r"comments?|reviewers?|contributors?|contributions?|suggestions?|proposals|nominations|support|"
        r"people|someone|somebody|participants)\b|\b(?:solicit|seeking|seek|want|welcome|requesting|"
        r"request) (?:any |more |further |some |your )*(?:feedback|input|comments?|suggestions?|help|"
        r"contributions?|volunteers?)\b"
        r"|\bwould (?:like|appreciate|welcome) (?:your |some |any |more |to (?:get|have|"
        r"hear) )*(?:feedback|inputs?|comments?|help|thoughts|views|suggestions)\b|\b(?:we|i) have (?:some|"
        r"a few|two|three|several) questions? for\b|\bneeds? (?:volunteers|reviewers|your (?:help|input))\b",
        "Please send photographs.",
        "Photographs are pleasing.",
        ANYTHING,
        FAIR,
        "none",
    ),
    Cue(
        KIND,
        "question",
        _("is a question put to the others"),
        ("?",),
        r"(?:^|[:–—-] |[.,;] |\band |\bbut |\bso )(?:(?:and|but|so|ok|okay) )?(?:should|can|could|would|"
        r"will|do|does|did|is|are|has|have|shall|any|anyone|anybody|who|when|where|which|how (?:do|does|"
        r"can|should|will|many|much|long|are|is|would|could)|what (?:do|does|should|is|are|would|will|"
        r"about the|kind)|why (?:do|does|is|are|did))\b(?=[^?]{2,250}\?)(?=.*(?:\b(?:we|you|anyone|anybody|"
        r"us|they|it|there|i|should|any|this|that|the|someone)\b))",
        "Should we print more copies?",
        "More copies?",
        ANYTHING,
        FAIR,
        "none",
    ),
    Cue(
        KIND,
        "should-indirect",
        _("asks indirectly whether something should be"),
        ("should", "would", "can"),
        r"^\W*(?:[\w ]{1,20}: ?)?(?:should|would|can|shall) (?!be\b)(?:we|the|current|i|this|these|all|"
        r"members|it|there) .{10,}[^?]$",
        "Should the hosts pay for paint.",
        "Should be fine.",
        ANYTHING,
        WEAK,
        "none",
    ),
)

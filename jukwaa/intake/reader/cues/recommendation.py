"""Recommendations: what should be done, said of nobody's own will."""

from jukwaa.intake.reader.cue import ANYTHING, FAIR, STRONG, WEAK, Cue
from jukwaa.intake.reader.marking import gettext_noop as _
from jukwaa.intake.reader.subjects import ACRONYM, BODY, IT, NONE, SOMEBODY, THING

KIND = "recommendation"
CUES = (
    Cue(
        KIND,
        "marker",
        _("the line begins with “Recommendation:”"),
        ("recommendation", "recommendations", "recommended", "lesson"),
        r"^\W*(?:key |policy )?(?:recommendations?|recommended|advice|lesson(?: learn(?:ed|"
        r"t))?)(?: #?\d[\w.]*)?\s?(?::|[-–—] )",
        "Recommendation 2: teach hosts first aid.",
        "Recommendations are rare.",
        ANYTHING,
        STRONG,
        "none",
    ),
    Cue(
        KIND,
        "recommended",
        _("recommends or advises something"),
        (
            "recommend",
            "recommends",
            "recommended",
            "recommending",
            "advised",
            "advises",
            "advise",
            "encourage",
            "encourages",
            "encouraged",
        ),
        r"\b(?P<v>(?:recommend|recommends|recommended|advise|advises|advised)) (?!by\b|reading\b|"
        r"of\b)(?:that|to|the|a|an|against|using|[\w’'-]+)"
        r"|\b(?:was|were|is|are) {adv}(?:recommended|advised)\b",
        "The panel recommended a longer trial.",
        "The recommended trial is long.",
        ANYTHING,
        STRONG,
        quoted=True,
    ),
    Cue(
        KIND,
        "should",
        _("says what should or must be done"),
        ("should", "must", "ought", "shouldn't"),
        r"\b(?P<v>should|must|ought to) (?!be able\b|have been\b|there\b|i\b|we\b|you\b|anyone\b|it\b|he\b|"
        r"she\b|they\b|arise\b|anything\b)(?:not |also |only |always |either |all |therefore )*[a-z]+",
        "Guides should be short.",
        "Should guides be short?",
        frozenset({BODY, SOMEBODY, ACRONYM, IT, THING, NONE}),
        FAIR,
        "none",
        quoted=True,
        negated=True,
        question=False,
    ),
    Cue(
        KIND,
        "need-to",
        _("says what needs to be done"),
        ("need", "needs", "needed", "have", "want", "required"),
        r"\b(?:we|you|they|one|there|it|members|states|governments|everyone|people|parties|companies|"
        r"countries|group|[a-z]+s) (?:also |really |still |do |will |"
        r"all )*(?<!that )(?<!which )(?<!who )(?P<v>needs?|have|"
        r"has) to (?!be seen)[a-z]+"
        r"|^\W*(?:also |still |may |will |we )?(?:need|want|must have|have to)\b(?! for speed)|"
        r"(?<!that )(?<!which )(?<!who )\bneeds? to be [a-z]+(?:ed|en|ne|lt|de|nt)\b|\bthere (?:is|was|"
        r"remains) (?:a |an |"
        r"the )?(?:clear |urgent |real |strong |great |further )*need (?:for|to)\b"
        r"|(?<!\bi )(?<!that )(?<!which )(?<!who )\bneeds? (?:more|further|better|to)\b",
        "We need to test the doors.",
        "They have two doors.",
        ANYTHING,
        FAIR,
        "none",
        quoted=False,
        question=False,
    ),
    Cue(
        KIND,
        "it-is-important",
        _("says what is important, best or necessary"),
        (
            "important",
            "essential",
            "necessary",
            "crucial",
            "vital",
            "imperative",
            "critical",
            "better",
            "best",
            "useful",
            "good",
            "helpful",
            "advisable",
            "desirable",
            "worth",
            "key",
            "ideally",
            "beneficial",
        ),
        r"\b(?:it|this) (?:is|was|would be|will be|[’']s|[’']d be|might be|may be) (?:also |therefore |"
        r"very |most |absolutely |particularly |equally |more |so |really )*"
        r"(?:important|essential|necessary|crucial|vital|imperative|critical|better|best|useful|good|"
        r"helpful|advisable|desirable|worth|beneficial)(?: idea)? (?:to|that|for|if)\b"
        r"|\b(?:would|might|may) be (?:very |most |more )*(?:good|useful|helpful|better|best|beneficial|"
        r"worth\w*|nice|great)\b|\bbest (?:thing|way|approach) (?:is|would be|to)\b|^\W*ideally\b|"
        r"\bbetter to\b",
        "It is essential to train new hosts.",
        "It is a useful map.",
        ANYTHING,
        FAIR,
        "none",
        quoted=False,
    ),
    Cue(
        KIND,
        "encouraged",
        _("says what others are encouraged to do"),
        ("encouraged", "urged", "recommended", "consider", "advised"),
        r"\b(?:states|governments|companies|industry|stakeholders|policy ?makers|platforms|countries|"
        r"schools|parents) (?:are|were|should be) {adv}(?:encouraged|urged|called upon|advised) to\b"
        r"|^\W*consider [a-z]+ing\b",
        "Schools are urged to keep a list.",
        "Schools are urged.",
        ANYTHING,
        FAIR,
        "none",
    ),
    Cue(
        KIND,
        "lets",
        _("says what to do together"),
        ("let's", "lets", "let"),
        r"^\W*(?:[\w ]{1,20}: ?)?let(?:[’']s| us) (?!go with|see\b|move on|start with|stick)[a-z]+",
        "Let's keep the forms short.",
        "Let's see.",
        ANYTHING,
        WEAK,
        "none",
        question=False,
    ),
)

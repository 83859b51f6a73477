"""Observations: what somebody noted, held, supported or feared. Weakest of all kinds, it yields to every other."""

from jukwaa.intake.reader.cue import ANYTHING, FAIR, WEAK, Cue
from jukwaa.intake.reader.lexicon import SAYING, words
from jukwaa.intake.reader.marking import gettext_noop as _
from jukwaa.intake.reader.subjects import ACTING

KIND = "observation"
SAID = "|".join(sorted(SAYING - {"agreed", "expressed", "pointed", "reported", "concluded"}))
POSITIONS = words(
    "supported opposed endorsed welcomed questioned rejected disagreed agreed objected criticised "
    "criticized praised thanked commended appreciated regretted lamented doubted defended contested "
    "challenged congratulated echoed preferred shared echoing support oppose agree supports opposes "
    "agrees disagrees appreciates thinks wondered hopes worried feared drew referred pointed "
    "attributed linked compared concluded preferring expressed voiced raised identified recalled "
    "favored underlined called seconded concurred"
)
CUES = (
    Cue(
        KIND,
        "marker",
        _("the line begins with “Observation:” or “Comment:”"),
        ("observation", "comment", "comments", "note", "concern", "remark", "nb"),
        r"^\W*(?:observations?|comments?|notes?|concerns?|remarks?|nb)\s?(?::|[-–—] )",
        "COMMENT: the hall was cold.",
        "Comments fell.",
        ANYTHING,
        FAIR,
        "none",
    ),
    Cue(
        KIND,
        "said",
        _("somebody said, noted or stressed something"),
        tuple(SAYING),
        rf"\b(?P<v>(?:{SAID}|pointed (?:out|to)|concluded))\b(?! by\b)",
        "The clerk noted that the hall was cold.",
        "The noted clerk left.",
        ACTING,
        WEAK,
    ),
    Cue(
        KIND,
        "position",
        _("somebody took a position or voiced a feeling"),
        tuple(POSITIONS),
        r"\b(?P<v>(?:supported|supports|support|opposed|opposes|oppose|endorsed|welcomed|questioned|"
        r"rejected|disagreed|disagrees|disagree|agreed|agrees|agree|objected|critici[sz]ed|praised|thanked|"
        r"commended|appreciated|appreciates|regretted|lamented|doubted|defended|contested|"
        r"challenged|congratulated|echoed|wondered|worried|feared|drew attention|referred to|attributed|"
        r"compared|concurred|identified|recalled|expressed|voiced|raised (?:a |an |some |several |the |"
        r"his |her |their |its )?(?:\w+ )?(?:concerns?|objections?|doubts?|questions?)))\b(?! by\b|"
        r" to (?!the|a|an)[a-z]+)",
        "The clerk welcomed the warmer hall.",
        "The supported beam held.",
        ACTING,
        WEAK,
    ),
    Cue(
        KIND,
        "it-was-noted",
        _("says that something was noted, felt or raised"),
        (
            "noted",
            "felt",
            "observed",
            "mentioned",
            "stressed",
            "emphasized",
            "emphasised",
            "highlighted",
            "said",
            "argued",
            "acknowledged",
            "recognized",
            "recognised",
            "concern",
            "concerns",
            "feedback",
            "pointed",
            "underlined",
            "thought",
            "clarified",
            "explained",
            "view",
            "views",
            "consensus",
            "raised",
            "received",
            "commented",
            "remarked",
            "supported",
            "opposed",
            "questioned",
            "welcomed",
            "thanked",
            "appreciated",
            "thanks",
        ),
        r"\b(?:it|there) (?:was|is|has been) (?:also |further |generally |widely |then |again )*(?:noted|"
        r"felt|observed|mentioned|stressed|emphasi[sz]ed|highlighted|said|argued|acknowledged|"
        r"recogni[sz]ed|pointed out|underlined|thought|clarified|explained|commented|remarked|indicated|"
        r"stated|believed|concern)\b"
        r"|\b(?:concerns?|doubts?|objections?|criticism|reservations?) (?:was |were |has been |have been |"
        r"is |are )?(?:also )?(?:raised|expressed|voiced|about|over|that|around|noted)\b|\b(?:was|"
        r"were) {adv}(?:noted|stressed|emphasi[sz]ed|highlighted|acknowledged|underlined|recogni[sz]ed|"
        r"appreciated|thanked|commended|mentioned|welcomed|supported|opposed|questioned|echoed|"
        r"critici[sz]ed)\b"
        r"|\b(?:positive |negative |good |much |mixed |some |great )+(?:feedback|comments|response|"
        r"reactions?)\b|\bfeedback .{0,60}(?:was|were) (?:positive|received|good|mixed)|^\W*(?:many |"
        r"special |sincere )?thanks (?:to|were|was|are|extended|for)\b|\bthe need for\b.{0,80}\b(?:was|"
        r"were) \w+ed",
        "It was noted that the hall was cold.",
        "It was a cold hall.",
        ANYTHING,
        WEAK,
        "agent",
    ),
    Cue(
        KIND,
        "opinion",
        _("gives an opinion"),
        (
            "think",
            "believe",
            "feel",
            "sense",
            "opinion",
            "view",
            "seems",
            "seem",
            "looks",
            "concerned",
            "concern",
            "worried",
            "agree",
            "guess",
            "suspect",
            "unclear",
            "don't",
            "problem",
            "difficult",
            "hard",
            "challenge",
            "opportunity",
            "risk",
            "concerns",
            "issue",
            "imo",
            "imho",
            "fine",
            "happy",
            "comfortable",
            "ok",
            "okay",
            "supportive",
            "favour",
            "favor",
            "against",
            "great",
            "good",
            "nice",
            "agreed",
            "well",
            "not",
            "expect",
            "understanding",
            "doubt",
        ),
        r"\b(?:i|we|they|some|many|most|members) (?:also |still |really |don[’']t |do not |consistently |"
        r"personally )*(?:think|believe|feel|agree|guess|suspect|expect|doubt|suppose|disagree|assume|"
        r"see)\b|\b(?:my|our|the general|general|the) (?:sense|view|opinion|understanding|impression|"
        r"feeling|concern|worry|fear|hope) (?:is|was|in the room|of)\b"
        r"|\b(?:it|this|that|there) (?:seems?|looks|appears|sounds|feels)\b|\bseems? (?:like|to|that|ok|"
        r"good|fine)\b|\bworks? (?:really |very |quite )?well\b|\b(?:is|are|was|were|am|[’']m|"
        r"[’']re) (?:also |very |really |a bit )?(?:concerned|worried|unclear|unsure|sceptical|skeptical|"
        r"disappointed|unhappy)\b|\b(?:is|are|was|were) (?:all |generally |broadly )?(?:fine|happy|"
        r"comfortable|ok|okay|supportive|in favou?r|against|opposed)\b|\bin (?:my|our|his|her|"
        r"their) (?:view|opinion)\b|^\W*(?:agreed?|imh?o|concern(?:ed|s)?|great|good|nice|"
        r"ok)\b(?=(?:\W+\w+){2})"
        r"|\bthere (?:is|are|was|were) (?:a |an |some |also |still |real |many |several |"
        r"potential )*(?:risk|opportunit|challenge|problem|concern|difficult|issue|confusion|tension|lack|"
        r"gap)",
        "I think the hall is cold.",
        "They think tanks should publish?",
        ANYTHING,
        WEAK,
        "none",
        question=False,
    ),
)

"""The next meeting: when or where those present, or a group of theirs, meet again."""

from jukwaa.intake.reader.cue import ANYTHING, FAIR, STRONG, Cue
from jukwaa.intake.reader.marking import gettext_noop as _

KIND = "next_meeting"
GATHERING = (
    "meetings?|calls?|sessions?|telecons?|teleconferences?|conference calls?|conferences?|gatherings?|agm|"
    "general assembly|plenary|workshops?|sync|f2f|face-to-face|assembly|forum|standup|retreat|summit"
)
CUES = (
    Cue(
        KIND,
        "next",
        _("says when or where the next meeting is"),
        ("next", "following", "subsequent", "upcoming", "future", "forthcoming"),
        rf"\b(?:the |our |its |their )?(?:next|following|subsequent|future|upcoming|"
        rf"forthcoming) (?:[\w’'-]+ ){{0,4}}?(?:{GATHERING})\b(?: of (?:the )?[\w’' -]{{2,50}}?)?(?: "
        rf"\([^)]{{1,40}}\))?"
        rf"(?:,? (?:which )?(?:will|is|are|was|were|would|shall|to be|scheduled|planned|tentatively|date|"
        rf"on (?:\w+day|\d|the \d|january|february|march|april|may|june|july|august|september|october|"
        rf"november|december|tbd)|at \d|takes)\b|\s?[:–—-]\s?\S|, \w+day)",
        "The next meeting of the board is on 4 May in Lima.",
        "Item four moves to the next meeting.",
        ANYTHING,
        STRONG,
        "none",
        question=False,
    ),
    Cue(
        KIND,
        "will-meet",
        _("says that a group will meet again"),
        ("meet", "reconvene", "convene", "meets", "resume", "reconvenes", "gather", "regroup", "met"),
        r"\b(?P<v>(?:will|shall|would|to|is to|are to|should|plans to|plan to|agreed to|decided to|"
        r"hopes to|going to)) (?:next |again |then |also |re)*(?:meet|reconvene|convene|gather(?= (?:again|"
        r"at|in|on)\b)|regroup|resume)\b(?! (?:with|up with|their|its|the (?:needs?|requirements?|deadline|"
        r"criteria|goal|target|standard)|obligations|these|those|this|targets|needs|demand|all|any|"
        r"expectations|halfway|new|criteria))"
        r"|\bmeet(?:ing)? again\b|\bconvene again\b|\breconvenes? (?:on|at|in)\b|\bmeets (?:every|next|"
        r"again|on|weekly|monthly|bi)",
        "The drafting group will meet at noon in Room 4.",
        "The drafts will meet the needs of hosts.",
        ANYTHING,
        STRONG,
        "subject",
        quoted=True,
        question=False,
    ),
    Cue(
        KIND,
        "date-of",
        _("gives the date of the next meeting"),
        ("date", "dates", "scheduled", "adjourned", "next"),
        rf"^\W*(?:proposed )?dates? (?:and (?:time|place|venue) )?(?:of|for) (?:the )?(?:next|future|"
        rf"upcoming) (?:{GATHERING})|\b(?:meeting|call|session)s? (?:is|was|will be|has been|are|"
        rf"were) (?:tentatively |re)?(?:scheduled|set|planned|arranged|fixed) (?:for|on|to|at)\b|"
        rf"\badjourned (?:until|to) (?!order)\w+"
        rf"|^\W*next (?:{GATHERING}|time)\b[^.]{{0,20}}\d|^\W*next (?:{GATHERING})\s?[:–—-]",
        "Date of the next meeting: 4 May.",
        "The date of the feast is old.",
        ANYTHING,
        STRONG,
        "none",
        question=False,
    ),
    Cue(
        KIND,
        "meeting-will-be",
        _("says when or where a meeting will be"),
        ("meeting", "meetings", "call", "session", "agm", "telecon"),
        r"^\W*(?:the |our |a |another |this |an )?(?:[\w’'-]+ ){0,4}?(?:meeting|call|session|agm|telecon|"
        r"teleconference)s? (?:[\w’'-]+ ){0,4}?(?:will|is to|are to|shall) (?:also |then )?(?:be (?:held|"
        r"hosted|organi[sz]ed|on)|take place)\b",
        "A further meeting will be held in June.",
        "The meeting was held in June.",
        ANYTHING,
        STRONG,
        "none",
        question=False,
    ),
    Cue(
        KIND,
        "no-meeting",
        _("says that no meeting is held, or that one moves"),
        ("no", "cancelled", "canceled", "rescheduled", "skip", "moved"),
        rf"^\W*no (?:[\w-]+ ){{0,2}}(?:{GATHERING}) (?:on|in|next|for|this|during|until|will)\b|\b(?:next|"
        rf"\w+day[’']?s?|\d(?:st|nd|rd|th)?) (?:{GATHERING}) (?:is|was|will be|has been) (?:cancell?ed|"
        rf"rescheduled|moved|postponed|skipped)",
        "No meeting in August.",
        "No meeting was ever so long.",
        ANYTHING,
        FAIR,
        "none",
    ),
    Cue(
        KIND,
        "group-meeting-on",
        _("names a meeting with its day and time"),
        ("meeting", "call", "session", "telecon", "agm"),
        r"^\W*(?-i:(?:[A-Z][\w’'&-]* ){1,5})(?:meeting|call|session|telecon|AGM)\b[^.?!]{0,30}\b(?:today|"
        r"tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|"
        r"sep|oct|nov|dec)\w*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
        r"dec)\w* \d{1,2})\b(?![^.]{0,60}\b(?:(?:19|20)\d\d|was|were|minutes|discussed|had|\w+ed)\b)",
        "Finance Committee meeting Tuesday, 10 am",
        "Finance Committee meeting minutes of Tuesday were lost.",
        ANYTHING,
        FAIR,
        "none",
        question=False,
    ),
)

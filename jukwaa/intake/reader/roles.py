"""What a heading or a lead-in promises about the sentences below it."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

# Not kinds of suggestions, but promises too: whoever is named here was away; what stands here is no business.
ABSENT = "absent"
ASIDE = "aside"
AGENDA = "agenda"
DISCUSSION = "discussion"


@dataclass(frozen=True, slots=True)
class Role:
    """A family of headings. `example` is one, `counter` only looks like one; a test reads both."""

    name: str
    pattern: str
    example: str
    counter: str
    regex: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "regex", re.compile(self.pattern, re.IGNORECASE))


ROLES = (
    Role(
        ABSENT,
        r"(?:with |received )?(?:apolog(?:y|ies)|regrets?|absen(?:t|ces?|tees?)|excused|not present|"
        r"unable to attend)\b"
        r"|(?:members?|directors?|trustees?|board members?|members of the \w+|voting members?) (?:absent|"
        r"excused|not present)|.{0,20}\babsent$",
        "Apologies for absence",
        "Present",
    ),
    Role(
        "new_member",
        r"(?:welcome (?:to |of )?)?new(?:ly admitted)? (?:members?|partners?|organi[sz]ations?|joiners)\b|"
        r"admission of (?:new )?members",
        "New members",
        "Members present",
    ),
    Role(
        "next_meeting",
        r"(?:date|time|details?|place)?(?:,? (?:and|&) (?:place|time|venue))?(?: (?:of|for))?(?: the| our)? ?"
        r"\b(?:next|upcoming|future|forthcoming) (?:\w+ )?(?:meetings?|calls?|sessions?|telecons?|"
        r"teleconferences?|dates)\b"
        r"|schedule of meetings|meeting schedule",
        "Date of next meeting",
        "Preparation of the annual meeting",
    ),
    Role(
        "attendee",
        r"(?:list of |new |other |also |those |members |board members |directors |staff |others |council |"
        r"committee |voting |"
        r"non-voting |remote |online |meeting |observers |in )*"
        r"(?:attend(?:ees?|ants?|ance|ing)|present|participants?|participation|participating|roll ?-?call|"
        r"observers?|guests?|invitees"
        r"|who was (?:there|here)|who attended|on the call|(?:co-?)?chairs?(?:person|man|woman)?(?= *:?$)|"
        r"scribes?(?= *:?$)|facilitators?(?= *:?$)|moderators?(?= *:?$))\b"
        r"|(?:voting |board |committee |council |staff |tsc |members? )*members? present|"
        r"quorum and attendance",
        "Members present",
        "Presentation of the budget",
    ),
    Role(
        "commitment",
        r"(?:summary of |list of |review of |new |open |outstanding |agreed |key |follow-?up )*"
        r"(?:action[- ]?(?:items?|points?|list|register)|actions?|a\.?i\.?s?|to-?dos?|tasks?|assignments?|"
        r"commitments?|follow[- ]?ups?"
        r"|next steps?|deliverables|homework)\b(?! (?:plan|group|team|force|research))",
        "Action items",
        "Action plan of the network",
    ),
    Role(
        "decision",
        r"(?:summary of |list of |key |main |final |formal |board |agreed )*"
        r"(?:decisions?|resolutions?|resolved|motions?(?: passed| carried)?|agreements?(?: reached)?|"
        r"conclusions? and decisions"
        r"|decided|what (?:we|was) (?:agreed|decided))\b(?! (?:making|tree|tree|process|log format))",
        "Decisions taken",
        "Decision making in small groups",
    ),
    Role(
        "recommendation",
        r"(?:summary of |list of |key |main |policy |draft |final |conclusions and |findings and )*"
        r"(?:recommendations?|suggested (?:actions|next steps)|suggestions|ways? forward|"
        r"lessons(?: learn(?:ed|t))?)\b",
        "Key recommendations",
        "Recommended reading",
    ),
    Role(
        "announcement",
        r"(?:general |community |other |any |upcoming |brief )*"
        r"(?:announcements?|news|notices|upcoming (?:events?|activities|dates)|events|"
        r"things to (?:look for|know|note)|fyis?|for information"
        r"|important dates|dates for (?:your|the) diary|save the date|diary dates)\b",
        "Announcements",
        "Newsletter redesign",
    ),
    Role(
        "report",
        r"(?:\w+[’']?s? ){0,4}(?:status(?: reports?| updates?)?|progress(?: reports?)?|(?:reports?|"
        r"updates?)(?: (?:from|of|by|on) .*)?)$"
        r"|matters arising|round ?-?table|tour de table|report(?:s|ing)? (?:back|from|of|by)\b|(?:work|"
        r"activities) since\b",
        "Treasurer's report",
        "Reporting rules for hosts",
    ),
    Role(
        "proposal",
        r"(?:draft |new |open |key )*proposals?(?: for .*)?$|proposed (?:resolutions?|changes?|amendments?|"
        r"text)\b",
        "Proposals",
        "Proposers of the session",
    ),
    Role(
        "request",
        r"(?:open |outstanding |key |audience )*(?:questions?(?: (?:for|to) .*)?|q ?(?:&|and) ?a|"
        r"requests?(?: for .*)?"
        r"|calls? for (?:input|comments?|feedback|contributions?|volunteers))\b",
        "Call for input",
        "Quality assurance",
    ),
    Role("offer", r"offers?(?: of (?:help|support|assistance).*)?$", "Offers of help", "Officers"),
    Role(
        "interest",
        r"(?:expressions? of )?interests?(?: expressed)?$",
        "Expressions of interest",
        "Conflicts of interest",
    ),
    Role(
        ASIDE,
        r"(?:links?|references?|appendix|annex(?:es)?|glossary|table of contents|contents|see also|"
        r"related(?: \w+)?|sources?|further reading"
        r"|documents?|attachments?|resources?|background|about|license|recordings?|meeting (?:links?|info|"
        r"details)|conflicts? of interests?"
        r"|acronyms|abbreviations|footnotes|contact)\b",
        "References",
        "Referees for the award",
    ),
    Role(
        AGENDA,
        r"(?:meeting |draft |proposed |tentative |today[’']?s? |the |adoption of the )*"
        r"(?:agenda(?: items?)?|topics?(?: (?:discussed|covered|for discussion))?|items? (?:for|"
        r"of) discussion|order of business|programme"
        r"|discussion (?:items|topics)|outline|issues(?: discussed)?)(?: of .*| for .*)?$",
        "Agenda",
        "Agenda setting in the press",
    ),
    Role(
        DISCUSSION,
        r"(?:general |open |summary of |key |main |meeting )*(?:discussions?(?: (?:notes?|points?|"
        r"summary))?|discussed|minutes|notes"
        r"|summary|proceedings|deliberations|comments)\b",
        "Discussion notes",
        "Note takers",
    ),
)
PREFIX = re.compile(
    r"^[\W_]*(?:(?:agenda )?item )?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[ivx]{1,5}|[a-z])?[.):]*\s+|^[\W_]+", re.IGNORECASE
)
COUNT = re.compile(r"\s*[\[(][^\[\]()]{0,40}[\])]\s*$|[\s:.–—-]+$")
STRICT = frozenset(
    {"decision", "commitment", "attendee", ABSENT, "next_meeting", "new_member", "recommendation", "announcement"}
)


@lru_cache(maxsize=4096)
def role_of(heading: str) -> str:
    """The promise of this heading, or nothing."""
    words = COUNT.sub("", PREFIX.sub("", heading.strip()[:160], count=1))
    words = COUNT.sub("", words)
    for role in ROLES:
        if role.regex.match(words):
            return role.name
    return ""


def is_section_title(line: str) -> bool:
    """Whether a bare line of plain text is the usual name of a section, and nothing more."""
    words = line.strip().rstrip(":").strip()
    if not words or len(words.split()) > 5 or len(words) > 50:
        return False
    for role in ROLES:
        match = role.regex.match(words)
        if match and COUNT.sub("", words[match.end() :]) == "" and words[0].isupper():
            return role.name in STRICT or role.name in {AGENDA, DISCUSSION, "report", "proposal"}
    return False

"""Announcements: news of what is coming, open or new, told to be known."""

from jukwaa.intake.reader.cue import ANYTHING, FAIR, OR_NONE, STRONG, WEAK, Cue
from jukwaa.intake.reader.marking import gettext_noop as _
from jukwaa.intake.reader.subjects import ACTING

KIND = "announcement"
CUES = (
    Cue(
        KIND,
        "marker",
        _("the line begins with “Announcement:” or “For information:”"),
        ("announcement", "announcements", "info", "information", "fyi", "reminder", "news", "note", "save", "event"),
        r"^\W*(?:announcements?|info|for information|information|fyi|reminder|news|save the date|"
        r"upcoming event)\s?(?::|[-–—] |, )",
        "FYI: the library opens on Sundays.",
        "Information is scarce.",
        ANYTHING,
        STRONG,
        "none",
    ),
    Cue(
        KIND,
        "announced",
        _("somebody announced or informed"),
        (
            "announced",
            "announces",
            "announce",
            "announcing",
            "informed",
            "informs",
            "announcement",
            "notified",
            "advised",
            "alerted",
            "reminded",
            "reminds",
        ),
        r"\b(?P<v>(?:announced|announces|announcing)) (?!by\b)|\b(?P<w>(?:informed|informs|notified|"
        r"alerted|advised)) (?:the (?:meeting|board|committee|council|group|members)\b|"
        r"the (?:[\w-]+ ){1,3}(?:that|of|about|on)|members|everyone|participants|delegates|all|us|those)|"
        r"\b(?P<x>(?:reminded|reminds)) (?:the [\w-]+ |members |everyone |all |participants |delegates |"
        r"us |attendees )(?:that|of|about)\b"
        r"|\b(?:was|were|has been|have been) (?:also )?announced\b|\bannouncement (?:was|of|that|about)\b|"
        r"\b(?:happy|pleased|proud|excited) to announce\b",
        "The library announced longer hours.",
        "The announced hours are longer.",
        OR_NONE | {"thing", "it"},
        STRONG,
    ),
    Cue(
        KIND,
        "will-be",
        _("says what will take place, open or appear"),
        (
            "will",
            "take",
            "taking",
            "scheduled",
            "launch",
            "open",
            "opens",
            "starts",
            "begins",
            "planned",
            "closes",
            "runs",
        ),
        r"(?<!which )(?<!that )(?<!who )\b(?:will|is going to|are going to|to) (?:also |then |"
        r"[a-z]+ly )*(?:be (?:held|hosted|launched|published|released|available|open(?:ed)?|announced|"
        r"celebrated|organi[sz]ed|live|shown|presented|made available|accepting|starting|rolled out|closed|"
        r"speaking|live-?streamed)|take place|open|launch|go live|start|begin|kick off|appear|air|feature|"
        r"run from)\b"
        r"|\b(?:is|are|was|were) (?:now |also |currently |tentatively )*(?:scheduled|planned|slated|"
        r"taking place|due to (?:start|begin|open|launch))\b|\b(?:opens|starts|begins|closes|runs|"
        r"takes place|kicks off) (?:on|in|at|from|next|this|tomorrow|today|monday|tuesday|wednesday|"
        r"thursday|friday)\b",
        "The exhibition will be held in the old mill.",
        "The door will creak.",
        ANYTHING,
        FAIR,
        "none",
        question=False,
    ),
    Cue(
        KIND,
        "is-open",
        _("says that something is open or available now"),
        ("open", "available", "deadline", "closes", "registration", "live", "launched", "due", "closed"),
        r"(?<!minutes )\b(?:is|are) (?:now |still |also |already )*(?:open(?! (?:question|issue|item|to|"
        r"source))|available|online|accepting)\b|\bdeadline (?:for .{2,60} )?(?:is|was|has been|extended|"
        r"of|:)|\b(?:registration|nominations?|applications?|voting|submissions?|call for papers|"
        r"cfp)\b.{0,40}\b(?:open|opens|opened|close|closes|closed|due|extended)\b"
        r"|\blook (?:out )?for\b.{3,80}\b(?:at|in|on|from|available)\b",
        "Registration is open until May.",
        "An open question is how.",
        ANYTHING,
        FAIR,
        "none",
        question=False,
    ),
    Cue(
        KIND,
        "planning-event",
        _("somebody plans an event or a launch"),
        (
            "planning",
            "plans",
            "planned",
            "organising",
            "organizing",
            "organises",
            "hosting",
            "hosts",
            "launching",
            "launched",
            "preparing",
            "plan",
            "expected",
        ),
        r"\b(?:is|are|was|were) (?:also |currently )?(?:planning|organi[sz]ing|hosting|preparing|"
        r"launching) (?:for |to (?:hold|host|launch|organi[sz]e|run) )?(?:an?|the|its|their|two|"
        r"several) (?:[\w-]+ ){0,4}(?:event|workshop|conference|meeting|seminar|campaign|summit|forum|"
        r"webinar|launch|programme|program|training|session|exhibition|survey|hackathon|fair|day|"
        r"fund ?raiser|party|visit|trip|course|tour|festival|market|competition|consultation|roundtable)\b"
        r"|\bplans? (?:is |are )?(?:to (?:hold|host|launch|organi[sz]e|run|record|release|open|start)|"
        r"for an?)\b|\bit is (?:expected|planned|anticipated|hoped) that\b|\b(?:is|are) expected (?:to|by|"
        r"in|on)\b",
        "The town is planning a conference on parks.",
        "Planning an hour ahead helps.",
        ANYTHING,
        FAIR,
        quoted=True,
    ),
    Cue(
        KIND,
        "launched",
        _("somebody launched or published something new"),
        ("launched", "launches", "unveiled", "launch", "released", "published"),
        r"\b(?P<v>(?:has launched|have launched|launched|launches|unveiled|recently released|"
        r"recently published|just published|just released))\b (?!by\b)",
        "The library launched a reading club.",
        "The launched boat floats.",
        ACTING,
        FAIR,
        quoted=True,
    ),
    Cue(
        KIND,
        "moving-on",
        _("somebody takes up or leaves a post"),
        (
            "stepping",
            "stepped",
            "step",
            "leaving",
            "retiring",
            "resigned",
            "resigns",
            "resigning",
            "joins",
            "takes",
            "departure",
            "retire",
            "resignation",
            "welcomed",
        ),
        r"\b(?:is|are|will be|am|[’']s|would be|has|have) (?:also |now )?(?:stepp(?:ing|ed) down|leaving|"
        r"retiring|resign(?:ing|ed)|moving on|step down)\b|\b(?P<v>(?:resigned|stepped down))\b|"
        r"\bstepping (?:down|back|aside)\b|"
        r"\bnew (?:chair|director|treasurer|president|coordinator|secretary|chair-elect)[\w ]{0,30}(?:is|:|"
        r"will)",
        "The treasurer is stepping down in June.",
        "They are leaving the door open?",
        ANYTHING,
        FAIR,
        quoted=True,
        question=False,
    ),
    Cue(
        KIND,
        "upcoming",
        _("speaks of what is coming up"),
        ("upcoming", "forthcoming", "tomorrow", "today", "next"),
        r"\b(?:upcoming|forthcoming)\b.{0,60}\b(?:on|in|at|from|\d{1,2})\b|\b(?:event|webinar|workshop|"
        r"conference|seminar|summit|meeting|call|training|celebration)\b[^.]{0,40}\b(?:today|tomorrow|"
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )\b.{0,40}(?:\d|\bat\b)",
        "Upcoming webinar in May.",
        "Upcoming pages are blank.",
        ANYTHING,
        WEAK,
        "none",
        question=False,
    ),
)

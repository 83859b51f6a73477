"""Attendees and new members, where a sentence says so; lists under headings are read by `names`."""

from jukwaa.intake.reader.cue import ANYTHING, FAIR, STRONG, Cue
from jukwaa.intake.reader.marking import gettext_noop as _
from jukwaa.intake.reader.subjects import ACTING

CUES = (
    Cue(
        "attendee",
        "label",
        _("the line begins with “Attendees:” or “Present:”"),
        (
            "attendees",
            "attendee",
            "present",
            "participants",
            "participation",
            "attendance",
            "attended",
            "attending",
            "attend",
            "participating",
            "observers",
            "guests",
            "members",
            "chair",
            "quorum",
        ),
        r"^\W*(?:(?:new|other|also|members?|board members?|directors?|staff|others|voting members?|"
        r"trustees|council members|in|remote|online|committee|list of|staff) )*"
        r"(?:attend(?:ees?|ance|ed|ing)|present|participants?|participation|observers?|guests?|"
        r"participating|members present|in attendance)(?: \([^)]{0,30}\))?\s?(?::| [-–—] )\s*\S",
        "Also present: the clerk of the town.",
        "Present value: four.",
        ANYTHING,
        STRONG,
        "none",
    ),
    Cue(
        "attendee",
        "attended",
        _("says who attended or was present"),
        (
            "attended",
            "attending",
            "present",
            "participated",
            "attendance",
            "joined",
            "represented",
            "quorum",
            "included",
            "took",
        ),
        r"^(?!.*\bapolog).*?\b(?:meeting|session|call|workshop|event|conference|forum|"
        r"gathering) was (?:well |also |jointly )?attended by\b|\b(?:was|were|"
        r"are) (?:also )?(?:in attendance|present)(?: (?:at|from|via|by|in person|for)\b|[.;,]|$)"
        r"|\b(?P<v>(?:attended|participated (?:\w+ ){0,5}?in|took part in)) (?:the |this |"
        r"today[’']s )?(?:[\w’'´-]+ ){0,5}?(?:meeting|session|call|workshop)\b|"
        r"\b(?P<w>joined) (?:the (?:call|meeting|session)|by (?:phone|video|zoom)|remotely|via)\b"
        r"|\battended by\b|\b(?:speakers|participants|attendees|panell?ists|guests|delegates|"
        r"those present)\b[^.;]{0,60}\bincluded\b",
        "The session was attended by teachers of five towns.",
        "The danger is present in the data.",
        ANYTHING,
        FAIR,
        "agent",
    ),
    Cue(
        "attendee",
        "office",
        _("names who was in the chair or took the notes"),
        (
            "chair",
            "chairs",
            "co-chair",
            "co-chairs",
            "chairman",
            "chairperson",
            "chairwoman",
            "scribe",
            "facilitator",
            "moderator",
            "rapporteur",
            "taker",
            "note-taker",
            "notetaker",
            "convenor",
            "host",
        ),
        r"^\W*(?:meeting )?(?:(?:co-?)?chairs?(?:man|person|woman)?|scribes?|facilitators?|moderators?|"
        r"rapporteurs?|(?:note|minute)s?[ -]?taker|convenor|"
        r"host)\s?: ?(?-i:[A-Z@])[\w.’'-]+(?:[ ,][^.?!]{1,60})?$",
        "Chair: Maria of the school",
        "Chair: to be found soon.",
        ANYTHING,
        FAIR,
        "none",
    ),
    Cue(
        "new_member",
        "label",
        _("the line begins with “New member:”"),
        ("new", "member", "members"),
        r"^\W*new(?:ly admitted)? (?:members?|partners?)(?: organi[sz]ations?)?\s?(?::|[-–—])",
        "New members: the Harbour School.",
        "New members are rare.",
        ANYTHING,
        STRONG,
        "none",
    ),
    Cue(
        "new_member",
        "joined",
        _("says who joined or was admitted"),
        ("joined", "joins", "admitted", "member", "members", "membership", "joining"),
        r"\b(?P<v>(?:joined|joins|has joined|have joined|is joining|"
        r"are joining)) (?:the )?(?:[\w-]+ ){0,3}?(?:coalition|network|group|board|committee|council|"
        r"alliance|association|consortium|working group|task force|team|as (?:a |an |the )?(?:new |full |"
        r"associate )*members?)\b"
        r"|\b(?P<w>(?:became|become|becomes)) (?:a |the )?(?:new |full |newest |associate )*members?\b|"
        r"\b(?:was|were|been|is|are) {adv}(?:admitted|accepted|approved|welcomed|elected|confirmed|"
        r"added) (?:as|to|into) (?:a |an |the )?(?:new |full |associate )?(?:members?|membership)\b"
        r"|\bmembership (?:application|request)s? (?:of|from|by) .{2,80}(?:approved|accepted)",
        "The Harbour School joined the coalition in May.",
        "Two roads joined the town.",
        ACTING | {"none", "thing"},
        STRONG,
    ),
    Cue(
        "new_member",
        "who-is-new",
        _("speaks of somebody as the new member"),
        ("new", "newest", "newly", "latest"),
        r"\b(?:from|by|of|with|and|welcomed|welcome|introduced|to) (?P<who>(?:the |"
        r"an? )?(?-i:[A-Z])[\w’'&.-]+(?: (?:(?-i:[A-Z])[\w’'&.-]+|of|for|and|the)){0,6}),? (?:who|which|that) (?:was|"
        r"is|has become) (?:the |a |our |their )?(?:new|newest|latest) member\b"
        r"|\bwelcom(?:ed|es|e|ing) (?P<who2>.{2,80}?) (?:as (?:a |an |the |our )?(?:new|newest|"
        r"latest) members?|to the (?:group|board|committee|coalition|network|team|council))\b"
        r"|\bwelcom(?:ed|es|e|ing) (?:the |our |its |a |two |three |four )?new members?\b|"
        r"\bthe new(?:est)? members?,? (?:is|are|was|were|include)\b",
        "The chair welcomed Lake Trust as a new member.",
        "The chair welcomed the new rules.",
        ANYTHING,
        FAIR,
        "object",
    ),
)

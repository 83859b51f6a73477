"""Status reports: what was done, how far it is, what is being waited for."""

from jukwaa.intake.reader.cue import ANYTHING, FAIR, OR_NONE, STRONG, WEAK, Cue
from jukwaa.intake.reader.lexicon import words
from jukwaa.intake.reader.marking import gettext_noop as _
from jukwaa.intake.reader.subjects import ACRONYM, ACTING, BODY, NONE, SOMEBODY

KIND = "report"
DID = words(
    "added analysed analyzed applied arranged asked began built circulated closed collected compiled "
    "completed conducted contacted contributed created deployed designed developed distributed "
    "drafted edited emailed filed finalised finalized finished fixed followed gathered got hired "
    "hosted implemented launched merged met migrated moved organised organized ordered posted "
    "prepared produced published pushed received recorded recruited released removed replied "
    "resolved reworked rewrote sent set signed spoke started submitted tested trained translated "
    "updated uploaded visited won worked wrote landed opened shipped transferred renewed paid "
    "secured signed converted removed closed changed reopened installed checked filled drew opened"
)
CUES = (
    Cue(
        KIND,
        "marker",
        _("the line begins with “Status:” or “Update:”"),
        ("status", "update", "progress", "report", "updates", "done"),
        r"^\W*(?:quick |brief |status |progress )?(?:status|updates?|progress|report|done)\s?(?::|[-–—] )",
        "STATUS: half of the doors are painted.",
        "Status symbols were banned.",
        ANYTHING,
        STRONG,
        "subject",
    ),
    Cue(
        KIND,
        "reported",
        _("somebody reported or gave an update"),
        (
            "reported",
            "reports",
            "report",
            "update",
            "updated",
            "briefed",
            "overview",
            "updates",
            "apprised",
            "summary",
            "shared",
        ),
        r"\b(?P<v>(?:reported|reports)) (?!by\b|directly\b|to the (?:\w+ )?(?:chair|board)\b)|"
        r"\b(?P<w>(?:gave|gives|provided|provides|presented|presents|delivered|shared|made|offered)) (?:a |"
        r"an |the |her |his |their |its )?(?:[\w’'-]+ ){0,3}(?:updates?|reports?|status|summary|recap|"
        r"progress report)\b"
        r"|\b(?P<x>(?:updated|briefed|apprised)) (?:the (?:[\w-]+ ){0,3}(?:on|about|regarding|of)|members|"
        r"us\b|participants|everyone|delegates)|^\W*(?:quick |brief |short |status |progress |project |"
        r"verbal |oral )*(?:updates?|reports?|recap) (?:on|from|by|about)\b"
        r"|\b(?P<y>shared) (?!interest|concern)(?:some of |more about |information (?:on|about) |"
        r"details (?:of|on|about) )?(?:the |their |its |his |her |our )?(?:[\w-]+ ){0,3}(?:work|activities|"
        r"progress|experiences?|achievements|results|findings|efforts|areas of work|projects)\b",
        "The treasurer reported that the roof is paid.",
        "The reported loss was small.",
        OR_NONE,
        STRONG,
        quoted=True,
    ),
    Cue(
        KIND,
        "has-done",
        _("somebody has done or begun something"),
        ("has", "have", "had", "'ve", "we've", "i've", "they've", "he's", "she's"),
        r"(?:\b(?P<v>has|have|had)|(?P<w>(?<=\w)[’']ve)) {adv}(?:been (?:working|looking|considering|"
        r"talking|meeting|trying|collecting|writing|drafting|preparing|making|developing|doing|"
        r"[a-z]{3,}ing)\b"
        r"|(?!been|had|agreed|decided|expressed|proposed|suggested|asked|requested|said|noted|stated|"
        r"failed|announced|offered|invited|recommended|approved|changed the|used|seen|"
        r"always)(?:[a-z]{3,}(?:ed)|done|begun|written|sent|made|put|set|met|held|got|gotten|found|built|"
        r"taken|gone|given|grown|run|won|become)\b)",
        "The clerk has finished the index.",
        "Doors have handles.",
        ACTING,
        FAIR,
        quoted=True,
        question=False,
    ),
    Cue(
        KIND,
        "is-doing",
        _("somebody is at work on something or waits for it"),
        (
            "is",
            "are",
            "am",
            "'re",
            "'m",
            "we're",
            "i'm",
            "they're",
            "still",
            "currently",
            "waiting",
            "working",
            "being",
            "awaiting",
            "was",
            "were",
            "he's",
            "she's",
        ),
        r"(?:\b(?P<v>is|are|am)|(?P<w>(?<=\w)[’'](?:re|m|s))) {adv}(?:still |currently |busy |"
        r"at the moment |in the process of )*(?:working|waiting|awaiting|chasing|finali[sz]ing|preparing|"
        r"drafting|reviewing|writing|holding|considering|collecting|looking (?:at|into|for)|testing|"
        r"developing|building|compiling|"
        r"translating|fixing|investigating|making|trying|getting|running|seeing|organi[sz]ing|planning|"
        r"talking to|exploring|implementing|migrating|updating|discussing|conducting|"
        r"doing)\b(?! to (?:propose|offer))",
        "We are still waiting for the paint.",
        "The paint is waiting room grey.",
        ACTING,
        FAIR,
        quoted=True,
        question=False,
    ),
    Cue(
        KIND,
        "state",
        _("says how far something is"),
        (
            "progress",
            "progressing",
            "underway",
            "way",
            "done",
            "finished",
            "complete",
            "completed",
            "ready",
            "ongoing",
            "pending",
            "track",
            "stalled",
            "blocked",
            "merged",
            "submitted",
            "published",
            "closed",
            "finalized",
            "finalised",
            "released",
            "remains",
            "remained",
            "sent",
            "circulated",
            "delayed",
            "fixed",
            "live",
            "being",
            "been",
        ),
        r"\b(?P<v>(?:is|are|was|were|has been|have been|had been|’s|'s|been)) {adv}(?:almost |nearly |"
        r"well |about \d+ ?% |now |all |still |half )*(?:in progress|progressing|underway|under way|"
        r"on track|done|finished|complete|completed|ready|ongoing|pending|stalled|blocked|merged|submitted|"
        r"published|closed|finali[sz]ed|released|sent(?: out)?|circulated|delayed|fixed|live|launched|"
        r"updated|delivered|implemented|drafted|uploaded|posted|distributed|filed)\b"
        r"|^\W*(?:work|still|done|almost|no (?:update|progress|news|change)s?|some progress|good progress|"
        r"in progress|ongoing|pending|completed|waiting|nothing (?:new|to report))\b.{0,60}(?:progress|"
        r"ongoing|underway|done|waiting|pending|continues|update|report|$)"
        r"|\b(?:is|are|was|were) (?:still |currently |now )?being (?!discussed|asked|presented|"
        r"considered)[a-z]+ed\b|\bthere(?:[’']s| has| have) been (?!no )|\bprogress (?:is|was|has been|"
        r"had been) (?:being )?made\b|\bmade (?:good |some |great |significant )*progress\b",
        "The new roof is well under way.",
        "The way to the roof is long.",
        ANYTHING,
        WEAK,
        quoted=True,
        question=False,
    ),
    Cue(
        KIND,
        "did",
        _("somebody did something since"),
        tuple(DID),
        rf"\b(?P<v>(?:{'|'.join(DID)}))\b(?! by\b)(?=\s|[.,;]|$)",
        "Maria wrote the handbook in spring.",
        "The handbook written in spring is gone.",
        frozenset({SOMEBODY, ACRONYM, BODY}),
        WEAK,
        question=False,
    ),
    Cue(
        KIND,
        "elliptical",
        _("a note that begins with what was done"),
        (
            "met",
            "sent",
            "added",
            "created",
            "completed",
            "fixed",
            "finished",
            "working",
            "waiting",
            "updated",
            "merged",
            "released",
            "published",
            "started",
            "held",
            "submitted",
            "contacted",
            "worked",
        ),
        r"^\W*(?:met with|sent|added|created|completed|fixed|finished|working on|waiting (?:for|on)|"
        r"updated|merged|released|published|started|submitted|contacted|worked (?:on|with)|still working|"
        r"got)\b (?!members|minutes)",
        "Sent the forms to the printer.",
        "Sentences were short.",
        frozenset({NONE}),
        WEAK,
        "none",
        question=False,
    ),
)

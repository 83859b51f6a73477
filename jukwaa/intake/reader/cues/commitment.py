"""Commitments: who will do what. A thing that will happen is none; somebody who will do it is."""

from jukwaa.intake.reader.cue import ANYTHING, FAIR, OR_NONE, PEOPLE, STRONG, WEAK, Cue
from jukwaa.intake.reader.marking import gettext_noop as _
from jukwaa.intake.reader.subjects import ACRONYM, ACTING, BODY, NONE, SOMEBODY

KIND = "commitment"
DOING = (
    "ask|arrange|assign|book|bring|build|call|check|circulate|clarify|collect|compile|complete|confirm|"
    "connect|contact|coordinate|create|"
    "develop|distribute|document|draft|email|e-mail|ensure|explore|file|fill|find|finali[sz]e|finish|fix|"
    "follow|forward|gather|get|go|"
    "help|identify|inform|investigate|invite|join|lead|liaise|look|make|merge|monitor|move|notify|obtain|"
    "open|organi[sz]e|ping|plan|post|prepare|"
    "present|produce|propose|provide|publish|put|raise|reach|remind|report|represent|request|research|"
    "resend|respond|review|revise|revisit|rewrite|run|"
    "schedule|send|set|share|sort|speak|start|submit|summari[sz]e|talk|test|track|translate|update|upload|"
    "verify|work|write"
)
CUES = (
    Cue(
        KIND,
        "marker",
        _("the line begins with a mark such as “Action:” or “To do:”"),
        ("action", "actions", "ai", "todo", "to-do", "do", "ap", "task", "follow-up"),
        r"^\W*(?:new |open )?(?:action(?: ?-?(?:items?|points?))?|ai|a\.i\.|todo|to[ -]do|ap|task|"
        r"follow[ -]?up)"
        r"(?:[ -]*(?:[A-Z]{1,5}[- ])*#?\d[\d./-]*)?(?: ?[\[(][^\])]{1,40}[\])])?\s?(?:(?:on|"
        r"for) [\w’' -]{1,30})?\s?(?::|[-–—] |\]|=>)"
        r"|^\W*action-[a-z\d-]+|\[(?:action|todo|ai)[^\]]{0,20}\]|\baction[- ]items?: |"
        r"\(action:? [^)]{2,40}\)|\baction: ",
        "ACTION 12: the clerk sends the list.",
        "Action films were mentioned.",
        ANYTHING,
        STRONG,
        "subject",
    ),
    Cue(
        KIND,
        "will",
        _("somebody will do something"),
        ("will", "'ll", "shall", "i'll", "we'll", "they'll", "he'll", "she'll", "won't"),
        rf"(?:\b(?P<v>will|shall)|(?<=\w)(?P<w>[’']ll)) {{adv}}(?:try to |need to |continue (?:to )?|"
        rf"be (?:(?:{DOING.replace('|', '|')})ing|responsible|in charge|drafting|sending)\b|"
        r"(?!be\b|have\b|not\b|meet\b|convene\b|reconvene\b|likely\b|need\b|want\b|depend\b|include\b|"
        r"allow\b|enable\b|mean\b|become\b|remain\b|cover\b|probably be|also be|only)[a-z-]{2,})",
        "Maria will circulate the draft by Friday.",
        "The draft will cover three areas.",
        ACTING,
        FAIR,
        quoted=False,
        question=False,
    ),
    Cue(
        KIND,
        "will-elliptical",
        _("a note that begins with what will be done"),
        ("will", "to"),
        rf"^\W*(?P<v>will|also to|will also) (?:also |then |try to )?(?:{DOING}|take|do|give)\b",
        "Will send the forms to the printer.",
        "Will power is what it takes.",
        frozenset({NONE}),
        FAIR,
        "none",
        question=False,
    ),
    Cue(
        KIND,
        "going-to",
        _("somebody is going to do something"),
        ("going",),
        rf"\b(?P<v>(?:is|are|was|were|am|’s|'s|’re|'re)) {{adv}}going to (?:{DOING}|take|do|give|try|"
        rf"be (?:working|doing|sending))\b",
        "Omar is going to write the summary.",
        "It is going to rain.",
        ACTING,
        FAIR,
        question=False,
    ),
    Cue(
        KIND,
        "undertook",
        _("somebody undertook, agreed, promised or was to do something"),
        (
            "undertook",
            "committed",
            "promised",
            "pledged",
            "volunteered",
            "undertakes",
            "commits",
            "undertaken",
            "agreed",
            "agrees",
        ),
        r"\b(?P<v>(?:undertook|undertakes|commits|committed (?:itself |themselves |himself |herself )?|"
        r"promised|promises|pledged|pledges|volunteered|volunteers)) ?to (?!the\b|a\b|an\b)[a-z]+"
        r"|\btook (?:on )?(?:an|the) action\b|\b(?:take|takes|has|have) (?:an|the) action(?: item)? to\b",
        "The clerk promised to find a room.",
        "The committed members left.",
        OR_NONE,
        STRONG,
    ),
    Cue(
        KIND,
        "agreed-to",
        _("somebody agreed to do something"),
        ("agreed", "agrees"),
        r"\b(?P<v>(?:agreed|agrees)) to (?!the\b|this\b|that\b|a\b|an\b|these\b)[a-z]+",
        "Omar agreed to chair the next round.",
        "Omar agreed to the change.",
        PEOPLE,
        STRONG,
    ),
    Cue(
        KIND,
        "body-agreed-to-do",
        _("the members agreed to go on doing something themselves"),
        ("agreed", "agree", "committed"),
        r"\b(?:agreed|decided) (?:to|that (?P<who>(?:the )?(?:members|participants|we|they|partners|all|"
        r"everyone|\w+ members)) (?:would|will|should)) "
        r"(?:all |each |jointly |also )*(?:continue|keep|share|work|cooperate|collaborate|exchange|"
        r"contribute|support each|inform|update|report back)\b",
        "It was agreed that members would keep each other informed.",
        "It was agreed that fees would keep rising.",
        ANYTHING,
        FAIR,
        "object",
    ),
    Cue(
        KIND,
        "name-to-do",
        _("a name followed by what is to be done"),
        ("to",),
        rf"^\W*(?:[\w /-]{{2,50}}: ?|[\w /-]{{2,40}} [-–—] )?(?:and )?(?:also )?(?P<v>to) (?:{DOING}|take|"
        rf"do|give|add|attend|consider|discuss|draw|host|edit|seek|act)\b"
        rf"|^\W*(?:[\w ]{{2,40}}: ?|[\w ]{{2,40}} [-–—] )?(?-i:@?[A-Z][\w.’'/-]*|[Tt]he [\w-]+|"
        rf"[A-Z]\w+ \w+)(?:(?: and |/|, | & | )(?:the )?(?-i:[A-Z@])[\w.’'-]*){{0,3}} (?P<w>to) (?:{DOING}|"
        rf"take|do|give|add|attend|consider|discuss|draw|host|edit|seek|act)\b",
        "Maria and Omar to circulate the list.",
        "Ways to circulate the list.",
        ACTING,
        STRONG,
        question=False,
    ),
    Cue(
        KIND,
        "tasked",
        _("somebody was given a task"),
        ("tasked", "charged", "assigned", "instructed", "mandated", "delegated", "entrusted", "directed", "actioned"),
        r"\b(?P<v>(?:was|were|is|are|has been|have been|will be)) {adv}(?:tasked|charged|assigned|"
        r"instructed|mandated|delegated|entrusted|directed|actioned) (?:to|with|the)\b"
        r"|\b(?:tasked|instructed|directed|mandated|assigned|charged) (?:the )?[\w’' -]{2,40} (?:to|with)\b",
        "The secretary was instructed to write to the host.",
        "The hall was charged twice.",
        ANYTHING,
        FAIR,
    ),
    Cue(
        KIND,
        "to-be-done-by",
        _("says by whom something will be done"),
        ("by",),
        r"\b(?:to be|will be|shall be|would be) (?!held\b|hosted\b|chaired\b|covered\b|followed\b|"
        r"decided\b|driven\b)[a-z]+(?:ed|en|wn|ne|de|nt|ld|pt|ut) by (?!the end\b|mid|early|late|next|then|"
        r"\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
        r"|january|february|march|april|may\b|june|july|august|sept|octo|nov|dec|noon)(?:the )?[\w@]",
        "The report will be written by the clerk.",
        "The report will be finished by June.",
        ANYTHING,
        FAIR,
        "agent",
        question=False,
    ),
    Cue(
        KIND,
        "will-be-done",
        _("says what will be done, not by whom"),
        ("will", "shall"),
        r"\b(?<!which )(?<!that )(?:will|shall) (?:also |then |now )?be (?:circulated|sent|prepared|"
        r"drafted|updated|shared|distributed|revised|submitted|invited|asked|contacted|forwarded|added|"
        r"followed up|drawn up|amended|corrected|written|collected)\b",
        "The forms will be sent to the printer.",
        "The forms will be blue.",
        ANYTHING,
        WEAK,
        "none",
        question=False,
    ),
    Cue(
        KIND,
        "would",
        _("somebody is reported to do something soon"),
        ("would",),
        rf"\b(?:he|she|they) (?P<w>would) {{adv}}(?!be\b|have\b|not\b|like\b|need\b|prefer\b|rather\b|want\b|love\b|"
        r"also (?:be|like)\b|benefit\b|support\b|welcome\b|appreciate\b)[a-z]+"
        rf"|\b(?:we|(?-i:[A-Z])\w+) (?P<v>would) {{adv}}(?:{DOING}|take|continue|"
        rf"chair|convene)\b",
        "He said he would summarise the points.",
        "He said prices would rise.",
        frozenset({SOMEBODY, ACRONYM, BODY}),
        FAIR,
        quoted=True,
        question=False,
    ),
    Cue(
        KIND,
        "plans",
        _("somebody plans or intends to do something"),
        ("plans", "plan", "intends", "intend", "planning", "aims", "expects"),
        r"\b(?P<v>(?:plans|intends|intend|expects|is planning|are planning|aims|"
        r"am planning)) to (?!the\b)[a-z]+",
        "Omar intends to finish the index.",
        "The plans to scale are on the wall.",
        PEOPLE,
        WEAK,
        question=False,
    ),
    Cue(
        KIND,
        "was-to-move",
        _("somebody had taken on to do something"),
        ("were", "was", "is", "are"),
        rf"\b(?P<v>(?:is|are|was|were)) (?:also |still )?to (?:{DOING})\b",
        "The clerk is to send the list.",
        "The aim is to send fewer lists.",
        ACTING,
        WEAK,
        question=False,
    ),
    Cue(
        KIND,
        "soon-done",
        _("says by when something should be there"),
        ("should", "week", "tomorrow", "tonight", "today", "soon", "by"),
        r"^\W*(?:should|will) (?:be|have) [^.;]{1,60}\b(?:this|next|by|tomorrow|tonight|today|soon|before)\b",
        "Should be ready next week.",
        "The room should be ready.",
        frozenset({NONE}),
        FAIR,
        "none",
        question=False,
    ),
)

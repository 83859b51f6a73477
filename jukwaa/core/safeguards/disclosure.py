"""Whether a text tells of harm done to somebody, or asks for help. Careful not to take a report for it.

Quoted words don't count: a report that quotes a survivor is no disclosure, and whoever discloses does not quote. Each
sign has an example and a counter-example, plain and without detail; they are written so that nobody need read more.
"""

import re
from dataclasses import dataclass

_KIN = (
    r"(?:uncle|aunt|father|dad|stepfather|stepdad|mother|mum|stepmother|brother|stepbrother|sister|cousin|grandfather"
    r"|grandpa|teacher|coach|trainer|boss|neighbou?r|priest|pastor|imam|tutor|boyfriend|guardian)"
)
_WHO = rf"(?:my|our) (?:\w{{1,12}} )?{_KIN}"
_THEIR = rf"(?:her|his|their) (?:own )?(?:\w{{1,12}} )?{_KIN}"
_DONE = r"(?:abused|molested|groomed|raped|blackmailed|sextorted|assaulted|beaten|exploited)"
_BEFELL = r"(?:was|is being|has been|had been|got) (?:being )?(?:\w{1,10}ly )?"
_AGE = r"(?:1[0-7]|[1-9])"
_NAME = r"(?-i:[A-ZÀ-Þ][\w'-]{1,30})"
_SOMEBODY = rf"(?:{_WHO}|he|she|they|someone|somebody|a man|a boy|an adult|a stranger|this (?:man|person|guy))"
_HARMS = r"(?:abus|molest|groom|rap|exploit|blackmail|threaten|extort|beat|assault)(?:e?s|e?d|ing|ting|en)?"
_CHILD = r"my (?:\w{1,12} )?(?:daughter|son|child|kid|niece|nephew|sister|brother|friend|student|pupil|classmate)"

# The same in other languages: of whom, by whom, what befell them. In the present tense, which studies use as well,
# somebody near must be meant: "a girl in my class", "my niece".
_WORD = r"[\w-]{1,16}"
_KIN_FR = (
    r"(?:oncle|tante|père|papa|beau-père|mère|maman|belle-mère|(?:demi-)?frère|s(?:œ|oe)ur|cousine?|grand-père"
    r"|prof(?:esseure?)?|enseignante?|instituteur|maître|entraîneur|coach|patron|voisine?|prêtre|curé|pasteur|imam"
    r"|tuteur|copain)"
)
_THEIR_FR = rf"(?:son|sa|leur) (?:propre )?{_KIN_FR}"
_DONE_FR = r"(?:abusé|violé|agressé|molesté|maltraité|frappé|battu|exploité|harcelé|tabassé)e?"
_DO_FR = r"(?:abuser|violer|agresser|molester|maltraiter|frapper|battre|exploiter|harceler|tabasser)"
_NEAR_FR = (
    rf"(?:(?:une?|la|le|cette|cet|ce) {_WORD} (?:{_WORD} )?(?:de|dans|à) (?:ma|mon|notre) {_WORD}"
    r"|(?:ma|mon|notre) (?:petite? )?(?:fille|fils|nièce|neveu|s(?:œ|oe)ur|frère|ami|amie|copine|élève|voisine))"
)
_BEFELL_FR = r"(?:a été|avait été|est en train d'être) (?:\w{1,15}ment )?"
_KIN_ES = (
    r"(?:t[ií][oa]|padre|papá|padrastro|madre|mamá|madrastra|(?:medio )?herman(?:o|a|astro)|prim[oa]|abuel[oa]"
    r"|profesora?|maestr[oa]|entrenadora?|jefe|vecin[oa]|sacerdote|cura|pastor|imán|tutora?|novio)"
)
_THEIR_ES = rf"su (?:propi[oa] )?{_KIN_ES}"
_DONE_ES = r"(?:abusad|violad|agredid|golpead|maltratad|explotad|acosad|chantajead|manosead)[oa]"
_NEAR_ES = (
    rf"(?:(?:una?|la|el|est[ae]) {_WORD} (?:{_WORD} )?(?:de|en) (?:mi|nuestr[oa]) {_WORD}"
    r"|(?:mi|nuestr[oa]) (?:hij[oa]|sobrin[oa]|herman[oa]|amig[oa]|alumn[oa]|vecina))"
)
_BEFELL_ES = r"(?:fue|ha sido|había sido|est(?:á|aba) siendo) (?:\w{1,15}mente )?"
_HER_AR = r"\u0647\u0627?"  # her or him, written at the end of a word
_THEIR_AR = (
    r"(?:عم|خال|أب[ويا]|والد|أخ[ويا]|جد|معلم|مدرس|أستاذ|مدرب|جار|قريب|مدير|(?:زوج|صديق) (?:أم|والدت|عمت|خالت)"
    rf"|ابن (?:عم|عمت|خال|خالت)){_HER_AR}"
)
_NEAR_AR = (
    r"(?:\w{1,12} (?:من|في) (?:صفي|صفنا|مدرستي|مدرستنا|حينا|شارعنا|قريتنا)"
    r"|(?:ابنتي|ابني|ابنة أختي|ابن أختي|ابنة أخي|ابن أخي|أختي|صديقتي|تلميذتي|جارتنا))"
)
_HARM_AR = r"لل?(?:تحرش|اعتداء|إيذاء|ضرب|اغتصاب|ابتزاز|استغلال)"
_BY_AR = r"(?:من|من قبل|من طرف|على يد|على يدي)"


@dataclass(frozen=True, slots=True)
class Tell:
    """How people tell it, with an example, and what reads alike and is none."""

    name: str
    pattern: re.Pattern[str]
    example: str
    counter: str


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


TELLS: tuple[Tell, ...] = (
    Tell(
        "harm by somebody near",
        _re(rf"\b{_WHO} (?:\w{{1,10}} ){{0,3}}(?:{_HARMS}|touch(?:es|ed|ing)?|hurts?|hurting|hits?|hitting) me\b"),
        "My uncle touches me.",
        "My teacher touched on this, and my father hurt his hand.",
    ),
    Tell(
        "harm done to me",
        _re(
            r"\bi(?: am|'m| was| have been|'ve been| am being| was being|'m being) (?:being )?(?:\w{1,10}ly )?"
            r"(?:abused|molested|groomed|raped|blackmailed|sexually exploited|sextorted)\b(?! (?:of|by the (?:idea"
            r"|press|media)))"
        ),
        "I was abused, and nobody knows.",
        "I was asked about abused children, and am blackmailed by the idea of costs.",
    ),
    Tell(
        "threats with pictures",
        _re(
            rf"\b{_SOMEBODY} (?:\w{{1,10}} ){{0,4}}(?:threat\w{{0,6}}|blackmail\w{{0,4}}|forc\w{{1,4}}) (?:to )?"
            r"(?:(?:share|send|post|show|publish|leak) my (?:\w{1,10} )?(?:pictures?|photos?|videos?|images?)"
            r"|me (?:with|for|to send)\b)"
        ),
        "He threatens to share my pictures.",
        "They threaten to post the pictures of the award; he forces the pace.",
    ),
    Tell(
        "somebody asks a child",
        _re(
            rf"\b{_SOMEBODY} (?:\w{{1,10}} ){{0,3}}(?:asks?|asked|asking|wants?|wanted|tells?|told|makes?"
            rf"|made) me (?:to|for)? ?"
            r"(?:send|show|take)?(?: \w{1,8}){0,3} ?(?:naked|nude|private|intimate) (?:pictures?|photos?|videos?"
            r"|images?)"
        ),
        "Someone asks me for private pictures.",
        "They asked me to send pictures of the meeting.",
    ),
    Tell(
        "harm to a child near",
        _re(
            rf"\b{_CHILD} (?:is being|was|has been|told me (?:that )?(?:he|she|they) (?:is being|are being|was|were"
            rf"|has been)) "
            r"(?:\w{1,10}ly )?(?:abused|molested|groomed|raped|blackmailed|sextorted|assaulted)\b"
        ),
        "My daughter was groomed by a stranger.",
        "My daughter was asked how children are groomed.",
    ),
    Tell(
        "harm by somebody of one's own",
        _re(
            rf"\b{_BEFELL}{_DONE} (?:\w{{1,10}} ){{0,3}}by {_THEIR}\b"
            rf"|\b{_THEIR},? (?:\w{{1,10}} ){{0,3}}(?:{_HARMS}|touch(?:es|ed|ing)?|hurts?|hurting|hits?|hitting|beat)"
            r" (?:her|him|them|the (?:girl|boy|child))\b"
        ),
        "The child was abused by her uncle at home.",
        "A report on abuse by uncles; children who were abused by their teachers; her uncle abused his office.",
    ),
    Tell(
        "harm to somebody named, with an age",
        _re(
            rf"\b{_NAME}(?: {_NAME}){{0,3}}(?:, (?:aged )?{_AGE},?| \((?:aged? )?{_AGE}\),?) (?:who )?"
            rf"{_BEFELL}{_DONE}\b"
        ),
        "Maria Example, 12, was abused last summer.",
        "In Nairobi, on 12 May, it was said that children who were abused by strangers need help, says the study.",
    ),
    Tell(
        "a child asks for help",
        _re(
            r"\bi(?: am|'m) (?:only )?(?:[7-9]|1[0-7])(?: years old| yo\b|\b(?![.:/%]?\d| (?:of|members|years of)))"
            r"[^\"“”]{0,200}\b(?:help me|i need help|i(?: am|'m) (?:so )?(?:scared|afraid)|not safe|can'?t tell (?:any"
            r"|my|them))"
        ),
        "I am 12 and I need help, I am scared to go home.",
        "I am 12 of 30 in the queue to speak; this is how we help members.",
    ),
    Tell(
        "not safe at home",
        _re(
            r"\b(?:i(?: am|'m) (?:so )?(?:scared|afraid) (?:of my|to go home)|i do(?: not|n'?t) feel safe (?:at home"
            r"|with my)"
            r"|please help me,? (?:he|she|they|my))\b"
        ),
        "I don't feel safe at home.",
        "Parents say that they don't feel safe with new services.",
    ),
    Tell(
        "en français",
        _re(
            r"\bmon (?:oncle|père|beau-père|frère|cousin|grand-père|prof|professeur|entraîneur) (?:me touche"
            r"|m'a touchée?|me frappe"
            r"|abuse de moi|a abusé de moi)\b|\bj'ai été (?:abusée?|violée?|agressée?)\b|\bil menace de (?:publier"
            r"|envoyer) mes photos\b"
        ),
        "Mon oncle me touche.",
        "Mon oncle m'a dit un mot du projet.",
    ),
    Tell(
        "en español, em português",
        _re(
            r"\bm(?:i|eu) (?:t[ií]o|padrastro|padrasto|padre|papá|pai|hermano|irmão|primo|abuelo|avô|profesor"
            r"|professor|entrenador)"
            r" (?:me toca|me tocó|me tocou|me pega|me bate|abusa de m[ií]m?|abusó de mí|abusou de mim)\b"
            r"|\b(?:abusaron de mí|fui abusad[oa]|amenaza con (?:publicar|enviar) mis fotos"
            r"|ameaça publicar (?:as )?minhas fotos)\b"
        ),
        "Mi tío me toca.",
        "Me toca presentar el informe de mi profesor.",
    ),
    Tell(
        "بالعربية، kwa Kiswahili",
        _re(
            r"(?:عمي|خالي|أبي|والدي|أخي|جدي|معلمي|مدربي) (?:يلمسني|يضربني|يتحرش بي)|تعرضت للتحرش|"
            r"\b(?:mjomba|baba|kaka|mwalimu) (?:wangu )?(?:ananigusa|ananipiga|ananidhulumu)\b"
        ),
        "عمي يلمسني",
        "عمي يدرس حماية الطفل",
    ),
    Tell(
        "d'une autre personne, en français",
        _re(
            rf"\b(?:{_BEFELL_FR}{_DONE_FR}|(?:se fait|s'est faite?|se faisait) {_DO_FR}) (?:{_WORD} ){{0,4}}"
            rf"par {_THEIR_FR}\b"
            rf"|\b{_NEAR_FR},? (?:qui )?(?:est {_DONE_FR} (?:{_WORD} ){{0,4}}par {_THEIR_FR}\b"
            rf"|{_BEFELL_FR}{_DONE_FR}\b(?! par (?:la|le|les|cet?t?e?) )|(?:se fait|s'est faite?) {_DO_FR}\b)"
            rf"|\b{_THEIR_FR} (?:abuse|a abusé) (?:\w{{1,15}}ment )?(?:d'elle|de lui)\b"
            rf"|\b(?<!de ){_THEIR_FR} (?:(?:la|le) (?:touche|frappe|bat|viole|agresse|maltraite|harcèle)"
            rf"|l'(?:a )?(?:touch|frapp|viol|agress|maltrait|harc[eè]l|batt)(?:ée?|e|ue?))\b"
            rf"|\b{_NAME}(?: {_NAME}){{0,3}},? \(?(?:âgée? de )?{_AGE} ans[,)]{{0,2}} (?:qui )?{_BEFELL_FR}{_DONE_FR}\b"
        ),
        "Une fille de ma classe est abusée par son oncle.",
        "Les enfants qui sont abusés en ligne par leurs proches ; son oncle abuse de ses fonctions.",
    ),
    Tell(
        "de otra persona, en español",
        _re(
            rf"\b{_BEFELL_ES}{_DONE_ES} (?:{_WORD} ){{0,4}}por {_THEIR_ES}\b"
            rf"|\b{_NEAR_ES},? (?:que )?(?:es {_DONE_ES} (?:{_WORD} ){{0,4}}por {_THEIR_ES}\b"
            rf"|{_BEFELL_ES}{_DONE_ES}\b(?! por (?:la|el|los|las|est[ae]) ))"
            rf"|\b{_THEIR_ES} (?:abusa|abusó|abusaba|ha abusado|está abusando) (?:\w{{1,15}}mente )?de (?:ella|él)\b"
            rf"|\b(?<!de ){_THEIR_ES} (?:l[ao] (?:toca|tocó|tocaba|viola|violó|agrede|agredió|maltrata|manosea)"
            r"|l[aeo] (?:pega|pegó|pegaba|golpea|golpeó|golpeaba))\b"
            rf"|\b{_NAME}(?: {_NAME}){{0,3}},? \(?(?:de )?{_AGE} años[,)]{{0,2}} (?:que )?{_BEFELL_ES}{_DONE_ES}\b"
        ),
        "Una niña de mi clase es abusada por su tío.",
        "Los niños que son abusados en línea por extraños; su tío abusó de su cargo.",
    ),
    Tell(
        "عن شخص آخر، بالعربية",
        _re(
            rf"\bتعرضت? (?:\w{{1,12}} ){{0,2}}{_HARM_AR} (?:\w{{1,12}} ){{0,2}}{_BY_AR} {_THEIR_AR}\b"
            rf"|\b{_NEAR_AR} (?:ت|ي)?تعرضت? {_HARM_AR}\b"
            rf"|\b(?:يعتدي|اعتدى) (?:\w{{1,12}} )?عليها? (?:\w{{1,12}} )?{_THEIR_AR}\b"
            rf"|\b(?:يتحرش|تحرش) (?:\w{{1,12}} )?بها? (?:\w{{1,12}} )?{_THEIR_AR}\b"
            rf"|\b(?:يضرب|ضرب|يلمس|لمس|يغتصب|اغتصب|يبتز|ابتز){_HER_AR} {_THEIR_AR}\b"
            rf"|\b{_THEIR_AR} (?:\w{{1,12}} ){{0,2}}(?:(?:يعتدي|اعتدى) (?:\w{{1,12}} )?عليها?"
            rf"|(?:يتحرش|تحرش) (?:\w{{1,12}} )?بها?|(?:يضرب|ضرب|يلمس|لمس|يغتصب|اغتصب|يبتز|ابتز){_HER_AR})\b"
        ),
        "فتاة في صفي يعتدي عليها عمها",
        "الأطفال الذين يتعرضون للاعتداء عبر الإنترنت؛ عمها يدرس حماية الطفل",
    ),
)
_QUOTED = re.compile(
    r"[\"\u201c\u201e\u00ab\u2018][^\"\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019]{1,600}[\"\u201d\u201c\u00bb\u2019]"
    r"|^[ \t]{0,8}>[^\n]{0,2000}$",
    re.MULTILINE,
)
_APOSTROPHE = str.maketrans("\u2019", "'")


def looks_like_disclosure(text: str) -> bool:
    """Conservative: what is quoted, or told of children in general, is none. Takes time in proportion to the text."""
    own_words = _QUOTED.sub(" … ", text).translate(_APOSTROPHE)
    own_words = re.sub(r"\s+", " ", own_words)
    return any(tell.pattern.search(own_words) for tell in TELLS)

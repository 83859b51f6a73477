"""Tasks in minutes without cues: "Mme Lopes enverra la liste", "Rana fait la traduction pour le 30/11"."""

import re

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.markers import NAMES_PATTERN
from jukwaa.intake.reader.tasks import find_owners_in_clause, parse_known_names
from jukwaa.intake.reader.translation_marker import gettext_noop as _

_TITLE = r"(?:MM?|Mmes?|Mlle|Mr|Mrs|Pre?|Me|Dr|Dre|Sr|Sra|Srta|D|Dña|Dra|Prof)\.?"
_NAME = r"[^\W\d_a-z][\w’'-]+(?: (?:(?:de|da|del|van|von|der|le|la|el|al) )?[^\W\d_a-z][\w’'-]+){0,3}"
_TITLED_NAME = rf"{_TITLE} {_NAME}"
# Being, coming, leaving and the like are no tasks.
_STATE = (
    r"ser|aur|pourr|devr|faudr|voudr|réunir|tiendr|quitter|fermer|ouvrir|réjouir|recevr|rester|partir|arriver|manquer"
    r"|viendr|reviendr|deviendr"
)
_IBERIAN_STATE = (
    r"ser|estar|tendr|podr|deber|habr|reunir|ter|haver|poder|dever|cumplir|dejar|deixar|llegar|chegar|faltar|quedar|ficar"
    r"|seguir|saldr|sair|vendr|vir|recibir|receber"
)
# "écrira", "escribirá", "escreverá"; the past "déclara" and "suggéra" end otherwise, but for a few in "ira" and "vra".
_FUTURE = (
    r"(?:(?:leur|lui|les?|la|nous|vous|en|y|se|lhes?|nos) |l[’'])?"
    rf"(?:(?!{_STATE}|(?:(?:re|at)?tir|(?:ad)?mir|(?:a|re|in)spir|(?:dé)?livr|œuvr|encadr)a\b)"
    r"[a-zéèêîôûç]+(?:er|ir|dr|ttr|vr|rr|îtr|clur)(?:a|ont)\b"
    rf"|(?!{_IBERIAN_STATE})[a-zñ]{{2,}}(?:rá|rán|rão)\b)"
)
_PROMISE = (
    r"(?:(?:est|sont|a été|ont été) chargée?s? d|se charge(?:nt)? d|s[’']engage(?:nt)? à|se propose(?:nt)? d"
    rf"|{_FUTURE}"
    r"|(?:se )?(?:compromete(?:n)?|encarga(?:n)?) (?:a|de)\b|queda(?:n)? encargad[oa]s? de"
    r"|(?:ficou|ficaram) (?:de|encarregad[oa]s? de)|compromete(?:u|ram)?-se a|comprometem-se a)"
)
PROMISE_PATTERN = re.compile(
    rf"(?:^|[;:.]\s+|\s(?:et|y|e)\s+)(?P<who>{_TITLED_NAME}(?:(?:, | et | y | e ){_TITLED_NAME})*) {_PROMISE}"
    # "4.1. M. Lopes est chargé de": a title of one letter looks like the number of a list.
    rf"|^(?P<bare>{_NAME}) (?:(?:est|a été) chargée? d|se (?:charge|propose) d|s[’']engage à)"
)
# "La présidente leur écrira sous quinzaine", "A tesoureira enviará a lista"
ROLE_PROMISE_PATTERN = re.compile(
    r"^\W*(?:l[ae] |l[’']|el |[ao] )(?P<who>(?:secr[ée]taire|secrétariat|secretari[oa]|secretári[oa]|secretaría"
    r"|secretariado|présidente?|president[ea]|trésori[eè]re?|tesoureir[oa]|tesorer[oa]|coordinat(?:eur|rice)|coordination"
    r"|coordinadora?|coordinación|coordenadora?|coordenação|rapporteure?|relatora?)(?: générale?| executiv[oa])?)"
    rf" {_FUTURE}(?! la (?:séance|sesión|reunión)| a (?:sessão|reunião))",
    re.IGNORECASE,
)
# "Le secrétariat s'est engagé à mettre l'annuaire en ligne"
BODY_PROMISE_PATTERN = re.compile(
    r"^\W*(?:l[ae] |l[’']|el |[ao] )(?P<who>(?:secr[ée]tari\w+|secretaría|secretariado|bureau|comité|comitê|conseil"
    r"|consejo|conselho"
    r"|présiden\w+|presiden\w+|trésori\w+|tesour\w+|tesorer\w+|coordina\w+|coordena\w+|équipe|equipo|equipa|équipe))"
    r" (?:s[’'](?:est )?engagée? à|s[’']engage à|s[’']est chargée? d|se comprometió a|se comprometeu a|comprometeu-se a"
    r"|(?:ficou|quedó) (?:encarregad[oa]|encargad[oa]) d|se encargará de)",
    re.IGNORECASE,
)
NAME_PATTERN = re.compile(_TITLED_NAME)
CLAUSE_SEPARATOR_PATTERN = re.compile(r"\s*;\s+")
TASK_LABEL_PATTERN = re.compile(r"\W*(?P<label>[^\W\d_][\w’' ()-]{2,39}?)\s?:\s+(?=\S)")
_PRONOUN = r"(?:(?:se|me|les?|la|los|las|lo|l[’']|s[’']|lui|leur|en|y|os?|as?|también|aussi|também|juga) ?){0,2}"
NAMED_CLAUSE_PATTERN = re.compile(
    rf"^[^\w@]*(?:(?:et|y|e|dan|na) )?(?P<who>{NAMES_PATTERN}) (?P<pronoun>{_PRONOUN})\b"
    r"(?P<verb>[^\W\d_A-Z]{2,})\b(?=\W)"
)
# Reports of what was said or done, and words that are no verbs.
NO_TASK_VERB_PATTERN = re.compile(
    r"(?:pr[ée]sent|present|apresent|rappell|recuerd|recorda|lembr|expli[cq]|inform|indi[cq]|soulign|señal|sublinh"
    r"|annonc|anunci|rapport|relat|coment|comment|remerci|agrade[cs]|félicit|felicit|propos|propon|propõ|demand|pid|pregunt"
    r"|pergunt|pens|cre[eê]|acha|estim|consid[eé]r|préfèr|prefier|prefer|ouvr|abr[eiu]|présid|presid|rejoin|quitt|arriv|llega|chega"
    r"|sort|sal[ei]|sai|particip|assist|souhait|quier|quer|peu[tv]|pued|pod[ei]|voudr|not[ea]|vot[ea]|habl|parl|fala|dit|dice|diz|va$|est|sont"
    r"|trabaj|travaill|trabalh|viv|appartient|pertene|représent|represent|regret|lament|approuv|aprueb|aprov|adopt|décid|decid"
    r"|accueill|acoge|acolh|reçoi|recib|receb|fêt|celebr)"
    r"|(?:[aàé]|an?|es|son|era|eran|foi|foram|fue|fueron|ha|han|hay|tiene[n]?|tem|têm|ont|fut|suis|sera|ser[aá]"
    r"|de|del|du|da|des|dos|das|di|do|et|y|e|o|u|ou|que|qui|quien|quem|pour|por|para|sur|sobre|avec|con|com|dans|en|em"
    r"|au|aux|al|ne|no|não|pas|si|ya|já|déjà|bin|ibn|van|von|der|el|la|le|los|las|les)$"
    r"|\w+(?:ó|ió|aron|ieron|ou|eu|iu|aram|eram|iram|aba|aban|ía|ían|ava|avam|iam|(?<!f)ait|aient|é|ée|és|ées|ado|ada|ido|ida)$",
    re.IGNORECASE,
)
WRITER_PATTERN = re.compile(r"^[^\w@]*(?:Yo|Je|Eu|J[’']|Ich|Saya)\b ?(?!no\b|não\b|ne\b|tidak\b)")
STAFF_LABEL_PATTERN = re.compile(
    r"\W*(?:secretar[ií]ad?o?|secretaria|secrétariat|secretariat|sekretariat|sekretariatet|minutes|notes|notulen"
    r"|notes? takers?|note-?taker|minute-?taker|prise de notes|prises? de notes|toma de (?:actas|notas)|acta|relatoría"
    r"|compte[- ]rendu|cr|ata|protokoll|relatoria)\s?[:|]\s+(?P<names>(?-i:[^\W\d_a-z])[^:]{2,200})$",
    re.IGNORECASE,
)
REASON = _("the sentence gives a name and then a task")


def build_non_english_promise_claims(phrase: str) -> list[Claim]:
    """A commitment for each clause in which people with a title promise something, in words of that clause."""
    why = _("the sentence gives a name and then a task")
    if body := BODY_PROMISE_PATTERN.match(phrase) or ROLE_PROMISE_PATTERN.match(phrase):
        return [Claim("commitment", STRONG, why, (body["who"],), words=phrase.strip(" ."))]
    return [
        Claim(
            "commitment",
            STRONG,
            why,
            tuple(NAME_PATTERN.findall(match["who"])) if match["who"] else (match["bare"],),
            words=clause.strip(" ."),
        )
        for clause in CLAUSE_SEPARATOR_PATTERN.split(phrase)
        if (match := PROMISE_PATTERN.search(clause)) is not None
    ]


def find_staff_text(phrase: str) -> str:
    """The names behind "Secretariat:" or "Notes:": people who do tasks, although no list says that they came."""
    match = STAFF_LABEL_PATTERN.match(phrase)
    return match["names"] if match else ""


def build_present_task_claims(phrase: str, people: frozenset[str]) -> list[Claim]:
    """A commitment for each clause that says what a person who was present does, and by when."""
    if phrase.rstrip().endswith("?"):
        return []
    clauses = CLAUSE_SEPARATOR_PATTERN.split(phrase)
    found = [(clause, _find_owners_of_clause(clause, people)) for clause in clauses]
    return [
        Claim("commitment", STRONG, REASON, owners, words=clause.strip(" .,")) for clause, owners in found if owners
    ]


def _find_owners_of_clause(clause: str, people: frozenset[str]) -> tuple[str, ...]:
    """Who does what this clause says; nobody where it tells no task."""
    if names := find_owners_in_clause(clause, people):
        return names
    match = NAMED_CLAUSE_PATTERN.match(clause)
    if match is None or not (names := parse_known_names(match["who"], people)):
        return ()
    is_task = not NO_TASK_VERB_PATTERN.match(match["verb"]) and bool(find_deadline(clause))
    return names if is_task else ()

"""What people promise in minutes in French, Spanish and Portuguese: "Mme Lopes enverra la liste d'ici fin mai"."""

import re

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import STRONG
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

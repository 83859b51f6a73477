"""Decisions and next meetings in the set phrases of minutes in French, Spanish and Portuguese, which have no cues."""

import re

from jukwaa.core.due_phrases import FOREIGN_DATE
from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.commitment_owners import find_non_english_owners
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.foreign_owners import find_non_english_entry_owners, find_non_english_promise_owners
from jukwaa.intake.reader.foreign_tasks import build_non_english_promise_claims, build_present_task_claims
from jukwaa.intake.reader.item_references import DECISION_REFERENCE_PATTERN
from jukwaa.intake.reader.note_tails import find_owners_in_closing_mark
from jukwaa.intake.reader.noted_tasks import find_owners_of_noted_task
from jukwaa.intake.reader.outline import HEADING_PATH_SEPARATOR
from jukwaa.intake.reader.passage import SentenceUnit
from jukwaa.intake.reader.phrases import FOREIGN_DECISION_PATTERN
from jukwaa.intake.reader.section_promises import REASONS_BY_SECTION_KIND
from jukwaa.intake.reader.translation_marker import gettext_noop as _

_SETTLED = (
    r"(?:app?r(?:ueb|ob|ov|ouv)|ac(?:uerd|ord)|a[cd]ept|aceit|accept|adopt|ratific|élu|elegi|elig|eleit|elect|vot|valid"
    r"|décid|decid|nomm|nombr|nome|autori|conce[dn]|design|désign|adm[ei][st]|rej[ei][ti]|rechaz)\w*"
)
_TOGETHER = (
    r"(?:por (?:unanimidade?|consenso|mayoría|maioria|aclama(?:ción|ção)|asentimiento)|unánimemente|unanimemente"
    r"|[àa] l[’']unanimité|à la majorité|par (?:consensus|acclamation)|à unanimidade"
    r"|(?:par|por|con|com|avec) [\w-]+(?: [\w-]+)? (?:voix|votos?))\b(?: (?:de los|des|dos) pr[eé]sente?s)?"
)
VOTED_PATTERN = re.compile(
    rf"\b{_SETTLED}\b.{{0,60}}?\b{_TOGETHER}|\b{_TOGETHER}.{{0,60}}?\b{_SETTLED}\b", re.IGNORECASE
)
BARE_RESULT_PATTERN = re.compile(rf"\W*{_SETTLED} {_TOGETHER}\W*$", re.IGNORECASE)
OPENING_RESULT_PATTERN = re.compile(rf"\W*{_SETTLED} {_TOGETHER}(?=\W*$|,)", re.IGNORECASE)
# "À l'issue de l'échange, "; not "Selon M. Lopes, ", "Comme l'a dit la mairie, " or "Si les fonds arrivent, "
_INTRODUCTION = (
    r"(?:(?!(?:selon|d[’']après|según|segundo|pour|para|comme|como|si|se|caso|quand|lorsque"
    r"|cuando|quando) )[^,;:.?]{1,80}, "
    r"|(?:après|à l[’']issue|au terme|à la suite|suite|sur (?:la )?proposition|en conclusion|tras|después|luego"
    r"|a propuesta"
    r"|al término|por último|após|depois|sob proposta|por proposta|no final|no fim)\b[^,;:.?]{1,100}? )?"
)
OPENING_DECISION_PATTERN = re.compile(
    rf"\W*(?:[\d.]+ )?{_INTRODUCTION}(?:(?:enmienda|propuesta|moción|resolución|punto|artículo)[^:.\n]{{0,40}}:\W*)?"
    r"se (?:aprueban?|acuerdan?|decide|resuelve|ratifican?|nombran?|designan?"
    r"|(?:aprob|acord|decid|resolv)(?:ó|aron|ió|ieron))\b"
    rf"|\W*{_INTRODUCTION}(?:il (?:est|a été) (?:décidé|convenu)(?! avec\b)"
    r"|(?:foi|ficou) (?:decidido|acordado|aprovado|definido|deliberado)|(?:decidi|acordo|aprovo|delibero)u-se)\b"
    r"|\W*(?:\d{1,2}[.)] )?و?(?:تقرر|تقرّر|تم الاتفاق على|تمت الموافقة على|(?:قررت?|أقرت?|اعتمدت?|وافقت?|اتفقت?)"
    r" (?:اللجنة|المجلس|الجمعية|الاجتماع|الأعضاء|الحاضرون|المشاركون|المجموعة|الائتلاف|الشبكة|المكتب))(?= )",
    re.IGNORECASE,
)
# "Résolution 4 : adoptée", "Moción 3: rechazada (2-5)"
_MATTER = (
    r"(?:r[ée]solu[ct]\w+|propos\w+|propuestas?|amendements?|enmiendas?|emendas?|mo(?:ción|ciones|ção|ções|tion)s?"
    r"|vote|votación|votação|punto|ponto|point|delibera\w+|délibérations?)"
)
_PAST = r"(?:adopté|approuvé|accepté|validé|rejeté|aprobad|aceptad|rechazad|ratificad|aprovad|aceit|rejeitad)\w{0,3}"
RESULT_OF_MATTER_PATTERN = re.compile(rf"\W*{_MATTER}\b[^:.\n]{{0,40}}\s?:\s?\W*{_PAST}\b[^:?]{{0,40}}$", re.IGNORECASE)
# Parliaments adopt laws, and no coalition does.
_LAW = r"(?:(?:nouvelle|nueva|nova) )?(?:(?:projeto?|proposition|proyecto|propuesta|proposta) de )?(?:loi|ley|lei)\b"
LAW_OF_OTHERS_PATTERN = re.compile(
    rf"^\W*(?:l[ae]|une?|el|una|[ao]|uma?) {_LAW}|\b{_SETTLED} (?:l[ae]|une?|el|una|[ao]|uma?) {_LAW}"
    rf"|\b{_SETTLED} (?:\w+ ){{0,3}}?(?:par (?:les? |la |l[’'])|por (?:el |la |los |las |o |a )?|pel[oa]s? )"
    r"(?:parlement|parlamento|congr[eè]s|congreso|congresso|s[ée]nat|senado|gouvernement|gobierno|governo|c[áâ]mara"
    r"|cortes|union européenne|unión europea|união europeia|commission européenne|comisión europea|comissão europeia"
    r"|assemblée nationale|asamblea (?:nacional|legislativa)|assembleia (?:da república|nacional|legislativa)"
    r"|conse(?:il|jo|lho) des? minist\w+|minist\w+)",
    re.IGNORECASE,
)
# "Le conseil approuve le budget", "La junta decidió mantener la cuota", "A diretoria aprovou o orçamento"
BODY_DECIDES_PATTERN = re.compile(
    rf"\W*{_INTRODUCTION}(?:le|la|l[’']|el|o|a|les|los|las|os|as) ?"
    r"(?:conseil|bureau|comité|comitê|copil|pleno|commission|assemblée|junta|asamblea|consejo|comisión|directiva|diretoria|assembleia"
    r"|conselho|comissão|groupe|grupo|réunion|reunión|reunião|rede|réseau|coalition|coligação|coalición|direction|dirección|direção|coordination|coordinación|coordenação|plenari[oa]|plénière)"
    r"(?: (?:de travail|de trabajo|de trabalho|générale|general|geral|directiv[oa]|exécutif|ejecutiv[oa]"
    r"|executiv[oa]|d[’']administration"
    r"|de dirección))? "
    r"(?:(?:décide|approuve|adopte|valide|aprueba|acuerda|decide|resuelve|ratifica|aprova|delibera)(?!-)"
    # "Le comité admet que" and "reporte que" decide nothing, nor do "le groupe fixe" and "la direction fixe les prix".
    r"|(?!(?:fixe|fija|fixa)\b"
    r"(?! (?:l[ae]|el|[ao]) (?:date|montant|cotisation|calendrier|fecha|cuota|calendario|data|quota)))"
    r"(?:(?:admet|reporte|ajourne|renouvelle|fixe|rejette|désigne|nomme|élit|autorise|admite|aplaza|pospone|fija"
    r"|renueva|rechaza|designa|nombra|elige|autoriza|adia|fixa|renova|rejeita|nomeia|elege)"
    r"|(?:a|ont) (?:admis|reporté|ajourné|renouvelé|fixé|rejeté|désigné|nommé|élu|autorisé)"
    r"|(?:admit|elig)ió|(?:aplaz|fij|renov|rechaz|design|nombr|autoriz)ó|(?:admit|eleg)iu"
    r"|(?:adi|fix|renov|rejeit|design|nome|autoriz)ou)(?!-)\b(?! (?:que\b|qu[’']))"
    r"|(?:a|ont) (?:décidé|approuvé|adopté|validé)|(?:aprob|acord)ó|(?:decid|resolv)ió|aprovou|decidiu|deliberou"
    r"|acordou)\b"
    # "La commission a rejeté notre demande": that of others
    r"(?! (?:si|se|whether|quand|cuándo|notre|nos|nuestr[ao]s?|(?:[ao]s? )?noss[ao]s?)\b)",
    re.IGNORECASE,
)
# "Le budget est approuvé.", "O orçamento foi aprovado por todos."
MATTER_SETTLED_PATTERN = re.compile(
    r"\W*(?:le|la|l[’']|el|o|a|les|los|las|os|as) ?(?!si\b|qui\b|que\b)(?:[\w’'-]+ ){1,6}"
    r"(?<!ne )(?<!n[’'])(?<!no )(?<!não )(?<!nunca )(?<!jamás )(?<!jamais )(?<!tampoco )(?<!nem )"
    r"(?:est|sont|a été|ont été|foi|foram|fica|ficou|fue|fueron|queda|quedan|quedó|es|é) "
    r"(?:adopté|approuvé|validé|rejeté|retenu|entériné|aprobad|ratificad|rechazad|aprovad|rejeitad)\w{0,3}"
    r"(?: (?:par|à|por|con|com|sans|sin|sem)\b[^.?]{0,60})?(?:[.!\s*_]*$| ?;)",
    re.IGNORECASE,
)
# "On est tombés d'accord pour ...", "Al final quedamos en ...", "Ninguém se opôs": as emails tell it.
AGREED_IN_PROSE_PATTERN = re.compile(
    r"\W*(?:[^,;:.?]{1,80}, )?(?:(?:al final|finalement|no final|au final|también|donc) )?"
    r"(?:(?:on|nous) (?:s[’']est|est|a|avons|sommes|nous sommes) (?:tous |donc )?(?:tombée?s? d[’']accord"
    r"|mis d[’']accord"
    r"|convenus?|décidé|validé|retenu|acté) (?:pour|sur|de |d[’']|qu|l[ae]s? |une? )"
    r"|tout le monde (?:était|est|a été) (?:d[’']accord|ok|favorable) (?:pour|avec|sur|à|qu)"
    r"|personne ne s[’'](?:y )?est opposée?|personne n[’']a(?:vait)? (?:rien )?(?:objecté|d[’']objection)"
    r"|(?:quedamos en|acordamos|decidimos|convinimos|resolvimos)(?: también)? (?!vernos\b|reunirnos\b|nada\b)\w"
    r"|todos (?:estuvimos|estuvieron|estábamos|estaban|estamos) de acuerdo (?:en|con|para)"
    r"|nadie (?:se opuso|objetó|puso objeciones)"
    r"|(?:ficámos|ficamos|chegámos|chegamos) (?:todos )?(?:de|a) acordo (?:em|com|para|que|sobre)"
    r"|(?:combinámos|combinamos|acordámos|definimos)(?: também)? (?!nada\b|reunir)\w"
    r"|tod(?:os|o mundo) (?:concordaram|concordámos|concordamos|concordou) (?:com|em|que)|ninguém (?:se opôs|objetou)"
    r"|(?:اتفقنا|قررنا|تقرر|تم الاتفاق|وافق الجميع) \S|لم يعترض أحد)",
    re.IGNORECASE,
)
# "Je dois encore vous envoyer la liste", "Yo les debo la lista", "Eu envio a lista amanhã"
OWN_PROMISE_PATTERN = re.compile(
    r"\W*(?:je (?:dois encore|vous dois|vais (?:envoyer|préparer|écrire|relancer|contacter|rédiger)|m[’']occupe)"
    r"|j[’'](?:envoie|enverrai)|yo (?:(?:les? |os )?debo|(?:les? |os )?(?:envío|mando)|voy a|me encargo)"
    r"|(?:les|os) debo|me encargo (?:yo )?de|eu (?:envio|mando|vou|fico (?:de|com)|trato|devo)"
    r"|(?:ainda )?(?:vos|lhes) devo|fico eu (?:de|com)|سأ(?:رسل|عد|تواصل|كتب))\b",
    re.IGNORECASE,
)
# "On se retrouve dans quinze jours", "Nos vemos el martes", "Voltamos a falar daqui a quinze dias"
MEET_AGAIN_PATTERN = re.compile(
    r"\W*(?:(?:on|nous) (?:se|nous) (?:retrouve|revoit|reparle|retrouvons|revoyons|reparlons)"
    r"|rendez-vous|a gente se (?:fala|vê|reúne) de novo"
    r"|nos (?:vemos|volvemos a (?:ver|reunir|hablar)|reunimos de nuevo)"
    r"|(?:voltamos a (?:falar|reunir|encontrar)|voltamos a reunir-nos|reunimos(?:-nos)? (?:de novo|novamente))"
    r"|(?:س)?(?:نلتقي|نجتمع)|الاجتماع (?:القادم|المقبل))\b[^.?]{0,30}?"
    r"(?:\d|\b(?:dans|en|dentro|daqui|el|le|em|na|lundi|mardi|mercredi|jeudi|vendredi)\b|بعد|يوم)",
    re.IGNORECASE,
)
# "Ana preguntó por los datos y al final quedamos en que la lista es pública, pero ..."
AGREED_IN_CLAUSE_PATTERN = re.compile(
    r"[^.?!]{3,200}?(?:, |\b(?:y|pero|e|mas|et|mais) )(?:[^\W\d_]+ ){0,7}?"
    r"(?<!no )(?<!não )(?<!nunca )(?:(?:quedamos|acordamos|convinimos)(?: en)? que|decidimos que"
    r"|fic[aá]mos de acordo (?:em )?que|combin[aá]mos que"
    r"|(?:on a|nous avons) (?:décidé|convenu) (?:que|qu[’']|de|d[’']))\b",
    re.IGNORECASE,
)
RESULT_PATTERNS = (
    AGREED_IN_PROSE_PATTERN,
    AGREED_IN_CLAUSE_PATTERN,
    OPENING_DECISION_PATTERN,
    RESULT_OF_MATTER_PATTERN,
    BODY_DECIDES_PATTERN,
    MATTER_SETTLED_PATTERN,
)
UNSETTLED_PATTERN = re.compile(
    r"\b(?:no|não|nao|n[’']\w+|ne|nunca|jamás|jamais|tampoco|nem) (?:se |foi |foram |est |sont |a |ont |ha |han )?",
    re.IGNORECASE,
)
NEXT_MEETING_PATTERN = re.compile(
    r"\W*(?:l[ae] |el |[ao] )?(?:prochaine?|pr[oó]xim[ao]|siguiente) (?:\w+ )?"
    r"(?:réunion|séance|rencontre|reuni[oó]n|sesi[oó]n|reunião|assembl[ée]e|asamblea|assembleia|pl[ée]ni[èe]re"
    r"|plenari[oa]|plen[áa]ria|copil|comit[éêe]|AG"
    r"|appel|llamada|chamada|point|visio|encuentro|encontro|rendez-vous)\b"
    rf".{{0,80}}?(?:\d|\b{FOREIGN_DATE}\b)",
    re.IGNORECASE,
)
# "La prochaine réunion se tiendra à Lomé fin mars 2027", also within a paragraph
NEXT_MEETING_HELD_PATTERN = re.compile(
    r"\W*(?:l[ae] |el |[ao] )?(?:prochaine?|pr[oó]xim[ao]|siguiente) (?:\w+ )?"
    r"(?:réunion|séance|rencontre|reuni[oó]n|sesi[oó]n|reunião|assembl[ée]e|asamblea|assembleia|plénière)\b[^.;]{0,40}?"
    r"\b(?:se tiendra|aura lieu|est (?:fixée|prévue|programmée)|se (?:celebrará|realizará|hará)|tendrá lugar|será"
    r"|terá lugar|realiza(?:r)?-se|está (?:marcada|prevista))\b"
    rf"[^.;]{{0,120}}?(?:\d|\b{FOREIGN_DATE}\b)",
    re.IGNORECASE,
)
MIN_DECISION_WORDS = 4
MAX_NEGATION_DISTANCE = 25
MAX_QUOTE_LENGTH = 1500  # letters that patterns may see
MAX_MEETING_LENGTH = 200
MEETING_TIME_PATTERN = re.compile(
    r"\d.*\b(?:[ef][eé][bnv]|jan|mar|a[bv]r|ma[iy]o?\b|jui?[nl]|ago|août|aug|sep|set|o[ckt]t|out|nov|d[eéi][cz])"
    r"|\b(?:ene|f[eé][bv]|jan|mar|a[bv]r|mayo?|mai|jui?[nl]|ago|août|aug|sep|set|o[ckt]t|out|nov|d[eéi][cz])\w*\W.*\d"
    r"|\d[./:-]\d|\d ?h\b|\b\w+day\b|\b(?:lun|mar|mi[eé]r|mer|jeu|jue|ven|vie|sam|s[aá]b|dim|dom)\w+|feira"
    r"|tag\b|[\u0600-\u06ff]",
    re.IGNORECASE,
)


def find_non_english_claims(unit: SentenceUnit, *, is_free: bool) -> list[Claim]:
    """What this sentence says in a set phrase, or which task it names; the latter only where no heading says it."""
    if OWN_PROMISE_PATTERN.match(unit.quote):
        return [Claim("commitment", STRONG, _("the sentence says that its sender will do something"))]
    if promises := build_non_english_promise_claims(unit.quote):
        return promises
    found = _find_non_english_result_claim(unit) or (_find_non_english_task_claim(unit) if is_free else None)
    if found is None and is_free and unit.passage.block.kind == "para":
        return build_present_task_claims(unit.quote, unit.people)
    return [found] if found else []


def _find_non_english_result_claim(unit: SentenceUnit) -> Claim | None:
    """The decision or the next meeting that this sentence tells in a set phrase."""
    is_next = (unit.first and NEXT_MEETING_PATTERN.match(unit.quote)) or NEXT_MEETING_HELD_PATTERN.match(unit.quote)
    if is_next or MEET_AGAIN_PATTERN.match(unit.quote):
        return Claim("next_meeting", STRONG, REASONS_BY_SECTION_KIND["next_meeting"])
    is_listed = unit.passage.block.kind == "bullet" and FOREIGN_DECISION_PATTERN.search(unit.quote)
    is_told = any(pattern.match(unit.quote[:MAX_QUOTE_LENGTH]) for pattern in RESULT_PATTERNS)
    if not is_listed and not is_told and not _has_vote_result(unit.quote):
        return None
    if unit.quote.rstrip().endswith("?") or LAW_OF_OTHERS_PATTERN.search(unit.quote[:MAX_QUOTE_LENGTH]):
        return None
    title = unit.passage.section.rpartition(HEADING_PATH_SEPARATOR)[2]
    if not unit.first and OPENING_RESULT_PATTERN.match(unit.quote):
        beginning = unit.passage.text[slice(*unit.passage.spans[0])]
        return None if DECISION_REFERENCE_PATTERN.match(beginning) else _build_decision_about(unit)
    words = f"{title}: {unit.quote.strip('*_ ')}" if title and BARE_RESULT_PATTERN.match(unit.quote) else ""
    return Claim("decision", STRONG, _("the sentence says that a body agreed or decided something"), words=words)


def _build_decision_about(unit: SentenceUnit) -> Claim:
    """The first sentence says what was adopted: "Approbation du compte rendu. Adopté à l'unanimité"."""
    matter = unit.passage.text[slice(*unit.passage.spans[0])].rstrip(" .:")
    why = _("the sentence says that a body agreed or decided something")
    return Claim("decision", STRONG, why, words=f"{matter}: {unit.quote}")


def _find_non_english_task_claim(unit: SentenceUnit) -> Claim | None:
    """The task that a note in another language names, or that somebody present promises in a sentence."""
    if unit.quote.rstrip().endswith("?"):
        return None
    if owners := find_owners_in_closing_mark(unit.quote):
        return Claim("commitment", STRONG, _("the sentence is marked as an action"), owners)
    noted = find_owners_of_noted_task(unit.quote, unit.people) if unit.passage.block.kind == "bullet" else None
    if noted is not None:
        return Claim("commitment", STRONG, _("the sentence notes what has to be done"), noted)
    if owners := find_non_english_promise_owners(unit.quote, unit.people):
        return Claim("commitment", STRONG, _("the sentence gives a name and then a task"), owners)
    return None


def build_non_english_entry_claim(unit: SentenceUnit, kind: str, phrase: str) -> Claim:
    """What an entry of a list is by its heading or its mark; one of agreements is a task if it says who does it.

    `phrase` is what it says, without such a mark.
    """
    owners = find_non_english_owners(phrase, unit.people) if kind in {"commitment", "decision"} else ()
    if kind == "commitment" and not owners:
        owners = find_non_english_entry_owners(phrase)
    if owners and unit.passage.block.kind == "bullet":
        kind = "commitment"
    return Claim(kind, STRONG, REASONS_BY_SECTION_KIND[kind], owners)


def has_meeting_time(quote: str) -> bool:
    """Whether this says when a meeting is, and not only a number: "3 de junio, a la misma hora"."""
    return MEETING_TIME_PATTERN.search(quote[:MAX_MEETING_LENGTH]) is not None


def _has_vote_result(quote: str) -> bool:
    match = VOTED_PATTERN.search(quote[:MAX_QUOTE_LENGTH])
    if match is None:
        return False
    return UNSETTLED_PATTERN.search(quote, max(0, match.start() - MAX_NEGATION_DISTANCE), match.end()) is None

"""Who is to do something in French, Spanish, Portuguese and Arabic minutes, for which there are no cues."""

import re

from jukwaa.core.due_phrases import FOREIGN_DATE
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.markers import NAMES_PATTERN, is_owner_name, split_owner_names
from jukwaa.intake.reader.tasks import parse_known_names

_ARTICLE = r"(?:(?:[Ll][eao]s?|[Ee]l|[OoAa]s?|[Uu]n[ae]?) |[Ll][’'])"
_ROLE = (
    r"(?:secr[ée]tar[ií]\w*|secretaria\w*|secr[eé]taire\w*|pr[ée]siden\w+|vice-?pr[ée]siden\w+|trésori\w+|tesoure?r\w+|bureau|comit[éê]s?"
    r"|junta|commissions?|comisi[oó]n|comiss(?:ão|ões)|[ée]quipes?|equipos?|direction|diretoria|direcci[oó]n"
    r"|coordina\w+|coordena\w+|groupes?|grupos?|conseil|consejo|conselho|membres|miembros|membros|animat\w+"
    r"|modérat\w+|facilitat?dor\w*|organizador\w+|organisat\w+|delegaç(?:ão|ões)|delegaci(?:ón|ones)|délégations?)"
)
_TAIL = (
    r"(?:(?: (?:(?:de|du|des|del|da|do|d[’'])(?: (?:la|las|los"
    r"|l[’']))? ?)[^\W\d_][\w’'-]*(?-i:(?: [A-Z][\w’'-]*)*)){0,2}"
    r"|(?: (?:com|con|avec|en|em|ayant) [^\W\d_]+(?: (?:em|en) [^\W\d_]+)?))"
)
_NOBODY = (
    r"(?!(?:Se|No|Não|Il|Ils|Elles?|On|Nous|Vous|Je|Les?|La|El|Los|Las|Os?|As?|Ce|Ça|Cela|Cette|Esto|Esta|Este|Eso|Isto|Isso"
    r"|Ella|Él|Ele|Ela|Quien|Qui|Quem|Que|Lo|Un|Une|Una|Uma|Uno|Ya|Já|Si|Also|Todo|Toda|Tout|Nada|Rien|Nadie|Ninguém)\b)"
)
_FUTURE = (
    r"(?:doit|doivent|devra|devront|va|van(?! (?-i:[^\W\d_a-z]))"
    r"|vont|vai|vão|fica|ficou|ficam|deve|deverá|devem|debe|deberá|deben|queda|quedan"
    r"|quedó|se charge|se chargent|s[’']occupe|s[’']en (?:charge|occupe)|s[’']engage"
    r"|se encarga|se encargan|se compromete|se comprometen"
    r"|(?:se |s[’']|lui |leur |le |les )?"
    r"(?!(?:espera|considera|supera|genera|recupera|libera|coopera|opera|quisiera|fuera|hubiera|pudiera)\b)"
    r"[a-zà-ÿ]{2,}(?:rá|rão|rán|(?:er|ir|dr|rr|ur|ttr|vr)a|ront))"
)
ROLE_DUTY_PATTERN = re.compile(rf"^[^\w@]*{_ARTICLE}?(?P<who>{_ROLE}{_TAIL}) {_FUTURE}\b", re.IGNORECASE)
ROLE_PRESENT_PATTERN = re.compile(
    rf"^[^\w@]*{_ARTICLE}(?P<who>{_ROLE}{_TAIL}) [^\W\d_]{{3,}}(?:e|ent|a|am|em|an|en)\s", re.IGNORECASE
)
# "O Senhor Rui Lopes enviará a lista", "A DNID remeterá o relatório"
_COURTESY = r"(?:Senhor(?:es|as?)?|Señor(?:es|as?)?|Srs?|Sras?|Dra?|Mme|Mmes|MM?|Mlle|Don|Doña|Dona)\.?"
ARTICLED_DUTY_PATTERN = re.compile(
    rf"^[^\w@]*(?:(?:{_ARTICLE})?{_COURTESY} |{_ARTICLE})(?P<who>{NAMES_PATTERN}) {_FUTURE}\b"
)
NAMED_DUTY_PATTERN = re.compile(
    rf"\b(?:[Qq]ueda|[Qq]uedan|[Ff]ica|[Ff]icam|[Ff]icou|[Ss]er[áa]|[Éé]|[Ee]s) (?P<who>{NAMES_PATTERN}) "
    r"(?:(?:como|comme) )?(?:encargad|responsab|responsáv|comprometid|chargé|de (?=\w+r\b))"
)
EACH_PATTERN = re.compile(
    r"^[^\w@]*(?P<who>chacun(?:e)?|tous|toutes|tou[·.]te[·.]s|tod[oa]s|cada (?:un[oa]|um[a]?|qual)) "
    r"(?:les membres |los miembros |os membros )?"
    r"(?:doit|doivent|devra|devront|deben?|deberán?|devem?|deverão)\b",
    re.IGNORECASE,
)
# "Ana réserve la salle pour le 3 juin": only with a deadline.
PRESENT_PATTERN = re.compile(
    rf"^[^\w@]*{_NOBODY}(?P<who>{NAMES_PATTERN}) "
    r"(?!toda|todo|cada|sobre|entre|avec|dans|cette|para)"
    r"[^\W\d_A-Z]{2,}(?:e|ent|[eio]t|nd|a|am|em|an|en) "
    r"(?:les?|la|l[’']\w+|une?|des|du|aux?|el|l[oa]s|un[ao]s?|uma?|[oa]s?)\s"
)
# "Finaliser liste des hôtes" names nobody; Claire and Pierre are names.
_TASK_MARK = (
    r"(?:action|acci[óo]n|ação|tarea|tarefa|tâche|to-?do|aufgabe|aktion|actie(?:punt)?|taak"
    r"|azione|compito|åtgärd|oppgave|opgave)"
)
TASK_MARK_WITH_NAME_PATTERN = re.compile(rf"\W*(?i:{_TASK_MARK}) (?:{NAMES_PATTERN})\W*")
# "À Ana de réserver la salle", "Acción Ana: reservar la sala"
NAMED_OPENING_PATTERN = re.compile(
    rf"^[^\w@]*(?:[ÀA] (?P<who>{NAMES_PATTERN}) de \w+(?:er|ir|re)\b"
    rf"|(?i:{_TASK_MARK}) (?P<marked>{NAMES_PATTERN})\s?:\s)"
)
# "Reservar la sala: Ana", "(a cargo de Ana)"
NAMED_END_PATTERN = re.compile(
    rf"\s?:\s(?P<who>{NAMES_PATTERN})\W*$"
    rf"|[(\[](?i:a cargo de|por|par|resp\.?|responsab\w+|encargad[oa]s?|pilote)\s?:? (?P<marked>{NAMES_PATTERN})[)\],;]"
)
INFINITIVE_PATTERN = re.compile(r"(?:\w{2,}(?:er|ir|ar|[dtv]re|crire|faire)|(?:re)?(?:d|l|él)ire)$", re.IGNORECASE)
NOUN_ENDING_PATTERN = re.compile(r"(?:er|ir|dr|rr|ur|ttr|vr)a$")  # of a noun too, where no accent marks the future
# A name before a verb of duty inside of a sentence: "Para la próxima reunión Ana traerá una lista".
PROMISE_PATTERN = re.compile(
    rf"(?:^[^\w@]*|[.;:,] |\b(?:reuni[óoã]\w*|réunion|séance|sesi[óo]n|semana|semaine|mes|mês|mois|{FOREIGN_DATE}) )"
    rf"{_NOBODY}(?P<who>{NAMES_PATTERN}) (?:\([^()]{{1,40}}\) )?(?:(?:nos|les|nous|vous|lhes?) )?{_FUTURE}\b"
)

ARTICLE_BEFORE_NAME_PATTERN = re.compile(r"(?:^|(?<= e )|(?<=, ))[OoAa] (?=[^\W\d_a-z])")  # "A Inês e o Rui enviarão"
ARABIC_PROMISE_PATTERN = re.compile(
    r"\W*(?:(?P<first>[\u0621-\u064a]{2,}(?: و[\u0621-\u064a]{2,})*) (?:س[يتن]|سوف )"
    r"|س[يت][\u0621-\u064a]{2,} (?P<who>[\u0621-\u064a]{2,}(?: و[\u0621-\u064a]{2,})*))"
)
ARABIC_AND_PATTERN = re.compile(r" و(?=[\u0621-\u064a]{2})")
_TITLE = r"(?:السيدة?|الأستاذة?|الدكتورة?|المهندسة?|الآنسة|[دأم]\.)"
_WORD = r"[\u0621-\u064a]{2,}"
# What is to be done, behind the name: "review", "send". No part of a name, as far as it is known.
_TASK = (
    r"(?:ب?(?:ال)?(?:إعداد|إرسال|مراجعة|مراسلة|متابعة|تنظيم|تحديد|تحضير|تحرير|ترجمة|تقديم|توزيع|تنسيق|تحيين|تعديل|تجميع"
    r"|نشر|حجز|طبع|طباعة|كتابة|صياغة|دعوة|جمع|شراء|تصميم|تدقيق|استكمال|اتصال|إتمام|إنجاز|إبلاغ|إعلام|اقتراح|بحث|تواصل|تحديث|طلب|عقد|عرض"
    r"|دراسة|تحويل|إصلاح|إنشاء|إضافة|تسجيل|تعميم|إدارة|رفع|توفير|تأمين|استضافة|إصدار)(?!\w))"
)
_START = rf"(?!و?ال|مع |هذا |هذه |كل |{_TASK})"
_NAME = rf"{_START}{_WORD}(?: (?!و){_WORD}){{0,3}}?"
_FULL_NAME = rf"{_START}{_WORD}(?: (?!و|ال){_WORD}){{0,2}} ال{_WORD}(?! ال)"  # up to a family name with an article
_BODY = (
    r"(?:(?:الأمانة|الكتابة)(?: (?:العامة|التنفيذية|الفنية))?|السكرتارية|الرئيسة?|المنسقة?|المقررة?|المكتب"
    r"|اللجنة(?: (?:التوجيهية|التنفيذية|الفنية))?)"
)
_TITLES = rf"{_TITLE}\s?(?:{_TITLE}\s?)?"
_AND = r"(?:\s?،?\sو|\sمع\s|\s?،\s)"
# "تكلف" is also to cost: only a title or a body behind it is an owner.
_VERB = rf"(?:[يت](?:تولى|تكفل|تعهد|لتزم|ضطلع)|س[يت]تولى|(?:[يت]?كلفت?|تم تكليف)(?= {_TITLE}| {_BODY}(?!\w)))"
_OPENING = rf"\W*{_VERB} (?:كل من )?"
DUTY_PATTERNS = (
    re.compile(
        rf"{_OPENING}(?P<who>(?:{_BODY}|(?:{_TITLES})?{_NAME})(?:{_AND}(?:{_BODY}|{_TITLES}{_NAME}))*?)(?= {_TASK})"
    ),
    re.compile(
        rf"{_OPENING}(?P<who>(?:{_BODY}|(?:{_TITLES})?{_FULL_NAME})(?:{_AND}(?:{_BODY}|{_TITLES}{_FULL_NAME}))*)(?=\s)"
    ),
)
# Behind the task: only names with a title, which nobody takes for the rest of the sentence.
TASK_END_PATTERN = re.compile(rf"\s?:\s(?P<who>{_TITLES}{_NAME}(?:{_AND}{_TITLES}{_NAME})*?)\s*(?:[،,(.–-]|$)")
PERSON_SEPARATOR_PATTERN = re.compile(rf"{_AND}(?={_TITLE}|{_BODY}(?!\w))")


def is_task_mark_with_name(label: str) -> bool:
    """Whether these words before a colon are "Actie Ana"."""
    return TASK_MARK_WITH_NAME_PATTERN.fullmatch(label) is not None


def find_non_english_entry_owners(phrase: str) -> tuple[str, ...]:
    """Who does it in an entry of a list of actions: an officer, a body, everyone, or a name beside a verb."""
    for pattern in (
        EACH_PATTERN,
        ROLE_DUTY_PATTERN,
        ARTICLED_DUTY_PATTERN,
        NAMED_DUTY_PATTERN,
        ROLE_PRESENT_PATTERN,
        PROMISE_PATTERN,
    ):
        if match := pattern.search(phrase):
            found = match["who"]
            if INFINITIVE_PATTERN.match(found) and NOUN_ENDING_PATTERN.search(match.group()):
                continue  # "Comprar madera"
            is_name = pattern in (ARTICLED_DUTY_PATTERN, NAMED_DUTY_PATTERN, PROMISE_PATTERN)
            return tuple(filter(is_owner_name, split_owner_names(found))) if is_name else (found,)
    first = phrase.split(maxsplit=1)[0].strip("*_-–[]() ") if phrase.split() else ""
    named = NAMED_OPENING_PATTERN.match(phrase)
    if named is None and INFINITIVE_PATTERN.match(first):
        named = NAMED_END_PATTERN.search(phrase)
    if named:
        return tuple(filter(is_owner_name, split_owner_names(named["who"] or named["marked"])))
    match = PRESENT_PATTERN.match(phrase)
    if match and not INFINITIVE_PATTERN.match(match["who"].split()[0]) and find_deadline(phrase):
        return split_owner_names(match["who"])
    return ()


def find_non_english_promise_owners(phrase: str, people: frozenset[str]) -> tuple[str, ...]:
    """Who says in prose that they will do something: those present, or each of them."""
    if match := EACH_PATTERN.match(phrase):
        return (match["who"],)
    if owners := find_arabic_duty_owners(phrase):
        return owners
    if match := ARABIC_PROMISE_PATTERN.match(phrase):
        who = ARABIC_AND_PATTERN.sub(", ", match["first"] or match["who"])
        return parse_known_names(who, people)
    match = PROMISE_PATTERN.search(ARTICLE_BEFORE_NAME_PATTERN.sub("", phrase))
    return parse_known_names(match["who"], people) if match else ()


def find_arabic_duty_owners(phrase: str) -> tuple[str, ...]:
    """Those right behind a verb of duty at the beginning of the sentence, where it is clear how far the name goes."""
    match = next(filter(None, (pattern.match(phrase) for pattern in DUTY_PATTERNS)), None)
    return tuple(PERSON_SEPARATOR_PATTERN.split(match["who"])) if match else ()


def find_arabic_entry_owners(phrase: str) -> tuple[str, ...]:
    """The same in an entry of a list of actions, where names with a title may also stand behind the task."""
    if owners := find_arabic_duty_owners(phrase):
        return owners
    match = TASK_END_PATTERN.search(phrase)
    return tuple(PERSON_SEPARATOR_PATTERN.split(match["who"])) if match else ()

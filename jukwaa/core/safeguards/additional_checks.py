"""What a reviewer is shown beyond the warnings for every author: names, small places, and rare combinations.

Much of it is harmless in what people write every day, so that only those who review a text are shown it. Names are told
by what stands around them, and by lists of given names; both miss much.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files

from django.utils.translation import gettext_lazy as _

from jukwaa.core.safeguards.signs import TRACEABLE_REASON, SafeguardSign
from jukwaa.core.safeguards.word_patterns import (
    CAPITALIZED_NAME,
    CHILD_WORDS,
    CHILD_WORDS_RU,
    IDEOGRAPH_PATTERN,
    ONLINE_SERVICES,
)

_TITLE_WORDS = (
    r"(?-i:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Nurse|Inspector|Officer|Sergeant|Constable|Detective|Judge|Pastor|Father|Sister"
    r"|Brother|Imam|Sheikh|Auntie|Uncle|Coach|Teacher|Mme|Madame|Mlle|Monsieur|Maître|Señora?|Sra?|Srta|Don|Doña|Dona"
    r"|Seu|Senhora?|M\.|Bi|Bwana|Mama|Mzee|Mwalimu|Г-н|Г-жа|Тётя|Дядя)\.?"
)
_NAMING_PHRASES = (
    r"(?:(?:called|named|nicknamed|known as|whose name is)|prénommée?|appelée?|nommée?|surnommée?|s'appelle"
    r"|llamad[oa]|se llama|de nombre|chamad[oa]|se chama|anayeitwa|aitwaye|jina lake(?: ni)?|по имени|зовут)"
)
_RELATION_WORDS = (
    rf"(?:{CHILD_WORDS}|{CHILD_WORDS_RU}|victim|survivor|mother|father|aunt|uncle|cousin|friend|neighbou?r|grandmother|grandfather"
    r"|little|petite?|pequeñ[oa]|victime|mère|père|s(?:œ|oe)ur|frère|cousine?|ami|amie|hermano|hermana|madre|padre"
    r"|prim[oa]"
    r"|profesora?|señora?|maestr[oa]|mãe|pai|irmão|irmã|professora?|mama|baba|kaka|dada)"
)
_TESTIMONY_VERBS = (
    r"(?:told|cried|lives|lived|wept|confided|disclosed|whispered|ran away|a raconté|pleurait|contó|contou|chorou"
    r"|alisema|alilia|рассказал[аи]?|плакал[аи]?)"
)
OPTIONAL_PARTICLE = r"(?:(?:de|da|do|dos|del|van|von|bin|bint|al|el|ben|ibn) )?"
_SURNAMES_ZH = r"[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗]"
_ROLES_ZH = r"(?:老师|先生|女士|医生|护士|警官|阿姨|叔叔|校长|奶奶|爷爷)"
_TITLE_AR = r"(?:الأستاذة?|السيدة?|الدكتورة?|المعلمة?|الشيخ|القاضي|الضابط|الآنسة)"
_WORD_AR = r"[\u0621-\u064a]{2,12}"


@cache
def load_word_lists(list_name: str) -> dict[str, frozenset[str]]:
    """Words by the heading they stand under."""
    found: dict[str, set[str]] = {}
    heading = ""
    for line in (
        files("jukwaa.core.safeguards").joinpath(f"data/{list_name}.txt").read_text(encoding="utf-8").splitlines()
    ):
        if line.startswith("#"):
            heading = line.removeprefix("# ")
        else:
            found.setdefault(heading, set()).update(line.casefold().split())
    return {heading: frozenset(words) for heading, words in found.items()}


def _strip_word_accents(checked_word: str) -> str:
    return "".join(
        each for each in unicodedata.normalize("NFD", checked_word.casefold()) if not unicodedata.combining(each)
    )


@cache
def _load_given_names() -> tuple[frozenset[str], frozenset[str]]:
    """Names by themselves, and those that count only with another beside them."""
    found = load_word_lists("given_names")
    more = found["with more"]
    return frozenset().union(*found.values()) - more, more


@cache
def _load_non_name_words() -> frozenset[str]:
    return frozenset().union(*load_word_lists("no_names").values())


def split_personal_name(full_name: str) -> list[str]:
    """The words of a name, without those that begin a sentence before it, and without its particles."""
    words = [re.sub(r"['\u2019]s$", "", word) for word in full_name.split() if word.casefold() not in NAME_PARTICLES]
    while words and is_non_name_word(words[0]):
        del words[0]
    return words


def is_non_name_word(checked_word: str) -> bool:
    return (
        checked_word.casefold() in _load_non_name_words() or _strip_word_accents(checked_word) in _load_non_name_words()
    )


def _is_personal_name(match: re.Match[str]) -> bool:
    """Nobody is called like a country, a firm, or a part of an organisation."""
    words = split_personal_name(match["it"] or "")
    return bool(words) and not any(is_non_name_word(word) for word in words)


def _is_place_name(match: re.Match[str]) -> bool:
    """A house named after something that is no organisation or country."""
    return bool(split_personal_name(match["it"]))


def _is_given_name(match: re.Match[str]) -> bool:
    """The first word is a given name, and none of the others makes it an organisation."""
    words = split_personal_name(match["it"])
    if not words or any(is_non_name_word(word) for word in words[1:]):
        return False
    alone, with_more = _load_given_names()
    folded = _strip_word_accents(words[0])
    return bool({words[0].casefold(), folded, _stem_russian_name(words[0])} & alone) or (
        folded in with_more and len(words) > 1
    )


def _stem_russian_name(checked_word: str) -> str:
    """A Russian name without its ending; the list has stems alone."""
    stem = checked_word.casefold().rstrip("аяуюыиеоё")
    return stem if checked_word[0] in _CYRILLIC_CAPITAL_LETTERS and len(stem) > 2 else ""  # noqa: PLR2004 - shorter ones are words


def _is_arabic_given_name(match: re.Match[str]) -> bool:
    """By itself, or behind a conjunction or a preposition that is written together with it."""
    return bool({match[0], match["it"]} & _load_given_names()[0])


NAME_PARTICLES = frozenset(
    (
        *("de", "da", "do", "das", "dos", "del", "la", "le", "les", "las", "los"),
        *("el", "al", "bin", "ben", "ibn", "van", "von", "san", "santa", "st", "e"),
    )
)
_CYRILLIC_CAPITAL_LETTERS = frozenset("АБВГДЕЁЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ")


def _compile_sign_pattern(sign_pattern: str) -> re.Pattern[str]:
    return re.compile(sign_pattern, re.IGNORECASE)


_NAME_LABEL = _("a name")
KNOWN_BY_NAME_REASON = _("People who live in the area may know who the person is, even from a first name.")
_PERSON_ADVICE = _("Describe the person instead, for example as “a pupil”, “a teacher” or “a neighbour”.")
_PLACE_LABEL = _("a small place, or a building that people know")
_SMALL_PLACE_REASON = _("Few people live there or visit, so any further detail may identify a person.")
_PLACE_ADVICE = _("Name the region or the country, or the type of place.")

ADDITIONAL_SIGNS: tuple[SafeguardSign, ...] = (
    SafeguardSign(
        "person",
        _compile_sign_pattern(
            rf"\b(?P<it>{_TITLE_WORDS} (?-i:{CAPITALIZED_NAME})(?: {OPTIONAL_PARTICLE}(?-i:{CAPITALIZED_NAME})){{0,2}})"
        ),
        _NAME_LABEL,
        KNOWN_BY_NAME_REASON,
        _PERSON_ADVICE,
        "We heard Mrs Example there.",
        "The doctor and the teacher spoke; Mr. and Mrs. are titles.",
    ),
    SafeguardSign(
        "person",
        _compile_sign_pattern(
            rf"\b(?:{_NAMING_PHRASES}|{_RELATION_WORDS}),? (?P<it>(?-i:{CAPITALIZED_NAME})(?: {OPTIONAL_PARTICLE}"
            rf"(?-i:{CAPITALIZED_NAME})){{0,2}})"
        ),
        _NAME_LABEL,
        KNOWN_BY_NAME_REASON,
        _PERSON_ADVICE,
        "A girl called Exampla wrote.",
        "A study called Global Survey, and a child in Kenya.",
        _is_personal_name,
    ),
    SafeguardSign(
        "person",
        _compile_sign_pattern(
            rf"\b(?P<it>(?-i:{CAPITALIZED_NAME})(?: {OPTIONAL_PARTICLE}(?-i:{CAPITALIZED_NAME})){{0,3}})(?=\b)"
        ),
        _NAME_LABEL,
        KNOWN_BY_NAME_REASON,
        _PERSON_ADVICE,
        "It was Amina who wrote.",
        "The European Commission met in Vilnius, and Child Helpline International in Geneva.",
        _is_given_name,
    ),
    SafeguardSign(
        "person",
        _compile_sign_pattern(
            rf"(?<!\w )(?<!\w)(?P<it>(?-i:{CAPITALIZED_NAME}))(?:(?: {_TESTIMONY_VERBS}\b)"
            r"|['\u2019]s (?:mother|father|sister|brother|aunt|uncle|teacher|family|house|phone|school)\b)"
        ),
        _NAME_LABEL,
        KNOWN_BY_NAME_REASON,
        _PERSON_ADVICE,
        "Xolile told the nurse.",
        "Microsoft told the group. Teachers cried. Everybody's mother came.",
        _is_personal_name,
    ),
    SafeguardSign(
        "person",
        re.compile(
            rf"(?:名叫|叫做|我叫|[她他]叫|取名){IDEOGRAPH_PATTERN}{{2,3}}?(?=的|[，。、,.]|$)|{_SURNAMES_ZH}{_ROLES_ZH}|小[明红丽华芳强军刚玲英梅兰]"
            rf"|\b(?:اسم(?:ها|ه)|تدعى|يدعى) {_WORD_AR}|(?<!شرم )\b{_TITLE_AR} {_WORD_AR}|\b(?:أم|أبو) {_WORD_AR}"
            rf"|(?:(?<=[，。；和与给])|(?<!\w)){_SURNAMES_ZH}{IDEOGRAPH_PATTERN}{{2}}(?=的|[来说去告写]|和)"
        ),
        _NAME_LABEL,
        KNOWN_BY_NAME_REASON,
        _PERSON_ADVICE,
        "一个叫做小兰的孩子。",
        "老师和家长参加了会议。",
    ),
    SafeguardSign(
        "person",
        re.compile(rf"(?<![\u0621-\u064a])[ولب]?(?P<it>{_WORD_AR})(?![\u0621-\u064a])"),
        _NAME_LABEL,
        KNOWN_BY_NAME_REASON,
        _PERSON_ADVICE,
        "قالت فاطمة إنها بخير",
        "تعمل الوزارة على حماية الأطفال",
        _is_arabic_given_name,
    ),
    SafeguardSign(
        "place",
        _compile_sign_pattern(
            r"\b(?:(?:village|town|hamlet|settlement|neighbou?rhood|suburb|slum|parish|barrio|pueblo|aldei?a|vereda"
            r"|bairro|povoado"
            r"|vila|quartier|village|hameau|commune|paroisse|foyer|église|parroquia|iglesia|albergue|paróquia"
            r"|igreja|abrigo|kijiji|mtaa|kata)"
            r"(?: (?:of|called|named|de la|de las|de los|des|du|de|del|da|do|das|cha|ya|wa))? "
            rf"|(?:деревн|сел|пос[её]лк|станиц|хутор|аул)[а-я]{{0,2}} )(?P<it>(?-i:{CAPITALIZED_NAME})(?: (?:de |das? "
            rf"|dos? )?(?-i:{CAPITALIZED_NAME})){{0,3}})"
        ),
        _PLACE_LABEL,
        _SMALL_PLACE_REASON,
        _PLACE_ADVICE,
        "In the village of Exampleford all know it.",
        "A village in Kenya; the town where they met.",
        _is_personal_name,
    ),
    SafeguardSign(
        "place",
        _compile_sign_pattern(
            rf"\b(?P<it>(?-i:{CAPITALIZED_NAME})(?: (?-i:{CAPITALIZED_NAME})){{0,3}}) (?:(?-i:Clinic|Hospital"
            rf"|Church|Mosque|Temple|Chapel"
            rf"|Club|Mall|Market"
            r"|Orphanage|Shelter|Village|Estate|Parish|Children's Home|Tabernacle|Township|Hotel|Pool|Library)"
            r"|police station"
            r"|(?:refugee |transit )?camp\b|pool\b|parish\b"
            r"|orphanage|village\b|children's home)"
        ),
        _PLACE_LABEL,
        _SMALL_PLACE_REASON,
        _PLACE_ADVICE,
        "Staff of Exampleside Clinic saw her.",
        "The clinic and the church; United Nations camp rules.",
        _is_place_name,
    ),
    SafeguardSign(
        "place",
        _compile_sign_pattern(
            r"\b(?:lives? in|lived in|living in|born in|grew up in|moved to|comes? from|came from|habite (?:à|dans)"
            r"|vit à"
            r"|vient de|vive en|vivía en|nació en|mora (?:em|no|na)|nasceu em|[aw]anaishi|[aw]anakaa|[aw]anatoka"
            r"|жив[её]т в|переехал[аи]? в)"
            rf" (?P<it>(?-i:{CAPITALIZED_NAME})(?:[ -](?-i:{CAPITALIZED_NAME})){{0,2}})"
        ),
        _PLACE_LABEL,
        _SMALL_PLACE_REASON,
        _PLACE_ADVICE,
        "She lives in Exampleby.",
        "It comes from Google, was born in Brazil, and moved to Geneva.",
        _is_personal_name,
    ),
    SafeguardSign(
        "place",
        re.compile(
            r"(?:قرية|حي|مخيم|بلدة|ضيعة) (?P<it>ال[\u0621-\u064a]{2,12})"
            rf"|(?:(?<=[在于到从自])|(?<!\w)){IDEOGRAPH_PATTERN}{{2,3}}(?:村|镇|乡|社区|福利院)(?!庄)"
        ),
        _PLACE_LABEL,
        _SMALL_PLACE_REASON,
        _PLACE_ADVICE,
        "تسكن في قرية المثال",
        "农村和城镇的学校。",
    ),
    SafeguardSign(
        "profile",
        _compile_sign_pattern(rf"\b{ONLINE_SERVICES}\.com/@?(?P<it>[\w.]{{3,40}}\w)"),
        _("an account on a service"),
        TRACEABLE_REASON,
        _("Name only the service, not the account. You can keep a link to an organisation's page."),
        "It was at instagram.com/an.example.",
        "It was at instagram.com.",
    ),
    SafeguardSign(
        "picture-name",
        _compile_sign_pattern(
            r"\b20\d{6}[ _-]\d{6}(?:\.\w{3,4})?|\b(?:IMG|DSC|PXL|VID|MVIMG|DCIM"
            r"|Screenshot)[ _-]?20\d{6}[\w -]{0,16}(?:\.\w{3,4})?"
            r"|\b(?:WhatsApp (?:Image|Video|Audio)|Screenshot|Photo) 20\d\d-\d\d-\d\d[\w .-]{0,20}"
        ),
        _("a file name created by a camera or phone"),
        _("The file name shows when the picture was taken. The picture may show where it was taken."),
        _("Remove the picture, or give the file a name that describes its purpose."),
        "IMG 20240102 101112.jpg",
        "A report of 2024, image 3.",
    ),
)

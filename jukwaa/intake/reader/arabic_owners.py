"""Who is to do something in Arabic minutes: "تتولى السيدة س مراجعة النص", "حجز القاعة: السيد ص، موفى مارس"."""

import re

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

"""Who is to do something in Arabic minutes: "تتولى السيدة س مراجعة النص", "حجز القاعة: السيد ص، موفى مارس"."""

import re

_TITLE = r"(?:السيدة?|الأستاذة?|الدكتورة?|المهندسة?|الآنسة|[دأم]\.)"
_WORD = r"[\u0621-\u064a]{2,}"
_NAME = rf"(?!و?ال|مع |هذا |هذه |كل )(?:{_WORD} (?:بن|بنت|ابن|أبو|عبد|آل) {_WORD}|{_WORD} {_WORD})"
_TITLED_NAME = rf"{_TITLE}\s?(?:{_TITLE}\s?)?{_NAME}"
_BODY = (
    r"(?:(?:الأمانة|الكتابة)(?: (?:العامة|التنفيذية|الفنية))?|السكرتارية|الرئيسة?|المنسقة?|المقررة?|المكتب"
    r"|اللجنة(?: (?:التوجيهية|التنفيذية|الفنية))?)"
)
_PERSON = rf"(?:{_TITLED_NAME}|{_BODY}(?!\w)|{_NAME})"
_AND = r"(?:\s?،?\sو|\sمع\s|\s?،\s)"
# "تكلف" is also to cost: only a title or a body behind it is an owner.
_VERB = rf"(?:[يت](?:تولى|تكفل|تعهد|لتزم|ضطلع)|س[يت]تولى|(?:[يت]?كلفت?|تم تكليف)(?= {_TITLE}| {_BODY}(?!\w)))"
DUTY_PATTERN = re.compile(rf"\W*{_VERB} (?:كل من )?(?P<who>{_PERSON}(?:{_AND}(?:{_TITLED_NAME}|{_BODY}))*)(?=\s)")
# Behind the task: only names with a title, which nobody takes for the rest of the sentence.
TASK_END_PATTERN = re.compile(rf"\s?:\s(?P<who>{_TITLED_NAME}(?:{_AND}{_TITLED_NAME})*)\s*(?:[،,(.–-]|$)")
PERSON_PATTERN = re.compile(_PERSON)


def find_arabic_duty_owners(phrase: str) -> tuple[str, ...]:
    """Those who stand right behind a verb of duty at the beginning of the sentence."""
    match = DUTY_PATTERN.match(phrase)
    return tuple(PERSON_PATTERN.findall(match["who"])) if match else ()


def find_arabic_entry_owners(phrase: str) -> tuple[str, ...]:
    """The same in an entry of a list of actions, where names with a title may also stand behind the task."""
    if owners := find_arabic_duty_owners(phrase):
        return owners
    match = TASK_END_PATTERN.search(phrase)
    return tuple(PERSON_PATTERN.findall(match["who"])) if match else ()

"""What tells of one person only as a whole: details that are rare together, and names in a sentence about somebody."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from jukwaa.core.safeguards.additional_checks import (
    KNOWN_BY_NAME_REASON,
    OPTIONAL_PARTICLE,
    is_non_name_word,
    split_personal_name,
)
from jukwaa.core.safeguards.signs import GENERALIZE_ADVICE, ONE_OF_FEW_REASON, SafeguardSign
from jukwaa.core.safeguards.word_patterns import CAPITALIZED_NAME, CHILD_WORDS, CHILD_WORDS_RU, SINGULAR_PRONOUNS

_ILLNESS_PATTERN = re.compile(
    r"\b(?:albin\w{1,3}|blind|deaf|mute|autistic|autism|epilep\w{1,4}|sickle cell(?: disease)?|ha?emophilia\w?"
    r"|diabet\w{2,3}"
    r"|cystic fibrosis|deafblind|muscular dystrophy|spina bifida|leuka?emia|cleft (?:lip|palate)|amputee"
    r"|cerebral palsy|dwarfism|wheelchair|hiv[- ]positive|down(?:'s)? syndrome|aveugle|sourde?|autiste"
    r"|épilep\w{2,4}|drépanocyt\w{2,5}"
    r"|cieg[oa]|sord[oa]|autista|epilepsia|ceg[oa]|surd[oa]|síndrome de down|слеп\w{2,3}|глух\w{2,3}|аутис\w{1,4}"
    r"|كفيفة?|صماء|أصم"
    r"|albino|kiziwi|kipofu)\b|(?:失明|失聪|自闭症|癫痫|白化病)",
    re.IGNORECASE,
)
_ORIGIN_PATTERN = re.compile(
    r"\b(?-i:Somali|Kurdish|Tamil|Roma|Rohingya|Yazidi|Tigrinya|Tigray\w{0,3}|Uyghur|Hazara|Sami|Maasai|Hmong"
    r"|Berber|Druze|Copt\w{0,2}"
    r"|Syrian|Afghan|Eritrean|Ethiopian|Sudanese|Iraqi|Ukrainian|Vietnamese|Jewish|Muslim|Sikh|Hindu|Buddhist"
    r"|Mennonite|Amish"
    r"|Jehovah's Witness\w{0,2}|Traveller|Aboriginal|M[aā]ori|Inuit)\b"
    r"|\b(?-i:[A-Z][a-z]{2,12}(?:ese|ian|ean|ish|en|an|i))(?= (?:boy|girl|child|family|parents|mother|father|origin"
    r"|descent)\b)"
    r"|\b(?:rom|kurde|tamoule?|yézidie?|somalienne?|syrienne?|afghane?|gitan[oa]?|quechua|aymara|mapuche|maya"
    r"|garífuna|guarani"
    r"|yanomami|quilombola|cigan[oa]|sirio|siria|цыган\w{0,4}|курд\w{0,4})\b",
    re.IGNORECASE,
)
_HOUSEHOLD_PATTERN = re.compile(
    r"\b(?:twins?|triplets?|quadruplets|jumeaux|jumelles|triplés|gemel[oa]s|mellizos|trillizos|gême[oa]s"
    r"|eldest of \w{3,6}|youngest of"
    r" \w{3,6}|(?:father|mother|père|mère) (?:is|was|est|était) (?:the |an? |le |la )?(?:village "
    r"|local )?(?P<work>\w{4,20})"
    r"|(?:daughter|son|child|hij[oa]|filh[oa]|fille|fils) (?:of|del|de la|do|da|du"
    r"|de) (?:the )?(?P<of>[a-zà-ÿ]{4,20}))\b",
    re.IGNORECASE,
)
_SINGLE_CHILD_PATTERN = re.compile(
    rf"\b(?:{CHILD_WORDS}|{CHILD_WORDS_RU}|one|only|twin)\b|(?:女孩|男孩|孩子)", re.IGNORECASE
)
_SINGLE_PERSON_PATTERN = re.compile(rf"\b(?:{SINGULAR_PRONOUNS}|{CHILD_WORDS}|{CHILD_WORDS_RU})\b", re.IGNORECASE)
_CAPITALIZED_WORDS_PATTERN = re.compile(
    rf"(?<!\w)(?P<it>{CAPITALIZED_NAME}(?: {OPTIONAL_PARTICLE}{CAPITALIZED_NAME}){{0,3}})(?!\w)"
)
_SENTENCE_PATTERN = re.compile(r"[^.!?。！？\n]{1,600}")
MIN_RARE_DETAILS = 2  # kinds of details in one sentence about one person

RARE_COMBINATION_SIGN = SafeguardSign(
    "rare",
    _ILLNESS_PATTERN,
    _("an unusual combination of details"),
    ONE_OF_FEW_REASON,
    GENERALIZE_ADVICE,
    "A deaf girl of a Kurdish family came.",
    "Deaf children and Kurdish families were reached.",
)


NAME_IN_PROPERTY_SIGN = SafeguardSign(
    "property",
    re.compile(r"(?!)"),  # it stands beside the text of a file
    _("a name in the properties of a file"),
    _("The name is sent with the file, and few people notice it."),
    _("Ask the author to remove the name from the properties of the document. Then attach the file again."),
    "",
    "",
)
NAME_IN_STORY_SIGN = SafeguardSign(
    "somebody",
    _CAPITALIZED_WORDS_PATTERN,
    _("the name of a person or a place"),
    KNOWN_BY_NAME_REASON,
    _("Replace the name with a description, such as “a teacher” or “a coastal town”."),
    "She went with Exampla to the bus.",
    "The Example Commission met, and Exampla was there.",
)


def find_names_in_stories(text: str) -> Iterator[tuple[int, int]]:
    """Words with a capital, in sentences about one person, that are part of no organisation and begin no sentence."""
    for sentence in _SENTENCE_PATTERN.finditer(text):
        if not _SINGLE_PERSON_PATTERN.search(sentence[0]):
            continue
        for match in _CAPITALIZED_WORDS_PATTERN.finditer(sentence[0]):
            words = split_personal_name(match["it"])
            if not words or any(is_non_name_word(word) for word in words):
                continue
            start = match.start() + match["it"].index(words[0])
            begins = not sentence[0][:start].strip("\"'“”«» \t-*#")
            if not begins or len(words) > 1:
                yield sentence.start() + start, sentence.start() + match.end()


def find_rare_combinations(text: str) -> Iterator[tuple[int, int]]:
    """Where in sentences about one person an illness, an origin, a household stand together."""
    for sentence in _SENTENCE_PATTERN.finditer(text):
        if not _SINGLE_CHILD_PATTERN.search(sentence[0]):
            continue
        found = [
            [_get_named_group_span(match) for match in kind.finditer(sentence[0])]
            for kind in (_ILLNESS_PATTERN, _ORIGIN_PATTERN, _HOUSEHOLD_PATTERN)
        ]
        if sum(bool(spans) for spans in found) >= MIN_RARE_DETAILS:
            yield from ((sentence.start() + start, sentence.start() + end) for spans in found for start, end in spans)


def _get_named_group_span(match: re.Match[str]) -> tuple[int, int]:
    """The work of a parent alone, where it is that."""
    named = next((name for name, value in match.groupdict().items() if value), 0)
    return match.span(named)

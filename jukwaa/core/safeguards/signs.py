"""What the screen looks for: each sign with an example, and a counter-example that it must leave alone.

Every repetition in a pattern has an upper bound and no repetition stands in another without one, so that a hostile
text costs no more time than its length. Names can't be told from other words reliably; what stands around them can.
"""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.core.safeguards.word_patterns import (
    ACCOUNT_WORDS,
    AGE_IN_WORDS,
    ANY_MONTH,
    BIRTH_PHRASES,
    CAPITALIZED_NAME,
    CASE_WORDS,
    CHILD_AGE,
    CHILD_WORDS,
    CHILD_WORDS_AR,
    CHILD_WORDS_RU,
    CHILD_WORDS_ZH,
    FOLLOWS_PERSON,
    IDEOGRAPH_PATTERN,
    NON_PERSON_WORDS,
    NUMBER_WORDS,
    NUMERIC_DATE,
    ONLINE_SERVICES,
    PHONE_WORDS,
)

PERSON_NAME = rf"(?!{NON_PERSON_WORDS}\b)(?-i:{CAPITALIZED_NAME})"

_DATE_AND_HOUR_PATTERN = re.compile(
    r"\d{1,2}([-./ ])\d{1,2}\1(?:19|20)\d\d(?: \d{1,2})?"
)  # "05-10-2026 08:30" to the colon
MAX_SECTION_NUMBER = 20  # 4.2.1.3 is a section, and no address

TRACEABLE_REASON = _("A stranger could use this to find or contact the person.")
ONE_OF_FEW_REASON = _("Together with a place, this may identify a child.")
GENERALIZE_ADVICE = _("Write about the group or the practice instead.")


@dataclass(frozen=True, slots=True)
class SafeguardSign:
    """A pattern, what it finds (all of it, or what it calls `it`), why that matters and what to write instead."""

    name: str
    pattern: re.Pattern[str]
    what: str | Promise
    why: str | Promise
    instead: str | Promise
    example: str
    counter: str
    confirm: Callable[[re.Match[str]], bool] | None = None
    beside_digits: bool = False  # it holds a digit, so that only what stands around one need be looked at


def _compile_sign_pattern(sign_pattern: str) -> re.Pattern[str]:
    """Whatever the case; `(?-i:...)` keeps it where capitals mean something."""
    return re.compile(sign_pattern, re.IGNORECASE)


def _is_ip_address(match: re.Match[str]) -> bool:
    try:
        ipaddress.ip_address(match[0])
    except ValueError:
        return False
    parts = match[0].split(".")
    return len(parts) == 1 or any(int(part) > MAX_SECTION_NUMBER for part in parts)


def _is_telephone_number(match: re.Match[str]) -> bool:
    """Nine to fifteen digits: fewer is a year or a number of pages, unless the text calls it a number to call."""
    if _DATE_AND_HOUR_PATTERN.fullmatch(match[0]):
        return False
    digits = sum(character.isdigit() for character in match[0])
    fewest = 7 if match[0][0].isalpha() else 9
    return fewest <= digits <= 15  # noqa: PLR2004 - as E.164 allows


def _is_iban_number(match: re.Match[str]) -> bool:
    """The check digits of ISO 13616."""
    account = match[0].replace(" ", "")
    turned = account[4:] + account[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


SAFEGUARD_SIGNS: tuple[SafeguardSign, ...] = (
    SafeguardSign(
        "mail",
        _compile_sign_pattern(
            r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
            r"|(?<![\w.+-])[\w.+-]{1,64} [\[(]?(?:at|arobase|arroba)[\])]? [\w-]{1,63}"
            r"(?: [\[(]?(?:dot|point|punto|ponto)[\])]? [\w-]{2,20}){1,3}"
        ),
        _("an email address"),
        TRACEABLE_REASON,
        _("Remove this email address, or replace it with the organisation's public email address."),
        "Write to amina@example.org.",
        "We met @ noon in room 3.",
    ),
    SafeguardSign(
        "telephone",
        _compile_sign_pattern(
            r"(?<![A-Za-z0-9/.-])(?:\+|00|\(0|0|٠)[\d(][\d ().\-/]{5,22}\d(?![A-Za-z0-9-])"
            r"|(?<![\w/.-])(?:\(\d{2,3}\) ?|8 ?\(\d{3}\) ?|\d{3}[.-])\d{3,5}[ .-]\d{2,4}(?:[ .-]\d{2})?(?![\w-])"
            r"|(?<![\w/.-])\d[ -]\d{3}[ -]\d{3}[ -]\d{4}(?![\w-])|(?<![\w/.,-])\d{2} 9\d{4}[ -]\d{4}(?![\w-])"
            r"|(?<!\d)1[3-9]\d ?\d{4} ?\d{4}(?!\d)"
            rf"|{PHONE_WORDS}[^\d\n]{{0,12}}(?!(?:19"
            rf"|20)\d\d ?[-/\u2013])(?!{NUMERIC_DATE})(?P<it>[\d(][\d ().\-]{{6,22}}\d)(?![\w-])"
        ),
        _("a telephone number"),
        TRACEABLE_REASON,
        _("Leave this out, or give the number of a public helpline."),
        "Call +230 5123 45678 in the evening.",
        "The years 2009-2010 and the paragraphs 0.1 to 0.3.",
        _is_telephone_number,
        beside_digits=True,
    ),
    SafeguardSign(
        "internet-address",
        _compile_sign_pattern(
            r"(?<![A-Za-z0-9.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7})"
            r"(?![A-Za-z0-9.:/][A-Za-z0-9])|(?<![A-Za-z0-9.:])\d{1,3}(?:\.\d{1,3}){3}(?=:\d)"
        ),
        _("an IP address"),
        _("An IP address can be traced to a household."),
        _("Leave this out. If the network is important, describe only its type."),
        "It came from 192.0.2.17 that night.",
        "See section 1.2.3 of version 10.4, at 10:30.",
        _is_ip_address,
    ),
    SafeguardSign(
        "birth",
        _compile_sign_pattern(
            rf"(?<![A-Za-z]){BIRTH_PHRASES}[ :：]{{0,3}}(?:{NUMERIC_DATE}|{ANY_MONTH} (?:de )?\d{{4}}|\d{{4}} on"
            rf" \d{{1,2}} {ANY_MONTH})"
            r"|\b(?:19|20)\d\d (?:года|г\.) ?(?:рождения|р\.)|مواليد (?:عام |سنة )?\d{4}"
            r"|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出)?生(?!产)"
        ),
        _("a date of birth"),
        ONE_OF_FEW_REASON,
        _("Give an age group: under 10, 10 to 13, or 14 to 17."),
        "She was born on 3 May 2014.",
        "The idea was born in Sharm El Sheikh.",
        beside_digits=True,
    ),
    SafeguardSign(
        "age",
        _compile_sign_pattern(
            rf"\b{CHILD_AGE}[ -]?(?:years?|yrs?|yo|y/o)\b[ -]?(?:old\b)?,? {{0,2}}(?:\w{{1,15}} )?{CHILD_WORDS}\b"
            rf"|\b{CHILD_WORDS},? (?:was |is )?(?:aged?|of|de) {CHILD_AGE}\b"
            r"(?! ?(?:to|-|\u2013|and|à|a) ?\d| ?years of work)(?: ans| años| anos)?"
            rf"|\b(?:an?|the|th(?:is|at)|her|his|my|our|their) (?:\w{{1,15}} )?{CHILD_AGE}[ -]years?[ -]old"
            rf"(?={FOLLOWS_PERSON})"
            rf"|\b(?-i:{CAPITALIZED_NAME})(?: (?-i:{CAPITALIZED_NAME})){{0,3}}, (?:aged )?{CHILD_AGE},(?! ?(?:\d"
            rf"|and \d))"
            rf"|\b(?-i:{CAPITALIZED_NAME})(?: (?-i:{CAPITALIZED_NAME})){{0,3}}[,.;:] aged {CHILD_AGE}\b(?! ?(?:to"
            rf"|-|\u2013|and|or) ?\d)"
            rf"|\b{PERSON_NAME}(?: {PERSON_NAME}){{1,3}}"
            rf"(?: \((?:aged? )?{CHILD_AGE}\)|, {CHILD_AGE}[.;!?](?!\d))"
            rf"|\b{CHILD_WORDS} of {CHILD_AGE}\b(?! ?(?:to|-|\u2013))|\bâgée? de {CHILD_AGE} ans|\b{CHILD_WORDS},"
            rf" {CHILD_AGE},"
            rf"|\b{CHILD_WORDS_RU} {CHILD_AGE} (?:лет|год)|\b{CHILD_WORDS_AR} (?:\w{{1,6}} ){{0,3}}{CHILD_AGE} "
            rf"(?:سنة|سنوات|عام)"
            rf"|\b{CHILD_WORDS} (?:wa|mwenye) (?:umri wa )?miaka {CHILD_AGE}\b|"
            rf"(?<![\d至到~-]){CHILD_AGE}岁的?{CHILD_WORDS_ZH}"
            rf"|\b(?:i am|i'm|he is|she is|he was|she was) (?:only )?{CHILD_AGE}(?: years old\b|(?=[.,!]))"
        ),
        _("the exact age of a child"),
        ONE_OF_FEW_REASON,
        _("Give an age group: under 10, 10 to 13, or 14 to 17."),
        "It helped a 9-year-old girl.",
        "A programme of 9 years for children aged 9 to 12, and a 14-year-old project in South Africa (12).",
        beside_digits=True,
    ),
    SafeguardSign(
        "age",
        _compile_sign_pattern(
            rf"\b{AGE_IN_WORDS}(?:[ -]years?[ -]old\b(?=.{{0,3}}{FOLLOWS_PERSON})| (?:años|anos)\b)"
            rf"|\bâgée? de {AGE_IN_WORDS} ans|летн\w{{2,3}} {CHILD_WORDS_RU}"
        ),
        _("the exact age of a child"),
        ONE_OF_FEW_REASON,
        _("Give an age group: under 10, 10 to 13, or 14 to 17."),
        "The eleven-year-old was the first to speak.",
        "A project of eleven years, and an eleven-year-old project.",
    ),
    SafeguardSign(
        "school",
        _compile_sign_pattern(
            rf"\b(?-i:{CAPITALIZED_NAME})(?: (?-i:{CAPITALIZED_NAME})){{0,4}} "
            r"(?-i:(?:Primary|Secondary|High|Elementary|Middle|Nursery|Boarding) School\b"
            rf"|(?:School|Academy)\b(?! of))"
            rf"|\b(?-i:[Éé]cole|Collège|Lycée|Escuela|Colegio|Escola|Colégio|Shule ya)(?: (?:la|le|du|de|des|da|do"
            rf"|del))?"
            rf" (?-i:{CAPITALIZED_NAME})"
            rf"|\bшкол[аеуы] ?№ ?\d|\bمدرسة ال\w{{2,12}}"
            rf"|(?:(?<=[在于到从是])|(?<![\w])){IDEOGRAPH_PATTERN}{{2,4}}(?<!中)(?:小学|中学|幼儿园)(?!生)"
        ),
        _("the name of a school"),
        ONE_OF_FEW_REASON,
        _("Give the type of school and its region."),
        "A pupil of Green Valley Primary School told us.",
        "Teachers of high school classes, and a primary school in the north.",
    ),
    SafeguardSign(
        "handle",
        _compile_sign_pattern(
            r"(?<![\w.@/+-])@(?=[\w.]{0,29}[a-z])[\w.]{2,29}\w"
            r"|(?<![\w.])[a-z][\w.]{2,30}#\d{4}(?!\d)|QQ号?[是为：: ]{0,2}\d{6,11}"
            rf"|(?<![A-Za-z])(?:{ONLINE_SERVICES}|{ACCOUNT_WORDS})(?: (?:name|account|de|do|del|du|of|on|ya"
            rf"|{ONLINE_SERVICES})){{0,3}}"
            r"(?:,? (?:which |she |he |elle |il |ela |ele )?(?:was|is|est|es|era|é|ni|был"
            r"|была))?[ ,:：=]{1,3}(?=[a-z][\w.]{0,28}[\d_.]\w)(?![\w.]{1,30}\.(?:com|org"
            r"|net))(?P<it>[a-z][\w.]{2,29}\w)"
        ),
        _("an account name"),
        TRACEABLE_REASON,
        _("Name only the service, not the account."),
        "He wrote as @some_account99 there.",
        "Write to info@example.org, or meet @ 10.",
    ),
    SafeguardSign(
        "case-number",
        _compile_sign_pattern(
            rf"(?<![A-Za-z])(?:{CASE_WORDS} {NUMBER_WORDS}|{NUMBER_WORDS} (?:de |do "
            rf"|du )?{CASE_WORDS})[ :]{{0,2}}#?(?=[\w/.-]{{0,11}}\d)[\w/.-]{{1,24}}\w"
            rf"|(?<![A-Za-z])(?:{CASE_WORDS}|reference|(?:our|your) ref\.?)[ :]{{1,2}}#?(?!(?:19"
            rf"|20)\d\d[-/](?:\d\d){{1,2}}\b)"
            r"(?=[\w-]{0,12}[/-][\w/-]{0,12}\d|\d{1,6}/)(?=\D{0,8}\d)[\w/-]{4,24}\w"
            r"|(?:案件编号|案件号|案号)[：: ]{0,2}[（(]?\d[\w（）()-]{2,24}|[（(]\d{4}[）)]\w{2,10}号"
        ),
        _("a case number"),
        _("People who can look up the number will know whose case it is."),
        _("Leave this out."),
        "See case no. 2019/443-B for details.",
        "In this case number one on the list is policy.",
        beside_digits=True,
    ),
    SafeguardSign(
        "link",
        _compile_sign_pattern(
            r"\b(?:https?://)?(?:[\w-]{1,63}\.onion\b|(?:t\.me|telegram\.me)/(?:joinchat/|\+)|discord\.gg/|wa\.me/"
            r"|chat\.whatsapp\.com/|mega\.nz/(?:folder|file)/)[\w#!/+-]{0,80}"
        ),
        _("a link to content that is not public"),
        _("We cannot check where the link leads, and opening it may be unlawful."),
        _(
            "Describe the content in a sentence. If it may be child sexual abuse material, report it to the "
            "hotline, not here."
        ),
        "It is at https://t.me/+AbCdEf0123.",
        "It is at https://www.intgovforum.org/en/content/dynamic-coalitions.",
    ),
    SafeguardSign(
        "account",
        _compile_sign_pattern(r"\b(?-i:[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)\b"),
        _("a bank account number"),
        TRACEABLE_REASON,
        _("Leave this out."),
        "Pay to GB82 WEST 1234 5698 7654 32.",
        "Pay to GB00 WEST 1234 5698 7654 32.",
        _is_iban_number,
    ),
    SafeguardSign(
        "kin",
        _compile_sign_pattern(
            r"\b(?:daughter|son|child|sister|brother|mother|father|fille|fils|hij[oa]|filh[oa]) (?:of|de) "
            rf"(?-i:{CAPITALIZED_NAME} {CAPITALIZED_NAME})"
        ),
        _("a named relative"),
        _("The name of a relative may identify the child."),
        GENERALIZE_ADVICE,
        "The daughter of Maria Example came.",
        "A child of Western parents; a son of the revolution.",
    ),
    SafeguardSign(
        "initials",
        _compile_sign_pattern(
            rf"\b(?:{CHILD_WORDS}|victim|survivor|patient|client)[ ,(]{{1,2}}(?-i:[A-Z]\. ?[A-Z]?\.?)(?![a-z])"
        ),
        _("the initials of a child"),
        _("People who know the place may recognise the child."),
        GENERALIZE_ADVICE,
        "The girl A.B. spoke first.",
        "Each child. A week later, plan B. was made.",
    ),
    SafeguardSign(
        "street",
        _compile_sign_pattern(
            rf"\b\d{{1,4}}[a-z]?,? (?-i:{CAPITALIZED_NAME})(?: (?-i:{CAPITALIZED_NAME})){{0,2}} (?-i:Street|Road"
            rf"|Avenue|Lane|Drive|Close"
            rf"|Grove|Crescent|Terrace|Gardens)\b"
            r"|\b\d{1,4}(?: bis)?,? (?:rue|avenue|boulevard|impasse|chemin|allée) (?:de la |des |du |de |d')?"
            rf"(?-i:{CAPITALIZED_NAME})"
            rf"|\b(?:calle|avenida|avda\.?|rua|travessa) (?:d[aeo]s? |del? )?(?-i:{CAPITALIZED_NAME})(?: "
            rf"(?-i:{CAPITALIZED_NAME})){{0,2}}"
            r",? \d{1,4}\b"
        ),
        _("a street address"),
        TRACEABLE_REASON,
        _("Give the region, or the size of the town."),
        "They live at 12 Baobab Street.",
        "The road map has 12 Street lights and one avenue.",
    ),
)

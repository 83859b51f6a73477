"""Remove email addresses and phone numbers from text that others will read. Too much is removed rather than too little.

Pure: what stands in their place is given, so that it is in the language of the reader.
"""

import re

_AT_SIGN_PATTERN = re.compile(r"@|\uff20|\ufe6b|&#0*64;|&#x0*40;|%40", re.IGNORECASE)
# What can stand on either side of an "@": anything but spaces, brackets and separators. All runs are bounded, or a text
# of a single long word would take hours.
_ADDRESS_CHARACTER_CLASS = r"[^\s@\uff20\ufe6b<>()\[\]{}\"',;:|]"
_LOCAL_PART_PATTERN = re.compile(rf"(?P<local>{_ADDRESS_CHARACTER_CLASS}{{0,80}})(?P<space>[ \t]{{0,3}})\Z")
_DOMAIN_PATTERN = re.compile(
    rf"(?:\r?\n[> \t]{{0,9}})?(?:{_ADDRESS_CHARACTER_CLASS}|\[[\d.:a-fA-F]{{1,50}}\]){{1,255}}"
)
_AFTER_SPACE_PATTERN = re.compile(
    rf"[ \t]{{0,3}}{_ADDRESS_CHARACTER_CLASS}{{1,200}}\.{_ADDRESS_CHARACTER_CLASS}{{1,60}}"
)
_MAX_LOCAL_PART_LENGTH = 83  # characters that `_BEFORE` can find
# "someone at example dot org", "someone(a)example.org", "someone [at] example [dot] org".
_OPEN, _CLOSE = r"\s{0,3}[\[({<]\s?", r"\s?[\])}>]\s{0,3}"
_SPELLED_AT_PATTERN = (
    rf"(?:\s{{1,3}}at\s{{1,3}}|{_OPEN}(?:at|a|@|\u00e0|arroba|arobase){_CLOSE}|\s{{1,3}}(?:arroba|arobase)\s{{1,3}})"
)
_SPELLED_DOT_PATTERN = rf"(?:\.|\s{{1,3}}(?:dot|punto|point)\s{{1,3}}|{_OPEN}(?:dot|punto|point|\.){_CLOSE})"
_SPELLED_OUT_ADDRESS_PATTERN = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{0,64}}\w{_SPELLED_AT_PATTERN}(?!www\.|https?:)[\w-]{{1,63}}(?:{_SPELLED_DOT_PATTERN}[\w-]{{1,63}}){{0,4}}?"
    rf"{_SPELLED_DOT_PATTERN}[^\W\d_]{{2,24}}(?![^\W\d_])",
    re.IGNORECASE,
)

_DIGIT_PATTERN = re.compile(r"\d")
_DATE_PATTERN = re.compile(
    r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?!\d)|(?<!\d)(?:19|20)\d\d-(?:19|20)\d\d(?!\d)"
)
_TELEPHONE_PATTERN = re.compile(
    r"(?<![\w/])(?P<plus>\+|00)?\(?\d(?:[ \t\u00a0\u202f().\u2010-\u2015\-/]{0,3}\d){5,16}(?!\d)"
)
_LABELLED_TELEPHONE_PATTERN = re.compile(
    r"(?P<label>(?<!\w)(?:tel|t\u00e9l|telephone|phone|mobile|mob|cell|fax|whatsapp|signal|telegram|viber|"
    r"tel\u00e9fono|m\u00f3vil|portable|\u0647\u0627\u062a\u0641)\b\.?\s*(?:no\.?|number)?\s*[:.]?\s*)"
    r"\+?\(?\d(?:[ \t\u00a0\u202f().\u2010-\u2015\-/]{0,3}\d){3,16}",
    re.IGNORECASE,
)
MIN_UNMARKED_TELEPHONE_DIGITS = 9  # digits of a number that neither a plus nor a word marks as one of a phone


def mask_contact_details(text: str, address: str, telephone_number: str) -> str:
    """Return the text with `address` for each email address, and `telephone_number` for each phone number."""
    return mask_telephone_numbers(mask_email_addresses(text, address), telephone_number)


def mask_email_addresses(text: str, replacement: str) -> str:
    kept: list[str] = []
    done = 0
    for sign in _AT_SIGN_PATTERN.finditer(text):
        start = max(done, sign.start() - _MAX_LOCAL_PART_LENGTH)
        before = _LOCAL_PART_PATTERN.search(text, start, sign.start())
        if sign.start() < done or before is None:
            continue
        is_close = bool(before["local"]) and not before["space"]
        after = (_DOMAIN_PATTERN.match(text, sign.end()) if is_close else None) or _AFTER_SPACE_PATTERN.match(
            text, sign.end()
        )
        if after is not None:
            kept += [text[done : before.start()], replacement]
            done = after.end()
    return _SPELLED_OUT_ADDRESS_PATTERN.sub(lambda _found: replacement, "".join((*kept, text[done:])))


def mask_telephone_numbers(text: str, replacement: str) -> str:
    text = _LABELLED_TELEPHONE_PATTERN.sub(lambda found: f"{found['label']}{replacement}", text)
    return _TELEPHONE_PATTERN.sub(lambda found: replacement if _is_telephone_number(found) else found.group(), text)


def _is_telephone_number(telephone_match: re.Match[str]) -> bool:
    """Whether it can be called: not a day, a span of years, or a few digits."""
    if telephone_match["plus"]:
        return True
    rest = _DATE_PATTERN.sub("", telephone_match.group())
    return len(_DIGIT_PATTERN.findall(rest)) >= MIN_UNMARKED_TELEPHONE_DIGITS

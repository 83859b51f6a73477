"""What an answer pledges: pure, from the words of a mail. What does not begin as a pledge is none.

“We will” begins none: so do “we will not take part” and “we will be back on Monday”.
"""

import re
from functools import cache

from jukwaa.events.actions import PledgeDetails
from jukwaa.places.country_search import find_country
from jukwaa.places.languages import get_language_choices
from jukwaa.places.text_folding import fold_text

PLEDGE_PHRASE_STARTS = (
    *("we pledge", "i pledge"),
    *("nous nous engageons à", "nous nous engageons"),
    *("nos comprometemos a", "nos comprometemos"),
    "نتعهد",
)
PLEDGE_HEADING_WORDS = ("pledge", "engagement", "compromiso", "تعهد")  # a colon, a dash or a new line follows
LABEL_WORDS_BY_FIELD = {
    "audience": ("for", "audience", "pour", "public", "para", "público", "لمن", "الجمهور"),
    "country": ("country", "pays", "país", "pais", "البلد"),
    "language": ("language", "langue", "idioma", "lengua", "اللغة"),
    "partners": ("with", "partners", "avec", "con", "socios", "مع"),
    "contact_role": ("contact", "contacto", "جهة الاتصال"),
}
_FIELD_BY_LABEL = {word: name for name, words in LABEL_WORDS_BY_FIELD.items() for word in words}
_FIELD_LINE_PATTERN = re.compile(r"^\s*([^\W\d_]+(?: [^\W\d_]+)?)\s*[:：]\s*(.+)$")  # noqa: RUF001 - some keyboards write it so
_EN_DASH = "\u2013"
_SEPARATOR_PATTERN = rf"[\s:,.;!{_EN_DASH}-]*"
_HEADING_END_PATTERN = rf"[^\S\n]*[:\uff1a{_EN_DASH}\n-]"
_PLEDGE_START_PATTERN = re.compile(
    rf"(?:(?:{'|'.join(PLEDGE_PHRASE_STARTS)})(?!\w)|(?:{'|'.join(PLEDGE_HEADING_WORDS)}){_HEADING_END_PATTERN}){_SEPARATOR_PATTERN}",
    re.IGNORECASE,
)


def parse_pledge_email(text: str) -> PledgeDetails | None:
    words = text.replace("\u2019", "'").strip()
    begin = _PLEDGE_START_PATTERN.match(words)
    if begin is None:
        return None
    rest = words[begin.end() :]
    said: dict[str, str] = {}
    activity: list[str] = []
    for line in rest.splitlines():
        found = _FIELD_LINE_PATTERN.match(line)
        name = _FIELD_BY_LABEL.get(found[1].casefold()) if found else None
        if found and name and name not in said:
            said[name] = found[2].strip()
        else:
            activity.append(line.strip())
    told = "\n".join(activity).strip()
    return _build_pledge_details(told, said) if told else None


def _build_pledge_details(activity: str, parsed_answers: dict[str, str]) -> PledgeDetails:
    """Build the details of a pledge. An unknown country or language stays in the sentence."""
    found = find_country(parsed_answers.get("country", ""))
    country = found.code if found else ""
    language = _load_languages_by_name().get(fold_text(parsed_answers.get("language", "")), "")
    lost = [
        parsed_answers[name]
        for name, known in (("country", country), ("language", language))
        if name in parsed_answers and not known
    ]
    return PledgeDetails(
        activity="\n".join([activity, *lost]),
        audience=parsed_answers.get("audience", "")[:200],
        country=country,
        language=language,
        partners=parsed_answers.get("partners", "")[:300],
        contact_role=parsed_answers.get("contact_role", "")[:120],
    )


@cache
def _load_languages_by_name() -> dict[str, str]:
    """Return language tags by name, in the languages of the interface."""
    return {fold_text(name): tag for locale in ("ar", "es", "fr", "en") for tag, name in get_language_choices(locale)}

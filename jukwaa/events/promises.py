"""What an answer pledges: pure, from the words of a mail. What does not begin as a pledge is none.

“We will” begins none: so do “we will not take part” and “we will be back on Monday”.
"""

import re
from functools import cache

from jukwaa.events.actions import Promise
from jukwaa.places.finding import find_country
from jukwaa.places.folding import plain
from jukwaa.places.languages import language_choices

SENTENCES = (
    *("we pledge", "i pledge"),
    *("nous nous engageons à", "nous nous engageons"),
    *("nos comprometemos a", "nos comprometemos"),
    "نتعهد",
)
HEADINGS = ("pledge", "engagement", "compromiso", "تعهد")  # a colon, a dash or a new line follows
LINES = {
    "audience": ("for", "audience", "pour", "public", "para", "público", "لمن", "الجمهور"),
    "country": ("country", "pays", "país", "pais", "البلد"),
    "language": ("language", "langue", "idioma", "lengua", "اللغة"),
    "partners": ("with", "partners", "avec", "con", "socios", "مع"),
    "contact_role": ("contact", "contacto", "جهة الاتصال"),
}
_NAMES = {word: name for name, words in LINES.items() for word in words}
_LINE = re.compile(r"^\s*([^\W\d_]+(?: [^\W\d_]+)?)\s*[:：]\s*(.+)$")  # noqa: RUF001 - some keyboards write it so
_DASH = "\u2013"
_BETWEEN = rf"[\s:,.;!{_DASH}-]*"
_ENDS = rf"[^\S\n]*[:\uff1a{_DASH}\n-]"
_BEGINS = re.compile(rf"(?:(?:{'|'.join(SENTENCES)})(?!\w)|(?:{'|'.join(HEADINGS)}){_ENDS}){_BETWEEN}", re.IGNORECASE)


def promise_in(text: str) -> Promise | None:
    words = text.replace("\u2019", "'").strip()
    begin = _BEGINS.match(words)
    if begin is None:
        return None
    rest = words[begin.end() :]
    said: dict[str, str] = {}
    activity: list[str] = []
    for line in rest.splitlines():
        found = _LINE.match(line)
        name = _NAMES.get(found[1].casefold()) if found else None
        if found and name and name not in said:
            said[name] = found[2].strip()
        else:
            activity.append(line.strip())
    told = "\n".join(activity).strip()
    return _promise(told, said) if told else None


def _promise(activity: str, said: dict[str, str]) -> Promise:
    """A country or a language that is not known stays in the sentence, so that nothing is lost."""
    found = find_country(said.get("country", ""))
    country = found.code if found else ""
    language = _languages().get(plain(said.get("language", "")), "")
    lost = [said[name] for name, known in (("country", country), ("language", language)) if name in said and not known]
    return Promise(
        activity="\n".join([activity, *lost]),
        audience=said.get("audience", "")[:200],
        country=country,
        language=language,
        partners=said.get("partners", "")[:300],
        contact_role=said.get("contact_role", "")[:120],
    )


@cache
def _languages() -> dict[str, str]:
    """Tags by name, in the languages of the interface."""
    return {plain(name): tag for locale in ("ar", "es", "fr", "en") for tag, name in language_choices(locale)}

"""Mechanics of the languages: typography, plurals, placeholders and dates."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext

from jukwaa.core import message_catalogues
from jukwaa.core.message_catalogues import read_catalogue

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
FILES = dict(message_catalogues.find_catalogues())
NO_BREAK = "\u00a0"
DUAL = 3  # the number of forms for none, one and two
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")
TEMPLATES = sorted(
    path
    for path in message_catalogues.LOCALE_FOLDER.parent.rglob("*")
    if path.suffix in {".html", ".txt"} and "templates" in path.parts
)


def forms(language: str) -> Iterator[tuple[Message, str]]:
    for message in read_catalogue(language, FILES[language]):
        if message.id:
            yield from ((message, form) for form in _several(message.string) if form)


def _several(strings: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (strings,) if isinstance(strings, str) else tuple(strings)


def _originals(message: Message) -> tuple[str, ...]:
    return _several(message.id)


# ---- typography


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Quoi ?", True),
        ("Quoi?", True),
        (f"Quoi{NO_BREAK}?", False),
        ("« oui »", True),
        (f"«{NO_BREAK}oui{NO_BREAK}»", False),
        ("un ; deux", True),
        ("à 14:30, sur https://example.org/?a=b&amp;c", False),
        ("Objet : la réunion", True),
        ("l'accueil", True),
        ("l’accueil", False),
    ],
)
def test_french_typography_is_recognised(text, found):
    assert bool(french_faults(text)) is found


def french_faults(text: str) -> list[str]:
    """Spaces that would break before a sign or in quotation marks, signs without a space, typewriter apostrophes."""
    text = re.sub(r"&\w+;|https?://\S*", "", text)
    end = r"(?=$|[\s<)\]”»…,.])"
    pattern = rf"[ \u202f][:;?!»]{end}|(?<=[\w)”%\]])[;?!»]{end}|«(?!{NO_BREAK})|(?<=[^\W\d_])'(?=[^\W\d_%«])"
    return re.findall(pattern, text)


def test_french_has_no_space_that_breaks_before_a_sign():
    assert [form for _message, form in forms("fr") if french_faults(form)] == []


def test_spanish_opens_questions_and_exclamations():
    closed = [form for _message, form in forms("es") if re.search(r"[?!]", _without_markup(form))]
    assert [form for form in closed if form.count("¿") + form.count("¡") == 0] == []


def test_arabic_has_its_own_question_mark_and_comma():
    faults = [form for _message, form in forms("ar") if re.search(r"[\u0621-\u064a][?,;]", _without_markup(form))]
    assert faults == []


def _without_markup(form: str) -> str:
    return re.sub(r"<[^>]*>|https?://\S*|&\w+;", "", form)


# ---- plurals


def _plurals_of_one_number() -> list[tuple[str, str]]:
    """The entries that count something and name nothing else."""
    catalogue = read_catalogue("en", message_catalogues.LOCALE_FOLDER / "django.pot")
    pairs = [tuple(message.id) for message in catalogue if isinstance(message.id, tuple) and not message.context]
    return [pair for pair in pairs if len(set(PLACEHOLDER.findall("".join(pair)))) == 1 and "%%" not in "".join(pair)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_that_needs_figures_shows_them(language):
    """Arabic alone has words for none, one and two; French shows its singular for 0 as well as for 1."""
    faults = []
    with translation.override(language):
        for one, many in _plurals_of_one_number():
            name = PLACEHOLDER.findall(many)[0]
            figures = {"ar": (3, 11, 100), "es": (0, 2, 3, 11, 100)}.get(language, (2, 3, 11, 100))
            if language == "fr" and name in PLACEHOLDER.findall(one):
                figures = (0, 1, *figures)
            for n in figures:
                shown = ngettext(one, many, n) % {name: n}
                if shown != (one if n == 1 else many) % {name: n} and not re.search(rf"(?<!\d){n}(?!\d)", shown):
                    faults.append(f"{n}: {shown}")
    assert faults == []


def test_french_singular_shows_the_number_that_the_plural_shows():
    """It is shown for 0 and 1: without the number, 0 would read as one."""
    faults = [
        (message.id, message.string)
        for message in read_catalogue("fr", FILES["fr"])
        if isinstance(message.id, tuple) and all(message.string)
        for one, many in [(message.id[0], message.string)]
        if _numbers(one) - set(PLACEHOLDER.findall(many[0]))
    ]
    assert faults == []


def _numbers(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_as_many_plural_forms_as_its_language(language):
    catalogue = read_catalogue(language, FILES[language])
    wrong = [
        message.id
        for message in catalogue
        if isinstance(message.id, tuple) and any(message.string) and len(message.string) != catalogue.num_plurals
    ]
    assert ({"fr": 2, "es": 2, "ar": 6}.get(language, catalogue.num_plurals), wrong) == (catalogue.num_plurals, [])


# ---- placeholders


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_has_a_broken_placeholder(language):
    """A missing letter or an unescaped sign: "%(n)", "%( n)s", "{{ n }}", "100 %". Each fault has its line."""
    faults = []
    for message, form in forms(language):
        if not any(PLACEHOLDER.search(original) or "%%" in original for original in _originals(message)):
            continue
        rest = PLACEHOLDER.sub("", form).replace("%%", "")
        if "%" in rest or "{{" in rest or "}}" in rest:
            faults.append(f"{FILES[language].name}:{message.lineno}: {form}")
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_form_has_the_placeholders_of_the_original(language):
    """The forms for none, one and two of a language that has them, such as Arabic, may have the number in words."""
    faults = [
        f"{FILES[language].name}:{message.lineno}: “{form}” lacks {sorted(missing)}"
        for message in read_catalogue(language, FILES[language])
        if message.id and len(_several(message.string)) > 1
        for index, form in enumerate(_several(message.string))
        if form and (missing := _required(message) - set(PLACEHOLDER.findall(form)))
        if not (len(_several(message.string)) > DUAL and index < DUAL and len(missing) == 1)
    ]
    assert faults == []


def _required(message: Message) -> set[str]:
    """What both the singular and the plural have; the number itself may be in words."""
    one, *rest = _originals(message)
    if not rest:
        return set(PLACEHOLDER.findall(one))
    return set(PLACEHOLDER.findall(one)) & set(PLACEHOLDER.findall(rest[-1])) - {"n", "number", "count"}


# ---- dates


def test_no_template_writes_a_date_by_a_format_of_its_own():
    """Use the filters `day`, `month` and `written_shortly`: they write the day as each language does."""
    own = re.compile(r"""\|date:["'](?!c["']|Y-m-d["']|Y-m["']|Y["']|m/y["'])[^"']*["']""")
    faults = [f"{path.name}: {found}" for path in TEMPLATES for found in own.findall(path.read_text())]
    assert faults == []


def test_no_module_writes_a_date_by_a_format_of_its_own():
    sources = [
        path for path in Path(message_catalogues.LOCALE_FOLDER.parent).rglob("*.py") if "migrations" not in path.parts
    ]
    own = re.compile(r"\bdate_format\((?![^\n]*[\"']H:i[\"']).*")
    assert [f"{path.name}: {found}" for path in sources for found in own.findall(path.read_text())] == []

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
from jukwaa.core.message_catalogues import read_message_catalogue

LANGUAGE_CODES = [code for code, _ in settings.LANGUAGES if code != "en"]
CATALOGUE_FILES = dict(message_catalogues.find_message_catalogues())
NO_BREAK_SPACES = "\u00a0"
LANGUAGES_WITH_DUAL = 3  # the number of forms for none, one and two
PLACEHOLDER_PATTERN = re.compile(r"%\((\w+)\)[a-z]")
TEMPLATE_FILES = sorted(
    path
    for path in message_catalogues.LOCALE_FOLDER.parent.rglob("*")
    if path.suffix in {".html", ".txt"} and "templates" in path.parts
)


def list_plural_forms(language: str) -> Iterator[tuple[Message, str]]:
    for message in read_message_catalogue(language, CATALOGUE_FILES[language]):
        if message.id:
            yield from ((message, form) for form in list_plural_messages(message.string) if form)


def list_plural_messages(plural_strings: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (plural_strings,) if isinstance(plural_strings, str) else tuple(plural_strings)


def list_original_texts(catalogue_message: Message) -> tuple[str, ...]:
    return list_plural_messages(catalogue_message.id)


# ---- typography


@pytest.mark.parametrize(
    ("text", "is_fault"),
    [
        ("Quoi ?", True),
        ("Quoi?", True),
        (f"Quoi{NO_BREAK_SPACES}?", False),
        ("« oui »", True),
        (f"«{NO_BREAK_SPACES}oui{NO_BREAK_SPACES}»", False),
        ("un ; deux", True),
        ("à 14:30, sur https://example.org/?a=b&amp;c", False),
        ("Objet : la réunion", True),
        ("l'accueil", True),
        ("l’accueil", False),
    ],
)
def test_french_typography_mistakes_are_recognised(text, is_fault):
    assert bool(find_french_typography_mistakes(text)) is is_fault


def find_french_typography_mistakes(text: str) -> list[str]:
    """Spaces that would break before a sign or in quotation marks, signs without a space, typewriter apostrophes."""
    text = re.sub(r"&\w+;|https?://\S*", "", text)
    end = r"(?=$|[\s<)\]”»…,.])"
    pattern = rf"[ \u202f][:;?!»]{end}|(?<=[\w)”%\]])[;?!»]{end}|«(?!{NO_BREAK_SPACES})|(?<=[^\W\d_])'(?=[^\W\d_%«])"
    return re.findall(pattern, text)


def test_french_uses_no_break_spaces_before_punctuation():
    assert [form for _message, form in list_plural_forms("fr") if find_french_typography_mistakes(form)] == []


def test_spanish_questions_and_exclamations_have_opening_marks():
    closed = [form for _message, form in list_plural_forms("es") if re.search(r"[?!]", remove_markup(form))]
    assert [form for form in closed if form.count("¿") + form.count("¡") == 0] == []


def test_arabic_uses_own_question_mark_and_comma():
    faults = [
        form for _message, form in list_plural_forms("ar") if re.search(r"[\u0621-\u064a][?,;]", remove_markup(form))
    ]
    assert faults == []


def remove_markup(plural_form: str) -> str:
    return re.sub(r"<[^>]*>|https?://\S*|&\w+;", "", plural_form)


# ---- plurals


def list_plurals_with_number() -> list[tuple[str, str]]:
    """The entries that count something and name nothing else."""
    catalogue = read_message_catalogue("en", message_catalogues.LOCALE_FOLDER / "django.pot")
    pairs = [tuple(message.id) for message in catalogue if isinstance(message.id, tuple) and not message.context]
    return [
        pair
        for pair in pairs
        if len(set(PLACEHOLDER_PATTERN.findall("".join(pair)))) == 1 and "%%" not in "".join(pair)
    ]


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_plural_message_shows_its_number(language):
    """Arabic alone has words for none, one and two; French shows its singular for 0 as well as for 1."""
    faults = []
    with translation.override(language):
        for one, many in list_plurals_with_number():
            name = PLACEHOLDER_PATTERN.findall(many)[0]
            figures = {"ar": (3, 11, 100), "es": (0, 2, 3, 11, 100)}.get(language, (2, 3, 11, 100))
            if language == "fr" and name in PLACEHOLDER_PATTERN.findall(one):
                figures = (0, 1, *figures)
            for n in figures:
                shown = ngettext(one, many, n) % {name: n}
                if shown != (one if n == 1 else many) % {name: n} and not re.search(rf"(?<!\d){n}(?!\d)", shown):
                    faults.append(f"{n}: {shown}")
    assert faults == []


def test_french_singular_shows_number_if_plural_does():
    """It is shown for 0 and 1: without the number, 0 would read as one."""
    faults = [
        (message.id, message.string)
        for message in read_message_catalogue("fr", CATALOGUE_FILES["fr"])
        if isinstance(message.id, tuple) and all(message.string)
        for one, many in [(message.id[0], message.string)]
        if find_numbers(one) - set(PLACEHOLDER_PATTERN.findall(many[0]))
    ]
    assert faults == []


def find_numbers(text: str) -> set[str]:
    return set(PLACEHOLDER_PATTERN.findall(text))


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_message_has_all_plural_forms(language):
    catalogue = read_message_catalogue(language, CATALOGUE_FILES[language])
    wrong = [
        message.id
        for message in catalogue
        if isinstance(message.id, tuple) and any(message.string) and len(message.string) != catalogue.num_plurals
    ]
    assert ({"fr": 2, "es": 2, "ar": 6}.get(language, catalogue.num_plurals), wrong) == (catalogue.num_plurals, [])


# ---- placeholders


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_no_translation_has_broken_placeholder(language):
    """A missing letter or an unescaped sign: "%(n)", "%( n)s", "{{ n }}", "100 %". Each fault has its line."""
    faults = []
    for message, form in list_plural_forms(language):
        if not any(
            PLACEHOLDER_PATTERN.search(original) or "%%" in original for original in list_original_texts(message)
        ):
            continue
        rest = PLACEHOLDER_PATTERN.sub("", form).replace("%%", "")
        if "%" in rest or "{{" in rest or "}}" in rest:
            faults.append(f"{CATALOGUE_FILES[language].name}:{message.lineno}: {form}")
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_plural_form_keeps_placeholders(language):
    """The forms for none, one and two of a language that has them, such as Arabic, may have the number in words."""
    faults = [
        f"{CATALOGUE_FILES[language].name}:{message.lineno}: “{form}” lacks {sorted(missing)}"
        for message in read_message_catalogue(language, CATALOGUE_FILES[language])
        if message.id and len(list_plural_messages(message.string)) > 1
        for index, form in enumerate(list_plural_messages(message.string))
        if form and (missing := find_required_placeholders(message) - set(PLACEHOLDER_PATTERN.findall(form)))
        if not (
            len(list_plural_messages(message.string)) > LANGUAGES_WITH_DUAL
            and index < LANGUAGES_WITH_DUAL
            and len(missing) == 1
        )
    ]
    assert faults == []


def find_required_placeholders(catalogue_message: Message) -> set[str]:
    """What both the singular and the plural have; the number itself may be in words."""
    one, *rest = list_original_texts(catalogue_message)
    if not rest:
        return set(PLACEHOLDER_PATTERN.findall(one))
    return set(PLACEHOLDER_PATTERN.findall(one)) & set(PLACEHOLDER_PATTERN.findall(rest[-1])) - {"n", "number", "count"}


# ---- dates


def test_templates_do_not_define_date_formats():
    """Use the filters `day`, `month` and `written_shortly`: they write the day as each language does."""
    own = re.compile(r"""\|date:["'](?!c["']|Y-m-d["']|Y-m["']|Y["']|m/y["'])[^"']*["']""")
    faults = [f"{path.name}: {found}" for path in TEMPLATE_FILES for found in own.findall(path.read_text())]
    assert faults == []


def test_modules_do_not_define_date_formats():
    sources = [
        path for path in Path(message_catalogues.LOCALE_FOLDER.parent).rglob("*.py") if "migrations" not in path.parts
    ]
    own = re.compile(r"\bdate_format\((?![^\n]*[\"']H:i[\"']).*")
    assert [f"{path.name}: {found}" for path in sources for found in own.findall(path.read_text())] == []

"""Translations: what a translator may not change stays, and no sentence of a template was forgotten."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, ngettext

from jukwaa.coalitions.models import Coalition
from jukwaa.core import message_catalogues
from jukwaa.core.message_catalogues import compile_message_catalogues, read_message_catalogue
from jukwaa.drafting.mail_parsing import parse_consultation_email
from jukwaa.drafting.stance_parsing import parse_stance_of_email

LANGUAGE_CODES = [code for code, _ in settings.LANGUAGES if code != "en"]
CATALOGUE_FILES = dict(message_catalogues.find_message_catalogues())
PLACEHOLDER_PATTERN = re.compile(r"%\(\w+\)[a-z]|%%")
TAG_PATTERN = re.compile(r"</?[a-z][^>]*>")
TEMPLATE_FILES = sorted(
    path for path in message_catalogues.LOCALE_FOLDER.parent.rglob("*.html") if "templates" in path.parts
)
# Names, the same everywhere.
UNTRANSLATED_WORDS = {"Jukwaa", "BibTeX", "Excel", "CSV", "XLSX", "HTML", "PDF", "EPUB", "UTC", "Word", "SHA", "sha"}


def list_translated_messages(language: str) -> list[Message]:
    messages = read_message_catalogue(language, CATALOGUE_FILES[language])
    return [m for m in messages if m.id and (all(m.string) if isinstance(m.string, tuple) else m.string)]


def list_string_pairs(catalogue_message: Message) -> list[tuple[str, str]]:
    """Each translated form beside the original that it must agree with."""
    if isinstance(catalogue_message.id, str):
        return [(catalogue_message.id, catalogue_message.string)]
    return [(catalogue_message.id[-1], form) for form in catalogue_message.string[-1:]]


def test_each_selectable_language_has_catalogue():
    assert sorted(CATALOGUE_FILES) == sorted(LANGUAGE_CODES)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_translations_keep_placeholders_and_markup(language):
    def extract_placeholders_and_markup(text):
        return sorted(PLACEHOLDER_PATTERN.findall(text)), sorted(TAG_PATTERN.findall(text))

    wrong = [
        f"{language}/django.po:{message.lineno}: {form}"
        for message in list_translated_messages(language)
        for original, form in list_string_pairs(message)
        if extract_placeholders_and_markup(original) != extract_placeholders_and_markup(form)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_no_translation_is_fuzzy(language):
    """One that is marked so, such as where a sentence gained a plural, is counted as done and shown to nobody."""
    assert [
        message.id
        for message in read_message_catalogue(language, CATALOGUE_FILES[language])
        if message.id and message.fuzzy
    ] == []


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_plural_forms_use_only_original_placeholders(language):
    plurals = [message for message in list_translated_messages(language) if isinstance(message.id, tuple)]
    unknown = [
        form
        for message in plurals
        for form in message.string
        if set(PLACEHOLDER_PATTERN.findall(form)) - set(PLACEHOLDER_PATTERN.findall("".join(message.id)))
    ]
    assert unknown == []


def test_tlp_labels_are_not_translated():
    template = read_message_catalogue("en", message_catalogues.LOCALE_FOLDER / "django.pot")
    said = [str(message.id) for message in template if "TLP:" in str(message.id)]

    assert said, "sentences that name a label are translated"
    assert [words for words in said if words.startswith("TLP:")] == []


@pytest.mark.parametrize(
    ("language", "expected_sentence"),
    [("fr", "Réunions"), ("es", "Reuniones"), ("ar", "الاجتماعات")],
)
def test_compiled_catalogue_returns_translation(language, expected_sentence):
    with translation.override(language):
        assert gettext("Meetings") == expected_sentence


def test_french_record_is_not_called_document():
    """A document is one kind of record. What the demo is built from are public records of the world."""
    otherwise = ("public records", "document", "paper")
    wrong = [
        form
        for message in list_translated_messages("fr")
        for original, form in list_string_pairs(message)
        if "record" in original and not any(word in original for word in otherwise) and "document" in form
    ]
    assert wrong == []


def test_arabic_has_six_plural_forms():
    with translation.override("ar"):
        said = [ngettext("%(n)s organisation", "%(n)s organisations", n) % {"n": n} for n in (0, 1, 2, 3, 11, 100)]
    assert said == ["لا منظمات", "منظمة واحدة", "منظمتان", "3 منظمات", "11 منظمة", "100 منظمة"]


def test_catalogues_go_to_data_folder_for_read_only_package(tmp_path, monkeypatch):
    package, data = tmp_path / "package", tmp_path / "data"
    for language, source in CATALOGUE_FILES.items():
        copy = package / language / "LC_MESSAGES" / "django.po"
        copy.parent.mkdir(parents=True)
        copy.write_bytes(source.read_bytes())
    monkeypatch.setattr(message_catalogues, "LOCALE_FOLDER", package)
    monkeypatch.setattr(message_catalogues.os, "access", lambda *_: False)
    expected = [data / "locale" / language / "LC_MESSAGES" / "django.mo" for language in sorted(LANGUAGE_CODES)]
    assert (compile_message_catalogues(data_folder=data), compile_message_catalogues(data_folder=data)) == (
        expected,
        [],
    )


def test_arabic_page_is_right_to_left_and_keeps_labels(client: Client, coalition: Coalition):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    page = client.get(f"/{coalition.slug}/").content.decode()
    assert ('<html lang="ar" dir="rtl">' in page, "الاجتماعات" in page) == (True, True)


class VisibleTextParser(HTMLParser):
    """The words that a page would say of itself: text, and attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            value for name, value in attrs if name in {"aria-label", "placeholder", "title", "alt"} and value
        ]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def find_untranslated_texts(template_path: Path) -> list[str]:
    kept: list[str] = []
    inside = False
    for token in Lexer(template_path.read_text()).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split()[0]
            inside = {"blocktranslate": True, "endblocktranslate": False, "comment": True, "endcomment": False}.get(
                name, inside
            )
        elif token.token_type == TokenType.TEXT and not inside:
            kept.append(token.contents)
    words = VisibleTextParser()
    words.feed(re.sub(r"<style>.*?</style>", "", "".join(kept), flags=re.DOTALL))
    said = re.findall(r"[^\W\d_]{2,}", " ".join(re.sub(r"&\w+;", " ", text) for text in words.found))
    return [word for word in said if word not in UNTRANSLATED_WORDS]


@pytest.mark.parametrize("template_path", TEMPLATE_FILES, ids=lambda path: path.name)
def test_templates_have_no_untranslatable_text(template_path):
    assert find_untranslated_texts(template_path) == []


@pytest.mark.parametrize("language", ["en", *LANGUAGE_CODES])
def test_email_stance_words_are_parsed_from_replies(language):
    with translation.override(language):
        said = gettext(
            "If you reply by email, begin with one of these: support; reservation: and your reason; object: and your "
            "reason; stand aside; awaiting instructions."
        )
    named = re.split(r"\s*[;؛]\s*", re.split(r":\s+", said, maxsplit=1)[1].rstrip("."))

    found = [parse_stance_of_email(f"{words.split(':')[0].strip()}: Clause 3 is too wide.") for words in named]

    assert [one and one.stance for one in found] == ["support", "reservation", "object", "aside", "awaiting"]


@pytest.mark.parametrize("language", ["en", *LANGUAGE_CODES])
def test_email_command_words_are_parsed_from_replies(language):
    with translation.override(language):
        replaced, commented, answered = (
            gettext(order)
            for order in (
                "12: replace may with should",
                "12: comment Too short for us.",
                "question 1: Yes, in schools.",
            )
        )
    old = re.split(r"\s+", re.split(r"[:：]\s*", replaced, maxsplit=1)[1])[1]

    pieces = parse_consultation_email(
        f"{replaced}\n\n{commented}\n\n{answered}", {12: f"A provider {old} answer."}, 1
    ).pieces

    assert [(one.kind, one.clause, one.question) for one in pieces] == [
        ("proposal", 12, None),
        ("comment", 12, None),
        ("comment", None, 1),
    ]

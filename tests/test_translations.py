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
from jukwaa.core.message_catalogues import compile_catalogues, read_catalogue
from jukwaa.drafting.mail_parsing import parse_email
from jukwaa.drafting.stance_parsing import parse_stance

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
FILES = dict(message_catalogues.find_catalogues())
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%")
TAG = re.compile(r"</?[a-z][^>]*>")
TEMPLATES = sorted(
    path for path in message_catalogues.LOCALE_FOLDER.parent.rglob("*.html") if "templates" in path.parts
)
# Names, the same everywhere.
NOT_WORDS = {"Jukwaa", "BibTeX", "Excel", "CSV", "XLSX", "HTML", "PDF", "EPUB", "UTC", "Word", "SHA", "sha"}


def translated(language: str) -> list[Message]:
    messages = read_catalogue(language, FILES[language])
    return [m for m in messages if m.id and (all(m.string) if isinstance(m.string, tuple) else m.string)]


def pairs(message: Message) -> list[tuple[str, str]]:
    """Each translated form beside the original that it must agree with."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return [(message.id[-1], form) for form in message.string[-1:]]


def test_each_language_that_one_can_choose_has_a_catalogue():
    assert sorted(FILES) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_markup_are_those_of_the_original(language):
    def fixed(text):
        return sorted(PLACEHOLDER.findall(text)), sorted(TAG.findall(text))

    wrong = [
        f"{language}/django.po:{message.lineno}: {form}"
        for message in translated(language)
        for original, form in pairs(message)
        if fixed(original) != fixed(form)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_in_doubt(language):
    """One that is marked so, such as where a sentence gained a plural, is counted as done and shown to nobody."""
    assert [message.id for message in read_catalogue(language, FILES[language]) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_plural_form_names_what_the_original_does_not_give(language):
    plurals = [message for message in translated(language) if isinstance(message.id, tuple)]
    unknown = [
        form
        for message in plurals
        for form in message.string
        if set(PLACEHOLDER.findall(form)) - set(PLACEHOLDER.findall("".join(message.id)))
    ]
    assert unknown == []


def test_labels_of_the_traffic_light_protocol_are_in_no_catalogue():
    template = read_catalogue("en", message_catalogues.LOCALE_FOLDER / "django.pot")
    said = [str(message.id) for message in template if "TLP:" in str(message.id)]

    assert said, "sentences that name a label are translated"
    assert [words for words in said if words.startswith("TLP:")] == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("fr", "Réunions"), ("es", "Reuniones"), ("ar", "الاجتماعات")],
)
def test_a_compiled_catalogue_speaks_its_language(language, sentence):
    with translation.override(language):
        assert gettext("Meetings") == sentence


def test_in_french_a_record_is_not_called_a_document():
    """A document is one kind of record. What the demo is built from are public records of the world."""
    otherwise = ("public records", "document", "paper")
    wrong = [
        form
        for message in translated("fr")
        for original, form in pairs(message)
        if "record" in original and not any(word in original for word in otherwise) and "document" in form
    ]
    assert wrong == []


def test_arabic_has_six_ways_of_counting():
    with translation.override("ar"):
        said = [ngettext("%(n)s organisation", "%(n)s organisations", n) % {"n": n} for n in (0, 1, 2, 3, 11, 100)]
    assert said == ["لا منظمات", "منظمة واحدة", "منظمتان", "3 منظمات", "11 منظمة", "100 منظمة"]


def test_where_the_package_is_read_only_catalogues_go_to_the_data_folder(tmp_path, monkeypatch):
    package, data = tmp_path / "package", tmp_path / "data"
    for language, source in FILES.items():
        copy = package / language / "LC_MESSAGES" / "django.po"
        copy.parent.mkdir(parents=True)
        copy.write_bytes(source.read_bytes())
    monkeypatch.setattr(message_catalogues, "LOCALE_FOLDER", package)
    monkeypatch.setattr(message_catalogues.os, "access", lambda *_: False)
    expected = [data / "locale" / language / "LC_MESSAGES" / "django.mo" for language in sorted(LANGUAGES)]
    assert (compile_catalogues(data=data), compile_catalogues(data=data)) == (expected, [])


def test_an_arabic_page_runs_from_right_to_left_and_keeps_the_labels(client: Client, coalition: Coalition):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    page = client.get(f"/{coalition.slug}/").content.decode()
    assert ('<html lang="ar" dir="rtl">' in page, "الاجتماعات" in page) == (True, True)


class Words(HTMLParser):
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


def untranslated(path: Path) -> list[str]:
    kept: list[str] = []
    inside = False
    for token in Lexer(path.read_text()).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split()[0]
            inside = {"blocktranslate": True, "endblocktranslate": False, "comment": True, "endcomment": False}.get(
                name, inside
            )
        elif token.token_type == TokenType.TEXT and not inside:
            kept.append(token.contents)
    words = Words()
    words.feed(re.sub(r"<style>.*?</style>", "", "".join(kept), flags=re.DOTALL))
    said = re.findall(r"[^\W\d_]{2,}", " ".join(re.sub(r"&\w+;", " ", text) for text in words.found))
    return [word for word in said if word not in NOT_WORDS]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_that_cannot_be_translated(path):
    assert untranslated(path) == []


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_positions_that_a_mail_names_are_understood_in_its_answer(language):
    with translation.override(language):
        said = gettext(
            "If you reply by email, begin with one of these: support; reservation: and your reason; object: and your "
            "reason; stand aside; awaiting instructions."
        )
    named = re.split(r"\s*[;؛]\s*", re.split(r":\s+", said, maxsplit=1)[1].rstrip("."))

    found = [parse_stance(f"{words.split(':')[0].strip()}: Clause 3 is too wide.") for words in named]

    assert [one and one.stance for one in found] == ["support", "reservation", "object", "aside", "awaiting"]


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_orders_that_a_mail_teaches_are_understood_in_its_answer(language):
    with translation.override(language):
        replaced, commented, answered = (
            gettext(order)
            for order in ("12: replace may by should", "12: comment Too short for us.", "question 1: Yes, in schools.")
        )
    old = re.split(r"\s+", re.split(r"[:：]\s*", replaced, maxsplit=1)[1])[1]

    pieces = parse_email(f"{replaced}\n\n{commented}\n\n{answered}", {12: f"A provider {old} answer."}, 1).pieces

    assert [(one.kind, one.clause, one.question) for one in pieces] == [
        ("proposal", 12, None),
        ("comment", 12, None),
        ("comment", None, 1),
    ]

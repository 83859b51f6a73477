"""Every template is used, none holds code or style, and every form that writes carries its token."""

import re
from pathlib import Path

import pytest
from django.conf import settings

PACKAGE = settings.PACKAGE
TEMPLATES = sorted(
    path for app in PACKAGE.glob("*/templates") for path in app.rglob("*") if path.suffix in {".html", ".txt", ".xml"}
)
# Django looks for these by name.
BY_NAME = {"400.html", "403.html", "404.html", "500.html", "django/forms/widgets/select.html"}
# RFC 8058: a mail program posts here, and has no cookie. The token in the address is what counts.
WITHOUT_TOKEN = {"updates/unsubscribe.html"}
INLINE = re.compile(r"<style\b|<script(?![^>]*\bsrc=)|\sstyle=[\"\']|\son[a-z]+=[\"\']|javascript:", re.IGNORECASE)
OF_PEOPLE = re.compile(r"<\w[^<>]*\slang=\"\{\{[^<>]*>")
FORM = re.compile(r"<form\b(?=[^>]*method=\"post\")(?:(?!</form>).)*", re.IGNORECASE | re.DOTALL)


def name_of(path: Path) -> str:
    return path.as_posix().partition("/templates/")[2]


@pytest.fixture(scope="module")
def everything() -> str:
    code = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
    return "\n".join(path.read_text() for path in [*code, *TEMPLATES])


def test_every_template_is_named_by_code_or_by_another_template(everything):
    names = {name_of(path) for path in TEMPLATES}
    used = names.intersection(re.findall(r"[\"'](?=([\w/.-]+)[\"'#])", everything))

    assert names - used - BY_NAME - put_together(names, everything) == set()


def put_together(names: set[str], everything: str) -> set[str]:
    """Names that code puts together, such as f"updates/email/{event}.txt"."""
    patterns = set(re.findall(r"f\"([\w/.-]*\{[^}\"]+\}[\w/.#{}-]*)\"", everything))
    shapes = [re.compile(re.sub(r"\\\{.*?\\\}", r"[\\w.-]+", re.escape(pattern))) for pattern in patterns]
    return {name for name in names for shape in shapes if "/" in shape.pattern and shape.fullmatch(name)}


WITHOUT_OUR_SERVER = {"accounts/your_data_file.html"}  # a file on somebody's computer: it brings its own style


@pytest.mark.parametrize("path", [path for path in TEMPLATES if name_of(path) not in WITHOUT_OUR_SERVER], ids=name_of)
def test_no_template_holds_code_or_style(path):
    assert INLINE.findall(path.read_text()) == []


def test_email_shows_words_as_they_were_written():
    """A template escapes by default, whatever its name."""
    emails = {name_of(path): path.read_text() for path in TEMPLATES if path.parent.name == "email"}
    with_words = {name: text for name, text in emails.items() if "{{" in text}

    assert [name for name, text in with_words.items() if not text.startswith("{% autoescape off %}")] == []
    assert len(with_words) > 10


def test_text_in_the_language_of_people_runs_in_the_direction_of_that_language():
    """A `bdi` finds its direction by itself, and is no part of what its parent looks at to find its own."""
    bare = {
        (name_of(path), tag)
        for path in TEMPLATES
        for tag in OF_PEOPLE.findall(path.read_text())
        if not tag.startswith("<bdi") and " dir=" not in tag
    }

    assert bare == set()


def test_every_form_that_writes_carries_its_token():
    bare = {name_of(path) for path in TEMPLATES for form in FORM.findall(path.read_text()) if "csrf_token" not in form}

    assert bare == WITHOUT_TOKEN

"""Every template is used, none holds code or style, and every form that writes carries its token."""

import re
from pathlib import Path

import pytest
from django.conf import settings

PACKAGE_FOLDER = settings.PACKAGE
TEMPLATE_FILES = sorted(
    path
    for app in PACKAGE_FOLDER.glob("*/templates")
    for path in app.rglob("*")
    if path.suffix in {".html", ".txt", ".xml"}
)
# Django looks for these by name.
TEMPLATES_BY_NAME = {
    *("400.html", "403.html", "404.html", "500.html"),
    *("django/forms/widgets/input_option.html", "django/forms/widgets/select.html"),
}
# RFC 8058: a mail program posts here, and has no cookie. The token in the address is what counts.
FORMS_WITHOUT_TOKEN = {"updates/unsubscribe.html"}
INLINE_CODE_PATTERN = re.compile(
    r"<style\b|<script(?![^>]*\bsrc=)|\sstyle=[\"\']|\son[a-z]+=[\"\']|javascript:", re.IGNORECASE
)
USER_TEXT_PATTERN = re.compile(r"<\w[^<>]*\slang=\"\{\{[^<>]*>")
FORM_PATTERN = re.compile(r"<form\b(?=[^>]*method=\"post\")(?:(?!</form>).)*", re.IGNORECASE | re.DOTALL)


def get_template_name(path: Path) -> str:
    return path.as_posix().partition("/templates/")[2]


@pytest.fixture(scope="module")
def all_template_sources() -> str:
    code = [path for path in PACKAGE_FOLDER.rglob("*.py") if "migrations" not in path.parts]
    return "\n".join(path.read_text() for path in [*code, *TEMPLATE_FILES])


def test_every_template_is_used(all_template_sources):
    names = {get_template_name(path) for path in TEMPLATE_FILES}
    used = names.intersection(re.findall(r"[\"'](?=([\w/.-]+)[\"'#])", all_template_sources))

    assert names - used - TEMPLATES_BY_NAME - join_template_sources(names, all_template_sources) == set()


def join_template_sources(template_names: set[str], all_template_sources: str) -> set[str]:
    """Names that code puts together, such as f"updates/email/{event}.txt"."""
    patterns = set(re.findall(r"f\"([\w/.-]*\{[^}\"]+\}[\w/.#{}-]*)\"", all_template_sources))
    shapes = [re.compile(re.sub(r"\\\{.*?\\\}", r"[\\w.-]+", re.escape(pattern))) for pattern in patterns]
    return {name for name in template_names for shape in shapes if "/" in shape.pattern and shape.fullmatch(name)}


TEMPLATES_SHOWN_WITHOUT_SERVER = {
    "accounts/your_data_file.html"
}  # a file on somebody's computer: it brings its own style


@pytest.mark.parametrize(
    "template_path",
    [path for path in TEMPLATE_FILES if get_template_name(path) not in TEMPLATES_SHOWN_WITHOUT_SERVER],
    ids=get_template_name,
)
def test_templates_have_no_inline_script_or_style(template_path):
    assert INLINE_CODE_PATTERN.findall(template_path.read_text()) == []


def test_email_text_is_not_escaped():
    """A template escapes by default, whatever its name."""
    emails = {get_template_name(path): path.read_text() for path in TEMPLATE_FILES if path.parent.name == "email"}
    with_words = {name: text for name, text in emails.items() if "{{" in text}

    assert [name for name, text in with_words.items() if not text.startswith("{% autoescape off %}")] == []
    assert len(with_words) > 10


def test_user_text_has_direction_of_its_language():
    """A `bdi` finds its direction by itself, and is no part of what its parent looks at to find its own."""
    bare = {
        (get_template_name(path), tag)
        for path in TEMPLATE_FILES
        for tag in USER_TEXT_PATTERN.findall(path.read_text())
        if not tag.startswith("<bdi") and " dir=" not in tag
    }

    assert bare == set()


def test_every_posting_form_has_csrf_token():
    bare = {
        get_template_name(path)
        for path in TEMPLATE_FILES
        for form in FORM_PATTERN.findall(path.read_text())
        if "csrf_token" not in form
    }

    assert bare == FORMS_WITHOUT_TOKEN


# Of Django's forms, choices, loops and groups of rows.
DJANGO_ATTRIBUTES = {
    *("as_field_group", "as_hidden", "choice_label", "html_name", "optgroups", "wrap_label"),
    *("counter", "counter0", "revcounter", "first", "last", "parentloop", "grouper", "super"),
}
TEMPLATE_TAG_PATTERN = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
QUOTED_PATTERN = re.compile(r"'[^']*'|\"[^\"]*\"")
GENERATED_NAME_PATTERN = re.compile(r"get_\w+_display|\w+_id|\d+")


def test_attributes_in_templates_exist_in_code() -> None:
    """Django shows nothing for an attribute that is not there, such as one that was renamed."""
    code = "\n".join(path.read_text() for path in PACKAGE_FOLDER.rglob("*.py"))
    known = set(re.findall(r"\w+", code)) | DJANGO_ATTRIBUTES
    unknown = {
        f"{get_template_name(path)}: {attribute}"
        for path in TEMPLATE_FILES
        for tag in TEMPLATE_TAG_PATTERN.findall(path.read_text())
        for attribute in re.findall(r"\.(\w+)", QUOTED_PATTERN.sub("", tag))
        if attribute not in known and not GENERATED_NAME_PATTERN.fullmatch(attribute)
    }

    assert unknown == set()

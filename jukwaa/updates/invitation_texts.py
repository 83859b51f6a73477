"""The suggested texts of invitations by language: for each language of the pages, and for some that the pages lack."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.places.languages import get_language_name

PAGE_LANGUAGES = tuple(dict(settings.LANGUAGES))


@cache
def _load_invitation_templates() -> dict[str, dict[str, Any]]:
    """By the code of their language. There is one for each language of the pages, and for others."""
    texts = sorted(files("jukwaa.updates").joinpath("data/invitations").iterdir(), key=lambda file: file.name)
    return {file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8")) for file in texts}


def get_invitation_template(language: str) -> dict[str, Any]:
    templates = _load_invitation_templates()
    return templates.get(language) or templates["en"]


def get_suggestion_choices() -> list[tuple[str, str]]:
    """Return the languages that have a suggested text, by their own names: those of the pages first."""
    codes = dict.fromkeys([*PAGE_LANGUAGES, *_load_invitation_templates()])
    return [(code, get_language_name(code, code).capitalize()) for code in codes]


def choose_suggestion_language(coalition: Coalition, wanted: str, page_language: str) -> str:
    """Return the language of the first suggested text: the one that was asked for, or the coalition's.

    The language of the page comes before that of the coalition where the pages have both.
    """
    known, of_coalition = _load_invitation_templates(), _get_primary_language(coalition)
    if wanted in known:
        return wanted
    if of_coalition in known and of_coalition not in PAGE_LANGUAGES:
        return of_coalition
    return page_language if page_language in known else "en"


def describe_suggestion_language(coalition: Coalition, language: str, page_language: str) -> str:
    """Return what the coordinator should know of the language of the suggested text; mostly nothing."""
    if _get_primary_language(coalition) not in _load_invitation_templates():
        return _(
            "There is no suggested text in %(wanted)s yet. The text below is in %(language)s. You can write your own"
            " text instead."
        ) % {
            "wanted": get_language_name(coalition.language, page_language),
            "language": get_language_name(language, page_language),
        }
    if language not in PAGE_LANGUAGES:
        return _(
            "This site has not been translated into %(language)s. The sentences that we add to the email, such as the"
            " one with the sign-in link, will be in the language that you choose below."
        ) % {"language": get_language_name(language, page_language)}
    return ""


def build_suggested_invitation_text(coalition: Coalition, sender: Person, language: str) -> tuple[str, str]:
    """Return subject and message of an invitation in a language, to be changed by the coordinator."""
    template = get_invitation_template(language)
    subject, message = (
        template[part].strip().replace("{coalition}", coalition.name).replace("{sender}", sender.name)
        for part in ("subject", "message")
    )
    return subject, message.strip()


def _get_primary_language(coalition: Coalition) -> str:
    return coalition.language.partition("-")[0]

"""What people mean when they ask for a page: "next meeting", "how do I join", the name of an organisation.

Sentences in four languages are data (`data/intents.toml`). They lead to tabs of the menu, or to pages that apps
register in their `search_intents.py`, and only to what the viewer may open.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise

from jukwaa.coalitions import directory
from jukwaa.coalitions.menu import menu_tabs
from jukwaa.coalitions.standing import Standing
from jukwaa.core.registry import Registry
from jukwaa.records.index.analyser import fold_word_letters, split_text_words, tokenize_in_order

INTENTS_FILE_PATH = Path(__file__).parent / "data" / "intents.toml"
INTENT_LANGUAGES = ("en", "fr", "es", "ar")
MAX_MATCHED_QUERY_WORDS = 15  # of a question that is compared
MAX_MATCHED_NAME_LENGTH = 200


@dataclass(frozen=True)
class BestMatch:
    title: str | Promise
    url: str
    place: str | Promise = ""  # the section of the menu


# The key is what `leads_to` says in the data file. None: there is no such page for this viewer.
answer_page_registry: Registry[str, Callable[[Standing], BestMatch | None]] = Registry("pages that answer a search")


def find_best_match(viewer_standing: Standing, query_text: str) -> BestMatch | None:
    """Return the page that the query asks for, if the viewer may open it."""
    return _find_organisation_match(viewer_standing, query_text.strip()) or _find_page_match(
        viewer_standing, query_text
    )


def _find_page_match(viewer_standing: Standing, query_text: str) -> BestMatch | None:
    named = next(_find_destination_keys(query_text), "")
    if named in answer_page_registry:
        return answer_page_registry[named](viewer_standing)
    if named not in menu_tabs or not menu_tabs[named].is_shown(viewer_standing, viewer_standing.coalition):
        return None
    tab = menu_tabs[named]
    return BestMatch(tab.label, reverse(named, args=[viewer_standing.coalition.slug]), tab.section.label)


def _find_organisation_match(viewer_standing: Standing, organisation_name: str) -> BestMatch | None:
    """Find the one organisation that has this name or acronym today, or had it."""
    if not 1 < len(organisation_name) <= MAX_MATCHED_NAME_LENGTH:
        return None
    spelled = Q()
    for spelling in {
        organisation_name,
        organisation_name.title(),
        organisation_name.upper(),
        organisation_name.lower(),
    }:  # SQLite folds no letters beyond ASCII
        spelled |= Q(name__iexact=spelling) | Q(acronym__iexact=spelling) | Q(names__name__iexact=spelling)
    rows = directory.get_visible_organisations(viewer_standing).filter(spelled, merged_into__isnull=True).distinct()
    found = list(rows.select_related("coalition")[:2])
    return BestMatch(found[0].name, found[0].get_absolute_url()) if len(found) == 1 else None


def _find_destination_keys(query_text: str) -> Iterator[str]:
    if len(split_text_words(query_text)) > MAX_MATCHED_QUERY_WORDS:
        return
    for language in INTENT_LANGUAGES:
        if destination := load_destination_phrases(language).get(normalize_query_words(query_text, language)):
            yield destination


@cache
def load_destination_phrases(language: str) -> dict[frozenset[str], str]:
    """Return the destination of each sentence, by its words. Raises ValueError if a sentence leads to two."""
    found: dict[frozenset[str], str] = {}
    for name, intent in _load_intent_phrases()["intents"].items():
        for phrase in intent[language]:
            words = normalize_query_words(phrase, language)
            if not words or found.setdefault(words, intent["leads_to"]) != intent["leads_to"]:
                raise ValueError(f"{name}: {phrase!r} says nothing, or is a sentence of another intent too.")
    return found


def normalize_query_words(text: str, language: str) -> frozenset[str]:
    """Return the words of a text that count, folded and cut to their stems."""
    ignored = _load_ignored_words(language)
    kept = [word for word in split_text_words(text) if fold_word_letters(word) not in ignored]
    return frozenset(tokenize_in_order(" ".join(kept), language))


@cache
def _load_ignored_words(language: str) -> frozenset[str]:
    return frozenset(fold_word_letters(word) for word in split_text_words(_load_intent_phrases()["ignored"][language]))


@cache
def _load_intent_phrases() -> dict[str, Any]:
    return tomllib.loads(INTENTS_FILE_PATH.read_text(encoding="utf-8"))

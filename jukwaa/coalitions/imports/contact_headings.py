"""Headings of columns about contact people: what a yes or a no under them means."""

import re
from functools import lru_cache

from jukwaa.coalitions.imports.ages import MAX_CACHED_HEADINGS
from jukwaa.coalitions.imports.directory_consent import asks_for_directory_consent
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY, split_database_heading
from jukwaa.places.text_folding import fold_text

DELETED, OPTED_OUT, NEWSLETTER, BOUNCED = "person-deleted", "person-opted-out", "person-newsletter", "person-bounced"
_WORDS = {name: tuple(map(fold_text, words)) for name, words in IMPORT_VOCABULARY["contact_remarks"].items()}
_ACTIVITY_HEADINGS = frozenset(map(fold_text, IMPORT_VOCABULARY["exported_contacts"]["active"]))
_EMAIL_BEFORE_LIST_PATTERN = re.compile(r"of e-?mail:", re.IGNORECASE)  # and the name of a mailing list
_WISHES, _MESSAGES, _NO_WISHES, _SHARING, _RIGHTS_TO_END = (
    "|".join(IMPORT_VOCABULARY["remark_patterns"][section])
    for section in ("wishes", "wished_messages", "no_wishes", "sharing_with_others", "rights_to_end")
)
_WISH_PATTERN = re.compile(rf" (?:{_WISHES}) ")
_MESSAGE_PATTERN = re.compile(rf" (?:{_MESSAGES}) ")
_SHARING_PATTERN = re.compile(rf" (?:{_SHARING}) ")
_RIGHT_TO_END_PATTERN = re.compile(rf" (?:{_RIGHTS_TO_END}) ")
_QUESTION_END_PATTERN = re.compile(r"[(?;\u061f\u061b]|\.\s|\s[-\u2013\u2014]\s")
_NO_WISH_PATTERN = re.compile(rf" (?:{_NO_WISHES}) (?:\w+ )?(?:{_WISHES}) ")
_HEADING_WORDS_BY_REMARK = {
    DELETED: _WORDS["deleted_headings"],
    OPTED_OUT: _WORDS["opted_out_headings"],
    BOUNCED: _WORDS["bounced_headings"],
}


def _split_heading_words(column_heading: str) -> str:
    return f" {fold_text(split_database_heading(column_heading))} "


@lru_cache(maxsize=MAX_CACHED_HEADINGS)
def find_remark_of_heading(column_heading: str) -> str:
    """What a yes means under it. Opting out of a newsletter, as in "Opted out of email: Newsletter", says no more.

    "Do you want our emails? (You can unsubscribe at any time)" is a wish: what is behind the question explains it.
    """
    question = _QUESTION_END_PATTERN.split(column_heading, maxsplit=1)[0]
    is_wish = _is_about_wish(question)
    heading = _split_heading_words(question if is_wish else column_heading)
    if (is_wish or _is_about_wish(column_heading)) and _NO_WISH_PATTERN.search(heading):
        return OPTED_OUT
    if is_wish and _RIGHT_TO_END_PATTERN.search(heading):
        return ""
    for remark, phrases in _HEADING_WORDS_BY_REMARK.items():
        if any(f" {phrase} " in heading for phrase in phrases):
            return NEWSLETTER if remark == OPTED_OUT and _names_only_newsletter(column_heading) else remark
    return ""


def has_word_of_wish(text: str) -> bool:
    """As in "Acepto", "I do not agree" and "Je ne souhaite rien recevoir"."""
    return _WISH_PATTERN.search(f" {fold_text(text)} ") is not None


def asks_for_consent(column_heading: str) -> bool:
    is_technical = _has_phrase(column_heading, "technical_consent_headings")
    is_about_data = _has_phrase(column_heading, "data_consent_words")
    is_other = _has_phrase(column_heading, "other_consent_headings") and not is_about_data
    is_other = is_other or asks_for_directory_consent(column_heading)
    return _has_phrase(column_heading, "consent_headings") and not is_technical and not is_other


def _names_only_newsletter(column_heading: str) -> bool:
    """Not in "Unsubscribed from newsletter and invitations", nor in "Do not contact (no newsletter)"."""
    heading = _EMAIL_BEFORE_LIST_PATTERN.sub(" ", split_database_heading(column_heading))
    is_other = {*fold_text(heading).split()} - {*_WORDS["newsletter_opt_out_words"]}
    return is_about_newsletter(column_heading) and not is_other


def asks_for_wish(column_heading: str) -> bool:
    """As in "Would you like to receive our invitations by email?"; below it are answers of yes and no, or others."""
    return _is_about_wish(column_heading) and not find_remark_of_heading(column_heading)


def is_about_review(column_heading: str) -> bool:
    """Whether a tool for surveys says there if the answer was approved, as in "_validation_status"."""
    return _has_phrase(column_heading, "review_headings")


def is_about_activity(column_heading: str) -> bool:
    """Whether a no below it means that the contact was archived, as below "Active"."""
    return fold_text(split_database_heading(column_heading)) in _ACTIVITY_HEADINGS


def is_about_newsletter(column_heading: str) -> bool:
    return _has_phrase(column_heading, "newsletter_headings")


@lru_cache(maxsize=MAX_CACHED_HEADINGS)
def _is_about_wish(column_heading: str) -> bool:
    """Whether it asks for emails, or messages of a kind that is not named."""
    is_other = _has_phrase(column_heading, "other_messages") or _has_phrase(column_heading, "other_consent_headings")
    has_emails = _has_phrase(column_heading, "email_consent_words")
    heading = _split_heading_words(column_heading)
    is_wish = _WISH_PATTERN.search(heading) is not None and _MESSAGE_PATTERN.search(heading) is not None
    return is_wish and (has_emails or not is_other) and not _SHARING_PATTERN.search(heading)


@lru_cache(maxsize=MAX_CACHED_HEADINGS)
def _has_phrase(column_heading: str, section: str) -> bool:
    heading = _split_heading_words(column_heading)
    return any(f" {phrase} " in heading for phrase in _WORDS[section])

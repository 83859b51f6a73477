"""What is done with personal data, purpose by purpose, as the tables declare it: for notices and papers alike."""
# ruff: noqa: SLF001 - _meta is public by Django's word

import hashlib
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import EmailField, Field, FileField, GenericIPAddressField, Model
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.personal_data import (
    LegalBasis,
    PersonalData,
    Purpose,
    RetentionPeriod,
    personal_data_registry,
    purpose_registry,
)

# GDPR, Article 6 (1): the letter of each legal basis.
GDPR_LETTER_BY_LEGAL_BASIS: Final = {
    LegalBasis.CONSENT: "a",
    LegalBasis.CONTRACT: "b",
    LegalBasis.LEGAL_OBLIGATION: "c",
    LegalBasis.VITAL_INTERESTS: "d",
    LegalBasis.LEGITIMATE_INTERESTS: "f",
}

NAMES, EMAILS, DEVICES = (
    gettext_lazy("names"),
    gettext_lazy("email addresses"),
    gettext_lazy("IP addresses and devices"),
)
CODES, FILES, ROLES = gettext_lazy("sign-in data"), gettext_lazy("files"), gettext_lazy("organisations and roles")
ACTIONS_DATA_TYPE = gettext_lazy("who did what, and when")
WORDS_DATA_TYPE = gettext_lazy("what people write, and what others write about them")
DATA_TYPE_FIELD_PATTERNS: Final = (
    (FILES, r"(file|upload)_name|names?_of_file"),
    (EMAILS, r"^(to|reply_to|reach)$|email|address|^digest$"),
    (NAMES, r"name$|^(sender|written|said_by|speakers|contact)$"),
    (DEVICES, r"user_agent"),
    (CODES, r"^(password|data|session_data)$"),
    (ROLES, r"^(position|organisation|contact_role|role)$"),
)
DATA_TYPE_ORDER: Final = (NAMES, EMAILS, ROLES, WORDS_DATA_TYPE, FILES, ACTIONS_DATA_TYPE, CODES, DEVICES)

type DeclaredTables = tuple[tuple[type[Model], PersonalData], ...]


@dataclass(frozen=True)
class Processing:
    """One purpose, with the tables that serve it."""

    key: str
    purpose: Purpose
    tables: DeclaredTables

    @property
    def legal_basis(self) -> str:
        basis = LegalBasis(self.purpose.legal_basis)
        return _("%(basis)s (GDPR, Article 6 (1) (%(letter)s))") % {
            "basis": basis.label,
            "letter": GDPR_LETTER_BY_LEGAL_BASIS[basis],
        }

    @property
    def types_of_data(self) -> list[str]:
        found = {
            _classify_model_field(model._meta.get_field(name))
            for model, declared in self.tables
            for name in declared.fields
        }
        return [str(name) for name in DATA_TYPE_ORDER if name in found]

    @property
    def retention(self) -> list[str]:
        """How long what is kept, a phrase each."""
        return [*self._list_timed_retention(), *self._list_linked_retention()]

    def _list_timed_retention(self) -> list[str]:
        timed = ((model, declared, declared.retention) for model, declared in self.tables)
        return [
            _format_retention_days(_get_table_title(model, declared), kept)
            for model, declared, kept in timed
            if isinstance(kept, RetentionPeriod)
        ]

    def _list_linked_retention(self) -> list[str]:
        """The most common comes last, as what holds for all else."""
        titles: dict[str, list[str]] = defaultdict(list)
        for _model, declared in self.tables:
            kept = (
                declared.retention.otherwise if isinstance(declared.retention, RetentionPeriod) else declared.retention
            )
            if kept is not None:
                titles[str(kept.what)].append(str(declared.title))
        last = max(titles, key=lambda what: len(titles[what]), default="")
        listed = {what: [title for title in names if title] for what, names in titles.items() if what != last}
        phrases = [_format_table_titles(names, what) for what, names in listed.items()]
        if not last:
            return phrases
        is_alone = len(titles) == 1 and not any(
            isinstance(each.retention, RetentionPeriod) for _model, each in self.tables
        )
        return [*phrases, capfirst(last) if is_alone else _("Everything else: %(span)s") % {"span": last}]


def list_processing_activities() -> list[Processing]:
    """Every purpose that is registered, in alphabetical order of its title."""
    tables: dict[str, list[tuple[type[Model], PersonalData]]] = defaultdict(list)
    for model, declared in personal_data_registry.items():
        tables[declared.purpose].append((model, declared))
    found = [Processing(key, purpose, tuple(tables[key])) for key, purpose in purpose_registry.items()]
    return sorted(found, key=lambda each: str(each.purpose.title))


def hash_processing_facts(*typed: str) -> str:
    """Return a digest of what is done with personal data, the same in every language and after a new translation."""
    with translation.override(None):
        facts = [
            _build_processing_facts(each) for each in sorted(list_processing_activities(), key=lambda each: each.key)
        ]
    return hashlib.sha256(json.dumps([facts, typed]).encode()).hexdigest()


def _build_processing_facts(processing: Processing) -> list[Any]:
    said = (processing.purpose.title, processing.purpose.why, processing.purpose.whose, processing.purpose.recipients)
    return [
        processing.key,
        str(processing.purpose.legal_basis),
        [str(words) for words in said],
        processing.types_of_data,
        processing.retention,
    ]


def _classify_model_field(field: Any) -> Promise:
    if field.is_relation:
        return {Person: ACTIONS_DATA_TYPE, Capacity: ROLES}.get(field.related_model, WORDS_DATA_TYPE)
    if isinstance(field, EmailField | FileField | GenericIPAddressField):
        return EMAILS if isinstance(field, EmailField) else FILES if isinstance(field, FileField) else DEVICES
    assert isinstance(field, Field)  # noqa: S101 - for the type alone
    return next((kind for kind, pattern in DATA_TYPE_FIELD_PATTERNS if re.search(pattern, field.name)), WORDS_DATA_TYPE)


def _get_table_title(table_model: type[Model], personal_data: PersonalData) -> str:
    retention = personal_data.retention
    what = retention.what if isinstance(retention, RetentionPeriod) else ""
    return capfirst(str(what or personal_data.title or table_model._meta.verbose_name_plural))


def _format_retention_days(table_subject: str, retention_rule: RetentionPeriod) -> str:
    if retention_rule.days == 0:
        return _("%(what)s: removed when they expire") % {"what": table_subject}
    if retention_rule.remind:
        words = ngettext(
            "%(what)s: reviewed after %(n)s day", "%(what)s: reviewed after %(n)s days", retention_rule.days
        )
    else:
        words = ngettext("%(what)s: removed after %(n)s day", "%(what)s: removed after %(n)s days", retention_rule.days)
    return words % {"what": table_subject, "n": retention_rule.days}


def _format_table_titles(table_titles: list[str], table_subject: str) -> str:
    return (
        _("%(what)s: %(span)s") % {"what": join_with_separator(table_titles), "span": table_subject}
        if table_titles
        else capfirst(table_subject)
    )

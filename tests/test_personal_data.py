"""Every field that can hold personal data is declared, or listed here with the reason why it holds none.

The rule finds fields by their types: a relation to a person or to a capacity (who spoke, and for whom), an email or IP
address, a file, JSON, text without choices that has room for 100 characters or more, and shorter text that is called a
name, an address or the like.

What each table declares must hold: its lookups and columns exist, its purpose is registered, and each relation to a
person says whose row it is, or is listed here as the record of who handled it.
"""

import re
from collections import Counter
from itertools import chain

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import models
from django.db.models import Q

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity
from jukwaa.core.personal_data import (
    ClearColumns,
    DeleteRows,
    RetentionPeriod,
    personal_data_registry,
    purpose_registry,
)

ALWAYS_PERSONAL_TYPES = (
    models.EmailField,
    models.GenericIPAddressField,
    models.FileField,
    models.JSONField,
    models.BinaryField,
)
MIN_PERSONAL_TEXT_LENGTH = 100
PERSONAL_FIELD_NAMES = re.compile(r"name|e?mail|address|phone|sender|contact")

FIELDS_WITHOUT_PERSONAL_DATA = {
    "the coalition and its directory of organisations, as everyone reads it": {
        "coalitions.AreaOfWork",
        "coalitions.Coalition",
        "coalitions.CoalitionName",
        "coalitions.Organisation",
        "coalitions.OrganisationLogo",
        "coalitions.OrganisationName",
    },
    "figures over at least five countries": {"plans.CountedMonth"},
    "what a forum asks for, as its call says": {
        "proposals.CallFile",
        "proposals.FieldComment.field",
        "proposals.Proposal.call_name",
        "proposals.Proposal.earlier_call",
        "proposals.Proposal.late_fields",
        "proposals.ProposalSettings.keywords",
        "proposals.SessionList.call_name",
    },
    "drafts as any of their readers can download them, kept for a month": {"mail.Attachment"},
    "web addresses, and rules of dates": {
        "accounts.SignInRequest.next_url",
        "eligibility.LinkCheck",
        "events.Event.rule",
        "events.Event.website",
        "events.Host.website",
        "library.WebLink.url",
        "meetings.Meeting.public_source",
        "meetings.Series.rule",
        "regions.BriefUse",
    },
    "codes of countries, languages, addressees and types of files": {
        "cooperation.Need.languages",
        "cooperation.Offer.languages",
        "drafting.Consultation.languages",
        "proposals.CorrespondenceFile.media_type",
        "records.Attachment.media_type",
        "records.Document.media_type",
        "records.Record.countries",
        "regions.BriefShape.addressed_to",
    },
    "numbers of rows, pages and columns": {
        "coalitions.Import.mapping",
        "coalitions.Import.row_numbers",
        "coalitions.Import.rows_under_18",
        "coalitions.ImportRow.answers",
        "plans.Assessment.records",
        "records.Attachment.pages",
        "regions.BriefShape.short",
    },
    "names of sheets in a spreadsheet": {"coalitions.Import.sheet"},
    "numbers and choices that a coalition agrees by": {"drafting.Call.rules"},
    "our own sentences about what could not be read": {
        "meetings.ImportedCalendar.problem",
        "updates.ListImport.problem",
    },
    "names of what the check found in a file": {"records.Attachment.signs"},
    "keys, and identifiers of emails": {
        "mail.Message.key",
        "mail.Message.message_id",
        "updates.Letter.batch",
        "mail.ReplyAddress.subject",
        "regions.AnswerLink",
        "updates.CombinedReminder.key",
        "updates.CombinedReminder.subject",
        "updates.ListPost.message_id",
        "updates.ListPost.thread",
        "updates.PendingMail.question",
    },
    "tables of Django: permissions are not used, and tasks take numbers of rows": {
        "auth.Group",
        "auth.Permission",
        "contenttypes.ContentType",
        "django_tasks_database.DBTaskResult",
    },
}


# Relations to a person, or to a capacity, that don't make a row theirs. They lead to nobody once the person is erased.
RELATIONS_NOT_OWNED = {
    "who handled it for others: the record of who did what": {
        "coalitions.Affiliation.confirmed_by",
        "coalitions.Import.by",
        "drafting.Input.logged_by",
        "intake.Actor.decided_by",
        "intake.Drive.by",
        "intake.Reading.entered_by",
        "intake.Reading.started_by",
        "intake.Suggestion.decided_by",
        "library.Review.assigned_by",
        "library.Review.decided_by",
        "plans.Baseline.by",
        "plans.CarriedOver.by",
        "plans.Claim.answered_by",
        "plans.TeamMember.named_by",
        "privacy.DataRequest.decided_by",
        "privacy.NoticeVersion.by",
        "plans.Tie.by",
        "proposals.SessionList.by",
        "records.Held.decided_by",
        "updates.ListImport.by",
        "updates.ListPost.hidden_by",
        "regions.BriefShape.by",
    },
    "the adult who answers for somebody under 18": {
        "accounts.Person.adult_contact",
        "accounts.MinorStatusChange.adult_contact",
        "accounts.MinorStatusChange.actor",
        "proposals.Participant.consent_by",
    },
    "the account that an emptied one was merged into": {"accounts.Person.merged_into"},
    "who invites somebody: what of it is theirs is in a part of the download": {
        "regions.Prospect.capacity",
        "regions.Prospect.introducer",
    },
}

# Rows that an erasure takes away although neither a person nor an address leads to them.
MODELS_FOUND_OTHERWISE = {"sessions.Session": "through the list of a person's sessions"}


def can_hold_personal_data(model_field):
    if model_field.is_relation:
        return model_field.related_model in (Person, Capacity)
    if isinstance(model_field, (models.CharField, models.TextField)) and not isinstance(
        model_field, ALWAYS_PERSONAL_TYPES
    ):
        has_room = model_field.max_length is None or model_field.max_length >= MIN_PERSONAL_TEXT_LENGTH
        return not model_field.choices and (has_room or bool(PERSONAL_FIELD_NAMES.search(model_field.name)))
    return isinstance(model_field, ALWAYS_PERSONAL_TYPES)


def list_declared_fields(model):
    return set(personal_data_registry[model].fields) if model in personal_data_registry else set()


def find_undeclared_fields(model):
    own = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return {field.name for field in own if can_hold_personal_data(field)}


def test_each_personal_data_field_is_declared_or_listed():
    listed = set(chain(*FIELDS_WITHOUT_PERSONAL_DATA.values()))
    missing = [
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        for name in sorted(find_undeclared_fields(model) - list_declared_fields(model))
        if not {model._meta.label, f"{model._meta.label}.{name}"} & listed
    ]

    assert missing == []


def test_each_declared_field_exists():
    unknown = {
        model._meta.label: names
        for model, declared in personal_data_registry.items()
        if (names := set(declared.fields) - {field.name for field in model._meta.get_fields()})
    }

    assert unknown == {}


def test_each_listed_field_exists_and_is_undeclared():
    fields = {
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        for name in find_undeclared_fields(model) - list_declared_fields(model)
    }
    models_ = {label.rpartition(".")[0] for label in fields}

    assert set(chain(*FIELDS_WITHOUT_PERSONAL_DATA.values())) - fields - models_ == set()


def list_model_labels(models_):
    return {model._meta.label for model in models_}


def list_person_relations(model, *targets):
    own = [*model._meta.local_fields, *model._meta.local_many_to_many]
    parents = set(model._meta.parents.values())
    return [
        field.name for field in own if field.is_relation and field.related_model in targets and field not in parents
    ]


def is_relation_followed(model, relation_name):
    """A relation to a person is a lookup itself; a capacity leads on to one, or is that of a person in the same row."""
    people = personal_data_registry[model].people
    if model._meta.get_field(relation_name).related_model is Person:
        return relation_name in people
    return f"{relation_name}__person" in people or any(each in people for each in list_person_relations(model, Person))


def test_each_model_leading_to_person_is_declared():
    leading = [model for model in apps.get_models() if list_person_relations(model, Person, Capacity)]

    assert list_model_labels(leading) - list_model_labels(personal_data_registry) == set()


def test_each_person_relation_declares_owner_or_is_listed():
    loose = {
        f"{model._meta.label}.{name}"
        for model in personal_data_registry
        for name in list_person_relations(model, Person, Capacity)
        if not is_relation_followed(model, name)
    }

    assert loose == set(chain(*RELATIONS_NOT_OWNED.values()))


DECLARED_MODELS = [
    pytest.param(model, declared, id=model._meta.label) for model, declared in personal_data_registry.items()
]


@pytest.mark.parametrize(("model", "declared_fields"), DECLARED_MODELS)
def test_each_declared_lookup_and_column_exists(model, declared_fields):
    assert find_invalid_lookups(model, declared_fields) == []


def find_invalid_lookups(model, declared_fields):
    lookups = [*declared_fields.people, *declared_fields.addresses]
    columns = [*declared_fields.download]
    conditions = []
    if isinstance(declared_fields.erasure, ClearColumns):
        lookups += declared_fields.erasure.people
        columns += declared_fields.erasure.columns
    if isinstance(declared_fields.retention, RetentionPeriod):
        conditions.append(declared_fields.retention.where)
        columns += [declared_fields.retention.since, *declared_fields.retention.clears]
    conditions += [Q((lookup, 1)) for lookup in lookups]
    rows = model._base_manager.all()
    wrong = [condition for condition in conditions if not can_resolve_lookup(rows.filter, condition)]
    return wrong + [name for name in columns if not can_resolve_lookup(rows.values, name)]


def can_resolve_lookup(resolve_lookup, lookup_argument):
    try:
        resolve_lookup(lookup_argument)
    except FieldError:
        return False
    return True


@pytest.mark.django_db
def test_person_rows_are_found_on_this_database():
    for model, declared in personal_data_registry.items():
        mine = [Q((lookup, 1)) for lookup in declared.people] + [
            Q((f"{name}__iexact", "a")) for name in declared.addresses
        ]
        for condition in mine:
            assert list(model._base_manager.filter(condition).values(*declared.download)) == []


def test_people_lookups_lead_to_person():
    astray = [
        f"{model._meta.label}: {lookup}"
        for model, declared in personal_data_registry.items()
        for lookup in declared.people
        if get_lookup_target(model, lookup) is not Person
    ]

    assert astray == []


def get_lookup_target(model, lookup):
    for name in lookup.split("__"):
        if name == "pk":
            return model
        model = model._meta.get_field(name).related_model
    return model


def test_retention_starts_at_date_or_time_field():
    wrong = [
        model._meta.label
        for model, declared in personal_data_registry.items()
        if isinstance(kept := declared.retention, RetentionPeriod)
        if not isinstance(get_column_field(model, kept.since), models.DateField)
    ]

    assert wrong == []


def get_column_field(model, lookup):
    *relations_, name = lookup.split("__")
    for relation in relations_:
        model = model._meta.get_field(relation).related_model
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def test_partly_retained_data_has_stated_reason():
    silent = [
        model._meta.label
        for model, declared in personal_data_registry.items()
        if isinstance(kept := declared.retention, RetentionPeriod)
        if bool(kept.clears or kept.where or kept.remind) != bool(kept.what and kept.otherwise)
    ]

    assert silent == []


def test_columns_to_empty_are_declared_and_nullable():
    def list_emptied_columns(declared_fields):
        yield from declared_fields.erasure.columns if isinstance(declared_fields.erasure, ClearColumns) else ()
        yield from declared_fields.retention.clears if isinstance(declared_fields.retention, RetentionPeriod) else ()

    full = [
        f"{model._meta.label}.{name}"
        for model, declared in personal_data_registry.items()
        for name in list_emptied_columns(declared)
        if name not in declared.fields or not can_be_empty(model._meta.get_field(name))
    ]

    assert full == []


def can_be_empty(model_field):
    """What a field holds by default is what emptying it leaves there: nothing."""
    return (
        not model_field.is_relation
        and not model_field.get_default()
        and (model_field.null or model_field.get_default() is not None)
    )


def test_models_with_erasable_rows_declare_people_or_addresses():
    unfound = {
        model._meta.label
        for model, declared in personal_data_registry.items()
        if isinstance(declared.erasure, (DeleteRows, ClearColumns)) and not declared.people and not declared.addresses
    }

    assert unfound == set(MODELS_FOUND_OTHERWISE)


def test_each_download_part_has_title_and_columns():
    unfinished = [
        model._meta.label
        for model, declared in personal_data_registry.items()
        if bool(declared.title) != bool(declared.download)
    ]
    titles = Counter(str(declared.title) for declared in personal_data_registry.values() if declared.title)

    assert unfinished == []
    assert [title for title, times in titles.items() if times > 1] == []


def test_each_purpose_is_registered_and_used():
    assert {declared.purpose for declared in personal_data_registry.values()} == set(purpose_registry)

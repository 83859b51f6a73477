"""Every field that can hold personal data is declared, or listed here with the reason why it holds none.

The rule finds fields by their types: a relation to a person or to a capacity (who spoke, and for whom), an email or IP
address, a file, JSON, and text without choices that has room for 100 characters or more.
"""

from itertools import chain

from django.apps import apps
from django.db import models

from jukwaa.accounts.models import Person
from jukwaa.accounts.personal_data import personal_data
from jukwaa.coalitions.models import Capacity

ALWAYS = (models.EmailField, models.GenericIPAddressField, models.FileField, models.JSONField, models.BinaryField)
ROOM_FOR_WORDS = 100

HOLDS_NONE = {
    "the coalition and its directory of organisations, as everyone reads it": {
        "coalitions.AreaOfWork",
        "coalitions.Coalition",
        "coalitions.CoalitionName",
        "coalitions.Organisation",
        "coalitions.OrganisationName",
    },
    "figures over at least five countries": {"plans.CountedMonth"},
    "web addresses, and rules of dates": {
        "accounts.SignInRequest.next_url",
        "events.Event.rule",
        "events.Event.website",
        "events.Host.website",
        "library.WebLink.url",
        "meetings.Meeting.public_source",
        "regions.BriefUse",
    },
    "codes of countries, languages, addressees and types of files": {
        "cooperation.Need.languages",
        "cooperation.Offer.languages",
        "drafting.Consultation.languages",
        "records.Attachment.media_type",
        "records.Document.media_type",
        "records.Record.countries",
        "regions.BriefShape.addressed_to",
    },
    "numbers of rows, pages and columns": {
        "coalitions.Import.mapping",
        "plans.Assessment.records",
        "records.Attachment.pages",
        "regions.BriefShape.short",
    },
    "names of what the check found in a file": {"records.Attachment.signs"},
    "keys, and identifiers of emails": {
        "mail.Message.key",
        "mail.Message.message_id",
        "mail.ReplyAddress.subject",
        "regions.AnswerLink",
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


def can_hold_personal_data(field):
    if field.is_relation:
        return field.related_model in (Person, Capacity)
    if isinstance(field, (models.CharField, models.TextField)) and not isinstance(field, ALWAYS):
        return not field.choices and (field.max_length is None or field.max_length >= ROOM_FOR_WORDS)
    return isinstance(field, ALWAYS)


def found(model):
    own = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return {field.name for field in own if can_hold_personal_data(field)}


def test_each_field_that_can_hold_personal_data_is_declared_or_listed():
    listed = set(chain(*HOLDS_NONE.values()))
    missing = [
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        for name in sorted(found(model) - set(personal_data.get(model, ())))
        if not {model._meta.label, f"{model._meta.label}.{name}"} & listed
    ]

    assert missing == []


def test_each_declared_field_exists():
    unknown = {
        model._meta.label: names
        for model, declared in personal_data.items()
        if (names := set(declared) - {field.name for field in model._meta.get_fields()})
    }

    assert unknown == {}


def test_each_listed_field_is_found_and_not_declared():
    fields = {
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        for name in found(model) - set(personal_data.get(model, ()))
    }
    models_ = {label.rpartition(".")[0] for label in fields}

    assert set(chain(*HOLDS_NONE.values())) - fields - models_ == set()

"""Whatever people type into the forms of working together passes the screen, or it says here why it need not."""

import importlib
import inspect
import pkgutil
from types import SimpleNamespace

import pytest
from django import forms
from django.urls import reverse

from jukwaa import cooperation, events
from jukwaa.cooperation.models import Offer
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm

# Fields of words that nobody writes anything in: an address or a name that is looked up, what a form remembers.
LOOKED_UP_FIELDS = {"evidence", "materials", "others", "organisations", "persons", "screened", "clashes_seen"}
# A name that is looked up where a party is asked; how to reach somebody, which is meant to tell who it is;
# what a form leaves out.
UNSCREENED_FIELDS = {("PartyForm", "name"), ("HelpForm", "reach"), ("ParticipationReportForm", "activity")}


def list_all_forms():
    for app in (cooperation, events):
        for module in pkgutil.walk_packages(importlib.import_module(f"{app.__name__}.forms").__path__):
            there = importlib.import_module(f"{app.__name__}.forms.{module.name}")
            yield from (
                each for _name, each in inspect.getmembers(there, inspect.isclass) if each.__module__ == there.__name__
            )


def list_typed_fields(form_class):
    """Its own fields that take words."""
    return {
        name
        for name, field in form_class.declared_fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field, forms.URLField)
        and not isinstance(field.widget, forms.HiddenInput)
    }


def get_screened_fields(form_class):
    named = inspect.getattr_static(form_class, "SCREENED_FIELDS", ())
    return set(named.fget(SimpleNamespace(asked={})) if isinstance(named, property) else named)


@pytest.mark.parametrize(
    "form_class", [each for each in list_all_forms() if issubclass(each, Form)], ids=lambda form: form.__name__
)
def test_typed_form_fields_are_screened(form_class):
    typed = {
        name
        for name in list_typed_fields(form_class) - LOOKED_UP_FIELDS
        if not any((parent.__name__, name) in UNSCREENED_FIELDS for parent in form_class.__mro__)
    }

    assert not typed or issubclass(form_class, ScreenedForm)
    # The fields of the other two come with the questions of a charter.
    if form_class.__name__ not in {"BeginWorkForm", "CharterAnswerForm"}:
        assert typed <= get_screened_fields(form_class)


DISCLOSURE_TEXT = "My uncle touches me at night and I am 12 years old. Help me."
OFFER_FORM_DATA = {"title": "We train teachers", "label": "TLP:CLEAR", "language": "en"}


@pytest.fixture
def new_offer_page(coalition):
    return reverse("cooperation:offer_new", args=[coalition.slug])


@pytest.mark.django_db
@pytest.mark.parametrize("field_name", ["summary", "contact_role", "reach"])
def test_disclosure_in_any_field_is_quarantined(client, new_offer_page, person_who_gives, field_name):
    client.force_login(person_who_gives)
    answer = client.post(f"{new_offer_page}?sort=training", {**OFFER_FORM_DATA, field_name: DISCLOSURE_TEXT})

    assert (answer.status_code, Offer.objects.count()) == (302, 0)
    assert answer.url.endswith("/not-accepted/")


@pytest.mark.django_db
@pytest.mark.parametrize("role_text", ["jane@example.org", "Call +41 79 555 12 34"])
def test_email_address_in_contact_role_is_refused(client, new_offer_page, person_who_gives, role_text):
    client.force_login(person_who_gives)
    refused = client.post(f"{new_offer_page}?sort=training", {**OFFER_FORM_DATA, "contact_role": role_text})

    assert (refused.status_code, Offer.objects.count()) == (422, 0)
    assert "Enter only a role, without an email address or phone number." in refused.text

"""Columns as databases of contacts export them: Salesforce, HubSpot, CiviCRM, Mailchimp."""

import pytest

from jukwaa.coalitions.imports.fields import guess_column_mapping
from jukwaa.coalitions.imports.vocabulary import find_language_tag

EXPORTS = {
    "Salesforce": {
        "Contact ID (18)": "",
        "First Name": "contact_first",
        "Last Name": "contact_last",
        "Title": "position",
        "Account Name": "name",
        "Account ID": "",
        "Account_Type__c": "stakeholder_group",
        "Mailing Country": "country",
        "Email": "email",
        "Mobile": "phone",
        "HasOptedOutOfEmail": "",
        "GDPR_Consent__c": "",
        "EmailBouncedReason": "",
        "Member_Since__c": "since",
        "Membership_Status__c": "standing",
        "Languages__c": "languages",
        "IsDeleted": "",
    },
    "Salesforce data loader": {
        "FirstName": "contact_first",
        "LastName": "contact_last",
        "AccountName": "name",
        "MailingCountry": "country",
        "MobilePhone": "phone",
    },
    "HubSpot": {
        "Record ID": "",
        "First Name": "contact_first",
        "Last Name": "contact_last",
        "Email": "email",
        "Associated Company": "name",
        "Job Title": "position",
        "Country/Region": "country",
        "Unsubscribed from all email": "",
        "Email hard bounce reason": "",
    },
    "CiviCRM": {
        "Organization Name": "name",
        "Contact Subtype": "stakeholder_group",
        "First Name": "contact_first",
        "Last Name": "contact_last",
        "Job Title": "position",
        "Country": "country",
        "Email": "email",
        "Do Not Email": "",
        "No Bulk Emails (User Opt Out)": "",
        "Membership Status": "standing",
    },
    "Mailchimp": {
        "Email Address": "email",
        "First Name": "contact_first",
        "Last Name": "contact_last",
        "Company": "name",
        "MEMBER_RATING": "",
        "OPTIN_TIME": "",
        "UNSUB_TIME": "",
        "UNSUB_REASON": "",
    },
}


@pytest.mark.parametrize("columns", EXPORTS.values(), ids=EXPORTS)
def test_columns_of_exports_are_recognised(columns):
    assert dict(zip(columns, guess_column_mapping(list(columns), "members"), strict=True)) == columns


@pytest.mark.parametrize(
    ("written", "tag"),
    [("es_ES", "es"), ("ar_EG", "ar"), ("id_ID", "id"), ("pt_BR", "pt-BR"), ("en_US", "en"), ("Spanish", "es")],
)
def test_locale_of_an_export_is_read_as_its_language(written, tag):
    assert find_language_tag(written) == tag

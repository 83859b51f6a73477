"""Nothing is left of a person who was erased but what the preview listed."""

from pathlib import Path

import pytest
from django.utils import timezone

from jukwaa.accounts import deletions
from jukwaa.accounts.erasing import find_rows, preview
from jukwaa.core.personal_data import personal_data
from jukwaa.mail.actions import send_waiting
from jukwaa.mail.models import Message
from jukwaa.records.models import Attachment, Passage
from tests.accounts.somebody import NAME, enter_everywhere, read_as_visitor, search_caches, search_files, search_tables

pytestmark = pytest.mark.django_db

# Where a name, an address or a phone number stood: what the erasure removes, and what others wrote.
GOES = {
    "account_emailaddress.email",
    "accounts_person.email",
    "accounts_person.name",
    "accounts_signinrequest.email",
    "coalitions_affiliation.position",
    "coalitions_capacity.name",
    "coalitions_import.table",
    "coalitions_importrow.cells",
    "coalitions_membership.motivation",
    "coalitions_membership.reason",
    "cooperation_offer.reach",
    "mail_message.error",
    "mail_message.html",
    "mail_message.subject",
    "mail_message.to",
    "mail_replyaddress.address",
    "mfa_authenticator.data",
    "regions_prospect.contact_address",
    "regions_prospect.contact_name",
    "search_savedsearch.name",
    "search_savedsearch.query",
    "updates_listpost.body",
    "updates_listpost.sender",
    "updates_pendingmail.address",
    "updates_pendingmail.name",
    "updates_pendingmail.text",
}
STAYS = {
    "coalitions_organisation.name",
    "mail_message.body",  # of an email to somebody else
    "records_attachment.text",
    "records_comment.body",
    "records_commentversion.body",
    "records_document.text",
    "records_held.address",
    "records_held.text",
    "records_passage.text",
    "records_record.title",
    "the index.words",
}
# Of which the person has no row, since nobody has asked for a deletion before they ask.
NOT_YET = {"accounts.AccountDeletion"}


def confirm(person):
    """Through the link of the email; the day has come."""
    deletions.ask_to_delete(person=person)
    body = Message.objects.filter(key__startswith="deletion-confirm").latest("pk").body
    token = next(line for line in body.splitlines() if "/confirm/" in line).rstrip("/").rpartition("/")[2]
    return deletions.confirm_deletion(token=token)


def places(traces) -> set[tuple[str, str, object]]:
    """As the search calls them: a column of text, and the passage of the index if it is one."""
    found = {
        (trace.model._meta.db_table, trace.model._meta.get_field(trace.column).column, trace.pk) for trace in traces
    }
    return found | {("the index", "words", trace.pk) for trace in traces if trace.model is Passage}


def columns(found) -> set[str]:
    return {f"{table}.{column}" for table, column, _pk in found}


def test_nothing_is_left_of_a_person_but_what_the_preview_listed(built, db, django_capture_on_commit_callbacks):
    person, _browser = enter_everywhere(built)
    read_as_visitor(built)
    before, cached = search_tables(), search_caches()
    missing = {
        model._meta.label
        for model, declared in personal_data.items()
        if (declared.people or declared.addresses) and not find_rows(model, declared, person)
    }
    listed = places(preview(person).traces)

    confirm(person)
    with django_capture_on_commit_callbacks(execute=True):
        done = deletions.do_due(timezone.now() + deletions.WAIT)
    send_waiting()
    after = search_tables()
    files = {Path(row.file.name).name for row in Attachment.objects.filter(text__contains=NAME)}

    assert (missing, done) == (NOT_YET, 1)
    assert len(cached) == 1
    assert columns(before) == {*GOES, *STAYS}
    assert columns(after) == STAYS
    assert after == listed
    assert search_files() == files
    assert search_caches() == []

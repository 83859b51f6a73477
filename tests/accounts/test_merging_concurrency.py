"""Two accounts are merged at the moment at which one of them is used, erased or merged as well."""

import pytest
from django.test import Client

from jukwaa.accounts.account_merge import merge_accounts, move_rows_written_during_merge
from jukwaa.accounts.actions import AccountClosedError, SignInExpiredError, build_sign_in_link, redeem_sign_in_link
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.merge_links import MERGE_LINK_PURPOSE, confirm_account_merge
from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import PersonFacts, add_person
from jukwaa.coalitions.models import Affiliation, Role
from jukwaa.core.foreign_key_moves import find_referencing_rows
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail import signed_links
from jukwaa.mail.models import Message
from jukwaa.records.actions import add_comment
from jukwaa.records.models import Comment
from tests.concurrency import run_concurrently
from tests.factories import DocumentFactory, OrganisationFactory, PersonFactory, RoleFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept_person():
    return PersonFactory(name="Ada", email="kept@example.org")


@pytest.fixture
def merged_person(coalition):
    person = PersonFactory(name="A. Lovelace", email="other@example.org")
    RoleFactory(coalition=coalition, person=person, kind="editor")
    return person


def merge_two_accounts(kept_person, other_person):
    return merge_accounts(
        surviving_person=Person.objects.get(pk=kept_person.pk), merged_person=Person.objects.get(pk=other_person.pk)
    )


def test_double_submit_merges_once(kept_person, merged_person):
    token = signed_links.make_signed_token(
        MERGE_LINK_PURPOSE, {"kept": kept_person.pk, "other": merged_person.pk, "email": merged_person.email}
    )

    answers = run_concurrently(*[lambda: confirm_account_merge(actor=kept_person, token=token)] * 2)

    assert sorted(type(answer).__name__ for answer in answers) == ["ActionRefused", "Person"]
    assert Message.objects.filter(key__startswith="merged:").count() == 2


def test_opposite_concurrent_merges_merge_once(kept_person, merged_person):
    answers = run_concurrently(
        lambda: merge_two_accounts(kept_person, merged_person),
        lambda: merge_two_accounts(merged_person, kept_person),
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["ActionRefused", "Person"]
    assert Person.objects.filter(merged_into=None).count() == 1


def test_concurrent_erasure_and_merge_yield_one_outcome(kept_person, merged_person):
    merged, _erased = run_concurrently(
        lambda: merge_two_accounts(kept_person, merged_person),
        lambda: erase_person(Person.objects.get(pk=merged_person.pk)),
    )

    gone = Person.objects.get(pk=merged_person.pk)
    is_merged = not isinstance(merged, ActionRefused)
    assert (gone.email, gone.name, gone.merged_into == kept_person) == (None, "", is_merged)
    assert Role.objects.get().person == (kept_person if is_merged else merged_person)


def test_session_started_during_merge_is_invalid(kept_person, merged_person):
    token = build_sign_in_link(merged_person).rstrip("/").rpartition("/")[2]
    _merged, entered = run_concurrently(
        lambda: merge_two_accounts(kept_person, merged_person), lambda: redeem_sign_in_link(token)
    )

    client = Client()
    if not isinstance(entered, AccountClosedError | SignInExpiredError):
        client.force_login(entered[0], backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get("/account/settings/").status_code == 302


def test_rows_written_during_merge_go_to_kept_account(coalition, coordinator, kept_person, merged_person):
    document = DocumentFactory(coalition=coalition, author=coordinator, published=True)
    run_concurrently(
        lambda: merge_two_accounts(kept_person, merged_person),
        lambda: add_comment(actor=merged_person, record=document, body="Yes."),
    )
    move_rows_written_during_merge(Person.objects.get(pk=merged_person.pk).erased_at)

    assert set(Comment.objects.values_list("author", flat=True)) <= {kept_person.pk}
    assert {name for _model, name, rows in find_referencing_rows(merged_person) if rows.exists()} <= {"actor"}


def test_person_added_during_merge_is_not_duplicated(coalition, coordinator, kept_person, merged_person):
    organisation = OrganisationFactory(coalition=coalition)
    facts = PersonFacts(name="As typed", email="other@example.org")
    run_concurrently(
        lambda: merge_two_accounts(kept_person, merged_person),
        lambda: add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation),
    )
    move_rows_written_during_merge(Person.objects.get(pk=merged_person.pk).erased_at)

    assert Affiliation.objects.get().person == kept_person
    assert not Person.objects.filter(email="other@example.org").exists()

"""Account deletion: preview, confirmation, cancellation and completion."""

from datetime import timedelta

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts import actions, deletions
from jukwaa.accounts.models import AccountDeletion, Person
from jukwaa.coalitions.models import Role
from jukwaa.core.dates import format_long_date
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.updates.clock import tick
from tests.conftest import create_seated_person
from tests.factories import PersonFactory, RoleFactory

pytestmark = pytest.mark.django_db

DELETION_URL = "/account/delete/"


def create_signed_in_client(person) -> Client:
    client = Client(headers={"User-Agent": "Firefox"})
    client.post(actions.build_sign_in_link(person).removeprefix(site.SITE_URL))
    return client


def get_link_path(message_key, link_part) -> str:
    """The path of the link in the latest email of this key."""
    body = Message.objects.filter(key__startswith=message_key).latest("pk").body
    return next(line for line in body.splitlines() if link_part in line).removeprefix(site.SITE_URL)


def list_emails_to(email_address) -> list[str]:
    return list(Message.objects.filter(to=email_address).order_by("pk").values_list("subject", flat=True))


@pytest.fixture
def confirmation_link(member) -> str:
    """The link to confirm."""
    deletions.request_deletion(person=member)
    return get_link_path("deletion-confirm", "/confirm/")


@pytest.fixture
def begun_deletion(member, confirmation_link) -> AccountDeletion:
    return deletions.confirm_deletion(token=confirmation_link.rstrip("/").rpartition("/")[2])


def test_page_lists_what_is_deleted_emptied_and_kept(client, member):
    client.force_login(member)

    page = client.get(DELETION_URL).text

    assert "Your account</b>: 1" in page
    assert "Memberships and applications</b>: 1" in page
    assert "We found no pages with your name" in page


def test_account_is_deleted_14_days_after_confirmation(member):
    here, elsewhere = create_signed_in_client(member), create_signed_in_client(member)
    here.post(DELETION_URL)
    path = get_link_path("deletion-confirm", "/confirm/")
    looked = here.get(path)
    nothing_yet = AccountDeletion.objects.exists()
    here.post(path)

    deletion = AccountDeletion.objects.get()
    assert (looked.status_code, nothing_yet) == (200, False)
    assert deletion.due_at - deletion.asked_at == pytest.approx(deletions.DELETION_DELAY, abs=timedelta(minutes=1))
    assert here.get(DELETION_URL).status_code == 200
    assert elsewhere.get(DELETION_URL).status_code == 302
    assert "Your account will be deleted on" in here.get("/account/settings/").text
    address = member.email
    tick(deletion.due_at - timedelta(minutes=1))
    member.refresh_from_db()
    assert member.erased_at is None
    tick(deletion.due_at)
    member.refresh_from_db()
    assert (member.name, member.email, member.is_active, member.deletion_due_at) == ("", None, False, None)
    assert here.get(DELETION_URL).status_code == 302
    assert not Message.objects.filter(to__iexact=address).exists()


def test_confirmation_link_works_once_and_for_one_address(client, member, confirmation_link):
    client.post(confirmation_link)
    again = client.post(confirmation_link)
    Person.objects.filter(pk=member.pk).update(email="new@example.org")

    assert (again.status_code, client.get(confirmation_link).status_code) == (410, 410)
    assert AccountDeletion.objects.count() == 1


def test_confirmation_link_expires_after_one_day(client, confirmation_link, time_machine):
    time_machine.move_to(timezone.now() + deletions.DELETION_LINK_VALIDITY + timedelta(minutes=1))

    assert client.get(confirmation_link).status_code == 410
    assert client.post(confirmation_link).status_code == 410
    assert not AccountDeletion.objects.exists()


def test_deletion_is_cancelled_from_banner(client, member, begun_deletion):
    client.force_login(member)
    banner = client.get("/account/settings/").text

    client.post("/account/delete/cancel/")

    begun_deletion.refresh_from_db()
    member.refresh_from_db()
    assert "/account/delete/cancel/" in banner
    assert (begun_deletion.stopped_at is not None, member.deletion_due_at) == (True, None)
    assert "/account/delete/cancel/" not in client.get("/account/settings/").text
    deletions.process_due_deletions(begun_deletion.due_at)
    member.refresh_from_db()
    assert member.erased_at is None


def test_deletion_is_cancelled_by_email_link_without_sign_in(client, member, begun_deletion):
    path = get_link_path("deletion-begun", "/cancel/")
    looked = client.get(path)
    still = AccountDeletion.objects.open().exists()
    client.post(path)

    assert (looked.status_code, still) == (200, True)
    assert not AccountDeletion.objects.open().exists()
    assert client.get(path).status_code == 410


def test_person_is_reminded_once_two_days_before_deletion(member, begun_deletion):
    for _tick in range(2):
        deletions.process_due_deletions(
            begun_deletion.due_at - deletions.DELETION_REMINDER_LEAD_TIME - timedelta(minutes=1)
        )
    early = len(list_emails_to(member.email))
    for _tick in range(2):
        deletions.process_due_deletions(begun_deletion.due_at - deletions.DELETION_REMINDER_LEAD_TIME)

    assert early == 2
    assert list_emails_to(member.email)[2:] == [s for s in list_emails_to(member.email) if s.startswith("Reminder: ")]
    assert len(list_emails_to(member.email)) == 3


def test_last_email_keeps_no_address_after_sending(member, begun_deletion, mailoutbox):
    address = member.email
    deletions.process_due_deletions(begun_deletion.due_at)
    queued = list(Message.objects.filter(to=address).values_list("subject", flat=True))
    tick(begun_deletion.due_at)

    assert queued == ["Your account has been deleted"]
    assert [mail.to for mail in mailoutbox][-1] == [address]
    assert not Message.objects.filter(to=address).exists()
    assert Message.objects.get(key=f"deletion-done:{begun_deletion.pk}").body == ""


@pytest.mark.parametrize(
    ("role_kind", "role_label"), [("coordinator", "coordinator"), ("safeguarding-lead", "safeguarding lead")]
)
def test_sole_role_holder_must_hand_over_first(client, coalition, role_kind, role_label):
    person = create_seated_person(coalition, "The only one", role_kind)
    client.force_login(person)

    page = client.get(DELETION_URL).text
    refused = client.post(DELETION_URL)

    assert f"You are the only {role_label} of Our Coalition." in page
    assert reverse("coalitions:roles", args=[coalition.slug]) in page
    assert (refused.status_code, Message.objects.exists()) == (422, False)
    RoleFactory(coalition=coalition, kind=role_kind)
    assert client.post(DELETION_URL).status_code == 302


def test_deletion_of_new_sole_role_holder_is_postponed(coalition, coordinator):
    chair = create_seated_person(coalition, "The chair", "chair")
    second = RoleFactory(coalition=coalition, kind="coordinator")
    deletions.request_deletion(person=coordinator)
    token = get_link_path("deletion-confirm", "/confirm/").rstrip("/").rpartition("/")[2]
    begun = deletions.confirm_deletion(token=token)
    Role.objects.filter(pk=second.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    due = begun.due_at

    for _tick in range(2):
        deletions.process_due_deletions(due)

    begun.refresh_from_db()
    coordinator.refresh_from_db()
    assert (begun.due_at, coordinator.erased_at) == (due + deletions.DELETION_POSTPONEMENT, None)
    assert coordinator.deletion_due_at == begun.due_at
    assert list_emails_to(coordinator.email).count("Your account could not be deleted yet") == 1
    day = format_long_date(timezone.localdate(begun.due_at))
    assert list_emails_to(chair.email) == [f"Agree on a successor for a role in your coalition by {day}"]
    RoleFactory(coalition=coalition, kind="coordinator")
    deletions.process_due_deletions(begun.due_at)
    coordinator.refresh_from_db()
    assert coordinator.erased_at is not None


def test_adult_contact_must_be_replaced_first(client, member):
    PersonFactory(is_minor=True, adult_contact=member, guardian_agreed_at=timezone.now())
    client.force_login(member)

    assert client.post(DELETION_URL).status_code == 422
    assert "You are the adult contact of 1 person under 18." in client.get(DELETION_URL).text


def test_unconfirmed_adult_contact_can_delete_account(member):
    PersonFactory(is_minor=True, adult_contact=member)

    assert deletions.find_guardianship_obstacles(member) == []


def test_person_without_address_cannot_confirm_deletion(member):
    member.email = None

    with pytest.raises(ActionRefused, match="no email address"):
        deletions.request_deletion(person=member)


def test_failed_deletion_does_not_block_others(member, begun_deletion, coordinator, coalition, monkeypatch):
    RoleFactory(coalition=coalition, kind="coordinator")
    deletions.request_deletion(person=coordinator)
    token = get_link_path("deletion-confirm", "/confirm/").rstrip("/").rpartition("/")[2]
    later = deletions.confirm_deletion(token=token)
    erase = deletions.erase_person

    def fail_after_erasing_member(person):
        erase(person)
        if person.pk == member.pk:
            raise RuntimeError("in the middle")

    monkeypatch.setattr(deletions, "erase_person", fail_after_erasing_member)
    done = deletions.process_due_deletions(later.due_at)

    assert done == 1
    assert Person.objects.get(pk=member.pk).name == "A member"
    assert AccountDeletion.objects.get(pk=begun_deletion.pk).done_at is None
    assert Person.objects.get(pk=coordinator.pk).name == ""

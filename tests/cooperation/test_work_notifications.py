"""Who hears of joint work, how it is signed by mail and by a link, who is asked when silent, and the desk."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.actions import work as works
from jukwaa.cooperation.actions import work_charters as charters
from jukwaa.cooperation.inbound import is_signature_reply
from jukwaa.cooperation.models import Charter, Deliverable, Party, Signature
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Held
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.reminders import send_due_reminders
from tests.cooperation.charter_steps import create_proposed_charter, create_work_with_signed_charter, sign_charter_for
from tests.factories import AffiliationFactory
from tests.updates.emails import AUTOMATIC_HEADERS, deliver_email, list_written_emails


@pytest.fixture(autouse=True)
def release_coalition_mail(coalition):
    coalition.mail_released_at = timezone.now()
    coalition.save()


@pytest.fixture
def proposed_charter(coalition, helpline, provider):
    return create_proposed_charter(coalition, helpline, provider)


@pytest.fixture
def signature_request_email(proposed_charter, provider):
    """What the provider's speaker got."""
    send_pending_activity_notifications()
    return Message.objects.get(to=provider[0].email)


def list_signing_organisations():
    return [signature.party.capacity.name for signature in Signature.objects.order_by("pk")]


def find_path_in_email(email_body: str) -> str:
    return re.search(r"https?://[^/\s]+(/\S*/cooperation/work/sign/\S+|/\S*/cooperation/sign/\S+)", email_body).group(1)


@pytest.mark.parametrize(
    "reply_text",
    [
        *("We sign", "we sign.\n\nBest wishes", "Nous signons", "“Firmamos”", "نوقع", "> \nWe sign"),
        *("Signed\n-- \nOn the road", "We sign.\nJane\nA Provider", "We sign\nJane Doe\n\nSent from my telephone"),
    ],
)
def test_signature_reply_is_parsed_in_four_languages(reply_text):
    assert is_signature_reply(reply_text.removeprefix("> \n"), "Jane Doe", "A provider")


@pytest.mark.parametrize(
    "reply_text",
    [
        *("", "We sign once the money is clear", "We do not sign", "Thank you", "design"),
        *("We sign.\nIf the money is clear.", "We sign.\nJane\nNot yet."),
    ],
)
def test_unclear_reply_signs_nothing(reply_text):
    assert not is_signature_reply(reply_text, "Jane Doe", "A provider")


def test_signatories_are_emailed_exact_text(proposed_charter, provider, helpline, member, coordinator):
    AffiliationFactory(organisation=provider[1])  # may not speak for it
    send_pending_activity_notifications()

    assert sorted(to for to, _subject in list_written_emails()) == sorted([provider[0].email, helpline[0].email])
    assert proposed_charter.text.strip() in Message.objects.get(to=provider[0].email).body


def test_email_reply_signs_text_of_that_email(proposed_charter, signature_request_email, provider):
    deliver_email(
        f"We sign.\n\n{provider[0].name}\nA provider", to=signature_request_email.reply_to, sender=provider[0].email
    )

    assert list_signing_organisations() == ["A provider"]
    assert Signature.objects.get().digest == proposed_charter.digest
    assert "Your signature has been recorded" in [subject for _to, subject in list_written_emails()]


def test_coordinator_holding_mail_cannot_sign_with_it(client, coalition, proposed_charter, provider, coordinator):
    coalition.mail_released_at = None
    coalition.save()
    send_pending_activity_notifications()
    link = find_path_in_email(Message.objects.get(to=provider[0].email).body)
    client.force_login(coordinator)
    held = client.get(reverse("updates:held_mail", args=[coalition.slug])).text

    assert client.get(link).status_code == 200
    assert link not in held
    assert "/cooperation/sign/…" in held


@pytest.mark.parametrize("reply_text", ["Thank you, we will look at it.", "We sign if the money is clear."])
def test_doubtful_reply_links_to_page(signature_request_email, provider, reply_text):
    deliver_email(reply_text, to=signature_request_email.reply_to, sender=provider[0].email)

    assert list_signing_organisations() == []
    assert "Your reply must contain only the words “we sign”." in Message.objects.latest("pk").body


def test_reply_from_other_address_signs_nothing(signature_request_email, helpline):
    deliver_email("We sign.", to=signature_request_email.reply_to, sender=helpline[0].email)

    assert list_signing_organisations() == []


def test_automatic_reply_signs_nothing(signature_request_email, provider):
    deliver_email("We sign.", to=signature_request_email.reply_to, sender=provider[0].email, **AUTOMATIC_HEADERS)

    assert list_signing_organisations() == []


def test_unauthenticated_reply_signs_nothing(signature_request_email, provider, settings):
    settings.MAIL_AUTHORITY = "mx.example.org"
    deliver_email("We sign.", to=signature_request_email.reply_to, sender=provider[0].email)

    assert list_signing_organisations() == []
    assert "We could not confirm that this email is from you." in Message.objects.latest("pk").body


def test_minor_cannot_sign_by_email(signature_request_email, provider, member):
    Person.objects.filter(pk=provider[0].pk).update(is_minor=True, name_is_public=False, adult_contact=member)
    deliver_email("We sign.", to=signature_request_email.reply_to, sender=provider[0].email)

    assert list_signing_organisations() == []


def test_disclosure_in_reply_goes_to_safeguarding_lead(signature_request_email, provider):
    words = "We sign.\n\nMy uncle touches me at night and I am 12 years old. Help me."
    deliver_email(words, to=signature_request_email.reply_to, sender=provider[0].email)

    assert (list_signing_organisations(), Held.objects.count()) == ([], 1)


def test_withdrawn_text_cannot_be_signed_by_email(proposed_charter, signature_request_email, helpline, provider):
    draft = charters.withdraw_charter_proposal(actor=helpline[0], work=proposed_charter.work, reason="Money.")
    told = {"question": "basis", "answer": "The provider pays all.", "from_version": draft.version}
    charters.write_charter_answer(actor=helpline[0], work=proposed_charter.work, **told)
    charters.propose_charter(actor=helpline[0], work=proposed_charter.work)
    deliver_email("We sign.", to=signature_request_email.reply_to, sender=provider[0].email)

    assert list_signing_organisations() == []
    assert "You have not signed" in Message.objects.latest("pk").body


def test_former_representative_cannot_sign_by_email_or_link(client, signature_request_email, provider):
    Affiliation.objects.filter(person=provider[0]).update(ends_on=timezone.localdate() - timedelta(days=1))
    deliver_email("We sign.", to=signature_request_email.reply_to, sender=provider[0].email)
    response = client.post(find_path_in_email(signature_request_email.body), {"digest": Charter.objects.get().digest})

    assert (response.status_code, list_signing_organisations()) == (403, [])
    assert "You do not currently represent A provider" in response.text


def test_signing_link_shows_text_and_button(client, proposed_charter, signature_request_email):
    address = find_path_in_email(signature_request_email.body)
    page = client.get(address)
    assert "Nobody pays anybody." in page.text
    assert list_signing_organisations() == []
    client.post(address, {"digest": proposed_charter.digest})

    assert list_signing_organisations() == ["A provider"]
    again = client.get(address).text
    assert ("<h1>Charter signed</h1>" in again, "This charter has already been signed" in again) == (True, True)


def test_signing_link_to_changed_text_shows_both_texts(client, proposed_charter, signature_request_email, helpline):
    draft = charters.withdraw_charter_proposal(actor=helpline[0], work=proposed_charter.work, reason="Money.")
    told = {"question": "basis", "answer": "The provider pays all.", "from_version": draft.version}
    charters.write_charter_answer(actor=helpline[0], work=proposed_charter.work, **told)
    charters.propose_charter(actor=helpline[0], work=proposed_charter.work)
    response = client.post(find_path_in_email(signature_request_email.body), {"digest": proposed_charter.digest})

    assert (response.status_code, list_signing_organisations()) == (409, [])
    for words in ("Nobody pays anybody.", "The provider pays all.", "Compare the two texts below"):
        assert words in response.text


def test_invented_signing_link_is_refused(client, proposed_charter, coalition):
    assert client.get(f"/{coalition.slug}/cooperation/sign/nothing/").status_code == 404


def test_email_about_restricted_work_omits_content(coalition, helpline, provider):
    create_proposed_charter(coalition, helpline, provider, label="TLP:AMBER")
    send_pending_activity_notifications()
    mail = Message.objects.get(to=provider[0].email)

    assert "Nobody pays" not in mail.body + mail.subject
    assert "/cooperation/sign/" not in mail.body
    assert mail.reply_to == ""


def test_parties_are_notified_of_force_and_withdrawal(coalition, helpline, provider):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    send_pending_activity_notifications()
    party = Party.objects.select_related("work__coalition").get(work=work, organisation=provider[1])
    works.leave_joint_work(actor=provider[0], party=party, reason="Our programme has ended.")
    send_pending_activity_notifications()
    subjects = [subject.partition("] ")[2] for to, subject in list_written_emails() if to == helpline[0].email]

    assert subjects == ["Charter signed and in force: A guide together", "A provider has left: A guide together"]


def test_silent_party_is_reminded_monthly(coalition, helpline, provider, coordinator):
    work = create_work_with_signed_charter(coalition, helpline, provider)
    Deliverable.objects.update(promised_for=timezone.localdate() - timedelta(days=3), party=work.parties.last())
    now = timezone.now()
    send_due_reminders(now)
    send_due_reminders(now + timedelta(minutes=5))

    assert list_written_emails() == [(provider[0].email, "[Our Coalition] Status update due: A guide for helplines")]


def test_missing_signature_is_reminded_after_a_week(proposed_charter, helpline, provider):
    sign_charter_for(proposed_charter, helpline)
    send_due_reminders(timezone.now())
    assert list_written_emails() == []
    Charter.objects.update(proposed_at=timezone.now() - timedelta(days=8))
    send_due_reminders(timezone.now())

    assert list_written_emails() == [(provider[0].email, "[Our Coalition] Signature still needed: A guide together")]


def test_tasks_list_signatures_and_due_deliverables(coalition, proposed_charter, helpline, provider, member):
    def list_work_tasks(person):
        caches["pages"].clear()
        return [item.title for item in get_tasks(Standing(person, coalition)) if "guide" in item.title]

    assert list_work_tasks(provider[0]) == ["Read and sign “A guide together” on behalf of A provider"]
    assert list_work_tasks(member) == []
    sign_charter_for(proposed_charter, helpline)
    assert list_work_tasks(helpline[0]) == []
    sign_charter_for(proposed_charter, provider)
    Deliverable.objects.update(promised_for=timezone.localdate(), party=proposed_charter.work.parties.last())

    assert list_work_tasks(provider[0]) == ["Update the status of “A guide for helplines”"]


def test_withdrawn_work_creates_no_tasks(coalition, proposed_charter, helpline, provider):
    withdraw_record(actor=helpline[0], record=proposed_charter.work, reason="By mistake.")
    caches["pages"].clear()

    assert get_tasks(Standing(helpline[0], coalition)) == []

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
from jukwaa.updates.activity_notifications import notify_untold_activities
from jukwaa.updates.reminders import send_due_reminders
from tests.cooperation.agreeing import agree_on_work, proposed, sign
from tests.factories import AffiliationFactory
from tests.updates.mails import AUTOMATIC_HEADERS, deliver, list_written_emails


@pytest.fixture(autouse=True)
def released(coalition):
    coalition.mail_released_at = timezone.now()
    coalition.save()


@pytest.fixture
def charter(coalition, helpline, provider):
    return proposed(coalition, helpline, provider)


@pytest.fixture
def signature_request(charter, provider):
    """What the provider's speaker got."""
    notify_untold_activities()
    return Message.objects.get(to=provider[0].email)


def list_signatures():
    return [signature.party.capacity.name for signature in Signature.objects.order_by("pk")]


def find_path_in_email(body: str) -> str:
    return re.search(r"https?://[^/\s]+(/\S*/cooperation/work/sign/\S+|/\S*/cooperation/sign/\S+)", body).group(1)


@pytest.mark.parametrize(
    "said",
    [
        *("We sign", "we sign.\n\nBest wishes", "Nous signons", "“Firmamos”", "نوقع", "> \nWe sign"),
        *("Signed\n-- \nOn the road", "We sign.\nJane\nA Provider", "We sign\nJane Doe\n\nSent from my telephone"),
    ],
)
def test_a_signature_is_read_in_four_languages(said):
    assert is_signature_reply(said.removeprefix("> \n"), "Jane Doe", "A provider")


@pytest.mark.parametrize(
    "said",
    [
        *("", "We sign once the money is clear", "We do not sign", "Thank you", "design"),
        *("We sign.\nIf the money is clear.", "We sign.\nJane\nNot yet."),
    ],
)
def test_what_is_no_plain_yes_signs_nothing(said):
    assert not is_signature_reply(said, "Jane Doe", "A provider")


def test_whoever_may_sign_gets_the_exact_text_and_nobody_else(charter, provider, helpline, member, coordinator):
    AffiliationFactory(organisation=provider[1])  # may not speak for it
    notify_untold_activities()

    assert sorted(to for to, _subject in list_written_emails()) == sorted([provider[0].email, helpline[0].email])
    assert charter.text.strip() in Message.objects.get(to=provider[0].email).body


def test_an_answer_by_mail_signs_the_text_of_that_mail(charter, signature_request, provider):
    deliver(f"We sign.\n\n{provider[0].name}\nA provider", to=signature_request.reply_to, sender=provider[0].email)

    assert list_signatures() == ["A provider"]
    assert Signature.objects.get().digest == charter.digest
    assert "Your signature has been recorded" in [subject for _to, subject in list_written_emails()]


def test_whoever_looks_at_mail_before_it_leaves_can_not_sign_with_it(client, coalition, charter, provider, coordinator):
    coalition.mail_released_at = None
    coalition.save()
    notify_untold_activities()
    link = find_path_in_email(Message.objects.get(to=provider[0].email).body)
    client.force_login(coordinator)
    held = client.get(reverse("updates:held_mail", args=[coalition.slug])).text

    assert client.get(link).status_code == 200
    assert link not in held
    assert "/cooperation/sign/…" in held


@pytest.mark.parametrize("said", ["Thank you, we will look at it.", "We sign if the money is clear."])
def test_in_doubt_nothing_is_signed_and_the_writer_is_led_to_the_page(signature_request, provider, said):
    deliver(said, to=signature_request.reply_to, sender=provider[0].email)

    assert list_signatures() == []
    assert "Your reply must contain only the words “we sign”." in Message.objects.latest("pk").body


def test_a_mail_from_another_address_signs_nothing(signature_request, helpline):
    deliver("We sign.", to=signature_request.reply_to, sender=helpline[0].email)

    assert list_signatures() == []


def test_a_machine_signs_nothing(signature_request, provider):
    deliver("We sign.", to=signature_request.reply_to, sender=provider[0].email, **AUTOMATIC_HEADERS)

    assert list_signatures() == []


def test_where_the_mail_server_does_not_vouch_for_it_nothing_is_signed(signature_request, provider, settings):
    settings.MAIL_AUTHORITY = "mx.example.org"
    deliver("We sign.", to=signature_request.reply_to, sender=provider[0].email)

    assert list_signatures() == []
    assert "We could not confirm that this email is from you." in Message.objects.latest("pk").body


def test_who_is_under_18_signs_nothing_by_mail(signature_request, provider, member):
    Person.objects.filter(pk=provider[0].pk).update(is_minor=True, name_is_public=False, adult_contact=member)
    deliver("We sign.", to=signature_request.reply_to, sender=provider[0].email)

    assert list_signatures() == []


def test_a_disclosure_goes_to_the_lead_alone(signature_request, provider):
    words = "We sign.\n\nMy uncle touches me at night and I am 12 years old. Help me."
    deliver(words, to=signature_request.reply_to, sender=provider[0].email)

    assert (list_signatures(), Held.objects.count()) == ([], 1)


def test_a_text_that_was_taken_back_is_not_signed_by_the_mail_that_held_it(
    charter, signature_request, helpline, provider
):
    draft = charters.withdraw_charter(actor=helpline[0], work=charter.work, reason="Money.")
    told = {"question": "basis", "answer": "The provider pays all.", "from_version": draft.version}
    charters.write_charter_answer(actor=helpline[0], work=charter.work, **told)
    charters.propose_charter(actor=helpline[0], work=charter.work)
    deliver("We sign.", to=signature_request.reply_to, sender=provider[0].email)

    assert list_signatures() == []
    assert "You have not signed" in Message.objects.latest("pk").body


def test_whoever_may_speak_no_longer_signs_neither_by_mail_nor_by_link(client, signature_request, provider):
    Affiliation.objects.filter(person=provider[0]).update(ends_on=timezone.localdate() - timedelta(days=1))
    deliver("We sign.", to=signature_request.reply_to, sender=provider[0].email)
    response = client.post(find_path_in_email(signature_request.body), {"digest": Charter.objects.get().digest})

    assert (response.status_code, list_signatures()) == (403, [])
    assert "You do not currently represent A provider" in response.text


def test_a_link_shows_the_text_and_its_button_signs(client, charter, signature_request):
    address = find_path_in_email(signature_request.body)
    page = client.get(address)
    assert "Nobody pays anybody." in page.text
    assert list_signatures() == []
    client.post(address, {"digest": charter.digest})

    assert list_signatures() == ["A provider"]
    again = client.get(address).text
    assert ("<h1>Charter signed</h1>" in again, "This charter has already been signed" in again) == (True, True)


def test_a_link_to_a_text_that_has_changed_shows_both(client, charter, signature_request, helpline):
    draft = charters.withdraw_charter(actor=helpline[0], work=charter.work, reason="Money.")
    told = {"question": "basis", "answer": "The provider pays all.", "from_version": draft.version}
    charters.write_charter_answer(actor=helpline[0], work=charter.work, **told)
    charters.propose_charter(actor=helpline[0], work=charter.work)
    response = client.post(find_path_in_email(signature_request.body), {"digest": charter.digest})

    assert (response.status_code, list_signatures()) == (409, [])
    for words in ("Nobody pays anybody.", "The provider pays all.", "Compare the two texts below"):
        assert words in response.text


def test_a_link_that_was_made_up_leads_nowhere(client, charter, coalition):
    assert client.get(f"/{coalition.slug}/cooperation/sign/nothing/").status_code == 404


def test_of_a_work_for_its_parties_alone_a_mail_says_nothing(coalition, helpline, provider):
    proposed(coalition, helpline, provider, label="TLP:AMBER")
    notify_untold_activities()
    mail = Message.objects.get(to=provider[0].email)

    assert "Nobody pays" not in mail.body + mail.subject
    assert "/cooperation/sign/" not in mail.body
    assert mail.reply_to == ""


def test_the_parties_hear_that_it_is_in_force_and_that_one_has_left(coalition, helpline, provider):
    work = agree_on_work(coalition, helpline, provider)
    notify_untold_activities()
    party = Party.objects.select_related("work__coalition").get(work=work, organisation=provider[1])
    works.leave_joint_work(actor=provider[0], party=party, reason="Our programme has ended.")
    notify_untold_activities()
    subjects = [subject.partition("] ")[2] for to, subject in list_written_emails() if to == helpline[0].email]

    assert subjects == ["Charter signed and in force: A guide together", "A provider has left: A guide together"]


def test_a_silent_party_is_asked_once_a_month_and_nobody_else_hears_of_it(coalition, helpline, provider, coordinator):
    work = agree_on_work(coalition, helpline, provider)
    Deliverable.objects.update(promised_for=timezone.localdate() - timedelta(days=3), party=work.parties.last())
    now = timezone.now()
    send_due_reminders(now)
    send_due_reminders(now + timedelta(minutes=5))

    assert list_written_emails() == [(provider[0].email, "[Our Coalition] Status update due: A guide for helplines")]


def test_whoever_has_not_signed_after_a_week_is_asked_again(charter, helpline, provider):
    sign(charter, helpline)
    send_due_reminders(timezone.now())
    assert list_written_emails() == []
    Charter.objects.update(proposed_at=timezone.now() - timedelta(days=8))
    send_due_reminders(timezone.now())

    assert list_written_emails() == [(provider[0].email, "[Our Coalition] Signature still needed: A guide together")]


def test_the_desk_shows_what_is_to_be_signed_and_what_is_due(coalition, charter, helpline, provider, member):
    def list_work_tasks(person):
        caches["pages"].clear()
        return [item.title for item in get_tasks(Standing(person, coalition)) if "guide" in item.title]

    assert list_work_tasks(provider[0]) == ["Read and sign “A guide together” on behalf of A provider"]
    assert list_work_tasks(member) == []
    sign(charter, helpline)
    assert list_work_tasks(helpline[0]) == []
    sign(charter, provider)
    Deliverable.objects.update(promised_for=timezone.localdate(), party=charter.work.parties.last())

    assert list_work_tasks(provider[0]) == ["Update the status of “A guide for helplines”"]


def test_what_was_taken_out_of_the_record_waits_on_no_desk(coalition, charter, helpline, provider):
    withdraw_record(actor=helpline[0], record=charter.work, reason="By mistake.")
    caches["pages"].clear()

    assert get_tasks(Standing(helpline[0], coalition)) == []

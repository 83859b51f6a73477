"""A party that need not sign stands there by the word of others, until it confirms or takes its name off."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.cooperation.actions import work as works
from jukwaa.cooperation.actions import work_charters as charters
from jukwaa.cooperation.models import Charter, JointWork, Party, Signature
from jukwaa.cooperation.notifications.joint_work import get_signing_url
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.cooperation.charter_steps import begin_work_with_charter, create_spokesperson, sign_charter_for
from tests.updates.emails import deliver_email

pytestmark = pytest.mark.django_db


def get_page_words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.text.partition("<main")[2])
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def ministry(coalition):
    return create_spokesperson(coalition, "A ministry")


@pytest.fixture
def charter(coalition, helpline, provider, ministry) -> Charter:
    work = begin_work_with_charter(coalition, helpline, provider)
    works.add_work_party(actor=helpline[0], work=work, organisation=ministry[1], must_sign=False)
    return charters.propose_charter(actor=helpline[0], work=work)


@pytest.fixture
def charter_in_force(charter, helpline, provider) -> Charter:
    for speaker in (helpline, provider):
        sign_charter_for(charter, speaker)
    charter.refresh_from_db()
    return charter


@pytest.fixture
def informed_party(charter, ministry) -> Party:
    return Party.objects.select_related("work__coalition").get(organisation=ministry[1])


@pytest.fixture
def build_charter_url(coalition, charter):
    return lambda name, *more: reverse(f"cooperation:{name}", args=[coalition.slug, charter.work_id, *more])


def test_named_party_is_shown_as_unconfirmed(client, charter_in_force, build_charter_url):
    page, text = (
        get_page_words(client.get(build_charter_url("work_detail"))),
        get_page_words(client.get(build_charter_url("charter_detail"))),
    )

    assert "not confirmed Named as a party by A helpline and A provider ." in page
    assert "A ministry is named in this text, but has not confirmed its participation." in text
    assert "- A ministry [signature optional]" in charter_in_force.text
    assert "takes part" not in page


def test_named_party_confirms_charter_in_force(client, charter_in_force, informed_party, ministry, build_charter_url):
    client.force_login(ministry[0])
    page = client.get(build_charter_url("work_detail"))
    assert (
        "The other parties have named A ministry as a party. A ministry has not confirmed its participation yet."
        in get_page_words(page)
    )
    assert build_charter_url("charter_sign", informed_party.pk) in page.text
    asked = client.get(build_charter_url("charter_sign", informed_party.pk))
    assert charter_in_force.digest in asked.text
    client.post(build_charter_url("charter_sign", informed_party.pk), {"digest": charter_in_force.digest})

    assert Signature.objects.filter(party=informed_party, charter=charter_in_force).count() == 1
    client.logout()
    assert "not confirmed" not in get_page_words(client.get(build_charter_url("work_detail"))) + get_page_words(
        client.get(build_charter_url("charter_detail"))
    )


def test_named_party_withdraws_without_changing_charter(
    client, charter_in_force, informed_party, ministry, build_charter_url
):
    client.force_login(ministry[0])
    asked = get_page_words(client.get(build_charter_url("party_leave", informed_party.pk)))
    assert "You do not need to give a reason." in asked
    assert client.post(build_charter_url("party_leave", informed_party.pk), {"reason": ""}).status_code == 302
    client.logout()
    informed_party.refresh_from_db()
    charter_in_force.refresh_from_db()
    text = get_page_words(client.get(build_charter_url("charter_detail")))

    assert "A ministry" not in get_page_words(client.get(build_charter_url("work_detail")))
    assert "It removed its name on" in text
    assert (charter_in_force.dropped_at, JointWork.objects.get().stage) == (None, "under-way")
    assert informed_party.left_because == "The organisation had not confirmed its participation."


def test_only_named_party_confirms_or_withdraws(charter_in_force, informed_party, helpline, coordinator, rapporteur):
    for person in (helpline[0], coordinator, rapporteur):
        with pytest.raises(PermissionDenied):
            works.leave_joint_work(actor=person, party=informed_party, reason="")
        with pytest.raises(PermissionDenied):
            charters.sign_charter(actor=person, party=informed_party, digest=charter_in_force.digest)


def test_signing_party_gives_reason_to_withdraw(charter_in_force, informed_party, ministry):
    sign_charter_for(charter_in_force, ministry)
    with pytest.raises(ActionRefused, match="Give the reason in a sentence"):
        works.leave_joint_work(actor=ministry[0], party=informed_party, reason="")


def test_named_party_is_notified_and_confirms_by_email(
    coalition, charter, helpline, provider, informed_party, ministry, build_charter_url
):
    coalition.mail_released_at = timezone.now()
    coalition.save()
    send_pending_activity_notifications()
    mail = Message.objects.get(to=ministry[0].email)
    assert "A ministry is named in the charter but does not have to sign." in mail.body
    assert build_charter_url("party_leave", informed_party.pk) in mail.body
    for speaker in (helpline, provider):
        sign_charter_for(charter, speaker)
    deliver_email("We sign.", to=mail.reply_to, sender=ministry[0].email)

    assert Signature.objects.filter(party=informed_party).exists()


def test_email_link_confirms_charter_in_force(client, coalition, charter_in_force, informed_party, ministry):
    coalition.mail_released_at = timezone.now()
    coalition.save()
    informed_party.work.coalition = coalition
    link = get_signing_url(informed_party, ministry[0])
    assert charter_in_force.text.splitlines()[0] in client.get(link).text
    client.post(link, {"digest": charter_in_force.digest})

    assert Signature.objects.filter(party=informed_party).exists()
    assert "This charter has already been signed on behalf of your organisation." in client.get(link).text

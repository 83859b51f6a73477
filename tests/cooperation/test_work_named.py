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
from jukwaa.updates.activity_notifications import notify_untold_activities
from tests.cooperation.agreeing import begin_work_with_charter, create_spokesperson, sign
from tests.updates.mails import deliver

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
        sign(charter, speaker)
    charter.refresh_from_db()
    return charter


@pytest.fixture
def party(charter, ministry) -> Party:
    return Party.objects.select_related("work__coalition").get(organisation=ministry[1])


@pytest.fixture
def url(coalition, charter):
    return lambda name, *more: reverse(f"cooperation:{name}", args=[coalition.slug, charter.work_id, *more])


def test_the_world_reads_that_it_was_named_by_others_and_has_not_confirmed(client, charter_in_force, url):
    page, text = get_page_words(client.get(url("work_detail"))), get_page_words(client.get(url("charter_detail")))

    assert "not confirmed Named as a party by A helpline and A provider ." in page
    assert "A ministry is named in this text, but has not confirmed its participation." in text
    assert "- A ministry [signature optional]" in charter_in_force.text
    assert "takes part" not in page


def test_it_confirms_later_what_is_in_force_and_then_it_stands_there_by_its_own_word(
    client, charter_in_force, party, ministry, url
):
    client.force_login(ministry[0])
    page = client.get(url("work_detail"))
    assert (
        "The other parties have named A ministry as a party. A ministry has not confirmed that it takes part."
        in get_page_words(page)
    )
    assert url("charter_sign", party.pk) in page.text
    asked = client.get(url("charter_sign", party.pk))
    assert charter_in_force.digest in asked.text
    client.post(url("charter_sign", party.pk), {"digest": charter_in_force.digest})

    assert Signature.objects.filter(party=party, charter=charter_in_force).count() == 1
    client.logout()
    assert "not confirmed" not in get_page_words(client.get(url("work_detail"))) + get_page_words(
        client.get(url("charter_detail"))
    )


def test_it_takes_its_name_off_without_a_reason_and_the_text_that_others_signed_stays(
    client, charter_in_force, party, ministry, url
):
    client.force_login(ministry[0])
    asked = get_page_words(client.get(url("party_leave", party.pk)))
    assert "You do not need to give a reason." in asked
    assert client.post(url("party_leave", party.pk), {"reason": ""}).status_code == 302
    client.logout()
    party.refresh_from_db()
    charter_in_force.refresh_from_db()
    text = get_page_words(client.get(url("charter_detail")))

    assert "A ministry" not in get_page_words(client.get(url("work_detail")))
    assert "It removed its name on" in text
    assert (charter_in_force.dropped_at, JointWork.objects.get().stage) == (None, "under-way")
    assert party.left_because == "The organisation had not confirmed its participation."


def test_nobody_takes_it_off_for_another_nor_confirms(charter_in_force, party, helpline, coordinator, rapporteur):
    for person in (helpline[0], coordinator, rapporteur):
        with pytest.raises(PermissionDenied):
            works.leave_joint_work(actor=person, party=party, reason="")
        with pytest.raises(PermissionDenied):
            charters.sign_charter(actor=person, party=party, digest=charter_in_force.digest)


def test_whoever_signed_says_why_also_where_it_need_not_have_signed(charter_in_force, party, ministry):
    sign(charter_in_force, ministry)
    with pytest.raises(ActionRefused, match="Give the reason in a sentence"):
        works.leave_joint_work(actor=ministry[0], party=party, reason="")


def test_it_hears_that_it_is_named_and_confirms_by_mail_when_it_is_in_force(
    coalition, charter, helpline, provider, party, ministry, url
):
    coalition.mail_released_at = timezone.now()
    coalition.save()
    notify_untold_activities()
    mail = Message.objects.get(to=ministry[0].email)
    assert "A ministry is named in the charter but does not have to sign." in mail.body
    assert url("party_leave", party.pk) in mail.body
    for speaker in (helpline, provider):
        sign(charter, speaker)
    deliver("We sign.", to=mail.reply_to, sender=ministry[0].email)

    assert Signature.objects.filter(party=party).exists()


def test_the_link_of_the_mail_confirms_what_is_in_force(client, coalition, charter_in_force, party, ministry):
    coalition.mail_released_at = timezone.now()
    coalition.save()
    party.work.coalition = coalition
    link = get_signing_url(party, ministry[0])
    assert charter_in_force.text.splitlines()[0] in client.get(link).text
    client.post(link, {"digest": charter_in_force.digest})

    assert Signature.objects.filter(party=party).exists()
    assert "This charter has already been signed on behalf of your organisation." in client.get(link).text

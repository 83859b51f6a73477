"""What an invited person finds: the first steps that the email promised, and times in the zone of the coalition."""

import pytest
from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import PersonFacts, add_person
from jukwaa.mail.models import Message
from jukwaa.updates.actions import save_invitation_round, send_invitations
from tests.updates.emails import find_link_path


@pytest.fixture
def ana(coalition, coordinator, organisation):
    facts = PersonFacts(name="Ana", email="ana@example.org")
    return add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)


def send_invitation(coordinator, coalition, person):
    words = {"language": "en", "subject": "Your place", "message": "Welcome."}
    draft = save_invitation_round(actor=coordinator, coalition=coalition, people=[person], **words)
    send_invitations(actor=coordinator, draft_round=draft)


@pytest.mark.parametrize(("known_zone", "zone"), [("UTC", "Europe/Lisbon"), ("Africa/Maputo", "Africa/Maputo")])
def test_invited_person_has_the_time_zone_of_the_coalition_at_first(coalition, coordinator, ana, known_zone, zone):
    coalition.time_zone = "Europe/Lisbon"
    coalition.save(update_fields=["time_zone"])
    Person.objects.filter(pk=ana.pk).update(time_zone=known_zone)
    ana.refresh_from_db()
    send_invitation(coordinator, coalition, ana)

    assert Person.objects.get(pk=ana.pk).time_zone == zone


def test_first_page_after_invitation_has_what_the_email_promised(client, coalition, coordinator, organisation, ana):
    send_invitation(coordinator, coalition, ana)
    link = find_link_path(Message.objects.get(to="ana@example.org"), "/account/link/")
    page = client.post(link, follow=True).text

    for url in ("accounts:settings", "updates:mail_settings", "meetings:decision_list"):
        assert f'href="{reverse(url, args=["ours"] if url.startswith("meetings") else [])}"' in page
    assert organisation.get_absolute_url() in page

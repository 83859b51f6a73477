"""Where a person who answers an invitation by email reaches the coalition."""

import pytest

from jukwaa.coalitions.actions import PersonFacts, add_person
from jukwaa.mail.models import Message
from jukwaa.updates.actions import save_invitation_round, send_invitations


@pytest.mark.parametrize(
    ("contact_address", "sentence"),
    [
        ("office@ours.example", "If you reply to this email, your reply goes to office@ours.example."),
        ("", "Do not reply to this email. To contact the coalition, open this page:"),
    ],
)
def test_invitation_says_where_replies_go(coalition, coordinator, organisation, contact_address, sentence):
    coalition.contact_address = contact_address
    coalition.save()
    facts = PersonFacts(name="Ana", email="ana@example.org")
    person = add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)
    draft = save_invitation_round(
        actor=coordinator, coalition=coalition, language="en", subject="Your place", message="Welcome.", people=[person]
    )
    send_invitations(actor=coordinator, draft_round=draft)

    email = Message.objects.get(to="ana@example.org")
    assert (email.reply_to, email.body.count(sentence)) == (contact_address, 1)
    assert ("/c/ours/contact/" in email.body or "/ours/contact/" in email.body) is (not contact_address)
    assert coordinator.email not in email.body

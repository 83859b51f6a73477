"""Inviting people whom a coordinator entered: words, preview, email, status, one reminder."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.actions import build_sign_in_link
from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import PersonFacts, add_person, change_person, remove_person
from jukwaa.coalitions.models import Affiliation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.updates.actions import remind_invited_people, save_invitation_round, send_invitations
from jukwaa.updates.invitation_emails import get_due_reminders, get_invitable_people
from jukwaa.updates.models import Invitation, InvitationRound, Letter
from jukwaa.updates.welcome_emails import send_welcome_emails
from tests.factories import PersonFactory
from tests.updates.emails import find_link_path

InvitationStatus = Invitation.Status
INVITATION_WORDS = {"language": "en", "subject": "Your place", "message": "Dear {name} of {organisation},\n\nwelcome."}


@pytest.fixture
def entered_people(coalition, coordinator, organisation):
    """Two people whom the coordinator added, and who know nothing of it yet."""
    return [
        add_person(
            actor=coordinator,
            coalition=coalition,
            facts=PersonFacts(name=name, email=f"{name.lower()}@example.org"),
            organisation=organisation,
        )
        for name in ("Ana", "Bo")
    ]


@pytest.fixture
def standing_of_coordinator(coalition, coordinator):
    return Standing(coordinator, coalition)


def send_invitations_to(coordinator, coalition, invited_people, **words):
    draft = save_invitation_round(
        actor=coordinator, coalition=coalition, people=invited_people, **INVITATION_WORDS | words
    )
    send_invitations(actor=coordinator, draft_round=draft)
    return draft


def mark_unheld_emails_as_sent():
    Message.objects.filter(sent_at=None, held=False).update(sent_at=timezone.now())


def count_email_statuses(coalition):
    rows = Invitation.objects.of(coalition).select_related("person", "message", "round").order_by("pk")
    return {invitation.person.name: invitation.status for invitation in rows}


def test_invitation_leads_to_sign_in_first_and_ends_with_removal(coalition, coordinator, organisation, entered_people):
    Affiliation.objects.filter(person__name="Ana").update(position="adviser", phone="+230 212 3456")
    send_invitations_to(coordinator, coalition, entered_people)
    body = Message.objects.get(to="ana@example.org").body
    link, words = body.index("/account/link/"), body.index(f"Dear Ana of {organisation.name},")
    notice, removal = body.index("Privacy notice:"), body.index("/mail/remove-me/")

    assert link < words < notice < removal
    assert "Your email address: ana@example.org." in body
    assert f"Your affiliation with {organisation.name}." in body
    assert ("Your position: adviser." in body, "Your phone number: +230 212 3456." in body) == (True, True)


def test_link_signs_in_once_and_shows_status(client, coalition, coordinator, entered_people):
    send_invitations_to(coordinator, coalition, entered_people)
    link = find_link_path(Message.objects.get(to="ana@example.org"), "/account/link/")
    page = client.get(link).text
    answer = client.post(link)

    assert "Sign in as <bdi>Ana</bdi>?" in page
    assert answer.headers["Location"] == f"{reverse('home:desk', args=['ours'])}?welcome"
    assert client.get(link).status_code == 410
    assert count_email_statuses(coalition) == {"Ana": InvitationStatus.SIGNED_IN, "Bo": InvitationStatus.WAITING}


def test_invitation_replaces_welcome_email_and_is_sent_at_once(coalition, coordinator, entered_people):
    assert send_welcome_emails() == 2
    assert Letter.objects.held(coalition).count() == 2
    send_invitations_to(coordinator, coalition, entered_people[:1])
    send_welcome_emails()

    assert [letter.person for letter in Letter.objects.held(coalition)] == [entered_people[1]]
    assert list(Message.objects.filter(held=False).values_list("to", flat=True)) == ["ana@example.org"]
    assert Person.objects.get(name="Ana").told_at is not None


def test_each_person_is_invited_only_once(coalition, coordinator, entered_people, standing_of_coordinator, member):
    draft = send_invitations_to(coordinator, coalition, entered_people[:1])

    assert list(get_invitable_people(standing_of_coordinator)) == [member, entered_people[1]]
    assert send_invitations(actor=coordinator, draft_round=draft) == 0
    again = save_invitation_round(actor=coordinator, coalition=coalition, people=entered_people, **INVITATION_WORDS)
    assert send_invitations(actor=coordinator, draft_round=again) == 1
    late = save_invitation_round(actor=coordinator, coalition=coalition, people=entered_people, **INVITATION_WORDS)
    with pytest.raises(ActionRefused, match="Choose other people"):
        send_invitations(actor=coordinator, draft_round=late)
    assert Message.objects.count() == 2


def test_sent_round_can_neither_be_changed_nor_deleted(client, coalition, coordinator, entered_people):
    draft = send_invitations_to(coordinator, coalition, entered_people)
    with pytest.raises(ActionRefused, match="already been sent"):
        save_invitation_round(
            actor=coordinator, coalition=coalition, people=entered_people, draft=draft, **INVITATION_WORDS
        )
    client.force_login(coordinator)
    page = client.post(reverse("updates:invitation_delete", args=["ours", draft.pk]), follow=True)

    assert "This invitation has already been sent, so it cannot be deleted." in page.text
    assert Invitation.objects.count() == 2


def test_bounced_invitation_explains_what_to_do_and_is_resent_to_corrected_address(
    client, coalition, coordinator, entered_people, standing_of_coordinator
):
    send_invitations_to(coordinator, coalition, entered_people[:1])
    old = Message.objects.get()
    Message.objects.update(sent_at=timezone.now(), bounced_at=timezone.now())
    client.force_login(coordinator)
    page = client.get(reverse("updates:invitation_list", args=["ours"])).text
    still_out = entered_people[0] not in get_invitable_people(standing_of_coordinator)
    change_person(actor=coordinator, coalition=coalition, person=entered_people[0], name="Ana", email="Ana@Right.org")
    send_invitations_to(coordinator, coalition, entered_people[:1])

    assert "Could not be delivered" in page
    assert "Ask the person for a working email address, then correct the address." in page
    assert still_out
    assert [message.to for message in Message.objects.order_by("pk")] == ["ana@example.org", "ana@right.org"]
    assert client.get(find_link_path(old, "/account/link/")).status_code == 410  # somebody else may have that mailbox


def test_address_of_another_person_is_refused(coalition, coordinator, entered_people):
    with pytest.raises(ActionRefused, match="belongs to another person"):
        change_person(
            actor=coordinator, coalition=coalition, person=entered_people[0], name="Ana", email="bo@example.org"
        )


def test_invited_people_without_sign_in_are_reminded_once_after_days(client, coalition, coordinator, entered_people):
    send_invitations_to(coordinator, coalition, entered_people)
    mark_unheld_emails_as_sent()
    assert remind_invited_people(actor=coordinator, coalition=coalition) == 0  # it is from today
    client.post(find_link_path(Message.objects.get(to="ana@example.org"), "/account/link/"))
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert remind_invited_people(actor=coordinator, coalition=coalition) == 1
        mark_unheld_emails_as_sent()
        assert remind_invited_people(actor=coordinator, coalition=coalition) == 0

    reminder = Message.objects.order_by("pk").last()
    assert (reminder.to, reminder.subject) == ("bo@example.org", "Reminder: Your place")
    assert "This is the only reminder." in reminder.body
    assert "welcome." in reminder.body
    assert count_email_statuses(coalition) == {"Ana": InvitationStatus.SIGNED_IN, "Bo": InvitationStatus.REMINDED}


@pytest.mark.parametrize(
    ("mail_backend", "status_label"),
    [
        ("jukwaa.mail.backends.EmlFileBackend", "Saved as a file"),
        ("django.core.mail.backends.smtp.EmailBackend", "Sent"),
    ],
)
def test_invitation_status_is_not_sent_without_mail_server(
    client, settings, coalition, coordinator, entered_people, mail_backend, status_label
):
    settings.MAILERS = {"default": {"BACKEND": mail_backend}}
    send_invitations_to(coordinator, coalition, entered_people[:1])
    mark_unheld_emails_as_sent()
    client.force_login(coordinator)
    page = client.get(reverse("updates:invitation_list", args=["ours"])).text

    assert re.findall(r'<span class="state">(.*?)</span>', page) == [status_label]
    assert f"<dt>{status_label}</dt><dd>1</dd>" in page


def test_person_who_unsubscribed_gets_no_reminder(client, coalition, coordinator, entered_people):
    send_invitations_to(coordinator, coalition, entered_people)
    mark_unheld_emails_as_sent()
    client.post(find_link_path(Message.objects.get(to="ana@example.org"), "/mail/remove-me/"))
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert remind_invited_people(actor=coordinator, coalition=coalition) == 1

    assert list(Message.objects.filter(subject__startswith="Reminder").values_list("to", flat=True)) == [
        "bo@example.org"
    ]


@pytest.mark.parametrize(
    "changed_fields", [{"is_minor": True}, {"is_active": False}, {"email": "ana@elsewhere.org"}, {"email": None}]
)
def test_person_who_may_no_longer_be_invited_gets_no_reminder(
    coalition, coordinator, member, entered_people, changed_fields
):
    """The person is found to be under 18, is shut out, or has another address than the one that was invited."""
    send_invitations_to(coordinator, coalition, entered_people)
    mark_unheld_emails_as_sent()
    contact = {"adult_contact": member} if "is_minor" in changed_fields else {}
    Person.objects.filter(pk=entered_people[0].pk).update(**changed_fields, **contact)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert [each.person.name for each in get_due_reminders(coalition)] == ["Bo"]
        assert remind_invited_people(actor=coordinator, coalition=coalition) == 1

    assert [message.to for message in Message.objects.filter(subject__startswith="Reminder")] == ["bo@example.org"]


def test_each_press_reminds_a_limited_number_of_people(coalition, coordinator, entered_people, monkeypatch):
    monkeypatch.setattr("jukwaa.updates.actions.invitations.MAX_REMINDED_PEOPLE", 1)
    send_invitations_to(coordinator, coalition, entered_people)
    mark_unheld_emails_as_sent()
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        reminded = [remind_invited_people(actor=coordinator, coalition=coalition) for _press in range(3)]

    assert reminded == [1, 1, 0]


def test_removed_person_is_not_invited(coalition, coordinator, entered_people, standing_of_coordinator, member):
    remove_person(actor=coordinator, coalition=coalition, person=entered_people[0])

    assert list(get_invitable_people(standing_of_coordinator)) == [member, entered_people[1]]


def test_invitation_and_later_pages_are_in_its_language(coalition, coordinator, entered_people):
    send_invitations_to(
        coordinator, coalition, entered_people[:1], language="fr", subject="Votre place", message="Bonjour {name},"
    )
    entered_people[0].refresh_from_db()
    message = Message.objects.get()

    assert (entered_people[0].language, message.subject) == ("fr", "Votre place")
    assert "Bonjour Ana," in message.body
    assert "Notice" not in message.body  # the frame is in French too


def test_linked_pages_are_in_language_of_email(client, settings, coalition, coordinator, entered_people):
    """Unless the reader has chosen another language on this site."""
    send_invitations_to(
        coordinator, coalition, entered_people[:1], language="fr", subject="Votre place", message="Bonjour"
    )
    message = Message.objects.get()
    removal, link = find_link_path(message, "/mail/remove-me/"), find_link_path(message, "/account/link/")
    pages = [client.get(removal), client.get(link)]
    signed_in = client.post(link, follow=True)
    client.logout()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"

    assert [page.headers["Content-Language"] for page in pages] == ["fr", "fr"]
    assert [('lang="fr"' in page.text, "Remove me" in page.text) for page in pages] == [(True, False)] * 2
    assert "You have signed in." not in signed_in.text
    assert client.get(removal).headers["Content-Language"] == "es"


def test_nameless_person_is_addressed_as_colleague(coalition, coordinator, entered_people):
    Person.objects.filter(pk=entered_people[0].pk).update(name="")
    entered_people[0].refresh_from_db()
    send_invitations_to(coordinator, coalition, entered_people[:1])

    assert "Dear colleague of" in Message.objects.get().body


def test_coordinator_writes_previews_and_sends_invitation(client, coalition, coordinator, entered_people):
    client.force_login(coordinator)
    url = reverse("updates:invitation_new", args=["ours"])
    form = client.get(url).text
    sent = {"language": "en", "subject": "Hello {name}", "message": "Dear {name},", "to": "some"}
    preview = client.post(url, sent | {"people": [entered_people[0].pk]}, follow=True)
    draft = InvitationRound.objects.get()
    before = Message.objects.count()
    done = client.post(reverse("updates:invitation_send", args=["ours", draft.pk]), follow=True)

    assert "Your place in Our Coalition" in form
    assert coordinator.name in form
    assert ("Hello Ana" in preview.text, "1 email is ready. Nothing has been sent yet." in preview.text) == (True, True)
    assert ("/account/link/" in preview.text, "remove-me" in preview.text, before) == (False, False, 0)
    assert "1 invitation will be sent now." in done.text
    assert [message.to for message in Message.objects.all()] == ["ana@example.org"]


@pytest.mark.parametrize(
    ("form_data", "recipient_names"),
    [
        ({"to": "all"}, ["Ana", "Bo", "Mo"]),
        ({"to": "all", "people": ["Bo"]}, ["Bo"]),
        ({"to": "some", "people": ["Bo", "Mo"]}, ["Bo", "Mo"]),
    ],
)
def test_invitation_recipients_are_the_selected_people(
    client, coalition, coordinator, entered_people, member, form_data, recipient_names
):
    """Everyone is chosen when the page opens: whoever ticks names means these."""
    Person.objects.filter(pk=member.pk).update(name="Mo")
    keys = dict(Person.objects.values_list("name", "pk"))
    client.force_login(coordinator)
    url = reverse("updates:invitation_new", args=["ours"])
    people = [keys[name] for name in form_data.get("people", [])]
    client.post(url, {"language": "en", "subject": "s", "message": "m"} | form_data | {"people": people})

    assert list(Invitation.objects.order_by("person__name").values_list("person__name", flat=True)) == recipient_names


def test_invitation_draft_preselects_its_recipients_unless_for_everyone(client, coalition, coordinator, entered_people):
    client.force_login(coordinator)
    url = reverse("updates:invitation_new", args=["ours"])
    client.post(url, {"language": "en", "subject": "s", "message": "m", "to": "all"})
    edit = reverse("updates:invitation_edit", args=["ours", InvitationRound.objects.get().pk])
    for_all = client.get(edit).context["form"]
    client.post(edit, {"language": "en", "subject": "s", "message": "m", "to": "all", "people": [entered_people[1].pk]})
    for_one = client.get(edit).context["form"]
    client.post(edit, {"language": "en", "subject": "s", "message": "m", "to": "all", "people": [entered_people[1].pk]})

    assert (for_all["to"].value(), for_all["people"].value()) == ("all", None)
    assert (for_one["to"].value(), for_one["people"].value()) == ("some", [entered_people[1].pk])
    assert Invitation.objects.count() == len(for_one.recipients)  # everyone was chosen on purpose


@pytest.mark.parametrize(
    ("form_data", "expected_sentence"),
    [
        ({"message": "Dear {Name},"}, "Replace or delete {Name}. Only {name} and {organisation} are filled in."),
        ({"message": ""}, "Enter your message."),
        ({"subject": ""}, "Enter the subject of the email."),
        ({"to": "some"}, "Select at least 1 person."),
        ({"to": ""}, "Choose who should get the invitation."),
        ({"to": "some", "people": ["999999"]}, "Select people from the list."),
    ],
)
def test_invalid_invitation_form_shows_error(client, coordinator, entered_people, form_data, expected_sentence):
    client.force_login(coordinator)
    url = reverse("updates:invitation_new", args=["ours"])
    page = client.post(url, {"language": "en", "subject": "s", "message": "m", "to": "all"} | form_data)

    assert (page.status_code, expected_sentence in page.text.replace("&#x27;", "'")) == (422, True)
    assert not InvitationRound.objects.exists()


@pytest.mark.parametrize("route_name", ["invitation_list", "invitation_new"])
def test_only_coordinators_invite(client, coalition, member, rapporteur, route_name):
    for person in (member, rapporteur):
        client.force_login(person)
        page = client.get(reverse(f"updates:{route_name}", args=["ours"]))
        assert (page.status_code, "Only coordinators can invite people." in page.text) == (403, True)
        with pytest.raises(PermissionDenied):
            save_invitation_round(actor=person, coalition=coalition, people=[], **INVITATION_WORDS)


def test_minor_is_not_invited(coalition, entered_people, standing_of_coordinator, member):
    adult = PersonFactory()
    Person.objects.filter(pk=entered_people[0].pk).update(is_minor=True, adult_contact=adult)

    assert list(get_invitable_people(standing_of_coordinator)) == [member, entered_people[1]]


def test_sign_in_link_is_invalid_after_change_of_address(client, settings, db):
    person = PersonFactory()
    link = build_sign_in_link(person)
    Person.objects.filter(pk=person.pk).update(email="new@example.org")

    assert client.get(link.removeprefix(settings.SITE_URL)).status_code == 410


def test_coordinator_corrects_address_and_language_on_page(client, coordinator, entered_people):
    client.force_login(coordinator)
    url = reverse("coalitions:person_change", args=["ours", entered_people[0].pk])
    taken = client.post(url, {"name": "Ana", "email": "bo@example.org"})
    client.post(url, {"name": "Ana", "email": "ana@right.org", "language": "fr"})
    corrected = Person.objects.get(pk=entered_people[0].pk)

    assert (taken.status_code, "This one belongs to another person." in taken.text) == (422, True)
    assert (corrected.email, corrected.language) == ("ana@right.org", "fr")

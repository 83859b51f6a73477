"""The answer link of a letter: no account, opening saves nothing, deletion is immediate."""

from datetime import UTC, datetime, time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from jukwaa.coalitions.models import Capacity
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.records.models import Held
from jukwaa.regions.actions.invitation_answers import (
    accept_invitation,
    decline_invitation_for_now,
    register_do_not_contact,
)
from jukwaa.regions.actions.prospects import (
    InvitationPurpose,
    mark_letter_sent,
    mark_prospect_contacted,
    reassign_prospect,
)
from jukwaa.regions.jobs import follow_up_letters
from jukwaa.regions.models import Acquaintance, NeverAgain, Prospect
from jukwaa.regions.suppression import build_suppression_digests
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.models import Letter
from tests.conftest import create_seated_person
from tests.regions.outreach_steps import (
    add_outreach_plan,
    add_prospect,
    get_answer_path,
    get_day_in,
    get_prospect_url,
    set_prospect_values,
)

ANA_DETAILS = {"name": "Ana", "address": "ana@example.org"}


@pytest.fixture
def sent_prospect(coalition, member) -> Prospect:
    return mark_letter_sent(actor=member, prospect=add_prospect(member, coalition))


def reload_prospect_fields(prospect: Prospect) -> tuple:
    prospect.refresh_from_db()
    return prospect.state, prospect.contact_name, prospect.contact_address


def test_opening_answer_link_saves_nothing(client, sent_prospect):
    page = client.get(get_answer_path(sent_prospect))

    assert reload_prospect_fields(sent_prospect) == ("sent", "", "")
    assert "A member" in page.text
    for words in ("Yes, write to me", "Not now", "Do not contact us again", "Delete the data about us", "If you leave"):
        assert words in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert (page.headers["X-Robots-Tag"], page.headers["Referrer-Policy"]) == ("noindex", "same-origin")
    for name in ("yes/", "not-now/", "do-not-contact/", "erase/"):
        assert client.get(get_answer_path(sent_prospect, name)).status_code == 405


def test_yes_becomes_task_of_coordinators(client, coalition, sent_prospect, coordinator, member):
    page = client.post(get_answer_path(sent_prospect, "yes/"), ANA_DETAILS)
    assert "Thank you" in page.text
    assert reload_prospect_fields(sent_prospect) == ("yes", "Ana", "ana@example.org")

    client.force_login(coordinator)
    assert "Write to A helpline and invite them to apply" in client.get(f"/{coalition.slug}/tasks/").text
    page = client.get(get_prospect_url(sent_prospect)).text
    assert "mailto:ana@example.org" in page
    assert "Apply to join" in page
    client.post(get_prospect_url(sent_prospect, "prospect_written"))
    client.post(get_prospect_url(sent_prospect, "prospect_written"))
    assert "Write to A helpline" not in client.get(f"/{coalition.slug}/tasks/").text


def test_answer_can_be_changed_by_same_link(client, sent_prospect):
    client.post(get_answer_path(sent_prospect, "yes/"), ANA_DETAILS)
    client.post(get_answer_path(sent_prospect, "yes/"), ANA_DETAILS)
    assert "You answered “yes” on" in client.get(get_answer_path(sent_prospect)).text
    client.post(get_answer_path(sent_prospect, "not-now/"))
    assert reload_prospect_fields(sent_prospect) == ("not-now", "", "")
    assert "not now" in client.get(get_answer_path(sent_prospect)).text
    client.post(get_answer_path(sent_prospect, "yes/"), {"name": "Ana", "address": "other@example.org"})
    assert reload_prospect_fields(sent_prospect) == ("yes", "Ana", "other@example.org")


@pytest.mark.parametrize("answer_path", ["yes/", "not-now/", "do-not-contact/", "erase/"])
def test_disclosure_in_answer_is_quarantined(client, sent_prospect, answer_path):
    words = "My uncle touched me and I am 12."
    answer = client.post(get_answer_path(sent_prospect, answer_path), {"name": words, "address": "ana@example.org"})

    assert (answer.status_code, answer.url) == (302, reverse("records:not_taken", args=[sent_prospect.coalition.slug]))
    assert reload_prospect_fields(sent_prospect) == ("sent", "", "")
    assert words in Held.objects.get().text


@pytest.mark.parametrize("answer_data", [{}, {"name": "Ana"}, {"name": "Ana", "address": "ana at example"}])
def test_yes_without_name_or_email_is_refused_and_form_keeps_values(client, sent_prospect, answer_data):
    page = client.post(get_answer_path(sent_prospect, "yes/"), answer_data)

    assert page.status_code == 422
    assert ('value="Ana"' in page.text) == ("name" in answer_data)
    assert reload_prospect_fields(sent_prospect) == ("sent", "", "")


def test_do_not_contact_request_leaves_only_digests(client, coalition, sent_prospect, member):
    client.post(get_answer_path(sent_prospect, "yes/"), ANA_DETAILS)
    link = get_answer_path(sent_prospect, "do-not-contact/")
    page = client.post(link).text
    assert "We keep only a code made from the name and country" in page
    assert (Prospect.objects.count(), Capacity.objects.count()) == (0, 0)
    kept = list(NeverAgain.objects.values_list("digest", flat=True))
    assert len(kept) == 3
    assert all(len(digest) == 40 and set(digest) <= set("0123456789abcdef") for digest in kept)
    client.post(link)
    assert NeverAgain.objects.count() == 3
    for country in ("KE", ""):
        with pytest.raises(Exception, match="You cannot invite this organisation now"):
            add_prospect(member, coalition, country=country)
    assert add_prospect(member, coalition, country="UG")


@pytest.fixture
def prospect_with_blocked_address(client, coalition, member) -> Prospect:
    """A prospect with the address of a person who asked for no letters, at another organisation."""
    first = mark_letter_sent(actor=member, prospect=add_prospect(member, coalition))
    client.post(get_answer_path(first, "yes/"), ANA_DETAILS)
    client.post(get_answer_path(first, "do-not-contact/"))
    return add_prospect(member, coalition, "Another helpline")


def test_answer_link_does_not_reveal_blocked_addresses(client, coalition, prospect_with_blocked_address, member):
    unknown = add_prospect(member, coalition, "A third helpline")
    pages = []
    for prospect, address in ((prospect_with_blocked_address, "ANA@example.org"), (unknown, "other@example.org")):
        page = client.post(get_answer_path(prospect, "yes/"), {"name": "Ana", "address": address})
        client.force_login(member)
        own = client.get(get_prospect_url(prospect)).text.replace(address, "").partition("<main")[2]
        client.logout()
        pages.append((page.status_code, page.context["came"], own.count("<p"), "asked us not to contact it" in own))

    assert pages[0] == pages[1] == (200, "yes", pages[0][2], False)
    assert reload_prospect_fields(prospect_with_blocked_address) == ("yes", "Ana", "ANA@example.org")


def test_coordinators_cannot_write_to_blocked_address(client, prospect_with_blocked_address, coordinator):
    client.post(
        get_answer_path(prospect_with_blocked_address, "yes/"), {"name": "Ana", "address": "ana+work@example.org"}
    )
    client.force_login(coordinator)
    page = client.get(get_prospect_url(prospect_with_blocked_address)).text

    assert "has asked us not to contact them" in page
    assert "ana+work" not in page
    assert "Mark as contacted" not in page
    with pytest.raises(ActionRefused, match="asked us not to contact them"):
        mark_prospect_contacted(actor=coordinator, prospect=prospect_with_blocked_address)


def test_do_not_contact_works_after_deletion(client, coalition, sent_prospect, member):
    link, path = get_answer_path(sent_prospect), get_answer_path(sent_prospect, "do-not-contact/")
    sent_prospect.erase()
    page = client.get(link).text
    assert "We no longer keep any data about you." in page
    assert "Yes, write to me" not in page
    client.post(path)
    with pytest.raises(Exception, match="You cannot invite this organisation now"):
        add_prospect(member, coalition)


def test_deletion_is_immediate_and_introducer_is_asked(client, coalition, sent_prospect, member):
    link, erase = get_answer_path(sent_prospect), get_answer_path(sent_prospect, "erase/")
    follow_up_letters(get_moment_after(22))
    assert Message.objects.get(to=member.email).subject.endswith("Please send a reminder to A helpline")
    page = client.post(erase).text

    assert "Your data has been deleted" in page
    assert "The person who wrote to you still has your address" in page
    assert (Prospect.objects.count(), NeverAgain.objects.count()) == (0, 0)
    assert [letter.message.subject for letter in Letter.objects.all()] == ["[Our Coalition] Please delete an address"]
    assert "helpline" not in Message.objects.get().body.lower()
    assert "We no longer keep any data about you." in client.get(link).text
    for name in ("yes/", "not-now/", "erase/"):
        assert client.post(link + name, ANA_DETAILS).status_code == 200
    assert (Prospect.objects.count(), Message.objects.count()) == (0, 1)


def get_moment_after(days: int) -> datetime:
    return datetime.combine(get_day_in(days), time(12), tzinfo=UTC)


@pytest.mark.parametrize("answer_token", ["x", "eyJ", "a:b:c"])
def test_unknown_answer_link_is_not_found(client, coalition, answer_token):
    path = f"/{coalition.slug}/answer/{answer_token}/"

    assert [
        client.get(path).status_code,
        *(client.post(path + name).status_code for name in ("yes/", "do-not-contact/")),
    ] == [
        404,
        404,
        404,
    ]


def test_truncated_link_explains_what_to_do(client, sent_prospect):
    cut = client.get(f"{get_answer_path(sent_prospect)[:-9]}/")

    assert (cut.status_code, cut.headers["X-Robots-Tag"]) == (404, "noindex")
    assert "This link is incomplete" in cut.text
    assert sent_prospect.name not in cut.text
    assert "<form" not in cut.text.partition("<main")[2].partition("</main")[0]


def test_answer_link_is_invalid_in_other_coalition(client, sent_prospect, other_coalition):
    path = get_answer_path(sent_prospect).replace("/ours/", f"/{other_coalition.slug}/")

    assert [client.get(path).status_code, client.post(f"{path}do-not-contact/").status_code] == [404, 404]
    assert not NeverAgain.objects.exists()


def test_coordinators_are_emailed_about_yes_without_name(client, coalition, sent_prospect, coordinator):
    client.post(get_answer_path(sent_prospect, "yes/"), ANA_DETAILS)
    send_pending_activity_notifications(get_moment_after(1))
    mail = Message.objects.get(to=coordinator.email)

    assert mail.subject == "[Our Coalition] Please write to an organisation that accepted an invitation"
    for words in ("Ana", "ana@", "helpline"):
        assert words not in mail.body


def test_database_rejects_contact_without_yes(sent_prospect):
    for wrong in (
        {"contact_name": "Ana"},
        {"contact_address": "ana@example.org"},
        {"state": "yes", "contact_name": "A"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Prospect.objects.filter(pk=sent_prospect.pk).update(**wrong)


def test_only_coordinators_write_to_contact_who_said_yes(client, coalition, sent_prospect, member, coordinator):
    client.post(get_answer_path(sent_prospect, "yes/"), ANA_DETAILS)
    client.force_login(member)
    assert client.post(get_prospect_url(sent_prospect, "prospect_written")).status_code == 403
    set_prospect_values(sent_prospect, state="sent", contact_name="", contact_address="")
    with pytest.raises(Exception, match="This contact has not said yes"):
        mark_prospect_contacted(actor=coordinator, prospect=sent_prospect)


def test_author_of_plan_does_not_see_contact(client, coalition, member):
    author = create_seated_person(coalition, "An author")
    prospect = add_prospect(
        member, coalition, what_for=InvitationPurpose(outreach=add_outreach_plan(author, coalition))
    )
    client.post(get_answer_path(prospect, "yes/"), ANA_DETAILS)
    client.force_login(author)
    page = client.get(get_prospect_url(prospect)).text

    assert "answered “yes”" in page
    assert "ana@example.org" not in page


@pytest.mark.parametrize("prospect_answer", ["yes", "not now"])
def test_answered_prospect_is_not_reassigned(coalition, member, prospect_answer):
    """Also if the letter was never marked as sent: the introducer already has the name."""
    other = create_seated_person(coalition, "Another")
    prospect = add_prospect(
        member, coalition, what_for=InvitationPurpose(outreach=add_outreach_plan(member, coalition))
    )
    row = Acquaintance.objects.create(prospect=prospect, person=other)
    if prospect_answer == "yes":
        accept_invitation(prospect=prospect, name="Amina", address="amina@example.org")
    else:
        decline_invitation_for_now(prospect=prospect)
    with pytest.raises(ActionRefused, match="answered"):
        reassign_prospect(actor=member, prospect=prospect, new_acquaintance=row)

    prospect.refresh_from_db()
    assert (prospect.introducer, prospect.is_open) == (member, False)


def test_former_member_sees_no_prospects(coalition, member):
    """Neither their own prospects nor those who accepted the plan that they wrote."""
    add_prospect(member, coalition, what_for=InvitationPurpose(outreach=add_outreach_plan(member, coalition)))
    assert Prospect.objects.visible_to(member).count() == 1
    member.memberships.update(ends_on=get_day_in(-1))

    assert not Prospect.objects.visible_to(member).exists()


def test_prepared_letter_is_blocked_by_later_do_not_contact(client, coalition, member):
    prospect = add_prospect(member, coalition)
    register_do_not_contact(
        coalition=coalition, contact_marks=build_suppression_digests({prospect.folded}, ""), prospect=None
    )
    client.force_login(member)

    assert client.get(get_prospect_url(prospect, "prospect_letter")).status_code == 404
    assert "This organisation has asked us not to contact it." in client.get(get_prospect_url(prospect)).text
    with pytest.raises(ActionRefused, match="asked us not"):
        mark_letter_sent(actor=member, prospect=prospect)

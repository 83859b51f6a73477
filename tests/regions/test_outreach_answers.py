"""The link in a letter: no account, nothing by looking, and what is erased is gone at once."""

from datetime import UTC, datetime, time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from jukwaa.coalitions.models import Capacity
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.records.models import Held
from jukwaa.regions.actions.invitation_answers import accept_invitation, decline_for_now, register_do_not_contact
from jukwaa.regions.actions.prospects import (
    InvitationPurpose,
    mark_contact_written,
    mark_letter_sent,
    reassign_prospect,
)
from jukwaa.regions.jobs import follow_up_letters
from jukwaa.regions.models import Acquaintance, NeverAgain, Prospect
from jukwaa.regions.suppression import build_suppression_digests
from jukwaa.updates.activity_notifications import notify_untold_activities
from jukwaa.updates.models import Letter
from tests.conftest import seated
from tests.regions.reaching import answer_page, in_days, lent, noted, page_of, planned

ANA = {"name": "Ana", "address": "ana@example.org"}


@pytest.fixture
def sent(coalition, member) -> Prospect:
    return mark_letter_sent(actor=member, prospect=noted(member, coalition))


def now_in(prospect: Prospect) -> tuple:
    prospect.refresh_from_db()
    return prospect.state, prospect.contact_name, prospect.contact_address


def test_opening_the_link_writes_nothing_and_is_kept_nowhere(client, sent):
    page = client.get(answer_page(sent))

    assert now_in(sent) == ("sent", "", "")
    assert "A member" in page.text
    for words in ("Yes, write to me", "Not now", "Do not contact us again", "Delete the data about us", "If you close"):
        assert words in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert (page.headers["X-Robots-Tag"], page.headers["Referrer-Policy"]) == ("noindex", "same-origin")
    for name in ("yes/", "not-now/", "do-not-contact/", "erase/"):
        assert client.get(answer_page(sent, name)).status_code == 405


def test_a_yes_leads_to_the_desk_of_those_who_run_the_coalition(client, coalition, sent, coordinator, member):
    page = client.post(answer_page(sent, "yes/"), ANA)
    assert "Thank you" in page.text
    assert now_in(sent) == ("yes", "Ana", "ana@example.org")

    client.force_login(coordinator)
    assert "Write to A helpline and invite them to apply" in client.get(f"/{coalition.slug}/tasks/").text
    page = client.get(page_of(sent)).text
    assert "mailto:ana@example.org" in page
    assert "Apply to join" in page
    client.post(page_of(sent, "prospect_written"))
    client.post(page_of(sent, "prospect_written"))
    assert "Write to A helpline" not in client.get(f"/{coalition.slug}/tasks/").text


def test_an_answer_can_be_changed_by_the_same_link(client, sent):
    client.post(answer_page(sent, "yes/"), ANA)
    client.post(answer_page(sent, "yes/"), ANA)
    assert "You answered “yes” on" in client.get(answer_page(sent)).text
    client.post(answer_page(sent, "not-now/"))
    assert now_in(sent) == ("not-now", "", "")
    assert "not now" in client.get(answer_page(sent)).text
    client.post(answer_page(sent, "yes/"), {"name": "Ana", "address": "other@example.org"})
    assert now_in(sent) == ("yes", "Ana", "other@example.org")


@pytest.mark.parametrize("button", ["yes/", "not-now/", "do-not-contact/", "erase/"])
def test_disclosure_sent_with_an_answer_is_quarantined(client, sent, button):
    words = "My uncle touched me and I am 12."
    answer = client.post(answer_page(sent, button), {"name": words, "address": "ana@example.org"})

    assert (answer.status_code, answer.url) == (302, reverse("records:not_taken", args=[sent.coalition.slug]))
    assert now_in(sent) == ("sent", "", "")
    assert words in Held.objects.get().text


@pytest.mark.parametrize("said", [{}, {"name": "Ana"}, {"name": "Ana", "address": "ana at example"}])
def test_a_yes_without_a_name_or_an_address_asks_again_and_keeps_what_was_typed(client, sent, said):
    page = client.post(answer_page(sent, "yes/"), said)

    assert page.status_code == 422
    assert ('value="Ana"' in page.text) == ("name" in said)
    assert now_in(sent) == ("sent", "", "")


def test_never_again_leaves_digests_alone_and_is_honoured(client, coalition, sent, member):
    client.post(answer_page(sent, "yes/"), ANA)
    link = answer_page(sent, "do-not-contact/")
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
            noted(member, coalition, country=country)
    assert noted(member, coalition, country="UG")


@pytest.fixture
def given_again(client, coalition, member) -> Prospect:
    """The address of somebody who asked for no letters, given at another organisation."""
    first = mark_letter_sent(actor=member, prospect=noted(member, coalition))
    client.post(answer_page(first, "yes/"), ANA)
    client.post(answer_page(first, "do-not-contact/"))
    return noted(member, coalition, "Another helpline")


def test_whoever_holds_a_link_can_not_ask_which_addresses_want_no_letters(client, coalition, given_again, member):
    unknown = noted(member, coalition, "A third helpline")
    pages = []
    for prospect, address in ((given_again, "ANA@example.org"), (unknown, "other@example.org")):
        page = client.post(answer_page(prospect, "yes/"), {"name": "Ana", "address": address})
        client.force_login(member)
        own = client.get(page_of(prospect)).text.replace(address, "").partition("<main")[2]
        client.logout()
        pages.append((page.status_code, page.context["came"], own.count("<p"), "asked us not to contact it" in own))

    assert pages[0] == pages[1] == (200, "yes", pages[0][2], False)
    assert now_in(given_again) == ("yes", "Ana", "ANA@example.org")


def test_those_who_run_it_do_not_write_to_an_address_that_wants_no_mail(client, given_again, coordinator):
    client.post(answer_page(given_again, "yes/"), {"name": "Ana", "address": "ana+work@example.org"})
    client.force_login(coordinator)
    page = client.get(page_of(given_again)).text

    assert "has asked us not to contact it" in page
    assert "ana+work" not in page
    assert "Mark as contacted" not in page
    with pytest.raises(ActionRefused, match="asked us not to contact it"):
        mark_contact_written(actor=coordinator, prospect=given_again)


def test_never_again_can_be_said_when_nothing_else_is_kept(client, coalition, sent, member):
    link, path = answer_page(sent), answer_page(sent, "do-not-contact/")
    sent.erase()
    page = client.get(link).text
    assert "We no longer keep any data about you." in page
    assert "Yes, write to me" not in page
    client.post(path)
    with pytest.raises(Exception, match="You cannot invite this organisation now"):
        noted(member, coalition)


def test_what_is_kept_is_deleted_at_once_and_whoever_wrote_is_asked_to_do_the_same(client, coalition, sent, member):
    link, erase = answer_page(sent), answer_page(sent, "erase/")
    follow_up_letters(in_time(22))
    assert Message.objects.get(to=member.email).subject.endswith("Please send a reminder to A helpline")
    page = client.post(erase).text

    assert "Your data has been deleted" in page
    assert "The person who wrote to you still has your address" in page
    assert (Prospect.objects.count(), NeverAgain.objects.count()) == (0, 0)
    assert [letter.message.subject for letter in Letter.objects.all()] == ["[Our Coalition] Please delete an address"]
    assert "helpline" not in Message.objects.get().body.lower()
    assert "We no longer keep any data about you." in client.get(link).text
    for name in ("yes/", "not-now/", "erase/"):
        assert client.post(link + name, ANA).status_code == 200
    assert (Prospect.objects.count(), Message.objects.count()) == (0, 1)


def in_time(days: int) -> datetime:
    return datetime.combine(in_days(days), time(12), tzinfo=UTC)


@pytest.mark.parametrize("token", ["x", "eyJ", "a:b:c"])
def test_a_link_that_is_not_ours_is_not_there(client, coalition, token):
    path = f"/{coalition.slug}/answer/{token}/"

    assert [
        client.get(path).status_code,
        *(client.post(path + name).status_code for name in ("yes/", "do-not-contact/")),
    ] == [
        404,
        404,
        404,
    ]


def test_whoever_opens_a_link_that_was_cut_reads_what_to_do(client, sent):
    cut = client.get(f"{answer_page(sent)[:-9]}/")

    assert (cut.status_code, cut.headers["X-Robots-Tag"]) == (404, "noindex")
    assert "This link is incomplete" in cut.text
    assert sent.name not in cut.text
    assert "<form" not in cut.text.partition("<main")[2].partition("</main")[0]


def test_a_link_of_one_coalition_opens_nothing_in_another(client, sent, other_coalition):
    path = answer_page(sent).replace("/ours/", f"/{other_coalition.slug}/")

    assert [client.get(path).status_code, client.post(f"{path}do-not-contact/").status_code] == [404, 404]
    assert not NeverAgain.objects.exists()


def test_those_who_run_it_hear_of_a_yes_by_a_mail_that_names_nobody(client, coalition, sent, coordinator):
    client.post(answer_page(sent, "yes/"), ANA)
    notify_untold_activities(in_time(1))
    mail = Message.objects.get(to=coordinator.email)

    assert mail.subject == "[Our Coalition] Please write to an organisation that accepted an invitation"
    for words in ("Ana", "ana@", "helpline"):
        assert words not in mail.body


def test_the_database_keeps_no_contact_without_a_yes(sent):
    for wrong in (
        {"contact_name": "Ana"},
        {"contact_address": "ana@example.org"},
        {"state": "yes", "contact_name": "A"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Prospect.objects.filter(pk=sent.pk).update(**wrong)


def test_only_those_who_run_it_write_to_whoever_said_yes(client, coalition, sent, member, coordinator):
    client.post(answer_page(sent, "yes/"), ANA)
    client.force_login(member)
    assert client.post(page_of(sent, "prospect_written")).status_code == 403
    lent(sent, state="sent", contact_name="", contact_address="")
    with pytest.raises(Exception, match="This contact has not said yes"):
        mark_contact_written(actor=coordinator, prospect=sent)


def test_whoever_wrote_the_plan_does_not_read_the_contact(client, coalition, member):
    author = seated(coalition, "An author")
    prospect = noted(member, coalition, what_for=InvitationPurpose(outreach=planned(author, coalition)))
    client.post(answer_page(prospect, "yes/"), ANA)
    client.force_login(author)
    page = client.get(page_of(prospect)).text

    assert "said yes" in page
    assert "ana@example.org" not in page


@pytest.mark.parametrize("answer", ["yes", "not now"])
def test_whoever_has_answered_is_handed_to_nobody_else(coalition, member, answer):
    """Also where nobody said that the letter was sent: their name was given to its introducer."""
    other = seated(coalition, "Another")
    prospect = noted(member, coalition, what_for=InvitationPurpose(outreach=planned(member, coalition)))
    row = Acquaintance.objects.create(prospect=prospect, person=other)
    if answer == "yes":
        accept_invitation(prospect=prospect, name="Amina", address="amina@example.org")
    else:
        decline_for_now(prospect=prospect)
    with pytest.raises(ActionRefused, match="answered"):
        reassign_prospect(actor=member, prospect=prospect, to=row)

    prospect.refresh_from_db()
    assert (prospect.introducer, prospect.is_open) == (member, False)


def test_whoever_has_left_sees_no_prospect_any_more(coalition, member):
    """Neither whom they introduced themselves, nor who said yes to the plan that they wrote."""
    noted(member, coalition, what_for=InvitationPurpose(outreach=planned(member, coalition)))
    assert Prospect.objects.visible_to(member).count() == 1
    member.memberships.update(ends_on=in_days(-1))

    assert not Prospect.objects.visible_to(member).exists()


def test_a_letter_that_is_ready_is_not_sent_to_whoever_asked_for_none_elsewhere(client, coalition, member):
    prospect = noted(member, coalition)
    register_do_not_contact(coalition=coalition, marks=build_suppression_digests({prospect.folded}, ""), prospect=None)
    client.force_login(member)

    assert client.get(page_of(prospect, "prospect_letter")).status_code == 404
    assert "This organisation has asked us not to contact it." in client.get(page_of(prospect)).text
    with pytest.raises(ActionRefused, match="asked us not"):
        mark_letter_sent(actor=member, prospect=prospect)

"""By mail a member begins a draft, with its files; nobody else does, and nobody else sees it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from jukwaa.coalitions.models import Activity, Membership
from jukwaa.library import inbound
from jukwaa.library.models import Item
from jukwaa.mail.models import Message, SeenMessage
from jukwaa.records.models import Attachment, Held
from jukwaa.updates.incoming import process_email
from jukwaa.updates.models import ListPost
from tests.factories import AffiliationFactory, MembershipFactory, PersonFactory
from tests.updates.emails import (
    AUTOMATIC_HEADERS,
    build_own_address,
    build_raw_email,
    deliver_email,
    find_link_path,
    list_written_emails,
)

SHARING_ADDRESS = build_own_address("share+ours")
DRAFT_SAVED_SUBJECT = "Please complete your draft"
NOT_SAVED_SUBJECT = "Your email was not saved"


def build_item_email(text="Lessons by teachers worked, since children know them.", *, sender, **kwargs):
    kwargs.setdefault("Subject", "Lessons in schools")
    deliver_email(text, to=SHARING_ADDRESS, sender=sender, **kwargs)


def list_draft_items():
    return list(Item.objects.order_by("pk").values_list("title", "what_worked", "state", "authorships__person__email"))


def test_email_of_member_becomes_draft_with_file(client, mailing_coalition, member, rapporteur):
    text = "Lessons by teachers worked.\n\n> You asked what worked.\n\n-- \nA member, somewhere"
    build_item_email(text, sender=member.email, files=[("plan.txt", b"The plan of the lessons.")])

    assert list_draft_items() == [("Lessons in schools", "Lessons by teachers worked.", "draft", member.email)]
    item = Item.objects.get()
    assert list(Attachment.objects.values_list("record", "name")) == [(item.pk, "plan.txt")]
    seen = [Item.objects.visible_to(viewer).count() for viewer in (member, rapporteur, AnonymousUser())]
    assert seen == [1, 0, 0]
    assert list_written_emails() == [(member.email, DRAFT_SAVED_SUBJECT)]
    client.force_login(member)
    page = client.get(find_link_path(Message.objects.get(), "/library/"))
    assert (page.status_code, "Lessons by teachers worked." in page.text) == (200, True)


def test_email_reply_quotes_nothing_of_received_email(mailing_coalition, member):
    build_item_email("The words of a forger.", sender=member.email, Subject="Buy now", files=[("buy.exe", b"MZ")])

    body = Message.objects.get().body
    assert [word for word in ("forger", "Buy", "buy.exe") if word in body] == []


def test_email_received_twice_makes_one_draft(mailing_coalition, member):
    for _ in range(3):
        build_item_email(sender=member.email)

    assert (len(list_draft_items()), list_written_emails()) == (1, [(member.email, DRAFT_SAVED_SUBJECT)])


def test_email_received_again_later_is_recognised_by_draft(mailing_coalition, member):
    build_item_email(sender=member.email)
    SeenMessage.objects.all().delete()
    build_item_email(sender=member.email)

    assert len(list_draft_items()) == 1


def test_email_without_id_is_recognised_by_content(mailing_coalition, member):
    one = build_raw_email("It worked.", sender=member.email, to=SHARING_ADDRESS).replace(
        b"Message-ID: <one@example.org>\n", b""
    )
    for _ in range(2):
        process_email(one, [SHARING_ADDRESS])

    assert len(list_draft_items()) == 1


def test_email_draft_is_for_only_organisation_of_author(mailing_coalition, organisation, delegate):
    build_item_email(sender=delegate.email)

    assert Item.objects.get().authorships.get().capacity.organisation == organisation


def test_email_draft_of_individual_member_has_no_organisation(mailing_coalition, organisation, member):
    AffiliationFactory(organisation=organisation, person=member)
    build_item_email(sender=member.email)

    assert Item.objects.get().authorships.get().capacity.organisation is None


def test_email_reply_lists_refused_files_and_attaches_others(mailing_coalition, member):
    build_item_email(sender=member.email, files=[("plan.txt", b"The plan."), ("run.exe", b"MZ\x90\x00")])

    assert (len(list_draft_items()), list(Attachment.objects.values_list("name", flat=True))) == (1, ["plan.txt"])
    assert "These files were not accepted:\n- " in Message.objects.get().body


def test_email_with_file_only_makes_draft(mailing_coalition, member):
    build_item_email("", sender=member.email, Subject="", files=[("plan.txt", b"The plan.")])

    assert list_draft_items() == [("plan.txt", "", "draft", member.email)]


def test_email_with_too_little_or_too_much_text_is_explained(mailing_coalition, member):
    build_item_email("> You asked.", sender=member.email)
    build_item_email("word " * 5000, sender=member.email, message_id="<two@example.org>")

    assert (list_draft_items(), list_written_emails()) == ([], [(member.email, NOT_SAVED_SUBJECT)] * 2)
    bodies = Message.objects.order_by("pk").values_list("body", flat=True)
    assert ["no text of your own" in bodies[0], "more than 20000 characters" in bodies[1]] == [True, True]


def test_email_of_person_without_membership_explains_joining(mailing_coalition, outsider):
    build_item_email(sender=outsider.email)
    build_item_email(sender="new@example.org", message_id="<two@example.org>")

    assert list_draft_items() == []
    assert list_written_emails() == [(outsider.email, NOT_SAVED_SUBJECT), ("new@example.org", NOT_SAVED_SUBJECT)]
    apply = reverse("coalitions:apply", args=["ours"])
    assert [apply in message.body for message in Message.objects.all()] == [True, True]


def test_email_of_former_member_or_minor_makes_no_draft(mailing_coalition, member):
    young = PersonFactory(is_minor=True, adult_contact=member)
    MembershipFactory(coalition=mailing_coalition, organisation=None, person=young)
    build_item_email(sender=young.email)
    Membership.objects.filter(person=member).update(standing="left")
    build_item_email(sender=member.email, message_id="<two@example.org>")

    assert (list_draft_items(), list_written_emails()) == (
        [],
        [(young.email, NOT_SAVED_SUBJECT), (member.email, NOT_SAVED_SUBJECT)],
    )


def test_email_must_pass_sender_authentication(mailing_coalition, member, settings):
    settings.MAIL_AUTHORITY = "mx.example.org"
    build_item_email(sender=member.email)
    forged = "mx.example.net; dmarc=pass"
    build_item_email(sender=member.email, message_id="<two@example.org>", Authentication_Results=forged)
    assert (list_draft_items(), list_written_emails()) == ([], [(member.email, NOT_SAVED_SUBJECT)] * 2)

    passed = "mx.example.org; dmarc=pass header.from=example.org"
    build_item_email(sender=member.email, message_id="<three@example.org>", Authentication_Results=passed)
    assert len(list_draft_items()) == 1


def test_disclosure_in_email_makes_no_draft(mailing_coalition, member, safeguarding_lead):
    build_item_email("My uncle touched me and I am 12.", sender=member.email)

    assert (list_draft_items(), Held.objects.count()) == ([], 1)
    assert list_written_emails() == [(member.email, "Thank you for writing")]


def test_email_drafts_per_member_are_limited(mailing_coalition, member):
    for number in range(inbound.EMAIL_SHARE_RATE.amount + 2):
        build_item_email(sender=member.email, message_id=f"<{number}@example.org>")

    assert len(list_draft_items()) == inbound.EMAIL_SHARE_RATE.amount
    assert [subject for _to, subject in list_written_emails()][-1] == NOT_SAVED_SUBJECT


def test_automatic_email_makes_no_draft(mailing_coalition, member):
    build_item_email(sender=member.email, **AUTOMATIC_HEADERS)

    assert (list_draft_items(), list_written_emails()) == ([], [])


def test_email_to_list_and_share_address_makes_draft(mailing_coalition, member):
    mailing_coalition.list_address = "cos@lists.example.org"
    mailing_coalition.save()
    process_email(build_raw_email(to="cos@lists.example.org", sender=member.email), [SHARING_ADDRESS])

    assert (len(list_draft_items()), ListPost.objects.count()) == (1, 0)


def test_failed_import_leaves_nothing_and_is_retried(mailing_coalition, member, monkeypatch):
    def fail_to_create(*args, **kwargs):
        raise OSError

    original = inbound.attach_inspected_file
    monkeypatch.setattr(inbound, "attach_inspected_file", fail_to_create)
    with pytest.raises(OSError):
        build_item_email(sender=member.email, files=[("plan.txt", b"The plan.")])
    assert (list_draft_items(), Activity.objects.filter(verb="began").count()) == ([], 0)
    monkeypatch.setattr(inbound, "attach_inspected_file", original)
    build_item_email(sender=member.email, files=[("plan.txt", b"The plan.")])

    assert (len(list_draft_items()), Attachment.objects.count()) == (1, 1)


def test_email_to_unknown_address_gets_reply_with_share_address(mailing_coalition):
    deliver_email(to=build_own_address("hello"), sender="someone@example.org")

    assert f"{SHARING_ADDRESS}\nMembers can email a library item to this address" in Message.objects.get().body


@pytest.mark.parametrize(
    "email_subject",
    ["Observation: Fees for removal", "OBSERVACIÓN : Fees for removal", "Regional observation: Fees for removal"],
)
def test_email_subject_prefix_sets_kind_and_reply_lists_missing_fields(mailing_coalition, member, email_subject):
    build_item_email("They pay twice.", sender=member.email, Subject=email_subject)

    item = Item.objects.get()
    assert (item.kind, item.title, item.what_worked) == ("regional-observation", "Fees for removal", "They pay twice.")
    body = Message.objects.get().body
    assert "complete these details:\n- The issue, in a few words\n- Countries\n" in body
    assert "Items of this type (Regional observation) are always reviewed before publication." in body
    assert "Fees" not in body


@pytest.mark.parametrize("email_subject", ["Lessons: what worked", "Observation of lessons", ": Observation"])
def test_email_subject_without_prefix_becomes_title(mailing_coalition, member, email_subject):
    build_item_email(sender=member.email, Subject=email_subject)

    assert (Item.objects.get().kind, Item.objects.get().title) == ("good-practice", email_subject)
    assert "complete these details" not in Message.objects.get().body

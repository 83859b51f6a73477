"""Replies to comments, one level deep, and mentions: who is meant, and who gets which email."""

import re
import uuid
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import ListEntry, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.mail.models import Message
from jukwaa.records import discussion
from jukwaa.records.actions import add_comment, hide_record_comment
from jukwaa.records.mentions import find_mentions
from jukwaa.records.models import Comment, Label
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.factories import AffiliationFactory, DocumentFactory, OrganisationFactory, PersonFactory, RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(mailing_coalition):
    return DocumentFactory(coalition=mailing_coalition, title="A report", published=True)


@pytest.fixture
def comment(document, member):
    return add_comment(actor=member, record=document, body="Is it current?")


@pytest.fixture
def amina(mailing_coalition):
    person = PersonFactory(name="Amina Otieno", email="amina@example.org", name_is_public=True)
    RoleFactory(coalition=mailing_coalition, person=person, kind=Role.Kind.EDITOR)
    return person


def post_comment_reply(client, person, comment, comment_body="Yes, it is."):
    client.force_login(person)
    path = reverse("records:comment_reply", args=["ours", comment.pk])
    return client.post(path, {"body": comment_body, "token": str(uuid.uuid4())}, follow=True)


def list_comment_notification_emails(record):
    """The (address, subject) of each email about what was said since."""
    Message.objects.all().delete()
    send_pending_activity_notifications()
    return sorted(Message.objects.values_list("to", "subject"))


def add_comment_by(actor, record, comment_body, **more):
    """Post after all earlier comments have been told of."""
    send_pending_activity_notifications()
    return add_comment(actor=actor, record=record, body=comment_body, **more)


def test_reply_is_shown_below_its_comment(client, document, comment, rapporteur):
    later = add_comment(actor=rapporteur, record=document, body="Another question.")
    page = post_comment_reply(client, rapporteur, comment)
    answer = Comment.objects.get(reply_to=comment)

    order = re.findall(r'<(?:li id="comment-(\d+)"|ol class="(replies)")', page.text)
    assert order == [(str(comment.pk), ""), ("", "replies"), (str(answer.pk), ""), (str(later.pk), "")]
    assert "Your reply has been posted." in page.text


def test_reply_form_quotes_comment_and_names_readers(client, comment, rapporteur):
    client.force_login(rapporteur)
    page = client.get(reverse("records:comment_reply", args=["ours", comment.pk])).text

    assert "<h1>Reply to a comment</h1>" in page
    assert "Is it current?" in page
    assert "Everyone will read this, members or not." in page


def test_reply_to_reply_belongs_to_top_level_comment(document, comment, member, rapporteur):
    first = add_comment(actor=rapporteur, record=document, body="Yes.", reply_to=comment)
    second = add_comment(actor=member, record=document, body="Thank you.", reply_to=first)

    assert second.reply_to == comment


def test_hidden_comment_is_not_answered(client, document, comment, coordinator, rapporteur):
    hide_record_comment(actor=coordinator, comment=comment, reason="Off topic.")

    assert post_comment_reply(client, rapporteur, comment).status_code == 403
    with pytest.raises(PermissionDenied):
        add_comment(actor=rapporteur, record=document, body="Yes.", reply_to=Comment.objects.get(pk=comment.pk))


def test_reply_belongs_to_the_same_record(mailing_coalition, comment, rapporteur):
    other = DocumentFactory(coalition=mailing_coalition, published=True)

    with pytest.raises(PermissionDenied):
        add_comment(actor=rapporteur, record=other, body="Yes.", reply_to=comment)


@pytest.mark.parametrize(("persona", "status_code"), [("outsider", 403), ("rapporteur", 200)])
def test_only_members_reply(client, comment, request, persona, status_code):
    assert post_comment_reply(client, request.getfixturevalue(persona), comment).status_code == status_code


def test_reply_is_shown_alone_if_its_comment_is_not_listed(client, document, comment, rapporteur, monkeypatch):
    add_comment(actor=rapporteur, record=document, body="A late reply.", reply_to=comment)
    monkeypatch.setattr("jukwaa.records.templatetags.records.MAX_COMMENTS_SHOWN", 1)
    page = client.get(document.get_absolute_url()).text

    assert ("A late reply." in page, "Is it current?" in page) == (True, False)
    assert discussion.MAX_COMMENTS_SHOWN > 1


def test_comment_author_is_notified_of_reply(document, comment, member, rapporteur):
    add_comment_by(rapporteur, document, "Yes, it is.", reply_to=comment)

    assert list_comment_notification_emails(document) == [
        (member.email, f"[Our Coalition] {rapporteur.name} replied to your comment on “A report”")
    ]


@pytest.mark.parametrize(
    ("comment_body", "mentioned_names", "organisations"),
    [
        ("Ask @Amina Otieno, please.", ["Amina Otieno"], []),
        ("ask @amina otieno", ["Amina Otieno"], []),
        ("(@IWF) knows", [], ["Internet Watch Foundation"]),
        ("@Internet Watch Foundation and @IWF", [], ["Internet Watch Foundation"]),
        ("Write to amina@iwf.example", [], []),
        ("@Amina Otienova", [], []),
        ("Nobody", [], []),
    ],
)
def test_mentions_are_found_by_name(mailing_coalition, amina, member, comment_body, mentioned_names, organisations):
    organisation = OrganisationFactory(coalition=mailing_coalition, name="Internet Watch Foundation", acronym="IWF")
    AffiliationFactory(organisation=organisation)
    found = find_mentions(comment_body, Standing(member, mailing_coalition))

    assert ([each.name for each in found.people.values()], [str(each) for each in found.organisations.values()]) == (
        mentioned_names,
        organisations,
    )


def test_reply_author_sees_who_will_be_notified(client, comment, amina, rapporteur):
    page = post_comment_reply(client, rapporteur, comment, "See @Amina Otieno, thanks.").text

    assert "Your reply has been posted. We will notify: Amina Otieno." in page


def test_unknown_mention_is_shown_before_and_after_posting(client, comment, amina, rapporteur):
    """It could be an account on a network, by which somebody could be found."""
    answer = post_comment_reply(client, rapporteur, comment, "See @Amina Otieno and @Nobody.")
    shown = [hit for _field, _pieces, hits in answer.context["form"].shown for hit in hits]
    again = {"body": "See @Amina Otieno and @Nobody.", "screened": answer.context["form"].data["screened"]}
    posted = client.post(reverse("records:comment_reply", args=["ours", comment.pk]), again, follow=True)

    assert [(hit.sign.name, hit.start) for hit in shown] == [("handle", 22)]
    assert "We will notify: Amina Otieno. We did not find @Nobody." in posted.text


@pytest.mark.parametrize("person_case", ["minor", "former member", "on the list alone"])
def test_only_adults_who_belong_today_are_mentioned(client, comment, amina, coordinator, member, person_case):
    """Coordinators and the safeguarding lead find more people in the directory than everyone may read of."""
    RoleFactory(coalition=comment.record.coalition, person=coordinator, kind=Role.Kind.SAFEGUARDING_LEAD)
    before = find_mentions("@Amina Otieno", Standing(coordinator, comment.record.coalition)).people
    if person_case == "minor":
        Person.objects.filter(pk=amina.pk).update(is_minor=True, name_is_public=False, adult_contact=member)
    if person_case == "former member":
        amina.roles.update(starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
        Person.objects.filter(pk=amina.pk).update(former_in=[comment.record.coalition_id])
    if person_case == "on the list alone":
        amina.roles.all().delete()
        ListEntry.objects.create(coalition=comment.record.coalition, person=amina)
    answer = post_comment_reply(client, coordinator, comment, "See @Amina Otieno.")

    assert [hit.sign.name for hit in answer.context["form"].hits["body"]] == ["handle"]
    assert before == {amina.pk: amina}
    assert find_mentions("@Amina Otieno", Standing(coordinator, comment.record.coalition)).people == {}


@pytest.mark.parametrize(("tlp_label", "warned_names"), [(Label.CLEAR, ["handle"]), (Label.GREEN, [])])
def test_author_is_warned_before_mentioning_private_name_in_public(
    client, document, comment, amina, rapporteur, tlp_label, warned_names
):
    Person.objects.filter(pk=amina.pk).update(name_is_public=False)
    type(document).objects.filter(pk=document.pk).update(label=tlp_label)
    path = reverse("records:comment_edit", args=["ours", comment.pk])
    replied = post_comment_reply(client, rapporteur, comment, "See @Amina Otieno.")
    client.force_login(comment.author)
    edited = client.post(path, {"body": "See @Amina Otieno.", "version": comment.version}, follow=True)

    for page in (replied, edited):
        hits = page.context["form"].hits["body"] if page.status_code == 422 else []
        assert [hit.sign.name for hit in hits] == warned_names


def test_mentioned_person_gets_one_email(document, comment, member, amina, rapporteur):
    add_comment_by(rapporteur, document, "@Amina Otieno and @A member, please read.", reply_to=comment)
    subject = f"[Our Coalition] {rapporteur.name} mentioned you or your organisation in a comment on “A report”"

    assert list_comment_notification_emails(document) == sorted([(amina.email, subject), (member.email, subject)])


def test_mention_of_an_organisation_reaches_its_representatives(document, delegate, organisation, rapporteur):
    add_comment_by(rapporteur, document, f"What does @{organisation.name} think?")

    assert [to for to, _subject in list_comment_notification_emails(document)] == [delegate.email]


def test_mention_is_never_the_first_email_of_a_person(client, document, comment, amina, delegate, organisation, member):
    """The first email says that they are in the directory, and how to be removed: a mention does not."""
    Person.objects.filter(pk__in=[amina.pk, delegate.pk]).update(told_at=None, last_login=None)
    send_pending_activity_notifications()
    page = post_comment_reply(client, member, comment, f"@Amina Otieno and @{organisation.name}, please read.").text

    assert "We will notify: Amina" not in page
    assert list_comment_notification_emails(document) == []
    Person.objects.filter(pk=amina.pk).update(last_login=timezone.now())
    Person.objects.filter(pk=delegate.pk).update(told_at=timezone.now())
    add_comment_by(member, document, f"@Amina Otieno and @{organisation.name}, please read.")
    assert [to for to, _subject in list_comment_notification_emails(document)] == sorted([amina.email, delegate.email])


def test_unreadable_comment_sends_no_notification(document, amina, member):
    add_comment_by(member, document, "@Amina Otieno, look.")
    type(document).objects.filter(pk=document.pk).update(label=Label.RED)

    assert list_comment_notification_emails(document) == []


def test_visitor_sees_replies_without_reply_link(client, document, comment, rapporteur):
    add_comment(actor=rapporteur, record=document, body="Yes, it is.", reply_to=comment)
    page = client.get(document.get_absolute_url()).text

    assert ("Yes, it is." in page, "/reply/" in page) == (True, False)
    assert find_mentions("@Amina Otieno", Standing(AnonymousUser(), document.coalition)).people == {}

"""Ideas by email: suggesting one, and supporting one by replying."""

import pytest

from jukwaa.mail.models import Message
from jukwaa.meetings.actions.idea_answers import decline_idea
from jukwaa.meetings.actions.idea_merges import accept_idea_merge, request_idea_merge
from jukwaa.meetings.actions.ideas import publish_idea, suggest_idea
from jukwaa.meetings.idea_replies import IdeaReply, parse_idea_reply
from jukwaa.meetings.models import Idea, Support
from jukwaa.records.models import Comment, Held, Label
from jukwaa.updates.models import EmailTopic, MailChoice, PendingMail
from tests.updates.emails import (
    build_own_address,
    deliver_email,
    find_link_path,
    list_written_emails,
    send_notifications_after_delay,
)

IDEAS_ADDRESS = build_own_address("ideas+ours")
MAIL_AUTHORITY = "mx.example.org"
AUTHENTICATED_HEADER = f"{MAIL_AUTHORITY}; dmarc=pass header.from=example.org"


def send_idea_email(text="A short one would do.", *, sender, email_subject="Write a toolkit", **headers):
    deliver_email(text, to=IDEAS_ADDRESS, sender=sender, Subject=email_subject, **headers)


def list_stored_ideas():
    return list(Idea.objects.order_by("pk").values_list("title", "summary", "state", "authorships__person__email"))


class TestSuggestingByEmail:
    def test_email_creates_draft_that_author_publishes(self, client, mailing_coalition, member):
        send_idea_email(sender=member.email)
        assert list_stored_ideas() == [("Write a toolkit", "A short one would do.", "draft", member.email)]
        assert list_written_emails() == [(member.email, "Publish your idea")]

        client.force_login(member)
        path = find_link_path(Message.objects.get(), "/ideas/")
        assert "Publish idea" in client.get(path).text
        client.post(f"{path}publish/")
        assert Idea.objects.get().state == "published"

    def test_authenticated_email_is_published(self, mailing_coalition, member, settings):
        settings.MAIL_AUTHORITY = MAIL_AUTHORITY
        send_idea_email(sender=member.email, Authentication_Results=AUTHENTICATED_HEADER)

        assert list_stored_ideas() == [("Write a toolkit", "A short one would do.", "published", member.email)]
        assert Idea.objects.get().label == Label.GREEN
        assert list_written_emails() == [(member.email, "Your idea has been published")]

    def test_unauthenticated_email_is_refused(self, mailing_coalition, member, settings):
        settings.MAIL_AUTHORITY = MAIL_AUTHORITY
        send_idea_email(sender=member.email)

        assert list_stored_ideas() == []
        assert list_written_emails() == [(member.email, "Your idea was not saved")]

    def test_identifying_details_keep_idea_as_draft(self, mailing_coalition, member, settings):
        settings.MAIL_AUTHORITY = MAIL_AUTHORITY
        send_idea_email(
            "Ask child.name@example.com, +44 20 7946 0958.",
            sender=member.email,
            Authentication_Results=AUTHENTICATED_HEADER,
        )

        assert Idea.objects.get().state == "draft"

    def test_repeated_email_creates_one_idea(self, mailing_coalition, member):
        for _ in range(3):
            send_idea_email(sender=member.email)

        assert len(list_stored_ideas()) == 1

    @pytest.mark.parametrize(
        ("email_subject", "text", "idea_title"),
        [
            ("Re: Fwd: Meet more often", "Twice.", "Meet more often"),
            ("", "Meet more often\n\nTwice a year.", "Meet more often"),
        ],
    )
    def test_title_comes_from_subject_or_text(self, mailing_coalition, member, email_subject, text, idea_title):
        send_idea_email(text, sender=member.email, email_subject=email_subject)

        assert Idea.objects.get().title == idea_title

    @pytest.mark.parametrize("sender", ["stranger@example.net", "outsider"])
    def test_only_members_suggest_by_email(self, mailing_coalition, outsider, sender):
        send_idea_email(sender=outsider.email if sender == "outsider" else sender)

        assert list_stored_ideas() == []
        assert [subject for _to, subject in list_written_emails()] == ["Your idea was not saved"]

    @pytest.mark.parametrize(
        ("email_subject", "text", "expected_sentence"),
        [
            ("", "", "Your email has no text."),
            ("x" * 251, "Details", ""),
            ("Fine", "x" * 5001, "Your idea is too long."),
        ],
    )
    def test_invalid_email_is_answered_with_reason(
        self, mailing_coalition, member, email_subject, text, expected_sentence
    ):
        send_idea_email(text, sender=member.email, email_subject=email_subject)
        if not expected_sentence:
            return  # a subject is cut when it comes in
        assert list_stored_ideas() == []
        assert expected_sentence in " ".join(Message.objects.get().body.split())

    def test_minor_is_sent_to_website(self, mailing_coalition, member, coordinator):
        member.is_minor, member.adult_contact = True, coordinator
        member.save()
        send_idea_email(sender=member.email)

        assert list_stored_ideas() == []

    def test_disclosure_is_quarantined(self, mailing_coalition, member, safeguarding_lead):
        send_idea_email("My uncle touches me at night and I am 13. Please help me.", sender=member.email)

        assert (list_stored_ideas(), Held.objects.count()) == ([], 1)

    def test_attachments_are_not_saved_and_answer_says_so(self, mailing_coalition, member):
        send_idea_email(sender=member.email, files=[("plan.txt", b"The plan")])

        assert "Attachments were not saved." in Message.objects.get().body


@pytest.fixture
def idea(mailing_coalition, member) -> Idea:
    return suggest_idea(actor=member, coalition=mailing_coalition, title="Write a toolkit", label=Label.CLEAR)


@pytest.fixture
def reply_address(idea, delegate):
    """By which the delegate replies to the email about the idea."""
    MailChoice.objects.create(person=delegate, coalition=idea.coalition, topic=EmailTopic.NEWS, wanted=True)
    send_notifications_after_delay()
    message = Message.objects.get(to=delegate.email)
    assert "reply to this email with the word “support”" in " ".join(message.body.split())
    Message.objects.all().delete()
    return message.reply_to


def list_supporters():
    return set(Support.objects.values_list("person__email", "capacity__organisation__name"))


class TestReplyingToIdeas:
    def test_reply_supports_for_organisation(self, reply_address, delegate, organisation):
        deliver_email("+1\n\n> Write a toolkit\n> To support this idea, reply", to=reply_address, sender=delegate.email)

        assert (delegate.email, organisation.name) in list_supporters()
        assert list_written_emails() == [(delegate.email, "Your support has been recorded")]

    def test_full_quotation_without_reply_is_not_understood(self, reply_address, delegate):
        quote = "On 28 November 2026 at 9:00, Our Coalition wrote:\n> To support this idea, reply with “support”.\n> +1"
        deliver_email(quote, to=reply_address, sender=delegate.email)

        assert len(list_supporters()) == 1
        assert list_written_emails() == [(delegate.email, "We did not understand your reply")]
        assert "Nothing has been recorded." in Message.objects.get().body

    @pytest.mark.parametrize("text", ["I do not support this", "Maybe", "support, if it is short", "yes"])
    def test_other_reply_is_not_understood(self, reply_address, delegate, text):
        deliver_email(text, to=reply_address, sender=delegate.email)

        assert (len(list_supporters()), Comment.objects.count()) == (1, 0)
        assert list_written_emails() == [(delegate.email, "We did not understand your reply")]

    def test_reply_adds_comment(self, reply_address, delegate):
        deliver_email("Comment: Ten pages\nare enough.\n\n> Write a toolkit", to=reply_address, sender=delegate.email)

        assert [comment.body for comment in Comment.objects.all()] == ["Ten pages\nare enough."]
        assert list_written_emails() == [(delegate.email, "Your comment has been posted")]

    def test_forged_reply_needs_confirmation(self, client, reply_address, delegate):
        deliver_email("support", to=reply_address, sender="other@example.net")
        assert (len(list_supporters()), PendingMail.objects.count()) == (1, 1)

        client.post(find_link_path(Message.objects.get(), "/mail/confirm/"))
        assert len(list_supporters()) == 2

    def test_reply_to_answered_idea_is_refused(self, reply_address, idea, delegate, coordinator):
        decline_idea(actor=coordinator, idea=idea, reason="No time")
        deliver_email("support", to=reply_address, sender=delegate.email)

        assert len(list_supporters()) == 1
        assert list_written_emails() == [(delegate.email, "We could not use your reply")]
        assert "has been answered already" in Message.objects.get().body

    def test_support_of_merged_idea_counts_for_other(self, reply_address, idea, member, delegate, coordinator):
        other = suggest_idea(actor=coordinator, coalition=idea.coalition, title="Write a book", label=Label.CLEAR)
        accept_idea_merge(actor=coordinator, request=request_idea_merge(actor=member, idea=idea, target_idea=other))
        deliver_email("support", to=reply_address, sender=delegate.email)

        assert other.supports.filter(person=delegate).exists()

    def test_disclosure_is_quarantined(self, reply_address, delegate, safeguarding_lead):
        text = "comment: My uncle touches me at night and I am 13. Please help me."
        deliver_email(text, to=reply_address, sender=delegate.email)

        assert (Held.objects.count(), Comment.objects.count()) == (1, 0)

    def test_email_about_idea_of_minor_omits_name(self, mailing_coalition, member, coordinator):
        member.name, member.is_minor, member.adult_contact = "Zuri Namecanary", True, coordinator
        member.save()
        draft = suggest_idea(actor=member, coalition=mailing_coalition, title="Ask young people", published=False)
        publish_idea(actor=member, idea=draft)
        send_notifications_after_delay()

        body = Message.objects.get(to=coordinator.email).body
        assert ("Zuri" in body, "A member has suggested an idea:" in body) == (False, True)


@pytest.mark.parametrize(
    "text",
    [
        "support",
        "Support!",
        "+1",
        "I support this idea.",
        "  +1 \n\nBest regards",
        "Je soutiens",
        "Apoyo esta idea",
        "أؤيّد هذه الفكرة",
    ],
)
def test_support_is_parsed_in_each_language(text):
    assert parse_idea_reply(text) == IdeaReply(is_support=True)


@pytest.mark.parametrize("text", ["", "\n", "+2", "no support", "not +1", "support\u200b maybe", "unsupported"])
def test_other_words_are_not_support(text):
    assert parse_idea_reply(text) == IdeaReply()


@pytest.mark.parametrize("text", ["comment: A", "Commentaire : A", "COMENTARIO:A", "تعليق: A"])
def test_comment_is_parsed_in_each_language(text):
    assert parse_idea_reply(text) == IdeaReply(comment="A")

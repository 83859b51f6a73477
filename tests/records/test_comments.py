"""Talk: who speaks, in which capacity, who reads it, and what becomes of what was said."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import EditConflict
from jukwaa.records.actions import (
    add_comment,
    edit_comment,
    hide_record_comment,
    purge_record_comment,
    unhide_record_comment,
    withdraw_record,
)
from jukwaa.records.models import Comment, CommentVersion, Label
from tests.factories import DocumentFactory, PersonFactory


@pytest.fixture
def document(coalition):
    return DocumentFactory(coalition=coalition, title="A report", published=True)


@pytest.fixture
def comment(document, member):
    return add_comment(actor=member, record=document, body="Well said.")


def post_comment_form(client, person, route_name, comment_pk, **fields):
    client.force_login(person)
    return client.post(reverse(f"records:{route_name}", args=["ours", comment_pk]), fields)


def test_member_comments_for_confirmed_organisation(client, document, delegate, organisation):
    answer = post_comment_form(
        client, delegate, "comment_add", document.pk, body="We agree.", capacity=str(organisation.pk)
    )

    comment = Comment.objects.get()
    assert answer.headers["Location"] == f"/ours/documents/{document.pk}/#comment-{comment.pk}"
    assert (comment.body, comment.author, comment.capacity.organisation) == ("We agree.", delegate, organisation)
    assert list(Activity.objects.values_list("actor", "verb", "kind", "capacity")) == [
        (delegate.pk, "commented", "comment", comment.capacity_id)
    ]


def test_comment_for_other_organisation_is_refused(client, document, member, organisation):
    answer = post_comment_form(
        client, member, "comment_add", document.pk, body="We agree.", capacity=str(organisation.pk)
    )

    assert (answer.status_code, Comment.objects.count()) == (422, 0)
    assert "We agree." in answer.text
    with pytest.raises(PermissionDenied):
        add_comment(actor=member, record=document, body="We agree.", organisation=organisation)


def test_comment_sent_twice_is_saved_once(client, document, member):
    token = str(uuid.uuid4())
    for _press in range(2):
        post_comment_form(client, member, "comment_add", document.pk, body="Once.", token=token)

    assert list(Comment.objects.values_list("body", flat=True)) == ["Once."]


def test_comment_with_token_of_other_person_is_saved(document, member, coordinator):
    token = uuid.uuid4()
    first = add_comment(actor=member, record=document, body="Mine.", token=token)
    second = add_comment(actor=coordinator, record=document, body="Mine too.", token=token)

    assert first.pk != second.pk


def test_comments_are_for_members_and_author_only(client, document, outsider, coalition):
    applicant = PersonFactory()
    author = PersonFactory()
    own = DocumentFactory(coalition=coalition, author=author)

    for person in (outsider, applicant):
        assert post_comment_form(client, person, "comment_add", document.pk, body="Hm.").status_code == 403
    assert post_comment_form(client, outsider, "comment_add", own.pk, body="Hm.").status_code == 404
    assert post_comment_form(client, author, "comment_add", own.pk, body="My draft.").status_code == 302


def test_comment_form_asks_visitor_to_sign_in_or_apply(client, document, comment):
    text = client.get(document.get_absolute_url()).text

    assert "Well said." in text
    assert "<textarea" not in text
    assert f"{reverse('account_login')}?next=" in text
    assert "/ours/apply/" in text


def test_commenter_name_is_hidden_from_public_unless_chosen(client, document, comment, member):
    public = client.get(document.get_absolute_url()).text
    client.force_login(member)
    inside = client.get(document.get_absolute_url()).text

    assert ("A member" in public, "A member" in inside) == (False, True)


@pytest.mark.parametrize(
    ("tlp_label", "audience_text"),
    [
        (Label.CLEAR, "Everyone will read this, members or not."),
        (Label.GREEN, "Members of the coalition will read this, including future members."),
    ],
)
def test_comment_form_says_who_will_read_it(client, coalition, member, tlp_label, audience_text):
    document = DocumentFactory(coalition=coalition, label=tlp_label, published=True)
    client.force_login(member)

    assert audience_text in client.get(document.get_absolute_url()).text


def test_only_readers_of_record_see_its_comments(coalition, member, delegate, outsider):
    document = DocumentFactory(coalition=coalition, label=Label.GREEN, published=True)
    comment = add_comment(actor=member, record=document, body="Among us.")

    seen = [list(Comment.objects.visible_to(person)) for person in (AnonymousUser(), outsider, delegate)]
    assert seen == [[], [], [comment]]


def test_edited_comment_keeps_earlier_version(client, comment, member):
    post_comment_form(client, member, "comment_edit", comment.pk, body="Better said.", version=1)

    comment.refresh_from_db()
    assert (comment.body, comment.version) == ("Better said.", 2)
    assert list(CommentVersion.objects.values_list("number", "body")) == [(1, "Well said.")]
    assert (
        "<del data-mark='[removed]'>Well</del><ins data-mark='[added]'>Better</ins> said."
        in client.get(f"/ours/records/comments/{comment.pk}/history/").text
    )


def test_stale_comment_edit_shows_both_versions(client, comment, member):
    edit_comment(actor=member, comment=comment, body="From the phone.", from_version=1)
    answer = post_comment_form(client, member, "comment_edit", comment.pk, body="From the desk.", version=1)

    assert answer.status_code == 409
    assert ("From the phone." in answer.text, "From the desk." in answer.text) == (True, True)
    with pytest.raises(EditConflict):
        edit_comment(actor=member, comment=comment, body="From the desk.", from_version=1)


def test_comment_is_edited_by_author_only(client, comment, coordinator, outsider):
    assert post_comment_form(client, coordinator, "comment_edit", comment.pk, body="X", version=1).status_code == 403
    assert post_comment_form(client, outsider, "comment_edit", comment.pk, body="X", version=1).status_code == 403


def test_coordinator_hides_comment_with_reason_and_still_reads_it(client, document, comment, member, coordinator):
    assert post_comment_form(client, coordinator, "comment_hide", comment.pk, reason="").status_code == 422
    post_comment_form(client, coordinator, "comment_hide", comment.pk, reason="It names a third person.")

    seen = {}
    for name, person in [("member", member), ("coordinator", coordinator)]:
        client.force_login(person)
        text = client.get(document.get_absolute_url()).text
        seen[name] = ("Well said." in text, "It names a third person." in text)
    assert seen == {"member": (False, True), "coordinator": (True, True)}


def test_hidden_comment_cannot_be_edited_or_its_history_read(client, comment, member, coordinator):
    edit_comment(actor=member, comment=comment, body="Better.", from_version=1)
    hide_record_comment(actor=coordinator, comment=comment, reason="A reason.")

    assert post_comment_form(client, member, "comment_edit", comment.pk, body="X", version=2).status_code == 403
    history = f"/ours/records/comments/{comment.pk}/history/"
    assert client.get(history).status_code == 404
    client.force_login(coordinator)
    assert client.get(history).status_code == 200


def test_comments_are_hidden_by_coordinators_and_safeguarding_lead(
    client, comment, member, rapporteur, outsider, safeguarding_lead
):
    statuses = [
        post_comment_form(client, person, "comment_hide", comment.pk, reason="A reason.").status_code
        for person in (member, rapporteur, outsider, safeguarding_lead)
    ]
    assert statuses == [403, 403, 403, 302]


def test_hiding_comment_again_shows_existing_reason(client, comment, document, coordinator):
    hide_record_comment(actor=coordinator, comment=comment, reason="It names a child.")
    post_comment_form(client, coordinator, "comment_hide", comment.pk, reason="It is rude.")

    text = client.get(document.get_absolute_url()).text
    assert "already been hidden, for this reason: It names a child. Your reason was not saved: It is rude." in text
    assert "That it was hidden, and why, stands in its place." not in text


def test_hidden_comment_can_be_restored(client, comment, coordinator, member):
    hide_record_comment(actor=coordinator, comment=comment, reason="A reason.")
    with pytest.raises(PermissionDenied):
        unhide_record_comment(actor=member, comment=comment)
    post_comment_form(client, coordinator, "comment_unhide", comment.pk)

    comment.refresh_from_db()
    assert (comment.hidden_at, comment.hidden_because) == (None, "")


def test_safeguarding_lead_erases_hidden_comment(comment, member, safeguarding_lead):
    edit_comment(actor=member, comment=comment, body="Worse said.", from_version=1)
    with pytest.raises(PermissionDenied):
        purge_record_comment(actor=safeguarding_lead, comment=comment)
    hide_record_comment(actor=safeguarding_lead, comment=comment, reason="A reason.")
    purge_record_comment(actor=safeguarding_lead, comment=comment)

    comment.refresh_from_db()
    assert (comment.body, CommentVersion.objects.count()) == ("", 0)


def test_comments_on_withdrawn_record_are_refused(document, member, coordinator):
    withdraw_record(actor=coordinator, record=document, reason="Wrong file.")

    with pytest.raises(PermissionDenied):
        add_comment(actor=coordinator, record=document, body="But why?")


@pytest.mark.parametrize("count", [1, 3])
def test_comments_query_count_is_constant(client, document, member, django_assert_num_queries, count):
    for number in range(count):
        add_comment(actor=member, record=document, body=f"Word {number}.")
    client.force_login(member)

    with django_assert_num_queries(5):
        text = client.get(f"/ours/records/{document.pk}/discussion/").text

    assert text.count('id="comment-') == count


def test_comment_on_unreadable_record_is_refused(coalition, member):
    closed = DocumentFactory(coalition=coalition, label=Label.RED, published=True)

    with pytest.raises(PermissionDenied):
        add_comment(actor=member, record=closed, body="Well said.")

"""What was held before an upgrade says what it is about, and can still be confirmed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jukwaa.accounts.models import Person
from jukwaa.drafting.actions import ConsultationContent, open_consultation
from jukwaa.drafting.models import Input
from jukwaa.mail.models import ReplyAddress
from jukwaa.records.index.indexer import index_remaining_passages
from jukwaa.records.models import Comment
from jukwaa.updates import email_links
from jukwaa.updates.models import PendingMail
from tests.drafting.consensus import create_open_text
from tests.factories import CoalitionFactory, MembershipFactory, PersonFactory
from tests.migrations import recreate_earlier_table, run_data_migration


@pytest.fixture
def consultation(transactional_db):
    coalition = CoalitionFactory(slug="ours")
    member = PersonFactory(email="member@example.org")
    MembershipFactory(coalition=coalition, person=member, organisation=None)
    text = create_open_text(coalition, member)
    now = timezone.now()
    question = ConsultationContent(
        asks="members", introduction="?", questions=[], opens_at=now, closes_at=now + timedelta(days=9)
    )
    return open_consultation(actor=member, revision=text.get_latest_revision(), consultation_content=question)


@pytest.fixture
def old_pending_mail(consultation):
    """Rows of before; those that came before reply addresses were kept have none."""
    text, person = consultation.text, Person.objects.get(email="member@example.org").pk
    reply = ReplyAddress.objects.create(
        digest="1", address="member@example.org", owner=f"person:{person}", subject=f"call:{consultation.pk}"
    )
    earlier, migrate = recreate_earlier_table(PendingMail, ("updates", "0007_questions_of_held_replies"))
    common = {"coalition_id": text.coalition_id, "record_id": text.pk, "person_id": person, "text": "2: comment Long."}
    rows = [
        {"kind": "input", "consultation_id": consultation.pk, "reply_id": reply.pk},
        {"kind": "input", "consultation_id": consultation.pk},
        {"kind": "comment"},
        {"kind": "reply", "reply_id": reply.pk},
        {"kind": "apply", "record_id": None},
    ]
    numbers = [earlier.objects.create(address="member@example.org", **(common | row)).pk for row in rows]
    migrate()
    return numbers


def test_migrated_pending_mail_has_question_and_can_be_confirmed(client, old_pending_mail, consultation):
    about = [f"consultation:{consultation.pk}"] * 2 + [f"record:{consultation.text_id}", f"call:{consultation.pk}", ""]

    assert list(PendingMail.objects.order_by("pk").values_list("kind", "question")) == list(
        zip(["reply"] * 4 + ["apply"], about, strict=True)
    )

    pages = [reverse("updates:confirm", args=[_build_confirm_path(pk)]) for pk in old_pending_mail[:3]]
    assert [client.post(page).status_code for page in pages] == [200] * 3
    assert [given.body for given in Input.objects.all()] == ["Long."] * 2
    assert [comment.body for comment in Comment.objects.all()] == ["2: comment Long."]


def _build_confirm_path(pending_pk):
    return (
        email_links.build_email_path(email_links.CONFIRM_MAIL_PURPOSE, "updates:confirm", pending=pending_pk)
        .rstrip("/")
        .rpartition("/")[2]
    )


def test_migration_updates_function_path_of_waiting_tasks(db):
    arguments = {"args_kwargs": {"args": [1, 2], "kwargs": {}}, "backend_name": "default", "exception_class_path": ""}
    DBTaskResult.objects.create(task_path="jukwaa.records.index.writing.index_rest", **arguments)
    run_data_migration(("records", "0011_renamed_task"))

    assert DBTaskResult.objects.get().task.func is index_remaining_passages.func

"""What came back is looked at, then entered: all of it or nothing, in the capacity of who sent it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.retention import remove_overdue_rows
from jukwaa.drafting import actions
from jukwaa.drafting.models import Clause, Consultation, Input, Placement, Returned, Text
from jukwaa.drafting.word_export import build_consultation_docx
from jukwaa.records.models import State
from tests.conftest import create_seated_person
from tests.drafting import word_edits
from tests.factories import AffiliationFactory, ConsultationFactory, TextFactory


def upload_returned_file(client, consultation, person, file_content, file_name="draft.docx", **more):
    client.force_login(person)
    url = reverse(
        "drafting:returned_new", args=[consultation.text.coalition.slug, consultation.text_id, consultation.pk]
    )
    return client.post(
        url, {"file": SimpleUploadedFile(file_name, file_content), "capacity": "own", **more}, follow=True
    )


def enter_chosen_findings(client, consultation, chosen_findings=None):
    returned = Returned.objects.get()
    places = range(len(returned.findings)) if chosen_findings is None else chosen_findings
    args = [consultation.text.coalition.slug, consultation.text_id, consultation.pk, returned.token]
    return client.post(reverse("drafting:returned_enter", args=args), {"input": list(places)}, follow=True)


def list_text_inputs():
    given = Input.objects.order_by("clause__number", "pk")
    return [(one.kind, one.clause and one.clause.number, one.exact, one.body or one.proposed) for one in given]


def test_returned_file_is_previewed_then_added_whole(client, open_consultation, consultation_docx, member):
    data = word_edits.edit_word_document(
        consultation_docx,
        word_edits.replace_tracked("may", "must", "Ann A."),
        word_edits.comment_on("contact", "Whose?", "Ben B."),
    )

    seen = upload_returned_file(client, open_consultation, member, data)

    assert Input.objects.count() == 0
    assert "<del data-mark='[removed]'>may</del><ins data-mark='[added]'>must</ins>" in seen.text
    assert "Whose?" in seen.text
    assert "Ann A." not in seen.text

    done = enter_chosen_findings(client, open_consultation)

    assert "2 inputs added." in done.text
    assert list_text_inputs() == [
        ("proposal", 2, "", "Providers must report what they find to the hotline of their country."),
        ("question", 3, "contact", "Whose?"),
    ]
    given = Input.objects.first()
    assert (given.author, given.came, given.capacity.person) == (member, "word", member)
    assert Returned.objects.get().findings == []


def test_only_selected_findings_are_added_once(client, open_consultation, consultation_docx, member):
    upload_returned_file(
        client,
        open_consultation,
        member,
        word_edits.edit_word_document(
            consultation_docx, word_edits.replace_tracked("may", "must"), word_edits.comment_on("contact", "Whose?")
        ),
    )
    returned = Returned.objects.get()

    for _ in range(2):
        actions.add_returned_inputs(actor=member, returned_file=returned, chosen_numbers=[1])

    assert list_text_inputs() == [("question", 3, "contact", "Whose?")]


def test_no_selection_adds_nothing(client, open_consultation, consultation_docx, member):
    upload_returned_file(
        client,
        open_consultation,
        member,
        word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "must")),
    )

    said = enter_chosen_findings(client, open_consultation, chosen_findings=[])

    assert "Select at least one input, or delete the file." in said.text
    assert list_text_inputs() == []


def test_file_returned_twice_is_recognised(client, open_consultation, consultation_docx, member):
    data = word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "must"))
    upload_returned_file(client, open_consultation, member, data)
    upload_returned_file(client, open_consultation, member, data)
    enter_chosen_findings(client, open_consultation)

    again = upload_returned_file(client, open_consultation, member, data)

    assert "You have already returned this file" in again.text
    assert (Returned.objects.count(), Input.objects.count()) == (1, 1)


def test_returned_inputs_are_for_organisation_of_uploader(
    client, open_consultation, consultation_docx, delegate, organisation
):
    data = word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "must"))
    upload_returned_file(client, open_consultation, delegate, data, capacity=str(organisation.pk))
    enter_chosen_findings(client, open_consultation)

    given = Input.objects.get()
    assert (given.author, given.capacity.organisation, given.logged_by) == (delegate, organisation, None)


def test_drafter_logs_file_of_other_person_after_close(
    client, open_consultation, consultation_docx, rapporteur, organisation
):
    Consultation.objects.update(closes_at=timezone.now())
    data = word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "must"))
    upload_returned_file(
        client, open_consultation, rapporteur, data, capacity="somebody", said_by=organisation.name.upper()
    )
    enter_chosen_findings(client, open_consultation)

    given = Input.objects.get()
    assert (given.author, given.logged_by, given.capacity.organisation) == (None, rapporteur, organisation)
    assert given.capacity.person is None


def test_logged_file_requires_author(client, open_consultation, consultation_docx, rapporteur):
    answer = upload_returned_file(
        client,
        open_consultation,
        rapporteur,
        word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "must")),
        capacity="somebody",
    )

    assert (
        answer.status_code,
        "Enter the organisation or the role of the person who sent the file." in answer.text,
    ) == (422, True)


def test_file_is_kept_when_consultation_closes_meanwhile(client, open_consultation, consultation_docx, member):
    upload_returned_file(
        client,
        open_consultation,
        member,
        word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "must")),
    )
    Consultation.objects.update(closes_at=timezone.now())

    said = enter_chosen_findings(client, open_consultation)

    assert "The consultation has closed" in said.text
    assert "This page is kept until" in said.text
    assert (list_text_inputs(), len(Returned.objects.get().findings)) == ([], 1)


def test_returned_file_after_close_is_refused(client, open_consultation, consultation_docx, member):
    Consultation.objects.update(closes_at=timezone.now())

    said = upload_returned_file(
        client,
        open_consultation,
        member,
        word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "must")),
    )

    assert said.status_code == 422
    assert "The consultation has closed, but your text is still here" in said.text


def test_file_of_older_revision_is_followed_to_latest(
    client, text, open_consultation, consultation_docx, rapporteur, member
):
    second = Clause.objects.get(text=text, number=2)
    actions.remove_clause(
        actor=rapporteur, clause=second, seen_digest=Placement.objects.now(text).get(clause=second).wording.digest
    )
    actions.create_named_revision(actor=rapporteur, text=text, revision_name="Draft 2")
    newer = ConsultationFactory(text=Text.objects.get(pk=text.pk))

    seen = upload_returned_file(
        client,
        newer,
        member,
        word_edits.edit_word_document(
            consultation_docx, word_edits.replace_tracked("may", "must"), word_edits.comment_on("contact", "Ah.")
        ),
    )
    assert "This file is based on revision 1, but the consultation is about revision 2." in seen.text
    enter_chosen_findings(client, newer)

    assert [(one.clause.number, one.revision.number, one.fate) for one in Input.objects.order_by("pk")] == [
        (2, 1, "removed"),
        (3, 1, "kept"),
    ]


def test_contradicting_files_both_become_inputs_with_notice(
    client, open_consultation, consultation_docx, member, delegate
):
    upload_returned_file(
        client,
        open_consultation,
        member,
        word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "must")),
    )
    enter_chosen_findings(client, open_consultation)
    Returned.objects.all().delete()

    seen = upload_returned_file(
        client,
        open_consultation,
        delegate,
        word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "should")),
    )
    assert "1 other wording has already been proposed for this clause." in seen.text
    enter_chosen_findings(client, open_consultation)

    assert [one[3].split()[1] for one in list_text_inputs()] == ["must", "should"]


def test_identifying_words_in_file_are_shown(client, open_consultation, consultation_docx, member):
    seen = upload_returned_file(
        client,
        open_consultation,
        member,
        word_edits.edit_word_document(consultation_docx, word_edits.comment_on("contact", "Ask ann.a@example.org.")),
    )

    assert "<mark>ann.a@example.org</mark>" in seen.text


def test_return_page_is_closed_to_people_outside_audience(client, open_consultation, member, outsider):
    Consultation.objects.update(asks="named")
    url = reverse("drafting:returned_new", args=["ours", open_consultation.text_id, open_consultation.pk])
    client.force_login(member)
    assert client.get(url).status_code == 403

    Text.objects.filter(pk=open_consultation.text_id).update(label="TLP:GREEN")
    client.force_login(outsider)
    assert client.get(url).status_code == 404


def test_pending_file_is_visible_to_uploader_only(client, open_consultation, consultation_docx, member, coordinator):
    upload_returned_file(
        client,
        open_consultation,
        member,
        word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "must")),
    )
    client.force_login(coordinator)

    assert client.get(Returned.objects.get().get_absolute_url()).status_code == 404


def test_pending_file_can_be_discarded_and_expires_after_two_weeks(
    client, open_consultation, consultation_docx, member
):
    upload_returned_file(
        client,
        open_consultation,
        member,
        word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "must")),
    )
    remove_overdue_rows(timezone.now() + timedelta(days=13))
    assert Returned.objects.count() == 1

    args = ["ours", open_consultation.text_id, open_consultation.pk, Returned.objects.get().token]
    client.post(reverse("drafting:returned_drop", args=args))
    assert Returned.objects.count() == 0

    upload_returned_file(
        client,
        open_consultation,
        member,
        word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "must")),
    )
    remove_overdue_rows(timezone.now() + timedelta(days=15))
    assert Returned.objects.count() == 0


def test_readers_can_download_draft_and_comparison(client, text, open_consultation, rapporteur, member):
    third = Clause.objects.get(text=text, number=3)
    old = Placement.objects.now(text).get(clause=third)
    actions.write_clause_body(actor=rapporteur, clause=third, clause_body="A deputy.", from_digest=old.wording.digest)
    actions.create_named_revision(actor=rapporteur, text=text, revision_name="Draft 2")

    word = client.get(reverse("drafting:consultation_word", args=["ours", text.pk, open_consultation.pk]))
    compared = client.get(reverse("drafting:compare_word", args=["ours", text.pk, 1, 2]))

    assert word["Content-Disposition"] == 'attachment; filename="A text, revision 1.docx"'
    assert compared["Content-Disposition"] == 'attachment; filename="A text, revision 1 to 2.docx"'
    Text.objects.filter(pk=text.pk).update(state=State.HELD)
    client.force_login(member)
    for name, args in (("consultation_word", [open_consultation.pk]), ("compare_word", [1, 2])):
        assert client.get(reverse(f"drafting:{name}", args=["ours", text.pk, *args])).status_code == 404


@pytest.mark.parametrize("row_count", [1, 3])
def test_preview_query_count_is_constant(client, coalition, member, django_assert_num_queries, row_count):
    bodies = [f"Clause {number} says so." for number in range(4)]
    asked = ConsultationFactory(text=TextFactory(coalition=coalition, published=True, saying=bodies))
    deeds = [word_edits.replace_tracked(f"Clause {number}", f"Part {number}") for number in range(row_count)]
    upload_returned_file(client, asked, member, word_edits.edit_word_document(build_consultation_docx(asked), *deeds))

    url = Returned.objects.get().get_absolute_url()
    with django_assert_num_queries(9):
        seen = client.get(url)

    assert seen.text.count("<ins data-mark='[added]'>") == row_count


@pytest.mark.parametrize("row_count", [1, 3])
def test_return_page_query_count_is_constant(client, coalition, member, django_assert_num_queries, row_count):
    asked = ConsultationFactory(text=TextFactory(coalition=coalition, published=True, saying=["One clause of it."]))
    for number in range(row_count):
        upload_returned_file(
            client,
            asked,
            member,
            word_edits.edit_word_document(
                build_consultation_docx(asked), word_edits.replace_tracked("One", f"The {number}.")
            ),
        )
    url = reverse("drafting:returned_new", args=["ours", asked.text_id, asked.pk])

    with django_assert_num_queries(8):
        seen = client.get(url)

    assert seen.text.count("not added yet: check the inputs") == row_count


def test_purged_text_deletes_pending_files(open_consultation, consultation_docx, member):
    data = word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "must"))
    brought = actions.read_returned_file(
        consultation=open_consultation, file_name="draft.docx", file_data=data, with_names=False
    )
    actions.save_returned_file(actor=member, consultation=open_consultation, returned_file=brought)

    open_consultation.text.erase_texts()

    assert Returned.objects.count() == 0


def test_person_without_organisation_returns_file_in_own_capacity(client, open_consultation, consultation_docx, member):
    other = AffiliationFactory(organisation__coalition=open_consultation.text.coalition).organisation
    answer = upload_returned_file(
        client,
        open_consultation,
        member,
        word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "must")),
        capacity=str(other.pk),
    )

    assert (answer.status_code, Returned.objects.count()) == (422, 0)


def test_observer_can_respond_to_public_consultation(client, open_consultation, consultation_docx, outsider):
    Consultation.objects.update(asks="public")
    upload_returned_file(
        client,
        open_consultation,
        outsider,
        word_edits.edit_word_document(consultation_docx, word_edits.replace_tracked("may", "must")),
    )
    enter_chosen_findings(client, open_consultation)

    assert Input.objects.get().author == outsider
    assert create_seated_person(open_consultation.text.coalition, "Another") != outsider

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
from tests.conftest import seated
from tests.drafting import hands
from tests.factories import AffiliationFactory, ConsultationFactory, TextFactory


def sent(client, asked, person, data, name="draft.docx", **more):
    client.force_login(person)
    url = reverse("drafting:returned_new", args=[asked.text.coalition.slug, asked.text_id, asked.pk])
    return client.post(url, {"file": SimpleUploadedFile(name, data), "capacity": "own", **more}, follow=True)


def entered(client, asked, chosen=None):
    returned = Returned.objects.get()
    places = range(len(returned.findings)) if chosen is None else chosen
    args = [asked.text.coalition.slug, asked.text_id, asked.pk, returned.token]
    return client.post(reverse("drafting:returned_enter", args=args), {"input": list(places)}, follow=True)


def inputs():
    given = Input.objects.order_by("clause__number", "pk")
    return [(one.kind, one.clause and one.clause.number, one.exact, one.body or one.proposed) for one in given]


def test_what_came_back_is_seen_first_and_then_entered_as_a_whole(client, asked, draft, member):
    data = hands.edited(draft, hands.tracked("may", "must", "Ann A."), hands.remark("contact", "Whose?", "Ben B."))

    seen = sent(client, asked, member, data)

    assert Input.objects.count() == 0
    assert "<del data-mark='[removed]'>may</del><ins data-mark='[added]'>must</ins>" in seen.text
    assert "Whose?" in seen.text
    assert "Ann A." not in seen.text

    done = entered(client, asked)

    assert "2 inputs added." in done.text
    assert inputs() == [
        ("proposal", 2, "", "Providers must report what they find to the hotline of their country."),
        ("question", 3, "contact", "Whose?"),
    ]
    given = Input.objects.first()
    assert (given.author, given.came, given.capacity.person) == (member, "word", member)
    assert Returned.objects.get().findings == []


def test_what_is_not_ticked_is_not_entered_and_entering_twice_enters_once(client, asked, draft, member):
    sent(client, asked, member, hands.edited(draft, hands.tracked("may", "must"), hands.remark("contact", "Whose?")))
    returned = Returned.objects.get()

    for _ in range(2):
        actions.add_returned_inputs(actor=member, returned=returned, chosen=[1])

    assert inputs() == [("question", 3, "contact", "Whose?")]


def test_nothing_ticked_enters_nothing(client, asked, draft, member):
    sent(client, asked, member, hands.edited(draft, hands.tracked("may", "must")))

    said = entered(client, asked, chosen=[])

    assert "Select at least one input, or delete the file." in said.text
    assert inputs() == []


def test_the_same_file_twice_says_so(client, asked, draft, member):
    data = hands.edited(draft, hands.tracked("may", "must"))
    sent(client, asked, member, data)
    sent(client, asked, member, data)
    entered(client, asked)

    again = sent(client, asked, member, data)

    assert "You have already returned this file" in again.text
    assert (Returned.objects.count(), Input.objects.count()) == (1, 1)


def test_it_speaks_for_an_organisation_of_the_uploader(client, asked, draft, delegate, organisation):
    data = hands.edited(draft, hands.tracked("may", "must"))
    sent(client, asked, delegate, data, capacity=str(organisation.pk))
    entered(client, asked)

    given = Input.objects.get()
    assert (given.author, given.capacity.organisation, given.logged_by) == (delegate, organisation, None)


def test_a_drafter_logs_what_somebody_else_sent_also_when_it_has_closed(client, asked, draft, rapporteur, organisation):
    Consultation.objects.update(closes_at=timezone.now())
    data = hands.edited(draft, hands.tracked("may", "must"))
    sent(client, asked, rapporteur, data, capacity="somebody", said_by=organisation.name.upper())
    entered(client, asked)

    given = Input.objects.get()
    assert (given.author, given.logged_by, given.capacity.organisation) == (None, rapporteur, organisation)
    assert given.capacity.person is None


def test_whose_file_it_is_must_be_said(client, asked, draft, rapporteur):
    answer = sent(client, asked, rapporteur, hands.edited(draft, hands.tracked("may", "must")), capacity="somebody")

    assert (
        answer.status_code,
        "Enter the organisation or the role of the person who sent the file." in answer.text,
    ) == (422, True)


def test_a_consultation_that_closed_meanwhile_keeps_what_was_sent(client, asked, draft, member):
    sent(client, asked, member, hands.edited(draft, hands.tracked("may", "must")))
    Consultation.objects.update(closes_at=timezone.now())

    said = entered(client, asked)

    assert "The consultation has closed" in said.text
    assert "This page is kept until" in said.text
    assert (inputs(), len(Returned.objects.get().findings)) == ([], 1)


def test_nothing_is_sent_back_once_it_has_closed(client, asked, draft, member):
    Consultation.objects.update(closes_at=timezone.now())

    said = sent(client, asked, member, hands.edited(draft, hands.tracked("may", "must")))

    assert said.status_code == 422
    assert "The consultation has closed, but your text is still here" in said.text


def test_a_file_of_an_old_revision_is_kept_with_its_words_and_followed(client, text, asked, draft, rapporteur, member):
    second = Clause.objects.get(text=text, number=2)
    actions.remove_clause(
        actor=rapporteur, clause=second, from_digest=Placement.objects.now(text).get(clause=second).wording.digest
    )
    actions.name_revision(actor=rapporteur, text=text, name="Draft 2")
    newer = ConsultationFactory(text=Text.objects.get(pk=text.pk))

    seen = sent(
        client, newer, member, hands.edited(draft, hands.tracked("may", "must"), hands.remark("contact", "Ah."))
    )
    assert "This file is based on revision 1, but the consultation is about revision 2." in seen.text
    entered(client, newer)

    assert [(one.clause.number, one.revision.number, one.fate) for one in Input.objects.order_by("pk")] == [
        (2, 1, "removed"),
        (3, 1, "kept"),
    ]


def test_two_files_that_disagree_both_become_inputs_and_the_second_is_told(client, asked, draft, member, delegate):
    sent(client, asked, member, hands.edited(draft, hands.tracked("may", "must")))
    entered(client, asked)
    Returned.objects.all().delete()

    seen = sent(client, asked, delegate, hands.edited(draft, hands.tracked("may", "should")))
    assert "1 other wording has already been proposed for this clause." in seen.text
    entered(client, asked)

    assert [one[3].split()[1] for one in inputs()] == ["must", "should"]


def test_words_by_which_somebody_could_be_found_are_shown(client, asked, draft, member):
    seen = sent(client, asked, member, hands.edited(draft, hands.remark("contact", "Ask ann.a@example.org.")))

    assert "<mark>ann.a@example.org</mark>" in seen.text


def test_who_is_not_asked_sends_nothing_back_and_who_may_not_read_finds_nothing(client, asked, member, outsider):
    Consultation.objects.update(asks="named")
    url = reverse("drafting:returned_new", args=["ours", asked.text_id, asked.pk])
    client.force_login(member)
    assert client.get(url).status_code == 403

    Text.objects.filter(pk=asked.text_id).update(label="TLP:GREEN")
    client.force_login(outsider)
    assert client.get(url).status_code == 404


def test_nobody_else_sees_what_waits(client, asked, draft, member, coordinator):
    sent(client, asked, member, hands.edited(draft, hands.tracked("may", "must")))
    client.force_login(coordinator)

    assert client.get(Returned.objects.get().get_absolute_url()).status_code == 404


def test_a_file_can_be_forgotten_and_is_forgotten_after_two_weeks(client, asked, draft, member):
    sent(client, asked, member, hands.edited(draft, hands.tracked("may", "must")))
    remove_overdue_rows(timezone.now() + timedelta(days=13))
    assert Returned.objects.count() == 1

    args = ["ours", asked.text_id, asked.pk, Returned.objects.get().token]
    client.post(reverse("drafting:returned_drop", args=args))
    assert Returned.objects.count() == 0

    sent(client, asked, member, hands.edited(draft, hands.tracked("may", "must")))
    remove_overdue_rows(timezone.now() + timedelta(days=15))
    assert Returned.objects.count() == 0


def test_whoever_reads_the_text_has_the_draft_and_the_comparison(client, text, asked, rapporteur, member):
    third = Clause.objects.get(text=text, number=3)
    old = Placement.objects.now(text).get(clause=third)
    actions.write_clause(actor=rapporteur, clause=third, body="A deputy.", from_digest=old.wording.digest)
    actions.name_revision(actor=rapporteur, text=text, name="Draft 2")

    word = client.get(reverse("drafting:consultation_word", args=["ours", text.pk, asked.pk]))
    compared = client.get(reverse("drafting:compare_word", args=["ours", text.pk, 1, 2]))

    assert word["Content-Disposition"] == 'attachment; filename="A text, revision 1.docx"'
    assert compared["Content-Disposition"] == 'attachment; filename="A text, revision 1 to 2.docx"'
    Text.objects.filter(pk=text.pk).update(state=State.HELD)
    client.force_login(member)
    for name, args in (("consultation_word", [asked.pk]), ("compare_word", [1, 2])):
        assert client.get(reverse(f"drafting:{name}", args=["ours", text.pk, *args])).status_code == 404


@pytest.mark.parametrize("changes", [1, 3])
def test_the_preview_costs_the_same_queries_however_much_it_shows(
    client, coalition, member, django_assert_num_queries, changes
):
    bodies = [f"Clause {number} says so." for number in range(4)]
    asked = ConsultationFactory(text=TextFactory(coalition=coalition, published=True, saying=bodies))
    deeds = [hands.tracked(f"Clause {number}", f"Part {number}") for number in range(changes)]
    sent(client, asked, member, hands.edited(build_consultation_docx(asked), *deeds))

    url = Returned.objects.get().get_absolute_url()
    with django_assert_num_queries(9):
        seen = client.get(url)

    assert seen.text.count("<ins data-mark='[added]'>") == changes


@pytest.mark.parametrize("waiting", [1, 3])
def test_the_page_to_send_it_back_costs_the_same_queries_however_much_waits(
    client, coalition, member, django_assert_num_queries, waiting
):
    asked = ConsultationFactory(text=TextFactory(coalition=coalition, published=True, saying=["One clause of it."]))
    for number in range(waiting):
        sent(
            client, asked, member, hands.edited(build_consultation_docx(asked), hands.tracked("One", f"The {number}."))
        )
    url = reverse("drafting:returned_new", args=["ours", asked.text_id, asked.pk])

    with django_assert_num_queries(9):
        seen = client.get(url)

    assert seen.text.count("not added yet: check the inputs") == waiting


def test_a_purged_text_forgets_what_waits(asked, draft, member):
    data = hands.edited(draft, hands.tracked("may", "must"))
    brought = actions.read_returned_file(consultation=asked, name="draft.docx", data=data, names=False)
    actions.save_returned_file(actor=member, consultation=asked, brought=brought)

    asked.text.erase_texts()

    assert Returned.objects.count() == 0


def test_a_person_of_no_organisation_of_theirs_speaks_for_none(client, asked, draft, member):
    other = AffiliationFactory(organisation__coalition=asked.text.coalition).organisation
    answer = sent(client, asked, member, hands.edited(draft, hands.tracked("may", "must")), capacity=str(other.pk))

    assert (answer.status_code, Returned.objects.count()) == (422, 0)


def test_an_observer_may_answer_what_everybody_is_asked(client, asked, draft, outsider):
    Consultation.objects.update(asks="public")
    sent(client, asked, outsider, hands.edited(draft, hands.tracked("may", "must")))
    entered(client, asked)

    assert Input.objects.get().author == outsider
    assert seated(asked.text.coalition, "Another") != outsider

"""Giving inputs: at a clause and its words, for an organisation or oneself; taken back, hidden, and written down."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting import actions
from jukwaa.drafting.actions import ConsultationClosedError, InputContent
from jukwaa.drafting.input_display import get_margin_inputs
from jukwaa.drafting.models import Clause, Consultation, Disposition, Input, Placement
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Held
from tests.drafting.conftest import OPEN_TEXT_CLAUSES
from tests.factories import OrganisationFactory, PersonFactory, TextFactory

InputKind = Input.Kind


def build_input_url(consultation, query_string="", route_name="input_new"):
    return reverse(f"drafting:{route_name}", args=["ours", consultation.pk]) + query_string


def post_input(client, consultation, query_string="", route_name="input_new", **told):
    said = {"kind": "comment", "language": "en", "token": uuid.uuid4(), "capacity": "own", **told}
    return client.post(build_input_url(consultation, query_string, route_name), said)


def get_numbered_clause(text, clause_number):
    return Clause.objects.get(text=text, number=clause_number)


def close_consultation_now(consultation):
    Consultation.objects.filter(pk=consultation.pk).update(closes_at=timezone.now())


def test_input_on_withdrawn_text_is_refused(client, open_text, consultation, rapporteur):
    withdraw_record(actor=rapporteur, record=open_text, reason="It was not ours.")
    client.force_login(rapporteur)
    given = post_input(client, consultation, body="Why so slow?")
    logged = post_input(client, consultation, route_name="input_log", body="Why?", came="room", who="A teacher")

    assert (given.status_code, logged.status_code, Input.objects.count()) == (422, 403, 0)
    assert all("withdrawn from the record" in answer.text for answer in (given, logged))
    with pytest.raises(PermissionDenied):
        actions.open_text_to_readers(actor=rapporteur, text=open_text)


def test_comment_stores_quotation_with_context(client, consultation, delegate):
    client.force_login(delegate)
    answer = post_input(
        client, consultation, "?clause=2", exact="three  working\ndays", body="Too long.", language="fr"
    )

    given = Input.objects.get()
    assert answer.headers["Location"] == f"/ours/texts/{consultation.text_id}/#c2"
    assert (given.kind, given.body, given.language, given.came, given.words) == ("comment", "Too long.", "fr", "web", 2)
    assert (given.exact, given.prefix, given.suffix) == ("three working days", "A provider answers within ", ".")
    assert (given.author, given.capacity.person, given.capacity.organisation) == (delegate, delegate, None)
    assert Activity.objects.get(kind="input").verb == "gave"


def test_input_is_given_for_confirmed_organisation_only(client, coalition, consultation, delegate, organisation):
    other = OrganisationFactory(coalition=coalition)
    client.force_login(delegate)

    assert post_input(client, consultation, body="We.", capacity=str(organisation.pk)).status_code == 302
    assert Input.objects.get().capacity.organisation == organisation
    assert post_input(client, consultation, body="We.", capacity=str(other.pk)).status_code == 422
    with pytest.raises(PermissionDenied):
        actions.give_consultation_input(
            actor=delegate, consultation=consultation, said=InputContent(body="We."), organisation=other
        )


def test_proposed_wording_starts_from_clause_and_shows_changes(client, consultation, member):
    client.force_login(member)
    form = client.get(build_input_url(consultation, "?clause=3")).text
    assert f"\n{OPEN_TEXT_CLAUSES[2]}</textarea>" in form
    assert (
        post_input(client, consultation, "?clause=3", kind="proposal", proposed=OPEN_TEXT_CLAUSES[2]).status_code == 422
    )
    post_input(client, consultation, "?clause=3", kind="proposal", proposed="Each member should publish it.")

    assert Input.objects.get().words == 1
    assert (
        "Each member <del data-mark='[removed]'>may</del><ins data-mark='[added]'>should</ins> publish it."
        in client.get(consultation.text.get_absolute_url()).text
    )


def test_answers_and_general_comments_need_no_clause(client, consultation, member):
    client.force_login(member)
    post_input(client, consultation, "?question=2", body="By mail.")
    post_input(client, consultation, kind="question", body="For whom?")

    found = Input.objects.values_list("question", "kind", "body", "clause")
    assert list(found) == [(2, "comment", "By mail.", None), (None, "question", "For whom?", None)]
    assert client.get(build_input_url(consultation, "?question=3")).status_code == 404
    assert client.get(build_input_url(consultation, "?clause=9")).status_code == 404


def test_support_takes_one_click_and_counts_once(client, consultation, delegate, organisation):
    client.force_login(delegate)
    for _ in range(2):
        client.post(build_input_url(consultation, route_name="input_support"), {"clause": "2"}, follow=True)

    found = Input.objects.values_list("kind", "clause__number", "capacity__organisation")
    assert list(found) == [("support", 2, organisation.pk)]


def test_input_form_sent_twice_saves_one_input(client, consultation, member):
    client.force_login(member)
    token = uuid.uuid4()

    assert [post_input(client, consultation, body="Yes.", token=token).status_code for _ in range(2)] == [302, 302]
    assert Input.objects.count() == 1


def test_quotation_not_in_clause_is_reported_and_text_kept(client, consultation, member):
    client.force_login(member)
    answer = post_input(client, consultation, "?clause=2", exact="four days", body="Too long.")

    assert (answer.status_code, Input.objects.count()) == (422, 0)
    assert "Copy the words exactly from the clause" in answer.text
    assert "four days</textarea>" in answer.text
    assert "Too long.</textarea>" in answer.text


def test_overlong_input_is_refused_and_kept_on_page(client, consultation, member):
    client.force_login(member)
    answer = post_input(client, consultation, body="x" * 100_000)

    assert (answer.status_code, Input.objects.count()) == (422, 0)
    assert "to 20,000 characters or fewer" in answer.text
    assert "x" * 100_000 in answer.text


def test_input_typed_while_consultation_closes_is_kept_on_page(client, consultation, member):
    client.force_login(member)
    assert client.get(build_input_url(consultation)).status_code == 200
    close_consultation_now(consultation)
    answer = post_input(client, consultation, body="A moment too late.")
    assert (answer.status_code, Input.objects.count()) == (422, 0)
    assert "The consultation has closed, but your text is still here" in answer.text
    assert "A moment too late.</textarea>" in answer.text
    assert "<textarea" not in client.get(build_input_url(consultation)).text
    with pytest.raises(ConsultationClosedError):
        actions.give_consultation_input(actor=member, consultation=consultation, said=InputContent(body="Late."))


def test_visitor_returns_to_input_form_after_sign_in(client, consultation):
    answer = client.get(build_input_url(consultation, "?clause=2"))
    assert (answer.status_code, "next=/ours/texts/consultations/" in answer.headers["Location"]) == (302, True)
    assert "clause%3D2" in answer.headers["Location"]

    client.force_login(PersonFactory())
    assert post_input(client, consultation, "?clause=2", body="From outside.").status_code == 302


def test_input_from_outside_audience_is_refused(client, coalition, open_text, organisation, member, ask_about_text):
    consultation = ask_about_text(open_text, asks="named", organisations=[organisation])
    client.force_login(member)

    assert client.get(build_input_url(consultation)).status_code == 403
    assert post_input(client, consultation).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.give_consultation_input(actor=member, consultation=consultation, said=InputContent(body="I."))


def test_disclosure_in_input_is_quarantined(client, consultation, member, safeguarding_lead):
    client.force_login(member)
    answer = post_input(client, consultation, body="My uncle touched me and I am 12.")

    assert (answer.status_code, Input.objects.count(), Held.objects.count()) == (302, 0, 1)


def test_identifying_words_in_input_need_confirmation(client, consultation, member):
    client.force_login(member)
    answer = post_input(client, consultation, body="Ask child.name@example.com.")

    assert (answer.status_code, "Submit anyway" in answer.text, Input.objects.count()) == (422, True, 0)


def test_margin_shows_five_inputs_per_clause_and_link(client, consultation, member):
    for number in range(7):
        actions.give_consultation_input(
            actor=member,
            consultation=consultation,
            said=InputContent(body=f"Said {number}", clause=get_numbered_clause(consultation.text, 2)),
        )
    text = consultation.text.get_absolute_url()

    said = client.get(text).text
    assert [f"Said {number}" in said for number in range(7)] == [False, False, *[True] * 5]
    assert "View all 7 inputs on clause 2" in said
    assert "Said 0" in client.get(reverse("drafting:clause_inputs", args=["ours", consultation.text_id, 2])).text


def test_text_page_counts_inputs_where_there_are_many(client, consultation, member):
    rows = [get_numbered_clause(consultation.text, number) for number in (1, 2, 3)]
    for row in rows:
        for _ in range(25):
            given = actions.give_consultation_input(
                actor=member, consultation=consultation, said=InputContent(body="Word.", clause=row)
            )
    assert given.clause == rows[-1]

    said = client.get(consultation.text.get_absolute_url()).text
    assert said.count('class="note"') == 15
    assert said.count("View all 25 inputs on clause") == 3


@pytest.mark.parametrize("count", [1, 3])
def test_text_page_with_margins_query_count_is_constant(client, consultation, member, django_assert_num_queries, count):
    for number in range(count):
        said = InputContent(body=f"Said {number}", clause=get_numbered_clause(consultation.text, number + 1))
        actions.give_consultation_input(actor=PersonFactory(), consultation=consultation, said=said)

    client.force_login(member)
    client.get(consultation.text.get_absolute_url())  # what changes seldom is kept
    with django_assert_num_queries(11):
        answer = client.get(consultation.text.get_absolute_url())
    assert answer.text.count('class="note"') == count


def test_withdrawn_input_leaves_visible_note(client, consultation, member, rapporteur):
    given = actions.give_consultation_input(
        actor=member, consultation=consultation, said=InputContent(body="Something rash.")
    )
    url = reverse("drafting:input_take_back", args=["ours", given.pk])
    client.force_login(rapporteur)
    assert client.post(url).status_code == 403
    client.force_login(member)
    assert "Something rash." in client.get(url).text
    client.post(url)
    given.refresh_from_db()
    assert (given.disposition, given.body) == ("withdrawn", "Something rash.")
    assert Disposition.objects.values_list("answer", "by").get() == ("withdrawn", member.pk)
    client.logout()
    others = client.get(build_input_url(consultation, route_name="input_list")).text
    assert ("Something rash." in others, "The author has withdrawn this input." in others) == (False, True)


def test_answered_input_cannot_be_withdrawn(consultation, member):
    given = actions.give_consultation_input(actor=member, consultation=consultation, said=InputContent(body="A point."))
    Input.objects.update(disposition="accepted")
    with pytest.raises(ActionRefused, match="it already has a response"):
        actions.withdraw_input(actor=member, given_input=given)


def test_hidden_input_shows_reason_for_hiding(client, consultation, member, coordinator):
    given = actions.give_consultation_input(
        actor=member, consultation=consultation, said=InputContent(body="An insult.")
    )
    url = reverse("drafting:input_hide", args=["ours", given.pk])
    client.force_login(member)
    assert client.get(url).status_code == 403
    client.force_login(coordinator)
    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "It attacks a person."})
    client.logout()

    said = client.get(build_input_url(consultation, route_name="input_list")).text
    assert ("An insult." in said, "This input has been hidden. Reason: It attacks a person." in said) == (False, True)


def test_oral_input_is_logged_with_speaker_and_date(client, consultation, rapporteur, organisation):
    client.force_login(rapporteur)
    told = {"came": "room", "said_on": "2026-01-31", "kind": "comment", "language": "sw", "body": "Ni fupi mno."}
    log = build_input_url(consultation, "?clause=2", route_name="input_log")
    assert client.post(log, {**told, "spoke_for": organisation.name, "who": "a teacher"}).status_code == 422
    assert client.post(log, told).status_code == 422
    assert client.post(log, {**told, "spoke_for": organisation.name}).status_code == 302
    assert client.post(log, {**told, "who": "A teacher from Mombasa"}).status_code == 302

    found = Input.objects.values_list("capacity__name", "capacity__organisation", "author", "logged_by", "came")
    assert list(found) == [
        (organisation.name, organisation.pk, None, rapporteur.pk, "room"),
        ("A teacher from Mombasa", None, None, rapporteur.pk, "room"),
    ]
    assert {given.at.date().isoformat() for given in Input.objects.all()} == {"2026-01-31"}
    client.logout()
    assert "A teacher from Mombasa" in client.get(build_input_url(consultation, route_name="input_list")).text


def test_oral_input_is_logged_after_close_by_drafters_only(client, consultation, rapporteur, member):
    close_consultation_now(consultation)
    log = build_input_url(consultation, route_name="input_log")
    told = {"came": "mail", "kind": "support", "language": "en", "body": "It is fine.", "who": "A parent"}
    client.force_login(member)
    assert client.post(log, told).status_code == 403
    client.force_login(rapporteur)
    assert ("Support saved." in client.post(log, told, follow=True).text, Input.objects.get().came) == (True, "mail")


def test_input_list_filters_by_kind_clause_and_status(client, consultation, member):
    second = get_numbered_clause(consultation.text, 2)
    for said in (
        InputContent(body="A comment."),
        InputContent(kind=InputKind.QUESTION, body="A question?"),
        InputContent(body="At two.", clause=second),
    ):
        actions.give_consultation_input(actor=member, consultation=consultation, said=said)
    Input.objects.filter(body="A comment.").update(disposition="noted")

    def get_listed_inputs(query_string):
        text = client.get(build_input_url(consultation, query_string, route_name="input_list")).text
        return [words for words in ("A comment.", "A question?", "At two.") if words in text]

    assert get_listed_inputs("") == ["A comment.", "A question?", "At two."]
    assert get_listed_inputs("?kind=question") == ["A question?"]
    assert get_listed_inputs("?answered=yes") == ["A comment."]
    assert get_listed_inputs("?answered=no") == ["A question?", "At two."]
    assert get_listed_inputs("?clause=2") == ["At two."]


def test_own_inputs_are_listed_on_a_page(client, consultation, member, rapporteur):
    for person, body in ((member, "Mine."), (rapporteur, "Another's.")):
        actions.give_consultation_input(actor=person, consultation=consultation, said=InputContent(body=body))
    client.force_login(member)
    said = client.get(reverse("drafting:own_inputs", args=["ours"])).text

    assert ("Mine." in said, "Another" in said, "Withdraw input" in said) == (True, False, True)


def test_inputs_are_hidden_if_text_is_not_readable(client, coalition, rapporteur, member, outsider, ask_about_text):
    text = TextFactory(coalition=coalition, label="TLP:GREEN", published=True, author=rapporteur, saying=["A clause."])
    given = actions.give_consultation_input(
        actor=member,
        consultation=ask_about_text(text, asks="members"),
        said=InputContent(body="Inside.", clause=get_numbered_clause(text, 1)),
    )
    pages = [
        reverse("drafting:input_detail", args=["ours", given.pk]),
        reverse("drafting:clause_inputs", args=["ours", text.pk, 1]),
    ]
    for person, status in ((None, 404), (outsider, 404), (member, 200)):
        if person:
            client.force_login(person)
        assert [client.get(url).status_code for url in pages] == [status, status]


def test_input_before_opening_is_refused(open_text, rapporteur, member):
    begins = timezone.now() + timedelta(days=2)
    question = actions.ConsultationContent(asks="members", opens_at=begins, closes_at=begins + timedelta(days=20))
    consultation = actions.open_consultation(
        actor=rapporteur, revision=open_text.get_latest_revision(), consultation_content=question
    )
    with pytest.raises(ConsultationClosedError, match="when the consultation opens"):
        actions.give_consultation_input(actor=member, consultation=consultation, said=InputContent(body="Early."))


def test_input_resent_after_going_back_is_saved_once(client, consultation, member):
    client.force_login(member)
    address = f"{reverse('drafting:input_new', args=['ours', consultation.pk])}?clause=1"
    said = {"kind": "comment", "body": "Too short.", "language": "en"}

    for words in (said, said, {**said, "body": "Too long."}):
        capacity = client.get(address).context["form"].initial["capacity"]
        assert client.post(address, {**words, "capacity": capacity}).status_code == 302
    assert [given.body for given in Input.objects.order_by("pk")] == ["Too short.", "Too long."]


def test_inputs_page_of_draft_clause_is_closed_to_readers(client, open_text, member, rapporteur):
    actions.add_clause(actor=rapporteur, text=open_text, clause_draft=actions.ClauseDraft("Half a thought."))
    new = reverse("drafting:clause_inputs", args=["ours", open_text.pk, 4])
    answers = []
    for person in (None, member, rapporteur):
        client.logout() if person is None else client.force_login(person)
        answers.append(client.get(new).status_code)

    assert answers == [404, 404, 200]


def test_cached_clause_margin_expires_with_consultation(consultation, open_text):
    placements = list(Placement.objects.at(open_text, open_text.get_latest_revision().step))

    def is_clause_asked_about():
        current = Consultation.objects.select_related("text__coalition", "revision").get(pk=consultation.pk)
        return get_margin_inputs(current, placements)[placements[0].clause_id].is_asked

    assert is_clause_asked_about()
    close_consultation_now(consultation)
    assert not is_clause_asked_about()


def test_outside_reader_gives_no_input_to_members_consultation(open_text, ask_about_text, outsider):
    consultation = ask_about_text(open_text, asks="members")

    with pytest.raises(PermissionDenied):
        actions.give_consultation_input(
            actor=outsider, consultation=consultation, said=InputContent(body="From outside.")
        )
    assert not Input.objects.exists()

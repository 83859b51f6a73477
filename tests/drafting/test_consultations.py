"""Asking: only of those who can read the text, once at a time, from a day to a day; the page says it in a glance."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_max_age

from jukwaa.coalitions.models import Activity
from jukwaa.core.dates import format_long_date
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting import actions
from jukwaa.drafting.models import Call, Consultation, Input, Placement, Rest
from jukwaa.records.models import Audience
from tests.factories import (
    AffiliationFactory,
    ConsultationFactory,
    DocumentFactory,
    InputFactory,
    MembershipFactory,
    OrganisationFactory,
    TextFactory,
)

CONSULTATION_PAGES = ("consultation_detail", "input_list", "voices")


def get_text_page(client, route_name, *args):
    return client.get(reverse(f"drafting:{route_name}", args=["ours", *args]))


def post_consultation_form(client, text, **changes):
    told = {
        "revision": getattr(text.get_latest_revision(), "pk", ""),
        "asks": "public",
        "until": (timezone.localdate() + timedelta(days=30)).isoformat(),
        "introduction": "What do you think?",
        "questions": "Where?\n\nHow?",
        "languages": ["fr"],
        **changes,
    }
    return client.post(reverse("drafting:consultation_new", args=["ours", text.pk]), told)


def test_consultation_page_shows_question_audience_and_deadline(client, open_text, rapporteur):
    client.force_login(rapporteur)
    assert post_consultation_form(client, open_text).status_code == 302
    client.logout()

    consultation = Consultation.objects.get()
    said = get_text_page(client, "consultation_detail", consultation.pk).text
    assert (consultation.questions, consultation.languages) == (["Where?", "How?"], ["fr"])
    for words in ("everyone, including non-members", "What do you think?", "Where?", "French", "days left", ">30<"):
        assert words in said
    assert [activity.verb for activity in Activity.objects.filter(kind="consultation")] == ["opened"]


def test_consultation_form_sent_twice_opens_one(client, open_text, rapporteur):
    client.force_login(rapporteur)
    token = "5b1c1a60-6a2f-4b0e-8a52-0a4c5c7b0001"

    assert [post_consultation_form(client, open_text, token=token).status_code for _ in range(2)] == [302, 302]
    assert Consultation.objects.count() == 1


@pytest.mark.parametrize(
    ("tlp_label", "audience", "is_asked"),
    [
        ("TLP:CLEAR", "public", True),
        ("TLP:GREEN", "public", False),
        ("TLP:GREEN", "members", True),
        ("TLP:AMBER", "members", False),
        ("TLP:AMBER", "public", False),
        ("TLP:RED", "named", False),
    ],
)
def test_consultation_audience_must_be_able_to_read_text(
    coalition, rapporteur, organisation, ask_about_text, tlp_label, audience, is_asked
):
    text = TextFactory(coalition=coalition, label=tlp_label, published=True, author=rapporteur, saying=["A clause."])
    if not is_asked:
        with pytest.raises(ActionRefused, match=r"cannot read it|to read the text first"):
            ask_about_text(text, asks=audience, organisations=[organisation])
    else:
        assert ask_about_text(text, asks=audience).asks == audience


def test_named_organisations_must_be_able_to_read_text(coalition, rapporteur, organisation, ask_about_text):
    text = TextFactory(coalition=coalition, label="TLP:AMBER", published=True, author=rapporteur, saying=["A clause."])
    other = MembershipFactory(coalition=coalition, organisation__name="The input that you entered").organisation
    Audience.objects.create(record=text, organisation=organisation)

    with pytest.raises(ActionRefused, match="The input that you entered"):
        ask_about_text(text, asks="named", organisations=[organisation, other])
    with pytest.raises(ActionRefused, match="at least one"):
        ask_about_text(text, asks="named")
    assert list(ask_about_text(text, asks="named", organisations=[organisation]).asked.all()) == [organisation]


def test_unknown_organisation_is_reported_and_input_kept(client, open_text, rapporteur):
    client.force_login(rapporteur)
    answer = post_consultation_form(client, open_text, asks="named", organisations="Nobody of this name")

    assert answer.status_code == 422
    assert answer.text.count("Nobody of this name") == 3  # on top, at the field, and in it


def test_text_has_one_open_consultation(open_text, consultation, ask_about_text):
    with pytest.raises(ActionRefused, match="Close the other consultation"):
        ask_about_text(open_text)


def test_consultation_is_opened_by_drafters_for_owner(
    client, coalition, rapporteur, organisation, delegate, member, ask_about_text
):
    text = TextFactory(coalition=coalition, owner=organisation, published=True, author=rapporteur, saying=["A clause."])
    with pytest.raises(PermissionDenied):
        ask_about_text(text, by=member)
    consultation = ask_about_text(text, by=delegate)

    assert (
        f"<bdi>{organisation.name}</bdi> invites inputs from everyone"
        in get_text_page(client, "consultation_detail", consultation.pk).text
    )
    client.force_login(member)
    for name, number in (("consultation_new", text.pk), ("consultation_edit", consultation.pk)):
        assert get_text_page(client, name, number).status_code == 403


def edit_consultation_dates(consultation, actor, **changes):
    told = {"introduction": "New words.", "questions": consultation.questions, "languages": []}
    told["closes_at"] = consultation.closes_at
    return actions.change_consultation(actor=actor, consultation=consultation, **{**told, **changes})


def test_consultation_can_change_except_answered_questions(consultation, rapporteur, member):
    actions.give_consultation_input(
        actor=member, consultation=consultation, said=actions.InputContent(body="In schools.", question=1)
    )
    later = consultation.closes_at + timedelta(days=7)

    assert (
        edit_consultation_dates(consultation, rapporteur, closes_at=later, questions=["Where?", "When?"]).closes_at
        == later
    )
    for wrong in ({"questions": ["Why?"]}, {"questions": []}, {"closes_at": consultation.closes_at}):
        with pytest.raises(ActionRefused):
            edit_consultation_dates(consultation, rapporteur, **wrong)


def test_consultation_closes_early_after_confirmation(client, consultation, rapporteur):
    client.force_login(rapporteur)
    url = reverse("drafting:consultation_close", args=["ours", consultation.pk])

    assert (
        "After the consultation closes, people can no longer send inputs. Only drafters will be able to add inputs"
        in client.get(url).text
    )
    assert Consultation.objects.get().is_open
    page = client.post(url, follow=True).text
    assert "Consultation closed. All inputs have a response. Next, open a consensus call or publish the text." in page
    assert Consultation.objects.get().is_over
    assert "invited inputs from everyone" in get_text_page(client, "consultation_detail", consultation.pk).text


def test_consultation_paper_is_pdf_with_clause_numbers(client, consultation):
    answer = get_text_page(client, "consultation_paper", consultation.pk)

    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("route_name", CONSULTATION_PAGES)
def test_consultation_of_unreadable_text_is_not_found(
    client, coalition, rapporteur, member, outsider, ask_about_text, route_name
):
    text = TextFactory(coalition=coalition, label="TLP:GREEN", published=True, author=rapporteur, saying=["A clause."])
    consultation = ask_about_text(text, asks="members")

    for person, status in ((None, 404), (outsider, 404), (member, 200)):
        if person:
            client.force_login(person)
        assert get_text_page(client, route_name, consultation.pk).status_code == status


def test_respondents_page_counts_organisations_and_groups_people(
    client, coalition, consultation, organisation, delegate, member
):
    organisation.regional_group = "african"
    organisation.save()
    give = actions.give_consultation_input
    give(
        actor=delegate,
        consultation=consultation,
        said=actions.InputContent(body="One two three."),
        organisation=organisation,
    )
    give(actor=member, consultation=consultation, said=actions.InputContent(body="Four."))

    said = get_text_page(client, "voices", consultation.pk).text
    assert "1 organisation has responded. Inputs from organisations: 1, with 3 words in total." in said
    assert "Individuals who have responded: fewer than 5." in said
    assert '<td class="num">1</td><td class="num">1</td><td class="num">3</td>' in said


def test_nonrespondents_are_named_to_drafters_only(client, coalition, consultation, rapporteur, member):
    MembershipFactory(coalition=coalition, organisation__name="A silent one")

    for person, sees in ((None, False), (member, False), (rapporteur, True)):
        if person:
            client.force_login(person)
        assert ("A silent one" in get_text_page(client, "voices", consultation.pk).text) is sees
        if person is member:
            assert get_text_page(client, "consultation_nudge", consultation.pk).status_code == 403


def test_nonrespondents_are_reminded_weekly_at_most(coalition, consultation, rapporteur, delegate, organisation):
    assert actions.send_consultation_reminder(actor=rapporteur, consultation=consultation).nudged_at
    with pytest.raises(ActionRefused, match="Wait a week"):
        actions.send_consultation_reminder(actor=rapporteur, consultation=consultation)
    actions.give_consultation_input(
        actor=delegate, consultation=consultation, said=actions.InputContent(body="Yes."), organisation=organisation
    )
    Consultation.objects.update(nudged_at=None)
    with pytest.raises(ActionRefused, match="All invited organisations"):
        actions.send_consultation_reminder(actor=rapporteur, consultation=consultation)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("route_name", "query_count"), [("consultation_detail", 3), ("input_list", 4), ("voices", 8)])
def test_consultation_pages_query_count_is_constant(
    client, coalition, consultation, django_assert_num_queries, count, route_name, query_count
):
    for number in range(count):
        person = AffiliationFactory(organisation=OrganisationFactory(coalition=coalition)).person
        said = actions.InputContent(body=f"Said {number}", question=1)
        actions.give_consultation_input(actor=person, consultation=consultation, said=said)

    with django_assert_num_queries(query_count):
        answer = get_text_page(client, route_name, consultation.pk)
    assert (answer.status_code, Input.objects.count()) == (200, count)


def test_consultation_tab_lists_consultations_or_says_none(client, open_text, ask_about_text):
    assert "No consultations on this text yet." in get_text_page(client, "consultation_list", open_text.pk).text
    ask_about_text(open_text)
    assert "consultation open" in get_text_page(client, "consultation_list", open_text.pk).text


def test_consultation_warnings_before_close_are_sentences(client, consultation, rapporteur):
    client.force_login(rapporteur)

    asked = get_text_page(client, "consultation_close", consultation.pk).text
    assert ("Close the consultation now" in asked, "None" in asked) == (True, False)


def test_input_after_close_is_kept_without_submit_button(client, consultation, delegate, rapporteur):
    client.force_login(delegate)
    address = reverse("drafting:input_new", args=["ours", consultation.pk])
    told = {"kind": "comment", "body": "Typed while it closed.", "language": "en", "capacity": "own"}
    offered = client.get(address)
    actions.close_consultation(actor=rapporteur, consultation=consultation)
    answer = client.post(address, {**told, "capacity": offered.context["form"].initial["capacity"]})

    assert (answer.status_code, "Typed while it closed." in answer.text) == (422, True)
    assert ["Send input" in each.text for each in (offered, answer)] == [True, False]
    assert "How to respond" not in get_text_page(client, "consultation_detail", consultation.pk).text


def test_extension_cannot_overlap_next_consultation(ask_about_text, open_text, rapporteur):
    first, now = ask_about_text(open_text, days=10), timezone.now()
    ask_about_text(open_text, days=40, opens_at=now + timedelta(days=20))

    def change_closing_day(days):
        actions.change_consultation(
            actor=rapporteur,
            consultation=first,
            introduction="Well?",
            questions=["Where?", "How?"],
            languages=[],
            closes_at=now + timedelta(days=days),
        )

    next_day = format_long_date((now + timedelta(days=20)).date())
    with pytest.raises(ActionRefused, match=f"The next consultation on this text starts on {next_day}"):
        change_closing_day(21)
    change_closing_day(19)
    first.refresh_from_db()
    assert first.closes_at == now + timedelta(days=19)


def test_cached_page_expires_with_consultation_or_call(client, consultation, open_text, coordinator):
    call = actions.call_for_consensus(
        actor=coordinator, text=open_text, closes_at=timezone.now() + timedelta(days=20), although="It is short."
    )
    pages = [
        *(reverse(f"drafting:{name}", args=["ours", open_text.pk]) for name in ("text_detail", "consultation_list")),
        reverse("drafting:consultation_detail", args=["ours", consultation.pk]),
        reverse("drafting:agreement", args=["ours", open_text.pk]),
        reverse("drafting:call_detail", args=["ours", open_text.pk, call.pk]),
    ]

    def get_cache_age():
        caches["pages"].clear()
        return [get_max_age(client.get(address)) or 0 for address in pages]

    for model in (Consultation, Call):
        model.objects.update(closes_at=timezone.now() + timedelta(seconds=90))
    assert [80 < seconds <= 90 for seconds in get_cache_age()] == [True] * 5
    for model in (Consultation, Call):
        model.objects.update(opens_at=timezone.now() - timedelta(days=2), closes_at=timezone.now())
    assert get_cache_age() == [0] * 5


@pytest.mark.parametrize("row_count", [1, 3])
def test_own_inputs_page_query_count_is_constant(client, coalition, member, row_count, django_assert_num_queries):
    for number in range(row_count):
        asked = ConsultationFactory(text__coalition=coalition)
        placement = Placement.objects.now(asked.text).first()
        about = {"clause": placement.clause, "wording": placement.wording, "proposed": f"In place of it {number}"}
        InputFactory(consultation=asked, author=member, kind="proposal", **about)
        closed = DocumentFactory(coalition=coalition)  # a draft
        Rest.objects.create(revision=asked.revision, clause=placement.clause, record=closed, quoted=True)
    client.force_login(member)

    with django_assert_num_queries(5):
        page = client.get(reverse("drafting:own_inputs", args=["ours"])).text

    assert "In place of it" not in page
    assert (
        page.count("This clause is hidden because it quotes a record that readers of this text can no longer see.")
        >= row_count
    )


def test_groups_without_input_have_no_response_yet(client, consultation):
    page = get_text_page(client, "voices", consultation.pk).text

    assert ("no response yet" in page, "no members yet" in page) == (True, False)

"""Pages of the desk: what they show, what they cost, and whom they let in."""

import gzip
from collections import Counter

import pytest
from django.urls import reverse

from jukwaa.intake import actions
from jukwaa.intake.models import Reading
from tests.factories import MembershipFactory
from tests.intake.readings import create_reading

HTMX_HEADERS = {"HX-Request": "true"}


def build_desk_url(reading: Reading) -> str:
    return reverse("intake:reading_detail", args=[reading.coalition.slug, reading.pk])


def build_reading_url(route_name: str, reading: Reading, *args) -> str:
    return reverse(f"intake:{route_name}", args=[reading.coalition.slug, reading.pk, *args])


@pytest.fixture
def rapporteur_client(client, rapporteur):
    client.force_login(rapporteur)
    return client


@pytest.fixture
def reading(coalition, rapporteur):
    return create_reading(coalition, rapporteur)


def test_desk_page_starts_at_first_undecided_sentence(rapporteur_client, reading):
    response = rapporteur_client.get(build_desk_url(reading))

    assert response.text.count('<li id="s') == 7
    assert response.context["desk"].at == 2
    assert "%" not in response.text.split("<main", 1)[1].split("</main", 1)[0]


@pytest.mark.parametrize("row_count", [1, 3])
def test_desk_query_count_is_constant(rapporteur_client, coalition, rapporteur, django_assert_num_queries, row_count):
    text = "".join(f"Helpline {n} offered to train the members.\n\n" for n in ("One", "Two", "Three")[:row_count])
    reading = create_reading(coalition, rapporteur, text)

    with django_assert_num_queries(10):
        response = rapporteur_client.get(build_desk_url(reading))

    assert response.text.count('data-kind="offer"') == row_count


@pytest.mark.parametrize("row_count", [1, 3])
def test_reading_list_query_count_is_constant(
    rapporteur_client, coalition, rapporteur, django_assert_num_queries, row_count
):
    for n in range(row_count):
        create_reading(coalition, rapporteur, f"Report {n}\n\nThe members agreed to meet again.")

    with django_assert_num_queries(5):
        response = rapporteur_client.get(reverse("intake:reading_list", args=[coalition.slug]))

    assert response.text.count("<h3>") == row_count


def test_hundred_sentences_take_at_most_50_kilobytes(rapporteur_client, coalition, rapporteur):
    lines = "".join(
        f"Helpline number {n} of the region offered to train member {n * 7} in the work on topic {n * 13}.\n\n"
        for n in range(250)
    )
    reading = create_reading(coalition, rapporteur, lines)

    response = rapporteur_client.get(build_desk_url(reading))

    assert response.text.count('<li id="s') == 100
    assert (
        len(gzip.compress(response.content)) < 15_000
    )  # with the sheet (8 kB), htmx (17 kB) and its own script (2 kB)
    assert (response.context["desk"].page, response.context["desk"].pages) == (1, 3)


def test_decision_redirects_to_next_sentence_and_htmx_gets_changes_only(rapporteur_client, reading):
    first = reading.suggestions.order_by("sentence__number", "pk")[0]
    second = reading.suggestions.order_by("sentence__number", "pk")[1]

    plain = rapporteur_client.post(build_reading_url("suggestion_accept", reading, first.pk), {"version": 1})
    fragment = rapporteur_client.post(
        build_reading_url("suggestion_accept", reading, second.pk), {"version": 1, "was": 2}, headers=HTMX_HEADERS
    )

    assert plain.url == f"{build_desk_url(reading)}?at=2&was=2#s2"
    assert fragment.text.count('hx-swap-oob="true"') == 3  # the row that was decided, the next, and the bar
    assert ['id="s2"' in fragment.text, 'id="s3"' in fragment.text, "<html" in fragment.text] == [True, True, False]


def test_stale_decision_form_shows_decision_of_other_person(rapporteur_client, reading, coordinator):
    offer = reading.suggestions.get(kind="offer")
    actions.refuse_suggestion(actor=coordinator, suggestion=offer, from_version=1)

    response = rapporteur_client.post(
        build_reading_url("suggestion_accept", reading, offer.pk), {"version": 1}, follow=True
    )

    assert (
        "The coordinator has already rejected this suggestion. Your decision was not saved."
        " Review the suggestion again if you disagree." in response.text
    )
    offer.refresh_from_db()
    assert offer.decision == "refused"


def test_each_button_has_url(rapporteur_client, reading):
    offer = reading.suggestions.get(kind="offer")
    steps = [
        ("suggestion_kind", [offer.pk, "report"], ("report", "edited")),
        ("suggestion_again", [offer.pk], ("report", "waiting")),
        ("suggestion_refuse", [offer.pk], ("report", "refused")),
        ("suggestion_again", [offer.pk], ("report", "waiting")),
        ("suggestion_accept", [offer.pk], ("report", "accepted")),
    ]
    for version, (name, args, expected) in enumerate(steps, start=1):
        assert rapporteur_client.post(build_reading_url(name, reading, *args), {"version": version}).status_code == 302
        assert rapporteur_client.get(build_reading_url(name, reading, *args)).status_code == 405
        offer.refresh_from_db()
        assert (offer.kind, offer.decision) == expected


@pytest.mark.parametrize(
    ("typed_deadline", "error"),
    [
        ("12/01/2027", "“12/01/2027” could mean 2027-01-12 or 2027-12-01. Enter one of these dates."),
        ("31/10/25", "Enter the date in the format year-month-day"),
        ("1 December", "Enter the date in the format year-month-day"),
    ],
)
def test_deadline_that_could_be_two_days_is_refused(rapporteur_client, reading, typed_deadline, error):
    data = {"kind": "commitment", "text": "To train.", "due_on": typed_deadline, "version": 1}

    wrong = rapporteur_client.post(
        build_reading_url("suggestion_edit", reading, reading.suggestions.get(kind="offer").pk), data
    )

    assert wrong.status_code == 422
    assert error in wrong.text
    assert not reading.suggestions.filter(kind="commitment", due_on__isnull=False, due_text="").exists()


def test_invalid_edit_keeps_typed_text(rapporteur_client, reading):
    offer = reading.suggestions.get(kind="offer")
    address = build_reading_url("suggestion_edit", reading, offer.pk)
    typed = {"kind": "commitment", "text": "To train.", "actors": "Helpline One\nHelpline Two", "due_on": "soon"}

    wrong = rapporteur_client.post(address, {**typed, "version": 1})
    right = rapporteur_client.post(address, {**typed, "due_on": "2027-03-15", "version": 1})

    assert (
        wrong.status_code,
        "Helpline Two" in wrong.text,
        "Enter the date in the format year-month-day" in wrong.text,
    ) == (
        422,
        True,
        True,
    )
    assert right.status_code == 302
    offer.refresh_from_db()
    assert (offer.kind, offer.actors, str(offer.due_on)) == (
        "commitment",
        ["Helpline One", "Helpline Two"],
        "2027-03-15",
    )


def test_suggestion_is_added_without_javascript(rapporteur_client, reading):
    address = build_reading_url("suggestion_new", reading)
    page = rapporteur_client.get(address, {"sentence": 1})
    start, end = page.context["start"], page.context["end"]

    rapporteur_client.post(address, {"start": start, "end": end, "kind": "topic", "text": "Nairobi", "actors": ""})

    added = reading.suggestions.get(by_machine=False)
    assert (added.kind, added.text, added.sentence.number) == ("topic", "Nairobi", 1)
    assert [
        rapporteur_client.get(address, wrong).status_code for wrong in ({}, {"sentence": 99}, {"start": 9, "end": 2})
    ] == [404] * 3


def test_suggestions_are_merged_without_javascript(rapporteur_client, reading):
    decision, commitment = (reading.suggestions.filter(kind=kind)[0] for kind in ("decision", "commitment"))
    address = build_reading_url("suggestion_merge", reading, commitment.pk)

    assert rapporteur_client.get(address).status_code == 200
    assert rapporteur_client.post(address, {"version": 1}).status_code == 422
    assert rapporteur_client.post(address, {"version": 1, "into": decision.pk}).status_code == 302

    commitment.refresh_from_db()
    assert commitment.merged_into == decision


def test_name_is_matched_in_three_ways(rapporteur_client, reading, coalition):
    known = MembershipFactory(coalition=coalition, organisation__name="The First Helpline").organisation
    name = reading.actors.get(written="Helpline One")
    address = build_reading_url("actor_detail", reading, name.pk)
    said = [
        ({"means": "matched", "organisation": "nobody"}, 422, ("as-written", None)),
        ({"means": "matched", "organisation": "the first helpline"}, 302, ("matched", known)),
        ({"means": "new", "new_name": ""}, 422, ("matched", known)),
        ({"means": "new", "new_name": "Helpline 1"}, 302, ("new", None)),
        ({"means": "as-written"}, 302, ("as-written", None)),
    ]
    assert rapporteur_client.get(address).status_code == 200
    for data, status, expected in said:
        assert rapporteur_client.post(address, data).status_code == status
        name.refresh_from_db()
        assert (name.means, name.organisation) == expected


def test_suggested_organisation_is_matched_by_one_button(rapporteur_client, reading, coalition):
    likely = MembershipFactory(coalition=coalition, organisation__name="Helpline One of Nairobi").organisation
    name = reading.actors.get(written="Helpline One")
    name.likely = likely
    name.save()

    assert "Match with Helpline One of Nairobi" in rapporteur_client.get(build_desk_url(reading)).text
    response = rapporteur_client.post(build_reading_url("actor_match", reading, name.pk) + "?at=2")

    name.refresh_from_db()
    assert (response.status_code, name.means, name.organisation) == (302, "matched", likely)


def test_scope_can_be_limited_to_attendance_decisions_and_commitments(rapporteur_client, reading):
    rapporteur_client.post(build_reading_url("reading_scope", reading, "binding"))

    response = rapporteur_client.get(build_desk_url(reading))

    shown = [row.number for row in response.context["desk"].rows]
    assert (shown, 'data-kind="offer"' in response.text) == ([2, 3, 4, 6, 7], False)
    assert rapporteur_client.post(build_reading_url("reading_scope", reading, "half")).status_code == 404


def test_reading_parts_are_marked_and_rest_accepted_by_forms(rapporteur_client, reading, coalition):
    part = {"title": "Closed talk", "first": 2, "last": 4, "chatham": "on"}
    assert rapporteur_client.get(build_reading_url("part_new", reading) + "?sentence=2").status_code == 200
    assert rapporteur_client.post(build_reading_url("part_new", reading), part).status_code == 302
    assert rapporteur_client.post(build_reading_url("part_new", reading), {**part, "title": "Other"}).status_code == 422
    assert (
        "Held under the Chatham House Rule: speakers are not named."
        in rapporteur_client.get(build_desk_url(reading)).text
    )
    assert rapporteur_client.post(build_reading_url("part_delete", reading, reading.parts.get().pk)).status_code == 302
    assert rapporteur_client.post(build_reading_url("reading_accept_rest", reading, "offer")).status_code == 302
    assert rapporteur_client.get(build_reading_url("reading_give_up", reading)).status_code == 200
    assert rapporteur_client.post(build_reading_url("reading_give_up", reading)).status_code == 302
    assert "Resume this import" in rapporteur_client.get(build_desk_url(reading)).text
    assert rapporteur_client.post(build_reading_url("reading_take_up", reading)).status_code == 302
    assert Reading.objects.get().state == "open"


def test_last_page_previews_entries_and_button_enters_them(rapporteur_client, reading):
    assert rapporteur_client.post(build_reading_url("reading_enter", reading)).status_code == 422
    for suggestion in reading.suggestions.all():
        actions.accept_suggestion(actor=reading.started_by, suggestion=suggestion, from_version=1)

    page = rapporteur_client.get(build_reading_url("reading_enter", reading))
    first = rapporteur_client.post(build_reading_url("reading_enter", reading))
    second = rapporteur_client.post(build_reading_url("reading_enter", reading), follow=True)

    assert "5 entries" in page.text
    reading.refresh_from_db()
    assert first.url == reading.meeting.get_absolute_url()
    assert "Everything you accepted is already in the record." in second.text
    assert "in the record" in rapporteur_client.get(build_desk_url(reading)).text


def test_reading_pages_are_not_found_without_permission(client, reading, coalition, member, outsider, reading_editor):
    pages = ["reading_detail", "reading_enter", "reading_give_up", "part_new", "suggestion_new"]
    for person in (member, outsider):
        client.force_login(person)
        assert [client.get(build_reading_url(page, reading)).status_code for page in pages] == [404] * len(pages)
        offer = reading.suggestions.get(kind="offer")
        assert client.post(build_reading_url("suggestion_accept", reading, offer.pk), {"version": 1}).status_code == 404
    client.force_login(reading_editor)
    assert client.get(build_desk_url(reading)).status_code == 200


@pytest.fixture
def reading_editor(coalition):
    from tests.conftest import create_seated_person  # noqa: PLC0415 - only here

    return create_seated_person(coalition, "An editor", "editor")


def test_former_record_keeper_can_decide_but_not_enter(client, reading, rapporteur):
    rapporteur.roles.all().delete()
    client.force_login(rapporteur)
    offer = reading.suggestions.get(kind="offer")

    assert client.post(build_reading_url("suggestion_accept", reading, offer.pk), {"version": 1}).status_code == 302
    assert client.post(build_reading_url("reading_enter", reading)).status_code == 403


def test_document_text_is_escaped(rapporteur_client, coalition, rapporteur):
    reading = create_reading(
        coalition, rapporteur, "The <b>members</b> agreed to <script>alert(1)</script> meet again."
    )

    page = rapporteur_client.get(build_desk_url(reading)).text

    assert ("<script>alert" in page, "&lt;script&gt;alert(1)&lt;/script&gt;" in page) == (False, True)


def test_reading_without_cues_says_no_suggestions(rapporteur_client, coalition, rapporteur):
    bare = create_reading(coalition, rapporteur, "Tervehdys kaikille.\n\nKiitos.\n", meeting_title="Kokous")
    assert not bare.suggestions.exists()

    pages = [
        rapporteur_client.get(build_desk_url(bare)).text,
        rapporteur_client.get(reverse("intake:reading_list", args=["ours"])).text,
    ]

    assert ["No suggestions" in text for text in pages] == [True, True]
    assert ["0 suggestions" in text for text in pages] == [False, False]


def test_accept_all_is_offered_only_with_undecided_suggestions(rapporteur_client, reading, rapporteur):
    offered = ["<kbd>A</kbd>" in rapporteur_client.get(build_desk_url(reading)).text]
    for suggestion in reading.suggestions.all():
        actions.accept_suggestion(actor=rapporteur, suggestion=suggestion, from_version=suggestion.version)
    actions.enter_reading(actor=rapporteur, reading=reading)
    page = rapporteur_client.get(build_desk_url(reading)).text

    assert (offered, "<kbd>A</kbd>" in page, "All suggestions reviewed" in page) == ([True], False, True)


def test_each_kind_that_waits_can_be_accepted_at_once(rapporteur_client, reading):
    waiting = dict(Counter(reading.suggestions.values_list("kind", flat=True)))
    assert waiting["decision"] == 1

    page = rapporteur_client.get(reading.get_absolute_url()).text

    for kind, count in waiting.items():
        button = f'{reading.get_absolute_url()}accept/{kind}/">Accept{" all" if count > 1 else ""}: '
        assert (kind, button in page) == (kind, True)


def test_page_before_the_record_links_to_what_was_not_reviewed(rapporteur_client, reading):
    offer = reading.suggestions.get(kind="offer")
    rapporteur_client.post(build_reading_url("suggestion_accept", reading, offer.pk), {"version": 1})
    first = reading.suggestions.waiting().order_by("sentence__number")[0].sentence.number

    page = rapporteur_client.get(build_reading_url("reading_enter", reading)).text

    assert f'<a href="{reading.get_absolute_url()}?at={first}#s{first}">Review these suggestions</a>' in page

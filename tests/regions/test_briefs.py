"""A brief is made of records: words of them as quotes with their record, brackets, and nothing else."""

import re
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting.models import Evidence, Placement, Text
from jukwaa.drafting.text_templates import load_text_templates
from jukwaa.library.actions.readers import RecordReaders
from jukwaa.records.models import Label, Link
from jukwaa.regions import actions
from jukwaa.regions.actions import BriefRequest
from jukwaa.regions.actions.voices import add_observation_voice
from jukwaa.regions.addressees import load_addressees
from jukwaa.regions.brief_clauses import (
    MAX_QUOTE_LENGTH,
    BriefMaterial,
    BriefMaterialKind,
    CoverageFigures,
    clip_quote_to_length,
    plan_brief_clauses,
)
from jukwaa.regions.models import BriefShape
from tests.factories import CollectionFactory, ItemFactory
from tests.regions.briefs import OBSERVATION_TEXT, create_brief_of, create_decision, create_practice, get_brief_url
from tests.regions.observations import create_observation as observed_in
from tests.regions.observations import create_representative, get_first_organisation

BRIEF_PARTS = load_text_templates()["brief"].parts


def list_clause_bodies(text: Text) -> list[str]:
    return [placement.wording.body for placement in Placement.objects.now(text)]


def build_brief_material(record_count: int, **said) -> BriefMaterial:
    told = {"seen": OBSERVATION_TEXT, "spread": "In three countries.", "not_known": "Whether lessons come back."}
    groups = said.pop("groups", ("african",))
    return BriefMaterial(record_count, "Filters", BriefMaterialKind.OBSERVATION, groups=groups, says=told, **said)


# ---- what is planned, without a database


def test_brief_without_records_has_headings_and_placeholders():
    planned = plan_brief_clauses(BRIEF_PARTS, [], language="en")

    assert [each.body for each in planned if each.kind == "heading"] == [
        *("The issue", "Why now", "Evidence by region", "What works"),
        *("Options and conditions", "Existing decisions", "Open questions"),
    ]
    assert all(each.body.startswith("[") for each in planned if each.kind != "heading")
    assert all(each.short and not each.rests_on for each in planned)


def test_brief_groups_observations_by_region_and_lists_unknown_facts():
    two = build_brief_material(2, groups=("grulac",))
    planned = plan_brief_clauses(BRIEF_PARTS, [build_brief_material(1), two], language="en")
    said = [(each.body, each.rests_on) for each in planned]

    assert [
        body for body, _rests in said if body in {"African Group", "Latin American and Caribbean Group (GRULAC)"}
    ] == [
        "African Group",
        "Latin American and Caribbean Group (GRULAC)",
    ]
    assert (f"“{OBSERVATION_TEXT}” (Filters)", (1,)) in said
    assert ("How widespread this is: “In three countries.” (Filters)", (2,)) in said
    assert [rests for body, rests in said if "Whether lessons" in body] == [(1,), (2,)]


def test_clauses_are_quotations_headings_or_placeholders():
    materials = [
        build_brief_material(1),
        BriefMaterial(2, "T", BriefMaterialKind.PRACTICE, says={"worked": "It did.", "conditions": "Money."}),
    ]
    for each in plan_brief_clauses(BRIEF_PARTS, materials, language="en"):
        is_ours = each.kind == "heading" or each.body.startswith("[")
        assert is_ours or (each.rests_on and "“" in each.body), each


def test_record_chosen_twice_is_quoted_once():
    assert plan_brief_clauses(
        BRIEF_PARTS, [build_brief_material(1), build_brief_material(1)], language="en"
    ) == plan_brief_clauses(BRIEF_PARTS, [build_brief_material(1)], language="en")


def test_quotation_in_other_language_asks_for_rewording():
    said = [
        each.body for each in plan_brief_clauses(BRIEF_PARTS, [build_brief_material(1, language="fr")], language="en")
    ]

    assert sum("[Quoted in French. Translate this into the language of the brief.]" in body for body in said) == 2
    assert (
        "How widespread this is: “In three countries.” (Filters)" in said
    )  # chosen from a list: it is in the brief's language


def test_long_quotation_ends_at_sentence_boundary():
    words = "One sentence of some words. " * 60

    assert len(clip_quote_to_length(words)) <= MAX_QUOTE_LENGTH + 5
    assert clip_quote_to_length(words).endswith("words. […]")
    assert clip_quote_to_length("Short.") == "Short."
    assert clip_quote_to_length("x" * 900 + " y").endswith("[…]")


def test_figures_become_table_with_date_and_source():
    figures = CoverageFigures("2 May 2024", "https://example.org/coverage/", [("Members", "12")])
    work = BriefMaterial(
        7, "A hotline", BriefMaterialKind.WORK, rows=[("Reports | answered", "40", "1 May 2024", "A count")]
    )
    tables = [
        each
        for each in plan_brief_clauses(BRIEF_PARTS, [work], language="en", coverage_figures=figures)
        if each.kind == "table"
    ]

    assert [each.body.splitlines()[1] for each in tables] == [
        "Members | 12",
        "Reports / answered | 40 | 1 May 2024 | A count",
    ]
    assert "2 May 2024" in tables[0].body
    assert [each.rests_on for each in tables] == [(), (7,)]


def test_addressees_are_translated_into_four_languages():
    assert list(load_addressees())[:4] == ["parliament", "ministry", "regulator", "justice"]
    assert all(set(each.said) == {"en", "fr", "es", "ar"} for each in load_addressees().values())


# ---- the deed


def test_each_statement_links_to_its_record(coalition, member):
    worked, agreed = create_practice(coalition, member), create_decision(coalition, member)
    text = create_brief_of(coalition, member, [worked, agreed])

    said = "\n".join(list_clause_bodies(text))
    assert "“Asking providers to one table worked.” (Providers at one table)" in said
    assert "Requirements: “A ministry has to invite.”" in said
    assert "“It was agreed to name a contact.” (The meeting in Sharm)" in said
    quoted = Evidence.objects.filter(clause__text=text).values_list("record", "quoted")
    assert sorted(set(quoted)) == [(worked.pk, True), (agreed.pk, True)]
    assert set(text.links_out.values_list("to_record", "relation")) == {
        (worked.pk, Link.Relation.CITES),
        (agreed.pk, Link.Relation.CITES),
    }


def test_responses_are_placed_with_their_observation(coalition):
    author = create_representative(coalition, "KE")
    seen = observed_in(coalition, author, what_worked=OBSERVATION_TEXT, details={"spread": "several-places"})
    for name, says, words in (
        ("A school", "confirms", ""),
        ("A regulator", "differs", "Not in the towns."),
        ("A union", "adds", "Teachers pay for it."),
    ):
        other = create_representative(coalition, "GH", organisation_name=name)
        add_observation_voice(
            actor=other, observation=seen, says=says, words=words, organisation=get_first_organisation(other)
        )
    said = list_clause_bodies(create_brief_of(coalition, author, [seen]))
    start = said.index("African Group")

    assert said[start + 1 : start + 8] == [
        f"Fees for removal: “{OBSERVATION_TEXT}” (They pay twice)",
        "Observed since: “2024” (They pay twice)",
        "How widespread this is: “Several places” (They pay twice)",
        "Level of certainty: “What we see in our own work” (They pay twice)",
        "A regulator sees it differently: “Not in the towns.” (They pay twice)",
        "A union adds to this: “Teachers pay for it.” (They pay twice)",
        "Confirmed by: A school (They pay twice)",
    ]


@pytest.mark.parametrize("tlp_label", [Label.GREEN, Label.AMBER, Label.RED])
def test_clear_brief_leaves_out_restricted_records(client, coalition, member, tlp_label):
    closed = create_practice(
        coalition, member, label=tlp_label, title="Only for some", what_worked="canaryclosed worked."
    )
    client.force_login(member)
    form = {"title": "A brief", "language": "en", "label": "TLP:CLEAR", "record": closed.pk}
    answer = client.post(reverse("regions:brief_new", args=[coalition.slug]), form)

    assert (answer.status_code, "Some readers of this text cannot read them: Only for some." in answer.text) == (
        422,
        True,
    )
    assert not Text.objects.exists()


def test_green_brief_can_quote_records_for_members(coalition, member):
    inside = create_practice(coalition, member, label=Label.GREEN)
    text = create_brief_of(coalition, member, [inside], readers=RecordReaders(label=Label.GREEN))

    assert Evidence.objects.filter(clause__text=text, record=inside.pk).exists()


def test_entry_of_restricted_meeting_hides_meeting_title(coalition, member):
    entry = create_decision(coalition, member)
    entry.meeting.label = Label.GREEN
    entry.meeting.save()
    said = "\n".join(list_clause_bodies(create_brief_of(coalition, member, [entry])))

    assert ("It was agreed to name a contact." in said, "Sharm" in said) == (True, False)


def test_withdrawn_and_foreign_records_are_left_out(client, coalition, other_coalition, member, outsider):
    theirs = create_practice(other_coalition, outsider, title="Theirs alone")
    client.force_login(member)
    page = client.get(f"{reverse('regions:brief_new', args=[coalition.slug])}?record={theirs.pk}&record=x")

    assert "You can no longer read 1 of the chosen records. It has been left out." in page.text
    assert "Theirs alone" not in page.text
    assert Evidence.objects.filter(clause__text=create_brief_of(coalition, member, [theirs])).count() == 0


def test_double_submission_creates_one_brief(client, coalition, member):
    worked = create_practice(coalition, member)
    client.force_login(member)
    form = {"title": "A brief", "language": "en", "label": "TLP:CLEAR", "record": [worked.pk, worked.pk]}
    form |= {"token": uuid4(), "addressed_to": ["parliament"], "measures": ["members"]}
    new = reverse("regions:brief_new", args=[coalition.slug])
    first, second = (client.post(new, form) for _ in range(2))

    text = Text.objects.get()
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert BriefShape.objects.get().addressed_to == ["parliament"]
    assert any(body.startswith("Counted by the coalition on") for body in list_clause_bodies(text))


def test_brief_of_more_than_two_hundred_records_is_refused(client, coalition, member):
    client.force_login(member)
    many = "&".join(f"record={number}" for number in range(1, 202))
    page = client.get(f"{reverse('regions:brief_new', args=[coalition.slug])}?{many}")

    assert (page.status_code, "at most 200 records, and you chose 201" in page.text) == (422, True)
    with pytest.raises(ActionRefused):
        actions.create_brief(
            actor=member, coalition=coalition, brief_request=BriefRequest("T", "en", list(range(1, 202)))
        )


def test_brief_of_two_hundred_records_is_created(coalition, member):
    records = ItemFactory.create_batch(200, coalition=coalition, author=member, published=True)
    text = create_brief_of(coalition, member, records)

    assert Evidence.objects.filter(clause__text=text).order_by().values("record").distinct().count() == 200


def test_non_member_cannot_create_brief(client, coalition, outsider):
    client.force_login(outsider)

    assert client.get(reverse("regions:brief_choose", args=[coalition.slug])).status_code == 403
    assert client.get(reverse("regions:brief_new", args=[coalition.slug])).status_code == 403
    with pytest.raises(PermissionDenied):
        create_brief_of(coalition, outsider)


# ---- choosing


def test_selected_records_remain_selected_across_pages(client, coalition, member):
    older = create_practice(coalition, member, title="The oldest of them")
    for number in range(21):
        create_practice(coalition, member, title=f"Practice {number}")
    client.force_login(member)
    choose = reverse("regions:brief_choose", args=[coalition.slug])
    page = client.get(f"{choose}?record={older.pk}").text

    assert "1 record selected on another page" in page
    ticked = re.findall(r'name="record" value="(\d+)" checked', page)
    after = re.search(r'name="after" value="([^"]+)"', page)[1]
    last = client.get(choose, {"record": ticked, "after": after}).text
    assert re.findall(r'name="record" value="(\d+)" checked', last) == [str(older.pk)]
    assert "selected on another page" not in last


def test_records_are_filtered_by_kind_region_and_words(client, coalition, member):
    create_practice(coalition, member, title="A table in Kenya", countries=["KE"])
    create_decision(coalition, member, title="Agreed in Sharm")
    client.force_login(member)
    choose = reverse("regions:brief_choose", args=[coalition.slug])

    def find_shown_records(search_query: str) -> list[bool]:
        page = client.get(f"{choose}?{search_query}").text
        return ["A table in Kenya" in page, "Agreed in Sharm" in page]

    assert find_shown_records("") == [True, True]
    assert find_shown_records("kind=decision") == [False, True]
    assert find_shown_records("region=african") == [True, False]
    assert find_shown_records("region=grulac&kind=nonsense&area=9") == [False, False]


def test_collection_becomes_brief_in_one_step(client, coalition, member):
    worked = create_practice(coalition, member)
    closed = create_practice(coalition, member, title="Of another", published=False)
    collection = CollectionFactory(coalition=coalition, author=member, published=True, holding=[worked, closed])
    client.force_login(member)

    assert f"?collection={collection.pk}" in client.get(collection.get_absolute_url()).text
    page = client.get(f"{reverse('regions:brief_new', args=[coalition.slug])}?collection={collection.pk}").text
    assert ("Based on 1 record" in page, f'name="record" value="{worked.pk}"' in page) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_record_selection_query_count_is_constant(client, coalition, member, count, django_assert_num_queries):
    records = [create_practice(coalition, member, title=f"Practice {number}") for number in range(count)]
    client.force_login(member)
    ticked = "&".join(f"record={record.pk}" for record in records)
    client.get(reverse("regions:brief_choose", args=[coalition.slug]))

    with django_assert_num_queries(6):
        client.get(f"{reverse('regions:brief_choose', args=[coalition.slug])}?{ticked}")


# ---- its shape


def test_changing_two_page_content_adds_revision_step(client, coalition, member):
    text = create_brief_of(coalition, member, [create_practice(coalition, member)])
    before = BriefShape.objects.get()
    client.force_login(member)
    form = {"addressed_to": ["regulator", "ministry"], "short": ["1", "2"], "step": before.step}
    client.post(get_brief_url("brief_shape", text), form)
    again = client.post(get_brief_url("brief_shape", text), form)

    after = BriefShape.objects.first()
    assert (after.short, after.addressed_to, after.step) == ([1, 2], ["regulator", "ministry"], before.step + 1)
    assert (again.status_code, BriefShape.objects.count()) == (302, 2)


def test_concurrent_change_of_two_page_content_shows_saved_one(client, coalition, member, rapporteur):
    text = create_brief_of(coalition, member, [create_practice(coalition, member)])
    step = BriefShape.objects.get().step
    actions.set_brief_shape(actor=rapporteur, text=text, addressed_to=["parliament"], short=[1], from_step=step)
    client.force_login(member)
    answer = client.post(
        get_brief_url("brief_shape", text), {"addressed_to": ["justice"], "short": ["2"], "step": step}
    )

    assert answer.status_code == 409
    assert answer.context["differences"][0].now == "Parliament, or a committee of it"
    assert re.search(r'value="justice"[^>]*checked', answer.text)
    assert BriefShape.objects.first().short == [1]

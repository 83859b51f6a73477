"""A brief is made of records: words of them as quotes with their record, brackets, and nothing else."""

import re
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting.models import Evidence, Placement, Text
from jukwaa.drafting.text_templates import load_templates
from jukwaa.library.actions.readers import Readers
from jukwaa.records.models import Label, Link
from jukwaa.regions import actions
from jukwaa.regions.actions import BriefRequest
from jukwaa.regions.actions.voices import add_voice
from jukwaa.regions.addressees import load_addressees
from jukwaa.regions.brief_clauses import (
    MAX_QUOTE_LENGTH,
    BriefMaterial,
    CoverageFigures,
    MaterialSort,
    clip_quote,
    plan_clauses,
)
from jukwaa.regions.models import BriefShape
from tests.factories import CollectionFactory, ItemFactory
from tests.regions.briefs import OBSERVED, at, decision, made, practice
from tests.regions.observed import observed as observed_in
from tests.regions.observed import organisation_of, speaker_from

PARTS = load_templates()["brief"].parts


def bodies(text: Text) -> list[str]:
    return [placement.wording.body for placement in Placement.objects.now(text)]


def observed(number: int, **said) -> BriefMaterial:
    told = {"seen": OBSERVED, "spread": "In three countries.", "not_known": "Whether lessons come back."}
    groups = said.pop("groups", ("african",))
    return BriefMaterial(number, "Filters", MaterialSort.OBSERVATION, groups=groups, says=told, **said)


# ---- what is planned, without a database


def test_a_brief_of_no_record_is_its_skeleton_with_brackets():
    planned = plan_clauses(PARTS, [], language="en")

    assert [each.body for each in planned if each.kind == "heading"] == [
        *("The issue", "Why now", "Evidence by region", "What works"),
        *("Options and conditions", "Existing decisions", "Open questions"),
    ]
    assert all(each.body.startswith("[") for each in planned if each.kind != "heading")
    assert all(each.short and not each.rests_on for each in planned)


def test_what_is_seen_stands_by_region_and_what_is_not_known_in_its_own_part():
    two = observed(2, groups=("grulac",))
    planned = plan_clauses(PARTS, [observed(1), two], language="en")
    said = [(each.body, each.rests_on) for each in planned]

    assert [
        body for body, _rests in said if body in {"African Group", "Latin American and Caribbean Group (GRULAC)"}
    ] == [
        "African Group",
        "Latin American and Caribbean Group (GRULAC)",
    ]
    assert (f"“{OBSERVED}” (Filters)", (1,)) in said
    assert ("How widespread this is: “In three countries.” (Filters)", (2,)) in said
    assert [rests for body, rests in said if "Whether lessons" in body] == [(1,), (2,)]


def test_every_clause_is_a_quote_with_its_record_a_heading_or_brackets():
    materials = [
        observed(1),
        BriefMaterial(2, "T", MaterialSort.PRACTICE, says={"worked": "It did.", "conditions": "Money."}),
    ]
    for each in plan_clauses(PARTS, materials, language="en"):
        is_ours = each.kind == "heading" or each.body.startswith("[")
        assert is_ours or (each.rests_on and "“" in each.body), each


def test_a_record_that_was_chosen_twice_is_quoted_once():
    assert plan_clauses(PARTS, [observed(1), observed(1)], language="en") == plan_clauses(
        PARTS, [observed(1)], language="en"
    )


def test_a_quote_in_another_language_asks_to_be_said_anew():
    said = [each.body for each in plan_clauses(PARTS, [observed(1, language="fr")], language="en")]

    assert sum("[Quoted in French. Translate this into the language of the brief.]" in body for body in said) == 2
    assert (
        "How widespread this is: “In three countries.” (Filters)" in said
    )  # chosen from a list: it is in the brief's language


def test_a_long_quote_ends_between_two_sentences():
    words = "One sentence of some words. " * 60

    assert len(clip_quote(words)) <= MAX_QUOTE_LENGTH + 5
    assert clip_quote(words).endswith("words. […]")
    assert clip_quote("Short.") == "Short."
    assert clip_quote("x" * 900 + " y").endswith("[…]")


def test_figures_stand_as_a_table_with_their_day_and_where_they_are_from():
    figures = CoverageFigures("2 May 2024", "https://example.org/coverage/", [("Members", "12")])
    work = BriefMaterial(
        7, "A hotline", MaterialSort.WORK, rows=[("Reports | answered", "40", "1 May 2024", "A count")]
    )
    tables = [each for each in plan_clauses(PARTS, [work], language="en", figures=figures) if each.kind == "table"]

    assert [each.body.splitlines()[1] for each in tables] == [
        "Members | 12",
        "Reports / answered | 40 | 1 May 2024 | A count",
    ]
    assert "2 May 2024" in tables[0].body
    assert [each.rests_on for each in tables] == [(), (7,)]


def test_the_kinds_of_policy_makers_are_said_in_four_languages():
    assert list(load_addressees())[:4] == ["parliament", "ministry", "regulator", "justice"]
    assert all(set(each.said) == {"en", "fr", "es", "ar"} for each in load_addressees().values())


# ---- the deed


def test_each_statement_is_tied_to_its_record(coalition, member):
    worked, agreed = practice(coalition, member), decision(coalition, member)
    text = made(coalition, member, [worked, agreed])

    said = "\n".join(bodies(text))
    assert "“Asking providers to one table worked.” (Providers at one table)" in said
    assert "Requirements: “A ministry has to invite.”" in said
    assert "“It was agreed to name a contact.” (The meeting in Sharm)" in said
    quoted = Evidence.objects.filter(clause__text=text).values_list("record", "quoted")
    assert sorted(set(quoted)) == [(worked.pk, True), (agreed.pk, True)]
    assert set(text.links_out.values_list("to_record", "relation")) == {
        (worked.pk, Link.Relation.CITES),
        (agreed.pk, Link.Relation.CITES),
    }


def test_an_observation_finds_its_part_with_all_that_others_of_its_region_say_to_it(coalition):
    author = speaker_from(coalition, "KE")
    seen = observed_in(coalition, author, what_worked=OBSERVED, details={"spread": "several-places"})
    for name, says, words in (
        ("A school", "confirms", ""),
        ("A regulator", "differs", "Not in the towns."),
        ("A union", "adds", "Teachers pay for it."),
    ):
        other = speaker_from(coalition, "GH", name=name)
        add_voice(actor=other, observation=seen, says=says, words=words, organisation=organisation_of(other))
    said = bodies(made(coalition, author, [seen]))
    start = said.index("African Group")

    assert said[start + 1 : start + 8] == [
        f"Fees for removal: “{OBSERVED}” (They pay twice)",
        "Observed since: “2024” (They pay twice)",
        "How widespread this is: “Several places” (They pay twice)",
        "Level of certainty: “What we see in our own work” (They pay twice)",
        "A regulator sees it differently: “Not in the towns.” (They pay twice)",
        "A union adds: “Teachers pay for it.” (They pay twice)",
        "Confirmed by: A school (They pay twice)",
    ]


@pytest.mark.parametrize("label", [Label.GREEN, Label.AMBER, Label.RED])
def test_a_clear_brief_never_holds_words_of_what_is_for_fewer(client, coalition, member, label):
    closed = practice(coalition, member, label=label, title="Only for some", what_worked="canaryclosed worked.")
    client.force_login(member)
    form = {"title": "A brief", "language": "en", "label": "TLP:CLEAR", "record": closed.pk}
    answer = client.post(reverse("regions:brief_new", args=[coalition.slug]), form)

    assert (answer.status_code, "Some readers of this text cannot read them: Only for some." in answer.text) == (
        422,
        True,
    )
    assert not Text.objects.exists()


def test_a_green_brief_may_hold_what_members_read(coalition, member):
    inside = practice(coalition, member, label=Label.GREEN)
    text = made(coalition, member, [inside], readers=Readers(label=Label.GREEN))

    assert Evidence.objects.filter(clause__text=text, record=inside.pk).exists()


def test_an_entry_of_a_closed_meeting_is_quoted_without_the_name_of_its_meeting(coalition, member):
    entry = decision(coalition, member)
    entry.meeting.label = Label.GREEN
    entry.meeting.save()
    said = "\n".join(bodies(made(coalition, member, [entry])))

    assert ("It was agreed to name a contact." in said, "Sharm" in said) == (True, False)


def test_a_record_of_another_coalition_or_that_is_withdrawn_is_left_out(
    client, coalition, other_coalition, member, outsider
):
    theirs = practice(other_coalition, outsider, title="Theirs alone")
    client.force_login(member)
    page = client.get(f"{reverse('regions:brief_new', args=[coalition.slug])}?record={theirs.pk}&record=x")

    assert "You can no longer read 1 of the chosen records. It has been left out." in page.text
    assert "Theirs alone" not in page.text
    assert Evidence.objects.filter(clause__text=made(coalition, member, [theirs])).count() == 0


def test_a_double_press_makes_one_brief(client, coalition, member):
    worked = practice(coalition, member)
    client.force_login(member)
    form = {"title": "A brief", "language": "en", "label": "TLP:CLEAR", "record": [worked.pk, worked.pk]}
    form |= {"token": uuid4(), "addressed_to": ["parliament"], "measures": ["members"]}
    new = reverse("regions:brief_new", args=[coalition.slug])
    first, second = (client.post(new, form) for _ in range(2))

    text = Text.objects.get()
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert BriefShape.objects.get().addressed_to == ["parliament"]
    assert any(body.startswith("Counted by the coalition on") for body in bodies(text))


def test_of_more_than_two_hundred_records_none_is_made(client, coalition, member):
    client.force_login(member)
    many = "&".join(f"record={number}" for number in range(1, 202))
    page = client.get(f"{reverse('regions:brief_new', args=[coalition.slug])}?{many}")

    assert (page.status_code, "at most 200 records, and you chose 201" in page.text) == (422, True)
    with pytest.raises(ActionRefused):
        actions.create_brief(actor=member, coalition=coalition, asked=BriefRequest("T", "en", list(range(1, 202))))


def test_two_hundred_records_make_one(coalition, member):
    records = ItemFactory.create_batch(200, coalition=coalition, author=member, published=True)
    text = made(coalition, member, records)

    assert Evidence.objects.filter(clause__text=text).order_by().values("record").distinct().count() == 200


def test_whoever_does_not_belong_here_makes_none(client, coalition, outsider):
    client.force_login(outsider)

    assert client.get(reverse("regions:brief_choose", args=[coalition.slug])).status_code == 403
    assert client.get(reverse("regions:brief_new", args=[coalition.slug])).status_code == 403
    with pytest.raises(PermissionDenied):
        made(coalition, outsider)


# ---- choosing


def test_what_is_ticked_stays_ticked_from_page_to_page(client, coalition, member):
    older = practice(coalition, member, title="The oldest of them")
    for number in range(21):
        practice(coalition, member, title=f"Practice {number}")
    client.force_login(member)
    choose = reverse("regions:brief_choose", args=[coalition.slug])
    page = client.get(f"{choose}?record={older.pk}").text

    assert "1 record selected on another page" in page
    ticked = re.findall(r'name="record" value="(\d+)" checked', page)
    after = re.search(r'name="after" value="([^"]+)"', page)[1]
    last = client.get(choose, {"record": ticked, "after": after}).text
    assert re.findall(r'name="record" value="(\d+)" checked', last) == [str(older.pk)]
    assert "selected on another page" not in last


def test_records_are_narrowed_by_kind_region_and_words(client, coalition, member):
    practice(coalition, member, title="A table in Kenya", countries=["KE"])
    decision(coalition, member, title="Agreed in Sharm")
    client.force_login(member)
    choose = reverse("regions:brief_choose", args=[coalition.slug])

    def found(query: str) -> list[bool]:
        page = client.get(f"{choose}?{query}").text
        return ["A table in Kenya" in page, "Agreed in Sharm" in page]

    assert found("") == [True, True]
    assert found("kind=decision") == [False, True]
    assert found("region=african") == [True, False]
    assert found("region=grulac&kind=nonsense&area=9") == [False, False]


def test_a_collection_makes_a_brief_in_one_step(client, coalition, member):
    worked = practice(coalition, member)
    closed = practice(coalition, member, title="Of another", published=False)
    collection = CollectionFactory(coalition=coalition, author=member, published=True, holding=[worked, closed])
    client.force_login(member)

    assert f"?collection={collection.pk}" in client.get(collection.get_absolute_url()).text
    page = client.get(f"{reverse('regions:brief_new', args=[coalition.slug])}?collection={collection.pk}").text
    assert ("Based on 1 record" in page, f'name="record" value="{worked.pk}"' in page) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_choosing_costs_the_same_however_much_there_is(client, coalition, member, count, django_assert_num_queries):
    records = [practice(coalition, member, title=f"Practice {number}") for number in range(count)]
    client.force_login(member)
    ticked = "&".join(f"record={record.pk}" for record in records)
    client.get(reverse("regions:brief_choose", args=[coalition.slug]))

    with django_assert_num_queries(6):
        client.get(f"{reverse('regions:brief_choose', args=[coalition.slug])}?{ticked}")


# ---- its shape


def test_what_stands_in_two_pages_is_a_step_of_the_text(client, coalition, member):
    text = made(coalition, member, [practice(coalition, member)])
    before = BriefShape.objects.get()
    client.force_login(member)
    form = {"addressed_to": ["regulator", "ministry"], "short": ["1", "2"], "step": before.step}
    client.post(at("brief_shape", text), form)
    again = client.post(at("brief_shape", text), form)

    after = BriefShape.objects.first()
    assert (after.short, after.addressed_to, after.step) == ([1, 2], ["regulator", "ministry"], before.step + 1)
    assert (again.status_code, BriefShape.objects.count()) == (302, 2)


def test_of_two_who_shape_it_at_once_the_second_sees_what_the_first_chose(client, coalition, member, rapporteur):
    text = made(coalition, member, [practice(coalition, member)])
    step = BriefShape.objects.get().step
    actions.set_brief_shape(actor=rapporteur, text=text, addressed_to=["parliament"], short=[1], from_step=step)
    client.force_login(member)
    answer = client.post(at("brief_shape", text), {"addressed_to": ["justice"], "short": ["2"], "step": step})

    assert answer.status_code == 409
    assert answer.context["differences"][0].now == "Parliament, or a committee of it"
    assert re.search(r'value="justice"[^>]*checked', answer.text)
    assert BriefShape.objects.first().short == [1]

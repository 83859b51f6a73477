"""How an item travels: who used it, the tree of what was made of it, and what others do elsewhere."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Activity, AreaOfWork
from jukwaa.core.refusals import ActionRefused
from jukwaa.library import actions
from jukwaa.library.models import Item, Use
from jukwaa.library.related_items import build_adaptation_tree, find_items_of_other_regions
from jukwaa.records.actions import link_records
from jukwaa.records.models import Authorship, Held, Label, Link, State
from tests.factories import AffiliationFactory, ItemFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

USE_FORM_DATA = {"how": "We asked our providers to one table too.", "result": "Six of nine signed.", "year": 2024}
ADAPTED_FROM_RELATION = Link.Relation.ADAPTED_FROM


@pytest.fixture
def item(coalition, coordinator):
    return ItemFactory(
        coalition=coalition, author=coordinator, title="Nine providers", countries=["BR"], published=True
    )


def get_item_url(library_item, route_name="item_detail"):
    return reverse(f"library:{route_name}", args=[library_item.coalition.slug, library_item.pk])


def create_adaptation_of(source_item, item_title, actor, **more):
    made = ItemFactory(coalition=source_item.coalition, title=item_title, published=True, **more)
    link_records(
        actor=actor,
        source_record=made,
        to_record=source_item,
        relation=ADAPTED_FROM_RELATION,
        source_version=source_item.version,
    )
    return made


def build_title_tree(adaptation_nodes):
    return {node.record.title: build_title_tree(node.branches) for node in adaptation_nodes}


def test_member_reports_use_for_organisation(client, item, delegate, organisation):
    client.force_login(delegate)
    asked = client.get(get_item_url(item, "use_new"))
    said = client.post(
        get_item_url(item, "use_new"), {**USE_FORM_DATA, "country": "MU", "capacity": str(organisation.pk)}
    )

    assert (asked.status_code, said.url) == (200, get_item_url(item, "item_travels"))
    use = Use.objects.get()
    assert (use.item, use.author, use.capacity.organisation) == (item, delegate, organisation)
    assert (use.country, use.year, use.how, use.result) == ("MU", 2024, USE_FORM_DATA["how"], USE_FORM_DATA["result"])
    assert [activity.verb for activity in Activity.objects.filter(kind="use")] == ["used"]
    client.logout()
    for name in ("item_detail", "item_travels"):
        page = client.get(get_item_url(item, name)).text
        assert [
            word in page
            for word in (USE_FORM_DATA["how"], USE_FORM_DATA["result"], organisation.name, "Mauritius", "2024")
        ] == [True] * 5


def test_individual_user_is_named_to_members_only(client, item, member):
    actions.add_item_use(actor=member, item=item, **USE_FORM_DATA)
    visitor = client.get(get_item_url(item, "item_travels")).text
    client.force_login(member)

    assert ("A member" in visitor, "A member" in client.get(get_item_url(item, "item_travels")).text) == (False, True)


@pytest.mark.parametrize("year", ["", "1066", "3000", "soon"])
def test_impossible_year_is_refused_and_form_keeps_values(client, item, member, year):
    client.force_login(member)
    answer = client.post(get_item_url(item, "use_new"), {**USE_FORM_DATA, "year": year, "how": ""})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "how": ["Enter how you used this item, in 1 or 2 sentences."],
        "year": ["Enter a year with 4 digits, such as 2024. It must be this year or an earlier year."],
    }
    assert USE_FORM_DATA["result"] in answer.text
    assert not Use.objects.exists()


def test_use_sent_twice_is_reported_once(client, item, member):
    client.force_login(member)
    typed = {**USE_FORM_DATA, "token": str(uuid.uuid4())}
    for _press in range(2):
        client.post(get_item_url(item, "use_new"), typed)

    assert (Use.objects.count(), Activity.objects.filter(verb="used").count()) == (1, 1)


def test_identifying_words_in_use_need_confirmation(client, item, member):
    client.force_login(member)
    typed = {**USE_FORM_DATA, "how": "Write to anna@example.org."}
    first = client.post(get_item_url(item, "use_new"), typed)
    screened = first.context["form"]["screened"].value()

    assert (first.status_code, Use.objects.count()) == (422, 0)
    assert client.post(get_item_url(item, "use_new"), {**typed, "screened": screened}).status_code == 302


def test_disclosure_in_use_is_quarantined(client, item, member):
    client.force_login(member)
    words = "A child I know is being abused by her uncle right now, please help."
    answer = client.post(get_item_url(item, "use_new"), {**USE_FORM_DATA, "how": words})

    assert answer.url == reverse("records:not_taken", args=[item.coalition.slug])
    assert (Held.objects.count(), Use.objects.count()) == (1, 0)


def test_use_requires_membership_and_published_item(client, item, coalition, outsider, member):
    draft = ItemFactory(coalition=coalition, author=member)
    client.force_login(outsider)
    assert client.post(get_item_url(item, "use_new"), USE_FORM_DATA).status_code == 403
    client.force_login(member)
    assert client.post(get_item_url(draft, "use_new"), USE_FORM_DATA).status_code == 403
    assert not Use.objects.exists()


def test_own_adaptation_is_named_in_use_and_tree(client, item, member, coordinator, coalition):
    own = ItemFactory(coalition=coalition, author=member, title="Six providers", published=True)
    ItemFactory(coalition=coalition, author=coordinator, title="Not mine", published=True)
    client.force_login(member)
    offered = client.get(get_item_url(item, "use_new")).context["form"].fields["adaptation"].queryset
    client.post(get_item_url(item, "use_new"), {**USE_FORM_DATA, "adaptation": own.pk})

    assert list(offered) == [own]
    link = Link.objects.get()
    assert (link.from_record_id, link.to_record_id, link.relation, link.version) == (
        own.pk,
        item.pk,
        ADAPTED_FROM_RELATION,
        1,
    )
    assert build_title_tree(client.get(get_item_url(item, "item_travels")).context["tree"]) == {
        "Nine providers": {"Six providers": {}}
    }
    assert get_item_url(own) in client.get(get_item_url(item)).text


def test_unreadable_adaptation_is_not_named(client, item, member):
    own = ItemFactory(coalition=item.coalition, author=member, title="Still a draft")
    actions.add_item_use(actor=member, item=item, adaptation=own, **USE_FORM_DATA)
    page = client.get(get_item_url(item, "item_travels"))

    assert ("Still a draft" in page.text, page.context["tree"], len(page.context["uses"])) == (False, [], 1)


def test_circular_adaptation_is_refused(client, item, member, coordinator):
    first = ItemFactory(coalition=item.coalition, author=member, title="First", published=True)
    second = create_adaptation_of(first, "Second", coordinator)
    link_records(actor=coordinator, source_record=item, to_record=second, relation=ADAPTED_FROM_RELATION)
    client.force_login(member)
    answer = client.post(get_item_url(item, "use_new"), {**USE_FORM_DATA, "adaptation": first.pk})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "adaptation": ["Choose another record. One of these 2 records was already created from the other."]
    }
    assert not Use.objects.exists()


def test_adaptation_of_itself_or_other_coalition_is_refused(item, member, other_coalition):
    foreign = ItemFactory(coalition=other_coalition, author=member, published=True)
    for relation in (ADAPTED_FROM_RELATION, Link.Relation.TRANSLATES, Link.Relation.SUPERSEDES):
        with pytest.raises(ActionRefused):
            link_records(actor=member, source_record=item, to_record=item, relation=relation)
        with pytest.raises(ValueError, match="two coalitions"):
            link_records(actor=member, source_record=foreign, to_record=item, relation=relation)
    with pytest.raises(ValueError, match="two coalitions"):
        actions.add_item_use(actor=member, item=item, adaptation=foreign, **USE_FORM_DATA)
    assert (Use.objects.count(), Link.objects.count()) == (0, 0)


def test_use_is_withdrawn_by_author_or_coordinator(client, item, member, delegate, coordinator):
    own = ItemFactory(coalition=item.coalition, author=member, published=True)
    use = actions.add_item_use(actor=member, item=item, adaptation=own, **USE_FORM_DATA)
    url = reverse("library:use_take_back", args=[item.coalition.slug, use.pk])
    client.force_login(delegate)
    assert client.post(url).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.withdraw_item_use(actor=delegate, use=use)
    client.force_login(coordinator)
    assert USE_FORM_DATA["how"] in client.get(url).text
    assert client.post(url).url == get_item_url(item, "item_travels")
    assert (Use.objects.count(), Link.objects.count(), Item.objects.filter(pk=own.pk).count()) == (0, 0, 1)
    assert Activity.objects.filter(kind="use", verb="took-back").count() == 1


def test_uses_of_unreadable_item_are_hidden(client, item, member, outsider):
    use = actions.add_item_use(actor=member, item=item, **USE_FORM_DATA)
    Item.objects.filter(pk=item.pk).update(label=Label.GREEN)
    client.force_login(outsider)

    assert client.get(get_item_url(item, "item_travels")).status_code == 404
    assert client.get(reverse("library:use_take_back", args=[item.coalition.slug, use.pk])).status_code == 404
    assert [list(Use.objects.visible_to(person)) for person in (outsider, member)] == [[], [use]]


def test_adaptation_tree_starts_at_origin(item, member, coordinator):
    child = create_adaptation_of(item, "Child", coordinator)
    create_adaptation_of(child, "Grandchild", coordinator)
    sibling = create_adaptation_of(item, "Sibling", coordinator)
    whole = {"Nine providers": {"Child": {"Grandchild": {}}, "Sibling": {}}}

    assert [build_title_tree(build_adaptation_tree(each, member)) for each in (item, child, sibling)] == [whole] * 3
    assert [node.is_here for node in build_adaptation_tree(child, member)[0].branches] == [True, False]


def test_adaptation_tree_omits_unreadable_items(item, member, coordinator, outsider):
    hidden = create_adaptation_of(item, "Hidden", coordinator, label=Label.GREEN)
    beyond = create_adaptation_of(hidden, "Beyond", coordinator)

    assert build_title_tree(build_adaptation_tree(item, member)) == {"Nine providers": {"Hidden": {"Beyond": {}}}}
    assert (build_adaptation_tree(item, outsider), build_adaptation_tree(beyond, outsider)) == ([], [])


def test_adaptation_tree_lists_item_once_and_is_limited(item, member, coordinator):
    other = ItemFactory(coalition=item.coalition, title="Other origin", published=True)
    both = create_adaptation_of(item, "Of both", coordinator)
    link_records(actor=coordinator, source_record=both, to_record=other, relation=ADAPTED_FROM_RELATION)
    assert build_title_tree(build_adaptation_tree(both, member)) == {
        "Nine providers": {"Of both": {}},
        "Other origin": {},
    }
    last = both
    for number in range(12):
        last = create_adaptation_of(last, f"Step {number}", coordinator)
    depth, at = 0, build_adaptation_tree(last, member)
    titles = []
    while at:
        depth, titles, at = depth + 1, titles + [n.record.title for n in at], [b for n in at for b in n.branches]

    assert (depth, len(titles), len(set(titles))) == (6, 15, 15)


@pytest.mark.parametrize("count", [1, 3])
def test_uses_page_query_count_is_constant(
    client, item, member, coordinator, organisation, count, django_assert_num_queries
):
    for number in range(count):
        own = ItemFactory(coalition=item.coalition, author=member, title=f"Own {number}", published=True)
        actions.add_item_use(actor=member, item=item, adaptation=own, organisation=organisation, **USE_FORM_DATA)
    client.force_login(member)
    client.get(get_item_url(item, "item_travels"))

    with django_assert_num_queries(9):
        page = client.get(get_item_url(item, "item_travels"))

    assert (len(page.context["uses"]), len(page.context["tree"][0].branches)) == (count, count)


@pytest.mark.parametrize("count", [1, 3])
def test_item_page_query_count_is_constant(client, item, member, count, django_assert_num_queries):
    for _number in range(count):
        actions.add_item_use(actor=member, item=item, **USE_FORM_DATA)
    shared = [ItemFactory(coalition=item.coalition, countries=["KE"], published=True) for _number in range(count)]
    area = AreaOfWork.objects.create(coalition=item.coalition, name="Education")
    for each in (item, *shared):
        each.areas.add(area)
    client.force_login(member)
    client.get(get_item_url(item))

    with django_assert_num_queries(10):
        page = client.get(get_item_url(item))

    assert (len(page.context["beside"].uses), len(page.context["beside"].elsewhere)) == (min(count, 2), count)


@pytest.fixture
def education_area(coalition):
    return AreaOfWork.objects.create(coalition=coalition, name="Education")


def create_item_in_area(coalition, area_of_work, item_title, countries=(), **more):
    item = ItemFactory(coalition=coalition, title=item_title, countries=list(countries), **{"published": True, **more})
    item.areas.add(area_of_work)
    return item


def test_item_page_shows_same_area_in_other_regions(coalition, member, item, education_area):
    item.areas.add(education_area)
    create_item_in_area(coalition, education_area, "Kenya 1", ["KE"])
    create_item_in_area(coalition, education_area, "France", ["FR"])
    create_item_in_area(coalition, education_area, "Kenya 2", ["KE"])
    create_item_in_area(coalition, education_area, "Chile", ["CL"])
    create_item_in_area(coalition, education_area, "A draft", ["KE"], published=False)
    create_item_in_area(coalition, education_area, "Nobody knows where")
    create_item_in_area(coalition, AreaOfWork.objects.create(coalition=coalition, name="Law"), "Other work", ["KE"])

    assert [other.title for other in find_items_of_other_regions(item, member, "en")] == [
        "Kenya 2",
        "France",
        "Kenya 1",
    ]


def test_item_without_country_uses_region_of_author(coalition, member, item, education_area):
    item.areas.add(education_area)
    for country, group in (("CL", "grulac"), ("KE", "african")):
        organisation = OrganisationFactory(coalition=coalition, country=country, regional_group=group)
        author = AffiliationFactory(organisation=organisation).person
        other = create_item_in_area(coalition, education_area, f"From {country}")
        capacity = create_capacity(coalition=coalition, person=author, organisation=organisation)
        Authorship.objects.create(record=other, person=author, capacity=capacity)

    assert [other.title for other in find_items_of_other_regions(item, member, "en")] == ["From KE"]


def test_translations_are_not_shown_as_other_regions(coalition, member, item, education_area):
    item.areas.add(education_area)
    french = actions.translate_item(actor=member, original=item, language="fr", title="Neuf fournisseurs")
    Item.objects.filter(pk=french.pk).update(countries=["FR"])
    actions.publish_item(actor=member, item=Item.objects.get(pk=french.pk))
    same = {item.pk, french.pk}

    assert [find_items_of_other_regions(item, member, language, same) for language in ("en", "fr")] == [[], []]


@pytest.mark.parametrize("count", [1, 3])
def test_elsewhere_page_shows_areas_of_own_organisation(
    client, coalition, delegate, organisation, education_area, count, django_assert_num_queries
):
    organisation.areas.add(education_area)
    type(organisation).objects.filter(pk=organisation.pk).update(country="BR", regional_group="grulac")
    far = [create_item_in_area(coalition, education_area, f"Kenya {number}", ["KE"]) for number in range(count)]
    near = [create_item_in_area(coalition, education_area, f"Chile {number}", ["CL"]) for number in range(count)]
    create_item_in_area(coalition, education_area, "My own", ["KE"], author=delegate)
    create_item_in_area(coalition, AreaOfWork.objects.create(coalition=coalition, name="Law"), "Other work", ["KE"])
    client.force_login(delegate)
    url = reverse("library:elsewhere", args=[coalition.slug])
    client.get(url)

    with django_assert_num_queries(7):
        page = client.get(url)

    assert page.context["found"].far == far[::-1]
    assert page.context["found"].near == near[::-1]


def test_elsewhere_page_without_area_shows_next_step(client, coalition, member, delegate, organisation):
    url = reverse("library:elsewhere", args=[coalition.slug])
    found = []
    for person in (member, delegate):
        client.force_login(person)
        found.append(client.get(url).text)
    assert "ask your organisation to confirm that you belong to it." in found[0]
    assert f'href="{reverse("coalitions:directory", args=[coalition.slug])}">Find your organisation' in found[0]
    assert "Your organisation has not chosen its areas of work yet." in found[1]
    assert f'class="button" href="{organisation.get_absolute_url()}"' in found[1]


def test_erased_item_erases_its_uses(item, member):
    actions.add_item_use(actor=member, item=item, **USE_FORM_DATA)
    item.details = {"problem": "Words"}
    item.erase_texts()

    assert [(use.how, use.result) for use in item.uses.all()] == [("deleted permanently", "")]
    assert item.details == {}


def test_use_of_withdrawn_item_is_refused(item, member):
    Item.objects.filter(pk=item.pk).update(state=State.HELD)
    item.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.add_item_use(actor=member, item=item, **USE_FORM_DATA)

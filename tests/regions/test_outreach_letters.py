"""A gap becomes a letter: noted by a member, sent from their own mail, and no address of anybody in it."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Capacity
from jukwaa.core.refusals import ActionRefused
from jukwaa.regions.actions.invitation_answers import register_do_not_contact
from jukwaa.regions.actions.prospects import (
    InvitationPurpose,
    ProspectFacts,
    create_prospect,
    mark_letter_sent,
    reassign_prospect,
    record_acquaintance,
)
from jukwaa.regions.letters import REMINDER, get_letter_languages, load_letters, written
from jukwaa.regions.models import Prospect
from tests.conftest import seated
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory, PersonFactory
from tests.regions.reaching import ROLE, area_of, gap_in, in_days, lent, noted, page_of, planned


def new_page(coalition, **query):
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse("regions:prospect_new", args=[coalition.slug]) + f"?{asked}"


def test_a_member_notes_somebody_and_gets_the_letter_to_send(client, coalition, delegate, organisation):
    area = area_of(coalition)
    client.force_login(delegate)
    said = {"name": "A helpline", "country": "KE", "stakeholder_group": "civil-society", "role": ROLE}
    said |= {"language": "en", "why": "You answer calls at night.", "own": organisation.pk}
    page = client.post(new_page(coalition, area=area.pk, region="african"), said, follow=True)
    prospect = Prospect.objects.get()

    assert page.redirect_chain == [(page_of(prospect), 302)]
    for words in (
        "No member from Africa works on Law enforcement with us yet.",
        "You answer calls at night.",
        "To: head",
    ):
        assert words in page.text
    assert f"I am writing to you on behalf of {organisation.name}" in page.text
    assert (prospect.introducer, prospect.capacity.organisation, prospect.state) == (delegate, organisation, "noted")
    assert Activity.objects.filter(kind="prospect", verb="noted", object_id=prospect.pk).count() == 1


def somebody_works_there(prospect):
    """In the region of the gap, in which there is room for others."""
    there = OrganisationFactory(coalition=prospect.coalition, country="GH", regional_group="african")
    MembershipFactory(coalition=prospect.coalition, organisation=there)
    there.areas.add(prospect.area)
    prospect.coalition.revision += 1  # as the action would that let somebody in


def test_a_letter_says_that_nobody_from_a_region_works_on_it_only_while_that_is_so(coalition, member):
    prospect = noted(member, coalition)
    assert "No member from Africa works on Law enforcement with us yet." in written(prospect).body
    somebody_works_there(prospect)
    letter = written(prospect).body
    assert ("No member from" in letter, "learn more about Law enforcement in Africa" in letter) == (False, True)


def test_a_letter_prepares_for_no_day_that_is_over_before_it_goes(coalition, member):
    prospect = noted(member, coalition, what_for=InvitationPurpose(outreach=planned(member, coalition, on=in_days(0))))
    assert "We are preparing for this: Kenya" in written(prospect).body
    prospect.outreach.on = in_days(-1)
    assert "We are preparing for" not in written(prospect).body

    prospect.sent_on = in_days(-2)
    assert "We are preparing for this: Kenya" in written(prospect).body  # as it was sent
    assert "{" not in written(prospect).body


def test_the_letter_opens_in_ones_own_mail_program_without_an_address(client, coalition, member):
    prospect = noted(member, coalition)
    client.force_login(member)
    page = client.get(page_of(prospect)).text
    mailto = re.search(r'href="(mailto:[^"]*)"', page)
    file = client.get(page_of(prospect, "prospect_letter"))

    assert mailto is not None
    assert mailto[1].startswith(
        "mailto:?subject=An%20invitation%20to%20work%20with%20Our%20Coalition&amp;body=To%3A%20head"
    )
    assert file.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert file.text.startswith("An invitation to work with Our Coalition\n\nTo: head of the helpline, A helpline")
    assert "@" not in file.text


@pytest.mark.parametrize("language", sorted(load_letters()))
@pytest.mark.parametrize("what_for", ["a gap", "a part of a region", "a country", "a region"])
def test_each_letter_is_whole_in_each_language(coalition, member, language, what_for):
    more = {"language": language}
    if what_for in ("a country", "a region"):
        place = {"country": "", "region": "african"} if what_for == "a region" else {}
        more["what_for"] = InvitationPurpose(outreach=planned(member, coalition, **place))
    prospect = noted(member, coalition, **more)
    if what_for == "a part of a region":
        somebody_works_there(prospect)
    for letter in (written(prospect), written(prospect, REMINDER)):
        assert "{" not in letter.subject + letter.body
        assert letter.body.count("/answer/") == 1
        assert letter.is_read == (language == "en")
        assert letter.direction == ("rtl" if language == "ar" else "ltr")


def test_all_letters_say_the_same_things():
    parts = {
        tag: {part: set(said[part]) for part in ("regions", "letter", "reminder")}
        for tag, said in load_letters().items()
    }

    assert set(parts) == {"en", "fr", "es", "ar", "pt", "sw"}
    assert all(part == parts["en"] for part in parts.values())


def test_the_language_is_one_of_the_place():
    assert get_letter_languages("KE") == ["sw", "en"] or get_letter_languages("KE") == ["en", "sw"]
    assert get_letter_languages("AO") == ["pt"]
    assert get_letter_languages("") == get_letter_languages("SU") == []


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("role", "head, amina@example.org"),
        ("role", "call +254 700 123 456"),
        ("why", "Write to amina@example.org."),
        ("why", "Her number is 0700 123 4567."),
        ("name", "A helpline, https://example.org"),
    ],
)
def test_no_address_and_no_number_comes_in(client, coalition, member, field, words):
    area = area_of(coalition)
    client.force_login(member)
    said = {"name": "A helpline", "stakeholder_group": "unknown", "role": ROLE, "language": "en", field: words}
    url = new_page(coalition, area=area.pk, region="african")
    page = client.post(url, said)

    assert (page.status_code, Prospect.objects.count()) == (422, 0)
    assert list(page.context["form"].errors) == [field]
    assert "Save without changes" not in page.text
    facts = ProspectFacts(**{"name": "A helpline", "role": ROLE, field: words})
    with pytest.raises(ActionRefused):
        create_prospect(actor=member, coalition=coalition, facts=facts, what_for=gap_in(coalition))


def test_years_and_ordinary_numbers_are_no_telephone(coalition, member):
    assert noted(member, coalition, why="From 2009 to 2011 you answered 12 000 calls, on 116 111.").why


def test_who_asks_for_one_that_is_there_hears_the_same_as_for_one_that_wants_no_letter(coalition, member):
    other = seated(coalition, "Another")
    noted(member, coalition, "A helpline")
    gone = noted(member, coalition, "The police of a town")
    register_do_not_contact(coalition=coalition, marks=[], prospect=gone)
    said = []
    for name in ("the HELPLINE, a", "Police of a Town"):
        with pytest.raises(ActionRefused) as refused:
            noted(other, coalition, name)
        said.append((str(refused.value), refused.value.field))

    assert said[0] == said[1]
    assert Prospect.objects.count() == 1
    assert Capacity.objects.count() == 1


def test_the_same_name_noted_twice_by_one_who_sees_it_is_one(coalition, member):
    assert noted(member, coalition) == noted(member, coalition, "Helpline")


def test_a_member_of_the_coalition_is_not_invited(coalition, member, organisation):
    with pytest.raises(ActionRefused, match="This organisation is already a member"):
        noted(member, coalition, organisation.name, country="")


def test_only_an_adult_who_takes_part_writes(client, coalition, outsider):
    young = seated(coalition, "Young")
    Person.objects.filter(pk=young.pk).update(is_minor=True, adult_contact=PersonFactory())
    area = area_of(coalition)
    for person in (outsider, Person.objects.get(pk=young.pk)):
        with pytest.raises(PermissionDenied):
            noted(person, coalition)
        client.force_login(person)
        assert client.get(new_page(coalition, area=area.pk, region="african")).status_code == 403


@pytest.mark.parametrize("query", ["", "?area=1", "?area=0&region=african", "?plan=7", "?plan=x", "?region=igo"])
def test_what_is_no_gap_and_no_plan_is_not_there(client, coalition, member, query):
    client.force_login(member)

    assert client.get(reverse("regions:prospect_new", args=[coalition.slug]) + query).status_code == 404


def test_the_same_form_sent_twice_notes_it_once(client, coalition, member):
    client.force_login(member)
    url = new_page(coalition, area=area_of(coalition).pk, region="african")
    token = re.search(r'name="token" value="([^"]+)"', client.get(url).text)[1]
    said = {"name": "A helpline", "stakeholder_group": "unknown", "role": ROLE, "language": "en", "token": token}
    first, second = client.post(url, said), client.post(url, said)

    assert first.headers["Location"] == second.headers["Location"]
    assert Prospect.objects.count() == 1


def test_only_its_introducer_says_that_it_was_sent_and_the_first_day_stays(client, coalition, member, coordinator):
    prospect = noted(member, coalition)
    with pytest.raises(PermissionDenied):
        mark_letter_sent(actor=coordinator, prospect=prospect)
    mark_letter_sent(actor=member, prospect=prospect)
    lent(prospect, sent_on=in_days(-5))
    client.force_login(member)
    client.post(page_of(prospect, "prospect_sent"))

    prospect.refresh_from_db()
    assert (prospect.state, prospect.sent_on) == ("sent", in_days(-5))


def test_whoever_became_a_member_meanwhile_gets_no_letter(client, coalition, member):
    organisation = OrganisationFactory(coalition=coalition, name="A helpline", country="KE")
    prospect = noted(member, coalition)
    MembershipFactory(coalition=coalition, organisation=organisation)
    client.force_login(member)

    assert prospect.organisation == organisation
    assert "This organisation is now a member" in client.get(page_of(prospect)).text
    assert client.get(page_of(prospect, "prospect_letter")).status_code == 404
    with pytest.raises(ActionRefused, match="This organisation is now a member"):
        mark_letter_sent(actor=member, prospect=prospect)


def test_another_who_knows_somebody_there_writes_instead(client, coalition, coordinator):
    prospect = noted(coordinator, coalition)
    chair = seated(coalition, "The chair", "chair")
    AffiliationFactory(person=chair, organisation=OrganisationFactory(coalition=coalition, name="A university"))
    client.force_login(chair)
    client.post(page_of(prospect, "prospect_know"))
    client.post(page_of(prospect, "prospect_know"))
    row = prospect.acquaintances.get()
    client.force_login(coordinator)
    assert "Ask The chair to write instead" in client.get(page_of(prospect)).text
    client.post(page_of(prospect, "prospect_hand_over", row.pk))

    prospect.refresh_from_db()
    assert (prospect.introducer, prospect.capacity.name, prospect.state) == (chair, "A university", "noted")
    assert Capacity.objects.count() == 1


def test_a_letter_that_was_sent_is_not_handed_over(coalition, member, coordinator):
    prospect = noted(member, coalition)
    row = record_acquaintance(actor=coordinator, prospect=prospect)
    mark_letter_sent(actor=member, prospect=prospect)
    with pytest.raises(ActionRefused, match="The letter has already been sent"):
        reassign_prospect(actor=coordinator, prospect=prospect, to=row)


def test_it_is_erased_by_its_introducer_at_any_time(client, coalition, member):
    prospect = noted(member, coalition)
    client.force_login(member)
    assert (
        "Everything about this invitation will be deleted from this site."
        in client.get(page_of(prospect, "prospect_erase")).text
    )
    page = client.post(page_of(prospect, "prospect_erase"), follow=True)

    assert "Invitation deleted." in page.text
    assert (Prospect.objects.count(), Capacity.objects.count()) == (0, 0)


def test_a_country_that_is_none_today_is_shown_as_it_was_written(client, coalition, member):
    prospect = lent(noted(member, coalition), country="SU")
    client.force_login(member)

    assert "<dd>SU</dd>" in client.get(page_of(prospect)).text


def test_what_stands_in_the_subject_of_a_mail_is_one_line(coalition, member):
    prospect = noted(member, coalition, name="A\r\nhelpline", role="head\nof it")

    assert (prospect.name, prospect.role) == ("A helpline", "head of it")


def test_a_letter_for_a_region_goes_to_nobody_elsewhere(coalition, member):
    with pytest.raises(ActionRefused, match="This country is not in the region"):
        noted(member, coalition, country="FR")
    says_so = OrganisationFactory(coalition=coalition, name="Near it", country="FR", regional_group="african")

    assert noted(member, coalition, name=says_so.name, country="FR").organisation == says_so
    assert noted(member, coalition, name="Of no country", country="").region == "african"

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
    add_prospect_acquaintance,
    create_prospect,
    mark_letter_sent,
    reassign_prospect,
)
from jukwaa.regions.letters import REMINDER, build_invitation_letter, get_letter_languages, load_letter_templates
from jukwaa.regions.models import Prospect
from tests.conftest import create_seated_person
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory, PersonFactory
from tests.regions.outreach_steps import (
    PROSPECT_ROLE,
    add_outreach_plan,
    add_prospect,
    build_missing_region_purpose,
    get_area,
    get_day_in,
    get_prospect_url,
    set_prospect_values,
)


def build_new_prospect_url(coalition, **query):
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse("regions:prospect_new", args=[coalition.slug]) + f"?{asked}"


def test_member_adds_prospect_and_gets_letter(client, coalition, delegate, organisation):
    area = get_area(coalition)
    client.force_login(delegate)
    said = {"name": "A helpline", "country": "KE", "stakeholder_group": "civil-society", "role": PROSPECT_ROLE}
    said |= {"language": "en", "why": "You answer calls at night.", "own": organisation.pk}
    page = client.post(build_new_prospect_url(coalition, area=area.pk, region="african"), said, follow=True)
    prospect = Prospect.objects.get()

    assert page.redirect_chain == [(get_prospect_url(prospect), 302)]
    for words in (
        "No member from Africa works on Law enforcement with us yet.",
        "You answer calls at night.",
        "To: head",
    ):
        assert words in page.text
    assert f"I am writing to you on behalf of {organisation.name}" in page.text
    assert (prospect.introducer, prospect.capacity.organisation, prospect.state) == (delegate, organisation, "noted")
    assert Activity.objects.filter(kind="prospect", verb="noted", object_id=prospect.pk).count() == 1


def add_member_in_region(prospect):
    """Add a member in the region of the gap, which is still open."""
    there = OrganisationFactory(coalition=prospect.coalition, country="GH", regional_group="african")
    MembershipFactory(coalition=prospect.coalition, organisation=there)
    there.areas.add(prospect.area)
    prospect.coalition.revision += 1  # as the action would that let somebody in


def test_letter_mentions_gap_only_while_it_exists(coalition, member):
    prospect = add_prospect(member, coalition)
    assert "No member from Africa works on Law enforcement with us yet." in build_invitation_letter(prospect).body
    add_member_in_region(prospect)
    letter = build_invitation_letter(prospect).body
    assert ("No member from" in letter, "learn more about Law enforcement in Africa" in letter) == (False, True)


def test_letter_omits_past_dates(coalition, member):
    prospect = add_prospect(
        member,
        coalition,
        what_for=InvitationPurpose(outreach=add_outreach_plan(member, coalition, starts_on=get_day_in(0))),
    )
    assert "We are preparing for this: Kenya" in build_invitation_letter(prospect).body
    prospect.outreach.on = get_day_in(-1)
    assert "We are preparing for" not in build_invitation_letter(prospect).body

    prospect.sent_on = get_day_in(-2)
    assert "We are preparing for this: Kenya" in build_invitation_letter(prospect).body  # as it was sent
    assert "{" not in build_invitation_letter(prospect).body


def test_letter_opens_in_mail_program_without_address(client, coalition, member):
    prospect = add_prospect(member, coalition)
    client.force_login(member)
    page = client.get(get_prospect_url(prospect)).text
    mailto = re.search(r'href="(mailto:[^"]*)"', page)
    file = client.get(get_prospect_url(prospect, "prospect_letter"))

    assert mailto is not None
    assert mailto[1].startswith(
        "mailto:?subject=An%20invitation%20to%20work%20with%20Our%20Coalition&amp;body=To%3A%20head"
    )
    assert file.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert file.text.startswith("An invitation to work with Our Coalition\n\nTo: head of the helpline, A helpline")
    assert "@" not in file.text


@pytest.mark.parametrize("language", sorted(load_letter_templates()))
@pytest.mark.parametrize("invitation_purpose", ["a gap", "a part of a region", "a country", "a region"])
def test_letter_is_complete_in_each_language(coalition, member, language, invitation_purpose):
    more = {"language": language}
    if invitation_purpose in ("a country", "a region"):
        place = {"country": "", "region": "african"} if invitation_purpose == "a region" else {}
        more["what_for"] = InvitationPurpose(outreach=add_outreach_plan(member, coalition, **place))
    prospect = add_prospect(member, coalition, **more)
    if invitation_purpose == "a part of a region":
        add_member_in_region(prospect)
    for letter in (build_invitation_letter(prospect), build_invitation_letter(prospect, REMINDER)):
        assert "{" not in letter.subject + letter.body
        assert letter.body.count("/answer/") == 1
        assert letter.is_read == (language == "en")
        assert letter.direction == ("rtl" if language == "ar" else "ltr")


def test_letters_in_all_languages_have_same_parts():
    parts = {
        tag: {part: set(said[part]) for part in ("regions", "letter", "reminder")}
        for tag, said in load_letter_templates().items()
    }

    assert set(parts) == {"en", "fr", "es", "ar", "pt", "sw"}
    assert all(part == parts["en"] for part in parts.values())


def test_letter_languages_are_those_of_the_country():
    assert get_letter_languages("KE") == ["sw", "en"] or get_letter_languages("KE") == ["en", "sw"]
    assert get_letter_languages("AO") == ["pt"]
    assert get_letter_languages("") == get_letter_languages("SU") == []


@pytest.mark.parametrize(
    ("field_name", "entered_text"),
    [
        ("role", "head, amina@example.org"),
        ("role", "call +254 700 123 456"),
        ("why", "Write to amina@example.org."),
        ("why", "Her number is 0700 123 4567."),
        ("name", "A helpline, https://example.org"),
    ],
)
def test_addresses_and_phone_numbers_are_refused(client, coalition, member, field_name, entered_text):
    area = get_area(coalition)
    client.force_login(member)
    said = {
        "name": "A helpline",
        "stakeholder_group": "unknown",
        "role": PROSPECT_ROLE,
        "language": "en",
        field_name: entered_text,
    }
    url = build_new_prospect_url(coalition, area=area.pk, region="african")
    page = client.post(url, said)

    assert (page.status_code, Prospect.objects.count()) == (422, 0)
    assert list(page.context["form"].errors) == [field_name]
    assert "Save anyway" not in page.text
    facts = ProspectFacts(**{"name": "A helpline", "role": PROSPECT_ROLE, field_name: entered_text})
    with pytest.raises(ActionRefused):
        create_prospect(
            actor=member, coalition=coalition, facts=facts, invitation_purpose=build_missing_region_purpose(coalition)
        )


def test_years_and_numbers_are_not_phone_numbers(coalition, member):
    assert add_prospect(member, coalition, why="From 2009 to 2011 you answered 12 000 calls, on 116 111.").why


def test_known_and_blocked_prospects_get_same_answer(coalition, member):
    other = create_seated_person(coalition, "Another")
    add_prospect(member, coalition, "A helpline")
    gone = add_prospect(member, coalition, "The police of a town")
    register_do_not_contact(coalition=coalition, contact_marks=[], prospect=gone)
    said = []
    for name in ("the HELPLINE, a", "Police of a Town"):
        with pytest.raises(ActionRefused) as refused:
            add_prospect(other, coalition, name)
        said.append((str(refused.value), refused.value.field))

    assert said[0] == said[1]
    assert Prospect.objects.count() == 1
    assert Capacity.objects.count() == 1


def test_duplicate_visible_prospect_is_not_added(coalition, member):
    assert add_prospect(member, coalition) == add_prospect(member, coalition, "Helpline")


def test_member_of_coalition_is_not_invited(coalition, member, organisation):
    with pytest.raises(ActionRefused, match="This organisation is already a member"):
        add_prospect(member, coalition, organisation.name, country="")


def test_only_adult_members_write_letters(client, coalition, outsider):
    young = create_seated_person(coalition, "Young")
    Person.objects.filter(pk=young.pk).update(is_minor=True, adult_contact=PersonFactory())
    area = get_area(coalition)
    for person in (outsider, Person.objects.get(pk=young.pk)):
        with pytest.raises(PermissionDenied):
            add_prospect(person, coalition)
        client.force_login(person)
        assert client.get(build_new_prospect_url(coalition, area=area.pk, region="african")).status_code == 403


@pytest.mark.parametrize("query_string", ["", "?area=1", "?area=0&region=african", "?plan=7", "?plan=x", "?region=igo"])
def test_unknown_gap_or_plan_is_not_found(client, coalition, member, query_string):
    client.force_login(member)

    assert client.get(reverse("regions:prospect_new", args=[coalition.slug]) + query_string).status_code == 404


def test_resubmitted_form_adds_one_prospect(client, coalition, member):
    client.force_login(member)
    url = build_new_prospect_url(coalition, area=get_area(coalition).pk, region="african")
    token = re.search(r'name="token" value="([^"]+)"', client.get(url).text)[1]
    said = {
        "name": "A helpline",
        "stakeholder_group": "unknown",
        "role": PROSPECT_ROLE,
        "language": "en",
        "token": token,
    }
    first, second = client.post(url, said), client.post(url, said)

    assert first.headers["Location"] == second.headers["Location"]
    assert Prospect.objects.count() == 1


def test_only_introducer_marks_letter_sent_and_first_date_remains(client, coalition, member, coordinator):
    prospect = add_prospect(member, coalition)
    with pytest.raises(PermissionDenied):
        mark_letter_sent(actor=coordinator, prospect=prospect)
    mark_letter_sent(actor=member, prospect=prospect)
    set_prospect_values(prospect, sent_on=get_day_in(-5))
    client.force_login(member)
    client.post(get_prospect_url(prospect, "prospect_sent"))

    prospect.refresh_from_db()
    assert (prospect.state, prospect.sent_on) == ("sent", get_day_in(-5))


def test_new_member_gets_no_letter(client, coalition, member):
    organisation = OrganisationFactory(coalition=coalition, name="A helpline", country="KE")
    prospect = add_prospect(member, coalition)
    MembershipFactory(coalition=coalition, organisation=organisation)
    client.force_login(member)

    assert prospect.organisation == organisation
    assert "This organisation is now a member" in client.get(get_prospect_url(prospect)).text
    assert client.get(get_prospect_url(prospect, "prospect_letter")).status_code == 404
    with pytest.raises(ActionRefused, match="This organisation is now a member"):
        mark_letter_sent(actor=member, prospect=prospect)


def test_other_contact_becomes_introducer(client, coalition, coordinator):
    prospect = add_prospect(coordinator, coalition)
    chair = create_seated_person(coalition, "The chair", "chair")
    AffiliationFactory(person=chair, organisation=OrganisationFactory(coalition=coalition, name="A university"))
    client.force_login(chair)
    client.post(get_prospect_url(prospect, "prospect_know"))
    client.post(get_prospect_url(prospect, "prospect_know"))
    row = prospect.acquaintances.get()
    client.force_login(coordinator)
    assert "Ask The chair to write instead" in client.get(get_prospect_url(prospect)).text
    client.post(get_prospect_url(prospect, "prospect_hand_over", row.pk))

    prospect.refresh_from_db()
    assert (prospect.introducer, prospect.capacity.name, prospect.state) == (chair, "A university", "noted")
    assert Capacity.objects.count() == 1


def test_sent_letter_is_not_reassigned(coalition, member, coordinator):
    prospect = add_prospect(member, coalition)
    row = add_prospect_acquaintance(actor=coordinator, prospect=prospect)
    mark_letter_sent(actor=member, prospect=prospect)
    with pytest.raises(ActionRefused, match="The letter has already been sent"):
        reassign_prospect(actor=coordinator, prospect=prospect, new_acquaintance=row)


def test_introducer_erases_prospect_at_any_time(client, coalition, member):
    prospect = add_prospect(member, coalition)
    client.force_login(member)
    assert (
        "Everything about this invitation will be deleted from this site."
        in client.get(get_prospect_url(prospect, "prospect_erase")).text
    )
    page = client.post(get_prospect_url(prospect, "prospect_erase"), follow=True)

    assert "Invitation deleted." in page.text
    assert (Prospect.objects.count(), Capacity.objects.count()) == (0, 0)


def test_former_country_is_shown_by_its_code(client, coalition, member):
    prospect = set_prospect_values(add_prospect(member, coalition), country="SU")
    client.force_login(member)

    assert "<dd>SU</dd>" in client.get(get_prospect_url(prospect)).text


def test_email_subject_is_one_line(coalition, member):
    prospect = add_prospect(member, coalition, name="A\r\nhelpline", role="head\nof it")

    assert (prospect.name, prospect.role) == ("A helpline", "head of it")


def test_letter_to_region_requires_country_or_stated_region(coalition, member):
    with pytest.raises(ActionRefused, match="This country is not in the region"):
        add_prospect(member, coalition, country="FR")
    says_so = OrganisationFactory(coalition=coalition, name="Near it", country="FR", regional_group="african")

    assert add_prospect(member, coalition, name=says_so.name, country="FR").organisation == says_so
    assert add_prospect(member, coalition, name="Of no country", country="").region == "african"

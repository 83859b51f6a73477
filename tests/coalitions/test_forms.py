"""What one does on the pages of the membership: apply, answer, mend, hand over."""

from datetime import date

import pytest
from django.utils import timezone

from jukwaa.coalitions.actions import OrganisationFacts, change_organisation, merge_organisations
from jukwaa.coalitions.capacities import create_capacity_from_source
from jukwaa.coalitions.forms.organisations import OrganisationChangeForm
from jukwaa.coalitions.models import Activity, Affiliation, Membership, Organisation, Role
from tests.factories import (
    AffiliationFactory,
    CoalitionFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
)


def test_visitor_signs_in_and_returns_to_form(client, build_coalition_url):
    page = client.get(build_coalition_url("apply"))
    sent = client.post(build_coalition_url("apply_person"), {"motivation": "Hello."})

    assert f"?next={build_coalition_url('apply')}" in page.text
    assert f"?next={build_coalition_url('apply_person')}" in sent.text
    assert "Hello." in sent.text
    assert not Membership.objects.exists()


def test_person_applies_once_and_sees_status(client, build_coalition_url, outsider, coordinator):
    client.force_login(outsider)
    form = {"name": "A helpline", "stakeholder_group": "civil-society", "country": "SN", "motivation": "To learn."}
    for _time in range(2):
        assert client.post(build_coalition_url("apply"), form).url == f"{build_coalition_url('apply')}?sent=1"
    thanks = client.get(f"{build_coalition_url('apply')}?sent=1").text
    assert (form["name"] in thanks, 'name="motivation"' in thanks) == (True, False)
    assert "waiting for a coordinator" in client.get(build_coalition_url("apply")).text

    application = Membership.objects.get(standing="applied")
    client.force_login(coordinator)
    prefix = f"m{application.pk}"
    client.post(
        build_coalition_url("application_accept", application.pk),
        {f"{prefix}-starts_on": "2026-02-01", f"{prefix}-vouch": "on"},
    )

    application.refresh_from_db()
    assert (application.standing, application.starts_on) == ("active", date(2026, 2, 1))
    assert Affiliation.objects.get(organisation=application.organisation).may_speak


def test_future_start_date_shows_field_error(client, build_coalition_url, coalition, coordinator):
    application = MembershipFactory(coalition=coalition, standing="applied", applicant=PersonFactory())
    client.force_login(coordinator)
    refused = client.post(
        build_coalition_url("application_accept", application.pk), {f"m{application.pk}-starts_on": "2999-01-01"}
    )

    application.refresh_from_db()
    assert (refused.status_code, application.standing) == (422, "applied")
    assert "date or an earlier one." in refused.text
    assert "2999-01-01" in refused.text


def test_application_asks_about_similar_organisation(client, coalition, build_coalition_url, outsider):
    known = OrganisationFactory(coalition=coalition, name="Family Online Safety Institute")
    create_capacity_from_source(coalition=coalition, person_name="FOSI", organisation=known)
    client.force_login(outsider)
    form = {"name": "Family Online Safety", "stakeholder_group": "civil-society", "motivation": "To learn."}
    asked = client.post(build_coalition_url("apply"), form)

    assert asked.status_code == 422
    assert "Family Online Safety Institute" in asked.text
    assert "To learn." in asked.text
    client.post(build_coalition_url("apply"), {**form, "meant": known.pk})
    assert Membership.objects.get(standing="applied").organisation == known

    client.post(build_coalition_url("apply"), {**form, "meant": "new"})
    assert Organisation.objects.of(coalition).filter(name="Family Online Safety").exists()


def test_declining_needs_reason_and_notifies_applicant(client, build_coalition_url, coalition, coordinator):
    applicant = PersonFactory()
    application = MembershipFactory(
        coalition=coalition, organisation=None, person=applicant, applicant=applicant, standing="applied"
    )
    client.force_login(coordinator)
    refused = client.post(build_coalition_url("application_decline", application.pk), {"reason": ""})
    assert (refused.status_code, "email it to the applicant" in refused.text) == (422, True)
    client.post(build_coalition_url("application_decline", application.pk), {"reason": "It is another field."})

    client.force_login(applicant)
    assert "It is another field." in client.get(build_coalition_url("apply")).text


def build_organisation_form_data(organisation, **changed):
    kept = {
        "name": organisation.name,
        "stakeholder_group": organisation.stakeholder_group,
        "regional_group": OrganisationChangeForm.get_initial(organisation)["regional_group"],
        "version": organisation.version,
    }
    return kept | changed


def test_stale_form_shows_both_texts_and_can_be_resubmitted(
    client, organisation, delegate, coordinator, build_coalition_url
):
    form = build_organisation_form_data(organisation, about="What I typed", website="https://example.net")
    change_organisation(
        actor=coordinator,
        organisation=organisation,
        facts=OrganisationFacts(name=organisation.name, about="What another wrote"),
        from_version=organisation.version,
    )
    client.force_login(delegate)
    url = build_coalition_url("organisation_change", organisation.pk)
    refused = client.post(url, form)

    assert refused.status_code == 409
    assert [(row.label, row.yours, row.now) for row in refused.context["differences"]] == [
        ("Website", "https://example.net", ""),
        ("What the organisation does", "What I typed", "What another wrote"),
    ]
    organisation.refresh_from_db()
    assert organisation.about == "What another wrote"

    again = client.post(url, form | {"version": refused.context["form"]["version"].value()})
    organisation.refresh_from_db()
    assert (again.status_code, organisation.about) == (302, "What I typed")


def read_form_values(page):
    form = page.context["form"]
    return {field.name: "" if (value := field.value()) is None else value for field in form}


def test_corrected_country_takes_its_regional_group_along_unless_chosen(
    client, organisation, coordinator, build_coalition_url
):
    Organisation.objects.filter(pk=organisation.pk).update(country="LB", regional_group="asia-pacific")
    client.force_login(coordinator)
    url = build_coalition_url("organisation_change", organisation.pk)
    client.post(url, read_form_values(client.get(url)) | {"country": "KE"})
    organisation.refresh_from_db()
    assert (organisation.country, organisation.regional_group) == ("KE", "african")

    client.post(url, read_form_values(client.get(url)) | {"regional_group": "weog"})
    client.post(url, read_form_values(client.get(url)) | {"country": "MU"})
    organisation.refresh_from_db()
    assert (organisation.country, organisation.regional_group) == ("MU", "weog")


def test_saving_an_organisation_unchanged_keeps_a_language_of_one_country(
    client, organisation, coordinator, build_coalition_url
):
    Organisation.objects.filter(pk=organisation.pk).update(languages=["es-ES", "fr"])
    client.force_login(coordinator)
    url = build_coalition_url("organisation_change", organisation.pk)
    form_page = client.get(url)
    assert "European Spanish" in form_page.text
    client.post(url, read_form_values(form_page))
    organisation.refresh_from_db()
    assert organisation.languages == ["es-ES", "fr"]


def test_edit_of_merged_organisation_shows_both_texts(
    client, coalition, organisation, coordinator, build_coalition_url
):
    goes = OrganisationFactory(coalition=coalition, name="Goes", about="As it was")
    form = build_organisation_form_data(goes, about="What I typed")
    organisation.about = "What stands there"
    organisation.save()
    merge_organisations(actor=coordinator, surviving_organisation=organisation, merged_organisation=goes)
    client.force_login(coordinator)
    refused = client.post(build_coalition_url("organisation_change", goes.pk), form)

    assert refused.status_code == 409
    assert f"merged into {organisation.name}" in refused.text
    assert ("What I typed" in refused.text, "What stands there" in refused.text) == (True, True)
    assert f'action="{build_coalition_url("organisation_change", organisation.pk)}"' in refused.text
    assert Activity.objects.filter(verb="changed").count() == 0


def test_merge_is_previewed_done_once_and_old_url_redirects(
    client, coalition, organisation, coordinator, build_coalition_url
):
    goes = AffiliationFactory(organisation__coalition=coalition, organisation__name="Goes").organisation
    client.force_login(coordinator)
    chosen = client.post(build_coalition_url("merge_choose", organisation.pk), {"other": "Goes"})
    preview = client.get(chosen.url)

    assert [(move.what, move.number) for move in preview.context["moves"]] == [("people", 1)]
    assert Organisation.objects.get(pk=goes.pk).merged_into is None
    for _time in range(2):
        assert (
            client.post(build_coalition_url("merge", organisation.pk, goes.pk)).url == organisation.get_absolute_url()
        )
    assert client.get(goes.get_absolute_url()).url == organisation.get_absolute_url()
    assert Activity.objects.filter(verb="merged").count() == 1


def test_stale_settings_show_conflict_and_can_be_resubmitted(client, coalition, coordinator, build_coalition_url):
    client.force_login(coordinator)
    loaded = client.get(build_coalition_url("settings")).context["form"].initial
    form = {name: value for name, value in loaded.items() if value}
    first = client.post(
        build_coalition_url("settings"), form | {"forum": "First", "about": "A line.\r\nAnother.", "country": "KE"}
    )
    second = client.post(
        build_coalition_url("settings"), form | {"forum": "Second", "about": "A line.\nAnother.", "language": "fr"}
    )

    coalition.refresh_from_db()
    assert (first.status_code, second.status_code, coalition.forum) == (302, 409, "First")
    assert [(row.label, row.yours, row.now) for row in second.context["differences"]] == [
        ("Forum", "Second", "First"),
        ("Country of the helpline that is shown first", "", "Kenya"),
        ("Language", "French", "English"),
    ]

    sent = {field.name: field.value() or "" for field in second.context["form"]}
    again = client.post(build_coalition_url("settings"), sent)
    coalition.refresh_from_db()
    assert (again.status_code, coalition.forum, coalition.country) == (302, "Second", "")


def test_role_is_handed_over_and_last_coordinator_sees_advice(
    client, coalition, coordinator, member, build_coalition_url
):
    own = Role.objects.get(person=coordinator)
    client.force_login(coordinator)
    refused = client.post(build_coalition_url("role_end", own.pk), {})
    assert (refused.status_code, "Hand over the role" in refused.text) == (422, True)
    unknown = client.post(build_coalition_url("role_hand_over", own.pk), {"person": "Nobody"})
    assert (unknown.status_code, "We did not find this person in the directory" in unknown.text) == (422, True)

    assert client.post(build_coalition_url("role_hand_over", own.pk), {"person": "a member"}).status_code == 302
    assert Role.objects.in_force().filter(person=member, kind="coordinator").exists()


def test_person_removes_themselves_from_coalition(client, coalition, member, build_coalition_url):
    client.force_login(member)
    url = build_coalition_url("person_take_out", member.pk)
    assert client.get(url).status_code == 200
    assert Membership.objects.get(person=member).standing == "active"

    client.post(url)
    assert Membership.objects.get(person=member).standing == "left"


def test_affiliation_is_confirmed_from_tasks(client, organisation, delegate, build_coalition_url):
    said = AffiliationFactory(organisation=organisation, confirmed_on=None, confirmed_by=None)
    elsewhere = AffiliationFactory(organisation__coalition=organisation.coalition, confirmed_on=None, confirmed_by=None)
    client.force_login(delegate)
    assert [tie.pk for tie in client.get(build_coalition_url("confirmations")).context["page"].rows] == [said.pk]

    done = client.post(build_coalition_url("affiliation_speaks", said.pk), {"from": "list"})
    assert done.url == build_coalition_url("confirmations")
    assert client.post(build_coalition_url("affiliation_confirm", elsewhere.pk)).status_code == 404
    said.refresh_from_db()
    assert (said.may_speak, said.confirmed_by) == (True, delegate)


def test_objects_of_another_coalition_are_not_found(client, coalition, coordinator, build_coalition_url):
    other = CoalitionFactory()
    foreign = MembershipFactory(coalition=other)
    tie = AffiliationFactory(organisation=foreign.organisation)
    role = RoleFactory(coalition=other, person=coordinator)
    area = other.areas.create(name="Theirs")
    client.force_login(coordinator)

    for name, pk in [
        ("organisation_detail", foreign.organisation_id),
        ("organisation_change", foreign.organisation_id),
        ("merge_choose", foreign.organisation_id),
        ("person_detail", tie.person_id),
        ("membership_end", foreign.pk),
        ("membership_dates", foreign.pk),
        ("application_decline", foreign.pk),
        ("affiliation_end", tie.pk),
        ("role_end", role.pk),
        ("role_hand_over", role.pk),
        ("area_rename", area.pk),
    ]:
        assert client.get(build_coalition_url(name, pk)).status_code == 404


@pytest.mark.parametrize(
    ("route_name", "url_name", "shown_text"),
    [
        ("organisation_new", {"name": "New one", "stakeholder_group": "unknown"}, "added to the directory"),
        ("person_new", {"name": "New one", "role": "chair", "is_minor": "no"}, "first email will tell them"),
        ("role_give", {"person": "A member", "kind": "editor"}, "role has been assigned"),
        ("coalition_name_add", {"name": "Before", "source": "A paper"}, "former name has been added"),
    ],
)
def test_coordinator_submits_each_form(
    client, build_coalition_url, coordinator, member, route_name, url_name, shown_text
):
    client.force_login(coordinator)
    assert client.get(build_coalition_url(route_name)).status_code == 200
    assert client.post(build_coalition_url(route_name), {}).status_code == 422

    assert shown_text in client.post(build_coalition_url(route_name), url_name, follow=True).text


@pytest.mark.parametrize(
    ("route_name", "url_name", "shown_text"),
    [
        ("organisation_name_add", {"name": "Before"}, "by this name"),
        ("affiliation_add", {"person": "A member", "may_speak": "on"}, "added and confirmed"),
        ("affiliation_say", {"position": "adviser"}, "will take effect when"),
        ("membership_add", {"starts_on": "2010-01-01"}, "membership has been added"),
    ],
)
def test_each_organisation_form_is_submitted(
    client, coalition, build_coalition_url, coordinator, member, route_name, url_name, shown_text
):
    organisation = OrganisationFactory(coalition=coalition)
    client.force_login(coordinator)
    assert client.get(build_coalition_url(route_name, organisation.pk)).status_code == 200

    assert shown_text in client.post(build_coalition_url(route_name, organisation.pk), url_name, follow=True).text


def test_buttons_of_areas_mailing_list_and_duplicates_work(client, coalition, coordinator, build_coalition_url):
    client.force_login(coordinator)
    client.post(build_coalition_url("area_add"), {"name": "Policy"})
    area = coalition.areas.get()
    client.post(build_coalition_url("area_rename", area.pk), {"name": "Policy making"})
    client.post(build_coalition_url("scheme_add"))
    assert "Policy making" in client.get(build_coalition_url("areas")).text
    client.post(build_coalition_url("area_remove", area.pk))
    assert coalition.areas.count() == 9

    client.post(build_coalition_url("list_add"), {"email": "reader@example.org", "is_adult": "on"})
    entry = coalition.list_entries.get()
    assert "reader@example.org" in client.get(build_coalition_url("list_entries")).text
    client.post(build_coalition_url("list_end", entry.pk))
    assert "reader@example.org" not in client.get(build_coalition_url("list_entries")).text

    first, second = (OrganisationFactory(coalition=coalition, name=name) for name in ("ECPAT", "ECPAT International"))
    assert len(client.get(build_coalition_url("duplicates")).context["pairs"]) == 1
    client.post(build_coalition_url("keep_apart", first.pk, second.pk))
    assert client.get(build_coalition_url("duplicates")).context["pairs"] == []


@pytest.mark.parametrize("route_name", ["area_add", "list_add"])
def test_blank_input_shows_field_error(client, coordinator, build_coalition_url, route_name):
    client.force_login(coordinator)

    assert client.post(build_coalition_url(route_name), {}).status_code == 422


def test_membership_dates_are_corrected_and_membership_ended(client, organisation, coordinator, build_coalition_url):
    membership = organisation.memberships.get()
    client.force_login(coordinator)
    for name, form in [
        ("membership_dates", {"starts_on": "2008-01-01"}),
        ("membership_end", {"reason": "It was dissolved."}),
    ]:
        assert client.get(build_coalition_url(name, membership.pk)).status_code == 200
        assert client.post(build_coalition_url(name, membership.pk), form).url == organisation.get_absolute_url()

    membership.refresh_from_db()
    assert (membership.starts_on, membership.standing) == (date(2008, 1, 1), "left")


def test_affiliation_loses_right_to_represent_and_is_ended(
    client, organisation, delegate, coordinator, build_coalition_url
):
    own = Affiliation.objects.get(person=delegate)
    client.force_login(coordinator)
    client.post(build_coalition_url("affiliation_silent", own.pk))
    assert client.get(build_coalition_url("affiliation_end", own.pk)).status_code == 200
    client.post(build_coalition_url("affiliation_end", own.pk), {})

    own.refresh_from_db()
    assert (own.may_speak, own.ends_on) == (False, timezone.localdate())


def test_only_applicant_can_withdraw_application(client, coalition, build_coalition_url, member, outsider):
    application = MembershipFactory(
        coalition=coalition,
        organisation=None,
        person=outsider,
        applicant=outsider,
        standing="applied",
        starts_on=None,
    )
    url = build_coalition_url("application_withdraw", application.pk)
    for person, status in [(member, 404), (outsider, 302)]:
        client.force_login(person)
        assert client.post(url).status_code == status
    assert "withdrawn" in client.get(build_coalition_url("apply")).text
    assert Membership.objects.get(pk=application.pk).standing == "left"

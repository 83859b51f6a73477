from datetime import date

import pytest

from jukwaa.coalitions.actions import OrganisationFacts, add_organisation, add_organisation_name, change_organisation
from jukwaa.coalitions.models import Activity, Organisation
from jukwaa.core.refusals import ActionRefused, EditConflict
from tests.factories import OrganisationFactory


@pytest.fixture
def organisation_to_rename(coalition):
    return OrganisationFactory(coalition=coalition, name="Old name", acronym="ON", country="KE")


def change_organisation_name(actor, organisation_to_rename, **facts):
    organisation_to_rename.refresh_from_db()
    return change_organisation(
        actor=actor,
        organisation=organisation_to_rename,
        facts=OrganisationFacts(**facts),
        from_version=organisation_to_rename.version,
        effective_on=date(2026, 3, 1),
    )


def list_former_names(organisation_to_rename):
    return list(organisation_to_rename.names.values_list("name", "starts_on", "ends_on"))


def test_regional_group_is_derived_from_country_unless_set(coalition, coordinator):
    def get_stakeholder_group(**facts):
        return add_organisation(
            actor=coordinator, coalition=coalition, organisation_facts=OrganisationFacts(**facts)
        ).regional_group

    assert get_stakeholder_group(name="One", country="MU") == "african"
    assert get_stakeholder_group(name="Two", country="CH", stakeholder_group="intergovernmental") == "igo"
    assert get_stakeholder_group(name="Three", country="CH", regional_group="african") == "african"
    assert get_stakeholder_group(name="Four") == "unknown"


def test_organisation_name_is_unique_ignoring_case(coalition, coordinator):
    first = add_organisation(
        actor=coordinator, coalition=coalition, organisation_facts=OrganisationFacts(name="Insafe")
    )
    second = add_organisation(
        actor=coordinator, coalition=coalition, organisation_facts=OrganisationFacts(name="INSAFE")
    )

    assert first == second
    assert list(Activity.objects.values_list("verb", flat=True)) == ["added"]


def test_former_name_and_acronym_are_kept_in_history(organisation_to_rename, coordinator):
    change_organisation_name(coordinator, organisation_to_rename, name="New name", acronym="NN", country="KE")

    assert list_former_names(organisation_to_rename) == [
        ("ON", None, date(2026, 2, 28)),
        ("Old name", None, date(2026, 2, 28)),
    ]


def test_spelling_change_is_not_added_to_history(organisation_to_rename, coordinator):
    change_organisation_name(coordinator, organisation_to_rename, name="OLD NAME", acronym="ON", country="KE")

    assert list_former_names(organisation_to_rename) == []


def test_saving_unchanged_organisation_does_nothing(organisation_to_rename, coordinator):
    facts = {"name": "Old name", "acronym": "ON", "country": "KE"}
    change_organisation_name(coordinator, organisation_to_rename, **facts)  # the group follows from the country
    change_organisation_name(coordinator, organisation_to_rename, **facts)

    organisation_to_rename.refresh_from_db()
    assert organisation_to_rename.version == 2
    assert list(Activity.objects.values_list("verb", flat=True)) == ["changed"]


def test_stale_edit_is_refused_without_data_loss(organisation_to_rename, coordinator, delegate):
    facts = OrganisationFacts(name="First", country="KE")
    change_organisation(actor=coordinator, organisation=organisation_to_rename, facts=facts, from_version=1)

    with pytest.raises(EditConflict) as refusal:
        change_organisation(
            actor=coordinator,
            organisation=organisation_to_rename,
            facts=OrganisationFacts(name="Second"),
            from_version=1,
        )

    assert refusal.value.current.name == "First"
    assert Organisation.objects.get(pk=organisation_to_rename.pk).name == "First"


def test_two_organisations_cannot_share_name(organisation_to_rename, coordinator, coalition):
    OrganisationFactory(coalition=coalition, name="Taken")

    with pytest.raises(ActionRefused, match="merge them"):
        change_organisation_name(coordinator, organisation_to_rename, name="taken")


def test_other_name_is_stored_once_and_dates_can_be_corrected(organisation_to_rename, coordinator):
    for ends_on in (None, None, date(1996, 1, 1)):
        add_organisation_name(
            actor=coordinator, organisation=organisation_to_rename, name="Older name", ends_on=ends_on
        )

    assert list_former_names(organisation_to_rename) == [("Older name", None, date(1996, 1, 1))]
    assert list(Activity.objects.values_list("verb", flat=True)) == ["named", "named"]
    with pytest.raises(ActionRefused, match="on or after the first day"):
        add_organisation_name(
            actor=coordinator,
            organisation=organisation_to_rename,
            name="X",
            starts_on=date(2000, 1, 1),
            ends_on=date(1999, 1, 1),
        )

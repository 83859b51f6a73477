from datetime import date

import pytest

from jukwaa.coalitions.actions import OrganisationFacts, add_organisation, add_organisation_name, change_organisation
from jukwaa.coalitions.models import Activity, Organisation
from jukwaa.core.refusals import ActionRefused, EditConflict
from tests.factories import OrganisationFactory


@pytest.fixture
def row(coalition):
    return OrganisationFactory(coalition=coalition, name="Old name", acronym="ON", country="KE")


def change(actor, row, **facts):
    row.refresh_from_db()
    return change_organisation(
        actor=actor,
        organisation=row,
        facts=OrganisationFacts(**facts),
        from_version=row.version,
        effective_on=date(2026, 3, 1),
    )


def names(row):
    return list(row.names.values_list("name", "starts_on", "ends_on"))


def test_regional_group_is_derived_from_country_unless_set(coalition, coordinator):
    def group(**facts):
        return add_organisation(
            actor=coordinator, coalition=coalition, organisation_facts=OrganisationFacts(**facts)
        ).regional_group

    assert group(name="One", country="MU") == "african"
    assert group(name="Two", country="CH", stakeholder_group="intergovernmental") == "igo"
    assert group(name="Three", country="CH", regional_group="african") == "african"
    assert group(name="Four") == "unknown"


def test_organisation_name_is_unique_ignoring_case(coalition, coordinator):
    first = add_organisation(
        actor=coordinator, coalition=coalition, organisation_facts=OrganisationFacts(name="Insafe")
    )
    second = add_organisation(
        actor=coordinator, coalition=coalition, organisation_facts=OrganisationFacts(name="INSAFE")
    )

    assert first == second
    assert list(Activity.objects.values_list("verb", flat=True)) == ["added"]


def test_former_name_and_acronym_are_kept_in_history(row, coordinator):
    change(coordinator, row, name="New name", acronym="NN", country="KE")

    assert names(row) == [("ON", None, date(2026, 2, 28)), ("Old name", None, date(2026, 2, 28))]


def test_spelling_change_is_not_added_to_history(row, coordinator):
    change(coordinator, row, name="OLD NAME", acronym="ON", country="KE")

    assert names(row) == []


def test_saving_unchanged_organisation_does_nothing(row, coordinator):
    facts = {"name": "Old name", "acronym": "ON", "country": "KE"}
    change(coordinator, row, **facts)  # the group follows from the country
    change(coordinator, row, **facts)

    row.refresh_from_db()
    assert row.version == 2
    assert list(Activity.objects.values_list("verb", flat=True)) == ["changed"]


def test_stale_edit_is_refused_without_data_loss(row, coordinator, delegate):
    facts = OrganisationFacts(name="First", country="KE")
    change_organisation(actor=coordinator, organisation=row, facts=facts, from_version=1)

    with pytest.raises(EditConflict) as refusal:
        change_organisation(actor=coordinator, organisation=row, facts=OrganisationFacts(name="Second"), from_version=1)

    assert refusal.value.current.name == "First"
    assert Organisation.objects.get(pk=row.pk).name == "First"


def test_two_organisations_cannot_share_name(row, coordinator, coalition):
    OrganisationFactory(coalition=coalition, name="Taken")

    with pytest.raises(ActionRefused, match="merge them"):
        change(coordinator, row, name="taken")


def test_other_name_is_stored_once_and_dates_can_be_corrected(row, coordinator):
    for ends_on in (None, None, date(1996, 1, 1)):
        add_organisation_name(actor=coordinator, organisation=row, name="Older name", ends_on=ends_on)

    assert names(row) == [("Older name", None, date(1996, 1, 1))]
    assert list(Activity.objects.values_list("verb", flat=True)) == ["named", "named"]
    with pytest.raises(ActionRefused, match="not before the first day"):
        add_organisation_name(
            actor=coordinator, organisation=row, name="X", starts_on=date(2000, 1, 1), ends_on=date(1999, 1, 1)
        )

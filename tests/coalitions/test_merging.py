from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.coalitions.actions import (
    OrganisationFacts,
    add_area,
    change_organisation,
    mark_as_distinct,
    merge_organisations,
)
from jukwaa.coalitions.capacities import create_capacity_from_source
from jukwaa.coalitions.merge_preview import DiscardedValue, count_moved_rows, find_discarded_values
from jukwaa.coalitions.models import Activity, Affiliation, KeptApart, Organisation
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.records.models import Audience
from tests.deep import examples
from tests.factories import (
    AffiliationFactory,
    CoalitionFactory,
    DocumentFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
)


@pytest.fixture
def stays(coalition):
    return OrganisationFactory(coalition=coalition, name="ECPAT International", country="TH", languages=["en"])


@pytest.fixture
def goes(coalition):
    return OrganisationFactory(
        coalition=coalition, name="ECPAT", acronym="EI", website="https://example.org", languages=["en", "fr"]
    )


def test_the_one_that_stays_takes_everything_and_keeps_its_name(stays, goes, coalition, coordinator):
    area = add_area(actor=coordinator, coalition=coalition, name="Policy")
    goes.areas.add(area)
    stays.areas.add(area)
    goes.names.create(name="End Child Prostitution", ends_on=date(1996, 1, 1))
    person = AffiliationFactory(organisation=goes, may_speak=True).person
    membership = MembershipFactory(coalition=coalition, organisation=goes, starts_on=date(2008, 1, 1))
    capacity = create_capacity_from_source(coalition=coalition, name="ECPAT, chair", organisation=goes)
    merge_organisations(actor=coordinator, survivor=stays, merged=goes)

    stays, goes = (Organisation.objects.get(pk=row.pk) for row in (stays, goes))
    assert (stays.name, stays.acronym, stays.country, stays.website) == (
        "ECPAT International",
        "EI",
        "TH",
        "https://example.org",
    )
    assert stays.languages == ["en", "fr"]
    assert [name.name for name in stays.names.all()] == ["ECPAT", "End Child Prostitution"]
    assert [tie.person for tie in stays.affiliations.all()] == [person]
    assert list(stays.memberships.all()) == [membership]
    assert list(stays.areas.all()) == [area]
    assert list(stays.capacities.values_list("pk", "name")) == [(capacity.pk, "ECPAT, chair")]
    assert goes.merged_into == stays
    assert count_moved_rows(goes) == []


def test_all_that_the_other_had_stands_on_the_page_of_the_one_that_stays(
    client, stays, goes, coalition, coordinator, member
):
    stays.acronym, stays.about, stays.website = "ECPAT-I", "What one says.", "https://example.net"
    stays.save()
    goes.about = "What the other says."
    goes.save()
    goes.names.create(name="End Child Prostitution", ends_on=date(1996, 1, 1))
    AffiliationFactory(organisation=goes, person__name="Rosa Tied")
    MembershipFactory(coalition=coalition, organisation=goes, starts_on=date(2008, 5, 1))
    create_capacity_from_source(coalition=coalition, name="The chair of ECPAT", organisation=goes)
    differing = find_discarded_values(stays, goes)
    client.force_login(coordinator)
    preview = client.get(f"/ours/organisations/{stays.pk}/merge/{goes.pk}/")
    merge_organisations(actor=coordinator, survivor=stays, merged=goes)
    page = client.get(goes.get_absolute_url(), follow=True)
    hung = ["ECPAT", "EI", "End Child Prostitution", "Rosa Tied", "since 1 May 2008", "The chair of ECPAT"]
    gave_way = ["What the other says.", "https://example.org"]
    client.force_login(member)
    of_member = client.get(stays.get_absolute_url()).text

    assert differing == [
        DiscardedValue("Website", "https://example.net", "https://example.org"),
        DiscardedValue("What the organisation does", "What one says.", "What the other says."),
    ]
    assert "You can't undo a merge." in preview.text
    assert [words for words in (*hung, *gave_way) if words not in page.text] == []
    assert [words for words in hung if words not in of_member] == []
    assert not any(words in of_member for words in gave_way)


def test_merging_twice_changes_nothing(stays, goes, coordinator):
    for _time in range(2):
        merge_organisations(actor=coordinator, survivor=stays, merged=goes)

    assert list(Activity.objects.values_list("verb", "object_id")) == [("merged", stays.pk)]


def test_what_was_merged_before_leads_to_the_last(stays, goes, coalition, coordinator, client):
    first = OrganisationFactory(coalition=coalition, name="ECPAT (old)")
    merge_organisations(actor=coordinator, survivor=goes, merged=first)
    merge_organisations(actor=coordinator, survivor=stays, merged=goes)

    for row in (first, goes):
        assert client.get(row.get_absolute_url()).url == stays.get_absolute_url()
    with pytest.raises(ActionRefused, match="already been merged"):
        merge_organisations(actor=coordinator, survivor=goes, merged=stays)


def test_two_memberships_of_today_become_one_with_the_earlier_start(stays, goes, coalition, coordinator):
    for row, since, why in [(stays, date(2012, 1, 1), "One."), (goes, date(2008, 1, 1), "Two.")]:
        MembershipFactory(coalition=coalition, organisation=row, starts_on=since, motivation=why)
    past = MembershipFactory(
        coalition=coalition, organisation=goes, standing="left", starts_on=date(2001, 1, 1), ends_on=date(2002, 1, 1)
    )
    merge_organisations(actor=coordinator, survivor=stays, merged=goes)

    active = stays.memberships.get(standing="active")
    assert (active.starts_on, active.motivation) == (date(2008, 1, 1), "One.\n\nTwo.")
    assert list(stays.memberships.exclude(pk=active.pk)) == [past]


def test_an_application_of_one_is_answered_by_the_membership_of_the_other(stays, goes, coalition, coordinator):
    MembershipFactory(coalition=coalition, organisation=stays, standing="applied", starts_on=None)
    MembershipFactory(coalition=coalition, organisation=goes, starts_on=date(2008, 1, 1))
    merge_organisations(actor=coordinator, survivor=stays, merged=goes)

    assert list(stays.memberships.values_list("standing", "starts_on")) == [("active", date(2008, 1, 1))]


def test_records_that_name_the_one_name_the_other_and_none_twice(stays, goes, coalition, coordinator):
    both, one = DocumentFactory.create_batch(2, coalition=coalition)
    for record, organisation in [(both, stays), (both, goes), (one, goes)]:
        Audience.objects.create(record=record, organisation=organisation)
    assert [(move.what, move.number) for move in count_moved_rows(goes)] == [("records that name it", 2)]
    merge_organisations(actor=coordinator, survivor=stays, merged=goes)

    assert list(Audience.objects.order_by("record").values_list("record", "organisation")) == [
        (both.pk, stays.pk),
        (one.pk, stays.pk),
    ]


def test_whoever_edits_what_was_merged_away_is_refused(stays, goes, coordinator):
    merge_organisations(actor=coordinator, survivor=stays, merged=goes)

    for row in (stays, goes):
        with pytest.raises(EditConflict):
            change_organisation(
                actor=coordinator, organisation=row, facts=OrganisationFacts(name="Typed"), from_version=1
            )


def test_organisations_of_two_coalitions_are_never_merged(stays, other_coalition, coordinator):
    RoleFactory(coalition=other_coalition, person=coordinator)
    elsewhere = OrganisationFactory(coalition=other_coalition)

    for deed in (
        lambda: merge_organisations(actor=coordinator, survivor=stays, merged=elsewhere),
        lambda: mark_as_distinct(actor=coordinator, first=stays, second=elsewhere),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_two_are_kept_apart_until_they_are_merged_all_the_same(stays, goes, coordinator):
    for _time in range(2):
        mark_as_distinct(actor=coordinator, first=goes, second=stays)
    assert KeptApart.objects.count() == 1

    merge_organisations(actor=coordinator, survivor=stays, merged=goes)
    assert not KeptApart.objects.exists()


DAY = date(2020, 1, 1)
days = st.integers(0, 30).map(lambda n: DAY + timedelta(days=n))
spans = st.tuples(st.none() | days, st.none() | days).filter(lambda span: None in span or span[0] <= span[1])
ties = st.lists(st.tuples(st.integers(0, 2), st.booleans(), spans), max_size=8)


def covered(rows):
    """Every day on which somebody was in the organisation, by person."""
    horizon = [DAY + timedelta(days=n) for n in range(-2, 33)]
    return {
        (row.person_id, day)
        for row in rows
        for day in horizon
        if (row.starts_on is None or row.starts_on <= day) and (row.ends_on is None or day <= row.ends_on)
    }


@settings(max_examples=examples(40))
@given(ties=ties, capacities=st.lists(st.booleans(), max_size=4), names=st.lists(st.sampled_from("abcAB"), max_size=4))
def test_merging_loses_nothing(db, ties, capacities, names):
    coalition = CoalitionFactory()
    coordinator = RoleFactory(coalition=coalition).person
    both = OrganisationFactory.create_batch(2, coalition=coalition)
    people = PersonFactory.create_batch(3)
    for who, which, (starts_on, ends_on) in ties:
        organisation, person = both[which], people[who]
        if ends_on or not organisation.affiliations.filter(person=person, ends_on=None).exists():
            AffiliationFactory(person=person, organisation=organisation, starts_on=starts_on, ends_on=ends_on)
    for which in capacities:
        create_capacity_from_source(coalition=coalition, name=f"as {which}", organisation=both[which])
    for number, name in enumerate(names):
        organisation = both[number % 2]
        if not organisation.names.filter(name__iexact=name).exists():
            organisation.names.create(name=name)
    rows = Affiliation.objects.filter(organisation__in=both)
    before, dated = covered(rows), covered(rows.filter(starts_on__isnull=False))

    merge_organisations(actor=coordinator, survivor=both[0], merged=both[1])

    # No day with a known beginning is lost, and no person; an unknown beginning gives way to a known one.
    after = covered(both[0].affiliations.all())
    assert dated <= after <= before
    assert {person for person, _day in before} == {person for person, _day in after}
    assert both[0].capacities.count() == len(capacities)
    kept = {name.name.lower() for name in both[0].names.all()}
    assert kept == {name.lower() for name in names} | {both[1].name.lower()}
    assert not both[1].affiliations.exists()
    assert not both[1].capacities.exists()
    assert not both[1].names.exists()

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.coalitions.actions import (
    OrganisationFacts,
    add_area_of_work,
    change_organisation,
    mark_organisations_as_distinct,
    merge_organisations,
)
from jukwaa.coalitions.capacities import create_capacity_from_source
from jukwaa.coalitions.merge_preview import DiscardedValue, count_moved_rows, find_discarded_values
from jukwaa.coalitions.models import Activity, Affiliation, KeptApart, Organisation
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.records.models import Audience
from tests.deep import get_example_count
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
def kept_organisation(coalition):
    return OrganisationFactory(coalition=coalition, name="ECPAT International", country="TH", languages=["en"])


@pytest.fixture
def merged_organisation(coalition):
    return OrganisationFactory(
        coalition=coalition, name="ECPAT", acronym="EI", website="https://example.org", languages=["en", "fr"]
    )


def test_merge_moves_everything_and_keeps_name(kept_organisation, merged_organisation, coalition, coordinator):
    area = add_area_of_work(actor=coordinator, coalition=coalition, name="Policy")
    merged_organisation.areas.add(area)
    kept_organisation.areas.add(area)
    merged_organisation.names.create(name="End Child Prostitution", ends_on=date(1996, 1, 1))
    person = AffiliationFactory(organisation=merged_organisation, may_speak=True).person
    membership = MembershipFactory(coalition=coalition, organisation=merged_organisation, starts_on=date(2008, 1, 1))
    capacity = create_capacity_from_source(
        coalition=coalition, person_name="ECPAT, chair", organisation=merged_organisation
    )
    merge_organisations(
        actor=coordinator, surviving_organisation=kept_organisation, merged_organisation=merged_organisation
    )

    kept_organisation, merged_organisation = (
        Organisation.objects.get(pk=row.pk) for row in (kept_organisation, merged_organisation)
    )
    assert (
        kept_organisation.name,
        kept_organisation.acronym,
        kept_organisation.country,
        kept_organisation.website,
    ) == (
        "ECPAT International",
        "EI",
        "TH",
        "https://example.org",
    )
    assert kept_organisation.languages == ["en", "fr"]
    assert [name.name for name in kept_organisation.names.all()] == ["ECPAT", "End Child Prostitution"]
    assert [tie.person for tie in kept_organisation.affiliations.all()] == [person]
    assert list(kept_organisation.memberships.all()) == [membership]
    assert list(kept_organisation.areas.all()) == [area]
    assert list(kept_organisation.capacities.values_list("pk", "name")) == [(capacity.pk, "ECPAT, chair")]
    assert merged_organisation.merged_into == kept_organisation
    assert count_moved_rows(merged_organisation) == []


def test_page_of_kept_organisation_shows_merged_data(
    client, kept_organisation, merged_organisation, coalition, coordinator, member
):
    kept_organisation.acronym, kept_organisation.about, kept_organisation.website = (
        "ECPAT-I",
        "What one says.",
        "https://example.net",
    )
    kept_organisation.save()
    merged_organisation.about = "What the other says."
    merged_organisation.save()
    merged_organisation.names.create(name="End Child Prostitution", ends_on=date(1996, 1, 1))
    AffiliationFactory(organisation=merged_organisation, person__name="Rosa Tied")
    MembershipFactory(coalition=coalition, organisation=merged_organisation, starts_on=date(2008, 5, 1))
    create_capacity_from_source(coalition=coalition, person_name="The chair of ECPAT", organisation=merged_organisation)
    differing = find_discarded_values(kept_organisation, merged_organisation)
    client.force_login(coordinator)
    preview = client.get(f"/ours/organisations/{kept_organisation.pk}/merge/{merged_organisation.pk}/")
    merge_organisations(
        actor=coordinator, surviving_organisation=kept_organisation, merged_organisation=merged_organisation
    )
    page = client.get(merged_organisation.get_absolute_url(), follow=True)
    hung = ["ECPAT", "EI", "End Child Prostitution", "Rosa Tied", "since 1 May 2008", "The chair of ECPAT"]
    gave_way = ["What the other says.", "https://example.org"]
    client.force_login(member)
    of_member = client.get(kept_organisation.get_absolute_url()).text

    assert differing == [
        DiscardedValue("Website", "https://example.net", "https://example.org"),
        DiscardedValue("What the organisation does", "What one says.", "What the other says."),
    ]
    assert "You cannot undo a merge." in preview.text
    assert [words for words in (*hung, *gave_way) if words not in page.text] == []
    assert [words for words in hung if words not in of_member] == []
    assert not any(words in of_member for words in gave_way)


def test_repeated_merge_changes_nothing(kept_organisation, merged_organisation, coordinator):
    for _time in range(2):
        merge_organisations(
            actor=coordinator, surviving_organisation=kept_organisation, merged_organisation=merged_organisation
        )

    assert list(Activity.objects.values_list("verb", "object_id")) == [("merged", kept_organisation.pk)]


def test_chain_of_merges_leads_to_last_organisation(
    kept_organisation, merged_organisation, coalition, coordinator, client
):
    first = OrganisationFactory(coalition=coalition, name="ECPAT (old)")
    merge_organisations(actor=coordinator, surviving_organisation=merged_organisation, merged_organisation=first)
    merge_organisations(
        actor=coordinator, surviving_organisation=kept_organisation, merged_organisation=merged_organisation
    )

    for row in (first, merged_organisation):
        assert client.get(row.get_absolute_url()).url == kept_organisation.get_absolute_url()
    with pytest.raises(ActionRefused, match="already been merged"):
        merge_organisations(
            actor=coordinator, surviving_organisation=merged_organisation, merged_organisation=kept_organisation
        )


def test_merge_joins_current_memberships_from_earlier_start(
    kept_organisation, merged_organisation, coalition, coordinator
):
    for row, since, why in [
        (kept_organisation, date(2012, 1, 1), "One."),
        (merged_organisation, date(2008, 1, 1), "Two."),
    ]:
        MembershipFactory(coalition=coalition, organisation=row, starts_on=since, motivation=why)
    past = MembershipFactory(
        coalition=coalition,
        organisation=merged_organisation,
        standing="left",
        starts_on=date(2001, 1, 1),
        ends_on=date(2002, 1, 1),
    )
    merge_organisations(
        actor=coordinator, surviving_organisation=kept_organisation, merged_organisation=merged_organisation
    )

    active = kept_organisation.memberships.get(standing="active")
    assert (active.starts_on, active.motivation) == (date(2008, 1, 1), "One.\n\nTwo.")
    assert list(kept_organisation.memberships.exclude(pk=active.pk)) == [past]


@pytest.mark.parametrize("is_exact_date_kept", [True, False])
@pytest.mark.parametrize(
    ("exact_day", "vague_day", "precision", "expected"),
    [
        (date(2022, 10, 10), date(2022, 10, 1), "month", (date(2022, 10, 10), "day")),
        (date(2022, 10, 10), date(2022, 1, 1), "year", (date(2022, 10, 10), "day")),
        (date(2022, 10, 10), date(2022, 9, 1), "month", (date(2022, 9, 1), "month")),
        (date(2022, 10, 10), date(2022, 11, 1), "month", (date(2022, 10, 10), "day")),
    ],
)
def test_merge_keeps_exact_first_day_within_vague_one(
    kept_organisation,
    merged_organisation,
    coalition,
    coordinator,
    exact_day,
    vague_day,
    precision,
    expected,
    is_exact_date_kept,
):
    exact, vague = (kept_organisation, merged_organisation)[:: 1 if is_exact_date_kept else -1]
    MembershipFactory(coalition=coalition, organisation=exact, starts_on=exact_day)
    MembershipFactory(coalition=coalition, organisation=vague, starts_on=vague_day, starts_precision=precision)

    merge_organisations(
        actor=coordinator, surviving_organisation=kept_organisation, merged_organisation=merged_organisation
    )

    active = kept_organisation.memberships.get(standing="active")
    assert (active.starts_on, active.starts_precision) == expected


def test_merge_resolves_application_with_existing_membership(
    kept_organisation, merged_organisation, coalition, coordinator
):
    MembershipFactory(coalition=coalition, organisation=kept_organisation, standing="applied", starts_on=None)
    MembershipFactory(coalition=coalition, organisation=merged_organisation, starts_on=date(2008, 1, 1))
    merge_organisations(
        actor=coordinator, surviving_organisation=kept_organisation, merged_organisation=merged_organisation
    )

    assert list(kept_organisation.memberships.values_list("standing", "starts_on")) == [("active", date(2008, 1, 1))]


def test_merge_moves_record_references_without_duplicates(
    kept_organisation, merged_organisation, coalition, coordinator
):
    both, one = DocumentFactory.create_batch(2, coalition=coalition)
    for record, organisation in [(both, kept_organisation), (both, merged_organisation), (one, merged_organisation)]:
        Audience.objects.create(record=record, organisation=organisation)
    assert [(move.what, move.number) for move in count_moved_rows(merged_organisation)] == [
        ("records that mention the organisation", 2)
    ]
    merge_organisations(
        actor=coordinator, surviving_organisation=kept_organisation, merged_organisation=merged_organisation
    )

    assert list(Audience.objects.order_by("record").values_list("record", "organisation")) == [
        (both.pk, kept_organisation.pk),
        (one.pk, kept_organisation.pk),
    ]


def test_edit_of_merged_organisation_is_refused(kept_organisation, merged_organisation, coordinator):
    merge_organisations(
        actor=coordinator, surviving_organisation=kept_organisation, merged_organisation=merged_organisation
    )

    for row in (kept_organisation, merged_organisation):
        with pytest.raises(EditConflict):
            change_organisation(
                actor=coordinator, organisation=row, facts=OrganisationFacts(name="Typed"), from_version=1
            )


def test_organisations_of_different_coalitions_cannot_be_merged(kept_organisation, other_coalition, coordinator):
    RoleFactory(coalition=other_coalition, person=coordinator)
    elsewhere = OrganisationFactory(coalition=other_coalition)

    for deed in (
        lambda: merge_organisations(
            actor=coordinator, surviving_organisation=kept_organisation, merged_organisation=elsewhere
        ),
        lambda: mark_organisations_as_distinct(
            actor=coordinator, first_organisation=kept_organisation, second_organisation=elsewhere
        ),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_dismissed_duplicates_can_still_be_merged(kept_organisation, merged_organisation, coordinator):
    for _time in range(2):
        mark_organisations_as_distinct(
            actor=coordinator, first_organisation=merged_organisation, second_organisation=kept_organisation
        )
    assert KeptApart.objects.count() == 1

    merge_organisations(
        actor=coordinator, surviving_organisation=kept_organisation, merged_organisation=merged_organisation
    )
    assert not KeptApart.objects.exists()


FIRST_MEMBERSHIP_DAY = date(2020, 1, 1)
DAY_STRATEGY = st.integers(0, 30).map(lambda n: FIRST_MEMBERSHIP_DAY + timedelta(days=n))
PERIOD_STRATEGY = st.tuples(st.none() | DAY_STRATEGY, st.none() | DAY_STRATEGY).filter(
    lambda span: None in span or span[0] <= span[1]
)
AFFILIATIONS_STRATEGY = st.lists(st.tuples(st.integers(0, 2), st.booleans(), PERIOD_STRATEGY), max_size=8)


def list_membership_days(memberships):
    """Return (person, day) for every day on which a person was affiliated with the organisation."""
    horizon = [FIRST_MEMBERSHIP_DAY + timedelta(days=n) for n in range(-2, 33)]
    return {
        (row.person_id, day)
        for row in memberships
        for day in horizon
        if (row.starts_on is None or row.starts_on <= day) and (row.ends_on is None or day <= row.ends_on)
    }


@settings(max_examples=get_example_count(40))
@given(
    affiliation_facts=AFFILIATIONS_STRATEGY,
    speaker_flags=st.lists(st.booleans(), max_size=4),
    former_names=st.lists(st.sampled_from("abcAB"), max_size=4),
)
def test_merging_organisations_keeps_all_affiliations(db, affiliation_facts, speaker_flags, former_names):
    coalition = CoalitionFactory()
    coordinator = RoleFactory(coalition=coalition).person
    both = OrganisationFactory.create_batch(2, coalition=coalition)
    people = PersonFactory.create_batch(3)
    for who, which, (starts_on, ends_on) in affiliation_facts:
        organisation, person = both[which], people[who]
        if ends_on or not organisation.affiliations.filter(person=person, ends_on=None).exists():
            AffiliationFactory(person=person, organisation=organisation, starts_on=starts_on, ends_on=ends_on)
    for which in speaker_flags:
        create_capacity_from_source(coalition=coalition, person_name=f"as {which}", organisation=both[which])
    for number, name in enumerate(former_names):
        organisation = both[number % 2]
        if not organisation.names.filter(name__iexact=name).exists():
            organisation.names.create(name=name)
    rows = Affiliation.objects.filter(organisation__in=both)
    before, dated = list_membership_days(rows), list_membership_days(rows.filter(starts_on__isnull=False))

    merge_organisations(actor=coordinator, surviving_organisation=both[0], merged_organisation=both[1])

    # No day with a known beginning is lost, and no person; an unknown beginning gives way to a known one.
    after = list_membership_days(both[0].affiliations.all())
    assert dated <= after <= before
    assert {person for person, _day in before} == {person for person, _day in after}
    assert both[0].capacities.count() == len(speaker_flags)
    kept = {name.name.lower() for name in both[0].names.all()}
    assert kept == {name.lower() for name in former_names} | {both[1].name.lower()}
    assert not both[1].affiliations.exists()
    assert not both[1].capacities.exists()
    assert not both[1].names.exists()

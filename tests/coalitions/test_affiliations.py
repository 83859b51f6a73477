from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.actions import (
    PersonFacts,
    add_affiliation,
    add_person,
    change_affiliation,
    claim_affiliation,
    confirm_affiliation,
    end_affiliation,
    remove_person,
)
from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.departures import sync_all_departures
from jukwaa.coalitions.models import Activity, Affiliation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory


@pytest.fixture
def unconfirmed_affiliation(organisation):
    return claim_affiliation(actor=PersonFactory(name="A colleague"), organisation=organisation, position="adviser")


def test_unconfirmed_affiliation_gives_no_access(unconfirmed_affiliation, organisation):
    claim_affiliation(actor=unconfirmed_affiliation.person, organisation=organisation)

    standing = Standing(unconfirmed_affiliation.person, organisation.coalition)
    assert (standing.has_seat, standing.organisations) == (False, [])
    assert list(Activity.objects.values_list("verb", flat=True)) == ["affiliated"]


def test_affiliation_cannot_start_in_future(unconfirmed_affiliation, organisation, coordinator):
    tomorrow = timezone.localdate() + timedelta(days=1)
    actor, person = PersonFactory(), PersonFactory()
    facts = PersonFacts(name="Somebody new")
    before = list(Affiliation.objects.order_by("pk").values())
    for deed in (
        lambda: claim_affiliation(actor=actor, organisation=organisation, starts_on=tomorrow),
        lambda: add_affiliation(actor=coordinator, person=person, organisation=organisation, starts_on=tomorrow),
        lambda: change_affiliation(
            actor=coordinator, affiliation=unconfirmed_affiliation, position="", starts_on=tomorrow, ends_on=None
        ),
        lambda: add_person(
            actor=coordinator,
            coalition=organisation.coalition,
            facts=facts,
            organisation=organisation,
            starts_on=tomorrow,
        ),
    ):
        with pytest.raises(ActionRefused, match="date or an earlier one"):
            deed()
    assert list(Affiliation.objects.order_by("pk").values()) == before


def test_representative_confirms_affiliation_and_right_to_represent(unconfirmed_affiliation, organisation, delegate):
    confirm_affiliation(actor=delegate, affiliation=unconfirmed_affiliation, can_represent=True)
    confirm_affiliation(actor=delegate, affiliation=unconfirmed_affiliation)

    unconfirmed_affiliation.refresh_from_db()
    assert (
        unconfirmed_affiliation.may_speak,
        unconfirmed_affiliation.confirmed_on,
        unconfirmed_affiliation.confirmed_by,
    ) == (
        True,
        timezone.localdate(),
        delegate,
    )
    assert Standing(unconfirmed_affiliation.person, organisation.coalition).organisations == [organisation]
    assert list(Activity.objects.values_list("verb", flat=True)) == ["affiliated", "confirmed"]


def test_person_cannot_confirm_own_affiliation(delegate, unconfirmed_affiliation):
    own = Affiliation.objects.get(person=delegate)

    for person, affiliation in [(delegate, own), (unconfirmed_affiliation.person, unconfirmed_affiliation)]:
        with pytest.raises(PermissionDenied):
            confirm_affiliation(actor=person, affiliation=affiliation, can_represent=True)


def test_colleague_without_right_to_represent_cannot_confirm(unconfirmed_affiliation, organisation):
    colleague = AffiliationFactory(organisation=organisation, may_speak=False).person

    with pytest.raises(PermissionDenied):
        confirm_affiliation(actor=colleague, affiliation=unconfirmed_affiliation)


def test_confirmation_is_due_after_year_and_expires_month_later(organisation, time_machine):
    affiliation = AffiliationFactory(organisation=organisation, confirmed_on=date(2026, 1, 1))

    def get_affiliation_state(checked_day):
        rows = Affiliation.objects.filter(pk=affiliation.pk)
        return rows.to_confirm(checked_day).exists(), rows.confirmed(checked_day).exists()

    assert get_affiliation_state(date(2026, 12, 31)) == (False, True)
    assert get_affiliation_state(date(2027, 1, 1)) == (True, True)
    assert get_affiliation_state(date(2027, 2, 1)) == (True, False)


def test_right_to_represent_is_revoked_without_ending_affiliation(delegate, coordinator):
    own = Affiliation.objects.get(person=delegate)
    confirm_affiliation(actor=coordinator, affiliation=own, can_represent=False)

    own.refresh_from_db()
    assert (own.may_speak, own.ends_on) == (False, None)


def test_coordinator_enters_past_affiliation(organisation, coordinator):
    person = PersonFactory()
    for _time in range(2):
        add_affiliation(
            actor=coordinator,
            person=person,
            organisation=organisation,
            position="chair",
            starts_on=date(2009, 1, 1),
            ends_on=date(2013, 1, 1),
        )

    assert list(Affiliation.objects.values_list("person", "position", "starts_on", "ends_on")) == [
        (person.pk, "chair", date(2009, 1, 1), date(2013, 1, 1))
    ]


def test_ended_affiliation_keeps_last_day(delegate):
    own = Affiliation.objects.get(person=delegate)
    end_affiliation(actor=delegate, affiliation=own)
    end_affiliation(actor=delegate, affiliation=own, ends_on=timezone.localdate() - timedelta(days=9))

    own.refresh_from_db()
    assert own.ends_on == timezone.localdate() - timedelta(days=1)  # who leaves, leaves at once
    assert list(Activity.objects.values_list("verb", flat=True)) == ["ended"]


@pytest.mark.parametrize("ending_case", ["end", "end today", "remove", "clock"])
def test_phone_number_is_deleted_when_affiliation_ends(delegate, coordinator, coalition, time_machine, ending_case):
    delegate.last_login = timezone.now()  # or the whole person would be erased
    delegate.save()
    own = Affiliation.objects.get(person=delegate)
    Affiliation.objects.update(phone="+230 212 3456")
    today = timezone.localdate()
    if ending_case == "remove":
        remove_person(actor=coordinator, coalition=coalition, person=delegate)
    elif ending_case == "clock":
        end_affiliation(actor=coordinator, affiliation=own, ends_on=today + timedelta(days=2))
        sync_all_departures()
        assert Affiliation.objects.get(pk=own.pk).phone == "+230 212 3456"
        time_machine.move_to(timezone.now() + timedelta(days=3))
        sync_all_departures()
    else:
        end_affiliation(actor=coordinator if ending_case == "end today" else delegate, affiliation=own)

    assert Affiliation.objects.get(pk=own.pk).phone == ""


def test_affiliation_cannot_end_before_start(organisation, coordinator):
    affiliation = AffiliationFactory(organisation=organisation, starts_on=date(2020, 1, 1))

    with pytest.raises(ActionRefused, match="on or after the first"):
        end_affiliation(actor=coordinator, affiliation=affiliation, ends_on=date(2019, 1, 1))


def test_person_represents_confirmed_organisations_or_themselves(delegate, organisation, unconfirmed_affiliation):
    standing = Standing(delegate, organisation.coalition)

    assert [(choice.value, choice.organisation) for choice in build_capacity_choices(standing)] == [
        (str(organisation.pk), organisation),
        ("own", None),
    ]
    assert [
        choice.value
        for choice in build_capacity_choices(Standing(unconfirmed_affiliation.person, organisation.coalition))
    ] == ["own"]


def test_affiliation_claims_are_rate_limited(client, coalition, member, time_machine):
    person, organisations = member, OrganisationFactory.create_batch(7, coalition=coalition)
    for organisation in organisations[:5]:
        claim_affiliation(actor=person, organisation=organisation)
    claim_affiliation(actor=person, organisation=organisations[0])  # the same one again is no new claim
    client.force_login(person)
    page = reverse("coalitions:affiliation_say", args=[coalition.slug, organisations[5].pk])
    answer = client.post(page, {"position": "adviser"})

    assert (answer.status_code, "ask a coordinator to add you" in answer.text) == (422, True)
    assert 'value="adviser"' in answer.text
    assert Affiliation.objects.filter(person=person).count() == 5
    claim_affiliation(actor=PersonFactory(), organisation=organisations[5])
    time_machine.move_to(timezone.now() + timedelta(days=1, minutes=1))
    claim_affiliation(actor=person, organisation=organisations[5])


def test_repeated_affiliation_claims_count_towards_limit(organisation):
    person = PersonFactory()
    for _ in range(5):
        claim = claim_affiliation(actor=person, organisation=organisation)
        end_affiliation(actor=person, affiliation=claim)
        Affiliation.objects.filter(pk=claim.pk).update(ends_on=timezone.localdate() - timedelta(days=claim.pk))

    with pytest.raises(ActionRefused, match="each must be confirmed first"):
        claim_affiliation(actor=person, organisation=organisation)


def test_person_can_claim_fifteen_organisations_per_month(coalition, time_machine):
    person, refused, began = PersonFactory(), 0, timezone.now()
    for number, organisation in enumerate(OrganisationFactory.create_batch(20, coalition=coalition)):
        time_machine.move_to(began + timedelta(days=number))
        try:
            claim_affiliation(actor=person, organisation=organisation)
        except ActionRefused:
            refused += 1

    assert (refused, Affiliation.objects.filter(person=person).count()) == (5, 15)


def test_person_has_one_current_affiliation_per_organisation(delegate, organisation, coordinator):
    before = AffiliationFactory(person=delegate, organisation=organisation, ends_on=date(2020, 12, 31))

    with pytest.raises(ActionRefused) as refused:
        change_affiliation(actor=coordinator, affiliation=before, position="", starts_on=None, ends_on=None)
    assert refused.value.field == "ends_on"

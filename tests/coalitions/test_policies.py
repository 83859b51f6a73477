"""Who of the cast may do which deed: the policies as a table, held against every action."""

from dataclasses import dataclass
from inspect import isfunction
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from jukwaa.accounts.models import Person
from jukwaa.coalitions import actions
from jukwaa.coalitions.actions import OrganisationFacts, PersonFacts
from jukwaa.coalitions.models import Activity, Affiliation, AreaOfWork, Membership, Organisation, Role
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory, PersonFactory, RoleFactory

ACTOR_FIXTURES = ("member", "delegate", "rapporteur", "coordinator", "safeguarding_lead", "outsider")


@dataclass
class PolicyScene:
    """What the deeds are done to."""

    coalition: Any
    organisation: Organisation
    other: Organisation
    membership: Membership
    own_membership: Membership
    application: Membership
    affiliation: Affiliation
    role: Role
    area: AreaOfWork
    person: Person
    entry: Any


@pytest.fixture
def policy_scene(coalition, organisation):
    person = PersonFactory(name="Somebody", adult_confirmed_at=None)
    applicant = PersonFactory()
    return PolicyScene(
        coalition=coalition,
        organisation=organisation,
        other=OrganisationFactory(coalition=coalition),
        membership=organisation.memberships.get(),
        own_membership=MembershipFactory(coalition=coalition, organisation=None, person=person),
        application=MembershipFactory(
            coalition=coalition, organisation=None, person=applicant, applicant=applicant, standing="applied"
        ),
        affiliation=AffiliationFactory(organisation=organisation, confirmed_on=None, confirmed_by=None),
        role=RoleFactory(coalition=coalition, person=person, kind="editor"),
        area=AreaOfWork.objects.create(coalition=coalition, name="Policy"),
        person=person,
        entry=coalition.list_entries.create(person=person),
    )


def create_minor_person(person: Person) -> Person:
    person.is_minor, person.adult_contact = True, PersonFactory()
    person.save(update_fields=["is_minor", "adult_contact"])
    return person


COORDINATOR_ONLY = {"coordinator"}
COORDINATOR_OR_DELEGATE = {"coordinator", "delegate"}
ALL_ACTORS = set(ACTOR_FIXTURES)
ACTION_CASES = {
    "apply as an organisation": (
        ALL_ACTORS,
        lambda a, s: actions.apply_as_organisation(
            actor=a, coalition=s.coalition, organisation=s.other, motivation="To learn."
        ),
    ),
    "accept": (COORDINATOR_ONLY, lambda a, s: actions.accept_application(actor=a, membership=s.application)),
    "decline": (
        COORDINATOR_ONLY,
        lambda a, s: actions.decline_application(actor=a, membership=s.application, reason="No."),
    ),
    "withdraw for another": (set(), lambda a, s: actions.withdraw_application(actor=a, membership=s.application)),
    "end a membership": (
        COORDINATOR_OR_DELEGATE,
        lambda a, s: actions.end_membership(actor=a, membership=s.membership, reason="It ends."),
    ),
    "end the membership of a person": (
        COORDINATOR_ONLY,
        lambda a, s: actions.end_membership(actor=a, membership=s.own_membership, reason="It ends."),
    ),
    "date a membership": (
        COORDINATOR_ONLY,
        lambda a, s: actions.change_membership_dates(actor=a, membership=s.membership, starts_on=None, ends_on=None),
    ),
    "add a membership": (
        COORDINATOR_ONLY,
        lambda a, s: actions.add_membership(actor=a, coalition=s.coalition, organisation=s.other),
    ),
    "say an affiliation": (ALL_ACTORS, lambda a, s: actions.claim_affiliation(actor=a, organisation=s.other)),
    "add an affiliation": (
        COORDINATOR_OR_DELEGATE,
        lambda a, s: actions.add_affiliation(actor=a, person=s.person, organisation=s.organisation),
    ),
    "confirm": (COORDINATOR_OR_DELEGATE, lambda a, s: actions.confirm_affiliation(actor=a, affiliation=s.affiliation)),
    "change an affiliation": (
        COORDINATOR_ONLY,
        lambda a, s: actions.change_affiliation(
            actor=a, affiliation=s.affiliation, position="adviser", starts_on=None, ends_on=None
        ),
    ),
    "end an affiliation": (
        COORDINATOR_OR_DELEGATE,
        lambda a, s: actions.end_affiliation(actor=a, affiliation=s.affiliation),
    ),
    "add an organisation": (
        COORDINATOR_ONLY,
        lambda a, s: actions.add_organisation(
            actor=a, coalition=s.coalition, organisation_facts=OrganisationFacts(name="New")
        ),
    ),
    "change an organisation": (
        COORDINATOR_OR_DELEGATE,
        lambda a, s: actions.change_organisation(
            actor=a, organisation=s.organisation, facts=OrganisationFacts(name="New"), from_version=1
        ),
    ),
    "name an organisation": (
        COORDINATOR_OR_DELEGATE,
        lambda a, s: actions.add_organisation_name(actor=a, organisation=s.organisation, name="Before"),
    ),
    "merge": (
        COORDINATOR_ONLY,
        lambda a, s: actions.merge_organisations(
            actor=a, surviving_organisation=s.organisation, merged_organisation=s.other
        ),
    ),
    "merge people": (
        COORDINATOR_ONLY,
        lambda a, s: actions.merge_people(
            actor=a, coalition=s.coalition, surviving_person=s.person, merged_person=s.affiliation.person
        ),
    ),
    "keep apart": (
        COORDINATOR_ONLY,
        lambda a, s: actions.mark_organisations_as_distinct(
            actor=a, first_organisation=s.organisation, second_organisation=s.other
        ),
    ),
    "add a person": (
        COORDINATOR_ONLY,
        lambda a, s: actions.add_person(
            actor=a, coalition=s.coalition, facts=PersonFacts(name="New"), organisation=s.organisation
        ),
    ),
    "change a person": (
        COORDINATOR_ONLY,
        lambda a, s: actions.change_person(actor=a, coalition=s.coalition, person=s.person, name="New"),
    ),
    "take a person out": (
        COORDINATOR_ONLY,
        lambda a, s: actions.remove_person(actor=a, coalition=s.coalition, person=s.person),
    ),
    "mark as under 18": (
        {"coordinator", "safeguarding_lead"},
        lambda a, s: actions.mark_under_18(
            actor=a, coalition=s.coalition, person=s.person, adult_contact=PersonFactory(), reason="Told us."
        ),
    ),
    "remove the mark": (
        {"safeguarding_lead"},
        lambda a, s: actions.remove_under_18_mark(
            actor=a, coalition=s.coalition, person=create_minor_person(s.person), reason="Of age now."
        ),
    ),
    "give a role": (
        COORDINATOR_ONLY,
        lambda a, s: actions.assign_role(actor=a, coalition=s.coalition, person=s.person, kind="chair"),
    ),
    "change a role": (
        COORDINATOR_ONLY,
        lambda a, s: actions.change_role(actor=a, role=s.role, kind="chair", starts_on=None, ends_on=None),
    ),
    "end a role": (COORDINATOR_ONLY, lambda a, s: actions.end_role(actor=a, role=s.role)),
    "hand a role over": (
        COORDINATOR_ONLY,
        lambda a, s: actions.hand_over_role(actor=a, role=s.role, successor_person=PersonFactory()),
    ),
    "change settings": (
        COORDINATOR_ONLY,
        lambda a, s: actions.change_coalition(actor=a, coalition=s.coalition, changed_fields={"forum": "New"}),
    ),
    "name the coalition": (
        COORDINATOR_ONLY,
        lambda a, s: actions.add_coalition_name(actor=a, coalition=s.coalition, name="Before"),
    ),
    "add an area": (
        COORDINATOR_ONLY,
        lambda a, s: actions.add_area_of_work(actor=a, coalition=s.coalition, name="New"),
    ),
    "rename an area": (COORDINATOR_ONLY, lambda a, s: actions.rename_area_of_work(actor=a, area=s.area, name="New")),
    "remove an area": (COORDINATOR_ONLY, lambda a, s: actions.remove_area_of_work(actor=a, area_of_work=s.area)),
    "add a scheme": (COORDINATOR_ONLY, lambda a, s: actions.add_area_scheme(actor=a, coalition=s.coalition)),
    "put on the list": (
        COORDINATOR_ONLY,
        lambda a, s: actions.add_to_mailing_list(actor=a, coalition=s.coalition, email="x@example.org"),
    ),
    "take off the list": (COORDINATOR_ONLY, lambda a, s: actions.remove_from_mailing_list(actor=a, list_entry=s.entry)),
}


@pytest.mark.parametrize("action_name", ACTION_CASES)
@pytest.mark.parametrize("actor_fixture", ACTOR_FIXTURES)
def test_action_is_allowed_for_listed_actors_and_writes_activity(request, policy_scene, actor_fixture, action_name):
    allowed, do = ACTION_CASES[action_name]
    actor = request.getfixturevalue(actor_fixture)

    if actor_fixture in allowed:
        do(actor, policy_scene)
        assert list(Activity.objects.values_list("actor", "coalition")) == [(actor.pk, policy_scene.coalition.pk)]
    else:
        with pytest.raises(PermissionDenied):
            do(actor, policy_scene)
        assert not Activity.objects.exists()


def test_every_action_has_policy_case():
    written = {name for name, value in vars(actions).items() if isfunction(value)}
    # One is everybody's own affair, one is the clock's, one an adult contact's, and nine import a spreadsheet; they
    # have tests of their own.
    elsewhere = {
        "withdraw_guardian_consent",
        "create_import",
        "delete_import",
        "map_import_columns",
        "change_import_to_mailing_list",
        "import_ready_rows",
        "correct_import_row",
        "skip_import_row",
        "answer_questions_of_import",
        "undo_import",
    }
    tried = {name for _allowed, do in ACTION_CASES.values() for name in do.__code__.co_names if name in written}

    assert written - tried == {"apply_as_individual", "close_ended_membership"} | elsewhere

"""Who asks a policy, and what they are in the coalition of the thing."""

from django.contrib.auth.models import AnonymousUser

from jukwaa.coalitions import policies
from jukwaa.coalitions.standing import Standing, ViewerContext
from tests.factories import AffiliationFactory, CoalitionFactory, MembershipFactory, RoleFactory


def test_viewer_context_returns_standing_in_coalition_of_object(coalition, coordinator):
    of_another = MembershipFactory(coalition=CoalitionFactory())
    own = MembershipFactory(coalition=coalition)

    for viewer in (ViewerContext(coordinator), Standing(coordinator, coalition)):
        assert policies.can_answer_application(viewer, own)
        assert not policies.can_answer_application(viewer, of_another)
        assert not policies.can_change_settings(viewer, of_another.coalition)


def test_standing_in_own_coalition_returns_itself(coalition, coordinator):
    standing = Standing(coordinator, coalition)

    assert standing.standing(coalition) is standing
    assert standing.standing(MembershipFactory(coalition=coalition)) is standing


def test_standing_is_cached_per_viewer_context(coalition, member, django_assert_num_queries):
    viewer = ViewerContext(member)
    assert not policies.can_change_roles(viewer, coalition)
    RoleFactory(coalition=coalition, person=member, kind="coordinator")

    with django_assert_num_queries(0):
        assert not policies.can_change_roles(viewer, coalition)
    assert policies.can_change_roles(ViewerContext(member), coalition)


def test_visitor_has_no_person(coalition):
    visitor = ViewerContext(AnonymousUser())

    assert not visitor.is_person(None)
    assert not policies.can_apply_for_membership(visitor, coalition)


def test_affiliated_person_represents_organisation_only_with_right(coalition, organisation):
    employee = AffiliationFactory(organisation=organisation, may_speak=False).person
    speaker = AffiliationFactory(organisation=organisation, may_speak=True).person

    assert Standing(employee, coalition).organisations == [organisation]
    assert Standing(employee, coalition).speaks_for == []
    assert Standing(speaker, coalition).speaks_for == [organisation.pk]

"""What the demo shows of working together: a fact, and what is made up around it in each state."""

from jukwaa.cooperation.models import Consent, JointWork, Match, Need, Offer, Step
from jukwaa.records.models import Link

MADE_UP_SUFFIX = "(example)"
REPORTED_FACT = "The ITU offered to provide technical solutions to the coalition if such need arose."


def test_only_offer_of_real_organisation_is_from_its_report(demo_coalition, db):
    real = [
        given.title
        for model in (Offer, Need)
        for given in model.objects.select_related("organisation")
        if MADE_UP_SUFFIX not in given.organisation.name
    ]

    assert real == [REPORTED_FACT]
    assert Offer.objects.get(title=REPORTED_FACT).sources.count() == 1
    assert not Offer.objects.get(title=REPORTED_FACT).is_example


def test_demo_has_match_in_each_state_without_real_organisations(demo_coalition, db):
    states = Match.objects.values_list("state", flat=True)
    assert sorted(states) == ["done", "fell-through", "introduced", "suggested", "under-way"]

    asked = Match.objects.get(offer__title=REPORTED_FACT)
    assert (asked.state, Consent.objects.filter(match=asked).count()) == ("suggested", 0)
    assert list(Step.objects.filter(match=asked).values_list("side", flat=True)) == [""]


def test_each_demo_joint_work_includes_private_sector(demo_coalition, db):
    with_it = JointWork.objects.filter(parties__capacity__stakeholder_group="private-sector")

    assert with_it.distinct().count() == JointWork.objects.count() == 5


def test_demo_joint_work_has_each_stage_and_library_outcome(demo_coalition, db):
    stages = JointWork.objects.values_list("stage", flat=True)
    came = Link.objects.get(relation="fulfils", to_record__kind="joint-work")

    assert sorted(stages) == ["agreeing", "agreeing", "ended", "given-up", "under-way"]
    assert (came.from_record.state, came.from_record.is_example) == ("published", True)

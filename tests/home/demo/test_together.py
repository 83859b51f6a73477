"""What the demo shows of working together: a fact, and what is made up around it in each state."""

from jukwaa.cooperation.models import Consent, JointWork, Match, Need, Offer, Step
from jukwaa.records.models import Link

MADE_UP = "(example)"
FACT = "The ITU offered to provide technical solutions to the coalition if such need arose."


def test_the_only_offer_of_a_real_organisation_is_the_one_that_its_report_states(demo, db):
    real = [
        given.title
        for model in (Offer, Need)
        for given in model.objects.select_related("organisation")
        if MADE_UP not in given.organisation.name
    ]

    assert real == [FACT]
    assert Offer.objects.get(title=FACT).sources.count() == 1
    assert not Offer.objects.get(title=FACT).is_example


def test_a_pair_stands_in_each_state_and_nobody_speaks_for_the_real_one(demo, db):
    states = Match.objects.values_list("state", flat=True)
    assert sorted(states) == ["done", "fell-through", "introduced", "suggested", "under-way"]

    asked = Match.objects.get(offer__title=FACT)
    assert (asked.state, Consent.objects.filter(match=asked).count()) == ("suggested", 0)
    assert list(Step.objects.filter(match=asked).values_list("side", flat=True)) == [""]


def test_each_joint_work_is_one_with_the_private_sector(demo, db):
    with_it = JointWork.objects.filter(parties__capacity__stakeholder_group="private-sector")

    assert with_it.distinct().count() == JointWork.objects.count() == 5


def test_joint_work_stands_in_each_stage_and_what_came_of_it_is_in_the_library(demo, db):
    stages = JointWork.objects.values_list("stage", flat=True)
    came = Link.objects.get(relation="fulfils", to_record__kind="joint-work")

    assert sorted(stages) == ["agreeing", "agreeing", "ended", "given-up", "under-way"]
    assert (came.from_record.state, came.from_record.is_example) == ("published", True)

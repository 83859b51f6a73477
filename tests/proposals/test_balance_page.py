"""The page on balance: gaps lead to candidates, the call's rules are judged, and nobody's gender or age is told."""

import re

import pytest
from django.urls import reverse

from jukwaa.proposals.actions import save_call
from jukwaa.proposals.models import Participant
from jukwaa.proposals.participant_models import PrivateStatement
from jukwaa.records.models import Authorship, Label
from tests.factories import PersonFactory
from tests.proposals.kinds import ProposalFactory
from tests.proposals.test_proposals import CALL, NAME

RULES = """
[[rule]]
name = "regions"
text = "Speakers come from 2 regions."
check = "regional groups"
roles = ["speaker"]
min = 2
stage = "screening"

[[rule]]
name = "genders"
text = "Speakers are of more than one gender."
check = "other gender"
role = "speaker"
stage = "screening"
"""


@pytest.fixture
def proposal(coalition, member):
    proposal = ProposalFactory(coalition=coalition, published=True, label=Label.GREEN, call_name=NAME)
    Authorship.objects.create(record=proposal, person=member)
    return proposal


def take_part(proposal, number, *, gender="", age="", **more):
    for _each in range(number):
        values = {"roles": ["speaker"], "status": "confirmed", **more}
        row = Participant.objects.create(proposal=proposal, person=PersonFactory(), **values)
        PrivateStatement.objects.create(participant=row, gender=gender, age_band=age)


def read(client, proposal):
    page = client.get(reverse("proposals:proposal_balance", args=["ours", proposal.pk])).text
    return re.sub(r"\s+", " ", page)


def read_section(client, proposal, name):
    """Return the words of one section of the page."""
    page = read(client, proposal)
    section = page[page.index(f'aria-labelledby="{name}"') :].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", section.partition(">")[2]).split())


@pytest.fixture
def call(coalition, coordinator):
    def save(rules=""):
        save_call(actor=coordinator, coalition=coalition, text=CALL + rules)

    return save


def test_missing_group_leads_the_team_to_candidates(client, call, proposal, member, delegate):
    call()
    take_part(proposal, 2, regional_group="african", stakeholder_group="government", is_newcomer=False)
    take_part(proposal, 1, regional_group="weog", status="declined")
    client.force_login(member)
    page = read(client, proposal)
    search = reverse("proposals:candidate_list", args=["ours", proposal.pk])

    assert f'href="{search}?region=weog"' in page
    assert f'href="{search}?group=civil-society"' in page
    assert f'href="{search}?new=on"' in page
    assert f'href="{search}?region=african"' not in page
    client.force_login(delegate)
    assert search not in read(client, proposal)


def test_table_tells_who_has_confirmed_and_who_has_stated_nothing(client, call, proposal, member):
    call()
    take_part(proposal, 2, regional_group="african")
    take_part(proposal, 1, regional_group="african", status="invited")
    take_part(proposal, 1, regional_group="withheld")
    client.force_login(member)
    text = read_section(client, proposal, "region")

    assert "African Group 3" in text
    assert "African Group 2 1" in text
    assert "Not stated 1 0" in text
    assert "1 person has not stated this." in text


def test_rules_of_the_call_are_judged_beside_the_numbers(client, call, proposal, member):
    call(RULES)
    take_part(proposal, 1, regional_group="african")
    take_part(proposal, 1)
    client.force_login(member)
    text = read_section(client, proposal, "rules")

    assert "Cannot be determined Speakers come from 2 regions." in text
    take_part(proposal, 1, regional_group="grulac")
    assert "Met Speakers come from 2 regions. Regional groups: 2." in read_section(client, proposal, "rules")


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ({"woman": 2, "man": 1}, "Gender Met People of more than one gender take part"),
        ({"woman": 4}, "Gender Not met People of more than one gender take part"),
        ({"woman": 2, "withheld": 2}, "Gender Cannot be determined People of more than one gender take part"),
        ({"woman": 6, "man": 9}, "Man: at least 5 Woman: at least 5"),
        ({"woman": 12, "man": 4}, "Gender Met People of more than one gender take part"),
        ({"woman": 12, "withheld": 6}, "Gender Cannot be determined People of more than one gender take part"),
    ],
)
def test_gender_is_told_as_numbers_only_where_every_group_is_large(client, call, proposal, member, numbers, told):
    call()
    for gender, number in numbers.items():
        take_part(proposal, number, gender=gender)
    client.force_login(member)
    text = read_section(client, proposal, "private")

    assert told in text
    assert (": at least" in text) is (min(numbers.values()) >= 5 and "withheld" not in numbers)


def test_rule_that_is_not_met_hides_the_numbers_beside_it(client, call, proposal, member):
    """All speakers are alike and others are not: numbers would say who."""
    call(RULES)
    take_part(proposal, 5, gender="woman")
    take_part(proposal, 5, gender="man", roles=["organiser"])
    client.force_login(member)
    text = read_section(client, proposal, "private")

    assert "Gender Not met See the rules of the call for proposals below" in text
    assert "Woman" not in text


def test_page_of_an_empty_proposal_counts_nobody(client, call, proposal, member):
    call()
    client.force_login(member)

    assert "0 people take part in this proposal" in read(client, proposal)


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_however_many_take_part(client, call, proposal, member, count, django_assert_num_queries):
    call(RULES)
    take_part(proposal, count, regional_group="african", gender="woman")
    client.force_login(member)
    with django_assert_num_queries(9):
        read(client, proposal)

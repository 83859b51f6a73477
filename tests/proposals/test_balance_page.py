"""The balance page links gaps to candidates, judges the rules of the call and shows nobody's gender or age."""

import re

import pytest
from django.urls import reverse

from jukwaa.proposals.actions import save_call_file
from jukwaa.proposals.models import Participant
from jukwaa.proposals.participant_models import PrivateStatement
from jukwaa.records.models import Authorship, Label
from tests.factories import PersonFactory
from tests.proposals.kinds import ProposalFactory
from tests.proposals.test_proposals import CALL_NAME, CALL_TOML

REGION_RULE_TOML = """
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
    proposal = ProposalFactory(coalition=coalition, published=True, label=Label.GREEN, call_name=CALL_NAME)
    Authorship.objects.create(record=proposal, person=member)
    return proposal


def add_confirmed_speaker(proposal, speaker_number, *, person_gender="", age_band="", **more):
    for _each in range(speaker_number):
        values = {"roles": ["speaker"], "status": "confirmed", **more}
        row = Participant.objects.create(proposal=proposal, person=PersonFactory(), **values)
        PrivateStatement.objects.create(participant=row, gender=person_gender, age_band=age_band)


def get_balance_text(client, proposal):
    page = client.get(reverse("proposals:proposal_balance", args=["ours", proposal.pk])).text
    return re.sub(r"\s+", " ", page)


def get_section_text(client, proposal, section_name):
    """Return the words of one section of the page."""
    page = get_balance_text(client, proposal)
    section = page[page.index(f'aria-labelledby="{section_name}"') :].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", section.partition(">")[2]).split())


@pytest.fixture
def save_call_with_rules(coalition, coordinator):
    def save_one_call(rules_toml=""):
        save_call_file(actor=coordinator, coalition=coalition, text=CALL_TOML + rules_toml)

    return save_one_call


def test_missing_group_links_team_to_candidates(client, save_call_with_rules, proposal, member, delegate):
    save_call_with_rules()
    add_confirmed_speaker(proposal, 2, regional_group="african", stakeholder_group="government", is_newcomer=False)
    add_confirmed_speaker(proposal, 1, regional_group="weog", status="declined")
    client.force_login(member)
    page = get_balance_text(client, proposal)
    search = reverse("proposals:candidate_list", args=["ours", proposal.pk])

    assert f'href="{search}?region=weog"' in page
    assert f'href="{search}?group=civil-society"' in page
    assert f'href="{search}?new=on"' in page
    assert f'href="{search}?region=african"' not in page
    client.force_login(delegate)
    assert search not in get_balance_text(client, proposal)


def test_balance_table_counts_confirmed_and_unknown_people(client, save_call_with_rules, proposal, member):
    save_call_with_rules()
    add_confirmed_speaker(proposal, 2, regional_group="african")
    add_confirmed_speaker(proposal, 1, regional_group="african", status="invited")
    add_confirmed_speaker(proposal, 1, regional_group="withheld")
    client.force_login(member)
    text = get_section_text(client, proposal, "region")

    assert "African Group 3" in text
    assert "African Group 2 1" in text
    assert "Not stated 1 0" in text
    assert "1 person has not answered this question." in text


def test_balance_page_shows_outcome_of_call_rules(client, save_call_with_rules, proposal, member):
    save_call_with_rules(REGION_RULE_TOML)
    add_confirmed_speaker(proposal, 1, regional_group="african")
    add_confirmed_speaker(proposal, 1)
    client.force_login(member)
    text = get_section_text(client, proposal, "rules")

    assert "Cannot be determined Speakers come from 2 regions." in text
    add_confirmed_speaker(proposal, 1, regional_group="grulac")
    assert "Met Speakers come from 2 regions. Regional groups: 2." in get_section_text(client, proposal, "rules")


@pytest.mark.parametrize(
    ("numbers", "balance_text"),
    [
        ({"woman": 2, "man": 1}, "Gender Met People of more than one gender take part"),
        ({"woman": 4}, "Gender Not met People of more than one gender take part"),
        ({"woman": 2, "withheld": 2}, "Gender Cannot be determined People of more than one gender take part"),
        ({"woman": 6, "man": 9}, "Man: at least 5 Woman: at least 5"),
        ({"woman": 12, "man": 4}, "Gender Met People of more than one gender take part"),
        ({"woman": 12, "withheld": 6}, "Gender Cannot be determined People of more than one gender take part"),
    ],
)
def test_gender_counts_are_shown_only_if_every_group_is_large(
    client, save_call_with_rules, proposal, member, numbers, balance_text
):
    save_call_with_rules()
    for gender, number in numbers.items():
        add_confirmed_speaker(proposal, number, person_gender=gender)
    client.force_login(member)
    text = get_section_text(client, proposal, "private")

    assert balance_text in text
    assert (": at least" in text) is (min(numbers.values()) >= 5 and "withheld" not in numbers)


def test_unmet_rule_hides_counts(client, save_call_with_rules, proposal, member):
    """All speakers are alike and others are not: numbers would say who."""
    save_call_with_rules(REGION_RULE_TOML)
    add_confirmed_speaker(proposal, 5, person_gender="woman")
    add_confirmed_speaker(proposal, 5, person_gender="man", roles=["organiser"])
    client.force_login(member)
    text = get_section_text(client, proposal, "private")

    assert "Gender Not met See the rules of the call for proposals below" in text
    assert "Woman" not in text


def test_balance_page_of_empty_proposal_has_no_counts(client, save_call_with_rules, proposal, member):
    save_call_with_rules()
    client.force_login(member)

    assert "There are 0 people in this proposal" in get_balance_text(client, proposal)


@pytest.mark.parametrize("count", [1, 3])
def test_balance_page_query_count_is_constant(
    client, save_call_with_rules, proposal, member, count, django_assert_num_queries
):
    save_call_with_rules(REGION_RULE_TOML)
    add_confirmed_speaker(proposal, count, regional_group="african", person_gender="woman")
    client.force_login(member)
    with django_assert_num_queries(7):
        get_balance_text(client, proposal)

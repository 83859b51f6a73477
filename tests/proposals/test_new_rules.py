"""New rules in the form of a call: a check is chosen by its label, and the form says what it needs."""

import pytest

from jukwaa.proposals.call_files import get_shipped_calls_for_proposals
from jukwaa.proposals.call_labels import CALL_CHECK_LABELS
from jukwaa.proposals.checks import CALL_RULE_CHECKS_BY_NAME
from tests.proposals.test_call_pages import build_call_url, build_form_data


@pytest.fixture
def coordinator_client(client, coordinator):
    client.force_login(coordinator)
    return client


def test_new_rule_is_chosen_by_label_of_check(coordinator_client, coalition):
    before = get_shipped_calls_for_proposals()["igf-2018-workshop"]
    new = {
        "new_rule_0_check": "people", "new_rule_0_text": "At least 2 rapporteurs.", "new_rule_0_min": "2",
        "new_rule_0_roles": "rapporteur", "new_rule_0_level": "liked", "new_rule_0_stage": "screening",
        "new_rule_1_check": "other gender", "new_rule_1_text": "Moderators differ.", "new_rule_1_roles": "moderator",
        "new_rule_1_level": "must", "new_rule_1_stage": "not stated",
    }  # fmt: skip
    answer = coordinator_client.post(
        build_call_url("call_form") + f"?from={before.name}", build_form_data(before, **new)
    )
    first, second = answer.context["call"].rules[-2:]

    assert (first.name, first.check, first.level, first.stage) == (
        "at-least-2-rapporteurs",
        "people",
        "liked",
        "screening",
    )
    assert first.parameters == {"roles": ("rapporteur",), "min": 2, "rule": "at-least-2-rapporteurs"}
    assert (second.check, second.parameters["role"]) == ("other gender", "moderator")


@pytest.mark.parametrize(
    ("entered_data", "expected_sentence"),
    [
        ({"text": "A rule"}, "Choose what this rule checks, or delete the wording of the rule."),
        (
            {"check": "people", "text": "A rule", "roles": "speaker"},
            "Enter a minimum, a maximum, or both.",
        ),
        ({"check": "people", "text": "A rule", "min": "2"}, "Choose the role that this rule is about."),
        ({"check": "proposals of a person", "max": "2"}, "Enter the wording of the rule in the call for proposals."),
        ({"check": "earlier report", "text": "A rule"}, "Choose the field that this rule is about."),
        (
            {"check": "people", "text": "A rule", "min": "3", "max": "2"},
            "Enter a minimum that is less than or equal to the maximum.",
        ),
    ],
)
def test_incomplete_new_rule_shows_error(coordinator_client, coalition, entered_data, expected_sentence):
    before = get_shipped_calls_for_proposals()["igf-2018-workshop"]
    sent = {"new_rule_0_level": "must", "new_rule_0_stage": "screening"}
    sent |= {f"new_rule_0_{name}": value for name, value in entered_data.items()}
    answer = coordinator_client.post(
        build_call_url("call_form") + f"?from={before.name}", build_form_data(before, **sent)
    )

    assert answer.status_code == 422
    assert expected_sentence in answer.text


def test_new_rule_form_offers_all_checks_except_option():
    assert set(CALL_CHECK_LABELS) == set(CALL_RULE_CHECKS_BY_NAME) - {"option"}

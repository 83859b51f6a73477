"""The checklist of known reasons for low scores, before a proposal is submitted."""

from django.urls import reverse

from jukwaa.proposals.low_scores import load_low_score_checklist
from tests.proposals.kinds import ProposalFactory


def test_checklist_shows_seven_questions_with_source(client, coalition, coordinator):
    proposal = ProposalFactory(coalition=coalition, author=coordinator, published=True)
    client.force_login(coordinator)
    text = client.get(reverse("proposals:proposal_submit", args=["ours", proposal.pk])).text
    checklist = load_low_score_checklist()

    assert len(checklist.questions) == 7
    assert checklist.about.startswith("Can you answer yes to each question?")
    assert checklist.about in text
    assert all(question in text for question in checklist.questions)
    assert f'href="{checklist.source}"' in text
    assert checklist.source.startswith("https://intgovforum.org/pipermail/igfmaglist_intgovforum.org/2015-April/")

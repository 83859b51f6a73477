"""The checklist of known reasons for low scores, before a proposal is submitted."""

from django.template import Context, Template

from jukwaa.proposals.low_scores import load_low_scores


def test_checklist_shows_its_seven_questions_with_their_source():
    text = Template("{% load low_scores %}{% low_score_checklist %}").render(Context())
    checklist = load_low_scores()

    assert len(checklist.questions) == 7
    assert all(question in text for question in checklist.questions)
    assert f'href="{checklist.source}"' in text
    assert checklist.source.startswith("https://intgovforum.org/pipermail/igfmaglist_intgovforum.org/2015-April/")

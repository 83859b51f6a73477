"""The checklist of reasons for low scores: `{% load low_scores %}{% low_score_checklist %}`."""

from django import template

from jukwaa.proposals.low_scores import Checklist, load_low_scores

register = template.Library()


@register.inclusion_tag("proposals/low_score_checklist.html")
def low_score_checklist() -> dict[str, Checklist]:
    return {"checklist": load_low_scores()}

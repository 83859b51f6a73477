"""Whether a page leads to national plans."""

from django.template import Library

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.standing import Standing
from jukwaa.plans.models import Plan
from jukwaa.plans.policies import opens

register = Library()


@register.simple_tag
def has_plans(standing: Standing) -> bool:
    """Return whether the viewer can read a plan, or open one."""
    return kept(standing.coalition, f"has-plans-{standing.viewer.pk}", lambda: _has_plans(standing))


def _has_plans(standing: Standing) -> bool:
    """A person without an organisation costs no query."""
    if not standing.affiliations:
        return False
    return bool(opens(standing)) or Plan.objects.visible_to(standing.viewer).of(standing.coalition).exists()

"""Whether a page leads to national plans."""

from django.template import Library

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.standing import Standing
from jukwaa.plans.models import Plan
from jukwaa.plans.policies import list_countries_open_for_plans

register = Library()


@register.simple_tag
def has_plans(standing: Standing) -> bool:
    """Return whether the viewer can read a plan, or open one."""
    return get_or_build_cached(
        standing.coalition, f"has-plans-{standing.viewer.pk}", lambda: _can_read_or_open_plans(standing)
    )


def _can_read_or_open_plans(viewer_standing: Standing) -> bool:
    """A person without an organisation costs no query."""
    if not viewer_standing.affiliations:
        return False
    return (
        bool(list_countries_open_for_plans(viewer_standing))
        or Plan.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition).exists()
    )

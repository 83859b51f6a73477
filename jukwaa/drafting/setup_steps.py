"""The step of setting up a coalition: its first consultation."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.setup_checklist import SetupStep, get_step_url, setup_step_registry
from jukwaa.drafting.models import Consultation
from jukwaa.records.models import State


@setup_step_registry.register(72)
def build_consultation_step(coalition: Coalition) -> SetupStep:
    now = timezone.now()
    rows = Consultation.objects.filter(text__coalition=coalition, text__state=State.PUBLISHED)
    opened = rows.filter(opens_at__lte=now).count()
    running = rows.filter(opens_at__lte=now, closes_at__gt=now).count()
    return SetupStep(
        title=_("Ask members about a text"),
        explanation=_("Members comment on it until a date that you choose."),
        url=get_step_url("drafting:text_new", coalition),
        result=_describe_consultations(opened, running),
    )


def _describe_consultations(opened_count: int, running_count: int) -> str:
    """A consultation that has ended was held all the same."""
    if running_count:
        return ngettext("1 consultation is open.", "%(n)s consultations are open.", running_count) % {
            "n": running_count
        }
    if opened_count:
        return ngettext("1 consultation has been held.", "%(n)s consultations have been held.", opened_count) % {
            "n": opened_count
        }
    return ""

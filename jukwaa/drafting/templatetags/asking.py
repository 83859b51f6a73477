"""What pages say of inputs: `{% load asking %}`."""

from django import template
from django.utils.safestring import SafeString

from jukwaa.core.diff import compare_words, render_changes
from jukwaa.drafting.closing_times import format_call_end, format_closing_time
from jukwaa.drafting.consultation_audience import describe_consultation_audience, get_consulting_party_name
from jukwaa.drafting.models import Input

register = template.Library()

register.filter("closing_time", format_closing_time)
register.filter("call_end", format_call_end)
register.filter("who_asks", get_consulting_party_name)
register.filter("whom", describe_consultation_audience)


@register.filter
def as_proposed(given: Input) -> SafeString:
    """What the clause said, with what the proposal changes marked word by word."""
    return render_changes(compare_words(given.wording.body if given.wording else "", given.proposed))

"""What pages say of inputs: `{% load asking %}`."""

from django import template
from django.utils.safestring import SafeString

from jukwaa.core.diff import diff_html, word_diff
from jukwaa.drafting.asked import who_asks, whom
from jukwaa.drafting.models import Input

register = template.Library()

register.filter("who_asks", who_asks)
register.filter("whom", whom)


@register.filter
def as_proposed(given: Input) -> SafeString:
    """What the clause said, with what the proposal changes marked word by word."""
    return diff_html(word_diff(given.wording.body if given.wording else "", given.proposed))

"""Words for what a browser says about itself."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# The first that is named in the string; the order matters, since each browser also claims to be others.
USER_AGENT_BROWSER_MARKS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
USER_AGENT_SYSTEM_MARKS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def browser(agent: str) -> str:
    """Such as "Firefox on Android"; enough to know one's own devices by."""
    name = next((word for mark, word in USER_AGENT_BROWSER_MARKS if mark in agent), "")
    system = next((word for mark, word in USER_AGENT_SYSTEM_MARKS if mark in agent), "")
    if name and system:
        return _("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or system or _("Unknown browser")

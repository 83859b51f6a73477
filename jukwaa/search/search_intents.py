"""Pages outside the menu that answer a search, known here by the names of their addresses."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.standing import Standing
from jukwaa.search.intents import BestMatch, answer_page_registry

COALITION_PAGE_BY_KEY = {  # pages of a coalition: name, title, and whether one has to be signed in
    "tasks": ("home:desk", pgettext_lazy("best match", "Your tasks"), True),
    "contact": ("coalitions:contact", pgettext_lazy("best match", "Contact"), False),
    "request about personal data": (
        "privacy:request_new",
        pgettext_lazy("best match", "Ask for a correction or for your name to be removed"),
        False,
    ),
}
SITE_PAGE_BY_KEY = {
    "settings": ("accounts:settings", pgettext_lazy("best match", "Your settings"), True),
    "email settings": ("updates:mail_settings", pgettext_lazy("best match", "Your email settings"), True),
    "help for a child": ("home:help", pgettext_lazy("best match", "Concerned about a child?"), False),
    "language": ("accounts:language", pgettext_lazy("best match", "Language"), False),
}


def _register_page_match(
    page_key: str, url_name: str, title: str | Promise, *, needs_account: bool, is_own_page: bool
) -> None:
    @answer_page_registry.register(page_key)
    def build_page_match(standing: Standing) -> BestMatch | None:
        if needs_account and not standing.viewer.is_authenticated:
            return None
        return BestMatch(title, reverse(url_name, args=[standing.coalition.slug] if is_own_page else None))


for is_here, rows in ((True, COALITION_PAGE_BY_KEY), (False, SITE_PAGE_BY_KEY)):
    for key, (name, title, needs_account) in rows.items():
        _register_page_match(key, name, title, needs_account=needs_account, is_own_page=is_here)


@answer_page_registry.register("leave the coalition")
def build_leave_coalition_match(standing: Standing) -> BestMatch | None:
    if not standing.is_inside:
        return None
    url = reverse("coalitions:person_take_out", args=[standing.coalition.slug, standing.viewer.pk])
    return BestMatch(pgettext_lazy("best match", "Leave the coalition"), url)

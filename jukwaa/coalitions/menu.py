"""The sections of the main menu and their tabs: each app registers its tabs in its `navigation.py`.

The section and the tab of a page follow from the name of its address, so that no view has to know them. Who sees a tab
is decided by the policy that its page asks, from what was read with the coalition: a menu costs no query.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, cached_property

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.registry import Registry

type Policy = Callable[[ViewerContext, Coalition], bool]


class MenuSection(TextChoices):
    """In the order of the menu. The last one is for those who run the coalition."""

    MEETINGS = "meetings", pgettext_lazy("menu", "Meetings")
    DECISIONS = "decisions", pgettext_lazy("menu", "Decisions")
    CONSULTATIONS = "consultations", pgettext_lazy("menu", "Consultations")
    LIBRARY = "library", pgettext_lazy("menu", "Library")
    COOPERATION = "cooperation", pgettext_lazy("menu", "Cooperation")
    REGIONS = "regions", pgettext_lazy("menu", "Regions")
    MEMBERS = "members", pgettext_lazy("menu", "Members")
    MANAGE = "manage", pgettext_lazy("menu", "Manage")


def allow_any_viewer(viewer: ViewerContext, coalition: Coalition) -> bool:  # noqa: ARG001 - the signature of a policy
    return True


def is_signed_in(viewer: ViewerContext, coalition: Coalition) -> bool:  # noqa: ARG001 - the signature of a policy
    return viewer.viewer.is_authenticated


def has_seat_in_coalition(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_inside


def is_coordinator(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def is_safeguarding_lead(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_safeguarding_lead


@dataclass(frozen=True, kw_only=True)
class MenuTab:
    """One page of a section. `pages` are the names of the pages below it; `idea_*` stands for all that begin so.

    Of several patterns that match a page, the longest one counts.
    """

    section: MenuSection
    order: int
    label: str | Promise
    pages: tuple[str, ...] = ()
    is_shown: Policy = allow_any_viewer


# The key is the name of the address.
menu_tabs: Registry[str, MenuTab] = Registry("tabs of the menu")


@dataclass(frozen=True)
class MenuLink:
    label: str | Promise
    url: str
    current: str = ""  # the value of aria-current


@dataclass(frozen=True)
class CoalitionNavigation:
    """The menu of a page as its viewer sees it."""

    standing: Standing
    view_name: str

    @cached_property
    def active(self) -> str:
        """The name of the tab to which the page belongs, or an empty string."""
        return find_tab_of_view(self.view_name)

    @cached_property
    def _visible_tabs(self) -> list[str]:
        coalition = self.standing.coalition
        return [name for name in _get_tab_order() if menu_tabs[name].is_shown(self.standing, coalition)]

    @property
    def key(self) -> str:
        """What the menu differs by, for the cache."""
        at_tab = self.view_name == self.active
        return " ".join([self.standing.coalition.slug, self.active, str(at_tab), *self._visible_tabs])

    @property
    def section(self) -> MenuSection | None:
        return menu_tabs[self.active].section if self.active in self._visible_tabs else None

    @property
    def sections(self) -> list[MenuLink]:
        """Each section that has something to show; it leads to its first tab."""
        first = {menu_tabs[name].section: name for name in reversed(self._visible_tabs)}
        return [
            self._build_menu_link(first[section], section.label, is_active=section == self.section)
            for section in MenuSection
            if section in first
        ]

    @property
    def tabs(self) -> list[MenuLink]:
        shown = [name for name in self._visible_tabs if menu_tabs[name].section == self.section]
        return [self._build_menu_link(name, menu_tabs[name].label, is_active=name == self.active) for name in shown]

    @property
    def breadcrumbs(self) -> list[MenuLink]:
        """The way to a page below a tab. On the page of the tab itself there is none."""
        if self.section is None or self.view_name == self.active:
            return []
        section = next(link for link in self.sections if link.current)
        tab = next(link for link in self.tabs if link.current)
        return [MenuLink(section.label, section.url), MenuLink(tab.label, tab.url)]

    def _build_menu_link(self, url_name: str, label: str | Promise, *, is_active: bool) -> MenuLink:
        current = ("page" if url_name == self.view_name else "true") if is_active else ""
        return MenuLink(label, reverse(url_name, args=[self.standing.coalition.slug]), current)


@cache
def _get_tab_order() -> list[str]:
    places = list(MenuSection)
    return sorted(menu_tabs, key=lambda name: (places.index(menu_tabs[name].section), menu_tabs[name].order))


@cache
def find_tab_of_view(view_name: str) -> str:
    """Return the name of the tab to which a page belongs, or an empty string."""
    if view_name in menu_tabs:
        return view_name
    patterns = [(pattern, name) for name, tab in menu_tabs.items() for pattern in tab.pages]
    matching = [(len(pattern), name) for pattern, name in patterns if fnmatchcase(view_name, pattern)]
    return max(matching)[1] if matching else ""

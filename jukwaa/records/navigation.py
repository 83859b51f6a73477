"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.entitlements import get_entitlements
from jukwaa.coalitions.menu import MenuSection, MenuTab, is_safeguarding_lead, menu_tabs
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext


def is_organisation_representative(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Whether somebody inside belongs to an organisation: of which coalition, the menu need not ask."""
    person = viewer.viewer
    if not person.is_authenticated or not viewer.standing(coalition).is_inside:
        return False
    return bool(get_entitlements(person).organisations)


menu_tabs.register("records:document_list")(
    MenuTab(
        section=MenuSection.LIBRARY,
        order=30,
        label=pgettext_lazy("menu", "Source documents"),
        pages=("records:document_*",),
    )
)
menu_tabs.register("records:held_list")(
    MenuTab(
        section=MenuSection.MANAGE,
        order=80,
        label=pgettext_lazy("menu", "Quarantine"),
        pages=("records:held_*",),
        is_shown=is_safeguarding_lead,
    )
)
menu_tabs.register("records:own_organisation")(
    MenuTab(
        section=MenuSection.MEMBERS,
        order=45,
        label=pgettext_lazy("menu", "Our organisation"),
        pages=("records:organisation_record_own",),
        is_shown=is_organisation_representative,
    )
)

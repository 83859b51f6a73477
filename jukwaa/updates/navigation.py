"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuSection, MenuTab, menu_tabs
from jukwaa.updates import policies

menu_tabs.register("updates:held_mail")(
    MenuTab(
        section=MenuSection.MANAGE,
        order=40,
        label=pgettext_lazy("menu", "Email waiting for approval"),
        pages=("updates:held_*", "updates:record_emails_*"),
        is_shown=policies.can_release_mail,
    )
)
menu_tabs.register("updates:invitation_list")(
    MenuTab(
        section=MenuSection.MANAGE,
        order=35,
        label=pgettext_lazy("menu", "Invitations to people"),
        pages=("updates:invitation_*",),
        is_shown=policies.can_send_invitations,
    )
)

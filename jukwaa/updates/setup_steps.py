"""Steps of setting up a coalition: inviting its people, and releasing its email."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.setup_checklist import SetupStep, get_step_url, setup_step_registry
from jukwaa.mail.models import Message
from jukwaa.updates.letters import get_held_mail_scope
from jukwaa.updates.models import Invitation


@setup_step_registry.register(75)
def build_invitations_step(coalition: Coalition) -> SetupStep:
    invited = Invitation.objects.of(coalition).sent().values("person").distinct().count()
    return SetupStep(
        title=_("Invite people"),
        explanation=_(
            "Write one invitation, check the emails, then send them to everyone or to the people you select."
        ),
        url=get_step_url("updates:invitation_list", coalition),
        minutes=5,
        result=ngettext("%(n)s person has been invited.", "%(n)s people have been invited.", invited) % {"n": invited}
        if invited
        else "",
    )


@setup_step_registry.register(80)
def build_email_step(coalition: Coalition) -> SetupStep:
    waiting = Message.objects.held_in_scope(get_held_mail_scope(coalition)).count()
    return SetupStep(
        title=_("Approve the waiting emails"),
        explanation=ngettext(
            "Notifications are not sent until you approve them. 1 email is waiting.",
            "Notifications are not sent until you approve them. %(n)s emails are waiting.",
            waiting,
        )
        % {"n": waiting},
        url=get_step_url("updates:held_mail", coalition),
        minutes=5,
        result=_("Emails are sent automatically.") if coalition.mail_released_at else "",
    )

"""The step of setting up a coalition: releasing its email."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.setup_checklist import SetupStep, get_step_url, setup_steps
from jukwaa.mail.models import Message
from jukwaa.updates.notification_emails import get_mail_scope


@setup_steps.register(80)
def build_email_step(coalition: Coalition) -> SetupStep:
    waiting = Message.objects.held_for(get_mail_scope(coalition)).count()
    return SetupStep(
        title=_("Approve the waiting emails"),
        explanation=ngettext(
            "No email is sent before you approve it. 1 email is waiting.",
            "No email is sent before you approve it. %(n)s emails are waiting.",
            waiting,
        )
        % {"n": waiting},
        url=get_step_url("updates:held_mail", coalition),
        result=_("Emails are sent automatically.") if coalition.mail_released_at else "",
    )

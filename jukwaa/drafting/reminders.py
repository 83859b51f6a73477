"""Consultations that begin, end soon, or closed with inputs unanswered; and calls that close soon."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from jukwaa.drafting.consultation_audience import (
    find_consultation_respondents,
    find_current_inputs,
    find_individual_members,
    find_organisations_without_input,
)
from jukwaa.drafting.models import Call, Consultation
from jukwaa.drafting.notifications.calls import (
    find_call_respondents,
    format_last_day,
    get_call_address,
    render_call_decision_email,
)
from jukwaa.drafting.notifications.consultations import (
    build_input_reply_option,
    build_opening_news,
    find_text_drafters,
    get_consultation_address,
    get_consultation_email_context,
    get_consultation_opener_ids,
)
from jukwaa.records.models import State
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, ReplyOption, render_email
from jukwaa.updates.registries import REMINDER_WINDOW, Reminder, reminder_registry

CONSULTATION_REMINDER_LEAD = timedelta(days=4)
CALL_REMINDER_LEAD = timedelta(days=3)


@reminder_registry.register("consultations")
def find_consultation_reminders(now: datetime) -> Iterator[Reminder]:
    """Once each: that one began, that it ends soon, and that it closed and somebody waits for an answer."""
    rows = Consultation.objects.filter(text__state=State.PUBLISHED).select_related("text__coalition", "text__owner")
    for each in rows.filter(opens_at__gt=now - REMINDER_WINDOW, opens_at__lte=now, closes_at__gt=now):
        for number, news in enumerate(build_opening_news(each)):
            yield f"consultation-opened:{each.pk}:{number}", news
    for each in rows.filter(opens_at__lte=now, closes_at__gt=now, closes_at__lte=now + CONSULTATION_REMINDER_LEAD):
        yield f"consultation-soon:{each.pk}", build_consultation_ending_news(each)
    for each in rows.filter(closes_at__gt=now - REMINDER_WINDOW, closes_at__lte=now):
        if waiting := each.inputs.waiting().count():
            yield f"consultation-closed:{each.pk}", build_consultation_closed_news(each, waiting)


def build_consultation_ending_news(consultation: Consultation) -> NotificationEmail:
    """A few days before it ends: to those asked who have not spoken."""

    def write_email() -> EmailText:
        return render_email(
            "drafting/email/consultation_ends.txt",
            get_consultation_address(consultation),
            **get_consultation_email_context(consultation),
        )

    spoke = set(find_current_inputs(consultation).values_list("author", flat=True))
    own = [person for person in find_individual_members(consultation) if person.pk not in spoke]
    people = find_consultation_respondents(consultation, find_organisations_without_input(consultation)) + own
    return NotificationEmail(
        coalition=consultation.text.coalition,
        people=people,
        topic=EmailTopic.REMINDERS,
        write=write_email,
        record=consultation.text,
        answer=build_input_reply_option(consultation),
        but=get_consultation_opener_ids(consultation),
    )


def build_consultation_closed_news(consultation: Consultation, waiting_count: int) -> NotificationEmail:
    def write_email() -> EmailText:
        path = reverse("drafting:input_list", args=[consultation.text.coalition.slug, consultation.pk]) + "?answered=no"
        return render_email(
            "drafting/email/consultation_closed.txt",
            path,
            **get_consultation_email_context(consultation),
            waiting=waiting_count,
        )

    text = consultation.text
    return NotificationEmail(
        coalition=text.coalition,
        people=find_text_drafters(text),
        topic=EmailTopic.REMINDERS,
        write=write_email,
        record=text,
    )


@reminder_registry.register("calls")
def find_call_reminders(now: datetime) -> Iterator[Reminder]:
    """Three days before a call closes: to those whose member has not taken a position, or awaits instructions."""
    open_to_readers = Call.objects.filter(outcome="", text__state=State.PUBLISHED)
    closing = open_to_readers.filter(closes_at__gt=now, closes_at__lte=now + CALL_REMINDER_LEAD)
    for call in closing.select_related("text__coalition", "revision"):
        yield f"call:{call.pk}:{call.closes_at:%Y-%m-%d}", _build_call_closing_news(call)


def _build_call_closing_news(call: Call) -> NotificationEmail:
    def write_email() -> EmailText:
        if call.text.is_decision:
            return render_call_decision_email("decision_ends", call)
        names = {"title": call.text.title, "day": format_last_day(call), "silence": call.silence}
        return render_email("drafting/email/call_closes.txt", get_call_address(call), n=call.revision.number, **names)

    return NotificationEmail(
        coalition=call.text.coalition,
        people=find_call_respondents(call, silent_only=True),
        topic=EmailTopic.REMINDERS,
        write=write_email,
        record=call.text,
        answer=ReplyOption(f"call:{call.pk}"),
    )

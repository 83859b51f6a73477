"""What there is to try with texts in the demo."""

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.drafting.models import Consultation, Text
from jukwaa.records.demo_parts import COMPANY_ROLE, DemoTask, demo_task_registry

TRACED_CLAUSE_NUMBER = 4


@demo_task_registry.register(10)
def create_clause_trace_task(coalition: Coalition) -> DemoTask:
    published = Text.objects.of(coalition).published().filter(editions__isnull=False)
    text = published.order_by("pk")[0]
    return DemoTask(
        name=_("Trace a clause to the sentence where it began"),
        description=_(
            "Open a clause of a published guideline, and follow “Where this comes from”. It ends at a sentence of 2009."
        ),
        path=reverse("drafting:clause_trace", args=[coalition.slug, text.pk, TRACED_CLAUSE_NUMBER]),
    )


@demo_task_registry.register(20)
def create_word_response_task(coalition: Coalition) -> DemoTask:
    consultations = Consultation.objects.filter(text__coalition=coalition).order_by("-closes_at")
    return DemoTask(
        name=_("Respond to a consultation in Word"),
        description=_(
            "Download the Word file, change a sentence with tracked changes, add a comment, and upload it."
            " Each change becomes an input on its clause."
        ),
        path=reverse("drafting:consultation_detail", args=[coalition.slug, consultations[0].pk]),
        person=COMPANY_ROLE,
    )

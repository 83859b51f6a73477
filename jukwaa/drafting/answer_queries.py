"""What of a text is answered, and who is credited for what stands in a revision."""

from django.db.models import QuerySet

from jukwaa.drafting.models import Input, Revision, Text


def find_unanswered_inputs(text: Text) -> QuerySet[Input]:
    """The inputs of all its consultations that wait for an answer: while there is one, the text is not published."""
    return Input.objects.filter(text=text.pk).waiting().order_by("clause", "pk")


def find_credited_inputs(revision: Revision) -> QuerySet[Input]:
    """The inputs that were taken up in this revision, with those who gave them."""
    taken = Input.objects.filter(credited_in=revision.pk, hidden_at__isnull=True)
    return taken.select_related("author", "capacity__person", "clause").order_by("clause", "pk")

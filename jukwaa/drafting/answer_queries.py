"""What of a text is answered, and who is credited for what stands in a revision."""

from django.db.models import Exists, OuterRef, QuerySet

from jukwaa.coalitions.models.people import Viewer
from jukwaa.drafting.models import Edition, Input, Placement, Revision, Text

MAX_NAMED_INPUTS = 20  # inputs that the page before a version names


def find_unanswered_inputs(text: Text) -> QuerySet[Input]:
    """The inputs of all its consultations that wait for an answer: while there is one, the text is not published."""
    return Input.objects.filter(text=text.pk).waiting().order_by("clause", "pk")


def find_accepted_inputs_without_change(
    viewer: Viewer, text: Text, revision: Revision | None, last_edition: Edition | None
) -> list[Input]:
    """Return the inputs that were accepted, if only in part, although a revision has their clause as it was before.

    Support asks for no change, and an answered question seldom does. Inputs to earlier versions are left out.
    """
    if revision is None:
        return []
    accepted = Input.objects.readable_by(viewer).filter(
        text=text.pk,
        kind__in=[Input.Kind.COMMENT, Input.Kind.PROPOSAL],
        disposition__in=[Input.Answer.ACCEPTED, Input.Answer.IN_PART],
        hidden_at__isnull=True,
        clause__isnull=False,
    )
    if last_edition is not None:
        accepted = accepted.filter(revision__number__gte=last_edition.revision.number)
    same_wording = Placement.objects.at(text, revision.step).filter(
        clause=OuterRef("clause"), wording=OuterRef("wording")
    )
    unchanged = accepted.filter(Exists(same_wording.order_by())).select_related("clause")
    return list(unchanged.order_by("clause__number", "pk")[:MAX_NAMED_INPUTS])


def find_credited_inputs(revision: Revision) -> QuerySet[Input]:
    """The inputs that were taken up in this revision, with those who gave them."""
    taken = Input.objects.filter(credited_in=revision.pk, hidden_at__isnull=True)
    return taken.select_related("author", "capacity__person", "clause").order_by("clause", "pk")

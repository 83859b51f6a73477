"""Each text of the walk is a brief: with a shape, a delivery, a question, and a use with its evidence."""

from datetime import date

from jukwaa.drafting.models import Edition, Evidence, Rest, Text
from jukwaa.library.models import Use
from jukwaa.regions.models import BriefQuestion, BriefShape, BriefTranslation, BriefUse, Delivery


def add_brief_canaries(world, text: Text, canary: str, author, capacity) -> None:
    Text.objects.filter(pk=text.pk).update(form="brief")
    BriefShape.objects.create(text=text, step=1, addressed_to=["ministry"], short=[1])
    edition = Edition.objects.get(text=text)
    Evidence.objects.filter(clause__text=text).update(quoted=True)
    for each in Evidence.objects.filter(clause__text=text):
        Rest.objects.create(revision=edition.revision, clause=each.clause, record=each.record, quoted=True)
    delivery = Delivery.objects.create(
        edition=edition,
        to="ministry",
        body=f"The ministry of {canary}",
        length="two",
        how="handed",
        on=date(2024, 5, 2),
        capacity=capacity,
        by=author,
    )
    BriefQuestion.objects.create(delivery=delivery, asked_on=date(2024, 5, 3), words=f"What of {canary}?", by=author)
    item = world.records["item", str(text.label), str(text.state)]
    told = {"author": author, "capacity": capacity, "year": 2024, "how": f"A law on {canary}"}
    use = Use.objects.create(item_id=item.pk, **told)
    BriefUse.objects.create(use=use, edition=edition, delivery=delivery, url=f"https://example.org/{canary}")


def add_translated_briefs(world) -> None:
    """Each brief of a label says what the public one says."""
    original = world.records["text", "TLP:CLEAR", "published"]
    for text in world.list_varied_records("text"):
        if text.pk != original.pk:
            BriefTranslation.objects.get_or_create(text=text, defaults={"original": original, "step": 0})

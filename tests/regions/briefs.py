"""Records to make briefs of, and briefs that are made of them."""

from django.urls import reverse

from jukwaa.drafting import actions as drafting
from jukwaa.drafting.models import Edition, Text
from jukwaa.regions import actions
from jukwaa.regions.actions import BriefRequest
from tests.factories import EntryFactory, ItemFactory, MeetingFactory

OBSERVATION_TEXT = "Filters are sold as safety, and schools drop their lessons."


def create_practice(coalition, author, **said):
    told = {"title": "Providers at one table", "what_worked": "Asking providers to one table worked."}
    told |= {"published": True, **said}
    details = {"conditions": "A ministry has to invite.", "what_did_not_work": "Mails to lawyers did not."}
    return ItemFactory(coalition=coalition, author=author, details=details, **told)


def create_decision(coalition, author, **said):
    meeting = MeetingFactory(coalition=coalition, title="The meeting in Sharm", published=True, label="TLP:CLEAR")
    told = {"text": "It was agreed to name a contact.", "meeting": meeting, **said}
    return EntryFactory(coalition=coalition, author=author, published=True, **told)


def create_brief_of(coalition, actor, quoted_records=(), **asked) -> Text:
    said = {"title": "What providers can do", "language": "en", "addressed_to": ["ministry"], **asked}
    text = actions.create_brief(
        actor=actor,
        coalition=coalition,
        brief_request=BriefRequest(records=[record.pk for record in quoted_records], **said),
    )
    text.coalition = coalition
    return text


def publish_brief_edition(text: Text, actor) -> Edition:
    drafting.create_named_revision(actor=actor, text=text)
    drafting.open_text_to_readers(actor=actor, text=text)
    fresh = Text.objects.get(pk=text.pk)
    fresh.coalition = text.coalition
    issue = drafting.EditionDetails(without_call="It is short.")
    edition = drafting.publish_edition(actor=actor, text=fresh, edition_details=issue)
    edition.text.coalition = text.coalition
    return edition


def get_brief_url(route_name: str, text: Text, **more) -> str:
    return reverse(f"regions:{route_name}", kwargs={"coalition": text.coalition.slug, "pk": text.pk, **more})

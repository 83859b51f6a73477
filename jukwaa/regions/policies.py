"""Who may do what about regions. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Organisation, Role
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.drafting.models import Text
from jukwaa.drafting.policies import can_draft
from jukwaa.library.models import Item
from jukwaa.records.policies import can_change, can_read
from jukwaa.regions.models import Delivery, Hosting, Outreach, Prospect, Voice
from jukwaa.regions.seen_where import choices_from_there


def can_speak(person: Person, observation: Item, organisation: Organisation | None) -> bool:
    """Whoever belongs here, is from there, and speaks for somebody else than whoever wrote it."""
    standing = Standing(person, observation.coalition)
    offered = [choice.organisation for choice in choices_from_there(standing, observation)]
    return standing.is_inside and organisation in offered and can_read(ViewerContext(person), observation)


def can_replace_voice(person: Person, voice: Voice) -> bool:
    """Who gave it, or whoever speaks for the organisation today: who gave it may have left."""
    return voice.author_id == person.pk or (voice.organisation_id in Standing(person, voice.item.coalition).speaks_for)


def can_take_back_voice(person: Person, voice: Voice) -> bool:
    """As above; and those who answer for what stands here."""
    standing = Standing(person, voice.item.coalition)
    return can_replace_voice(person, voice) or standing.is_coordinator or standing.is_safeguarding_lead


def puts_forward(standing: Standing) -> bool:
    """Plan for a place, and write to somebody there in one's own name: an adult who takes part."""
    viewer = standing.viewer
    return isinstance(viewer, Person) and not viewer.is_minor and standing.is_inside


def can_put_forward(person: Person, coalition: Coalition) -> bool:
    return puts_forward(Standing(person, coalition))


def looks_near(standing: Standing) -> bool:
    """See who could be invited: those who could invite."""
    return standing.is_inside


def can_shape(person: Person, outreach: Outreach) -> bool:
    return shapes(Standing(person, outreach.coalition), outreach)


def shapes(standing: Standing, outreach: Outreach) -> bool:
    return standing.viewer.is_authenticated and can_change(standing, outreach)


def can_host(person: Person, hosting: Hosting) -> bool:
    """Confirm it: whoever speaks for the organisation that hosts."""
    return hosting.organisation_id in Standing(person, hosting.outreach.coalition).speaks_for


def leads(standing: Standing) -> bool:
    return bool(standing.roles & {Role.Kind.COORDINATOR, Role.Kind.CHAIR})


def introduces(standing: Standing, prospect: Prospect) -> bool:
    """Has the address, and writes: nobody does it for them."""
    return standing.viewer.is_authenticated and prospect.introducer_id == standing.viewer.pk


def can_introduce(person: Person, prospect: Prospect) -> bool:
    return introduces(Standing(person, prospect.coalition), prospect)


def can_steer(person: Person, prospect: Prospect) -> bool:
    """Hand it over, or erase it."""
    standing = Standing(person, prospect.coalition)
    return introduces(standing, prospect) or leads(standing)


def can_see(person: Person, prospect: Prospect) -> bool:
    return Prospect.objects.visible_to(person).filter(pk=prospect.pk).exists()


def sees_contact(standing: Standing, prospect: Prospect) -> bool:
    """As the person was told who gave it: those who run the coalition, and whoever wrote to them."""
    return leads(standing) or introduces(standing, prospect)


def can_welcome(person: Person, prospect: Prospect) -> bool:
    """Write to whoever said yes."""
    return leads(Standing(person, prospect.coalition))


def can_deliver(person: Person, text: Text) -> bool:
    """Whoever belongs here and reads the brief: briefs are carried to many tables, and seldom by who wrote them."""
    return Standing(person, text.coalition).is_inside and can_read(ViewerContext(person), text)


def follows_up(standing: Standing, delivery: Delivery) -> bool:
    """Writes down what they asked, and answers: who handed it over, and who drafts the brief."""
    return delivery.by_id == standing.viewer.pk or can_draft(standing, delivery.edition.text)


def can_follow_up(person: Person, delivery: Delivery) -> bool:
    text = delivery.edition.text
    return (delivery.by_id == person.pk and can_deliver(person, text)) or can_draft(ViewerContext(person), text)

"""A person's desk: everything that waits for them in a coalition, soonest first, each with the one thing to do.

Each source is a function from the viewer's standing to items; a later part of Jukwaa adds its own to SOURCES.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models import Affiliation, Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import written
from jukwaa.drafting.models import Call, Consultation, Input, Position, Text
from jukwaa.drafting.positions import members_asked
from jukwaa.home import desk_briefs, desk_events, desk_help, desk_outreach, desk_plans, desk_work
from jukwaa.home.desk_item import LIMIT, Item
from jukwaa.intake.models import Reading
from jukwaa.library.models import Item as LibraryItem
from jukwaa.library.models import Review
from jukwaa.meetings.models import Commitment, Entry, Meeting, Report
from jukwaa.records.keeping import has_lead
from jukwaa.records.models import Document, Held, State


def held(standing: Standing) -> Iterator[Item]:
    """What was kept aside at a door: that it waits, and no word of what it says."""
    if not standing.is_safeguarding_lead:
        return
    waiting = Held.objects.visible_to(standing.viewer).filter(coalition=standing.coalition).waiting().count()
    if waiting:
        yield Item(
            due=None,
            deed=ngettext("Decide on what was held", "Decide on %(n)s things that were held", waiting) % {"n": waiting},
            why=_("You alone can see it. Somebody may be waiting for help."),
            url=reverse("records:held_list", args=[standing.coalition.slug]),
            is_urgent=True,
        )


def applications(standing: Standing) -> Iterator[Item]:
    if not standing.is_coordinator:
        return
    waiting = Membership.objects.filter(coalition=standing.coalition, standing=Membership.Standing.APPLIED)
    for membership in waiting.select_related("organisation", "person").order_by("applied_on")[:LIMIT]:
        yield Item(
            due=membership.applied_on,
            deed=_("Answer the application of %(who)s") % {"who": membership},
            why=_("Whoever applies hopes for an answer within a week."),
            url=reverse("coalitions:applications", args=[standing.coalition.slug]),
        )


def unconfirmed(standing: Standing) -> Iterator[Item]:
    """Affiliations that open nothing until somebody vouches for them."""
    if not standing.is_coordinator and not standing.speaks_for:
        return
    pending = Affiliation.objects.in_force().filter(
        organisation__coalition=standing.coalition,
        organisation__merged_into__isnull=True,
        confirmed_on__isnull=True,
        person__email__isnull=False,
    )
    if not standing.is_coordinator:
        pending = pending.filter(organisation__in=standing.speaks_for).exclude(person=standing.viewer.pk)
    pending = pending.select_related("person", "organisation")
    for affiliation in pending.only("organisation__name", "person__name")[:LIMIT]:
        yield Item(
            due=None,
            deed=_("Confirm that %(person)s belongs to %(organisation)s")
            % {"person": affiliation.person, "organisation": affiliation.organisation},
            why=_("Until then they read and speak as themselves alone."),
            url=reverse("coalitions:organisation_detail", args=[standing.coalition.slug, affiliation.organisation_id]),
        )


def readings(standing: Standing) -> Iterator[Item]:
    if not standing.viewer.is_authenticated:
        return
    visible = Reading.objects.visible_to(standing.viewer).of(standing.coalition)
    theirs = visible.filter(started_by=standing.viewer)
    if standing.is_rapporteur:
        theirs |= visible.left_behind()
    waiting = theirs.unfinished() | theirs.filter(state=Reading.State.FAILED)
    for reading in waiting.only("title", "state", "problem").order_by("started_at")[:LIMIT]:
        deed = _("Finish reading “%(title)s”")
        why = _("Nothing of it is in the record until you enter it. What you decided is kept.")
        if reading.state == Reading.State.FAILED:
            deed, why = _("See why “%(title)s” could not be read"), reading.problem
        yield Item(
            due=None,
            deed=deed % {"title": reading.title},
            why=why,
            url=reverse("intake:reading_detail", args=[standing.coalition.slug, reading.pk]),
        )


def reviews(standing: Standing) -> Iterator[Item]:
    """What waits to be read by a second person: for the lead, for whoever is asked, and for those who wrote it."""
    if not standing.viewer.is_authenticated:
        return
    waiting = Review.objects.waiting(standing.coalition).select_related("item").order_by("sent_at")
    for review in waiting.filter(reviewer=standing.viewer.pk)[:LIMIT]:
        why = _("You said that you would read it. Decide, with a reason.")
        if review.accepted_at is None:
            why = _("You are asked to be its second reader, before others read it. Say yes or no.")
        yield _review(standing, _("Read “%(title)s”"), why, review.item)
    if standing.is_safeguarding_lead:
        for review in waiting.filter(reviewer=None)[:LIMIT]:
            why = _("It waits for a second person, and you alone can ask one.")
            yield _review(standing, _("Find somebody to read “%(title)s”"), why, review.item)
    own = LibraryItem.objects.of(standing.coalition).filter(authorships__person=standing.viewer.pk)
    for item in own.sent_back().order_by("created_at")[:LIMIT]:
        why = _("It waits until you have changed it and sent it for review again.")
        yield _review(standing, _("Go on with “%(title)s”"), why, item)


def _review(standing: Standing, deed: str, why: str, item: LibraryItem) -> Item:
    url = reverse("library:review_detail", args=[standing.coalition.slug, item.pk])
    return Item(due=None, deed=deed % {"title": item.title}, why=why, url=url)


def review_without_lead(standing: Standing) -> Iterator[Item]:
    """Coordinators can't read what waits, and can give the role to somebody who asks a second reader."""
    if not standing.is_coordinator or has_lead(standing.coalition):
        return
    if Review.objects.waiting(standing.coalition).exists():
        yield Item(
            due=None,
            deed=_("Give somebody the role of safeguarding lead"),
            why=_("Something waits to be read by a second person, and nobody can ask one."),
            url=reverse("coalitions:roles", args=[standing.coalition.slug]),
        )


def came_by_mail(standing: Standing) -> Iterator[Item]:
    """What came in by mail lies on no reading desk: somebody who keeps the record publishes it, or withdraws it."""
    if not standing.is_rapporteur:
        return
    documents = Document.objects.visible_to(standing.viewer).of(standing.coalition).defer("text")
    for document in documents.filter(state=State.SUBMITTED, readings__isnull=True).order_by("created_at")[:LIMIT]:
        yield Item(
            due=None,
            deed=_("Look at “%(title)s”") % {"title": document.title},
            why=_("It came by mail, with files. Publish it, or withdraw it."),
            url=reverse("records:document_detail", args=[standing.coalition.slug, document.pk]),
        )


def commitments(standing: Standing) -> Iterator[Item]:
    """What this person, or an organisation they may speak for, has promised and not yet kept."""
    organisations = [organisation.pk for organisation in standing.organisations]
    own = Q(owner__person=standing.viewer) | Q(owner__organisation__in=organisations)
    if standing.is_coordinator:
        # Nobody in the directory answers for these: they wait with whoever runs the coalition.
        own |= Q(owner__person__isnull=True, owner__organisation__isnull=True)
    promised = Commitment.objects.filter(
        own,
        entry__coalition=standing.coalition,
        entry__state=State.PUBLISHED,
        progress__in=[Commitment.Progress.OPEN, Commitment.Progress.IN_HAND],
    )
    for entry, what, due in promised.values_list("entry", "entry__title", "due_on").order_by("due_on")[:LIMIT]:
        yield Item(
            due=due,
            deed=what,
            why=_("Promised. Say how it stands."),
            url=reverse("meetings:entry_detail", args=[standing.coalition.slug, entry]),
        )


def reports(standing: Standing) -> Iterator[Item]:
    """Meetings with a record, whose report nobody has published yet."""
    if not standing.is_rapporteur:
        return
    published = Report.objects.filter(meeting=OuterRef("pk"), published_at__isnull=False)
    minutes = Entry.objects.filter(meeting=OuterRef("pk"))
    visible = Meeting.objects.visible_to(standing.viewer).of(standing.coalition)
    waiting = visible.filter(~Exists(published), Exists(minutes)).order_by("order_day", "pk")
    for meeting, title in waiting.values_list("pk", "title")[:LIMIT]:
        yield Item(
            due=None,
            deed=_("Edit the report of %(meeting)s") % {"meeting": title},
            why=_("It is written from the record; read it, mend it, publish it."),
            url=reverse("meetings:report_detail", args=[standing.coalition.slug, meeting]),
        )


def calls(standing: Standing) -> Iterator[Item]:
    """A call that an organisation of theirs has not answered; and for the coordinator one that has closed."""
    if not standing.speaks_for and not standing.is_coordinator:
        return
    texts = Text.objects.visible_to(standing.viewer).of(standing.coalition).filter(state=State.PUBLISHED)
    for call in Call.objects.filter(outcome="", text__in=texts).select_related("text").order_by("closes_at")[:LIMIT]:
        call.text.coalition = standing.coalition
        url = reverse("drafting:call_detail", args=[standing.coalition.slug, call.text_id, call.pk])
        last = timezone.localdate(call.closes_at - timedelta(seconds=1))
        if call.is_open and _is_awaited(standing, call):
            deed = _("Say what your organisation says to “%(title)s”") % {"title": call.text.title}
            why = _("It has not taken a position; until %(day)s it can.") % {"day": written(last)}
            yield Item(due=last, deed=deed, why=why, url=url)
        elif standing.is_coordinator and call.is_over:
            deed = _("Declare what came of the call on “%(title)s”") % {"title": call.text.title}
            yield Item(due=last, deed=deed, why=_("The call has closed: declare what came of it."), url=url)


def _is_awaited(standing: Standing, call: Call) -> bool:
    spoke = Position.objects.filter(call=call, stands=True).exclude(stance=Position.Stance.AWAITING)
    asked = members_asked(call).filter(pk__in=standing.speaks_for).exclude(pk__in=spoke.values("organisation"))
    return asked.exists()


def beginning(standing: Standing) -> Iterator[Item]:
    """A coalition whose mail nobody has let go yet is still being set up."""
    if not standing.is_coordinator or standing.coalition.mail_released_at:
        return
    yield Item(
        due=None,
        deed=_("Bring the coalition to life"),
        why=_("See what is still missing: members, papers, the next meeting, and mail that waits to be seen."),
        url=reverse("home:begin", args=[standing.coalition.slug]),
    )


def asked(standing: Standing) -> Iterator[Item]:
    """Consultations that ask this person, or an organisation of theirs, and in which nothing came from there yet."""
    if not standing.viewer.is_authenticated:
        return
    own = [organisation.pk for organisation in standing.organisations]
    asks = Q(asks=Consultation.Asks.NAMED, asked__in=own)
    if standing.has_seat:
        asks |= Q(asks__in=[Consultation.Asks.PUBLIC, Consultation.Asks.MEMBERS])
    now = timezone.now()
    spoke = Input.objects.filter(Q(author=standing.viewer) | Q(capacity__organisation__in=own))
    spoke = spoke.filter(consultation=OuterRef("pk")).exclude(disposition=Input.Answer.WITHDRAWN)
    rows = Consultation.objects.visible_to(standing.viewer).filter(
        asks,
        ~Exists(spoke),
        text__coalition=standing.coalition,
        text__state=State.PUBLISHED,
        opens_at__lte=now,
        closes_at__gt=now,
    )
    found = rows.order_by("closes_at").values_list("pk", "text__title", "closes_at").distinct()
    for consultation, title, closes_at in found[:LIMIT]:
        yield Item(
            due=closes_at.date(),
            deed=_("Say what you think of “%(title)s”") % {"title": title},
            why=_("You are asked. A sentence is enough, and so is your support."),
            url=reverse("drafting:consultation_detail", args=[standing.coalition.slug, consultation]),
        )


def inputs_to_answer(standing: Standing) -> Iterator[Item]:
    """For those who draft: inputs that nobody has answered; and what policy makers asked who got a brief from them."""
    if not standing.viewer.is_authenticated:
        return
    visible = Text.objects.visible_to(standing.viewer).of(standing.coalition).filter(state=State.PUBLISHED)
    if not standing.is_rapporteur:
        visible = visible.filter(Q(authorships__person=standing.viewer) | Q(owner__in=standing.speaks_for))
    waiting = Input.objects.filter(text__in=visible).waiting().order_by()
    counted = waiting.values_list("text", "text__title", Value("input")).annotate(n=Count("pk"))
    both = counted.union(desk_briefs.questions_by_brief(standing), all=True)
    for text, title, what, number in both.order_by()[:LIMIT]:
        if what == "question":
            yield _asked_by_policy_makers(standing, text, title, number)
            continue
        yield Item(
            due=None,
            deed=ngettext("Answer one input on “%(title)s”", "Answer %(n)s inputs on “%(title)s”", number)
            % {"n": number, "title": title},
            why=_("Whoever spoke waits to hear what becomes of it. Nothing is published before."),
            url=reverse("drafting:answers", args=[standing.coalition.slug, text]),
        )


def _asked_by_policy_makers(standing: Standing, text: int, title: str, number: int) -> Item:
    deed = ngettext(
        "Answer one question that was asked about “%(title)s”",
        "Answer %(n)s questions that were asked about “%(title)s”",
        number,
    )
    return Item(
        due=None,
        deed=deed % {"n": number, "title": title},
        why=_("Those to whom you handed the brief asked. Write down what they were answered."),
        url=reverse("regions:brief_detail", args=[standing.coalition.slug, text]),
    )


SOURCES: list[Callable[[Standing], Iterable[Item]]] = [
    held,
    beginning,
    applications,
    unconfirmed,
    readings,
    reviews,
    review_without_lead,
    came_by_mail,
    asked,
    inputs_to_answer,
    commitments,
    calls,
    reports,
    desk_help.introductions,
    desk_help.questions,
    desk_help.to_confirm,
    desk_help.untaken,
    desk_work.joint_work,
    desk_events.events,
    desk_outreach.letters,
    desk_outreach.answers,
    desk_plans.plans,
]


def waiting_for(standing: Standing) -> list[Item]:
    """All that waits for the viewer: what is urgent, then what has a date, soonest first."""
    if not standing.viewer.is_authenticated:
        return []
    name = f"desk-{standing.viewer.pk}-{get_language()}"
    return kept(standing.coalition, name, lambda: _waiting_for(standing))


def _waiting_for(standing: Standing) -> list[Item]:
    items = [item for source in SOURCES for item in source(standing)]
    return sorted(items, key=lambda item: (not item.is_urgent, item.due is None, item.due or date.max))


def in_words(items: list[Item]) -> str:
    """“Four things wait for you; the first is due on 1 December.”"""
    if not items:
        return _("Nothing waits for you.")
    return ngettext("One thing waits for you.", "%(n)s things wait for you.", len(items)) % {"n": len(items)}

"""A person's desk: everything that waits for them in a coalition, soonest first, each with the one thing to do.

Each source is a function from the viewer's standing to what it looks for; a later part of Jukwaa adds its own to
SOURCES.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models import Affiliation, Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.home import desk_briefs, desk_drafting, desk_events, desk_help, desk_outreach, desk_plans, desk_work
from jukwaa.coalitions.task_queries import Item, Row, Source, Waits, found, teller
from jukwaa.intake.models import Reading
from jukwaa.library.models import Item as LibraryItem
from jukwaa.library.models import Review
from jukwaa.meetings.models import Commitment, Entry, Meeting, Report
from jukwaa.records.keeping import leads_of
from jukwaa.records.models import Document, Held, State


def held(standing: Standing) -> Iterator[Waits]:
    """What was kept aside at a door: that it waits, and no word of what it says."""
    if not standing.is_safeguarding_lead:
        return
    waiting = Held.objects.visible_to(standing.viewer).filter(coalition=standing.coalition).waiting()
    yield Waits(waiting, _tell_held, counted_by="coalition")


@teller
def _tell_held(standing: Standing, row: Row) -> Item:
    deed = ngettext("Decide on what was held", "Decide on %(n)s things that were held", row.number)
    return Item(
        deed=deed % {"n": row.number},
        why=_("You alone can see it. Somebody may be waiting for help."),
        url=reverse("records:held_list", args=[standing.coalition.slug]),
        is_urgent=True,
    )


def applications(standing: Standing) -> Iterator[Waits]:
    if not standing.is_coordinator:
        return
    waiting = Membership.objects.filter(coalition=standing.coalition, standing=Membership.Standing.APPLIED)
    who = Coalesce("organisation__name", "person__name")
    yield Waits(waiting.order_by("applied_on"), _tell_applications, title=who, due="applied_on")


@teller
def _tell_applications(standing: Standing, row: Row) -> Item:
    return Item(
        due=row.due,
        deed=_("Answer the application of %(who)s") % {"who": row.title or _("a person")},
        why=_("Whoever applies hopes for an answer within a week."),
        url=reverse("coalitions:applications", args=[standing.coalition.slug]),
    )


def unconfirmed(standing: Standing) -> Iterator[Waits]:
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
    yield Waits(pending, _tell_unconfirmed, of="organisation", title="person__name", more="organisation__name")


@teller
def _tell_unconfirmed(standing: Standing, row: Row) -> Item:
    names = {"person": row.title or _("a person"), "organisation": row.more}
    return Item(
        deed=_("Confirm that %(person)s belongs to %(organisation)s") % names,
        why=_("Until then they read and speak as themselves alone."),
        url=reverse("coalitions:organisation_detail", args=[standing.coalition.slug, row.of]),
    )


def readings(standing: Standing) -> Iterator[Waits]:
    visible = Reading.objects.visible_to(standing.viewer).of(standing.coalition)
    theirs = visible.filter(started_by=standing.viewer.pk)
    if standing.is_rapporteur:
        theirs |= visible.left_behind()
    failed = theirs.filter(state=Reading.State.FAILED).order_by("started_at")
    yield Waits(theirs.unfinished().order_by("started_at"), _tell_readings, title="title")
    yield Waits(failed, _tell_readings, title="title", more="problem")


@teller
def _tell_readings(standing: Standing, row: Row) -> Item:
    deed = _("Finish reading “%(title)s”")
    if row.more:
        deed = _("See why “%(title)s” could not be read")
    return Item(
        deed=deed % {"title": row.title},
        why=row.more or _("Nothing of it is in the record until you enter it. What you decided is kept."),
        url=reverse("intake:reading_detail", args=[standing.coalition.slug, row.pk]),
    )


def reviews(standing: Standing) -> Iterator[Waits]:
    """What waits to be read by a second person: for the lead, for whoever is asked, and for those who wrote it."""
    if not standing.viewer.is_authenticated:
        return
    waiting = Review.objects.waiting(standing.coalition).order_by("sent_at")
    own = LibraryItem.objects.of(standing.coalition).filter(authorships__person=standing.viewer.pk).sent_back()
    theirs = waiting.filter(reviewer=standing.viewer.pk)
    yield Waits(theirs, _tell_asked, of="item", title="item__title", day="accepted_at")
    if standing.is_safeguarding_lead:
        yield Waits(waiting.filter(reviewer=None), _tell_unread, of="item", title="item__title")
    yield Waits(own.order_by("created_at"), _tell_sent_back, title="title")


@teller
def _tell_asked(standing: Standing, row: Row) -> Item:
    why = _("You said that you would read it. Decide, with a reason.")
    if row.day is None:
        why = _("You are asked to be its second reader, before others read it. Say yes or no.")
    return _review(standing, _("Read “%(title)s”"), why, row)


@teller
def _tell_unread(standing: Standing, row: Row) -> Item:
    why = _("It waits for a second person, and you alone can ask one.")
    return _review(standing, _("Find somebody to read “%(title)s”"), why, row)


@teller
def _tell_sent_back(standing: Standing, row: Row) -> Item:
    why = _("It waits until you have changed it and sent it for review again.")
    return _review(standing, _("Go on with “%(title)s”"), why, row)


def _review(standing: Standing, deed: str, why: str, row: Row) -> Item:
    url = reverse("library:review_detail", args=[standing.coalition.slug, row.of])
    return Item(deed=deed % {"title": row.title}, why=why, url=url)


def review_without_lead(standing: Standing) -> Iterator[Waits]:
    """Coordinators can't read what waits, and can give the role to somebody who asks a second reader."""
    if not standing.is_coordinator:
        return
    waiting = Review.objects.waiting(standing.coalition).filter(~Exists(leads_of(standing.coalition)))
    yield Waits(waiting, _tell_review_without_lead, counted_by="item__coalition")


@teller
def _tell_review_without_lead(standing: Standing, _row: Row) -> Item:
    return Item(
        deed=_("Give somebody the role of safeguarding lead"),
        why=_("Something waits to be read by a second person, and nobody can ask one."),
        url=reverse("coalitions:roles", args=[standing.coalition.slug]),
    )


def came_by_mail(standing: Standing) -> Iterator[Waits]:
    """What came in by mail lies on no reading desk: somebody who keeps the record publishes it, or withdraws it."""
    if not standing.is_rapporteur:
        return
    documents = Document.objects.visible_to(standing.viewer).of(standing.coalition)
    waiting = documents.filter(state=State.SUBMITTED, readings__isnull=True)
    yield Waits(waiting.order_by("created_at"), _tell_came_by_mail, title="title")


@teller
def _tell_came_by_mail(standing: Standing, row: Row) -> Item:
    return Item(
        deed=_("Look at “%(title)s”") % {"title": row.title},
        why=_("It came by mail, with files. Publish it, or withdraw it."),
        url=reverse("records:document_detail", args=[standing.coalition.slug, row.pk]),
    )


def commitments(standing: Standing) -> Iterator[Waits]:
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
    yield Waits(promised.order_by("due_on"), _tell_commitments, of="entry", title="entry__title", due="due_on")


@teller
def _tell_commitments(standing: Standing, row: Row) -> Item:
    url = reverse("meetings:entry_detail", args=[standing.coalition.slug, row.of])
    return Item(due=row.due, deed=row.title, why=_("Promised. Say how it stands."), url=url)


def reports(standing: Standing) -> Iterator[Waits]:
    """Meetings with a record, whose report nobody has published yet."""
    if not standing.is_rapporteur:
        return
    published = Report.objects.filter(meeting=OuterRef("pk"), published_at__isnull=False)
    minutes = Entry.objects.filter(meeting=OuterRef("pk"))
    visible = Meeting.objects.visible_to(standing.viewer).of(standing.coalition)
    waiting = visible.filter(~Exists(published), Exists(minutes))
    yield Waits(waiting.order_by("order_day", "pk"), _tell_reports, title="title")


@teller
def _tell_reports(standing: Standing, row: Row) -> Item:
    return Item(
        deed=_("Edit the report of %(meeting)s") % {"meeting": row.title},
        why=_("It is written from the record; read it, mend it, publish it."),
        url=reverse("meetings:report_detail", args=[standing.coalition.slug, row.pk]),
    )


def beginning(standing: Standing) -> Iterator[Item]:
    """A coalition whose mail nobody has let go yet is still being set up."""
    if not standing.is_coordinator or standing.coalition.mail_released_at:
        return
    yield Item(
        deed=_("Bring the coalition to life"),
        why=_("See what is still missing: members, papers, the next meeting, and mail that waits to be seen."),
        url=reverse("home:begin", args=[standing.coalition.slug]),
    )


SOURCES: tuple[Source, ...] = (
    held,
    applications,
    unconfirmed,
    readings,
    reviews,
    review_without_lead,
    came_by_mail,
    desk_drafting.asked,
    desk_drafting.inputs_to_answer,
    desk_briefs.questions,
    commitments,
    desk_drafting.calls,
    reports,
    desk_help.introductions,
    desk_help.questions,
    desk_help.to_confirm,
    desk_help.untaken,
    desk_help.unanswered,
    desk_work.joint_work,
    desk_events.events,
    desk_outreach.letters,
    desk_outreach.answers,
    desk_plans.plans,
)


def waiting_for(standing: Standing) -> list[Item]:
    """All that waits for the viewer: what is urgent, then what has a date, soonest first."""
    if not standing.viewer.is_authenticated:
        return []
    name = f"desk-{standing.viewer.pk}-{get_language()}"
    return kept(standing.coalition, name, lambda: _waiting_for(standing))


def _waiting_for(standing: Standing) -> list[Item]:
    items = [*beginning(standing), *found(standing, SOURCES)]
    return sorted(items, key=lambda item: (not item.is_urgent, item.due is None, item.due or date.max))


def in_words(items: list[Item]) -> str:
    """“Four things wait for you; the first is due on 1 December.”"""
    if not items:
        return _("Nothing waits for you.")
    return ngettext("One thing waits for you.", "%(n)s things wait for you.", len(items)) % {"n": len(items)}

"""The governance statement: how a coalition organises itself, decides, admits members and handles dissent, on one page.

It is generated from the settings and the record, and names nobody. What the record does not say is left out or said
to be unknown.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Case, Count, Q, When
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.display_names import format_people_count
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.representation import build_representation_tables
from jukwaa.core.dates import format_long_date
from jukwaa.core.documents.outgoing import Block, BulletList, Document, Heading, Inline, InlineRun, Paragraph
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.drafting.models import Rules
from jukwaa.drafting.positions import get_decision_rules
from jukwaa.meetings.models import Decision, Entry, EntryKind, Meeting
from jukwaa.meetings.quorum import QUORUM_CRITERION_LABELS, get_quorum_rule
from jukwaa.places.languages import get_text_direction
from jukwaa.places.regions import StakeholderGroup
from jukwaa.records.models import Label, State

UNCOUNTED_GROUPS = (StakeholderGroup.OTHER, StakeholderGroup.UNKNOWN)
MAX_LISTED_OBJECTIVES = 8  # so that it stays one page


def build_governance_statement(coalition: Coalition) -> Document:
    """Return the statement, in the language of the page."""
    language = get_language() or "en"
    facts = [(_("Forum"), coalition.forum), (_("Founded"), coalition.founded)]
    meta: list[tuple[str, Inline]] = [(title, [InlineRun(fact, apart=True)]) for title, fact in facts if fact]
    return Document(
        title=_("Governance statement"),
        blocks=list(_build_statement_blocks(coalition)),
        language=language,
        direction=get_text_direction(language),
        meta=[*meta, (_("As of"), format_long_date(timezone.localdate()))],
        masthead=coalition.name,
    )


def _build_statement_blocks(coalition: Coalition) -> Iterator[Block]:
    if coalition.about:
        yield Paragraph([InlineRun(coalition.about, apart=True, language=coalition.language)])
    if objectives := [line for line in coalition.objectives.splitlines() if line.strip()]:
        yield Heading(1, _("Objectives"))
        yield BulletList(
            [[InlineRun(line, apart=True, language=coalition.language)] for line in objectives[:MAX_LISTED_OBJECTIVES]]
        )
    yield Heading(1, _("How the coalition organises itself"))
    yield BulletList(list(_describe_coalition_organisation(coalition)))
    decisions = get_or_build_cached(coalition, "public-decisions", lambda: _count_public_decisions(coalition))
    yield Heading(1, _("How the coalition decides"))
    yield BulletList(list(_describe_decision_making(coalition, get_decision_rules(coalition), decisions.by_method)))
    yield Heading(1, _("How members are admitted"))
    yield BulletList(
        [
            _("Membership is open. Any organisation or person can apply through the website of the coalition."),
            _("The coordinators answer each application. An application can only be declined with a reason."),
        ]
    )
    yield Heading(1, _("How dissent is handled"))
    yield BulletList(list(_describe_recorded_dissent(decisions.with_dissent, decisions.of_unknown_method)))


def _describe_coalition_organisation(coalition: Coalition) -> Iterator[str]:
    members = build_representation_tables(coalition)
    groups = [row.name for row in members.by_stakeholder if row.number and row.value not in UNCOUNTED_GROUPS]
    yield _("Member organisations: %(number)s. Individual members: %(people)s.") % {
        "number": members.organisations,
        "people": format_people_count(members.people),
    }
    if groups:
        yield _("Stakeholder groups of the member organisations: %(groups)s.") % {"groups": join_with_separator(groups)}
    held = Counter(Role.objects.in_force().filter(coalition=coalition).values_list("kind", flat=True))
    for kind, label in Role.Kind.choices:
        if held[kind]:
            yield _("%(role)s: %(number)s") % {"role": capfirst(str(label)), "number": held[kind]}
    year = timezone.localdate().year
    meetings = Meeting.objects.of(coalition).filter(state=State.PUBLISHED, label=Label.CLEAR, cancelled_at=None)
    past = Q(order_day__lte=timezone.localdate())
    numbers = meetings.filter(past).aggregate(
        now=Count("pk", filter=Q(order_day__year=year)), before=Count("pk", filter=Q(order_day__year=year - 1))
    )
    yield _("Public meetings: %(before)s in %(last)s, %(now)s in %(year)s so far.") % {
        **numbers,
        "last": year - 1,
        "year": year,
    }


def _describe_decision_making(
    coalition: Coalition, coalition_rules: Rules, decision_counts: Counter[str]
) -> Iterator[str]:
    quorum = get_quorum_rule(coalition)
    wanted = [
        _("%(what)s: %(number)s") % {"what": label, "number": getattr(quorum, name)}
        for name, label in QUORUM_CRITERION_LABELS.items()
        if getattr(quorum, name)
    ]
    if wanted:
        yield _("Minimum quorum for a meeting: %(numbers)s.") % {"numbers": join_with_separator(wanted, ";")}
    else:
        yield _("The coalition has not set a quorum.")
    yield ngettext(
        "A decision made in writing is open for objections for at least %(n)s day.",
        "A decision made in writing is open for objections for at least %(n)s days.",
        coalition_rules.decision_days,
    ) % {"n": coalition_rules.decision_days}
    yield ngettext(
        "A decision made in writing is stopped by %(n)s objection.",
        "A decision made in writing is stopped by %(n)s objections.",
        coalition_rules.objections,
    ) % {"n": coalition_rules.objections}
    yield _("How silence is counted in a consensus call: %(how)s.") % {"how": coalition_rules.get_silence_display()}
    for method, label in Decision.Method.choices:
        if decision_counts[method]:
            yield _("Public decisions (%(method)s): %(number)s") % {"method": label, "number": decision_counts[method]}


class _PublicDecisionCounts(NamedTuple):
    by_method: Counter[str]
    with_dissent: int
    of_unknown_method: int  # and without recorded dissent, which may be missing with the method


def _count_public_decisions(coalition: Coalition) -> _PublicDecisionCounts:
    """Count the decisions that everyone can read.

    The statement leaves the coalition, so nothing else is counted.
    """
    public = Entry.objects.of(coalition).filter(state=State.PUBLISHED, label=Label.CLEAR, kind=EntryKind.DECISION)
    public = public.filter(meeting__state=State.PUBLISHED, meeting__label=Label.CLEAR).order_by()
    has_dissent = Case(When(Decision.build_dissent_condition(), then=True), default=False)
    rows = public.annotate(has_dissent=has_dissent).values_list("decision__method", "has_dissent")
    by_method: Counter[str] = Counter()
    with_dissent = of_unknown_method = 0
    for method, is_disputed, number in rows.annotate(number=Count("pk")):
        by_method[method or ""] += number
        with_dissent += number if is_disputed else 0
        of_unknown_method += 0 if is_disputed or method else number
    return _PublicDecisionCounts(by_method, with_dissent, of_unknown_method)


def _describe_recorded_dissent(dissent_count: int, unknown_count: int) -> Iterator[str]:
    yield _("Members can object, stand aside or record a reservation, with a statement in their own words.")
    yield _("Dissent is shown with the decision or the text, to everyone who can read it.")
    if dissent_count:
        yield ngettext(
            "%(n)s public decision has recorded dissent.",
            "%(n)s public decisions have recorded dissent.",
            dissent_count,
        ) % {"n": dissent_count}
    elif not unknown_count:
        yield _("No public decision has recorded dissent.")
    if unknown_count:
        yield ngettext(
            "For %(n)s public decision, the record does not say how it was made or whether anyone dissented.",
            "For %(n)s public decisions, the record does not say how they were made or whether anyone dissented.",
            unknown_count,
        ) % {"n": unknown_count}

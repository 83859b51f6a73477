"""Sentences of an annual report, each whole and translatable. Their numbers are marked (`numbers_in_text.py`)."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.display_names import get_public_name
from jukwaa.core.dates import format_long_date
from jukwaa.core.list_formatting import format_in_sentence
from jukwaa.eligibility.annual_report.report_facts import ReportFacts

INDIVIDUAL_MEMBER_KEYS = ("individuals", "individuals-joined", "individuals-left")

type Sentences = Iterator[str]


def describe_report_period(facts: ReportFacts) -> Sentences:
    days = {
        "coalition": facts.period.coalition.name,
        "first": format_long_date(facts.period.first),
        "last": format_long_date(facts.period.last),
    }
    yield _("This report covers the work of %(coalition)s from %(first)s to %(last)s.") % days
    if facts.is_empty:
        yield _("The record shows no activity by the coalition in this period.")
    if facts.has("coordinators"):
        yield ngettext(
            "The coalition had %(n)s coordinator.",
            "The coalition had %(n)s coordinators.",
            facts.numbers["coordinators"],
        ) % {"n": facts.mark("coordinators")}
    if facts.coordinators:
        names = format_in_sentence(get_public_name(person, None) for person in facts.coordinators)
        yield _("Coordinators who agreed to be named in public: %(names)s.") % {"names": names}


def describe_report_members(facts: ReportFacts) -> Sentences:
    if not facts.has("members", "joined", "left", *INDIVIDUAL_MEMBER_KEYS):
        return
    yield ngettext(
        "On %(day)s the coalition had %(n)s member organisation.",
        "On %(day)s the coalition had %(n)s member organisations.",
        facts.numbers["members"],
    ) % {"day": format_long_date(facts.period.last), "n": facts.mark("members")}
    if facts.has("joined"):
        yield _format_counted_fact(
            facts, "joined", lambda n: ngettext("%(n)s organisation joined.", "%(n)s organisations joined.", n)
        )
    if facts.has("left"):
        yield _format_counted_fact(
            facts,
            "left",
            lambda n: ngettext("%(n)s organisation left the coalition.", "%(n)s organisations left the coalition.", n),
        )
    if facts.has(*INDIVIDUAL_MEMBER_KEYS):
        yield _("Individual members: %(now)s; %(joined)s joined and %(left)s left.") % {
            "now": facts.mark("individuals"),
            "joined": facts.mark("individuals-joined"),
            "left": facts.mark("individuals-left"),
        }


def describe_report_meetings(facts: ReportFacts) -> Sentences:
    if not facts.has("meetings"):
        return
    yield _format_counted_fact(
        facts,
        "meetings",
        lambda n: ngettext("The coalition held %(n)s meeting.", "The coalition held %(n)s meetings.", n),
    )
    if facts.has("attendances"):
        yield _("Attendance: %(n)s. People who attended several meetings are counted once for each meeting.") % {
            "n": facts.mark("attendances")
        }


def describe_report_decisions(facts: ReportFacts) -> Sentences:
    if not facts.has("decisions"):
        return
    yield _format_counted_fact(
        facts,
        "decisions",
        lambda n: ngettext("The coalition made %(n)s decision.", "The coalition made %(n)s decisions.", n),
    )
    if facts.has("decisions-with-dissent"):
        yield _format_counted_fact(
            facts,
            "decisions-with-dissent",
            lambda n: ngettext(
                "Dissent is recorded for %(n)s decision.", "Dissent is recorded for %(n)s decisions.", n
            ),
        )
    else:
        yield _("No dissent is recorded.")


def describe_report_commitments(facts: ReportFacts) -> Sentences:
    """What is late is open, and nothing more."""
    if facts.has("commitments"):
        yield _format_counted_fact(
            facts,
            "commitments",
            lambda n: ngettext(
                "%(n)s commitment was made at meetings in this period.",
                "%(n)s commitments were made at meetings in this period.",
                n,
            ),
        )
    if facts.has("commitments-kept"):
        yield _format_counted_fact(
            facts,
            "commitments-kept",
            lambda n: ngettext("%(n)s commitment was kept.", "%(n)s commitments were kept.", n),
        )
    if facts.has("commitments-open"):
        yield _format_counted_fact(
            facts,
            "commitments-open",
            lambda n: ngettext("%(n)s commitment is open.", "%(n)s commitments are open.", n),
        )


def describe_report_outputs(facts: ReportFacts) -> Sentences:
    if not facts.has("outputs"):
        return
    yield _format_counted_fact(
        facts,
        "outputs",
        lambda n: ngettext("The coalition published %(n)s text.", "The coalition published %(n)s texts.", n),
    )
    if not facts.has("statements"):
        yield _("No dissenting statements are recorded for these texts.")
        return
    yield _format_counted_fact(
        facts,
        "outputs-with-dissent",
        lambda n: ngettext("Dissent is recorded for %(n)s text.", "Dissent is recorded for %(n)s texts.", n),
    )
    yield _("Dissenting statements: %(n)s. Those on public texts are printed below.") % {"n": facts.mark("statements")}


def describe_report_consultations(facts: ReportFacts) -> Sentences:
    if not facts.has("consultations"):
        return
    yield _format_counted_fact(
        facts,
        "consultations",
        lambda n: ngettext("The coalition opened %(n)s consultation.", "The coalition opened %(n)s consultations.", n),
    )
    yield _("Inputs received: %(inputs)s. Inputs answered: %(answered)s.") % {
        "inputs": facts.mark("inputs"),
        "answered": facts.mark("inputs-answered"),
    }


def describe_report_sharing(facts: ReportFacts) -> Sentences:
    if facts.has("items"):
        yield _format_counted_fact(
            facts,
            "items",
            lambda n: ngettext(
                "Members shared %(n)s item in the library.", "Members shared %(n)s items in the library.", n
            ),
        )
    if facts.has("uses"):
        yield _("Reported uses of items in the library: %(uses)s. Items that were used: %(items)s.") % {
            "uses": facts.mark("uses"),
            "items": facts.mark("items-used"),
        }


def describe_report_help(facts: ReportFacts) -> Sentences:
    if facts.has("offers"):
        yield _format_counted_fact(
            facts,
            "offers",
            lambda n: ngettext("Members published %(n)s offer of help.", "Members published %(n)s offers of help.", n),
        )
    if facts.has("needs"):
        yield _format_counted_fact(
            facts,
            "needs",
            lambda n: ngettext("Members published %(n)s need for help.", "Members published %(n)s needs for help.", n),
        )
    if facts.has("matches"):
        yield _format_counted_fact(
            facts,
            "matches",
            lambda n: ngettext(
                "An offer and a need led to an agreement in %(n)s case.",
                "An offer and a need led to an agreement in %(n)s cases.",
                n,
            ),
        )


def describe_report_sessions(facts: ReportFacts) -> Sentences:
    if facts.has("proposals-submitted"):
        yield _format_counted_fact(
            facts,
            "proposals-submitted",
            lambda n: ngettext(
                "The coalition submitted %(n)s session proposal.", "The coalition submitted %(n)s session proposals.", n
            ),
        )
    if facts.has("proposals-accepted"):
        yield _format_counted_fact(
            facts,
            "proposals-accepted",
            lambda n: ngettext("%(n)s session proposal was accepted.", "%(n)s session proposals were accepted.", n),
        )
    if not facts.has("sessions"):
        return
    yield _format_counted_fact(
        facts,
        "sessions",
        lambda n: ngettext(
            "%(n)s of the meetings was a session at a forum.", "%(n)s of the meetings were sessions at a forum.", n
        ),
    )
    yield _format_counted_fact(
        facts,
        "session-reports",
        lambda n: ngettext(
            "A session report has been published for %(n)s session.",
            "Session reports have been published for %(n)s sessions.",
            n,
        ),
    )


def describe_report_outreach(facts: ReportFacts) -> Sentences:
    if facts.has("outreach"):
        yield _format_counted_fact(
            facts,
            "outreach",
            lambda n: ngettext(
                "The coalition carried out %(n)s outreach plan.", "The coalition carried out %(n)s outreach plans.", n
            ),
        )
    if facts.has("milestones"):
        yield _("Milestones reached: %(n)s.") % {"n": facts.mark("milestones")}


def describe_report_briefs(facts: ReportFacts) -> Sentences:
    if facts.has("briefs"):
        yield _format_counted_fact(
            facts,
            "briefs",
            lambda n: ngettext(
                "The coalition published %(n)s brief for policy makers.",
                "The coalition published %(n)s briefs for policy makers.",
                n,
            ),
        )
    if facts.has("deliveries"):
        yield _("Deliveries of briefs to policy makers: %(n)s.") % {"n": facts.mark("deliveries")}


def _format_counted_fact(facts: ReportFacts, key: str, choose: Callable[[int], str]) -> str:
    return choose(facts.numbers[key]) % {"n": facts.mark(key)}

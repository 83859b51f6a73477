"""Sentences of an annual report, each whole and translatable. Their numbers are marked (`numbers_in_text.py`)."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.display_names import get_public_name
from jukwaa.core.dates import format_long_date
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.eligibility.annual_report.report_facts import ReportFacts

INDIVIDUAL_MEMBER_KEYS = ("individuals", "individuals-joined", "individuals-left")

type Sentences = Iterator[str]


def describe_report_period(report_facts: ReportFacts) -> Sentences:
    days = {
        "coalition": report_facts.period.coalition.name,
        "first": format_long_date(report_facts.period.first_day),
        "last": format_long_date(report_facts.period.last_day),
    }
    yield _("This report covers the work of %(coalition)s from %(first)s to %(last)s.") % days
    if report_facts.is_empty:
        yield _("The record shows no activity by the coalition in this period.")
    if report_facts.has_any("coordinators"):
        yield ngettext(
            "The coalition had %(n)s coordinator.",
            "The coalition had %(n)s coordinators.",
            report_facts.values_by_key["coordinators"],
        ) % {"n": report_facts.format_marked_number("coordinators")}
    if report_facts.coordinators:
        names = format_list_in_sentence(get_public_name(person, None) for person in report_facts.coordinators)
        yield _("Coordinators who agreed to be named in public: %(names)s.") % {"names": names}


def describe_report_members(report_facts: ReportFacts) -> Sentences:
    if not report_facts.has_any("members", "joined", "left", *INDIVIDUAL_MEMBER_KEYS):
        return
    yield ngettext(
        "On %(day)s the coalition had %(n)s member organisation.",
        "On %(day)s the coalition had %(n)s member organisations.",
        report_facts.values_by_key["members"],
    ) % {"day": format_long_date(report_facts.period.last_day), "n": report_facts.format_marked_number("members")}
    if report_facts.has_any("joined"):
        yield _format_counted_fact(
            report_facts, "joined", lambda n: ngettext("%(n)s organisation joined.", "%(n)s organisations joined.", n)
        )
    if report_facts.has_any("left"):
        yield _format_counted_fact(
            report_facts,
            "left",
            lambda n: ngettext("%(n)s organisation left the coalition.", "%(n)s organisations left the coalition.", n),
        )
    if report_facts.has_any(*INDIVIDUAL_MEMBER_KEYS):
        yield _("Individual members: %(now)s; %(joined)s joined and %(left)s left.") % {
            "now": report_facts.format_marked_number("individuals"),
            "joined": report_facts.format_marked_number("individuals-joined"),
            "left": report_facts.format_marked_number("individuals-left"),
        }


def describe_report_meetings(report_facts: ReportFacts) -> Sentences:
    if not report_facts.has_any("meetings"):
        return
    yield _format_counted_fact(
        report_facts,
        "meetings",
        lambda n: ngettext("The coalition held %(n)s meeting.", "The coalition held %(n)s meetings.", n),
    )
    if report_facts.has_any("attendances"):
        yield _("Attendance: %(n)s. People who attended several meetings are counted once for each meeting.") % {
            "n": report_facts.format_marked_number("attendances")
        }


def describe_report_decisions(report_facts: ReportFacts) -> Sentences:
    if not report_facts.has_any("decisions"):
        return
    yield _format_counted_fact(
        report_facts,
        "decisions",
        lambda n: ngettext("The coalition made %(n)s decision.", "The coalition made %(n)s decisions.", n),
    )
    if report_facts.has_any("decisions-with-dissent"):
        yield _format_counted_fact(
            report_facts,
            "decisions-with-dissent",
            lambda n: ngettext(
                "Dissent is recorded for %(n)s decision.", "Dissent is recorded for %(n)s decisions.", n
            ),
        )
    elif not report_facts.has_any("decisions-of-unknown-method"):
        yield _("No dissent is recorded.")
    if report_facts.has_any("decisions-of-unknown-method"):
        yield _format_counted_fact(
            report_facts,
            "decisions-of-unknown-method",
            lambda n: ngettext(
                "For %(n)s decision, the record does not say how it was made or whether anyone dissented.",
                "For %(n)s decisions, the record does not say how they were made or whether anyone dissented.",
                n,
            ),
        )


def describe_report_commitments(report_facts: ReportFacts) -> Sentences:
    """What is late is open, and nothing more."""
    if report_facts.has_any("commitments"):
        yield _format_counted_fact(
            report_facts,
            "commitments",
            lambda n: ngettext(
                "%(n)s commitment was made at meetings in this period.",
                "%(n)s commitments were made at meetings in this period.",
                n,
            ),
        )
    if report_facts.has_any("commitments-kept"):
        yield _format_counted_fact(
            report_facts,
            "commitments-kept",
            lambda n: ngettext("%(n)s commitment was kept.", "%(n)s commitments were kept.", n),
        )
    if report_facts.has_any("commitments-open"):
        yield _format_counted_fact(
            report_facts,
            "commitments-open",
            lambda n: ngettext("%(n)s commitment is open.", "%(n)s commitments are open.", n),
        )


def describe_report_outputs(report_facts: ReportFacts) -> Sentences:
    if not report_facts.has_any("outputs"):
        return
    yield _format_counted_fact(
        report_facts,
        "outputs",
        lambda n: ngettext("The coalition published %(n)s text.", "The coalition published %(n)s texts.", n),
    )
    if not report_facts.has_any("statements"):
        yield _("No dissenting statements are recorded for these texts.")
        return
    yield _format_counted_fact(
        report_facts,
        "outputs-with-dissent",
        lambda n: ngettext("Dissent is recorded for %(n)s text.", "Dissent is recorded for %(n)s texts.", n),
    )
    yield _("Dissenting statements: %(n)s. Those on public texts are printed below.") % {
        "n": report_facts.format_marked_number("statements")
    }


def describe_report_consultations(report_facts: ReportFacts) -> Sentences:
    if not report_facts.has_any("consultations"):
        return
    yield _format_counted_fact(
        report_facts,
        "consultations",
        lambda n: ngettext("The coalition opened %(n)s consultation.", "The coalition opened %(n)s consultations.", n),
    )
    yield _("Inputs received: %(inputs)s. Inputs answered: %(answered)s.") % {
        "inputs": report_facts.format_marked_number("inputs"),
        "answered": report_facts.format_marked_number("inputs-answered"),
    }


def describe_report_sharing(report_facts: ReportFacts) -> Sentences:
    if report_facts.has_any("items"):
        yield _format_counted_fact(
            report_facts,
            "items",
            lambda n: ngettext(
                "Members shared %(n)s item in the library.", "Members shared %(n)s items in the library.", n
            ),
        )
    if report_facts.has_any("uses"):
        yield _("Reported uses of items in the library: %(uses)s. Items that were used: %(items)s.") % {
            "uses": report_facts.format_marked_number("uses"),
            "items": report_facts.format_marked_number("items-used"),
        }


def describe_report_help(report_facts: ReportFacts) -> Sentences:
    if report_facts.has_any("offers"):
        yield _format_counted_fact(
            report_facts,
            "offers",
            lambda n: ngettext("Members published %(n)s offer of help.", "Members published %(n)s offers of help.", n),
        )
    if report_facts.has_any("needs"):
        yield _format_counted_fact(
            report_facts,
            "needs",
            lambda n: ngettext("Members published %(n)s need for help.", "Members published %(n)s needs for help.", n),
        )
    if report_facts.has_any("matches"):
        yield _format_counted_fact(
            report_facts,
            "matches",
            lambda n: ngettext(
                "An offer and a need led to an agreement in %(n)s case.",
                "An offer and a need led to an agreement in %(n)s cases.",
                n,
            ),
        )


def describe_report_sessions(report_facts: ReportFacts) -> Sentences:
    if report_facts.has_any("proposals-submitted"):
        yield _format_counted_fact(
            report_facts,
            "proposals-submitted",
            lambda n: ngettext(
                "The coalition submitted %(n)s session proposal.", "The coalition submitted %(n)s session proposals.", n
            ),
        )
    if report_facts.has_any("proposals-accepted"):
        yield _format_counted_fact(
            report_facts,
            "proposals-accepted",
            lambda n: ngettext("%(n)s session proposal was accepted.", "%(n)s session proposals were accepted.", n),
        )
    if not report_facts.has_any("sessions"):
        return
    yield _format_counted_fact(
        report_facts,
        "sessions",
        lambda n: ngettext(
            "%(n)s of the meetings was a session at a forum.", "%(n)s of the meetings were sessions at a forum.", n
        ),
    )
    yield _format_counted_fact(
        report_facts,
        "session-reports",
        lambda n: ngettext(
            "A session report has been published for %(n)s session.",
            "Session reports have been published for %(n)s sessions.",
            n,
        ),
    )


def describe_report_outreach(report_facts: ReportFacts) -> Sentences:
    if report_facts.has_any("outreach"):
        yield _format_counted_fact(
            report_facts,
            "outreach",
            lambda n: ngettext(
                "The coalition carried out %(n)s outreach plan.", "The coalition carried out %(n)s outreach plans.", n
            ),
        )
    if report_facts.has_any("milestones"):
        yield _("Milestones reached: %(n)s.") % {"n": report_facts.format_marked_number("milestones")}


def describe_report_briefs(report_facts: ReportFacts) -> Sentences:
    if report_facts.has_any("briefs"):
        yield _format_counted_fact(
            report_facts,
            "briefs",
            lambda n: ngettext(
                "The coalition published %(n)s brief for policy makers.",
                "The coalition published %(n)s briefs for policy makers.",
                n,
            ),
        )
    if report_facts.has_any("deliveries"):
        yield _("Deliveries of briefs to policy makers: %(n)s.") % {
            "n": report_facts.format_marked_number("deliveries")
        }


def _format_counted_fact(report_facts: ReportFacts, statistic_key: str, choose_sentence: Callable[[int], str]) -> str:
    return choose_sentence(report_facts.values_by_key[statistic_key]) % {
        "n": report_facts.format_marked_number(statistic_key)
    }

"""A log of personal data breaches and letters about one: GDPR, Articles 33 and 34."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jukwaa.core.documents.outgoing import Block, BulletList, Heading, NumberedList, PageBreak, Paragraph
from jukwaa.privacy.papers.building_blocks import (
    ResponsibleParty,
    build_blank_form,
    build_controller_table,
    build_operator_table,
)


def build_breach_log(party: ResponsibleParty) -> Iterator[Block]:
    yield Paragraph(
        _(
            "A breach is any accidental or unlawful loss, change or disclosure of personal data, or unauthorised"
            " access to it. Fill in 1 form for each breach, even if nobody has to be notified."
        )
    )
    yield Heading(1, _("First steps"))
    yield NumberedList(
        [
            _("Stop the breach: end the sessions concerned, withdraw the record, or take the site offline."),
            _("Keep the evidence: run the commands “jukwaa backup” and “jukwaa doctor”, and save the server logs."),
            _("Inform the coordinators and the safeguarding lead. A person named in a record may be at risk."),
            _("Decide within 72 hours whether to notify the supervisory authority."),
        ]
    )
    yield Heading(1, _("Who is responsible"))
    yield _build_responsible_party_table(party)
    yield PageBreak()
    yield Heading(1, _("Form to record a personal data breach"))
    yield build_blank_form(
        [
            _("Number"),
            _("When did it begin, and when did it end?"),
            _("Who noticed it, when and how?"),
            _("What happened, and why?"),
            _("Whose data is affected, and about how many people?"),
            _("Which types of data, and about how many records?"),
            _("Were people under 18, or people at risk, affected?"),
            _("What consequences could the breach have for people?"),
            _("How likely and how severe are these consequences?"),
            _("What was done, and what will be done?"),
            _("Was the authority notified, and when? If not, why not?"),
            _("Were the people concerned informed, and when? If not, why not?"),
            _("When was the case closed, and by whom?"),
        ],
        blank_line_count=3,
    )


def build_breach_notification(party: ResponsibleParty) -> Iterator[Block]:
    yield Heading(1, _("Who is responsible"))
    yield _build_responsible_party_table(party)
    yield PageBreak()
    yield Heading(1, _("To the supervisory authority"))
    yield Paragraph(
        _(
            "Send the notification within 72 hours after you become aware of the breach. You can send further"
            " details later."
        )
    )
    yield build_blank_form(
        [
            _("What happened: nature of the breach, when it happened, and how it was noticed"),
            _("Groups of people concerned, and approximate number of people"),
            _("Types of data records concerned, and approximate number of records"),
            _("Contact for questions"),
            _("Likely consequences for people"),
            _("Measures taken and proposed, including measures to limit the effects"),
            _("Reasons for the delay, if you send the notification after 72 hours"),
        ],
        blank_line_count=5,
    )
    yield PageBreak()
    yield Heading(1, _("To the people concerned"))
    yield Paragraph(
        _(
            "Required if the risk to the people affected is high. Use plain words, and write to each person only"
            " about their own data."
        )
    )
    yield BulletList(
        [
            _("What happened, and on which date"),
            _("Which of your data is affected"),
            _("What this may mean for you"),
            _("What we have done"),
            _("What you can do now"),
            _("Whom you can ask, and where you can complain"),
        ]
    )
    yield build_blank_form([_("Text of the letter")], blank_line_count=12)


def _build_responsible_party_table(party: ResponsibleParty) -> Block:
    return build_operator_table() if party.is_operator else build_controller_table(party)

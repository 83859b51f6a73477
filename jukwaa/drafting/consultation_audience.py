"""Who is asked in a consultation, who has spoken, and who may be asked about a text at all."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Organisation
from jukwaa.drafting.models import Consultation, Input, Text
from jukwaa.records.models import Audience, Label

ConsultationAsks = Consultation.Asks
# Whom the label of a text allows to be asked: nobody is asked about what they may not read.
ALLOWED_AUDIENCES_BY_LABEL = {
    Label.CLEAR: (
        ConsultationAsks.PUBLIC,
        ConsultationAsks.OBSERVERS,
        ConsultationAsks.MEMBERS,
        ConsultationAsks.NAMED,
    ),
    Label.GREEN: (ConsultationAsks.MEMBERS, ConsultationAsks.NAMED),
    Label.AMBER: (ConsultationAsks.NAMED,),
    Label.STRICT: (ConsultationAsks.NAMED,),
    Label.RED: (),
}


def get_allowed_audiences(text: Text) -> tuple[str, ...]:
    return ALLOWED_AUDIENCES_BY_LABEL[Label(text.label)]


def find_reader_organisations(text: Text) -> QuerySet[Organisation]:
    """The organisations of the directory whose people may read the text."""
    known = Organisation.objects.of(text.coalition)
    if text.label == Label.CLEAR:
        return known
    if text.label == Label.GREEN:
        return known.filter(pk__in=_get_member_organisation_ids(text.coalition))
    named = Audience.objects.filter(record=text.pk, organisation__isnull=False)
    return known.filter(pk__in=named.values("organisation"))


def find_invited_organisations(consultation: Consultation) -> QuerySet[Organisation]:
    """Those that were named, or the members: they are among everyone, too. Observers only where they are asked."""
    if consultation.asks == ConsultationAsks.NAMED:
        return consultation.asked.filter(merged_into__isnull=True)
    coalition = consultation.text.coalition
    invited = Q(pk__in=_get_member_organisation_ids(coalition))
    if consultation.asks == ConsultationAsks.OBSERVERS:
        invited |= Q(pk__in=_get_observer_organisation_ids(coalition))
    return Organisation.objects.of(coalition).filter(invited)


def find_organisations_without_input(consultation: Consultation) -> QuerySet[Organisation]:
    """Asked, and not heard of yet."""
    spoken = find_current_inputs(consultation).filter(capacity__organisation__isnull=False)
    return find_invited_organisations(consultation).exclude(pk__in=spoken.values("capacity__organisation"))


def find_current_inputs(consultation: Consultation) -> QuerySet[Input]:
    """All but those that their authors took back."""
    return Input.objects.filter(consultation=consultation.pk).exclude(disposition=Input.Answer.WITHDRAWN)


def find_consultation_respondents(
    consultation: Consultation, candidate_organisations: QuerySet[Organisation]
) -> list[Person]:
    """Whom to write to: whoever speaks for a member; of an organisation that was named, all of its people."""
    confirmed = Affiliation.objects.confirmed().filter(organisation__in=candidate_organisations.values("pk"))
    if consultation.asks != ConsultationAsks.NAMED:
        confirmed = confirmed.filter(may_speak=True)
    rows = confirmed.select_related("person", "person__adult_contact").order_by("person")
    return list({row.person_id: row.person for row in rows}.values())


def find_individual_members(consultation: Consultation) -> list[Person]:
    """Members without an organisation, who are asked wherever members are."""
    if consultation.asks == ConsultationAsks.NAMED:
        return []
    own = Membership.objects.active().filter(coalition=consultation.text.coalition, person__isnull=False)
    rows = own.select_related("person", "person__adult_contact").order_by("person")
    return [row.person for row in rows if row.person is not None]


def get_consulting_party_name(text: Text) -> str:
    """The member whose text it is, or the coalition."""
    return text.owner.name if text.owner else text.coalition.name


def describe_consultation_audience(consultation: Consultation) -> str:
    """Whom it asks, as it stands in a sentence."""
    return {
        ConsultationAsks.PUBLIC: _("everyone, including non-members"),
        ConsultationAsks.OBSERVERS: _("members and observers of the coalition"),
        ConsultationAsks.MEMBERS: _("members of the coalition"),
        ConsultationAsks.NAMED: _("selected organisations"),
    }[ConsultationAsks(consultation.asks)]


def _get_member_organisation_ids(coalition: Coalition) -> QuerySet[Membership, int]:
    active = Membership.objects.active().filter(coalition=coalition, organisation__isnull=False)
    return active.values_list("organisation", flat=True)


def _get_observer_organisation_ids(coalition: Coalition) -> QuerySet[Membership, int]:
    return Membership.objects.observers_in_force().filter(coalition=coalition).values_list("organisation", flat=True)

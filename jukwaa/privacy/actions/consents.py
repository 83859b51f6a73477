"""Keep what people agreed to, with the text that was shown; and when they withdrew it."""

from django.utils import timezone
from django.utils.translation import get_language

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.privacy.models import Consent, Notice, NoticeVersion


@atomic_with_retry
def record_person_consent(*, person: Person, kind: str, text: str, coalition: Coalition | None = None) -> Consent:
    """One that holds already is kept as it is: it was given then."""
    existing = Consent.objects.filter(person=person, coalition=coalition, kind=kind, withdrawn_at=None).first()
    if existing is not None:
        return existing
    return Consent.objects.create(
        person=person, coalition=coalition, kind=kind, text=text, notice_version=_find_notice_version(coalition)
    )


@atomic_with_retry
def withdraw_person_consent(*, person: Person, kind: str, coalition: Coalition | None = None) -> None:
    existing = Consent.objects.filter(person=person, coalition=coalition, kind=kind, withdrawn_at=None)
    existing.update(withdrawn_at=timezone.now())


def _find_notice_version(coalition: Coalition | None) -> NoticeVersion | None:
    """The notice that was linked from the form: in the person's language, else in the coalition's."""
    if coalition is None:
        return None
    rows = NoticeVersion.objects.filter(notice__coalition=coalition, notice__kind=Notice.Kind.PRIVACY)
    for language in (get_language() or "en", coalition.language):
        if version := rows.filter(notice__language=language).first():
            return version
    return rows.first()

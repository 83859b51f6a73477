"""Help: what an organisation can give and what another one needs, and what came of bringing both together."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Capacity, Organisation, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.cooperation.schema import HelpType, get_help_type, load_ignored_words
from jukwaa.core.db import Manager
from jukwaa.library.schema import TemplateField
from jukwaa.records.index.analyser import UNSPACED_CHARACTER_PATTERN, WORD_PATTERN, get_index_forms_by_word
from jukwaa.records.index.stop_words import STOP_WORDS
from jukwaa.records.models import Record, State
from jukwaa.records.models.record import RecordQuerySet

# An entry of minutes of the kind "offer" is what was said that day; one step makes it help that is offered.
OFFER_KIND = "help-offered"
NEED_KIND = "help-needed"
MAX_HELP_TERMS = 200
MIN_WORD_LENGTH = 3


def build_open_help_condition(open_day: date | None = None) -> Q:
    """Published, not closed, and the last day is not over."""
    open_day = open_day or timezone.localdate()
    return Q(Q(until__isnull=True) | Q(until__gte=open_day), state=State.PUBLISHED, closed_at__isnull=True)


class OfferQuerySet(RecordQuerySet["Offer"]):
    pass


class NeedQuerySet(RecordQuerySet["Need"]):
    pass


# Each offer and need is a record, and the type checker is told so. Django is not: `Record.whole()` looks for kinds
# among the direct heirs of `Record`, and an abstract one would stand between.
if TYPE_CHECKING:
    Recorded = Record
else:
    Recorded = models.Model


class Help(Recorded):
    """What an offer and a need have in common. `sort` names a row of `data/help.toml`; `details` answers its fields."""

    # Whose it is. None where the source names nobody of the directory: then `whose` says what it says.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    whose = models.CharField(_("organisation, as named in the source"), max_length=250, blank=True)
    sort = models.CharField(_("type of help"), max_length=30)
    details = models.JSONField(default=dict, blank=True)
    for_whom = models.CharField(_("target group"), max_length=300, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)  # BCP 47 tags; empty for any
    amount = models.CharField(_("amount"), max_length=200, blank=True)
    starts_on: models.DateField[date | None, date | None] = models.DateField(_("start date"), null=True, blank=True)
    until: models.DateField[date | None, date | None] = models.DateField(_("end date"), null=True, blank=True)
    review_by: models.DateField[date | None, date | None] = models.DateField(
        _("date of the next check"), null=True, blank=True
    )
    confirmed_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    contact_role = models.CharField(_("contact (role only)"), max_length=120, blank=True)
    # Who is introduced once both agree. Nobody sees before who it is.
    contact = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reach = models.CharField(_("contact details"), max_length=300, blank=True)  # passed on with the contact alone
    terms = models.JSONField(default=dict, blank=True, editable=False)  # for matching: see `words_of`
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=300, blank=True)
    token = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        abstract = True

    SIDE: ClassVar[str]

    SAID: ClassVar[tuple[str, ...]] = (
        "sort",
        "details",
        "for_whom",
        "languages",
        "amount",
        "starts_on",
        "until",
        "review_by",
        "contact_role",
    )

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None or self.is_over

    @property
    def is_over(self) -> bool:
        return self.until is not None and self.until < timezone.localdate()

    @property
    def is_to_review(self) -> bool:
        return not self.is_closed and self.review_by is not None and self.review_by <= timezone.localdate()

    @property
    def about(self) -> HelpType:
        return get_help_type(self.sort)

    @property
    def answers(self) -> list[tuple[TemplateField, Any]]:
        """What was answered of the fields of its sort, in their order."""
        return [(field, self.details[field.name]) for field in self.about.fields if self.details.get(field.name)]

    def take(self, changed_fields: dict[str, Any]) -> None:
        super().take(changed_fields)
        self.terms = extract_help_terms(self)

    def iter_passages(self) -> Iterator[tuple[str, str]]:
        yield from super().iter_passages()
        yield from self.said()

    def said(self) -> Iterator[tuple[str, str]]:
        """(anchor, text) of what it says beside its title and summary."""
        if words := " ".join(part for part in (self.for_whom, self.amount) if part):
            yield "help", words
        for field, answer in self.answers:
            if field.type in {"text", "line"}:
                yield field.name, str(answer)

    def erase_texts(self) -> None:
        """The row itself is emptied by whoever purges the record: here, what hangs on it."""
        self.details, self.terms, self.contact = {}, {}, None
        self.for_whom, self.amount, self.whose, self.contact_role, self.reach = "", "", "", "", ""
        if self.closed_because:
            self.closed_because = gettext("deleted permanently")
        for match in Match.objects.filter(**{self.SIDE: self.pk}):
            match.erase_texts()


class Offer(Help, Record):
    """What an organisation can give."""

    SIDE: ClassVar[str] = "offer"

    objects = Manager.from_queryset(OfferQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    VERSIONED: ClassVar[tuple[str, ...]] = (*Record.VERSIONED, *Help.SAID)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_offer_says_why_it_was_closed", condition=Q(closed_at__isnull=True) | ~Q(closed_because="")
            )
        ]


class Need(Help, Record):
    """What an organisation needs."""

    SIDE: ClassVar[str] = "need"

    objects = Manager.from_queryset(NeedQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    VERSIONED: ClassVar[tuple[str, ...]] = (*Record.VERSIONED, *Help.SAID)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_need_says_why_it_was_closed", condition=Q(closed_at__isnull=True) | ~Q(closed_because="")
            )
        ]

    def erase_texts(self) -> None:
        super().erase_texts()
        for enquiry in self.enquiries.all():
            enquiry.erase_texts()


def extract_help_terms(help_record: Help) -> dict[str, str]:
    """What it is compared by: each of its telling words, as the index cuts it, with how it was written."""
    text = "\n".join([help_record.title, help_record.summary, *(words for _anchor, words in help_record.said())])
    cut = get_index_forms_by_word(help_record.language)
    found: dict[str, str] = {}
    for word in WORD_PATTERN.findall(text):
        if not is_ignored_word(word):
            for term in cut[word].split():
                found.setdefault(term, word)
    return dict(list(found.items())[:MAX_HELP_TERMS])


def is_ignored_word(help_word: str) -> bool:
    """A short word of an alphabet, and one that nearly every offer and need has."""
    folded = help_word.casefold()
    return (
        (len(help_word) < MIN_WORD_LENGTH and not UNSPACED_CHARACTER_PATTERN.search(help_word))
        or folded in STOP_WORDS
        or folded in load_ignored_words()
    )


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Who may read both sides, once they have agreed; before, and where nothing came of it, they and a coordinator.

        Contacts are another matter: see `policies.sees_contacts`.
        """
        offers = Offer.objects.visible_to(viewer).filter(pk=OuterRef("offer"))
        needs = Need.objects.visible_to(viewer).filter(pk=OuterRef("need"))
        readable = self.filter(Exists(offers), Exists(needs))
        agreed = Q(state__in=Match.FOR_ALL_READERS)
        if not viewer.is_authenticated:
            return readable.filter(agreed)
        speaking = Affiliation.objects.confirmed().filter(person=viewer, may_speak=True).values("organisation")
        coordinates = Role.objects.held_by(viewer).filter(
            coalition=OuterRef("need__coalition"), kind=Role.Kind.COORDINATOR
        )
        return readable.filter(
            agreed | Q(offer__organisation__in=speaking) | Q(need__organisation__in=speaking) | Exists(coordinates)
        )


class Match(models.Model):
    """An offer beside a need, from when somebody said so. What happened since is in its steps, never overwritten."""

    class State(models.TextChoices):
        # Translators: status of an introduction between two organisations
        SUGGESTED = "suggested", _("suggested")
        INTRODUCED = "introduced", _("introduced")
        # Translators: status of an introduction: the two organisations have agreed on something
        AGREED = "agreed", pgettext_lazy("help", "agreed")
        UNDER_WAY = "under-way", pgettext_lazy("help", "under way")
        # Translators: status of an introduction: the help was given
        DONE = "done", pgettext_lazy("help", "done")
        FELL_THROUGH = "fell-through", _("did not go ahead")

    # What a match came to in one of these is read by whoever may read both sides; all else is between them.
    FOR_ALL_READERS: ClassVar[tuple[State, ...]] = (State.AGREED, State.UNDER_WAY, State.DONE)

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="matches")
    need = models.ForeignKey(Need, models.CASCADE, related_name="matches")
    state = models.CharField(max_length=15, choices=State, default=State.SUGGESTED)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager.from_queryset(MatchQuerySet)()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["offer", "need"], name="an_offer_meets_a_need_once")]

    def __str__(self) -> str:
        return f"{self.offer_id}, {self.need_id}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FELL_THROUGH)

    def side(self, side_name: str) -> Offer | Need:
        return self.offer if side_name == MatchSide.OFFER else self.need

    def erase_texts(self) -> None:
        self.steps.exclude(words="").update(words=gettext("deleted permanently"))


class MatchSide(models.TextChoices):
    OFFER = "offer", _("offering side")
    NEED = "need", _("requesting side")


class Consent(models.Model):
    """One side lets its contact be passed on to the other. Withdrawn, it stays as history."""

    match = models.ForeignKey(Match, models.CASCADE, related_name="consents")
    side = models.CharField(max_length=5, choices=MatchSide)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Manager["Consent"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["match", "side"], condition=Q(withdrawn_at__isnull=True), name="a_side_consents_once"
            )
        ]

    def __str__(self) -> str:
        return self.side


class Step(models.Model):
    """A state that a match came to, and how one side tells of it, in its own words."""

    match = models.ForeignKey(Match, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=15, choices=Match.State)
    side = models.CharField(max_length=5, choices=MatchSide, blank=True)  # empty for a coordinator
    words = models.TextField(blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Step"]()

    class Meta:
        ordering = ["match", "at", "pk"]

    def __str__(self) -> str:
        return self.state


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Of needs that one may read: those by and to whoever one speaks for today, and answers that may be shared."""
        shared = Q(may_be_shared=True, answered_at__isnull=False)
        readable = self.filter(Exists(Need.objects.visible_to(viewer).filter(pk=OuterRef("need"))))
        if not viewer.is_authenticated:
            return readable.filter(shared)
        speaking = Affiliation.objects.confirmed().filter(person=viewer, may_speak=True).values("organisation")
        return readable.filter(shared | Q(organisation__in=speaking) | Q(need__organisation__in=speaking))


class Enquiry(models.Model):
    """A question to somebody who knows, that came of a need for an expert, and the answer.

    Only those who asked and who were asked read it, unless the answer may be shared.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="enquiries")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # who is asked
    question = models.TextField(_("question"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_as = models.ForeignKey(Capacity, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    may_be_shared = models.BooleanField(_("others may read this answer"), default=False)
    item = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")  # of the library
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager.from_queryset(EnquiryQuerySet)()

    class Meta:
        ordering = ["need", "at", "pk"]
        verbose_name_plural = "enquiries"
        constraints = [
            models.CheckConstraint(
                name="an_answer_has_its_day",
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
            )
        ]

    def __str__(self) -> str:
        return self.question[:60]

    def erase_texts(self) -> None:
        gone = gettext("deleted permanently")
        Enquiry.objects.filter(pk=self.pk).update(question=gone)
        Enquiry.objects.filter(pk=self.pk).exclude(answer="").update(answer=gone)

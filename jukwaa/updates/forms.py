"""What mail one gets, what one follows, which of the held mails are meant, and for whom an application by mail is."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import OrganisationFacts
from jukwaa.coalitions.directory import get_visible_organisations
from jukwaa.coalitions.forms.fields import StakeholderField
from jukwaa.coalitions.forms.memberships import NEW_ORGANISATION_VALUE, find_intended_organisations
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.updates.follow_options import is_followable_thing, list_follow_options, parse_followed_thing
from jukwaa.updates.models import Digest, EmailTopic, PendingMail

OWN_BEHALF_VALUE = "own"


class MailTopicsForm(Form):
    """One coalition's topics, each a box."""

    wanted = forms.MultipleChoiceField(
        label=_("Emails you receive"), choices=EmailTopic.choices, required=False, widget=forms.CheckboxSelectMultiple()
    )

    def __init__(self, *args: Any, coalition: Coalition, wanted_topics: set[str], **kwargs: Any) -> None:
        super().__init__(*args, prefix=coalition.slug, initial={"wanted": sorted(wanted_topics)}, **kwargs)
        self.coalition = coalition
        self.fields["wanted"].label = coalition.name


class FollowForm(Form):
    """One thing to follow, as `area:3`: of a button on its page, or out of what a coalition has."""

    thing = forms.CharField(
        label=_("Follow a type of record, an area of work or a region"),
        max_length=60,
        widget=forms.Select(),
        error_messages={"required": _("Choose what you would like to follow.")},
    )

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        widget = self.fields["thing"].widget
        assert isinstance(widget, forms.Select)  # noqa: S101 - for the type alone
        widget.choices = [("", "…"), *list_follow_options(standing.coalition)]

    def clean_thing(self) -> tuple[str, str]:
        thing = parse_followed_thing(self.cleaned_data["thing"])
        if thing is None or not is_followable_thing(self.standing, *thing):
            raise forms.ValidationError(_("You cannot follow this item. Choose another item."), code="missing")
        return thing


class DigestRhythmForm(Form):
    OFF: ClassVar[str] = "off"

    rhythm = forms.ChoiceField(
        label=_("How often do you want an email about what you follow?"),
        choices=[*Digest.Rhythm.choices, (OFF, _("No emails"))],
        widget=forms.RadioSelect(),
    )


class NewsSeenForm(Form):
    until = forms.DateTimeField()


class HeldLettersForm(Form):
    """The ids of held mails, ticked."""

    letters = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice", "invalid_list"),
            _("Select at least 1 email that is still waiting for approval."),
        ),
    )

    def __init__(self, *args: Any, offered_ids: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        letters = self.fields["letters"]
        assert isinstance(letters, forms.TypedMultipleChoiceField)  # noqa: S101 - for the type alone
        letters.choices = [(pk, str(pk)) for pk in offered_ids]


class ApplicationOrganisationForm(Form):
    """For whom an application by mail is. Where the directory has the name, or nothing like it, that is chosen.

    Whoever names no organisation applies on their own. Of whom the directory does not have, the group is asked.
    """

    meant = forms.ChoiceField(
        label=_("On whose behalf are you applying?"),
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose an organisation, or choose to apply as an individual.")},
    )
    stakeholder_group = StakeholderField(requires_choice=True, required=False)

    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("stakeholder_group",)

    def __init__(self, *args: Any, pending_mail: PendingMail, **kwargs: Any) -> None:
        super().__init__(*args, initial={"stakeholder_group": pending_mail.stakeholder_group}, **kwargs)
        self.pending = pending_mail
        if pending_mail.organisation:
            self.fields["stakeholder_group"].help_text = _(
                "Not needed if you choose an organisation from the directory."
            )
            self._set_organisation_choices()
        else:
            del self.fields["meant"]
            self.fields["stakeholder_group"].required = True

    def _set_organisation_choices(self) -> None:
        pending = self.pending
        viewer = Person.objects.with_address(pending.address).first() or AnonymousUser()
        found = find_intended_organisations(
            pending.organisation, pending.coalition, get_visible_organisations(Standing(viewer, pending.coalition))
        )
        known = [(str(match.organisation_id), match.name) for match in found]
        is_known = bool(found) and found[0].is_exact
        if not is_known:
            known.append(
                (NEW_ORGANISATION_VALUE, _("%(name)s, not in the directory yet") % {"name": pending.organisation})
            )
        self.set_choices("meant", [*known, (OWN_BEHALF_VALUE, _("No organisation: I am applying as an individual"))])
        self.fields["meant"].initial = known[0][0] if is_known or not found else None

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        if sent.get("meant", OWN_BEHALF_VALUE) in {NEW_ORGANISATION_VALUE, OWN_BEHALF_VALUE} and not sent.get(
            "stakeholder_group"
        ):
            field = self.fields["stakeholder_group"]
            self.add_error("stakeholder_group", field.error_messages["required"])
        return sent

    def get_organisation(self) -> Organisation | OrganisationFacts | None:
        """The one of the directory that is meant, or what to enter; None for whoever applies on their own."""
        meant = self.cleaned_data.get("meant", OWN_BEHALF_VALUE)
        if meant == OWN_BEHALF_VALUE:
            return None
        if meant == NEW_ORGANISATION_VALUE:
            group = self.cleaned_data["stakeholder_group"]
            return OrganisationFacts(
                name=self.pending.organisation, country=self.pending.country, stakeholder_group=group
            )
        return Organisation.objects.of(self.pending.coalition).get(pk=int(meant))

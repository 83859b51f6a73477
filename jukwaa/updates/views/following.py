"""What a person follows, how often they hear of it, and what is new since they last looked."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jukwaa.accounts.models import Person
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import HTTP_INVALID_FORM_STATUS, form_view
from jukwaa.core.http import redirect_to_next, render_page
from jukwaa.core.keyset_pagination import PageCursor, get_page
from jukwaa.records.models import NEWEST_RECORD_FIRST
from jukwaa.updates import actions
from jukwaa.updates.follow_news import find_records_published_since, get_news_seen_until
from jukwaa.updates.follow_options import list_followed_things, parse_followed_thing
from jukwaa.updates.forms import DigestRhythmForm, FollowForm, NewsSeenForm
from jukwaa.updates.models import Digest, EmailTopic, MailChoice

FOLLOWING_TEMPLATE = "updates/following.html"


@require_GET
def followed_things_page(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    form = FollowForm(standing=request.standing)
    return render_page(request, FOLLOWING_TEMPLATE, _build_following_context(request.user, coalition, form))


def _build_following_context(person: Person, coalition: Coalition, form: FollowForm) -> dict[str, object]:
    wanted = MailChoice.objects.find_wanting_person_ids([person], coalition, EmailTopic.DIGEST)
    digest = Digest.objects.filter(person=person, coalition=coalition).first()
    chosen = (digest.rhythm if digest else Digest.Rhythm.WEEKLY) if wanted else DigestRhythmForm.OFF
    follows = list_followed_things(person, coalition)
    return {"form": form, "follows": follows, "rhythm": DigestRhythmForm(initial={"rhythm": chosen})}


@require_POST
def followed_thing_add(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    form = FollowForm(request.POST, standing=request.standing)
    response = form_view(
        request,
        form,
        template=FOLLOWING_TEMPLATE,
        context=lambda: _build_following_context(request.user, coalition, form),
        action=lambda: _follow_from_form(request.user, coalition, form),
        success_message=_(
            "You are now following this item. We will email you about updates as often as you have chosen."
        ),
        redirect_to=redirect_to_next(request, reverse("updates:following", args=[coalition.slug])),
    )
    if response.status_code == HTTP_INVALID_FORM_STATUS and form.has_error("thing", "missing"):
        raise Http404
    return response


def _follow_from_form(person: Person, coalition: Coalition, form: FollowForm) -> None:
    what, value = form.cleaned_data["thing"]
    actions.follow_thing(person=person, coalition=coalition, what=what, value=value)


@require_POST
def followed_thing_end(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """What one may no longer see can still be let go."""
    thing = parse_followed_thing(request.POST.get("thing", ""))
    if thing is None:
        raise Http404
    what, value = thing
    return form_view(
        request,
        action=lambda: actions.unfollow_thing(
            person=request.user, coalition=coalition, what=what, followed_value=value
        ),
        success_message=_("You have stopped following this item."),
        redirect_to=redirect_to_next(request, reverse("updates:following", args=[coalition.slug])),
    )


@require_POST
def digest_rhythm_change(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    form = DigestRhythmForm(request.POST)
    if not form.is_valid():
        raise Http404
    chosen = "" if form.cleaned_data["rhythm"] == form.OFF else form.cleaned_data["rhythm"]
    return form_view(
        request,
        action=lambda: actions.set_digest_rhythm(person=request.user, coalition=coalition, digest_rhythm=chosen),
        success_message=_("Your choice has been saved."),
        redirect_to=reverse("updates:following", args=[coalition.slug]),
    )


@require_GET
def news_page(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """Everything that was published since this person last said that they have seen it all."""
    since, is_said = get_news_seen_until(request.user, coalition)
    listed = get_page(
        find_records_published_since(request.user, coalition, since), NEWEST_RECORD_FIRST, PageCursor.of(request)
    )
    for record in listed.rows:
        record.coalition = coalition
    context = {"page": listed, "since": since, "is_said": is_said, "now": timezone.now().isoformat()}
    return render_page(request, "updates/new.html", {**context})


@require_POST
def news_mark_seen(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """Up to when the page was made: what came after it stays new."""
    form = NewsSeenForm(request.POST)
    if not form.is_valid():
        raise Http404
    until = form.cleaned_data["until"]
    return form_view(
        request,
        action=lambda: actions.mark_news_seen(person=request.user, coalition=coalition, until=until),
        success_message=_("All records marked as seen. Next time, you will only see newer records."),
        redirect_to=reverse("updates:new", args=[coalition.slug]),
    )

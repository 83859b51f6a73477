"""What was said on the mailing list, for those who are in the coalition."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view
from jukwaa.core.http import render_page
from jukwaa.intake import policies
from jukwaa.intake.actions import import_list_post
from jukwaa.updates.models import ListPost

POSTS_PER_PAGE = 20


def _get_posts_or_404(request: MemberRequest, coalition: Coalition) -> QuerySet[ListPost]:
    if not policies.can_read_mailing_list(request.standing, coalition):
        raise Http404
    return ListPost.objects.filter(coalition=coalition)


@require_GET
def list_posts(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """The newest first."""
    posts = Paginator(_get_posts_or_404(request, coalition), per_page=POSTS_PER_PAGE).get_page(request.GET.get("page"))
    return render_page(request, "intake/list_posts.html", {"page": posts})


@require_GET
def list_post(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    post = get_object_or_404(_get_posts_or_404(request, coalition).select_related("document"), pk=pk)
    thread = list(ListPost.objects.filter(coalition=coalition, thread=post.thread).order_by("posted_at", "pk")[:100])
    can_record = policies.can_record_post(request.standing, coalition)
    context = {"post": post, "thread": thread, "can_record": can_record}
    return render_page(request, "intake/list_post.html", context)


@require_POST
def list_post_record(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    post = get_object_or_404(_get_posts_or_404(request, coalition), pk=pk)
    return form_view(
        request,
        action=lambda: import_list_post(actor=request.user, post=post),
        success=_("Document created. Review what we suggest adding to the record."),
        redirect_to=lambda reading: reading,
    )

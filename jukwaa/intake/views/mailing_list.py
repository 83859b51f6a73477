"""The archive of the mailing list: its threads by month, and the posts of a thread."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.coalition import ListReaders
from jukwaa.coalitions.standing import Standing
from jukwaa.core.form_view import form_view
from jukwaa.core.http import render_page
from jukwaa.intake import policies
from jukwaa.intake.actions import import_list_post
from jukwaa.intake.archive.display import (
    ShownThread,
    build_sender_name_redactor,
    build_shown_posts,
    get_sender_name,
    get_shown_subject,
)
from jukwaa.intake.archive.search import find_list_posts
from jukwaa.updates.models import ListPost
from jukwaa.updates.models.list_posts import UNDATED_POST_DATE, ListPostQuerySet

POSTS_PER_PAGE = 20  # threads, and posts of a thread
MAX_SEARCH_QUERY_LENGTH = 200


def get_list_posts_or_404(request: Request | MemberRequest, coalition: Coalition) -> ListPostQuerySet:
    if not policies.can_read_mailing_list(request.standing, coalition):
        raise Http404
    return ListPost.objects.visible_to(request.standing)


def _should_ask_to_sign_in(request: Request, coalition: Coalition) -> bool:
    """Whether a visitor may be somebody who can read it."""
    return not request.user.is_authenticated and coalition.list_readers != ListReaders.PUBLIC


@login_not_required
@require_GET
def list_posts(request: Request, coalition: Coalition) -> HttpResponse:
    """The threads with the newest posts first, or the posts that `?q=` finds."""
    if _should_ask_to_sign_in(request, coalition):
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    posts = get_list_posts_or_404(request, coalition)
    query = request.GET.get("q", "")[:MAX_SEARCH_QUERY_LENGTH].strip()
    if query:
        matches = find_list_posts(posts, request.standing, query)
        return render_page(request, "intake/list_search.html", {"q": query, "found": matches})
    threads = posts.order_by().values("thread").annotate(number=Count("pk"), last=Max("posted_at"))
    found = Paginator(threads.order_by("-last", "thread"), per_page=POSTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": found,
        "threads": _build_shown_threads(posts, list(found), request.standing),
        "is_public": coalition.list_readers == ListReaders.PUBLIC,
        "can_keep": policies.can_manage_list_archive(request.standing, coalition),
    }
    return render_page(request, "intake/list_posts.html", context)


def _build_shown_threads(
    list_posts: ListPostQuerySet, thread_rows: Sequence[Mapping[str, Any]], viewer_standing: Standing
) -> list[ShownThread]:
    found = list_posts.filter(thread__in=[row["thread"] for row in thread_rows]).first_of_threads()
    first = {post.thread: post for post in found.defer("body").select_related("person")}
    redactor = build_sender_name_redactor(first.values(), viewer_standing)
    return [
        ShownThread(
            pk=(post := first[row["thread"]]).pk,
            subject=get_shown_subject(post, viewer_standing, redactor),
            sender=get_sender_name(post, viewer_standing),
            posts=row["number"],
            last=timezone.localtime(row["last"]).date() if row["last"] > UNDATED_POST_DATE else None,
        )
        for row in thread_rows
    ]


@login_not_required
@require_GET
def list_post(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """A post with all others of its thread, in their order."""
    if _should_ask_to_sign_in(request, coalition):
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    posts = get_list_posts_or_404(request, coalition)
    post = get_object_or_404(posts.only("thread"), pk=pk)
    thread = posts.filter(thread=post.thread).select_related("person", "document").in_thread_order()
    found = Paginator(thread, per_page=POSTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": found,
        "posts": build_shown_posts(list(found), request.standing),
        "can_record": policies.can_record_post(request.standing, coalition),
        "can_keep": policies.can_manage_list_archive(request.standing, coalition),
    }
    return render_page(request, "intake/list_post.html", context)


@require_POST
def list_post_record(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    post = get_object_or_404(get_list_posts_or_404(request, coalition), pk=pk)
    return form_view(
        request,
        action=lambda: import_list_post(actor=request.user, list_post=post),
        success_message=_("Document created. Review what we suggest adding to the record."),
        redirect_to=lambda reading: reading,
    )

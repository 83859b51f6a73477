"""For coordinators: who can read the archive of the mailing list, imports of files, and hidden posts."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.row_numbers import parse_row_number
from jukwaa.intake import policies
from jukwaa.intake.actions import archive as actions
from jukwaa.intake.archive.display import build_shown_posts
from jukwaa.intake.forms.archive import HideListPostForm, ListImportForm, ListReadersForm
from jukwaa.updates.models import ListImport, ListPost

MAX_LISTED_IMPORTS = 20  # the newest, on the page of the settings
POSTS_PER_PAGE = 50


def _require_can_manage_archive(request: MemberRequest, coalition: Coalition) -> None:
    if not policies.can_manage_list_archive(request.standing, coalition):
        raise PermissionDenied(_("Only a coordinator can manage the archive of the mailing list."))


@require_http_methods(["GET", "POST"])
def list_archive(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """Who can read the archive, what waits to be opened, and earlier imports."""
    _require_can_manage_archive(request, coalition)
    form = ListReadersForm(get_form_data(request), initial={"readers": coalition.list_readers})
    new_posts = actions.find_unpublished_list_posts(coalition)
    return form_view(
        request,
        form,
        template="intake/list_archive.html",
        context=lambda: {
            "imports": ListImport.objects.filter(coalition=coalition)[:MAX_LISTED_IMPORTS],
            "new_posts": new_posts.count(),
            "until": new_posts.aggregate(last=Max("pk"))["last"] or 0,
        },
        action=lambda: actions.choose_list_readers(
            actor=request.user, coalition=coalition, reader_choice=form.cleaned_data["readers"]
        ),
        success_message=_("The setting has been saved."),
        redirect_to=reverse("intake:list_archive", args=[coalition.slug]),
    )


@require_POST
def list_posts_open(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    return form_view(
        request,
        action=lambda: actions.publish_new_list_posts(
            actor=request.user, coalition=coalition, until_day=parse_row_number(request.POST.get("version", ""))
        ),
        success_message=lambda n: ngettext("%(n)s post is public now.", "%(n)s posts are public now.", n) % {"n": n},
        redirect_to=reverse("intake:list_archive", args=[coalition.slug]),
        makes_public=True,
    )


@require_http_methods(["GET", "POST"])
def list_import_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _require_can_manage_archive(request, coalition)
    form = ListImportForm(get_form_data(request), request.FILES if request.method == "POST" else None)
    return form_view(
        request,
        form,
        template="intake/list_import_new.html",
        action=lambda: actions.start_list_import(
            actor=request.user, coalition=coalition, uploaded_file=form.cleaned_data["file"]
        ),
        redirect_to=lambda brought: brought,
    )


def _get_import_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> ListImport:
    _require_can_manage_archive(request, coalition)
    return get_object_or_404(ListImport.objects.select_related("coalition"), coalition=coalition, pk=pk)


@require_GET
def list_import_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """How far the import is; then its posts, to be checked before it is opened."""
    brought = _get_import_or_404(request, coalition, pk)
    is_read = brought.state in {ListImport.State.READ, ListImport.State.OPEN}
    posts = brought.posts.select_related("person").order_by("is_dated", "-posted_at", "-pk")
    found = Paginator(posts if is_read else posts.none(), POSTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "brought": brought,
        "waits": brought.state == ListImport.State.READING,
        "to_check": brought.state == ListImport.State.READ,
        "page": found,
        "posts": build_shown_posts(list(found), request.standing),
    }
    return render_page(request, "intake/list_import_detail.html", context)


@require_POST
def list_import_open(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    brought = _get_import_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.publish_list_import(actor=request.user, list_import=brought),
        success_message=_("Import published. The posts are in the archive."),
        redirect_to=brought,
        makes_public=True,
    )


@require_POST
def list_import_undo(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    brought = _get_import_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.undo_list_import(actor=request.user, list_import=brought),
        success_message=_("Import undone. Its posts have been deleted."),
        redirect_to=brought,
    )


def _get_post_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> ListPost:
    _require_can_manage_archive(request, coalition)
    return get_object_or_404(ListPost.objects.visible_to(request.standing).select_related("coalition"), pk=pk)


@require_http_methods(["GET", "POST"])
def list_post_hide(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    post = _get_post_or_404(request, coalition, pk)
    form = HideListPostForm(get_form_data(request))
    return form_view(
        request,
        form,
        template="intake/list_post_hide.html",
        context={"post": post},
        action=lambda: actions.hide_list_post(
            actor=request.user, list_post=post, hiding_reason=form.cleaned_data["reason"]
        ),
        success_message=_("Post hidden. Only coordinators can see it."),
        redirect_to=post,
    )


@require_POST
def list_post_show(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    post = _get_post_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.show_list_post(actor=request.user, list_post=post),
        success_message=_("The post is no longer hidden."),
        redirect_to=post,
        makes_public=True,
    )

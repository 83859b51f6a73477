"""Posts of the mailing list among the results of the search, for those who can read them."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.standing import Standing
from jukwaa.intake import policies
from jukwaa.intake.archive.search import find_list_posts
from jukwaa.search.other_results import OtherResult, OtherResults, other_result_registry
from jukwaa.updates.models import ListPost

MAX_SEARCHED_POSTS = 2000  # the newest: posts have no index, and the search of their archive reads all of them
MAX_SHOWN_POSTS = 3


@other_result_registry.register("mailing list")
def find_posts_of_mailing_list(viewer_standing: Standing, query_text: str) -> OtherResults | None:
    coalition = viewer_standing.coalition
    if not policies.can_read_mailing_list(viewer_standing, coalition):
        return None
    newest = ListPost.objects.visible_to(viewer_standing).order_by("-posted_at", "-pk").values("pk")
    posts = ListPost.objects.visible_to(viewer_standing).filter(pk__in=newest[:MAX_SEARCHED_POSTS])
    found = find_list_posts(posts, viewer_standing, query_text)[:MAX_SHOWN_POSTS]
    return OtherResults(
        heading=gettext_lazy("Mailing list"),
        results=[
            OtherResult(
                title=shown.subject or _("(no subject)"),
                url=reverse("intake:list_post", args=[coalition.slug, shown.post.pk]),
                day=shown.day,
            )
            for shown in found
        ],
        all_url=f"{reverse('intake:list_posts', args=[coalition.slug])}?{urlencode({'q': query_text})}",
        all_label=gettext_lazy("Search the archive of the mailing list"),
    )

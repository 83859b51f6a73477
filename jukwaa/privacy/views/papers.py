"""Papers about data protection, for the coordinators of a coalition."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import TypesettingError
from jukwaa.core.http import render_page
from jukwaa.core.uploads import build_download_headers
from jukwaa.privacy import policies
from jukwaa.privacy.papers import PAPERS_BY_NAME
from jukwaa.privacy.papers.building_blocks import PAPER_FILE_FORMATS, build_controller_party


@require_GET
def privacy_paper_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _require_paper_access(request, coalition)
    return render_page(request, "privacy/paper_list.html", {"papers": PAPERS_BY_NAME.values()})


@require_GET
def privacy_paper_file(request: MemberRequest, coalition: Coalition, name: str, ending: str) -> HttpResponse:
    _require_paper_access(request, coalition)
    if name not in PAPERS_BY_NAME or ending not in PAPER_FILE_FORMATS:
        raise Http404
    paper, (make, media_type) = PAPERS_BY_NAME[name], PAPER_FILE_FORMATS[ending]
    document = paper.document(build_controller_party(coalition))
    try:
        body = make(document)
    except TypesettingError:
        context = {"papers": PAPERS_BY_NAME.values(), "not_typeset": True}
        return render_page(request, "privacy/paper_list.html", context, status=503)
    return HttpResponse(body, headers=build_download_headers(f"{document.title}.{ending}", media_type))


def _require_paper_access(request: MemberRequest, coalition: Coalition) -> None:
    if not policies.can_read_papers(request.standing, coalition):
        raise PermissionDenied(_("Only coordinators can download the data protection papers."))

"""What the pages of joint work share: the work that one may see, and what stands above every page of it."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation.models import Deliverable, JointWork, Outcome, Party
from jukwaa.cooperation.work_page import WorkPage
from jukwaa.records.models import Authorship

type AnyRequest = Request | MemberRequest

WORK_FORM_TEMPLATE = "cooperation/work_form.html"


def get_work_or_404(request: AnyRequest, coalition: Coalition, pk: int) -> JointWork:
    """404 for what one may not see."""
    wrote = Authorship.objects.filter(record=OuterRef("pk"), person=request.user.pk)  # its page asks next
    works = JointWork.objects.visible_to(request.user).of(coalition)
    work = get_object_or_404(works.annotate(wrote=Exists(wrote)), pk=pk)
    work.coalition = coalition
    request.standing.wrote[pk] = work.wrote  # type: ignore[attr-defined]  # annotated
    return work


def get_work_page_or_404(request: AnyRequest, coalition: Coalition, pk: int) -> WorkPage:
    return WorkPage(get_work_or_404(request, coalition, pk), request.standing)


def get_editable_work_page_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> WorkPage:
    """For those who write it: what is in the making is not there for anybody else."""
    whole = get_work_page_or_404(request, coalition, pk)
    if not whole.may_shape:
        raise Http404
    return whole


def get_party_work_page_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> WorkPage:
    """For those who speak for a party."""
    whole = get_work_page_or_404(request, coalition, pk)
    if not whole.own_parties:
        raise Http404
    return whole


def get_party_or_404(work_page: WorkPage, pk: int) -> Party:
    """One that takes part, with the work that it hangs on."""
    party = get_object_or_404(work_page.work.parties.select_related("capacity", "organisation"), pk=pk)
    party.work = work_page.work
    return party


def get_deliverable_or_404(work_page: WorkPage, pk: int) -> Deliverable:
    found = next((each for each in work_page.deliverables if each.pk == pk), None)
    if found is None:
        raise Http404
    return found


def get_outcome_or_404(work_page: WorkPage, pk: int) -> Outcome:
    outcome = get_object_or_404(Outcome, work=work_page.work.pk, pk=pk)
    outcome.work = work_page.work
    return outcome


def build_work_context(work_page: WorkPage, active_tab: str) -> dict[str, Any]:
    """The context of every page of a work: its head, its tabs, and what the viewer may do."""
    return {"tab": active_tab, "work": work_page.work, "whole": work_page}


def get_work_url(joint_work: JointWork, url_name: str = "work_detail", *extra_args: object) -> str:
    return reverse(f"cooperation:{url_name}", args=[joint_work.coalition.slug, joint_work.pk, *extra_args])

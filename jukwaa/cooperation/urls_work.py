"""The addresses of joint work."""

from django.urls import path

from jukwaa.cooperation.views import work, work_charters, work_following, work_links

WORK_ROUTE_PREFIX = "work/<int:pk>/"
PARTY_ROUTE_PREFIX = f"{WORK_ROUTE_PREFIX}parties/<int:party>/"

urlpatterns = [
    path("work/", work.work_list, name="work_list"),
    path("work/new/", work.work_new, name="work_new"),
    path("sign/<str:token>/", work_links.charter_sign_by_link, name="sign_by_link"),
    path(WORK_ROUTE_PREFIX, work.work_detail, name="work_detail"),
    path(f"{WORK_ROUTE_PREFIX}edit/", work.work_edit, name="work_edit"),
    path(f"{WORK_ROUTE_PREFIX}end/", work.work_end, name="work_end"),
    path(f"{WORK_ROUTE_PREFIX}parties/new/", work.work_party_new, name="party_new"),
    path(f"{PARTY_ROUTE_PREFIX}edit/", work.work_party_edit, name="party_edit"),
    path(f"{PARTY_ROUTE_PREFIX}remove/", work.work_party_remove, name="party_remove"),
    path(f"{PARTY_ROUTE_PREFIX}leave/", work.work_party_leave, name="party_leave"),
    path(f"{PARTY_ROUTE_PREFIX}sign/", work_charters.charter_sign, name="charter_sign"),
    path(f"{WORK_ROUTE_PREFIX}charter/", work_charters.charter_detail, name="charter_detail"),
    path(f"{WORK_ROUTE_PREFIX}charter/<int:number>/text/", work_charters.charter_text_file, name="charter_text"),
    path(f"{WORK_ROUTE_PREFIX}charter/propose/", work_charters.charter_propose, name="charter_propose"),
    path(f"{WORK_ROUTE_PREFIX}charter/withdraw/", work_charters.charter_proposal_withdraw, name="charter_take_back"),
    path(f"{WORK_ROUTE_PREFIX}charter/amend/", work_charters.charter_amend, name="charter_amend"),
    path(f"{WORK_ROUTE_PREFIX}charter/discard/", work_charters.charter_amendment_drop, name="amendment_drop"),
    path(f"{WORK_ROUTE_PREFIX}write/", work_charters.charter_write, name="charter_write"),
    path(f"{WORK_ROUTE_PREFIX}write/<slug:question>/", work_charters.charter_answer, name="charter_answer"),
    path(
        f"{WORK_ROUTE_PREFIX}deliverables/<int:deliverable>/",
        work_following.deliverable_detail,
        name="deliverable_detail",
    ),
    path(
        f"{WORK_ROUTE_PREFIX}deliverables/<int:deliverable>/report/",
        work_following.deliverable_report,
        name="deliverable_report",
    ),
    path(f"{WORK_ROUTE_PREFIX}outcomes/<int:outcome>/", work_following.outcome_detail, name="outcome_detail"),
    path(f"{WORK_ROUTE_PREFIX}outcomes/<int:outcome>/figure/", work_following.outcome_figure_new, name="figure_new"),
    path(f"{WORK_ROUTE_PREFIX}updates/", work_following.work_update_list, name="update_list"),
    path(f"{WORK_ROUTE_PREFIX}updates/new/", work_following.work_update_new, name="update_new"),
    path(f"{WORK_ROUTE_PREFIX}products/new/", work_following.work_product_new, name="product_new"),
]

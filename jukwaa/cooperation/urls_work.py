"""The addresses of joint work."""

from django.urls import path

from jukwaa.cooperation.views import work, work_charters, work_following, work_links

WORK_ROUTE = "work/<int:pk>/"
PARTY_ROUTE = f"{WORK_ROUTE}parties/<int:party>/"

urlpatterns = [
    path("work/", work.work_list, name="work_list"),
    path("work/new/", work.work_new, name="work_new"),
    path("sign/<str:token>/", work_links.sign_by_link, name="sign_by_link"),
    path(WORK_ROUTE, work.work_detail, name="work_detail"),
    path(f"{WORK_ROUTE}edit/", work.work_edit, name="work_edit"),
    path(f"{WORK_ROUTE}end/", work.work_end, name="work_end"),
    path(f"{WORK_ROUTE}parties/new/", work.party_new, name="party_new"),
    path(f"{PARTY_ROUTE}edit/", work.party_edit, name="party_edit"),
    path(f"{PARTY_ROUTE}remove/", work.party_remove, name="party_remove"),
    path(f"{PARTY_ROUTE}leave/", work.party_leave, name="party_leave"),
    path(f"{PARTY_ROUTE}sign/", work_charters.charter_sign, name="charter_sign"),
    path(f"{WORK_ROUTE}charter/", work_charters.charter_detail, name="charter_detail"),
    path(f"{WORK_ROUTE}charter/<int:number>/text/", work_charters.charter_text, name="charter_text"),
    path(f"{WORK_ROUTE}charter/propose/", work_charters.charter_propose, name="charter_propose"),
    path(f"{WORK_ROUTE}charter/withdraw/", work_charters.charter_take_back, name="charter_take_back"),
    path(f"{WORK_ROUTE}charter/amend/", work_charters.charter_amend, name="charter_amend"),
    path(f"{WORK_ROUTE}charter/discard/", work_charters.amendment_drop, name="amendment_drop"),
    path(f"{WORK_ROUTE}write/", work_charters.charter_write, name="charter_write"),
    path(f"{WORK_ROUTE}write/<slug:question>/", work_charters.charter_answer, name="charter_answer"),
    path(f"{WORK_ROUTE}deliverables/<int:deliverable>/", work_following.deliverable_detail, name="deliverable_detail"),
    path(
        f"{WORK_ROUTE}deliverables/<int:deliverable>/report/",
        work_following.deliverable_report,
        name="deliverable_report",
    ),
    path(f"{WORK_ROUTE}outcomes/<int:outcome>/", work_following.outcome_detail, name="outcome_detail"),
    path(f"{WORK_ROUTE}outcomes/<int:outcome>/figure/", work_following.figure_new, name="figure_new"),
    path(f"{WORK_ROUTE}updates/", work_following.update_list, name="update_list"),
    path(f"{WORK_ROUTE}updates/new/", work_following.update_new, name="update_new"),
    path(f"{WORK_ROUTE}products/new/", work_following.product_new, name="product_new"),
]

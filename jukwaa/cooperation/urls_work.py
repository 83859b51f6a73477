"""The addresses of joint work."""

from django.urls import path

from jukwaa.cooperation.views import work, work_charters, work_following, work_links

ONE = "work/<int:pk>/"
PARTY = f"{ONE}parties/<int:party>/"

urlpatterns = [
    path("work/", work.work_list, name="work_list"),
    path("work/new/", work.work_new, name="work_new"),
    path("sign/<str:token>/", work_links.sign_by_link, name="sign_by_link"),
    path(ONE, work.work_detail, name="work_detail"),
    path(f"{ONE}edit/", work.work_edit, name="work_edit"),
    path(f"{ONE}end/", work.work_end, name="work_end"),
    path(f"{ONE}parties/new/", work.party_new, name="party_new"),
    path(f"{PARTY}edit/", work.party_edit, name="party_edit"),
    path(f"{PARTY}remove/", work.party_remove, name="party_remove"),
    path(f"{PARTY}leave/", work.party_leave, name="party_leave"),
    path(f"{PARTY}sign/", work_charters.charter_sign, name="charter_sign"),
    path(f"{ONE}charter/", work_charters.charter_detail, name="charter_detail"),
    path(f"{ONE}charter/<int:number>/text/", work_charters.charter_text, name="charter_text"),
    path(f"{ONE}charter/propose/", work_charters.charter_propose, name="charter_propose"),
    path(f"{ONE}charter/withdraw/", work_charters.charter_take_back, name="charter_take_back"),
    path(f"{ONE}charter/amend/", work_charters.charter_amend, name="charter_amend"),
    path(f"{ONE}charter/discard/", work_charters.amendment_drop, name="amendment_drop"),
    path(f"{ONE}write/", work_charters.charter_write, name="charter_write"),
    path(f"{ONE}write/<slug:question>/", work_charters.charter_answer, name="charter_answer"),
    path(f"{ONE}deliverables/<int:deliverable>/", work_following.deliverable_detail, name="deliverable_detail"),
    path(f"{ONE}deliverables/<int:deliverable>/report/", work_following.deliverable_report, name="deliverable_report"),
    path(f"{ONE}outcomes/<int:outcome>/", work_following.outcome_detail, name="outcome_detail"),
    path(f"{ONE}outcomes/<int:outcome>/figure/", work_following.figure_new, name="figure_new"),
    path(f"{ONE}updates/", work_following.update_list, name="update_list"),
    path(f"{ONE}updates/new/", work_following.update_new, name="update_new"),
    path(f"{ONE}products/new/", work_following.product_new, name="product_new"),
]

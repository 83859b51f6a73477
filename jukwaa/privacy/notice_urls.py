from django.urls import path

from jukwaa.privacy.views import notices, papers

app_name = "notices"
urlpatterns = [
    path("about/privacy/", notices.site_notice, name="site_notice"),
    path("<slug:coalition>/notices/<slug:kind>/", notices.notice_detail, name="notice_detail"),
    path("<slug:coalition>/notices/<slug:kind>/edit/", notices.notice_edit, name="notice_edit"),
    path("<slug:coalition>/notices/<slug:kind>/versions/<int:pk>/", notices.notice_version, name="notice_version"),
    path("<slug:coalition>/papers/", papers.privacy_paper_list, name="paper_list"),
    path("<slug:coalition>/papers/<slug:name>.<slug:ending>", papers.privacy_paper_file, name="paper_file"),
]

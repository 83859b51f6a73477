from django.urls import include, path

from jukwaa.core.urls import urlpatterns as core_urls

handler404 = "jukwaa.core.views.not_found"
handler500 = "jukwaa.core.views.server_error"
handler403 = "jukwaa.core.views.not_allowed"

urlpatterns = [
    path("", include((core_urls, "core"))),
    path("account/", include("jukwaa.accounts.entrance_urls")),
    path("account/", include("jukwaa.accounts.urls")),
    path("mail/", include("jukwaa.mail.urls")),
    path("", include("jukwaa.updates.urls")),
    path("", include("jukwaa.exchange.site_urls")),
    path("<slug:coalition>/", include("jukwaa.exchange.urls")),
    path("<slug:coalition>/", include("jukwaa.regions.urls")),
    path("<slug:coalition>/plans/", include("jukwaa.plans.urls")),
    path("<slug:coalition>/meetings/", include("jukwaa.meetings.urls")),
    path("<slug:coalition>/proposals/", include("jukwaa.proposals.urls")),
    path("<slug:coalition>/eligibility/", include("jukwaa.eligibility.urls")),
    path("", include("jukwaa.intake.urls")),
    path("<slug:coalition>/texts/", include("jukwaa.drafting.urls")),
    path("", include("jukwaa.cooperation.urls")),
    path("<slug:coalition>/events/", include("jukwaa.events.urls")),
    path("<slug:coalition>/library/", include("jukwaa.library.urls")),
    path("<slug:coalition>/search/", include("jukwaa.search.urls")),
    path("<slug:coalition>/data-requests/", include("jukwaa.privacy.urls")),
    path("", include("jukwaa.privacy.notice_urls")),
    path("<slug:coalition>/", include("jukwaa.coalitions.urls")),
    path("<slug:coalition>/", include("jukwaa.records.urls")),
    path("", include("jukwaa.home.urls")),
]

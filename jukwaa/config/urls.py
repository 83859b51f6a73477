from django.urls import include, path

from jukwaa.core.urls import urlpatterns as core_urls

handler404 = "jukwaa.core.views.not_found"
handler403 = "jukwaa.core.views.not_allowed"

urlpatterns = [
    path("", include((core_urls, "core"))),
    path("account/", include("allauth.urls")),
]

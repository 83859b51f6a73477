"""The pages that Django and allauth know by these names; none of allauth's own is routed."""

from django.urls import path

from jukwaa.accounts.views import sign_in_pages

urlpatterns = [
    path("sign-in/", sign_in_pages.sign_in, name="account_login"),
    path("sign-out/", sign_in_pages.sign_out_page, name="account_logout"),
    path("confirm/", sign_in_pages.sign_in_confirm, name="account_reauthenticate"),
]

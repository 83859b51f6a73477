"""The pages that Django and allauth know by these names; none of allauth's own is routed."""

from django.urls import path

from jukwaa.accounts.views import entrance

urlpatterns = [
    path("sign-in/", entrance.sign_in, name="account_login"),
    path("sign-out/", entrance.sign_out_page, name="account_logout"),
    path("confirm/", entrance.confirm, name="account_reauthenticate"),
]

from django.urls import path

from jukwaa.accounts.views import address, deleting, entrance, guardians, merging, passkeys, settings

app_name = "accounts"
urlpatterns = [
    path("sign-in/<slug:key>/", entrance.code, name="code"),
    path("link/<str:token>/", entrance.link, name="link"),
    path("sign-out/confirm/", entrance.sign_out, name="sign_out"),
    path("settings/", settings.settings, name="settings"),
    path("address/", address.address, name="address"),
    path("address/cancel/", address.address_stop, name="address_stop"),
    path("address/link/<str:token>/", address.address_link, name="address_link"),
    path("address/link/<str:token>/cancel/", address.address_link_stop, name="address_link_stop"),
    path("language/", settings.language, name="language"),
    path("guardian/<str:token>/", guardians.guardian, name="guardian"),
    path("guardian/<str:token>/agree/", guardians.guardian_agree, name="guardian_agree"),
    path("guardian/<str:token>/decline/", guardians.guardian_decline, name="guardian_decline"),
    path("age/", guardians.age, name="age"),
    path("data/", settings.export, name="export"),
    path("delete/", deleting.delete, name="delete"),
    path("delete/cancel/", deleting.deletion_stop, name="deletion_stop"),
    path("delete/confirm/<str:token>/", deleting.deletion_confirm, name="deletion_confirm"),
    path("delete/cancel/<str:token>/", deleting.deletion_keep, name="deletion_keep"),
    path("merge/", merging.merge, name="merge"),
    path("merge/<str:token>/", merging.merge_link, name="merge_link"),
    path("sessions/", settings.sessions, name="sessions"),
    path("sessions/<int:pk>/end/", settings.session_end, name="session_end"),
    path("sessions/end/", settings.sign_out_everywhere, name="sign_out_everywhere"),
    path("passkey/begin/", passkeys.begin_sign_in, name="passkey_begin_sign_in"),
    path("passkey/", passkeys.sign_in, name="passkey_sign_in"),
    path("passkeys/", passkeys.passkey_list, name="passkeys"),
    path("passkeys/begin/", passkeys.begin_adding, name="passkey_begin_adding"),
    path("passkeys/add/", passkeys.passkey_add, name="passkey_add"),
    path("passkeys/<int:pk>/name/", passkeys.passkey_rename, name="passkey_rename"),
    path("passkeys/<int:pk>/remove/", passkeys.passkey_remove, name="passkey_remove"),
]

from django.urls import path

from jukwaa.proposals import views

app_name = "proposals"
urlpatterns = [
    path("calls/", views.call_list, name="call_list"),
    path("calls/new/", views.call_new, name="call_new"),
    path("calls/new/file/", views.call_upload, name="call_upload"),
    path("calls/new/form/", views.call_form, name="call_form"),
    path("calls/new/text/", views.call_text, name="call_text"),
    path("calls/<slug:name>/", views.call_detail, name="call_detail"),
    path("calls/<slug:name>/file/", views.call_file, name="call_file"),
    path("calls/<slug:name>/remove/", views.call_remove, name="call_remove"),
]

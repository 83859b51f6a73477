from django.urls import path

from jukwaa.privacy.views import data_requests, request_decisions

app_name = "privacy"
urlpatterns = [
    path("", data_requests.data_request_list, name="request_list"),
    path("new/", data_requests.data_request_new, name="request_new"),
    path("record/<int:pk>/", data_requests.request_about_record, name="request_about"),
    path("sent/", data_requests.data_request_sent, name="request_sent"),
    path("link/<str:token>/", data_requests.request_by_link, name="request_link"),
    path("link/<str:token>/confirm/", data_requests.data_request_confirm, name="request_confirm"),
    path("link/<str:token>/withdraw/", data_requests.data_request_withdraw_by_link, name="request_withdraw_by_link"),
    path("<int:pk>/", data_requests.data_request_detail, name="request_detail"),
    path("<int:pk>/answer/", request_decisions.data_request_answer, name="request_answer"),
    path("<int:pk>/withdraw/", data_requests.data_request_withdraw, name="request_withdraw"),
    path("<int:pk>/remove-name/", request_decisions.requested_name_remove, name="remove_name"),
]

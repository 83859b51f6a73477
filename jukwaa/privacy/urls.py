from django.urls import path

from jukwaa.privacy.views import answering, asking

app_name = "privacy"
urlpatterns = [
    path("", asking.request_list, name="request_list"),
    path("new/", asking.request_new, name="request_new"),
    path("record/<int:pk>/", asking.request_about, name="request_about"),
    path("sent/", asking.request_sent, name="request_sent"),
    path("link/<str:token>/", asking.request_link, name="request_link"),
    path("link/<str:token>/confirm/", asking.request_confirm, name="request_confirm"),
    path("link/<str:token>/withdraw/", asking.request_withdraw_by_link, name="request_withdraw_by_link"),
    path("<int:pk>/", asking.request_detail, name="request_detail"),
    path("<int:pk>/answer/", answering.request_answer, name="request_answer"),
    path("<int:pk>/withdraw/", asking.request_withdraw, name="request_withdraw"),
    path("<int:pk>/remove-name/", answering.remove_name, name="remove_name"),
]

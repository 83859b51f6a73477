from django.urls import path

from jukwaa.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.outbox_message_list, name="outbox"),
    path("<int:pk>/", views.outbox_message_detail, name="message"),
]

from django.urls import path

from jukwaa.drafting.views import reading

app_name = "drafting"
urlpatterns = [
    path("", reading.text_list, name="text_list"),
    path("<int:pk>/", reading.text_detail, name="text_detail"),
]

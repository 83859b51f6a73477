from django.urls import path

from jukwaa.home import views

app_name = "home"
urlpatterns = [
    path("", views.coalition_list, name="coalition_list"),
    path("about/", views.about, name="about"),
    path("help/", views.concerned, name="help"),
    path("<slug:coalition>/", views.front, name="front"),
    path("<slug:coalition>/tasks/", views.desk, name="desk"),
    path("<slug:coalition>/getting-started/", views.begin, name="begin"),
]

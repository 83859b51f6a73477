from django.urls import path

from jukwaa.home import views

app_name = "home"
urlpatterns = [
    path("", views.coalition_list, name="coalition_list"),
    path("about/", views.about_page, name="about"),
    path("about/demo/", views.demo_page, name="demo"),
    path("help/", views.helpline_list, name="help"),
    path("<slug:coalition>/", views.coalition_home, name="front"),
    path("<slug:coalition>/tasks/", views.task_list, name="desk"),
    path("<slug:coalition>/getting-started/", views.getting_started_page, name="begin"),
]

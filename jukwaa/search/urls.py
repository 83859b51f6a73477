from django.urls import path

from jukwaa.search import views

app_name = "search"
urlpatterns = [path("", views.search, name="search")]

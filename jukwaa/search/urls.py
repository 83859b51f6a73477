from django.urls import path

from jukwaa.search.views import saved, searching

app_name = "search"
urlpatterns = [
    path("", searching.search, name="search"),
    path("saved/", saved.saved_list, name="saved_list"),
    path("saved/new/", saved.saved_new, name="saved_new"),
    path("saved/<int:pk>/rename/", saved.saved_rename, name="saved_rename"),
    path("saved/<int:pk>/remove/", saved.saved_remove, name="saved_remove"),
]

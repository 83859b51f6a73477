from django.urls import path

from jukwaa.search.views import saved, searching

app_name = "search"
urlpatterns = [
    path("", searching.search_page, name="search"),
    path("saved/", saved.saved_search_list, name="saved_list"),
    path("saved/new/", saved.saved_search_new, name="saved_new"),
    path("saved/<int:pk>/rename/", saved.saved_search_rename, name="saved_rename"),
    path("saved/<int:pk>/remove/", saved.saved_search_remove, name="saved_remove"),
]

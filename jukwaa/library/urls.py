from django.urls import path

from jukwaa.library.views import reading, sharing

app_name = "library"
urlpatterns = [
    path("", reading.item_list, name="item_list"),
    path("share/", sharing.item_new, name="item_new"),
    path("<int:pk>/", reading.item_detail, name="item_detail"),
    path("<int:pk>/edit/", sharing.item_edit, name="item_edit"),
    path("<int:pk>/publish/", sharing.item_publish, name="item_publish"),
]

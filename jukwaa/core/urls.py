from django.urls import path

from jukwaa.core import views

app_name = "core"
urlpatterns = [path("sheet-<slug:fingerprint>.css", views.stylesheet, name="stylesheet")]

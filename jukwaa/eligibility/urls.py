from django.urls import path

from jukwaa.eligibility.views import self_check, statement

app_name = "eligibility"
urlpatterns = [
    path("", self_check.check_detail, name="check"),
    path("statement/", statement.statement_detail, name="statement"),
    path("statement/file/", statement.statement_file, name="statement_file"),
    path("<int:year>/", self_check.check_detail, name="check_year"),
    path("<int:year>/<slug:rule>/", self_check.condition_edit, name="condition_edit"),
]

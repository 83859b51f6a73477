from django.urls import path

from jukwaa.meetings import views
from jukwaa.meetings.views import invitations, report

app_name = "meetings"
urlpatterns = [
    path("", views.meeting_list, name="meeting_list"),
    path("new/", views.meeting_new, name="meeting_new"),
    path("new/time/", views.time_preview, name="time_preview"),
    path("agreed/", views.agreed, name="agreed"),
    path("<int:pk>/", views.meeting_detail, name="meeting_detail"),
    path("<int:pk>/edit/", views.meeting_edit, name="meeting_edit"),
    path("<int:pk>/series/publish/", views.series_publish, name="series_publish"),
    path("<int:pk>/cancel/", views.meeting_cancel, name="meeting_cancel"),
    path("<int:pk>/meeting.ics", views.meeting_calendar, name="meeting_calendar"),
    path("<int:pk>/publish/", views.meeting_publish, name="meeting_publish"),
    path("<int:pk>/withdraw/", views.meeting_withdraw, name="meeting_withdraw"),
    path("<int:pk>/parts/new/", views.part_new, name="part_new"),
    path("<int:pk>/attendance/", views.attendance_list, name="attendance_list"),
    path("<int:pk>/attendance/new/", views.attendance_new, name="attendance_new"),
    path("<int:pk>/attendance/<int:row>/remove/", views.attendance_remove, name="attendance_remove"),
    path("<int:pk>/entries/new/", views.entry_new, name="entry_new"),
    path("<int:pk>/report/", report.report_detail, name="report_detail"),
    path("<int:pk>/report/edit/", report.report_edit, name="report_edit"),
    path("<int:pk>/report/publish/", report.report_publish, name="report_publish"),
    path("<int:pk>/report/unpublish/", report.report_unpublish, name="report_unpublish"),
    path("<int:pk>/report/paragraphs/<slug:key>/", report.paragraph_edit, name="paragraph_edit"),
    path("<int:pk>/report/paragraphs/<slug:key>/restore/", report.paragraph_restore, name="paragraph_restore"),
    path("<int:pk>/report/as/<slug:shape>/", report.report_detail, name="report_shape"),
    path("<int:pk>/report/as/<slug:shape>.<slug:ending>", report.report_file, name="report_file"),
    path("<int:pk>/reply/", invitations.meeting_reply, name="meeting_reply"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("entries/<int:pk>/", views.entry_detail, name="entry_detail"),
    path("entries/<int:pk>/edit/", views.entry_edit, name="entry_edit"),
    path("entries/<int:pk>/withdraw/", views.entry_withdraw, name="entry_withdraw"),
    path("entries/<int:pk>/progress/", views.entry_progress, name="entry_progress"),
    path("entries/<int:pk>/raise/", views.entry_raise, name="entry_raise"),
]

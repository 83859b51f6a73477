"""Mail: what one gets, pages that links in it open, and what waits to leave."""

from django.urls import path

from jukwaa.updates.views import copies, email_link_pages, following, health, invitations
from jukwaa.updates.views import held_mail as held
from jukwaa.updates.views import mail_settings as choosing

app_name = "updates"
urlpatterns = [
    path("health/", health.health_check, name="health"),
    path("mail/settings/", choosing.mail_settings, name="mail_settings"),
    path("mail/settings/stop-all/", choosing.mail_settings_unsubscribe_all, name="mail_nothing"),
    path("mail/unsubscribe/<str:token>/", email_link_pages.email_unsubscribe, name="unsubscribe"),
    path("mail/unsubscribe/<str:token>/all/", email_link_pages.unsubscribe_from_all, name="unsubscribe_all"),
    path("mail/confirm/<str:token>/", email_link_pages.pending_mail_confirm, name="confirm"),
    path("mail/remove-me/<str:token>/", email_link_pages.person_remove_by_link, name="take_out"),
    path("<slug:coalition>/following/", following.followed_things_page, name="following"),
    path("<slug:coalition>/following/add/", following.followed_thing_add, name="follow_add"),
    path("<slug:coalition>/following/end/", following.followed_thing_end, name="follow_end"),
    path("<slug:coalition>/following/frequency/", following.digest_rhythm_change, name="rhythm"),
    path("<slug:coalition>/new/", following.news_page, name="new"),
    path("<slug:coalition>/new/seen/", following.news_mark_seen, name="new_seen"),
    path("<slug:coalition>/records/<int:pk>/copies/", copies.withdrawn_record_copies, name="copies"),
    path("<slug:coalition>/updates/approval/", held.held_mail_list, name="held_mail"),
    path("<slug:coalition>/updates/approval/send/", held.held_mail_release, name="held_release"),
    path("<slug:coalition>/updates/approval/send-all/", held.held_mail_release_all, name="held_release_all"),
    path("<slug:coalition>/updates/approval/send-group/", held.held_mail_release_group, name="held_release_group"),
    path("<slug:coalition>/records/<int:pk>/emails/send/", held.record_emails_release, name="record_emails_release"),
    path("<slug:coalition>/updates/approval/discard/", held.held_mail_discard, name="held_discard"),
    path("<slug:coalition>/updates/approval/turn-off/", held.held_mail_end_approval, name="held_open"),
    path("<slug:coalition>/people/invitations/", invitations.invitation_list, name="invitation_list"),
    path("<slug:coalition>/people/invitations/new/", invitations.invitation_new, name="invitation_new"),
    path("<slug:coalition>/people/invitations/remind/", invitations.invitation_remind, name="invitation_remind"),
    path("<slug:coalition>/people/invitations/<int:pk>/", invitations.invitation_preview, name="invitation_preview"),
    path("<slug:coalition>/people/invitations/<int:pk>/edit/", invitations.invitation_edit, name="invitation_edit"),
    path("<slug:coalition>/people/invitations/<int:pk>/send/", invitations.invitation_send, name="invitation_send"),
    path(
        "<slug:coalition>/people/invitations/<int:pk>/delete/", invitations.invitation_delete, name="invitation_delete"
    ),
]

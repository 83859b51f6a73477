"""Offers, needs and joint work; and a page that a link in an email opens."""

from django.urls import include, path

from jukwaa.cooperation import urls_work
from jukwaa.cooperation.views import enquiries, matches, offers, review_links

app_name = "cooperation"
OFFER, NEED = {"side": "offer"}, {"side": "need"}
offer_and_need_pages = [
    path("", offers.help_overview, name="overview"),
    path("figures/", offers.help_figures, name="figures"),
    path("offers/", offers.help_list, OFFER, name="offer_list"),
    path("offers/new/", offers.help_new, OFFER, name="offer_new"),
    path("offers/new/<slug:sort>/", offers.help_type_page, OFFER, name="offer_sort"),
    path("offers/<int:pk>/", offers.help_detail, OFFER, name="offer_detail"),
    path("offers/<int:pk>/edit/", offers.help_edit, OFFER, name="offer_edit"),
    path("offers/<int:pk>/close/", offers.help_close, OFFER, name="offer_close"),
    path("offers/<int:pk>/confirm/", offers.help_confirm, OFFER, name="offer_confirm"),
    path("needs/", offers.help_list, NEED, name="need_list"),
    path("needs/new/", offers.help_new, NEED, name="need_new"),
    path("needs/new/<slug:sort>/", offers.help_type_page, NEED, name="need_sort"),
    path("needs/<int:pk>/", offers.help_detail, NEED, name="need_detail"),
    path("needs/<int:pk>/edit/", offers.help_edit, NEED, name="need_edit"),
    path("needs/<int:pk>/close/", offers.help_close, NEED, name="need_close"),
    path("needs/<int:pk>/confirm/", offers.help_confirm, NEED, name="need_confirm"),
    path("offers/<int:offer>/needs/<int:need>/", matches.match_new, name="match_new"),
    path("matches/<int:pk>/", matches.match_detail, name="match_detail"),
    path("matches/<int:pk>/consent/<slug:side>/", matches.match_consent, name="match_consent"),
    path("matches/<int:pk>/withdraw/<slug:side>/", matches.match_consent_withdraw, name="match_take_back"),
    path("matches/<int:pk>/status/", matches.match_state_change, name="match_move"),
    path("needs/<int:pk>/ask/<int:organisation>/", enquiries.enquiry_new, name="enquiry_new"),
    path("enquiries/<int:pk>/", enquiries.enquiry_detail, name="enquiry_detail"),
    path("enquiries/<int:pk>/answer/", enquiries.enquiry_answer, name="enquiry_answer"),
    path("enquiries/<int:pk>/close-unanswered/", enquiries.enquiry_set_aside, name="enquiry_shelve"),
    *urls_work.urlpatterns,
]
urlpatterns = [
    path("mail/up-to-date/<str:token>/", review_links.help_confirm_by_link, name="still_true"),
    path("mail/up-to-date/<str:token>/close/", review_links.help_close_by_link, name="no_longer_true"),
    path("<slug:coalition>/cooperation/", include(offer_and_need_pages)),
]

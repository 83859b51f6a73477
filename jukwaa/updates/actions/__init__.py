"""Choosing, following, releasing: what people do about mail."""

from jukwaa.updates.actions.choosing import choose, end_mail, nothing_but_sign_in
from jukwaa.updates.actions.following import choose_rhythm, follow, have_seen, unfollow
from jukwaa.updates.actions.keeping import keep_mail
from jukwaa.updates.actions.releasing import discard_letters, release_letters, release_mail

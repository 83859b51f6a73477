"""A call with a field for people, and helpers that add participants to a proposal."""

from django.utils import timezone

from jukwaa.proposals.actions import (
    ParticipantFacts,
    add_participant,
    invite_participant,
    save_call_file,
    start_proposal,
)

CALL_NAME = "forum-2099-session"
SPEAKER_EMAIL = "speaker@example.org"
CALL_TOML = """title = "Forum 2099: sessions"
forum = "Forum"
edition = "2099"
year = 2099
kind = "Session"

[sources]
call = "https://example.org/call"

[[field]]
name = "title"
label = "Title"
type = "line"
mark = "must"
max = 100
unit = "characters"
counted = "UTF-16"

[[field]]
name = "speakers"
label = "Speakers"
type = "people"
role = "speaker"
mark = "must"
max = 5
unit = "items"

[[field]]
name = "description"
label = "Description"
type = "text"
max = 100
unit = "words"
counted = "spaces"

[[rule]]
name = "confirmed"
text = "At least 1 speaker is provisionally confirmed."
check = "people"
roles = ["speaker"]
min = 1
confirmed = true
field = "speakers"
stage = "screening"

[[rule]]
name = "gender"
text = "At least one speaker is of another gender."
check = "other gender"
role = "speaker"
field = "speakers"
stage = "screening"

[[rule]]
name = "sessions"
text = "A speaker is in at most 1 session."
check = "sessions of a person"
role = "speaker"
max = 1
field = "speakers"
stage = "screening"
"""


def start_session(coordinator, coalition, proposal_title="Learning together", call_name=CALL_NAME):
    save_call_once(coordinator, coalition)
    return start_proposal(actor=coordinator, coalition=coalition, call_name=call_name, title=proposal_title)


def save_call_once(coordinator, coalition):
    if not coalition.call_files.filter(name=CALL_NAME).exists():
        save_call_file(actor=coordinator, coalition=coalition, text=CALL_TOML)


def build_participant_facts(**given):
    return ParticipantFacts(**{"roles": ("speaker",), "name": "Asha Speaker", "address": SPEAKER_EMAIL} | given)


def invite_speaker(coordinator, proposal, **given):
    return invite_participant(actor=coordinator, proposal=proposal, participant_facts=build_participant_facts(**given))


def add_speaker(coordinator, proposal, **given):
    return add_participant(actor=coordinator, proposal=proposal, participant_facts=build_participant_facts(**given))


def confirm_as_adult(person):
    person.adult_confirmed_at = timezone.now()
    person.save()
    return person

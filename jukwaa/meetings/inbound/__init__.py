"""What a reply to an email about meetings does: each module registers its own."""

from jukwaa.meetings.inbound import agenda, commitments, ideas, invitations, minutes, polls

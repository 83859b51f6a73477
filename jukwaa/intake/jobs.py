"""What the clock does about readings: what broke off is said before it is told."""

from jukwaa.intake.tasks import say_what_broke_off
from jukwaa.updates.clock import Phase, job

job("say what broke off", Phase.PREPARE)(lambda _now: say_what_broke_off())

"""What the clock does about readings: what broke off is said before it is told."""

from jukwaa.intake.tasks import fail_interrupted_readings
from jukwaa.updates.clock import Phase, job

job("say what broke off", Phase.PREPARE)(lambda _now: fail_interrupted_readings())

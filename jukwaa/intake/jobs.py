"""What the clock does about readings: what broke off is said before it is told."""

from jukwaa.intake.tasks import end_broken_list_imports, fail_interrupted_readings
from jukwaa.updates.clock import Phase, job

job("say what broke off", Phase.PREPARE)(lambda _now: fail_interrupted_readings())
job("end broken list imports", Phase.PREPARE)(lambda _now: end_broken_list_imports())

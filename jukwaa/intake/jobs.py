"""What the clock does about imports: what broke off is said before it is told, and coordinators come and go."""

from jukwaa.intake.source_readers import refresh_coordinator_readers
from jukwaa.intake.tasks import fail_interrupted_list_imports, fail_interrupted_readings
from jukwaa.updates.clock import ClockPhase, register_job

register_job("say what broke off", ClockPhase.PREPARE)(lambda _now: fail_interrupted_readings())
register_job("end broken list imports", ClockPhase.PREPARE)(lambda _now: fail_interrupted_list_imports())
register_job("name coordinators as readers", ClockPhase.PREPARE)(lambda _now: refresh_coordinator_readers())

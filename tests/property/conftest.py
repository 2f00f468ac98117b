"""Hypothesis: few examples in `make test`, many in `make fuzz`; no deadline, for the machine may be busy."""

from hypothesis import HealthCheck, settings

settings.register_profile("short", max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("long", max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("short")

"""How hard the laws are tried: little on every run, long with `--hypothesis-profile=long`."""

from hypothesis import HealthCheck, settings

_PATIENT = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)
settings.register_profile("default", deadline=None, max_examples=40, suppress_health_check=_PATIENT)
settings.register_profile("long", deadline=None, max_examples=2000, suppress_health_check=_PATIENT)
settings.load_profile("default")

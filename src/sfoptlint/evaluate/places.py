"""Geolocations and the distance between them."""

import math
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Geolocation, Value
from sfoptlint.evaluate.errors import EvaluationError
from sfoptlint.evaluate.law import Law, Laws, from_float

_RADII: Final = MappingProxyType({"mi": 3958.761, "km": 6371.009})


def geolocation(latitude: Decimal | None, longitude: Decimal | None) -> Value:
    """GEOLOCATION: blank where both are, an error where one is or where the globe ends."""
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise EvaluationError("GEOLOCATION needs a latitude within 90 and a longitude within 180 degrees")
    return Geolocation(latitude, longitude)


def distance(first: Geolocation, second: Geolocation, unit: str) -> Decimal:
    """DISTANCE: along a great circle of the mean earth, in `mi` or `km`."""
    radius = _RADII.get(unit.lower())
    if radius is None:
        raise EvaluationError("DISTANCE is in mi or km")
    north, other_north = math.radians(first.latitude), math.radians(second.latitude)
    height = math.sin((other_north - north) / 2) ** 2
    width = math.sin(math.radians(second.longitude - first.longitude) / 2) ** 2
    half = height + math.cos(north) * math.cos(other_north) * width
    return from_float(2 * radius * math.asin(math.sqrt(min(1.0, half))))


PLACE_LAWS: Final[Laws] = MappingProxyType(
    {
        "DISTANCE": Law("ggt", distance),
        "GEOLOCATION": Law("nn", geolocation, sees_blank=True),
    }
)
"""The geolocation functions by name."""

"""Which orbit does the satellite fly, and does it keep Kepler's laws?"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

EARTH_RADIUS = 6378.1


class Ellipse(NamedTuple):
    """An orbit in its plane, one focus in the centre of the Earth; lengths in km."""

    semi_major: float
    eccentricity: float
    perigee_angle: float

    @property
    def semi_minor(self) -> float:
        """Half of the short axis."""
        return self.semi_major * np.sqrt(1 - self.eccentricity**2)

    def radius(self, angle: np.ndarray) -> np.ndarray:
        """Distance from the centre of the Earth in the directions given."""
        latus_rectum = self.semi_major * (1 - self.eccentricity**2)
        return latus_rectum / (1 + self.eccentricity * np.cos(angle - self.perigee_angle))


def measurements(measurements_csv: Path = Path("measurements.csv")) -> np.ndarray:
    """Tracked positions: columns minute, x and y (km); nan where contact was lost."""
    return np.genfromtxt(measurements_csv, delimiter=",", skip_header=1)


def track(measurements: np.ndarray) -> np.ndarray:
    """The positions without the gaps and without those that lie inside the Earth."""
    seen = measurements[~np.isnan(measurements).any(axis=1)]
    return seen[np.hypot(seen[:, 1], seen[:, 2]) > EARTH_RADIUS]


def ellipse(track: np.ndarray) -> Ellipse:
    """The ellipse that fits best, from r + ax + by = p by least squares."""
    _, x, y = track.T
    equations = np.column_stack([-x, -y, np.ones_like(x)])
    (a, b, p), *_ = np.linalg.lstsq(equations, np.hypot(x, y), rcond=None)
    eccentricity = np.hypot(a, b)
    return Ellipse(p / (1 - eccentricity**2), eccentricity, np.arctan2(b, a))


def altitudes(ellipse: Ellipse, steps: int = 720) -> np.ndarray:
    """Altitude above the ground along one revolution, in km."""
    angles = np.lingspace(0, 2 * np.pi, steps)
    return ellipse.radius(angles) - EARTH_RADIUS


def areal_speed(track: np.ndarray) -> np.ndarray:
    """Area that the line to the Earth sweeps in a minute, in km², from fix to fix."""
    minute, x, y = track.T
    swept = 0.5 * _turn(np.arctan2(y, x)) * np.hypot(x, y)[:-1] * np.hypot(x, y)[1:]
    return swept / np.diff(minutes)


def kepler_period(ellipse: Ellipse, mu: float = 398_600.44) -> float:
    """Period that the third law gives, in minutes.

    Args:
        mu: Gravitational parameter of the Earth, in km³/s².
    """
    return 2 * np.pi * np.sqrt(ellipse.semi_major**3 / mu) / 60


def measured_period(ellipse: Ellipse, areal_speed: np.ndarray) -> float:
    """Period that the second law gives: the whole area at the speed seen, in minutes."""
    area = np.pi * ellipse.semi_major * ellipse.semi_minor
    return area / np.median(areal_speed)


def answer(
    ellipse: Ellipse, altitudes: np.ndarray, kepler_period: float, measured_period: float
) -> str:
    """The orbit, in words."""
    return (
        f"a = {ellipse.semi_major:,.0f} km, e = {ellipse.eccentricity:.3f}, "
        f"altitude {altitudes.min():,.0f} to {altitudes.max():,.0f} km\n"
        f"period {measured_period:.1f} min measured, {kepler_period:.1f} min by the third law"
    )


def _turn(angles: np.ndarray) -> np.ndarray:
    """Angles between neighbours, each between -pi and pi."""
    return (np.diff(angles) + np.pi) % (2 * np.pi) - np.pi

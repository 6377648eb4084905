"""Numbers of bytes as people say them: in one way, wherever they are told."""

_STEP = 1000
_UNITS = ("kB", "MB", "GB", "TB", "PB")
# Of a larger number nobody needs the tenths.
_LEAST_WHOLE = 9.95


def said_size(count: float) -> str:
    """A number of bytes in the unit that suits it: `312 bytes`, `1.5 kB`, `200 MB`, `5 GB`."""
    if count < _STEP:
        return f"{count:.0f} byte{'' if count == 1 else 's'}"
    power = 0
    while round(count) >= _STEP and power < len(_UNITS):
        count /= _STEP
        power += 1
    number = f"{count:.1f}".removesuffix(".0") if count < _LEAST_WHOLE else f"{count:,.0f}"
    return f"{number} {_UNITS[power - 1]}"

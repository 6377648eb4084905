"""Names that are alike and mean the opposite, so that neither is the other misspelt."""

# Of what is one thing or the other: what one is given, the other is given the contrary of.
_TURNED = (
    ("ascending", "descending"), ("include", "exclude"), ("enable", "disable"), ("no_", ""),
    ("not_", ""), ("skip_", ""),
)  # fmt: skip
_ENDS = (("min", "max"), ("lower", "upper"), ("first", "last"), ("before", "after"))


def are_turned(name: str, other: str) -> bool:
    """Whether what is true of one of two is false of the other."""
    return _differ_by(name, other, _TURNED)


def are_opposites(name: str, other: str) -> bool:
    """Whether two names mean the opposite of each other."""
    return are_turned(name, other) or _differ_by(name, other, _ENDS)


def _differ_by(name: str, other: str, pairs: tuple[tuple[str, str], ...]) -> bool:
    ways = (way for pair in pairs for way in (pair, pair[::-1]))
    return any(
        name.replace(one, another, 1) == other if one else f"{another}{name}" == other
        for one, another in ways
    )

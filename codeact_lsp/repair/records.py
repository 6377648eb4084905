"""How often each rule was right where it was met, and which of them that lets be preferred."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

# What is thought of a rule that was not met: that it is about as good as they all are. The weight
# is that of so many meetings, so that one good or bad day makes no rule.
_USUAL = 0.9
_WEIGHT = 10
_LEAST = 0.88


def is_reliable(rule: str, own: tuple[int, int] = (0, 0)) -> bool:
    """Whether a rule's record lets its fixes be applied without asking.

    Args:
        rule: Its name; of a lesson with its number behind a colon.
        own: The record of the lesson itself. What all lessons have shown is then what is thought of
            one that was not met.
    """
    kind, is_lesson, _ = rule.partition(":")
    right, met = _records().get(kind, (0, 0))
    if is_lesson:
        usual = right / met if met else _USUAL
        right, met = own
    else:
        usual = _USUAL
    return (right + usual * _WEIGHT) / (met + _WEIGHT) >= _LEAST


@cache
def _records() -> Mapping[str, tuple[int, int]]:
    """Of each rule how many of its fixes were right, and of how many."""
    text = resources.files(__package__).joinpath("records.toml").read_text("utf-8")
    table: Mapping[str, list[int]] = tomllib.loads(text)
    return {rule: (counts[0] + counts[2], counts[1] + counts[3]) for rule, counts in table.items()}

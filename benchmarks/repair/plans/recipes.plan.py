"""What has to be bought for so many guests, and what does it cost?"""

import math
from dataclasses import dataclass, field
from fractions import Fraction

TEXT = """# Soup 4
carrot 3/4 kg
onion 2 pcs
# Bread 8
flour 1 kg
onion 1 pcs
"""
PRICES = {"carrot": 2.4, "onion": 0.3, "flour": 1.1}


@dataclass
class Recipe:
    """A dish, for how many it is, and what it takes."""

    name: str
    serves: int
    parts: dict[str, Fraction] = field(default_factory=dict)


def recipes() -> list[Recipe]:
    """The dishes of the text."""
    found: list[Recipe] = []
    for line in TEXT.splitlines():
        words = line.split()
        if words[0] == "#":
            found.append(Recipe(words[1], int(words[2])))
        else:
            found[-1].parts[words[0]] = Fraction(words[1])
    return found


def guests() -> int:
    """How many come."""
    return 10


def scaled(recipes: list[Recipe], guests: int) -> list[Recipe]:
    """The dishes for that many."""
    result = []
    for recipe in recipes:
        factor = Fraction(guests, recipe.serves)
        parts = {name: amount * factor for name, amount in recipe.parts.items()}
        result.append(Recipe(recipe.name, guests, parts))
    return result


def shopping(scaled: list[Recipe]) -> dict[str, Fraction]:
    """How much of each is needed."""
    needed: dict[str, Fraction] = {}
    for recipe in scaled:
        for name, amount in recipe.parts.items():
            needed.setdefault(name, Fraction(0))
            needed[name] += amount
    return needed


def packs(shopping: dict[str, Fraction]) -> list[tuple[str, int]]:
    """What is bought, in whole packs, by name."""
    return sorted((name, math.ceil(amount)) for name, amount in shopping.items())


def cost(packs: list[tuple[str, int]]) -> float:
    """What that costs."""
    return sum(PRICES[name] * count for name, count in packs)


def note(packs: list[tuple[str, int]], cost: float, scaled: list[Recipe]) -> str:
    """The list for the shop."""
    heading = " and ".join(recipe.name.lower() for recipe in scaled)
    lines = [f"{count} x {name}" for name, count in packs]
    return "\n".join([heading, *lines, f"{cost:.2f} in all"])

"""Plans of any size, the same on every machine: what the benchmarks read and edit."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

_SEED = 20_260
_SUBJECTS = "orders sales stock returns visits costs margin budget demand freight claims wages"
_STEPS = "loaded cleaned joined scaled ranked smoothed weighted grouped totals forecast"
# What a node of each type returns.
_RESULTS = {
    "float": "level if level > THRESHOLD else 0.0",
    "list[float]": "[level * month / 12 for month in Window().months()]",
    "dict[str, float]": "{region: level / (1 + at) for at, region in enumerate(REGIONS)}",
}
_NODES_PER_HELPER = 10
_LINE_LENGTH = 100
# How far back a node looks for what it depends on: plans are layered, not shuffled.
_REACH_BACK = 30

_HEAD = '''"""Which regions grew last month, and by how much?"""

import math
from dataclasses import dataclass
from statistics import fmean

THRESHOLD = 0.25
REGIONS = ("north", "south", "east", "west")


@dataclass(frozen=True)
class Window:
    """The months that a figure is about."""

    first: int = 1
    last: int = 12

    def months(self) -> list[int]:
        """Every month of the window."""
        return list(range(self.first, self.last + 1))
'''


@dataclass(frozen=True)
class _Value:
    """What a node is given: the value of another node, or an input, which has a default."""

    name: str
    type: str
    default: str = ""

    @property
    def parameter(self) -> str:
        """How the node asks for it."""
        return f"{self.name}: {self.type}{self.default}"

    @property
    def figures(self) -> str:
        """The numbers in it, as items of a list."""
        match self.type:
            case "list[float]":
                return f"*{self.name}"
            case "dict[str, float]":
                return f"*{self.name}.values()"
            case _:
                return self.name


def plan_text(nodes: int) -> str:
    """A plan of that many nodes, about ten lines each, without a problem in it.

    It needs nothing but the standard library, so that a server which runs the file can do so.
    """
    return "\n\n".join([_HEAD, *_definitions(nodes)])


def _definitions(nodes: int) -> Iterator[str]:
    random = Random(_SEED)  # noqa: S311 - has to repeat itself.
    made: list[_Value] = []
    for number in range(nodes):
        if number % _NODES_PER_HELPER == 0:
            yield _helper(number, random)
        near = made[-_REACH_BACK:]
        given = random.sample(near, min(len(near), random.choice((1, 1, 2, 2, 3))))
        if not given or _once_in(5, random):
            given.append(_Value(f"limit_{number:04}", "int", f" = {random.randint(1, 50)}"))
        node = _Value(_name(number, random), random.choice(list(_RESULTS)))
        yield _head(node, given) + _docstring(node, given, random) + _body(node, given, number)
        made.append(node)


def _name(number: int, random: Random) -> str:
    return f"{random.choice(_SUBJECTS.split())}_{random.choice(_STEPS.split())}_{number:04}"


def _helper(number: int, random: Random) -> str:
    most = random.randint(10, 999)
    return f"""def _bounded_{number:04}(value: float, most: float = {most}.0) -> float:
    # A single wild value must not decide the month.
    if math.isnan(value):
        return 0.0
    return max(-most, min(most, value))
"""


def _head(node: _Value, given: list[_Value]) -> str:
    line = f"def {node.name}({', '.join(each.parameter for each in given)}) -> {node.type}:\n"
    if len(line) <= _LINE_LENGTH:
        return line
    parameters = "".join(f"    {each.parameter},\n" for each in given)
    return f"def {node.name}(\n{parameters}) -> {node.type}:\n"


def _docstring(node: _Value, given: list[_Value], random: Random) -> str:
    subject, step, _ = node.name.split("_")
    summary = f"The {subject} of the month, {step}."
    sections = "\n".join(_sections(given, random))
    if not sections:
        return f'    """{summary}"""\n'
    return f'    """{summary}\n\n{sections}    """\n'


def _sections(given: list[_Value], random: Random) -> Iterator[str]:
    if _once_in(6, random):
        about = "".join(f"        {each.name}: One figure a region.\n" for each in given)
        yield f"    Args:\n{about}"
        yield "    Returns:\n        In thousands of euros.\n"
    if lines := "".join(_directives(given, random)):
        yield lines


def _directives(given: list[_Value], random: Random) -> Iterator[str]:
    if not given[0].default and _once_in(20, random):
        yield f"    After: {given[0].name}\n"
    if _once_in(10, random):
        yield f"    Timeout: {random.randint(5, 60)} s\n"
    if _once_in(20, random):
        yield f"    Retries: {random.randint(1, 3)}\n"


def _once_in(times: int, random: Random) -> bool:
    return random.randrange(times) == 0


def _body(node: _Value, given: list[_Value], number: int) -> str:
    """Statements that make a value of the node's type of what it is given."""
    helper = f"_bounded_{number - number % _NODES_PER_HELPER:04}"
    figures = ", ".join(each.figures for each in given)
    return (
        f"    figures = [{figures}]\n"
        f"    level = {helper}(fmean(figures) + {number % 7}.5)\n"
        f"    return {_RESULTS[node.type]}\n"
    )

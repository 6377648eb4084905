"""The payloads: each public function of a `*.plan.py` here is one, and its docstring says what.

They are plans as any other, with what they attack as inputs. To tell who it was, a payload leaves
its own name behind: in a file, in a message, as the name of a process.
"""

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_FOLDER = Path(__file__).parent
_UNCONFINED = re.compile(r"^\s*Unconfined: (.+)$", re.MULTILINE)
_FREE = re.compile(r"^\s*Free: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Attack:
    """A payload.

    Attributes:
        name: That of its function.
        unconfined: Why its effect cannot be seen where nothing is confined; empty if it can.
        free: The level from which on it does no harm and needs not be held.
    """

    name: str
    unconfined: str = ""
    free: str = ""

    @property
    def is_harmless(self) -> bool:
        """Whether it may be run where nothing is confined."""
        return not self.unconfined.startswith("never")


@dataclass(frozen=True)
class PayloadPlan:
    """A plan of payloads of one class."""

    path: Path

    @property
    def name(self) -> str:
        """The class."""
        return self.path.name.removesuffix(".plan.py")

    @cached_property
    def text(self) -> str:
        """The plan."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def attacks(self) -> tuple[Attack, ...]:
        """All payloads of it. Who prepares or uses one, or only looks on, is none itself."""
        return tuple(
            _attack(function.name, ast.get_docstring(function) or "")
            for function in self._nodes
            if not function.name.startswith(_HELPERS)
        )

    @property
    def nodes(self) -> list[str]:
        """All nodes, those that prepare, use or look on among them."""
        return [node.name for node in self._nodes]

    @cached_property
    def harmless(self) -> tuple[str, ...]:
        """The nodes that may be run where nothing is confined."""
        harmful = {attack.name for attack in self.attacks if not attack.is_harmless}
        takes = {node.name: {argument.arg for argument in node.args.args} for node in self._nodes}
        return tuple(node for node, taken in takes.items() if not harmful & {node, *taken})

    @cached_property
    def _nodes(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        functions = (part for part in ast.parse(self.text).body if isinstance(part, _FUNCTIONS))
        return [function for function in functions if not function.name.startswith("_")]


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_HELPERS = ("prepares_", "uses_", "witness_")


def _attack(name: str, docstring: str) -> Attack:
    said = (pattern.search(docstring) for pattern in (_UNCONFINED, _FREE))
    return Attack(name, *(found[1] if found else "" for found in said))


PLANS = tuple(map(PayloadPlan, sorted(_FOLDER.glob("*.plan.py"))))
"""All classes."""

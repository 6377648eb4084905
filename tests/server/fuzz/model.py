"""A small plan as data: its text, random edits of it, and what each node makes of it, naively."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

# What a node may add to the sum of what it takes, and how Python says that it fails.
_SUMMANDS = {
    "fine": "1",
    "helped": "_h(1)",
    "zero": "1 // 0",
    "name": "missng",  # `missing` is there, so a repair is looked for.
}
_FAILURES = {
    "zero": "ZeroDivisionError: integer division or modulo by zero",
    "name": "NameError: name 'missng' is not defined",
}
_DEFAULT_K = 2


@dataclass(frozen=True)
class Node:
    """One node: the sum of what it takes, of `plus`, and of a summand that may fail."""

    name: str
    takes: tuple[str, ...] = ()
    plus: int = 0
    summand: str = "fine"
    has_input: bool = False
    comments: int = 0
    broken: bool = False

    @property
    def text(self) -> str:
        parameters = ", ".join((*self.takes, *(["k=2"] if self.has_input else [])))
        comments = "".join(f"    # {number} ü📦\n" for number in range(self.comments))
        summands = [*self.takes, *(["k"] if self.has_input else []), str(self.plus)]
        total = " + ".join([*summands, _SUMMANDS[self.summand]])
        colon = "" if self.broken else ":"
        return f"def {self.name}({parameters}){colon}\n{comments}    return {total}\n\n"


@dataclass(frozen=True)
class Made:
    """What a node makes: a value, a failure, or nothing since others failed."""

    value: int | None = None
    failure: str | None = None
    roots: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Model:
    """A plan; every edit makes a new one."""

    nodes: tuple[Node, ...]
    helper: int = 0
    names: int = 5

    @classmethod
    def of_chance(cls, chance: random.Random) -> "Model":
        """A plan of a few nodes, each taking some of those before it."""
        nodes: list[Node] = []
        for number in range(chance.randint(2, 5)):
            before = [node.name for node in nodes]
            takes = chance.sample(before, chance.randint(0, min(2, len(before))))
            summand = chance.choice(["fine", "fine", "helped", "helped", "zero", "name"])
            nodes.append(Node(f"n{number}", tuple(takes), number, summand, chance.random() < 0.4))
        return cls(tuple(nodes))

    @property
    def text(self) -> str:
        head = f"missing = 1\n\ndef _h(x):\n    return x + {self.helper}\n\n"
        return head + "".join(node.text for node in self.nodes)

    def made(self, inputs: Mapping[str, int]) -> dict[str, Made]:
        """What each node makes that can run, evaluated one after the other."""
        known = {node.name: node for node in self.nodes if not node.broken}
        made: dict[str, Made] = {}
        while ready := [
            node
            for name, node in known.items()
            if name not in made and all(other in made for other in node.takes)
        ]:
            for node in ready:
                made[node.name] = self._made(node, made, inputs)
        return made

    def _made(self, node: Node, made: Mapping[str, Made], inputs: Mapping[str, int]) -> Made:
        before = [(name, made[name]) for name in node.takes]
        roots = frozenset(name for name, other in before if other.failure)
        roots = roots.union(*(other.roots for _, other in before))
        if roots:
            return Made(roots=roots)
        if node.summand in _FAILURES:
            return Made(failure=_FAILURES[node.summand])
        own = 1 + (self.helper if node.summand == "helped" else 0)
        given = inputs.get("k", _DEFAULT_K) if node.has_input else 0
        return Made(value=sum(other.value or 0 for _, other in before) + given + node.plus + own)

    def failing(self, name: str) -> str:
        """The expression that fails in a node."""
        return next(_SUMMANDS[node.summand] for node in self.nodes if node.name == name)

    def edited(self, chance: random.Random) -> "Model":
        """The plan after one random edit."""
        edits: list[Callable[[random.Random], Model]] = [
            self._changed, self._changed, self._mended, self._commented, self._helped,
            self._renamed, self._renamed_alone, self._moved, self._dropped, self._added,
            self._broken,
        ]  # fmt: skip
        return chance.choice(edits)(chance)

    def _changed(self, chance: random.Random) -> "Model":
        return self._with(chance, plus=chance.randint(0, 2))

    def _mended(self, chance: random.Random) -> "Model":
        return self._with(chance, summand=chance.choice([*_SUMMANDS]), broken=False)

    def _commented(self, chance: random.Random) -> "Model":
        return self._with(chance, comments=chance.randint(0, 3))

    def _broken(self, chance: random.Random) -> "Model":
        mended = replace(self, nodes=tuple(replace(node, broken=False) for node in self.nodes))
        return mended if chance.random() < 0.7 else self._with(chance, broken=True)

    def _helped(self, chance: random.Random) -> "Model":
        return replace(self, helper=chance.randint(0, 1))

    def _renamed(self, chance: random.Random) -> "Model":
        """A node under another name, and all that take it with it."""
        old, new = chance.choice(self.nodes).name, f"n{self.names}"
        nodes = (
            replace(
                node,
                name=new if node.name == old else node.name,
                takes=tuple(new if name == old else name for name in node.takes),
            )
            for node in self.nodes
        )
        return replace(self, nodes=tuple(nodes), names=self.names + 1)

    def _renamed_alone(self, chance: random.Random) -> "Model":
        """The same in the middle of being typed: what takes it lacks it now."""
        renamed = self._with(chance, name=f"n{self.names}")
        return replace(renamed, names=self.names + 1)

    def _moved(self, chance: random.Random) -> "Model":
        nodes = list(self.nodes)
        nodes.insert(chance.randrange(len(nodes)), nodes.pop(chance.randrange(len(nodes))))
        return replace(self, nodes=tuple(nodes))

    def _dropped(self, chance: random.Random) -> "Model":
        gone = chance.randrange(len(self.nodes))
        kept = self.nodes[:gone] + self.nodes[gone + 1 :]
        return replace(self, nodes=kept or self.nodes)

    def _added(self, chance: random.Random) -> "Model":
        takes = (chance.choice(self.nodes).name,)
        node = Node(f"n{self.names}", takes, chance.randint(0, 2))
        return replace(self, nodes=(*self.nodes, node), names=self.names + 1)

    def _with(self, chance: random.Random, **changes: object) -> "Model":
        at = chance.randrange(len(self.nodes))
        nodes = list(self.nodes)
        nodes[at] = replace(nodes[at], **changes)  # type: ignore[arg-type]  # fields of a node
        return replace(self, nodes=tuple(nodes))

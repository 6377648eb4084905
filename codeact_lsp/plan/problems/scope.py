"""What a check of one node may know of the rest of the plan."""

from collections.abc import Collection

from codeact_lsp.plan.annotations.names import Names
from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.spelling import closest
from codeact_lsp.plan.table import NodeTable

# Asked for by a check whose finding depends on which nodes there are, and not on one of them.
ALL_NAMES = "*"
# Asked for by a check whose finding depends on what the plan's names stand for in annotations.
MEANINGS = "="


class Scope:
    """Answers questions, and remembers in `asked` which names they were about.

    What a check found of an unchanged node holds until the answer about one of them changes.
    """

    def __init__(
        self,
        table: NodeTable,
        given: Collection[str],
        broken: Collection[str],
        names: Names,
    ) -> None:
        self.asked: set[str] = set()
        self._names = names
        self._table = table
        self._given = given
        self._broken = broken

    def node(self, name: str) -> Node | None:
        """The node of that name. Only its `face` may be looked at: what callers can rely on."""
        self.asked.add(name)
        return self._table.nodes.get(name)

    def is_given(self, name: str) -> bool:
        """Whether an input of that name has a value from outside the plan."""
        self.asked.add(name)
        return name in self._given

    def is_broken(self, name: str) -> bool:
        """Whether a node of that name seems to stand where the text does not parse."""
        self.asked.add(name)
        return name in self._broken

    @property
    def names(self) -> Names:
        """What the names of the plan stand for in annotations."""
        self.asked.add(MEANINGS)
        return self._names

    def closest(self, name: str, excluded: Collection[str] = ()) -> str | None:
        """The node that `name` is most likely a misspelling of, if one is close."""
        self.asked.add(ALL_NAMES)
        near = self._table.spellings.near(name)
        return closest(name, (other for other in near if other not in excluded))

"""What the checks found, piece by piece, in blocks: an edit of a long plan costs only its own."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.rope import Block, Rope


@dataclass(frozen=True, slots=True)
class Found:
    """What the checks of one piece and its nodes found, and the names that they asked about."""

    problems: tuple[Problem, ...]
    asked: frozenset[str]


class FoundBlock(Block[Found]):
    """What was found of some pieces in a row."""

    @cached_property
    def asked(self) -> frozenset[str]:
        """All that the checks of any of them asked about."""
        return frozenset().union(*(each.asked for each in self))

    @cached_property
    def telling(self) -> tuple[int, ...]:
        """Those, counted from the first, of which there is something to tell."""
        return tuple([at for at, each in enumerate(self) if each.problems])


class Findings(Rope[Found]):
    """What was found of each piece; never changed."""

    block = FoundBlock
    blocks: tuple[FoundBlock, ...]

    @property
    def problems(self) -> Iterator[tuple[int, Problem]]:
        """All problems, in order and each with the index of its piece."""
        for first, block in zip(self.firsts, self.blocks, strict=False):
            for at in block.telling:
                yield from ((first + at, problem) for problem in block[at].problems)

    def asking(self, names: Collection[str]) -> Iterator[int]:
        """The pieces whose checks asked about one of `names`."""
        for first, block in zip(self.firsts, self.blocks, strict=False):
            if names and not block.asked.isdisjoint(names):
                for at, found in enumerate(block, first):
                    if not found.asked.isdisjoint(names):
                        yield at

    def updated(self, found: Mapping[int, Found]) -> "Findings":
        """The findings in which those of some pieces are others."""
        blocks = list(self.blocks)
        for index in {self.block_of(number) for number in found}:
            old = enumerate(blocks[index], self.firsts[index])
            blocks[index] = FoundBlock([found.get(number, kept) for number, kept in old])
        return Findings(blocks)

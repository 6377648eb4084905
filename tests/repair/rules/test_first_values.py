"""A key that is met for the first time."""

import pytest

from codeact_lsp.repair.rules.first_values import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_group(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            groups: dict[str, list[int]] = {}
            groups["x"].append(1)
            return groups
        """,
        "Write 'groups.setdefault(\"x\", [])'",
        """
        def a() -> object:
            groups: dict[str, list[int]] = {}
            groups.setdefault("x", []).append(1)
            return groups
        """,
    )


async def test_a_count(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            counts: dict[str, int] = {}
            for word in "aba":
                counts[word] += 1
            return counts
        """,
        "Write 'counts[word] = counts.get(word, 0) + 1'",
        """
        def a() -> object:
            counts: dict[str, int] = {}
            for word in "aba":
                counts[word] = counts.get(word, 0) + 1
            return counts
        """,
    )


async def test_one_more_of_the_class_in_a_tree(bench: Bench) -> None:
    await bench.check_first(
        """
        class Trie:
            def __init__(self) -> None:
                self.children = {}

            def insert(self, word: str) -> int:
                node = self
                for char in word:
                    node = node.children[char]
                return len(self.children)

        def a() -> object:
            return Trie().insert("ab")
        """,
        "node.children[char]",
        "node.children.setdefault(char, Trie())",
    )


async def test_a_key_that_is_asked_for(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            seen = {}
            return seen["x"] is not None
        """,
        'seen["x"]',
        'seen.get("x")',
    )


async def test_what_is_looked_for_under_a_key(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            groups = {}
            if "n" not in groups["x"]:
                groups["x"]["n"] = 3
            return groups
        """,
        'in groups["x"]:',
        'in groups.setdefault("x", {}):',
    )


async def test_a_way_that_ends(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(word: str = "ab") -> object:
            node = {"a": {}}
            for char in word:
                node = node[char]
            return "end" in node
        """,
        "        node = node[char]",
        "        if char not in node:\n            return False\n        node = node[char]",
    )


async def test_a_lookup_alone_in_its_line_was_to_put_something_there(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(words: str = "x y x") -> dict:
            counts = {}
            for word in words.split():
                counts[word]
                counts[word] += 1
            return counts
        """,
        "counts[word]\n",
        "counts.setdefault(word, 0)\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_what_a_variable_is_asked_for_afterwards(bench: Bench) -> None:
    await bench.check_first(
        """
        _NOT = object()

        def a() -> object:
            known, found = {}, []
            for key in ("a", "b", "a"):
                made = known[key]
                if made is _NOT:
                    known[key] = key.upper()
                    found.append(key)
            return found
        """,
        "known[key]\n        if",
        "known.get(key, _NOT)\n        if",
    )


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                'def a(name: str = "rc", names: dict = {"c": "rc", "pre": "rc"}):\n'
                "    name = names[name]\n"
                "    return name\n"
            ),
            "names[name]",
            "names.get(name, name)",
        ),
    ],
)
async def test_the_key_as_it_is(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)

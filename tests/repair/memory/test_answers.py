"""What mended the very code that failed is done once more, wherever and whatever it was."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.plan import Plan, Span
from codeact_lsp.repair.candidates import ACCEPTED
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.file import NAME
from codeact_lsp.repair.memory.lessons import Lessons
from codeact_lsp.repair.memory.recall import Recall
from codeact_lsp.repair.proposing import recalled

FILE = Path("/plans/it.plan.py")


@dataclass(frozen=True)
class Failed:
    """A plan, and the part of it that failed."""

    text: str
    place: str
    message: str = "'list' object has no attribute 'size'"
    type: str = "AttributeError"

    @property
    def plan(self) -> Plan:
        """The plan."""
        return Plan.from_text(self.text)

    @property
    def error(self) -> CodeError:
        """What happened, in the last node."""
        start = self.text.index(self.place)
        node = list(self.plan.nodes)[-1]
        span = Span(start, start + len(self.place))
        return CodeError(node, self.type, self.message, "user", span)

    def mended(self, memory: Memory, *changes: tuple[str, str]) -> str:
        """Have it mended; what has become of it."""
        after = self.text
        for old, new in changes:
            after = after.replace(old, new)
        lessons = Lessons(memory)
        lessons.failed(FILE, self.plan, self.error)
        lessons.worked(FILE, Plan.from_text(after), self.error.node)
        return after

    def first(self, memory: Memory) -> tuple[str, float]:
        """What memory proposes first for it, and how likely that is."""
        first, *_ = recalled(self.plan, self.error, [Recall(memory).candidates])
        return first.edit.apply(self.text), first.likely


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """One that has learnt nothing."""
    return Memory(tmp_path)


CODE = '''\
import json
import csv

LIMIT = 3
NAMES = ["a", "b"]


def load(path: str):
    """Load it.

    Timeout: 5 s
    """
    rows = []  # what was read
    for line in open(path):
        rows.append(line)
        if len(rows) > LIMIT:
            break
    else:
        print(f"all {len(rows)} of {path}")
    return rows


def count(load, names=NAMES):
    first = load[0]
    if first: return first.size()
    total = sum(
        len(each)  # as text
        for each in load
    )
    return total + load.size()
'''


@pytest.mark.parametrize(
    "changes",
    [
        [("first.size()", "len(first)"), ("load.size()", "len(load)")],
        [("first = load[0]", "first = load[0]\n    first = first.strip()")],
        [("    first = load[0]\n", ""), ("if first: return first.size()", "first = load[1]")],
        [("    return total + load.size()\n", "    total += len(load)\n    return total\n")],
        [
            ("rows.append(line)", "rows.append(line.strip())"),
            ("break", "print(1)\n            break"),
        ],
        [("LIMIT = 3", "LIMIT = 30")],
        [('NAMES = ["a", "b"]', 'NAMES = ["a", "b", "customer"]')],
        [("import csv\n", "import csv\nfrom math import fsum\n"), ("sum(\n", "fsum(\n")],
        [("import json\n", "import json as j\n")],
        [("load.size()", "len(load) + int('4111-1111-1111-1111'[:2])")],
        [('f"all {len(rows)} of {path}"', 'f"all {len(rows):>5} in {path!r}"')],
        [("len(rows) > LIMIT", "len(rows) > LIMIT or not line")],
    ],
)
def test_the_same_change_comes_first(memory: Memory, changes: list[tuple[str, str]]) -> None:
    failed = Failed(CODE, "load.size()")
    after = failed.mended(memory, *changes)
    assert after != CODE
    text, likely = failed.first(memory)
    assert (Plan.from_text(text).code_keys, likely) == (Plan.from_text(after).code_keys, ACCEPTED)
    assert text.count("#") == CODE.count("#")


def test_in_another_plan_with_other_names_and_other_imports_it_does_too(memory: Memory) -> None:
    before = (
        "from math import fsum\n\n\ndef total(rows):\n"
        "    done = [row for row in rows]\n    return fsum(done) + done.size() + rows.size()\n"
    )
    Failed(before, "done.size()").mended(
        memory, ("done.size()", "len(done)"), ("rows.size()", "len(rows)")
    )
    other = (
        "import json\nfrom math import fsum\n\n\ndef sum_of(items):\n"
        "    them = [i for i in items]\n    return fsum(them) + them.size() + items.size()\n"
    )
    text, likely = Failed(other, "them.size()").first(memory)
    assert text == other.replace("them.size()", "len(them)").replace("items.size()", "len(items)")
    assert likely == ACCEPTED


def test_a_name_of_the_plans_own_may_be_that_of_a_builtin(memory: Memory) -> None:
    before = "def f(rows):\n    sum = rows.size()\n    return sum + rows.size()\n"
    Failed(before, "rows.size()").mended(memory, ("rows.size()", "len(rows)"))
    text, likely = Failed(before.replace("sum", "total"), "rows.size()").first(memory)
    assert text.count("len(rows)") == 2
    assert likely == ACCEPTED


def test_what_has_other_literals_is_only_like_it(memory: Memory) -> None:
    before = "def f(row):\n    a = row['net'] + 1\n    return a.size() + row['net'].size()\n"
    change = ("a.size()", "len(row['net'])"), ("row['net'].size()", "a")
    Failed(before, "a.size()").mended(memory, *change)
    text, likely = Failed(before.replace("net", "gross"), "a.size()").first(memory)
    assert "len(row['gross'])" in text
    assert likely < ACCEPTED


def test_an_import_that_failed_is_mended_in_the_same_way(memory: Memory) -> None:
    text = "from collections import Counter, defalutdict\nimport jsn\n\n\ndef f(x):\n    return x\n"
    failed = Failed(text, "import jsn", "No module named 'jsn'", "ModuleNotFoundError")
    after = failed.mended(memory, ("import jsn", "import json"), ("defalutdict", "defaultdict"))
    assert failed.first(memory) == (after, ACCEPTED)
    gone = Failed(text, "import jsn", "cannot import name 'x'", "ImportError")
    after = gone.mended(memory, ("import jsn\n", ""))
    assert gone.first(memory) == (after, ACCEPTED)


def test_the_last_change_counts(memory: Memory) -> None:
    failed = Failed(CODE, "load.size()")
    failed.mended(memory, ("load.size()", "load.count(1)"))
    after = failed.mended(memory, ("load.size()", "len(load)"))
    assert failed.first(memory) == (after, ACCEPTED)


def test_of_two_attempts_the_whole_way_is_learnt_and_each_step(memory: Memory) -> None:
    first = Failed("def f(rows):\n    n = rows.size()\n    return 'n: ' + n\n", "rows.size()")
    second = Failed(
        first.text.replace("rows.size()", "len(rows)"), "'n: ' + n", "no str", "TypeError"
    )
    lessons, after = Lessons(memory), second.text.replace("'n: ' + n", "f'n: {n}'")
    for each in (first, second):
        lessons.failed(FILE, each.plan, each.error)
    lessons.worked(FILE, Plan.from_text(after), "f")
    assert first.first(memory) == (after, ACCEPTED)
    assert second.first(memory) == (after, ACCEPTED)
    other = Failed("def g(table):\n    return table.size() * 2\n", "table.size()")
    assert other.first(memory)[0] == "def g(table):\n    return len(table) * 2\n"


@pytest.mark.parametrize(
    "new", ["4929 1231 9981 1", "ada.lovelace@example.org", "/home/ada/secret-plans.csv"]
)
def test_what_came_of_texts_and_was_none_of_the_code_is_not_to_be_read(
    memory: Memory, tmp_path: Path, new: str
) -> None:
    failed = Failed(CODE, "load.size()")
    after = failed.mended(memory, ("load.size()", f"max(names[{new!r}], f'{new} {{load}}')"))
    assert failed.first(memory) == (after, ACCEPTED)
    assert new.encode() not in (tmp_path / NAME).read_bytes()
    assert b"as text" not in (tmp_path / NAME).read_bytes()


@pytest.mark.parametrize(
    "new", ["connect(password='hunter2000')", "'ghp_16C7e42F292c6912E7710c838347Ae178B4a'"]
)
def test_a_secret_that_came_is_not_even_sealed(memory: Memory, new: str) -> None:
    Failed(CODE, "load.size()").mended(memory, ("load.size()", new))
    assert memory.answers.all() == []


def test_a_name_that_came_and_is_something_else_elsewhere_is_not_taken(memory: Memory) -> None:
    text = "def f(rows):\n    a = rows.size()\n    return a\n"
    Failed(text, "rows.size()").mended(memory, ("a = rows.size()", "n = 1\n    a = n"))
    other = Failed("def f(n):\n    a = n.size()\n    return a\n", "n.size()")
    assert not recalled(other.plan, other.error, [Recall(memory).candidates])


def test_nothing_fits_where_the_secret_is_another_one(memory: Memory, tmp_path: Path) -> None:
    failed = Failed(CODE, "load.size()")
    failed.mended(memory, ("load.size()", "names['4929 1231 9981 1']"), ("break", "continue"))
    (tmp_path / "key").unlink()
    made = recalled(failed.plan, failed.error, [Recall(Memory(tmp_path)).candidates])
    assert not any(each.likely == ACCEPTED for each in made)


@pytest.mark.parametrize("change", ["", "[]", '{"steps": [[[], 1, ["x"]]], "gone": [], "come": []}',
    '{"steps": [[[["body", 9]], 1, ["x y"]]], "gone": [], "come": []}',
    '{"steps": [[[["body", 0], ["no", 1]], 1, ["x"]]], "gone": [], "come": []}',
    '{"steps": [[[["body", 0]], 1, ["_99_"]]], "gone": [], "come": []}',
    '{"steps": [[[["body", 0]], 1, ["\'_99s_\'"]]], "gone": [], "come": []}',
    '{"steps": [], "gone": [["no", "such", ""]], "come": []}',
])  # fmt: skip
def test_an_answer_that_says_nothing_is_left_out(memory: Memory, change: str) -> None:
    failed = Failed(CODE, "load.size()")
    failed.mended(memory, ("break", "continue"))
    (kept,) = memory.answers.all()
    memory.answers.forget(kept.number)
    memory.answers.learn(replace(kept.answer, change=change))
    made = recalled(failed.plan, failed.error, [Recall(memory).candidates])
    assert not any(each.rule.startswith("memory-answer") for each in made)


def test_what_was_imported_for_others_at_once_is_no_part_of_it(memory: Memory) -> None:
    rest = "import os\n\ndef one(row):\n    return json.dumps(row)\n"
    both = Failed(rest, "json", "name 'json' is not defined", "NameError")
    both.mended(memory, ("import os\n", "import os\nimport math\nimport json\n"))
    assert both.first(memory) == (rest.replace("os\n", "os\nimport json\n"), ACCEPTED)


def test_an_import_that_no_name_tells_of_is_a_part_of_it(memory: Memory) -> None:
    text = "import os\n\ndef one(row):\n    return row.size\n"
    failed = Failed(text, "row.size")
    after = failed.mended(memory, ("import os\n", "import os\nimport sizes\n"))
    assert failed.first(memory) == (after, ACCEPTED)

"""Functions of a plan that are no nodes, and explain by themselves why a call of them failed."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import check_blame, check_no_blame

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def test_a_method_that_takes_no_object(engine: Engine, tmp_path: Path) -> None:
    text = """
    class Box:
        width = 2

        def «area»(height):
            return 2 * height

    def size():
        return Box().area(3)
    """
    message = "'area' does not take the object that it is called on."
    await check_blame(engine, tmp_path, text, message, likely=True)


async def test_a_class_that_does_not_keep_what_it_is_given(engine: Engine, tmp_path: Path) -> None:
    text = """
    class Box:
        def «__init__»(self, width, height):
            self.height = height

    def box():
        return Box(2, 3)

    def size(box):
        return box.width * box.height
    """
    await check_blame(
        engine, tmp_path, text, "'Box' is given 'width' here, and does not keep it.", likely=False
    )


async def test_a_helper_that_returns_nothing(engine: Engine, tmp_path: Path) -> None:
    text = """
    def size():
        return _doubled(3) + 1

    def _doubled(n):
        «print(2 * n)»
    """
    await check_blame(
        engine, tmp_path, text, "'_doubled' ends here without a return of a value.", likely=False
    )


async def test_an_attribute_that_is_set_to_nothing(engine: Engine, tmp_path: Path) -> None:
    text = """
    class Log:
        def __init__(self):
            «self.lines = None»

        def add(self, line):
            self.lines.append(line)

    def log():
        log = Log()
        log.add("x")
        return log.lines
    """
    message = "'self.lines' is set to None here, and to nothing else."
    await check_blame(engine, tmp_path, text, message, likely=False)


@pytest.mark.parametrize(
    "text",
    [
        # An attribute that is set to something later.
        """
        class Log:
            def __init__(self):
                self.lines = None

            def open(self):
                self.lines = []

            def add(self, line):
                self.lines.append(line)

        def log():
            log = Log()
            log.add("x")
            return log.lines
        """,
        # A method that takes what it is to take, and is called with one more.
        """
        class Box:
            def area(self, height):
                return 2 * height

        def size():
            return Box().area(3, 4)
        """,
        # A helper that may well return something.
        """
        def size():
            return _found([]) + 1

        def _found(rows):
            if rows:
                return rows[0]
        """,
        # An attribute that the class was never given.
        """
        class Box:
            def __init__(self, width):
                self.width = width

        def size():
            return Box(2).depth
        """,
        # Two functions of that name.
        """
        def size():
            return _one(3) + 1

        def _one(n):
            print(n)

        class Box:
            def _one(self):
                print(self)
        """,
    ],
)
async def test_whoever_may_be_innocent_is_not_named(
    engine: Engine, tmp_path: Path, text: str
) -> None:
    await check_no_blame(engine, tmp_path, text)


@pytest.mark.parametrize(
    "use",
    [
        "sorted(players, key=lambda name: players[name].score())",
        "max(players, key=lambda name: players[name].score())",
        "_total(players)",
    ],
)
async def test_a_method_that_may_give_nothing_where_its_result_is_used(
    engine: Engine, tmp_path: Path, use: str
) -> None:
    text = f"""
    class Player:
        def __init__(self, points):
            self.points = points

        def score(self):
            if «len(self.points) > 1»:
                return sum(self.points)

    def players():
        return {{"ann": Player([1, 2]), "bob": Player([3])}}

    def _total(players):
        total = 0
        for player in players.values():
            total += player.score()
        return total

    def ranking(players):
        return {use}
    """
    message = "'score' may give nothing after this."
    await check_blame(engine, tmp_path, text, message, likely=False)

"""Problems of what stands beside the nodes: statements that act, and names that clash."""

import pytest

from tests.plan.problems.finding import check_problems, problems


def test_a_statement_that_acts_runs_again_for_every_node() -> None:
    check_problems(
        """
        print("hello")
        ^^^^^^^^^^^^^^ warning module-side-effect: 'print' runs whenever the plan is loaded,
        ... which is once for every node. Move it into a node.
        PAGE = requests.get(URL).json()["page"]
               ^^^^^^^^^^^^^^^^^ warning module-side-effect: 'requests.get' runs whenever the
               ... plan is loaded, which is once for every node. Move it into a node.
        with open("rates.json") as file:
             ^^^^^^^^^^^^^^^^^^ information module-side-effect: 'open' runs whenever the plan is
             ... loaded, which is once for every node. Move it into a node.
            RATES = json.load(file)
        for name in NAMES:
            Path(name).unlink()
            ^^^^^^^^^^^^^^^^^^^ warning module-side-effect: 'Path().unlink' runs whenever the
            ... plan is loaded, which is once for every node. Move it into a node.
        main()
        ^^^^^^ information module-side-effect: 'main' runs whenever the plan is loaded, which is
        ... once for every node. Move it into a node.
        """
    )


@pytest.mark.parametrize(
    "statement",
    [
        '"""A text."""',
        "import sys, os",
        "LIMIT = 3; WORD = re.compile('a+').pattern; HERE = Path(__file__).parent / 'data'",
        "T = TypeVar('T'); Row = namedtuple('Row', 'a b'); log = logging.getLogger(__name__)",
        "@dataclass(frozen=True)\nclass Row:\n    day: int = field(default=1)",
        "if TYPE_CHECKING:\n    print('never')",
        "if typing.TYPE_CHECKING:\n    import pandas",
        "if __name__ == '__main__':\n    print('as a script')",
        "if '__main__' == __name__:\n    main()",
        "sys.path.insert(0, 'lib')",
        "warnings.filterwarnings('ignore')",
        "os.environ['TOKENIZERS_PARALLELISM'] = 'false'",
        "pd.set_option('display.max_rows', 10); matplotlib.use('Agg'); np.random.seed(3)",
        "load_dotenv()",
        "logging.basicConfig(level=10)",
        "try:\n    import tomllib\nexcept ImportError:\n    print('too old')\n    raise",
        "SQUARES = {}\nfor n in range(9):\n    SQUARES[n] = n * n",
        "NAMES = []\nfor n in 'ab':\n    NAMES.append(n.upper())",
        "with suppress(ImportError):\n    import pandas",
        "show = lambda: print('later')",
        "def _helper(): print('later')",
        "assert sys.version_info >= (3, 11)",
        "x: int = 3\nx += 1\ndel x",
    ],
)
def test_definitions_and_preparations_are_no_effects(statement: str) -> None:
    assert problems(f"{statement}\n") == []


def test_deep_expressions_are_read_without_recursion() -> None:
    text = "x = " + "+".join(["1"] * 900) + "\nprint" + "()" * 90 + "\n"
    assert [problem.code for problem in problems(text)] == ["module-side-effect"]


def test_a_node_named_like_a_builtin_that_the_plan_uses_is_in_its_way() -> None:
    check_problems(
        """
        def total(rows): return sum(rows)
                                ^^^ (shadowed-name) Here 'sum' is the node.
        def sum(total): return total
            ^^^ warning shadowed-name: Node 'sum' hides Python's own 'sum', which the plan uses.
            ... Rename the node.
        def filter(sum): return sum
            ^^^^^^ hint shadowed-name: Node 'filter' hides Python's own 'filter' from the rest
            ... of the plan.
        """,
        given=["rows"],
    )


def test_a_node_takes_the_place_of_an_import() -> None:
    check_problems(
        """
        import pandas as pd, json
        ^^^^^^^^^^^^^^^^^^^^^^^^^ (shadowed-name) Imported here as 'json'.
        def json(): return pd.DataFrame().json
            ^^^^ warning shadowed-name: Node 'json' and what is imported as 'json' take each
            ... other's place.
        """
    )


def test_a_parameter_is_not_called_in_place_of_the_builtin_of_its_name() -> None:
    check_problems(
        """
        from collections.abc import Callable
        def rows(list, max, filter: Callable, size=1): return list(range(max)), filter(size)
                 ^^^^ warning shadowed-name: In 'rows', 'list(...)' calls this value and not
                 ... Python's own 'list'. Give one of them another name.
        """,
        given=["list", "max", "filter"],
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_python_wants_future_imports_first(newline: str) -> None:
    check_problems(
        '''
        # Made by hand.
        """The task."""
        from __future__ import annotations
        from __future__ import division
        import json
        from __future__ import generators
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax: SyntaxError: from __future__ imports must
        ... occur at the beginning of the file
        def a(): return "from __future__ import annotations", json
        ''',
        newline=newline,
    )


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_python_wants_global_before_the_first_use(mark: str) -> None:
    text = f"{mark}x = 1\ndef broken(:\ndef a():\n    global x\nglobal x\nglobal y\n"
    broken, late = problems(text)
    assert late.message == "SyntaxError: name 'x' is assigned to before global declaration"
    assert text[late.span.start : late.span.end].startswith("global x")
    assert broken.message == "SyntaxError: invalid syntax"

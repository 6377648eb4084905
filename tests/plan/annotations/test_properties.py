"""What holds of any annotation, and of any text that stands where one should."""

import pathlib

from hypothesis import example, given
from hypothesis import strategies as st

from codeact_lsp.plan import Plan
from codeact_lsp.plan.annotations import library, mismatch, names_of
from tests.plan.hostile import programs, texts

PLAN = """
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Optional, TypedDict, Union
import pandas as pd
class A: ...
class B(A): ...
class D(TypedDict): ...
Alias = Union[int, list["A"]]
"""
NAMES = names_of(Plan.from_text(PLAN).document.pieces)

_ATOMS = (
    *("int", "float", "bool", "str", "bytes", "None", "list", "dict", "tuple", "object", "Any"),
    *("A", "B", "D", "Alias", "pd.DataFrame", "pd.Series", "missing", "'A'", "tuple[()]"),
    *("Literal['x']", "Literal['x', 1]", "Literal[True, None]"),
)
_FORMS = ("list[{}]", "set[{}]", "Sequence[{}]", "Iterable[{}]", "tuple[{}, ...]", "Optional[{}]")
_PAIRS = ("dict[{}, {}]", "Mapping[{}, {}]", "tuple[{}, {}]", "Union[{}, {}]", "{} | {}")


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.builds(str.format, st.sampled_from(_FORMS), inner)
    return one | st.builds(str.format, st.sampled_from(_PAIRS), inner, inner)


annotations = st.recursive(st.sampled_from(_ATOMS), _larger, max_leaves=8)


@given(annotations)
def test_any_type_fits_itself_object_and_any(annotation: str) -> None:
    for wanted in (
        annotation,
        "object",
        "Any",
        f"'{annotation}'" if "'" not in annotation else "Any",
    ):
        assert mismatch(annotation, wanted, NAMES) is None


@given(annotations, annotations, annotations)
def test_what_fits_a_type_fits_a_union_with_it(source: str, target: str, other: str) -> None:
    for wanted in (f"Union[{target}, {other}]", f"Union[{other}, {target}]"):
        if mismatch(source, target, NAMES) is None:
            assert mismatch(source, wanted, NAMES) is None


@given(annotations, annotations, annotations)
def test_a_union_fits_where_each_of_it_fits(one: str, other: str, target: str) -> None:
    each = [mismatch(source, target, NAMES) is None for source in (one, other)]
    assert (mismatch(f"Union[{one}, {other}]", target, NAMES) is None) is all(each)


@given(annotations, annotations)
def test_what_may_be_changed_asks_for_no_less_than_what_is_read(source: str, target: str) -> None:
    if mismatch(f"list[{source}]", f"list[{target}]", NAMES) is None:
        assert mismatch(f"list[{source}]", f"Sequence[{target}]", NAMES) is None


@given(texts(), texts(), programs() | texts())
@example("(" * 300, "[" * 300, "")
@example("int" + " | int" * 3_000, "list[" * 80, "")
@example("Literal[" + "9" * 5_000 + "]", "Optional[()]", "from typing import *")
@example("Union[()]", "Optional[int, str]", "from typing import Optional, Union")
@example("\ud800", "\0", "\ud800 = int")
@example("Annotated[()]", "Literal[()]", "from typing import Annotated, Literal")
def test_no_text_is_too_odd_to_answer(returned: str, wanted: str, module: str) -> None:
    names = names_of(Plan.from_text(module).document.pieces)
    for source, target in ((returned, wanted), (f"dict[{returned}, int]", f"'''{wanted}'''")):
        answer = mismatch(source, target, names)
        assert answer is None or isinstance(answer, str)


def test_what_is_written_down_of_pathlib_is_so() -> None:
    classes = {name for name, kind in vars(pathlib).items() if isinstance(kind, type)}
    paths = {name for name in classes if name.endswith("Path")}
    for name in paths:
        # Python 3.13 has a base below these too, which is not public.
        bases = {base.__name__ for base in getattr(pathlib, name).__bases__} & paths
        assert set(library._NOMINAL[f"pathlib.{name}"]) == {f"pathlib.{base}" for base in bases}

"""A miss says what differs from the last call of the same node."""

from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.engine.outcomes.outcome import Read
from codeact_lsp.engine.store import Hit, Miss, Store
from tests.engine.storing import call, result

MANY = {"region": '"north"', "limit": "5", "rows": "[1, 2]", "api_key": '"hunter2"'}


def why(store: Store, **changes: Any) -> str:
    """Why a call misses that differs so from one that is stored."""
    store.save(call(given=MANY), result(store), [])
    found = store.look_up(call(**{"given": MANY} | changes))
    assert isinstance(found, Miss)
    return found.why


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"node": "another"}, "it has not run yet"),
        ({"file": "/plans/copy.plan.py"}, "it has not run yet"),
        ({"code": "new"}, "its code changed since it ran"),
        ({"carried": "new"}, "the code of the classes in its inputs changed"),
        ({"values": {"orders": "bb"}}, "the value of 'orders' is new"),
        ({"interpreter": "new"}, "the Python that runs it, or a package of it, is another one"),
        ({"form": "2"}, "its stored result was made by another version"),
        ({"given": MANY | {"region": '"south"'}}, "input 'region' was 'north', is 'south'"),
        ({"given": MANY | {"limit": "true"}}, "input 'limit' was 5, is True"),
        ({"given": MANY | {"limit": "null"}}, "input 'limit' was 5, is None"),
        ({"given": MANY | {"rows": "[1]"}}, "input 'rows' changed"),
        ({"given": MANY | {"region": f'"{"x" * 60}"'}}, "input 'region' changed"),
        ({"given": MANY | {"extra": "1"}}, "input 'extra' is given now"),
        ({"given": dict(list(MANY.items())[1:])}, "input 'region' is not given any more"),
    ],
)
def test_the_part_that_differs_is_named(store: Store, changes: dict[str, Any], reason: str) -> None:
    assert why(store, **changes) == reason


def test_a_secret_is_neither_shown_nor_stored(store: Store) -> None:
    assert why(store, given=MANY | {"api_key": '"xyz"'}) == "input 'api_key' changed"
    assert b"hunter2" not in (store.folder / "index-3.sqlite-wal").read_bytes()


def test_several_reasons_are_told_together_and_many_are_cut(store: Store) -> None:
    two = {"code": "new", "values": {"orders": "bb"}}
    assert why(store, **two) == "its code changed since it ran; the value of 'orders' is new"
    many = two | {"given": dict.fromkeys(MANY, "0")}
    assert why(store, **many).split("; ")[2:] == ["input 'region' was 'north', is 0", "…"]


def test_of_calls_that_are_as_near_the_last_one_counts(store: Store) -> None:
    for region in ('"north"', '"south"'):
        store.save(call(given={"region": region}), result(store), [])
    found = store.look_up(call(given={"region": '"east"'}))
    assert found == Miss("input 'region' was 'south', is 'east'")


def test_what_was_edited_and_taken_back_is_no_reason(store: Store) -> None:
    for code in ("code", "edited"):
        store.save(call(code=code), result(store), [])
    found = store.look_up(call(values={"orders": "bb"}))
    assert found == Miss("the value of 'orders' is new")
    assert store.codes("/plans/sales.plan.py", "total") == ["edited", "code"]


def test_a_call_of_new_code_is_compared_with_the_last_one(store: Store) -> None:
    store.save(call(code="older"), result(store), [])
    store.save(call(code="old", values={"orders": "bb"}), result(store), [])
    found = store.look_up(call(code="new"))
    assert found == Miss("its code changed since it ran; the value of 'orders' is new")


def test_only_the_last_calls_of_a_node_are_remembered(store: Store) -> None:
    for number in range(20):
        store.save(call(given={"limit": str(number)}), result(store), [])
    store.save(call("other"), result(store), [])
    count = "SELECT node, count(*) FROM calls GROUP BY node"
    assert store._index.read(lambda index: index.execute(count).fetchall()) == [
        ("other", 1),
        ("total", 8),
    ]


def test_what_others_noted_of_a_call_is_not_told(store: Store) -> None:
    store.save(call(), result(store), [])
    store._index.write(lambda index: index.execute("UPDATE calls SET note = '{}'"))
    assert store.look_up(call(code="new")) == Miss("it has not run yet")


def test_a_result_that_was_not_kept_has_its_own_reason(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("new", encoding="utf-8")
    assert not store.save(call(), result(store), [Read(str(path), (1, 1))])
    assert store.look_up(call()) == Miss(f"{path} changed while it ran, or just before")
    assert store.look_up(call(code="new")) == Miss("its code changed since it ran")
    store.clear()
    assert store.look_up(call()) == Miss("it has not run yet")


def test_a_call_that_failed_says_so_and_has_no_code_to_go_back_to(store: Store) -> None:
    store.save(call(code="good"), result(store), [])
    store.note_failure(call(code="bad"))
    assert store.look_up(call(code="bad")) == Miss("it failed when it last ran")
    assert store.look_up(call(code="new")) == Miss("its code changed since it ran")
    assert store.codes("/plans/sales.plan.py", "total") == ["good"]
    store.save(call(code="bad"), result(store), [])
    assert isinstance(store.look_up(call(code="bad")), Hit)
    assert store.codes("/plans/sales.plan.py", "total") == ["bad", "good"]

"""The store stays within its size, and no run loses what it needs."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from codeact_lsp.engine.store import Choice, DiscardedError, Hit, Miss, Store
from codeact_lsp.engine.store.blobs import Blobs
from codeact_lsp.engine.store.upkeep import Upkeep
from tests.engine.storing import call, keep, result

BLOCK = 4096
MOST = 10 * BLOCK

Opens = Callable[..., Store]


@pytest.fixture
def opens(tmp_path: Path) -> Iterator[Opens]:
    """Opens the store once more, as another process would."""
    with ExitStack() as stack:

        def opened(clock: Callable[[], int] = time.time_ns) -> Store:
            return stack.enter_context(closing(Store(tmp_path / "store", MOST, clock)))

        yield opened


def run(store: Store, *nodes: str, blocks: int = 1) -> None:
    """A run that makes the values of some nodes, of so many blocks each, or takes them."""
    lease = store.lease()
    for node in nodes:
        if isinstance(store.look_up(call(node)), Miss):
            store.save(call(node), result(store, node.encode() * (blocks * BLOCK // len(node))), [])
    lease.release()
    store.tidy()


def left(store: Store) -> str:
    """The nodes whose results are there, with their values."""
    hits = (name for name in "abcdefghijklmno" if isinstance(store.look_up(call(name)), Hit))
    return "".join(hits)


def test_what_was_used_longest_ago_is_removed_first(opens: Opens) -> None:
    store = opens()
    for node in "abcdefghij":
        run(store, node)
    run(store, "a")
    assert left(store) == "abcdefghij"
    run(store, "k")
    assert left(store) == "adefghijk"
    assert store.size == 9 * BLOCK
    assert store.look_up(call("b")) == Miss("its result was removed to make room")


def test_a_value_that_several_results_share_counts_once_and_stays_as_long_as_one_is_used(
    opens: Opens,
) -> None:
    store = opens()
    shared = result(store, b"shared")
    for node in "abc":
        store.save(call(node), shared, [])
    assert store.size == BLOCK
    for node in "defghijkl":
        run(store, node, "a")
    assert left(store)[:3] == "abc"
    assert store.size <= MOST


def test_one_value_that_is_too_large_costs_no_other(opens: Opens) -> None:
    store = opens()
    run(store, *"abcd")
    run(store, "e", blocks=11)
    assert left(store) == "abcd"


def test_a_run_keeps_what_it_makes_and_takes_however_much_others_remove(opens: Opens) -> None:
    store, other = opens(), opens()
    run(store, "a")
    lease = store.lease()
    assert isinstance(store.look_up(call("a")), Hit)
    passed_on = keep(store, b"passed on, and not remembered")
    for node in "bcdefghijklmno":
        run(other, node, blocks=2)
    assert isinstance(store.look_up(call("a")), Hit)
    os.close(store.open_blob(passed_on))
    lease.release()
    run(other, "o", blocks=2)
    for node in "bcdefg":
        run(other, node, blocks=2)
    assert store.look_up(call("a")) == Miss("its result was removed to make room")
    with pytest.raises(FileNotFoundError):
        store.open_blob(passed_on)


def test_of_two_runs_of_one_process_the_end_of_one_leaves_the_other_what_it_needs(
    opens: Opens,
) -> None:
    store, other = opens(), opens()
    run(store, "a")
    first, second = store.lease(), store.lease()
    assert isinstance(store.look_up(call("a")), Hit)
    first.release()
    first.release()
    for node in "bcdefghijklmno":
        run(other, node)
    assert left(store).startswith("a")
    second.release()


def test_what_is_removed_before_it_can_be_held_is_a_miss(opens: Opens) -> None:
    store, other = opens(), opens()
    run(store, "a")
    found = store.recall(call().file).look_up(call("a"))
    other.clear()
    lease = store.lease()
    assert store.held([found]) == [Miss("its stored value is gone")]
    lease.release()


def test_entries_are_bounded_too_since_equal_values_cost_nothing_else(
    opens: Opens, tmp_path: Path
) -> None:
    store = opens()
    shared = result(store, b"shared")
    for number in range(20):
        store.save(call(f"node{number}"), shared, [])
    upkeep = Upkeep(tmp_path / "store", Blobs(tmp_path / "store" / "blobs"), MOST, 0, most_index=0)
    assert store._index.read(upkeep.is_due)
    store._index.write(upkeep.work)
    gone = [n for n in range(20) if isinstance(store.look_up(call(f"node{n}")), Miss)]
    assert gone == [0, 1, 2]


def test_a_clock_that_goes_back_changes_nothing_about_what_goes_first(opens: Opens) -> None:
    now = [2 * 10**18]

    def clock() -> int:
        now[0] -= 10**15
        return now[0]

    store = opens(clock=clock)
    for node in "abcdefghijk":
        run(store, node)
    assert left(store) == "cdefghijk"


def test_a_draft_stays_as_long_as_its_process_lives(opens: Opens, tmp_path: Path) -> None:
    store, dead = opens(), opens()
    drafts = tmp_path / "store" / "drafts"
    live_draft, dead_draft = store.draft(), dead.draft()
    (drafts / "unknown").touch()
    dead.close()
    store.tidy()
    assert list(drafts.iterdir()) == [live_draft.path]
    live_draft.discard()
    dead_draft.discard()


def test_a_value_that_nobody_knows_of_is_removed_once_it_is_old(
    opens: Opens, tmp_path: Path
) -> None:
    lost = tmp_path / "store" / "blobs" / "aa" / "a"
    lost.parent.mkdir(parents=True)
    lost.touch()
    opens().tidy()
    assert lost.exists()  # Somebody may be about to make it known.
    opens(clock=lambda: time.time_ns() + 2 * 24 * 3600 * 10**9).tidy()
    assert not lost.exists()


@pytest.mark.timeout(20)
def test_what_else_lies_in_the_folder_is_no_obstacle(opens: Opens, tmp_path: Path) -> None:
    for name in ("live/folder", "drafts/folder", "blobs/aa/folder"):
        (tmp_path / "store" / name).mkdir(parents=True)
    os.mkfifo(tmp_path / "store" / "live" / "pipe")
    (tmp_path / "store" / "live" / "text").write_text("no stamp")
    store = opens()
    run(store, *"abcdefghijk")
    assert store.size <= MOST
    assert store.troubles.take() == []


def test_results_can_be_cleared_by_plan_node_and_age(opens: Opens) -> None:
    store = opens()
    run(store, *"abc")
    store.save(call("a", file="/other.plan.py"), result(store, b"other"), [])
    assert store.clear(Choice(before=0.0)) == 0
    assert store.clear(Choice(node="a", file="/other.plan.py")) == 1
    assert left(store) == "abc"
    assert store.clear(Choice(node="b")) == 1
    assert store.look_up(call("b")) == Miss("it has not run yet")
    assert store.clear(Choice(file=call().file)) == 2
    assert store.size == 0


def test_what_is_cleared_stays_readable_for_a_run_that_needs_it(opens: Opens) -> None:
    store, other = opens(), opens()
    lease = store.lease()
    blob = keep(store, b"needed")
    other.clear()
    os.close(store.open_blob(blob))
    lease.release()
    other.clear()
    with pytest.raises(FileNotFoundError):
        store.open_blob(blob)


def test_a_draft_can_be_discarded_while_it_is_filed(opens: Opens) -> None:
    store = opens()
    draft = store.draft()
    os.write(draft.descriptor, b"x")
    draft.discarded.set()
    with pytest.raises(DiscardedError):
        store.keep(draft)
    draft.discard()

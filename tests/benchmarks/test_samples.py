import gc
import math
from contextlib import suppress

import pytest

from benchmarks.samples import Samples, collector_off, merged, percentile


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, 1), (2, 2), (10, 10), (19, 19), (20, 19), (21, 20), (100, 95), (1000, 950)],
)
def test_p95_is_the_least_value_that_95_of_100_do_not_exceed(count: int, expected: int) -> None:
    assert percentile(range(count, 0, -1), 95) == expected


def test_figures_of_nothing_are_not_numbers() -> None:
    assert math.isnan(Samples().p50)
    assert math.isnan(Samples().p95)


def test_timings_are_kept_in_milliseconds() -> None:
    samples = Samples()
    for seconds in (0.002, 0.001, 0.009):
        samples.add(seconds)
    assert samples.values == pytest.approx([2, 1, 9])
    assert samples.p50 == pytest.approx(2)
    assert samples.p95 == pytest.approx(9)


def test_timing_work_gives_what_the_work_gave() -> None:
    samples = Samples()
    assert samples.time(divmod, 7, 2) == (3, 1)
    assert len(samples.values) == 1
    assert samples.values[0] >= 0


def test_merging_keeps_every_timing() -> None:
    assert merged([Samples([1, 2]), Samples(), Samples([3])]).values == [1, 2, 3]


def test_the_collector_is_on_again_after_a_failure() -> None:
    during = []
    with suppress(ZeroDivisionError), collector_off():
        during.append(gc.isenabled())
        _ = 1 / 0
    assert during == [False]
    assert gc.isenabled()

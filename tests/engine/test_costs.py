"""What calls took is told in words: all of it in a hover, what is out of the ordinary in a lens."""

import pytest

from codeact_lsp.engine.costs import notable, told
from codeact_lsp.engine.values import Usage
from codeact_lsp.engine.wire import wire

MB = 10**6


@pytest.mark.parametrize(
    ("usage", "said"),
    [
        (Usage(), ""),
        (Usage(0.5), "Took 500 ms."),
        (
            Usage(0.5, 0.2, 20 * MB, read=300, written=200),
            "Took 500 ms, of which 200 ms on a processor; at most 20 MB of memory.",
        ),
        (Usage(0.004, 0.03), "Took 4 ms, of which 4 ms on a processor."),
        (Usage(0.004, 0.2), "Took 4 ms, and 200 ms of processors."),
        (
            Usage(0.5, 1.9, 20 * MB, 3 * MB, 200, 0, 0),
            (
                "Took 500 ms, and 1.9 s of processors; at most 20 MB of memory. "
                "It read 3 MB (0 bytes from a disk)."
            ),
        ),
        (
            Usage(0.5, 0.2, 20 * MB, 3 * MB, 5 * MB, 1 * MB, 4 * MB),
            (
                "Took 500 ms, of which 200 ms on a processor; at most 20 MB of memory. "
                "It read 3 MB (1 MB from a disk) and wrote 5 MB (4 MB to a disk)."
            ),
        ),
    ],
)
def test_all_that_is_known_is_told_and_nothing_else(usage: Usage, said: str) -> None:
    assert told(usage) == said


@pytest.mark.parametrize(
    ("usage", "said"),
    [
        (Usage(), ""),
        (Usage(60.0, 60.0, 499 * MB, 99 * MB, 99 * MB), ""),
        (Usage(1.0, 3.0), "3.0 s of processors"),
        (Usage(0.1, 0.4), ""),
        (
            Usage(1.0, 0.5, 520 * MB, 1_200 * MB, 100 * MB),
            "520 MB of memory, read 1.2 GB, wrote 100 MB",
        ),
    ],
)
def test_only_what_is_out_of_the_ordinary_is_worth_a_lens(usage: Usage, said: str) -> None:
    assert notable(usage) == said


def test_what_nobody_knows_is_null_on_the_wire_and_never_nothing() -> None:
    names = ("cpu", "memory", "read", "written", "diskRead", "diskWritten")
    unknown: dict[str, object] = dict.fromkeys(names)
    assert wire.usage(Usage(2.0)) == {"wall": 2.0} | unknown
    known = {"read": 0, "written": 7}
    assert wire.usage(Usage(2.0, read=0, written=7)) == {"wall": 2.0} | unknown | known

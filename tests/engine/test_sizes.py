"""Numbers of bytes are told in one way."""

import pytest

from codeact_lsp.engine.sizes import said_size


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (1_549, "1.5 kB"),
        (9_960, "10 kB"),
        (999_499, "999 kB"),
        (999_501, "1 MB"),
        (200 * 10**6, "200 MB"),
        (5 * 10**9, "5 GB"),
        (10**18, "1,000 PB"),
    ],
)
def test_a_size_has_the_unit_that_suits_it(count: int, said: str) -> None:
    assert said_size(count) == said

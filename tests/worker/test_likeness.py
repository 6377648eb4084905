"""Names like one that does not exist."""

import pytest

from codeact_lsp.worker.likeness import closest


@pytest.mark.parametrize(
    ("name", "names", "like"),
    [
        ("regoin", ["region", "reason", "x"], ["region", "reason"]),
        ("unit_price", ["unit_prices", "unitPrice"], ["unitPrice", "unit_prices"]),
        ("__lne__", ["__len__", "__init__"], ["__len__"]),
        ("__nmae__", ["__name__", "__new__"], ["__name__"]),
        ("__name__", ["__new__", "__ne__", "__le__"], []),  # The underscores are not a likeness.
        ("__rows", ["_rows", "__init__"], ["_rows"]),
    ],
)
def test_the_closest_come_first_and_others_not_at_all(
    name: str, names: list[str], like: list[str]
) -> None:
    assert closest(name, names, 3, 0.5) == like

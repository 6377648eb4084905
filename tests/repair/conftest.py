"""What the tests of repairs share."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from codeact_lsp.engine.session import Engine
from codeact_lsp.repair import candidates

if TYPE_CHECKING:
    from tests.repair.fixing import Bench

pytest.register_assert_rewrite("tests.repair.fixing")


@pytest.fixture(autouse=True)
def no_rule_stumbles(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """In the product a rule that raises costs only its own proposals; here it is a failure."""
    yield
    said = [each for each in caplog.get_records("call") if each.name == candidates.__name__]
    assert not said, said[0].exc_text


@pytest.fixture
def bench(engine: Engine, tmp_path: Path) -> "Bench":
    """The means to fail and to repair."""
    from tests.repair.fixing import Bench

    return Bench(engine, tmp_path)

"""What the tests of repairs share."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from codeact_lsp.engine.session import Engine

if TYPE_CHECKING:
    from tests.repair.fixing import Bench

pytest.register_assert_rewrite("tests.repair.fixing")


@pytest.fixture
def bench(engine: Engine, tmp_path: Path) -> "Bench":
    """The means to fail and to repair."""
    from tests.repair.fixing import Bench

    return Bench(engine, tmp_path)

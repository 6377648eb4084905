"""What tests of the store share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from codeact_lsp.engine.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "store")
    yield store
    store.close()

"""What the server knows of a workspace: its engine, or why there is none."""

from pathlib import Path

import pytest

from codeact_lsp.server.session import Session


@pytest.mark.parametrize("place", ["/proc/results", "file/results", "file"])
def test_a_folder_of_results_that_cannot_be_used_is_named_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CODEACT_CACHE_DIR", str(tmp_path / place))
    with pytest.raises(OSError, match=r"^The folder of results .* cannot be used: ") as raised:
        Session().engine(tmp_path / "a.plan.py")
    assert "name another one in CODEACT_CACHE_DIR" in str(raised.value)

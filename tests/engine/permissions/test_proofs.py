"""A proof is found out once while the machine runs, and believed only from this user's own hand."""

import asyncio
import fcntl
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from codeact_lsp.engine.permissions import proofs
from codeact_lsp.engine.permissions.proofs import proven
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.sandbox.mechanisms import WITHHOLD, WithholdError, mechanisms
from codeact_lsp.sandbox.proof import Promise, Proof, proof_of
from codeact_lsp.sandbox.remedies import lacking
from codeact_lsp.sandbox.system import System
from codeact_lsp.sandbox.tiers import Tier

PYTHON = Interpreter(Path(sys.executable), "the test's own")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of proofs, of a process that knows of none; with less to try it is quicker."""
    monkeypatch.setenv("CODEACT_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv(WITHHOLD, "userns,cgroup")
    proofs._known.clear()
    yield tmp_path / "proofs"
    proofs._known.clear()


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def planted(tier: Tier = Tier.ISOLATED) -> Proof:
    """A proof that no self-test on this machine comes to, kept as if one had."""
    found = mechanisms()
    shown = proof_of(dict.fromkeys(Promise, ""), found, lacking(found, System()))
    proof = replace(shown, tier=tier, expected=tier)
    proofs._file().parent.mkdir(mode=0o700, exist_ok=True)
    proofs._keep(proofs._key(PYTHON, found), proof)
    return proof


async def test_what_was_found_out_is_kept_for_later_processes(folder: Path) -> None:
    shown = await proven(PYTHON)
    assert list(proofs._kept().values()) == [shown]
    assert (mode(folder), mode(folder / "proofs.json")) == (0o700, 0o600)


async def test_what_is_kept_is_not_tried_again_unless_that_is_asked_for(folder: Path) -> None:
    kept = planted()
    assert await proven(PYTHON) == kept
    afresh = await proven(PYTHON, afresh=True)
    assert afresh != kept
    assert await proven(PYTHON) is afresh


async def test_a_proof_holds_for_one_python_and_one_set_of_mechanisms(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = planted()
    key = proofs._key(PYTHON, mechanisms())
    assert proofs._kept() == {key: kept}
    assert proofs._key(replace(PYTHON, path=Path("/usr/bin/python3")), mechanisms()) != key
    monkeypatch.setenv(WITHHOLD, "seccomp")
    assert proofs._key(PYTHON, mechanisms()) != key


@pytest.mark.parametrize("place", ["proofs.json", "."])
async def test_what_others_could_have_written_is_not_believed(folder: Path, place: str) -> None:
    planted()
    (folder / place).chmod(0o777)
    assert proofs._kept() == {}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"a": 1}', '{"a": {"tier": 99}}', "[" * 100_000, '{"a": {"tier": 4}}'],
)
async def test_what_is_no_proof_is_none(folder: Path, text: str) -> None:
    planted()
    (folder / "proofs.json").write_text(text, encoding="utf-8")
    assert proofs._kept() == {}


async def test_what_failed_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Interpreter(Path("/nowhere/bin/python"), "the test's own")
    shown = await proven(broken)
    assert shown.tier is Tier.NONE
    assert not shown.sound
    assert proofs._kept() == {}


async def test_of_two_processes_the_second_takes_what_the_first_has_found_out(folder: Path) -> None:
    planted()
    proofs._file().unlink()
    with (folder / "lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        second = asyncio.create_task(proven(PYTHON))
        await asyncio.wait({second}, timeout=0.2)
        assert not second.done()
        found_out = planted()
    assert await second == found_out


async def test_where_nothing_can_be_kept_it_is_found_out_all_the_same(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CODEACT_CACHE_DIR", str(tmp_path / "file"))
    assert (await proven(PYTHON)).sound


async def test_an_unknown_word_among_those_withheld_is_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WITHHOLD, "docker")
    with pytest.raises(WithholdError, match="has 'docker', which is none of"):
        await proven(PYTHON)

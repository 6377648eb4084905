"""What a trial writes is not there for the next one, nor for the user."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair import Failure, Fix, Repairer
from codeact_lsp.repair.candidates import Candidate, Source
from codeact_lsp.repair.scene import Scene
from codeact_lsp.sandbox import doubles
from codeact_lsp.sandbox.levels import Level, Policy, grant, preset
from codeact_lsp.sandbox.mechanisms import Mechanisms
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = plain("""
    from pathlib import Path

    OUT = Path("out")


    def total() -> str:
        \"\"\"Needs: write out/\"\"\"
        with Path("out/log").open("a") as log:
            log.write("run ")
        return nothing_of_that_name


    def kept(total: str) -> str:
        return Path("out/log").read_text()


    def copied(total: str) -> str:
        \"\"\"Needs: write copies/\"\"\"
        Path("copies/log").write_text(total)
        return total
    """)
APPENDED = 'Path("out/new").open("a").close() or nothing_at_all'
READ = 'Path("out/new").read_text()'
LOG = 'Path("out/log").read_text()'


async def failure(bench: Bench) -> Failure:
    """That of the plan, whose nodes may write what they ask for."""
    base = preset(Level.STRICT, bench.folder)
    policies: dict[str, Policy] = {
        "total": grant(base, write=[bench.folder / "out"]),
        "kept": base,
        "copied": grant(base, write=[bench.folder / "copies"]),
    }
    (bench.folder / "out").mkdir()
    (bench.folder / "out/old").write_text("as it was")
    return await bench.failure(PLAN, policies=policies)


async def tried(bench: Bench, failed: Failure, *texts: str) -> dict[str, Fix]:
    """What works of some texts for the failing expression, tried in their order."""
    sources: list[Source] = [_writing(texts)]
    return {fix.label: fix for fix in await Repairer(bench.engine, sources).fixes(failed)}


def _writing(texts: tuple[str, ...]) -> Source:
    def candidates(scene: Scene) -> Iterator[Candidate]:
        for number, text in enumerate(texts):
            yield Candidate(text, TextEdit(scene.error.span, text), 1.0 - number / 100)

    return candidates


def files(folder: Path) -> dict[str, str]:
    """All that lies below a folder of the plan, but for the plan."""
    return {
        str(path.relative_to(folder)): path.read_text() if path.is_file() else ""
        for path in sorted(folder.rglob("*"))
        if path.name != "it.plan.py" and "store" not in path.parts
    }


async def test_no_candidate_works_by_what_an_earlier_one_has_written(bench: Bench) -> None:
    failed = await failure(bench)
    assert READ not in await tried(bench, failed, APPENDED, READ)


async def test_where_nothing_is_confined_a_fix_says_that_files_were_changed(bench: Bench) -> None:
    (bench.folder / "out").mkdir()
    failed = await bench.failure(PLAN)
    fixes = await tried(bench, failed, LOG, APPENDED, READ)
    assert fixes[LOG].title.startswith(f"{LOG}: runs, 1 of 2 downstream pass, ")
    said = f"{READ}: runs, on files that an earlier try has changed, 1 of 2 downstream pass, "
    assert fixes[READ].title.startswith(said)
    assert not fixes[LOG].is_spoilt


async def test_each_trial_sees_the_files_as_the_failure_left_them(bench: Bench) -> None:
    failed = await failure(bench)
    fixes = await tried(bench, failed, APPENDED, LOG, "Path('out/old').read_text()")
    assert fixes[LOG].result.preview.text == "run run "
    assert fixes["Path('out/old').read_text()"].result.preview.text == "as it was"


async def test_after_the_search_the_workspace_is_as_it_was(bench: Bench) -> None:
    failed = await failure(bench)
    before = files(bench.folder)
    assert await tried(bench, failed, 'Path("out/old").write_text("other") and "x"', LOG)
    assert files(bench.folder) == before


async def test_who_waits_for_the_node_sees_what_it_has_written_in_the_trial(bench: Bench) -> None:
    fix = (await tried(bench, await failure(bench), LOG))[LOG]
    assert (fix.passed, fix.downstream) == (2, 2)


async def test_what_was_written_for_a_trial_alone_is_no_result_of_a_run(bench: Bench) -> None:
    failed = await failure(bench)
    (fix, *_) = (await tried(bench, failed, LOG)).values()
    run = await bench.run(fix.edit.apply(PLAN), policies=failed.job.policies)
    assert not run.errors
    assert (bench.folder / "out/log").read_text() == "run run "
    assert (bench.folder / "copies/log").read_text() == "run run "


async def test_what_is_too_large_to_be_copied_is_not_written_by_trials(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubles, "MOST_BYTES", 3)
    failed = await failure(bench)
    before = files(bench.folder)
    assert await tried(bench, failed, APPENDED, READ, LOG) == {}
    assert files(bench.folder) == before


async def test_without_a_container_trials_write_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = await failure(bench)
    before = files(bench.folder)
    monkeypatch.setattr("codeact_lsp.repair.ground.mechanisms", Mechanisms)
    assert await tried(bench, failed, APPENDED, LOG) == {}
    assert files(bench.folder) == before

"""`.ci/run` fails when a check does, and says of each that failed what it said itself."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHECKS = (
    "lint",
    "types",
    "client",
    "client-views",
    "client-journeys",
    "test",
    "test-tapeagents",
)
# Stands for the project's own: each target ends as the next line of the file of its name says.
MAKEFILE = """
%:
\t@echo "$@ $(VSCODES) $(JOURNEYS) $(ARGS)" >> made
\t@echo "what $@ says"
\t@[ ! -s $@.ends ] || { read end < $@.ends; sed -i 1d $@.ends; exit $$end; }
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/run", tmp_path / ".ci/run")
    (tmp_path / "Makefile").write_text(MAKEFILE)
    return tmp_path


def ends(checkout: Path, check: str, *statuses: int) -> None:
    (checkout / f"{check}.ends").write_text("".join(f"{status}\n" for status in statuses))


def failed_tests(checkout: Path, count: int) -> None:
    """As pytest keeps them."""
    kept = checkout / ".pytest_cache/v/cache/lastfailed"
    kept.parent.mkdir(parents=True)
    kept.write_text(
        json.dumps({f"tests/test_x.py::test[{each} $x]": True for each in range(count)})
    )


def failed_journeys(checkout: Path, *journeys: str) -> None:
    """As the journeys' own reporter keeps them."""
    kept = checkout / "build/e2e/failed"
    kept.parent.mkdir(parents=True)
    kept.write_text("".join(f"{journey}\n" for journey in journeys))


def run(checkout: Path) -> tuple[int, list[str], list[str]]:
    """The status, what was printed, and the targets that were made with what they were given."""
    # These tests may run below a make themselves, which hands its own arguments on.
    done = subprocess.run(
        [".ci/run"],
        cwd=checkout,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    made = (checkout / "made").read_text().splitlines()
    return done.returncode, done.stdout.splitlines(), [" ".join(line.split()) for line in made]


def test_all_checks_run_and_pass(checkout: Path) -> None:
    status, said, made = run(checkout)
    assert (status, said[-1]) == (0, "==> all passed")
    assert made == ["setup", *CHECKS]


@pytest.mark.parametrize("check", CHECKS)
def test_any_check_that_fails_fails_the_change_and_is_told_last(checkout: Path, check: str) -> None:
    ends(checkout, check, 2)
    status, said, made = run(checkout)
    assert (status, said[-1]) == (1, f"==> failed: {check}")
    assert (
        f"what {check} says" in said[said.index(f"==> failed: make {check}, which ended with:") :]
    )
    assert made == ["setup", *CHECKS]  # Nobody knows what to run again.


def test_without_the_environment_nothing_runs(checkout: Path) -> None:
    ends(checkout, "setup", 2)
    status, _, made = run(checkout)
    assert (status != 0, made) == (True, ["setup"])


def test_few_tests_that_fail_are_run_again_and_told(checkout: Path) -> None:
    ends(checkout, "test", 2, 0)
    failed_tests(checkout, 3)
    status, said, made = run(checkout)
    assert (status, said[-1]) == (0, "==> all passed, unsteady: test")
    assert "==> again, by itself: tests/test_x.py::test[2 $x]" in said
    assert "==> unsteady: make test, which ended with:" in said
    assert made == ["setup", *CHECKS[:-1], "test --last-failed", CHECKS[-1]]


def test_those_that_fail_again_fail_the_change(checkout: Path) -> None:
    ends(checkout, "test", 2, 2)
    failed_tests(checkout, 1)
    status, said, _ = run(checkout)
    assert (status, said[-1]) == (1, "==> failed: test")


def test_many_that_fail_are_no_accident(checkout: Path) -> None:
    ends(checkout, "test", 2, 0)
    failed_tests(checkout, 4)
    status, said, made = run(checkout)
    assert (status, said[-1]) == (1, "==> failed: test")
    assert made == ["setup", *CHECKS]


def test_few_journeys_that_fail_are_run_again_where_they_failed(checkout: Path) -> None:
    ends(checkout, "client-journeys", 2)
    failed_journeys(checkout, "1.100 views.test.ts", "1.139 host.test.ts")
    status, said, made = run(checkout)
    assert (status, said[-1]) == (0, "==> all passed, unsteady: client-journeys")
    assert made[6:8] == ["client-e2e 1.100 views.test.ts", "client-e2e 1.139 host.test.ts"]


def test_a_journey_that_fails_again_fails_the_change(checkout: Path) -> None:
    ends(checkout, "client-journeys", 2)
    ends(checkout, "client-e2e", 0, 1)
    failed_journeys(checkout, "1.100 views.test.ts", "1.100 trust.test.ts", "1.139 host.test.ts")
    status, said, made = run(checkout)
    assert (status, said[-1]) == (1, "==> failed: client-journeys")
    assert made[6:8] == ["client-e2e 1.100 views.test.ts", "client-e2e 1.100 trust.test.ts"]

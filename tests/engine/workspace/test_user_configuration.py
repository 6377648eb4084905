"""What the user says about all plans, and how a mistake in it is told."""

from pathlib import Path

import pytest

from codeact_lsp.engine.permissions.sandbox_settings import (
    SandboxSettings,
    read_right,
    read_sandbox,
)
from codeact_lsp.engine.workspace.configuration import ConfigurationError
from codeact_lsp.engine.workspace.user_configuration import (
    configuration_file,
    read_user_configuration,
)
from codeact_lsp.sandbox.levels import Level, Limits
from codeact_lsp.sandbox.tiers import Tier


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's configuration, which is not there yet."""
    monkeypatch.setenv("CODEACT_CONFIG_DIR", str(tmp_path))
    return configuration_file()


def test_without_a_file_nothing_is_said(file: Path) -> None:
    assert read_user_configuration() == SandboxSettings()


def test_all_that_can_be_said_is_read(file: Path) -> None:
    file.write_text(
        """
        [sandbox]
        level = "standard"
        minimum-tier = "isolated"
        allow = ["network *.example.com", "write /srv/out"]

        [sandbox.limits]
        memory = "8 GB"
        cpu = "10 min"
        processes = 10
        open-files = 100
        file-size = "1 GiB"
        scratch = "2 MB"
        scratch-files = 50
        together = "16 GB"
        run-time = "1 h"
        """,
        encoding="utf-8",
    )
    said = read_user_configuration()
    assert (said.level, said.minimum_tier) == (Level.STANDARD, Tier.ISOLATED)
    assert said.allow == (read_right("network *.example.com"), read_right("write /srv/out"))
    assert said.as_limits == Limits(
        8 * 10**9, 600.0, 10, 100, 2**30, 2 * 10**6, 50, 16 * 10**9, 3600.0
    )


def test_an_editor_spells_names_its_own_way() -> None:
    unset: dict[str, object] = {"level": None, "allow": []}
    limits = {"openFiles": 5, "memory": None}
    said, complaints = read_sandbox({"minimumTier": 3, "limits": limits, **unset})
    assert (said, complaints) == (
        SandboxSettings(minimum_tier=Tier.ISOLATED, limits={"open_files": 5}),
        (),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[sandbox", "Expected ']'"),
        ("[sandbx]", "[sandbx] there is no such table. Did you mean 'sandbox'?"),
        ("sandbox = 1", "[sandbox] expected a table of settings, not 1"),
        (
            "sandbox.level = 'strikt'",
            (
                "[sandbox] level: expected one of strict, standard, write, network, off, "
                "not 'strikt'. Did you mean 'strict'?"
            ),
        ),
        (
            "sandbox.levle = 'off'",
            "[sandbox] levle: there is no such setting. Did you mean 'level'?",
        ),
        ("sandbox.minimum-tier = 'best'", "[sandbox] minimum-tier: There is no tier 'best'"),
        (
            "sandbox.allow = 'processes'",
            "[sandbox] allow: expected a list of rights, not 'processes'",
        ),
        (
            "sandbox.allow = ['netwrok x.org']",
            (
                "[sandbox] allow: expected a right such as 'network api.example.com', 'write out/' "
                "or 'processes', not 'netwrok x.org'. Did you mean 'network'?"
            ),
        ),
        (
            "sandbox.limits = 1",
            "[sandbox] limits: expected a table such as { memory = '8 GB' }, not 1",
        ),
        (
            "sandbox.limits = { memory = 8, cores = 1 }",
            (
                "[sandbox] limits: memory: expected a size such as '2 GB', not 8\n"
                "FILE: [sandbox] limits: cores: there is no such setting. There are memory, cpu, "
                "processes, open-files, file-size, scratch, scratch-files, together, run-time."
            ),
        ),
        ("sandbox.limits.processes = true", "limits: processes: expected a whole number above 0"),
        (
            "sandbox.limits.together = 16",
            "limits: together: expected a size such as '2 GB', not 16",
        ),
        ("sandbox.limits.run-time = 60", "limits: run-time: expected a duration such as '30 s'"),
        ("sandbox.limits.cpu = 'long'", "limits: cpu: expected a duration such as '30 s'"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_key(file: Path, text: str, why: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as raised:
        read_user_configuration()
    assert str(raised.value).startswith(f"{file}: ")
    assert why.replace("FILE", str(file)) in str(raised.value)


def test_what_is_said_of_a_run_goes_before_and_rights_add_up() -> None:
    always = SandboxSettings(
        Level.STRICT, Tier.NONE, (read_right("processes"),), {"memory": 1, "cpu": 2.0}
    )
    now = SandboxSettings(level=Level.WRITE, allow=(read_right("write out"),), limits={"cpu": 3.0})
    assert now.over(always) == SandboxSettings(
        Level.WRITE,
        Tier.NONE,
        (read_right("processes"), read_right("write out")),
        {"memory": 1, "cpu": 3.0},
    )

"""What each node may do: what it asks for, as far as it was granted, and never more."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from codeact_lsp.engine.permissions.consent import Consent, Tightening, consent
from codeact_lsp.engine.permissions.outputs import make_outputs
from codeact_lsp.engine.permissions.policies import Decision, decide
from codeact_lsp.engine.permissions.rights import covers
from codeact_lsp.engine.permissions.sandbox_settings import SandboxSettings, read_right
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox.levels import Level, Policy, preset
from codeact_lsp.sandbox.tiers import Tier

STRICT = SandboxSettings(level=Level.STRICT)


@dataclass(frozen=True)
class Asking:
    """A plan whose nodes ask for something, in a workspace."""

    workspace: Path
    plan: Plan

    @property
    def file(self) -> Path:
        return self.workspace / "it.plan.py"

    def decide(self, allowed: Consent) -> Decision:
        return decide(self.plan, self.file, self.workspace, allowed)

    def under(self, level: Level, *rights: str, ceiling: Level | None = None) -> Decision:
        user = SandboxSettings(level=level, allow=tuple(map(read_right, rights)))
        by = Tightening("pyproject.toml", SandboxSettings(level=ceiling))
        return self.decide(consent(user, workspace=[by]))


def asking(workspace: Path, **sections: str) -> Asking:
    """A plan with these nodes; each has these sections in its docstring."""
    nodes = [
        f'def {name}():\n    """It.\n\n    ' + text.replace("; ", "\n    ") + '\n    """\n'
        for name, text in sections.items()
    ]
    return Asking(workspace, Plan.from_text("\n\n".join(nodes)))


def test_a_node_gets_what_it_asks_for_and_was_granted(tmp_path: Path) -> None:
    it = asking(tmp_path, a="Needs: write out/, network x.org", b="Needs: write other/", c="")
    decision = it.under(Level.STRICT, "write out", "variable KEY")
    strict = preset(Level.STRICT, tmp_path)
    written = replace(strict, level=Level.WRITE, write=(tmp_path / "out",))
    assert decision.policies == {"a": written, "b": strict, "c": strict}
    assert [str(right) for right in decision.rights["a"]] == ["write out/"]
    assert [str(right) for right in decision.unasked] == ["variable KEY"]


def test_a_level_gives_what_nodes_ask_for_of_its_kind(tmp_path: Path) -> None:
    it = asking(tmp_path, a="Needs: write out/, network x.org, processes, variable KEY")
    for level, writes, hosts in (
        (Level.STANDARD, (), ()),
        (Level.WRITE, (tmp_path / "out",), ()),
        (Level.NETWORK, (), ("x.org",)),
    ):
        policy = it.under(level).policies["a"]
        assert (policy.level, policy.write, policy.hosts) == (level, writes, hosts)
        assert (policy.processes, policy.environment) == (True, ())


def test_every_right_comes_to_something(tmp_path: Path) -> None:
    rights = (
        "read ~/data",
        "variable KEY",
        "network [2001:db8::1]:80",
        "processes",
        "import torch",
    )
    it = asking(tmp_path, a=f"Needs: {', '.join(rights)}")
    policy = it.under(Level.STRICT, *rights).policies["a"]
    assert policy == Policy(
        Level.NETWORK,
        tmp_path,
        read=(Path("~/data").expanduser().resolve(),),
        hosts=("[2001:db8::1]:80",),
        environment=("KEY",),
        processes=True,
    )


def test_nothing_is_confined_at_level_off(tmp_path: Path) -> None:
    assert asking(tmp_path, a="Needs: write out/").under(Level.OFF).policies == {}


def test_an_address_of_this_machine_is_only_given_by_its_name(tmp_path: Path) -> None:
    closed = ("127.0.0.1:8000", "169.254.169.254", "[::1]:80", "10.0.0.1")
    it = asking(tmp_path, a="Needs: " + ", ".join(f"network {host}" for host in closed))
    assert it.under(Level.NETWORK).policies["a"].hosts == ()
    assert it.under(Level.STRICT, "network 127.0.0.1:8000").policies["a"].hosts == closed[:1]


def test_what_is_never_given_is_said_once_for_each_node(tmp_path: Path) -> None:
    it = asking(tmp_path, a="Needs: write .git/hooks, write out/", b="Needs: write .git/hooks")
    decision = it.under(Level.WRITE)
    assert decision.policies["a"].write == (tmp_path / "out",)
    assert decision.notes == tuple(
        f"'write .git/hooks', which node '{node}' asks for, is not given: '.git' is hidden: such "
        "files hold settings, keys and what tools run."
        for node in "ab"
    )


def test_what_is_asked_for_in_vain_is_said_with_the_way_to_grant_it(tmp_path: Path) -> None:
    asked = "Needs: write out/, import torch, write .git/x"
    it = asking(tmp_path, a=asked, b="Needs: write out/, processes")
    grant = f"To grant it: codeact grant {it.file}"
    assert it.under(Level.STRICT).notes == (
        f"'a', 'b' asked for 'write out/', which is not granted. {grant} 'write out/'",
        f"'b' asked for 'processes', which is not granted. {grant} processes",
    )
    assert it.under(Level.STANDARD, "write out").notes == ()


@pytest.mark.parametrize(
    ("ceiling", "expected"),
    [
        (Level.STRICT, preset(Level.STRICT)),
        (Level.STANDARD, replace(preset(Level.STANDARD), environment=("KEY",))),
    ],
)
def test_a_workspace_takes_even_what_was_granted(
    tmp_path: Path, ceiling: Level, expected: Policy
) -> None:
    it = asking(tmp_path, a="Needs: write out/, variable KEY")
    decision = it.under(Level.OFF, "write out/", "variable KEY", ceiling=ceiling)
    assert decision.policies["a"] == replace(expected, workspace=tmp_path)
    assert (
        "'write out/', which node 'a' asks for, is not given: pyproject.toml allows no more than "
        f"level '{ceiling}'."
    ) in decision.notes


def test_memory_is_given_up_to_the_limit_and_beyond_it_if_granted(tmp_path: Path) -> None:
    it = asking(
        tmp_path,
        small="Memory: 1 GB",
        large="Memory: 9 GB",
        wide="Needs: memory 6 GB",
        usual="",
    )
    usual = preset(Level.STRICT).limits.memory

    def memory(decision: Decision) -> list[int | None]:
        return [policy.limits.memory for policy in decision.policies.values()]

    without = it.under(Level.STRICT)
    assert memory(without) == [10**9, usual, usual, usual]
    assert without.notes == (
        "Node 'large' asks for 9.0 GB of memory and gets 4.3. To give it all, grant 'memory 9 GB'.",
    )
    assert memory(it.under(Level.STRICT, "memory 9 GB")) == [10**9, 9 * 10**9, 6 * 10**9, usual]
    bound = Tightening("pyproject.toml", SandboxSettings(limits={"memory": 2 * 10**9}))
    user = replace(STRICT, allow=(read_right("memory 9 GB"),))
    assert memory(it.decide(consent(user, workspace=[bound]))) == [10**9, *[2 * 10**9] * 3]


@pytest.mark.parametrize(
    ("granted", "asked"),
    [
        *[
            ("write out", "write out/"),
            ("write out/", "write ./out/a.csv"),
            ("read ..", "read ../x"),
        ],
        *[("network *.x.org", "network a.b.x.org"), ("network *.x.org", "network *.a.x.org")],
        *[("network X.org", "network x.org:443"), ("import torch", "import torch.nn")],
        *[("memory 2 GB", "memory 1999 MB"), ("processes", "processes")],
    ],
)
def test_a_right_holds_narrower_ones(granted: str, asked: str) -> None:
    folder = Path("/work")
    assert covers(read_right(granted), read_right(asked), folder)


@pytest.mark.parametrize(
    ("granted", "asked"),
    [
        *[
            ("write out", "write output"),
            ("write out", "write out/../x"),
            ("write out", "read out"),
        ],
        *[("network *.x.org", "network x.org"), ("network x.org", "network a.x.org")],
        *[("network x.org", "network x.org:8080"), ("network x.org:443", "network x.org")],
        *[("network x.org", "network *.x.org"), ("network *.x.org", "network ax.org")],
        *[("import torch", "import torchvision"), ("memory 2 GB", "memory 2 GiB")],
        *[("variable A", "variable B"), ("processes", "write out")],
    ],
)
def test_a_right_holds_no_other_one(granted: str, asked: str) -> None:
    folder = Path("/work")
    assert not covers(read_right(granted), read_right(asked), folder)


def test_a_workspace_that_would_give_rights_is_not_followed() -> None:
    said = SandboxSettings(
        level=Level.OFF,
        minimum_tier=Tier.NONE,
        allow=(read_right("write out/"),),
        limits={"memory": 10**12, "processes": 10},
    )
    given = consent(replace(STRICT, minimum_tier=Tier.CONTAINED), workspace=[Tightening("P", said)])
    assert (given.level, given.allowed, given.minimum_tier) == (Level.STRICT, (), Tier.CONTAINED)
    assert given.capped(given.limits) == replace(given.limits, processes=10)
    assert given.notes == (
        (
            "P level is 'off', which gives more than your 'strict': it is not followed, since a "
            "workspace can only take rights away."
        ),
        (
            "P allow names 'write out/': it is not followed, since only you can give rights. To do "
            "so: codeact grant FILE 'write out/'"
        ),
        "P minimum-tier is 'none', which is less than your 'contained': it is not followed.",
        "P limits.memory is above yours: it is not followed.",
    )


def test_an_editor_that_repeats_what_the_user_said_is_not_told_off() -> None:
    user = SandboxSettings(
        Level.WRITE, Tier.ISOLATED, (read_right("write out"),), {"memory": 8 * 10**9}
    )
    given = consent(user, workspace=[Tightening("P", user), Tightening("P", user)])
    assert given.notes == ()
    assert (given.level, given.allowed) == (Level.WRITE, user.allow)


def test_a_level_that_is_not_followed_is_no_ceiling_either() -> None:
    said = SandboxSettings(level=Level.STANDARD)
    given = consent(STRICT, [read_right("write out")], [Tightening("P", said)])
    assert (given.level, given.ceiling, given.permits("write")) == (Level.STRICT, Level.OFF, True)


def test_a_workspace_may_take_rights_away() -> None:
    said = [
        Tightening("A", SandboxSettings(level=Level.WRITE, minimum_tier=Tier.ISOLATED)),
        Tightening("B", SandboxSettings(level=Level.NETWORK, limits={"cpu": 5.0})),
    ]
    given = consent(SandboxSettings(level=Level.OFF), workspace=said)
    assert (given.level, given.ceiling, given.minimum_tier) == (
        Level.STANDARD,
        Level.STANDARD,
        Tier.ISOLATED,
    )
    assert given.capped(given.limits).cpu == 5.0
    assert given.notes == ()


def test_what_may_be_written_is_made(tmp_path: Path) -> None:
    it = asking(tmp_path, a="Needs: write out/v1.0/, write deep/table.csv, write here", b="")
    decision = it.under(Level.STRICT, "write out", "write deep/table.csv")
    for node, policy in decision.policies.items():
        make_outputs(it.plan, it.file, node, policy)
    made = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    assert made == ["deep", "deep/table.csv", "out", "out/v1.0"]
    assert (tmp_path / "out/v1.0").is_dir()
    assert (tmp_path / "deep/table.csv").read_bytes() == b""


def test_two_rights_in_one_text_are_no_right_with_a_comma_in_it() -> None:
    with pytest.raises(ValueError, match="name each right by itself"):
        read_right("write out/, network api.example.com")

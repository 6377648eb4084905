"""Every payload is tried by the command, at a level: it achieves nothing, and the command goes on.

By default that is at the level that plans run at, as whoever runs the tests, and as an ordinary
user; and at the next level. `CODEACT_ATTACKS=all` tries all levels, and machines that have less.
"""

import os
from collections.abc import Iterator

import pytest

from tests.sandbox.attacks.payloads import PLANS, PayloadPlan
from tests.sandbox.attacks.siege import NOTHING, STARTED, Siege, Trial, besieged, lay
from tests.sandbox.attacks.watchers import Toll
from tests.sandbox.attacks.world import LASTING, NOBODY, World

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

_KERNEL = ("--minimum-tier", "kernel")
_USERS = (0, NOBODY) if os.getuid() == 0 else (os.getuid(),)
_TRIALS = [
    *(Trial("strict", user) for user in _USERS),
    Trial("standard", folder=LASTING),
]
_MORE = [
    *(Trial("strict", user, folder=LASTING) for user in _USERS),
    Trial("write"),
    Trial("network"),
    *(Trial("standard", user) for user in _USERS if user),
    *(Trial("strict", user, withhold="nested") for user in _USERS),
    *(Trial("strict", user, _KERNEL, withhold="bwrap") for user in _USERS),
    Trial("strict", withhold="cgroup"),
]
_LEAST_PAYLOADS = 150
# What four nodes at once may take: their limits, and what starts them. Others use the machine too.
_MOST = Toll(processes=4 * 64 + 40, memory=8 * 1024**3, disk=4 * 1024**3)
_MOST_OUTPUT = 64 * 1024**2


@pytest.fixture(
    scope="module",
    params=[*_TRIALS, *(_MORE if os.environ.get("CODEACT_ATTACKS") == "all" else ())],
    ids=str,
)
def attacked(request: pytest.FixtureRequest) -> Iterator[tuple[World, Trial]]:
    """A world for each way of trying."""
    trial: Trial = request.param
    with besieged(trial.user, trial.folder) as world:
        yield world, trial


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_no_payload_achieves_anything(attacked: tuple[World, Trial], plan: PayloadPlan) -> None:
    world, trial = attacked
    siege = lay(world, plan, trial)
    assert _harm(plan, siege, trial) == {}
    assert siege.unexplained == set()
    assert siege.left == []
    assert siege.toll.or_more(_MOST) == _MOST
    assert len(siege.ended.out) < _MOST_OUTPUT
    _check_command(plan, siege)


def test_there_are_payloads_enough_whose_names_can_be_told_apart() -> None:
    names = [attack.name for plan in PLANS for attack in plan.attacks]
    assert len(names) >= _LEAST_PAYLOADS
    assert len(set(names)) == len(names)
    for plan in PLANS:
        assert len({attack.name[:14] for attack in plan.attacks}) == len(plan.attacks)


def _harm(plan: PayloadPlan, siege: Siege, trial: Trial) -> dict[str, set[str]]:
    """What payloads achieved that they may not achieve at a level."""
    allowed = {
        attack.name: {STARTED} if attack.free == "standard" and trial.level != "strict" else set()
        for attack in plan.attacks
    }
    harm = {name: effects - allowed[name] for name, effects in siege.effects.items()}
    return {name: effects for name, effects in harm.items() if effects}


def _check_command(plan: PayloadPlan, siege: Siege) -> None:
    """The command told of the end of each node, once, and came to its own end."""
    ended = siege.ended
    assert "Traceback" not in ended.err
    assert ended.events[-1]["event"] == "RunFinished"
    assert ended.ends.keys() == set(plan.nodes)
    assert {len(ends) for ends in ended.ends.values()} == {1}
    for witness in {"witness_beside", "witness_forged"} & set(plan.nodes):
        assert ended.preview(witness) in NOTHING, ended.ends[witness]

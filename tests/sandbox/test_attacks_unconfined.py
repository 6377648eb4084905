"""Where nothing is confined, payloads have their effects: else it proves nothing to stop them."""

import os
from collections.abc import Iterator

import pytest

from tests.sandbox.attacks.payloads import PLANS, PayloadPlan
from tests.sandbox.attacks.siege import Trial, besieged, lay
from tests.sandbox.attacks.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

_OFF = Trial("off")
# Who watches looks a hundred times a second if the machine lets him, and may miss what is short.
_TRIES = 3


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """A world to be thrown away."""
    with besieged(os.getuid()) as made:
        yield made


@pytest.mark.parametrize(
    "plan", [plan for plan in PLANS if plan.name != "bombs"], ids=lambda plan: plan.name
)
def test_each_harmless_payload_has_its_effect(world: World, plan: PayloadPlan) -> None:
    powerless = {
        attack.name
        for attack in plan.attacks
        if attack.is_harmless
        if attack.unconfined != "root" or os.getuid() == 0
    }
    for _ in range(_TRIES):
        if powerless:
            siege = lay(world, plan, _OFF)
            powerless -= {name for name, effects in siege.effects.items() if effects}
    assert powerless == set()


def test_each_payload_that_is_not_run_unconfined_says_why() -> None:
    for plan in PLANS:
        for attack in plan.attacks:
            assert attack.is_harmless or attack.unconfined.startswith("never, ")

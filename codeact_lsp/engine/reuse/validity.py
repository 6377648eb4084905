"""When something that was seen of a node still speaks of the node as it is now."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from codeact_lsp.plan import Plan


def validity_keys(plan: Plan, inputs: Mapping[str, Any]) -> dict[str, str]:
    """For each node that can run, a digest of its code, its inputs, and the same of all upstream.

    What was seen under a key may be shown as long as the node has that key, and again when an undo
    brings the key back.

    Args:
        plan: The plan.
        inputs: Values from outside the plan, as plain data.
    """
    keys: dict[str, str] = {}
    code_keys, nodes = plan.code_keys, plan.table.nodes
    for name in plan.graph.order:
        names = [parameter.name for parameter in nodes[name].parameters]
        given = {other: inputs[other] for other in names if other in inputs}
        # This is done for all nodes at each keystroke; most have no such inputs.
        parts = [code_keys[name], json.dumps(given, sort_keys=True) if given else ""]
        for other in plan.graph.dependencies(name):
            parts += (other, keys[other])
        keys[name] = hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
    return keys

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
    for name in plan.graph.order:
        parameters = plan.nodes[name].node.parameters
        given = {p.name: inputs[p.name] for p in parameters if p.name in inputs}
        before = {other: keys[other] for other in plan.graph.dependencies(name)}
        text = json.dumps([plan.code_keys[name], given, before], sort_keys=True)
        keys[name] = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    return keys

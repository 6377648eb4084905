"""When something that was seen of a node still speaks of the node as it is now."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codeact_lsp.plan import Plan


def validity_keys(plan: Plan, inputs: Mapping[str, Any]) -> Mapping[str, str]:
    """For each node that can run, a digest of its code, its inputs, and the same of all upstream.

    What was seen under a key may be shown as long as the node has that key, and again when an undo
    brings the key back.

    Args:
        plan: The plan.
        inputs: Values from outside the plan, as plain data.
    """
    return Validity.of(plan, inputs).keys


def keys_after(plan: Plan, keys: Mapping[str, str], node: str) -> dict[str, str]:
    """The keys of the nodes that depend on one, as `keys` has them of `plan`."""
    after = plan.graph.downstream([node]) - {node}
    return {name: keys[name] for name in after if name in keys}


@dataclass(frozen=True, eq=False, slots=True)
class Validity:
    """The validity keys of a plan, in an order in which the nodes can run."""

    plan: Plan
    inputs: Mapping[str, Any]
    keys: Mapping[str, str]

    @classmethod
    def of(cls, plan: Plan, inputs: Mapping[str, Any]) -> "Validity":
        """The keys of all nodes."""
        return cls(plan, inputs, _keyed(plan, inputs, {}))

    def edited(self, plan: Plan, inputs: Mapping[str, Any]) -> "Validity":
        """The keys in an edited plan: at most keystrokes they change for few nodes."""
        if inputs != self.inputs:
            return Validity.of(plan, inputs)
        concerned = plan.graph.downstream(_edited(self.plan, plan))
        if not concerned and plan.graph is self.plan.graph:
            return Validity(plan, inputs, self.keys)
        known = {name: key for name, key in self.keys.items() if name not in concerned}
        return Validity(plan, inputs, _keyed(plan, inputs, known))


def _edited(before: Plan, now: Plan) -> set[str]:
    """The nodes that are others than they were themselves, or are tied to one that came or went."""
    old, new = before.code_keys, now.code_keys
    edited = {name for name, key in new.items() if key != old.get(name)}
    if now.graph is not before.graph:
        was, links = before.graph.links, now.graph.links
        edited |= {name for name, tied in links.items() if tied is not was.get(name)}
        come_or_gone = new.keys() ^ old.keys()
        edited.update(*(now.graph.mentions.get(name, ()) for name in come_or_gone))
    return edited


def _keyed(plan: Plan, inputs: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, str]:
    """The keys of all nodes that can run, of which some are known."""
    keys: dict[str, str] = {}
    code_keys, nodes = plan.code_keys, plan.table.nodes
    for name in plan.graph.order:
        if name in known:
            keys[name] = known[name]
            continue
        node = nodes[name]
        given = {part.name: inputs[part.name] for part in node.parameters if part.name in inputs}
        # Most nodes have no such inputs.
        parts = [code_keys[name], json.dumps(given, sort_keys=True) if given else ""]
        for other in node.links.ordering:
            if other in nodes:
                parts += (other, keys[other])
        keys[name] = hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
    return keys

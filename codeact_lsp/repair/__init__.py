"""Repair: a failure in, fixes out that have been seen to work."""

from codeact_lsp.repair.repair import Repairer
from codeact_lsp.repair.verify import Failure, Fix, failures

__all__ = ["Failure", "Fix", "Repairer", "failures"]

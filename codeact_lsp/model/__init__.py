"""Language models of any provider: asked over a side process that alone holds keys."""

from codeact_lsp.model.account import Account, Spent
from codeact_lsp.model.client import Model
from codeact_lsp.model.completing import Completes, How
from codeact_lsp.model.errors import ModelError
from codeact_lsp.model.messages import Message, Reply
from codeact_lsp.model.settings import Budget, Limits, ModelSettings, Prompting

__all__ = [
    "Account",
    "Budget",
    "Completes",
    "How",
    "Limits",
    "Message",
    "Model",
    "ModelError",
    "ModelSettings",
    "Prompting",
    "Reply",
    "Spent",
]

"""Where calls run: one module an executor, all behind the `Executor` protocol."""

from codeact_lsp.engine.executors.protocol import Began, Call, Executor, Output

__all__ = ["Began", "Call", "Executor", "Output"]

"""CodeAct LSP: plans that are executable Python, read, run and repaired in the editor."""

__version__ = "0.1.0"

"""The library: plans read and run from Python. `codeact_lsp` itself exports all of it, lazily."""

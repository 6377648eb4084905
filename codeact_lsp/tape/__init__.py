"""Tapes: all that happened on the way from a task to a result, in one file, to look at again."""

from codeact_lsp.tape.reading import Line, Tape
from codeact_lsp.tape.writer import TapeFileError, TapeWriter

__all__ = ["Line", "Tape", "TapeFileError", "TapeWriter"]

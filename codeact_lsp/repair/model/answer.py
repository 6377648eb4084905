"""What a model answered, read strictly: one function, changed in its body alone."""

import ast
import re
from dataclasses import dataclass

from codeact_lsp.model.legible import is_legible
from codeact_lsp.model.masking import Masker
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.plan.edits.function import Function, FunctionDef
from codeact_lsp.plan.visible import visible
from codeact_lsp.repair.model.asked import Mended, function_in, head_end
from codeact_lsp.repair.model.reach import reaching_imports, reaching_names

END = "<<END>>"
_MOST_CHARACTERS = 40_000
_MOST_WHY = 70
_FORM = re.compile(
    r"\s*(?:WHY:[ \t]*(?P<why>[^\n]*)\n)?\s*```(?:python|py)?[ \t]*\n(?P<code>.*?)\n?```\s*",
    re.DOTALL | re.IGNORECASE,
)
_MASKED = re.compile(r"MASKED_SECRET_\d+")


class AnswerError(Exception):
    """The answer is of no use; the message says why, to the model as to people."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A change that a model proposes.

    Attributes:
        why: The model's own words for it, on one line.
    """

    edit: TextEdit
    why: str


def read_answer(text: str, mended: Mended, masker: Masker) -> Answer:
    """The change that an answer proposes.

    Args:
        text: The answer.
        mended: The function that it is about.
        masker: What knows the secrets of that function.

    Raises:
        AnswerError: It is not what was asked for, or changes what it may not.
    """
    found = _FORM.fullmatch(text[:_MOST_CHARACTERS])
    if not found:
        raise AnswerError("the answer has to be one line WHY, and one block of Python in ```")
    code = masker.restored(found["code"])
    if _MASKED.search(code):
        raise AnswerError("it uses a value that was masked; work without that value")
    if not is_legible(code):
        raise AnswerError("it holds characters that nobody can see")
    function = _function(code)
    _check_head(mended.function.tree, function)
    edit = mended.with_tail(code[head_end(code, function) :])
    if edit is None:
        raise AnswerError("with its body in place the plan is no Python any more")
    if not edit.new and not edit.span.end > edit.span.start:
        raise AnswerError("it changes nothing")
    changed = _in_place(mended, edit)
    # Of what will be there, and not of what was said.
    if reaching := reaching_imports(changed, mended.function.plan):
        raise AnswerError(f"it imports '{reaching[0]}', which reaches beyond the plan")
    if reaching := reaching_names(changed, mended.function.plan):
        raise AnswerError(f"it uses '{reaching[0]}', which reaches beyond the function")
    why = " ".join(visible(found["why"] or "").split())
    return Answer(edit, why if len(why) <= _MOST_WHY else f"{why[: _MOST_WHY - 1]}…")


def _function(code: str) -> FunctionDef:
    try:
        return function_in(code)
    except SyntaxError as error:
        where = f" at line {error.lineno}" if error.lineno else ""
        raise AnswerError(f"its Python is wrong{where}: {error.msg}") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise AnswerError(str(error) or "its Python is nested too deep") from error


def _in_place(mended: Mended, edit: TextEdit) -> FunctionDef:
    """The function as the edit leaves it, and no other is touched."""
    before = mended.function.plan
    after = before.edited(edit.span, edit.new)
    changed = Function.at(after, mended.function.whole.start)
    if changed is None or len(after.document.pieces) != len(before.document.pieces):
        raise AnswerError("it changes more than the function")
    _check_head(mended.function.tree, changed.tree)
    return changed.tree


def _check_head(old: FunctionDef, new: FunctionDef) -> None:
    """What callers, the engine and the user's rights rest on has to stay as it is.

    A docstring that is left out is put back, so only one that says something else counts.
    """
    if new.name != old.name:
        raise AnswerError(f"it defines '{new.name}'; it has to define '{old.name}'")
    if type(new) is not type(old) or _signature(new) != _signature(old):
        raise AnswerError("it changes the signature, which has to stay as it is")
    if _dumped(new.decorator_list) not in {"[]", _dumped(old.decorator_list)}:
        raise AnswerError("it changes the decorators, which have to stay as they are")
    said = ast.get_docstring(new)
    if said is not None and said != ast.get_docstring(old):
        raise AnswerError("it changes the docstring, which has to stay as it is")


def _signature(function: FunctionDef) -> str:
    returns = ast.dump(function.returns) if function.returns else ""
    return f"{ast.dump(function.args)} -> {returns}"


def _dumped(nodes: list[ast.expr]) -> str:
    return f"[{', '.join(map(ast.dump, nodes))}]"

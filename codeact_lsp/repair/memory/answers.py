"""What mended the very code that failed, to be done once more where the same code fails so again.

A pattern says what a change has in common with others. An answer is the change itself, wherever it
was made: in several places, in a statement that came or went, in another function, in the imports.
The code is the same where only names that a plan has chosen are others. None of it is kept but what
came: the code that failed is known by a mark, and of the literals that came those that may be
somebody's data are sealed with it.
"""

import ast
import json
import re
from dataclasses import dataclass
from functools import cached_property

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.plan import Piece, Plan
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.memory import imports
from codeact_lsp.repair.memory.again import edits
from codeact_lsp.repair.memory.alike import Alike
from codeact_lsp.repair.memory.imported import of_plan
from codeact_lsp.repair.memory.marks import Marks
from codeact_lsp.repair.memory.pattern import said_exactly
from codeact_lsp.repair.memory.reached import reached, same
from codeact_lsp.repair.memory.steps import Step, steps
from codeact_lsp.repair.memory.wording import Wording, holds_secrets
from codeact_lsp.repair.scene import Scene

_MOST_CHARACTERS = 20_000
# A seal, as `wording` writes it.
_UNREADABLE = re.compile(r"_[0-9a-f]{34,}x_")


@dataclass(frozen=True, slots=True)
class Answer:
    """A change that mended one failure.

    Attributes:
        error: The type of the exception.
        message: What it says, without what is particular to it.
        very: The mark of the code that failed, and of what was said.
        form: The same, whatever the literals of the code are.
        where: The mark of the piece that was changed; empty if that is the one that failed.
        change: What was changed, as JSON.
    """

    error: str
    message: str
    very: str
    form: str
    where: str
    change: str

    @property
    def told(self) -> str:
        """What came, in words that a person can read; nothing where it only went."""
        try:
            change = json.loads(self.change)
            texts = [text for _, _, texts in change["steps"] for text in texts]
            texts += [imports.Imported(*each).line for each in change["come"]]
        except (ValueError, LookupError, TypeError):
            return ""
        return "\n".join(_UNREADABLE.sub("...", str(text)) for text in texts)


def answer(before: Plan, error: CodeError, after: Plan, marks: Marks) -> Answer | None:
    """What mended a failure; None if nothing was changed, or more than can be said.

    Args:
        before: The plan that failed.
        error: What happened.
        after: The plan that no longer has it.
        marks: What makes marks.
    """
    asked = Asked(before, error, marks)
    old, new = changed(before, error, after)
    made = steps(old.tree, new.tree) if old and new else []
    if made is None or holds_secrets(made):
        return None
    told = _told(made, _exchanged(before, error, after, [old, new]), asked.wording(old))
    is_elsewhere = old is not None and old != asked.scene.piece
    where = asked.where(old) if old and is_elsewhere else ""
    found = Answer(*asked.about, asked.very, asked.form, where, told)
    scene = asked.scene_of(old)
    is_same = scene and _gives(before, edits(told, scene, asked.wording(old)), old, new)
    return found if is_same and len(told) <= _MOST_CHARACTERS else None


def _exchanged(
    before: Plan, error: CodeError, after: Plan, pieces: list[Piece | None]
) -> imports.Exchange:
    """What was changed of the imports for this failure: others may have been mended with it."""
    changed_pieces = [each for each in pieces if each]
    has_to_do = changed_pieces or [scene.piece for scene in reached(before, error)]
    names = {name for piece in has_to_do for name in imports.bound_in(piece)}
    exchange = imports.exchanged(before, after, names)
    return exchange if changed_pieces or any(exchange) else imports.exchanged(before, after)


def _told(made: list[Step], exchange: imports.Exchange, wording: Wording) -> str:
    told = [[step.way, step.gone, [*map(wording.told, step.come)]] for step in made]
    return json.dumps({"steps": told, "gone": exchange.gone, "come": exchange.come})


def _gives(before: Plan, made: list[TextEdit], old: Piece | None, new: Piece | None) -> bool:
    """Whether the edits make of a plan what has become of it."""
    if not made or old is None or new is None:
        return bool(made)
    after = Plan.from_text(applied(before.source.text, made))
    become = same(old, after)
    return become is not None and ast.dump(become.tree) == ast.dump(new.tree)


def applied(text: str, made: list[TextEdit]) -> str:
    """A text after some edits."""
    for edit in sorted(made, key=lambda each: each.span, reverse=True):
        text = edit.apply(text)
    return text


@dataclass(frozen=True)
class Asked:
    """A failure, as answers know it again.

    Attributes:
        plan: The plan that failed.
        error: What happened.
        marks: What makes marks.
    """

    plan: Plan
    error: CodeError
    marks: Marks

    @cached_property
    def scene(self) -> Scene:
        """The place that failed."""
        return Scene(self.plan, self.error, self.error.span)

    @cached_property
    def about(self) -> tuple[str, str]:
        """The type of the exception, and what it says."""
        return self.error.type, said_exactly(self.scene)

    @cached_property
    def _alike(self) -> Alike:
        return Alike(self.scene.piece.tree, of_plan(self.plan))

    @cached_property
    def very(self) -> str:
        """The mark of the code with its literals."""
        return self.marks.of(*self.about, self._alike.code)

    @cached_property
    def form(self) -> str:
        """The mark of the code whatever its literals are."""
        return self.marks.of(*self.about, self._alike.form)

    def where(self, piece: Piece) -> str:
        """The mark of another piece."""
        return self.marks.of(Alike(piece.tree, of_plan(self.plan)).form)

    def wording(self, piece: Piece | None) -> Wording:
        """How a change of a piece is worded; of the one that failed, if none is given."""
        alike = Alike(piece.tree, of_plan(self.plan)) if piece else self._alike
        return Wording(alike, self._alike.code, self.marks)

    def scene_of(self, piece: Piece | None) -> Scene | None:
        """A piece as what is to be changed."""
        document = self.plan.document
        for each, start in zip(document.pieces, document.starts, strict=True):
            if each == piece:
                span = each.span(each.tree.body[0]).shifted(start)
                return Scene(self.plan, self.error, span)
        return self.scene if piece is None else None

    def changes(self, answer: Answer) -> list[TextEdit]:
        """The edits that an answer comes to here; none if it does not fit."""
        if not answer.where:
            return edits(answer.change, self.scene, self.wording(None))
        for piece in self.plan.document.pieces:
            if piece.tree.body and self.where(piece) == answer.where:
                scene = self.scene_of(piece)
                return edits(answer.change, scene, self.wording(piece)) if scene else []
        return []


def changed(before: Plan, error: CodeError, after: Plan) -> tuple[Piece | None, Piece | None]:
    """The piece that was changed, and what it is now: the likeliest, where there are several."""
    known = [scene.piece for scene in reached(before, error)]
    for piece in known:
        if (other := same(piece, after)) and _differ(piece, other):
            return piece, other
    pairs = [(each, same(each, after)) for each in before.document.pieces if each not in known]
    others = [(old, new) for old, new in pairs if new and _differ(old, new)]
    return others[0] if len(others) == 1 else (None, None)


def _differ(one: Piece, other: Piece) -> bool:
    return one.code != other.code and ast.dump(one.tree) != ast.dump(other.tree)

"""What the views of the editor are held to: their layout has to draw as this one does."""

from tests.plan.layout.drawings import FILE, drawings


def test_the_recorded_drawings_are_those_of_this_layout() -> None:
    recorded = FILE.read_text(encoding="utf-8").splitlines()[1:-1]
    assert [line.removesuffix(",") for line in recorded] == list(drawings())

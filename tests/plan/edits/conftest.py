"""A comparison that fails in the helpers is shown as one in a test is."""

import pytest

pytest.register_assert_rewrite("tests.plan.edits.drawn")

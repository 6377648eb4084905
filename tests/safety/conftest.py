"""What the tests of advice share."""

import pytest

pytest.register_assert_rewrite("tests.safety.finding")

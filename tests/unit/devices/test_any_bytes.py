"""Whatever comes over a wire: every parser of the devices' bytes takes it or refuses it by its own error."""

from __future__ import annotations

import pytest
from fuzz.targets import TARGETS, Target

# Together more than 20,000 inputs; `make fuzz` throws a million others.
_EACH = 1200
_FIRST = 10_000_000


@pytest.mark.parametrize("target", TARGETS, ids=lambda t: t.name)
def test_no_input_ends_in_anything_but_a_value_or_a_typed_error(target: Target) -> None:
    for number in range(_FIRST, _FIRST + _EACH):
        target.one(number)

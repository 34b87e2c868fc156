"""车辆识别代号 and 号牌号码 as identifiers: their alphabets, the check digit, and what a reader of print confuses."""

from __future__ import annotations

import re

# GB 16735-2019 (ISO 3779): 17 characters, no I, O, Q; the ninth is the check digit by the weights of its table.
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CHECK_PLACE = 8
_MODULUS, _TEN = 11, "X"

# GA 36-2018: province, office (no I, O), then five for ordinary plates, six for new-energy ones; the last may say what
# the vehicle is for (学 警 港 澳 挂).
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PROVINCES}][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9学警港澳挂]|[DF][A-HJ-NP-Z0-9][0-9]{{4}}|[0-9]{{5}}[DF])"
)

# What print and stamps are read as: letters that a VIN cannot have.
_CONFUSED = str.maketrans({"I": "1", "O": "0", "Q": "0"})


def vin_check_digit(vin: str) -> str:
    """What the ninth character must be, for 17 characters of the alphabet. Raises KeyError for others."""
    total = sum(_VALUES[character] * weight for character, weight in zip(vin, _WEIGHTS, strict=True))
    rest = total % _MODULUS
    return _TEN if rest == 10 else str(rest)


def is_vin(text: str) -> bool:
    """17 characters of the alphabet with the right check digit."""
    return bool(_VIN.fullmatch(text)) and vin_check_digit(text) == text[_CHECK_PLACE]


def vin_read_as(text: str) -> str:
    """A VIN as it must have been, from what was read: only letters that no VIN has are changed, and only if it then checks.

    "" when it cannot be told: nothing is repaired by guessing.
    """
    plain = "".join(text.split()).upper().translate(_CONFUSED)
    return plain if is_vin(plain) else ""


def is_plate(text: str) -> bool:
    """An ordinary or new-energy plate number in force."""
    return bool(_PLATE.fullmatch(text))

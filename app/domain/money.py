"""Amounts of money as forms and notices write them, in figures and in Chinese words; exact, in fen."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_LARGEST_FEN = 10**16 * 100 - 1


def yuan(fen: int) -> str:
    """``123456`` → ``1,234.56``. Raises ValueError for a negative or absurd amount."""
    _require_sane(fen)
    return f"{fen // 100:,}.{fen % 100:02}"


def yuan_in_words(fen: int) -> str:
    """大写金额 as 《支付结算办法》 annex 1 (正确填写票据和结算凭证的基本规定) lays down: ``100500`` → 壹仟零伍元整.

    Raises ValueError for a negative or absurd amount.
    """
    _require_sane(fen)
    whole, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    words = _whole(whole) + "元" if whole else ""
    if not jiao and not rest:
        return (words or "零元") + "整"
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif whole:
        words += "零"
    return words + (_DIGITS[rest] + "分" if rest else "整")


def _require_sane(fen: int) -> None:
    if not 0 <= fen <= _LARGEST_FEN:
        raise ValueError(fen)


def _whole(number: int) -> str:
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    words, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = True
            continue
        if words and (gap or group < 1000 or not groups[place + 1] % 10):
            words += "零"
        words += _group(group) + _GROUPS[place]
        gap = False
    return words


def _group(number: int) -> str:
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            gap = gap or bool(words)
            continue
        words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return words

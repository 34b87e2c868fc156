"""Every word of the windows goes through Qt's translation, and the compiled catalogue is the one in the source."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
UI = sorted((ROOT / "app" / "ui").rglob("*.py"))
CATALOGUE = ROOT / "resources" / "translations" / "jingchuang_zh_CN.ts"
SETTERS = {
    "setText", "setWindowTitle", "setToolTip", "setAccessibleName", "setPlaceholderText", "setTitle", "set_words",
    "set_sentence", "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "KeyButton", "addItem", "setStatusTip",
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z]{3,}|[一-鿿]")
_SAME_EVERYWHERE = {"ISO"}


def bare_words(tree: ast.AST) -> list[str]:
    """String literals handed straight to something visible."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for argument in node.args[:1] if name in SETTERS else []:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found.append(argument.value)
    return [word for word in found if _WORD.search(word) and word not in _SAME_EVERYWHERE]


@pytest.mark.parametrize("path", UI, ids=lambda p: p.stem + "-" + p.parent.name)
def test_no_visible_word_is_written_without_translation(path: Path) -> None:
    assert not bare_words(ast.parse(path.read_text(encoding="utf-8")))


def test_the_check_sees_a_bare_word() -> None:
    assert bare_words(ast.parse("label.setText('Shoot')")) == ["Shoot"]
    assert not bare_words(ast.parse("label.setText(self.tr('Shoot'))"))


def _words_in_code() -> set[str]:
    words = set()
    for path in UI:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                which = {"tr": 0, "translate": 1}.get(node.func.attr)
                argument = node.args[which] if which is not None and len(node.args) > which else None
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    words.add(argument.value)
    return words


def test_every_word_has_its_chinese_and_none_is_left_over() -> None:
    from html import unescape

    text = CATALOGUE.read_text(encoding="utf-8")
    assert 'type="unfinished"' not in text
    assert "<translation></translation>" not in text
    sources = {unescape(s) for s in re.findall(r"<source>(.*?)</source>", text, re.DOTALL)}
    assert sources == _words_in_code()


def test_the_compiled_catalogue_is_fresh(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("pyside6-lrelease")
    out = tmp_path / "fresh.qm"
    subprocess.run([program, CATALOGUE, "-qm", out], check=True, capture_output=True, timeout=60)
    assert out.read_bytes() == CATALOGUE.with_suffix(".qm").read_bytes()

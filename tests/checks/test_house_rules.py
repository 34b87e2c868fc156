"""What reviewers would otherwise have to remember: sizes, names, first lines, forbidden calls, texts for codes."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config.places import RESOURCES
from app.config.settings import declarations
from app.config.texts import error_codes, whole_table
from devices.ports import errors as device_errors

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted(p for part in ("app", "devices") for p in (ROOT / part).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
BANNED_NAMES = {"utils", "util", "misc", "common", "helpers", "helper", "manager", "managers", "base"}
CODE = re.compile(r"^[A-Z]{3}-\d{3}$")


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SHIPPED, ids=_short)
def test_a_file_says_why_it_exists_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "the first line must say why the file exists"
    assert len(text.splitlines()) <= 500
    assert path.stem not in BANNED_NAMES
    assert not (set(path.relative_to(ROOT).parent.parts) & BANNED_NAMES)


@pytest.mark.parametrize("path", TESTS, ids=_short)
def test_a_test_file_stays_readable(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 800
    assert path.name != "__init__.py", "importlib mode: tests are no packages"


@pytest.mark.parametrize("path", SHIPPED, ids=_short)
def test_public_names_say_what_they_are_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not bare, f"no docstring: {bare}"


def _literals(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.match(node.value):
            yield node.value


def _codes_in_code() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in SHIPPED:
        for code in _literals(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(code, _short(path))
    return found


def test_every_code_has_its_sentences_and_every_sentence_its_code() -> None:
    used = _codes_in_code()
    assert not {c: f for c, f in used.items() if c not in error_codes()}, "codes without a text"
    assert not error_codes() - used.keys(), "texts without a code"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_error_says_what_happened_what_is_safe_and_what_to_do(language: str) -> None:
    for code, entry in whole_table("errors").items():
        for part in ("what", "safe", "next"):
            sentence = entry[language][part]
            assert sentence.strip(), f"{code} {language} {part}"
            has_chinese = bool(re.search(r"[一-鿿]", sentence))
            assert has_chinese == (language == "zh"), f"{code} {language} {part}: {sentence}"


def test_every_device_error_class_has_a_code_of_its_own() -> None:
    found = [c for c in vars(device_errors).values() if isinstance(c, type)]
    classes = [c for c in found if issubclass(c, device_errors.DeviceError)]
    codes = [c.code for c in classes]
    assert len(codes) == len(set(codes))
    assert set(codes) <= error_codes()


def test_every_declared_setting_is_used_and_has_both_languages() -> None:
    # Addresses of devices are read through the table of kinds.
    code = "\n".join(p.read_text(encoding="utf-8") for p in (*SHIPPED, RESOURCES / "devices" / "kinds.toml"))
    for row in declarations():
        assert f'"{row.key}"' in code, f"{row.key} is declared and never read"
        assert row.checked(row.default) == row.default
        assert re.search(r"[一-鿿]", row.label("zh_CN"))
        assert not re.search(r"[一-鿿]", row.label("en") + row.help("en"))


def test_importing_any_room_starts_nothing() -> None:
    """No thread, file, socket or process comes into being by an import."""
    modules = [
        ".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for p in SHIPPED
        # A driver is imported inside its worker process alone, and some libraries must find their folder first.
        if p.name != "__main__.py" and "drivers" not in p.parts and p.name != "worker.py"
    ]
    script = (
        "import sys, threading, importlib\n"
        "watched = []\n"
        "def hook(event, args):\n"
        "    if event in ('socket.connect', 'socket.bind', 'subprocess.Popen', 'os.mkdir'):\n"
        "        watched.append((event, str(args)[:200]))\n"
        "    if event == 'open' and isinstance(args[1], str) and set(args[1]) & set('wax+'):\n"
        "        watched.append((event, str(args[:2])))\n"
        "sys.addaudithook(hook)\n"
        f"for name in {modules!r}:\n"
        "    before = len(watched)\n"
        "    importlib.import_module(name)\n"
        "    if watched[before:]: print(name, watched[before:])\n"
        "extra = [t.name for t in threading.enumerate() if t is not threading.main_thread()]\n"
        "if extra: print('threads', extra)\n"
    )
    result = subprocess.run(
        [sys.executable, "-B", "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert result.returncode == 0, result.stderr
    lines = [line for line in result.stdout.splitlines() if "importlib_resources" not in line]
    assert not lines, "\n".join(lines)


def test_no_seal_function_returns_a_bare_flag() -> None:
    for path in (ROOT / "app" / "security").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                assert not (isinstance(node.returns, ast.Name) and node.returns.id == "bool"), f"{path}: {node.name}"


def test_the_windows_leave_threads_to_the_bridge() -> None:
    for path in (ROOT / "app" / "ui").rglob("*.py"):
        if "bridge" in path.parts:
            continue
        names = {
            alias.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        modules = {
            node.module
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
        }
        assert not names & {"threading", "QThread", "subprocess", "ThreadPoolExecutor"}, _short(path)
        assert not modules & {"threading", "subprocess"}, _short(path)
        if path.name == "view_model.py":
            assert "PySide6.QtWidgets" not in modules, _short(path)

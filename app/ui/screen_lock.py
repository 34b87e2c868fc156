"""锁屏: covers the whole window when nobody has touched it for a while, or at once by Ctrl+L; the work beneath stays."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.config.texts import Coded
from app.ui.bench import Bench
from app.ui.widgets.banner import Banner
from app.ui.widgets.door_panel import DoorPanel

_TOUCHES = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}
_NEEDS_CODE = {"AUT-107", "AUT-108"}


class ScreenLock(QFrame):
    """A child of ``window`` over all of it. ``covered`` and ``uncovered`` tell the window; it has to hide other windows."""

    covered = Signal()
    uncovered = Signal()

    def __init__(self, bench: Bench, window: QWidget) -> None:
        super().__init__(window)
        self._bench = bench
        self.setObjectName("panel")
        self.setAutoFillBackground(True)
        self._panel = DoorPanel(self)
        self._who = QLabel(self._panel)
        self._who.setObjectName("title")
        hint = QLabel(self.tr("The screen is locked. Your work is as you left it."), self._panel)
        hint.setObjectName("muted")
        self.password, self.code = QLineEdit(self._panel), QLineEdit(self._panel)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(self.tr("Password"))
        self.password.setAccessibleName(self.tr("Password"))
        self.code.setPlaceholderText(self.tr("Code of the token"))
        self.code.setAccessibleName(self.tr("Code of the token"))
        self.code.setMaxLength(6)
        self.open = QPushButton(self.tr("Unlock  ⏎"), self._panel)
        self.open.setObjectName("next")
        self.banner = Banner(bench.language, bench.theme.colours["fail"], self._panel)
        for part in (self._who, hint, self.banner, self.password, self.code, self.open):
            self._panel.column.addWidget(part)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(self._panel, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.cover)
        self._asleep: list[QShortcut] = []
        QShortcut(QKeySequence("Ctrl+L"), window).activated.connect(self.cover)
        for field in (self.password, self.code):
            field.returnPressed.connect(self._unlock)
        self.open.clicked.connect(self._unlock)
        bench.desk_opened.connect(self._watch)
        bench.desk_closed.connect(self._leave)
        self.hide()

    # -- when ------------------------------------------------------------------------------------------

    def _watch(self) -> None:
        """From signing in on. Training mode and a station without sign-in have nobody to keep out."""
        handle = self.window().windowHandle()
        if self._bench.trainee is None and self._bench.desk.lock is not None and handle is not None:
            handle.installEventFilter(self)
            self._wait()

    def _wait(self) -> None:
        desk = self._bench.opened
        lock = desk.lock if desk is not None else None
        if lock is not None and lock.idle_s > 0:
            self._idle.start(int(lock.idle_s * 1000))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every key and every hand on the window puts the lock off; the window is listened to, not each of its parts."""
        if event.type() in _TOUCHES and self.isHidden():
            self._wait()
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        self._idle.stop()
        handle = self.window().windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
        self._uncover()

    # -- what ------------------------------------------------------------------------------------------

    def cover(self) -> None:
        """Now. Nothing of the work can be seen, and no key reaches it."""
        desk = self._bench.opened
        if desk is None or desk.lock is None or self._bench.trainee is not None or not self.isHidden():
            return
        self._idle.stop()
        self._bench.ask(desk.lock.locked, lambda _: None)
        self._who.setText(f"{desk.officer.name}（{desk.officer.account}）")
        shortcuts = cast("list[QShortcut]", self.window().findChildren(QShortcut))
        self._asleep = [shortcut for shortcut in shortcuts if shortcut.isEnabled()]
        for shortcut in self._asleep:
            shortcut.setEnabled(False)
        self.code.hide()
        self.setGeometry(QRect(0, 0, self.window().width(), self.window().height()))
        self.show()
        self.raise_()
        self.password.setFocus()
        self.covered.emit()

    def fit(self, event: QResizeEvent) -> None:
        """The window has another size."""
        self.resize(event.size())

    def _unlock(self) -> None:
        desk = self._bench.opened
        lock = desk.lock if desk is not None else None
        if lock is None:
            return
        self.banner.hide()
        self.open.setEnabled(False)
        password, code = self.password.text(), self.code.text().strip()
        self._bench.ask(lambda: lock.unlock(password, code), lambda _: self._opened(), self._refused)

    def _refused(self, error: Coded) -> None:
        self.open.setEnabled(True)
        if error.code in _NEEDS_CODE:
            self.code.show()
            self.code.clear()
            self.code.setFocus()
        self.banner.show_error(error)
        self._panel.fit()

    def _opened(self) -> None:
        self._uncover()
        self.uncovered.emit()
        self._wait()

    def _uncover(self) -> None:
        for field in (self.password, self.code):
            field.clear()
        self.banner.hide()
        self._panel.shrink()
        self.open.setEnabled(True)
        for shortcut in self._asleep:
            shortcut.setEnabled(True)
        self._asleep = []
        self.hide()

"""What every screen is handed: the gate, the desk once somebody signed in, the task runner, theme and language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from app.config.settings import Settings
from app.config.texts import Coded
from app.ui.applicant_stage import ApplicantStage
from app.ui.bridge.camera_signals import CameraSignals
from app.ui.bridge.tasks import TaskRunner
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.desk.desk import Desk
    from app.desk.gate import Gate

_T = TypeVar("_T")


class Bench(QObject):
    """Lives on the GUI thread for the whole run of the program."""

    desk_opened = Signal()
    desk_closed = Signal()
    refused = Signal(object)  # a coded error for the banner
    photos_saved = Signal()

    def __init__(
        self,
        gate: Gate,
        settings: Settings,
        language: str,
        theme: Theme,
        trainee: tuple[str, str] | None = None,
        second_trainee: tuple[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.gate = gate
        self.settings = settings
        self.language = language
        self.theme = theme
        self.trainee = trainee  # account and password shown at the door of training mode
        self.second_trainee = second_trainee  # shown where training mode asks for a second officer
        self.tasks = TaskRunner(self)
        self.camera_signals = CameraSignals(self)
        self.stage = ApplicantStage(self)
        self.desk_closed.connect(self.stage.clear)
        self.opened: Desk | None = None

    @property
    def desk(self) -> Desk:
        """The signed-in desk; asking without one is a bug."""
        if self.opened is None:
            raise RuntimeError("nobody is signed in")
        return self.opened

    def ask(
        self, question: Callable[[], _T], answer: Callable[[_T], Any], refuse: Callable[[Coded], Any] | None = None
    ) -> None:
        """Run off the GUI thread; errors go to the banner unless the screen takes them."""
        self.tasks.run(question, answer, refuse or self.refused.emit)

    def take_desk(self, desk: Desk) -> None:
        """Somebody signed in."""
        self.opened = desk
        desk.camera.watch(self.camera_signals)
        self.desk_opened.emit()

    def adopt(self, desk: Desk) -> None:
        """A desk that was opened elsewhere (the demo); it is closed elsewhere too."""
        self.take_desk(desk)

    def sign_out(self) -> None:
        """Close the desk off the GUI thread."""
        desk, self.opened = self.opened, None
        if desk is None:
            return
        desk.camera.unwatch(self.camera_signals)
        self.desk_closed.emit()
        self.ask(desk.close, lambda _: None)

    def shut(self, *, close_desk: bool = True) -> None:
        """The window is closing: wait for work under way, then let go of everything."""
        self.tasks.stop()
        desk, self.opened = self.opened, None
        if desk is not None:
            desk.camera.unwatch(self.camera_signals)
            if close_desk:
                desk.close()

"""`jingchuang run`: the window first, everything heavy after somebody signed in."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from app.config.clock import SystemClock
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.gate import Gate
from app.domain.records import Officer
from app.security.files import make_private_folder
from app.security.keyring import DataKey
from app.store.lock import InstanceLock
from app.store.store import Store
from app.ui.application import make_application
from app.ui.bench import Bench
from app.ui.main_window import MainWindow
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.bootstrap.assemble import Surroundings
    from app.desk.desk import Desk


class LateFurnisher:
    """Joins the parts only when somebody signs in: the door must open within a second."""

    def __init__(
        self, folder: DataFolder, settings: Settings, language: str, endings: ExitStack, *, training: bool
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._language = language
        self._training = training
        self._endings = endings
        self._started = False

    def __call__(self, officer: Officer, store: Store, key: DataKey) -> Desk:
        """On a worker thread."""
        from app.bootstrap.assemble import Furnisher, Surroundings  # noqa: PLC0415 - heavy: numpy, OpenCV, models

        around = self._surroundings() if self._training else Surroundings()
        return Furnisher(self._folder, self._settings, self._language, around, SystemClock())(officer, store, key)

    def _surroundings(self) -> Surroundings:
        from app.bootstrap.training_kit import TrainingKit  # noqa: PLC0415 - heavy

        if not self._started:
            self._kit = TrainingKit(self._folder)
            self._endings.callback(self._kit.stop)
            self._around = self._kit.start()
            self._started = True
        return self._around


def run_window(folder: DataFolder, *, training: bool) -> int:
    """Until the window is closed; the exit code. Raises NotAllowed STO-105, BadInput CFG-…, SetupFault."""
    make_private_folder(folder.root)
    with ExitStack() as endings:
        lock = InstanceLock(folder.lock)
        lock.acquire()
        endings.callback(lock.release)
        settings = Settings.load(folder.settings)
        language = settings.text("window.language")
        theme = Theme.load(settings.text("window.theme"))
        application = make_application(language, theme)
        gate = Gate(folder, settings, SystemClock(), LateFurnisher(folder, settings, language, endings, training=training))
        trainee, second = _make_trainee(gate) if training else (None, None)
        bench = Bench(gate, settings, language, theme, trainee, second)
        window = MainWindow(bench)
        window.closing.connect(bench.shut)
        if not training and not settings.value("station.login_required"):
            window.sign_in.enter_open_station()
        window.show()
        return int(application.exec())


def _make_trainee(gate: Gate) -> tuple[tuple[str, str], tuple[str, str]]:
    """Who signs in, and who stands in for the second officer."""
    from app.bootstrap.training_account import training_account  # noqa: PLC0415

    account = training_account()
    if gate.is_new:
        gate.create_first_account(account.account, account.name, account.password)
    return (account.account, account.password), (account.second_account, account.second_password)

"""Picture of accounts and rights."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import cast

from app.domain.records import Officer, Role
from app.ui.application import make_application
from app.ui.bench import Bench
from app.ui.main_window import MainWindow
from app.ui.rehearsal import Rehearsal, save_picture, wait_until
from app.ui.screen_table import ACCOUNTS
from app.ui.screens.accounts.view import AccountsView
from app.ui.theme import Theme
from helpers.desks import TRAINEE, training_gate

_MADE = (("lihua", "李某", Role.OFFICER), ("wangfang", "王某", Role.ARCHIVIST), ("zhaomin", "赵某", Role.NONE))


def accounts_picture(language: str, target: Path) -> None:
    """``accounts.png`` under ``target``."""
    theme = Theme.load("light")
    make_application(language, theme)
    with tempfile.TemporaryDirectory() as folder, training_gate(Path(folder), language) as (gate, settings, _, _):
        bench = Bench(gate, settings, language, theme, TRAINEE)
        window = MainWindow(bench)
        window.show()
        try:
            Rehearsal(window, lambda _: None).sign_in()
            for account, name, role in _MADE:
                bench.desk.accounts.add(Officer(account, name, role), "Given-Word-1")
            window.go_to(ACCOUNTS)
            wait_until("accounts", lambda: window.shown == ACCOUNTS and not bench.tasks.busy, 60)
            view = cast("AccountsView", window.screens[ACCOUNTS])
            wait_until("listed", lambda: view.table.rowCount() > len(_MADE) and not bench.tasks.busy, 60)
            save_picture(window, target / "accounts.png")
        finally:
            window.close()
            bench.shut()

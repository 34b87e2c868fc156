"""One root for everything the workstation can tell an officer went wrong, each with a stable code.

The text (what happened, what is safe, what to do) lives in ``resources/texts/errors/*.toml`` under the code,
in Chinese and English; ``app.config.texts`` renders it. Device drivers raise the sibling tree in
``devices.ports.errors``; both carry ``code`` and ``params``, so that one renderer serves both.
"""

from __future__ import annotations


class WorkstationError(Exception):
    """Root: ``code`` names the text, ``params`` fill its blanks (never personal data)."""

    def __init__(self, code: str, **params: str | int | float) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: dict[str, str | int | float] = dict(params)

    def __str__(self) -> str:
        if not self.params:
            return self.code
        return f"{self.code} ({', '.join(f'{k}={v}' for k, v in self.params.items())})"


class BadInput(WorkstationError):
    """What was given cannot be used: choose another file, correct the field. Nothing was changed."""


class NotAllowed(WorkstationError):
    """The step is not permitted now, or not to this person: sign in, finish the earlier step."""


class StoreFault(WorkstationError):
    """The disk, the database or a key failed: what was confirmed is safe, call the administrator."""


class NetworkFault(WorkstationError):
    """The back end cannot be reached or answered wrongly: go on working, it is sent later."""


class SetupFault(WorkstationError):
    """Something this program needs is missing on this machine: install it (`jingchuang doctor` says what)."""

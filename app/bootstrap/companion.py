"""A child process that says one line when it is ready and ends when its standard input closes."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress

from app.domain.errors import SetupFault


class Companion:
    """Owns one such process. ``start`` returns its ready line; ``stop`` ends it within a deadline."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        self.name = name
        self._command = list(command)
        self._environment = dict(environment) if environment is not None else None
        self._process: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process is not None else None

    def start(self, deadline_s: float = 30.0) -> str:
        """Start and wait for the ready line. Raises SetupFault TRN-101 when it does not come."""
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and modules, no shell
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=self._environment
        )
        self._process = process
        line: list[str] = []

        def read() -> None:
            if process.stdout is not None:
                line.append(process.stdout.readline().strip())

        reader = threading.Thread(target=read, name=f"ready-{self.name}")
        reader.start()
        reader.join(deadline_s)
        if not line or not line[0]:
            self.kill()
            reader.join()
            self._forget()
            raise SetupFault("TRN-101", name=self.name)
        return line[0]

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self, deadline_s: float = 5.0) -> None:
        """Close its standard input, wait, kill if it does not go."""
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            with suppress(BrokenPipeError):
                process.stdin.close()
        try:
            process.wait(deadline_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._forget()

    def _forget(self) -> None:
        if self._process is not None:
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    with suppress(BrokenPipeError):
                        stream.close()
        self._process = None

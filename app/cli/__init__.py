"""The command line: a face of its own over the same services as the windows."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from app.cli.answers import Exit, complain, emit, error_document, language_of_locale
from app.cli.arguments import build_parser
from app.domain.errors import BadInput, NotAllowed, WorkstationError
from app.security.residue import keep_out_of_dumps
from devices.ports.errors import BadAddress, DeviceError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is its answer (see ``Exit``)."""
    keep_out_of_dumps()
    options = build_parser().parse_args(arguments)
    options.language = options.language or language_of_locale()
    try:
        answer = _answer(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the answer left (`… | head`): nobody hears the rest, and closing must not complain of it either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.ANSWER_IS_NO)
    else:
        return answer


def _answer(options: Namespace) -> int:
    try:
        return int(options.command(options))
    except (WorkstationError, DeviceError) as error:
        if getattr(options, "json", False):
            emit({"error": error_document(error, options.language)})
        complain(error, options.language)
        return int(Exit.BAD_INPUT if isinstance(error, BadInput | NotAllowed | BadAddress) else Exit.FAULT)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return int(Exit.ANSWER_IS_NO)

"""The queue's states in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.domain.queueing import VisitState

# Name of the icon and of the theme's colour: state is told by shape and word, never by colour alone.
SIGNS = {
    VisitState.NEEDS_PHOTO: ("mdi6.camera-outline", "warn"),
    VisitState.WAITING: ("mdi6.clock-outline", "unknown"),
    VisitState.CALLED: ("mdi6.bullhorn", "accent"),
    VisitState.SERVED: ("mdi6.check-circle", "pass"),
    VisitState.MISSED: ("mdi6.account-off", "warn"),
    VisitState.LEFT: ("mdi6.minus-circle-outline", "unknown"),
}


def state_word(state: VisitState) -> str:
    """As the list says it."""
    words = {
        VisitState.NEEDS_PHOTO: QCoreApplication.translate("Words", "Photo first"),
        VisitState.WAITING: QCoreApplication.translate("Words", "Waits"),
        VisitState.CALLED: QCoreApplication.translate("Words", "Called"),
        VisitState.SERVED: QCoreApplication.translate("Words", "At the window"),
        VisitState.MISSED: QCoreApplication.translate("Words", "Missed the call"),
        VisitState.LEFT: QCoreApplication.translate("Words", "Gone"),
    }
    return words[state]

"""照片详情: the verdict at a glance, everything recorded of the picture, and each station with its time and words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.config.texts import check_name
from app.domain.trail import StationKind, StationPass, TrailEntry
from app.ui.bench import Bench
from app.ui.screens.trail.words import department_words, entry_icon, entry_word, second_words, station_verdict
from app.ui.widgets.table import WordTable

_STATION_ROW_PX, _HEAD_PX = 28, 34


class TrailDetail(QWidget):
    """One entry, or nothing."""

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._sign = QLabel(self)
        self.verdict = QLabel(self)
        self.verdict.setObjectName("title")
        self.facts, self.changes = QLabel(self), QLabel(self)
        for label in (self.facts, self.changes):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        heads = (self.tr("Station"), self.tr("Result"), self.tr("Took"), self.tr("Time"), self.tr("Words"))
        self.stations = WordTable(heads, self.tr("Inspection stations"), self)
        self.stations.verticalHeader().setDefaultSectionSize(_STATION_ROW_PX)
        self.stations.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stations.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        top = QHBoxLayout()
        top.addWidget(self._sign)
        top.addWidget(self.verdict, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.addLayout(top)
        column.addWidget(self.stations)
        column.addWidget(self.facts)
        column.addWidget(self.changes)
        column.addStretch(1)
        self.show_entry(None)

    def show_entry(self, entry: TrailEntry | None) -> None:
        """None empties it."""
        self.setVisible(entry is not None)
        if entry is None:
            return
        self._sign.setPixmap(entry_icon(entry, self._bench.theme.colours).pixmap(32, 32))
        self.verdict.setText(entry_word(entry))
        self.facts.setText("\n".join(self.tr("{0}: {1}").format(*fact) for fact in self._facts(entry)))
        rows = [self._station(s, entry) for s in entry.draft.stations]
        self.stations.show_rows(rows)
        self.stations.setFixedHeight(_HEAD_PX + _STATION_ROW_PX * len(rows) + 16)
        self.changes.setText("\n".join(self._changes(entry)))
        self.changes.setVisible(bool(self.changes.text()))

    def _facts(self, entry: TrailEntry) -> tuple[tuple[str, str], ...]:
        draft, language = entry.draft, self._bench.language
        names = {s.id: s.name(language) for s in self._bench.desk.standards}
        return (
            (self.tr("Why not passed"), ", ".join(check_name(r, language) for r in draft.reasons) or "—"),
            (self.tr("Department"), department_words(entry)),
            (self.tr("Device"), draft.device or "—"),
            (self.tr("Photo for"), names.get(draft.standard_id, draft.standard_id)),
            (self.tr("Photo number"), draft.number or "—"),
            (self.tr("ID number"), self._bench.desk.trail.shown_number(entry)),
            (self.tr("Taken"), second_words(entry, entry.taken)),
            (self.tr("Uploaded"), second_words(entry, entry.uploaded)),
            (self.tr("Special inspection"), draft.special_reason or "—"),
            (self.tr("Strategy"), draft.strategy or "—"),
            (self.tr("Size"), self.tr("{0} KB").format(f"{draft.size / 1024:.1f}")),
            (self.tr("Officer"), draft.officer),
        )

    def _station(self, stage: StationPass, entry: TrailEntry) -> tuple[str, ...]:
        kinds = {
            StationKind.ALGORITHM: self.tr("Algorithm"),
            StationKind.BACKEND: self.tr("Back end"),
            StationKind.MANUAL: self.tr("By hand"),
            StationKind.ISSUE: self.tr("Photo library"),
        }
        words = " · ".join(part for part in (stage.officer, stage.text) if part)
        return (
            kinds[stage.kind],
            station_verdict(stage, entry.pending),
            f"{stage.duration_ms / 1000:.1f} s",
            f"{stage.begun.astimezone(entry.recorded.tzinfo):%H:%M:%S}",
            words,
        )

    def _changes(self, entry: TrailEntry) -> list[str]:
        lines = []
        for o in entry.overrides:
            change = f"{entry_word(entry, o.before)} → {entry_word(entry, o.after)}"
            lines.append(self.tr("Changed by {0}: {1} ({2})").format(o.officer, change, o.reason))
        return lines + [self.tr("Note of {0}: {1}").format(n.officer, n.text) for n in entry.notes]

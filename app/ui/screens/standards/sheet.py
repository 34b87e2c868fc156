"""One standard laid out: its tabs in the middle, beside them the drawing and the short facts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.domain.photo_standard import Alternative
from app.photo.flt import EXCEPTIONS
from app.ui.bench import Bench
from app.ui.screens.standards.alternatives import AlternativesPanel
from app.ui.screens.standards.facts import FactsForm
from app.ui.screens.standards.limits_panel import LimitsPanel
from app.ui.screens.standards.preview import StandardPreview
from app.ui.screens.standards.view_model import StandardsModel
from app.ui.screens.standards.words import exception_word, signature_sentence

_PREVIEW_PX = 224
_PARTS = ("limits", "basics", *EXCEPTIONS, "alternatives")


class StandardSheet(QWidget):
    """Shows the model's draft and hands every edit to it."""

    def __init__(self, bench: Bench, model: StandardsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._model = model
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(self.tr("Parts of the standard"))
        self.tabs.setUsesScrollButtons(False)
        self.pages = QStackedWidget(self)
        self.facts = FactsForm(bench, model, self)
        self.limits = LimitsPanel(bench, model, self)
        self.alternatives = AlternativesPanel(self)
        self.used_by = QLabel(self)
        self.used_by.setObjectName("muted")
        self.used_by.setWordWrap(True)
        self.preview = StandardPreview(bench, self)
        self.short = QLabel(self)
        self.short.setWordWrap(True)
        self._lay_out()
        self.alternatives.edited.connect(self._alternatives_edited)
        self.tabs.currentChanged.connect(self._turned)
        self.limits.pointed.connect(self.preview.point_at)
        model.opened.connect(self.show_all)
        model.drafted.connect(self._drafted)
        model.told.connect(self._show_short)
        model.wrong.connect(self._show_wrong)

    def _lay_out(self) -> None:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(self.facts)
        for page in (self.limits, area, self.alternatives):
            self.pages.addWidget(page)
        self.limits.setObjectName("panel")
        self.facts.setObjectName("panel")
        for word in (self.tr("Limits"), self.tr("Basics"), *map(exception_word, EXCEPTIONS), self.tr("Alternatives")):
            self.tabs.addTab(word)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.tabs)
        middle.addWidget(self.pages, 1)
        side = QWidget(self)
        side.setFixedWidth(_PREVIEW_PX)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview, 1)
        column.addWidget(self.short)
        column.addWidget(self.used_by)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(middle, 1)
        row.addWidget(side)

    # --------------------------------------------------------------------------------------------------

    def turn_to(self, part: str) -> None:
        """``limits``, ``basics``, ``alternatives``, or the name of an exception."""
        self.tabs.setCurrentIndex(_PARTS.index(part))

    def _turned(self, index: int) -> None:
        part = _PARTS[index]
        self.pages.setCurrentIndex({"basics": 1, "alternatives": 2}.get(part, 0))
        if part not in {"basics", "alternatives"}:
            self.limits.show_for(part if part in EXCEPTIONS else "")

    def show_all(self) -> None:
        """Another standard, or none, stands here."""
        model = self._model
        draft = model.draft
        self.setEnabled(draft is not None)
        self.preview.show_standard(draft)
        self.limits.show_rows()
        if draft is not None:
            self.facts.show_standard(draft, fresh=model.fresh, editable=model.may_change)
            self.alternatives.show_alternatives(draft.alternatives, editable=model.may_change)
        if model.fresh:
            self.turn_to("basics")
            self.facts.lines["name_zh"].setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_short()

    def _drafted(self) -> None:
        self.preview.show_standard(self._model.draft)
        self.limits.show_rows()
        self.facts.show_wrong({k: v for k, v in self._model.wrong_facts.items() if k in self.facts.wrong})
        self._show_short()

    def _show_wrong(self) -> None:
        """Every wrong field says so; the keyboard stands on the first."""
        wrong = self._model.wrong_facts
        self.facts.show_wrong({k: v for k, v in wrong.items() if k in self.facts.wrong})
        cell = self._model.first_wrong_cell()
        if set(wrong) - {"alternatives"}:
            self.turn_to("basics")
        elif wrong:
            self.turn_to("alternatives")
            self._bench.refused.emit(wrong["alternatives"])
        elif cell is not None:
            exception, check, field = cell
            self.turn_to(exception or "limits")
            self.limits.stand_on(check, field)

    def _show_short(self) -> None:
        draft, details = self._model.draft, self._model.details
        if draft is None:
            self.short.clear()
            self.used_by.clear()
            return
        out = draft.output
        lines = [
            self.tr("{0}×{1} pixels, {2} DPI").format(out.width_px, out.height_px, out.dpi),
            self.tr("{0}–{1} KB, version {2}").format(out.bytes_min // 1024, out.bytes_max // 1024, draft.version),
            self.tr("In force from {0}").format(draft.effective)
            if not draft.expires
            else self.tr("In force {0} to {1}").format(draft.effective, draft.expires),
        ]
        if details is not None:
            lines.append(signature_sentence(details.provenance))
        self.short.setText("\n".join(lines))
        if details is None:
            self.used_by.clear()
            return
        names = [strategy.name(self._bench.language) for strategy in details.used_by]
        separator = "、" if self._bench.language.startswith("zh") else ", "
        told = self.tr("Used by strategies: {0}").format(separator.join(names))
        self.used_by.setText(told if names else self.tr("No strategy uses it."))

    def _alternatives_edited(self, alternatives: tuple[Alternative, ...]) -> None:
        self._model.edit_alternatives(alternatives)

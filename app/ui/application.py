"""Sets Qt up: translation, fonts, theme, and Qt's own warnings into our log."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import cast

from PySide6.QtCore import QLocale, QMessageLogContext, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from app.config.fonts import chinese_font
from app.config.places import RESOURCES
from app.domain.errors import SetupFault
from app.ui.theme import Theme

_LOG = logging.getLogger("jingchuang.qt")

_FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei")


def make_application(language: str, theme: Theme) -> QApplication:
    """The one application object, translated and dressed; reuses one that exists (tests)."""
    qInstallMessageHandler(_heard)
    os.environ.setdefault("QT_API", "pyside6")
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(["jingchuang"])
    application.setApplicationName("jingchuang")
    dress(application, language, theme)
    return application


def dress(application: QApplication, language: str, theme: Theme) -> None:
    """Language, font and style; may be called again with others."""
    QLocale.setDefault(QLocale(language))
    worn = cast("list[QTranslator]", application.findChildren(QTranslator))
    for old in worn:
        application.removeTranslator(old)
        old.deleteLater()
    if language != "en":
        translator = QTranslator(application)
        if not translator.load(str(RESOURCES / "translations" / f"jingchuang_{language}.qm")):
            raise SetupFault("WIN-101", language=language)
        application.installTranslator(translator)
    application.setFont(_font(theme.sizes["text"]))
    application.setStyleSheet(theme.style_sheet())


def _font(pixels: int) -> QFont:
    known = set(QFontDatabase.families())
    family = next((f for f in _FAMILIES if f in known), "")
    if not family:
        number = QFontDatabase.addApplicationFont(str(Path(chinese_font())))
        families = QFontDatabase.applicationFontFamilies(number)
        family = families[0] if families else ""
    font = QFont(family)
    font.setPixelSize(pixels)
    return font


def _heard(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    _LOG.log(level, "%s", message)

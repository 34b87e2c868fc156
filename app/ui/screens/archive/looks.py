"""A scanned page as it is shown: what of it counts, upright."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QTransform

from app.domain.archive_batch import WHOLE, Standing
from app.imaging.decode import thumbnail


def laid_image(image: QImage, standing: Standing) -> QImage:
    """The picture as it was scanned, in any size, trimmed and turned."""
    if standing.crop != WHOLE and not image.isNull():
        left, top, right, bottom = standing.crop
        width, height = image.width(), image.height()
        image = image.copy(
            QRect(
                int(left * width),
                int(top * height),
                max(1, round((right - left) * width)),
                max(1, round((bottom - top) * height)),
            )
        )
    return image.transformed(QTransform().rotate(standing.turn))


def looked_at(data: bytes, standing: Standing, max_px: int) -> QImage:
    """From the page's file. Raises BadInput for one that is no picture."""
    return laid_image(QImage.fromData(thumbnail(data, max_px)), standing)

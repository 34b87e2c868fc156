"""Whether bytes are a whole JPEG: what a camera calls finished is believed only when it decodes to its end."""

from __future__ import annotations

import cv2
import numpy as np
import simplejpeg

from devices.ports.errors import PictureBroken

_START, _END = b"\xff\xd8\xff", b"\xff\xd9"

# Some cameras pad the file; more than this after the end marker is no padding.
_LARGEST_PADDING = 64 * 1024


def require_whole_jpeg(data: bytes) -> None:
    """Raises PictureBroken when the picture is cut, damaged, or no JPEG at all. A reduced decode: about 20 ms."""
    if not data.startswith(_START):
        raise PictureBroken("no JPEG")
    end = data.rfind(_END)
    if end < 0 or len(data) - end - len(_END) > _LARGEST_PADDING:
        raise PictureBroken("cut short")
    try:
        simplejpeg.decode_jpeg(data, colorspace="GRAY", fastdct=True, min_height=64, min_width=64, min_factor=1)
    except ValueError as error:
        raise PictureBroken(str(error)) from error


def live_jpeg(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], width: int = 640) -> bytes:
    """A live-view sized JPEG of a BGR picture, never enlarged."""
    height = picture.shape[0] * width // picture.shape[1]
    small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA) if picture.shape[1] > width else picture
    return cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes()

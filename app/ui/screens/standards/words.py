"""The words of photo standards: services, modules, states, signatures, and the places of a comparison."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.config.register import register
from app.config.texts import check_name
from app.domain.photo_standard import Dating
from app.photo.signed_standards import Provenance, SignatureState
from app.photo.standards import KeptStandard

_KEY_SHOWN = 8


def service_word(service: str) -> str:
    """户政, 出入境, 交管, 社保, 其他; another text as it is."""
    words = {
        "household": QCoreApplication.translate("Standards", "Household"),
        "exit-entry": QCoreApplication.translate("Standards", "Exit and entry"),
        "traffic": QCoreApplication.translate("Standards", "Traffic"),
        "social-security": QCoreApplication.translate("Standards", "Social security"),
        "other": QCoreApplication.translate("Standards", "Other"),
    }
    return words.get(service, service)


def module_word(module: str) -> str:
    """The inspection module (检测模块) an attribute belongs to."""
    words = {
        "background": QCoreApplication.translate("Standards", "Background"),
        "body": QCoreApplication.translate("Standards", "Body"),
        "colour": QCoreApplication.translate("Standards", "Colour"),
        "cover": QCoreApplication.translate("Standards", "Covering of the face"),
        "crop": QCoreApplication.translate("Standards", "Crop"),
        "dress": QCoreApplication.translate("Standards", "Dress"),
        "exposure": QCoreApplication.translate("Standards", "Light"),
        "expression": QCoreApplication.translate("Standards", "Expression"),
        "eyes": QCoreApplication.translate("Standards", "Eyes"),
        "file": QCoreApplication.translate("Standards", "File"),
        "geometry": QCoreApplication.translate("Standards", "Head size and place"),
        "glasses": QCoreApplication.translate("Standards", "Glasses"),
        "integrity": QCoreApplication.translate("Standards", "Genuineness"),
        "pose": QCoreApplication.translate("Standards", "Pose"),
        "sharpness": QCoreApplication.translate("Standards", "Sharpness"),
    }
    return words.get(module, module)


def exception_word(name: str) -> str:
    """儿童, 常戴眼镜, 头饰, 残疾."""
    words = {
        "child": QCoreApplication.translate("Standards", "Child"),
        "glasses": QCoreApplication.translate("Standards", "Glasses every day"),
        "headwear": QCoreApplication.translate("Standards", "Headwear"),
        "disability": QCoreApplication.translate("Standards", "Disability"),
    }
    return words.get(name, name)


def badges(kept: KeptStandard, today: date) -> tuple[str, ...]:
    """Where it comes from, and whether it counts today."""
    if not kept.local:
        origin = QCoreApplication.translate("Standards", "Shipped")
    elif kept.shipped is not None:
        origin = QCoreApplication.translate("Standards", "Local override")
    else:
        origin = QCoreApplication.translate("Standards", "Local")
    dating = {
        Dating.NOT_YET: QCoreApplication.translate("Standards", "From {0}").format(kept.standard.effective),
        Dating.OVER: QCoreApplication.translate("Standards", "Over since {0}").format(kept.standard.expires),
    }.get(kept.standard.dating(today))
    return (origin,) if dating is None else (origin, dating)


def signature_sentence(found: Provenance | None) -> str:
    """Who answers for the file."""
    if found is None:
        return QCoreApplication.translate("Standards", "Came with the program.")
    sentences = {
        SignatureState.TRUSTED: QCoreApplication.translate("Standards", "Signed by a key trusted here: {0}"),
        SignatureState.UNKNOWN_KEY: QCoreApplication.translate("Standards", "Signed by a key unknown here: {0}"),
        SignatureState.UNSIGNED: QCoreApplication.translate("Standards", "Not signed."),
        SignatureState.ALTERED: QCoreApplication.translate(
            "Standards", "The signature does not fit: the file was altered."
        ),
    }
    return sentences[found.state].format(short_key(found.public))


def short_key(public: str) -> str:
    """A public key's first and last digits, as people read them to each other."""
    return f"{public[:_KEY_SHOWN]}…{public[-_KEY_SHOWN:]}" if public else ""


def _field_word(field: str) -> str:
    words = {
        "low": QCoreApplication.translate("Standards", "lower limit"),
        "high": QCoreApplication.translate("Standards", "upper limit"),
        "warn_low": QCoreApplication.translate("Standards", "warns below"),
        "warn_high": QCoreApplication.translate("Standards", "warns above"),
        "blocking": QCoreApplication.translate("Standards", "must pass"),
        "source": QCoreApplication.translate("Standards", "source"),
        "priority": QCoreApplication.translate("Standards", "priority"),
        "reason": QCoreApplication.translate("Standards", "why not chosen"),
        "what": QCoreApplication.translate("Standards", "what it says"),
    }
    return words.get(field, field)


def _plain_word(place: str) -> str:
    words = {
        "version": QCoreApplication.translate("Standards", "Version"),
        "id": QCoreApplication.translate("Standards", "Standard id"),
        "service": QCoreApplication.translate("Standards", "Photo purpose"),
        "client": QCoreApplication.translate("Standards", "Department"),
        "effective": QCoreApplication.translate("Standards", "First day"),
        "expires": QCoreApplication.translate("Standards", "Last day"),
        "sources": QCoreApplication.translate("Standards", "Sources"),
        "name.zh": QCoreApplication.translate("Standards", "Chinese name"),
        "name.en": QCoreApplication.translate("Standards", "English name"),
        "output.width_px": QCoreApplication.translate("Standards", "Width (px)"),
        "output.height_px": QCoreApplication.translate("Standards", "Height (px)"),
        "output.dpi": QCoreApplication.translate("Standards", "Resolution (DPI)"),
        "output.bytes_min": QCoreApplication.translate("Standards", "Smallest file (bytes)"),
        "output.bytes_max": QCoreApplication.translate("Standards", "Largest file (bytes)"),
        "output.quality_min": QCoreApplication.translate("Standards", "Lowest JPEG quality"),
        "background.rgb": QCoreApplication.translate("Standards", "Background colour"),
        "background.also": QCoreApplication.translate("Standards", "Other colours that pass"),
        "background.rule": QCoreApplication.translate("Standards", "Background rule"),
        "processing.tone": QCoreApplication.translate("Standards", "Correct light and colour"),
        "processing.retouch": QCoreApplication.translate("Standards", "Retouch by hand"),
        "processing.automatic_tone": QCoreApplication.translate("Standards", "Correct light without asking"),
    }
    return words.get(place, place)


def attribute_word(check: str, language: str) -> str:
    """The attribute's name, or its id where the register has none."""
    return check_name(check, language) if check in register() else check


def place_word(place: str, language: str) -> str:
    """A place of a comparison in the officer's words: ``geometry.face_width.low`` → 脸宽 · 下限."""
    parts = place.split(".")
    if parts[0] == "geometry" and len(parts) == 3:
        return f"{attribute_word('.'.join(parts[:2]), language)} · {_field_word(parts[2])}"
    if parts[0] == "limits" and len(parts) >= 3:
        return f"{attribute_word('.'.join(parts[1:-1]), language)} · {_field_word(parts[-1])}"
    if parts[0] == "exceptions" and len(parts) >= 3:
        who = exception_word(parts[1])
        what = [attribute_word(".".join(parts[3:-1]), language)] if parts[2] == "limits" else []
        return " · ".join([who, *what, _field_word(parts[-1])])
    if parts[0] == "alternatives" and len(parts) >= 3:
        other = QCoreApplication.translate("Standards", "Alternative")
        return f"{other} · {'.'.join(parts[1:-1])} · {_field_word(parts[-1])}"
    return _plain_word(place)


def unsourced_word(place: str, language: str) -> str:
    """A place that still stands under its former source: ``exceptions.child.yaw`` → 儿童 · 偏航."""
    head, _, rest = place.partition(".")
    if head == "exceptions":
        name, _, check = rest.partition(".")
        return f"{exception_word(name)} · {attribute_word(check, language)}"
    if head == "limits":
        return attribute_word(rest, language)
    return attribute_word(place, language) if rest else _plain_word(place)


def value_word(place: str, value: str) -> str:
    """A value of a comparison in the officer's words."""
    words = {
        "True": QCoreApplication.translate("Standards", "yes"),
        "False": QCoreApplication.translate("Standards", "no"),
        "replace": QCoreApplication.translate("Standards", "may be replaced"),
        "keep": QCoreApplication.translate("Standards", "stays as photographed"),
        "": "—",
    }
    if place == "service":
        return service_word(value) or "—"
    short = value.removesuffix(".0") if place.rsplit(".", 1)[-1] in {"low", "high", "warn_low", "warn_high"} else value
    return words.get(short, short)

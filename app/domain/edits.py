"""The recorded transforms of a photo: what was done to the untouched original, with undo and redo."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.retouch import Retouch


@dataclass(frozen=True)
class CropBox:
    """Where the issued picture lies on the upright original.

    ``centre_x``/``centre_y``: original pixels, origin top left, y down. ``width``: original pixels covered by
    the output's width (height follows from the standard's aspect). ``angle_deg``: how far the original is
    turned counter-clockwise about the centre before cutting, so that the eyes are level.
    """

    centre_x: float
    centre_y: float
    width: float
    angle_deg: float

    def moved(self, dx: float, dy: float) -> CropBox:
        """Shifted by original pixels."""
        return replace(self, centre_x=self.centre_x + dx, centre_y=self.centre_y + dy)

    def scaled(self, factor: float) -> CropBox:
        """A larger (>1) or smaller (<1) piece of the original, same centre."""
        return replace(self, width=self.width * factor)

    def turned(self, degrees: float) -> CropBox:
        """Turned further counter-clockwise."""
        return replace(self, angle_deg=self.angle_deg + degrees)


@dataclass(frozen=True)
class Tone:
    """Light and colour of the whole picture. ``gains``: linear-light factors for red, green, blue; ``ev``: exposure in
    stops; ``soften_highlights``: 0..1, how far shine on skin is taken back."""

    gains: tuple[float, float, float] = (1.0, 1.0, 1.0)
    ev: float = 0.0
    soften_highlights: float = 0.0

    @property
    def neutral(self) -> bool:
        """True when nothing is changed."""
        return self == Tone()


@dataclass(frozen=True)
class Recipe:
    """Everything done to the original to make one issued picture. ``automatic``: the solver's own crop."""

    crop: CropBox
    replace_background: bool
    automatic: bool = True
    tone: Tone = Tone()
    retouch: Retouch = Retouch()  # noqa: RUF009 - frozen


@dataclass(frozen=True)
class EditHistory:
    """Undo and redo over whole recipes; immutable, so that a window can hand it to a worker."""

    done: tuple[Recipe, ...]
    undone: tuple[Recipe, ...] = ()

    @property
    def current(self) -> Recipe:
        """The recipe in force."""
        return self.done[-1]

    @property
    def can_undo(self) -> bool:
        """True when there is a step to take back."""
        return len(self.done) > 1

    @property
    def can_redo(self) -> bool:
        """True when a step taken back can be done again."""
        return bool(self.undone)

    def apply(self, recipe: Recipe) -> EditHistory:
        """A new step; steps taken back are forgotten."""
        return self if recipe == self.current else EditHistory((*self.done, recipe))

    def undo(self) -> EditHistory:
        """One step back; the first step stays."""
        if not self.can_undo:
            return self
        return EditHistory(self.done[:-1], (self.current, *self.undone))

    def redo(self) -> EditHistory:
        """One step forward again."""
        if not self.undone:
            return self
        return EditHistory((*self.done, self.undone[0]), self.undone[1:])

"""The catalogue of matters as the intake asks it; read when it is first wanted, because that takes a while."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping

from app.config.clock import Clock
from app.config.matters import Catalogue
from app.domain.cases.matter import Finding, MatterFacts
from app.domain.errors import BadInput
from app.domain.matters.matter import Matter
from app.domain.matters.table import BackEnd
from app.intake.assessment import Assessment, Circumstances, assess


class CatalogueSource:
    """Implements ``MatterSource``. Thread: any; ``catalogue`` blocks its first caller for about a second.

    ``reached``: whether the back end answers now; matters that need it cannot be accepted while it does not.
    """

    def __init__(self, load: Callable[[], Catalogue], reached: Callable[[], bool], language: str, clock: Clock) -> None:
        self._load = load
        self._reached = reached
        self._language = language
        self._clock = clock
        self._lock = threading.Lock()
        self._catalogue: Catalogue | None = None

    def catalogue(self) -> Catalogue:
        """The shipped matters and the station's own."""
        with self._lock:
            if self._catalogue is None:
                self._catalogue = self._load()
            return self._catalogue

    def refresh(self) -> None:
        """The files changed: whoever asks next reads them. Cases that are open keep the matter they began with."""
        with self._lock:
            self._catalogue = None

    def matter(self, code: str, version: str = "") -> Matter:
        """Raises BadInput MAT-108 for an unknown code or a version that is gone."""
        matter = self.catalogue().matter(code)
        if version and version != str(matter.version):
            raise BadInput("MAT-108", matter=f"{matter.code} v{version[:20]}")
        return matter

    def facts(self, code: str, version: str = "") -> MatterFacts:
        """What a case keeps of a matter. Raises BadInput MAT-108."""
        matter = self.matter(code, version)
        days = None if isinstance(matter.days, BackEnd) else matter.days
        return MatterFacts(matter.code, matter.zh, str(matter.version), matter.police_line.id, promised_days=days)

    def findings(
        self, code: str, version: str, fields: Mapping[str, str], materials: Collection[str]
    ) -> tuple[Finding, ...]:
        """What stands against accepting. Raises BadInput MAT-108."""
        return self.assess(self.matter(code, version), fields, materials).findings

    def assess(self, matter: Matter, fields: Mapping[str, str], materials: Collection[str]) -> Assessment:
        """The same with everything a window shows. Quick, and raises nothing."""
        around = Circumstances(self._clock.now().date(), self._language, self.catalogue().coverage, self._reached())
        return assess(matter, fields, materials, around)

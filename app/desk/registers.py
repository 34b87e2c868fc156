"""What the back end's registers know of an applicant, asked for the form that is open; every question is logged."""

from __future__ import annotations

from app.domain.audit import Access, AuditEvent, AuditLog
from app.domain.errors import BadInput
from app.domain.matters.matter import Matter
from app.intake.prefill import register_fields, register_texts
from app.sync.client import BackendClient


class RegisterDesk:
    """``client`` None: no back end is configured, and nothing is known. Thread: any; blocks on the network."""

    def __init__(self, client: BackendClient | None, audit: AuditLog) -> None:
        self._client = client
        self._audit = audit

    @property
    def offered(self) -> bool:
        """Whether a back end is configured."""
        return self._client is not None

    def licence(self, material: str, id_number: str) -> bytes:
        """电子证照 that serves as a material. Raises NetworkFault, BadInput INT-116 when the person has none."""
        if self._client is None:
            raise BadInput("INT-116")
        with self._audit.doing(Access(AuditEvent.REGISTERS_ASKED, person=id_number, detail=material)):
            data = self._client.licence(material, id_number)
            if not data:
                raise BadInput("INT-116")
            return data

    def ask(self, matter: Matter, id_number: str) -> dict[str, str]:
        """Field → text, only what the form may take from there and can mean. Raises NetworkFault."""
        fields = register_fields(matter.form)
        if self._client is None or not fields:
            return {}
        with self._audit.doing(Access(AuditEvent.REGISTERS_ASKED, person=id_number, detail=matter.code)):
            return register_texts(matter.form, self._client.registers(matter.code, id_number, fields))

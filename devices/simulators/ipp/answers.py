"""What the simulated printer answers to each operation (RFC 8011, 4); the room of jobs does the printing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping

from devices.simulators.ipp.faults import STOPS, PageFaultKind
from devices.simulators.ipp.jobs import Job, JobRoom, JobState
from devices.simulators.ipp.words import Group, NotIpp, Request, Said, Tag, boolean, integers, words

STATUS = {
    "ok": 0x0000,
    "bad-request": 0x0400,
    "not-possible": 0x0404,
    "not-found": 0x0406,
    "format-not-supported": 0x040A,
    "charset-not-supported": 0x040D,
    "attributes-not-supported": 0x040B,
    "operation-not-supported": 0x0501,
    "version-not-supported": 0x0503,
    "not-accepting": 0x0506,
    "busy": 0x0507,
}
MEDIA = ("iso_a4_210x297mm", "iso_a5_148x210mm")
SIDES = ("one-sided", "two-sided-long-edge", "two-sided-short-edge")
FORMATS = ("application/octet-stream", "application/pdf", "image/jpeg", "text/plain")
MOST_COPIES = 99
_OPERATIONS = (0x0002, 0x0004, 0x0005, 0x0006, 0x0008, 0x0009, 0x000A, 0x000B)

Answer = tuple[int, list[tuple[Group, Iterable[Said]]]]


class Refused(Exception):
    """``status``: a key of STATUS; ``groups``: what goes with it."""

    def __init__(self, status: str, groups: list[tuple[Group, Iterable[Said]]] | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.groups = groups or []


class Answerer:
    """Answers one request about one printer."""

    def __init__(self, room: JobRoom, name: str, uri: str) -> None:
        self._room = room
        self._name = name
        self._uri = uri

    def answer(self, request: Request) -> Answer:
        """Status and groups."""
        try:
            self._check(request)
            return STATUS["ok"], self._doing(request.operation)(request)
        except Refused as no:
            return STATUS[no.status], no.groups
        except NotIpp:
            return STATUS["bad-request"], []

    def _check(self, request: Request) -> None:
        """What RFC 8011, 4.1 asks of every request, in its order."""
        if request.version[0] not in (1, 2):
            raise Refused("version-not-supported")
        first = request.groups[0] if request.groups else (0, ())
        if request.number == 0 or first[0] != Group.OPERATION or len(first[1]) < 2:
            raise Refused("bad-request")
        names = [told.name for told in first[1]]
        if names[:2] != ["attributes-charset", "attributes-natural-language"] or len(names) != len(set(names)):
            raise Refused("bad-request")
        if first[1][0].text.lower() not in ("utf-8", "us-ascii"):
            raise Refused("charset-not-supported")
        asked = request.group(Group.OPERATION)
        target = asked.get("printer-uri") or asked.get("job-uri")
        if target is None:
            raise Refused("bad-request")
        if "/ipp/print" not in target.text:
            raise Refused("not-found")
        if self._room.fault is PageFaultKind.BUSY:
            raise Refused("busy")

    def _doing(self, operation: int) -> Callable[[Request], list[tuple[Group, Iterable[Said]]]]:
        every = {
            0x0002: self._print_job,
            0x0004: self._validate,
            0x0005: self._create_job,
            0x0006: self._send_document,
            0x0008: self._cancel,
            0x0009: self._job_told,
            0x000A: self._jobs_told,
            0x000B: self._printer_told,
        }
        if operation not in every:
            raise Refused("operation-not-supported")
        return every[operation]

    # -- jobs ------------------------------------------------------------------------------------------

    def _validate(self, request: Request) -> list[tuple[Group, Iterable[Said]]]:
        asked = request.group(Group.OPERATION)
        mime = asked["document-format"].text if "document-format" in asked else FORMATS[0]
        if mime not in FORMATS:
            raise Refused("format-not-supported")
        if "compression" in asked and asked["compression"].text != "none":
            raise Refused("attributes-not-supported")
        if self._room.fault is PageFaultKind.OFFLINE:
            raise Refused("not-accepting")
        template = request.group(Group.JOB)
        for name, known in (("media", MEDIA), ("sides", SIDES)):
            if name in template and template[name].text not in known:
                raise Refused(
                    "attributes-not-supported", [(Group.UNSUPPORTED, [words(Tag.KEYWORD, name, template[name].text)])]
                )
        if "copies" in template and not 1 <= template["copies"].number <= MOST_COPIES:
            wrong = integers(Tag.INTEGER, "copies", template["copies"].number)
            raise Refused("attributes-not-supported", [(Group.UNSUPPORTED, [wrong])])
        return []

    def _taken(self, request: Request) -> Job:
        self._validate(request)
        asked, template = request.group(Group.OPERATION), request.group(Group.JOB)
        name = asked["job-name"].text if "job-name" in asked else "untitled"
        user = asked["requesting-user-name"].text if "requesting-user-name" in asked else "anonymous"
        copies = template["copies"].number if "copies" in template else 1
        return self._room.take(name, user, self._format(request), copies)

    def _format(self, request: Request) -> str:
        asked = request.group(Group.OPERATION)
        mime = asked["document-format"].text if "document-format" in asked else FORMATS[0]
        if mime == FORMATS[0] and request.document.startswith(b"%PDF"):
            return "application/pdf"
        return mime

    def _print_job(self, request: Request) -> list[tuple[Group, Iterable[Said]]]:
        job = self._taken(request)
        self._room.hand_over(job, request.document)
        return [(Group.JOB, self._job(job, frozenset()))]

    def _create_job(self, request: Request) -> list[tuple[Group, Iterable[Said]]]:
        return [(Group.JOB, self._job(self._taken(request), frozenset()))]

    def _send_document(self, request: Request) -> list[tuple[Group, Iterable[Said]]]:
        job, asked = self._asked(request), request.group(Group.OPERATION)
        if "last-document" not in asked:
            raise Refused("bad-request")
        if job.closed or job.state.is_over:
            raise Refused("not-possible")
        if "document-format" in asked and asked["document-format"].text not in FORMATS:
            raise Refused("format-not-supported")
        job.format = self._format(request)
        self._room.hand_over(job, request.document)
        return [(Group.JOB, self._job(job, frozenset()))]

    def _asked(self, request: Request) -> Job:
        asked = request.group(Group.OPERATION)
        if "job-id" in asked:
            number = asked["job-id"].number
        else:
            tail = asked["job-uri"].text.rpartition("/")[2] if "job-uri" in asked else ""
            number = int(tail) if tail.isdecimal() else 0
        job = self._room.jobs.get(number)
        if job is None:
            raise Refused("not-found")
        return job

    def _cancel(self, request: Request) -> list[tuple[Group, Iterable[Said]]]:
        if not self._room.cancel(self._asked(request).number):
            raise Refused("not-possible")
        return []

    def _job_told(self, request: Request) -> list[tuple[Group, Iterable[Said]]]:
        return [(Group.JOB, self._job(self._asked(request), _wanted(request, frozenset())))]

    def _jobs_told(self, request: Request) -> list[tuple[Group, Iterable[Said]]]:
        asked = request.group(Group.OPERATION)
        over = "which-jobs" in asked and asked["which-jobs"].text == "completed"
        jobs = [job for job in self._room.jobs.values() if job.state.is_over is over]
        if "my-jobs" in asked and asked["my-jobs"].values[0] != b"\0":
            user = asked["requesting-user-name"].text if "requesting-user-name" in asked else ""
            jobs = [job for job in jobs if job.user == user]
        jobs.sort(key=lambda job: job.number, reverse=over)
        limit = asked["limit"].number if "limit" in asked else len(jobs)
        wanted = _wanted(request, frozenset({"job-id", "job-uri"}))
        return [(Group.JOB, self._job(job, wanted)) for job in jobs[: max(0, limit)]]

    def _job(self, job: Job, wanted: frozenset[str]) -> list[Said]:
        up = int(job.created - self._room.started) + 1
        said = [
            integers(Tag.INTEGER, "job-id", job.number),
            words(Tag.URI, "job-uri", f"{self._uri}/{job.number}"),
            words(Tag.URI, "job-printer-uri", self._uri),
            words(Tag.NAME, "job-name", job.name),
            words(Tag.NAME, "job-originating-user-name", job.user),
            integers(Tag.ENUM, "job-state", job.state),
            words(Tag.KEYWORD, "job-state-reasons", job.reason),
            integers(Tag.INTEGER, "job-impressions-completed", job.done),
            integers(Tag.INTEGER, "time-at-creation", up),
            _moment("time-at-processing", job.begun, self._room.started),
            _moment("time-at-completed", job.ended, self._room.started),
            integers(Tag.INTEGER, "job-printer-up-time", self._up()),
        ]
        return [one for one in said if not wanted or one[1] in wanted]

    # -- the printer -----------------------------------------------------------------------------------

    def _up(self) -> int:
        return int(time.monotonic() - self._room.started) + 1

    def _printer_state(self) -> int:
        if self._room.fault in STOPS:
            return 5
        return 4 if any(job.state is JobState.PROCESSING for job in self._room.jobs.values()) else 3

    def _printer_told(self, request: Request) -> list[tuple[Group, Iterable[Said]]]:
        wanted = _wanted(request, frozenset())
        said = [*self._description(), *_TEMPLATE]
        return [(Group.PRINTER, [one for one in said if not wanted or one[1] in wanted])]

    def _description(self) -> list[Said]:
        waiting = sum(not job.state.is_over for job in self._room.jobs.values())
        return [
            words(Tag.URI, "printer-uri-supported", self._uri),
            words(Tag.KEYWORD, "uri-security-supported", "none"),
            words(Tag.KEYWORD, "uri-authentication-supported", "none"),
            words(Tag.NAME, "printer-name", self._name),
            words(Tag.TEXT, "printer-info", self._name),
            words(Tag.TEXT, "printer-location", ""),
            words(Tag.TEXT, "printer-make-and-model", "Jingchuang simulated A4 printer"),
            words(Tag.URI, "printer-more-info", self._uri.replace("ipp:", "http:")),
            integers(Tag.ENUM, "printer-state", self._printer_state()),
            words(Tag.KEYWORD, "printer-state-reasons", *self._room.reasons),
            words(Tag.KEYWORD, "ipp-versions-supported", "1.1", "2.0"),
            integers(Tag.ENUM, "operations-supported", *_OPERATIONS),
            boolean("multiple-document-jobs-supported", False),
            words(Tag.CHARSET, "charset-configured", "utf-8"),
            words(Tag.CHARSET, "charset-supported", "us-ascii", "utf-8"),
            words(Tag.LANGUAGE, "natural-language-configured", "en"),
            words(Tag.LANGUAGE, "generated-natural-language-supported", "en"),
            words(Tag.MIME_TYPE, "document-format-default", FORMATS[0]),
            words(Tag.MIME_TYPE, "document-format-supported", *FORMATS),
            boolean("printer-is-accepting-jobs", self._room.fault is not PageFaultKind.OFFLINE),
            integers(Tag.INTEGER, "queued-job-count", waiting),
            words(Tag.KEYWORD, "pdl-override-supported", "not-attempted"),
            words(Tag.KEYWORD, "compression-supported", "none"),
            integers(Tag.INTEGER, "printer-up-time", self._up()),
            boolean("color-supported", False),
            integers(Tag.INTEGER, "pages-per-minute", 20),
        ]


_TEMPLATE: tuple[Said, ...] = (
    integers(Tag.INTEGER, "copies-default", 1),
    (Tag.RANGE, "copies-supported", (integers(Tag.INTEGER, "", 1)[2][0] + integers(Tag.INTEGER, "", MOST_COPIES)[2][0],)),
    words(Tag.KEYWORD, "media-default", MEDIA[0]),
    words(Tag.KEYWORD, "media-supported", *MEDIA),
    words(Tag.KEYWORD, "media-ready", MEDIA[0]),
    words(Tag.KEYWORD, "sides-default", SIDES[0]),
    words(Tag.KEYWORD, "sides-supported", *SIDES),
    integers(Tag.ENUM, "finishings-default", 3),
    integers(Tag.ENUM, "finishings-supported", 3),
    integers(Tag.ENUM, "orientation-requested-default", 3),
    integers(Tag.ENUM, "orientation-requested-supported", 3),
    integers(Tag.ENUM, "print-quality-default", 4),
    integers(Tag.ENUM, "print-quality-supported", 4),
    words(Tag.KEYWORD, "output-bin-default", "face-down"),
    words(Tag.KEYWORD, "output-bin-supported", "face-down"),
    (Tag.RESOLUTION, "printer-resolution-default", (bytes.fromhex("000002580000025803"),)),
    (Tag.RESOLUTION, "printer-resolution-supported", (bytes.fromhex("000002580000025803"),)),
)
_GROUPS: Mapping[str, frozenset[str]] = {"job-template": frozenset(said[1] for said in _TEMPLATE)}


def _wanted(request: Request, default: frozenset[str]) -> frozenset[str]:
    """requested-attributes; empty means all."""
    asked = request.group(Group.OPERATION).get("requested-attributes")
    if asked is None:
        return default
    names = {value.decode("utf-8", "replace") for value in asked.values}
    if names & {"all", "printer-description", "job-description"}:
        return frozenset()
    for group, members in _GROUPS.items():
        if group in names:
            names |= members
    return frozenset(names)


def _moment(name: str, at: float, started: float) -> Said:
    """Not yet is said as no value."""
    return integers(Tag.INTEGER, name, int(at - started) + 1) if at else (Tag.NO_VALUE, name, (b"",))

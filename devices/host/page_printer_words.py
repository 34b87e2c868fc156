"""What a page printer's worker says, as message fields and back."""

from __future__ import annotations

from typing import Any

from devices.host.messages import UNREADABLE, FrameBroken
from devices.ports.page_printer import PageJob, PageJobState, PageOrder, PageQueue, PageQueueState


def job_fields(job: PageJob) -> dict[str, Any]:
    """As it travels."""
    return {**vars(job), "state": job.state.value, "reasons": list(job.reasons)}


def job_of(fields: dict[str, Any]) -> PageJob:
    """Raises FrameBroken when the worker sent something else."""
    try:
        return PageJob(
            int(fields["number"]),
            PageJobState(fields["state"]),
            tuple(map(str, fields["reasons"])),
            str(fields["message"]),
            int(fields["pages"]),
        )
    except UNREADABLE as error:
        raise FrameBroken("page job") from error


def queue_fields(queue: PageQueue) -> dict[str, Any]:
    """As it travels."""
    return {**vars(queue), "state": queue.state.value, "reasons": list(queue.reasons), "formats": list(queue.formats)}


def queue_of(fields: dict[str, Any]) -> PageQueue:
    """Raises FrameBroken when the worker sent something else."""
    try:
        return PageQueue(
            str(fields["name"]),
            str(fields["model"]),
            PageQueueState(fields["state"]),
            bool(fields["accepting"]),
            tuple(map(str, fields["reasons"])),
            tuple(map(str, fields["formats"])),
        )
    except UNREADABLE as error:
        raise FrameBroken("page queue") from error


def order_fields(order: PageOrder) -> dict[str, Any]:
    """As it travels."""
    return dict(vars(order))


def order_of(fields: dict[str, Any]) -> PageOrder:
    """Raises FrameBroken when the host sent something else."""
    try:
        return PageOrder(
            str(fields["title"]),
            str(fields["mime_type"]),
            int(fields["copies"]),
            str(fields["media"]),
            bool(fields["two_sided"]),
        )
    except UNREADABLE as error:
        raise FrameBroken("page order") from error

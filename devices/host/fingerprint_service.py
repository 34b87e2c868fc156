"""The fingerprint scanner inside its worker: asked for a press, shows pictures while it waits; a wait can be cancelled."""

from __future__ import annotations

from devices.host.fingerprint_words import (
    capture_message,
    image_message,
    match_request_of,
    request_of,
    scanner_fields,
)
from devices.host.line import AskedService, Line, called_off
from devices.host.messages import Message
from devices.ports.errors import Cancelled
from devices.ports.fingerprint import EmptyCause, FingerImage, FingerScanner


def fingerprint_service(line: Line, driver: FingerScanner) -> AskedService:
    """The questions a fingerprint scanner answers."""

    def preview(image: FingerImage) -> None:
        line.say(image_message("preview", image))
        if called_off(line, "waiting for a finger"):
            raise Cancelled()

    def captured(command: Message) -> Message:
        return capture_message(driver.capture(request_of(command.fields), preview))

    def matched(command: Message) -> Message:
        return Message("answer", dict(vars(driver.match(match_request_of(command)))))

    def empty(command: Message) -> Message:
        cause = EmptyCause(command.fields["cause"])
        return Message("answer", {}, driver.empty_features(int(command.fields["position"]), cause))

    opened = Message("opened", scanner_fields(driver.describe()))
    return AskedService(line, opened, {"capture": captured, "match": matched, "empty": empty})

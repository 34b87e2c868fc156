"""What a card reader's worker says, as message fields and back; the card itself travels as raw bytes."""

from __future__ import annotations

from typing import Any

from devices.host.messages import UNREADABLE, FrameBroken, Message
from devices.ports.card_reader import (
    FINGERPRINT_SIZES,
    LARGEST_ADDRESS_BYTES,
    PHOTO_BYTES,
    TEXT_BYTES,
    CardBlocks,
    ReaderDescription,
    ReadRequest,
)


def request_fields(request: ReadRequest) -> dict[str, Any]:
    """As it travels."""
    return dict(vars(request))


def request_of(fields: dict[str, Any]) -> ReadRequest:
    """As the host asked."""
    return ReadRequest(float(fields["wait_s"]), bool(fields["fingerprints"]), bool(fields["same_again"]))


def card_message(blocks: CardBlocks) -> Message:
    """Text, photo, fingerprints and new address one behind the other."""
    fields = {"fingerprints": len(blocks.fingerprints), "serial": blocks.serial.hex()}
    return Message("answer", fields, blocks.text + blocks.photo + blocks.fingerprints + blocks.new_address)


def card_of(message: Message) -> CardBlocks:
    """Raises FrameBroken when the worker sent something else."""
    try:
        size, serial = int(message.fields["fingerprints"]), bytes.fromhex(message.fields["serial"])
    except UNREADABLE as error:
        raise FrameBroken("card") from error
    photo_at, fingerprints_at = TEXT_BYTES, TEXT_BYTES + PHOTO_BYTES
    address_at = fingerprints_at + size
    data = message.payload
    if size not in FINGERPRINT_SIZES or not 0 <= len(data) - address_at <= LARGEST_ADDRESS_BYTES:
        raise FrameBroken("card")
    blocks = data[:photo_at], data[photo_at:fingerprints_at], data[fingerprints_at:address_at], data[address_at:]
    return CardBlocks(*blocks, serial)


def reader_fields(description: ReaderDescription) -> dict[str, Any]:
    """As it travels."""
    return dict(vars(description))


def reader_of(fields: dict[str, Any]) -> ReaderDescription:
    """Raises FrameBroken when the worker sent something else."""
    try:
        return ReaderDescription(str(fields["model"]), str(fields["driver"]), str(fields["sam_id"]))
    except KeyError as error:
        raise FrameBroken("card reader description") from error

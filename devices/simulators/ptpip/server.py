"""Listens on loopback as the camera: a command socket, an event socket, one client at a time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from devices.simulators.ptpip.body import Body, Memory, Reply
from devices.simulators.ptpip.canon import Canon
from devices.simulators.ptpip.faults import FaultScript
from devices.simulators.ptpip.nikon import Nikon
from devices.simulators.ptpip.pictures import Pictures
from devices.simulators.ptpip.wire import (
    ConnectionEnded,
    Packet,
    PacketBroken,
    command_ack,
    data_packets,
    packet,
    read_command,
    receive,
    response,
)

BODIES: dict[str, Callable[[Memory], Body]] = {"nikon": Nikon, "canon": Canon}
GPHOTO_MODELS = {"nikon": "Nikon DSLR (WLAN)", "canon": "Canon EOS (WLAN)"}


class Responder:
    """A camera on a port. ``start`` and ``stop``; the threads are gone when ``stop`` returns."""

    def __init__(self, make: str, pictures: Pictures, faults: FaultScript | None = None, port: int = 0) -> None:
        self.faults = faults or FaultScript()
        self.memory = Memory(pictures, self.faults)
        self._body: Body = BODIES[make](self.memory)
        self._wanted_port = port
        self._listener: socket.socket | None = None
        self._clients: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._obeying = threading.Lock()
        self._stopping = threading.Event()

    @property
    def port(self) -> int:
        """The port in use."""
        if self._listener is None:
            return self._wanted_port
        return int(self._listener.getsockname()[1])

    def start(self) -> None:
        """Listen on 127.0.0.1 alone; also after ``unplug``, as the same camera plugged in again."""
        listener = socket.create_server(("127.0.0.1", self._wanted_port), backlog=8)
        self._wanted_port = int(listener.getsockname()[1])
        self._listener = listener
        self._stopping.clear()
        self.memory.unplugged.clear()
        self._spawn(self._accept, "ptpip-accept")

    def _spawn(self, work: object, name: str, *arguments: object) -> None:
        thread = threading.Thread(target=work, name=name, args=arguments)  # type: ignore[arg-type]
        with self._lock:
            self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """Close every socket and wait for the threads; a client sees its camera vanish."""
        self._stopping.set()
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        self._drop_clients()
        with self._lock:
            threads, self._threads = self._threads, []
        for thread in threads:
            if thread is not threading.current_thread():
                thread.join()

    def _drop_clients(self) -> None:
        with self._lock:
            clients = list(self._clients)
        for client in clients:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        listener = self._listener
        while listener is not None and not self._stopping.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._clients.add(client)
            self._spawn(self._talk, "ptpip-client", client)

    def _talk(self, client: socket.socket) -> None:
        try:
            kind, _ = receive(client)
            if kind == Packet.INIT_EVENT_REQUEST:
                client.sendall(packet(Packet.INIT_EVENT_ACK, b""))
                self._keep_event_line(client)
            elif kind == Packet.INIT_COMMAND_REQUEST:
                self._body.reset()
                client.sendall(command_ack(self._body.name))
                self._obey(client)
            else:
                client.sendall(packet(Packet.INIT_FAIL, b"\1\0\0\0"))
        except (ConnectionEnded, PacketBroken, OSError):
            pass  # the client went away or talks nonsense: its line is closed, the camera stays
        finally:
            with self._lock:
                self._clients.discard(client)
            client.close()
            if self.memory.unplugged.is_set():
                self._drop_clients()

    def _keep_event_line(self, client: socket.socket) -> None:
        while True:
            kind, _ = receive(client)
            if kind == Packet.PING:
                client.sendall(packet(Packet.PONG, b""))

    def _obey(self, client: socket.socket) -> None:
        while True:
            kind, body = receive(client)
            if kind == Packet.PING:
                client.sendall(packet(Packet.PONG, b""))
            if kind != Packet.COMMAND_REQUEST:
                continue
            command = read_command(client, body)
            self.memory.log.append((command.code, command.parameters))
            with self._obeying:
                reply = self._body.obey(command)
            if reply.silent:
                self._stopping.wait()
                return
            if not self._answer(client, command.transaction, reply):
                return

    def _answer(self, client: socket.socket, transaction: int, reply: Reply) -> bool:
        if reply.data is not None:
            data = data_packets(transaction, reply.data)
            if reply.cut_after is not None:
                client.sendall(data[: 20 + reply.cut_after])
                return False
            client.sendall(data)
        client.sendall(response(transaction, reply.code, reply.parameters))
        return True

"""Readers who ask for one page again and again over kept connections, and the time each answer takes.

Standard library only; one thread over non-blocking sockets, so that the server keeps most of the two cores.
"""

import contextlib
import math
import os
import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Measured:
    """`seconds` holds the time of each answer within `span` seconds; `spent` what they took of the server's processors, in seconds."""

    span: float
    status: int
    size: int
    seconds: list[float]
    spent: float = math.nan

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.span

    @property
    def p50(self) -> float:
        """Milliseconds."""
        return self._slowest_of(0.50)

    @property
    def p95(self) -> float:
        """Milliseconds."""
        return self._slowest_of(0.95)

    @property
    def processor(self) -> float:
        """Milliseconds for an answer: what a busy machine does not stretch."""
        return self.spent * 1000 / len(self.seconds) if self.seconds else math.nan

    def _slowest_of(self, share: float) -> float:
        """Within how many milliseconds that share was answered; none when nothing was."""
        place = math.ceil(len(self.seconds) * share) - 1
        return sorted(self.seconds)[place] * 1000 if self.seconds else math.nan


class Served(int):
    """A port, with the process that serves it."""

    pid: int = 0


def processor_of(pid: int) -> float:
    """Seconds of processor of a process and all below it, as Linux tells them; nothing elsewhere."""
    told = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            told[int(path.parent.name)] = int(fields[1]), sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    mine = {pid}
    while more := {one for one, (above, _spent) in told.items() if above in mine} - mine:
        mine |= more
    return sum(told[one][1] for one in mine if one in told) if told else math.nan


@dataclass
class Reader:
    """One connection: sends, reads the whole answer, sends again."""

    port: int
    request: bytes
    connection: socket.socket = field(init=False)
    received: bytes = b""
    started: float = 0.0

    def __post_init__(self) -> None:
        self.connection = socket.create_connection(("127.0.0.1", int(self.port)))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self) -> None:
        self.received = b""
        self.started = time.perf_counter()
        self.connection.sendall(self.request)

    def take(self) -> bool:
        """Read what there is; whether the answer is whole. Raises ConnectionError when the server hangs up."""
        piece = self.connection.recv(262_144)
        if not piece:
            raise ConnectionError("The server closed the connection.")
        self.received += piece
        head, gap, body = self.received.partition(b"\r\n\r\n")
        if not gap:
            return False
        if head[9:12] == b"304":
            return True
        length = header(head, b"content-length")
        return len(body) >= int(length) if length else body.endswith(b"0\r\n\r\n")


def header(head: bytes, name: bytes) -> bytes:
    """The value of a header, or nothing."""
    for line in head.split(b"\r\n")[1:]:
        found, _colon, value = line.partition(b":")
        if found.lower() == name:
            return value.strip()
    return b""


def request_for(path: str, **headers: str) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Accept-Encoding: gzip",
        *(f"{k}: {v}" for k, v in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def once(port: int, request: bytes) -> bytes:
    """One whole answer."""
    reader = Reader(port, request)
    reader.ask()
    while not reader.take():
        pass
    reader.connection.close()
    return reader.received


def measure(port: int, request: bytes, clients: int, seconds: float, then: Iterator[bytes] | None = None) -> Measured:
    """`clients` readers for `seconds`, after a fifth of that time to get warm; `then` gives the next requests, while there are any."""
    readers = [Reader(port, request) for _number in range(clients)]
    ready = selectors.DefaultSelector()
    for reader in readers:
        ready.register(reader.connection, selectors.EVENT_READ, reader)
        reader.ask()
    begin = time.perf_counter() + seconds / 5
    end = begin + seconds
    taken: list[float] = []
    answer, pid, before = b"", getattr(port, "pid", 0), math.nan
    while time.perf_counter() < end:
        if math.isnan(before) and pid and time.perf_counter() >= begin:
            before = processor_of(pid)
        for key, _events in ready.select(timeout=1):
            reader = key.data
            if reader.take():
                now = time.perf_counter()
                if begin <= now < end:
                    taken.append(now - reader.started)
                answer = reader.received
                reader.request = next(then, reader.request) if then else reader.request
                reader.ask()
    spent = processor_of(pid) - before
    for reader in readers:
        reader.connection.close()
    # 0: nothing was answered in time.
    return Measured(seconds, int(answer[9:12] or 0), len(answer), taken, spent)

"""What the pool asks of its sockets: the channel to a worker, and the connection of the client that waits."""

import math
import select
import socket
import struct

from hytegraph.graph.evaluation import wire

# A client that has closed its sending side may still read; it gets this many seconds before its query is stopped.
HALF_CLOSED = 2.0
# A worker that has begun its answer and then says nothing for so many seconds is taken for dead.
CHANNEL_SECONDS = 5.0
SOON = 0.02


def prepare(channel: socket.socket) -> None:
    """Make a new channel wait for its worker as long as `soon` and `whole` say."""
    _set_patience(channel, socket.SO_SNDTIMEO, CHANNEL_SECONDS)
    _set_patience(channel, socket.SO_RCVTIMEO, SOON)


def _set_patience(channel: socket.socket, option: int, seconds: float) -> None:
    """How long sending or receiving waits; the system sees to it, Python's own time-out costs a call more each time."""
    patience = struct.pack("ll", int(seconds), int(seconds % 1 * 1_000_000))
    channel.setsockopt(socket.SOL_SOCKET, option, patience)


def soon(channel: socket.socket) -> bytes | None:
    """What comes from a worker at once: light queries need no more; None for the others."""
    try:
        return channel.recv(wire.CHUNK)
    except BlockingIOError:
        return None


def whole(channel: socket.socket, begun: bytes | None) -> wire.Message | None:
    """The message that has begun to come."""
    if begun and wire.is_whole(begun):
        return wire.receive(channel, begun)
    _set_patience(channel, socket.SO_RCVTIMEO, CHANNEL_SECONDS)
    message = wire.receive(channel, begun or b"")
    _set_patience(channel, socket.SO_RCVTIMEO, SOON)
    return message


def is_quiet(channel: socket.socket) -> bool:
    """Whether nothing has come from an idle worker, not even the end of the channel."""
    poll = select.poll()
    poll.register(channel, select.POLLIN)
    return not poll.poll(0)


def is_open(channel: socket.socket) -> bool:
    """Whether the other end is there; what it may have sent stays to be read."""
    poll = select.poll()
    poll.register(channel, 0)
    return not poll.poll(0)


def grace(client: socket.socket) -> float:
    """How long a query may go on after its client's socket has become readable."""
    try:
        data = client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return math.inf
    except OSError:
        return 0.0
    # Bytes are the next request of a client that does not wait.
    return math.inf if data else HALF_CLOSED


def has_left(client: socket.socket) -> bool:
    return grace(client) == 0.0

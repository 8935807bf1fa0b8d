"""Clients take turns, and none can take all places."""

from hytegraph.graph.evaluation.fair_queue import FairQueue
from hytegraph.graph.evaluation.query_shapes import shape_of


def test_clients_are_served_in_turns() -> None:
    queue: FairQueue[int] = FairQueue(8)
    waiters = [queue.join(client) for client in ("a", "a", "a", "b", "c", "b")]

    for number in range(6):
        assert queue.serve(number)

    received = [waiter.received for waiter in waiters if waiter is not None]
    # a, b, c, then a and b again, then the rest of a.
    assert received == [0, 3, 5, 1, 2, 4]
    assert not queue.serve(6)


def test_a_full_queue_takes_a_place_from_the_client_that_has_most() -> None:
    queue: FairQueue[int] = FairQueue(4)
    greedy = [queue.join("greedy") for _ in range(4)]

    assert queue.join("greedy") is None
    modest = queue.join("modest")

    assert modest is not None
    refused = [waiter for waiter in greedy if waiter is not None and waiter.ready.is_set()]
    assert refused == [greedy[-1]]
    assert refused[0].received is None
    assert len(queue) == 4


def test_a_full_queue_of_equals_takes_nobody_more() -> None:
    queue: FairQueue[int] = FairQueue(3)
    for client in ("a", "b", "c"):
        assert queue.join(client) is not None

    assert queue.join("d") is None
    assert len(queue) == 3


def test_who_leaves_is_not_served() -> None:
    queue: FairQueue[int] = FairQueue(3)
    first, second = queue.join("a"), queue.join("b")
    assert first is not None
    assert second is not None

    queue.leave(first)
    queue.leave(first)

    assert queue.serve(1)
    assert (first.received, second.received, len(queue)) == (None, 1, 0)


def test_queries_have_one_shape_whatever_their_values() -> None:
    one = "SELECT ?s { ?s <http://a.example/p> 'x', \"y\" } LIMIT 5 # 1"
    other = "SELECT ?s { ?s <http://a.example/q#r> 'zz', \"\" } LIMIT 12 # another"

    assert shape_of(one) == shape_of(other) != shape_of(one.replace("?s", "?t"))

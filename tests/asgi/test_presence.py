"""Who is where, as pages say it: nobody stays who is gone, and nobody fills the board."""

from __future__ import annotations

from inbox.asgi.presence import LASTS_S, PAGES_EACH, Board, Doing, Sign, read_sign
from inbox.asgi.together import Pace

ANN = Sign(1, "Ann Berg", "a", 7, Doing.LOOKING)
BEN = Sign(2, "Ben Okafor", "b", 7, Doing.WRITING)


def _names(board: Board, conversation: int = 7) -> list[tuple[str, bool]]:
    people = board.people({conversation})[conversation]
    return [(one.name, one.is_writing) for one in people]


def test_who_writes_comes_before_who_looks() -> None:
    board = Board()
    assert board.hear(ANN, 0)
    assert board.hear(BEN, 0)
    assert _names(board) == [("Ben Okafor", True), ("Ann Berg", False)]
    assert board.changed() == {7}
    assert board.changed() == set()


def test_saying_the_same_again_is_no_news_and_keeps_one_there() -> None:
    board = Board()
    board.hear(ANN, 0)
    assert not board.hear(ANN, LASTS_S - 1)
    board.expire(LASTS_S + 1)
    assert _names(board) == [("Ann Berg", False)]


def test_who_says_nothing_any_more_is_gone() -> None:
    board = Board()
    board.hear(ANN, 0)
    board.changed()
    board.expire(LASTS_S + 1)
    assert _names(board) == []
    assert board.changed() == {7}
    assert board.conversations == set()


def test_a_page_is_at_one_conversation() -> None:
    board = Board()
    board.hear(ANN, 0)
    board.hear(Sign(1, "Ann Berg", "a", 8, Doing.LOOKING), 1)
    assert _names(board) == []
    assert board.changed() == {7, 8}
    assert not board.hear(Sign(1, "Ann Berg", "never was", 8, Doing.LEFT), 2)
    assert board.hear(Sign(1, "Ann Berg", "a", 8, Doing.LEFT), 2)
    assert _names(board, 8) == []


def test_two_pages_of_a_person_are_one_person() -> None:
    board = Board()
    board.hear(ANN, 0)
    board.hear(Sign(1, "Ann Berg", "other", 7, Doing.WRITING), 0)
    assert _names(board) == [("Ann Berg", True)]
    board.hear(Sign(1, "Ann Berg", "other", 7, Doing.LEFT), 1)
    assert _names(board) == [("Ann Berg", False)]


def test_a_flood_of_pages_pushes_out_ones_own_alone() -> None:
    board = Board()
    board.hear(BEN, 0)
    for number in range(500):
        board.hear(Sign(1, "Ann Berg", str(number), number, Doing.LOOKING), 0)
    assert len(board.conversations) == PAGES_EACH + 1
    assert _names(board) == [("Ben Okafor", True)]


def test_what_processes_say_to_each_other() -> None:
    sign = Sign(3, 'Юлия 山田 "x" ' + "n" * 5000, "p" * 40, 1 << 61, Doing.WRITING)
    assert len(sign.written().encode()) < 8000  # NOTIFY takes no more
    read = read_sign(sign.written())
    assert read
    assert (read.agent, read.doing, read.name) == (3, Doing.WRITING, sign.name[:100])
    for junk in ("", "{}", "[]", "7", '{"doing": "dancing"}', '{"doing": "left", "more": 1}'):
        assert read_sign(junk) is None


def test_nobody_says_more_than_pages_do() -> None:
    pace = Pace()
    assert [pace.wait(1, 0.0) for _ in range(25)] == [0] * 20 + [20] * 5
    assert not pace.wait(2, 0.0)
    assert pace.wait(1, 18.5) == 2  # whole seconds, none too few
    assert not pace.wait(1, 21.0)

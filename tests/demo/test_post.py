"""Everybody's mail as files."""

from __future__ import annotations

from pathlib import Path

from inbox.demo.post import Post


def test_newest_first_and_new_until_opened(tmp_path: Path) -> None:
    post = Post(tmp_path / "mail")
    for subject in ("one", "two"):
        post.put("Pat@Lee.Example", "in", f"Subject: {subject}\n\n".encode())
    post.put("pat@lee.example", "out", b"Subject: mine\n\n")
    letters = post.letters("pat@lee.example", "in")
    assert [filed.mail.subject for filed in letters] == ["two", "one"]
    assert post.unseen("pat@lee.example") == 2
    post.see(letters[0])
    assert post.unseen("pat@lee.example") == 1
    assert post.addresses() == ["pat@lee.example"]


def test_a_mail_is_found_by_its_name_alone(tmp_path: Path) -> None:
    post = Post(tmp_path)
    name = post.put("pat@lee.example", "out", b"Subject: mine\n\n")
    found = post.find("pat@lee.example", name)
    assert found is not None
    assert found.mail.subject == "mine"
    assert post.find("pat@lee.example", "../../secret") is None
    assert post.find("karen@lee.example", name) is None


def test_no_address_leads_out_of_the_folder(tmp_path: Path) -> None:
    post = Post(tmp_path / "mail")
    for address in ("../../etc/passwd", "..", "/root@x", "a/../../b@x", "x" * 5000):
        post.put(address, "in", b"Subject: x\n\n")
    everything = list(tmp_path.rglob("*.eml"))
    assert len(everything) == 5
    assert all((tmp_path / "mail") in path.parents for path in everything)
    assert [path.name for path in tmp_path.iterdir()] == ["mail"]

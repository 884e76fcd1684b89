"""Nobody sends a mail that nobody has looked at."""

from __future__ import annotations

from inbox.outbound.composers import kinds
from inbox.run.worker import know_all_jobs
from scripts.mail_scenes import SCENES, kind_of
from scripts.screenshots import IMAGES


def test_every_kind_of_mail_has_its_picture() -> None:
    know_all_jobs()
    assert {kind_of(name) for name in SCENES} == kinds()


def test_every_scene_has_been_looked_at() -> None:
    """`make screenshots` takes them."""
    assert {path.stem for path in (IMAGES / "mails").glob("*.webp")} == set(SCENES)

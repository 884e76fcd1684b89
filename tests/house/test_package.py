"""What `pip install` gets: the program with all its files, and nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.house.tree import PACKAGE, ROOT, files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a freshly built wheel."""
    folder = str(tmp_path_factory.mktemp("dist"))
    path = next(WheelBuilder(str(ROOT)).build(directory=folder, versions=["standard"]))
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_wheel_has_every_file_of_the_package(wheel: set[str]) -> None:
    tracked = {str(path.relative_to(ROOT)) for path in files() if PACKAGE in path.parents}
    assert not tracked - wheel


def test_wheel_brings_the_migrations(wheel: set[str]) -> None:
    versions = {f"inbox/_alembic/versions/{p.name}" for p in ROOT.glob("alembic/versions/*.py")}
    assert versions
    assert versions | {"inbox/_alembic/env.py"} <= wheel


def test_wheel_brings_the_licence(wheel: set[str]) -> None:
    assert [name for name in wheel if name.endswith(".dist-info/licenses/LICENSE")]


def test_wheel_has_nothing_else(wheel: set[str]) -> None:
    assert {Path(name).parts[0].partition("-")[0] for name in wheel} == {"inbox", "inbox_desk"}
    assert not [name for name in wheel if name.endswith((".pyc", ".pot", ".mo"))]

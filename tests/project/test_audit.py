"""`make audit`: what is locked has its hashes, names no place, and is what is installed."""

import base64
import hashlib
import os
import sys
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest

from project import audit, paths

HASH = "--hash=sha256:" + "0" * 64


def faults_of(text: str) -> list[str]:
    return audit.read_lock("requirements.lock", text)[1]


def package(folder: Path, *metadata: str, files: str = "") -> Distribution:
    home = folder / "one-1.0.dist-info"
    home.mkdir(exist_ok=True)
    lines = ["Metadata-Version: 2.4", "Name: one", "Version: 1.0", *metadata]
    (home / "METADATA").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (home / "RECORD").write_text(files, encoding="utf-8")
    return PathDistribution(home)


def test_the_locks_and_what_is_installed_pass() -> None:
    if not os.environ.get("XUEWEI_SLOW"):
        pytest.skip("hashes every installed file, as make audit does: XUEWEI_SLOW=1 runs it here")
    assert list(audit.audit(paths.root())) == []


def test_a_lock_names_every_version_with_its_hashes() -> None:
    text = (
        f"one==1.0 \\\n    {HASH} \\\n    {HASH}\n    # via two\n"
        f"two==2.0 ; sys_platform == 'x' \\\n    {HASH}\n"
    )
    locked, faults = audit.read_lock("requirements.lock", text)
    assert faults == []
    assert [(entry.name, entry.version, entry.hashes, entry.row) for entry in locked] == [
        ("one", "1.0", 2, 1),
        ("two", "2.0", 1, 5),
    ]
    assert [entry.is_for_us for entry in locked] == [True, False]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("one==1.0\n", "row 1: one has no hash"),
        (f"one==1.0 --hash=sha256:{'0' * 63}\n", "row 1: one has no hash"),
        (f"\none==1.0 --hash=md5:{'0' * 64}\n", "row 2: one has no hash"),
        (f"one>=1.0 {HASH}\n", "row 1: it is not pinned"),
        (f"one @ https://example.org/one.whl {HASH}\n", "row 1: it names a place"),
        (f"--index-url https://example.org\none==1.0 {HASH}\n", "row 1: it names a place"),
        (f"one==1.0 {HASH} --find-links /home/me/wheels\n", "row 1: it names a place"),
    ],
)
def test_a_lock_that_leaves_anything_open_is_a_fault(text: str, named: str) -> None:
    assert any(named in fault for fault in faults_of(text))


def test_a_requirement_that_the_lock_lacks_or_answers_wrongly_is_a_fault() -> None:
    locked, _ = audit.read_lock("requirements.lock", f"one==1.0 {HASH}\n")
    assert list(audit.not_locked(locked, ["one>=1,<2"])) == []
    assert "not within" in next(audit.not_locked(locked, ["One>=2"]))
    assert "two is not in requirements.lock" in next(audit.not_locked(locked, ["two[extra]>=1"]))


def test_a_package_in_another_version_than_locked_is_a_fault() -> None:
    locked, _ = audit.read_lock(
        "requirements.lock",
        f"pytest==0.1 {HASH}\nnot-there==1.0 {HASH}\nelse==1 ; python_version < '3' {HASH}\n",
    )
    said = list(audit.installed_otherwise(locked))
    assert [sentence.split(":")[0].split()[0] for sentence in said] == ["pytest", "not-there"]


def test_a_file_that_was_changed_after_its_installation_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    file.write_text("print(1)\n", encoding="utf-8")
    digest = base64.urlsafe_b64encode(hashlib.sha256(file.read_bytes()).digest()).rstrip(b"=")
    record = f"one.py,sha256={digest.decode()},9\none-1.0.dist-info/RECORD,,\n"
    installed = package(tmp_path, files=record)
    assert list(audit.changed_files([installed])) == []
    file.write_text("print(2)\n", encoding="utf-8")
    assert "one.py is not what was installed" in next(audit.changed_files([installed]))
    file.unlink()
    assert "one.py is gone" in next(audit.changed_files([installed]))


@pytest.mark.parametrize(
    ("metadata", "is_permitted"),
    [
        ("License-Expression: MIT", True),
        ("License-Expression: MPL-2.0 AND (Apache-2.0 OR MIT)", True),
        ("License-Expression: GPL-3.0-only OR MIT", True),
        ("License-Expression: GPL-3.0-only AND MIT", False),
        ("License-Expression: MIT AND (GPL-3.0-only OR BSD-3-Clause)", False),
        ("License: MIT", True),
        ("License: anything goes", False),
        ("Classifier: License :: OSI Approved :: MIT License", True),
        ("Classifier: License :: Other/Proprietary License", False),
        ("Summary: no licence at all", False),
    ],
)
def test_a_licence_that_nobody_reviewed_is_a_fault(
    tmp_path: Path, metadata: str, is_permitted: bool
) -> None:
    licences, _ = audit.permitted_names()
    fault = audit.licence_fault(package(tmp_path, metadata), licences)
    assert (fault is None) == is_permitted


def test_without_pip_audit_the_audit_says_that_nobody_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert audit.vulnerabilities(paths.root()) == (
        True,
        "known vulnerabilities: not asked for, since pip-audit is not installed",
    )


@pytest.mark.parametrize(
    ("program", "is_clean", "said"),
    [
        ("exit 0", True, "none"),
        ("echo 'one 1.0 CVE-0'; exit 1", False, "CVE-0"),
        ("echo 'no route to host' >&2; exit 1", True, "nobody answered"),
    ],
)
def test_what_pip_audit_says_decides(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str, is_clean: bool, said: str
) -> None:
    if sys.platform == "win32":
        pytest.skip("the stand-in is a shell script")
    script = tmp_path / "pip-audit"
    script.write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    found = audit.vulnerabilities(paths.root())
    assert found[0] == is_clean
    assert said in found[1]

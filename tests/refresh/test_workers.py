"""The late steps run in processes of their own, which die with the refresh."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from project import paths
from project.errors import InputFault, XueweiError
from refresh import workers

HERE = "tests.refresh.test_workers"
PARENT = """\
import time
from refresh import workers
worker = workers.Worker.start("tests.refresh.test_workers:sleep")
print(worker.process.pid, flush=True)
workers.Worker.call(worker, 60) if {calls} else time.sleep(60)
"""


def add(left: int, right: int) -> int:
    sys.stdout.write("what a library prints is not an answer\n")
    return left + right


def refuse(sentence: str) -> None:
    raise InputFault(sentence)


def miss() -> None:
    raise ModuleNotFoundError("none", name="pysdmx")


def end() -> None:
    os._exit(7)


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def sleep_in_a_process_of_its_own(file: Path) -> None:
    """As the extractor and the report do with many documents and figures."""
    with ProcessPoolExecutor(1) as pool:
        child = pool.submit(os.getpid).result()
        file.write_text(str(child), encoding="ascii")
        pool.submit(time.sleep, 60).result()


def test_a_worker_answers() -> None:
    assert workers.call(f"{HERE}:add", 2, 3) == 5


def test_a_worker_raises_what_its_step_raises_and_says_where() -> None:
    with pytest.raises(InputFault, match="row 3") as caught:
        workers.call(f"{HERE}:refuse", "figures.csv row 3")
    assert caught.value.exit_code == 3
    assert "in refuse" in caught.value.__notes__[0]


def test_a_missing_package_is_named() -> None:
    with pytest.raises(ModuleNotFoundError) as caught:
        workers.call(f"{HERE}:miss")
    assert caught.value.name == "pysdmx"


def test_a_worker_that_dies_is_an_error_and_no_answer() -> None:
    with pytest.raises(XueweiError, match=r"end ended in the middle \(7\)"):
        workers.call(f"{HERE}:end")


def test_workers_that_nobody_called_end_with_the_block() -> None:
    with workers.at_hand():
        waiting = list(workers._waiting.values())
        assert [worker.process.poll() for worker in waiting] == [None] * len(workers.MODULES)
    assert None not in [worker.process.returncode for worker in waiting]


def test_workers_that_are_at_work_end_with_the_block_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the expectations refuse a file whose report is still being made."""
    monkeypatch.setattr(workers, "MODULES", {f"{HERE}:sleep": (), f"{HERE}:add": ()})
    with ThreadPoolExecutor(2) as pool:
        begin = time.monotonic()
        with pytest.raises(InputFault), workers.at_hand():
            asleep = pool.submit(workers.call, f"{HERE}:sleep", 60)
            assert pool.submit(workers.call, f"{HERE}:add", 1, 2).result() == 3
            raise InputFault("refused")
        assert time.monotonic() - begin < 50
        with pytest.raises((XueweiError, ValueError)):
            asleep.result()


@pytest.mark.parametrize("calls", [False, True], ids=["while it waits", "while it works"])
def test_a_worker_does_not_outlive_a_killed_refresh(calls: bool) -> None:
    if sys.platform != "linux":
        pytest.skip("looks into /proc, which only Linux has")
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(calls=calls)],
        cwd=paths.root(),
        env={**os.environ, "PYTHONPATH": str(paths.root())},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    time.sleep(0.5)
    assert is_alive(worker)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    wait_until(lambda: not is_alive(worker))


def test_processes_that_a_step_started_die_with_a_killed_refresh(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("looks into /proc, which only Linux has")
    file = tmp_path / "child"
    code = (
        "import pathlib, sys; from refresh import workers; "
        f"workers.call('{HERE}:sleep_in_a_process_of_its_own', pathlib.Path(sys.argv[1]))"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(file)],
        cwd=paths.root(),
        env={**os.environ, "PYTHONPATH": str(paths.root())},
    )
    wait_until(lambda: file.exists() and bool(file.read_text(encoding="ascii")))
    child = int(file.read_text(encoding="ascii"))
    assert is_alive(child)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    wait_until(lambda: not is_alive(child))


def wait_until(is_so: Callable[[], bool]) -> None:
    end_of_patience = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end_of_patience, "it never came"
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2]
    except (FileNotFoundError, ProcessLookupError):
        return False
    # An ended process stays as a zombie until somebody asks for it.
    return state.split()[0] != "Z"

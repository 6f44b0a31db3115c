"""The scripts of bin/ on machines that lack something."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from config.values import ROOT


@pytest.fixture
def machine(tmp_path):
    """A checkout without environment, on a machine that has what `give` gives it."""
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / "bin", checkout / "bin")
    shutil.copytree(ROOT / "requirements", checkout / "requirements")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("bash", "cat", "dirname", "sha256sum", "flock", "id", "rm", "mv", "chmod", "mkdir"):
        (programs / name).symlink_to(Path(shutil.which(name) or "").resolve())
    return Machine(checkout, programs)


class Machine:
    def __init__(self, checkout, programs):
        self.checkout, self.programs = checkout, programs

    def give(self, name, script):
        path = self.programs / name
        path.write_text(f"#!{self.programs}/bash\n{script}\n")
        path.chmod(0o755)

    def run(self, *argv):
        return subprocess.run(
            [self.programs / "bash", self.checkout / "bin" / argv[0], *argv[1:]],
            env={"PATH": str(self.programs), "HOME": str(self.checkout)},
            capture_output=True,
            text=True,
            check=False,
        )


OLD_PYTHON = """
case "$2" in
    *print*) echo "this machine has 3.9.2" ;;
    *) exit 1 ;;
esac
"""


def test_no_python(machine):
    ended = machine.run("serve")

    assert ended.returncode == 1
    assert ended.stderr == (
        "caseway: Python 3.11 or newer is needed, "
        "this machine has none (on Debian: apt install python3 python3-venv)\n"
    )


def test_a_python_that_is_too_old(machine):
    machine.give("python3", OLD_PYTHON)

    ended = machine.run("serve")

    assert ended.stderr == "caseway: Python 3.11 or newer is needed, this machine has 3.9.2\n"


def test_a_newer_python_beside_an_old_one_is_found(machine):
    machine.give("python3", OLD_PYTHON)
    machine.give(
        "python3.12",
        """case "$2" in *ensurepip*) exit 1 ;; *print*) echo python3.12-venv ;; *) exit 0 ;; esac""",
    )

    ended = machine.run("serve")

    assert ended.stderr == "caseway: Python's venv module is missing: apt install python3.12-venv\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_checkout_that_cannot_be_written(machine):
    machine.checkout.chmod(0o555)

    ended = machine.run("serve")

    assert "is not writable" in ended.stderr


def test_nothing_is_installed_again_while_the_locks_are_unchanged(machine):
    environment = machine.checkout / ".venv"
    (environment / "bin").mkdir(parents=True)
    locks = [machine.checkout / "requirements" / f"{name}.txt" for name in ("tools", "base", "base")]
    digest = subprocess.run(
        ["sha256sum"], input=b"".join(lock.read_bytes() for lock in locks), capture_output=True, check=True
    )
    (environment / ".locked-base").write_bytes(digest.stdout)
    python = environment / "bin" / "python"
    python.write_text(f'#!{machine.programs}/bash\necho started "$@"\n')
    python.chmod(0o755)

    assert machine.run("serve", "--port", "9").stdout == "started -m caseway.cli serve --port 9\n"

    locks[1].write_text("changed\n")
    assert machine.run("serve").stdout != "started -m caseway.cli serve\n"

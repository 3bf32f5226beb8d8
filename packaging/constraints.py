"""Renew constraints.txt, the versions that the checks run with.

`python3 packaging/bootstrap.py python packaging/constraints.py` takes the newest versions that pyproject.toml allows,
for all systems and all Pythons from 3.11 on, with the hashes of their files. With `--keep` it changes only what
pyproject.toml asks for anew.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
# Python 3.11 keeps the torch that the stored figures of benchmarks and tests were made with.
HELD = ("torch==2.13.0; python_version < '3.12'", "torchvision==0.28.0; python_version < '3.12'")


def main() -> int:
    """Write the file; return the exit code of the resolver."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", action="store_true", help="keep every version that still fits")
    upgrade = [] if parser.parse_args().keep else ["--upgrade"]
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder, "held.txt")
        held.write_text("\n".join(HELD) + "\n", encoding="utf-8")
        pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", folder, "uv"]
        subprocess.run(pip, check=True)
        command = [sys.executable, "-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11"]
        command += ["--no-config", *upgrade, "--generate-hashes", "--no-annotate"]
        command += ["--extra", "dev", "--extra", "build"]
        command += ["--custom-compile-command", "python3 packaging/bootstrap.py python packaging/constraints.py"]
        command += ["--constraints", str(held), "--output-file", str(CONSTRAINTS), str(ROOT / "pyproject.toml")]
        environment = {**os.environ, "PYTHONPATH": folder}
        return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    sys.exit(main())

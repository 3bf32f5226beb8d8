"""Every benchmark of this folder, one after the other in processes of their own, and one table of what they found.

    python tests/benchmarks/all.py [NAME ...] [--quick] [--json]

A name selects the scripts whose file name contains it. What a script tells on its way goes to stderr, the table of all
rows to stdout; with `--json` each row is printed as an object as soon as it is there. A goal that is missed is a
finding, no failure: the exit code is 1 only if a script broke off. All of them take about an hour and want the machine
for themselves; `--quick` takes some minutes and only shows that they run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks._processes import environment
from tests.benchmarks._report import Report, parser
from tlft_desktop.core.bench.rows import Row, in_order

FOLDER = Path(__file__).parent


def scripts(folder: Path, names: Sequence[str]) -> list[Path]:
    """Return the benchmarks of a folder, or those whose file name contains one of `names`."""
    found = [path for path in sorted(folder.glob("*.py")) if not path.name.startswith("_") and path.stem != "all"]
    return [path for path in found if not names or any(name in path.stem for name in names)]


def rows_of(script: Path, *options: str) -> Iterator[Row]:
    """Run a benchmark and yield its rows as they are printed.

    Raises:
        subprocess.CalledProcessError: If it breaks off, after the rows that it had printed.
        ValueError, KeyError: If it prints something else.
    """
    command = [sys.executable, str(script), "--json", *options]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, encoding="utf-8") as child:
        assert child.stdout is not None
        for line in child.stdout:
            yield Row.from_json(json.loads(line))
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)


def main() -> int:
    """Run and print; return the exit code."""
    options = parser(__doc__)
    options.add_argument("names", nargs="*", metavar="NAME", help="part of the file name of a script")
    args = options.parse_args()
    chosen = scripts(FOLDER, args.names)
    if not chosen:
        known = ", ".join(path.stem for path in scripts(FOLDER, ()))
        options.error(f"no benchmark has such a name; there are {known}")
    rows, failed = [], []
    for script in chosen:
        print(f"== {script.stem}", file=sys.stderr, flush=True)
        try:
            for row in rows_of(script, *(["--quick"] if args.quick else [])):
                rows.append(row)
                if args.json:
                    print(json.dumps({**row.to_json(), "script": script.stem}), flush=True)
        except (subprocess.CalledProcessError, ValueError, KeyError) as error:
            failed.append(script.stem)
            print(f"{script.stem} broke off: {error}", file=sys.stderr, flush=True)
    if not args.json:
        report = Report(as_json=False)
        report.add(*in_order(rows))
        report.close()
    for name in failed:
        print(f"FAILED: {name}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

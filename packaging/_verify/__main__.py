"""`python -m _verify ARTEFACT`: what `verify.py` runs in the environment that it has set up."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from _bootstrap.console import SetupError, is_root
from _build.tools import ensure_tools
from _verify import archive, deb
from _verify.bare_root import BareRoot, Failure

_TOOLS = ("mmdebstrap", "Xvfb", "xdotool", "zstd", "dpkg-deb")


def main() -> int:
    """Verify the artefact that the command line names; return the exit code."""
    args = make_parser().parse_args()
    try:
        _verify(args)
    except (Failure, SetupError) as error:
        print(f"[verify] FAILED: {error}", file=sys.stderr)
        return 1
    return 0


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="verify.py", description="Try an installer for Linux on a bare Debian.")
    parser.add_argument("artefact", type=Path, help="the .deb or the .tar.zst")
    parser.add_argument("--before", type=Path, metavar="DEB", help="the package of the version before")
    parser.add_argument("--base", type=Path, metavar="TAR", help="a packed bare Debian, instead of Debian's mirror")
    parser.add_argument(
        "--pictures", type=Path, default=Path("pictures"), metavar="DIR", help="for pictures of the window"
    )
    return parser


def _verify(args: argparse.Namespace) -> None:
    if not is_root():
        raise SetupError("Only root can make a bare system: sudo python3 packaging/verify.py ...")
    if not args.artefact.is_file():
        raise SetupError(f"{args.artefact} is not a file.")
    ensure_tools(_TOOLS)
    args.pictures.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tlft-verify-") as folder:
        root = BareRoot.make(Path(folder, "root"), packed=args.base)
        try:
            if args.artefact.suffix == ".deb":
                deb.verify(root, args.artefact, args.before, args.pictures)
            else:
                archive.verify(root, args.artefact, args.pictures)
        finally:
            root.close()
    print(f"{args.artefact.name} passed in {time.monotonic() - start:.0f} s.")


if __name__ == "__main__":
    sys.exit(main())

"""The usual loop, this program and the limit of the machine, in turn: what `tlft bench` measures. Run it alone.

Usage: python tests/benchmarks/speed.py [--quick] [--rounds N] [--json]
"""

from __future__ import annotations

import sys

from tlft_desktop.__main__ import main

if __name__ == "__main__":
    sys.exit(main(["bench", *sys.argv[1:]]))

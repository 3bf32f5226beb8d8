"""The helper process that searches with a regular expression, run as a program; it needs the standard library only.

It reads `{"pattern": ..., "texts": [...], "seconds": ...}` and writes a list with an item for each text: the first
group of the expression, or the whole match of one without groups; null where nothing was found.
"""

from __future__ import annotations

import faulthandler
import json
import re
import signal
import sys


def main() -> None:
    """Answer one request."""
    # Ctrl+C and an orderly end are for the program that waits for the answer: it ends this one.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    request = json.load(sys.stdin)
    # Were that program killed, nothing else would end this one: while it searches, no other thread of Python runs.
    faulthandler.dump_traceback_later(request["seconds"], exit=True)
    expression = re.compile(request["pattern"])
    matches = map(expression.search, request["texts"])
    found = [None if match is None else (match[1] or "") if expression.groups else match[0] for match in matches]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()

"""A map of images as a table in a file: the same columns for the command line and for the window."""

from __future__ import annotations

import csv
import io

from tlft_desktop.core.values.image_map import ImageMap
from tlft_desktop.core.workflows.prediction_table import harmless

_COLUMNS = ("run", "path", "class", "answer", "x", "y")


def csv_bytes(found: ImageMap) -> bytes:
    """Return a table in UTF-8 with a mark of it, which table programs need; no name can be taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for each in found.maps:
        for place, (x, y) in enumerate(each.points.tolist()):
            label, answer = (found.classes[values[place]] for values in (found.labels, each.predicted))
            names = [harmless(name) for name in (each.name, found.images[place], label, answer)]
            writer.writerow([*names, f"{x:.6g}", f"{y:.6g}"])
    return text.getvalue().encode("utf-8-sig", errors="backslashreplace")

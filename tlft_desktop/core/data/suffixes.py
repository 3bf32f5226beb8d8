"""Names of image files. On its own, since many ask for it that never decode one."""

from __future__ import annotations

_NETPBM_SUFFIXES = (".ppm", ".pgm", ".pbm", ".pnm")
SUFFIXES = frozenset(
    (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".tif", ".tiff", ".bmp", ".gif", ".webp", *_NETPBM_SUFFIXES)
)
"""In lower case, with the dot: the ones of the formats that `decode` reads."""

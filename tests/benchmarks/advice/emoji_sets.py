"""Sets of emoji of four vendors: what they show, who drew them, and what they show in a style never seen before.

They are not part of the repository. npm brings them (MIT licence; the pictures belong to their vendors):

    npm install emoji-datasource-{apple,google,twitter,facebook}@16
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.benchmarks.advice.image_sets import SIDE, TRAIN_SHARE, ImageSet, Maker, Random

VENDORS = ("apple", "google", "twitter", "facebook")
_SIZE = 64
"""Side of the packaged pictures, in pixels."""
_FEWEST = 60
"""Emoji of a category; the others would repeat themselves too often."""


@dataclass(frozen=True)
class Emoji:
    """The emoji that all vendors have drawn.

    Attributes:
        folder: Where npm put the packages.
        files: Names of picture files by category.
    """

    folder: Path
    files: dict[str, tuple[str, ...]]

    def draw(self, category: str, vendors: tuple[str, ...], random: Random, is_test: bool) -> Image.Image:
        """Return an emoji of a category by one of the vendors on white, at a place and size of its own."""
        files = self.files[category]
        # Emoji that look alike stand side by side: every fifth pair of them is for tests only.
        own = [name for place, name in enumerate(files) if (place // 2 % 5 >= 5 * TRAIN_SHARE) == is_test]
        vendor = vendors[int(random.integers(len(vendors)))]
        path = _package(self.folder, vendor) / "img" / vendor / str(_SIZE) / str(random.choice(own))
        with Image.open(path) as picture:
            side = round(SIDE * float(random.uniform(0.7, 1.0)))
            drawn = picture.convert("RGBA").resize((side, side), Image.Resampling.BICUBIC)
        canvas = Image.new("RGBA", (SIDE, SIDE), "white")
        x, y = (int(value) for value in random.integers(0, SIDE - side + 1, 2))
        canvas.alpha_composite(drawn, (x, y))
        return canvas.convert("RGB")


def emoji_sets(folder: Path) -> tuple[ImageSet, ...]:
    """Return the sets of the packages below `folder`, where npm was called or its `node_modules`.

    Raises:
        FileNotFoundError: If a package is not there.
    """
    emoji = _read(folder)
    categories = tuple(emoji.files)

    def shown(learned: tuple[str, ...], tested: tuple[str, ...]) -> Maker:
        def make(number: int, random: Random, is_test: bool) -> Image.Image:
            return emoji.draw(categories[number], tested if is_test else learned, random, is_test)

        return make

    def style(number: int, random: Random, is_test: bool) -> Image.Image:
        return emoji.draw(str(random.choice(categories)), (VENDORS[number],), random, is_test)

    return (
        ImageSet("emoji-categories", categories, shown(VENDORS, VENDORS), flip=True, expected="all layers"),
        ImageSet("emoji-new-vendors", categories, shown(VENDORS[:2], VENDORS[2:]), flip=True, expected="all layers"),
        ImageSet("emoji-vendors", VENDORS, style, flip=True, expected="early layers"),
    )


def _read(folder: Path) -> Emoji:
    rows = json.loads((_package(folder, VENDORS[0]) / "emoji.json").read_text(encoding="utf-8"))
    files: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row["sort_order"]):
        if all(row[f"has_img_{vendor}"] for vendor in VENDORS):
            files.setdefault(row["category"], []).append(row["image"])
    return Emoji(folder, {name: tuple(found) for name, found in files.items() if len(found) >= _FEWEST})


def _package(folder: Path, vendor: str) -> Path:
    for place in (folder, folder / "node_modules"):
        path = place / f"emoji-datasource-{vendor}"
        if path.is_dir():
            return path
    raise FileNotFoundError(f"'{folder}' has no package emoji-datasource-{vendor}: npm install brings it.")

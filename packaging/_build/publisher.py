"""Who hands the program on: read from pyproject.toml, the one place that says it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

# ".invalid" belongs to nobody, for ever (RFC 6761); the package of Debian wants an address.
NO_EMAIL = "no-address@tlft.invalid"


@dataclass(frozen=True)
class Publisher:
    """Names and addresses, "" for what is not given.

    Attributes:
        name: The first of the authors.
        email: Where they can be reached.
        homepage: `Homepage`, or else `Source`, of [project.urls].
        source: Address of the repository.
    """

    name: str
    email: str
    homepage: str
    source: str

    @property
    def mailbox(self) -> str:
        """The name with an address behind it, one that leads nowhere if none is given."""
        return f"{self.name} <{self.email or NO_EMAIL}>"


def read_publisher(root: Path) -> Publisher:
    """Return who publishes what is built from the checkout at `root`."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    author, urls = project["authors"][0], project.get("urls", {})
    source = urls.get("Source", "")
    return Publisher(author["name"], author.get("email", ""), urls.get("Homepage", source), source)

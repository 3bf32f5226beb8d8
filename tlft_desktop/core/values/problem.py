"""Something the user should know about the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tlft_desktop.core.errors import InputError


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the user should know about the data.

    Attributes:
        kind: Stable word for programs, such as `excluded` or `two_classes`.
        message: One sentence.
        paths: Files or folders concerned; may be empty, or cut off where the message tells the number.
    """

    kind: str
    message: str
    paths: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {"kind": self.kind, "message": self.message, "paths": list(self.paths)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Problem:
        """Read what `to_json` wrote.

        Raises:
            InputError: If the data is not a problem.
        """
        try:
            kind, message, paths = data["kind"], data["message"], data["paths"]
        except (KeyError, TypeError) as error:
            raise InputError(f"A finding about the images cannot be read: {error}.") from error
        if not isinstance(paths, list) or not all(isinstance(text, str) for text in (kind, message, *paths)):
            raise InputError("A finding about the images cannot be read: it is not made of texts.")
        return cls(kind, message, tuple(paths))

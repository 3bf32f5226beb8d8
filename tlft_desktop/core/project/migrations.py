"""Steps from one schema of `project.json` to the next: pure functions on plain dictionaries, kept for ever."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tlft_desktop.core.errors import InputError

FORMAT = "tlft"
SCHEMA = 1

Migration = Callable[[dict[str, Any]], dict[str, Any]]

MIGRATIONS: Mapping[int, Migration] = {}
"""From the schema that is the key to the next one; a fixture in the tests belongs to each."""


def schema_of(data: Mapping[str, Any]) -> int:
    """Return the schema of a project file.

    Raises:
        InputError: If this is no project file.
    """
    schema = data.get("schema")
    if data.get("format") != FORMAT or isinstance(schema, bool) or not isinstance(schema, int) or schema < 1:
        raise InputError("This is not a project of this program: 'format' or 'schema' is missing.")
    return schema


def migrate(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content in the schema of this version; content of that schema or a newer one comes back as it is.

    Raises:
        InputError: If this is no project file, or a step cannot read it.
    """
    migrated = dict(data)
    for schema in range(schema_of(data), SCHEMA):
        try:
            migrated = {**MIGRATIONS[schema](migrated), "schema": schema + 1}
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(f"The project of schema {schema} cannot be brought up to date: {error}.") from error
    return migrated

"""What can be done about a problem of the images: which remedy fits, and which images it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tlft_desktop.core.data.edit_images import (
    copies_to_leave_out,
    include,
    is_readable,
    join_classes,
    leave_copies_out,
    move,
)
from tlft_desktop.core.project.edits import Edit
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.core.values.problem import Problem

QUIET_KINDS = frozenset({"note", "scaling", "mixed_depth", "hidden", "other", "project", "validation_share"})
"""Facts rather than faults."""
_OF_CLASSES = frozenset(
    {"empty_class", "small_class", "no_training_image", "no_validation_image", "imbalance", "similar_names"}
)
"""These name classes instead of images."""


class Remedy(StrEnum):
    """What one click does about a problem."""

    LEAVE_COPIES_OUT = "leave_copies_out"
    MOVE_TO_TRAIN = "move_to_train"
    TAKE_IN = "take_in"
    JOIN_CLASSES = "join_classes"
    DIVIDE = "divide"


@dataclass(frozen=True, slots=True)
class ProblemCase:
    """A problem with what can be done about it.

    Attributes:
        problem: As the core found it.
        remedy: What one click does; None where people have to look.
        paths: Images that it is about, in an order in which they can be compared.
    """

    problem: Problem
    remedy: Remedy | None
    paths: tuple[str, ...]

    @property
    def is_quiet(self) -> bool:
        """Whether it is a fact, or the user's own choice, rather than a fault."""
        return self.problem.kind in QUIET_KINDS or self.remedy is Remedy.TAKE_IN


def cases_of(problems: Iterable[Problem], manifest: Manifest) -> tuple[ProblemCase, ...]:
    """Return problems with their remedies and their images."""
    by_path = {record.path: record for record in manifest.records}
    return tuple(
        ProblemCase(problem, _remedy(problem, manifest, by_path), _paths_of(problem, manifest, by_path))
        for problem in problems
    )


def _paths_of(problem: Problem, manifest: Manifest, by_path: Mapping[str, ImageRecord]) -> tuple[str, ...]:
    if problem.kind in _OF_CLASSES:
        names = set(problem.paths)
        return tuple(record.path for record in manifest.records if record.label in names)
    return tuple(path for path in problem.paths if path in by_path)


def _remedy(problem: Problem, manifest: Manifest, by_path: Mapping[str, ImageRecord]) -> Remedy | None:
    match problem.kind:
        case "duplicates":
            return Remedy.LEAVE_COPIES_OUT if copies_to_leave_out(manifest) else None
        case "leak" | "group_leak":
            return Remedy.MOVE_TO_TRAIN
        case "excluded":
            readable = all(path in by_path and is_readable(by_path[path]) for path in problem.paths)
            return Remedy.TAKE_IN if readable else None
        case "similar_names":
            return Remedy.JOIN_CLASSES
        case "no_training_image" | "no_validation_image":
            return Remedy.DIVIDE
        case _:
            return None


def edits_of(remedy: Remedy, problem: Problem) -> Callable[[Manifest], tuple[Edit, ...]]:
    """Return what makes the edits of a remedy; `Remedy.DIVIDE` is none of them, since it needs the data set.

    Raises:
        ValueError: For `Remedy.DIVIDE`.
    """
    paths = problem.paths
    match remedy:
        case Remedy.LEAVE_COPIES_OUT:
            return leave_copies_out
        case Remedy.MOVE_TO_TRAIN:
            return lambda manifest: move(manifest, paths, Split.TRAIN)
        case Remedy.TAKE_IN:
            return lambda manifest: include(manifest, paths)
        case Remedy.JOIN_CLASSES:
            return lambda manifest: join_classes(manifest, paths)
        case Remedy.DIVIDE:
            raise ValueError("dividing needs the data set")

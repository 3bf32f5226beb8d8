"""Which parameter owners are frozen, and how the norm layers that are not frozen behave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from tlft_desktop.core.errors import InputError


class NormPolicy(StrEnum):
    """How a norm layer whose owner is not frozen trains."""

    EVAL = "eval"
    """Everything stays as it was: running statistics and affine parameters."""
    AFFINE = "affine"
    """Affine parameters train, running statistics stay."""
    FULL = "full"
    """Affine parameters train and running statistics follow the batches."""


@dataclass(frozen=True, slots=True)
class FreezePlan:
    """An immutable set of frozen parameter owners and a norm policy per subtree.

    An owner is the dotted path of a leaf module with parameters, or the dotted name of a parameter that a module
    with children owns itself (such as ViT's `cls_token`). Parents are never stored: their state is computed.

    Attributes:
        frozen: Paths of the frozen owners.
        norm: Policy of norm layers that are not frozen and have no override.
        norm_overrides: Sorted pairs (path, policy); the longest path that contains an owner wins.
    """

    frozen: frozenset[str] = frozenset()
    norm: NormPolicy = NormPolicy.AFFINE
    norm_overrides: tuple[tuple[str, NormPolicy], ...] = ()

    def __post_init__(self) -> None:
        if "" in self.frozen:
            raise ValueError("the root is not a parameter owner")
        object.__setattr__(self, "norm_overrides", tuple(sorted(self.norm_overrides)))

    def freeze(self, owners: Iterable[str]) -> FreezePlan:
        """Return a plan in which `owners` are frozen too."""
        return replace(self, frozen=self.frozen | frozenset(owners))

    def unfreeze(self, owners: Iterable[str]) -> FreezePlan:
        """Return a plan in which `owners` train."""
        return replace(self, frozen=self.frozen - frozenset(owners))

    def with_norm(self, policy: NormPolicy, path: str = "") -> FreezePlan:
        """Return a plan with `policy` for all norm layers at or below `path`; the empty path is the whole network."""
        if not path:
            return replace(self, norm=policy, norm_overrides=())
        kept = [(other, value) for other, value in self.norm_overrides if not is_within(other, path)]
        return replace(self, norm_overrides=(*kept, (path, policy)))

    def with_inherited_norm(self, path: str) -> FreezePlan:
        """Return a plan in which the norm layers at or below `path` follow what holds above it.

        The empty path is the whole network: only its own policy is left.
        """
        return replace(self, norm_overrides=tuple(pair for pair in self.norm_overrides if not is_within(pair[0], path)))

    def norm_policy_of(self, path: str) -> NormPolicy:
        """Return the policy that holds for the module at `path`: the one of its nearest ancestor with an override."""
        best = max(
            (item for item in self.norm_overrides if is_within(path, item[0])), key=lambda i: len(i[0]), default=None
        )
        return best[1] if best else self.norm

    def keeps_norm(self, path: str) -> bool:
        """Tell whether a norm layer at `path` keeps its affine parameters too."""
        if self.norm is not NormPolicy.EVAL and not self.norm_overrides:
            return False
        return self.norm_policy_of(path) is NormPolicy.EVAL

    def to_json(self) -> dict[str, Any]:
        """Return plain types with sorted lists, so that equal plans give equal text."""
        return {
            "frozen": sorted(self.frozen),
            "norm": self.norm.value,
            "norm_overrides": {path: policy.value for path, policy in self.norm_overrides},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FreezePlan:
        """Read what `to_json` wrote.

        Raises:
            InputError: If a key is missing or unknown, or a value has the wrong type.
        """
        try:
            # A setting that is misspelt must not silently take its default: the wrong layers would train.
            unknown = set(data) - {item.name for item in fields(cls)}
            if unknown:
                raise ValueError(f"unknown settings {sorted(unknown)}")
            frozen, overrides = data["frozen"], data.get("norm_overrides", {})
            if not isinstance(frozen, list) or not all(isinstance(path, str) for path in frozen):
                raise ValueError("'frozen' must be a list of layer names")
            return cls(
                frozen=frozenset(frozen),
                norm=NormPolicy(data.get("norm", NormPolicy.AFFINE)),
                norm_overrides=tuple((str(path), NormPolicy(policy)) for path, policy in overrides.items()),
            )
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise InputError(f"The freeze plan cannot be read: {error}.") from error


def is_within(path: str, ancestor: str) -> bool:
    """Tell whether the dotted `path` is `ancestor` or lies below it; everything lies below the empty path."""
    return not ancestor or path == ancestor or path.startswith(f"{ancestor}.")

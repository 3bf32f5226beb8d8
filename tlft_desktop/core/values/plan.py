"""Which parameter owners are frozen, what trains of them all the same, how norm layers behave, how fast all learns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, TypeVar

from tlft_desktop.core.errors import InputError

LEAST_FACTOR, LARGEST_FACTOR = 0.001, 100.0
"""What a learning rate can be multiplied by; less would be freezing, which is a tick."""
LARGEST_RANK = 256
"""Of an adapter; what needs a higher one is better trained itself."""

_T = TypeVar("_T")


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
    """An immutable set of frozen parameter owners, with a norm policy and a factor on the learning rate per subtree.

    An owner is the dotted path of a leaf module with parameters, or the dotted name of a parameter that a module
    with children owns itself (such as ViT's `cls_token`). Parents are never stored: their state is computed.

    Attributes:
        frozen: Paths of the frozen owners.
        norm: Policy of norm layers that are not frozen and have no override.
        norm_overrides: Sorted pairs (path, policy); the longest path that contains an owner wins.
        rate_factors: Sorted pairs (path, factor) that multiply the learning rate of what trains, from 0.001 to 100; the
            longest path that contains an owner wins, and where none does the factor is 1. The empty path is the whole
            network. They multiply with the decay by stage of a phase, and the rate of the head too; a head that is
            solved exactly has no learning rate, so that they have no meaning there.
        adapters: Sorted pairs (path, rank) for low-rank adaptation: frozen linear layers and 1 x 1 convolutions at or
            below the path get an update of that rank, from 1 to 256; the longest path wins, and rank 0 stands for none.
        biases: Whether the biases of frozen owners train all the same (BitFit: Zaken et al. 2022, arXiv 2106.10199).
    """

    frozen: frozenset[str] = frozenset()
    norm: NormPolicy = NormPolicy.AFFINE
    norm_overrides: tuple[tuple[str, NormPolicy], ...] = ()
    rate_factors: tuple[tuple[str, float], ...] = ()
    adapters: tuple[tuple[str, int], ...] = ()
    biases: bool = False

    def __post_init__(self) -> None:
        if "" in self.frozen:
            raise ValueError("the root is not a parameter owner")
        object.__setattr__(self, "norm_overrides", tuple(sorted(self.norm_overrides)))
        factors = {path: _checked_factor(factor, path) for path, factor in sorted(self.rate_factors)}
        # What holds for the whole network without an entry needs none: equal plans are equal values.
        kept = tuple(pair for pair in factors.items() if pair != ("", 1.0))
        object.__setattr__(self, "rate_factors", kept)
        ranks = {path: _checked_rank(rank, path) for path, rank in sorted(self.adapters)}
        object.__setattr__(self, "adapters", tuple(pair for pair in ranks.items() if pair != ("", 0)))

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
        return replace(self, norm_overrides=(*_outside(self.norm_overrides, path), (path, policy)))

    def with_inherited_norm(self, path: str) -> FreezePlan:
        """Return a plan in which the norm layers at or below `path` follow what holds above it.

        The empty path is the whole network: only its own policy is left.
        """
        return replace(self, norm_overrides=_outside(self.norm_overrides, path))

    def norm_policy_of(self, path: str) -> NormPolicy:
        """Return the policy that holds for the module at `path`: the one of its nearest ancestor with an override."""
        return _nearest(self.norm_overrides, path, self.norm)

    def keeps_norm(self, path: str) -> bool:
        """Tell whether a norm layer at `path` keeps its affine parameters too."""
        if self.norm is not NormPolicy.EVAL and not self.norm_overrides:
            return False
        return self.norm_policy_of(path) is NormPolicy.EVAL

    def with_rate(self, path: str, factor: float) -> FreezePlan:
        """Return a plan in which the learning rate at and below `path` is multiplied by `factor`.

        Raises:
            InputError: If the factor is not a number from 0.001 to 100.
        """
        return replace(self, rate_factors=(*_outside(self.rate_factors, path), (path, factor)))

    def with_inherited_rate(self, path: str) -> FreezePlan:
        """Return a plan in which what lies at or below `path` learns as fast as what holds above it says.

        The empty path is the whole network: no factor is left.
        """
        return replace(self, rate_factors=_outside(self.rate_factors, path))

    def rate_of(self, path: str) -> float:
        """Return the factor on the learning rate at `path`: the one of its nearest ancestor that has one, else 1."""
        return _nearest(self.rate_factors, path, 1.0)

    def with_adapter(self, path: str, rank: int) -> FreezePlan:
        """Return a plan in which frozen layers at and below `path` have an adapter of `rank`; 0 for none.

        Raises:
            InputError: If the rank is not a whole number from 0 to 256.
        """
        plan = replace(self, adapters=_outside(self.adapters, path))
        return plan if plan.adapter_rank(path) == rank else replace(plan, adapters=(*plan.adapters, (path, rank)))

    def adapter_rank(self, path: str) -> int:
        """Return the rank of the adapter that a frozen layer at `path` has if one fits there; 0 for none."""
        return _nearest(self.adapters, path, 0)

    def to_json(self) -> dict[str, Any]:
        """Return plain types with sorted lists, so that equal plans give equal text.

        `rate_factors`, `adapters` and `biases` are there only where they say something: other plans read in older
        versions, too.
        """
        data: dict[str, Any] = {
            "frozen": sorted(self.frozen),
            "norm": self.norm.value,
            "norm_overrides": {path: policy.value for path, policy in self.norm_overrides},
        }
        if self.rate_factors:
            data["rate_factors"] = dict(self.rate_factors)
        if self.adapters:
            data["adapters"] = dict(self.adapters)
        if self.biases:
            data["biases"] = True
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FreezePlan:
        """Read what `to_json` wrote.

        Raises:
            InputError: If a key is missing or unknown, or a value has the wrong type or is out of range.
        """
        try:
            # A setting that is misspelt must not silently take its default: the wrong layers would train.
            unknown = set(data) - {item.name for item in fields(cls)}
            if unknown:
                raise ValueError(f"unknown settings {sorted(unknown)}")
            frozen, overrides, factors = data["frozen"], data.get("norm_overrides", {}), data.get("rate_factors", {})
            if not isinstance(frozen, list) or not all(isinstance(path, str) for path in frozen):
                raise ValueError("'frozen' must be a list of layer names")
            biases = data.get("biases", False)
            if type(biases) is not bool:
                raise ValueError("'biases' must be true or false")
            return cls(
                frozen=frozenset(frozen),
                norm=NormPolicy(data.get("norm", NormPolicy.AFFINE)),
                norm_overrides=tuple((str(path), NormPolicy(policy)) for path, policy in overrides.items()),
                rate_factors=tuple((str(path), factor) for path, factor in factors.items()),
                adapters=tuple((str(path), rank) for path, rank in data.get("adapters", {}).items()),
                biases=biases,
            )
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise InputError(f"The freeze plan cannot be read: {error}.") from error


def _outside(pairs: tuple[tuple[str, _T], ...], path: str) -> tuple[tuple[str, _T], ...]:
    return tuple(pair for pair in pairs if not is_within(pair[0], path))


def _nearest(pairs: tuple[tuple[str, _T], ...], path: str, default: _T) -> _T:
    """Return the value of the longest path that contains `path`."""
    best = max((pair for pair in pairs if is_within(path, pair[0])), key=lambda pair: len(pair[0]), default=None)
    return best[1] if best else default


def _checked_factor(factor: Any, path: str) -> float:
    # Not isinstance: True is an int for Python.
    if type(factor) not in (int, float) or not LEAST_FACTOR <= factor <= LARGEST_FACTOR:
        where = f"'{path[:100]}'" if path else "the whole network"
        raise InputError(
            f"The factor on the learning rate of {where} must be a number from {LEAST_FACTOR} to "
            f"{LARGEST_FACTOR:g}, not {str(factor)[:40]}.",
            remedy="To leave layers as they are, freeze them." if factor == 0 else "",
        )
    return float(factor)


def _checked_rank(rank: Any, path: str) -> int:
    # Not isinstance: True is an int for Python.
    if type(rank) is not int or not 0 <= rank <= LARGEST_RANK:
        where = f"'{path[:100]}'" if path else "the whole network"
        raise InputError(
            f"The rank of the adapters of {where} must be a whole number from 1 to {LARGEST_RANK}, or 0 for none, "
            f"not {str(rank)[:40]}."
        )
    return rank


def is_bias(parameter: str) -> bool:
    """Tell by its name whether a parameter is added to what a layer computes, such as `fc1.bias` or `attn.q_bias`."""
    name = parameter.rpartition(".")[2]
    return name == "bias" or name.endswith("_bias")


def is_within(path: str, ancestor: str) -> bool:
    """Tell whether the dotted `path` is `ancestor` or lies below it; everything lies below the empty path."""
    return not ancestor or path == ancestor or path.startswith(f"{ancestor}.")

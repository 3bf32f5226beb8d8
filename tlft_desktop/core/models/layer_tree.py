"""The layer tree of a backbone: hierarchy, parameter owners, shapes, MACs, stages, in order of execution.

Built on the meta device: one forward pass without values shows which module runs when and what leaves it. The weights
are not needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from torch import nn

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.builder import build_on_meta, is_norm
from tlft_desktop.core.models.catalog import BackboneEntry
from tlft_desktop.core.models.cost import Execution, record_execution
from tlft_desktop.core.models.low_rank import matrix_shape
from tlft_desktop.core.values.layer_node import LayerNode, LayerTree, NodeKind
from tlft_desktop.core.values.plan import is_bias

STEM = "stem"
HEAD = "head"


def build_layer_tree(entry: BackboneEntry, *, num_classes: int, image_size: int) -> LayerTree:
    """Return the layer tree of `entry` with a head for `num_classes`, at an input of `image_size` pixels.

    Its owners partition the names of `named_parameters()`. A module whose parameters are all its own is an owner, even
    if it has children without parameters (timm's norm layers contain their activation).

    Raises:
        InputError: If the network cannot work with this image size.
    """
    model = build_on_meta(entry, num_classes=num_classes, image_size=image_size)
    try:
        execution = record_execution(model, image_size=image_size)
    except (RuntimeError, AssertionError, ValueError) as error:
        raise InputError(
            f"{entry.name} cannot work with images of {image_size} pixels.",
            remedy=f"Its own size is {entry.preprocessing.input_size}.",
        ) from error
    draft = _Walk(model, execution).draft("", model, entry.name)
    stages = _StageNames(draft, entry)
    root = _numbered(draft, stages)
    return LayerTree(backbone=entry.name, root=root, stages=stages.names, head_path=entry.head)


def owner_names(model: nn.Module) -> tuple[str, ...]:
    """Return the parameter owners of any network in order of registration; tied parameters belong to the first name."""
    names = dict.fromkeys(owner_of_parameter(name, model) for name, _ in model.named_parameters())
    return tuple(names)


def owner_of_parameter(parameter: str, model: nn.Module) -> str:
    """Return the owner of a parameter: its module where that owns all below it, else the parameter itself."""
    path = parameter.rpartition(".")[0]
    return path if path and _owns_all(model.get_submodule(path)) else parameter


def _owns_all(module: nn.Module) -> bool:
    """Tell whether every parameter in the subtree of `module` is its own, and there is one."""
    own = sum(1 for _ in module.parameters(recurse=False))
    return own > 0 and own == sum(1 for _ in module.parameters())


@dataclass
class _Draft:
    """A node before numbers and stages: children are in execution order already."""

    node: LayerNode
    tick: int | None
    children: list[_Draft]


class _Walk:
    """Turns the module hierarchy into drafts, visiting shared modules and tied parameters once."""

    def __init__(self, model: nn.Module, execution: Execution) -> None:
        self._execution = execution
        self._seen: set[int] = {id(model)}
        self._parameter_names = {id(parameter): name for name, parameter in model.named_parameters()}

    def draft(self, path: str, module: nn.Module, name: str) -> _Draft:
        own = self._own_parameters(path, module)
        is_owner = bool(path and own) and _owns_all(module)
        children = [] if is_owner else self._parameter_drafts(path, module)
        for child_name, child in module.named_children():
            if id(child) not in self._seen:
                self._seen.add(id(child))
                children.append(self.draft(_join(path, child_name), child, child_name))
        children = _in_execution_order(children)
        own_uses = [self._execution.first_use.get(_join(path, key)) for key in own]
        ticks = [self._execution.first_call.get(path), *own_uses, *(child.tick for child in children)]
        node = LayerNode(
            path=path,
            name=name,
            kind=NodeKind.MODULE,
            type=type(module).__name__,
            parameters=(sum(own.values()) if is_owner else 0) + sum(child.node.parameters for child in children),
            macs=self._execution.own_macs.get(path, 0) + sum(child.node.macs for child in children),
            output_shape=self._execution.output_shape.get(path, ())[1:],
            stage="",
            order=0,
            is_norm=is_norm(module),
            is_owner=is_owner,
            biases=sum(size for key, size in own.items() if is_bias(key)) if is_owner else 0,
            matrix=self._matrix(path, module) if is_owner else (),
        )
        return _Draft(node, min((tick for tick in ticks if tick is not None), default=None), children)

    def _matrix(self, path: str, module: nn.Module) -> tuple[int, ...]:
        """Return the shape of a layer's matrix where the layer is called: some networks only read its weight."""
        return (matrix_shape(module) or ()) if path in self._execution.first_call else ()

    def _own_parameters(self, path: str, module: nn.Module) -> dict[str, int]:
        """Return the sizes of the parameters whose first name lies directly in `module`."""
        own = module.named_parameters(recurse=False)
        return {key: item.numel() for key, item in own if self._parameter_names.get(id(item)) == _join(path, key)}

    def _parameter_drafts(self, path: str, module: nn.Module) -> list[_Draft]:
        drafts = []
        for key, size in self._own_parameters(path, module).items():
            full = _join(path, key)
            node = LayerNode(
                path=full,
                name=key,
                kind=NodeKind.PARAMETER,
                type="Parameter",
                parameters=size,
                macs=0,
                output_shape=tuple(getattr(module, key).shape),
                stage="",
                order=0,
                is_owner=True,
                biases=size if is_bias(key) else 0,
            )
            drafts.append(_Draft(node, self._execution.first_use.get(full), []))
        return drafts


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _in_execution_order(children: Sequence[_Draft]) -> list[_Draft]:
    """Sort by first use; what never ran stays behind the sibling that is registered before it."""
    keys: list[int] = []
    for child in children:
        keys.append(child.tick if child.tick is not None else (keys[-1] if keys else 0))
    order = sorted(range(len(children)), key=lambda index: (keys[index], index))
    return [children[index] for index in order]


class _StageNames:
    """Assigns stages in execution order: a stage begins at its start path and lasts until the next one begins.

    What runs before the first stage is the stem, what runs behind the last one (a final norm or convolution) belongs
    to it. Only the classifier itself is the head. A node that spans several stages has none.
    """

    def __init__(self, draft: _Draft, entry: BackboneEntry) -> None:
        self._head = entry.head
        self._starts = _stage_starts(draft, entry)
        self._current = STEM
        self.names = (STEM, *self._starts.values(), HEAD)

    def enter(self, path: str) -> None:
        self._current = self._starts.get(path, self._current)

    def stage_of(self, path: str, children: Iterable[LayerNode]) -> str:
        """Return the stage of a node whose children have theirs already."""
        if path == self._head or path.startswith(f"{self._head}."):
            return HEAD
        stages = {child.stage for child in children}
        if not stages:
            return self._current
        return stages.pop() if len(stages) == 1 else ""


def _stage_starts(draft: _Draft, entry: BackboneEntry) -> dict[str, str]:
    """Return {start path: name of the stage} of the patterns of a catalogue entry, in their order."""
    drafts = {item.node.path: item for item in _walk(draft)}
    starts: dict[str, str] = {}
    for pattern in entry.stages:
        name, _, start = pattern.rpartition("@")
        if start.endswith(".*"):
            starts.update({child.node.path: child.node.path for child in drafts[start.removesuffix(".*")].children})
        else:
            starts[drafts[start].node.path] = name or start
    return starts


def _walk(draft: _Draft) -> Iterable[_Draft]:
    yield draft
    for child in draft.children:
        yield from _walk(child)


def _numbered(draft: _Draft, stages: _StageNames) -> LayerNode:
    """Return the final nodes with their position in pre-order and their stage."""
    order = -1

    def finish(item: _Draft) -> LayerNode:
        nonlocal order
        order += 1
        own = order
        stages.enter(item.node.path)
        children = tuple(finish(child) for child in item.children)
        return replace(item.node, order=own, stage=stages.stage_of(item.node.path, children), children=children)

    return finish(draft)

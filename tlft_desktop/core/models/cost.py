"""What a network does in one forward pass: order of execution, shapes and multiply-accumulate operations per module.

What counts as a MAC: convolutions and matrix products (linear layers, attention scores and their application to the
values), wherever they are called. What does not: normalisation, activations, pooling, additions, interpolation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import flop_registry

from tlft_desktop.core.torch_internals import TorchDispatchMode


@dataclass
class Execution:
    """What one forward pass showed; modules are keyed by dotted path, parameters by dotted name.

    Attributes:
        first_call: Tick at which a module was entered first; missing if never.
        first_use: Tick at which an operation read a parameter first; missing if never.
        output_shape: Shape of a module's first output, batch dimension included.
        own_macs: Operations called in the module itself, outside of its children.
        output: What the network returned.
    """

    first_call: dict[str, int] = field(default_factory=dict)
    first_use: dict[str, int] = field(default_factory=dict)
    output_shape: dict[str, tuple[int, ...]] = field(default_factory=dict)
    own_macs: dict[str, int] = field(default_factory=dict)
    output: Any = None

    @property
    def macs(self) -> int:
        """MACs of the whole pass."""
        return sum(self.own_macs.values())


def record_execution(model: nn.Module, *, image_size: int, batch_size: int = 1) -> Execution:
    """Run `model` once in eval mode on empty images on its own device and return what happened; hooks are removed.

    Autograd stays on: without it `nn.MultiheadAttention` takes a fused path whose products nobody can count.
    """
    device = next(model.parameters()).device
    recorder = _Recorder(model)
    with eval_mode(model), torch.inference_mode(False), torch.enable_grad(), recorder.hooks(), recorder:
        recorder.execution.output = model(torch.empty(batch_size, 3, image_size, image_size, device=device))
    return recorder.execution


def count_macs(model: nn.Module, *, image_size: int) -> int:
    """Return the multiply-accumulate operations of `model` for one image of side `image_size`.

    Raises:
        ValueError: If the model is not on the meta device: elsewhere fused attention kernels hide their products.
    """
    if next(model.parameters()).device.type != "meta":
        raise ValueError("count_macs needs a model on the meta device")
    return record_execution(model, image_size=image_size).macs


@contextmanager
def eval_mode(model: nn.Module) -> Iterator[None]:
    """Put every module into eval mode and give each one its own mode back afterwards."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        yield
    finally:
        for module, training in modes:
            module.training = training


class _Recorder(TorchDispatchMode):  # type: ignore[no-untyped-call] # torch leaves its hooks for subclasses untyped
    """Sees every module call by hooks and every operation by dispatch, and counts both with one clock."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.execution = Execution()
        self._modules = dict(model.named_modules())
        self._parameters = {id(parameter): name for name, parameter in model.named_parameters()}
        self._stack: list[str] = []
        self._tick = 0

    @contextmanager
    def hooks(self) -> Iterator[None]:
        with ExitStack() as stack:
            for path, module in self._modules.items():
                stack.callback(module.register_forward_pre_hook(self._enter(path), prepend=True).remove)
                stack.callback(module.register_forward_hook(self._leave(path)).remove)
            yield

    def _enter(self, path: str) -> Callable[[nn.Module, Any], None]:
        def hook(module: nn.Module, args: Any) -> None:
            self._stack.append(path)
            self.execution.first_call.setdefault(path, self._next_tick())

        return hook

    def _leave(self, path: str) -> Callable[[nn.Module, Any, Any], None]:
        def hook(module: nn.Module, args: Any, output: Any) -> None:
            self._stack.pop()
            tensor = _first_tensor(output)
            if tensor is not None:
                self.execution.output_shape.setdefault(path, tuple(tensor.shape))

        return hook

    def _next_tick(self) -> int:
        self._tick += 1
        return self._tick

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        for argument in args:
            name = self._parameters.get(id(argument))
            if name is not None:
                self.execution.first_use.setdefault(name, self._next_tick())
        result = func(*args, **(kwargs or {}))
        formula = flop_registry.get(func.overloadpacket)
        if formula is not None:
            path = self._stack[-1] if self._stack else ""
            macs = int(formula(*args, **(kwargs or {}), out_val=result)) // 2
            self.execution.own_macs[path] = self.execution.own_macs.get(path, 0) + macs
        return result


def _first_tensor(output: Any) -> Tensor | None:
    if isinstance(output, Tensor):
        return output
    items = output.values() if isinstance(output, dict) else output if isinstance(output, (list, tuple)) else ()
    return next((item for item in items if isinstance(item, Tensor)), None)

"""What each operation of a network costs on this machine: a few passes over one batch, timed operation by operation."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, fx, nn
from torch.nn import functional

from tlft_desktop.core.control import Control
from tlft_desktop.core.freezing.apply import apply_plan, owner_of_parameters
from tlft_desktop.core.models.builder import is_norm
from tlft_desktop.core.models.cost import eval_mode
from tlft_desktop.core.models.folding import fold_norms
from tlft_desktop.core.models.tracing import Trace, trace_network
from tlft_desktop.core.training.device import applied_numerics, autocast, to_device
from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.plan import FreezePlan

_WARM_UP, _MEASURED = 1, 3
_LEARNING_RATE = 0.0


@dataclass(frozen=True, slots=True)
class OperationTimes:
    """One operation in execution order; times in seconds per image.

    Attributes:
        name: Where it stands, such as `blocks.3.0.add`.
        owners: Parameter owners that it reads.
        forward: Of the training pass.
        backward: With gradients of its parameters.
        passed: Of a backward pass that only goes through it to layers before.
        saved_bytes: That it keeps for the backward pass, for each image.
    """

    name: str
    owners: tuple[str, ...]
    forward: float
    backward: float
    passed: float
    saved_bytes: int


@dataclass(frozen=True, slots=True)
class MachineTimes:
    """What a network costs on a machine.

    Attributes:
        operations: In execution order.
        front: Seconds per image of a pass through the whole network as a frozen front computes it.
        step: Seconds of an optimiser step for each trainable parameter.
        batch: Images in the batch that was timed.
        had: Share of the processor time of its threads that the measurement got, about 1 where nothing else works; 1
            for other devices.
    """

    operations: tuple[OperationTimes, ...]
    front: float
    step: float
    batch: int
    had: float

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> MachineTimes:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: If a field is missing or of another type.
        """
        operations = tuple(
            OperationTimes(
                name=str(item["name"]),
                owners=tuple(str(owner) for owner in item["owners"]),
                forward=float(item["forward"]),
                backward=float(item["backward"]),
                passed=float(item["passed"]),
                saved_bytes=int(item["saved_bytes"]),
            )
            for item in data["operations"]
        )
        return cls(operations, float(data["front"]), float(data["step"]), int(data["batch"]), float(data["had"]))


def measure_machine(model: nn.Module, numerics: Numerics, *, image_size: int, control: Control) -> MachineTimes:
    """Time a network; its weights and modes are left as they were.

    Args:
        model: On the device and in the layout of `numerics`.
        numerics: How runs compute; one micro-batch is timed.
        image_size: Side of the images in pixels.
        control: Asked between two passes.

    Raises:
        UntraceableError: If the network cannot be traced.
        StoppedError: If a stop was requested.
    """
    batch = numerics.micro_batch
    generator = torch.Generator().manual_seed(0)
    images = torch.randn(batch, 3, image_size, image_size, generator=generator)
    with applied_numerics(numerics), torch.random.fork_rng(devices=[]), _left_alone(model):
        placed = to_device(images, numerics)
        began, used = time.monotonic(), time.process_time()
        front = _front_seconds(model, placed, numerics, control)
        apply_plan(model, FreezePlan(), is_norm=is_norm).train_mode()
        trace = trace_network(model)
        stopwatch = _Stopwatch(trace, numerics)
        trained = _passes(stopwatch, placed, control)
        step = _step_seconds(model)
        model.requires_grad_(False)
        passed = _passes(stopwatch, placed.requires_grad_(), control)
        wanted = numerics.threads * (time.monotonic() - began)
        had = (time.process_time() - used) / wanted if numerics.device == "cpu" else 1.0
    owners = owner_of_parameters(model)
    operations = tuple(
        OperationTimes(
            name=trace.names[node],
            owners=_owners_of(node, trace, owners),
            forward=trained[node].forward / batch,
            backward=trained[node].backward / batch,
            passed=passed[node].backward / batch,
            saved_bytes=trained[node].saved_bytes // batch,
        )
        for node in stopwatch.timed
    )
    return MachineTimes(operations, front / batch, step, batch, had)


@dataclass(slots=True)
class _Cost:
    forward: float = 0.0
    backward: float = 0.0
    saved_bytes: int = 0


class _Stopwatch(fx.Interpreter):
    """Runs a graph operation by operation, and notes when each began, and when its gradient was there."""

    def __init__(self, trace: Trace, numerics: Numerics) -> None:
        super().__init__(trace.root, garbage_collect_values=True, graph=trace.graph)
        self._numerics = numerics
        self.timed = [node for node in trace.graph.nodes if node.op in ("call_module", "call_function", "call_method")]
        self._costs: dict[fx.Node, _Cost] = {}
        self._stamps: list[tuple[float, fx.Node]] = []
        self._saved = 0

    def measure(self, images: Tensor) -> dict[fx.Node, _Cost]:
        """Return the costs of one training pass over a batch, without the optimiser."""
        self._costs = {node: _Cost() for node in self.timed}
        self._stamps = []
        with torch.autograd.graph.saved_tensors_hooks(self._note_saved, lambda tensor: tensor):
            with autocast(self._numerics):
                outputs = self.run(images)
            labels = torch.arange(len(images), device=outputs.device) % outputs.shape[1]
            loss = functional.cross_entropy(outputs.float(), labels)
        loss.backward()  # type: ignore[no-untyped-call]
        self._stamps.append((self._now(), self.timed[0]))
        for (began, node), (ended, _) in zip(self._stamps, self._stamps[1:], strict=False):
            self._costs[node].backward += ended - began
        return self._costs

    def run_node(self, node: fx.Node) -> Any:
        """Run one operation under the clock."""
        if node not in self._costs:
            return super().run_node(node)
        self._saved = 0
        began = self._now()
        result = super().run_node(node)
        cost = self._costs[node]
        cost.forward, cost.saved_bytes = self._now() - began, self._saved
        if isinstance(result, Tensor) and result.requires_grad:
            result.register_hook(lambda _: self._stamps.append((self._now(), node)))  # type: ignore[no-untyped-call]
        return result

    def _note_saved(self, tensor: Tensor) -> Tensor:
        if not isinstance(tensor, nn.Parameter):
            self._saved += tensor.numel() * tensor.element_size()
        return tensor

    def _now(self) -> float:
        if self._numerics.device.startswith("cuda"):
            torch.cuda.synchronize()
        return time.monotonic()


def _passes(stopwatch: _Stopwatch, images: Tensor, control: Control) -> dict[fx.Node, _Cost]:
    """Return the typical costs of several passes."""
    found = []
    for number in range(_WARM_UP + _MEASURED):
        control.raise_if_stopped()
        costs = stopwatch.measure(images)
        if number >= _WARM_UP:
            found.append(costs)
    return {
        node: _Cost(
            statistics.median(costs[node].forward for costs in found),
            statistics.median(costs[node].backward for costs in found),
            found[0][node].saved_bytes,
        )
        for node in stopwatch.timed
    }


def _front_seconds(model: nn.Module, images: Tensor, numerics: Numerics, control: Control) -> float:
    with eval_mode(model):
        trace = trace_network(model)
        front = fold_norms(fx.GraphModule(trace.root, trace.graph))

        def once() -> None:
            with torch.inference_mode(), autocast(numerics):
                front(images)

        return _typical(once, control)


def _step_seconds(model: nn.Module) -> float:
    parameters = [parameter for parameter in model.parameters() if parameter.grad is not None]
    fused = parameters[0].device.type in ("cpu", "cuda")
    optimizer = torch.optim.AdamW(parameters, lr=_LEARNING_RATE, weight_decay=0.0, fused=fused)

    def once() -> None:
        nn.utils.clip_grad_norm_(parameters, 1e9)
        optimizer.step()

    return _typical(once, Control()) / max(1, sum(parameter.numel() for parameter in parameters))


def _typical(work: Callable[[], None], control: Control) -> float:
    taken = []
    for _ in range(_WARM_UP + _MEASURED):
        control.raise_if_stopped()
        began = time.monotonic()
        work()
        taken.append(time.monotonic() - began)
    return statistics.median(taken[_WARM_UP:])


def _owners_of(node: fx.Node, trace: Trace, owners: dict[str, str]) -> tuple[str, ...]:
    names: Iterable[str] = ()
    if node.op == "call_module":
        target = str(node.target)
        names = [f"{target}.{name}" for name, _ in trace.root.get_submodule(target).named_parameters()]
    read = [str(item.target) for item in node.all_input_nodes if item.op == "get_attr"]
    return tuple(dict.fromkeys(owners[name] for name in (*names, *read) if name in owners))


@contextmanager
def _left_alone(model: nn.Module) -> Iterator[None]:
    """Give modes, running statistics and what needs gradients back as they were."""
    modes = [(module, module.training) for module in model.modules()]
    requires = [(parameter, parameter.requires_grad) for parameter in model.parameters()]
    buffers = {name: buffer.clone() for name, buffer in model.named_buffers()}
    try:
        yield
    finally:
        for module, mode in modes:
            module.training = mode
        for parameter, needs in requires:
            parameter.requires_grad_(needs)
            parameter.grad = None
        for name, buffer in model.named_buffers():
            buffer.copy_(buffers[name])

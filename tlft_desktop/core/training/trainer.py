"""Train a network through the phases of a strategy, as a generator of events."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

import torch

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import StoppedError
from tlft_desktop.core.freezing.gates import Decision, GateDecision, decide_next_phase, decide_roll_back
from tlft_desktop.core.freezing.presets import is_head_only
from tlft_desktop.core.freezing.proof import compare_fingerprints, fingerprints
from tlft_desktop.core.models.low_rank import is_adapter, merged_state
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.training.budget import ended_by, enough_for, plan_phase, used_up_before, used_up_by_head
from tlft_desktop.core.training.dead_network import start_again
from tlft_desktop.core.training.device import applied_numerics, describe_device
from tlft_desktop.core.training.energy import meter_of_run
from tlft_desktop.core.training.epochs import EpochLoop
from tlft_desktop.core.training.features import memory_features
from tlft_desktop.core.training.front import choose_front, describe_front
from tlft_desktop.core.training.head_phase import HeadPhase, feature_width, head_features, open_stores
from tlft_desktop.core.training.heat import start_of
from tlft_desktop.core.training.memory import PeakMemory
from tlft_desktop.core.training.mixup import in_words
from tlft_desktop.core.training.optim import optimizer_tensors
from tlft_desktop.core.training.part_clock import PartClock
from tlft_desktop.core.training.progress import Progress
from tlft_desktop.core.training.run_end import fit_end
from tlft_desktop.core.training.setup import TrainingContext, TrainingSetup
from tlft_desktop.core.training.state import StateMismatchError, TrainerState
from tlft_desktop.core.values.events import Event, FitStart, Gate, Notice, PhaseStart
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import Phase


class Trainer:
    """One run of training.

    Iterate over `fit()` to the end; ask `control` to stop or pause. Between two events `state()` returns what a
    checkpoint must hold; a trainer made from it goes on as if it had never stopped.

    Args:
        setup: Network, images, strategy and numerics.
        control: Stop and pause requests.
        state: Where an earlier trainer of the same setup stopped.

    Raises:
        StateMismatchError: If `state` does not belong to this setup.
    """

    def __init__(self, setup: TrainingSetup, control: Control, state: TrainerState | None = None) -> None:
        self._setup = setup
        progress = Progress() if state is None else Progress.from_json(state.meta["progress"])
        self._memory = PeakMemory(
            setup.numerics.device,
            peak_bytes=progress.peak_memory_bytes,
            phase_peak_bytes=progress.phase_peaks.get(setup.strategy.phases[progress.phase].name, 0),
        )
        self._context = TrainingContext(setup, control, progress, self._memory)
        self._context.energy = meter_of_run(progress, setup.numerics.device)
        # What the optimiser of the phase in work starts from: as it was when the run stopped, or a phase was continued.
        self._moments: dict[str, torch.Tensor] = {}
        # Before a state is loaded: changes count from the pretrained network.
        self._context.start = start_of(
            setup.model, setup.tree, setup.strategy.phases, is_convex=self._context.is_convex
        )
        self._resumed = state is not None
        if state is not None:
            self._load(state)

    # ------------------------------------------------------------------------------------------------------- state

    @property
    def is_between_steps(self) -> bool:
        """Whether `state()` is a point to go on from; False while the iterations of a head are reported."""
        return self._context.between_steps

    @property
    def progress(self) -> Progress:
        """Counters of the run."""
        return self._context.progress

    @property
    def parts(self) -> PartClock:
        """What the active time goes into; whoever saves the run counts that there."""
        return self._context.parts

    @property
    def best_logits(self) -> torch.Tensor | None:
        """Validation outputs of the best state, float32, [N, C]; None before the first validation."""
        return self._context.logits.get("best")

    @property
    def last_logits(self) -> torch.Tensor | None:
        """Validation outputs of the last validation since the trainer was made, float32, [N, C]; None before it."""
        return self._context.last_logits

    def best_state(self) -> dict[str, torch.Tensor]:
        """Return the parameters and buffers of the best state, on the CPU; of the current one before a validation.

        Adapters are merged: the state is one of the network as its library builds it.
        """
        best = self._context.best_tensors
        if best is not None:
            return best
        return merged_state({name: tensor.detach().cpu() for name, tensor in self._setup.model.state_dict().items()})

    def state(self) -> TrainerState:
        """Return everything that is needed to go on from here; the tensors are still those of the trainer."""
        context = self._context
        current = self._setup.model.state_dict()
        tensors = {f"model/{name}": tensor for name, tensor in current.items()}
        tensors |= {f"logits/{name}": tensor for name, tensor in context.logits.items()}
        moments = self._moments if context.optimizer is None else optimizer_tensors(context.optimizer)
        tensors |= {f"optim/{name}": tensor for name, tensor in moments.items()}
        if context.heat is not None:
            tensors["heat/sums"] = context.heat
        best = context.best_tensors or {}
        tensors |= {f"best/{name}": tensor for name, tensor in best.items() if not _same(tensor, current[name])}
        context.progress.seconds = context.clock.read()
        context.state_bytes = sum(tensor.numel() * tensor.element_size() for tensor in tensors.values())
        return TrainerState(tensors, {"progress": context.progress.to_json(), "has_best": bool(best)})

    def _load(self, state: TrainerState) -> None:
        if any(is_adapter(name) for name in state.part("model")):
            self._context.set_adapters()
        try:
            self._setup.model.load_state_dict(state.part("model"))
        except RuntimeError as error:
            raise StateMismatchError(
                "The checkpoint does not fit the network of this run.", remedy="Start a new run."
            ) from error
        self._context.logits = state.part("logits")
        self._moments = state.part("optim")
        self._context.heat = state.part("heat").get("sums")
        if state.meta["has_best"]:
            self._context.best_tensors = state.best_network()

    # ---------------------------------------------------------------------------------------------------------- fit

    def fit(self) -> Generator[Event, None, None]:
        """Train and yield what happens; the last event is `fit_end`.

        A stop request ends it with a checkpoint and `fit_end (stopped)`.

        Raises:
            DivergedError: If the loss is no longer finite.
        """
        with applied_numerics(self._setup.numerics), self._memory:
            yield self._fit_start()
            while True:
                if not self._context.progress.phase_ended:
                    yield from self._run_phase()
                    if self._context.control.stop_requested and not self._context.progress.phase_ended:
                        yield from self._context.save("last")
                        yield fit_end(self._context, RunState.STOPPED)
                        return
                goes_on = yield from self._pass_gate()
                if not goes_on:
                    break
                self._start_next_phase()
            self._context.load_best()
            yield fit_end(self._context, RunState.COMPLETED)

    def _fit_start(self) -> FitStart:
        setup = self._setup
        plans = [phase.plan for phase in setup.strategy.phases]
        return self._context.event(
            FitStart,
            strategy=setup.strategy.kind.value,
            phases=tuple(_describe(phase) for phase in setup.strategy.phases),
            backbone=setup.tree.backbone,
            num_classes=self._context.num_outputs,
            num_train=len(setup.train),
            num_val=len(setup.val),
            device=describe_device(setup.numerics.device),
            numerics=setup.numerics.to_json(),
            seed=setup.seed,
            trainable_parameters=max(setup.tree.trainable_parameters(plan) for plan in plans),
            total_parameters=setup.tree.root.parameters,
            manifest=setup.manifest,
        )

    # ------------------------------------------------------------------------------------------------------- phases

    def _run_phase(self) -> Iterator[Event]:
        context, progress = self._context, self._context.progress
        applied = context.apply_phase_plan()
        if not progress.frozen_before:
            progress.frozen_before = fingerprints(context.model, applied.frozen_tensors)
            # Where every layer trains, held statistics of norm layers are watched all the same; nobody froze those.
            progress.any_frozen = progress.any_frozen or bool(context.phase.plan.frozen)
        if context.is_convex(context.phase):
            yield self._phase_start(context.phase.epochs, cache=self._cache_description())
            # A run that was killed behind the checkpoint of this phase has its head already.
            if not progress.phase_epoch:
                yield from self._head_phase().run()
            done = progress.phase_epoch > 0
        else:
            yield from self._run_loop()
            done = not context.control.stop_requested
        context.use_whole_network()
        if done:
            self._moments = self._moments_to_keep()
            context.optimizer = context.heat = None
            _, changed = compare_fingerprints(
                progress.frozen_before, fingerprints(context.model, applied.frozen_tensors)
            )
            progress.violations += changed
            progress.phase_ended = True
            yield from self._tell_what_the_budget_did()

    def _run_loop(self) -> Iterator[Event]:
        context, budget = self._context, self._setup.budget_seconds
        front = yield from choose_front(context)
        cache = describe_front(front) if front is not None else None
        if front is not None:
            try:
                yield from front.use()
            except StoppedError:
                return
        try:
            context.recompute_activations()
        except UntraceableError as error:
            message = f"Everything is kept in memory for the backward pass. {error}"
            yield context.event(Notice, kind="memory", message=message)
        if budget is not None and context.progress.num_steps is None:
            yield from self._plan_steps(budget)
        yield self._phase_start(context.num_steps, cache=cache)
        if context.phase.mixup:
            # A front whose outputs turned out to be of no use is not trained on.
            boundary = front.boundary if front is not None and context.inputs is front else None
            yield context.event(Notice, kind="mixup", message=in_words(context.phase, boundary))
        if budget is not None and context.num_steps < context.all_steps:
            yield context.event(Notice, kind="budget", message=enough_for(context, budget))
        while True:
            loop = EpochLoop(context, self._moments)
            self._moments = {}
            yield from loop.run()
            if not loop.has_died:
                return
            yield from start_again(context)
            yield self._phase_start(context.num_steps, cache=cache)

    @property
    def _following(self) -> Phase | None:
        """The phase behind the one in work."""
        index = self._context.progress.phase + 1
        return self._setup.strategy.phases[index] if index < len(self._setup.strategy.phases) else None

    def _moments_to_keep(self) -> dict[str, torch.Tensor]:
        """Return the state of the optimiser for a phase that continues this one; what it thaws begins without any."""
        optimizer, phase, following = self._context.optimizer, self._context.phase, self._following
        if optimizer is None or following is None or not following.continues:
            return {}
        if following.optimizer is not phase.optimizer:
            return {}
        kept = optimizer_tensors(optimizer)
        if following.plan.adapters == phase.plan.adapters:
            return kept
        # Other adapters may have another rank, and with it another shape.
        return {name: tensor for name, tensor in kept.items() if not is_adapter(name.rpartition("/")[0])}

    def _plan_steps(self, budget: float) -> Iterator[Event]:
        """Turn the budget into steps and save the plan: a run that is killed right behind it keeps to it, too."""
        context = self._context
        if context.last_save is None:
            # What a checkpoint costs can only be known from one.
            yield from context.save("last")
        context.progress.num_steps = yield from plan_phase(context, budget)
        yield from context.save("last")

    def _phase_start(self, num_steps: int, *, cache: dict[str, Any] | None = None) -> PhaseStart:
        phase, progress = self._context.phase, self._context.progress
        return self._context.event(
            PhaseStart,
            phase=phase.name,
            index=progress.phase,
            trainable_parameters=self._setup.tree.trainable_parameters(phase.plan),
            frozen_owners=len(phase.plan.frozen),
            cache=cache,
            num_steps=num_steps,
            epoch=progress.epoch,
            step=progress.step,
            phase_epoch=progress.phase_epoch,
            phase_step=progress.phase_step,
            epoch_step=progress.step - progress.batch,
        )

    def _tell_what_the_budget_did(self) -> Iterator[Event]:
        context, progress, budget = self._context, self._context.progress, self._setup.budget_seconds
        if budget is None:
            return
        if context.is_convex(context.phase):
            if context.is_out_of_time:
                message = used_up_by_head(context.phase, budget, context.clock.read())
                yield context.event(Notice, kind="budget", message=message)
            return
        ended = progress.out_of_time or progress.phase_step >= context.num_steps
        if ended and progress.phase_step < context.all_steps:
            progress.budget_end = ended_by(context, budget)
            yield context.event(Notice, kind="budget", message=progress.budget_end)

    def _head_phase(self) -> HeadPhase:
        setup = self._setup
        if self._is_pristine():
            return HeadPhase(self._context, *open_stores(self._context, setup.train, setup.val))
        images = {"train": setup.train, "val": setup.val}
        stores = [memory_features(head_features(self._context, name, source)) for name, source in images.items()]
        return HeadPhase(self._context, *stores)

    def _is_pristine(self) -> bool:
        """Tell whether everything but the head is still as it was pretrained."""
        earlier = self._setup.strategy.phases[: self._context.progress.phase]
        return all(is_head_only(self._setup.tree, phase.plan) for phase in earlier)

    def _cache_description(self) -> dict[str, Any]:
        setup, width = self._setup, feature_width(self._setup.model, self._setup.tree.head_path)
        total = setup.tree.root.macs or 1
        head_macs = setup.tree.node(setup.tree.head_path).macs
        missing = (
            sum(len(store.missing()) for store in open_stores(self._context, setup.train, setup.val))
            if self._is_pristine()
            else len(setup.train) + len(setup.val)
        )
        return {
            "boundary": setup.tree.head_path,
            "share_of_macs": (total - head_macs) / total,
            "bytes": 2 * width * (len(setup.train) + len(setup.val)),
            "hit": missing == 0,
        }

    def _pass_gate(self) -> Generator[Event, None, bool]:
        """Decide after a phase; yields the gate's events and returns whether the next phase starts."""
        context, progress, following = self._context, self._context.progress, self._following
        # Only the clock ends a stretch of phases between two gates.
        if following is not None and following.continues and not context.is_out_of_time:
            return progress.best is not None
        if progress.phase > 0 and "previous" in context.logits and "phase_best" in context.logits:
            yield self._judge_phase()
        if following is None or progress.best is None:
            return False
        decision = decide_next_phase(
            progress.best.num_correct, len(self._setup.val), target=self._setup.strategy.target
        )
        if context.is_out_of_time and (following.continues or decision.decision is Decision.SWITCH):
            progress.budget_end = used_up_before(following, self._setup.budget_seconds or 0.0)
            decision = GateDecision("budget", Decision.STOP, progress.budget_end)
        yield context.event(Gate, rule=decision.rule, decision=decision.decision.value, reason=decision.reason)
        return decision.decision is Decision.SWITCH

    def _judge_phase(self) -> Event:
        """Tell whether the best since the last gate is better than the best before it."""
        context, labels = self._context, self._setup.val.labels
        kept = decide_roll_back(
            (context.logits["previous"].argmax(dim=1) == labels).tolist(),
            (context.logits["phase_best"].argmax(dim=1) == labels).tolist(),
        )
        if kept.decision is Decision.ROLL_BACK:
            return context.event(Gate, rule=kept.rule, decision=kept.decision.value, reason=kept.reason)
        return context.event(Notice, kind="phase_kept", message=kept.reason)

    def _start_next_phase(self) -> None:
        context, following = self._context, self._following
        if following is not None and following.continues:
            context.progress.continue_in_phase(context.progress.phase + 1)
        else:
            context.load_best()
            if "best" in context.logits:
                context.logits["previous"] = context.logits["best"]
            context.logits.pop("phase_best", None)
            context.progress.start_phase(context.progress.phase + 1)
        self._memory.start_phase()


def _describe(phase: Phase) -> dict[str, Any]:
    description = phase.to_json()
    description["frozen_owners"] = len(phase.plan.frozen)
    del description["plan"]
    return description


def _same(first: torch.Tensor, second: torch.Tensor) -> bool:
    return first.shape == second.shape and torch.equal(first, second.detach().cpu())

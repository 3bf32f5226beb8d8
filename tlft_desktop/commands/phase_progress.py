"""How much of a phase is done, from the events of a run."""

from __future__ import annotations

from tlft_desktop.core.values.events import BatchEnd, CacheProgress, EpochEnd, Event, FitStart, PhaseStart


class PhaseProgress:
    """Follows the events of a run.

    Attributes:
        start: How the run started; None before.
        phase: The phase in work; None before the first.
        share: Share of the phase that is done, in [0, 1]; it may end earlier than that.
        detail: What is being done, in a few words.
    """

    def __init__(self) -> None:
        self.start: FitStart | None = None
        self.phase: PhaseStart | None = None
        self.share = 0.0
        self.detail = ""
        self._first_step = self._step = 0

    def follow(self, event: Event) -> None:
        """Take notice of an event."""
        match event:
            case FitStart():
                self.start = event
            case PhaseStart():
                self.phase = event
                # Within the phase where a run goes on.
                self._first_step, self._step = event.step - event.phase_step, event.step
                self.share, self.detail = self._share(), ""
            case CacheProgress():
                what = "computing features" if self.start else "reading images"
                self.share = event.done / max(event.total, 1)
                self.detail = f"{what} {event.done:,} of {event.total:,}"
            case BatchEnd():
                self._step = event.step
                self.share, self.detail = self._share(), f"{event.images_per_second:.0f} images/s"
            case EpochEnd():
                self._step = event.step
                self.share = self._share()

    def _share(self) -> float:
        if self.phase is None:
            return 0.0
        return min(1.0, (self._step - self._first_step) / max(1, self.phase.num_steps))

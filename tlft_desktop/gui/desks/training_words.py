"""How a training ended, in words."""

from __future__ import annotations

from PySide6.QtCore import QObject

from tlft_desktop.core.values.events import FitEnd
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.live_run import LiveRun
from tlft_desktop.gui.widgets.messages import MessageKind


class TrainingWords(QObject):
    """Sentences for the ends of a training."""

    def end(self, end: FitEnd, live: LiveRun) -> tuple[MessageKind, str]:
        """Return what to say about a training that did not fail, of which `live` knows the result.

        The kind is `INFO` for one that can go on.
        """
        result = self._result(live)
        if end.frozen_proof == "violated":
            text = self.tr("Frozen layers changed while training: do not trust this run.")
            return MessageKind.ERROR, f"{text} {result}".strip()
        if end.state == "completed":
            text = self.tr("Training finished in {time}.").format(time=fmt.duration(end.total_seconds))
            return MessageKind.SUCCESS, f"{text} {result}".strip()
        text = self.tr("Training stopped; the run is kept and can be resumed.")
        return MessageKind.INFO, f"{text} {result}".strip()

    def stopped_early(self) -> str:
        """Return what to say about a stop before the first step."""
        return self.tr("Stopped while getting ready. The images read so far are kept, so the next start is quicker.")

    def _result(self, live: LiveRun) -> str:
        if live.best is None:
            return ""
        epoch, point = live.best
        solved = self.tr("Validation accuracy {accuracy} with the head that was solved.")
        trained = self.tr("Validation accuracy {accuracy} in epoch {epoch}, which is kept.")
        text = solved if live.is_solution(epoch) else trained
        accuracy = fmt.accuracy(point.accuracy, point.low, point.high)
        return text.format(accuracy=accuracy, epoch=epoch - live.solver_steps)

"""Networks that look at images, and blends, without torch."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, UsageError
from tlft_desktop.core.project.project import Project
from tlft_desktop.gui.blend_values import BlendFigure, BlendRow, MeasuredBlend
from tlft_desktop.gui.look_values import (
    AskedNetwork,
    Layers,
    Look,
    LookCheck,
    LookDifference,
    LookWish,
)
from tlft_desktop.gui.workers.task import Progress

CLASSES = ("cat", "dog", "<b>bird</b>")
STAGES = ("stem", "blocks.0", "blocks.1")
BORDER = "The border is hotter than the centre: look whether the network reads the background."
SIDE = 8


def layers(heat: tuple[int, int, int] = (255, 200, 0)) -> Layers:
    """Return a green image whose left half is hot."""
    hot, cold = bytes((*heat, 217)), bytes((*heat, 0))
    row = hot * (SIDE // 2) + cold * (SIDE // 2)
    return Layers(SIDE, SIDE, bytes((0, 120, 0)) * SIDE**2, bytes((90, 90, 90)) * SIDE**2, row * SIDE)


class FakeLooks:
    """Answers by the name of the image: `gone` cannot be read, `grass` is looked at at its border.

    Attributes:
        asked: Runs and wishes, in order.
        without: Runs that have no network.
        wrong: SHA-256 of the images that each run has wrong.
        is_held: Whether looks and checks wait.
        num_released: How often memory was given to a training.
        prepared: Runs whose networks were loaded ahead.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[AskedNetwork, LookWish]] = []
        self.without: set[str] = set()
        self.wrong: tuple[str, ...] = ()
        self.is_held = False
        self.is_check_held = False
        self.is_closed = False
        self.num_released = 0
        self.prepared: list[str] = []

    def prepare(self, network: AskedNetwork) -> None:
        if network.run in self.without:
            raise InputError(f"The run '{network.run}' has no trained network yet.")
        self.prepared.append(network.run)

    def look(self, network: AskedNetwork, wish: LookWish, control: Control) -> Look:
        self.asked.append((network, wish))
        while self.is_held:
            control.raise_if_stopped()
            time.sleep(0.005)
        if wish.path.name.startswith("gone"):
            raise InputError(f"'{wish.path}': The file is not there (or the link leads nowhere).")
        if network.run in self.without:
            raise InputError(f"The run '{network.run}' has no trained network yet.", remedy="Train it to its end.")
        if wish.stage == "stem":
            raise InputError("'stem' has no spatial extent: its output does not tell places of the picture apart.")
        answer = "dog" if "dog" in wish.path.as_posix() else "cat"
        class_name = wish.class_name or answer
        return Look(
            network=network,
            answer=answer,
            probability=0.75,
            class_name=class_name,
            share=0.75 if class_name == answer else 0.125,
            classes=CLASSES,
            stages=STAGES,
            lines=(f"What speaks for '{class_name}' (75.0 %) at blocks.1, 4 x 4 places:",),
            warning=BORDER if "grass" in wish.path.name else "",
            layers=layers(),
        )

    def difference(self, first: Look, second: Look) -> LookDifference:
        return LookDifference(f"40.0 % of the heat lies where '{first.network.name}' has it.", layers((0, 0, 255)))

    def check(self, look: Look, control: Control) -> Iterator[Progress | LookCheck]:
        yield Progress(50, 100)
        while self.is_check_held:
            control.raise_if_stopped()
            time.sleep(0.005)
        yield LookCheck(
            (
                "Covered by a patch its probability drops by up to 31.0 %; the rank correlation with the map is 0.62.",
                "With a shuffled head the rank correlation with the map is 0.11.",
            ),
            layers((255, 0, 0)),
        )

    def wrong_images(self, run: str) -> tuple[str, ...]:
        if run in self.without:
            raise InputError(f"The run '{run}' keeps no answers for its validation images.")
        return self.wrong

    def release_networks(self) -> None:
        self.num_released += 1

    def close(self) -> None:
        self.is_closed = True


class FakeBlends:
    """A line that is best in its middle.

    Attributes:
        bases: Runs that stand for the pretrained network, by run.
        measured: What was asked.
        exported: What was written, and where.
        is_held: Whether measuring waits after its second blend.
    """

    def __init__(self) -> None:
        self.bases: dict[str, str] = {}
        self.measured: list[tuple[str, str, Path | None]] = []
        self.exported: list[tuple[float, Path]] = []
        self.is_held = False

    def base(self, run: str) -> str:
        if run not in self.bases:
            raise InputError(f"There is no transfer run of fake:tiny with the classes of '{run}'.", remedy="Train one.")
        return self.bases[run]

    def measure(
        self, run: str, name: str, elsewhere: Path | None, control: Control
    ) -> Iterator[Progress | BlendRow | MeasuredBlend]:
        self.measured.append((run, name, elsewhere))
        if elsewhere is not None and "empty" in elsewhere.name:
            raise InputError(f"'{elsewhere}' holds no image of the classes of the network that can be read.")
        rows = []
        for number in range(11):
            yield Progress(120 * number, 120 * 11, "pass")
            right = 100 - abs(number - 6)
            figure = BlendFigure(right, 120, right / 120, right / 120 - 0.05, right / 120 + 0.05)
            far = None if elsewhere is None else BlendFigure(30 - number, 40, (30 - number) / 40, 0.2, 0.8)
            rows.append(BlendRow(number / 10, figure, far))
            yield rows[-1]
            while number == 1 and self.is_held:
                control.raise_if_stopped()
                time.sleep(0.005)
        verdict = "With 60 % of the fine-tuned network more validation images are right than at either end. Against "
        verdict += f"'{name}', the better end, that is no more than chance (p = 0.12, not corrected for choosing "
        verdict += "among 11)."
        yield MeasuredBlend(run, self.bases[run], tuple(rows), 6, verdict, 0 if elsewhere is None else 2)

    def export(self, blend: MeasuredBlend, row: BlendRow, folder: Path, control: Control) -> int:
        if folder.exists():
            raise UsageError(f"'{folder}' exists and is not overwritten.", remedy="Name something new.")
        self.exported.append((row.alpha, folder))
        return 18_000_000


class FakeLookEngine:
    """The part of an engine that looks at images and blends runs.

    Attributes:
        looking: What it hands out for each project, the newest last.
        blending: What measures and exports blends.
    """

    def __init__(self) -> None:
        super().__init__()
        self.blending = FakeBlends()
        self.looking: list[FakeLooks] = [FakeLooks()]

    def blends(self, project: Project, control: Control) -> FakeBlends:
        return self.blending

    def looks(self, project: Project, control: Control) -> FakeLooks:
        if self.looking[-1].is_closed:
            self.looking.append(FakeLooks())
        return self.looking[-1]

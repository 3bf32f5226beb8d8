"""Which run, which second run and which of their images are looked at: plain state between desk and panel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tlft_desktop.core.values.manifest import ImageRecord, Split
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.desks.mistakes_desk import MistakesDesk
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.image_looks import AGREEMENT, Look, LookKind, ShownImage
from tlft_desktop.gui.item_models.image_grid_model import split_name
from tlft_desktop.gui.item_models.run_table_model import name_of

if TYPE_CHECKING:
    from tlft_desktop.gui.lazy_mistakes import RunImages

FIRST_LOOK = Look(LookKind.WORST)


class MistakesChoice:
    """What the user looks at.

    Args:
        desk: Knows the images.

    Attributes:
        chosen: The runs whose rows are selected in the table.
        run: Identifier of the run whose answers are shown; empty for none.
        look: Which of its images.
        epoch: After which it answered; 0 for the network that it kept.
        is_of_probe: Whether the training images are looked at, as a probe for the run answers them.
    """

    def __init__(self, desk: MistakesDesk) -> None:
        self._desk = desk
        self.chosen: tuple[RunSummary, ...] = ()
        self.run = ""
        self.look = FIRST_LOOK
        self.epoch = 0
        self.is_of_probe = False
        self._look_of_runs = FIRST_LOOK
        self._classes: tuple[str, ...] = ()
        self._cases: dict[LookKind, list[int]] = {}
        self._compared: tuple[RunImages | None, RunImages | None] = (None, None)
        self._refusal = ""
        self._told: tuple[tuple[str, ...], Mapping[str, ImageRecord], str] | None = None

    # Runs

    def choose_runs(self, chosen: Sequence[RunSummary]) -> None:
        """Take the selected runs; the one that is shown stays while it is among them."""
        self.chosen = tuple(chosen)
        if self.run not in {run.run for run in chosen}:
            self.run, self.epoch = chosen[0].run if chosen else "", 0

    def choose_run(self, run: str) -> None:
        """Show another of the chosen runs, as it was kept."""
        if self.is_of_probe:
            self.look = self._look_of_runs
        self.run, self.epoch, self.is_of_probe = run, 0, False

    def choose_probe(self) -> None:
        """Show the training images whose labels a probe for the run doubts."""
        if not self.is_of_probe:
            self._look_of_runs = self.look
        self.epoch, self.is_of_probe, self.look = 0, True, Look(LookKind.SUSPECTS)

    @property
    def summary(self) -> RunSummary | None:
        """The run whose answers are shown."""
        return next((run for run in self.chosen if run.run == self.run), None)

    @property
    def other(self) -> RunSummary | None:
        """The second one of exactly two chosen runs; none beside a probe."""
        if self.is_of_probe:
            return None
        others = [run for run in self.chosen if run.run != self.run]
        return others[0] if len(others) == 1 and self.summary is not None else None

    @property
    def wanted(self) -> list[RunSummary]:
        """The runs whose answers are needed."""
        return [run for run in (self.summary, self.other) if run is not None]

    @property
    def images(self) -> RunImages | None:
        """The answers of the run that is shown; None while they are read, or where there are none.

        While those of an epoch are read, they are the ones that were shown before.
        """
        if self.is_of_probe:
            return self._desk.probes.images_of(self.run)
        past = self._desk.past_of(self.run) if self.epoch else None
        return self._desk.images_of(self.run) if past is None else past

    @property
    def kept_epoch(self) -> int:
        """The epoch whose network the run kept; 0 where it kept none yet."""
        images, summary = self._desk.images_of(self.run), self.summary
        is_kept = images is not None and not images.epoch and summary is not None
        return (summary.best_epoch or 0) if is_kept and summary is not None else 0

    @property
    def shown_epoch(self) -> int:
        """The epoch that is looked at, also where it is the kept one; 0 where that is not known."""
        images = self._desk.images_of(self.run)
        return self.epoch or self.kept_epoch or (images.epoch if images is not None else 0)

    @property
    def num_steps(self) -> int:
        """How many of the run's epochs, from the first on, are steps towards a head that is solved."""
        summary = self.summary
        if summary is None:
            return 0
        # A head that is still being solved is further than its row says.
        return summary.num_epochs if summary.is_head_solved else summary.solver_steps

    def choose_epoch(self, epoch: int) -> None:
        """Look at the answers after an epoch; the kept one has answers of its own, which tell more."""
        self.epoch = 0 if epoch == self.kept_epoch else epoch
        self._desk.look_at_epoch(self.run, epoch)

    @property
    def names(self) -> tuple[str, str]:
        """Names of the two runs that are held against each other; empty where there are not two."""
        summary, other = self.summary, self.other
        if self.is_of_probe:
            return fmt.tr("Probe"), ""
        name = name_of(summary) if summary else ""
        if self.epoch:
            is_step = self.epoch <= self.num_steps
            text = fmt.tr("{name}, step {epoch}") if is_step else fmt.tr("{name}, epoch {epoch}")
            name = text.format(name=name, epoch=fmt.count(self.epoch - (0 if is_step else self.num_steps)))
        return name, name_of(other) if other else ""

    # Two runs

    def compare(self) -> None:
        """Find out what the two runs get right, where they have the same images."""
        images, other = self.images, self.other
        second = self._desk.images_of(other.run) if other is not None else None
        if (images, second) != self._compared:
            self._compared, self._cases, self._refusal = (images, second), {}, ""
            if images is not None and second is not None:
                self._refusal = from_core(images.why_not_beside(second))
                self._cases = {} if self._refusal else images.agreement(second)
        if self.look.kind in AGREEMENT and not self._cases:
            self.look = FIRST_LOOK

    @property
    def cases(self) -> dict[LookKind, list[int]]:
        """The images that both, one or none of two runs get right; empty where two cannot be compared."""
        return self._cases

    @property
    def second(self) -> RunImages | None:
        """The answers of the second run, where it has the same images."""
        return self._compared[1] if self._cases else None

    @property
    def why_no_agreement(self) -> str:
        """Why there are no `cases`: a sentence."""
        other = self.other
        if self.is_of_probe:
            return fmt.tr("Runs are held against each other on validation images; these are training images.")
        if other is None:
            return fmt.tr("Choose two runs in the table to see which images both, one or none of them gets right.")
        problem = self._desk.problem_of(other.run)
        return self._refusal or problem or fmt.tr("The answers of {name} are being read…").format(name=name_of(other))

    # Images

    @property
    def is_of_kept(self) -> bool:
        """Whether what is looked at tells of the kept network only: one of an early epoch doubts what it never saw."""
        return self.look.kind is LookKind.SUSPECTS

    @property
    def doubted(self) -> frozenset[str]:
        """Paths of the images whose label is doubted and about which nobody has decided, whatever epoch is shown."""
        images = self.images if self.is_of_probe else self._desk.images_of(self.run)
        rows = self._desk.undecided(images) if images is not None else ()
        return frozenset(images.paths[row] for row in rows) if images is not None else frozenset()

    def choose_look(self, look: Look) -> None:
        """Look at other images; labels are doubted by the network that the run kept, whichever was looked at before."""
        self.look = look
        if self.is_of_kept and self.epoch:
            self.epoch = 0
            self._desk.look_at_epoch(self.run, self.shown_epoch)

    def follow_classes(self) -> None:
        """Give a cell up whose classes the run that is shown now numbers in another way."""
        classes = self.images.classes if self.images is not None else ()
        if classes != self._classes:
            self._classes = classes
            if self.look.kind is LookKind.CELL:
                self.look = FIRST_LOOK

    def rows(self, images: RunImages) -> list[int]:
        """Return the images that are looked at, but those that the project has no longer."""
        if self.look.kind in AGREEMENT:
            rows = self._cases.get(self.look.kind, [])
        elif self.look.kind is LookKind.SUSPECTS:
            return self._desk.undecided(images)
        else:
            rows = images.rows(self.look)
        paths, records = images.paths, self._desk.records
        return [row for row in rows if paths[row] in records] if images.num_gone else rows

    def looks(self, images: RunImages) -> list[tuple[Look, str]]:
        """Return the choices of images in words, with the number of images where it tells something."""
        num_wrong = len(images.rows(Look(LookKind.WRONG)))
        counted = fmt.tr("{what} ({count})")
        offers = [
            (LookKind.ALL, counted.format(what=fmt.tr("All"), count=fmt.count(len(images)))),
            (LookKind.WRONG, counted.format(what=fmt.tr("Wrong"), count=fmt.count(num_wrong))),
            (LookKind.WORST, fmt.tr("Worst first")),
            (LookKind.UNCERTAIN, fmt.tr("Least certain first")),
            (
                LookKind.SUSPECTS,
                counted.format(what=fmt.tr("Doubtful labels"), count=fmt.count(len(self.doubted))),
            ),
        ]
        looks = [(Look(kind), text) for kind, text in offers]
        looks += [(Look(kind), text) for kind, text in self._agreement_words()]
        if self.look.kind is LookKind.CELL:
            truth, answer = images.classes[self.look.truth], images.classes[self.look.answer]
            count = fmt.count(images.count(self.look.truth, self.look.answer))
            looks.append((self.look, counted.format(what=f"{truth} → {answer}", count=count)))
        return looks

    def _agreement_words(self) -> list[tuple[LookKind, str]]:
        if not self._cases:
            return []
        first, second = self.names
        only = fmt.tr("Only {name} right")
        names = (fmt.tr("Both right"), only.format(name=first), only.format(name=second), fmt.tr("Both wrong"))
        counted = fmt.tr("{what} ({count})")
        return [
            (kind, counted.format(what=text, count=fmt.count(len(self._cases[kind]))))
            for kind, text in zip(AGREEMENT, names, strict=True)
        ]

    def shower(self, images: RunImages) -> Callable[[int], ShownImage]:
        """Return a function that tells what is known of the image of a row, as the project is now."""
        second, records = self.second, self._desk.records

        def show(row: int) -> ShownImage:
            answers = (images.answer(row),) if second is None else (images.answer(row), second.answer(row))
            label, record = images.labels[row], records.get(images.paths[row])
            return ShownImage(label, answers, _since(record, label, images.split) if record is not None else "")

        return show

    def changes(self, images: RunImages) -> str:
        """Say which of the images were changed since the run was trained; empty for none."""
        records = self._desk.records
        # Looked at with every change of the choice, where it takes longer than a frame for 100,000 images.
        if self._told is None or self._told[0] is not images.paths or self._told[1] is not records:
            self._told = (images.paths, records, self._changes_since(images, records))
        return self._told[2]

    def _changes_since(self, images: RunImages, records: Mapping[str, ImageRecord]) -> str:
        num_gone = num_out = num_relabelled = num_moved = 0
        for path, label in zip(images.paths, images.labels, strict=True):
            record = records.get(path)
            if record is None:
                num_gone += 1
            else:
                num_out += bool(record.excluded)
                num_relabelled += record.label != label
                num_moved += record.split is not images.split
        parts = [
            text.format(count=fmt.count(count))
            for text, count in (
                (fmt.tr("{count} no longer in the project"), num_gone),
                (fmt.tr("{count} left out"), num_out),
                (fmt.tr("{count} with another class"), num_relabelled),
                (fmt.tr("{count} in another split"), num_moved),
            )
            if count
        ]
        if not parts:
            return ""
        text = fmt.tr(
            "Since the training: {changes} (of {images}). Figures and matrix tell of the images as they were."
        )
        return text.format(changes=", ".join(parts), images=fmt.num_images(len(images)))


def _since(record: ImageRecord, label: str, split: Split) -> str:
    """Return what was changed of an image since a run was trained; empty for nothing."""
    if record.excluded:
        return fmt.tr("left out")
    if record.label != label:
        return fmt.tr("now {label}").format(label=record.label)
    if record.split is not split:
        return fmt.tr("now in {split}").format(split=split_name(record.split))
    return ""

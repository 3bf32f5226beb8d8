"""What is said of races in messages and headings."""

from __future__ import annotations

from PySide6.QtCore import QObject

from tlft_desktop.core.values.race import Place, RaceEnd, RaceState
from tlft_desktop.core.values.run import RunState
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.live_race import LiveEntry, LiveRace
from tlft_desktop.gui.widgets.messages import MessageKind


class RaceWords(QObject):
    """Sentences about a race."""

    def end(self, end: RaceEnd, *, was_asked: bool) -> tuple[MessageKind, str]:
        """Return what to say about a race that ended; `WARNING` where something of it failed."""
        if end.state == RaceState.COMPLETED:
            return MessageKind.SUCCESS, f"{self.tr('The race is over.')} {self._leader(end)}".strip()
        if was_asked:
            return MessageKind.INFO, self.tr("The race stopped. What was trained is kept, and it can go on.")
        text = self.tr("The race is over, but not every run has ended well.")
        return MessageKind.WARNING, f"{text} {self._leader(end)}".strip()

    def failed(self, race: LiveRace, entry: LiveEntry) -> str:
        """Return what to say about a run that failed while the race goes on."""
        text = self.tr("{name} failed in the race, which goes on without it. {why}")
        return text.format(name=entry_name(race, entry), why=entry.problem).rstrip()

    def interrupted(self, kinds: tuple[str, ...], num_done: int, num_entries: int) -> str:
        """Return the question whether a race shall go on."""
        text = self.tr("The race of {names} was interrupted: {done} of {total} runs are complete. Go on with it?")
        return text.format(names=names_of(kinds), done=num_done, total=num_entries)

    def now(self, race: LiveRace | None) -> str:
        """Return which run of a race trains now; empty for none."""
        if race is None or race.training is None or race.current is None:
            return ""
        text = self.tr("run {number} of {total} of the race: {name}")
        name = entry_name(race, race.current)
        return text.format(number=race.training + 1, total=len(race.entries), name=name)

    def _leader(self, end: RaceEnd) -> str:
        places = [Place.from_json(values) for values in end.standing]
        judged = [place for place in places if place.accuracy is not None and place.state == RunState.COMPLETED]
        if len(judged) < 2:
            return ""
        best = max(judged, key=lambda place: place.accuracy or 0.0)
        names = names_of(tuple(place.strategy for place in judged if place.accuracy == best.accuracy))
        text = self.tr(
            "Highest accuracy: {names}, {accuracy}. Whether that can be told from chance stands under Race on the page "
            "Train."
        )
        text = text.format(names=names, accuracy=fmt.accuracy(best.accuracy, best.low, best.high))
        if not any(place.tries for place in places):
            return text
        selected = self.tr("What is the best of several tries is validation-selected, and tends to be too high.")
        return f"{text} {selected}"


def entry_name(race: LiveRace, entry: LiveEntry) -> str:
    """Return what a run of a race is called: by its strategy, and where it has several by seed and try."""
    name = fmt.strategy_title(entry.strategy)
    if len(race.seeds) > 1:
        name = fmt.tr("{name}, seed {seed}").format(name=name, seed=entry.seed)
    if entry.learning_rate is not None:
        name = fmt.tr("{name}, try {number}").format(name=name, number=fmt.count(entry.attempt + 1))
    return name


def names_of(kinds: tuple[str, ...]) -> str:
    """Return the names of strategies in a row."""
    return ", ".join(map(fmt.strategy_title, kinds))

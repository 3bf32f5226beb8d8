"""Mail of a race parted into that of its runs."""

from __future__ import annotations

from tlft_desktop.core.values.race import EntryStart
from tlft_desktop.gui.workers.mailbox import Mail

Part = tuple[EntryStart | None, Mail]


def parts_of(mail: Mail) -> tuple[Part, ...]:
    """Return the mail run by run: the start of each run of a race, and what follows it.

    What comes before the first start belongs to the run of the moment, as does all mail of a training that is no race.
    """
    starts = [number for number, event in enumerate(mail.events) if isinstance(event, EntryStart)]
    if not starts:
        return ((None, mail),)
    borders = [0, *starts, len(mail.events)]
    begun = [event for event in mail.events if isinstance(event, EntryStart)]
    later = {start.run for start in begun}
    # Batches have a box of their own, so only the name of their run says to whom they belong.
    before = tuple(batch for batch in mail.batches if batch.run not in later)
    parts: list[Part] = [(None, Mail(mail.events[: starts[0]], before, None, mail.num_lost))]
    for number, start in enumerate(begun, start=1):
        batches = tuple(batch for batch in mail.batches if batch.run == start.run)
        cache = mail.cache if number == len(begun) else None
        # Without the start itself: the run that it names is on the disk only when the run tells something.
        parts.append((start, Mail(mail.events[borders[number] + 1 : borders[number + 1]], batches, cache, 0)))
    return tuple(parts)

"""Reads everything that a report tells; what cannot be read is told instead of hiding the rest."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.chosen import ChosenRuns, RunAnswers, run_answers, without_beaten
from tlft_desktop.core.evaluation.comparison import Comparison, compare_chosen
from tlft_desktop.core.evaluation.standing import standing_of
from tlft_desktop.core.project.manifest_shelf import ManifestShelf
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.report.facts import Examples, ImageList, Mistake, RaceFacts, ReportFacts, RunFacts
from tlft_desktop.core.report.image_lists import example_records, read_lists, with_examples
from tlft_desktop.core.report.pictures import PictureBook
from tlft_desktop.core.report.plan_trees import plan_trees
from tlft_desktop.core.report.run_reading import read_run
from tlft_desktop.core.runs.openings import OpeningLog
from tlft_desktop.core.runs.races import RaceStore
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.core.workflows.repeat import command_of_project
from tlft_desktop.paths import AppPaths

MAX_DETAILED = 8
"""Of more runs that nobody named, the best are told in detail: as many as there are colours."""
MAX_RACES = 3


@dataclass(frozen=True)
class _Compared:
    """The answers that could be read, and what comparing them gave."""

    answers: Mapping[str, RunAnswers]
    comparisons: tuple[Comparison, ...] = ()
    problem: str = ""
    remarks: tuple[str, ...] = ()


def gather(
    project: Project, refs: Sequence[str], *, paths: AppPaths, control: Control
) -> Generator[ProbeProgress, None, ReportFacts]:
    """Yield progress and return what there is to tell.

    Args:
        project: Open in any way: nothing of it is changed.
        refs: Which runs, as `RunStore.resolve` understands them; all of the project where none is named.
        paths: Folders of the program.
        control: Asked between runs and between pictures.

    Raises:
        InputError: If a name means no run.
        StoppedError: If a stop was requested.
    """
    store = RunStore(project.root)
    chosen = list(dict.fromkeys(store.resolve(ref) for ref in refs)) or store.ids()
    summaries = [store.summary(run) for run in sorted(chosen)]
    yield ProbeProgress("runs", 0, len(summaries))
    compared = _compare(store, chosen, is_named=bool(refs))
    shelf, runs = ManifestShelf(project), []
    for place, summary in enumerate(_detailed(summaries, is_named=bool(refs))):
        control.raise_if_stopped()
        yield ProbeProgress("runs", place, len(summaries))
        runs.append(read_run(project, summary, place, compared.answers.get(summary.run), shelf=shelf, paths=paths))
    lists = read_lists(shelf, runs)
    lists, runs = yield from _illustrated(project, lists, runs, paths=paths, control=control)
    races, remarks = _races(project, {summary.run for summary in summaries})
    num_openings, num_opened_runs, damage = _openings(project)
    return ReportFacts(
        root=project.root,
        project=project.config,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        named=tuple(chosen) if refs else (),
        summaries=tuple(summaries),
        runs=tuple(runs),
        comparisons=compared.comparisons,
        no_comparison=compared.problem,
        lists=lists,
        trees=plan_trees(runs),
        races=races,
        num_openings=num_openings,
        num_opened_runs=num_opened_runs,
        new_command=command_of_project(project),
        remarks=(*compared.remarks, *remarks, *damage),
    )


def _compare(store: RunStore, chosen: Sequence[str], *, is_named: bool) -> _Compared:
    """Compare what can be compared, as `tlft compare` does it for the same runs."""
    answers: dict[str, RunAnswers] = {}
    for run in chosen:
        try:
            answers[run] = run_answers(store, run)
        except InputError:
            # Why it has none is told with the run.
            continue
    found = list(answers.values())
    if len(found) < 2:
        problem = "Two runs with results are needed for a comparison; this report has fewer."
        return _Compared(answers, problem=problem)
    compared = ChosenRuns(tuple(found), is_named=True) if is_named else without_beaten(store, found)
    return _Compared(answers, tuple(compare_chosen(compared)), remarks=compared.remarks)


def _detailed(summaries: Sequence[RunSummary], *, is_named: bool) -> list[RunSummary]:
    """Return the runs that are told in detail, the oldest first: all that were named, else the best."""
    if is_named or len(summaries) <= MAX_DETAILED:
        return list(summaries)
    best = sorted(summaries, key=lambda summary: -(summary.val_accuracy or -1.0))[:MAX_DETAILED]
    return sorted(best, key=lambda summary: summary.run)


def _illustrated(
    project: Project, lists: Sequence[ImageList], runs: Sequence[RunFacts], *, paths: AppPaths, control: Control
) -> Generator[ProbeProgress, None, tuple[tuple[ImageList, ...], list[RunFacts]]]:
    """Yield progress and return lists and runs with the pictures of their images."""
    wanted = {images.digest: example_records(images) for images in lists[:1]}
    total = sum(len(records) for group in wanted.values() for _, records in group)
    total += sum(len(run.mistakes) for run in runs)
    done = 0
    with PictureBook(project, paths.cache, control) as book:
        shown = []
        for images in lists:
            examples = []
            for label, records in wanted.get(images.digest, ()):
                yield ProbeProgress("pictures", done, total)
                done += len(records)
                examples.append(Examples(label, tuple(book.picture(record, images) for record in records)))
            shown.append(with_examples(images, examples))
        illustrated = []
        for run in runs:
            yield ProbeProgress("pictures", done, total)
            done += len(run.mistakes)
            own = next((images for images in lists if run.config and images.digest == run.config.manifest), None)
            mistakes = tuple(_with_picture(mistake, own, book) for mistake in run.mistakes)
            illustrated.append(replace(run, mistakes=mistakes))
    return tuple(shown), illustrated


def _with_picture(mistake: Mistake, images: ImageList | None, book: PictureBook) -> Mistake:
    picture = None if images is None else book.of_hash(mistake.sha256, mistake.label, images)
    return replace(mistake, picture=picture)


def _races(project: Project, runs: set[str]) -> tuple[tuple[RaceFacts, ...], list[str]]:
    """Return the newest races of some runs, and what could not be read or is left out."""
    store, found, remarks = RaceStore(project.root), [], []
    for name in store.ids():
        try:
            race = store.load(name).as_seen_now()
        except InputError as error:
            remarks.append(f"A race cannot be told of. {error.message}")
            continue
        if runs & {entry.run for entry in race.entries}:
            found.append(race)
    if len(found) > MAX_RACES:
        remarks.append(f"Of {len(found)} races to which these runs belong, the last {MAX_RACES} are told.")
    runs_of_project = RunStore(project.root)
    return tuple(RaceFacts(race, standing_of(runs_of_project, race)) for race in found[-MAX_RACES:]), remarks


def _openings(project: Project) -> tuple[int, int, list[str]]:
    """Return how often test images were looked at, by how many runs, and what cannot be read of it."""
    log = OpeningLog(project.root)
    try:
        return log.count(), len({opening.run for opening in log.read()}), []
    except InputError as error:
        return 0, 0, [f"How often the test images were looked at cannot be told. {error.message}"]

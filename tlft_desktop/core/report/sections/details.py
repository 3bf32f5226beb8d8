"""Each run: how it was trained, how it went, what it is worth, and where it errs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tlft_desktop.core.evaluation.evaluated import Evaluated
from tlft_desktop.core.evaluation.metrics import ClassMetrics, Metrics
from tlft_desktop.core.number_words import duration, interval, percent, plural
from tlft_desktop.core.report.facts import Epoch, ReportFacts, RunFacts
from tlft_desktop.core.report.markup import Content, Markup, join, named, tag
from tlft_desktop.core.report.plots.answer_plots import MAX_MATRIX_CLASSES, confusion_plot, reliability_plot
from tlft_desktop.core.report.plots.run_curves import accuracy_plot, loss_plot
from tlft_desktop.core.report.sections.blocks import bullets, figure, paragraph, picture, run_name, section, table
from tlft_desktop.core.values.strategy import HeadSolver, Phase

MAX_CLASSES = 20
"""Classes in the table of a run; of more, those with the lowest recall are shown."""
MAX_CONFUSIONS = 10
_MAX_STRETCHES = 3
_MAX_BESIDE = 12
"""Classes of a confusion matrix that is readable on half the width of a page; larger ones get more of it."""
_FIGURES = ("run", "images", "accuracy", "95 % interval", "balanced", "macro F1", "log loss", "calibration error")
_PHASES = ("phase", "epochs", "solver", "rate", "rate of the head", "decay", "augmentation", "views", "patience")
_CLASSES = ("class", "images", "answered", "precision", "recall", "95 % interval", "F1")


def results(facts: ReportFacts) -> Markup:
    """Return the figures of all runs side by side."""
    rows = [_figures(run, run.evaluated) for run in facts.judged if run.evaluated]
    tests = [_figures(run, run.tested) for run in facts.judged if run.tested]
    return section(
        "results",
        "Figures",
        table("On the validation images", _FIGURES, rows, right=range(1, 8)) if rows else None,
        table("On the test images", _FIGURES, tests, right=range(1, 8)) if tests else None,
        None if rows else paragraph("No run has a result."),
    )


def details(facts: ReportFacts) -> Markup:
    """Return a part for each run."""
    return section("details", "Run by run", [_run(run) for run in facts.runs])


def _figures(run: RunFacts, evaluated: Evaluated) -> tuple[Content, ...]:
    metrics = evaluated.evaluation.metrics
    return (
        run_name(run),
        f"{metrics.num_images:,}",
        percent(metrics.accuracy),
        interval(metrics.low, metrics.high),
        percent(metrics.balanced_accuracy),
        percent(metrics.macro_f1),
        "-" if metrics.log_loss is None else f"{metrics.log_loss:.3f}",
        percent(evaluated.evaluation.calibration.ece),
    )


def _run(run: RunFacts) -> Markup:
    summary = run.summary
    state = [f"State: {summary.state.value}."]
    if summary.total_seconds:
        state.append(f"Active time: {duration(summary.total_seconds)}.")
    if summary.started:
        state.append(f"Started: {summary.started}.")
    return tag(
        "article",
        tag("h3", run_name(run)),
        paragraph(" ".join(state)),
        paragraph(run.no_result, look="warning") if run.no_result else None,
        paragraph(run.problem, look="warning") if run.problem and run.problem != run.no_result else None,
        _training(run),
        _curves(run),
        _worth(run, run.evaluated) if run.evaluated is not None else None,
        id=f"run-{summary.run}",
    )


def _training(run: RunFacts) -> Content:
    if run.config is None:
        return None
    strategy = run.config.strategy
    target = "" if strategy.target is None else f" Target of the gate: {percent(strategy.target)}."
    rows = [_phase_cells(phase) for phase in strategy.phases]
    return [
        paragraph(
            f"Strategy: {strategy.kind.value}. Network: {run.config.backbone}, input {run.config.image_size} x "
            f"{run.config.image_size} pixels. Seed: {run.config.seed}. "
            f"Batch: {plural(run.config.numerics.batch, 'image')}.{target}"
        ),
        table("Phases", _PHASES, rows, right=(1, 3, 4, 5, 7, 8)),
        [tag("h4", "Gates"), bullets(run.gates)] if run.gates else None,
        [tag("h4", "What it told on its way"), bullets(run.notices)] if run.notices else None,
    ]


def _phase_cells(phase: Phase) -> tuple[Content, ...]:
    name = join(named(phase.name), " (goes on from the one before)" if phase.continues else "")
    if phase.head is HeadSolver.CONVEX:
        return name, f"{phase.epochs:,}", "L-BFGS", "", "", "", phase.augmentation.value, "", ""
    return (
        name,
        f"{phase.epochs:,}",
        phase.optimizer.value,
        f"{phase.learning_rate:g}",
        f"{phase.head_learning_rate:g}",
        f"{phase.weight_decay:g}",
        phase.augmentation.value,
        f"{phase.views:,}" if phase.views else "new each epoch",
        f"{phase.patience:,}" if phase.patience else "none",
    )


def _curves(run: RunFacts) -> Content:
    if not run.epochs:
        return None
    pairs = []
    for title, epochs in _stretches(run):
        pairs.append(figure(loss_plot(epochs, f"Loss by epoch, {title}"), f"Loss, {title}"))
        pairs.append(figure(accuracy_plot(epochs, f"Accuracy by epoch, {title}"), f"Accuracy, {title}"))
    legend = paragraph(
        tag("span", "● training", class_="train"), " · ", tag("span", "■ validation", class_="val"), look="legend"
    )
    return [tag("h4", "Curves"), tag("div", pairs, class_="pair"), legend]


def _stretches(run: RunFacts) -> Iterator[tuple[str, Sequence[Epoch]]]:
    """Yield the epochs of phases that no gate parts, with their names; of many parts all together."""
    parts = [(names, [epoch for epoch in run.epochs if epoch.phase in names]) for names in run.stretches]
    parts = [(names, epochs) for names, epochs in parts if epochs]
    if not parts or len(parts) > _MAX_STRETCHES:
        yield "all phases", run.epochs
        return
    for names, epochs in parts:
        title = f"phase '{names[0]}'" if len(names) == 1 else f"phases '{names[0]}' to '{names[-1]}'"
        yield title, epochs


def _worth(run: RunFacts, evaluated: Evaluated) -> Content:
    evaluation = evaluated.evaluation
    calibration = figure(
        reliability_plot(
            evaluation.calibration.bins, f"How often answers of {run.name} are right where they are so sure"
        ),
        "How often answers are right against how sure they are, with 95 % intervals; on the diagonal both are equal.",
    )
    matrix = _confusion(run, evaluation.metrics)
    is_large = matrix is not None and len(evaluation.metrics.classes) > _MAX_BESIDE
    return [
        tag("h4", "Classes"),
        _class_table(evaluation.metrics),
        tag("div", calibration, matrix, class_="pair large" if is_large else "pair"),
        _most_frequent(evaluation.metrics),
        _mistakes(run),
        paragraph(evaluated.caution) if evaluated.caution else None,
        paragraph(" ".join(filter(None, (run.folds.sentence, run.folds.method, run.folds.caution))))
        if run.folds is not None
        else None,
    ]


def _class_table(metrics: Metrics) -> Content:
    shown = metrics.classes
    if len(shown) > MAX_CLASSES:
        known = sorted((item for item in shown if item.recall is not None), key=lambda item: item.recall or 0.0)
        shown = tuple(known[:MAX_CLASSES])
    hidden = len(metrics.classes) - len(shown)
    said = (
        f"Classes left out: {hidden:,}. Shown are the {len(shown)} with the lowest recall; `tlft evaluate` tells all."
    )
    return [
        table(
            "Class by class, on the validation images",
            _CLASSES,
            [_class_cells(item) for item in shown],
            right=range(1, 7),
        ),
        paragraph(said) if hidden else None,
    ]


def _class_cells(item: ClassMetrics) -> tuple[Content, ...]:
    return (
        named(item.name),
        f"{item.support:,}",
        f"{item.answered:,}",
        percent(item.precision),
        percent(item.recall),
        interval(item.low, item.high),
        percent(item.f1),
    )


def _confusion(run: RunFacts, metrics: Metrics) -> Content:
    if len(metrics.classes) > MAX_MATRIX_CLASSES:
        return None
    matrix = metrics.confusion_matrix()
    if matrix is None:
        return None
    classes = [item.name for item in metrics.classes]
    plot = confusion_plot(matrix, classes, f"Confusion matrix of {run.name}")
    return figure(
        plot, "Validation images by true class and answer; the stronger the colour, the larger the share of its class."
    )


def _most_frequent(metrics: Metrics) -> Content:
    """Return the most frequent mistakes; a small matrix shows them all already."""
    mistakes = metrics.mistakes
    if len(metrics.classes) <= MAX_MATRIX_CLASSES or not mistakes:
        return None
    rows = [(named(true), named(answer), f"{count:,}") for true, answer, count in mistakes[:MAX_CONFUSIONS]]
    rest = len(mistakes) - len(rows)
    return [
        table("Most frequent mistakes", ("true class", "answer", "images"), rows, right=(2,)),
        paragraph(f"Other pairs of classes that were mistaken: {rest:,}.") if rest else None,
    ]


def _mistakes(run: RunFacts) -> Content:
    shown = [
        picture(item.picture, named(item.label), " taken for ", named(item.answer), f" ({percent(item.probability)})")
        for item in run.mistakes
        if item.picture is not None
    ]
    if not shown:
        return None
    hint = paragraph("A label can be wrong as well as an answer: look at these images first.")
    return tag("div", tag("h4", "Surest mistakes"), tag("div", shown, class_="gallery"), hint, class_="whole")

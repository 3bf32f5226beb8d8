"""Numbers as people read them, in the user's locale; files never use these."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt, QTime

from tlft_desktop.core.values.strategy import StrategyKind

CORE_CONTEXT = "core"
"""Where the translations of the core's sentences lie."""
_QUOTED = re.compile(r"((?<!\w)'[^']*'(?!\w)|`[^`]*`)")
_NUMBER = re.compile(r"(?<![\w.,/])\d+(?:,\d{3})*(?:\.\d+)?(?![\w/]|[.,]\d)")
"""As the core writes it; not a part of a version, a path or a name."""
_THAW = "thaw "
_STEPS = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


def tr(text: str) -> str:
    """Translate a string that belongs to no widget."""
    return QCoreApplication.translate("format", text)


def from_core(text: str) -> str:
    """Say a finished sentence of the core, which knows no Qt, in the user's language and with its numbers."""
    said = QCoreApplication.translate(CORE_CONTEXT, text)
    parts = _QUOTED.split(said)
    # Every second part is quoted: a name or a path stays as it is.
    return "".join(part if place % 2 else _NUMBER.sub(_in_locale, part) for place, part in enumerate(parts))


def _in_locale(found: re.Match[str]) -> str:
    locale = QLocale()
    signs = {",": locale.groupSeparator(), ".": locale.decimalPoint()}
    return "".join(signs.get(character, character) for character in found[0])


def strategy_name(kind: StrategyKind) -> str:
    """Return the name of a strategy."""
    return {
        StrategyKind.TRANSFER: tr("Transfer"),
        StrategyKind.FINETUNE: tr("Fine-tune"),
        StrategyKind.HYBRID: tr("Hybrid"),
        StrategyKind.GRADUAL: tr("Gradual unfreezing"),
        StrategyKind.LAST_STAGE: tr("Last stage"),
        StrategyKind.NORM_BIAS: tr("Norms and biases"),
        StrategyKind.LORA: tr("Adapters (LoRA)"),
        StrategyKind.CUSTOM: tr("Custom"),
    }[kind]


def strategy_title(kind: str) -> str:
    """Return the name of a strategy as a file has it; one that this version does not know stays as it is."""
    return strategy_name(StrategyKind(kind)) if kind in set(StrategyKind) else kind


def phase_name(name: str) -> str:
    """Say the name of a phase: those that the program gives are translated, a user's own stay as they are."""
    if name.startswith(_THAW):
        return tr("thaw {stages}").format(stages=name.removeprefix(_THAW))
    names = {
        "head": tr("head"),
        "fine-tuning": tr("fine-tuning"),
        "last stage": tr("last stage"),
        "norms and biases": tr("norms and biases"),
        "adapters": tr("adapters"),
        "custom": tr("custom"),
    }
    return names.get(name, name)


def count(value: int) -> str:
    """Return an integer with the locale's group separators."""
    return QLocale().toString(value)


def num_images(value: int) -> str:
    """Return a number of images in words, such as `1 image` or `20,000 images`."""
    return tr("1 image") if value == 1 else tr("{count} images").format(count=count(value))


def short_count(value: float) -> str:
    """Return a large number with three digits and a prefix, such as `4.65 M`."""
    for step, prefix in _STEPS:
        if abs(value) >= step:
            scaled = value / step
            digits = 0 if scaled >= 100 else 1 if scaled >= 10 else 2
            return f"{decimal(scaled, digits)} {prefix}"
    return QLocale().toString(int(value))


def decimal(value: float, digits: int) -> str:
    """Return a number with `digits` digits after the point."""
    # QLocale rounds a half up, Python to the even digit: the window must not show another figure than the terminal.
    return QLocale().toString(round(value, digits), "f", digits)


def percent(fraction: float | None, digits: int = 1) -> str:
    """Return a fraction as percent; a dash where it is unknown."""
    if fraction is None:
        return "—"
    return f"{decimal(100 * fraction, digits)} %"


def accuracy(value: float | None, low: float | None, high: float | None) -> str:
    """Return an accuracy with its 95 % interval, such as `81.2 % [74.0, 86.9]`."""
    if value is None:
        return "—"
    if low is None or high is None:
        return percent(value)
    return f"{percent(value)} [{decimal(100 * low, 1)}, {decimal(100 * high, 1)}]"


def number(value: float, digits: int = 3) -> str:
    """Return a number with `digits` significant digits."""
    return QLocale().toString(float(f"{value:.{digits}g}"), "g", digits)


def num_bytes(value: int) -> str:
    """Return a size in the locale's way, such as `1.2 GiB` or `341 MiB`."""
    scaled = float(value)
    while scaled >= 1024:
        scaled /= 1024
    return QLocale().formattedDataSize(value, 0 if scaled >= 100 else 1)


def duration(seconds: float) -> str:
    """Return a duration in its two largest units, such as `1 min 05 s`."""
    if seconds < 10:
        return f"{decimal(max(0.0, seconds), 1)} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest:02d} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min"


def rough_duration(seconds: float) -> str:
    """Return an estimated duration without a precision that nobody has, such as `2 min 40 s` or `12 min`."""
    if seconds < 60:
        return duration(seconds)
    tens = round(seconds / 10)
    if seconds < 600 and tens % 6:
        return duration(10 * tens)
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else duration(60 * minutes)


def date_time(iso: str) -> str:
    """Return a UTC time of a file in local time and the locale's short form; unreadable text stays as it is."""
    moment = QDateTime.fromString(iso, Qt.DateFormat.ISODate)
    if not moment.isValid():
        return iso
    return QLocale().toString(moment.toLocalTime(), QLocale.FormatType.ShortFormat)


def shape(dimensions: tuple[int, ...]) -> str:
    """Return a shape such as `320x7x7`; empty where it is unknown."""
    return "\u00d7".join(str(size) for size in dimensions)


def clock() -> str:
    """Return the time of day."""
    return QLocale().toString(QTime.currentTime(), "HH:mm:ss")

"""Small charts as SVG text: no library, no script, the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evals.scoring import Interval

_INK, _GRID, _BLUE, _RED = "#1f2933", "#d9dee3", "#0b6e99", "#b7410e"
_FONT = "font-family=\"'Noto Sans KR','Malgun Gothic','Apple SD Gothic Neo',sans-serif\""


def _svg(width: float, height: float, label: str, body: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        f'role="img" aria-label="{escape(label)}" {_FONT} font-size="12" fill="{_INK}">'
    )
    return "\n".join((head, f"<title>{escape(label)}</title>", *body, "</svg>"))


def _text(x: float, y: float, text: str, anchor: str = "start", extra: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{extra}>{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str = _GRID, width: float = 1) -> str:
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{colour}" stroke-width="{width:g}"/>'


def intervals(
    label: str,
    rows: Sequence[tuple[str, Interval]],
    earlier: Sequence[Interval | None] = (),
    thresholds: Sequence[float | None] = (),
) -> str:
    """Means with their intervals, one row each from 0 to 1; hollow dots for the earlier run, a red tick for the threshold."""
    left, width, step = 165.0, 320.0, 22.0
    height = step * len(rows) + 34
    body = []
    for tick in range(0, 11, 2):
        x = left + width * tick / 10
        body += [_line(x, 6, x, height - 22), _text(x, height - 6, f"{tick / 10:g}", "middle")]
    for number, (name, value) in enumerate(rows):
        y = 18 + step * number
        low, high, mean = (left + width * v for v in (value.low, value.high, value.mean))
        body += [_text(left - 8, y + 4, name, "end"), _line(low, y, high, y, _BLUE, 3)]
        if number < len(thresholds) and thresholds[number] is not None:
            x = left + width * (thresholds[number] or 0)
            body.append(_line(x, y - 7, x, y + 7, _RED, 2))
        old = earlier[number] if number < len(earlier) else None
        if old is not None:
            body.append(
                f'<circle cx="{left + width * old.mean:g}" cy="{y:g}" r="5" fill="none" stroke="{_RED}" stroke-width="1.5"/>'
            )
        body += [
            f'<circle cx="{mean:g}" cy="{y:g}" r="4.5" fill="{_BLUE}"/>',
            _text(left + width + 10, y + 4, f"{value.mean:.2f}  ({value.size})"),
        ]
    return _svg(left + width + 90, height, label, body)


def histogram(
    label: str, values: Sequence[float], unit: str, marks: Sequence[tuple[str, float]], bins: int = 24
) -> str:
    """How often values fall into equal ranges, with marked places; the last range also holds the slowest hundredth, up to the greatest."""
    width, height, left, base = 560.0, 190.0, 40.0, 150.0
    usual = sorted(values)[: max(1, len(values) - len(values) // 100)]
    top = max([*usual, *(value for _, value in marks)], default=1.0) * 1.02 or 1.0
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int(value / top * bins))] += 1
    most = max([*counts, 1])
    step = (width - left - 10) / bins
    body = [_line(left, base, width - 10, base, _INK)]
    for number, count in enumerate(counts):
        tall = (base - 30) * count / most
        body.append(
            f'<rect x="{left + number * step:.2f}" y="{base - tall:.2f}" width="{step - 1:.2f}" height="{tall:.2f}" fill="{_BLUE}"/>'
        )
    body += [_text(left + (width - left - 10) * t / 4, base + 16, f"{top * t / 4:.0f}", "middle") for t in range(5)]
    for number, (name, value) in enumerate(marks):
        x = left + (width - left - 10) * value / top
        body += [_line(x, 20, x, base, _RED, 1.5), _text(x + 3, 28 + 14 * number, f"{name} {value:.0f}")]
    body += [
        _text(left - 6, 36, str(most), "end"),
        _text(left - 6, base, "0", "end"),
        _text(width - 10, base + 34, unit, "end"),
    ]
    return _svg(width, height, label, body)


def curves(
    label: str,
    x_name: str,
    lines: Sequence[tuple[str, Sequence[tuple[float, float]]]],
    mark: float | None = None,
    y_top: float = 1.0,
) -> str:
    """Values over a setting or a depth; ``mark`` is the setting in use."""
    width, height, left, base, top = 560.0, 300.0, 46.0, 240.0, 20.0
    xs = [x for _, points in lines for x, _ in points] or [0.0, 1.0]
    low, high = min(xs), max(xs)
    span = (high - low) or 1.0

    def at(x: float, y: float) -> tuple[float, float]:
        return left + (width - left - 20) * (x - low) / span, base - (base - top) * y / y_top

    body = []
    for tick in range(6):
        y = at(low, y_top * tick / 5)[1]
        body += [_line(left, y, width - 20, y), _text(left - 6, y + 4, f"{y_top * tick / 5:.2f}", "end")]
    for x in sorted(set(xs)):
        body.append(_text(at(x, 0)[0], base + 16, f"{x:g}", "middle"))
    if mark is not None:
        x = at(mark, 0)[0]
        body.append(f'<line x1="{x:g}" y1="{top:g}" x2="{x:g}" y2="{base:g}" stroke="{_INK}" stroke-dasharray="4 3"/>')
    columns = 2 if max((len(name) for name, _ in lines), default=0) > 20 else 3
    reach = 510 / columns
    colours = (_BLUE, _RED, "#3d7a37", "#7a5195", "#8a6d1d", "#555555")
    for number, (name, points) in enumerate(lines):
        colour = colours[number % len(colours)]
        path = " ".join(f"{x:.2f},{y:.2f}" for x, y in (at(*point) for point in points))
        dash = ' stroke-dasharray="7 3"' if number % 2 else ""
        body.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        body += [
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="3" fill="{colour}"/>' for x, y in (at(*point) for point in points)
        ]
        body += [
            _line(
                left + (number % columns) * reach,
                base + 36 + 16 * (number // columns),
                left + 20 + (number % columns) * reach,
                base + 36 + 16 * (number // columns),
                colour,
                3,
            ),
            _text(left + 25 + (number % columns) * reach, base + 40 + 16 * (number // columns), name),
        ]
    body.append(_text(width - 20, base + 30 if len(lines) < columns else base + 58, x_name, "end"))
    return _svg(width, height, label, body)


# About how wide a letter of a label is, and how far apart lines of them.
_CHAR_WIDTH, _LINE_HEIGHT = 6.5, 12


def scatter(
    label: str, x_name: str, y_name: str, points: Sequence[tuple[float, float, str, bool]], *, joined: bool = True
) -> str:
    """Points ``(x, y, name, on the front)``; those on the front are named and, if wanted, joined."""
    width, height, left, base, top = 620.0, 340.0, 56.0, 290.0, 24.0
    low, high = (pick(y for _, y, _, _ in points) for pick in (min, max))
    low, high = max(0.0, low - 0.02), min(1.0, high + 0.02)
    right = max(x for x, _, _, _ in points) * 1.1 or 1.0

    def at(x: float, y: float) -> tuple[float, float]:
        return left + (width - left - 30) * x / right, base - (base - top) * (y - low) / ((high - low) or 1.0)

    body = [_line(left, base, width - 30, base, _INK), _line(left, top, left, base, _INK)]
    for tick in range(5):
        x, y = right * tick / 4, low + (high - low) * tick / 4
        body += [
            _text(at(x, low)[0], base + 16, f"{x:.0f}", "middle"),
            _text(left - 6, at(0, y)[1] + 4, f"{y:.2f}", "end"),
        ]
    front = sorted(point for point in points if point[3])
    path = " ".join(f"{x:.2f},{y:.2f}" for x, y in (at(point[0], point[1]) for point in front))
    if joined:
        body.append(f'<polyline points="{path}" fill="none" stroke="{_RED}" stroke-width="1.5"/>')
    taken: list[tuple[float, float, float]] = []
    for px, py, name, best in points:
        x, y = at(px, py)
        body.append(
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="4" fill="{_RED if best else _BLUE}"><title>{escape(name)}</title></circle>'
        )
        if best:
            ends = x > width / 2
            start = x - _CHAR_WIDTH * len(name) if ends else x
            end, line = start + _CHAR_WIDTH * len(name), y - 8
            # Names of points that lie close together go under one another.
            while any(abs(line - other) < _LINE_HEIGHT and start < to and from_ < end for from_, to, other in taken):
                line += _LINE_HEIGHT + (8 if line < y else 0)
            taken.append((start, end, line))
            body.append(_text(x, line, name, "end" if ends else "start"))
    body += [_text(width - 30, base + 34, x_name, "end"), _text(left - 40, top - 10, y_name)]
    return _svg(width, height, label, body)

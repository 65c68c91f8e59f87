"""Draw the cost of a query against the number of documents, both on logarithmic axes, as SVG."""

from __future__ import annotations

from html import escape
from math import ceil, floor, log10

from benchmarks.report import Results

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 740, 420, 64, 150, 40, 52
_COLOURS = {
    "findingaid": "#b3261e",
    "tantivy": "#1f5f8b",
    "fts5": "#4d7c0f",
    "whoosh": "#6b7280",
    "tantivy_own": "#5b8fb5",
    "fts5_own": "#7a9c45",
}
_SERIF = 'font-family="Georgia, serif"'


def picture(results: Results) -> str:
    """Return the chart: mean milliseconds of the second pass by engine. Where cost grows as size does, the slope is 1."""
    sizes = sorted(results)
    lines = {
        name: [(size, results[size][name].times["later"]["mean_ms"]) for size in sizes if name in results[size]]
        for name in results[sizes[0]]
    }
    costs = [cost for line in lines.values() for _, cost in line]
    low, high = floor(log10(min(costs))), ceil(log10(max(costs)))
    span = log10(sizes[-1] / sizes[0]) or 1.0  # with one size all points are at the left

    def x(size: float) -> float:
        return _LEFT + log10(size / sizes[0]) / span * (_WIDTH - _LEFT - _RIGHT)

    def y(cost: float) -> float:
        return _HEIGHT - _BOTTOM - (log10(cost) - low) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)

    marks = [
        f'<text x="{_LEFT}" y="22" font-size="15" {_SERIF}>Mean milliseconds a page of results, by documents held</text>',
        *(_grid_line(y(10**power), f"{10.0**power:g}") for power in range(low, high + 1)),
        *(_label(x(size), _HEIGHT - _BOTTOM + 22, f"{size:,}", "middle") for size in sizes),
    ]
    ends = _spread_labels({name: y(line[-1][1]) for name, line in lines.items()})
    for name, line in lines.items():
        colour = _COLOURS[name]
        path = " ".join(f"{x(size):.1f},{y(cost):.1f}" for size, cost in line)
        marks.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        marks += (f'<circle cx="{x(size):.1f}" cy="{y(cost):.1f}" r="3.5" fill="{colour}"/>' for size, cost in line)
        growth = line[-1][1] / line[0][1]
        until = "" if line[-1][0] == sizes[-1] else f" to {line[-1][0]:,}"
        marks.append(_label(_WIDTH - _RIGHT + 10, ends[name] + 4, f"{name} ×{growth:.1f}{until}", "start", colour))
    drawn = "\n".join(marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">\n'
        f"<title>Cost of a page of results against documents held</title>\n"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>\n{drawn}\n</svg>\n'
    )


def _spread_labels(ends: dict[str, float], gap: float = 16) -> dict[str, float]:
    """Return the height of each label, moved down where it would overlap the one above it."""
    placed: dict[str, float] = {}
    before = -gap
    for name, height in sorted(ends.items(), key=lambda end: end[1]):
        before = placed[name] = max(height, before + gap)
    return placed


def _grid_line(height: float, label: str) -> str:
    line = f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{height:.1f}" y2="{height:.1f}" stroke="#e5e7eb"/>'
    return line + _label(_LEFT - 8, height + 4, label, "end")


def _label(x: float, y: float, text: str, anchor: str, colour: str = "#374151") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="13" {_SERIF} text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'

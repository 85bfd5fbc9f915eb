"""Where things stand on a page, by pdfium's objects: boxes in points from the top left, and the strokes that are drawn."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from assistant.ingest.loaders.pdf.ruled_tables import Stroke

_STRAIGHT = 1.5  # points by which a stroke may lean
_WHOLE_PAGE = 0.99
_MAX_STROKES = 20_000
_MAX_OBJECTS = 100_000
_MAX_SEGMENTS = 1_000
_MAX_FORM_DEPTH = 5
Transform = Callable[[Sequence[tuple[float, float, float, float]]], tuple[float, float, float, float]]
_Matrix = tuple[float, float, float, float, float, float]


def page_transform(page: Any, width: float, height: float) -> Transform:
    """A function from pdfium boxes to one rectangle in points from the top left, rotation and crop box applied."""
    scale = 100
    x, y = ctypes.c_int(), ctypes.c_int()

    def device(across: float, up: float) -> tuple[float, float]:
        pixels = int(width * scale), int(height * scale)
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, *pixels, 0, across, up, x, y)
        return x.value / scale, y.value / scale

    zero_x, zero_y = device(0, 0)
    one_x, one_y = device(1000, 0)
    up_x, up_y = device(0, 1000)
    xx, xy = (one_x - zero_x) / 1000, (one_y - zero_y) / 1000
    yx, yy = (up_x - zero_x) / 1000, (up_y - zero_y) / 1000

    def to_page(boxes: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
        left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
        corners = [(zero_x + xx * a + yx * b, zero_y + xy * a + yy * b) for a, b in ((left, bottom), (right, top))]
        xs, ys = sorted(corner[0] for corner in corners), sorted(corner[1] for corner in corners)
        return round(xs[0], 2), round(ys[0], 2), round(xs[1], 2), round(ys[1], 2)

    return to_page


def strokes_on(page: Any, to_page: Transform, width: float, height: float) -> tuple[list[Stroke], list[Stroke]] | None:
    """The straight strokes on a page, horizontal and vertical; the sides of filled boxes count. ``None``: there are too many."""
    horizontal: list[Stroke] = []
    vertical: list[Stroke] = []
    for path, matrix in _paths(page.raw):
        for ends in _segments(path, matrix):
            left, top, right, bottom = to_page([ends])
            if bottom - top > _STRAIGHT and right - left > _STRAIGHT:
                continue
            if right - left > width * _WHOLE_PAGE or bottom - top > height * _WHOLE_PAGE:
                continue  # the edge of the page's background
            if right - left >= bottom - top:
                horizontal.append(Stroke((top + bottom) / 2, left, right))
            else:
                vertical.append(Stroke((left + right) / 2, top, bottom))
        if len(horizontal) + len(vertical) > _MAX_STROKES:
            return None
    return horizontal, vertical


def _paths(page: Any) -> Iterator[tuple[Any, Any]]:
    """The path objects of a page, those in forms too, each with the matrix of its form."""
    count = min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)
    todo: list[tuple[Any, Any, int]] = [(pdfium.FPDFPage_GetObject(page, index), None, 0) for index in range(count)]
    seen = 0
    while todo and seen < _MAX_OBJECTS:
        seen += 1
        item, outer, depth = todo.pop()
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield item, outer
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
            inner = _product(_matrix(item), outer)
            count = min(pdfium.FPDFFormObj_CountObjects(item), _MAX_OBJECTS)
            todo.extend((pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1) for index in range(count))


def _matrix(item: Any) -> _Matrix:
    values = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, values):
        return 1, 0, 0, 1, 0, 0
    return values.a, values.b, values.c, values.d, values.e, values.f


def _product(first: _Matrix, then: _Matrix | None) -> _Matrix:
    if then is None:
        return first
    (a, b, c, d, e, f), (ta, tb, tc, td, te, tf) = first, then
    return (
        a * ta + b * tc, a * tb + b * td, c * ta + d * tc, c * tb + d * td, e * ta + f * tc + te, e * tb + f * td + tf,
    )  # fmt: skip


def _segments(path: Any, outer: _Matrix | None) -> Iterator[tuple[float, float, float, float]]:
    """The straight pieces of a path, as the boxes they span."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    a, b, c, d, e, f = _product(_matrix(path), outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            return
        point = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield _spanned(last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield _spanned(last, start)
            last = start


def _spanned(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float, float, float]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])

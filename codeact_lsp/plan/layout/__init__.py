"""A layered drawing of a graph: where its boxes stand, and which way its lines take.

The steps are those of Sugiyama, Tagawa and Toda ("Methods for visual understanding of hierarchical
system structures", 1981), one module each: turn round what closes a cycle and choose a layer for
each vertex (`layers`), order each layer so that few lines cross (`ordering`), choose coordinates
(`coordinates`), draw the lines (`routes`). The same graph always gets the same drawing.
"""

from codeact_lsp.plan.layout.arrange import arrange
from codeact_lsp.plan.layout.shapes import Box, Curve, Layout, Link, Point, Route, Size

__all__ = ["Box", "Curve", "Layout", "Link", "Point", "Route", "Size", "arrange"]

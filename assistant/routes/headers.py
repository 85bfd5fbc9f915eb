"""What browsers are told beside the content: what a page may load, who may frame it, who may read it."""

from __future__ import annotations

NO_SNIFFING = {"x-content-type-options": "nosniff"}
PAGE_HEADERS = NO_SNIFFING | {
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'",
}
# The page that carries the widget: the one page with a script, and that only from here.
DEMO_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
# The officers' desk: nothing but its own files, and no text of anybody's becomes markup.
DESK_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html"
)
# Whom the widget's own files may be given to: everybody; they are public code.
SCRIPT_HEADERS = NO_SNIFFING | {
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": "public, max-age=300",
}
STREAM_HEADERS = NO_SNIFFING | {"cache-control": "no-store", "x-accel-buffering": "no"}

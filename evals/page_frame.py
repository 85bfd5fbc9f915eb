"""What every page of the suite has in common: it works offline, shows either language without a script, and prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

_STYLE = """
:root{color-scheme:light}
body{font:16px/1.6 'Noto Sans KR','Malgun Gothic','Apple SD Gothic Neo',system-ui,sans-serif;color:#1f2933;
  max-width:76rem;margin:0 auto;padding:1rem;word-break:keep-all;overflow-wrap:anywhere}
h1{font-size:1.6rem}
h2{font-size:1.25rem;border-bottom:2px solid #0b6e99;margin-top:2.2rem}
h3{font-size:1.05rem}
table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}
th,td{border:1px solid #c9d1d9;padding:.2rem .5rem;text-align:right;overflow-wrap:normal}
td:not(.t){white-space:nowrap}
th:first-child,td:first-child,th.t,td.t{text-align:left}
td.t{overflow-wrap:anywhere}
thead th{background:#eef3f6}
.scroll{overflow-x:auto}
svg{max-width:100%;height:auto}
.plots{display:flex;flex-wrap:wrap;gap:1rem}
.plots figure,.plots>div,figure{margin:0;min-width:0}
.better{color:#22662a}
.worse{color:#a3260c}
.quiet{color:#52606d}
details{border:1px solid #c9d1d9;border-radius:4px;margin:.25rem 0;padding:.2rem .6rem}
summary{cursor:pointer}
.ok summary::before{content:'○ '}
.bad summary::before{content:'✕ ';color:#a3260c}
blockquote{margin:.3rem 0;padding:.1rem .8rem;border-left:3px solid #c9d1d9}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem}
dt{color:#52606d}
dd{margin:0}
input.l{position:absolute;opacity:0}
label.l{border:1px solid #0b6e99;padding:.15rem .7rem;cursor:pointer}
#l-ko:checked~label[for=l-ko],#l-en:checked~label[for=l-en]{background:#0b6e99;color:#fff}
input.l:focus-visible+input.l,input.l:focus-visible~label{outline:2px solid #b7410e}
body:has(#l-ko:checked) main .en,body:has(#l-en:checked) main .ko{display:none}
.paper{display:none}
@media print{label.l,.screen{display:none}
.paper{display:block}
table{font-size:.72rem}
th,td{padding:.1rem .25rem}
.scroll{overflow:visible}
.plots{display:block}
details:not([open]){display:none}
body{font-size:11px;max-width:none}
h2{break-after:avoid}
figure,tr{break-inside:avoid}
}
"""


def framed(title: str, parts: Sequence[str]) -> str:
    """A whole page around parts that are HTML already."""
    return "\n".join(
        (
            '<!doctype html><html lang="ko"><head><meta charset="utf-8">',
            f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title>',
            f"<style>{_STYLE}</style></head><body>",
            '<nav aria-label="언어 · Language">',
            '<input class="l" type="radio" name="l" id="l-ko" checked><input class="l" type="radio" name="l" id="l-en">',
            '<label class="l" for="l-ko">한국어</label> <label class="l" for="l-en" lang="en">English</label></nav>',
            "<main>",
            *parts,
            "</main></body></html>\n",
        )
    )


def both(korean: str, english: str) -> str:
    """A sentence in both languages, of which the page shows one; inner text must be escaped already."""
    return f'<span class="ko" lang="ko">{korean}</span><span class="en" lang="en">{english}</span>'


def twice(draw: Callable[[int], str]) -> str:
    """A chart drawn once in each language."""
    return f'<div class="ko" lang="ko">{draw(0)}</div><div class="en" lang="en">{draw(1)}</div>'

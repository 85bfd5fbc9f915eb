"""HTML pages."""

from __future__ import annotations

import html
from typing import Any

from corpus.source import Part, Text, is_outlined, parts, written_line

_CHROME = {
    True: {
        "skip": "본문 바로가기",
        "menu": ["정책자료", "보도자료", "알림마당", "기관소개"],
        "trail": ["홈", "알림마당", "자료실"],
        "share": ["공유하기", "인쇄하기"],
        "before": "이전 글",
        "list": "목록으로",
        "foot": ["개인정보처리방침", "저작권정책", "찾아오시는 길", "누리집 이용 만족도를 평가해 주시기 바랍니다."],
    },
    False: {
        "skip": "Skip to content",
        "menu": ["Policy", "Press releases", "Notices", "About us"],
        "trail": ["Home", "Notices", "Library"],
        "share": ["Share", "Print"],
        "before": "Previous post",
        "list": "Back to list",
        "foot": ["Privacy policy", "Copyright", "Directions", "Please rate this page."],
    },
}


def write_html(text: Text) -> bytes:
    """The article inside a site's menus, trail, share buttons and footer."""
    chrome: dict[str, Any] = _CHROME[text.korean]
    title, publisher = html.escape(text.title), html.escape(str(text.fields["publisher"]))
    menu = "".join(f'<li><a href="#">{name}</a></li>' for name in chrome["menu"])
    trail = " &gt; ".join(f'<a href="#">{name}</a>' for name in chrome["trail"])
    share = "".join(f'<button type="button">{name}</button>' for name in chrome["share"])
    foot = "".join(f"<li>{name}</li>" for name in chrome["foot"])
    return f"""<!DOCTYPE html>
<html lang="{text.fields["language"]}">
<head>
<meta charset="utf-8">
<title>{title} | {publisher}</title>
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="{publisher}">
<meta property="article:published_time" content="{text.fields["published"]}">
<style>.blind {{ position: absolute; left: -9999px }}</style>
</head>
<body>
<div id="skip-nav"><a href="#content">{chrome["skip"]}</a></div>
<header id="header"><a class="logo" href="#">{publisher}</a><nav id="gnb"><ul>{menu}</ul></nav></header>
<div class="breadcrumb">{trail}</div>
<div id="content">
<article>
{_html_body(text)}
</article>
<div class="sns-share">{share}</div>
<div class="paging"><a href="#">{chrome["before"]}</a> <a href="#">{chrome["list"]}</a></div>
</div>
<footer id="footer"><ul>{foot}</ul><p>{publisher}</p></footer>
<script>document.documentElement.className = "js";</script>
</body>
</html>
""".encode()


def _html_body(text: Text) -> str:
    lines: list[str] = []
    outlined = is_outlined(text)
    depth = 0
    for part in [*parts(text.body), Part("end")]:
        target = part.level if part.kind == "item" and not outlined else 0
        while depth > target:
            lines.append("</li></ul>")
            depth -= 1
        if part.kind == "heading":
            lines.append(f"<h{part.level}>{html.escape(part.text)}</h{part.level}>")
        elif part.kind == "table":
            head, *rows = part.rows
            lines.append("<table>\n<thead><tr>" + "".join(f"<th>{html.escape(cell)}</th>" for cell in head))
            lines.append("</tr></thead>\n<tbody>")
            lines += ["<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
            lines.append("</tbody>\n</table>")
        elif part.kind == "item" and not outlined:
            lines.append("</li>" if depth == target else "")
            while depth < target:
                lines.append("<ul>")
                depth += 1
            lines.append(f"<li>{html.escape(part.text)}")
        elif part.kind != "end":
            lines.append(f"<p>{html.escape(written_line(part, outlined))}</p>")
    return "\n".join(line for line in lines if line)

"""The widget where things go wrong: bad networks, hostile pages, hostile text."""

from __future__ import annotations

from widget_driver import HOSTILE_CSS, QUESTIONS, Chat, Opened, Service, violations

EVIL = (
    "<img src=x onerror=\"window.__xss='question'\"><script>window.__xss='script'</script> 반도체 보조금은 몇 %인가요?"
)


def through_proxy(opened: Opened, service: Service) -> Chat:
    opened.page.goto(f"{service.proxy.url}/demo?lang=ko")
    return Chat(opened.page).open()


def host_page(
    service: Service, name: str, *, head: str = "", policy: str = "", body: str = "<h1>우리 기관</h1>"
) -> str:
    script = f'<script src="{service.url}/widget.js" data-lang="ko" defer></script>'
    html = f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>기관</title>{head}{script}</head><body><main>{body}</main></body></html>'
    return service.hosts.add(name, html, policy)


# --- networks ---


def test_a_stream_that_was_cut_is_taken_up_again_without_loss_or_doubling(opened: Opened, service: Service) -> None:
    page, chat = opened.page, through_proxy(opened, service)
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.post_data or "") if request.url.endswith("/api/chat") else None
    )
    whole = [claim.inner_text() for claim in chat.ask(QUESTIONS["ko"]).locator(".claim").all()]
    page.evaluate("document.querySelector('annae-chat').clear()")
    service.proxy.cut_after_claims, service.proxy.cuts_left = 1, 1
    exchange = chat.ask(QUESTIONS["ko"])
    assert [claim.inner_text() for claim in exchange.locator(".claim").all()] == whole
    assert exchange.locator(".failure").count() == 0
    assert len(asked) == 3
    assert asked[1] == asked[2]
    # Nobody who listens hears a sentence of an answer twice; the answer was given twice here.
    heard = "document.querySelector('annae-chat').shadowRoot.querySelector('#live').textContent"
    page.wait_for_function(f"{heard}.split('답변이 도착했습니다').length === 3")
    first = exchange.locator(".claim").first.inner_text().rstrip("0123456789 \n")
    assert page.evaluate(heard).count(first) == 2


def test_a_cut_stream_keeps_what_came_and_goes_on(opened: Opened, service: Service, axe_source: str) -> None:
    chat = through_proxy(opened, service)
    service.proxy.cut_after_claims = 1
    exchange = chat.ask(QUESTIONS["ko"], done=".failure")
    assert exchange.locator(".claim").count() == 1
    shown = exchange.locator(".claim").first.inner_text().split("\u00a0")[0]
    assert violations(opened.page, axe_source) == []
    # A sentence comes with its proof.
    exchange.locator("button.cite").first.click()
    assert opened.page.locator(".source .quote").inner_text()
    opened.page.locator(".back").click()
    opened.page.locator("textarea#question").fill("다음 질문")
    service.proxy.heal()
    exchange.locator(".failure .button").first.click()
    exchange.locator(".tools").wait_for()
    assert exchange.locator(".claim").first.inner_text().split("\u00a0")[0] == shown
    assert exchange.locator("button.cite").count() >= 1
    assert opened.page.locator("textarea#question").input_value() == "다음 질문"


def test_a_slow_stream_shows_that_something_is_done_and_arrives(
    opened: Opened, service: Service, axe_source: str
) -> None:
    chat = through_proxy(opened, service)
    # Pieces that cut through characters and line ends.
    service.proxy.piece_bytes, service.proxy.pause_seconds, service.proxy.stall_seconds = 37, 0.004, 1
    exchange = chat.ask(QUESTIONS["ko"], done=".progress")
    assert violations(opened.page, axe_source) == []
    exchange.locator(".tools").wait_for()
    assert "\ufffd" not in exchange.inner_text()


def test_a_silent_service_is_given_up_on_and_can_be_asked_again(opened: Opened, service: Service) -> None:
    chat = through_proxy(opened, service)
    opened.page.evaluate("document.querySelector('annae-chat').timeout = 0.5")
    service.proxy.stall_seconds = 2
    exchange = chat.ask(QUESTIONS["ko"], done=".failure")
    assert "시간 안에" in exchange.locator(".failure").inner_text()
    service.proxy.heal()
    opened.page.evaluate("document.querySelector('annae-chat').timeout = 20")
    exchange.locator(".failure .button").first.click()
    exchange.locator(".tools").wait_for()


def test_a_broken_service_is_said_plainly(opened: Opened, service: Service, axe_source: str) -> None:
    chat = through_proxy(opened, service)
    service.proxy.refuse_with = 503
    exchange = chat.ask(QUESTIONS["ko"], done=".failure")
    assert violations(opened.page, axe_source) == []
    exchange.locator(".failure .button.quiet").click()
    assert opened.page.locator("textarea#question").input_value() == QUESTIONS["ko"]
    # The browser itself writes failed requests into the console.
    assert all("503" in error for error in opened.errors)
    opened.errors.clear()


def test_without_a_network_nothing_typed_is_lost(opened: Opened, service: Service, axe_source: str) -> None:
    chat = through_proxy(opened, service)
    page = opened.page
    page.context.set_offline(True)
    page.locator(".offline").wait_for()
    page.locator("textarea#question").fill(QUESTIONS["ko"])
    page.keyboard.press("Enter")
    assert page.locator("textarea#question").input_value() == QUESTIONS["ko"]
    assert violations(page, axe_source) == []
    page.context.set_offline(False)
    page.locator(".offline").wait_for(state="detached")
    page.keyboard.press("Enter")
    page.locator(".exchange .tools").wait_for()
    assert chat.page.locator(".claim").count() >= 1


def test_an_answer_can_be_stopped(opened: Opened, service: Service) -> None:
    chat = through_proxy(opened, service)
    service.proxy.stall_seconds = 5
    exchange = chat.ask(QUESTIONS["ko"], done=".progress")
    opened.page.locator("button.send").click()
    exchange.locator(".failure").wait_for()
    assert "멈추었습니다" in exchange.locator(".failure").inner_text()


# --- hostile text ---


def test_markup_in_question_document_title_and_quotation_stays_text(opened: Opened, service: Service) -> None:
    page = opened.page
    page.goto(f"{service.url}/demo?lang=ko")
    chat = Chat(page).open()
    exchange = chat.ask("반도체 보조금은 몇 %까지 지원합니까?")
    exchange.locator("button.cite").first.click()
    assert "<img" in page.locator(".source").inner_text()
    page.frame_locator("iframe.document").locator("mark#cited").first.wait_for()
    page.locator(".back").click()
    assert "<script>" in chat.ask(EVIL).locator(".question").inner_text()
    page.reload()
    Chat(page).open()
    page.locator(".exchange .answer").last.wait_for()
    assert page.evaluate("window.__xss") is None
    assert all(frame.evaluate("window.__xss") is None for frame in page.frames)


# --- hostile pages ---


def test_the_css_of_the_page_does_not_reach_the_widget_nor_the_widgets_the_page(
    opened: Opened, service: Service
) -> None:
    page = opened.page
    page.goto(host_page(service, "plain"))
    heading = "getComputedStyle(document.querySelector('h1')).cssText + getComputedStyle(document.body).cssText"
    with_widget = page.evaluate(heading)
    page.evaluate("document.querySelector('annae-chat').remove()")
    assert page.evaluate(heading) == with_widget
    page.goto(host_page(service, "hostile", head=f"<style>{HOSTILE_CSS}</style>"))
    exchange = Chat(page).open().ask(QUESTIONS["ko"])
    exchange.locator("button.cite").first.click()
    page.locator(".source .quote").wait_for()
    looks = page.locator("dialog").evaluate(
        "e => { const s = getComputedStyle(e); return [s.visibility, s.opacity, s.textTransform, s.position, s.fontSize] }"
    )
    assert looks == ["visible", "1", "none", "fixed", "16px"]
    assert page.locator(".source").evaluate("e => getComputedStyle(e).color") != "rgb(255, 0, 0)"


def test_a_strict_policy_is_enough_and_not_broken(opened: Opened, service: Service) -> None:
    """No styles, no inline code, trusted types; only the service may be asked and framed."""
    url = service.url
    policy = (
        f"default-src 'none'; script-src {url}; connect-src {url}; frame-src {url}; require-trusted-types-for 'script'"
    )
    page = opened.page
    page.goto(host_page(service, "strict", policy=policy))
    exchange = Chat(page).open().ask(QUESTIONS["ko"])
    assert page.locator("dialog").evaluate("e => getComputedStyle(e).position") == "fixed"
    exchange.locator("button.cite").first.click()
    page.frame_locator("iframe.document").locator("mark#cited").first.wait_for()
    requested = page.evaluate("performance.getEntriesByType('resource').map(entry => new URL(entry.name).origin)")
    assert set(requested) <= {url}


def test_where_frames_are_refused_the_document_is_a_link(opened: Opened, service: Service) -> None:
    page = opened.page
    policy = f"default-src 'none'; script-src {service.url}; connect-src {service.url}"
    page.goto(host_page(service, "frameless", policy=policy))
    exchange = Chat(page).open().ask(QUESTIONS["ko"])
    exchange.locator("button.cite").first.click()
    page.locator("iframe.document").wait_for(state="detached")
    link = page.locator(".document-head a")
    assert str(link.get_attribute("href")).startswith(f"{service.url}/documents/")
    # The browser tells of the frame it refused.
    assert all("frame-src" in error or "Framing" in error or "frame" in error for error in opened.errors)
    opened.errors.clear()


def test_an_origin_that_is_not_allowed_gets_no_answer(opened: Opened, service: Service) -> None:
    page = opened.page
    other = service.hosts.url.replace("127.0.0.1", "localhost")
    page.goto(host_page(service, "other").replace(service.hosts.url, other))
    exchange = Chat(page).open().ask(QUESTIONS["ko"], done=".failure")
    assert exchange.locator(".claim").count() == 0
    assert opened.errors != []
    opened.errors.clear()


def test_without_the_script_a_plain_link_leads_to_the_chat(opened: Opened, service: Service) -> None:
    page = opened.page
    page.route("**/widget.js", lambda route: route.abort())
    page.goto(f"{service.url}/demo?lang=ko")
    link = page.locator("[data-annae-fallback]")
    assert link.is_visible()
    link.click()
    page.locator("textarea[name=question]").wait_for()
    opened.errors.clear()


def test_with_the_script_the_plain_link_steps_aside(opened: Opened, service: Service) -> None:
    opened.page.goto(f"{service.url}/demo?lang=en")
    opened.page.locator("annae-chat .launcher").wait_for()
    assert not opened.page.locator("[data-annae-fallback]").is_visible()


def test_the_element_works_inline_from_the_module(opened: Opened, service: Service, axe_source: str) -> None:
    url = service.url
    html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Inline</title></head><body><main><h1>Ask</h1>
    <div class="box"><annae-chat mode="inline" base="{url}/" theme="light"><a href="{url}/">Ask here</a></annae-chat></div></main>
    <script type="module" src="{url}/static/annae-chat.js"></script></body></html>"""
    page = opened.page
    page.goto(service.hosts.add("inline", html))
    exchange = Chat(page).ask(QUESTIONS["en"])
    assert exchange.locator(".answer").is_visible()
    assert violations(page, axe_source) == []

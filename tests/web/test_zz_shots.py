import sys; sys.path[:0]=["/work/main/tests/web","/work/main/tests","/work/main"]
import pytest
from playwright.sync_api import sync_playwright
def test_shots(service, browser):
    import json, os, time
    out="/work/tmp/shots"; os.makedirs(out,exist_ok=True)
    Q={"ko":["중견기업은 시장개척자금을 몇 %까지 지원받나요?","How large is the PIS fund?","김치찌개 맛있게 끓이는 비법은?"],"en":["How large is the PIS fund?","Which countries have a smart city cooperation center?","Who won the 1998 football world cup final?"]}
    for lang in ("ko","en"):
        for name,size,scheme in (("desk",(1280,800),"light"),("phone",(390,844),"dark")):
            c=browser.new_context(viewport=dict(width=size[0],height=size[1]),color_scheme=scheme,locale="ko-KR")
            p=c.new_page(); errs=[]
            p.on("console",lambda m:errs.append(m.text)); p.on("pageerror",lambda e:errs.append(str(e)))
            p.goto(f"{service.url}/demo?lang={lang}"); p.wait_for_selector("annae-chat .launcher")
            f=lambda n:p.screenshot(path=f"{out}/{lang}-{name}-{n}.png")
            f("0page"); p.click(".launcher"); f("1welcome")
            for i,q in enumerate(Q[lang]):
                p.fill("textarea#question",q); p.keyboard.press("Enter")
                p.wait_for_selector(f".exchange:nth-of-type({i+1}) .tools"); f(f"2answer{i}")
            p.locator(".exchange").first.scroll_into_view_if_needed()
            p.locator(".exchange").first.locator(".cite").first.click(); p.wait_for_timeout(600); f("3source"); p.keyboard.press("Escape")
            p.locator(".exchange").first.locator(".tool").nth(2).click(); f("4feedback")
            print(lang,name,errs)
            if name=="desk": print(json.dumps(p.evaluate("JSON.parse(Object.values(localStorage)[0]).exchanges.map(e=>[e.answer.status,e.answer.notices,e.answer.citations.length,e.answer.suggestions,e.answer.claims])"),ensure_ascii=False,indent=0))
            c.close()

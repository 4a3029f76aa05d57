"""The page of a release whose every text tries to run as a script, to send something out, or to turn the reading direction."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from pipeline.contract.fields import Field
from pipeline.publish.report import build_report
from tests.publish.browser import Browser
from tests.publish.sample import build

CANARY = "window.ran=(window.ran||0)+1"
RTL = "\u202e"
PAYLOADS = (
    f"<script>{CANARY}</script>",
    f"</script><script>{CANARY}</script>",
    f'<img src=x onerror="{CANARY}">',
    f"\"><svg/onload='{CANARY}'>",
    f"' onmouseover='{CANARY}' onfocus='{CANARY}' autofocus='",
    f"javascript:{CANARY}",
    f'<a href="javascript:{CANARY}">x</a>',
    "<iframe srcdoc=\"<script>parent.ran=1</script>\"></iframe><style>@import 'data:,x'</style>",
    f"<b onclick={CANARY}>x</b><meta http-equiv=refresh content='0;url=javascript:{CANARY}'>",
    "'; DROP TABLE documents; --",
    f"${{{CANARY}}} {{{{constructor.constructor('{CANARY}')()}}}}",
    f"{RTL}gnp.exe \u2066txt\u2069\u200f",
    f"*/;{CANARY};/*\u2028{CANARY}\u2029//",
    f"]]>--><script>{CANARY}</script><!--",
    "__proto__",
    "=cmd|'/c calc'!A1",
)
EVERYWHERE = (
    "return [...document.querySelectorAll('main *, #tip *, head *, header *, footer *')].filter(node =>"
    " (['IFRAME','OBJECT','EMBED','IMG','BASE','FORM'].includes(node.tagName) && !node.matches('form.filters')) ||"
    " [...node.attributes].some(a => a.name.startsWith('on') || /^\\s*(javascript|data|vbscript):/i.test(a.value) &&"
    " ['href','src','xlink:href','action'].includes(a.name) && node.rel !== 'icon')).map(node => node.outerHTML.slice(0, 200))"
)
WATCH = (
    "window.forbidden = [];"
    "document.addEventListener('securitypolicyviolation', e => forbidden.push(e.effectiveDirective + ' ' + e.blockedURI));"
)


def _poison() -> Any:
    """A change for `build` that puts a payload into every text that is free to say anything."""
    payloads = cycle(PAYLOADS)

    def change(field: Field, value: Any) -> Any:
        if field.values or field.pattern or value is None or field.name.endswith(("_id", "_code")) or field.name == "code":
            return value
        if isinstance(value, list) and value and isinstance(value[0], str):
            return [next(payloads) for _ in value]
        if not isinstance(value, str):
            return value
        return f"{value}\n{chr(10).join(PAYLOADS)}" if field.name in {"text", "before", "context"} else next(payloads)

    return change


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile <b onload=x>")
    build(folder, documents=len(PAYLOADS), change=_poison())
    build_report(folder)
    return folder


def _ids(browser: Browser) -> list[str]:
    return browser.run("return X.load('documents').then(index => index.doc_id)")  # type: ignore[no-any-return]


def _nothing_ran(browser: Browser) -> None:
    assert browser.run("return window.ran ?? 0") == 0
    assert browser.run(EVERYWHERE) == []
    assert browser.problems() == []


@pytest.mark.parametrize("route", ["", "documents", "figures", "entities", f"entities/{0:016x}", "counties", "checks"])
def test_nothing_runs_in_any_view(browser: Browser, hostile: Path, route: str) -> None:
    browser.open(hostile, route)
    assert browser.count(".notice") == 0
    _nothing_ran(browser)


def test_nothing_runs_in_a_document_nor_in_what_is_said_of_its_marks(browser: Browser, hostile: Path) -> None:
    browser.open(hostile)
    for doc_id in _ids(browser)[:4]:
        browser.open(hostile, f"document/{doc_id}")
        browser.run(
            "for (const mark of document.querySelectorAll('.mark')) {"
            " mark.focus(); X.showTip(mark); X.pair(mark, mark.closest('.text')); }"
        )
        assert browser.count(".mark") > 20
        assert PAYLOADS[0] in browser.run("return document.querySelector('.pane.after .text').textContent")
        assert RTL not in browser.run("return document.body.textContent")
        _nothing_ran(browser)


def test_nothing_runs_in_the_chart(browser: Browser, hostile: Path) -> None:
    pytest.importorskip("plotly", reason="plotly (charts) is not installed")
    browser.open(hostile, "figures")
    browser.click("[data-view=chart]")
    browser.wait("document.querySelector('.plot .point')")
    browser.run("Plotly.Fx.hover(document.querySelector('.plot'), [{curveNumber: 0, pointNumber: 0}])")
    browser.wait("document.querySelector('.hoverlayer text')")
    assert browser.run("return window.ran ?? 0") == 0
    assert browser.run(EVERYWHERE) == []
    # The one thing the policy takes from Plotly is the style sheet of its street maps, which are not used here.
    assert all("plotly.min.js" in problem and "inline style" in problem for problem in browser.problems())


def test_what_a_reader_types_does_not_run(browser: Browser, hostile: Path) -> None:
    for view in ("documents", "figures", "entities"):
        browser.open(hostile, view)
        for payload in PAYLOADS[:3]:
            browser.run(f"document.querySelector('[name=q]').value = {payload!r}")
            browser.press("[name=q]", " ")
        browser.wait("location.hash.includes('q=')")
        browser.driver.refresh()
        browser.wait("document.body.dataset.ready !== undefined")
        _nothing_ran(browser)
    browser.open(hostile, "document/%3Cimg%20src=x%20onerror=window.ran=1%3E")
    assert browser.run("return window.ran ?? 0") == 0


def test_policy_forbids_what_is_not_the_page(browser: Browser, hostile: Path) -> None:
    """Even if markup got into the page, the browser would not obey it."""
    browser.open(hostile)
    browser.run(WATCH)
    browser.run(
        'document.body.insertAdjacentHTML(\'beforeend\', \'<b onclick="window.ran=1" id=trap style="color:red">x</b>'
        '<iframe src="data:text/html,x"></iframe>\');'
        "document.getElementById('trap').click();"
        "const s = document.createElement('script'); s.textContent = 'window.ran=1'; document.body.append(s);"
        "const link = document.createElement('a'); link.href = 'javascript:window.ran=1';"
        "document.body.append(link); link.click();"
    )
    assert browser.run("return fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')") == "refused"
    browser.wait("forbidden.length >= 5")
    assert browser.run("return window.ran ?? 0") == 0
    kinds = {entry.split()[0] for entry in browser.run("return forbidden")}
    assert {"script-src-attr", "script-src-elem", "frame-src", "connect-src", "style-src-attr"} <= kinds
    browser.problems()

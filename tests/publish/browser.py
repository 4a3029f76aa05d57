"""A release's page in a browser, for the tests that look at it as its readers do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


class Browser:
    """A headless Chromium without a network."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, release: Path, route: str = "", language: str = "en") -> None:
        """Open the page anew at a route and wait until it is drawn."""
        page = (release / "report" / "index.html").as_uri()
        self.driver.get(page)
        self.run(f"localStorage.setItem('xianqing-language', '{language}')")
        self.driver.get(f"{page}#/{route}")
        self.problems()  # those of the page before
        self.driver.refresh()
        self.wait("document.body.dataset.ready !== undefined")

    def wait(self, condition: str) -> None:
        """Wait until a JavaScript expression is true."""
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, 20).until(lambda _: self.run(f"return Boolean({condition})"))

    def run(self, script: str) -> Any:
        return self.driver.execute_script(script)

    def text(self, selector: str) -> str:
        return self.run(f"return document.querySelector({json.dumps(selector)})?.innerText ?? ''")

    def count(self, selector: str) -> int:
        return self.run(f"return document.querySelectorAll({json.dumps(selector)}).length")

    def press(self, selector: str, keys: str) -> None:
        self.driver.find_element("css selector", selector).send_keys(keys)

    def click(self, selector: str) -> None:
        self.driver.find_element("css selector", selector).click()

    def problems(self) -> list[str]:
        """What the browser's console complained about since the page was opened or it was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] != "INFO"]

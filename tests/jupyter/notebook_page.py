"""A browser page that shows a notebook in JupyterLab."""
import os
import re

import checkout

CHROMIUM = os.environ.get("NEUROBOOK_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PICTURES = checkout.TARGET / "browser"
# Milliseconds between two looks at a page that waits for a kernel. Without it Chromium draws the page anew for each look, and the kernel gets less of the
# processor.
SELDOM = 250


class NotebookPage:
    """The page, and the address of JupyterLab with its token."""

    def __init__(self, page, address, pictures=PICTURES):
        """Screenshots go to the folder of `pictures`."""
        self.page, self.address, self.pictures = page, address, pictures
        self.complaints = []
        page.on("console", lambda message: message.type == "error" and self.complaints.append(f"{message.text} {message.location}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open_in_workspace(self, workspace, notebook):
        """Opens a notebook of the learner's own; the common workspace would bring back another one, whose kernel is idle already."""
        self.page.goto(re.sub(r"/lab/tree/[^/]+\.ipynb", f"/lab/workspaces/{workspace}/tree/{notebook}", self.address))
        self.cell(0).wait_for()
        self.page.get_by_text("Rust | Idle").wait_for(timeout=600_000)

    def all_cells(self):
        """The cells of the notebook, as the page holds them."""
        return self.page.locator(".jp-Notebook .jp-Cell")

    def cell(self, index):
        """One of them."""
        return self.all_cells().nth(index)

    def menu(self, *items):
        """Chooses an item of a menu, by way of its submenus."""
        self.page.locator(".lm-MenuBar-item", has_text=items[0]).first.click()
        for item in items[1:]:
            self.page.locator(".lm-Menu-item:visible", has_text=item).first.click()

    def dress(self, theme):
        """Chooses the theme, `Light` or `Dark`."""
        self.menu("Settings", "Theme", f"JupyterLab {theme}")
        self.page.locator(f'body[data-jp-theme-light="{str(theme == "Light").lower()}"]').wait_for(state="attached")

    def picture(self, name, at=None, above=90):
        """Takes a screenshot, with `at` shown `above` pixels below the notebook's upper edge."""
        if at:
            at.evaluate("element => element.scrollIntoView()")
            self.page.locator(".jp-WindowedPanel-outer").first.evaluate(f"panel => panel.scrollBy(0, -{above})")
            self.page.wait_for_timeout(300)
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.pictures / f"{name}.png")

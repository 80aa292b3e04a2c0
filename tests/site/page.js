// What a page is asked by tests/site/site.py. Each function is evaluated in the page.
({
  // Every text that does not stand out from its ground: its ratio, its words, its place.
  faint(least) {
    const channels = (color) => {
      const numbers = color.match(/[\d.]+(e-?\d+)?/g).map(Number);
      const scale = color.startsWith("color(") ? 255 : 1;
      return [...numbers.slice(0, 3).map((value) => value * scale), numbers[3] ?? 1];
    };
    const over = ([r, g, b, a], ground) => [r, g, b].map((value, k) => value * a + ground[k] * (1 - a));
    const light = (rgb) => {
      const [r, g, b] = rgb.map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratio = (one, other) => {
      const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
      return (bright + 0.05) / (dark + 0.05);
    };
    const ancestors = (element) => (element ? [element, ...ancestors(element.parentElement)] : []);
    const ground = (element) => ancestors(element).reverse()
      .map((each) => channels(getComputedStyle(each).backgroundColor))
      .reduce((below, color) => over(color, below), [255, 255, 255]);
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let count = 0;
    while (texts.nextNode()) {
      const text = texts.currentNode;
      const element = text.parentElement;
      if (!text.data.trim() || element.closest("script, style, title, desc, annotation, [hidden]") || !element.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      if (!range.getClientRects().length) continue;
      count += 1;
      const style = getComputedStyle(element);
      const color = channels(element.closest("svg") ? style.fill : style.color);
      const opacity = ancestors(element).reduce((all, each) => all * Number(getComputedStyle(each).opacity), 1);
      if (element.closest("svg")) color[3] *= Number(style.fillOpacity);
      color[3] *= opacity;
      const behind = ground(element);
      const contrast = ratio(over(color, behind), behind);
      if (contrast < least) found.push(contrast.toFixed(2) + " " + text.data.trim().slice(0, 40) + " <" + element.localName + " class=" + element.getAttribute("class") + ">");
    }
    return { count, found };
  },

  links() {
    return Array.from(document.querySelectorAll("a[href]"), (link) => link.getAttribute("href"));
  },

  ids() {
    return Array.from(document.querySelectorAll("[id]"), (element) => element.id);
  },

  // What is wrong with the page's outline, in words.
  outline() {
    const problems = [];
    const count = (selector) => document.querySelectorAll(selector).length;
    for (const [selector, wanted] of [["main", 1], ["body > header", 1], ["body > footer", 1], ["html[lang=en]", 1], ["meta[name=description]", 1], ["nav:not([aria-label])", 0]]) {
      if (count(selector) !== wanted) problems.push(count(selector) + " of " + selector);
    }
    if (document.querySelector("main :is(h1, h2, h3)")?.localName !== "h1") problems.push("the first heading is no title");
    let before = 0;
    for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      // A model answer is written as its own small document.
      if (heading.closest("details")) continue;
      const level = Number(heading.localName[1]);
      // A chapter in parts has a heading of the first level for each.
      if (level > before + 1) problems.push("h" + before + " is followed by h" + level + ": " + heading.textContent);
      before = level;
    }
    for (const picture of document.querySelectorAll("svg[role=img]")) {
      const words = ["title", "desc"].map((name) => picture.querySelector(name)?.textContent.trim() ?? "");
      if (!words.join("")) problems.push("a figure without words");
    }
    for (const picture of document.querySelectorAll("svg:not([role=img]), img:not([alt])")) problems.push("a picture without words: " + picture.outerHTML.slice(0, 80));
    for (const control of document.querySelectorAll("button, input, summary, a[href]:not([aria-hidden])")) {
      const name = control.getAttribute("aria-label") || control.textContent.trim() || control.closest("label")?.textContent.trim();
      if (!name) problems.push("a control without a name: " + control.outerHTML.slice(0, 80));
    }
    return problems;
  },

  // What is wider than the page.
  wide() {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const scrolls = (element) => element && (["auto", "scroll", "hidden"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return Array.from(document.querySelectorAll("body *"))
      .filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element.parentElement))
      .map((element) => element.localName + "." + element.getAttribute("class") + " " + element.textContent.slice(0, 40));
  },

  // How many letters a full line of prose has, on average.
  measure() {
    const pen = document.createElement("canvas").getContext("2d");
    const paragraphs = Array.from(document.querySelectorAll("main > .prose > p")).filter((paragraph) => paragraph.textContent.length > 100 && !paragraph.querySelector("math, code"));
    const text = paragraphs.map((paragraph) => paragraph.textContent).join(" ");
    if (!text) return null;
    pen.font = getComputedStyle(paragraphs[0]).font;
    return paragraphs[0].getBoundingClientRect().width / (pen.measureText(text).width / text.length);
  },

  // How the focus shows: of the element that has it.
  focus() {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    return { name: element.localName, id: element.id, shown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 };
  },

  unfold() {
    for (const details of document.querySelectorAll("main details")) details.open = true;
  },
})

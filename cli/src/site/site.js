// Light and dark, the contents, the search. The pages can be read without.
"use strict";

const root = document.documentElement;
const byId = (id) => document.getElementById(id);

// Light or dark: as the system, unless the reader wants the other one, which is remembered.
{
  const button = byId("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const show = () => button.setAttribute("aria-pressed", isDark());
  button.addEventListener("click", () => {
    const wanted = isDark() ? "light" : "dark";
    root.dataset.theme = (wanted === "dark") === system.matches ? "" : wanted;
    try {
      if (root.dataset.theme) localStorage.setItem("neurobook-theme", root.dataset.theme);
      else localStorage.removeItem("neurobook-theme");
    } catch {
      // Where nothing may be stored, the choice holds for this page.
    }
    show();
  });
  system.addEventListener("change", show);
  button.hidden = false;
  show();
}

// The contents: unfolded where there is room, with the heading that the reader is at.
{
  const room = matchMedia("(min-width: 66rem)");
  const unfold = () => { byId("contents").open = room.matches; };
  room.addEventListener("change", unfold);
  unfold();

  const links = new Map(Array.from(document.querySelectorAll(".headings a"), (link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = Array.from(document.querySelectorAll("main :is(h1, h2, h3)[id]")).filter((heading) => links.has(heading.id));
  let current = null;
  let waiting = false;
  const follow = () => {
    waiting = false;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 120);
    const link = passed.length ? links.get(passed[passed.length - 1].id) : null;
    if (link === current) return;
    if (current) current.removeAttribute("aria-current");
    current = link;
    if (!link) return;
    link.setAttribute("aria-current", "location");
    const list = link.closest("nav");
    const [inside, around] = [link.getBoundingClientRect(), list.getBoundingClientRect()];
    if (inside.top < around.top || inside.bottom > around.bottom) list.scrollTop += inside.top - around.top - around.height / 2;
  };
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(follow);
  }, { passive: true });
  follow();
}

// What scrolls by itself can be scrolled by keyboard. A wide figure does not shrink until nobody can read it.
{
  for (const picture of document.querySelectorAll(".outputs svg")) {
    const width = Number(picture.getAttribute("width"));
    const least = Math.max(Math.min(width * 0.6, 560), width * 0.5);
    // What a slider draws takes the place of the picture: there the frame around it keeps the width.
    if (least) (picture.closest(".neurobook-picture") ?? picture).style.setProperty("--least", least + "px");
  }
  const boxes = document.querySelectorAll("main pre, main .scroll, main .formula, main .outputs");
  const reach = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const box of boxes) reach.observe(box);
}

// On paper nothing can be unfolded.
{
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = Array.from(document.querySelectorAll("main details:not([open])"));
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });
}

// The search. Its index is a script that is loaded when it is first wanted.
{
  const dialog = byId("search");
  const [input, status, list] = ["input", "p", "ol"].map((name) => dialog.querySelector(name));
  const button = byId("open-search");
  let index = null;

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  window.neurobookSearch = ({ pages, sections }) => {
    index = sections.map(([page, anchor, title, words]) => {
      const [file, name] = pages[page];
      return { address: anchor ? file + "#" + anchor : file, name, title: title || name, words, plainTitle: plain(title || name), plainWords: plain(words) };
    });
    find();
  };

  function open() {
    if (dialog.open) return;
    if (!index) {
      status.textContent = "Loading …";
      const script = document.createElement("script");
      script.src = "search.js";
      script.addEventListener("error", () => { status.textContent = "The index of the search, search.js, cannot be loaded: is it beside this page?"; });
      document.head.append(script);
    }
    dialog.showModal();
    input.select();
  }

  // How well a section fits: every word must be in it; a word in its heading or at the beginning of a word counts more.
  function fit(section, wanted) {
    let score = 0;
    for (const word of wanted) {
      const inTitle = section.plainTitle.includes(word);
      const at = section.plainWords.indexOf(word);
      if (!inTitle && at < 0) return 0;
      const begins = at === 0 || (at > 0 && !/[\p{L}\p{N}]/u.test(section.plainWords[at - 1]));
      score += (inTitle ? 10 : 0) + (begins ? 3 : 0) + 1 + Math.min(section.plainWords.split(word).length - 1, 5) / 5;
    }
    return score;
  }

  function find() {
    const wanted = plain(input.value).split(/\s+/).filter(Boolean);
    if (!index || !wanted.length) {
      status.textContent = "";
      list.replaceChildren();
      return;
    }
    const found = index.map((section) => ({ section, score: fit(section, wanted) })).filter((each) => each.score > 0);
    found.sort((one, other) => other.score - one.score);
    status.textContent = found.length === 0 ? "Nothing found. Fewer or shorter words find more." : found.length === 1 ? "1 place" : found.length + " places";
    list.replaceChildren(...found.slice(0, 30).map(({ section }) => entry(section, wanted)));
  }

  function entry(section, wanted) {
    const link = document.createElement("a");
    link.href = section.address;
    const [title, where, context] = ["b", "small", "span"].map((name) => document.createElement(name));
    title.append(...marked(section.title, wanted));
    where.textContent = section.title === section.name ? "" : " " + section.name;
    context.append(...marked(excerpt(section, wanted), wanted));
    link.append(title, where, document.createElement("br"), context);
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  // The words around the first hit.
  function excerpt({ words, plainWords }, wanted) {
    const hits = wanted.map((word) => plainWords.indexOf(word)).filter((at) => at >= 0);
    const at = hits.length ? Math.min(...hits) : 0;
    const from = at < 60 ? 0 : words.indexOf(" ", at - 60) + 1;
    const to = from + 160 >= words.length ? words.length : words.lastIndexOf(" ", from + 160);
    return (from > 0 ? "… " : "") + words.slice(from, to) + (to < words.length ? " …" : "");
  }

  function marked(text, wanted) {
    const comparable = plain(text);
    // Letters that lose more than their accent would shift the marks.
    if (comparable.length !== text.length) return [text];
    const pieces = [];
    let done = 0;
    while (done < text.length) {
      const next = wanted.map((word) => ({ at: comparable.indexOf(word, done), length: word.length })).filter(({ at }) => at >= 0)
        .sort((one, other) => one.at - other.at || other.length - one.length)[0];
      if (!next) break;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(next.at, next.at + next.length);
      pieces.push(text.slice(done, next.at), mark);
      done = next.at + next.length;
    }
    return [...pieces, text.slice(done)];
  }

  input.addEventListener("input", find);
  button.addEventListener("click", open);
  // Enter in the words goes to the first place; the arrows walk through all.
  dialog.addEventListener("keydown", (event) => {
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (event.key === "Escape") {
      // Without this, the first one would empty the words only.
      event.preventDefault();
      dialog.close();
    } else if (event.key === "Enter" && at === 0) {
      event.preventDefault();
      if (stops[1]) stops[1].click();
    } else if (at >= 0 && to !== undefined && stops[to]) {
      event.preventDefault();
      stops[to].focus();
    }
  });
  list.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]") && event.target.type !== "range";
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  button.hidden = false;
}

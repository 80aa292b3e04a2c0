// The search, the light or dark page, and folds that open for the printer.
(() => {
  "use strict";
  const root = document.documentElement;

  const button = document.getElementById("theme");
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const tell = () => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("neurobook-theme", root.dataset.theme); } catch { /* Where nothing may be stored, the choice lasts for this page. */ }
    tell();
  });
  tell();

  const contents = document.querySelector(".contents details");
  if (contents && matchMedia("(max-width: 70rem)").matches) contents.open = false;

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open])")];
    folded.forEach(details => { details.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach(details => { details.open = false; }));

  const input = document.getElementById("search"), found = document.getElementById("found");
  const entries = (window.neurobookIndex || []).map(([file, page, id, title, words]) =>
    ({ file, page, id, title, words, low: `${title} ${page} ${words}`.toLowerCase() }));

  const excerpt = (entry, word) => {
    const at = Math.max(0, entry.words.toLowerCase().indexOf(word) - 40);
    const start = at ? entry.words.indexOf(" ", at) + 1 : 0;
    return (start ? "… " : "") + entry.words.slice(start, start + 110) + (entry.words.length > start + 110 ? " …" : "");
  };
  const marked = (text, words) => {
    const line = document.createElement("span");
    const low = text.toLowerCase();
    let done = 0;
    while (done < text.length) {
      const hits = words.map(word => [low.indexOf(word, done), word.length]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0]);
      if (!hits.length) break;
      const [at, length] = hits[0];
      line.append(text.slice(done, at), Object.assign(document.createElement("mark"), { textContent: text.slice(at, at + length) }));
      done = at + length;
    }
    line.append(text.slice(done));
    return line;
  };
  const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    found.replaceChildren();
    found.hidden = !words.length;
    if (!words.length) return;
    const weight = entry => words.reduce((sum, word) => sum + (entry.title.toLowerCase().includes(word) ? 4 : 0) + (entry.page.toLowerCase().includes(word) ? 1 : 0), 0);
    const hits = entries.filter(entry => words.every(word => entry.low.includes(word)))
      .map((entry, order) => [weight(entry), order, entry]).sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, 12);
    for (const [, , entry] of hits) {
      const link = Object.assign(document.createElement("a"), { href: `${entry.file}#${entry.id}` });
      const title = marked(entry.title, words), where = document.createElement("small");
      where.textContent = entry.page;
      const text = marked(excerpt(entry, words.find(word => entry.words.toLowerCase().includes(word)) || ""), words);
      text.className = "words";
      link.append(title, where, text);
      found.append(link);
    }
    if (!hits.length) found.append(Object.assign(document.createElement("p"), { textContent: "Nothing found. Try one word less." }));
  };
  input.addEventListener("input", search);
  input.addEventListener("focus", search);
  const close = () => { found.hidden = true; };
  addEventListener("keydown", event => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); input.focus(); input.select(); }
    if (event.key === "Escape" && !found.hidden) { close(); input.focus(); found.hidden = true; }
    const links = [...found.querySelectorAll("a")], at = links.indexOf(document.activeElement);
    if (!found.hidden && links.length && (document.activeElement === input || at >= 0)) {
      if (event.key === "ArrowDown") { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
      if (event.key === "ArrowUp") { event.preventDefault(); (at > 0 ? links[at - 1] : input).focus(); }
      if (event.key === "Enter" && document.activeElement === input) { event.preventDefault(); location.href = links[0].href; close(); }
    }
  });
  document.addEventListener("click", event => { if (!event.target.closest("search")) close(); });
  found.addEventListener("click", event => { if (event.target.closest("a")) close(); });
})();

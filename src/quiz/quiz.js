(function (inline, read) {
  "use strict";
  // JupyterLab and pages run the script in its place; VS Code runs a copy of it at the end of the cell's output.
  const here = document.currentScript;
  const root =
    (here && here.closest(".neurobook-quiz")) ||
    ((here && here.parentElement) || document).querySelector(".neurobook-quiz:not([data-live])");
  if (!root || root.dataset.live) return;
  root.dataset.live = "true";
  // JupyterLab has a shortcut on many a letter.
  root.dataset.lmSuppressShortcuts = "true";
  window.neurobookQuizzes = (window.neurobookQuizzes || 0) + 1;
  const quiz = "neurobook-quiz-" + window.neurobookQuizzes;

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  root.querySelectorAll("img").forEach(inline);
  const questions = Array.from(root.querySelectorAll(".neurobook-question"), (section, index) => begin(section, index));
  const total = make("p", { class: "neurobook-total", role: "status" });
  const again = make("button", { type: "button" }, "Start again");
  again.addEventListener("click", () => {
    for (const question of questions) question.reset();
    report();
    const first = root.querySelector("input");
    if (first) first.focus();
  });
  root.append(total, again);
  root.querySelector(".neurobook-quiz-still").hidden = true;
  report();

  function report() {
    const count = (what) => questions.filter((question) => question[what]).length;
    const [right, first] = [count("right"), count("first")];
    total.textContent = right === 0
      ? questions.length + " questions. They give no marks: try, and read what comes back."
      : right + " of " + questions.length + " right, " + first + " of them at once.";
  }

  function begin(section, index) {
    const asked = section.querySelector(".neurobook-asked");
    const details = section.querySelector("details");
    const said = make("div", { class: "neurobook-said", role: "status" });
    const button = make("button", { type: "button" }, "Check");
    const state = { right: false, first: false, tries: 0, reset };
    const form = section.dataset.kind === "choice" ? choices() : written();
    details.querySelector("summary").textContent = "Show the answer";
    details.before(button, said);
    button.addEventListener("click", check);
    form.addEventListener("keydown", (event) => {
      // Enter checks; no key but Escape is the notebook's business here.
      if (event.key !== "Escape") event.stopPropagation();
      if (event.key === "Enter") {
        event.preventDefault();
        check();
      }
    });

    function choices() {
      const list = section.querySelector(".neurobook-choices");
      const name = quiz + "-" + index;
      const legend = make("legend", {});
      legend.append(...asked.cloneNode(true).childNodes);
      const labels = Array.from(list.children, (item, choice) => {
        const input = make("input", { type: "radio", name, value: choice, autocomplete: "off" });
        const words = make("span", {});
        words.append(...item.cloneNode(true).childNodes);
        return make("label", { class: "neurobook-choice" }, input, words);
      });
      const form = make("fieldset", {}, legend);
      const picture = section.querySelector("svg, img");
      if (picture) form.append(picture);
      form.append(...labels);
      asked.hidden = list.hidden = true;
      list.before(form);
      return form;
    }

    function written() {
      const words = asked.textContent + (section.dataset.unit ? ", in " + section.dataset.unit : "");
      const mode = section.dataset.kind === "number" ? "decimal" : "text";
      const input = make("input", { type: "text", inputmode: mode, autocomplete: "off", spellcheck: "false", "aria-label": words });
      const form = make("p", {}, input);
      if (section.dataset.unit) form.append("\u00a0" + section.dataset.unit);
      details.before(form);
      return form;
    }

    function reset() {
      Object.assign(state, { right: false, first: false, tries: 0 });
      for (const input of form.querySelectorAll("input")) {
        input.checked = false;
        if (input.type === "text") input.value = "";
      }
      details.open = false;
      delete said.dataset.said;
      said.replaceChildren();
    }

    function say(kind, lead, feedback) {
      said.dataset.said = kind;
      said.replaceChildren(make("b", {}, lead));
      if (!feedback) return;
      said.append(" ");
      if (typeof feedback === "string") said.append(feedback);
      else said.append(...feedback.cloneNode(true).childNodes);
    }

    function check() {
      const judge = { choice: judgeChoice, number: judgeNumber, text: judgeText }[section.dataset.kind];
      const { kind, lead, feedback } = judge();
      say(kind, lead, feedback);
      if (kind === "ask") return;
      state.tries += state.right ? 0 : 1;
      if (kind === "right" && !state.right) {
        state.right = true;
        state.first = state.tries === 1;
      }
      report();
    }

    function right(lead) {
      return { kind: "right", lead, feedback: details.querySelector("[data-right] span") };
    }

    function wrong(feedback) {
      return { kind: "wrong", lead: "✗ Not yet.", feedback };
    }

    function expected(matches) {
      const item = Array.from(details.querySelectorAll("[data-answer]")).find((item) => matches(item.dataset.answer));
      return item && wrong(item.querySelector("span"));
    }

    function judgeChoice() {
      const chosen = form.querySelector("input:checked");
      if (!chosen) return { kind: "ask", lead: "Choose one answer first." };
      const item = details.querySelectorAll("li")[chosen.value];
      return item.dataset.right ? right("✓ Right.") : wrong(item.querySelector("span"));
    }

    function judgeNumber() {
      const typed = form.querySelector("input").value.trim();
      if (typed === "") return { kind: "ask", lead: "Type a number first." };
      const { value: answer, ask } = read(typed, section.dataset.unit);
      if (ask) return { kind: "ask", lead: "This cannot be judged yet.", feedback: ask };
      const value = Number(section.dataset.value);
      const tolerance = Number(section.dataset.tolerance) + 1e-12 * Math.abs(value);
      const near = (other) => Math.abs(answer - other) <= tolerance;
      if (near(value)) return right("✓ Right.");
      const known = expected((other) => near(Number(other)));
      if (known) return known;
      if (value !== 0 && near(-value)) return wrong("The size is right, the sign is not.");
      if (value !== 0 && [1000, 0.001].some((factor) => Math.abs(answer * factor - value) <= tolerance)) {
        return wrong("It is a thousand times off: look at the units.");
      }
      return wrong(answer > value ? "The answer is smaller." : "The answer is larger.");
    }

    function judgeText() {
      const typed = plainWords(form.querySelector("input").value);
      if (typed === "") return { kind: "ask", lead: "Type a word or two first." };
      const accepted = section.dataset.accepted.split("|");
      const same = (words) => plainWords(words) === typed;
      if (accepted.some(same)) return right("✓ Right.");
      const known = expected((words) => words.split("|").some(same));
      if (known) return known;
      const meant = accepted.find((words) => slips(plainWords(words), typed) <= (typed.length > 7 ? 2 : typed.length > 4 ? 1 : 0));
      if (meant) return right("✓ Right; it is spelt “" + meant + "”.");
      return wrong("Another word is meant. Read the question once more, or show the answer.");
    }
    return state;
  }

  // Without capitals, articles, hyphens and a plural's s.
  function plainWords(words) {
    return words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim()
      .split(" ")
      .filter((word) => !["a", "an", "the"].includes(word))
      .map((word) => (word.length > 3 ? word.replace(/([^s])s$/, "$1") : word))
      .join(" ");
  }

  // Levenshtein's distance.
  function slips(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, k) => k);
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let k = 1; k <= other.length; k++) {
        next[k] = Math.min(row[k] + 1, next[k - 1] + 1, row[k - 1] + (one[i - 1] === other[k - 1] ? 0 : 1));
      }
      row = next;
    }
    return row[other.length];
  }
})

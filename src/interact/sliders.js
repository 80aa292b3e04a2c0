(function (packed, rows, inline) {
  "use strict";
  // JupyterLab and pages run the script in its place; VS Code runs a copy of it at the end of the cell's output.
  const here = document.currentScript;
  const root =
    (here && here.closest(".neurobook-sliders")) ||
    ((here && here.parentElement) || document).querySelector(".neurobook-sliders:not([data-live])");
  if (!root || typeof DecompressionStream === "undefined") return;
  root.dataset.live = "true";
  const still = root.querySelector(".neurobook-still");
  const picture = root.querySelector(".neurobook-picture");
  picture.querySelectorAll("img").forEach(inline);
  const controls = document.createElement("div");
  controls.className = "neurobook-controls";
  controls.dataset.lmSuppressShortcuts = "true";
  controls.hidden = true;
  controls.innerHTML = rows;
  still.before(controls);
  const sliders = Array.from(controls.querySelectorAll("input"), (input) => ({
    input,
    output: input.nextElementSibling,
    values: input.dataset.values.split("|"),
  }));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  new Response(inflated).arrayBuffer().then((buffer) => begin(new Uint8Array(buffer)));

  function begin(stream) {
    let at = 0;
    function number() {
      let value = 0;
      let scale = 1;
      for (;;) {
        const byte = stream[at++];
        value += (byte & 127) * scale;
        if (byte < 128) return value;
        scale *= 128;
      }
    }
    function signed() {
      const folded = number();
      return folded % 2 ? -(folded + 1) / 2 : folded / 2;
    }

    const text = new TextDecoder();
    const words = Array.from({ length: number() }, () => {
      const length = number();
      at += length;
      return text.decode(stream.subarray(at - length, at));
    });
    const lengths = Array.from({ length: number() }, number);
    const starts = [at];
    for (const length of lengths) starts.push(starts[starts.length - 1] + length);

    function path() {
      let runs = number();
      let d = "";
      while (runs--) {
        const across = Array.from({ length: number() }, signed);
        const down = across.map(signed);
        across.forEach((x, k) => {
          const y = down[k];
          d += (k === 0 ? "m" : k === 1 ? "l" : x < 0 ? "" : " ") + x + (y < 0 ? "" : " ") + y;
        });
        if (across.length === 1) d += "h0";
      }
      return d;
    }

    // The heights of every phase: the rests added up, once or twice, and the neighbour's heights.
    at = starts[starts.length - 1];
    const grain = number();
    const curves = [];
    for (let left = number(); left > 0; left--) {
      const curve = { left: signed(), right: signed(), bottom: signed(), top: signed() };
      const heights = new Int32Array(number());
      const back = number();
      const order = number();
      const other = back ? curves[curves.length - back].heights : null;
      let height = 0;
      let slope = 0;
      for (let k = 0; k < heights.length; k++) {
        slope = order === 1 ? signed() : slope + signed();
        height += slope;
        heights[k] = height + (other ? other[k] : 0);
      }
      curve.heights = heights;
      curves.push(curve);
    }

    function rounded(over, under) {
      return under < 0 ? rounded(-over, -under) : Math.floor((2 * over + under) / (2 * (under || 1)));
    }
    function phase({ left, right, bottom, top, heights }) {
      const turn = Math.floor((bottom - top) / grain);
      let d = "";
      let [from, to, place] = [0, 0, 0];
      function point(x, y) {
        const [across, down] = [x - from, y - to];
        d += (place === 0 ? "m" : place === 1 ? "l" : across < 0 ? "" : " ") + across + (down < 0 ? "" : " ") + down;
        [from, to, place] = [x, y, place + 1];
      }
      let [before, levelBefore, xBefore] = [0, 0, 0];
      heights.forEach((height, k) => {
        const x = left + rounded((right - left) * k, heights.length - 1);
        const level = Math.floor(height / turn);
        if (k > 0 && level !== levelBefore) {
          const edge = turn * Math.max(level, levelBefore);
          const crossing = xBefore + rounded((x - xBefore) * (edge - before), height - before);
          point(crossing, level > levelBefore ? top : bottom);
          place = 0;
          point(crossing, level > levelBefore ? bottom : top);
        }
        point(x, bottom - rounded((height - level * turn) * (bottom - top), turn));
        [before, levelBefore, xBefore] = [height, level, x];
      });
      return d;
    }

    function svg(position) {
      let markup = "";
      at = starts[position];
      while (at < starts[position + 1]) {
        const piece = number();
        if (piece === 0) markup += path();
        else if (piece === 1) markup += signed();
        else if (piece === 2) markup += phase(curves[number()]);
        else markup += words[piece - 3];
      }
      return markup;
    }

    let shown = -1;
    let waiting = false;
    function render() {
      waiting = false;
      let position = 0;
      for (const { input, output, values } of sliders) {
        position = position * values.length + Number(input.value);
        output.textContent = values[input.value];
        input.setAttribute("aria-valuetext", values[input.value]);
      }
      if (position === shown) return;
      shown = position;
      picture.innerHTML = svg(position);
    }
    // A film: the clock says which position is due, so that a slow page leaves pictures out and keeps the pace.
    function film({ input, output, values }, button) {
      const last = values.length - 1;
      const pace = Number(input.dataset.framesPerSecond);
      let [playing, began, from, due] = [false, 0, 0, 0];
      function say() {
        button.textContent = playing ? "❚❚ Pause" : "▶ Play";
        button.setAttribute("aria-label", (playing ? "Pause " : "Play ") + button.dataset.name);
        // A screen reader is not to read thirty numbers a second.
        output.setAttribute("aria-live", playing ? "off" : "polite");
      }
      function pause() {
        playing = false;
        say();
      }
      function tick(now) {
        if (!playing) return;
        if (!root.isConnected) return pause();
        const seconds = (now - began) / 1000;
        const place = Math.min(last, from + Math.floor(pace * Math.max(0, calm.matches ? Math.floor(seconds) : seconds)));
        if (place !== due) {
          input.value = due = place;
          render();
        }
        if (place === last) return pause();
        requestAnimationFrame(tick);
      }
      function toggle() {
        if (playing) return pause();
        playing = true;
        from = due = Number(input.value) === last ? 0 : Number(input.value);
        input.value = from;
        began = performance.now();
        render();
        say();
        requestAnimationFrame(tick);
      }
      button.addEventListener("click", toggle);
      input.addEventListener("input", pause);
      input.addEventListener("keydown", (event) => {
        if (event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        if (!event.repeat) toggle();
      });
      say();
    }
    for (const slider of sliders) {
      const row = slider.input.parentElement.nextElementSibling;
      if (slider.input.dataset.framesPerSecond) film(slider, row.querySelector("button"));
    }
    controls.addEventListener("input", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(render);
    });
    still.hidden = true;
    controls.hidden = false;
    render();
  }
})

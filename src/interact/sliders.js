(function (packed) {
  "use strict";
  const here = document.currentScript;
  const root = here
    ? here.closest(".neurobook-sliders")
    : document.querySelector(".neurobook-sliders:not([data-live])");
  if (!root || typeof DecompressionStream === "undefined") return;
  root.dataset.live = "true";
  const controls = root.querySelector(".neurobook-controls");
  const picture = root.querySelector(".neurobook-picture");
  const sliders = Array.from(controls.querySelectorAll("input"), (input) => ({
    input,
    output: input.nextElementSibling,
    values: input.dataset.values.split("|"),
  }));

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
        const points = number();
        for (let k = 0; k < points; k++) {
          const x = signed();
          const y = signed();
          d += (k === 0 ? "m" : k === 1 ? "l" : x < 0 ? "" : " ") + x + (y < 0 ? "" : " ") + y;
        }
        if (points === 1) d += "h0";
      }
      return d;
    }

    function svg(position) {
      let markup = "";
      at = starts[position];
      while (at < starts[position + 1]) {
        const piece = number();
        markup += piece === 0 ? path() : piece === 1 ? signed() : words[piece - 2];
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
    controls.addEventListener("input", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(render);
    });
    root.querySelector(".neurobook-still").hidden = true;
    controls.hidden = false;
    render();
  }
})

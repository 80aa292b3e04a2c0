function (text, wantedUnit) {
  // A number as people write it: { value } in the wanted unit, or { ask } where it could mean two things or nothing.
  const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺";
  const FRACTIONS = { "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅛": "1/8" };
  const PREFIXES = { f: 1e-15, p: 1e-12, n: 1e-9, µ: 1e-6, μ: 1e-6, u: 1e-6, m: 1e-3, c: 1e-2, k: 1e3, M: 1e6, G: 1e9 };
  const UNITS = {
    "": [1, ""], "%": [0.01, ""], "°": [Math.PI / 180, "rad"], rad: [1, "rad"], Hz: [1, "1/s"], min: [60, "s"], h: [3600, "s"],
    s: [1, "s"], V: [1, "V"], A: [1, "A"], S: [1, "S"], "Ω": [1, "Ω"], F: [1, "F"], m: [1, "m"], g: [1, "g"], N: [1, "N"],
    J: [1, "J"], W: [1, "W"], K: [1, "K"], mol: [1, "mol"], M: [1, "M"],
  };
  const WITHOUT_PREFIX = ["", "%", "°", "min", "h", "M"];
  const NAMES = {
    second: "s", seconds: "s", sec: "s", secs: "s", millisecond: "ms", milliseconds: "ms", msec: "ms", minutes: "min",
    minute: "min", hours: "h", hour: "h", hertz: "Hz", hz: "Hz", volt: "V", volts: "V", millivolt: "mV", millivolts: "mV",
    percent: "%", degree: "°", degrees: "°", deg: "°", radian: "rad", radians: "rad", ohm: "Ω",
  };

  /// A unit's size and what it measures; null for what is no unit.
  function measure(unit) {
    const plain = unit.trim().replace(/^per\s+/, "1/").replace(/\s+per\s+/, "/").replace(/\s+/g, "");
    const name = NAMES[plain.toLowerCase()] || plain;
    if (Object.hasOwn(UNITS, name)) return UNITS[name];
    const inverse = name.match(/^(.+)\^\(?-1\)?$/);
    if (inverse) return ratio([1, ""], measure(inverse[1]));
    if (name.includes("/")) {
      const [over, ...under] = name.split("/");
      return under.length === 1 ? ratio(measure(over === "1" ? "" : over), measure(under[0])) : null;
    }
    const [prefix, rest] = [PREFIXES[name[0]], name.slice(1)];
    if (!prefix || WITHOUT_PREFIX.includes(rest) || !Object.hasOwn(UNITS, rest)) return null;
    return [prefix * UNITS[rest][0], UNITS[rest][1]];
  }
  function ratio(over, under) {
    if (!over || !under) return null;
    const kind = over[1] === "" && under[1] === "1/s" ? "s" : under[1] === "" ? over[1] : (over[1] || "1") + "/" + under[1];
    return [over[0] / under[0], kind];
  }

  /// A number's digits without what groups them; null where a comma could be either.
  function digits(token) {
    const [dots, commas] = [".", ","].map((mark) => token.split(mark).length - 1);
    if (dots && commas) {
      const decimal = token.lastIndexOf(".") > token.lastIndexOf(",") ? "." : ",";
      const whole = token.slice(0, token.lastIndexOf(decimal));
      const grouped = /^\d{1,3}([.,]\d{3})+$/.test(whole) && !whole.includes(decimal);
      return grouped ? whole.replace(/[.,]/g, "") + "." + token.slice(whole.length + 1) : null;
    }
    if (dots > 1 || commas > 1) return /^\d{1,3}([.,]\d{3})+$/.test(token) ? token.replace(/[.,]/g, "") : null;
    if (commas && /^[1-9]\d{0,2},\d{3}$/.test(token)) return null;
    return token.replace(",", ".");
  }

  let doubtful = "";
  const plain = text
    .replace(new RegExp("[" + RAISED + "]+", "g"), (run) => "^(" + Array.from(run, (sign) => "0123456789-+"[RAISED.indexOf(sign)]).join("") + ")")
    .replace(/[−–—‐‑﹣－]/g, "-")
    .replace(/[½⅓⅔¼¾⅕⅛]/g, (sign) => "(" + FRACTIONS[sign] + ")")
    .replace(/\*\*/g, "^").replace(/[×·⋅∙]/g, "*").replace(/[÷⁄∕]/g, "/")
    .replace(/^[^=≈~]*[=≈~]/, "")
    .replace(/(\d)[\u00a0\u2009\u202f '’_](?=\d{3}(?!\d))/g, "$1")
    .replace(/\d[\d.,]*\d/g, (token) => {
      const known = digits(token);
      if (known === null) doubtful = token;
      return known === null ? token : known;
    })
    .trim();
  if (doubtful) return { ask: "“" + doubtful + "” can be read in two ways. Write it without a comma, and a decimal point if it has one." };

  let rest = plain;
  const take = (pattern) => {
    const found = rest.match(pattern);
    if (found) rest = rest.slice(found[0].length);
    return found && found[0].trim();
  };
  function product() {
    let value = factor();
    while (value !== null) {
      const before = rest;
      const sign = take(/^\s*[*/]\s*/) || take(/^\s*x\s*(?=\d)/) || (/^\s*(π|pi\b)/.test(rest) ? "*" : null);
      const next = sign ? factor() : null;
      if (next === null) {
        rest = before;
        return value;
      }
      value = sign === "/" ? value / next : value * next;
    }
    return null;
  }
  function factor() {
    const sign = take(/^\s*[-+]\s*/) === "-" ? -1 : 1;
    const base = atom();
    if (base === null) return null;
    if (!take(/^\s*\^\s*/)) return sign * base;
    const power = factor();
    return power === null ? null : sign * base ** power;
  }
  function atom() {
    if (take(/^\s*(π|pi\b)/)) return Math.PI;
    if (take(/^\s*(√|sqrt)/)) {
      const under = atom();
      return under === null ? null : Math.sqrt(under);
    }
    if (take(/^\s*\(/)) {
      const inside = product();
      return take(/^\s*\)/) ? inside : null;
    }
    const number = take(/^\s*(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/i);
    return number === null ? null : Number(number);
  }

  const value = product();
  const unit = rest.trim().replace(/\.$/, "").trim();
  if (value === null || !Number.isFinite(value) || /^[-+\d(^*]/.test(unit.replace(/^1\s*\//, ""))) {
    return { ask: "Write it in digits; a fraction, a power such as 10^-6 and π may be in it." };
  }
  if (unit === "" || unit.toLowerCase() === wantedUnit.toLowerCase()) return { value };
  const [given, wanted] = [measure(unit), measure(wantedUnit)];
  if (given && wanted && given[1] === wanted[1]) return { value: (value * given[0]) / wanted[0] };
  return { ask: wantedUnit ? "“" + unit + "” is not a unit of this answer: give it in " + wantedUnit + "." : "Give the number alone: this answer has no unit." };
}

// The calculator of a page: reads its variables, tests the conditions, evaluates the formula.
(function () {
  "use strict";

  var form = document.getElementById("calculator"), formula = window.deepTheoryFormula;
  if (!form || !formula) return;
  var output = document.getElementById("calc-value"), note = document.getElementById("calc-note");
  var command = document.getElementById("calc-command");
  var rows = Array.from(form.querySelectorAll("[data-variable]"));
  var STEPS = 1000;

  function number(text) {
    var parts = text.trim().replace("\u2212", "-").split("/");
    if (!parts.every(function (part) { return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(part); })) return NaN;
    if (parts.length > 2) return NaN;
    return parts.length === 2 ? Number(parts[0]) / Number(parts[1]) : Number(parts[0]);
  }

  function read(row) {
    var data = JSON.parse(row.dataset.variable), text = row.querySelector(".calc-text").value;
    if (data.scale === "entries") {
      var lines = text.split(";").map(function (line) { return line.split(",").map(number); });
      return lines.length > 1 ? lines : lines[0];
    }
    var value = number(text);
    return data.kind === "nat" && !(Number.isInteger(value) && value >= 0) ? NaN : value;
  }

  function wanted(row) {
    var data = JSON.parse(row.dataset.variable);
    if (data.scale === "entries") return "numbers with commas between them, and semicolons between rows";
    return data.kind === "nat" ? "a natural number" : "a number";
  }

  function fromSlider(data, place) {
    var share = place / STEPS, value;
    if (data.scale === "log") value = data.low * Math.pow(data.high / data.low, share);
    else value = data.low + (data.high - data.low) * share;
    return data.kind === "nat" ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
  }

  function toSlider(data, value) {
    var share = data.scale === "log"
      ? Math.log(Math.max(value, data.low) / data.low) / Math.log(data.high / data.low)
      : (value - data.low) / (data.high - data.low);
    return Math.round(STEPS * Math.min(Math.max(share, 0), 1));
  }

  function missing(value) {
    return Array.isArray(value) ? value.some(missing) : value !== value;
  }

  function show() {
    var values = rows.map(read);
    formula.sizes.forEach(function (size) {  // a vector's length settles its size
      var vector = values[size[0]];
      for (var depth = 0; depth < size[1]; depth++) vector = vector && vector[0];
      values[size[2]] = Array.isArray(vector) ? vector.length : NaN;
      rows[size[2]].querySelector(".calc-text").value = values[size[2]];
    });
    command.textContent = rows.map(function (row) {
      return "-a '" + row.dataset.name + "=" + row.querySelector(".calc-text").value.trim() + "'";
    }).join(" ");
    var wrong = rows.filter(function (row, place) { return missing(values[place]); });
    rows.forEach(function (row) {
      row.querySelector(".calc-text").setAttribute("aria-invalid", String(wrong.includes(row)));
    });
    if (wrong.length) {
      return fail(wrong.map(function (row) { return row.dataset.name + " is to be " + wanted(row); }).join("; ") + ".");
    }
    var functions = window.DeepTheoryFunctions;
    var broken = formula.conditions.filter(function (condition) {
      return condition[1](functions, values) !== 1;
    });
    if (broken.length) {
      return fail("The theorem does not apply: " + broken.map(function (c) { return c[0]; }).join(", ") + " fails.");
    }
    var value = formula.value(functions, values);
    if (value !== value) return fail("No value here: outside the formula's domain, or beyond double precision.");
    if (Math.abs(value) === Infinity) return fail("Too large for double precision.");
    output.textContent = String(Number(value.toPrecision(6)));
    note.textContent = "";
  }

  function fail(text) { output.textContent = "\u2013"; note.textContent = text; }

  rows.forEach(function (row) {
    var data = JSON.parse(row.dataset.variable);
    var text = row.querySelector(".calc-text"), slider = row.querySelector("input[type=range]");
    text.addEventListener("input", function () {
      var value = number(text.value);
      if (slider && value === value) slider.value = toSlider(data, value);
      show();
    });
    if (!slider) return;
    slider.addEventListener("input", function () {
      text.value = fromSlider(data, Number(slider.value));
      show();
    });
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.hidden = false;
  show();
})();

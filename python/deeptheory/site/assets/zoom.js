// Graphs that can be zoomed and moved: buttons, the wheel with Ctrl, dragging, arrow keys.
(function () {
  "use strict";

  function equip(box) {
    var svg = box.querySelector("svg"), whole = svg.viewBox.baseVal;
    var full = { x: whole.x, y: whole.y, w: whole.width, h: whole.height };
    var now = Object.assign({}, full), moved = null;

    function draw() { svg.setAttribute("viewBox", [now.x, now.y, now.w, now.h].join(" ")); }

    function zoom(factor, x, y) {
      var w = Math.min(Math.max(now.w * factor, full.w / 12), full.w * 1.5), by = w / now.w;
      now.x = x - (x - now.x) * by;
      now.y = y - (y - now.y) * by;
      now.w = w;
      now.h *= by;
      draw();
    }

    function middle(factor) { zoom(factor, now.x + now.w / 2, now.y + now.h / 2); }

    function at(event) {
      var inverse = svg.getScreenCTM().inverse();
      return new DOMPoint(event.clientX, event.clientY).matrixTransform(inverse);
    }

    function button(text, name, act) {
      var made = document.createElement("button");
      made.type = "button";
      made.className = "plain";
      made.textContent = text;
      made.setAttribute("aria-label", name);
      made.addEventListener("click", act);
      return made;
    }

    var tools = document.createElement("div");
    tools.className = "zoom-tools";
    tools.append(
      button("+", "Zoom in", function () { middle(0.75); }),
      button("\u2212", "Zoom out", function () { middle(1 / 0.75); }),
      button("Whole", "Show the whole graph", function () { now = Object.assign({}, full); draw(); }));
    box.before(tools);
    box.addEventListener("wheel", function (event) {
      if (!event.ctrlKey) return;
      event.preventDefault();
      var point = at(event);
      zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, point.x, point.y);
    }, { passive: false });
    svg.addEventListener("pointerdown", function (event) {
      if (event.button !== 0 || event.pointerType === "touch" || event.target.closest("a")) return;
      moved = at(event);
      svg.setPointerCapture(event.pointerId);
    });
    svg.addEventListener("pointermove", function (event) {
      if (!moved) return;
      var point = at(event);
      now.x -= point.x - moved.x;
      now.y -= point.y - moved.y;
      draw();
    });
    svg.addEventListener("pointerup", function () { moved = null; });
    svg.addEventListener("pointercancel", function () { moved = null; });
    box.addEventListener("keydown", function (event) {
      if (event.key === "+" || event.key === "=") middle(0.75);
      else if (event.key === "-") middle(1 / 0.75);
      else return;
      event.preventDefault();
    });
  }

  document.querySelectorAll(".zoomable").forEach(equip);
})();

// On the map, the lines of the theorem under the pointer or with the focus stand out, with their
// other ends; so do all lines that leave one theorem where the pointer is on one of them.
(function () {
  "use strict";

  var svg = document.querySelector("svg.map");
  if (!svg) return;
  var edges = svg.querySelectorAll(".edge"), lit = svg.querySelector(".edges").cloneNode(false);
  svg.querySelector(".edges").after(lit);

  function mark(own, arriving) {
    lit.replaceChildren();
    svg.querySelectorAll(".lit, .own").forEach(function (node) {
      node.classList.remove("lit", "own");
    });
    svg.classList.toggle("picking", own !== null);
    if (own === null) return;
    var ends = new Set([own]);
    edges.forEach(function (edge) {
      if (edge.dataset.from !== own && !(arriving && edge.dataset.to === own)) return;
      // A copy above all other lines, so that none of them hides it.
      lit.append(edge.cloneNode(false));
      lit.lastChild.classList.add("lit");
      ends.add(edge.dataset.from);
      ends.add(edge.dataset.to);
    });
    svg.querySelectorAll("a[data-node]").forEach(function (node) {
      if (ends.has(node.dataset.node)) node.classList.add("lit");
      if (node.dataset.node === own) node.classList.add("own");
    });
  }

  // Where the pointer is on nothing, the theorem with the focus is shown.
  function rest() {
    var focus = document.activeElement;
    mark(svg.contains(focus) && focus.dataset.node ? focus.dataset.node : null, true);
  }

  function pick(event) {
    var node = event.target.closest("a[data-node]"), net = event.target.dataset.net;
    if (node) mark(node.dataset.node, true);
    else if (net) mark(net, false);
    else rest();
  }

  svg.addEventListener("pointerover", pick);
  svg.addEventListener("focusin", pick);
  svg.addEventListener("pointerleave", rest);
  svg.addEventListener("focusout", function () { mark(null); });
})();

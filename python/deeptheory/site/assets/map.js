// On the map, the paths of the theorem under the pointer or with the focus stand out.
(function () {
  "use strict";

  var svg = document.querySelector("svg.map");
  if (!svg) return;

  function mark(link) {
    svg.querySelectorAll(".lit").forEach(function (node) { node.classList.remove("lit"); });
    svg.classList.toggle("picking", !!link);
    if (!link) return;
    var own = link.dataset.node, ends = new Set([own]);
    svg.querySelectorAll(".edge").forEach(function (edge) {
      if (edge.dataset.from !== own && edge.dataset.to !== own) return;
      edge.classList.add("lit");
      ends.add(edge.dataset.from);
      ends.add(edge.dataset.to);
    });
    svg.querySelectorAll("a[data-node]").forEach(function (node) {
      if (ends.has(node.dataset.node)) node.classList.add("lit");
    });
  }

  function pick(event) { mark(event.target.closest("a[data-node]")); }

  svg.addEventListener("pointerover", pick);
  svg.addEventListener("focusin", pick);
  svg.addEventListener("pointerleave", function () { mark(null); });
  svg.addEventListener("focusout", function () { mark(null); });
})();

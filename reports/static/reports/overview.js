/* The panel that explains a cell. Without this file a cell opens the same on a page of its own. */
"use strict";

(function () {
  var panel = document.getElementById("panel");
  var opener = null;

  function close() {
    panel.textContent = "";
    if (opener) { opener.focus(); }
  }

  document.body.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target !== panel) { return; }
    opener = event.detail.requestConfig.elt;
    panel.focus();
  });
  panel.addEventListener("click", function (event) {
    if (event.target.closest("[data-close]")) { close(); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && panel.firstChild) { close(); }
  });
}());

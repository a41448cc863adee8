/* Every page works without this file; it only spares clicks. */
"use strict";

document.querySelectorAll("[data-print]").forEach(function (button) {
  button.hidden = false;
  button.addEventListener("click", function () { window.print(); });
});

/* A second click while the first is under way would send the form twice. */
document.querySelectorAll("form[data-once]").forEach(function (form) {
  form.addEventListener("submit", function () {
    window.setTimeout(function () {
      form.querySelectorAll("button[type=submit]").forEach(function (button) { button.disabled = true; });
    });
  });
});
window.addEventListener("pageshow", function () {
  document.querySelectorAll("form[data-once] button[type=submit]").forEach(function (button) {
    button.disabled = false;
  });
});

/* On a phone the navigation opens by an address of its own; Escape closes it. */
document.addEventListener("keydown", function (event) {
  if (event.key === "Escape" && window.location.hash === "#menu") {
    window.location.hash = "top";
  }
});

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

/* Who signed in again in another window has a new token: a form takes it along, so that what was
   typed before is not refused. */
function token() {
  var found = /(?:^|; )(?:__Host-)?csrf=([^;]+)/.exec(document.cookie);
  return found ? found[1] : "";
}
document.addEventListener("submit", function (event) {
  var field = event.target.elements.namedItem("csrfmiddlewaretoken");
  if (field && token()) { field.value = token(); }
}, true);
document.addEventListener("htmx:configRequest", function (event) {
  if (!token() || event.detail.verb === "get") { return; }
  event.detail.headers["X-CSRFToken"] = token();
  if (event.detail.parameters.csrfmiddlewaretoken) {
    event.detail.parameters.csrfmiddlewaretoken = token();
  }
});

/* The sign-in has run out: say so and stay, for leaving would lose what was typed. */
document.addEventListener("htmx:beforeOnLoad", function (event) {
  if (event.detail.xhr.status !== 401) { return; }
  event.preventDefault();
  var note = document.getElementById("signed-out");
  if (!note) {
    note = document.createElement("div");
    note.id = "signed-out";
    note.className = "alert alert-danger";
    note.setAttribute("role", "alert");
    note.innerHTML = "登录已过期，刚才的操作没有完成。请<a href=\"/sign-in/\" target=\"_blank\" " +
      "rel=\"noopener\">在新窗口登录</a>，再回到本页继续，本页填写的内容不会丢失。";
    document.getElementById("main").prepend(note);
  }
  note.scrollIntoView({ behavior: "instant", block: "center" });
});

/* What is wrong may stand below the fold of a long form. */
(function () {
  var fault = document.querySelector("main .alert-danger[role=alert], main ul.faults");
  if (fault && fault.getBoundingClientRect().top > window.innerHeight - 80) {
    fault.scrollIntoView({ behavior: "instant", block: "center" });
  }
})();

/* On a phone the navigation opens by an address of its own; Escape closes it. */
document.addEventListener("keydown", function (event) {
  if (event.key === "Escape" && window.location.hash === "#menu") {
    window.location.hash = "top";
  }
});

/* Recording a session. The page does the same without this file, with more pages in between. */
"use strict";

(function () {
  var form = document.getElementById("record");
  if (!form) { return; }
  var saving = document.getElementById("saving");
  var WAIT = 20000;
  var dirty = false, timer = null, under_way = null, stopped = false, leaving = false;

  function all(selector) { return Array.prototype.slice.call(form.querySelectorAll(selector)); }
  function field(name) { return form.querySelector("[name=" + name + "]"); }
  function is_here(choice) { return ["present", "late", "left_early"].indexOf(choice) >= 0; }

  /* --- what is shown follows from what is chosen --- */
  function show() {
    var members = all(".member"), here = 0;
    members.forEach(function (row) {
      var choice = row.querySelector("[data-attendance]").value;
      var spoke = Array.prototype.some.call(row.querySelectorAll("[data-spoke]"), function (box) { return box.checked; });
      here += is_here(choice) ? 1 : 0;
      row.classList.toggle("is-away", !is_here(choice));
      row.querySelector("[data-why]").hidden = choice === "present";
      row.querySelector("[data-title]").hidden = !spoke;
    });
    all("[data-due]").forEach(function (each) { each.textContent = members.length; });
    all("[data-here]").forEach(function (each) { each.textContent = here; });
    var counts = form.querySelector("[data-counts]"), value = members.length + "/" + here;
    if (counts.value !== value) { counts.value = value; counts.checked = false; }
    var length = form.querySelector("[name=length]:checked");
    form.querySelector("[data-days]").hidden = !length || length.value !== "days";
    form.classList.toggle("offline", field("is_offline_only").checked);
  }

  /* --- drafts keep themselves --- */
  function say(text) { saving.textContent = text; }
  function clock() { return new Date().toTimeString().slice(0, 5); }

  function touched() {
    dirty = true;
    if (!timer && !stopped) { timer = window.setTimeout(save, WAIT); }
  }

  function save() {
    timer = null;
    if (!dirty || stopped || leaving || under_way) { return; }
    dirty = false;
    say("正在保存…");
    var body = new FormData(form);
    body.append("autosave", "1");
    if (token()) { body.set("csrfmiddlewaretoken", token()); }
    under_way = fetch(form.action, { method: "POST", body: body, credentials: "same-origin", redirect: "manual" })
      .then(function (answer) {
        if (answer.status >= 500) { throw new Error("系统暂时没有应答，尚未保存，稍后自动重试。"); }
        if ((answer.headers.get("Content-Type") || "").indexOf("json") < 0) {
          throw new Error("登录已过期，请在新窗口登录后再保存，本页内容不会丢失。");
        }
        return answer.json().then(function (told) { heard(answer, told); });
      })
      .catch(function (fault) {
        dirty = true;
        say(fault instanceof TypeError ? "网络不通，尚未保存，稍后自动重试。" : fault.message);
        if (!timer && !leaving) { timer = window.setTimeout(save, WAIT); }
      })
      .then(function () { under_way = null; });
  }

  function heard(answer, told) {
    if (answer.ok) {
      field("version").value = told.version;
      field("imprint").value = told.imprint;
      form.action = told.address;
      window.history.replaceState(null, "", told.address);
      say(told.message + " " + clock());
      return;
    }
    dirty = true;
    say(told.message);
    stopped = answer.status === 409;
  }

  form.addEventListener("input", function () { show(); touched(); });
  form.addEventListener("change", function () { show(); touched(); });

  /* A draft on its way would make this very form look outdated: wait for it. */
  form.addEventListener("submit", function (event) {
    if (leaving) { event.preventDefault(); return; }
    var button = event.submitter;
    if (under_way) {
      event.preventDefault();
      under_way.then(function () { form.requestSubmit(button || undefined); });
      return;
    }
    leaving = true;
    window.clearTimeout(timer);
    window.setTimeout(function () {
      all("button[type=submit]").forEach(function (each) { each.disabled = true; });
    });
  });
  window.addEventListener("pageshow", function () {
    leaving = false;
    all("button[type=submit]").forEach(function (each) { each.disabled = false; });
    show();
  });
  window.addEventListener("beforeunload", function (event) {
    if (dirty && !leaving) { event.preventDefault(); event.returnValue = ""; }
  });

  /* --- another date, other members --- */
  all("[data-plain]").forEach(function (button) { button.hidden = true; });
  document.body.addEventListener("htmx:afterSettle", show);
  var summary = document.getElementById("summary");
  if (summary) { summary.focus(); }
  show();
  if (form.hasAttribute("data-unkept")) { touched(); }
}());

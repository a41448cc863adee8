/* Uploads with progress and by dropping files; without this file the same forms are sent plainly.
   A panel is an element with an id and data-panel: it is replaced by its like in the answer. */
"use strict";

(function () {
  var MB = 1024 * 1024, MAX_BYTES = 20 * MB;
  /* nginx takes 25 MB in all (deploy/nginx.conf); the form's other fields need a little. */
  var MAX_TOGETHER = 25 * MB - 64 * 1024;

  function send(form) {
    var place = form.closest("[data-panel]");
    var bar = form.querySelector(".evidence-progress");
    var state = form.querySelector(".evidence-state");
    var request = new XMLHttpRequest();
    function say(text) { if (state) { told(form, text, false); } }
    function fail() {
      form.querySelectorAll("button").forEach(function (button) { button.disabled = false; });
      if (bar) { bar.hidden = true; }
      if (state) { told(form, "没有传完，请检查网络后再试一次。", true); }
    }
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", function (event) {
      if (bar && event.lengthComputable) {
        bar.hidden = false;
        bar.value = Math.round(100 * event.loaded / event.total);
        say(bar.value < 100 ? "正在上传 " + bar.value + "%" : "已传完，正在检查…");
      }
    });
    request.addEventListener("load", function () {
      var address = request.getResponseHeader("HX-Redirect");
      if (address) { window.location.assign(address); return; }
      var answer = new DOMParser().parseFromString(request.responseText, "text/html");
      var panel = answer.getElementById(place.id);
      if (!panel) { fail(); return; }
      answer.querySelectorAll("[data-message]").forEach(function (message) {
        message.classList.add("m-3");
        panel.insertBefore(message, panel.firstChild.nextSibling);
      });
      place.replaceWith(panel);
      equip(panel);
      var note = panel.querySelector(".alert, .faults");
      if (note) { note.tabIndex = -1; note.focus(); }
    });
    request.addEventListener("error", fail);
    request.send(new FormData(form));
  }

  /* One sentence beside the button, red where something is wrong; what was said before goes. */
  function told(form, text, isFault) {
    var state = form.querySelector(".evidence-state");
    state.textContent = text;
    state.classList.toggle("faults", isFault);
    if (isFault) {
      form.closest("[data-panel]").querySelectorAll(":scope > .alert").forEach(function (each) {
        each.remove();
      });
    }
  }

  /* What speaks against sending these files, in a sentence; "" for nothing. */
  function objection(files) {
    var together = 0;
    for (var i = 0; i < files.length; i += 1) {
      if (files[i].size > MAX_BYTES) {
        return "“" + files[i].name + "”超过 20 MB，请压缩或分成几个文件再选。";
      }
      together += files[i].size;
    }
    return together > MAX_TOGETHER ? "所选文件合计超过 25 MB，请分几次上传。" : "";
  }

  function equip(panel) {
    panel.querySelectorAll("form[data-evidence]").forEach(function (form) {
      var input = form.querySelector("input[type=file]");
      form.removeAttribute("data-once");  /* the buttons are minded here */
      form.addEventListener("submit", function (event) {
        event.preventDefault();
        var said = input ? objection(input.files) : "";
        if (said) { told(form, said, true); return; }
        form.querySelector("button").disabled = true;
        send(form);
      });
      if (!input) { return; }
      input.addEventListener("change", function () {
        var said = objection(input.files);
        told(form, said, Boolean(said));
      });
      ["dragenter", "dragover"].forEach(function (name) {
        form.addEventListener(name, function (event) {
          event.preventDefault();
          form.classList.add("bg-light");
        });
      });
      form.addEventListener("dragleave", function () { form.classList.remove("bg-light"); });
      form.addEventListener("drop", function (event) {
        event.preventDefault();
        form.classList.remove("bg-light");
        if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; }
      });
    });
  }

  document.querySelectorAll("[data-panel]").forEach(equip);
})();

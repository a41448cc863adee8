"use strict";
// Draws the interface's documentation; what is tried here is sent with the page's own CSRF token.
(function () {
  var place = document.getElementById("api-docs");
  if (!place || !window.SwaggerUIBundle) { return; }
  var headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
  window.SwaggerUIBundle({
    url: place.dataset.schema,
    domNode: place,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
    requestInterceptor: function (request) {
      if (request.method && request.method !== "GET") {
        request.headers["X-CSRFToken"] = headers["X-CSRFToken"];
      }
      return request;
    },
  });
})();

/* A form kept while its sender signed in again gets a fresh token; a passkey that fails is told. */
"use strict";

document.addEventListener("submit", function (event) {
  var form = event.target;
  var token = form.elements.csrfmiddlewaretoken;
  if (!form.dataset.held || form.dataset.fresh || !token) return;
  event.preventDefault();
  fetch(form.dataset.held, { redirect: "error" })
    .then(function (answer) { return answer.ok ? answer.text() : ""; })
    .catch(function () { return ""; })
    .then(function (field) {
      var fresh = /value="([^"]+)"/.exec(field);
      if (fresh) token.value = fresh[1];
      form.dataset.fresh = "yes";
      form.submit();
    });
});

document.addEventListener("allauth.error", function (event) {
  var told = document.querySelector("[data-passkey-fault]");
  if (!told) return;
  event.preventDefault();
  told.hidden = false;
});

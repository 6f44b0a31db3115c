/** The token that Django asks of every writing request. */
export function csrfToken() {
  const headers = document.body.getAttribute("hx-headers");
  return headers ? JSON.parse(headers)["X-CSRFToken"] : "";
}

/** A writing request to our own server; keeps going when the page is left. */
export function send(url, { method = "POST", body = null, signal = null } = {}) {
  return fetch(url, {
    method,
    body,
    signal,
    credentials: "same-origin",
    headers: { "X-CSRFToken": csrfToken() },
    keepalive: true,
  });
}

/** The token that Django asks of every writing request. */
export function csrfToken() {
  const headers = document.body.getAttribute("hx-headers");
  return headers ? JSON.parse(headers)["X-CSRFToken"] : "";
}

/** The session ran out. */
export class SignedOut extends Error {}

/** Browsers refuse requests that outlive their page beyond 64 KiB of body. */
const OUTLIVES = 60_000;

/**
 * A writing request to our own server; keeps going when the page is left, if its body is small.
 * Throws SignedOut where the server asks for the sign-in instead, so that nothing was written.
 */
export async function send(url, { method = "POST", body = null, signal = null, headers = {} } = {}) {
  const answer = await fetch(url, {
    method,
    body,
    signal,
    credentials: "same-origin",
    headers: { "X-CSRFToken": csrfToken(), ...headers },
    keepalive: sizeOf(body) < OUTLIVES,
  });
  if (answer.redirected || answer.headers.has("X-Sign-In")) throw new SignedOut();
  return answer;
}

/** The bytes of a body of text; what a form's parts add to theirs is allowed for. */
function sizeOf(body) {
  const text = body instanceof FormData ? [...body].flat().join() : `${body ?? ""}`;
  return new Blob([text]).size;
}

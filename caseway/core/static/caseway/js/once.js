/** A form is sent once: a second press while the first is on its way does nothing. */
const isPost = (form) => form.method === "post";

document.addEventListener("submit", (event) => {
  if (isPost(event.target) && event.target.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

document.addEventListener("submit", (event) => {
  const byHtmx = event.target.hasAttribute("hx-post");
  if (isPost(event.target) && (byHtmx || !event.defaultPrevented)) {
    event.target.setAttribute("aria-busy", "true");
  }
});

document.addEventListener("htmx:afterRequest", (event) => {
  event.detail.elt.closest?.("form")?.removeAttribute("aria-busy");
});

// Coming back with the browser's button shows the page as it was left.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll('form[aria-busy="true"]')) form.removeAttribute("aria-busy");
});

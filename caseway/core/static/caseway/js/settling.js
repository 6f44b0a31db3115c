/** Forms that go on with what is typed in the composer: they wait until it is kept at the server. */

/**
 * Submits the form once what is typed is kept. To be called while its submit event is dispatched, and
 * stopped: until that has ended, a form is deaf to being submitted, so it is done a moment later.
 */
export async function submitSettled(form) {
  await document.querySelector("cw-composer")?.settle();
  await new Promise((done) => { setTimeout(done); });
  // The page may have renewed itself meanwhile: a form that is no part of it is not sent.
  if (!form.isConnected) {
    form.hidden = true;
    document.body.append(form);
  }
  form.requestSubmit();
}

document.addEventListener("submit", (event) => {
  const { target: form } = event;
  if (!form.matches("[data-settles]") || form.dataset.settled) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  form.dataset.settled = "yes";
  submitSettled(form);
}, true);

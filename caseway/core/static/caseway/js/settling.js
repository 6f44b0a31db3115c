/** A form that goes on with what is typed in the composer: `<form data-settles>` waits until it is kept. */
document.addEventListener("submit", async (event) => {
  const { target: form } = event;
  const composer = document.querySelector("cw-composer");
  if (!form.matches("[data-settles]") || form.dataset.settled || !composer) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await composer.settle();
  form.dataset.settled = "yes";
  form.requestSubmit();
}, true);

/** What was wrong with a field is taken away when its reader corrects it; the server looks again. */
function forgive(field) {
  const ids = (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
  const errors = ids.filter((id) => document.getElementById(id)?.matches(".error"));
  for (const id of errors) document.getElementById(id).remove();
  const left = ids.filter((id) => !errors.includes(id));
  field.removeAttribute("aria-invalid");
  if (left.length) field.setAttribute("aria-describedby", left.join(" "));
  else field.removeAttribute("aria-describedby");
}

/** Boxes and radios bear their error on the group around them. */
function mended({ target }) {
  const wrong = target.closest?.('[aria-invalid="true"]') ?? target.closest?.("fieldset:has(> .error)");
  if (wrong) forgive(wrong);
  if (wrong?.matches("fieldset")) wrong.querySelector(":scope > .error")?.remove();
}

document.addEventListener("input", mended);

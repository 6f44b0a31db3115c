/** A search says nothing in the address of what was left empty, whether the browser or htmx sends it. */
document.addEventListener("formdata", ({ target, formData }) => {
  if (!target.matches("form[role=search]")) return;
  const filled = [...formData].filter(([, value]) => value !== "");
  for (const name of new Set(formData.keys())) formData.delete(name);
  for (const [name, value] of filled) formData.append(name, value);
});

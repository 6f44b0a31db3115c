/** Passkeys: `<form data-passkey="add|use|sign-in">` asks the browser for one and sends what it says in
    the field `credential`. `data-options` holds the server's question; for "sign-in" it is fetched.
    Without passkeys in this browser the form stays hidden. Needs webauthn-json of allauth's package. */
async function passkeyQuestion(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const response = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return response.json();
}

async function askForPasskey(form) {
  const question = await passkeyQuestion(form);
  if (form.dataset.passkey !== "add") return webauthnJSON.get(question.request_options);
  const options = question.creation_options;
  options.publicKey.authenticatorSelection = { ...options.publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return webauthnJSON.create(options);
}

async function sendPasskey(form) {
  const error = form.querySelector(".error");
  if (error) error.hidden = true;
  try {
    form.elements.namedItem("credential").value = JSON.stringify(await askForPasskey(form));
    form.submit();
  } catch (reason) {
    console.info("No passkey:", reason);
    if (error) error.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      sendPasskey(form);
    });
  }
}

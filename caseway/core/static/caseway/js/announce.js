/** Says something to people who don't see the page change. */
export function announce(text) {
  let region = document.getElementById("announcer");
  if (!region) {
    region = document.createElement("div");
    region.id = "announcer";
    region.className = "sr-only";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = "";
  // A region that gets the same text twice is silent unless it was empty in between.
  setTimeout(() => { region.textContent = text; }, 50);
}

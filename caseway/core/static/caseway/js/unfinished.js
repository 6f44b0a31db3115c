/**
 * Files that were on their way when the page was left or loaded again. They are noted per tab, page
 * and field: another tab goes its own way. The bytes that have arrived are at the server.
 */
const PLACE = "caseway uploads";

function all() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
  } catch {
    return {};
  }
}

function keep(notes) {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(notes));
  } catch { /* A full or forbidden store: files are then chosen and sent anew. */ }
}

/** Note, or note anew, what `told` (see sending.js) says of a file. */
export function note(told, file, field, sha256) {
  keep({ ...all(), [told.url]: {
    url: told.url, name: file.name, size: file.size, modified: file.lastModified, sha256, field, page: location.pathname,
  } });
}

export function strike(url) {
  const notes = all();
  delete notes[url];
  keep(notes);
}

/** The files that this field was sending when the page was left. */
export function unfinished(field) {
  return Object.values(all()).filter((each) => each.field === field && each.page === location.pathname);
}

/** Whether a chosen file is the one of a note: by its content where that is known. */
export function isOf(noted, file, sha256) {
  if (noted.name !== file.name || noted.size !== file.size) return false;
  return noted.sha256 && sha256 ? noted.sha256 === sha256 : noted.modified === file.lastModified;
}

/** The portal's scripts, and those of sign-in and error pages. */
import "./dialogs.js";
import "./toasts.js";
import "./times.js";
import "./charcount.js";
import "./once.js";
import "./guard.js";
import "./focus.js";
import "./upload.js";
import "./sent.js";
import "./passkeys.js";
import "./zone.js";
import "./composer.js";
import "./draft.js";
import "./live.js";
import "./freshness.js";
import "./blanks.js";
import "./mended.js";

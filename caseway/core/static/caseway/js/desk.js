/** The desk's scripts. */
import "./dialogs.js";
import "./draft.js";
import "./toasts.js";
import "./times.js";
import "./charcount.js";
import "./once.js";
import "./guard.js";
import "./focus.js";
import "./keys.js";
import "./palette.js";
import "./list.js";
import "./board.js";
import "./sortable.js";
import "./upload.js";
import "./composer.js";
import "./waiting.js";
import "./newcomer.js";

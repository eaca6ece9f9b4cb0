// ---- what is typed into the preparation sheet: Streamlit hears of it when its field is left, so it is told that it was. Until
// it is kept this tab remembers it, through a reload too.
const FIELDS = ["sheet-target", "sheet-away", "sheet-notes"], SHEET = "negotiation-sheet";
const PAUSE = 4000;              // milliseconds without a key
let field = null, typing = 0;
function commit() {
  clearTimeout(typing);
  const left = field;
  field = null;
  if (left?.isConnected) left.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
}
function typed() { try { return JSON.parse(sessionStorage.getItem(SHEET) ?? "{}"); } catch { return {}; } }
function remember(all) { try { sessionStorage.setItem(SHEET, JSON.stringify(all)); } catch { /* private windows */ } }
const same = (one, other) => one === other || (one !== "" && other !== "" && Number(one) === Number(other));
addEventListener("input", (event) => {
  const name = FIELDS.find((one) => event.target.closest?.(`.st-key-${one}`));
  if (!name) return;
  field = event.target;
  remember({ ...typed(), [name]: { text: field.value, at: Date.now(), me: sheetOf } });
  clearTimeout(typing);
  typing = setTimeout(commit, PAUSE);
}, true);
for (const kind of ["pagehide", "visibilitychange"]) addEventListener(kind, commit, true);
let sheetOf = "", recalled = false;
export function sheet(component) {
  const { me, kept } = component.data;
  enter(component.parentElement, () => ({}));
  sheetOf = me;
  const left = Object.entries(typed()).filter(([name, one]) => one.me === me && Date.now() - one.at < STALE && !same(one.text, kept[name] ?? ""));
  remember(Object.fromEntries(left));
  if (left.length && !recalled) component.setTriggerValue("typed", JSON.stringify(Object.fromEntries(left.map(([name, one]) => [name, one.text]))));
  recalled = true;             // only what a page had that was loaded anew: what is typed here is committed here
  return () => leave(component.parentElement);
}


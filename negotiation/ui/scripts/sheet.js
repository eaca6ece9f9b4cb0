// ---- what is typed into the preparation sheet, and into questionnaires: Streamlit hears of it when its field is left, so it is told that it was. Until
// it is kept this tab remembers it, through a reload too.
const FIELDS = /(?:^|\s)st-key-(sheet-target|sheet-away|sheet-notes|form-text-[\w-]+)/, SHEET = "negotiation-sheet";
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
  const name = FIELDS.exec(event.target.closest?.('[class*="st-key-sheet-"], [class*="st-key-form-text-"]')?.className ?? "")?.[1];
  if (!name) return;
  field = event.target;
  remember({ ...typed(), [name]: { text: field.value, at: Date.now(), me: sheetOf } });
  clearTimeout(typing);
  typing = setTimeout(commit, PAUSE);
}, true);
for (const kind of ["pagehide", "visibilitychange"]) addEventListener(kind, commit, true);
let sheetOf = "";
const recalled = new Set();
export function sheet(component) {
  const { me, kept } = component.data;
  enter(component.parentElement, () => ({}));
  sheetOf = me;
  const names = Object.keys(kept), all = Object.entries(typed()), what = names.join();
  const left = all.filter(([name, one]) => name in kept && one.me === me && Date.now() - one.at < STALE && !same(one.text, kept[name]));
  remember(Object.fromEntries([...all.filter(([name]) => !(name in kept)), ...left]));
  if (left.length && !recalled.has(what)) component.setTriggerValue("typed", JSON.stringify(Object.fromEntries(left.map(([name, one]) => [name, one.text]))));
  recalled.add(what);          // only what a page had that was loaded anew: what is typed here is committed here
  return () => leave(component.parentElement);
}


// A page of one person: what is typed and not sent, where the focus goes after an act or a question, the top of a new page.
const CHAT = '[data-testid="stChatInputTextArea"]';
const TEXT = "input, textarea, select, [contenteditable=true]";
const PATIENCE = 3000;           // so long the focus waits for the page that an act brings
const known = window.negotiationAttention ??= { acts: null, place: null, typed: "", asking: "", trail: null };
if (!known.trail) {              // once a page: it hears what is pressed while it is drawn anew, too
  known.trail = [];
  document.addEventListener("click", ({ target }) => { if (target.closest?.("button")) known.trail = cards(target); }, true);
}

const keyed = (kind, key) => document.querySelector(`.st-key-${kind}${key.replace(/[^a-zA-Z0-9_-]/g, "-")}`);
const button = (kind, key) => keyed(kind, key)?.querySelector("button");
// Nobody who has begun to write meanwhile is taken away from it.
const elsewhere = () => document.activeElement.matches(TEXT);
// The question whether words were meant so comes from the line to speak in: that is left for it, unless it has text again.
const spoke = (asking) => asking === "say" && document.activeElement.matches(CHAT) && !document.activeElement.value;
function answer(asking) {
  if (elsewhere() && !spoke(asking)) return true;
  const line = keyed("asks-", asking), yes = button("same-", asking);
  if (!yes) return false;
  line.setAttribute("role", "group");
  line.setAttribute("aria-label", line.querySelector("p")?.textContent ?? "");
  yes.focus();
  return true;
}
function back(asking) {
  if (document.activeElement !== document.body) return elsewhere();
  const asked = button("", asking);
  asked?.focus();
  return Boolean(asked);
}
// What is to have the focus, as a function that tries and says whether it has it; null if it stays where it is.
function wanted(before, { acts, asking }) {
  if (before.acts !== null && before.acts !== acts) return () => stood(known.trail);
  if (asking && asking !== before.asking) return () => answer(asking);
  if (before.asking && !asking) return () => back(before.asking);
  return null;
}
export default ({ data, setStateValue }) => {
  // Not while somebody writes: what is told draws the page anew, and could come between a text and its being sent.
  const look = (left = false) => {
    const chat = document.querySelector(CHAT), typed = chat?.value.trim() ?? "";
    if (typed !== known.typed && (left || document.activeElement !== chat)) setStateValue("typed", known.typed = typed);
  };
  const left = (event) => { if (event.target.matches?.(CHAT)) look(true); };
  const escaped = (event) => { if (event.key === "Escape" && !event.target.matches?.(TEXT)) button("not-yet-", data.asking)?.click(); };
  document.addEventListener("focusout", left);
  if (data.asking) document.addEventListener("keydown", escaped);
  if (known.place !== data.place && known.place !== null && data.top) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  const reach = wanted({ ...known }, data), until = Date.now() + PATIENCE;
  known.place = data.place; known.acts = data.acts; known.asking = data.asking;
  const timer = setInterval(() => {
    if (reach && Date.now() < until && !reach()) return;
    clearInterval(timer);
    look();
  }, 150);
  return () => { document.removeEventListener("focusout", left); document.removeEventListener("keydown", escaped); clearInterval(timer); };
};

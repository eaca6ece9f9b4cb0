// A page of one person: what is typed and not sent, where the focus goes after an act, and the top of a new page.
const CHAT = '[data-testid="stChatInputTextArea"]';
const STANDING = '.st-key-standing, [data-testid="stMainBlockContainer"] h2, [data-testid="stMainBlockContainer"] h3';
const PATIENCE = 3000;           // so long the focus waits for the page that an act brings
const known = window.negotiationAttention ??= { acts: null, place: null, typed: "" };

function stand(place) {
  place.tabIndex = -1;
  place.style.outline = "none";
  place.focus({ preventScroll: true });
}
export default ({ data, setStateValue }) => {
  const look = () => {
    const typed = document.querySelector(CHAT)?.value.trim() ?? "";
    if (typed !== known.typed) setStateValue("typed", known.typed = typed);
  };
  const left = (event) => { if (event.target.matches?.(CHAT)) look(); };
  document.addEventListener("focusout", left);
  if (known.place !== data.place && known.place !== null && data.top) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  const acted = known.acts !== null && known.acts !== data.acts;
  known.place = data.place; known.acts = data.acts;
  const until = Date.now() + PATIENCE;
  const timer = setInterval(() => {
    if (!acted || Date.now() > until) { clearInterval(timer); look(); return; }
    if (document.activeElement !== document.body) return;
    const place = document.querySelector(STANDING);
    if (place) stand(place);
  }, 150);
  return () => { document.removeEventListener("focusout", left); clearInterval(timer); };
};

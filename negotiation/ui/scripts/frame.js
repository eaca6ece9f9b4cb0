// The frame of the table screen: which of its parts is shown, how high they are, and the keys.
const NARROW = matchMedia("(max-width: 760px)"), ROOT = document.documentElement;
const TEXT = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]";
const LEAST = 300;               // pixels: where less is left, parts are as high as what is in them, and the page scrolls
const keyed = (start) => [...document.querySelectorAll(`[class*="st-key-${start}"]`)];
// The first button that can be pressed in parts of the page with such keys, in the page or in a component.
function pressable(start) {
  for (const part of keyed(start)) {
    const roots = [part, ...[...part.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean)];
    const found = roots.flatMap((root) => [...root.querySelectorAll("button:not(:disabled)")])[0];
    if (found?.checkVisibility()) return found;
  }
  return null;
}
function line() {
  const root = keyed("talk").flatMap((part) => [part, ...[...part.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean)]);
  return document.querySelector('[data-testid="stChatInputTextArea"]') ?? root.map((one) => one.querySelector("textarea")).find(Boolean);
}
// How much room there is from the top of the panes, and of the conversation, to the end of the window.
function measure(foot) {
  const main = document.querySelector('[data-testid="stMain"]');
  for (const [name, key] of [["--room", "st-key-panes"], ["--brief-room", "st-key-pane-brief"], ["--talk-room", "st-key-pane-talk"]]) {
    const part = document.querySelector(`.${key}`);
    if (!part?.offsetParent) continue;
    const left = Math.floor(innerHeight - part.getBoundingClientRect().top - (main?.scrollTop ?? 0) - foot);
    const said = left < LEAST ? "auto" : `${left}px`;
    if (ROOT.style.getPropertyValue(name) !== said) ROOT.style.setProperty(name, said);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const frame = parentElement.frame ??= { tab: ROOT.dataset.tab ?? "table", went: null };
  frame.data = data;
  let nav = parentElement.querySelector("nav");
  if (nav?.dataset.of !== String(data.tabs)) {
    nav?.remove();
    nav = document.createElement("nav");
    nav.setAttribute("aria-label", data.told.parts);
    nav.dataset.of = String(data.tabs);
    for (const [name, label, narrow] of data.tabs) {
      const tab = document.createElement("button"), wide = document.createElement("span"), small = document.createElement("span"), count = document.createElement("i");
      tab.type = "button";
      tab.className = name;
      wide.className = "wide";
      small.className = "small";
      [wide.textContent, small.textContent] = [label, narrow];
      tab.append(wide, small, count);
      tab.onclick = () => show(name, true);
      nav.append(tab);
    }
    parentElement.append(nav);
  }
  function show(name, told) {
    frame.tab = ROOT.dataset.tab = name;
    for (const tab of nav.children) tab.setAttribute("aria-pressed", String(tab.className === name || (tab.className === "table" && !NARROW.matches && !["map", "brief"].includes(name))));
    if (told) setStateValue("part", name);
    document.dispatchEvent(new Event("negotiationpart"));
    if (told && NARROW.matches) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    fit();
  }
  frame.show = show;
  const fit = () => requestAnimationFrame(() => measure(NARROW.matches ? nav.offsetHeight + 6 : 30));
  // What the server asks for (a draft was loaded: to the composer), once; wide pages show it anyway.
  if (data.go && data.go[1] !== frame.went) {
    const first = frame.went === null, part = NARROW.matches ? data.go[0] : "table";
    frame.went = data.go[1];
    if (!first && part !== frame.tab) { frame.tab = part; setStateValue("part", part); }
  } else if (frame.went === null) frame.went = 0;
  for (const [name, count] of Object.entries(data.counts)) {
    const mark = nav.querySelector(`.${name} i`);
    if (mark) mark.textContent = count ? String(count) : "";
  }
  const words = nav.querySelector(".talk i");
  const heard = () => { const count = ROOT.dataset.unread ?? ""; if (words.textContent !== count) words.textContent = count; };
  show(data.tabs.some(([name]) => name === frame.tab) ? frame.tab : "table", false);
  const press = (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.(TEXT)) return;
    const n = /^Digit([1-9])$/.exec(event.code)?.[1];
    const target = n ? [...document.querySelectorAll(".st-key-table button")][n - 1]
      : { KeyO: () => pressable("send-"), KeyS: () => pressable("sign-"), KeyE: () => pressable("end-") }[event.code]?.() ?? (event.code === "KeyT" ? line() : null);
    if (!target) return;
    event.preventDefault();
    if (event.code === "KeyT" && NARROW.matches) show("talk", true);
    if (event.code === "KeyT") target.focus(); else target.click();
  };
  const observer = new ResizeObserver(fit);
  for (const part of [document.body, ...keyed("above")]) observer.observe(part);
  document.addEventListener("keydown", press);
  addEventListener("resize", fit);
  NARROW.addEventListener("change", fit);
  const settle = setInterval(() => { fit(); heard(); }, 1000);
  return () => {
    observer.disconnect();
    clearInterval(settle);
    document.removeEventListener("keydown", press);
    removeEventListener("resize", fit);
    NARROW.removeEventListener("change", fit);
  };
}

// ---- a button that does an act at the table
// What is typed or changed on this page and not sent.
function unsaid() {
  const all = [...parts.values()], offers = all.map((part) => part.one ? "" : part.data?.unsent).filter(Boolean);
  return all.some((part) => part.typed?.()) ? [...offers, worded("typed")] : offers;
}
// A line under a button that asks before it acts: Enter is yes, Escape is no.
function question(button, go) {
  const box = node("div", "ask"), text = node("p"), row = node("div", "row"), yes = node("button", "act primary"), no = node("button", "act", worded("not yet"));
  const close = () => { box.remove(); if (button.isConnected) button.focus(); };
  row.append(yes, no);
  box.append(text, row);
  box.setAttribute("role", "group");
  yes.type = no.type = "button";
  no.onclick = close;
  yes.onclick = () => { close(); go(); };
  box.onkeydown = (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } };
  box.tell = (label, left, sure) => {
    yes.textContent = sure;
    text.replaceChildren(node("b", "", worded("asked", { label })), ` ${left.join(" ")}`);
    box.setAttribute("aria-label", text.textContent);
  };
  button.after(box);
  return box;
}
export function act({ data, parentElement }) {
  Object.assign(texts, data.told);
  const part = enter(parentElement, () => {
    dressed(parentElement);
    const made = { seat: true }, button = node("button", "act"), icon = node("span", "icon"), label = node("span"), why = node("div", "why");
    button.type = "button";
    icon.setAttribute("aria-hidden", "true");
    why.setAttribute("role", "alert");
    button.append(icon, label);
    parentElement.append(button, why);
    const go = () => {
      if (made.one && made.one.state !== "refused") return;
      trail = cards(parentElement);
      made.one = post({ t: "act", act: made.data.act, basis: made.data.basis }, made.data.said);
      made.draw();
    };
    // Whether a question is open, for as long as there is something to ask about; what others do meanwhile changes it.
    made.asks = () => {
      const { asks, ends, label, yes } = made.data, left = [...asks, ...(ends ? unsaid() : [])];
      if (left.length) made.box.tell(label, left, yes); else made.box.remove();
      return left.length > 0;
    };
    button.onclick = () => {
      made.box?.remove();
      made.box = question(button, go);
      if (made.asks()) made.box.querySelector("button").focus(); else go();
    };
    made.draw = () => {
      const state = made.one?.state;
      icon.textContent = state === "stored" ? "check" : made.data.icon;
      label.textContent = state === "sent" ? worded("sending") : state === "unsent" ? worded("waiting") : state === "stored" ? worded("stored") : made.data.label;
      button.className = `act ${made.data.primary ? "primary" : ""}`;
      button.disabled = made.data.disabled || (state && state !== "refused");
      why.textContent = state === "refused" ? made.one.why : "";
    };
    return made;
  });
  const what = JSON.stringify([data.act, data.basis]);
  if (part.what !== what && !["sent", "unsent"].includes(part.one?.state)) part.one = null;
  part.what = what;
  part.data = data;
  if (part.box?.isConnected) { if (data.disabled) part.box.remove(); else part.asks(); }
  ask();
  part.draw();
  return () => leave(parentElement);
}

// ---- what calls for attention
function toast(text) {
  const made = node("div", "", text);
  made.setAttribute("role", "status");
  made.style.cssText = "position:fixed;left:50%;bottom:4.5rem;transform:translateX(-50%);z-index:1000000;background:#0f766e;color:#fff;padding:.6rem 1rem;border-radius:.65rem;font:500 15px Inter,sans-serif;box-shadow:0 4px 18px #0004;max-width:90vw";
  document.body.append(made);
  setTimeout(() => made.remove(), 3000);
}
function name() {
  const plain = document.title.replace(/^(\(\d+\) |● )+/, "");
  document.title = `${title}${unread && document.hidden ? `(${unread}) ` : ""}${plain}`;
}
function bell() {
  toast(worded("begins"));
  try {
    const audio = new AudioContext(), tone = audio.createOscillator(), volume = audio.createGain();
    tone.frequency.value = 880; volume.gain.value = 0.12;
    tone.connect(volume).connect(audio.destination);
    tone.start(); tone.frequency.setValueAtTime(660, audio.currentTime + 0.18); tone.stop(audio.currentTime + 0.4);
    navigator.vibrate?.([120, 80, 120]);
  } catch { /* no sound here */ }
  const end = Date.now() + 30000;
  const blink = setInterval(() => {
    title = !document.hidden || Date.now() > end ? "" : title ? "" : "● ";
    if (!document.hidden || Date.now() > end) clearInterval(blink);
    name();
  }, 900);
}

// CSS, the styles of these parts (live.css), and LONGEST, the characters of a text, are put behind this by live.py.

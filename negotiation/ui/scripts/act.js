// ---- a button that does an act at the table
// What is typed or changed on this page and not sent.
function unsaid() {
  const all = [...parts.values()], offers = all.map((part) => part.one ? "" : part.data?.unsent).filter(Boolean);
  return all.some((part) => part.typed?.()) ? [...offers, "You have typed something and not sent it."] : offers;
}
function question(root, label, left, go) {
  const box = node("dialog", "ask"), list = node("ul"), row = node("div", "row"), no = node("button", "", "Not yet"), yes = node("button", "act primary", `${label} all the same`);
  list.append(...left.map((text) => node("li", "", text)));
  row.append(no, yes);
  box.append(node("h4", "", `${label}?`), list, row);
  box.setAttribute("aria-label", `${label}?`);
  no.type = yes.type = "button";
  no.onclick = () => box.close();
  yes.onclick = () => { box.close(); go(); };
  box.onclose = () => box.remove();
  root.append(box);
  box.showModal();
}
export function act({ data, parentElement }) {
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
      made.one = post({ t: "act", act: made.data.act, basis: made.data.basis }, made.data.said);
      made.draw();
    };
    button.onclick = () => {
      const left = made.data.ends ? [...made.data.asks, ...unsaid()] : [];
      if (left.length) question(parentElement, made.data.label, left, go); else go();
    };
    made.draw = () => {
      const state = made.one?.state;
      icon.textContent = state === "stored" ? "check" : made.data.icon;
      label.textContent = state === "sent" ? "Sending…" : state === "unsent" ? "Waiting for the connection…" : state === "stored" ? "Stored" : made.data.label;
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
  toast("The talks begin");
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

// CSS, the styles of these parts, is live.css: live.py puts it behind this.
